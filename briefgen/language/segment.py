"""Sentences, words, quotations and reading level of running text, with exact places.

In: a text and its language. Out: pieces with their offsets, and bands of readability. Every function takes one pass: the time
grows with the length of the text, whatever stands in it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from briefgen.language.tables import months
from briefgen.language.wordlists import FIRST, base, entries, section

_MARKS = "\"'”’»«›“)]"
# Possessive, and never begun inside a run: a line of 200,000 full stops is read once.
_END = re.compile(rf"(?<![.!?…])[.!?…]++[{re.escape(_MARKS)}]*+(?=\s|$)")
_INSIDE = re.compile(rf"\n|[.!?…][{re.escape(_MARKS)}]*+\s++\S")
_EMPTY_LINE = re.compile(r"\n[ \t]*+\n")
_BEFORE = re.compile(r"[\s(\[\"“‘«„’']")
_NO_LETTER = re.compile(r"[\W\d_]")
_WORD = re.compile(r"[^\W_]++(?:['’\-‑.][^\W_]++)*")  # no *+ on a group: before Python 3.11.5 it keeps a full stop behind a word
_VOWELS = re.compile(r"[aeiouyáàâäéèêëíìîïóòôöúùûüæœ]++", re.IGNORECASE)
_QUOTES = {"“": "”", "„": "“", "«": "»", "»": "«", "‘": "’", '"': '"', "'": "'"}
_APOSTROPHES = "’'"
_OPENING = re.compile("[" + re.escape("".join(_QUOTES)) + "]")
SHORT_MONTH = 4  # letters: “Jänner” is written out
LONGEST_QUOTATION, MOST_APOSTROPHES = 4000, 40
"""Characters, and apostrophes in single marks: what bounds the search for the end of a quotation."""


class Piece(NamedTuple):
    """A stretch of a text and its place in it, in characters."""

    start: int
    end: int
    text: str


class Measured(NamedTuple):
    """How much stands in some text: sentences, words, syllables, words of more than six letters."""

    sentences: int
    words: int
    syllables: int
    long: int


class Reading(NamedTuple):
    """How hard a text is: the formula (`Flesch–Kincaid` or `LIX`), and the band that its value lies in, ends included."""

    formula: str
    low: int
    high: int

    def __str__(self) -> str:
        """Return `grade 9 to 11`, or `LIX 45 to 49`."""
        return f"{'grade' if self.formula != 'LIX' else 'LIX'} {self.low} to {self.high}"


def sentences(text: str, language: str = "en") -> tuple[Piece, ...]:
    """Return the sentences of a text in order, without the white space around them; `text[start:end]` is each one exactly.

    Languages without a list of abbreviations take the English one. A line break alone ends no sentence, an empty line does.
    """
    return tuple(_pieces(text, _known(language)))


def words(text: str) -> tuple[Piece, ...]:
    """Return the words of a text in order; a hyphen, an apostrophe or a full stop inside a word does not part it."""
    return tuple(Piece(match.start(), match.end(), match[0]) for match in _WORD.finditer(text))


def bare_words(text: str) -> list[str]:
    """Return the words of a text in order, without their places: a third of the work of `words`."""
    found: list[str] = _WORD.findall(text)
    return found


def paragraphs(text: str) -> tuple[Piece, ...]:
    """Return the paragraphs of a text in order: what stands between empty lines."""
    return tuple(_between(text, [match.end() for match in _EMPTY_LINE.finditer(text)]))


def quotations(text: str) -> tuple[Piece, ...]:
    """Return what stands in quotation marks, marks included; nested ones count as one, and none runs over an empty line."""
    if not _OPENING.search(text):
        return ()
    found: list[Piece] = []
    stops = deque(match.start() for match in _EMPTY_LINE.finditer(text))
    end = 0
    for opening in _OPENING.finditer(text):
        at = opening.start()
        closed = _closing(text, at) if at >= end and _opens(text, at) else -1
        while stops and stops[0] < at:
            stops.popleft()
        if closed > 0 and not (stops and stops[0] < closed):
            end = closed
            found.append(Piece(at, end, text[at:end]))
    return tuple(found)


def measured(text: str, language: str = "en", *, count: int | None = None) -> Measured:
    """Return how much stands in a text; `count` is the number of its sentences where the caller knows it."""
    listed = bare_words(text)
    count = len(sentences(text, language)) if count is None else count
    return Measured(count, len(listed), sum(map(_syllables, listed)), sum(len(word) > 6 for word in listed))


def reading(texts: Iterable[Measured], language: str = "en") -> Reading | None:
    """Return the band of the reading level of some texts together: Flesch–Kincaid grade for English, LIX for other languages.

    None where they have less than 60 words.
    """
    rows = tuple(texts)
    count, listed, syllables, long = (sum(row[n] for row in rows) for n in range(4))
    if listed < 60 or not count:
        return None
    length = listed / count
    if _known(language) == "en" and language.startswith("en"):
        value = round(0.39 * length + 11.8 * syllables / listed - 15.59)
        return Reading("Flesch–Kincaid", max(1, value - 1), max(1, value) + 1)
    band = int((length + 100 * long / listed) // 5 * 5)
    return Reading("LIX", band, band + 4)


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    count = len(_VOWELS.findall(word))
    silent = len(word) > 3 and word.endswith(("e", "es", "ed")) and not word.endswith(("le", "ted", "ded"))
    return max(1, count - silent)


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if (
        text[at] == "«" and after.isspace()
    ):  # French sets a blank inside its marks; where a word stands before, it is a German end
        return not before or before.isspace() or before in "(’'—–"
    return not (before.isalnum() and text[at] != "»") and bool(after.strip()) and not (text[at] == "»" and before.strip() == "")


def _closing(text: str, at: int) -> int:
    """Return where a quotation that opens here ends, -1 where it does not within reach; an apostrophe ends none."""
    mark, limit = _QUOTES[text[at]], at + LONGEST_QUOTATION
    end = text.find(mark, at + 1, limit)
    for _ in range(MOST_APOSTROPHES):
        if end < 0 or mark not in _APOSTROPHES or not text[end + 1 : end + 2].isalnum():
            break
        end = text.find(mark, end + 1, limit)
    else:
        return -1
    return end + 1 if end > 0 else -1


def _known(language: str) -> str:
    short = base(language)
    return short if section(short, "sentences") else FIRST


@cache
def _listed(language: str, name: str) -> frozenset[str]:
    """Return a list of words around full stops; a month's short names stand before numbers, its whole one after ordinals."""
    found = set(entries(language, "sentences", name))
    if name == "before_number":
        found |= {short.casefold() for row in months(language) for short in row[1:] if len(short) <= SHORT_MONTH}
    if name == "ordinals":
        found |= {row[0].casefold() for row in months(language)}
    return frozenset(found)


