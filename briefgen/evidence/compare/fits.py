"""Whether one quantity bears another: rounding, bounds, and what follows from several (sums, differences, shares, multiples).

In: quantities. Out: a `Fit`, and quantities that follow from others, which say how. The table of bounds is the one that a reader
of figures uses: “over 700” is honest for 740 and not for 1,400, “nearly half” for 47 % and not for 40 %.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import combinations

from briefgen.language.quantity import DOWN, TIMES, UP, Quantity
from briefgen.language.stems import shared
from briefgen.language.tables import currencies, durations

MOST_OPERANDS = 14
"""Quantities of a ground from which others are worked out."""
MOST_ADDED = 6
"""Quantities of one unit of which three are added up."""
MONEY = "money"
"""The unit of cents that nothing says the currency of."""
MANY = 5
"""The least number of times that may count things."""
EQUAL = 1e-6
ABOUT, ABOUT_SHARE = 0.06, 0.1001
"""How far a number may lie from the one that it is about, as a part of it; a share in words lies wider."""
ROUND_SHARE = 0.06
HIGHEST = {"over": 1.4, "at least": 1.6, "just over": 1.2}
LOWEST = {"under": 0.75, "up to": 0.95, "almost": 0.88}
_FLIPPED = {
    "over": "under",
    "at least": "up to",
    "just over": "almost",
    "under": "over",
    "up to": "at least",
    "almost": "just over",
}


class Fit(IntEnum):
    """How one quantity bears another: says the same, says it with another bound, says the contrary bound, says nothing of it."""

    SAME = 0
    LOOSE = 1
    AGAINST = 2
    NONE = 3


def comparable(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities are of one unit; a large number, an age, points of a scale may leave theirs out."""
    if one.unit == other.unit:
        return True
    if one.unit and other.unit:
        return MONEY in (one.unit, other.unit) and not currencies().isdisjoint((one.unit, other.unit))
    unit, words, equal = one.unit or other.unit, one.word or other.word, one.value == other.value
    if unit == "year":
        return equal and not words
    if unit == "pp":
        return equal  # 15 IQ points, 15 points of IQ
    if unit == TIMES:
        return equal and one.value >= MANY and not words  # 400 requests were made 400 times
    large = one.scale >= 1000 or other.scale >= 1000 or (equal and one.value >= 1000)
    return large and unit != "%" and unit not in durations()


def fit(claimed: Quantity, given: Quantity, *, limits: bool = False) -> Fit:
    """Return how a given quantity bears a claimed one; `limits`: the ground names a limit in other words than a bound."""
    if not comparable(claimed, given):
        return Fit.NONE
    if not claimed.value:
        return Fit.SAME if not given.value else Fit.NONE
    ratio = given.value / claimed.value
    if not claimed.bound:
        limit = limits and abs(ratio - 1) <= EQUAL and given.bound in ("up to", "at least", "under", "over")
        return Fit.SAME if limit else _exact(claimed, given, ratio)
    if claimed.bound == "about":
        return _rough(claimed, given, ratio)
    return _bounded(claimed, given, ratio, limits)


def _equal(claimed: Quantity, given: Quantity, ratio: float) -> bool:
    off = abs(ratio - 1)
    if claimed.share and given.share:
        return off <= ROUND_SHARE / 2
    return off <= (ROUND_SHARE if claimed.share or given.share else EQUAL)


def _exact(claimed: Quantity, given: Quantity, ratio: float) -> Fit:
    if _equal(claimed, given, ratio):
        if not given.bound or (claimed.share and not given.share):
            return Fit.SAME
        return Fit.LOOSE if given.how or given.bound in ("about", "just over", "almost") else Fit.AGAINST
    close = abs(given.value - claimed.value) <= claimed.step / 2 and claimed.step / claimed.value <= 0.1
    rounded = not given.bound and close and not claimed.share
    return Fit.SAME if rounded or (claimed.unit == TIMES and abs(ratio - 1) <= 0.05) else Fit.NONE


def _rough(claimed: Quantity, given: Quantity, ratio: float) -> Fit:
    wide = max(ABOUT_SHARE if claimed.share else ABOUT, min(claimed.step / 2 / claimed.value, 2 * ABOUT))
    if abs(ratio - 1) > wide:
        return Fit.NONE
    return Fit.LOOSE if given.bound in ("up to", "at least") else Fit.SAME


