"""Who it was: a person or an office in the place of another one of its kind that the quoted sentence names.

In: a text, the sentences of its quotes, what else is near. Out: `Said` rows of the kind actor. Offices are of one kind that share
their head (the Department of Energy, of Transport; North and South Korea); a claim may name another one from elsewhere in its
article, so that all of it asks and nothing blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from briefgen.evidence.compare.ground import Kind, Said
from briefgen.findings.diagnostics import Verdict
from briefgen.language.names import Name, names, stands, without_weight

MOST = 24
"""Names of one text that are looked at."""
_OF = re.compile(r"([^\W\d_][\w’'-]+) (?:of|for) (?:the )?(.+)")


def actors(text: str, quoted: Sequence[str], near: Sequence[str], language: str) -> Iterator[Said]:
    """Yield a name that stands nowhere near where the quoted sentence has another one of its kind that the text lacks."""
    mine = [name for name in names(text, language)[:MOST] if " " in name.text and not stands(name.text, near, near)]
    if not mine:
        return
    for sentence in quoted:
        theirs = [name for name in names(sentence, language)[:MOST] if " " in name.text and name.text.split()[-1] not in text]
        for name in mine:
            other = next((one for one in theirs if _one_kind(name, one)), None)
            if other:
                at, there = (name.start, name.start + len(name.text)), (other.start, other.start + len(other.text))
                yield Said(Kind.ACTOR, Verdict.NOT_FOUND, name.text, other.text, at, there, sentence)
                return


def _one_kind(one: Name, other: Name) -> bool:
    """Return whether two names differ in one word of the same head."""
    mine, theirs = _OF.fullmatch(one.text), _OF.fullmatch(other.text)
    if mine and theirs:
        return mine[1] == theirs[1] and mine[2].split()[0] != theirs[2].split()[0]
    first, second = one.text.split(), other.text.split()
    if len(first) != len(second) or len(first) > 3:
        return False
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    return len(differing) == 1 and first[-1] == second[-1] and not {w.lower() for w in differing[0]} & _titles()


@cache
def _titles() -> frozenset[str]:
    """Return the words before a name that tell no kind; a point of the compass does: North and South Korea."""
    return without_weight() - frozenset(["north", "south", "east", "west", "northern", "southern", "eastern", "western"])
