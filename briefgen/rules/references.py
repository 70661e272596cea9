"""Rules of ids: unique, written where they are referred to, of the right kind; sources that lead to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from briefgen.model.parts import Disagreement, Evidence, Item, Judgement, Risk, Scenario, Source, Stakeholder, Waiver, Watch
from briefgen.model.summary import Summary
from briefgen.rules.context import Context, Finding, finding

# Where a text or an id may stand, only what looks like an id is taken for one.
LIKE_ID = re.compile(r"[A-Z]{1,2}\d{1,3}")
TOP_LEVEL = frozenset(Summary.model_fields)


class Reference(NamedTuple):
    """One place that names an id, and the kind of item that it may name; `loose` where it may be a text as well."""

    pointer: str
    id: str
    kind: type[Item] | type[Source] | None = None
    loose: bool = False


def references(context: Context) -> Iterator[Reference]:
    """Yield every reference in the summary."""
    for pointer, node in context.nodes:
        match node:
            case Evidence():
                yield Reference(f"{pointer}/source", node.source, Source)
            case Source() if node.reprint_of:
                yield Reference(f"{pointer}/reprint_of", node.reprint_of, Source)
            case Summary() | Judgement():
                yield from _each(f"{pointer}/rests_on", node.rests_on)
            case Disagreement():
                yield from _each(f"{pointer}/items", node.items)
            case Risk():
                yield from _each(f"{pointer}/exposed", node.exposed, Stakeholder, loose=True)
                yield from _each(f"{pointer}/early_signs", node.early_signs, Watch, loose=True)
            case Scenario():
                yield from _each(f"{pointer}/indicators", node.indicators, Watch, loose=True)
            case Waiver() if node.item not in TOP_LEVEL:
                yield Reference(f"{pointer}/item", node.item)


def _each(pointer: str, ids: tuple[str, ...], kind: type[Item] | None = None, *, loose: bool = False) -> Iterator[Reference]:
    for index, identifier in enumerate(ids):
        if not loose or LIKE_ID.fullmatch(identifier):
            yield Reference(f"{pointer}/{index}", identifier, kind, loose)


def dangling(context: Context) -> Iterator[Finding]:
    """REF-01: a reference to an id that nobody wrote; the cure is the line to add."""
    for reference in references(context):
        if reference.id not in context.by_id:
            yield finding(reference.pointer, f"nothing has the id {reference.id}", _cure(context, reference))


def _cure(context: Context, reference: Reference) -> str:
    for pointer, shown in context.shown.items():
        if shown == reference.id:
            return f"add `id: {shown}` to the item at {context.place(pointer)}"
    fitting = [i for i, (_, item) in context.by_id.items() if reference.kind is None or isinstance(item, reference.kind)]
    close = get_close_matches(reference.id, fitting, n=1, cutoff=0.5)
    if reference.kind is Source:
        near = f"did you mean {close[0]}? " if close else ""
        return f"{near}the sources are {', '.join(fitting[:12])}; or add one: `- {{id: {reference.id}, title: …}}`"
    if close:
        return f"did you mean {close[0]}? else add `id: {reference.id}` to the item that is meant"
    return f"add `id: {reference.id}` to the item that is meant" + (", or write it in words" if reference.loose else "")


def shared(context: Context) -> Iterator[Finding]:
    """REF-02: two items share an id."""
    for pointer, item in context.items:
        first = context.by_id[item.id][0] if item.id else pointer
        if first != pointer:
            cure = f"{item.id} is the item at {context.place(first)}: give this one another id"
            yield finding(f"{pointer}/id", f"the id {item.id} is taken", cure)


def kinds(context: Context) -> Iterator[Finding]:
    """REF-03: an id of the wrong kind."""
    for reference in references(context):
        item = context.by_id.get(reference.id, ("", None))[1]
        if item is not None and reference.kind and not isinstance(item, reference.kind):
            wanted, got = reference.kind.__name__.lower(), type(item).__name__.lower()
            cure = f"name the id of a {wanted}, or write it in words" if reference.loose else f"name the id of a {wanted}"
            yield finding(reference.pointer, f"{reference.id} is a {got}, and a {wanted} is expected", cure)


def gone(context: Context) -> Iterator[Finding]:
    """REF-04: a change of an item that is not here; it may have been dropped since, so that it only asks."""
    for index, change in enumerate(context.summary.changes):
        if LIKE_ID.fullmatch(change.item) and change.item not in context.by_id:
            cure = _cure(context, Reference("", change.item, loose=True))
            cure += "; where it was dropped since the last edition, say so in words"
            yield finding(f"/changes/{index}/item", f"nothing has the id {change.item}", cure)


def cycles(context: Context) -> Iterator[Finding]:
    """REF-05: sources that are reprints of themselves or of each other; one finding for each circle."""
    reported: set[str] = set()
    for index, source in enumerate(context.summary.sources):
        chain = _chain(context.summary, source)
        if chain[-1] == source.id and len(chain) > 1 and source.id not in reported:
            reported |= set(chain)
            message = f"{source.id} is a reprint of itself" if len(chain) == 2 else f"{' reprints '.join(chain)}"
            yield finding(f"/sources/{index}/reprint_of", message, "the source that came first has no `reprint_of`")


def _chain(summary: Summary, source: Source) -> list[str]:
    chain = [source.id]
    while source.reprint_of:
        chain.append(source.reprint_of)
        if source.reprint_of in chain[:-1]:
            break
        found = summary.source(source.reprint_of)
        if found is None:
            break
        source = found
    return chain


def unused(context: Context) -> Iterator[Finding]:
    """REF-06: a source that nothing rests on."""
    used = {reference.id for reference in references(context)}
    for index, source in enumerate(context.summary.sources):
        if source.id not in used:
            cure = f"name it under the evidence of an item, `- source: {source.id}`, or remove it"
            yield finding(f"/sources/{index}", f"nothing rests on source {source.id}", cure)
