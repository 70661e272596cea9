"""A quantity, and what stands around the words of it: its bound, what it counts, its rate.

In: a text and the place of a number. Out: the parts of a `Quantity`. The words are those of the language's section `figures`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from briefgen.language.stems import small, stem
from briefgen.language.tables import table
from briefgen.language.wordlists import FIRST, bars, base, entries, section, split

UP, DOWN = ("over", "at least", "just over"), ("under", "up to", "almost")
"""Bounds that name the low end, and those that name the high end."""
TIMES = "times"
"""The unit of a multiple."""
_COUNTED = r"(?:\s(?:an?|per)\s[a-z]{1,20}|\s[^\W\d_]{1,20})?"  # what is counted may stand between: 12 ships at most
_OWN = (
    r"\b(?!,?\s(?:[\d€$£]|EUR|USD|one|two|three|four|five|an?\b|"
    r"once|twice|until|part|temporar|for\b|every|some|half|as\b|on paper))"
)
_LAST = r"(?! (?:than|to)\b| ?[\d€$£])"  # “ten states and more than 200 regions”: the bound is the next figure's
# “at least” before a number belongs to that one, and “at least once” to no number at all
_AFTER = {
    re.compile(
        rf"(?:{_COUNTED}\s)?\s?(?:{bars('figures', 'or_more')})\b{_LAST}|\s?\+|{_COUNTED} (?:{bars('figures', 'least')}){_OWN}",
        re.I,
    ): "at least",
    re.compile(rf"\s?(?:{bars('figures', 'or_less')})\b|{_COUNTED} (?:{bars('figures', 'most')}){_OWN}", re.I): "up to",
    re.compile(rf"\s?(?:{bars('figures', 'or_about')})\b", re.I): "about",
}
_TOKEN = re.compile(r"[^\s('“”„«»\"]+'?|[.;:,!?()]")
_BLANK = re.compile(r"[\u00a0\u202f\u2009]")
_GOES = re.compile(
    r"\b(?:go(?:es|ne|ing)?|went|moves?d?|climb(?:s|ed)?|ros?e|risen?s?|jump(?:s|ed)?|shot|add(?:s|ed|ing)?|c[ao]mes?) up to$"
    r"|\b(?:turn|look|mov|pass|driv|go|sit)(?:e?[ds]|ing|es)? around$"
)
BEFORE = 40
"""Characters before a number in which its bound can stand."""
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[.;:,!?()]|\d")
_PHRASE_END = re.compile(r"[.;:()]|,\s|\d")
MOST_WORDS = 5
"""Words of a bound."""
MOST_COUNTED = 3
"""Words after a number that may be what it counts."""


class Quantity(NamedTuple):
    """One quantity: value with its scale in the base of its unit, unit (empty for a bare number), bound (empty for none), place.

    `step` is what one more in the last written place is worth; `word` says that it is written in words, `share` that it is a part
    in words (a third, one in five), which nobody counts to the per cent. `counted` are stems of what it counts, `rate` is the
    time that it is per. `how` says how it follows from others, where it stands in no text.
    """

    value: float
    unit: str
    bound: str
    start: int
    end: int
    step: float = 1
    scale: float = 1
    word: bool = False
    share: bool = False
    counted: tuple[str, ...] = ()
    rate: str = ""
    how: str = ""
    first: int = 0
    last: int = 0

    def shown(self, text: str) -> str:
        """Return the quantity as the text writes it, with the very words of its bound (from `first` to `last`)."""
        return self.how or text[self.first : self.last].strip().rstrip(".")

    @property
    def bare(self) -> bool:
        """Return whether it is a small number in words without unit: two, twelve."""
        return self.word and not self.unit and self.scale == 1 and not self.share


def known(language: str) -> str:
    """Return the language whose words of figures are read: English where a language has none."""
    return base(language) if section(base(language), "figures") else FIRST


@cache
def _between(language: str) -> frozenset[str]:
    return frozenset(entries(language, "figures", "between"))


@cache
def _bounds(language: str) -> dict[str, str]:
    """Return the bounds of a language by their words with single blanks between them."""
    return {" ".join(_TOKEN.findall(phrase)): bound for phrase, bound in table(language).bounds.items()}


def bound_of(text: str, start: int, end: int, language: str) -> tuple[str, int, int]:
    """Return the bound of a number at a place, empty for none, and the place of both: what goes up to 50 % has reached it."""
    begin = max(0, start - BEFORE)
    ending = _BLANK.sub(" ", text[begin:start].lower()).replace("’", "'")
    bounds, words = _bounds(language), list(_TOKEN.finditer(ending))
    if _GOES.search(ending.rstrip()):
        return "", start, end
    for left_out in range(min(3, len(words))):
        last = len(words) - left_out
        if left_out and words[last][0] not in _between(language):
            break
        for first in range(max(0, last - MOST_WORDS), last):
            phrase = " ".join(word[0] for word in words[first:last])
            if phrase in bounds:
                return bounds[phrase], begin + words[first].start(), end
    behind = next(((bound, m.end()) for sign, bound in _AFTER.items() if (m := sign.match(text, end))), None)
    return (behind[0], start, behind[1]) if behind else ("", start, end)


def counted(text: str, end: int) -> tuple[str, ...]:
    """Return the stems of what a number counts: the words after it, as far as the next small word or mark."""
    found: list[str] = []
    for match in _WORDS.finditer(text, end, end + 80):
        word = match[0].casefold()
        if not word[0].isalpha():
            break
        if word in small():
            if found or word not in _OF:
                break
            continue
        found.append(stem(word))
        if len(found) == MOST_COUNTED:
            break
    return tuple(found)


_OF = frozenset({"of", "the", "its", "their", "new", "more", "other", "de", "des", "d", "der", "von", "further", "all"})


@cache
def _rate_sign(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    figures = section(language, "figures")
    named = {word: unit for unit in _PERIODS for word in split(figures["units"].get(unit, ""))}
    adverbs = {word: unit for unit, words in figures.get("adverbs", {}).items() for word in split(words)}
    per = "|".join(map(re.escape, split(figures.get("rates", "per"))))
    times = "|".join(sorted(map(re.escape, named), key=len, reverse=True))
    whole = "|".join(sorted(map(re.escape, adverbs), key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:(?:{per})\s({times})|({whole}))(?!\w)", re.I), {**named, **adverbs}


_PERIODS = ("hour", "day", "week", "month", "year")


def rate_of(text: str, end: int, language: str) -> str:
    """Return the time that a number is per (700,000 barrels a day), empty for none."""
    sign, names = _rate_sign(language)
    rest = text[end : end + 90]
    stop = _PHRASE_END.search(rest)
    found = sign.search(rest[: stop.start()] if stop else rest)
    return names.get((found[1] or found[2]).lower(), "") if found else ""
