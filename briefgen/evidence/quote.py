"""Find a quote in an article: verbatim after folding, altered, or missing.

In: a quote and an article. Out: a `Located`. Folding makes the same what print makes different: NFKC, spaces, quotation marks,
dashes, soft hyphens, and raised digits that call to a note. Case, letters, digits and words stay. A likeness is a suggestion
for a person, never a find.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from briefgen.language import raised
from briefgen.language.negation import negations
from briefgen.model.article import Article, Paragraph
from briefgen.registry import absent, lacking

_MARKS = dict.fromkeys("\"'`´‘’‚‛“”„‟‹›«»＂＇", "'")
_DASHES = dict.fromkeys("-‐‑‒–—―−﹘﹣－", "-")
_GONE = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
_ALIKE = str.maketrans({**_MARKS, **_DASHES, **_GONE})
_OMISSION = re.compile(r"[\[(]\s?(?:…|\.\.\.)\s?[\])]|…|\.\.\.+")
_EDGE = " .,;:'"
_PLAIN = re.compile(r"[!#-&(-,./0-9:-_a-~]+(?: [!#-&(-,./0-9:-_a-~]+)*")  # what folds to itself
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NO_GAPS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af]")  # written without spaces
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
SHORT, LONG, LIKE = 12, 1500, 80.0  # characters of a quote that is compared for likeness, and how like it must be
TRIES = 200  # places of the first part of a quote with omissions that are tried


class Found(StrEnum):
    """What became of a quote."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    MISSING = "missing"


class Located(NamedTuple):
    """Where a quote stands (offsets in the article's text), or the passage most like it; `differing` names what weighs most."""

    found: Found
    paragraph: int = -1
    start: int = -1
    end: int = -1
    passage: str = ""
    differing: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def _fold(cluster: str) -> str:
    known = _MARKS.get(cluster) or _DASHES.get(cluster)
    if known or cluster in _GONE:
        return known or ""
    folded = unicodedata.normalize("NFKC", cluster)
    return " " if not folded.strip() else "".join(_MARKS.get(c) or _DASHES.get(c) or c for c in folded if c not in _GONE)


def folded(text: str) -> str:
    """Return a text as its words compare: what `fold` makes of it but for runs of blanks, and without places."""
    if text.isascii():
        return text
    alike = raised.compared(text).translate(_ALIKE)
    return alike if unicodedata.is_normalized("NFKC", alike) else unicodedata.normalize("NFKC", alike).translate(_ALIKE)


