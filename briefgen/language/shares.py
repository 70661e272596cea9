"""Shares and multiples in words: a third, two thirds, half, one in five, 3 of 10; doubled, twice as many, three times, threefold.

In: a text and its language. Out: rows of `(value, unit, place, scale)` for `quantities`: a share as a percentage, a multiple with
the unit `TIMES`, half a million as a number. A quarter of a year, the third of March and the second half are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from briefgen.language.quantity import TIMES
from briefgen.language.stems import word_set, words_of
from briefgen.language.tables import counting, durations, table, units
from briefgen.language.wordlists import bars, entries, section, split

_UNCOUNTED = 100
"""Numbers in words that may stand in `one in five`."""


class Written(NamedTuple):
    """A share or multiple, its place, and what one of its scale is worth."""

    value: float
    unit: str
    start: int
    end: int
    scale: float = 1


def shares(text: str, language: str, loose: bool = False) -> Iterator[Written]:
    """Yield the shares and multiples of a text, those first that hold others: one in five before five.

    `loose` takes `a quarter` and `12 of 30` for shares wherever they stand: right for a ground, not for a claim.
    """
    signs = _signs(language)
    words = word_set(text)
    yield from _nth(text, language)
    if _DIGIT.search(text) or not signs.counts.isdisjoint(words):  # a look before each search
        if signs.repeats.search(text):
            yield from _repeated(text, language)
        yield from _ratios(text, language, loose)
    if not signs.fractions.isdisjoint(words):
        yield from _halves(text, language)
        yield from _fractions(text, language, loose)
    if not signs.doubles.isdisjoint(words):
        yield from _multiples(text, language)


_DIGIT = re.compile(r"\d")


class _Signs(NamedTuple):
    """The patterns of one language."""

    begins: frozenset[str]
    counts: frozenset[str]
    fractions: frozenset[str]
    doubles: frozenset[str]
    repeats: re.Pattern[str]
    fraction: re.Pattern[str]
    values: dict[str, float]
    out_of: re.Pattern[str]
    some_of: re.Pattern[str]
    times: re.Pattern[str]
    multiple: re.Pattern[str]
    multiples: dict[str, float]
    half_a: re.Pattern[str] | None
    every: re.Pattern[str] | None


@cache
def _every(language: str) -> re.Pattern[str] | None:
    """Return what finds “every fourth”, each ordinal in a group of its own; none is followed by a time: every third year."""
    words = entries(language, "figures", "ordinals")
    if not words:
        return None
    ordinals = "|".join(f"(?P<n{number}>{word})" for number, word in enumerate(words, 2))
    times = _any(_times(language))
    return re.compile(rf"(?<!\w)(?:{bars('figures', 'every', language)})\s(?:{ordinals})(?!\w)(?!\s(?:{times})(?!\w))", re.I)


def says_every(text: str, language: str) -> bool:
    """Return whether a text has a share such as “every fourth”, which needs neither digit nor number word."""
    sign = _every(language)
    return sign is not None and sign.search(text) is not None


def begins(language: str) -> frozenset[str]:
    """Return the words with which a share in words, or a multiple, can begin."""
    return _signs(language).begins


def _first(written: Iterable[str]) -> frozenset[str]:
    """Return the first words of some phrases, as a text is taken apart into words."""
    return frozenset(words_of(one)[0] for one in written)


@cache
def _signs(language: str) -> _Signs:
    figures = section(language, "figures")
    values = {word: float(value) for value, words in figures["shares"].items() for word in split(words)}
    multiples = {word: float(value) for value, words in figures["multiples"].items() for word in split(words)}
    small = {word: value for word, value in table(language).numbers.items() if value < _UNCOUNTED}
    count = counting(language)
    some = f"{count}|{_any(entries(language, 'figures', 'a'))}"
    parts, scales = _any(values), _any(table(language).scales)
    between, both = bars("figures", "out_of", language), bars("figures", "some_of", language) or r"(?!)"
    half = bars("figures", "half_a", language)
    return _Signs(
        _first([*values, *multiples, *small, "times", "mal", "fois"]),
        _first(small),
        frozenset(values),
        _first(multiples),
        re.compile(bars("figures", "times", language) or r"(?!)", re.I),
        re.compile(
            rf"(?<!\w)(?<![^\W\d_]-)(?:(?P<n>{some}|\d)[ -])?(?P<share>{parts})(?!\w|-\w)"
            rf"(?P<of>\s(?:{bars('figures', 'part', language)})\b)?",
            re.I,
        ),
        values,
        re.compile(
            rf"(?<![\w.,-])(?P<part>{count}|[1-9]\d?)(?:\s[^\W\d_]{{3,14}})?\s(?:{between})\s(?P<whole>{count}|[1-9]\d{{0,3}})(?![\w%-]|[.,]\d|\s?%)"
            rf"(?!\s(?:{_not_counted(language)}))",
            re.I,
        ),
        re.compile(rf"(?<![\w.,-])(?P<part>\d{{1,6}})\s(?:{both})\s(?P<whole>\d{{1,6}})(?![\w%-]|[.,]\d|\s?%)", re.I),
        re.compile(
            rf"(?<![\w.,-])(?P<n>{count}|\d{{1,3}}(?:[.,]\d)?)[ -]?(?:{bars('figures', 'times', language) or '(?!)'})(?!\w)", re.I
        ),
        re.compile(rf"(?<![\w-])(?:{_any(multiples)})(?![\w-])", re.I),
        multiples,
        re.compile(rf"(?<!\w)(?:{half})[\s-](?:(?P<scale>{scales})|(?P<unit>{_any(_halved(language))}))(?!\w)", re.I)
        if half
        else None,
        _every(language),
    )


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)"  # type: ignore[call-overload]


def _not_counted(language: str) -> str:
    """Return what can't be the whole of a share: “up 5 in 10 days”, “three of 2 million”."""
    months = [name for name in table(language).months if len(name) > 2]
    return rf"(?:{_any([*_times(language), '%', *months, *table(language).scales])})(?!\w)"


