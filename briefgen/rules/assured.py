"""CNF-03: words that say how firm the ground is, in an assessment whose field does not say so, or whose evidence is too thin.

In: our own texts. Out: findings. A degree beside a noun of confidence or doubt, or sources that are counted as agreeing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.evidence import evidence_of, groups
from briefgen.language.wordlists import base
from briefgen.model.parts import Judgement, Risk
from briefgen.model.terms import Relation
from briefgen.model.yardstick import Confidence
from briefgen.rules.context import Context, Finding, at
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