def _bounded(claimed: Quantity, given: Quantity, ratio: float, limits: bool) -> Fit:
    up = claimed.bound in UP
    same, contrary = (UP, DOWN) if up else (DOWN, UP)
    beyond = ratio > 1 + EQUAL if up else ratio < 1 - EQUAL
    if not _equal(claimed, given, ratio):
        low, high = (1.0, HIGHEST[claimed.bound]) if up else (LOWEST[claimed.bound], 1.0)
        if claimed.bound == given.bound == "up to":
            return Fit.NONE  # what can be 57 at most is not rounded to 60 at most
        return Fit.SAME if beyond and low <= ratio <= high else Fit.NONE
    if given.bound in contrary:
        return Fit.SAME if beyond and not up else Fit.AGAINST
    if given.bound == "about":
        return Fit.LOOSE
    if given.bound in same:
        limit = claimed.bound == "up to", given.bound == "up to"
        return Fit.SAME if up or limits or limit[0] == limit[1] else Fit.LOOSE
    return Fit.SAME if limits or beyond else Fit.LOOSE


def flipped(bound: str) -> str:
    """Return the bound of what is left, or of the divisor: over for under."""
    return _FLIPPED.get(bound, bound)


def mixed(*bounds: str) -> str:
    """Return the bound of what several numbers come to."""
    if "up to" in bounds:
        return "up to"
    kinds = {"over" if one in UP else "under" if one in DOWN else one for one in bounds if one}
    return "" if not kinds else kinds.pop() if len(kinds) == 1 else "about"


def following(claimed: Quantity, given: Sequence[Quantity], *, summed: bool, apart: bool) -> Iterator[Quantity]:
    """Yield what follows from quantities for a claimed one; each says how.

    `summed` says that the claim speaks of a sum, `apart` that it speaks of a difference: without such a word bare counts are
    added only where they count the same, and nothing is taken from another.
    """
    alike = [one for one in given if comparable(claimed, one)]
    if claimed.unit == "pp":
        yield from _points(claimed, [one for one in given if one.unit == "%"])
    elif claimed.unit == TIMES:
        yield from _multiples(claimed, given)
    else:
        yield from _sums(claimed, alike, summed, apart)
    if claimed.unit == "%":
        yield from _parts(claimed, given)
    elif claimed.unit in durations():
        yield from _times(claimed, given)
    elif claimed.unit not in (TIMES, "pp"):
        yield from _shares_of(claimed, given, alike)


def operands(given: Iterable[Quantity]) -> list[Quantity]:
    """Return the different quantities from which others are worked out, no more than `MOST_OPERANDS`."""
    found: dict[tuple[float, str], Quantity] = {}
    for one in given:
        if not (one.bare and one.value <= 2):
            found.setdefault((one.value, one.unit), one)
            if len(found) == MOST_OPERANDS:
                break
    return list(found.values())


def _made(claimed: Quantity, value: float, bound: str, how: str) -> Iterator[Quantity]:
    if value > 0:
        yield claimed._replace(value=value, bound=bound, share=False, how=how)


def plain(value: float) -> str:
    """Return a number as a message writes it: 1,234.5."""
    return f"{value:,.10g}" if value < 1e6 else f"{value / 1e6:,.6g} million" if value < 1e9 else f"{value / 1e9:,.6g} billion"


def in_digits(one: Quantity) -> str:
    """Return a quantity in digits with its unit, where the text of it is not at hand."""
    return one.how or (f"{plain(one.value)} {one.unit}".strip() if one.unit != TIMES else f"{plain(one.value)} times")


def _sums(claimed: Quantity, alike: Sequence[Quantity], summed: bool, apart: bool) -> Iterator[Quantity]:
    for one, other in combinations(alike, 2):
        if claimed.unit == "%" and (one.share or other.share):
            continue
        if claimed.unit or claimed.scale > 1 or summed or set(one.counted) & set(other.counted):
            yield from _made(
                claimed, one.value + other.value, mixed(one.bound, other.bound), f"{in_digits(one)} + {in_digits(other)}"
            )
        if apart and claimed.unit != "%":
            more, less = (one, other) if one.value > other.value else (other, one)
            how = f"{in_digits(more)} − {in_digits(less)}"
            yield from _made(claimed, more.value - less.value, mixed(more.bound, flipped(less.bound)), how)
    if 3 <= len(alike) <= MOST_ADDED and claimed.unit != "%":
        for three in combinations(alike, 3):
            how = " + ".join(map(in_digits, three))
            yield from _made(claimed, sum(one.value for one in three), mixed(*(one.bound for one in three)), how)


