"""A claim against its evidence, token by token: figures, dates, names, denials.

In: a claim and its grounds. Out: `Gap` rows, each a thing that the claim says and no ground does, with the other value
that stands there where there is one. What the claim does not say is no gap: this compares, it does not judge.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from briefgen.evidence import negation
from briefgen.evidence.dates import Dated, dates, ends
from briefgen.evidence.figures import Figure, figures, years
from briefgen.evidence.names import names, stands
from briefgen.evidence.shares import ROUGH, TIMES, with_shares


class Kind(StrEnum):
    """What is missing."""

    FIGURE = "figure"
    BOUND = "bound"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"


class Ground(NamedTuple):
    """What a claim is compared with: the quote, its paragraph, the whole article; empty where there is none.

    `about` holds what is known of the source (title, author, publisher, whom it cites); `published` as a summary writes it.
    """

    quote: str = ""
    paragraph: str = ""
    article: str = ""
    translation: str = ""
    language: str = "en"
    about: str = ""
    published: str = ""

    @property
    def near(self) -> str:
        """Return the text that a claim must rest on: the quote with its paragraph, or the article where nothing is quoted."""
        return "\n".join(filter(None, (self.quote, self.paragraph))) or self.article


class Gap(NamedTuple):
    """One thing that the claim says and no ground does; `instead` is the other value that stands there, empty for none."""

    kind: Kind
    said: str
    instead: str = ""


_RELATIVE = re.compile(
    r"\b(?:today|yesterday|tomorrow|(?:last|this|next) (?:week|month|year|night)|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|(?:days?|weeks?) ago|a fortnight|"
    r"heute|gestern|morgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|aujourd'hui|hier|demain|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"la semaine derni[eè]re|mois dernier|letzte[nr]? (?:woche|monat))\b",
    re.IGNORECASE,
)
_FARTHER = tuple(  # words of time and how many days from the publication they may reach
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), reach)
    for words, reach in {
        r"(?:last|next|past|coming) (?:week|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|a week ago|"
        r"(?:vorige|letzte|nächste|kommende)[nrs]? (?:woche|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)|"
        r"(?:semaine|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) (?:derni[eè]re?|prochaine?)": 14,
        r"(?:two weeks|a fortnight) ago|in (?:two weeks|a fortnight)|vor zwei wochen|il y a quinze jours": 21,
        r"(?:last|this|next) month|weeks ago|mois (?:dernier|prochain)|"
        r"(?:vorigen|letzten|nächsten|kommenden|diesen|diesem) monat": 62,
    }.items()
)
_PERIOD = re.compile(r"day|week|month|year|tag|woche|monat|jahr|jour|semaine|mois|an(?:s|n)")


def compare(
    claim: str, grounds: Sequence[Ground], language: str = "en", *, own: str = "", known: Collection[int] = (), ours: bool = False
) -> tuple[Gap, ...]:
    """Return what the claim says and none of its grounds.

    `own` is text of the summary whose names need no evidence (its glossary, its perspective), `known` are the years that a date
    without year can mean (of publication and of the cut-off). Of `ours`, an assessment, only figures and dates are compared.
    """
    if not grounds:
        return ()
    found = [*_missing_figures(claim, grounds, language, ours), *_missing_dates(claim, grounds, known)]
    if not ours and any(ground.paragraph or ground.article for ground in grounds):
        found += _missing_names(claim, grounds, language, own)
        found += _denials(claim, grounds, language)
    return tuple(dict.fromkeys(found))


# ---- figures

NEAR = 60
"""How many figures are looked at for one that a claim may have rounded."""


class _Index:
    """The figures of all grounds, by value and unit, so that a claim of many figures costs no more than its length."""

    def __init__(self, grounds: Sequence[Ground]) -> None:
        self.equal: dict[tuple[Decimal, str], list[tuple[Figure, str]]] = {}
        self.values: dict[str, dict[Decimal, None]] = {}
        self.sorted: dict[str, list[Decimal]] = {}
        self.unit: dict[str, list[str]] = {}
        self.value: dict[Decimal, list[str]] = {}
        self.counted: dict[str, list[str]] = {}
        for ground in grounds:
            text = ground.near
            for figure in with_shares(figures(text, ground.language), text, ground.language, loose=True):
                self.equal.setdefault((figure.value, figure.unit), []).append((figure, text))
                self.values.setdefault(figure.unit, {})[figure.value] = None
                rows = (self.unit.setdefault(figure.unit, []), self.value.setdefault(figure.value, []))
                for row in (*rows, self.counted.setdefault(_counted(text, figure)[:5], [])):
                    if len(row) < 3:
                        row.append(figure.shown(text))

    def same(self, wanted: Figure) -> list[tuple[Figure, str]]:
        """Return the figures equal to one; of a rough one also those that round to it."""
        found = self.equal.get((wanted.value, wanted.unit), [])
        return found or [row for value in self._near(wanted) for row in self._close(wanted, value)]

    def _near(self, wanted: Figure) -> list[Decimal]:
        """Return the values of a unit that one may be rounded from, not more than a claim can mean."""
        if wanted.unit not in self.sorted:
            self.sorted[wanted.unit] = sorted(self.values.get(wanted.unit, ()))
        values, wide = self.sorted[wanted.unit], max(wanted.step, ROUGH)
        first = bisect_left(values, wanted.value - wide)
        return values[first : min(first + NEAR, bisect_right(values, wanted.value + wide))]

    def _close(self, wanted: Figure, value: Decimal) -> list[tuple[Figure, str]]:
        """Return the figures of a value to which one is rounded: about 30 % for 29.6 %, a third for 33 %, over 700 for 740."""
        off, rows = value - wanted.value, self.equal[value, wanted.unit]
        if wanted.bound == "about" and abs(off) <= wanted.step / 2:
            return rows
        if wanted.unit == "%" and abs(off) <= ROUGH / 2:
            return [row for row in rows if ROUGH in (wanted.step, row[0].step)]
        below = wanted.bound == "at least" and 0 < off < wanted.step and wanted.value < 10 * wanted.step
        return [row for row in rows if below and row[0].bound in ("", "at least")]


def _missing_figures(claim: str, grounds: Sequence[Ground], language: str, ours: bool) -> Iterator[Gap]:
    """Yield the figures without support. A bare number word counts only where the ground counts the same things otherwise."""
    wanted_all = with_shares(figures(claim, language), claim, language)
    index = _Index(grounds) if wanted_all else None
    for wanted in wanted_all if index else ():
        assert index
        counted = _counted(claim, wanted)
        if ours and (wanted.word or _PERIOD.match(counted)):
            continue
        same = index.same(wanted)
        if not same and wanted.word and not wanted.unit and wanted.scale == 1:
            if counted and (others := index.counted.get(counted[:5])):
                yield Gap(Kind.FIGURE, wanted.shown(claim), ", ".join(dict.fromkeys(others)))
        elif not same and _in_words(wanted) and not index.unit.get(wanted.unit):
            continue  # a third, doubled: the ground may count both sides
        elif not same:
            near = index.unit.get(wanted.unit) or index.value.get(wanted.value) or []
            yield Gap(Kind.FIGURE, wanted.shown(claim), ", ".join(dict.fromkeys(near)))
        elif not any(_bounded(wanted, figure) for figure, _ in same):
            figure, text = same[0]
            yield Gap(Kind.BOUND, wanted.shown(claim), figure.shown(text))


def _in_words(figure: Figure) -> bool:
    return figure.unit == TIMES or (figure.unit == "%" and figure.step == ROUGH)


def _counted(text: str, figure: Figure) -> str:
    """Return the word after a figure: what it counts."""
    found = re.match(r"[\s-]{0,3}([^\W\d_]{3,40})", text[figure.end : figure.end + 60])
    return found[1].casefold() if found else ""


def _bounded(wanted: Figure, figure: Figure) -> bool:
    rounded = wanted.value != figure.value
    return wanted.bound == figure.bound or (not figure.bound and (wanted.bound == "about" or rounded))


# ---- dates


def _missing_dates(claim: str, grounds: Sequence[Ground], known: Collection[int]) -> Iterator[Gap]:
    wanted, wanted_years = dates(claim), years(claim)
    if not (wanted or wanted_years):
        return
    there = [day for ground in grounds for day in dates(ground.near)]
    there += [day for ground in grounds for day in ends(ground.near)]
    lone = {year for ground in grounds for year, _, _ in years(ground.near)}
    published = [day for ground in grounds for day in dates(ground.published)]
    months: dict[int | None, dict[tuple[int | None, int | None], Dated]] = {}
    for day in there:  # a date is compared with the different ones of its month, however often they stand there
        months.setdefault(day.month, {}).setdefault((day.year, day.day), day)
    told = bool(wanted) and any(_RELATIVE.search(ground.near) for ground in grounds)
    reach = _reach(grounds) if told else 0
    for day in wanted:
        close = told and any(_within(reach, day, one) for one in published)
        if not close and not any(_covers(one, day, known) for one in months.get(day.month, {}).values()):
            shown = ", ".join(dict.fromkeys(map(str, there[:3]))) or ", ".join(map(str, sorted(lone)[:3]))
            yield Gap(Kind.DATE, claim[day.start : day.end], shown)
    allowed = lone | {day.year for day in (*there, *published)}
    dated = {place for day in wanted for place in range(day.start, day.end)}
    for year, start, _ in wanted_years:
        if year not in allowed and start not in dated:
            yield Gap(Kind.DATE, str(year), ", ".join(map(str, sorted(lone)[:3])))


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


def _day(year: int, month: int, day: int) -> date:
    """Return a day, the last one of its month where that is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


