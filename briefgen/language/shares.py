"""Shares and multiples in words: a third, two thirds, half, one in five, three out of four; doubled, twice as many, threefold.

In: an English text. Out: `Figure` rows, a share as a percentage with a wide step (`ROUGH`), for nobody counts thirds by halves of
a per cent; a multiple with the unit `TIMES`. A quarter of a year and the third of March are neither.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from briefgen.language.figures import Figure, bound_before
from briefgen.language.memo import kept
from briefgen.language.negation import word_set
from briefgen.language.tables import table
from briefgen.language.wordlists import entries, section, split

ROUGH = Decimal(3)
"""The step of a share in words."""
TIMES = "times"
_SHARES = {"third": Decimal(100) / 3, "quarter": Decimal(25), "fifth": Decimal(20), "tenth": Decimal(10), "half": Decimal(50)}
_SHARE = re.compile(
    r"\b(?:(?P<n>a|one|two|three|four)[ -])?(?P<share>third|quarter|fifth|tenth|half|halve)s?\b"
    r"(?P<of> (?:of|more|less|the|its|their|all)\b)?",
    re.IGNORECASE,
)
_COUNT = {word: number for number, word in enumerate(entries("en", "figures", "numbers")[:12], 1)}
_COUNTED = rf"{'|'.join(_COUNT)}|[1-9]\d?"
_OUT_OF = re.compile(
    rf"(?<![\w.,-])(?P<part>{_COUNTED}) (?:in(?: every)?|out of(?: every)?) (?P<whole>{_COUNTED})(?![\w%-]|[.,]\d)"
    r"(?! (?:second|minute|hour|day|week|month|quarter|year|million|billion|percent|per cent|%))",
    re.IGNORECASE,
)
_SOME_OF = re.compile(r"(?<![\w.,-])(?P<part>\d{1,6}) (?:out )?of (?:the |its |their |all )?(?P<whole>\d{1,6})(?![\w%-]|[.,]\d)")
_MULTIPLES = {n: "|".join(split(words)) for n, words in section("en", "figures")["multiples"].items()}
_MULTIPLE = re.compile(
    rf"(?<![\w-])(?:{'|'.join(f'(?P<x{n}>{words})' for n, words in _MULTIPLES.items())})(?![\w-])", re.IGNORECASE
)
_SIGNS = frozenset([f"{name}{ending}" for name in (*_SHARES, "halve") for ending in ("", "s")])
_TIMES_SIGNS = frozenset(re.findall(r"[a-z]+", " ".join(_MULTIPLES.values()))) - {"as", "the", *_COUNT}


@kept
def shares(text: str, language: str, loose: bool = False) -> tuple[Figure, ...]:
    """Return the shares and multiples of an English text in their order, nothing for another language.

    `loose` takes `a quarter` for a share wherever it stands: right for what a claim may rest on, not for the claim itself.
    """
    if not language.startswith("en"):
        return ()
    words = word_set(text)
    found = [*_fractions(text, loose)] if not _SIGNS.isdisjoint(words) else []
    if not {"in", "of"}.isdisjoint(words):
        found += [*_ratios(text, _OUT_OF), *(_ratios(text, _SOME_OF) if loose else ())]
    if not _TIMES_SIGNS.isdisjoint(words):
        found += _multiples(text)
    return tuple(sorted(found, key=lambda row: row.start))


def with_shares(found: tuple[Figure, ...], text: str, language: str, loose: bool = False) -> list[Figure]:
    """Return figures and shares together; in a claim the numbers inside a share are none by themselves (one in five)."""
    written = shares(text, language, loose)
    if not written:
        return list(found)
    named = _Places([one for one in found if one.unit])
    rows = [row for row in written if row not in named]
    inside = _Places(rows)
    return sorted([*rows, *(found if loose else (one for one in found if one not in inside))], key=lambda row: row.start)


class _Places:
    """Where some figures stand, for a look whether another one overlaps any of them."""

    def __init__(self, rows: Sequence[Figure]) -> None:
        self._starts = [row.start for row in rows]
        self._ends = [row.end for row in rows]

    def __contains__(self, one: Figure) -> bool:
        before = bisect_left(self._starts, one.end) - 1
        return before >= 0 and self._ends[before] > one.start


def _fractions(text: str, loose: bool) -> Iterator[Figure]:
    for match in _SHARE.finditer(text):
        if not (match["of"] or loose) or not (match["n"] or match["share"].lower() == "half"):
            continue  # the third of March, a quarter of an hour later
        value = _SHARES[match["share"].lower().replace("halve", "half")] * _COUNT.get((match["n"] or "").lower(), 1)
        yield Figure(value, "%", _bound(text, match.start()), match.start(), match.end("share"), ROUGH, Decimal(1))


def _ratios(text: str, sign: re.Pattern[str]) -> Iterator[Figure]:
    for match in sign.finditer(text):
        part, whole = (_COUNT.get(match[name].lower()) or int(match[name]) for name in ("part", "whole"))
        if part < whole:
            yield Figure(Decimal(100 * part) / whole, "%", _bound(text, match.start()), *match.span(), ROUGH, Decimal(1))


def _multiples(text: str) -> Iterator[Figure]:
    for match in _MULTIPLE.finditer(text):
        value = Decimal((match.lastgroup or "x1")[1:])
        yield Figure(value, TIMES, _bound(text, match.start()), *match.span(), Decimal(1), Decimal(1))


def _bound(text: str, start: int) -> str:
    return bound_before(text[max(0, start - 24) : start], table("en").bounds)
