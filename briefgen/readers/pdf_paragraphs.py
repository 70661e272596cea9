"""Lines of a PDF → blocks: running heads go, notes stand apart, lines become paragraphs, hyphens at line ends are undone.

In: the rows of each page. Out: blocks with the size of their type. A hyphen that a word has by right stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from briefgen.language.wordlists import bars, either, every
from briefgen.model.article import Role
from briefgen.readers.pdf_lines import GAP, Row, body_size

_PAGE, _OF = bars("articles", "page"), either("articles", "of")
_NUMBER = re.compile(rf"(?:{_PAGE})?\s*[-–—|]?\s*\d{{1,4}}\s*(?:[-–—|]|(?:/|{_OF})\s*\d{{1,4}})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDS = (".", "!", "?", ":", "”", "»", '"', "…")
_NOTE = re.compile(r"[\d*†‡]{1,3}[.)]?\s")
_JOINS = frozenset(word.casefold() for key in ("and", "or") for word in every("articles", key))
_AUTO = "\u00ad\u2010"  # hyphens that a program sets at the end of a line
LARGER, SMALLER = 1.15, 0.92  # of the size of most of the text: a heading; a note
TITLE = 250  # characters


class Part(NamedTuple):
    """A block, and the size of its type."""

    role: Role
    text: str
    size: float


def parts(pages: Sequence[list[Row]]) -> list[Part]:
    """Return the blocks of a text, its notes last."""
    body = body_size(row for page in pages for row in page)
    kept: list[Row] = []
    notes: list[Row] = []
    for page in _without_furniture(pages):
        text, below = _noted(page, body)
        kept += text
        notes += below
    return [*_paragraphs(kept, body), *(part._replace(role=Role.CAPTION) for part in _paragraphs(notes, body))]


def _without_furniture(pages: Sequence[list[Row]]) -> Iterator[list[Row]]:
    """Yield the pages without page numbers and what stands at the head or foot of many of them, or at one place of two."""
    often = {key for key, count in _often(pages, _key).items() if count >= 3 and count * 2 >= len(pages)}
    places = _often(pages, _place)

    def goes(row: Row) -> bool:
        if len(pages) > 1 and _NUMBER.fullmatch(row.text):
            return True
        return _key(row) in often or (len(pages) == 2 and places[_place(row)] == 2)

    for page in pages:
        gone = {id(row) for row in _edge(page) if goes(row)}
        yield _trimmed([row for row in page if id(row) not in gone]) if gone else page


def _often(pages: Sequence[list[Row]], key: Callable[[Row], Any]) -> Counter[Any]:
    """Return on how many pages what the key tells stands at the head or foot."""
    return Counter(found for page in pages for found in {key(row) for row in _edge(page)})


def _trimmed(page: list[Row]) -> list[Row]:
    """Return rows without the gaps at both ends, which set off what is gone."""
    written = [at for at, row in enumerate(page) if row is not GAP]
    return page[written[0] : written[-1] + 1] if written else []


def _edge(page: list[Row]) -> list[Row]:
    written = [row for row in page if row.text]
    return [*written[:2], *written[-2:]]


def _key(row: Row) -> tuple[str, int]:
    return _DIGITS.sub("#", row.text).casefold(), round(row.size)  # a title of that text is larger


def _place(row: Row) -> tuple[str, int, int]:
    return *_key(row), round(row.height)


def _noted(page: list[Row], body: float) -> tuple[list[Row], list[Row]]:
    """Return the text of a page, and the notes at its foot or at that of a column: small lines, the first with a number."""
    text: list[Row] = []
    notes: list[Row] = []
    at = 0
    while at < len(page):
        stop = _small_to(page, at, body)
        run = [row for row in page[at:stop] if row is not GAP]
        if text and run and _NOTE.match(run[0].text) and (stop == len(page) or page[stop].height > run[0].height):
            notes += [part for row in run for part in ([GAP, row] if _NOTE.match(row.text) else [row])]
        else:
            text += page[at:stop]
        text += page[stop : stop + 1]
        at = stop + 1
    return text, [*notes, GAP] if notes else []


def _small_to(page: list[Row], at: int, body: float) -> int:
    """Return where the run of small lines and gaps ends that begins at a line."""
    return next((stop for stop in range(at, len(page)) if page[stop] is not GAP and page[stop].size >= SMALLER * body), len(page))


def _paragraphs(lines: Sequence[Row], body: float) -> list[Part]:
    """Return paragraphs: one ends at a gap, and where a sentence or a heading ends in a line that is clearly not full."""
    lengths = sorted(len(row.text) for row in lines if row.text)
    full = lengths[int(len(lengths) * 0.8)] if lengths else 0
    join = Joined([row.text for row in lines])
    made: list[Part] = []
    open_rows: list[Row] = []

    def close() -> None:
        text, size = join([row.text for row in open_rows]), open_rows[0].size
        large = size > LARGER * body and len(text) <= TITLE and text[-1:] not in ".,;"
        made.append(Part(Role.HEADING if large or _heading(text) else Role.BODY, text, size))
        open_rows.clear()

    for row, after in pairwise([*lines, GAP]):
        if row.text:
            open_rows.append(row)
            if _ended(open_rows, after, full, body):
                close()
        elif open_rows and not _runs_on(open_rows[-1], after):
            close()
    if open_rows:
        close()
    return made


def _ended(lines: Sequence[Row], after: Row, full: int, body: float) -> bool:
    """Return whether lines end a paragraph, or are a heading, by a last one that is clearly not full."""
    row = lines[-1]
    if len(row.text) >= 0.85 * full or (after.text[:1].islower() and row.text[-1] not in ".!?…:"):
        return False
    return row.text.endswith(_ENDS) or (len(lines) == 1 and row.size <= LARGER * body and _sets_off(row, after, full))


def _sets_off(row: Row, after: Row, full: int) -> bool:
    """Return whether a first line is a heading: a capital follows it, whose word had clearly fitted into the line."""
    word = after.text.split(maxsplit=1)[0] if after.text else ""
    return _heading(row.text) and word[:1].isupper() and len(row.text) + 1 + len(word) < 0.85 * full


def _runs_on(row: Row, after: Row) -> bool:
    """Return whether a paragraph goes on beyond a gap: it ends in a comma or a hyphen, and the same type follows."""
    return row.text[-1] in f",-{_AUTO}" and not (after.size and abs(after.size - row.size) > 0.15 * row.size)


def _heading(line: str) -> bool:
    return 2 < len(line) <= 80 and line[:1].isupper() and line[-1].isalnum() and len(line.split()) <= 12


class Joined:
    """Joins lines; it knows the hyphens of the whole text."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Note which words have a hyphen within a line, and whether the text was hyphened by marks of their own."""
        self._hyphened = {word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", line)}
        self._marked = any(line[-1:] and line[-1] in _AUTO for line in lines)

    def __call__(self, lines: Sequence[str]) -> str:
        """Return lines as one text; a hyphen at a line's end goes, unless the word has it by right."""
        made: list[str] = [lines[0]]
        for line in lines[1:]:
            last = made[-1]
            if not last or last[-1] not in f"-{_AUTO}" or not last[-2:-1].isalnum():
                made.extend((" ", line))
                continue
            first = re.split(r"\W", line[:60])[0]
            if first.casefold() in _JOINS:
                made[-1:] = [f"{last[:-1]}-", " ", line]
            else:
                made[-1:] = [f"{last[:-1]}-" if self._by_right(last, first) else last[:-1], line]
        return re.sub(r" {2,}", " ", "".join(made).replace("\u00ad", ""))

    def _by_right(self, last: str, first: str) -> bool:
        before = last[-2:-1]
        if not before.islower() or (last[-1] == "-" and not first[:1].islower()):
            return True
        word = re.split(r"\s", last[-60:])[-1][:-1] + "-" + first
        return word.casefold() in self._hyphened or (last[-1] == "-" and self._marked)