# ---- names and denials


def _missing_names(claim: str, grounds: Sequence[Ground], language: str, own: str) -> Iterator[Gap]:
    near = tuple(filter(None, (part for row in grounds for part in (row.near, row.translation, row.about))))
    far = (*near, own, *filter(None, (ground.article for ground in grounds)))
    for name in names(claim, language):
        if not stands(name.text, near, far) and not stands(name.text, (own,), far):
            yield Gap(Kind.NAME, name.text, _alike(name.text, "\n".join(far)))


def _alike(name: str, text: str) -> str:
    """Return a name in the text that shares a word with this one: Sergei Lavrov for Igor Lavrov."""
    words = {word for word in name.split() if len(word) > 3}
    return next((other.text for other in names(text[:20_000]) if other.text != name and words & set(other.text.split())), "")


def _denials(claim: str, grounds: Sequence[Ground], language: str) -> Iterator[Gap]:
    readable = [
        (ground.translation or ground.quote, ground)
        for ground in grounds
        if ground.translation or ground.language[:2] == language[:2]
    ]
    whole = "\n".join(f"{quote}\n{ground.near}" for quote, ground in readable)
    for quote, _ in readable:
        if quote and (word := negation.lost(claim, quote, language)):
            yield Gap(Kind.NEGATION, "", word)
    if len(readable) == len(grounds) and (word := negation.added(claim, whole, language)):
        yield Gap(Kind.NEGATION, word)
