"""The clauses of a text: its sentences, parted at semicolons, colons, dashes and some conjunctions, each with its place.

In: a text and its language. Out: `Clause` rows, and which clause of one text says what a clause of another says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from briefgen.language.memo import kept, sentences
from briefgen.language.stems import small, stem, words_of
from briefgen.language.wordlists import bars, either

LIMIT = 60
"""Clauses of one text that are looked at: more stand in no wording of a claim."""
ALIKE = 0.34
"""The part of a clause's words that another must share to say the same, where there is a choice."""
_PARTS = re.compile(rf"[;:]\s|\s[–—]\s|,\s(?=(?:{either('wordings', 'conjunctions')})\b)")
_NO_DENIAL = re.compile(rf"\b(?:{bars('denials', 'none')})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Clause:
    """One clause of a text, with its place; bounds that look like denials are blanked out."""

    text: str
    start: int
    question: bool

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of what it is about."""
        return frozenset(stem(word) for word in words_of(self.text) if len(word) > 3 and word not in small())


@kept
def clauses(text: str, language: str) -> tuple[Clause, ...]:
    """Return the clauses of a text in their order."""
    found = []
    text = _NO_DENIAL.sub(lambda match: " " * len(match[0]), text)
    for piece in sentences(text, language):
        at = 0
        for end, following in [*(match.span() for match in _PARTS.finditer(piece.text)), (len(piece.text), 0)]:
            found.append(Clause(piece.text[at:end], piece.start + at, piece.text.endswith("?")))
            at = following
    return tuple(row for row in found if row.text.strip())[:LIMIT]


def nearest(clause: Clause, there: Sequence[Clause]) -> int | None:
    """Return which clause says the same, None where none shares a third of the words."""
    scores = [len(clause.stems & other.stems) / max(1, len(clause.stems)) for other in there]
    best = max(range(len(there)), key=lambda n: scores[n], default=None)
    return best if best is not None and scores[best] >= ALIKE else None
