"""The id that each item shows: the written one, else a letter and the item's position, skipping taken ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefgen.model import pointers
from briefgen.model.parts import Item, Source
from briefgen.model.summary import Summary


def items(summary: Summary) -> Iterator[tuple[str, str, Item | Source]]:
    """Yield letter, JSON pointer and item for everything that can be referred to, in the order of the file."""
    rows: tuple[tuple[str, str, Sequence[Item | Source]], ...] = (
        ("S", "sources", summary.sources),
        ("J", "key_judgements", summary.key_judgements),
        ("D", "key_developments", summary.key_developments),
        ("A", "stakeholders", summary.stakeholders),
        ("R", "risks", summary.risks),
        ("SC", "outlook/scenarios", summary.outlook.scenarios),
        ("W", "outlook/watch", summary.outlook.watch),
        ("C", "changes", summary.changes),
        ("X", "disagreements", summary.disagreements),
    )
    for letter, field, row in rows:
        for number, item in enumerate(row):
            yield letter, f"/{field}/{number}", item


def shown_ids(summary: Summary) -> dict[str, str]:
    """Return the shown id of every item by its JSON pointer; written ids stay, generated ones avoid them."""
    taken = {item.id for _, _, item in items(summary) if item.id}
    shown: dict[str, str] = {}
    counts: dict[str, int] = {}
    for letter, pointer, item in items(summary):
        counts[letter] = counts.get(letter, 0) + 1
        if item.id:
            shown[pointer] = item.id
            continue
        number = counts[letter]
        while f"{letter}{number}" in taken:
            number += 1
        shown[pointer] = f"{letter}{number}"
        taken.add(shown[pointer])
    return shown


def named(pointer: str, shown: Mapping[str, str] | None = None) -> str:
    """Return a place as a message names it: `D2 text` where the item's shown id is known, else `lines_to_take 3`.

    Positions count from one, as people do.
    """
    for above in pointers.upwards(pointer):
        if identifier := (shown or {}).get(above):
            return " ".join((identifier, *pointers.parts(pointer.removeprefix(above))))
    return " ".join(str(int(part) + 1) if part.isdigit() else part for part in pointers.parts(pointer))
