"""Tables of words by language: months, number words, scales, bounds, negations. English first, German and French beside it.

A text in another language is read with the English table; its digits and ISO dates are compared all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple


class Words(NamedTuple):
    """The words of one language that the comparison knows."""

    months: Mapping[str, int]
    numbers: Mapping[str, int]
    scales: Mapping[str, int]  # power of ten
    bounds: Mapping[str, str]  # phrase → "up to" | "at least" | "about"
    negations: frozenset[str]
    comma: bool  # whether the comma parts whole and decimals


def _months(listed: str) -> dict[str, int]:
    return {name: number for number, names in enumerate(listed.split(), 1) for name in names.split("|")}


def _numbers(listed: str, start: int = 1) -> dict[str, int]:
    return {name: number for number, names in enumerate(listed.split(), start) for name in names.split("|")}


def _tens() -> dict[str, int]:
    """Return the English number words from thirteen to ninety-nine."""
    ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    made = _numbers("thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 13)
    for number, ten in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2):
        made[ten] = number * 10
        made |= {f"{ten}-{one}": number * 10 + value for value, one in enumerate(ones, 1)}
    return made


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_EN_MONTHS = (
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct "
    "november|nov december|dec"
)
_DE_MONTHS = (
    "januar|jänner|jan februar|feb märz|mär april|apr mai juni|jun juli|jul august|aug september|sept|sep oktober|okt "
    "november|nov dezember|dez"
)
_FR_MONTHS = (
    "janvier|janv février|févr mars avril|avr mai juin juillet|juil août septembre|sept octobre|oct novembre|nov décembre|déc"
)
_TABLES = {  # one text each, as a person would extend it
    "en": Words(
        _months(_EN_MONTHS),
        _numbers("one two three four five six seven eight nine ten eleven twelve") | _tens(),
        {"hundred": 2, "thousand": 3, "k": 3, "million": 6, "millions": 6, "mn": 6, "m": 6, "billion": 9, "billions": 9,
         "bn": 9, "trillion": 12, "trillions": 12, "tn": 12},
        {"up to": "up to", "at most": "up to", "no more than": "up to", "not more than": "up to", "less than": "up to",
         "fewer than": "up to", "under": "up to", "below": "up to", "as much as": "up to", "as many as": "up to",
         "nearly": "about", "almost": "about", "at least": "at least", "no less than": "at least",
         "no fewer than": "at least", "more than": "at least", "over": "at least", "above": "at least",
         "minimum of": "at least", "in excess of": "at least", "upwards of": "at least", "not less than": "at least",
         "longer than": "at least", "older than": "at least", "greater than": "at least",
         "larger than": "at least", "shorter than": "up to", "younger than": "up to", "smaller than": "up to",
         "exceed": "at least", "exceeds": "at least", "exceeded": "at least", "exceeding": "at least", "maximum of": "up to",
         "not exceed": "up to", "not exceeding": "up to", "at the most": "up to", "a maximum": "up to",
         "about": "about", "around": "about", "roughly": "about", "some": "about",
         "approximately": "about", "an estimated": "about", "close to": "about", "circa": "about", "ca.": "about",
         "some of the": ""},
        _set("no not never none neither nor without cannot nobody nothing nowhere n't"),
        False,
    ),
    "de": Words(
        _months(_DE_MONTHS),
        _numbers("eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
        {"hundert": 2, "tausend": 3, "tsd": 3, "million": 6, "millionen": 6, "mio": 6, "milliarde": 9, "milliarden": 9,
         "mrd": 9, "billion": 12, "billionen": 12, "bio": 12},
        {"bis zu": "up to", "höchstens": "up to", "maximal": "up to", "weniger als": "up to", "unter": "up to",
         "nicht mehr als": "up to", "mindestens": "at least", "wenigstens": "at least", "mehr als": "at least",
         "über": "at least", "rund": "about", "etwa": "about", "ungefähr": "about", "circa": "about", "ca.": "about",
         "knapp": "about", "fast": "about", "geschätzt": "about"},
        _set("nicht kein keine keinen keinem keiner keines nie niemals ohne weder noch niemand nichts nirgends"),
        True,
    ),
    "fr": Words(
        _months(_FR_MONTHS),
        _numbers("deux trois quatre cinq six sept huit neuf dix onze douze", 2),
        {"cent": 2, "cents": 2, "mille": 3, "million": 6, "millions": 6, "mio": 6, "milliard": 9, "milliards": 9, "md": 9,
         "mds": 9, "billion": 12, "billions": 12},
        {"jusqu'à": "up to", "au plus": "up to", "moins de": "up to", "au maximum": "up to", "au moins": "at least",
         "plus de": "at least", "environ": "about", "près de": "about", "quelque": "about", "à peu près": "about"},
        _set("ne n' pas jamais aucun aucune sans ni personne rien nul nulle non"),
        True,
    ),
}  # fmt: skip


@cache
def table(language: str | None) -> Words:
    """Return the words of a language by its tag, the English ones where there is no table for it."""
    return _TABLES.get((language or "en").partition("-")[0].lower(), _TABLES["en"])


@cache
def all_months() -> dict[str, int]:
    """Return the months of all tables: a name means the same month wherever it is known."""
    return {name: number for words in _TABLES.values() for name, number in words.months.items()}
