"""A press review → its articles: one text that holds several is taken apart at their headlines.

In: an `Article`. Out: one or more. A headline counts only where sure signs of a new article agree: its form and a line with its
date, or two of outlet, author, label and a rule above it. In doubt a text stays one, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from briefgen.language.dates import dates
from briefgen.language.wordlists import bars, either
from briefgen.model.article import Article, Paragraph, Role
from briefgen.model.terms import Genre
from briefgen.readers.dateline import is_place, parted
from briefgen.readers.exports import export
from briefgen.readers.head import LABELS, day
from briefgen.readers.parted import HEADLINE, as_text

LEAST_WORDS = 30
"""A headline with less text below it is a heading, or a line of the contents."""
_RULE = re.compile(r"[\s\-–—_=*•·~#.]{3,}")
_BYLINE = re.compile(rf"(?:{either('articles', 'by')})\s+[^\W\d_].{{2,80}}")
_NUMBER = re.compile(r"^(?:\d{1,3}[.)]|[IVX]{1,5}\.)\s+")
_SOURCE = re.compile(rf"(?:{bars('articles', 'source')})\s*:\s*(.{{2,80}})", re.IGNORECASE)
NEAR = 31  # days between articles of one review that say nothing but their dates
DOUBT = "read as one article: it may hold several, and nothing tells them apart for certain; save each in a file of its own"
LINE = 140


class _Below(NamedTuple):
    """What the lines under a headline say, and how many they are."""

    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    genre: Genre = Genre.UNKNOWN
    lines: int = 0


class _Start(NamedTuple):
    """Where an article may begin, and whether two marks that agree say so."""

    at: int
    sure: bool


def split(article: Article) -> tuple[Article, ...]:
    """Return the articles that a text holds; or itself where nothing tells several apart for certain, with a note in doubt.

    No text is lost: what stands before the first headline is an article of its own, or, where it is no more than lines, a note.
    """
    exported = export(article)
    if exported:
        return exported
    rows = article.paragraphs
    starts = _with_text(list(_headlines(rows)), rows)
    sure = _with_text([start for start in starts if start.sure], rows)
    if len(sure) < 2:
        doubt = [start for start in starts if _words(rows[: start.at]) >= LEAST_WORDS]
        return (article.model_copy(update={"notes": (*article.notes, DOUBT)}) if doubt else article,)
    bounds = [*(start.at for start in sure), len(rows)]
    parts, notes = _before(rows, bounds)
    made = [_article(article, part, number) for number, part in enumerate([*parts, *pairwise(bounds)], 1)]
    return (made[0].model_copy(update={"notes": (*made[0].notes, *notes)}), *made[1:])


def _with_text(starts: Sequence[_Start], rows: Sequence[Paragraph]) -> list[_Start]:
    """Return the starts with enough text before the next one: the others are lines of the contents, or headings."""
    stops = [*(start.at for start in starts[1:]), len(rows)]
    return [start for start, stop in zip(starts, stops, strict=False) if _words(rows[start.at + 1 : stop]) >= LEAST_WORDS]


def _before(rows: Sequence[Paragraph], bounds: Sequence[int]) -> tuple[list[tuple[int, int]], list[str]]:
    """Return what stands before the first article: as one more, or as notes; what repeats headlines is said by them."""
    titles = {_NUMBER.sub("", rows[start].text).casefold() for start in bounds[:-1]}
    first = bounds[0] - (bounds[0] > 0 and _label(rows[bounds[0] - 1].text) is not None)
    left = [row for row in rows[:first] if not _is_rule(row) and _NUMBER.sub("", row.text).casefold() not in titles]
    if sum(len(row.text.split()) for row in left) >= LEAST_WORDS:
        return [(0, first)], []
    return [], [f"before the first headline: {' | '.join(row.text for row in left)}"] if left else []


def _headlines(rows: Sequence[Paragraph]) -> Iterator[_Start]:
    """Yield where an article may begin: a headline's form and a line with its date agree, or two other signs around it."""
    first = ""
    for index, row in enumerate(rows):
        if not _like_headline(row):
            continue
        ruled = index > 0 and _is_rule(rows[index - 1])
        said = _below(rows[index + 1 : index + 4])
        if not (ruled or said.lines):
            continue
        labelled = said.genre is not Genre.UNKNOWN or (index > 0 and _label(rows[index - 1].text) is not None)
        signs = [said.publisher, said.author, labelled, ruled].count
        others = 4 - signs(None) - signs(False)
        dated = said.published or ""
        yield _Start(index, others >= 2 or bool(dated and (others or _near(first, dated))))
        first = first or dated


