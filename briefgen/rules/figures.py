"""Rules of figures: an estimate says whose it is, an amount its currency, a change whether per cent or percentage points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.model.parts import Development, Evidence, Stakeholder
from briefgen.model.terms import Genre, Status
from briefgen.rules.context import Context, Finding, at
from briefgen.rules.prose import Kind, Passage
from briefgen.rules.wording import prints_speaker
from briefgen.text import Piece

_NUMBER = r"\d{1,3}(?:[  .,]\d{3}){0,4}(?:[.,]\d{1,3})?"
FIGURE = re.compile(
    rf"(?<![\w.,])(?:(?:€|\$|£|EUR|USD|GBP)\s?{_NUMBER}(?:\s?(?:billion|million|trillion|bn|m|tn)\b)?"
    rf"|{_NUMBER}\s?(?:%|per\scent|percent|billion|million|trillion|bn|tn)(?!\w))"
)
_BARE = re.compile(
    rf"(?<![\w.,€$£-]){_NUMBER}\s(?:billion|million|trillion|bn|tn)(?=[.,;:)]|\s(?:in|for|on|to|by|over|from|and|per)\b|$)"
)
_CURRENCY = re.compile(r"(?:€|\$|£|EUR|USD|GBP|CHF|euros?|dollars?|pounds?|of)\s?\Z")
_CHANGE = re.compile(
    r"from\s(\d{1,3}(?:[.,]\d)?)\s?(?:%|per\scent|percent)\sto\s(\d{1,3}(?:[.,]\d)?)\s?(?:%|per\scent|percent)"
    r"[^.;]{0,60}?\bby\s(\d{1,3}(?:[.,]\d)?)\s?(?:%|per\scent|percent)(?!\spoint|age)"
)
_PERCENT = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|per\scent|percent)(?!\w)")
_BOUNDS = frozenset(["up to", "at least", "more than", "over", "as much as", "as many as"])
_RECORDS = frozenset({Genre.OFFICIAL, Genre.LEGAL, Genre.DATA})
_ASSESSED = frozenset({Kind.JUDGEMENT, Kind.RISK, Kind.SCENARIO, Kind.OUTLOOK, Kind.BOTTOM_LINE, Kind.TITLE})
_CHECKED = _ASSESSED | {Kind.CLAIM, Kind.BACKGROUND, Kind.POSITION}


def unsourced(context: Context) -> Iterator[Finding]:
    """NUM-01: an estimate (“up to 30 % of GDP”) with neither evidence nor speaker."""
    sourced = _sourced(context)
    for passage in context.passages:
        if passage.kind not in _CHECKED or _has_origin(context, passage):
            continue
        told: dict[int, tuple[bool, bool]] = {}  # a sentence is looked through once, however many figures stand in it
        for word in passage.find("estimating"):
            figure = FIGURE.match(passage.unquoted, _after(passage.unquoted, word.end()))
            if figure is None or _digits(figure[0]) in sourced:
                continue
            piece = passage.sentence_at(word.start())
            if piece.start not in told:
                told[piece.start] = passage.attributed(piece), _laid_down(passage, piece)
            owned, laid_down = told[piece.start]
            if owned or (laid_down and word[0].lower() in _BOUNDS):
                continue
            message = f"“{passage.text[word.start() : figure.end()]}” is an estimate, and nothing says whose"
            cure = "add who estimates it and how (`attribution:`, `unnamed:` or `cites:`), or leave it out"
            yield at(passage, (word.start(), figure.end()), message, cure)
            break


def _laid_down(passage: Passage, piece: Piece) -> bool:
    """Return whether a sentence speaks of a rule: “must keep at least 90 %”, “fines of up to 7 %” are no estimates."""
    return bool(passage.table.pattern("allowed").search(passage.unquoted, piece.start, piece.end))


def _after(text: str, end: int) -> int:
    return end + (len(text[end : end + 3]) - len(text[end : end + 3].lstrip()))


def _has_origin(context: Context, passage: Passage) -> bool:
    node = passage.node
    if isinstance(node, Development):
        certain = node.status in (Status.ESTABLISHED, Status.REPORTED) and bool(node.evidence)
        return prints_speaker(node) or (certain and any(e.quote is None or _record(context, e) for e in node.evidence))
    if isinstance(node, Stakeholder):
        return bool(node.evidence)
    return bool(passage.evidence)


def _record(context: Context, evidence: Evidence) -> bool:
    """Return whether a source speaks for itself: an official text, a law, a table. Its figures are its own."""
    source = context.summary.source(evidence.source)
    return source is not None and source.genre in _RECORDS and not (evidence.cites or evidence.unnamed)


def _sourced(context: Context) -> set[str]:
    """Return the figures that stand in an item with evidence, or in a quotation: elsewhere they may be repeated."""
    found: set[str] = set()
    for passage in context.passages:
        if passage.kind not in _ASSESSED and passage.evidence and _has_origin(context, passage):
            found |= {_digits(match[0]) for match in FIGURE.finditer(passage.text)}
    return found


def _digits(figure: str) -> str:
    return re.sub(r"\D", "", figure) + ("%" if re.search(r"%|per\s?cent", figure) else "")


def units(context: Context) -> Iterator[Finding]:
    """NUM-05: an amount without currency, a change between percentages in per cent, shares that add up to more than 100."""
    if not context.summary.language.startswith("en"):
        return
    for passage in context.passages:
        text = passage.unquoted
        for match in _BARE.finditer(text):
            if not _CURRENCY.search(text[max(0, match.start() - 10) : match.start()]):
                message, cure = f"“{match[0]}” has no currency or unit", "say of what: `EUR 3 billion`, `3 billion people`"
                yield at(passage, match.span(), message, cure)
        for match in _CHANGE.finditer(text):
            low, high, by = (float(match[n].replace(",", ".")) for n in (1, 2, 3))
            if abs(abs(high - low) - by) < 0.05:
                message = f"from {match[1]} % to {match[2]} % is a change of {match[3]} percentage points, not per cent"
                yield at(passage, match.span(), message, f"write “by {match[3]} percentage points”")
        yield from _shares(passage)


def _shares(passage: Passage) -> Iterator[Finding]:
    if not passage.has("sharing"):
        return
    for piece in passage.sentences:
        part = passage.unquoted[piece.start : piece.end]
        values = [float(match[1].replace(",", ".")) for match in _PERCENT.finditer(part)]
        if len(values) > 1 and sum(values) > 100.5 and max(values) < 100 and passage.table.pattern("sharing").search(part):
            if re.search(r"\bfrom\b|\bthan\b|\bwhile\b|\bbut\b", part):
                continue
            message = f"the shares of this sentence add up to {sum(values):g} %"
            yield at(passage, (piece.start, piece.end), message, "correct a share, or say that they overlap")
