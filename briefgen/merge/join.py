"""One summary joined to another: ids first, then list by list, then what stands once in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.findings.diagnostics import Diagnostic, Rejected, error, warning
from briefgen.load import splice
from briefgen.load.source import Source, parse
from briefgen.load.validate import validate
from briefgen.merge import finish, reading
from briefgen.merge.same import LISTS, words
from briefgen.model import pointers
from briefgen.model.summary import Summary
from briefgen.model.terms import TLP
from briefgen.rules.context import walk
from briefgen.rules.references import references

ALIKE = ("language", "yardstick", "perspective")
_SKIPPED = frozenset({"id", "review"})
_ONCE = ("schema", "id", "stage", "reviewer", "marking", "translation_of", *ALIKE, "outlook")


class Merged(NamedTuple):
    """The text of the joined summary, what was said on the way, and how many items were added, united and differ."""

    text: str
    findings: tuple[Diagnostic, ...]
    added: int
    united: int
    differing: int


def merge(sources: Sequence[Source], home: Path) -> Merged:
    """Return one summary made of several, in the words and order of the first, to stand in the folder `home`.

    Raises Rejected where one of them can't be read as a summary, or where they can't be one: other language, yardstick or
    perspective.
    """
    _alike(sources, [validate(source) for source in sources])
    moved = [finish.moved(_as_yaml(source), home) for source in sources]
    joining = _Joining(moved[0][0])
    for (other, _), written in zip(moved[1:], sources[1:], strict=True):
        joining.take(other, written)
    text = finish.as_draft(joining.base, sources, joining.conflicts)
    findings = [*(row for _, found in moved for row in found), *joining.findings]
    return Merged(text + finish.lost(sources, text), tuple(findings), joining.added, joining.united, len(joining.conflicts))


def _alike(sources: Sequence[Source], summaries: Sequence[Summary]) -> None:
    """Refuse summaries whose words can't stand in one file."""
    first = summaries[0]
    found = [
        error(
            "MRG-01",
            f"{field} is {getattr(other, field)} here and {getattr(first, field)} in {sources[0].name}",
            source.span(f"/{field}"),
            "translate or restate one of them first: their words would not mean the same in one file",
        )
        for source, other in zip(sources[1:], summaries[1:], strict=True)
        for field in ALIKE
        if getattr(other, field) != getattr(first, field)
    ]
    if found:
        raise Rejected(found)


def _as_yaml(source: Source) -> Source:
    if not source.text[source.places[""].start :].startswith("{"):
        return source
    return parse(splice.dump(source.values) + "\n", source.path.with_suffix(".yaml"), source.name)


