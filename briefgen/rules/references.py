"""Where a summary names an id: the references that rules and waivers look up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pydantic import BaseModel

from briefgen.model.parts import Disagreement, Evidence, Item, Judgement, Risk, Scenario, Source, Stakeholder, Waiver, Watch
from briefgen.model.summary import Summary

# Where a text or an id may stand, only what looks like an id is taken for one.
LIKE_ID = re.compile(r"[A-Z]{1,2}\d{1,3}")
TOP_LEVEL = frozenset(Summary.model_fields)


class Reference(NamedTuple):
    """One place that names an id, and the kind of item that it may name; `loose` where it may be a text as well."""

    pointer: str
    id: str
    kind: type[Item] | type[Source] | None = None
    loose: bool = False


def references(nodes: Iterable[tuple[str, BaseModel]]) -> Iterator[Reference]:
    """Yield every reference that the parts of a summary make."""
    for pointer, node in nodes:
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
