"""Tables of figures by language: months, number words, scales, bounds, negations, as `data` holds them.

A text in a language without a file is read with the English table; its digits and ISO dates are compared all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from briefgen.language.wordlists import FIRST, base, data, entries, languages, section, split


class Words(NamedTuple):
    """The words of one language that the comparison knows."""

    months: Mapping[str, int]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]  # power of ten
    bounds: Mapping[str, str]  # phrase → over, at least, just over, under, up to, almost, about
    negations: frozenset[str]
    comma: bool  # whether the comma parts whole and decimals


@cache
def months(language: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of each month from January on, the whole name first, as a text writes them."""
    return tuple(tuple(row.split("/")) for row in entries(language, "dates", "months"))


def _numbers(language: str) -> dict[str, int]:
    """Return the number words of a language; those from twenty on are made of tens and units as it joins them."""
    words = entries(language, "figures", "numbers")
    made = {word: number for number, word in enumerate(words, 1) if word != "-"}
    join = str(section(language, "figures").get("unit_and_ten", ""))
    ones = [entries(language, "figures", "a")[0] if "{unit}und" in join else words[0], *words[1:9]]
    for number, ten in enumerate(entries(language, "figures", "tens"), 2):
        if ten != "-":
            made[ten] = number * 10
            made |= {join.format(ten=ten, unit=one): number * 10 + value for value, one in enumerate(ones, 1) if one != "-"}
    return made


@cache
def table(language: str | None) -> Words:
    """Return the words of a language by its tag, the English ones where it has none of its own."""
    short = base(language) if section(base(language), "figures") else FIRST
    figures = section(short, "figures")
    return Words(
        {name.casefold(): number for number, names in enumerate(months(short), 1) for name in names},
        _numbers(short),
        {word: int(power) for power, words in figures["scales"].items() for word in split(words)},
        {word: "" if bound == "none" else bound for bound, words in figures["bounds"].items() for word in split(words)},
        frozenset(entries(short, "denials", "negations")),
        bool(figures["decimal_comma"]),
    )


@cache
def all_months() -> dict[str, int]:
    """Return the months of all languages: a name means the same month wherever it is known."""
    return {name: number for language in languages() for name, number in table(language).months.items()}


@cache
def whole_months(language: str | None = None) -> str:
    """Return the whole names of the months of a language, or of all, with bars between them."""
    return "|".join(row[0] for each in ((language,) if language else languages()) for row in months(each))


@cache
def units(language: str | None = None) -> dict[str, str]:
    """Return the words, signs and codes of units → the unit: those of a language, or of all."""
    common = data("common")
    chosen = (language,) if language else languages()
    tables = (common["units"], common["percent"], *(section(each, "figures").get("units", {}) for each in chosen))
    return {word: unit for rows in tables for unit, words in rows.items() for word in split(words)}


@cache
def signs() -> tuple[str, ...]:
    """Return the signs and codes of currencies that may stand before a number, the longest first."""
    return tuple(sorted(split(data("common")["signs"]), key=len, reverse=True))


@cache
def bases() -> dict[str, tuple[str, int]]:
    """Return the base and the power of ten of each unit that has one: a bcm is 9 for cubic metres."""
    rows = {unit: written.split() for unit, written in data("common")["bases"].items()}
    return {unit: (base_, int(power)) for unit, (base_, power) in rows.items()}


@cache
def durations() -> dict[str, float]:
    """Return how many days each unit of time has."""
    return {unit: float(days) for unit, days in data("common")["durations"].items()}


@cache
def currencies() -> frozenset[str]:
    """Return the units that are currencies."""
    return frozenset(units().get(sign, "") for sign in signs())


@cache
def counting(language: str, least: int = 1) -> str:
    """Return what finds a number in words, for a group: tens with their units first, in fewer parts than there are numbers."""
    words = entries(language, "figures", "numbers")
    tens = [re.escape(ten) for ten in entries(language, "figures", "tens") if ten != "-"]
    join = str(section(language, "figures").get("unit_and_ten", ""))
    single = "|".join(sorted((re.escape(w) for n, w in enumerate(words, 1) if w != "-" and n >= least), key=len, reverse=True))
    ones = [w for w in words[1:9] if w != "-"] + [entries(language, "figures", "a")[0] if "und" in join else words[0]]
    units_ = "|".join(re.escape(w) for w in ones if w != "-")
    if not tens:
        return single
    made = join.replace("{ten}", f"(?:{'|'.join(tens)})").replace("{unit}", f"(?:{units_})")
    return f"{made}|{'|'.join(tens)}|{single}"
