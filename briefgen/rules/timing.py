"""COR-04: two items on one event whose times differ. Careful: same kind of event, a party in common, one near and one far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefgen.language.gazetteer import actors
from briefgen.language.segment import sentences
from briefgen.model import pointers
from briefgen.model.parts import Development, Watch
from briefgen.rules.context import Context, Finding, finding
from briefgen.rules.passages import Passage
from briefgen.rules.sourcing import listed
from briefgen.rules.wording import shown

MOST = 400
"""Items that are compared with each other: a file with more is no brief."""


class _Told(NamedTuple):
    pointer: str
    event: str
    parties: frozenset[str]
    near: bool
    text: str


def differing(context: Context) -> Iterator[Finding]:
    """COR-04: one item says that an event is near, another that it is far."""
    rows = _by_kind(context)
    agreed = listed(context.summary.disagreements)
    for event, told in rows.items():
        near = [row for row in told if row.near]
        for far in (row for row in told if not row.near):
            other = next((row for row in near if row.pointer != far.pointer and row.parties & far.parties), None)
            if other is None or {_id(context, other), _id(context, far)} & agreed:
                continue
            message = (
                f"{context.shown.get(other.pointer)} and {context.shown.get(far.pointer)} differ on when the {event} comes: "
                f"“{shown(other.text, 90)}” — “{shown(far.text, 90)}”"
            )
            cure = f"list both under `disagreements` (`items: [{_id(context, other)}, {_id(context, far)}]`), or correct one"
            yield finding(f"{far.pointer}/{'event' if '/watch/' in far.pointer else 'text'}", message, cure)


def _id(context: Context, row: _Told) -> str | None:
    return context.shown.get(row.pointer)


def _by_kind(context: Context) -> dict[str, list[_Told]]:
    found: dict[str, list[_Told]] = {}
    seen: set[tuple[str, str, bool]] = set()
    for passage in [p for p in context.passages if _counts(p)][: 3 * MOST]:
        for row in _told(context, passage):
            if (row.event, row.pointer, row.near) not in seen:
                seen.add((row.event, row.pointer, row.near))
                found.setdefault(row.event, []).append(row)
    return found


def _counts(passage: Passage) -> bool:
    place = pointers.parts(passage.pointer.removeprefix(passage.item))[:1]
    return isinstance(passage.node, Development | Watch) and place in (["text"], ["event"]) and passage.wording == "full"


def _told(context: Context, passage: Passage) -> Iterator[_Told]:
    for piece in sentences(passage.text, passage.language):
        near = bool(context.table.pattern("early").search(piece.text))
        far = bool(context.table.pattern("late").search(piece.text))
        if near == far:  # neither, or a sentence that holds both
            continue
        parties = frozenset(actor.name for actor in actors() if actor.stands_in(piece.text))
        parties |= {"leaders"} if {"Trump", "Putin"} <= {name.split(",")[0] for name in parties} else frozenset()
        for event, sign in context.table.groups("events").items():
            if parties and sign.search(piece.text):
                yield _Told(passage.item, event, parties, near, piece.text)
