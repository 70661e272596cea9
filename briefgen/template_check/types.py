"""What stands behind a name in a template: which fields it has, and what its items have.

In: real values, made from the sample that has every field. Out: `Shape`s. What is not known has no shape (None), and of that any
field may be asked that something in the house has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from pydantic import BaseModel

from briefgen.model.brief import Brief, Section, View
from briefgen.model.yardstick import Band
from briefgen.render.labels import Labels
from briefgen.render.organisation import Logo, Organisation, Wording

LOOP = ("index", "index0", "revindex", "revindex0", "first", "last", "length", "cycle", "depth", "depth0", "previtem", "nextitem")
_PLAIN = (str, bytes, list, dict, tuple, int, float)


@dataclass(frozen=True)
class Shape:
    """The fields that a value has, by name, each with its own shape; `item` is that of what it holds, `what` how it is called."""

    names: Mapping[str, Shape | None] = field(default_factory=dict)
    item: Shape | None = None
    what: str = ""
    closed: bool = True

    def __or__(self, other: Shape | None) -> Shape:
        """Return a shape with the fields of both: a template may meet the one or the other."""
        if other is None or other is self:
            return self
        names = {name: joined((self.names.get(name), other.names.get(name))) for name in {**self.names, **other.names}}
        what = " and ".join(dict.fromkeys(word for word in (self.what, other.what) if word))
        return Shape(names, joined((self.item, other.item)), what, self.closed and other.closed)


ANYTHING = Shape(closed=False, what="*")
"""What a template asks for before it uses it: it may be there one day, and have any field."""


def joined(shapes: Iterable[Shape | None]) -> Shape | None:
    """Return the shape of what may be any of these; those that are not known are left out."""
    made: Shape | None = None
    for shape in shapes:
        made = shape if made is None else made | shape
    return made


def several(shape: Shape | None) -> Shape:
    """Return the shape of a list of such."""
    return Shape(item=shape, closed=False)


def of(value: Any, what: str = "") -> Shape | None:  # noqa: ANN401
    """Return the shape of a value; None where nothing is known."""
    if isinstance(value, View):
        return Shape({name: of(getattr(value, name), name) for name in (*value, "path")}, what=what)
    if isinstance(value, (tuple, list)):
        return several(joined(of(entry, what) for entry in value))
    if isinstance(value, Mapping):
        names = {str(key): of(entry, str(key)) for key, entry in value.items()}
        return Shape({**dict.fromkeys(("get", "items", "keys", "values")), **names}, what=what)
    if isinstance(value, BaseModel):
        return Shape(dict.fromkeys(_public(type(value))), what=what)
    if is_dataclass(value):
        own = {f.name: of(getattr(value, f.name), f.name) for f in fields(value)}
        return Shape({**dict.fromkeys(_public(type(value))), **own}, what=what)
    return None


def of_brief(brief: Brief) -> Shape:
    """Return the shape of a brief: its own fields and those of its head."""
    own = dict.fromkeys((*(f.name for f in fields(brief)), "name"))
    audience = Shape(dict.fromkeys(_public(type(brief.audience))), what="the audience")
    head = {name: of(getattr(brief.head, name), name) for name in brief.head}
    return Shape({**own, **head, "audience": audience, "sections": several(of_section(None, brief))}, what="the brief")


def of_section(parts: Iterable[str] | None, brief: Brief) -> Shape:
    """Return the shape of a section that shows one of these parts; None: one that may show anything."""
    rows = [of(view, part) for part in parts or () for view in brief.parts.get(part, ())]
    item = joined(rows)
    contrary = joined(of(view, "disagreements") for view in brief.parts.get("disagreements", ()))
    names: dict[str, Shape | None] = dict.fromkeys((*(f.name for f in fields(Section)), "item", "shows"))
    names |= {"items": several(item), "dropped": several(item), "item": item, "contrary": several(contrary)}
    return Shape(names, what="the section")


def everything(shapes: Iterable[Shape | None]) -> frozenset[str]:
    """Return every name of a field that anything in a template can have."""
    known = {name for shape in shapes for name in _names(shape, 0)}
    kinds: tuple[type, ...] = (*_PLAIN, Band, Labels, Organisation, Logo, Wording)
    added = ("locators", "quotes", "translations", "genitive")
    return frozenset(known | {name for kind in kinds for name in _public(kind)} | {*LOOP, *added})


def _names(shape: Shape | None, depth: int) -> Iterator[str]:
    if shape is None or depth > 8:
        return
    yield from shape.names
    for inner in (*shape.names.values(), shape.item):
        yield from _names(inner, depth + 1)


def _public(kind: type) -> list[str]:
    models = list(kind.model_fields) if issubclass(kind, BaseModel) else []
    slots = [name for name in getattr(kind, "__annotations__", ()) if not name.startswith("_")]
    return [*models, *slots, *(name for name in dir(kind) if not name.startswith(("_", "model_")))]
