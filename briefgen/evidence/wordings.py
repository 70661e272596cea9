"""One wording of a claim against its fullest one, token by token: figures, bounds, dates, denials, likelihood terms, names.

In: two texts, and what else is known of the item. Out: `Difference` rows with their places in both texts. A wording may leave
out and say more simply; it may not say another figure, day, name or likelihood, nor turn a no into a yes. What `full` itself has
decides; only what it does not mention is looked for in the rest of the item. Hedges are compared in `hedges`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from briefgen.language.dates import Dated, dates, ends, months
from briefgen.language.figures import Figure, figures, years
from briefgen.language.memo import kept
from briefgen.language.names import names, same, stands, without_weight
from briefgen.language.negation import word_set, words_of
from briefgen.language.shares import ROUGH, TIMES, with_shares
from briefgen.language.tables import all_months
from briefgen.language.wordlists import bars
from briefgen.model.yardstick import YARDSTICKS, Band, Yardstick, as_percent

Place = tuple[int, int]
LIMIT = 60
"""How many figures, names or clauses are compared with one: more stand in no wording of a claim."""


class Differs(StrEnum):
    """In what a wording differs."""

    FIGURE = "figure"
    BOUND = "bound"
    DATE = "date"
    NEGATION = "negation"
    TERM = "likelihood"
    NAME = "name"
    HEDGE = "hedge"


class Known(NamedTuple):
    """What else an item says: its other fields, the glossary, words of the whole summary, years, the likelihood it states."""

    item: str = ""
    own: str = ""
    summary: str = ""
    years: tuple[int, ...] = ()
    likelihood: str = ""
    hedged: bool = False  # a label that is printed beside the mark of its status or likelihood


class Difference(NamedTuple):
    """One thing that a wording says otherwise: the words in it (`said`) and in `full` (`instead`), each with its place."""

    kind: Differs
    said: str
    instead: str = ""
    at: Place | None = None
    there: Place | None = None


def compared(words: str, full: str, known: Known, language: str, scheme: Yardstick) -> Iterator[Difference]:
    """Yield what a wording says otherwise than `full` in figures, dates, likelihood terms and names."""
    yield from _figures_differ(words, full, known, language)
    yield from _dates_differ(words, full, known)
    yield from _terms_differ(words, full, known, scheme)
    yield from _names_differ(words, full, known, language)


# ---- figures: twelve of them, 12 %, a third, up to € 3bn

_PERIOD = re.compile(bars("figures", "periods"))


@kept
def _numbers(text: str, language: str, loose: bool = False) -> tuple[Figure, ...]:
    """Return the figures of a text, shares in words among them; `over twelve months` is a time, no bound.

    `loose` takes `a quarter` for a share wherever it stands: right for what a wording may rest on, not for the wording itself.
    """
    found = tuple(row._replace(bound="") if _lasting(row, text) else row for row in figures(text, language))
    return tuple(with_shares(found, text, language, loose))


def _lasting(row: Figure, text: str) -> bool:
    if _AGE.match(text, row.end):
        return False
    return bool(_PERIOD.match(_counted(text, row))) and text[: row.start].lower().rstrip().endswith(("over", "over the next"))


def _counted(text: str, row: Figure) -> str:
    """Return the word after a figure: what it counts."""
    found = re.match(r"[\s-]{0,3}(?:of (?:the |its |their )?)?([^\W\d_]{3,40})", text[row.end : row.end + 60])
    return found[1].casefold() if found else ""


_AGE = re.compile(r"\s?years? (?:of age|old)\b")
_RANGE = re.compile(r"\s?(?:-|–|to|bis|à)\s?")


@kept
def _index(text: str, language: str) -> _Index:
    return _Index(text, language)


class _Index:
    """The figures of one text by value, by unit and by what they count, so that many figures cost no more than their number."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.rows = _numbers(text, language, loose=True)
        self.units: dict[str, list[Figure]] = {}
        self.counted: dict[str, list[Figure]] = {}
        for row in sorted(self.rows, key=lambda row: row.value):
            self.units.setdefault(row.unit, []).append(row)
            self.counted.setdefault(_counted(text, row)[:5], []).append(row)
        pairs = [(one, other) for one, other in pairwise(self.rows) if _RANGE.fullmatch(text[one.end : other.start])]
        self.ends = {"at least": {one.start for one, _ in pairs}, "up to": {other.start for _, other in pairs}}
        self.values = {unit: [row.value for row in rows] for unit, rows in self.units.items()}

    def same(self, wanted: Figure) -> list[Figure]:
        """Return the figures that are the same as one, rounding allowed; equal ones first."""
        rows, values = self.units.get(wanted.unit, []), self.values.get(wanted.unit, [])
        first, last = bisect_left(values, wanted.value), bisect_right(values, wanted.value)
        if first < last:
            return rows[first : min(last, first + LIMIT)]
        wide = max(wanted.step, Decimal(3))
        low = bisect_left(values, wanted.value - wide)
        return [row for row in rows[low : low + LIMIT] if _same(wanted, row)]

    def near(self, wanted: Figure, counted: str) -> tuple[list[Figure], list[Figure]]:
        """Return the figures that count the same things, and those of the same unit, else the first ones."""
        alike = self.counted.get(counted, [])[:3] if counted else []
        return alike, self.units.get(wanted.unit, [])[:3] or list(self.rows[:3])


