"""Checking templates before anybody needs them: what is written, then what comes out of samples in every format.

In: a project and the audiences to try. Out: diagnostics, all at once, each with file, line and cure. `written` reads files only;
`jobs` are what is to be rendered, each by `run`, in any process; `gathered` tells the same finding in many samples once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefgen.files import shown_path
from briefgen.findings.diagnostics import Diagnostic, Rejected, Severity, Span, has_errors
from briefgen.model.audience import Audience
from briefgen.project import languages
from briefgen.project.project import Project, packaged
from briefgen.registry import Format
from briefgen.render import TemplateSet
from briefgen.template_check import css_lint, pages, reference, settings, templates, unused_fields
from briefgen.template_check.environment import Kitchen
from briefgen.template_check.pages import Seen
from briefgen.template_check.samples import Sample, samples

__all__ = ["SampleJob", "Seen", "Written", "gathered", "jobs", "run", "written"]
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_NAMED = 4
_READ, _STOPS = "TPL-3", "TPL-0"
"""How codes begin: of what is found by reading a template, and of what rendering stops with for the same reason."""


class Written(NamedTuple):
    """What stands in the files: findings, how many templates were read, and the template set where one can be made."""

    findings: list[Diagnostic]
    read: int
    templates: TemplateSet | None


class SampleJob(NamedTuple):
    """One sample for one audience, or (without a sample) what the audience never shows."""

    audience: Audience
    sample: Sample | None
    span: Span | None = None

    @property
    def name(self) -> str:
        """Return what is told while it runs."""
        return f"{self.audience.name}: {self.sample.name if self.sample else 'fields never shown'}"


def written(project: Project) -> Written:
    """Return what is wrong in the files of a project's template set, before anything is rendered."""
    found = [*settings.sets(project), *settings.tokens_of(project)]
    made = _usable(project, sound=not has_errors(found))
    asked: frozenset[str] = frozenset()
    count = 0
    if made is not None:
        kitchen = Kitchen(project, made)
        asked = templates.labels(kitchen)
        count = len(kitchen.written)
        found += [*templates.check(kitchen), *css_lint.check(kitchen), *reference.check(made)]
        found += languages.told_unreviewed(project)
    found += settings.check(project, asked)
    return Written(list(dict.fromkeys([*found, *_brand(project)])), count, made)


def _usable(project: Project, *, sound: bool) -> TemplateSet | None:
    """Return a project's templates; where its tokens or its brand are unfit, with the packaged ones; None without a set."""
    try:
        folders = tuple(layer.folder for layer in project.layers)
        packaged = replace(Project(project.folder).template_set, folders=folders, catalogues=project.catalogues, compiled=None)
    except Rejected:
        return None
    if not sound:
        return packaged
    try:
        return project.template_set
    except Rejected:
        return packaged


def _brand(project: Project) -> list[Diagnostic]:
    """Return what is wrong in the house style, over the packaged tokens: so unfit tokens do not hide it."""
    try:
        project.in_house_style(Project(project.folder).template_set)
    except Rejected as fault:
        return list(fault.diagnostics)
    return []


def jobs(project: Project, audiences: Sequence[Audience]) -> list[SampleJob]:
    """Return what is to be rendered: every sample for every audience, the longest ones first."""
    spans = {audience.name: _span(project, audience.name, "/budget", "/cut", "/sections") for audience in audiences}
    long_first = sorted(samples(), key=lambda one: -len(one.source.text))
    made = [SampleJob(audience, one, spans[audience.name]) for one in long_first for audience in _by_length(audiences)]
    theirs = packaged().resolve()  # what a packaged audience never shows, nobody here can change
    own = [audience for audience in audiences if not project.audience_files[audience.name][0].is_relative_to(theirs)]
    return [*made, *(SampleJob(audience, None, _span(project, audience.name, "/sections")) for audience in own)]


def run(job: SampleJob, made: TemplateSet, formats: Sequence[Format]) -> list[Seen]:
    """Return what is found by one job, in these formats."""
    if job.sample is None:
        every = next(one for one in samples() if one.name == "every field")
        return [Seen(row, "", job.audience.name) for row in unused_fields.check(job.audience, every, made, job.span)]
    found = pages.run(pages.PageJob(job.audience, job.sample), made, formats)
    return [seen._replace(finding=replace(seen.finding, span=job.span)) if _of_audience(seen) else seen for seen in found]


def _of_audience(seen: Seen) -> bool:
    return seen.finding.span is None and seen.finding.code.startswith("AUD")


def _by_length(audiences: Sequence[Audience]) -> list[Audience]:
    return sorted(audiences, key=lambda audience: -(audience.budget.pages if audience.budget else 99))


def _span(project: Project, name: str, *pointers: str) -> Span:
    """Return the first of these places that the audience's own file writes, else the first one, in the file that it extends."""
    source = project.audience_source(name)
    spans = [source.key_span(pointer) for pointer in pointers]
    own = shown_path(project.audience_files[name][0])
    return next((span for span in spans if span.file == own and span.line), spans[0])


def gathered(found: Iterable[Diagnostic], seen: Iterable[Seen]) -> list[Diagnostic]:
    """Return all findings in order of weight and place; one that came with many samples is told once, with their names."""
    told = {(code, row.span.file, row.span.line) for row in found if row.span for code in (row.code, row.code[:5])}
    rows: dict[tuple[str, str, Span | None], list[Seen]] = {}
    for one in seen:
        place = one.finding.span
        code = _READ if one.finding.code.startswith(_STOPS) else one.finding.code
        if place is None or (code, place.file, place.line) not in told:
            rows.setdefault((one.finding.code, one.finding.message, place), []).append(one)
    made = [replace(group[0].finding, hints=(*group[0].finding.hints, *_with(group))) for group in rows.values()]
    return sorted([*found, *made], key=_key)


def _with(group: Sequence[Seen]) -> tuple[str, ...]:
    """Return in words with which samples and for which audiences a finding came."""
    named = {one.sample for one in group if one.sample}
    order = [one.name for one in samples() if one.name in named]
    names = [*order, *sorted(named - set(order))]
    if not names:
        return ()
    if len(names) == len(samples()):
        shown = "every sample"
    else:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        shown = f"the sample{'s' if len(names) > 1 else ''} {', '.join(names[:_NAMED])}{more}"
    return (f"found with {shown} ({', '.join(dict.fromkeys(one.audience for one in group))})",)


def _key(row: Diagnostic) -> tuple[int, str, int, int]:
    span = row.span or Span("\uffff")
    return (_ORDER[row.severity], span.file, span.line, span.column)
