"""The loop of `check --levels` and `check --sources`: something is worked out for each summary, and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from briefgen.cli import terminal
from briefgen.findings import report as reports
from briefgen.findings.diagnostics import UsageError
from briefgen.findings.faults import Tally
from briefgen.load.source import Source, read
from briefgen.project.project import Project

FORMS = ("text", "json")
Made = TypeVar("Made")


def worked_out(paths: Iterable[Path], templates: Path | None, do: Callable[[Source, Project], Made]) -> tuple[list[Made], Tally]:
    """Return what comes of each summary that can be read, and what is wrong with the others."""
    project = Project.find(Path.cwd(), templates)
    tally = Tally()
    return [made for _, made in tally.over(paths, partial(_one, project, do))], tally


def known(form: str, what: str) -> None:
    """Raise UsageError for a report format that there is not."""
    if form not in FORMS:
        raise UsageError(f"there is no report format {form!r} of {what}", f"--format takes {', '.join(FORMS)}")


def show(
    rows: Sequence[Made], tally: Tally, form: str, data: Callable[[Made], Mapping[str, Any]], text: Callable[[Made], None]
) -> None:
    """Report what was worked out: as one JSON object, or what is wrong first and then each as `text` prints it."""
    if form == "json":
        terminal.as_json({"summaries": [data(one) for one in rows], "diagnostics": reports.as_json(tally.findings)})
        return
    terminal.report(tally.findings)
    for one in rows:
        text(one)


def _one(project: Project, do: Callable[[Source, Project], Made], path: Path) -> Made:
    return do(project.with_defaults(read(path, str(path))), project)