def _shares_of(claimed: Quantity, operands: Sequence[Quantity], alike: Sequence[Quantity]) -> Iterator[Quantity]:
    for part in operands:
        for whole in alike if part.unit == "%" else ():
            value = whole.value * part.value / 100
            yield from _made(claimed, value, mixed(whole.bound, part.bound), f"{in_digits(part)} of {in_digits(whole)}")


def _points(claimed: Quantity, shares: Sequence[Quantity]) -> Iterator[Quantity]:
    for one, other in combinations(shares, 2):
        more, less = (one, other) if one.value > other.value else (other, one)
        yield from _made(claimed, more.value - less.value, "", f"{in_digits(more)} − {in_digits(less)}")


def _parts(claimed: Quantity, operands: Sequence[Quantity]) -> Iterator[Quantity]:
    for one in operands:
        if one.unit == "%" and not shared(claimed.counted, one.counted):
            yield from _made(claimed, 100 - one.value, flipped(one.bound), f"100 % − {in_digits(one)}")
        elif one.unit == "pp" and claimed.bound == "about":
            yield from _made(claimed, one.value, one.bound, in_digits(one))
    yield from _shifted(claimed, operands)
    for less, more in _pairs(operands):
        if more.unit == "%":
            continue
        of, both = f"{in_digits(less)} of {in_digits(more)}", less.value + more.value
        yield from _made(claimed, 100 * less.value / more.value, mixed(less.bound, flipped(more.bound)), of)
        yield from _made(claimed, 100 * less.value / both, "", f"{in_digits(less)} of both")
        yield from _made(claimed, 100 * more.value / both, "", f"{in_digits(more)} of both")
        yield from _made(claimed, 100 * (more.value - less.value) / less.value, "", f"{in_digits(less)} to {in_digits(more)}")
        yield from _made(claimed, 100 * (more.value - less.value) / more.value, "", f"{in_digits(more)} to {in_digits(less)}")


def _shifted(claimed: Quantity, operands: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield a share so many points above or below another one: 13 %, and 14 points more."""
    points = [one for one in operands if one.unit == "pp"]
    for share in (one for one in operands if one.unit == "%" and not one.share):
        for off in points:
            yield from _made(claimed, share.value + off.value, "", f"{in_digits(share)} + {in_digits(off)}")
            yield from _made(claimed, share.value - off.value, "", f"{in_digits(share)} − {in_digits(off)}")


def _multiples(claimed: Quantity, operands: Sequence[Quantity]) -> Iterator[Quantity]:
    for one in operands:
        if one.unit == "%":
            yield from _made(claimed, 1 + one.value / 100, one.bound, f"+{in_digits(one)}")
            yield from _made(claimed, 1 - one.value / 100, flipped(one.bound), f"−{in_digits(one)}")
    for less, more in _pairs(operands):
        yield from _made(claimed, more.value / less.value, "", f"{in_digits(more)} : {in_digits(less)}")
        yield from _made(claimed, less.value / more.value, "", f"{in_digits(less)} : {in_digits(more)}")
        if more.value > less.value:
            yield from _made(
                claimed, more.value / (more.value - less.value), "", f"{in_digits(more)} after {in_digits(less)} less"
            )


def _pairs(operands: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield pairs of one unit, the smaller one first."""
    for one, other in combinations(operands, 2):
        if one.unit not in (TIMES, "pp") and comparable(one, other):
            less, more = sorted((one, other), key=lambda row: row.value)
            if less.value:
                yield less, more


def _times(claimed: Quantity, operands: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield a time in another unit: 24 months are two years, and 20 working days four weeks."""
    days = durations()
    for one in operands:
        if one.unit in days and one.unit != claimed.unit:
            factor = days[one.unit] / days[claimed.unit]
            for times in (factor, *((factor * 7 / 5,) if one.unit == "day" else ())):
                value = one.value * times
                rounded = round(value) if abs(value - round(value)) <= 0.15 else round(value, 1)
                yield from _made(claimed, rounded, one.bound, in_digits(one))
