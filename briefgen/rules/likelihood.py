"""Rules of likelihood: terms of one yardstick, and scenarios that can be true together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.findings.near import did_you_mean
from briefgen.model.parts import Judgement, Risk, Scenario
from briefgen.model.yardstick import YARDSTICKS, Band, Yardstick, as_percent
from briefgen.rules.context import Context, Finding, finding


def _written(context: Context) -> Iterator[tuple[str, str]]:
    for pointer, node in context.nodes:
        if isinstance(node, (Judgement, Risk, Scenario)) and node.likelihood:
            yield f"{pointer}/likelihood", node.likelihood


def band_words(band: Band) -> str:
    """Return a band in words: `likely (55–75 %)`."""
    low, high = (">" if band.above else "") + str(band.low), ("<" if band.below else "") + str(band.high)
    return f"{band.term} ({low}–{high} %)"


def legend(scheme: Yardstick) -> str:
    """Return the terms of a yardstick with their bands, in one line."""
    return "the seven terms: " + ", ".join(map(band_words, scheme.bands))


def outside(context: Context) -> Iterator[Finding]:
    """LIK-01: a likelihood that is no term, no printed synonym and no percentage."""
    scheme = context.summary.scheme
    for pointer, written in _written(context):
        percent = as_percent(written)
        ends = _ends(written)
        if scheme.find(written) or (percent is not None and _in_gap(scheme, percent)) or (ends and not _holding(scheme, ends)):
            continue
        near = (ends and _holding(scheme, ends)) or scheme.nearest(written)
        hints = [did_you_mean(f'"{near.term}" ({band_words(near).partition("(")[2]}', form="{}")] if near else []
        yield finding(pointer, _no_term(scheme, written, percent), *hints, legend(scheme))


def _no_term(scheme: Yardstick, written: str, percent: float | None) -> str:
    """Return what is wrong with a likelihood that the yardstick does not have."""
    if percent is not None and 0 < percent < 100:
        return f"{written} lies beyond the ends of {scheme.key}"
    if percent is not None:
        return f"{written} is no likelihood: nothing is impossible or certain"
    others = [f", but of {other.key}" for other in YARDSTICKS.values() if other is not scheme and other.find(written)]
    return f'"{written}" is no term of {scheme.key}' + "".join(others[:1])


_RANGE = re.compile(
    r"(\d{1,2}(?:[.,]\d)?)\s?(?:%|per\s?cent)?\s?(?:-|–|to)\s?(\d{1,2}(?:[.,]\d)?)\s?(?:%|per\s?cent)", re.IGNORECASE
)


def _ends(written: str) -> tuple[float, float] | None:
    """Return both ends of `40–60 %`, None for what is no range."""
    match = _RANGE.fullmatch(written.strip())
    low, high = (float(end.replace(",", ".")) for end in match.groups()) if match else (0, 0)
    return (low, high) if 0 < low < high else None


def _holding(scheme: Yardstick, ends: tuple[float, float]) -> Band | None:
    """Return the band in which a whole range lies."""
    return next((band for band in scheme.bands if all(map(band.holds, ends))), None)


def _in_gap(scheme: Yardstick, percent: float) -> bool:
    return scheme.bands[0].low < percent < scheme.bands[-1].high


def gaps(context: Context) -> Iterator[Finding]:
    """LIK-07: a percentage between two bands, or a range that no one band holds."""
    scheme = context.summary.scheme
    for pointer, written in _written(context):
        percent, ends = as_percent(written), _ends(written)
        if ends and not _holding(scheme, ends):
            touched = [band_words(band) for band in scheme.bands if band.low <= ends[1] and band.high >= ends[0]]
            cure = f"choose one: {', '.join(touched)}" if touched else "choose a term"
            yield finding(pointer, f"{written} is wider than one term of {scheme.key}, or lies between two", cure)
        if percent is not None and not scheme.find(written) and _in_gap(scheme, percent):
            cure = f"the neighbours are {_neighbours(scheme, percent)}"
            yield finding(pointer, f"{written} falls between two terms of {scheme.key}", cure)


def _neighbours(scheme: Yardstick, percent: float) -> str:
    below = [band for band in scheme.bands if band.high <= percent]
    above = [band for band in scheme.bands if band.low >= percent]
    return " or ".join(f'"{band_words(band)}"' for band in (*below[-1:], *above[:1]))


def _scenarios(context: Context) -> tuple[list[tuple[float, float]], bool, bool]:
    """Return low and high of each scenario, whether all are points, and whether each has a likelihood."""
    ends, points = [], True
    scenarios = context.summary.outlook.scenarios
    for scenario in scenarios:
        percent = as_percent(scenario.likelihood or "")
        band = context.band(scenario.likelihood)
        if percent is not None:
            ends.append((percent, percent))
        elif band:
            points = False
            # An end that is not included counts as a hair inside it, so that sums of open ends come out right.
            ends.append((band.low + 1e-6 * band.above, band.high - 1e-6 * band.below))
    return ends, points and bool(ends), len(ends) == len(scenarios)


def sums(context: Context) -> Iterator[Finding]:
    """SCN-01: percentages of scenarios add up to 100, or to no more where something else can happen."""
    ends, points, complete = _scenarios(context)
    total = sum(low for low, _ in ends)
    if not points:
        return
    if total > 100.5:
        cure = "lower some of them; scenarios exclude each other"
        yield finding("/outlook/scenarios", f"the percentages of the scenarios add up to {total:g}", cure)
    elif context.summary.outlook.exhaustive and complete and total < 99.5:
        cure = "raise some of them, or write `exhaustive: false`"
        message = f"the scenarios are said to cover all that can happen, and add up to {total:g} %"
        yield finding("/outlook/scenarios", message, cure)


def feasible(context: Context) -> Iterator[Finding]:
    """SCN-02: bands of scenarios leave a way to share 100 per cent."""
    ends, points, complete = _scenarios(context)
    low, high = (sum(column) for column in zip(*ends, strict=True)) if ends else (0, 0)
    if points or not ends:
        return
    if low > 100:
        cure = "lower one of them: scenarios exclude each other"
        yield finding("/outlook/scenarios", f"the scenarios need {low:.0f} % at least, and there are 100", cure)
    elif context.summary.outlook.exhaustive and complete and high < 100:
        cure = "raise one of them, or write `exhaustive: false`"
        message = f"the scenarios are said to cover all that can happen, and reach {high:.0f} % at most"
        yield finding("/outlook/scenarios", message, cure)


def alike(context: Context) -> Iterator[Finding]:
    """RSK-04: three risks or more in one cell of the matrix, or more than a third of them of impact 5."""
    risks = context.summary.risks
    cells = {(risk.impact, context.band(risk.likelihood)) for risk in risks if risk.impact and risk.likelihood}
    worst = sum(risk.impact == 5 for risk in risks)
    if len(risks) < 3:
        return
    cure = "compare them with each other: which would hurt most, which would come first?"
    if len(cells) == 1 and all(risk.impact and risk.likelihood for risk in risks):
        yield finding("/risks", f"all {len(risks)} risks have the same impact and likelihood", cure)
    elif worst * 3 > len(risks):
        yield finding("/risks", f"{worst} of {len(risks)} risks have the highest impact", cure)
