"""Small readings of a summary as plain values: its items, what they are known by, free ids, how a message names a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from briefgen.load.source import Source
from briefgen.merge.same import LISTS, evidence, words
from briefgen.model import pointers
from briefgen.model.ids import named

_NUMBERED = re.compile(r"([A-Za-z]+)\d+$")
_SHOWN = 60  # characters of a value in a message


def items(source: Source) -> list[tuple[str, Any]]:
    """Return everything in the lists of a summary, with its pointer."""
    return [(f"{pointer}/{number}", item) for pointer in LISTS for number, item in enumerate(list_of(source, pointer))]


def ids(source: Source) -> set[str]:
    """Return the ids that a summary writes."""
    return {item["id"] for _, item in items(source) if isinstance(item, Mapping) and item.get("id")}


def list_of(source: Source, pointer: str) -> list[Any]:
    """Return a list by its pointer, empty where it is not written."""
    return source.value(pointer) or []


def known(source: Source, pointer: str) -> dict[tuple[str, ...], int]:
    """Return the number of each item by all that it is known by."""
    found: dict[tuple[str, ...], int] = {}
    for number, item in enumerate(list_of(source, pointer)):
        for key in LISTS[pointer](item):
            found.setdefault(key, number)
    return found


def with_ids(item: Mapping[str, Any], new: Mapping[str, str]) -> Mapping[str, Any]:
    """Return an item whose evidence names the sources as they are called here."""
    rows = item.get("evidence")
    if not isinstance(rows, list):
        return item
    return {**item, "evidence": [{**row, "source": new.get(row.get("source"), row.get("source"))} for row in rows]}


def known_by(row: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Return what an entry of a list within an item is known by."""
    return evidence(row) if isinstance(row, Mapping) and "source" in row else (words(row) if isinstance(row, str) else str(row),)


def free(name: str, taken: set[str]) -> str:
    """Return the first id of this one’s kind that is not taken."""
    match = _NUMBERED.match(name)
    stem, number = (match[1] if match else f"{name}-"), 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def name(source: Source, pointer: str) -> str:
    """Return how a conflict names a field: `D2 status`, `title`."""
    item = source.value(pointers.parent(pointer))
    if len(pointers.parts(pointer)) > 2 and isinstance(item, Mapping):
        known = item.get("id") or item.get("name")
        if isinstance(known, str):
            return f"{known} {pointers.last(pointer)}"
    return named(pointer)


def apart(here: Any, there: Any) -> tuple[str, str]:  # noqa: ANN401
    """Return two values in a few words each, for a message: of long ones the stretch in which they begin to differ."""
    one, other = _line(here), _line(there)
    same = next((at for at, (mine, its) in enumerate(zip(one, other, strict=False)) if mine != its), min(len(one), len(other)))
    start = one.rfind(" ", 0, same - 20) + 1 if same > _SHOWN - 20 else 0
    return _stretch(one, start), _stretch(other, start)


def _line(value: Any) -> str:  # noqa: ANN401
    return " ".join(str(value.get("full", value) if isinstance(value, Mapping) else value).split())


def _stretch(text: str, start: int) -> str:
    rest = text[start:]
    cut = rest if len(rest) <= _SHOWN else f"{rest[: _SHOWN - 1].rstrip()}…"
    return f"…{cut}" if start else cut
