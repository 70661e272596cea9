"""CNF-03: words that say how firm the ground is, in an assessment whose field does not say so, or whose evidence is too thin.

In: our own texts. Out: findings. A degree beside a noun of confidence or doubt, or sources that are counted as agreeing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.evidence import evidence_of, groups
from briefgen.language.stems import stem, words_of
from briefgen.language.wordlists import base
from briefgen.model.parts import Judgement, Risk
from briefgen.model.terms import Relation
from briefgen.model.yardstick import Confidence
from briefgen.rules.context import Context, Finding, at, finding
from briefgen.rules.passages import OURS, Kind, Passage
from briefgen.rules.spoken import expressions
from briefgen.rules.wording import of_kind


def assured(context: Context) -> Iterator[Finding]:
    """CNF-03: words of confidence in an assessment that no field carries."""
    language = base(context.summary.language)
    degree, agreeing = expressions("assured", language), expressions("agreeing", language)
    for passage in of_kind(context, *OURS, Kind.TITLE):
        match = degree.search(passage.unquoted)
        if match and not _carried(passage) and not _told(passage, match):
            cure = "leave the words out: `confidence:` says it, where the evidence allows it" if _has_field(passage) else _CURE
            yield at(passage, match.span(), f"“{match[0]}” says how sure we are, and no field does", cure)
        elif (match := agreeing.search(passage.unquoted)) and _origins(context, passage) < 2:
            message = f"“{match[0]}”, and what it rests on has {('no', 'one')[_origins(context, passage)]} origin"
            yield at(passage, match.span(), message, "leave it out, or add the evidence of the others")


MOST, SHARED, ALIKE = 60, 4, 0.7
"""Assessments that are compared, and the stems, and the part of the shorter text, that two on one thing have in common."""
_CURE = "leave the words out: how sure we are is said by the `confidence:` of a judgement or a risk"


def _has_field(passage: Passage) -> bool:
    return isinstance(passage.node, Judgement | Risk)


def _carried(passage: Passage) -> bool:
    return getattr(passage.node, "confidence", None) is Confidence.HIGH


def _told(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether LIK-04 or LIK-06 tells these words."""
    return any(
        row.start() < match.end() and match.start() < row.end()
        for name in ("confidence", "certainty")
        for row in passage.find(name)
    )


def _origins(context: Context, passage: Passage) -> int:
    """Return how many independent origins stand behind a text, two at most: what it rests on, or its own evidence."""
    node = passage.node
    rests = getattr(node, "rests_on", ())
    given = (*getattr(node, "evidence", ()), *evidence_of(context.summary, rests))
    return min(2, len(groups(context.summary, (e for e in given if e.relation is Relation.SUPPORTS))))


def differing(context: Context) -> Iterator[Finding]:
    """CNF-04: two assessments of one thing that a reader is told to trust to different degrees."""
    rows = [(pointer, node) for pointer, node in context.items if isinstance(node, Judgement | Risk) and node.confidence][:MOST]
    read = [
        (pointer, node, _stems(node.text.full if isinstance(node, Judgement) else node.mechanism.full)) for pointer, node in rows
    ]
    for at_, (pointer, node, mine) in enumerate(read):
        for before, other, theirs in read[:at_]:
            alike = len(mine & theirs) >= max(SHARED, ALIKE * min(len(mine), len(theirs)))
            if alike and node.confidence is not other.confidence:
                names = context.shown.get(before), context.shown.get(pointer)
                message = f"{names[0]} and {names[1]} say one thing, with {other.confidence} and {node.confidence} confidence"
                yield finding(
                    f"{pointer}/confidence", message, "give both the confidence that the weaker ground allows, or part them"
                )
                break


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(text) if len(word) > 3)
