"""A set: honest claims, honest triples (full, short, plain) and bad items with one mistake each, and what `check` says of them.

In: a folder with `gold.csv` (id, set, kind, twin, file, path, language), `summaries/` with its articles, and, where there are
whole honest briefs, `briefs/`. Out: items, and the findings of each.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from briefgen.api import check_summary
from briefgen.findings.codes import CODES
from briefgen.findings.diagnostics import Diagnostic, Severity, Verdict
from briefgen.findings.rows import STYLE
from briefgen.project.project import Project

HONEST, TRIPLE, BAD = SETS = ("honest", "triple", "bad")
ERROR, WARNING, SILENT = STATES = ("error", "warning", "silent")
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_STYLE = frozenset(code for code, row in CODES.items() if row.group == STYLE)
_ID = re.compile(r"\b[HTB]\d{3}\b")


@dataclass(frozen=True)
class Item:
    """One scored item: its id, whether it is honest, a triple or bad, its kind, its honest twin, and where it stands."""

    id: str
    set: str
    kind: str
    twin: str
    file: str
    path: str
    language: str


class Told(NamedTuple):
    """One thing that is said of an item: how grave (0 an error, 1 a warning), by which code, in which of its fields, and what."""

    rank: int
    code: str
    field: str
    message: str
    verdict: Verdict | None = None

    @property
    def style(self) -> bool:
        """Return whether it is house style."""
        return self.code in _STYLE

    @property
    def words(self) -> tuple[str, str, str]:
        """Return what is said, apart from how grave it is."""
        return self.code, self.field, self.message


Findings = dict[str, list[Diagnostic]]


def items(folder: Path) -> list[Item]:
    """Return the items of a set, in its order; raise FileNotFoundError where the folder is none."""
    with (folder / "gold.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Item(**{name: row.get(name) or "" for name in Item.__dataclass_fields__}) for row in rows]


def checked(folder: Path, files: Iterable[str]) -> Findings:
    """Return what `check` finds on the files of a folder, by name."""
    home = Project.find(folder)
    return {file: check_summary(folder / file, project=home) for file in sorted(set(files))}


def told(item: Item, findings: Findings) -> list[Told]:
    """Return what is said of an item, once each; ids of the set in a message don't count, as a twin has another."""
    rows = (row for row in findings[item.file] if _within(item, row))
    made = {
        Told(_RANK[row.severity], row.code, (row.path or "")[len(item.path) :], _ID.sub("#", row.message), row.verdict)
        for row in rows
    }
    return sorted(made, key=lambda row: row[:4])


def _within(item: Item, row: Diagnostic) -> bool:
    return row.path is not None and (row.path == item.path or row.path.startswith(f"{item.path}/"))


def outside(every: Sequence[Item], findings: Findings) -> list[tuple[str, Diagnostic]]:
    """Return what is said of the files and of no scored item, with the file."""
    of: dict[str, list[Item]] = {}
    for item in every:
        of.setdefault(item.file, []).append(item)
    return [(file, row) for file, rows in findings.items() for row in rows if not any(_within(item, row) for item in of[file])]
