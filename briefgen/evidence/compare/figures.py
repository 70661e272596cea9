"""The quantities of a text against its ground: which stand there, follow from what stands there, or don't.

In: a text, the near ground, all else that is at hand. Out: `Said` rows of the kinds figure and bound. A quantity that the ground
gives otherwise for the same thing is contradicted; one that no article gives, and that follows from none, is invented.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from briefgen.evidence.compare.fits import EQUAL, MONEY, Fit, comparable, fit, flipped, following, in_digits, operands, plain
from briefgen.evidence.compare.ground import Kind, Policy, Said
from briefgen.findings.diagnostics import Verdict
from briefgen.language.memo import kept
from briefgen.language.quantities import quantities
from briefgen.language.quantity import TIMES, Quantity, known
from briefgen.language.stems import shared
from briefgen.language.tables import durations
from briefgen.language.wordlists import bars

CLOSE = 60
"""Quantities near the value of a claimed one that are compared with it."""
TWINS = 8
"""Places of one quantity in the ground that are looked at."""
MOST_CLAIMED = 60
"""Different quantities of one text that are compared: more stand in no claim."""
AROUND = 40
"""Characters around a quantity in which a word of difference counts."""


class Near(NamedTuple):
    """One piece of ground: its text and its language."""

    text: str
    language: str


class Match(NamedTuple):
    """A quantity of a text, and those of its ground that say the same, each with the text that it stands in."""

    claimed: Quantity
    given: tuple[tuple[Quantity, str], ...]


class _Index:
    """The quantities of some texts by unit and value, so that a claim of many figures costs no more than its length."""

    def __init__(self, texts: Sequence[Near]) -> None:
        self.rows = [(one, near.text) for near in texts for one in quantities(near.text, near.language, loose=True)]
        self.units: dict[str, list[tuple[Quantity, str]]] = {}
        for row in sorted(self.rows, key=lambda row: row[0].value):
            self.units.setdefault(row[0].unit, []).append(row)
        self.values = {unit: [one.value for one, _ in rows] for unit, rows in self.units.items()}

    @cached_property
    def operands(self) -> list[Quantity]:
        """Return the quantities from which others may be worked out."""
        return operands(row for row, _ in self.rows)

    def close(self, claimed: Quantity) -> Iterator[tuple[Quantity, str]]:
        """Yield the quantities that could bear a claimed one: of its unit, or large ones without unit, and near in value."""
        for unit in self.units:
            if unit == claimed.unit or not (unit and claimed.unit) or MONEY in (unit, claimed.unit):
                values, rows = self.values[unit], self.units[unit]
                low, high = bisect_left(values, claimed.value * 0.7), bisect_right(values, claimed.value * 1.7)
                at = bisect_left(values, claimed.value)
                low, high = max(low, at - CLOSE), min(high, at + CLOSE)
                yield from (row for row in rows[low:high] if comparable(claimed, row[0]))

    def best(self, claimed: Quantity, limits: bool) -> tuple[Fit, Quantity | None, str]:
        """Return the quantity that bears a claimed one best."""
        found: tuple[Fit, Quantity | None, str] = (Fit.NONE, None, "")
        for one, text in self.close(claimed):
            level = fit(claimed, one, limits=limits)
            if level < found[0] and not _other_rate(claimed, one):
                found = (level, one, text)
                if not level:
                    break
        return found


def _other_rate(one: Quantity, other: Quantity) -> bool:
    return bool(one.rate and other.rate and one.rate != other.rate)


@kept
def _index(texts: tuple[Near, ...]) -> _Index:
    return _Index(texts)


def matches(text: str, near: tuple[Near, ...], language: str) -> Iterator[Match]:
    """Yield the quantities of a text that its ground has, too, with every place there; small number words hold nothing."""
    index = _index(near)
    for one in quantities(text, language)[:MOST_CLAIMED]:
        level, given, _ = index.best(one, limits=False)
        if level is Fit.SAME and given and not one.bare:
            twins = [row for row in index.units[given.unit] if _equals(row[0], given)]
            yield Match(one, tuple(twins[:TWINS]))


@cache
def _sign(name: str, language: str) -> re.Pattern[str]:
    words = bars("figures", name, known(language))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if name != "limits" else words or r"(?!)", re.I)


@kept
def _says(text: str, name: str, language: str) -> bool:
    return _sign(name, language).search(text) is not None


@kept
def _lists(text: str) -> frozenset[int]:
    """Return how many things the lists of a text may have: parts between commas, one more behind the last conjunction."""
    commas = {part.count(", ") for part in _STOP.split(text)}
    return frozenset(number for count in commas if count > 1 for number in (count + 1, count + 2))


_STOP = re.compile(r"[.;:\n]")
_ESTIMATE = re.compile(r"\b(?:estimat|schätz|estim)", re.IGNORECASE)
FEWEST, MOST_LISTED = 3, 40
"""How many things a list has whose number a text may give."""


def figures(text: str, near: tuple[Near, ...], far: tuple[Near, ...], policy: Policy) -> Iterator[Said]:
    """Yield the quantities of a text that its ground does not give; `far` is what else is at hand, to be looked at last."""
    claimed = quantities(text, policy.language)
    if not claimed:
        return
    index = _index(near)
    limits = _says(text, "limits", policy.language) or any(_says(one.text, "limits", one.language) for one in near)
    different = {(one.value, one.unit, one.bound): one for one in reversed(claimed)}  # what is said twice is told once
    for one in sorted(different.values(), key=lambda row: row.start)[:MOST_CLAIMED]:
        others = [other for other in claimed[:MOST_CLAIMED] if other is not one]
        yield from _Judged(text, one, others, index, near, far, policy, limits).rows()


class _Judged:
    """One quantity of a text beside its ground."""

    def __init__(
        self,
        text: str,
        one: Quantity,
        others: Sequence[Quantity],
        index: _Index,
        near: tuple[Near, ...],
        far: tuple[Near, ...],
        policy: Policy,
        limits: bool,
    ) -> None:
        self.text, self.one, self.others, self.index, self.near = text, one, others, index, near
        self.far, self.policy, self.limits = far, policy, limits

    def rows(self) -> Iterator[Said]:
        one = self.one
        if one.bare or (one.unit in durations() and one.word):
            yield from self._counted()
            return
        level, given, text = self.index.best(one, self.limits)
        if level is Fit.NONE and (slipped := self._slipped_points()):
            yield self._said(Kind.FIGURE, Verdict.CONTRADICTED, slipped[0].shown(slipped[1]), slipped)
            return
        if level and (derived := self._derived(self.index)):
            level, given, text = min((level, given, text), (*derived, ""), key=lambda row: row[0])
        if level and (self._anchored() or (self.policy.wording and self._elsewhere())):
            return
        if level is Fit.NONE:
            yield from self._missing()
        elif level and given:
            yield from self._other_bound(level, given, text)

    def _other_bound(self, level: Fit, given: Quantity, text: str) -> Iterator[Said]:
        if not self._estimated(given, text):
            dropped = self.policy.label and not self.one.bound  # a headline may leave out that it is at least so many
            verdict = Verdict.CONTRADICTED if level is Fit.AGAINST and not dropped else Verdict.NOT_FOUND
            yield self._said(Kind.BOUND, verdict, self._shown(given, text), (given, text))

    def _estimated(self, given: Quantity, text: str) -> bool:
        """Return whether the ground estimates a number, and the text says so in a verb of its own."""
        return bool(_ESTIMATE.search(given.shown(text)) and _ESTIMATE.search(self.text))

    def _listed(self) -> bool:
        """Return whether the ground lists as many things as the text counts: sixteen towns by name."""
        one = self.one
        if one.unit or one.bound or one.scale != 1 or not FEWEST <= one.value <= MOST_LISTED or one.value % 1:
            return False
        return any(int(one.value) in _lists(near.text) for near in self.near)

    def _slipped_points(self) -> tuple[Quantity, str] | None:
        """Return the same number in per cent where the text has points, or the other way round."""
        return None if self.one.bound else next((row for row in self.index.rows if _points(self.one, row[0])), None)

    def _said(self, kind: Kind, verdict: Verdict, instead: str, given: tuple[Quantity, str] | None) -> Said:
        one = self.one
        there = None
        if given and not given[0].how:
            written = given[1][given[0].start : given[0].end].rstrip(" .")
            there = (given[0].start, given[0].start + len(written))
        return Said(kind, verdict, one.shown(self.text), instead, (one.first, one.last), there, given[1] if given else "")

    def _shown(self, given: Quantity, text: str) -> str:
        return f"{given.how} = {plain(given.value)}" if given.how else given.shown(text)

    def _derived(self, index: _Index) -> tuple[Fit, Quantity] | None:
        """Return what follows from the ground, and from the text's own figures, that bears the quantity."""
        best: tuple[Fit, Quantity] | None = None
        given = operands((*index.operands, *self.others))
        for made in following(
            self.one, given, summed=self.policy.wording or self._says("together"), apart=self._says("apart", AROUND)
        ):
            level = fit(self.one, made, limits=self.limits)
            if level < (best[0] if best else Fit.NONE):
                best = (level, made)
                if not level:
                    break
        return best

    def _says(self, name: str, around: int = 0) -> bool:
        if not around:
            return _says(self.text, name, self.policy.language)
        sign = _sign(name, self.policy.language)
        return bool(sign.search(self.text, max(0, self.one.start - around), min(len(self.text), self.one.end + around)))

    def _anchored(self) -> bool:
        """Return whether a share or multiple follows from another figure of the text and one that stands farther off."""
        one = self.one
        if not (one.share or one.unit == TIMES):
            return False
        for other in self.others:
            if other.unit in ("%", TIMES, "pp") or other.bare:
                continue
            for given, _ in _index(self.far).units.get(other.unit, ())[:400]:
                less, more = sorted((other.value, given.value))
                value = 100 * less / more if one.share else more / less if less else 0
                if value and fit(one, one._replace(value=value, bound=flipped(given.bound), share=False)) is Fit.SAME:
                    return True
        return False

    def _elsewhere(self) -> bool:
        return self.index is not (far := _index(self.far)) and far.best(self.one, self.limits)[0] is Fit.SAME

    def _counted(self) -> Iterator[Said]:
        """Yield a small number in words where the ground counts the same things otherwise: two ministers for three."""
        one = self.one
        if any(_equals(one, row) for row, _ in self.index.rows):
            yield from self._bound_of_counted()
            return
        others = self._counting_the_same()
        if not others or (one.unit and one.bound) or self._derived(self.index) or self._elsewhere():
            return
        shown = ", ".join(dict.fromkeys(row.shown(text) for row, text in others[:3]))
        sure = len(others) == 1 and not one.unit
        yield self._said(Kind.FIGURE, Verdict.CONTRADICTED if sure else Verdict.NOT_FOUND, shown, others[0])

    def _bound_of_counted(self) -> Iterator[Said]:
        one, alike = self.one, self.index.units.get(self.one.unit, ())
        twin = [row for row in alike if _equals(one, row[0]) and (one.unit or shared(one.counted, row[0].counted))]
        if one.bound and twin and all(fit(one, row) is Fit.AGAINST for row, _ in twin):
            yield self._said(Kind.BOUND, Verdict.CONTRADICTED, twin[0][0].shown(twin[0][1]), twin[0])

    def _counting_the_same(self) -> list[tuple[Quantity, str]]:
        one, alike = self.one, self.index.units.get(self.one.unit, ())
        return [row for row in alike if not row[0].share and (one.unit or shared(one.counted[:1], row[0].counted[:1]))]

    def _missing(self) -> Iterator[Said]:
        """Yield a quantity that nothing near bears: another one stands in its place, or none does, there or anywhere."""
        if (self.policy.ours and self.one.word) or self._listed():
            return
        elsewhere = self._elsewhere()
        instead = self._in_its_place(elsewhere)
        alike = [row for row in self.index.units.get(self.one.unit, ()) if not row[0].bare]
        rows = instead or alike[:3]
        shown = self._summed() or ", ".join(dict.fromkeys(row.shown(text) for row, text in rows[:3]))
        yield self._said(Kind.FIGURE, self._verdict(bool(instead), elsewhere), shown, rows[0] if rows else None)

    def _in_its_place(self, elsewhere: bool) -> list[tuple[Quantity, str]]:
        """Return what the ground has for the same: a slip of scale or unit, what counts the same, the only one of its unit."""
        one = self.one
        if slipped := next((row for row in self.index.rows if _slip(one, row[0])), None) or self._rated():
            return [slipped]
        if elsewhere or not (self.far or self.policy.wording):
            return []  # beside a quote alone, another value may be another thing's
        alike = [row for row in self.index.units.get(one.unit, ()) if not row[0].bare]
        same = [row for row in alike if shared(one.counted, row[0].counted)]
        return same or (alike if one.unit not in ("", "%") and len(alike) == 1 else [])

    def _verdict(self, instead: bool, elsewhere: bool) -> Verdict:
        if instead:
            return Verdict.CONTRADICTED
        known = self.policy.every or self.policy.wording  # a wording has all of its ground beside it
        if elsewhere or self.one.word or not known or self._derived(_index(self.far)):
            return Verdict.NOT_FOUND
        return Verdict.INVENTED

    def _rated(self) -> tuple[Quantity, str] | None:
        """Return the same number by another time: a month for a day."""
        rows = self.index.close(self.one)
        return next((row for row in rows if _other_rate(self.one, row[0]) and fit(self.one, row[0]) is Fit.SAME), None)

    def _summed(self) -> str:
        """Return the right sum where the text names a wrong one."""
        if not self._says("together"):
            return ""
        given = [row for row in self.index.operands if not row.share]
        made = following(self.one, given, summed=True, apart=False)
        right = next((m for m in made if " + " in m.how and abs(m.value / self.one.value - 1) < 0.35), None)
        return f"{right.how} = {in_digits(right._replace(how=''))}" if right else ""


def _equals(one: Quantity, other: Quantity) -> bool:
    return abs(one.value - other.value) < EQUAL


def _points(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities are one number in per cent and in percentage points."""
    return {one.unit, other.unit} == {"%", "pp"} and _equals(one, other) and not (one.share or other.share)


def _slip(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities have the same digits in another scale or unit: million for billion."""
    if abs(one.value / one.scale - other.value / other.scale) > EQUAL or one.bare or other.bare or one.share or other.share:
        return False
    same = one.unit == other.unit or not (one.unit and other.unit)
    if one.scale != other.scale:
        return same and max(one.scale, other.scale) > 1
    return not same and one.scale > 1
