"""Rules of figures: an estimate says whose it is, an amount its currency, a change whether per cent or percentage points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from briefgen.evidence import is_opinion
from briefgen.evidence.compare.fits import Fit, fit
from briefgen.language.quantities import quantities
from briefgen.language.quantity import Quantity
from briefgen.language.segment import Piece
from briefgen.model.parts import Development, Evidence, Stakeholder
from briefgen.model.terms import Genre, Relation, Status
from briefgen.rules.context import Context, Finding, at
from briefgen.rules.passages import Kind, Passage
from briefgen.rules.wording import prints_speaker

_NUMBER = r"\d{1,3}(?:[  .,]\d{3}){0,4}(?:[.,]\d{1,3})?"
FIGURE = re.compile(
    rf"(?<![\w.,])(?:(?:€|\$|£|EUR|USD|GBP)\s?{_NUMBER}(?:\s?(?:billion|million|trillion|bn|m|tn)\b)?"
    rf"|{_NUMBER}\s?(?:%|per\scent|percent|billion|million|trillion|bn|tn)(?!\w))"
)
_BARE = re.compile(
    rf"(?<![\w.,€$£-]){_NUMBER}\s(?:billion|million|trillion|bn|tn)(?=[.,;:)]|\s(?:in|for|on|to|by|over|from|and|per)\b|$)"
)
_MONEY = re.compile(
    r"[€$£]|\b(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?|costs?|budget\w*|fund\w*|invest\w*|spen[dt]\w*|pay\w*|paid|worth|loans?|grants?"
    r"|debts?|prices?|revenues?|profits?|fines?|fees?|aid|exports?|imports?|trade)\b",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"(?:€|\$|£|\b[A-Z]{3}|euros?|dollars?|pounds?|of)\s?\Z")
_SCALES = ("illion", "bn", "tn")
_WORTH = re.compile(  # before a verb only where the words before speak of money: “3 million were displaced” counts people
    rf"\b(?:worth|costs?|costing|paid|pays?|paying|spen[dt]s?|spending|invest(?:ed|s|ing)?|valued\sat|lend|lent|owe[ds]?|budget\sof)\s"
    rf"(?:(?:about|around|some|nearly|almost|over|more\sthan|up\sto|at\sleast)\s)?"
    rf"(?P<amount>{_NUMBER}\s(?:billion|million|trillion|bn|tn))"
    rf"(?=\s(?:is|are|was|were|has|have|had|will|would|can|could|a|an|each|annually|yearly|every|more|less|at|this|last|next|across|"
    rf"through|under|during|within|before|after|since|until|by|with|without)\b)"
)
_P = r"(\d{1,3}(?:[.,]\d)?)\s?(?:%|per\scent|percent)"
_BY = (
    rf"(?:\bby|\b(?:increase|rise|growth|gain|jump|hike|fall|drop|decrease|decline|cut|reduction|loss|change|difference)\sof|"
    rf"\b(?:up|down|plus|minus|rose|fell|grew|dropped|jumped|climbed|sank|gained|lost))\s{_P}(?!\spoint|age)"
)
_CHANGE = re.compile(rf"\bfrom\s{_P}\sto\s{_P}[^.;]{{0,60}}?{_BY}")
_CHANGE_BEFORE = re.compile(rf"{_BY},?[^.;]{{0,30}}?\s(?:from\s{_P}\sto\s{_P}|to\s{_P}\sfrom\s{_P})")
_PERCENT = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|per\scent|percent)(?!\w)")
_BOUNDS = frozenset(["up to", "at least", "more than", "over", "as much as", "as many as"])
_ROUNDING = _BOUNDS | {"some", "about", "around", "roughly", "approximately", "nearly", "almost", "close to"}
_RECORDS = frozenset({Genre.OFFICIAL, Genre.LEGAL, Genre.DATA})
_ASSESSED = frozenset({Kind.JUDGEMENT, Kind.RISK, Kind.SCENARIO, Kind.OUTLOOK, Kind.BOTTOM_LINE, Kind.TITLE})
_CHECKED = _ASSESSED | {Kind.CLAIM, Kind.BACKGROUND, Kind.POSITION}


def unsourced(context: Context) -> Iterator[Finding]:
    """NUM-01: an estimate (“up to 30 % of GDP”) that nobody is named for; rounding what a source counts is none."""
    known = {rounded: _sourced(context, rounded) for rounded in (True, False)}
    for passage in context.passages:
        if passage.kind not in _CHECKED or _has_origin(context, passage, False):
            continue
        told: dict[int, tuple[bool, Set[str]]] = {}  # a sentence is looked through once, however many figures stand in it
        for word in passage.find("estimating"):
            figure = FIGURE.match(passage.unquoted, _after(passage.unquoted, word.end()))
            rounded = word[0].lower() in _ROUNDING
            if figure is None or (rounded and _has_origin(context, passage, True)) or _stands(figure[0], known[rounded], passage):
                continue
            piece = passage.sentence_at(word.start())
            if piece.start not in told:
                told[piece.start] = passage.attributed(piece), _laid_down(passage, piece)
            owned, laid_down = told[piece.start]
            if owned or word[0].lower() in laid_down:
                continue
            message = f"“{passage.text[word.start() : figure.end()]}” is an estimate, and nothing says whose"
            cure = "add who estimates it and how (`attribution:`, `unnamed:` or `cites:`), or leave it out"
            yield at(passage, (word.start(), figure.end()), message, cure)
            break


def _laid_down(passage: Passage, piece: Piece) -> Set[str]:
    """Return the words that make no estimate in a sentence: “must keep at least 90 %”, “fines of up to 7 %” are rules.

    What is on record (a budget, a vote) was counted by somebody whose table anybody can read: there “some 60 %” rounds.
    """
    if passage.may_hold("on_record") and passage.table.pattern("on_record").search(passage.unquoted, piece.start, piece.end):
        return _ROUNDING
    return _BOUNDS if passage.table.pattern("allowed").search(passage.unquoted, piece.start, piece.end) else frozenset()


def _after(text: str, end: int) -> int:
    return end + (len(text[end : end + 3]) - len(text[end : end + 3].lstrip()))


def _has_origin(context: Context, passage: Passage, rounded: bool) -> bool:
    """Return whether something names whose figures a text gives; of a mere rounding (“about 30 %”) any text that reports does."""
    node = passage.node
    if isinstance(node, Development):
        certain = node.status in (Status.ESTABLISHED, Status.REPORTED) and bool(node.evidence)
        return (
            prints_speaker(node)
            or (rounded and any(e.relation is Relation.SUPPORTS and not _alone(context, e) for e in node.evidence))
            or (certain and any(e.quote is None or _record(context, e) for e in node.evidence))
        )
    if isinstance(node, Stakeholder):
        return bool(node.evidence)
    return bool(passage.evidence)


def _alone(context: Context, evidence: Evidence) -> bool:
    """Return whether nobody but a column, or somebody without a name, stands for what is quoted."""
    return is_opinion(context.summary, evidence) or bool(evidence.unnamed)


def _record(context: Context, evidence: Evidence) -> bool:
    """Return whether a source speaks for itself: an official text, a law, a table. Its figures are its own."""
    source = context.summary.source(evidence.source)
    return source is not None and source.genre in _RECORDS and not (evidence.cites or evidence.unnamed)


def _sourced(context: Context, rounded: bool) -> tuple[Quantity, ...]:
    """Return the figures that stand in an item with an origin: elsewhere they may be repeated, in round numbers, too."""
    found: list[Quantity] = []
    for passage in context.passages:
        if passage.kind not in _ASSESSED and passage.evidence and _has_origin(context, passage, rounded):
            for text in (passage.text, *(e.quote for e in passage.evidence if e.quote)):
                found += quantities(text, passage.language)
    return tuple(found)


def _stands(written: str, known: Iterable[Quantity], passage: Passage) -> bool:
    mine = [one._replace(bound="about") for one in quantities(written, passage.language)]
    return any(fit(one, other) is not Fit.NONE for one in mine for other in known)


def units(context: Context) -> Iterator[Finding]:
    """NUM-05: an amount without currency, a change between percentages in per cent, shares that add up to more than 100."""
    if not context.summary.language.startswith("en"):
        return
    for passage in context.passages:
        text = passage.unquoted
        for start, end in _without_currency(text):
            message, cure = f"“{text[start:end]}” has no currency or unit", "say of what: `EUR 3 billion`, `3 billion people`"
            yield at(passage, (start, end), message, cure)
        yield from _changes(passage)
        yield from _shares(passage)


def _without_currency(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of amounts that nothing says the currency of."""
    if not any(scale in text for scale in _SCALES):
        return
    for match in _BARE.finditer(text) if _MONEY.search(text) else ():  # else it counts doses, or people
        if not _CURRENCY.search(text[max(0, match.start() - 10) : match.start()]):
            yield match.span()
    yield from (match.span("amount") for match in _WORTH.finditer(text))


def _changes(passage: Passage) -> Iterator[Finding]:
    """Yield the changes between percentages that are told in per cent: “from 10 % to 15 %, an increase of 5 %”."""
    text = passage.unquoted
    if "from" not in text:
        return
    found = [(match.span(), match.groups()) for match in _CHANGE.finditer(text)]
    for match in _CHANGE_BEFORE.finditer(text):
        by, low, high, last, first = match.groups()
        found.append((match.span(), (low or first, high or last, by)))
    for place, (low, high, by) in found:
        off = abs(float(high.replace(",", ".")) - float(low.replace(",", ".")))
        if abs(off - float(by.replace(",", "."))) < 0.05:
            message = f"from {low} % to {high} % is a change of {by} percentage points, not per cent"
            yield at(passage, place, message, f"write “by {by} percentage points”")


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