def _near(first: str, day: str) -> bool:
    """Return whether two days are of one review, and not of a chronology within an article."""
    if not first:
        return True
    if len(first) < 10 or len(day) < 10:
        return first[:7] == day[:7]
    return abs((date.fromisoformat(day) - date.fromisoformat(first)).days) <= NEAR


def _like_headline(row: Paragraph) -> bool:
    text = row.text.strip()
    if not text or len(text) > HEADLINE or _is_rule(row) or _read(text) is not None:
        return False
    return text[-1] not in ".,;:…" and any(letter.isalpha() for letter in text)


def _is_rule(row: Paragraph) -> bool:
    return bool(_RULE.fullmatch(row.text))


def _below(rows: Sequence[Paragraph]) -> _Below:
    """Return what the lines below a headline say: outlet, author, date, genre; it ends at the first line that says none."""
    found = _Below()
    for row in rows:
        read = _read(row.text.strip())
        if read is None:
            break
        found = _Below(
            found.publisher or read.publisher,
            found.author or read.author,
            found.published or read.published,
            found.genre if found.genre is not Genre.UNKNOWN else read.genre,
            found.lines + 1,
        )
    return found


def _label(text: str) -> Genre | None:
    return LABELS.get(text.casefold().strip(" :|"))


def _read(text: str) -> _Below | None:
    """Return what a line says that is nothing but outlet, author or date; None for any other line."""
    if not text or len(text) > LINE:
        return None
    if label := _label(text):
        return _Below(genre=label)
    if named := _SOURCE.fullmatch(text):
        return _Below(publisher=named[1])
    if value := day(text):
        return _Below(published=value)
    if text.endswith("."):
        return None
    if _BYLINE.fullmatch(text):
        parts, dated = parted(text)
        name = parts[0].split(maxsplit=1)[1:] if parts else []
        return _Below(author=name[0], published=dated) if name else None
    return _dateline(text) if len(dates(text)) == 1 else None


def _dateline(text: str) -> _Below | None:
    """Return what a line with one date says, where at most an outlet and an author stand beside it."""
    rest, dated = parted(text)
    if not dated or len(rest) > 2:
        return None
    author = next((part[3:] for part in rest if part.startswith("By ")), None)
    return _Below(next((part for part in rest if not part.startswith("By ") and not is_place(part)), None), author, dated)


def _words(rows: Sequence[Paragraph]) -> int:
    return sum(len(row.text.split()) for row in rows if row.role in (Role.BODY, Role.CAPTION) or len(row.text) > HEADLINE)


def _article(whole: Article, part: tuple[int, int], number: int) -> Article:
    """Return one part as an article of its own; its name says which part of which file it is."""
    start, stop = part
    rows = whole.paragraphs[start:stop]
    title = _NUMBER.sub("", rows[0].text)
    said = _below(rows[1:4])
    above = _label(whole.paragraphs[start - 1].text) if start else None
    genre = above or said.genre
    body = [(row.role, row.text) for row in rows[1 + said.lines :] if not _is_rule(row)]
    if body and stop < len(whole.paragraphs) and _label(body[-1][1]):
        body.pop()  # the label of the article below
    fields = {"publisher": said.publisher, "author": said.author, "published": said.published}
    told = {name: value for name, value in fields.items() if value}
    origins = dict.fromkeys(told, "line below the headline") | {"title": "headline in the press review"}
    if genre is not Genre.UNKNOWN:
        origins["genre"] = "label at the headline"
    stem = whole.name.rpartition(".")[0] or whole.name
    unknown = dict.fromkeys(("author", "publisher", "published"))
    notes = whole.notes if number == 1 else ()
    part_of = whole.model_copy(update={**unknown, **told, "genre": genre, "origins": origins, "notes": notes})
    origin = f"part {number} of {whole.origins.get('file', whole.name)}"
    return as_text(part_of, f"{stem}-{number}.txt", [(Role.TITLE, title), *body], origin)
