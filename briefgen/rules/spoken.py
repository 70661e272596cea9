"""Whose word a quote is: the sentence of the article that it stands in, and who speaks there.

In: a piece of evidence with its place. Out: its sentence, and the words that make it somebody's. A verb of saying counts where it
governs the quote: before it in its clause, or behind it after a comma; so do quotation marks around it, and the mood of reported
speech (German Konjunktiv I, the French conditionnel).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefgen.evidence.quote import Found
from briefgen.language.memo import sentences
from briefgen.language.segment import quotations
from briefgen.language.wordlists import bars, base, section
from briefgen.rules.claims import Piece
from briefgen.rules.context import Context

_OPENING = re.compile(r"\A\s*[“„«\"]")
_BOUNDARY = re.compile(r";|,\s(?:but|while|whereas|although|though|aber|doch|während|mais|tandis)\b|\.\s")
_SUBORDINATE = re.compile(r"\b(?:which|who|whom|whose|when|where|after|before|since|than)\s(?:\S+\s){0,3}\Z")
REACH, WIDE = 160, 600
"""Characters behind a quote in which a speaker is looked for, and to either side of it that are read of a sentence at most."""


class Sentence(NamedTuple):
    """The sentence (or the sentences) of an article that a quote stands in, its place there, its paragraph, and its language."""

    text: str
    start: int
    end: int
    paragraph: str
    marked: bool  # whether quotation marks stand around all of it
    language: str


@cache
def expressions(name: str, language: str) -> re.Pattern[str]:
    """Return what finds the regular expressions of a list of `wordings`; nothing where a language has none."""
    if name not in section(language, "wordings"):
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{bars('wordings', name, base(language))})(?!\w)", re.IGNORECASE)


def sentence_of(context: Context, row: Piece) -> Sentence | None:
    """Return the sentence that a quote stands in, as far as it is near; None where the quote was not found."""
    kept: dict[str, Sentence | None] = context.kept.setdefault("quote sentences", {})
    if row.pointer not in kept:
        kept[row.pointer] = _sentence_of(context, row)
    return kept[row.pointer]


def _sentence_of(context: Context, row: Piece) -> Sentence | None:
    if not (row.searched and row.located and row.located.found is Found.VERBATIM):
        return None
    paragraph = row.searched.paragraph(row.located.start)
    start, end = row.located.start - paragraph.start, row.located.end - paragraph.start
    language = base((row.source and row.source.language) or row.searched.article.language or context.summary.language)
    held = [piece for piece in sentences(paragraph.text, language) if piece.start < end and piece.end > start]
    if not held:
        return None
    first = max(held[0].start, start - WIDE)
    last = min(max(held[-1].end, end), end + WIDE)
    text = paragraph.text[first:last]
    return Sentence(text, start - first, end - first, paragraph.text, _marked(paragraph.text, start, end), language)


def _marked(paragraph: str, start: int, end: int) -> bool:
    """Return whether a place lies in quotation marks; one that goes on in the next paragraph is not closed in this one."""
    pieces = quotations(paragraph)
    if any(piece.start <= start and end <= piece.end for piece in pieces):
        return True
    return bool(_OPENING.match(paragraph)) and not (pieces and pieces[0].start <= 1)


def word_of(sentence: Sentence, *, views: bool = False) -> str:
    """Return the words that make a quote somebody's word, empty where the text says it itself.

    With `views` only what somebody thinks, estimates or is rumoured to have done counts: a party says its own acts itself.
    """
    sign = expressions("viewed" if views else "vouched", sentence.language)
    for match in reversed(list(sign.finditer(sentence.text, 0, sentence.end))):
        between = sentence.text[match.end() : max(match.end(), sentence.start)]
        if not (_BOUNDARY.search(between) or _SUBORDINATE.search(sentence.text[: match.start()])):
            return match[0]
    behind = sentence.text[sentence.end : sentence.end + REACH]
    for match in sign.finditer(behind):
        before = behind[: match.start()]
        if re.match(r"[^,;.]*,[^;.]{0,80}\Z", before) and not _SUBORDINATE.search(before):
            return match[0]
    mood = expressions("reported_mood", sentence.language).search(sentence.text, sentence.start, sentence.end)
    if mood:
        return mood[0]
    return "“…”" if sentence.marked and not views else ""