def _times(language: str) -> list[str]:
    named = section(language, "figures")["units"]
    return [word for unit in durations() for word in split(named.get(unit, ""))]


def _halved(language: str) -> list[str]:
    """Return the units of which half a one is said: half a century, half a per cent."""
    named = section(language, "figures")["units"]
    return [*_times(language), *split(named.get("%", "")), *split(named.get("pp", ""))]


def _number(written: str, language: str) -> float:
    known = table(language).numbers.get(written.lower())
    return float(known) if known else float(written.replace(",", "."))


def _repeated(text: str, language: str) -> Iterator[Written]:
    for match in _signs(language).times.finditer(text):
        yield Written(_number(match["n"], language), TIMES, *match.span())


def _ratios(text: str, language: str, loose: bool) -> Iterator[Written]:
    signs = _signs(language)
    for sign in (signs.out_of, *((signs.some_of,) if loose else ())):
        for match in sign.finditer(text):
            part, whole = _number(match["part"], language), _number(match["whole"], language)
            if 0 < part < whole and not 1500 < whole < 2200:
                yield Written(100 * part / whole, "%", *match.span())


def _nth(text: str, language: str) -> Iterator[Written]:
    sign = _signs(language).every
    for match in sign.finditer(text) if sign else ():
        yield Written(100 / int((match.lastgroup or "n1")[1:]), "%", *match.span())


def _halves(text: str, language: str) -> Iterator[Written]:
    sign = _signs(language).half_a
    for match in sign.finditer(text) if sign else ():
        scale = 10.0 ** table(language).scales[match["scale"].lower()] if match["scale"] else 1
        yield Written(scale / 2, units()[match["unit"].lower()] if match["unit"] else "", *match.span(), scale)


def _fractions(text: str, language: str, loose: bool) -> Iterator[Written]:
    signs = _signs(language)
    ones = {*entries(language, "figures", "a"), ""}
    for match in signs.fraction.finditer(text):
        many, share = (match["n"] or "").lower(), match["share"].lower()
        if not _is_share(text, match, signs.values[share] == HALF, loose):
            continue
        value = signs.values[share] * (1 if many in ones else _number(many, language))
        if value <= 100:
            yield Written(value, "%", match.start(), match.end("share"))


def _is_share(text: str, match: re.Match[str], half: bool, loose: bool) -> bool:
    """Return whether a match is a share: no third of March, no quarter of an hour later, no second half of the year."""
    many, plural = bool(match["n"]), match["share"].lower().endswith("s")
    if _ORDINAL.match(text, match.end()):
        return False
    if not half:
        by = _BY.search(text, max(0, match.start() - 4), match.start()) is not None
        return (bool(match["of"]) or plural or by or loose) and (many or plural)
    if _NO_HALF.search(text, max(0, match.start() - 12), match.start()):
        return False
    return loose or many or bool(match["of"]) or _HALF_OF.match(text, match.end("share")) is not None


HALF = 50
_BY = re.compile(r"\b(?:by|um|de|d['’])\s?\Z", re.I)
_ORDINAL = re.compile(
    r"\s?(?:of|du|des|de)?\s?(?:an? |the |this |that |last |next |l['’])?"
    r"(?:year|hour|century|month|day|final|time|term|ann[ée]e|heure|jahr|19\d\d|20\d\d)",
    re.I,
)
_NO_HALF = re.compile(r"(?:\band(?: a)?|\bet|und ein\w*|first|second|other|latter|better|erste|zweite)\s\Z", re.I)
_HALF_OF = re.compile(r"\s(?:as|its|their|a|an|the|his|her|our|what|that|of|all)\b", re.I)


def _multiples(text: str, language: str) -> Iterator[Written]:
    signs = _signs(language)
    for match in signs.multiple.finditer(text):
        yield Written(signs.multiples[match[0].lower()], TIMES, *match.span())
