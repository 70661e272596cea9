"""briefgen as a library: load, check and render to bytes, in a few typed names. It writes no file and prints nothing."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from briefgen.findings.diagnostics import Diagnostic, Rejected
from briefgen.load.source import read
from briefgen.load.validate import validate
from briefgen.model.document import Written
from briefgen.model.summary import Summary
from briefgen.pipeline.build import build
from briefgen.pipeline.check import check, inspect
from briefgen.pipeline.leaks import Leak, leaks, secrets
from briefgen.project.project import Project


def load_summary(path: str | PathLike[str], *, project: Project | None = None) -> Summary:
    """Return the summary that a YAML or JSON file holds, with the project's defaults filled in.

    Raises Rejected with every mistake at once, UsageError where there is no such file.
    """
    home = project or Project.find(Path(path).parent)
    return validate(home.with_defaults(read(Path(path), str(path))))


def check_summary(path: str | PathLike[str], *, project: Project | None = None) -> list[Diagnostic]:
    """Return every finding on a summary, errors included, in the order of the file; empty where all is well."""
    home = project or Project.find(Path(path).parent)
    try:
        return inspect(home.with_defaults(read(Path(path), str(path))), home, evidence=True)[1]
    except Rejected as fault:
        return list(fault.diagnostics)


def render_brief(
    path: str | PathLike[str],
    audience: str = "executive",
    to: str = "pdf",
    *,
    project: Project | None = None,
    review: bool = False,
) -> Written:
    """Return one brief: its bytes, its pages, and what was said on the way.

    `to` is the name of a format, as `briefgen render -t` takes it. Raises Rejected where the summary, a template or the page
    budget is at fault, or a final whose articles refuse it; BriefgenError where the machine is (a missing library or font). With
    `review` it is the review copy: evidence and findings stand in it as comments or notes, and only those errors stop it that
    would make it break, or harm.
    """
    home = project or Project.find(Path(path).parent)
    checked = check(home.with_defaults(read(Path(path), str(path))), home, asked=[audience], review=review)
    made = build(checked, home.audience(audience), home, [to], review=review)
    written = made.files[to]
    return Written(written.content, made.findings, written.pages if made.pages is None else made.pages)


def find_leaks(
    content: bytes, path: str | PathLike[str], audience: str, to: str = "pdf", *, project: Project | None = None
) -> list[Leak]:
    """Return where a finished file of the format `to` tells what the summary at `path` withholds from this audience.

    Raises as `load_summary` does, BriefgenError where the file can't be opened or the library that reads it is missing.
    """
    home = project or Project.find(Path(path).parent)
    summary = load_summary(path, project=home)
    return leaks(content, to, secrets(summary, home.audience(audience)))