class _Joining:
    """The summary as it grows, and what is noted on the way."""

    def __init__(self, base: Source) -> None:
        self.base = base
        self.findings: list[Diagnostic] = []
        self.conflicts: list[str] = []  # the same as one line each, for the head of the file
        self.added = self.united = 0
        self._written = base

    def take(self, other: Source, written: Source) -> None:
        """Join another summary to it; `written` is the same as its author wrote it, for the places in messages."""
        self._written = written
        other = self._renamed(other)
        for pointer in LISTS:
            self._list(pointer, other)
        self._outlook(other)
        self._once(other)

    # --- ids ---------------------------------------------------------------------------------------------------

    def _renamed(self, other: Source) -> Source:
        """Return the other summary with ids that mean here what they meant there."""
        new = self._new_ids(other)
        changes: list[tuple[str, str]] = []
        for pointer, item in reading.items(other):
            if isinstance(item, Mapping) and item.get("id") in new:
                changes.append((f"{pointer}/id", new[item["id"]]))
        summary = validate(other)
        for reference in references(walk(summary)):
            if reference.id in new and reference.pointer in other.places:
                changes.append((reference.pointer, new[reference.id]))
        for index, change in enumerate(summary.changes):
            if change.item in new:
                changes.append((f"/changes/{index}/item", new[change.item]))
        return splice.replaced(other, [(pointer, name) for pointer, name in dict(changes).items() if pointer in other.places])

    def _new_ids(self, other: Source) -> dict[str, str]:
        taken, theirs = reading.ids(self.base), reading.ids(other)
        new: dict[str, str] = {}
        for pointer in LISTS:
            mine = reading.known(self.base, pointer)
            for item in reading.list_of(other, pointer):
                if not isinstance(item, Mapping) or not (name := item.get("id")):
                    continue
                twin = next((mine[key] for key in LISTS[pointer](reading.with_ids(item, new)) if key in mine), None)
                written = reading.list_of(self.base, pointer)[twin].get("id") if twin is not None else None
                if written and written != name:
                    new[name] = written
                elif not written and name in taken:
                    new[name] = reading.free(name, taken | theirs | set(new.values()))
        return new

    # --- lists -------------------------------------------------------------------------------------------------

    def _list(self, pointer: str, other: Source) -> None:
        known = reading.known(self.base, pointer)
        fresh: list[str] = []
        items = reading.list_of(other, pointer)
        if items:
            other = splice.blocked(other, pointer)
        for number, item in enumerate(items):
            twin = next((known[key] for key in LISTS[pointer](item) if key in known), None)
            if twin is None:
                fresh.append(splice.chunk(other, f"{pointer}/{number}"))
            elif isinstance(item, Mapping):
                self._unite(f"{pointer}/{twin}", other, f"{pointer}/{number}")
        self.base = splice.appended(self.base, pointer, fresh)
        self.added += len(fresh)

    def _unite(self, mine: str, other: Source, theirs: str) -> None:
        """Give an item what only its twin says, and note where the two differ."""
        self.united += 1
        other = splice.blocked(other, theirs)
        item = other.value(theirs)
        for key, value in item.items():
            here = self.base.value(mine)
            if key == "id" and "id" not in here:
                self.base = splice.keyed(self.base, mine, splice.entry(other, f"{theirs}/{key}"))
            elif key in _SKIPPED or value in (None, [], {}) or here.get(key) == value:
                continue
            elif here.get(key) in (None, [], {}):
                self.base = splice.keyed(self.base, mine, splice.entry(other, f"{theirs}/{key}"))
            elif isinstance(value, list) and isinstance(here[key], list):
                self._more(f"{mine}/{key}", other, f"{theirs}/{key}")
            elif words(here[key]) != words(value) or not isinstance(value, (str, dict)):
                self._differ(f"{mine}/{key}", other, f"{theirs}/{key}")

    def _more(self, mine: str, other: Source, theirs: str) -> None:
        """Add to a list within an item what it has not got."""
        known = {reading.known_by(row) for row in self.base.value(mine)}
        other = splice.blocked(other, theirs)
        rows = [
            splice.chunk(other, f"{theirs}/{number}")
            for number, row in enumerate(other.value(theirs))
            if reading.known_by(row) not in known
        ]
        self.base = splice.appended(self.base, mine, rows)

    # --- what stands once --------------------------------------------------------------------------------------

    def _outlook(self, other: Source) -> None:
        for key, value in (other.values.get("outlook") or {}).items():
            pointer = f"/outlook/{key}"
            if pointer not in LISTS and value is not None:
                self._single(pointer, other, (self.base.values.get("outlook") or {}).get(key), value)

    def _once(self, other: Source) -> None:
        for key, value in other.values.items():
            if f"/{key}" not in LISTS and key not in _ONCE and value is not None:
                self._single(f"/{key}", other, self.base.values.get(key), value)
        marking = other.values.get("marking")
        if marking and self._rank(marking) > self._rank(self.base.values.get("marking")):
            self._higher(other)
        elif marking and marking != self.base.values.get("marking"):
            self._differ("/marking", other, "/marking")

    def _single(self, pointer: str, other: Source, mine: Any, value: Any) -> None:  # noqa: ANN401
        if mine is None:
            parent = pointers.parent(pointer)
            other = splice.blocked(other, parent) if parent else other
            self.base = splice.keyed(self.base, parent, splice.entry(other, pointer))
        elif isinstance(mine, list) and isinstance(value, list):
            self._more(pointer, other, pointer)
        elif mine != value and (isinstance(value, bool) or words(mine) != words(value)):
            self._differ(pointer, other, pointer)

    @staticmethod
    def _rank(marking: Any) -> int:  # noqa: ANN401
        named = str((marking or {}).get("tlp") or "none").removeprefix("TLP:")
        return list(TLP).index(TLP(named)) if named in {*TLP} else 0

    def _higher(self, other: Source) -> None:
        """Take the other marking: what is joined is as closed as the more closed part of it."""
        written = f"marking:\n{splice.indented(splice.dump(other.values['marking']))}"
        self.base = splice.keyed(splice.without(self.base, "/marking"), "", written)

    def _differ(self, mine: str, other: Source, theirs: str) -> None:
        here, there = self.base.value(mine), other.value(theirs)
        name, span = reading.name(self.base, mine), self._written.span(theirs)  # lists keep their order, so pointers hold
        file = Path(other.name).name
        kept, left = reading.apart(here, there)
        self.conflicts.append(f"{name}: {kept} (kept) or, in {file}:{span.line}, {left}")
        self.findings.append(
            warning(
                "MRG-02",
                f"{name}: {kept} in {self.base.name}, {left} here",
                span,
                f"kept from {self.base.name}; change it there if this is right",
            )
        )
