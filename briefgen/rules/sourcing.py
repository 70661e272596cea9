"""Rules of evidence that need the model only: confidence, opinion as support, contradictions, independence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefgen.evidence import cap, evidence_of, is_opinion, origin, original
from briefgen.language.wordlists import entries
from briefgen.model.parts import Development, Disagreement, Evidence, Item, Judgement, Risk, Stakeholder
from briefgen.model.terms import Relation, Status
from briefgen.rules.context import Context, Finding, finding
from briefgen.rules.wording import shown

REASONS = {
    "no_evidence": "no evidence is given",
    "contradicted": "evidence as strong speaks against it",
    "only_opinion": "opinion is all that supports it",
    "only_unnamed": "unnamed sources are all that support it",
    "only_opinion_or_unnamed": "opinion and unnamed sources are all that support it",
    "only_second_hand": "the original was not seen",
    "only_weak": "no source is graded A, B or C, and none is official",
    "one_strong": "one strong source stands alone",
    "one_strong_among_several": "one strong source is joined by weaker ones only",
    "several_fair": "no source is strong",
    "one_fair": "one fair source stands alone",
    "several_strong": "",
}


def _evidence(context: Context, node: Judgement | Risk) -> Sequence[Evidence]:
    return evidence_of(context.summary, node.rests_on) if isinstance(node, Judgement) else node.evidence


def _assessed(context: Context) -> Iterator[tuple[str, Judgement | Risk]]:
    for pointer, node in context.nodes:
        if isinstance(node, (Judgement, Risk)) and node.confidence:
            yield pointer, node


def confident(context: Context) -> Iterator[Finding]:
    """CNF-01: a confidence above what the evidence allows."""
    for pointer, node in _assessed(context):
        limit = cap(context.summary, _evidence(context, node))
        if node.confidence and node.confidence.rank > limit.confidence.rank:
            message = f"the evidence allows {limit.confidence} confidence, not {node.confidence}: {REASONS[limit.reason]}"
            ground = "`rests_on`" if isinstance(node, Judgement) else "`evidence`"
            cure = f"write `confidence: {limit.confidence}` or leave it out, or add sources under {ground}"
            yield finding(f"{pointer}/confidence", message, cure)


_EMPTY = frozenset(entries("en", "checks", "no_reason"))
"""Words that give no reason for being unsure: a reason has one other word at least."""


def unreasoned(context: Context) -> Iterator[Finding]:
    """CNF-02: a confidence below what the evidence allows, without a reason: the tool can't know it."""
    for pointer, node in _assessed(context):
        limit = cap(context.summary, _evidence(context, node))
        lower = node.confidence and node.confidence.rank < limit.confidence.rank
        if lower and not node.confidence_reason:
            message = f"the evidence allows {limit.confidence} confidence; {node.confidence} needs a reason"
            yield finding(f"{pointer}/confidence", message, "add `confidence_reason:`, why no higher")
        reason = getattr(node.confidence_reason, "full", "")
        if reason and context.summary.language.startswith("en") and _EMPTY.issuperset(re.findall(r"\w+", reason.casefold())):
            message = f"“{shown(reason)}” says again that we are not sure, not why"
            yield finding(f"{pointer}/confidence_reason", message, "say what is missing: one source, an old figure, a draft")


def _supports(evidence: Sequence[Evidence]) -> list[Evidence]:
    return [item for item in evidence if item.relation is Relation.SUPPORTS]


def established(context: Context) -> Iterator[Finding]:
    """STA-01: opinion or unnamed sources alone, shown as established."""
    for pointer, node in context.nodes:
        if isinstance(node, (Development, Stakeholder)) and node.status is Status.ESTABLISHED:
            supports = _supports(node.evidence)
            if supports and all(is_opinion(context.summary, e) or e.unnamed for e in supports):
                cure = "write `status: opinion`, `claimed` or `reported`, or add a source that saw it"
                yield finding(f"{pointer}/status", "opinion or an unnamed source alone can't make it established", cure)


def opinion(context: Context) -> Iterator[Finding]:
    """STA-05: opinion alone under a report, or under the bottom line."""
    for pointer, node in context.nodes:
        if not isinstance(node, (Development, Stakeholder)) or node.status is not Status.REPORTED:
            continue
        if _only_opinion(context, node.evidence):
            cure = "write `status: opinion`, or add a source that reports it; where the column relays one, add `cites:`"
            yield finding(f"{pointer}/status", "an opinion text alone does not report it", cure)
    if _only_opinion(context, evidence_of(context.summary, context.summary.rests_on)):
        cure = "add an item that rests on something else under `rests_on`"
        yield finding("/rests_on", "the bottom line rests on opinion alone", cure)


def _only_opinion(context: Context, evidence: Sequence[Evidence]) -> bool:
    supports = _supports(evidence)
    return bool(supports) and all(is_opinion(context.summary, item) for item in supports)


def contradicted(context: Context) -> Iterator[Finding]:
    """COR-01: evidence that contradicts a claim, and no disagreement that lists the item or the source."""
    named = listed(context.summary.disagreements)
    for pointer, node in context.nodes:
        if not isinstance(node, Item) or isinstance(node, Disagreement):
            continue
        for index, evidence in enumerate(getattr(node, "evidence", ())):
            if evidence.relation is Relation.CONTRADICTS and not named & {node.id, evidence.source}:
                shown = context.shown.get(pointer, "the item")
                cure = f"add an entry under `disagreements` with {shown} among its `items`, or with both `sides`"
                message = f"{evidence.source} contradicts {shown}, and no disagreement says so"
                yield finding(f"{pointer}/evidence/{index}/relation", message, cure)


def listed(disagreements: Sequence[Disagreement]) -> set[str | None]:
    """Return the ids of items and sources that some disagreement names."""
    names: set[str | None] = {name for entry in disagreements for name in entry.items}
    return names | {e.source for entry in disagreements for side in entry.sides for e in side.evidence}


def independent(context: Context) -> Iterator[Finding]:
    """COR-02: several sources that are one after reprints, or texts of one publisher."""
    summary = context.summary
    if len(summary.sources) < 2 or len({origin(summary, source) for source in summary.sources}) > 1:
        return
    reprints = len({original(summary, source).id for source in summary.sources}) == 1
    why = "the others reprint it" if reprints else f"all are of {summary.sources[0].publisher}"
    yield finding("/sources", f"the {len(summary.sources)} sources are one: {why}", "add a source of another origin")


def alone(context: Context) -> Iterator[Finding]:
    """COR-03: one source only."""
    if len(context.summary.sources) == 1:
        yield finding("/sources", "everything rests on one source", "add a second, independent one")
