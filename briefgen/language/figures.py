"""Figures in running text: a number with its scale, unit and bound, in one form for every way of writing it.

In: a text and its language. Out: each figure with its place. €3.2bn, EUR 3.2 billion and 3,2 Mrd. € are one figure.
A day or a year of a date is no figure, nor is a number inside a name (G7, F-16).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from briefgen.language.dates import dates
from briefgen.language.memo import kept
from briefgen.language.negation import word_set, words_of
from briefgen.language.tables import table, units
from briefgen.language.wordlists import bars, either, languages

UNITS = units()
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f\u2009.,'’]\d{3}(?!\d))+(?:[.,]\d{1,9}(?!\d))?|\d{1,15}(?:[.,]\d{1,9})?"
_GAP = r"[ \u00a0\u202f\u2009]?"
_RAISED = "[⁰¹²³⁴⁵⁶⁷⁸⁹]{0,3}"  # the call to a note, or the power of ten
_LONE_YEAR = re.compile(r"(?<![\d.,\w])(?:1[5-9]|20|21)\d\d(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹]|[.,]\d)")
_DIGIT = re.compile(r"\d")
_GROUPS = re.compile(r"[ \u00a0\u202f\u2009'’]")
_GOES = re.compile(r"\b(?:go(?:es|ne|ing)?|went|moves?d?|climb(?:s|ed)?|ros?e|risen?s?|jump(?:s|ed)?|shot) up to$")
_TO = re.compile(rf"\s?(?:-|–|{either('figures', 'joins')}|,)\s?")
_COUNTED = r"(?:\s(?:an?|per)\s[a-z]{1,20}|\s[^\W\d_]{1,20})?"  # what is counted may stand between: 12 ships at most
_OWN = (
    r"\b(?!,?\s(?:[\d€$£]|EUR|USD|one|two|three|four|five|an?\b|"
    r"once|twice|until|part|temporar|for\b|every|some|half|as\b|on paper))"
)
_LAST = r"(?! (?:than|to)\b| ?[\d€$£])"  # “ten states and more than 200 regions”: the bound is the next figure's
# “at least” before a number belongs to that one, and “at least once” to no number at all
_AFTER = {
    re.compile(
        rf"(?:{_COUNTED}\s?or|\s?and) (?:more|above|over|upwards?|up)\b{_LAST}|\s?(?:{bars('figures', 'or_more')})\b|\s?\+|"
        rf"{_COUNTED} (?:{bars('figures', 'least')}){_OWN}",
        re.I,
    ): "at least",
    re.compile(rf"\s?(?:{bars('figures', 'or_less')})\b|{_COUNTED} (?:{bars('figures', 'most')}){_OWN}", re.I): "up to",
    re.compile(rf"\s?(?:{bars('figures', 'or_about')})\b", re.I): "about",
}


class Figure(NamedTuple):
    """One figure: its value with the scale in it, its unit (empty for a bare number), its bound (empty for none), its place."""

    value: Decimal
    unit: str
    bound: str
    start: int
    end: int
    step: Decimal  # what one more in the last written place is worth
    scale: Decimal  # 1,000,000 for a million
    word: bool = False  # written as a word: two, twelve

    def shown(self, text: str) -> str:
        """Return the figure as the text writes it, with the very words of its bound."""
        written = text[self.start : self.end].strip().rstrip(".")
        if not self.bound:
            return written
        if phrase := _phrase(text[max(0, self.start - 24) : self.start], _bounds(self.bound)):
            return f"{phrase} {written}"
        behind = next(
            (match for sign, bound in _AFTER.items() if bound == self.bound and (match := sign.match(text, self.end))), None
        )
        return text[self.start : behind.end()].strip() if behind else f"{self.bound} {written}"


@cache
def _bounds(bound: str) -> dict[str, str]:
    """Return the phrases of all languages that mean one bound."""
    rows = ((phrase, means) for name in languages() for phrase, means in table(name).bounds.items())
    return {phrase: means for phrase, means in rows if means == bound}


@cache
def _number_words(language: str) -> frozenset[str]:
    """Return the words with which a number in words can begin: one of them, or a digit, stands wherever a figure does."""
    return frozenset(part for name in table(language).numbers for part in words_of(name)[:1])


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = table(language)
    units = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
    signs = "|".join(re.escape(unit) for unit in ("us$", "€", "$", "£", "¥", "₽", "₴", "eur", "usd", "gbp", "chf", "rub"))
    scales = "|".join(sorted(map(re.escape, words.scales), key=len, reverse=True))
    numbers = "|".join(sorted(map(re.escape, (n for n, v in words.numbers.items() if v > 1)), key=len, reverse=True))
    first = re.escape("".join(sorted({name[0] for name in (*words.numbers, "us$", "eur", "gbp", "chf", "rub")})))
    return re.compile(
        rf"(?=[\d€$£¥₽₴{first}])(?<![^\W_])"  # no more than a look at most places
        rf"(?:(?<![^\W_])(?P<sign>{signs}){_GAP})?"
        rf"(?:(?<![^\W_])(?<![^\W\d_][-‑–])(?<!\d[.,:/])(?<!(?:19|20)\d\d[-‑–])(?P<number>{_NUMBER})"
        rf"|(?<![\w-])(?P<word>{numbers})(?![^\W_]|-?(?:thirds|fifths|quarters)))"
        rf"(?P<raised>{_RAISED})(?:{_GAP}-?(?P<scale>{scales})(?![^\W_])\.?)?"
        rf"(?:(?:{_GAP}|-| d['’]| de )(?P<unit>{units})(?![^\W_]))?",
        re.IGNORECASE,
    )


@kept
def figures(text: str, language: str = "en") -> tuple[Figure, ...]:
    """Return the figures in a text, in order; a range or a list gives its unit to all of its figures."""
    language = language.partition("-")[0].lower()
    if not _DIGIT.search(text) and _number_words(language).isdisjoint(word_set(text)):
        return ()
    days = dates(text)
    begins = [day.start for day in days]
    made: list[Figure] = []
    for match in _pattern(language).finditer(text):
        start, end = match.start("number" if match["number"] else "word"), match.end()
        before = bisect_left(begins, end) - 1  # the last date that begins before the figure ends
        if (before >= 0 and days[before].end > start) or (match["number"] and _year(match, text)):
            continue
        if text[end : end + 1].isalpha() and match["number"] and not match["unit"] and not match["scale"]:
            continue  # 2nd, 5G, 30er
        made.append(_figure(match, text, language))
    return tuple(_units_shared(made, text))


def _year(match: re.Match[str], text: str) -> bool:
    bare = not (match["sign"] or match["scale"] or match["unit"])
    return bare and len(match["number"]) == 4 and match["number"].isdigit() and 1500 <= int(match["number"]) <= 2199


@kept
def years(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return the years that stand alone or in a date, each with its place."""
    return tuple((int(m[0]), *m.span()) for m in _LONE_YEAR.finditer(text)) if _DIGIT.search(text) else ()


