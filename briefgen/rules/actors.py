"""Rules of stakeholders: what is our inference says so, who is named is listed, Member States keep their order."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.language.gazetteer import Actor, actors
from briefgen.model.parts import Stakeholder
from briefgen.model.terms import Review, Status
from briefgen.rules.context import Context, Finding, at, finding
from briefgen.rules.passages import Kind, Passage
from briefgen.rules.wording import of_kind

NAMED_IN = 3
"""In how many items a state or body stands before its absence from the stakeholders is worth a word."""
ENOUGH = 3
"""How many stakeholders a list has before somebody is missed in it: a thin draft names one."""
_ITEMS = ("/key_developments/", "/key_judgements/", "/risks/", "/outlook/scenarios/")


def inferred(context: Context) -> Iterator[Finding]:
    """STK-01: a position or an interest without evidence, speaker or mark is our inference, and does not say so."""
    if context.table.lacks("inference"):
        return
    told: set[str] = set()
    for passage in of_kind(context, Kind.POSITION, Kind.INTEREST):
        node = passage.node
        if not isinstance(node, Stakeholder) or node.evidence or passage.item + passage.kind in told:
            continue
        marked = node.status in (Status.ASSESSMENT, Status.ASSUMPTION) and passage.kind is Kind.POSITION
        if marked or passage.has("inference") or _stated(context, passage):
            continue
        told.add(passage.item + passage.kind)
        message = f"the {passage.kind} of {node.name} has no evidence and no speaker: it is our inference"
        cure = "add evidence, or begin with “Our inference:”"
        yield at(passage, (0, len(passage.text)), message, cure)


def _stated(context: Context, passage: Passage) -> bool:
    """Return whether somebody says it: “fears”, “sees” and their like tell what nobody said."""
    minds = context.table.pattern("minds")
    return passage.spoken and any(not minds.fullmatch(match[0]) for match in passage.find("speech+speech_frames"))


def missing(context: Context) -> Iterator[Finding]:
    """STK-02: a state or body that three items or more name, and that is no stakeholder."""
    listed = context.summary.stakeholders
    table = " · ".join(node.name for node in listed)
    if len(listed) < ENOUGH or context.table.lacks("inference"):
        return
    rows = [(p.item, p.unquoted) for p in context.passages if p.item.startswith(_ITEMS)]
    every = "\n".join(text for _, text in rows)
    for actor in actors():
        if actor.group in ("members", "candidates", "others", "bodies") and not _covered(actor, table) and actor.stands_in(every):
            items = {item for item, text in rows if actor.stands_in(text)}
            if len(items) >= NAMED_IN:
                message = f"{actor.name} stands in {len(items)} items, and not among the stakeholders"
                yield finding("/stakeholders", message, f"add `- {{name: {actor.name}, role: …}}`, or waive it")


def _covered(actor: Actor, table: str) -> bool:
    """Return whether a name in the table means an actor: by itself, or with the Union that it is a part of."""
    union = actor.group in ("members", "bodies") and any(word in table for word in ("EU", "Member States", "Europe"))
    return actor.stands_in(table) or union


def order(context: Context) -> Iterator[Finding]:
    """STK-04: Member States that follow each other out of protocol order; what a drafter left for review has no order yet."""
    places = {actor.name: actor.place for actor in actors() if actor.group == "members"}
    before: tuple[str, int] | None = None
    for index, node in enumerate(context.summary.stakeholders):
        place = None if node.review is Review.OPEN else places.get(node.name)
        if place is not None and before and place < before[1]:
            message = f"{node.name} comes before {before[0]} in the protocol order of the Member States"
            yield finding(f"/stakeholders/{index}/name", message, "put it before; order by importance needs a waiver")
        before = (node.name, place) if place is not None else None
