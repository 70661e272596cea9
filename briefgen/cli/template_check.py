"""`briefgen template check`: every mistake in templates, styles, labels and audiences, and what samples make of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from briefgen import template_check
from briefgen.batch.pool import Local, each, in_order
from briefgen.cli import terminal
from briefgen.findings.diagnostics import Rejected, Severity
from briefgen.findings.faults import Exit, Tally
from briefgen.model.audience import Audience
from briefgen.project.project import Project
from briefgen.project.settings import workers
from briefgen.writers.libraries import shortcut


def run(audiences: Sequence[str], templates: Path | None, form: str, *, strict: bool, verbose: bool, trusted: bool) -> Exit:
    """Check the template set of the project here, report, and return the exit code."""
    shortcut()
    project = Project.find(Path.cwd(), templates, trusted=trusted)
    for name in audiences:
        _known(project, name)
    written = template_check.written(project)
    chosen = _readable(project, audiences)
    seen: list[template_check.Seen] = []
    if written.templates is not None:
        jobs = template_check.jobs(project, chosen)
        try_one = partial(template_check.run, made=written.templates, formats=project.parts.formats)
        done = in_order(each(jobs, try_one, Local(workers() or 0, inline=True)))
        with terminal.progress(len(jobs), "Rendering samples", plain=form == "text") as step:
            for job, found in zip(jobs, done, strict=True):
                seen += found
                step(job.name)
    findings = template_check.gathered(written.findings, seen)
    tally = Tally()
    tally.add(findings)
    terminal.findings(findings, form, verbose=verbose)
    if form == "text" and not any(row.severity is not Severity.INFO for row in findings):
        names = ", ".join(audience.name for audience in chosen)
        sys.stderr.write(f"template set {project.set_name}: {written.read} templates, samples for {names}: nothing to mend\n")
    return tally.code(findings if strict else ())


def _known(project: Project, name: str) -> None:
    """Raise UsageError for an audience that is not there; what is wrong with one is a finding."""
    try:
        project.audience(name)
    except Rejected:
        return


def _readable(project: Project, names: Sequence[str]) -> list[Audience]:
    found = []
    for name in names or project.audience_files:
        try:
            found.append(project.audience(name))
        except Rejected:
            continue
    return found