def _pieces(text: str, language: str) -> Iterator[Piece]:
    if not _INSIDE.search(text):  # one sentence, as most texts are
        yield from _between(text, ())
        return
    empty = [match.end() for match in _EMPTY_LINE.finditer(text)] if "\n" in text else ()
    closed = [match.end() for match in _END.finditer(text) if _closes(text, match.end(), language)]
    yield from _between(text, sorted({*empty, *closed}))


def _between(text: str, ends: Sequence[int]) -> Iterator[Piece]:
    start = 0
    for end in (*ends, len(text)):
        inside = text[start:end]
        stripped = inside.strip()
        if stripped:
            begin = start + len(inside) - len(inside.lstrip())
            yield Piece(begin, begin + len(stripped), stripped)
        start = end


def _closes(text: str, end: int, language: str) -> bool:
    """Return whether a run of full stops that ends here ends a sentence."""
    before, after = text[max(0, end - 40) : end], text[end : end + 40].lstrip()
    if not after:
        return True
    if after[0].islower():
        return False
    bare = before.rstrip(_MARKS)
    if not bare.endswith((".", "…")) or bare != before:  # after ? and !, or where a quotation closes
        return True
    last = _BEFORE.split(bare.rstrip(".…"))[-1]
    begins = _NO_LETTER.split(after, maxsplit=1)[0].casefold() in _listed(language, "starters")
    return _ends(last, after, language, begins)


def _ends(last: str, after: str, language: str, begins: bool) -> bool:
    word = last.casefold()
    if word in _listed(language, "never"):
        return False
    if word in _listed(language, "before_number"):
        return not after[0].isdigit()
    if last.isdigit() and entries(language, "sentences", "ordinals") and len(last) <= 2:
        return begins and after.split()[0].casefold().strip(".,;") not in _listed(language, "ordinals")
    initial = len(last) == 1 and last.isupper()
    return begins if initial or word in _listed(language, "maybe") else True
