"""`briefgen template`: which files print a brief, which covers which, and a project's own copies of packaged ones."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from briefgen.cli import terminal
from briefgen.cli.app import Exit
from briefgen.files import shown_path
from briefgen.project import template_copies
from briefgen.project.overlay import SHARED, Found, manifest
from briefgen.project.project import Project


def run_list(templates: Path | None, form: str) -> Exit:
    """List every file of the set, the audiences and the labels: where each comes from, and what it covers."""
    project = Project.find(Path.cwd(), templates)
    found = template_copies.names(project)
    if form == "json":
        return _json([_row(rows) for rows in found.values()])
    sys.stderr.write(f"{_order(project)}\n")
    rows = [(name, rows[0].origin, _covers(rows), shown_path(rows[0].path)) for name, rows in found.items()]
    terminal.table("Templates", ("name", "from", "covers", "file"), rows)
    return Exit.OK


def run_which(name: str, templates: Path | None, form: str) -> Exit:
    """Say which file a name stands for, and which others it covers, in order."""
    rows = template_copies.find(Project.find(Path.cwd(), templates), name)
    if form == "json":
        return _json(_row(rows))
    for number, row in enumerate(rows):
        word = "" if not number else f"  {_how(row)} "
        sys.stdout.write(f"{word}{shown_path(row.path)} ({_whose(row)})\n")
    return Exit.OK


def run_copy(names: Sequence[str], templates: Path | None, *, force: bool) -> Exit:
    """Bring packaged files into the project's templates."""
    for path in template_copies.copy(Project.find(Path.cwd(), templates), names, force=force):
        sys.stdout.write(f"{shown_path(path)}\n")
    sys.stderr.write("edit and render; after an upgrade `briefgen template diff` shows what the packaged ones have changed\n")
    return Exit.OK


def run_diff(names: Sequence[str], templates: Path | None, form: str, *, seen: bool) -> Exit:
    """Show what the packaged files have changed since they were copied; with `seen`, that is not shown again."""
    project = Project.find(Path.cwd(), templates)
    rows = template_copies.compare(project, names)
    if seen and rows:
        template_copies.settle(project, rows)
    if form == "json":
        return _json([row._asdict() for row in rows])
    if not rows:
        sys.stderr.write("nothing was copied; `briefgen template copy NAME` brings a packaged file in\n")
    for row in rows:
        sys.stdout.write(f"{row.path}: {_said(row)}\n{row.changes}")
    return Exit.OK


def _said(row: template_copies.Compared) -> str:
    yours = {"as copied": "yours is as it was copied", "edited": "yours is edited", "gone": "your copy is gone"}[row.yours]
    if row.packaged == "unchanged":
        return f"nothing new; {yours}"
    if row.packaged == "gone":
        return f"no longer packaged; it was copied from {row.since}; {yours}"
    return f"changed since {row.since}{'' if row.changes else ', in a way that no lines can show'}; {yours}"


def _order(project: Project) -> str:
    """Return the folders in which files are looked for, with the version of each set that says one."""
    steps = []
    for layer in project.layers:
        said = manifest(layer.folder)
        version = f", version {said[0].version}" if said else ""
        steps.append(f"{shown_path(layer.folder)} ({'project' if layer.own else 'packaged'}{version})")
    return f"template set {project.set_name}: {', then '.join(steps)}"


def _covers(rows: Sequence[Found]) -> str:
    return ", ".join(f"{'merges with ' if _merges(row) else ''}{_whose(row)}" for row in rows[1:])


def _whose(row: Found) -> str:
    return f"{row.origin} {row.layer.set}".strip()


def _how(row: Found) -> str:
    return "over, key by key," if _merges(row) else "covers"


def _merges(row: Found) -> bool:
    """Return whether a file lies over another of its name key by key, in place of covering it whole."""
    return row.name == "tokens.yaml" or row.name.startswith(f"{SHARED[1]}/")


def _row(rows: Sequence[Found]) -> dict[str, Any]:
    first, *rest = rows
    covered = [{"file": shown_path(row.path), "from": row.origin, "set": row.layer.set or None} for row in rest]
    return {
        "name": first.name,
        "file": shown_path(first.path),
        "from": first.origin,
        "set": first.layer.set or None,
        "merges": _merges(first),
        "covers": covered,
    }


def _json(value: Any) -> Exit:  # noqa: ANN401
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    return Exit.OK
