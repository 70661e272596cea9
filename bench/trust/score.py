"""The counts of a set: what honest items are told, which mistakes are found, and which whole briefs are stopped.

A finding on an honest item counts as false. A bad item is found where something fits its kind and is new: its honest twin is not
told the same, and is told less of that code in that field. What is only an information counts as silence. Out: plain numbers.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.trust.sets import BAD, ERROR, HONEST, SILENT, TRIPLE, WARNING, Findings, Item, Told, checked, items, outside, told
from briefgen.findings.codes import CODES
from briefgen.findings.diagnostics import Severity
from briefgen.findings.rows import CONTENT

KINDS: Mapping[str, Sequence[str]] = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))
Figures = dict[str, Any]


@dataclass(frozen=True)
class Scored:
    """A set with what is said of each of its items by id, and of its bad ones what is said for the right reason."""

    every: Sequence[Item]
    told: Mapping[str, Sequence[Told]]
    right: Mapping[str, Sequence[Told]]
    findings: Findings
    briefs: Findings


def scored(folder: Path) -> Scored:
    """Return a set with all that is said of it."""
    every = items(folder)
    findings = checked(folder / "summaries", [item.file for item in every])
    said = {item.id: told(item, findings) for item in every}
    right = {item.id: _right(item, said) for item in every if item.set == BAD}
    briefs = folder / "briefs"
    whole = checked(briefs, [path.name for path in briefs.glob("*.yaml")]) if briefs.is_dir() else {}
    return Scored(every, said, right, findings, whole)


def _right(item: Item, said: Mapping[str, Sequence[Told]]) -> list[Told]:
    own, twins = said[item.id], said[item.twin]
    known = {row.words for row in twins}
    counts, before = (Counter((row.code, row.field) for row in rows) for rows in (own, twins))
    new = (row for row in own if row.words not in known and counts[row.code, row.field] > before[row.code, row.field])
    return [row for row in new if fits(row.code, item.kind)]


def fits(code: str, kind: str) -> bool:
    """Return whether a code tells a kind of mistake."""
    return any(name in (code, code.partition("-")[0]) for name in KINDS[kind])


def state(rows: Iterable[Told]) -> str:
    """Return the gravest of what is said: error, warning, or silent."""
    rank = min((row.rank for row in rows), default=2)
    return (ERROR, WARNING, SILENT)[rank]


def figures(made: Scored) -> Figures:
    """Return every count of a set, as plain data for JSON."""
    honest = [item for item in made.every if item.set != BAD]
    bad = [item for item in made.every if item.set == BAD]
    languages = dict.fromkeys(item.language.partition("-")[0] for item in made.every)
    return {
        "files": len(made.findings),
        **{name: _false(made, [item for item in honest if item.set == name]) for name in (HONEST, TRIPLE)},
        BAD: _found(made, bad),
        "kinds": {kind: _found(made, [item for item in bad if item.kind == kind]) for kind in KINDS},
        "languages": {
            name: {
                "honest and triples": _false(made, [item for item in honest if item.language.partition("-")[0] == name]),
                BAD: _found(made, [item for item in bad if item.language.partition("-")[0] == name]),
            }
            for name in languages
        },
        "verdicts": _verdicts(made, honest),
        "codes": _codes(made, honest),
        "outside": _outside(made),
        "briefs": _briefs(made),
    }


def _outside(made: Scored) -> Counter[str]:
    """Return how many errors and warnings stand outside every scored item, house style apart: the frame of the files."""
    found = Counter(row.severity.value for _, row in outside(made.every, made.findings) if row.code in _CONTENT)
    return _whole(found, ERROR, WARNING)


_CONTENT = frozenset(code for code, row in CODES.items() if row.group == CONTENT)


def _false(made: Scored, rows: Sequence[Item]) -> Counter[str]:
    """Return how many honest items are told an error, or a warning at worst; without house style, and with it."""
    found = Counter({"items": len(rows)})
    for item in rows:
        found[state(row for row in made.told[item.id] if not row.style)] += 1
        found[f"{state(made.told[item.id])} with style"] += 1
    return _whole(found, "items", ERROR, WARNING, f"{ERROR} with style", f"{WARNING} with style")


def _found(made: Scored, rows: Sequence[Item]) -> Counter[str]:
    found = Counter(state(made.right[item.id]) for item in rows)
    return _whole(found + Counter({"items": len(rows)}), "items", ERROR, WARNING, SILENT)


def _whole(found: Counter[str], *names: str) -> Counter[str]:
    return Counter({name: found[name] for name in names})


def _verdicts(made: Scored, honest: Sequence[Item]) -> dict[str, Counter[str]]:
    """Return by verdict how many honest items are told it as an error or a warning, and how many mistakes are found by it."""
    found: dict[str, Counter[str]] = {}
    for item in honest:
        for verdict in {row.verdict for row in made.told[item.id] if row.rank < 2 and not row.style}:
            found.setdefault(verdict or "none", Counter()).update(["false"])
    for rows in made.right.values():
        first = min(rows, key=lambda row: (row.rank, row.verdict is None), default=None)
        if first and first.rank < 2:
            found.setdefault(first.verdict or "none", Counter()).update(["found"])
    return {name: _whole(found[name], "false", "found") for name in sorted(found)}


def _codes(made: Scored, honest: Sequence[Item]) -> dict[str, Counter[str]]:
    """Return by code how many false errors and warnings there are."""
    found: dict[str, Counter[str]] = {}
    for item in honest:
        for row in made.told[item.id]:
            if row.rank < 2:
                found.setdefault(row.code, Counter()).update([state([row])])
    ordered = sorted(found, key=lambda code: (-found[code][ERROR], -found[code][WARNING], code))
    return {code: _whole(found[code], ERROR, WARNING) for code in ordered}


def _briefs(made: Scored) -> dict[str, Any]:
    errors = {name: sum(row.severity is Severity.ERROR for row in rows) for name, rows in made.briefs.items()}
    asked = [row for rows in made.briefs.values() for row in rows if row.severity is Severity.WARNING and row.code in _CONTENT]
    stopped = {name: count for name, count in errors.items() if count}
    return {"items": len(errors), "free": len(errors) - len(stopped), "warnings": len(asked), "stopped": stopped}


def missed(made: Mapping[str, Any]) -> list[str]:
    """Return the kinds of mistake of which fewer than half are found."""
    return [kind for kind, row in made["kinds"].items() if row["items"] and 2 * (row[ERROR] + row[WARNING]) < row["items"]]
