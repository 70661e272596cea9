"""The same event told twice becomes one item with two pieces of evidence; told differently, it becomes a disagreement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefgen.drafters.parts import Read
from briefgen.drafters.ranking import overlap, similarity
from briefgen.language.tables import units
from briefgen.language.wordlists import cues, plain

SAME_WITHIN, SAME_ACROSS, RELATED = 0.3, 0.24, 0.15
ALIKE = 4  # words shared by two sentences on one thing that name nobody
_PERCENT = "|".join(sorted((word for word, unit in units().items() if unit == "%"), key=len, reverse=True))
_FIGURE = re.compile(rf"(?<![\w.])(\d[\d.,]*)\s*({_PERCENT}|\w+)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Pick:
    """An item of the draft: its section, its sentence, further ones that tell the same, and those that contradict it."""

    section: str
    read: Read
    weight: float
    also: tuple[Read, ...] = ()


def same(one: Read, other: Read) -> bool:
    """Return whether two sentences tell one event: like words and, between articles, a shared actor or a shared figure."""
    near = similarity(one.terms, other.terms)
    if one.sentence.article == other.sentence.article:
        return near >= SAME_WITHIN
    shared = overlap(one.actors, other.actors) >= 0.5 or bool(_figures(one) & _figures(other))
    return near >= SAME_ACROSS or (near >= RELATED + 0.05 and shared)


def _figures(read: Read) -> frozenset[tuple[str, str]]:
    """Return the figures of a sentence with the unit that follows; years are none."""
    found = _FIGURE.findall(plain(read.sentence.text))
    return frozenset((number.rstrip(".,"), unit.casefold()) for number, unit in found if not _YEAR.fullmatch(number))


def contradictions(picks: Sequence[tuple[Pick, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield pairs of picks from different articles that tell a related event otherwise: timing, a figure, or a denial.

    Takes each pick with its language. The reason is `timing`, `figure` or `denial`.
    """
    for index, (one, language) in enumerate(picks):
        for later, (other, tongue) in enumerate(picks[index + 1 :], index + 1):
            apart = one.read.sentence.article != other.read.sentence.article and language == tongue
            if apart and (why := differs(one.read, other.read, language)):
                yield index, later, why


def differs(one: Read, other: Read, language: str) -> str:
    """Return how two sentences on a related event contradict each other, empty where they do not."""
    near = similarity(one.terms, other.terms)
    shared = len(set(one.terms) & set(other.terms))
    if near < 0.1 or shared < 2:
        return ""
    if _timing(one, other, language):
        return "timing"
    if near >= RELATED and ("denied" in one.flags) != ("denied" in other.flags):
        return "denial"
    alike = shared >= ALIKE or bool(set(one.actors) & set(other.actors))  # a figure alone: prices rise everywhere
    return "figure" if near >= RELATED and alike and _other_figure(one, other) else ""


def _timing(one: Read, other: Read, language: str) -> bool:
    own = cues(language)
    first, second = plain(one.sentence.text), plain(other.sentence.text)
    soon = (own.has("soon", first) and not own.has("late", first), own.has("soon", second) and not own.has("late", second))
    late = (own.has("late", first), own.has("late", second))
    return (soon[0] and late[1]) or (soon[1] and late[0])


def _other_figure(one: Read, other: Read) -> bool:
    first, second = _figures(one), _figures(other)
    units = {unit for _, unit in first} & {unit for _, unit in second} - {""}
    return bool(units) and not first & second
