"""Evidence: how firm the ground of a claim is, and whether a source really says what is claimed.

In: summaries, quotes, claims and the text of articles as data. Out: caps, places, and comparisons that can be explained. Opens no
file; nothing here guesses: what can't be decided is not said.
"""

from briefgen.evidence.confidence import (
    PRIMARY,
    Cap,
    Strength,
    all_evidence,
    cap,
    evidence_of,
    groups,
    is_opinion,
    origin,
    original,
    strength,
)

__all__ = [
    "PRIMARY",
    "Cap",
    "Strength",
    "all_evidence",
    "cap",
    "evidence_of",
    "groups",
    "is_opinion",
    "origin",
    "original",
    "strength",
]
