"""What a rule may look at, and what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel

from briefgen.findings.diagnostics import Span, Verdict
from briefgen.language.wordlists import Table, table
from briefgen.model import pointers
from briefgen.model.article import Article
from briefgen.model.audience import Audience
from briefgen.model.brief import Brief
from briefgen.model.ids import items, shown_ids
from briefgen.model.parts import Item, Source
from briefgen.model.project_file import Checks
from briefgen.model.summary import Summary
from briefgen.model.yardstick import Band
from briefgen.rules.passages import Passage, passages
from briefgen.rules.references import Reference, references


class Locator(Protocol):
    """Knows the place of every field; `load.Source` is one."""

    def span(self, pointer: str) -> Span:
        """Return the place of a value, or of its nearest ancestor that is written."""

    def words_spans(self, pointer: str, start: int, end: int) -> tuple[Span, ...]:
        """Return the place of some characters of a text, on each line that they stand on."""

    def words(self, pointer: str, start: int, end: int) -> str:
        """Return some characters of a text."""


class Finding(NamedTuple):
    """What one rule says of one field; `path` is a JSON pointer."""

    path: str
    message: str
    hints: tuple[str, ...] = ()
    words: tuple[int, int] | None = None  # where in the text at `path`, in characters
    verdict: Verdict | None = None  # of a comparison with the ground


def finding(path: str, message: str, *hints: str) -> Finding:
    """Return a finding with its cures."""
    return Finding(path, message, hints)


def at(passage: Passage, words: tuple[int, int], message: str, *hints: str) -> Finding:
    """Return a finding on some words of a passage, with its cures."""
    return Finding(passage.pointer, message, hints, words)


@dataclass(frozen=True)
class Context:
    """A summary, who knows its places, and the audiences: all, and those that were asked for by name.

    `articles` are those of the sources by id, None where none was opened; then no rule of evidence runs.
    """

    summary: Summary
    locator: Locator
    asked: Collection[str] = ()
    audiences: Collection[str] = ()
    public: Collection[str] = ("public",)
    checks: Checks = field(default_factory=Checks)
    levels: Mapping[str, Audience] = field(default_factory=dict)
    today: date | None = None
    articles: Mapping[str, Article] | None = None
    briefs: Collection[Brief] | None = None  # what each level can come to; None where none was made
    kept: dict[str, Any] = field(default_factory=dict)  # what several rules need, worked out once

    @property
    def now(self) -> date | None:
        """Return the day that dates are compared with: the cut-off, or a later day that the caller brings in."""
        as_of = self.summary.as_of
        return max(as_of, self.today) if as_of and self.today else as_of

    @cached_property
    def table(self) -> Table:
        """Return the word table of the summary's language, as the project has changed it."""
        return table(self.summary.language, self.checks)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return every text that a reader sees, in every wording."""
        return tuple(passages(self.nodes, self.summary.language, self.table))

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
    def references(self) -> tuple[Reference, ...]:
        """Return every place that names an id."""
        return tuple(references(self.nodes))

    @cached_property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Return every written text with its pointer; of a bare string that is one below its own, which is not written."""
        return tuple(row for pointer, node in self.nodes for row in _words(pointer, node))

    def text(self, pointer: str) -> str:
        """Return the text at a pointer, all that is written below it where it holds several; empty where there is none."""
        below = [text for at, text in self.words if at == pointer or at.startswith(f"{pointer}/")]
        return "\n".join(below)

    @cached_property
    def shown(self) -> dict[str, str]:
        """Return the id that each item shows, by pointer."""
        return shown_ids(self.summary)

    def item_of(self, path: str) -> str:
        """Return what a waiver names: the shown id of the item that a field lies in, or the top-level part."""
        shown = (self.shown.get(above) for above in pointers.upwards(path))
        return next(filter(None, shown), None) or next(iter(pointers.parts(path)), "")

    def place(self, pointer: str) -> str:
        """Return the place of a field as a cure names it: `inputs/x.yaml:41`."""
        span = self.locator.span(pointer)
        return f"{span.file}:{span.line}"

    def band(self, written: str | None) -> Band | None:
        """Return the band of the yardstick that a likelihood names, None for none."""
        return self.summary.scheme.find(written) if written else None


def _words(pointer: str, node: BaseModel) -> Iterator[tuple[str, str]]:
    written = [(key, getattr(node, name)) for name, key in _keys(type(node))]
    for key, value in (*written, *(node.model_extra or {}).items()):
        rows = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for index, text in rows:
            if type(text) is str:  # a member of an enumeration is none of the author's words
                yield f"{pointer}/{key}" + ("" if index is None else f"/{index}"), text


@cache
def _keys(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a model by name and by the key that a file writes."""
    return tuple((name, info.alias or name) for name, info in model.model_fields.items())


_HOLDERS = (BaseModel, tuple, dict)


def walk(value: Any, pointer: str = "") -> Iterator[tuple[str, BaseModel]]:  # noqa: ANN401 - whatever a model holds
    """Yield every model inside a value with its JSON pointer, parents first."""
    if isinstance(value, BaseModel):
        yield pointer, value
        for name, key in _keys(type(value)):
            inner = getattr(value, name)
            if isinstance(inner, _HOLDERS):  # most fields hold a text or nothing
                yield from walk(inner, f"{pointer}/{key}")
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from walk(inner, f"{pointer}/{index}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, pointer + pointers.joined([key]))
