"""Where articles contradict each other: proposed as disagreements, with both sides quoted; whether they do, a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefgen.drafters import items
from briefgen.drafters.events import Pick, contradictions
from briefgen.drafters.parts import Read, Reading
from briefgen.drafters.ranking import similarity
from briefgen.drafters.reprints import COPY
from briefgen.drafters.wording import fragment, quoted
from briefgen.language.wordlists import cues, plain
from briefgen.model.text import to_write

MOST, CANDIDATES, COMPARED = 4, 25, 600  # disagreements proposed; sentences compared: of an article, of all
ABOUT = {"timing": "how soon", "figure": "which figure", "denial": "whether it is so"}


def disagreements(readings: Sequence[Reading], language: str) -> list[dict[str, Any]]:
    """Return what the articles tell differently, the likeliest contradictions first, each sentence in one of them only."""
    each = max(2, min(CANDIDATES, COMPARED // max(1, len(readings))))
    rows = [(Pick("", read, 0.0), reading.language) for reading in readings for read in _able(reading)[:each]]
    found = [(rows[one][0].read, rows[other][0].read, why) for one, other, why in contradictions(rows)]
    found.sort(key=lambda row: (-similarity(row[0].terms, row[1].terms), row[0].sentence.start))
    made: list[dict[str, Any]] = []
    used: set[tuple[int, int]] = set()
    for one, other, why in found:
        places = {(read.sentence.article, read.sentence.start) for read in (one, other)}
        if not places & used and len(made) < MOST:
            used |= places
            made.append(_values(len(made) + 1, (one, other), why, language))
    return made


def _able(reading: Reading) -> list[Read]:
    """Return the sentences of an article that can contradict something: they time, count or deny."""
    own = cues(reading.language)
    able = []
    for read in reading.sentences:
        if COPY in read.flags:
            continue
        text = plain(read.sentence.text)
        timed = own.has("soon", text) or own.has("late", text)
        if (timed or "denied" in read.flags or any(sign.isdigit() for sign in text)) and "question" not in read.flags:
            able.append(read)
    return sorted(able, key=lambda read: (-max(read.fit.values()), read.sentence.start))


def _values(number: int, pair: tuple[Read, Read], why: str, language: str) -> dict[str, Any]:
    sides = [{"text": quoted(fragment(read.sentence.text), language), "evidence": [items.evidence(read)]} for read in pair]
    about = to_write(f"what they disagree about, perhaps {ABOUT[why]}")
    handling = to_write("how the brief handles it; delete the entry if they do not disagree")
    return {"id": f"X{number}", "about": about, "review": "open", "sides": sides, "handling": handling}
