"""The first stages: source → summary → findings. Nothing here renders, so that checking starts fast."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from briefgen import rules
from briefgen.findings.diagnostics import Diagnostic, Rejected, Severity
from briefgen.language import memo
from briefgen.load.source import Source
from briefgen.load.validate import validate
from briefgen.model.audience import Audience
from briefgen.model.brief import Brief
from briefgen.model.summary import Summary
from briefgen.pipeline import ground
from briefgen.pipeline.ground import Compared
from briefgen.project import languages
from briefgen.project.project import Project
from briefgen.tailor import extremes


class Checked(NamedTuple):
    """A summary that may be rendered, with its source and all that was found; only a review copy still has errors."""

    source: Source
    summary: Summary
    findings: tuple[Diagnostic, ...]
    unchecked: bool = False


def check(
    source: Source,
    project: Project,
    *,
    asked: Collection[str] = (),
    every: bool = True,
    unchecked: bool = False,
    review: bool = False,
    strict: bool = False,
) -> Checked:
    """Return the validated summary with every finding; raise Rejected, with all of them, where errors stand.

    `asked` names the audiences that the user asked for by name; the others may be left out where they can't be released. Where
    none is named, all are asked for, unless `every` is false: then one whose file is wrong is told, and stops nobody here.
    A final summary is compared with the articles that lie beside it, as `before_printing` says; `strict` lets none be missing.
    `unchecked` runs no rule, for authors of templates: the summary must be valid, and every page of it says UNCHECKED. For a
    `review` copy the articles are opened, and only those errors stop that would make it break, or harm: it shows the others.
    """
    if unchecked:
        return Checked(source, validate(source), (), unchecked=True)
    compare = ground.compared if review else partial(ground.before_printing, strict=strict)
    summary, findings, _ = examine(source, project, compare, asked=asked, every=every)
    findings = findings + languages.translated(summary, source, project) if review else ground.weighed(findings, project)
    if any(row.is_error and (rules.breaks(row.code, project.rules.every) or not review) for row in findings):
        raise Rejected(findings)
    return Checked(source, summary, tuple(findings))


def inspect(
    source: Source,
    project: Project,
    *,
    asked: Collection[str] = (),
    every: bool = True,
    today: date | None = None,
    evidence: bool = False,
) -> tuple[Summary, list[Diagnostic]]:
    """Return the summary and every finding, errors included; raise Rejected where it can't even be read as a summary.

    `today` brings a later day in than the cut-off, for what grows old. With `evidence`, the articles of its sources are opened,
    and claims are compared with them.
    """
    compare = ground.compared if evidence else _not_compared
    return examine(source, project, compare, asked=asked, every=every, today=today)[:2]


class Examined(NamedTuple):
    """A summary with every finding, and what its articles were compared to."""

    summary: Summary
    findings: list[Diagnostic]
    compared: Compared


@memo.one_summary()
def examine(
    source: Source,
    project: Project,
    compare: Callable[[Summary, Source, Project], Compared],
    *,
    asked: Collection[str] = (),
    every: bool = True,
    today: date | None = None,
) -> Examined:
    """Return what `inspect` does, with what came of `compare`, which says whether articles are opened."""
    levels, faults = audiences(project, asked or (project.audience_files if every else ()))
    try:
        summary = validate(source)
    except Rejected as fault:
        raise Rejected([*fault.diagnostics, *faults]) from fault
    public = [name for name, level in levels.items() if level.public] if summary.marking.tlp.rank > 0 else ()
    made = compare(summary, source, project)
    found = rules.check(
        summary,
        source,
        asked=asked,
        audiences=list(levels),
        public=public,
        checks=project.checks,
        levels=levels,
        today=today,
        articles=made.articles,
        briefs=versions(summary, levels.values()),
        known=made.known,
        rules=project.rules.every,
    )
    return Examined(summary, [*faults, *project.rules.faults, *made.told, *found], made)


def _not_compared(_summary: Summary, _source: Source, _project: Project) -> Compared:
    return Compared()


def audiences(project: Project, asked: Collection[str]) -> tuple[dict[str, Audience], list[Diagnostic]]:
    """Return the audiences of a project that can be read, by name, and what is wrong with the others.

    That is an error where one of them was asked for; else it is told, and stops nobody.
    """
    read: dict[str, Audience] = {}
    found: list[Diagnostic] = []
    for name in project.audience_files:
        try:
            read[name] = project.audience(name)
        except Rejected as fault:
            found += (row if name in asked else replace(row, severity=Severity.INFO) for row in fault.diagnostics)
    return read, list(dict.fromkeys(found))


def versions(summary: Summary, audiences: Iterable[Audience]) -> tuple[Brief, ...]:
    """Return what the levels of a summary can come to: an outline of each audience at every rung that may part two sides.

    Only a disagreement of two items or more can be parted; without one, none is made.
    """
    about = {name for row in summary.disagreements if len(row.items) > 1 for name in row.items}
    return tuple(brief for audience in audiences for brief in extremes(summary, audience, about)) if about else ()
