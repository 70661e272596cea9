"""Stakeholders: whom the articles name most, with the best evidence for each, and the position where they speak themselves.

What their part is, nobody can read off a list of names: `role` is left to be written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from briefgen.drafters import items
from briefgen.drafters.actors import Gazetteer
from briefgen.drafters.parts import Read, Reading
from briefgen.drafters.reprints import COPY
from briefgen.drafters.wording import fragment, quoted
from briefgen.model.text import to_write

MOST, LEAST = 14, 0.5
HEAD = 20  # characters: who is named later in the words for a speaker is not the one who speaks


class Named(NamedTuple):
    """One stakeholder: the key in the gazetteer, how much is said of them, and the sentences that name them, the best first."""

    key: str
    weight: float
    reads: tuple[Read, ...]
    speaks: bool


def ranked(readings: Sequence[Reading], names: Sequence[Gazetteer]) -> list[Named]:
    """Return whom the articles name, the most named first; a name in a place alone counts half, a speaker double."""
    weights: dict[str, float] = {}
    best: dict[str, list[tuple[float, Read, bool]]] = {}
    for reading, gazetteer in zip(readings, names, strict=True):
        for read in reading.sentences:
            if COPY in read.flags:
                continue
            speakers = (
                {hit.key for hit in gazetteer.find(read.attribution.who) if hit.start <= HEAD} if read.attribution else set()
            )
            for hit in gazetteer.find(read.sentence.text):
                speaks = hit.key in speakers
                weight = hit.weight * (2 if speaks else 1)
                weights[hit.key] = weights.get(hit.key, 0.0) + weight
                if hit.weight:
                    best.setdefault(hit.key, []).append((weight, read, speaks))
    found = sorted(weights.items(), key=lambda row: (-row[1], row[0]))
    return [_named(key, weight, best[key]) for key, weight in found if weight >= LEAST and key in best]


def _named(key: str, weight: float, rows: list[tuple[float, Read, bool]]) -> Named:
    ordered = sorted(rows, key=lambda row: (-row[0], row[1].sentence.article, row[1].sentence.start))
    return Named(key, weight, tuple(row[1] for row in ordered), ordered[0][2])


def stakeholders(readings: Sequence[Reading], names: Sequence[Gazetteer], language: str) -> list[dict[str, Any]]:
    """Return the stakeholders as a summary's file holds them, MOST of them."""
    return [_values(n, each, names[0], language) for n, each in enumerate(ranked(readings, names)[:MOST], 1)]


def _values(number: int, named: Named, names: Gazetteer, language: str) -> dict[str, Any]:
    read = next((each for each in named.reads if _told(each, named.key, names)), named.reads[0])
    made: dict[str, Any] = {"id": f"A{number}", "name": names.names[named.key], "kind": names.kinds[named.key]}
    made["role"] = to_write("their part in it")
    if named.speaks and read is named.reads[0] and read.attribution:
        made["position"] = quoted(fragment(read.sentence.text), language)
        made["status"] = "denied" if read.attribution.how == "denied" else "claimed"
    evidence = items.evidence(read)
    if not _told(read, named.key, names):
        evidence["quote"] = read.sentence.text  # in full: the part that is quoted otherwise does not name them
    return {**made, "review": "open", "evidence": [evidence]}


def _told(read: Read, key: str, names: Gazetteer) -> bool:
    """Return whether what is quoted of a sentence names a stakeholder."""
    return any(hit.key == key for hit in names.find(fragment(read.sentence.text)))
