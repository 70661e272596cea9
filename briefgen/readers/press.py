"""A press review → its articles: one text that holds several is taken apart at their headlines.

In: an `Article`. Out: one or more. A headline counts only with a second sign of a new article: a line with outlet, author or
date below it, or a rule above it. What stands before the first headline (a table of contents) belongs to no article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

from briefgen.language.dates import dates
from briefgen.language.wordlists import bars, either
from briefgen.model.article import Article, Paragraph, Role, paragraphs
from briefgen.model.terms import Genre
from briefgen.readers.head import LABELS, day

LEAST_WORDS = 30
"""A headline with less text below it is a heading, or a line of the contents."""
_RULE = re.compile(r"[\s\-–—_=*•·~#.]{3,}")
_BYLINE = re.compile(rf"(?:{either('articles', 'by')})\s+[^\W\d_].{{2,80}}")
_NUMBER = re.compile(r"^(?:\d{1,3}[.)]|[IVX]{1,5}\.)\s+")
_SOURCE = re.compile(rf"(?:{bars('articles', 'source')})\s*:\s*(.{{2,80}})", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[|•·–—]|, (?=\d)|(?<=\w), )\s*")
HEADLINE = 160  # characters
LINE = 140


class _Below(NamedTuple):
    """What the lines under a headline say, and how many they are."""

    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    genre: Genre = Genre.UNKNOWN
    lines: int = 0


def split(article: Article) -> tuple[Article, ...]:
    """Return the articles that a text holds; or itself where nothing tells several apart for certain."""
    rows = article.paragraphs
    starts = list(_headlines(rows))
    if rows and 0 not in starts and rows[0].role is Role.TITLE and any(_is_rule(rows[start - 1]) for start in starts):
        starts.insert(0, 0)
    bounds = [*starts, len(rows)]
    parts = [(start, stop) for start, stop in pairwise(bounds) if _words(rows[start + 1 : stop]) >= LEAST_WORDS]
    if len(parts) < 2:
        return (article,)
    return tuple(_article(article, part, number) for number, part in enumerate(parts, 1))


def _headlines(rows: Sequence[Paragraph]) -> Iterator[int]:
    for index, row in enumerate(rows):
        ruled = index > 0 and _is_rule(rows[index - 1])
        if _like_headline(row) and (ruled or _below(rows[index + 1 : index + 4]).lines):
            yield index


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


def _read(text: str) -> _Below | None:
    """Return what a line says that is nothing but outlet, author or date; None for any other line."""
    if not text or len(text) > LINE:
        return None
    if text.casefold().strip(" :|") in LABELS:
        return _Below(genre=LABELS[text.casefold().strip(" :|")])
    if _BYLINE.fullmatch(text) and not text.endswith("."):
        parts, dated = _parted(text)
        return _Below(author=parts[0].split(maxsplit=1)[1], published=dated)
    if named := _SOURCE.fullmatch(text):
        return _Below(publisher=named[1])
    if value := day(text):
        return _Below(published=value)
    return _dateline(text) if len(dates(text)) == 1 and not text.endswith(".") else None


def _dateline(text: str) -> _Below | None:
    """Return what a line with one date says, where at most an outlet and an author stand beside it."""
    parts, dated = _parted(text)
    rest = [part for part in parts if not day(part)]
    if not dated or len(rest) > 2:
        return None
    author = next((part[3:] for part in rest if part.startswith("By ")), None)
    return _Below(next((part for part in rest if not part.startswith("By ")), None), author, dated)


def _parted(text: str) -> tuple[list[str], str | None]:
    """Return the parts of a line, and the first date among them."""
    parts = [part for part in _PARTS.split(text) if part]
    return parts, next((value for part in parts if (value := day(part))), None)


def _words(rows: Sequence[Paragraph]) -> int:
    return sum(len(row.text.split()) for row in rows if row.role in (Role.BODY, Role.CAPTION) or len(row.text) > HEADLINE)


def _article(whole: Article, part: tuple[int, int], number: int) -> Article:
    """Return one part as an article of its own; its name says which part of which file it is."""
    start, stop = part
    rows = whole.paragraphs[start:stop]
    title = _NUMBER.sub("", rows[0].text)
    said = _below(rows[1:4])
    above = LABELS.get(whole.paragraphs[start - 1].text.casefold().strip(" :|")) if start else None
    genre = above or said.genre
    body = [(row.role, row.text) for row in rows[1 + said.lines :] if not _is_rule(row)]
    if body and stop < len(whole.paragraphs) and body[-1][1].casefold().strip(" :|") in LABELS:
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


def as_text(article: Article, name: str, rows: Sequence[tuple[Role, str]], origin: str) -> Article:
    """Return an article that has no file of its own as one: saved as `text` under its name, it reads as it is here.

    What it was part of stands in its `origins`, for the field `file`.
    """
    title = rows[0][1][:HEADLINE].rstrip(" .,;…") if rows[0][0] is Role.TITLE else ""
    rows = [(Role.TITLE, title or name), *(rows[1:] if rows[0][0] is Role.TITLE else rows)]
    origins = {**article.origins, "file": origin}
    made = article.model_copy(update={"name": name, "paragraphs": paragraphs(rows), "title": rows[0][1], "origins": origins})
    return made.model_copy(update={"sha256": sha256(made.text.encode()).hexdigest()})