def _figure(match: re.Match[str], text: str, language: str) -> Figure:
    words = table(language)
    scale = Decimal(10) ** words.scales.get((match["scale"] or "").lower(), 0)
    if match["word"]:
        value, step = Decimal(words.numbers[match["word"].lower()]), Decimal(1)
    else:
        value, step = _value(match["number"], words.comma)
        if match["number"] == "10" and match["raised"]:
            value = step = Decimal(10) ** int(unicodedata.normalize("NFKC", match["raised"]))
    sign = (match["sign"] or match["unit"] or "").lower()
    bound = bound_before(text[max(0, match.start() - 24) : match.start()], words.bounds) or _behind(text, match.end())
    return Figure(value * scale, UNITS.get(sign, ""), bound, match.start(), match.end(), step * scale, scale, bool(match["word"]))


def _value(written: str, comma: bool) -> tuple[Decimal, Decimal]:
    """Return a number and the worth of its last place; the language says which sign parts the decimals."""
    plain = _GROUPS.sub("", written)
    mark, group = (",", ".") if comma else (".", ",")
    whole, _, decimals = plain.partition(mark) if plain.count(mark) == 1 else (plain.replace(mark, ""), "", "")
    if group in whole and not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole):
        whole, _, decimals = plain.partition(group)  # the other language's sign: 3,2 in English
    whole = re.sub(r"[.,]", "", whole)
    decimals = re.sub(r"[.,]", "", decimals)
    trailing = len(whole) - len(whole.rstrip("0")) if not decimals and whole.strip("0") else 0
    return Decimal(f"{whole}.{decimals or 0}"), Decimal(10) ** (trailing - len(decimals))


def bound_before(text: str, bounds: Mapping[str, str]) -> str:
    """Return the bound with which a text ends, empty for none."""
    return bounds.get(_phrase(text, bounds), "")


def _phrase(text: str, bounds: Mapping[str, str]) -> str:
    """Return the longest phrase of a bound with which a text ends, empty for none: what goes up to 50 % has reached it."""
    ending = text.lower().replace("’", "'").rstrip(" \u00a0\u202f(€$£,")
    hits = (phrase for phrase in bounds if ending.endswith(phrase) and not ending[: -len(phrase)][-1:].isalpha())
    longest = max(hits, key=len, default="")
    return "" if longest == "up to" and _GOES.search(ending) else longest


def _behind(text: str, end: int) -> str:
    return next((bound for pattern, bound in _AFTER.items() if pattern.match(text, end)), "")


def _units_shared(made: list[Figure], text: str) -> list[Figure]:
    """Give the unit and the scale at one end of a range or list to its other figures: €2 to 3 billion, 10-15 percent."""
    for at in range(len(made) - 2, -1, -1):
        one, following = made[at], made[at + 1]
        if not _TO.fullmatch(text[one.end : following.start].replace("€", "").replace("$", "")):
            continue
        if (one.scale == 1 < following.scale and one.value < 1000 and one.unit in ("", following.unit)) or (
            one.scale == 1 < following.scale and one.unit and not following.unit
        ):
            one = one._replace(value=one.value * following.scale, step=one.step * following.scale, scale=following.scale)
        if not one.unit:
            one = one._replace(unit=following.unit)
        elif not following.unit:
            made[at + 1] = following._replace(unit=one.unit)
        made[at] = one
    return made
