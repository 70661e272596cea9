"""The dates of a text against its ground: days, months and years written out, and what “on Monday” can mean there.

In: a text and its grounds. Out: `Said` rows of the kind date. The day of publication, the item's own date, halves and quarters,
and days counted from the publication (“yesterday”, “last November”) are ground. Nothing is worked out from today.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from briefgen.evidence.compare.ground import Ground, Kind, Policy, Said
from briefgen.findings.diagnostics import Verdict
from briefgen.language.dates import Dated, dates, ends, months, ranged
from briefgen.language.memo import kept
from briefgen.language.quantities import years
from briefgen.language.stems import word_set
from briefgen.language.tables import all_months
from briefgen.language.wordlists import bars, entries, languages, section, split

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
_OFFSETS = {
    word: int(off)
    for language in languages()
    for off, words in section(language, "dates").get("exact", {}).items()
    for word in split(words)
}
SHOWN = 3
"""Dates of the ground that a finding shows."""


class _There(NamedTuple):
    """The dates of some grounds by month, the years, the months that stand alone, and the days of publication."""

    days: dict[int | None, dict[tuple[int | None, int | None], Dated]]
    years: frozenset[int]
    months: frozenset[int]
    published: tuple[Dated, ...]
    shown: tuple[tuple[str, tuple[int, int], str], ...]
    reach: int
    weekdays: frozenset[int]
    exact: frozenset[date]
    relative: bool


def days(text: str, grounds: tuple[Ground, ...], policy: Policy) -> Iterator[Said]:
    """Yield the days, months and years of a text that no ground has."""
    wanted, wanted_years = dates(text), years(text)
    wanted_months = months(text) if policy.wording else ()
    if not (wanted or wanted_years or wanted_months):
        return
    there = _there(grounds, policy.day)
    dated = [(day.start, day.end) for day in wanted]
    for day in wanted:
        if not _stands(day, there, policy):
            yield _said(text, (day.start, day.end), _verdict(day, there, policy), there)
    yield from _years_said(text, wanted_years, dated, there, policy)
    for month, (start, end) in wanted_months:
        if not _inside(start, end, dated) and month not in there.months:
            yield _said(text, (start, end), Verdict.NOT_FOUND, there)


def _years_said(
    text: str, wanted: Sequence[tuple[int, int, int]], dated: Sequence[tuple[int, int]], there: _There, policy: Policy
) -> Iterator[Said]:
    for year, start, end in wanted:
        if not _inside(start, end, dated) and year not in there.years and year not in _known_years(there, policy):
            yield _said(text, (start, end), _of_year(year, there, policy), there)


def _inside(start: int, end: int, places: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(places, (start, end)) - 1
    return any(first <= start and end <= last for first, last in places[max(0, at) : at + 2])


def _of_year(year: int, there: _There, policy: Policy) -> Verdict:
    given = str(year) in policy.every
    if len(there.years) == 1 and not there.published and not given:
        return Verdict.CONTRADICTED
    return Verdict.NOT_FOUND if given or not policy.every else Verdict.INVENTED


def _said(text: str, at: tuple[int, int], verdict: Verdict, there: _There) -> Said:
    shown = there.shown[:SHOWN]
    instead = ", ".join(dict.fromkeys(words for words, _, _ in shown)) or ", ".join(map(str, sorted(there.years)[:SHOWN]))
    place = shown[0][1] if shown else None
    words = text[at[0] : at[1]].rstrip(".")
    return Said(Kind.DATE, verdict, words, instead, (at[0], at[0] + len(words)), place, shown[0][2] if shown else "")


def _known_years(there: _There, policy: Policy) -> Collection[int]:
    """Return years that need no ground: in a wording those that the item itself means."""
    return policy.years if policy.wording and not there.years else ()


def _stands(day: Dated, there: _There, policy: Policy) -> bool:
    if any(_covers(one, day, policy) for one in there.days.get(day.month, {}).values()):
        return True
    if there.exact and day.day:
        return any((day.year in (one.year, None), day.month, day.day) == (True, one.month, one.day) for one in there.exact)
    if there.relative and any(
        _within(there.reach, day, one) and _on_its_weekday(day, one, there.weekdays) for one in there.published
    ):
        return True
    alone = day.day is None and day.month in there.months and day.month not in there.days
    return alone and (day.year is None or day.year in {*there.years, *policy.years})


def _verdict(day: Dated, there: _There, policy: Policy) -> Verdict:
    """Return contradicted where the ground has the same day in another month or year, or another day of one month."""
    if any(_covers(one, day, policy) for one in _all_dates(policy.every).get(day.month, ())):
        return Verdict.NOT_FOUND
    full = [one for rows in there.days.values() for one in rows.values() if one.start != one.end and one.day]
    if day.day and len(full) == 1 and _slipped(full[0], day):
        return Verdict.CONTRADICTED
    sure = day.day and policy.every and not there.relative
    return Verdict.INVENTED if sure else Verdict.NOT_FOUND


def _slipped(one: Dated, other: Dated) -> bool:
    """Return whether two days differ in one of day, month and year."""
    return sum((one.day == other.day, one.month == other.month, one.year in (other.year, None))) == 2


@kept
def _all_dates(text: str) -> dict[int | None, tuple[Dated, ...]]:
    found: dict[int | None, list[Dated]] = {}
    for day in dates(text):
        found.setdefault(day.month, []).append(day)
    return {month: tuple(rows) for month, rows in found.items()}


@kept
def _there(grounds: tuple[Ground, ...], day: str) -> _There:
    published = tuple(one for ground in grounds for one in dates(ground.published))
    named = _placed(grounds, published)
    own = dates(day)
    every = (*(row for row, _ in named), *own, *published)
    relative = _any(_RELATIVE, grounds)
    return _There(
        days=_by_month(every),
        years=frozenset(_years(grounds, day) | {one.year for one in every if one.year} | _years_beside(grounds, published)),
        months=frozenset(month for ground in grounds for month in _all_months(ground.near)) | {one.month or 0 for one in own},
        published=published,
        shown=_shown(named),
        reach=_reach(grounds),
        weekdays=_weekdays(grounds) if relative else frozenset(),
        exact=_exact(grounds, published),
        relative=relative or _any(_FARTHER[-1][0], grounds),
    )


def _placed(grounds: Sequence[Ground], published: Sequence[Dated]) -> list[tuple[Dated, str]]:
    """Return the days that sources name, each with the text that it stands in."""
    texts = [(ground, ground.near) for ground in grounds]
    return [(one, text) for ground, text in texts for one in _named(ground, text, published)]


def _any(sign: re.Pattern[str], grounds: Sequence[Ground]) -> bool:
    return any(sign.search(ground.near) for ground in grounds)


def _shown(named: Sequence[tuple[Dated, str]]) -> tuple[tuple[str, tuple[int, int], str], ...]:
    return tuple((text[one.start : one.end], (one.start, one.end), text) for one, text in named if one.end > one.start)


def _by_month(rows: Sequence[Dated]) -> dict[int | None, dict[tuple[int | None, int | None], Dated]]:
    """Return the different days of each month, however often they stand there."""
    found: dict[int | None, dict[tuple[int | None, int | None], Dated]] = {}
    for one in rows:
        found.setdefault(one.month, {}).setdefault((one.year, one.day), one)
    return found


def _years(grounds: Sequence[Ground], day: str) -> set[int]:
    texts = (day, *(text for ground in grounds for text in (ground.near, ground.translation)))
    return {year for text in texts for year, _, _ in years(text)}


def _named(ground: Ground, text: str, published: Sequence[Dated]) -> Iterator[Dated]:
    """Yield the days that a source names: written out, as the end of something, as a month alone, as a range of days."""
    yield from dates(text)
    yield from (day._replace(start=0, end=0) for day in ranged(text))
    yield from ends(text)
    dated = {day.month for day in dates(text)}
    yield from (Dated(None, month, None, *place) for month, place in months(text) if month not in dated)
    if ground.translation:
        yield from (day._replace(start=0, end=0) for day in dates(ground.translation))
    if _YEAR_END.search(text):
        yield from (Dated(day.year, 12, 31, 0, 0) for day in published)


def _all_months(text: str) -> frozenset[int]:
    return _any_month(text) | {month for month, _ in months(text)}


@kept
def _any_month(text: str) -> frozenset[int]:
    """Return the months that a text names in any way: January to May, a May vote."""
    found = word_set(text) & all_months().keys()
    return frozenset(
        all_months()[name] for name in found if name not in ("may", "march", "mars", "mai") or name.capitalize() in text
    )


def _years_beside(grounds: Sequence[Ground], published: Sequence[Dated]) -> set[int]:
    """Return the years that “last year” and “next year” mean in sources of known years."""
    steps = [step for sign, step in _OTHER_YEARS if any(sign.search(ground.near) for ground in grounds)]
    return {day.year + step for day in published if day.year for step in steps}


def _covers(there: Dated, wanted: Dated, policy: Policy) -> bool:
    if wanted.month != there.month or (wanted.day and wanted.day != there.day):
        return False
    if wanted.year is None or wanted.year == there.year:
        return True
    if there.year is not None:
        return False
    known = policy.years
    return not known or (wanted.year in known if policy.wording else any(abs(wanted.year - year) <= 1 for year in known))


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
        if 1 <= year <= 9999
    )


def _weekdays(grounds: Sequence[Ground]) -> frozenset[int]:
    """Return the days of the week (Monday is 0) that sources name, none where they have other words of time as well."""
    found = [match[0].casefold() for ground in grounds for match in _RELATIVE.finditer(ground.near)]
    return frozenset(_WEEKDAYS[word] for word in found) if all(word in _WEEKDAYS for word in found) else frozenset()


def _exact(grounds: Sequence[Ground], published: Sequence[Dated]) -> frozenset[date]:
    """Return the days that “today” and “yesterday” mean, none where the sources have other words of time as well."""
    found = [" ".join(match[0].casefold().split()) for ground in grounds for match in _RELATIVE.finditer(ground.near)]
    if not found or not all(word in _OFFSETS for word in found):
        return frozenset()
    days_ = [date(one.year, one.month, one.day) for one in published if one.year and one.month and one.day]
    return frozenset(one + timedelta(days=_OFFSETS[word]) for one in days_ for word in found)


def _on_its_weekday(wanted: Dated, published: Dated, weekdays: Collection[int]) -> bool:
    """Return whether a day is one of those of the week that a source names, where it names any: no Tuesday for a Monday."""
    year = wanted.year or published.year
    if not (weekdays and year and wanted.month and wanted.day):
        return True
    return _day(year, wanted.month, wanted.day).weekday() in weekdays


def _day(year: int, month: int, day: int) -> date:
    """Return a day, the last one of its month where that is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))
