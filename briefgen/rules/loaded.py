"""Rules of words that judge: outside quotations, and labels on Member States and candidates."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefgen.language.gazetteer import actors
from briefgen.language.segment import Piece, words
from briefgen.language.tables import whole_months
from briefgen.language.wordlists import entries
from briefgen.rules.context import Context, Finding, at
from briefgen.rules.passages import Passage
from briefgen.rules.wording import first_each

_RULED = re.compile(r"(?:states?|governments?|regimes?|members?|nations?|republics?)\Z")
REACH = 6
_MONTH_BEFORE = re.compile(rf"(?<![\w’'-])(?:{whole_months()})(?:\s(?:19|20)\d\d)?\s\Z")
_WORD_BEFORE = re.compile(r"(?<![\w’'-])([a-z][a-z-]{0,30})\s\Z")  # a name or a possessive is none


def loaded(context: Context) -> Iterator[Finding]:
    """ATT-04: a word that judges, outside a quotation and outside phrases in which it does not."""
    rows = ((passage, match) for passage in context.passages for match in passage.find("loaded_words", exempt="loaded_exempt"))
    for passage, match in first_each(row for row in rows if not _rules(context, *row)):
        message = f"“{match[0]}” judges"
        cure = "say what was done in neutral words, or quote it with its speaker; a desk edits the list in briefgen.yaml"
        yield at(passage, match.span(), message, cure)


def _rules(context: Context, passage: Passage, match: re.Match[str]) -> bool:
    """Return whether “regime” means a set of rules: “the market abuse regime”, not “the regime”, “Assad’s regime”."""
    if match[0] not in ("regime", "regimes") or context.table.lacks("regime_words"):
        return False
    near = max(0, match.start() - 40), match.start()
    if _MONTH_BEFORE.search(passage.text, *near):
        return True  # the April regime
    before = _WORD_BEFORE.search(passage.text, *near)
    return before is not None and not context.table.pattern("regime_words").fullmatch(before[1])


def labelled(context: Context) -> Iterator[Finding]:
    """ATT-05: a label such as “proxy” on a Member State or a candidate, save in a quotation whose sentence names its speaker."""
    for passage in context.passages:
        if not passage.may_hold("labels"):
            continue
        for label in context.table.pattern("labels").finditer(passage.text):
            piece = passage.sentence_at(label.start())
            quoted = passage.unquoted[label.start()] != passage.text[label.start()]
            state = None if quoted and passage.attributed(piece) else _state(passage, label.span(), piece)
            if state:
                message = f"“{label[0]}” is a label on {state}, and no speaker stands behind it in a quotation"
                cure = "leave the label out, or quote it with who uses it"
                yield at(passage, label.span(), message, cure)


def _whose(after: Sequence[Piece], before: Sequence[Piece], joining: Sequence[str]) -> str | None:
    """Return the state of a label on a state or a government: “the failed state of …”, “Budapest’s rogue government”."""
    if before and before[-1].text.endswith(("'s", "’s")) and (name := _named(before[-1].text[:-2])):
        return name
    rest = itertools.dropwhile(lambda word: word.text.casefold() in joining, after)
    first = next(rest, None)
    return _named(first.text) if first and first is not after[0] else None


def _state(passage: Passage, label: tuple[int, int], piece: Piece) -> str | None:
    """Return the Member State or candidate that a label is put on, None where it is put on somebody else."""
    (start, end), language = label, passage.language
    after = words(passage.text[end : min(piece.end, end + 90)])[:REACH]
    before = words(passage.text[max(piece.start, start - 90) : start])[-REACH:]
    if _RULED.search(passage.text, start, end) and (ruled := _whose(after, before, entries(language, "checks", "label_joining"))):
        return ruled
    introduced = bool(after) and after[0].text.casefold() in entries(language, "checks", "before_states")
    if after and (introduced or passage.text[end : end + 2] in (": ", " –", ", ")):
        listed = [name for word in after if (name := _named(word.text))]
        if listed and introduced:
            return listed[0]
    if after and (name := _named(after[0].text)) and passage.text[end : end + 1] == " ":
        return name
    return _subject(before, entries(language, "checks", "before_label"))


def _subject(before: Sequence[Piece], small: Sequence[str]) -> str | None:
    """Return the state that stands before a label, with nothing but such small words between the two."""
    for word in reversed(before):
        if name := _named(word.text):
            return name
        if word.text.casefold().replace("’", "'") not in small:
            return None
    return None


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    rows = (actor for actor in actors() if actor.group in ("members", "candidates"))
    return {name: actor.name for actor in rows for name in actor.names if " " not in name}


def _named(word: str) -> str | None:
    return _states().get(word)
