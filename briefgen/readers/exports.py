"""An archive's export → its articles: Nexis, Factiva and Europresse, told by two marks of theirs that agree.

In: an `Article` whose rows are the lines of such a file. Out: its articles, or none where it is no export. What a head and a foot
say is kept as fields; what neither names stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from briefgen.model.article import Article, Paragraph, Role
from briefgen.model.terms import Genre
from briefgen.readers.dateline import parted
from briefgen.readers.head import LABELS
from briefgen.readers.parted import as_text

_COUNTER = re.compile(r"(?:Document )?\d+ of \d+(?: DOCUMENTS?)?", re.IGNORECASE)
_END = re.compile(r"End of Document", re.IGNORECASE)
_FACTIVA = re.compile(r"Document [A-Z][A-Z0-9]{1,9}\d{8}\w{4,}")
_KEY = re.compile(r"(BYLINE|SECTION|LENGTH|DATELINE|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE)\s*:\s*(.*)", re.IGNORECASE)
_COUNTED = re.compile(r"(?:LENGTH\s*:\s*)?[\d,.]+ words", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:\(c\)|©|copyright)\D{0,20}(?:19|20)\d\d\b.{0,120}|.{0,80}all rights reserved\W*", re.IGNORECASE)
_BODY = re.compile(r"Body|Full Text", re.IGNORECASE)
_BY = re.compile(r"By ([^\W\d_].{2,100})")
_CODE = re.compile(r"[A-Z0-9]{2,8}|\d{1,2}:\d{2}.{0,12}")
_EUROPRESSE = re.compile(r"news[·.](\d{4})(\d\d)(\d\d)[·.]\w{1,12}[·.]\S{1,40}")
_MARKS = (_RIGHTS, _COUNTER, _END, _FACTIVA, _EUROPRESSE)
HEAD = 14  # lines of the head of an article at the most
Rows = Sequence[Paragraph]


class _Read(NamedTuple):
    """What the head of one exported article says, and its text."""

    title: str
    body: list[tuple[Role, str]]
    fields: dict[str, str]
    genre: Genre = Genre.UNKNOWN


def export(article: Article) -> tuple[Article, ...]:
    """Return the articles of an export, none where a text is no export; what stands before the first is a note of that."""
    rows = article.paragraphs
    for parts, read in ((_nexis(rows), _from_nexis), (_factiva(rows), _from_factiva), (_europresse(rows), _from_europresse)):
        found = [read(rows[start:stop]) for start, stop in parts]
        if found and None not in found:
            made = [_article(article, one, number) for number, one in enumerate(found, 1) if one]
            notes = (*article.notes, *_outside(rows, parts))
            return (made[0].model_copy(update={"notes": notes}), *made[1:])
    return ()


def _outside(rows: Rows, parts: Sequence[tuple[int, int]]) -> list[str]:
    """Return a note on what stands in an export beside its articles, where it is more than marks."""
    inside = {at for start, stop in parts for at in range(start, stop)}
    beside = [row.text for at, row in enumerate(rows) if at not in inside]
    told = [text for text in beside if not any(mark.fullmatch(text) for mark in _MARKS)]
    return [f"beside the articles: {' | '.join(told)}"] if told else []


def _article(whole: Article, read: _Read, number: int) -> Article:
    stem = whole.name.rpartition(".")[0] or whole.name
    genre = read.genre if number > 1 or read.genre is not Genre.UNKNOWN else whole.genre  # a label that the file begins with
    unknown = dict.fromkeys(("author", "publisher", "published"))
    origins = dict.fromkeys(read.fields, "head of the export") | {"title": "headline in the export"}
    if genre is not Genre.UNKNOWN:
        origins["genre"] = "section in the export"
    updated = {**unknown, **read.fields, "genre": genre, "origins": origins, "notes": ()}
    origin = f"part {number} of {whole.origins.get('file', whole.name)}"
    return as_text(whole.model_copy(update=updated), f"{stem}-{number}.txt", [(Role.TITLE, read.title), *read.body], origin)


def _nexis(rows: Rows) -> list[tuple[int, int]]:
    """Return the parts of an export of Nexis: below each counter, or up to each last line."""
    counters = [at for at, row in enumerate(rows) if _COUNTER.fullmatch(row.text)]
    if counters:
        return [(at + 1, stop) for at, stop in pairwise([*counters, len(rows)])]
    ends = [at for at, row in enumerate(rows) if _END.fullmatch(row.text)]
    return [(start + 1, stop) for start, stop in pairwise([-1, *ends])]


def _factiva(rows: Rows) -> list[tuple[int, int]]:
    ends = [at for at, row in enumerate(rows) if _FACTIVA.fullmatch(row.text)]
    return [(start + 1, stop) for start, stop in pairwise([-1, *ends])]


def _europresse(rows: Rows) -> list[tuple[int, int]]:
    """Return the parts of an export of Europresse: each from its outlet, above a line with its date, to its dated number."""
    ends = [at for at, row in enumerate(rows) if _EUROPRESSE.fullmatch(row.text)]
    found = []
    for start, stop in pairwise([-1, *ends]):
        day = _EUROPRESSE.sub(r"\1-\2-\3", rows[stop].text)
        headed = next((at for at in range(start + 2, min(stop, start + HEAD)) if parted(rows[at].text)[1] == day), -1)
        if headed < 0 or stop - headed < 3:
            return []
        found.append((headed - 1, stop))
    return found


def _from_europresse(rows: Rows) -> _Read | None:
    """Return one article of Europresse: outlet, a line with section, date and page, headline, text."""
    told, day = parted(rows[1].text)
    fields = {"publisher": rows[0].text, "published": day or ""}
    skipped = {0, 1, 2, *(at for at, row in enumerate(rows) if _RIGHTS.fullmatch(row.text))}
    label = next((label for part in told if (label := LABELS.get(part.casefold()))), Genre.UNKNOWN)
    return _Read(rows[2].text, _rest(rows, skipped), _said(fields), label)


def _at(texts: Sequence[str], fits: Callable[[str], object], start: int = 0, stop: int = HEAD) -> int:
    """Return the number of the first line between two that fits, less than none where none does."""
    return next((at for at in range(start, min(stop, len(texts))) if fits(texts[at])), -1)


def _named(text: str) -> bool:
    """Return whether a line says itself what it is."""
    return bool(_KEY.fullmatch(text) or _RIGHTS.fullmatch(text))


def _from_nexis(rows: Rows) -> _Read | None:
    """Return one article of Nexis: outlet, date and headline, or the headline first, then lines that say what they are."""
    texts = [row.text for row in rows]
    counted, dated = _at(texts, _COUNTED.fullmatch), _at(texts, _day)
    if not 0 < dated < counted:
        return None
    last = max(counted, _at(texts, _BODY.fullmatch))
    before, after = ([at for at in part if not _named(texts[at])] for part in (range(dated), range(dated + 1, last)))
    if len(before) + bool(after) < 2:
        return None
    title = after[0] if after and before else before[0]
    keys = _keys(texts)
    fields = {"publisher": texts[before[-1]], "published": _day(texts[dated]), "author": keys.get("byline", "")}
    skipped = {title, before[-1], dated, counted, last if _BODY.fullmatch(texts[last]) else counted}
    skipped.update(at for at, text in enumerate(texts) if _named(text))
    section = keys.get("section", "").partition(";")[0].strip().casefold()
    return _Read(texts[title], _rest(rows, skipped), _said(fields), LABELS.get(section, Genre.UNKNOWN))


def _keys(texts: Sequence[str]) -> dict[str, str]:
    """Return what the lines say that name what they hold."""
    return {found[1].casefold(): found[2].strip() for text in texts if (found := _KEY.fullmatch(text))}


def _from_factiva(rows: Rows) -> _Read | None:
    """Return one article of Factiva: headline, author, words, date, time, outlet, code, page, language, whose it is."""
    texts = [row.text for row in rows]
    rights, counted = _at(texts, _RIGHTS.fullmatch, stop=HEAD + 2), _at(texts, _COUNTED.fullmatch)
    dated = _at(texts, _day, counted, rights)
    if not 0 < counted < dated < rights:
        return None
    outlet = _at(texts, lambda text: not _CODE.fullmatch(text), dated + 1, rights)
    signed = _at(texts, _BY.fullmatch, 1, counted)
    title = (signed if signed > 0 else counted) - 1
    author = texts[signed][3:] if signed > 0 else ""
    fields = {"publisher": texts[outlet] if outlet > 0 else "", "published": _day(texts[dated]), "author": author}
    label = LABELS.get(texts[0].casefold(), Genre.UNKNOWN) if title else Genre.UNKNOWN
    return _Read(texts[title], _rest(rows, {title, signed, *range(counted, rights + 1)}), _said(fields), label)


def _rest(rows: Rows, skipped: Collection[int]) -> list[tuple[Role, str]]:
    return [
        (row.role if row.role is not Role.TITLE else Role.HEADING, row.text) for at, row in enumerate(rows) if at not in skipped
    ]


def _said(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _day(text: str) -> str:
    """Return the date of a line that is nothing else, but for a weekday, a time of day and an edition."""
    rest, value = parted(text) if len(text) < 60 else ([], "")
    return value if value and len(value) == 10 and len(rest) < 2 else ""