def _figures_differ(words: str, full: str, known: Known, language: str) -> Iterator[Difference]:
    wanted_all = _numbers(words, language)
    if not wanted_all:
        return
    base = _index(full, language)
    for wanted in wanted_all:
        at = (wanted.start, wanted.end)
        index = next((one for text in (full, known.item) if (one := _index(text, language)).same(wanted)), None)
        if index:
            same = index.same(wanted)
            if not any(_bounded(wanted, row) or row.start in index.ends.get(wanted.bound, ()) for row in same):
                there = (same[0].start, same[0].end) if index is base else None
                yield Difference(Differs.BOUND, wanted.shown(words), same[0].shown(index.text), at, there)
            continue
        alike, near = base.near(wanted, _counted(words, wanted)[:5])
        if wanted.word and not wanted.unit and wanted.scale == 1 and not alike:
            continue  # "the two presidents", where the full text names both
        if wanted.unit == TIMES and TIMES not in base.units:
            continue  # "doubled", where the full text gives both values
        near = alike or near
        shown = ", ".join(dict.fromkeys(row.shown(full) for row in near))
        yield Difference(Differs.FIGURE, wanted.shown(words), shown, at, (near[0].start, near[0].end) if near else None)


def _same(wanted: Figure, row: Figure) -> bool:
    """Return whether two figures are one, rounded as far as the words say: about 30 % for 29.6 %, a third for 33 %."""
    if wanted.unit != row.unit:
        return False
    off = row.value - wanted.value
    if not off:
        return True
    rough = ROUGH in (wanted.step, row.step) and wanted.unit == "%"
    if rough:
        return abs(off) <= (ROUGH if "about" in (wanted.bound, row.bound) else Decimal("1.5"))
    if wanted.bound == "about":
        return abs(off) <= wanted.step / 2
    if row.bound and not (row.bound == wanted.bound == "at least" and wanted.value < 10 * wanted.step):
        return False  # a bound is rounded no further, save at least 740 to over 700
    return (wanted.bound == "at least" and 0 < off < wanted.step) or (wanted.bound == "up to" and -wanted.step < off < 0)


def _bounded(wanted: Figure, row: Figure) -> bool:
    rounded = wanted.value != row.value
    return wanted.bound == row.bound or (not row.bound and (wanted.bound == "about" or rounded))


# ---- dates


def _dates_differ(words: str, full: str, known: Known) -> Iterator[Difference]:
    wanted, wanted_years, wanted_months = dates(words), years(words), months(words)
    if not (wanted or wanted_years or wanted_months):
        return
    first = dates(full)
    there = (*first, *ends(full), *dates(known.item))
    shown = ", ".join(dict.fromkeys(full[day.start : day.end] for day in first[:3]))
    place = (first[0].start, first[0].end) if first else None
    by_month: dict[int | None, dict[tuple[int | None, int | None], Dated]] = {}
    for one in there:
        by_month.setdefault(one.month, {}).setdefault((one.year, one.day), one)
    for day in wanted:
        if not any(_covers(one, day, known.years) for one in by_month.get(day.month, {}).values()):
            yield Difference(Differs.DATE, words[day.start : day.end], shown, (day.start, day.end), place)
    lone = [year for year, _, _ in years(full)]
    allowed = {*lone, *(() if lone else known.years), *(year for year, _, _ in years(known.item))}
    for year, start, end in wanted_years:
        if year not in allowed and not any(day.start <= start and end <= day.end for day in wanted):
            yield Difference(Differs.DATE, str(year), ", ".join(map(str, sorted(set(lone))[:3])), (start, end), place)
    named = {day.month for day in there} | _any_month(full) | _any_month(known.item)
    for month, (start, end) in wanted_months:
        if month not in named and not any(day.start <= start and end <= day.end for day in wanted):
            yield Difference(Differs.DATE, words[start:end], shown, (start, end), place)


