"""A claim against its evidence, token by token: figures, dates, names, denials.

In: a claim and its grounds. Out: `Gap` rows, each a thing that the claim says and no ground does, with the other value
that stands there where there is one. What the claim does not say is no gap: this compares, it does not judge.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from briefgen.evidence.ground import Gap, Ground, Kind
from briefgen.evidence.support_dates import missing_dates
from briefgen.language import negation
from briefgen.language.figures import Figure, figures
from briefgen.language.names import names, stands
from briefgen.language.shares import ROUGH, TIMES, with_shares
from briefgen.language.wordlists import bars

_PERIOD = re.compile(bars("figures", "periods"))


def compare(
    claim: str, grounds: Sequence[Ground], language: str = "en", *, own: str = "", known: Collection[int] = (), ours: bool = False
) -> tuple[Gap, ...]:
    """Return what the claim says and none of its grounds.

    `own` is text of the summary whose names need no evidence (its glossary, its perspective), `known` are the years that a date
    without year can mean (of publication and of the cut-off). Of `ours`, an assessment, only figures and dates are compared.
    """
    if not grounds:
        return ()
    found = [*_missing_figures(claim, grounds, language, ours), *missing_dates(claim, grounds, known)]
    if not ours and any(ground.paragraph or ground.article for ground in grounds):
        found += _missing_names(claim, grounds, language, own)
        found += _denials(claim, grounds, language)
    return tuple(dict.fromkeys(found))


# ---- figures

WIDE = Decimal(17)
"""Points from one share in words to the next: more than half is less than two thirds."""
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

    def apart(self, points: Decimal) -> bool:
        """Return whether two shares lie so many points from each other: from 27 to 31 per cent, 4 points more."""
        shares = self.values.get("%", {})
        return any(value + points in shares for value in shares)

    def _near(self, wanted: Figure) -> list[Decimal]:
        """Return the values of a unit that one may be rounded from, not more than a claim can mean."""
        if wanted.unit not in self.sorted:
            self.sorted[wanted.unit] = sorted(self.values.get(wanted.unit, ()))
        values, wide = self.sorted[wanted.unit], max(wanted.step, WIDE if _in_words(wanted) else ROUGH)
        first = bisect_left(values, wanted.value - wide)
        return values[first : min(first + NEAR, bisect_right(values, wanted.value + wide))]

    def _close(self, wanted: Figure, value: Decimal) -> list[tuple[Figure, str]]:
        """Return the figures of a value to which one is rounded: about 30 % for 29.6 %, a third for 33 %, over 700 for 740."""
        off, rows = value - wanted.value, self.equal[value, wanted.unit]
        if wanted.bound == "about" and abs(off) <= wanted.step / 2:
            return rows
        if wanted.unit == "%" and abs(off) <= ROUGH / 2:
            return [row for row in rows if ROUGH in (wanted.step, row[0].step)]
        if wanted.unit == "%" and wanted.step == ROUGH and 0 < (off if wanted.bound == "at least" else -off) < WIDE:
            return rows if wanted.bound in ("at least", "up to") else []  # more than half, for 56 %
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
        elif not same and _worked_out(wanted, index):
            continue
        elif not same:
            near = index.unit.get(wanted.unit) or index.value.get(wanted.value) or []
            yield Gap(Kind.FIGURE, wanted.shown(claim), ", ".join(dict.fromkeys(near)))
        elif not any(_bounded(wanted, figure) for figure, _ in same):
            figure, text = same[0]
            yield Gap(Kind.BOUND, wanted.shown(claim), figure.shown(text))


def _worked_out(wanted: Figure, index: _Index) -> bool:
    """Return whether a claim may have reckoned: a third or doubled, where the ground counts both sides; points between shares."""
    if wanted.unit == "pp":
        return index.apart(wanted.value)
    return _in_words(wanted) and not index.unit.get(wanted.unit)


def _in_words(figure: Figure) -> bool:
    return figure.unit == TIMES or (figure.unit == "%" and figure.step == ROUGH)


def _counted(text: str, figure: Figure) -> str:
    """Return the word after a figure: what it counts."""
    found = re.match(r"[\s-]{0,3}([^\W\d_]{3,40})", text[figure.end : figure.end + 60])
    return found[1].casefold() if found else ""


def _bounded(wanted: Figure, figure: Figure) -> bool:
    rounded = wanted.value != figure.value
    return wanted.bound == figure.bound or (not figure.bound and (wanted.bound == "about" or rounded))


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
    whole = "\n\n".join(f"{quote}\n\n{ground.near}" for quote, ground in readable)  # a quote runs into no other sentence
    for quote, _ in readable:
        if quote and (word := negation.lost(claim, quote, language)):
            yield Gap(Kind.NEGATION, "", word)
    if len(readable) == len(grounds) and (word := negation.added(claim, whole, language)):
        yield Gap(Kind.NEGATION, word)
