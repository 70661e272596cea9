"""The dates of a claim against those of its grounds: days and years written out, and what “on Monday” can mean there.

In: a claim and its grounds. Out: a `Gap` for each day or year that none of them has. Nothing is worked out from today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from briefgen.evidence.ground import Gap, Ground, Kind
from briefgen.language.dates import Dated, dates, ends, months
from briefgen.language.figures import years
from briefgen.language.wordlists import bars, entries, languages

_RELATIVE = re.compile(rf"\b(?:{bars('dates', 'relative')})\b", re.IGNORECASE)
_FARTHER = tuple(  # words of time and how many days from the publication they may reach
    (re.compile(rf"\b(?:{bars('dates', name)})\b", re.IGNORECASE), reach)
    for name, reach in {"two_weeks": 14, "three_weeks": 21, "two_months": 62}.items()
)
_OTHER_YEARS = tuple(
    (re.compile(rf"\b(?:{bars('dates', name)})", re.IGNORECASE), off) for name, off in {"last_year": -1, "next_year": 1}.items()
)
_YEAR_END = re.compile(rf"\b(?:{bars('dates', 'year_end')})\b", re.IGNORECASE)
_WEEKDAYS = {
    name.casefold(): number for language in languages() for number, name in enumerate(entries(language, "dates", "weekdays")[:7])
}


def missing_dates(claim: str, grounds: Sequence[Ground], known: Collection[int]) -> Iterator[Gap]:
    """Yield the days and years that no ground has; `known` are the years that a date without one may mean."""
    wanted, wanted_years = dates(claim), years(claim)
    if not (wanted or wanted_years):
        return
    published = [day for ground in grounds for day in dates(ground.published)]
    there = [*_there(grounds, published)]
    lone = {year for ground in grounds for year, _, _ in years(ground.near)}
    by_month: dict[int | None, dict[tuple[int | None, int | None], Dated]] = {}
    for day in there:  # a date is compared with the different ones of its month, however often they stand there
        by_month.setdefault(day.month, {}).setdefault((day.year, day.day), day)
    told = bool(wanted) and any(_RELATIVE.search(ground.near) for ground in grounds)
    reach, weekdays = (_reach(grounds), _weekdays(grounds)) if told else (0, frozenset())
    for day in wanted:
        close = told and any(_within(reach, day, one) and _on_its_weekday(day, one, weekdays) for one in published)
        if not close and not any(_covers(one, day, known) for one in by_month.get(day.month, {}).values()):
            shown = ", ".join(dict.fromkeys(map(str, there[:3]))) or ", ".join(map(str, sorted(lone)[:3]))
            yield Gap(Kind.DATE, claim[day.start : day.end], shown)
    allowed = lone | {day.year for day in (*there, *published)} | _years_beside(grounds, published)
    dated = {place for day in wanted for place in range(day.start, day.end)}
    for year, start, _ in wanted_years:
        if year not in allowed and start not in dated:
            yield Gap(Kind.DATE, str(year), ", ".join(map(str, sorted(lone)[:3])))


def _there(grounds: Sequence[Ground], published: Sequence[Dated]) -> Iterator[Dated]:
    """Yield the days that sources name: written out, as the end of something, as a month alone."""
    for ground in grounds:
        yield from dates(ground.near)
        yield from ends(ground.near)
        yield from _months_alone(ground.near)
        if _YEAR_END.search(ground.near):
            yield from (Dated(day.year, 12, 31, 0, 0) for day in published)


def _months_alone(text: str) -> Iterator[Dated]:
    """Yield the months of a text that no year and no day follows: which year is meant, the years that are known say."""
    dated = {day.month for day in dates(text)}
    yield from (Dated(None, month, None, *place) for month, place in months(text) if month not in dated)


def _years_beside(grounds: Sequence[Ground], published: Sequence[Dated]) -> set[int]:
    """Return the years that “last year” and “next year” mean in sources of known years."""
    steps = [step for sign, step in _OTHER_YEARS if any(sign.search(ground.near) for ground in grounds)]
    return {day.year + step for day in published if day.year for step in steps}


def _covers(there: Dated, wanted: Dated, known: Collection[int]) -> bool:
    if wanted.month != there.month or (wanted.day and wanted.day != there.day):
        return False
    if wanted.year is None or wanted.year == there.year:
        return True
    return there.year is None and (not known or any(abs(wanted.year - year) <= 1 for year in known))


def _reach(grounds: Sequence[Ground]) -> int:
    """Return how many days from its publication a source's words of time may mean: a week, more for “last month”."""
    return max([7, *(reach for sign, reach in _FARTHER if any(sign.search(ground.near) for ground in grounds))])


def _within(reach: int, wanted: Dated, published: Dated) -> bool:
    """Return whether a day, or a day of a month, lies within some days of the publication."""
    if not (wanted.month and published.day and published.month and published.year):
        return False
    one = date(published.year, published.month, published.day)
    return any(
        (_day(year, wanted.month, wanted.day or 1) - one).days <= reach
        and (one - _day(year, wanted.month, wanted.day or 31)).days <= reach
        for year in ([wanted.year] if wanted.year else (one.year - 1, one.year, one.year + 1))
    )


def _weekdays(grounds: Sequence[Ground]) -> frozenset[int]:
    """Return the days of the week (Monday is 0) that sources name, none where they have other words of time as well."""
    found = [match[0].casefold() for ground in grounds for match in _RELATIVE.finditer(ground.near)]
    return frozenset(_WEEKDAYS[word] for word in found) if all(word in _WEEKDAYS for word in found) else frozenset()


def _on_its_weekday(wanted: Dated, published: Dated, weekdays: Collection[int]) -> bool:
    """Return whether a day is one of those of the week that a source names, where it names any: no Tuesday for a Monday."""
    year = wanted.year or published.year
    if not (weekdays and year and wanted.month and wanted.day):
        return True
    return _day(year, wanted.month, wanted.day).weekday() in weekdays


def _day(year: int, month: int, day: int) -> date:
    """Return a day, the last one of its month where that is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))
