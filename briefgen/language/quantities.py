"""Quantities in running text: a number with its scale, unit, bound and what it counts, in one form for every way of writing it.

In: a text and its language. Out: each quantity with its place. €3.2bn, EUR 3.2 billion and 3,2 Mrd. € are one; so are a third and
one in three. A day or a year of a date is none, nor a time of day, a number inside a name (G7, F-16), or one that only names
(Section 4).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, insort
from functools import cache

from briefgen.language.dates import dates, ranged
from briefgen.language.memo import kept
from briefgen.language.quantity import TIMES, Quantity, bound_of, counted, known, rate_of
from briefgen.language.shares import begins, says_every, shares
from briefgen.language.stems import word_set, words_of
from briefgen.language.tables import bases, counting, durations, signs, table, units
from briefgen.language.wordlists import either, entries

_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f\u2009.,'’]\d{3}(?!\d))+(?:[.,]\d{1,9}(?!\d))?|\d{1,15}(?:[.,]\d{1,9})?"
_MIXED = r"\d{1,3}[ \u00a0]\d/\d{1,2}(?!\d)"  # 5 1/8
_GAP = r"[ \u00a0\u202f\u2009]?"
_RAISED = "[⁰¹²³⁴⁵⁶⁷⁸⁹]{0,3}"  # the call to a note, or the power of ten
_LONE_YEAR = re.compile(r"(?<![\d.,\w])(?:1[5-9]|20|21)\d\d(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹]|[.,]\d)")
_DIGIT = re.compile(r"\d")
_GROUPS = re.compile(r"[ \u00a0\u202f\u2009'’]")
_TO = re.compile(rf"\s?(?:-|–|{either('figures', 'joins')}|,)\s?(?:[€$£]|USD |EUR )?")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?!\d)|\b\d{4}-\d\d(?:-\d\d)?\b|\+\d[\d \u00a0()/-]{6,20}\d")
_HYPHEN = re.compile(r"\w[-‑][^\W\d_]+$")
SHARE_STEP = 3.0
"""Points that a share in words is wide."""


@cache
def _number_words(language: str) -> frozenset[str]:
    """Return the words with which a number in words can begin: one of them, or a digit, stands wherever a quantity does."""
    return frozenset(part for name in table(language).numbers for part in words_of(name)[:1]) | begins(language)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = table(language)
    unit = "|".join(sorted(map(re.escape, units(language)), key=len, reverse=True))
    # “a $5 fee” is no Australian dollar: a blank stands before $ behind two letters only
    sign = "|".join(re.escape(one).replace(r"\$", r"\s?\$") if len(one) > 2 else re.escape(one) for one in signs())
    scales = "|".join(sorted(map(re.escape, words.scales), key=len, reverse=True))
    many = counting(language, 2)
    one = [*(n for n, v in words.numbers.items() if v == 1), *entries(language, "figures", "a")]
    single = "|".join(sorted(map(re.escape, one), key=len, reverse=True)) or r"(?!)"
    between = "|".join(sorted(map(re.escape, entries(language, "figures", "qualified")), key=len, reverse=True)) or r"(?!)"
    first = re.escape("".join(sorted({name[0] for name in (*words.numbers, *one, *signs())})))
    return re.compile(
        rf"(?=[\d€$£¥₽₴₩₹₺{first}])(?<![^\W_])"  # no more than a look at most places
        rf"(?:(?<![^\W_])(?P<sign>{sign}){_GAP})?"
        rf"(?:(?<![^\W_])(?<![^\W\d_][-‑–])(?<!\d[.,:/])(?<!(?:19|20)\d\d[-‑–])(?P<number>{_MIXED}|{_NUMBER})"
        rf"|(?<![\w-])(?P<word>{many})(?![^\W_])"
        rf"|(?<![\w-])(?P<one>{single})(?=[ -](?:(?:{scales}|full|half)\s"
        rf"|(?:{scales}|percentage point|point|per cent|percent|prozent|pour cent)(?![^\W_]))))"
        rf"(?P<raised>{_RAISED})(?:{_GAP}-?(?P<scale>{scales})(?![^\W_])\.?)?"
        rf"(?:(?:{_GAP}|-| d['’]| de | of )(?:(?:{between})\s)?(?P<unit>{unit})(?![^\W_]))?",
        re.IGNORECASE,
    )


@cache
def _numbered(language: str) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, entries(language, "figures", "numbered")), key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{words})s?[ \u00a0-]$", re.I)


@kept
def quantities(text: str, language: str = "en", loose: bool = False) -> tuple[Quantity, ...]:
    """Return the quantities of a text, in order; a range or a list gives its unit to all of its numbers.

    `loose` takes more for a quantity: a lone year for a number, a quarter for a share; right for a ground, not for a claim.
    """
    language = known(language)
    if not _DIGIT.search(text) and _number_words(language).isdisjoint(word_set(text)) and not says_every(text, language):
        return ()
    taken = _Taken(
        [*((day.start, day.end) for day in (*dates(text), *ranged(text))), *(match.span() for match in _CLOCK.finditer(text))]
    )
    made: list[Quantity] = []
    for row in shares(text, language, loose):
        if taken.free(row.start, row.end) and not _percent_follows(text, row.end):
            if not loose or row.unit != "%":
                taken.take(row.start, row.end)
            step, share = (SHARE_STEP, row.unit == "%") if row.scale == 1 else (row.scale / 2, False)
            made.append(
                _around(Quantity(row.value, row.unit, "", row.start, row.end, step, row.scale, True, share), text, language)
            )
    for match in _pattern(language).finditer(text):
        if taken.free(_begins(match), match.end()) and (number := _read(match, text, language, loose)):
            made.append(_around(number, text, language))
    made.sort(key=lambda row: row.start)
    return tuple(_units_shared(made, text))


class _Taken:
    """Places of a text that are read already."""

    def __init__(self, places: list[tuple[int, int]]) -> None:
        self._places = sorted(places)

    def free(self, start: int, end: int) -> bool:
        at = bisect_left(self._places, (end, 0)) - 1
        return not any(last > start for _, last in self._places[max(0, at - 1) : at + 1])

    def take(self, start: int, end: int) -> None:
        insort(self._places, (start, end))


def _percent_follows(text: str, end: int) -> bool:
    return bool(re.match(r"\s?(?:%|per ?cent|prozent|pour cent)", text[end : end + 10], re.I))


def _around(row: Quantity, text: str, language: str) -> Quantity:
    adjective = row.unit in durations() and _HYPHEN.search(text, row.start, row.end)  # above the 20-year mean: no bound of years
    bound, first, last = ("", row.start, row.end) if adjective else bound_of(text, row.start, row.end, language)
    return row._replace(
        bound=bound, first=first, last=last, counted=counted(text, row.end), rate=rate_of(text, row.end, language)
    )


def _begins(match: re.Match[str]) -> int:
    return match.start("number" if match["number"] else "word" if match["word"] else "one")


def _read(match: re.Match[str], text: str, language: str, loose: bool) -> Quantity | None:
    """Return the number of a match, None where it names or dates something."""
    if match["number"] and _names(match, text, language, loose):
        return None
    scaled, unit, end = _scale_and_unit(match, text)
    words = table(language)
    scale = 10.0 ** words.scales.get(scaled, 0)
    if not match["number"]:
        value, step = float(words.numbers.get((match["word"] or "").lower(), 1)), 1.0
    else:
        value, step = _value(match["number"], words.comma)
        if match["number"] == "10" and match["raised"]:
            value = step = 10.0 ** int(unicodedata.normalize("NFKC", match["raised"]))
    named = units(language).get(unit, unit)
    named, power = bases().get(named, (named, 0))
    factor = scale * 10.0**power
    start = match.start("sign") if match["sign"] else _begins(match)
    return Quantity(value * factor, named, "", start, end, step * factor, factor, word=not match["number"])


def _names(match: re.Match[str], text: str, language: str, loose: bool) -> bool:
    """Return whether a bare number is a year, a part of a name (2nd, 5G, 30er), or says which one (Section 4)."""
    if match["sign"] or match["scale"] or match["unit"]:
        return False
    written = match["number"]
    if not loose and len(written) == 4 and written.isdigit() and 1500 <= int(written) <= 2199:
        return True
    numbered = _numbered(language).search(text[max(0, match.start() - 14) : match.start()])
    return text[match.end() : match.end() + 1].isalpha() or numbered is not None


def _scale_and_unit(match: re.Match[str], text: str) -> tuple[str, str, int]:
    """Return scale and unit in small letters, and where they end: 18 m are metres, and €18 m are millions."""
    scaled, unit = (match["scale"] or "").lower(), (match["sign"] or match["unit"] or "").lower().replace(" $", "$")
    apart = scaled in ("m", "k") and not match["sign"] and text[match.start("scale") - 1] in " \u00a0\u202f"
    if not apart:
        return scaled, unit, match.end()
    return "", "metre" if scaled == "m" else "", match.end("number") if match["number"] else match.end()


def _value(written: str, comma: bool) -> tuple[float, float]:
    """Return a number and the worth of its last place; the language says which sign parts the decimals."""
    if "/" in written:
        whole, _, part = written.replace("\u00a0", " ").partition(" ")
        above, _, below = part.partition("/")
        return float(whole) + float(above) / max(1.0, float(below)), 1 / max(1.0, float(below))
    plain = _GROUPS.sub("", written)
    mark, group = (",", ".") if comma else (".", ",")
    whole, _, decimals = plain.partition(mark) if plain.count(mark) == 1 else (plain.replace(mark, ""), "", "")
    if group in whole and not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole):
        whole, _, decimals = plain.partition(group)  # the other language's sign: 3,2 in English
    whole = re.sub(r"[.,]", "", whole)
    decimals = re.sub(r"[.,]", "", decimals)
    trailing = len(whole) - len(whole.rstrip("0")) if not decimals and whole.strip("0") else 0
    return float(f"{whole}.{decimals or 0}"), 10.0 ** (trailing - len(decimals))


def _units_shared(made: list[Quantity], text: str) -> list[Quantity]:
    """Give the unit and the scale at one end of a range or list to its other numbers: €2 to 3 billion, 10-15 percent."""
    for at in range(len(made) - 2, -1, -1):
        one, following = made[at], made[at + 1]
        apart = following.start < one.end or not _TO.fullmatch(text[one.end : following.start])
        whole = bool(one.unit) and text[one.start].isalnum() and not text[one.start].isalpha()  # 8 % to 2.3 million: two units
        if apart or whole or one.share or following.share or TIMES in (one.unit, following.unit):
            continue
        alike = not one.unit or one.unit == following.unit or not following.unit
        if one.scale == 1 != following.scale and one.value < 1000 and alike:
            one = one._replace(value=one.value * following.scale, step=one.step * following.scale, scale=following.scale)
        if not one.unit:
            one = one._replace(unit=following.unit)
        elif not following.unit and not following.bare:
            made[at + 1] = following._replace(unit=one.unit)
        made[at] = one if one.counted else one._replace(counted=following.counted)
    return made


@kept
def years(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return the years that stand alone or in a date, each with its place."""
    return tuple((int(m[0]), *m.span()) for m in _LONE_YEAR.finditer(text)) if _DIGIT.search(text) else ()