def fold(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the offset in `text` that it comes from."""
    made: list[str] = []
    places: list[int] = []
    at, size = 0, len(text)
    calls, powers = dict(raised.calls(text)), set(raised.powers(text))
    while at < size:
        plain = _PLAIN.match(text, at)
        if plain:  # most of a text; a letter before a mark that may belong to it is left to what follows
            end = plain.end() - (text[plain.end() : plain.end() + 1] > "\u02ff")
            made += text[at:end]
            places += range(at, end)
            at = end
        if at >= size:
            break
        if at in calls:
            at = calls[at]
            continue
        if at in powers:
            made.append("^")
            places.append(at)
        end = at + 1
        while end < size and text[end] > "\u02ff" and (unicodedata.combining(text[end]) or "\u1160" <= text[end] <= "\u11ff"):
            end += 1
        for character in _fold(text[at:end]) if end - at < 9 else text[at:end]:
            if character != " " or not made or made[-1] != " ":
                made.append(character)
                places.append(at)
        at = end
    return "".join(made), places


class Searched:
    """An article, folded once for many quotes."""

    def __init__(self, article: Article) -> None:
        """Keep the article; it is folded at the first search."""
        self.article = article
        self.text = article.text
        self._starts = [paragraph.start for paragraph in article.paragraphs]

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return fold(self.text)

    @cached_property
    def _joined(self) -> tuple[Searched, ...]:
        """Return the article of a PDF without hyphens between letters: whether one at a line's end stays is a guess."""
        return (_Joined(self.article),) if self.article.name.casefold().endswith(".pdf") else ()

    def _compared(self, part: str) -> str:
        return part

    @cached_property
    def _words(self) -> list[tuple[Paragraph, set[str]]]:
        return [(p, set(re.findall(r"\w+", fold(p.text)[0].casefold()))) for p in self.article.paragraphs]

    def paragraph(self, offset: int) -> Paragraph:
        """Return the paragraph at an offset of the article's text."""
        return self.article.paragraphs[max(0, bisect_right(self._starts, offset) - 1)]

    def locate(self, quote: str, *, alike: bool = True) -> Located:
        """Return where the quote stands; parts around an omission stand in order, in one paragraph or the next.

        Full stops, commas and quotation marks at the ends of the quote or of a part don't count. Without `alike` a quote that
        does not stand there is missing, whatever is like it.
        """
        whole = fold(quote)[0].strip(_EDGE)
        parts = [part for piece in _OMISSION.split(quote) if (part := fold(piece)[0].strip(_EDGE))]
        for searched in (self, *self._joined):
            for wanted in ([whole], parts):
                texts = [searched._compared(part) for part in wanted]
                if texts and texts[0] and (span := searched._in_order(texts)):
                    return searched._at(*span)
        return self._alike(whole) if parts and alike else Located(Found.MISSING)

    def _in_order(self, parts: list[str]) -> tuple[int, int] | None:
        for tried, (start, end) in enumerate(self._places(parts[0], 0)):
            if tried > TRIES:
                break
            for part in parts[1:]:
                begin, end = next(self._places(part, end), (-1, -1))
                if begin < 0:
                    return None
            if self._number(end - 1) - self._number(start) <= 1:
                return start, end
        return None

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, self._folded[1][at])

    def _places(self, part: str, after: int) -> Iterator[tuple[int, int]]:
        """Yield the places of a part that begin and end where words do."""
        text = self._folded[0]
        at = text.find(part, after)
        while at >= 0:
            if _edge(text, at) and _edge(text, at + len(part)):
                yield at, at + len(part)
            at = text.find(part, at + 1)

    def _at(self, start: int, end: int) -> Located:
        places = self._folded[1]
        begin, last = places[start], places[end - 1] + 1
        return Located(Found.VERBATIM, self.paragraph(begin).number, begin, last, self.text[begin:last])

    def _alike(self, whole: str) -> Located:
        """Return the passage most like the quote, looked for in the three paragraphs that share most words."""
        words = set(re.findall(r"\w+", whole.casefold()))
        if not SHORT <= len(whole) <= LONG or len(words) < 3:
            return Located(Found.MISSING)
        try:
            from rapidfuzz import fuzz
        except ImportError as fault:
            if absent(fault, "rapidfuzz"):
                return Located(Found.MISSING)
            raise lacking(fault, "comparing a quote", "articles") from fault
        best, kept = LIKE, Located(Found.MISSING)
        for paragraph, found in sorted(self._words, key=lambda row: -len(words & row[1]))[:3]:
            folded, places = fold(paragraph.text[:20_000])
            alike = fuzz.partial_ratio_alignment(whole, folded, score_cutoff=best) if words & found else None
            if alike is not None and alike.score > best and alike.dest_end > alike.dest_start:
                best = alike.score
                first, last = _whole_words(paragraph.text, places[alike.dest_start], places[alike.dest_end - 1] + 1)
                passage = paragraph.text[first:last]
                start = paragraph.start + first
                differing = differences(whole, passage)
                kept = Located(Found.ALTERED, paragraph.number, start, start + len(passage), passage, differing)
        return kept


class _Joined(Searched):
    """An article whose words are compared without their hyphens."""

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        text, places = fold(self.text)
        gone = {match.start() for match in _HYPHEN.finditer(text)}
        return _HYPHEN.sub("", text), [place for at, place in enumerate(places) if at not in gone]

    def _compared(self, part: str) -> str:
        return _HYPHEN.sub("", part)


def _edge(text: str, at: int) -> bool:
    """Return whether no word goes on across a place."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    return not (before.isalnum() and after.isalnum()) or bool(_NO_GAPS.match(before) or _NO_GAPS.match(after))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def differences(quote: str, passage: str) -> tuple[str, ...]:
    """Return what differs between a quote and a passage and can turn its sense: numbers, then negations."""
    told = []
    here, there = (Counter(_DIGITS.findall(text)) for text in (quote, passage))
    if here != there:
        sides = [", ".join(sorted(side.elements())) or "none" for side in (here - there, there - here)]
        told.append(f"number: {sides[0]} in the quote, {sides[1]} in the source")
    if len(negations(quote)) != len(negations(passage)):
        told.append("a negation differs")
    return tuple(told)
