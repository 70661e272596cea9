"""The first stages: source → summary → findings. Nothing here renders, so that checking starts fast."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from briefgen import rules
from briefgen.diagnostics import Diagnostic, Rejected, has_errors
from briefgen.load.source import Source
from briefgen.load.validate import validate
from briefgen.model.summary import Summary
from briefgen.project import Project


class Checked(NamedTuple):
    """A summary that may be rendered, with its source and all that was found; errors are gone by now, or it is a draft."""

    source: Source
    summary: Summary
    findings: tuple[Diagnostic, ...]


def check(source: Source, project: Project, *, asked: Collection[str] = ()) -> Checked:
    """Return the validated summary with every finding; raise Rejected, with all of them, where errors stand.

    `asked` names the audiences that the user asked for by name; the others may be left out where they can't be released.
    """
    summary, findings = inspect(source, project, asked=asked)
    if has_errors(findings):
        raise Rejected(findings)
    return Checked(source, summary, tuple(findings))


def inspect(
    source: Source, project: Project, *, asked: Collection[str] = (), today: date | None = None
) -> tuple[Summary, list[Diagnostic]]:
    """Return the summary and every finding, errors included; raise Rejected where it can't even be read as a summary.

    `today` brings a later day in than the cut-off, for what grows old.
    """
    summary = validate(source)
    levels = {name: project.audience(name) for name in project.audience_files}
    public = [name for name, level in levels.items() if level.public] if summary.marking.tlp.rank > 0 else ()
    found = rules.check(
        summary,
        source,
        asked=asked,
        audiences=list(levels),
        public=public,
        checks=project.checks,
        levels=levels,
        today=today,
    )
    return summary, found
