"""How well a sentence fits each section: weights of cues for developments, risks and outlook, zero where a condition fails.

A risk needs a harm and a way to Europe; an outlook needs something to come. A question, a scene or an “I” is none of them.
Without cues, position and centrality alone decide, and only developments are proposed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from briefgen.drafters.parts import Sentence
from briefgen.language.wordlists import Table
from briefgen.model.terms import Genre

SECTIONS = ("developments", "risks", "outlook")
_NUMBER = re.compile(r"\d")
_EUROPEANS = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "eu",
        "commission",
        "council",
        "parliament",
    ]
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a sentence when it is weighed."""

    sentence: Sentence
    flags: frozenset[str]
    genre: Genre
    central: float
    titled: float
    actors: tuple[str, ...]
    text: str


def fit(signs: Signs, cues: Table) -> Mapping[str, float]:
    """Return the weight of a sentence for each section, 0 where it has no place there."""
    if not cues.known:
        lead = max(0.0, 1 - 3 * signs.sentence.place)
        return {"developments": lead + signs.central, "risks": 0.0, "outlook": 0.0}
    if "question" in signs.flags or len(signs.text.split()) < 6:
        return dict.fromkeys(SECTIONS, 0.0)
    weights = {"developments": _development(signs, cues), "risks": _risk(signs, cues), "outlook": _outlook(signs, cues)}
    return {name: max(0.0, weight) for name, weight in weights.items()}


def _development(signs: Signs, cues: Table) -> float:
    flags = signs.flags
    personal = 1.5 if "personal" in flags and "reported" not in flags else 0.0
    judged = 0.7 if "opinion" in flags and not signs.actors else 0.2 if "opinion" in flags else 0.0
    return (
        1.0 * max(0.0, 1 - 4 * signs.sentence.place)
        + 0.9 * signs.central
        + 0.8 * signs.titled
        + 0.6 * cues.has("event", signs.text)
        + 0.3 * min(2, len(signs.actors))
        + 0.5 * ("reported" in flags)
        + 0.3 * bool({"cites", "unnamed"} & flags)
        + 0.3 * bool(_NUMBER.search(signs.text))
        - 1.2 * ("background" in flags)
        - 1.0 * ("scene" in flags)
        - 0.5 * ("coming" in flags)
        - personal
        - judged
    )


def _risk(signs: Signs, cues: Table) -> float:
    harm = cues.count("harm", signs.text)
    europe = cues.has("europe", signs.text) or bool(_EUROPEANS & set(signs.actors))
    if not harm or not europe:
        return 0.0
    flags = signs.flags
    return (
        0.8 * min(3, harm)
        + 0.5 * cues.has("europe", signs.text)
        + 0.5 * min(2, cues.count("channel", signs.text))
        + 0.5 * ("hedged" in flags)
        + 0.4 * cues.has("condition", signs.text)
        + 0.4 * ("forecast" in flags)
        + 0.3 * signs.central
        - 1.2 * ("background" in flags)
        - 1.0 * ("scene" in flags)
        - 0.8 * ("personal" in flags and "forecast" not in flags)
    )


def _outlook(signs: Signs, cues: Table) -> float:
    flags = signs.flags
    if "coming" not in flags:
        return 0.0
    harm = cues.has("harm", signs.text) and cues.has("europe", signs.text)
    return (
        0.9 * min(2, cues.count("future", signs.text) + cues.has("appointment", signs.text) * cues.has("dated", signs.text))
        + 0.7 * cues.has("dated", signs.text)
        + 0.7 * signs.sentence.place
        + 0.3 * signs.central
        + 0.2 * min(2, len(signs.actors))
        + 0.3 * ("hedged" in flags)
        - 0.7 * cues.has("condition", signs.text)
        - 0.4 * harm
        - 0.8 * ("background" in flags)
        - 0.8 * ("scene" in flags)
        - 0.6 * ("quote" in flags)
        - 0.6 * ("personal" in flags)
    )
