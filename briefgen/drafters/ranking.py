"""Which sentences stand for their text: terms weighed by how rare they are, nearness to the middle of all, and unlike neighbours.

Linear in the number of sentences: each is compared with the centroid of its article, not with every other one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from briefgen.language.segment import words
from briefgen.language.wordlists import Table

STEM = 6  # letters: “presidents” and “presidential” are one term, in every language
Terms = Mapping[str, float]
T = TypeVar("T")


def stems(text: str, cues: Table) -> list[str]:
    """Return the content words of a text, cut to their stems; numbers stay whole."""
    stop = cues.words("stop")
    found = []
    for word in words(text):
        lower = word.text.casefold().removesuffix("’s").removesuffix("'s")
        if lower not in stop and (len(lower) > 2 or lower.isdigit()):
            found.append(lower if lower[0].isdigit() else lower[:STEM])
    return found


def weigh(texts: Sequence[Sequence[str]]) -> list[Terms]:
    """Return the terms of each text as a unit vector: frequency in the text, rarity among the texts."""
    spread = Counter(term for text in texts for term in set(text))
    rarity = {term: math.log(1 + len(texts) / count) for term, count in spread.items()}
    return [_unit({term: count * rarity[term] for term, count in Counter(text).items()}) for text in texts]


def centrality(vectors: Sequence[Terms]) -> list[float]:
    """Return for each vector how near it is to the middle of all, from 0 to 1 (the nearest)."""
    middle: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            middle[term] = middle.get(term, 0.0) + weight
    unit = _unit(middle)
    near = [similarity(vector, unit) for vector in vectors]
    most = max(near, default=0.0)
    return [each / most if most else 0.0 for each in near]


def similarity(one: Terms, other: Terms) -> float:
    """Return the cosine of two unit vectors."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Return the share of the smaller of two sets that both hold."""
    first, second = set(one), set(other)
    least = min(len(first), len(second))
    return len(first & second) / least if least else 0.0
