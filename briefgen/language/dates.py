"""Dates in running text, in the forms that articles and briefs write: 12 March 2025, March 12, 2025-03-12, 12.03.2025, März 2025.

In: a text. Out: each date with its place; a part that is not written is None. Nothing is worked out from today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from briefgen.language.memo import kept
from briefgen.language.stems import word_set
from briefgen.language.tables import all_months
from briefgen.language.wordlists import either

_MONTHS = "|".join(sorted(map(re.escape, all_months()), key=len, reverse=True))
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_GAP = r"[ \u00a0\u202f]"
_FORMS = (
    rf"(?<![\d.-])(?P<y1>{_YEAR})-(?P<m1>0[1-9]|1[0-2])(?:-(?P<d1>0[1-9]|[12]\d|3[01]))?(?![\d-])",
    rf"(?<![\w.])(?P<d2>{_DAY})(?:st|nd|rd|th|er|\.)?{_GAP}(?:of )?(?P<m2>{_MONTHS})\b\.?(?:,?{_GAP}(?P<y2>{_YEAR})\b)?",
    rf"\b(?P<m3>{_MONTHS})\b\.?{_GAP}(?P<d3>{_DAY})(?:st|nd|rd|th)?(?![\d%])(?:,?{_GAP}(?P<y3>{_YEAR})\b)?",
    rf"\b(?P<m4>{_MONTHS})\b\.?,?{_GAP}(?:of )?(?P<y4>{_YEAR})\b",
    rf"(?<![\d.])(?P<d5>{_DAY})\.(?P<m5>0?[1-9]|1[0-2])\.(?P<y5>{_YEAR})(?!\d)",
)
_ISO, _DOTTED = _FORMS[0], _FORMS[4]
_BEGINS = "".join(sorted({name[0] for name in all_months()}))
_DATE = re.compile(  # no more than a look at most places
    rf"(?=[\d{_BEGINS}])(?:(?<!\w)(?:{'|'.join(_FORMS[1:4])})|(?=\d)(?:{_ISO}|{_DOTTED}))", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")


class Dated(NamedTuple):
    """One date in a text: what of it is written, and where."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int

    def __str__(self) -> str:
        """Return `2025-03-12`, `2025-03`, or without a year `--03-12` as ISO 8601 once wrote it."""
        parts = [f"{self.year:04}" if self.year else "-", *(f"{n:02}" for n in (self.month, self.day) if n)]
        return "-".join(parts)


@kept
def dates(text: str) -> tuple[Dated, ...]:
    """Return the dates in a text, in order; a day that no calendar has is none."""
    return tuple(_found(text)) if _DIGIT.search(text) else ()


def _found(text: str) -> Iterator[Dated]:
    for match in _DATE.finditer(text):
        parts = {key[0]: value for key, value in match.groupdict().items() if value}
        month = all_months().get(parts["m"].casefold()) or int(parts["m"])
        made = Dated(int(parts["y"]) if "y" in parts else None, month, int(parts["d"]) if "d" in parts else None, *match.span())
        if _real(made):
            yield made


_BEFORE_RANGE = re.compile(r"(?<![\d.,])([1-9]|[12]\d|3[01])\.?(?:st|nd|rd|th)?\s?(?:-|–|to|and|bis|und|au|et)\s?\Z")
_AFTER_RANGE = re.compile(r"\s?(?:-|–|to|and)\s?([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|[.,]\d)")


@kept
def ranged(text: str) -> tuple[Dated, ...]:
    """Return the other days of ranges: 6 November of “6–24 November”, 24 November of “November 6-24”; each with its own place."""
    found = []
    for day in dates(text):
        if day.day and (first := _BEFORE_RANGE.search(text, max(0, day.start - 12), day.start)):
            found.append(day._replace(day=int(first[1]), start=first.start(1), end=first.end(1)))
        if day.day and not day.year and (last := _AFTER_RANGE.match(text, day.end)):
            found.append(day._replace(day=int(last[1]), start=last.start(1), end=last.end(1)))
    return tuple(one for one in found if _real(one))


def _real(made: Dated) -> bool:
    try:
        date(made.year or 2024, made.month or 1, made.day or 1)
    except ValueError:
        return False
    return True


_MONTH_NAMES = "|".join(sorted((name for name in all_months() if len(name) > 2), key=len, reverse=True))
_END = re.compile(
    r"\b(?P<edge>end|close|start|beginning)(?:[- ]of)?(?: the)?(?: year)?[- ]"
    rf"(?:(?P<month>{_MONTH_NAMES})[- ])?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


_WEEKS = re.compile(
    rf"\bfirst (two|three|half|week)(?: weeks?)?(?: (?:of|in))? (?:the month of )?({_MONTH_NAMES})\b"
    r"(?: ((?:19|20)\d\d))?",
    re.I,
)
_LAST_DAY = {"week": 7, "two": 14, "half": 15, "three": 21}


@kept
def ends(text: str) -> tuple[Dated, ...]:
    """Return the days that “the end of 2026” or “the start of May 2026” mean, to set beside a day that a claim writes out."""
    return tuple(_edges(text)) if _DIGIT.search(text) or "first" in text else ()


def _edges(text: str) -> Iterator[Dated]:
    for match in _WEEKS.finditer(text):
        first = Dated(int(match[3]) if match[3] else None, all_months()[match[2].casefold()], 1, *match.span())
        yield from (first, first._replace(day=_LAST_DAY[match[1].lower()]))
    for match in _END.finditer(text):
        year, last = int(match["year"]), match["edge"].lower() in ("end", "close")
        month = all_months()[match["month"].casefold()] if match["month"] else 12 if last else 1
        yield Dated(year, month, monthrange(year, month)[1] if last else 1, *match.span())


_BEFORE = either("dates", "before_month")
_MONTH = re.compile(
    rf"(?<![\w-])(?:{_BEFORE})[ -](?:(?:early|late|mid)[ -])?({_MONTH_NAMES})(?![\w-])",
    re.IGNORECASE,
)


@kept
def months(text: str) -> tuple[tuple[int, tuple[int, int]], ...]:
    """Return the months that a text names without a day: in May, by late June."""
    if word_set(text).isdisjoint(all_months()):
        return ()
    rows = (match for match in _MONTH.finditer(text) if match[1] not in ("may", "march"))
    return tuple((all_months()[match[1].casefold()], match.span(1)) for match in rows)
