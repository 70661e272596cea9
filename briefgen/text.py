"""Sentences and words of running text, with exact places: used by the rules on prose and by the extractive drafter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

ABBREVIATIONS = {
    language: frozenset(listed.split())
    for language, listed in {
        "en": (
            "mr mrs ms dr prof st gen col lt sgt capt adm sen rep gov pres rev hon jr sr vs etc inc ltd co corp no vol fig ed "
            "eds p pp approx dept est jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e cf al u.s u.k u.n e.u a.m p.m art"
        ),
        "de": (
            "bzw ca dr evtl ggf hr fr inkl jh mio mrd nr prof s st str tel u.a usw vgl z.b d.h o.ä u.u i.d.r abs art bspw sog "
            "rd jan feb mär apr jun jul aug sep sept okt nov dez"
        ),
        "fr": "m mm mme mlle dr pr st ste cf etc ex p pp vol no art al env av apr janv févr avr juil sept oct nov déc",
    }.items()
}
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_WORD = re.compile(r"[^\W_]+(?:['’\-‑.][^\W_]+)*")


class Piece(NamedTuple):
    """A stretch of a text and its place in it, in characters."""

    start: int
    end: int
    text: str


def sentences(text: str, language: str = "en") -> tuple[Piece, ...]:
    """Return the sentences of a text in order, without the white space around them; `text[start:end]` is each one exactly.

    Languages without a list of abbreviations take the English one. A line break alone ends no sentence, an empty line does.
    """
    return tuple(_pieces(text, ABBREVIATIONS.get(language.partition("-")[0].lower(), ABBREVIATIONS["en"]), language))


def words(text: str) -> tuple[Piece, ...]:
    """Return the words of a text in order; a hyphen, an apostrophe or a full stop inside a word does not part it."""
    return tuple(Piece(match.start(), match.end(), match[0]) for match in _WORD.finditer(text))


def _pieces(text: str, abbreviations: frozenset[str], language: str) -> Iterator[Piece]:
    start = 0
    for end in [*_ends(text, abbreviations, language.startswith("de")), len(text)]:
        stripped = text[start:end].strip()
        if stripped:
            begin = start + len(text[start:end]) - len(text[start:end].lstrip())
            yield Piece(begin, begin + len(stripped), stripped)
        start = end


def _ends(text: str, abbreviations: frozenset[str], german: bool) -> Iterator[int]:
    breaks = sorted({match.end() for match in re.finditer(r"\n[ \t]*\n", text)} | {m.end() for m in _END.finditer(text)})
    for end in breaks:
        if text[end - 1] == "\n" or _closes(text, end, abbreviations, german):
            yield end


def _closes(text: str, end: int, abbreviations: frozenset[str], german: bool) -> bool:
    before = text[max(0, end - 40) : end]
    after = text[end : end + 40].lstrip()
    if not after:
        return True
    if after[0].islower():
        return False
    if before.rstrip("\"'”’»)]").endswith((".", "…")):
        last = re.split(r"[\s(\[\"“‘«]", before.rstrip("\"'”’»)].…"))[-1]
        if last.casefold() in abbreviations or (len(last) == 1 and last.isupper()):
            return False
        if german and last.isdigit() and len(last) <= 2:
            return False
    return True
