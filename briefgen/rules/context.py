"""What a rule may look at, and what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from pydantic import BaseModel

from briefgen.diagnostics import Span
from briefgen.model.ids import items, shown_ids
from briefgen.model.parts import Item, Source
from briefgen.model.summary import Summary
from briefgen.model.yardstick import Band


class Locator(Protocol):
    """Knows the place of every field; `load.Source` is one."""

    def span(self, pointer: str) -> Span:
        """Return the place of a value, or of its nearest ancestor that is written."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one field; `path` is a JSON pointer."""

    path: str
    message: str
    hints: tuple[str, ...] = ()


def finding(path: str, message: str, *hints: str) -> Finding:
    """Return a finding with its cures."""
    return Finding(path, message, hints)


@dataclass(frozen=True)
class Context:
    """A summary, who knows its places, and the audiences: all, and those that were asked for by name."""

    summary: Summary
    locator: Locator
    asked: Collection[str] = ()
    audiences: Collection[str] = ()
    public: Collection[str] = ("public",)

    @cached_property
    def nodes(self) -> tuple[tuple[str, BaseModel], ...]:
        """Return every part of the summary with its pointer, in the order of the model."""
        return tuple(walk(self.summary))

    @cached_property
    def items(self) -> tuple[tuple[str, Item | Source], ...]:
        """Return everything that can be referred to, with its pointer."""
        return tuple((pointer, item) for _, pointer, item in items(self.summary))

    @cached_property
    def by_id(self) -> dict[str, tuple[str, Item | Source]]:
        """Return pointer and item by written id; the first where two share one."""
        found: dict[str, tuple[str, Item | Source]] = {}
        for pointer, item in self.items:
            if item.id:
                found.setdefault(item.id, (pointer, item))
        return found

    @cached_property
    def shown(self) -> dict[str, str]:
        """Return the id that each item shows, by pointer."""
        return shown_ids(self.summary)

    def place(self, pointer: str) -> str:
        """Return the place of a field as a cure names it: `inputs/x.yaml:41`."""
        span = self.locator.span(pointer)
        return f"{span.file}:{span.line}"

    def band(self, written: str | None) -> Band | None:
        """Return the band of the yardstick that a likelihood names, None for none."""
        return self.summary.scheme.find(written) if written else None


def walk(value: Any, pointer: str = "") -> Iterator[tuple[str, BaseModel]]:  # noqa: ANN401 - whatever a model holds
    """Yield every model inside a value with its JSON pointer, parents first."""
    if isinstance(value, BaseModel):
        yield pointer, value
        for name, info in type(value).model_fields.items():
            yield from walk(getattr(value, name), f"{pointer}/{info.alias or name}")
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from walk(inner, f"{pointer}/{index}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
