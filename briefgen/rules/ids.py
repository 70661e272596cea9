"""Rules of ids: unique, written where they are referred to, of the right kind; sources that lead to each other."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.findings.near import did_you_mean, nearest
from briefgen.model.parts import Source
from briefgen.model.summary import Summary
from briefgen.rules.context import Context, Finding, finding
from briefgen.rules.references import LIKE_ID, Reference


def dangling(context: Context) -> Iterator[Finding]:
    """REF-01: a reference to an id that nobody wrote; the cure is the line to add."""
    for reference in context.references:
        if reference.id not in context.by_id:
            yield finding(reference.pointer, f"nothing has the id {reference.id}", _cure(context, reference))


def _cure(context: Context, reference: Reference) -> str:
    for pointer, shown in context.shown.items():
        if shown == reference.id:
            return f"add `id: {shown}` to the item at {context.place(pointer)}"
    fitting = [i for i, (_, item) in context.by_id.items() if reference.kind is None or isinstance(item, reference.kind)]
    near = did_you_mean(nearest(reference.id, fitting, 0.5), form="{}")
    if reference.kind is Source:
        return f"{near} the sources are {', '.join(fitting[:12])}; or add one: `- {{id: {reference.id}, title: …}}`".lstrip()
    if near:
        return f"{near} else add `id: {reference.id}` to the item that is meant"
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
    for reference in context.references:
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
    used = {reference.id for reference in context.references}
    for index, source in enumerate(context.summary.sources):
        if source.id not in used:
            cure = f"name it under the evidence of an item, `- source: {source.id}`, or remove it"
            yield finding(f"/sources/{index}", f"nothing rests on source {source.id}", cure)