@kept
def _any_month(text: str) -> frozenset[int]:
    """Return the months that a text names in any way, for a wording to rest on: January to May, a May vote."""
    found = word_set(text) & all_months().keys()
    return frozenset(all_months()[name] for name in found if name not in ("may", "march") or name.capitalize() in text)


def _covers(there: Dated, wanted: Dated, known: Sequence[int]) -> bool:
    if wanted.month != there.month or (wanted.day and wanted.day != there.day):
        return False
    return wanted.year == there.year or wanted.year is None or (there.year is None and (not known or wanted.year in known))


# ---- terms of likelihood


_KEYS = {name: band.key for scheme in YARDSTICKS.values() for band in scheme.bands for name in (band.term, *band.synonyms)} | {
    "not likely": "unlikely",
    "not very likely": "unlikely",
    "improbable": "unlikely",
}
_TERM = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, _KEYS), key=len, reverse=True))})(?![\w-])", re.IGNORECASE)
_TERM_WORDS = frozenset(word for name in _KEYS for word in words_of(name))
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d{1,3})? ?(?:%|per ?cent)")


def terms(text: str, scheme: Yardstick) -> list[tuple[str, Place]]:
    """Return the likelihood terms of a text as keys of bands, with their places; `probable` and `likely` are one."""
    found = []
    for word, place in _terms(text):
        band = scheme.find(word) or scheme.find(word.replace("very", "highly"))
        found.append((band.key if band else _KEYS[word], place))
    return found


@kept
def _terms(text: str) -> tuple[tuple[str, Place], ...]:
    if word_set(text).isdisjoint(_TERM_WORDS):
        return ()
    rows = _TERM.finditer(text.replace("isn’t likely", "is not likely"))
    return tuple((" ".join(match[0].lower().split()), match.span()) for match in rows)


def _terms_differ(words: str, full: str, known: Known, scheme: Yardstick) -> Iterator[Difference]:
    wanted = terms(words, scheme)
    if not wanted:
        return
    first = terms(full, scheme)
    allowed = {key for key, _ in first} | {band.key for text in _PERCENT.findall(full) if (band := _band(text, scheme))}
    stated = scheme.find(known.likelihood) if known.likelihood else None
    if stated:
        allowed.add(stated.key)
    elif not first:
        allowed |= {key for key, _ in terms(known.item, scheme)}
    for key, (start, end) in wanted:
        if key not in allowed:
            place = first[0][1] if first else None
            yield Difference(Differs.TERM, words[start:end], full[slice(*place)] if place else "", (start, end), place)


def _band(written: str, scheme: Yardstick) -> Band | None:
    return scheme.find(written) if as_percent(written) is not None else None


# ---- names


def _names_differ(words: str, full: str, known: Known, language: str) -> Iterator[Difference]:
    near = (full, known.item, known.own)
    for name in names(words, language)[:LIMIT]:
        if not stands(name.text, near, (*near, known.summary)):
            parts = {part for part in name.text.split() if len(part) > 3}
            other = next((one for one in names(full, language)[:LIMIT] if parts & set(one.text.split())), None)
            place = (other.start, other.start + len(other.text)) if other else None
            at = (name.start, name.start + len(name.text))
            yield Difference(Differs.NAME, name.text, other.text if other else "", at, place)
    yield from _first_names_differ(words, full)


_TWO = re.compile(r"(?<![\w-])([A-ZÀ-Þ][\w’'-]{2,40}) ([A-ZÀ-Þ][\w’'-]{2,40})(?![\w-])")


def _first_names_differ(words: str, full: str) -> Iterator[Difference]:
    """Yield a person with another first name at the beginning of a sentence, where a capital alone makes no name."""
    mine = tuple(_TWO.finditer(words))
    first = {last: (first, match.span()) for match in _TWO.finditer(full) for first, last in [match.groups()]} if mine else {}
    for match in mine:
        given, last = match.groups()
        other, place = first.get(last, ("", (0, 0)))
        weightless = {given.lower(), other.lower()} & without_weight() or last.lower() in same()
        if (
            other
            and other != given
            and not weightless
            and given not in full
            and match[0] not in {name.text for name in names(words)}
        ):
            yield Difference(Differs.NAME, match[0], full[slice(*place)], match.span(), place)
