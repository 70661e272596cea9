"""`briefgen render`: every summary for every audience in every format; one bad summary never stops the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from briefgen import writers
from briefgen.batch.pool import Local, each, in_order
from briefgen.cli import terminal
from briefgen.cli.app import Exit, worst
from briefgen.cli.faults import FAULTS, found_in
from briefgen.files import write_atomic
from briefgen.findings import report as reports
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Severity, Span, UsageError, error, has_errors
from briefgen.load.source import Source, read
from briefgen.load.validate import identifier
from briefgen.model.audience import Audience
from briefgen.pipeline.check import Checked, check
from briefgen.pipeline.compile import Version, compile_brief, located, review_copy, withheld
from briefgen.pipeline.review import SUFFIX
from briefgen.project.project import Project
from briefgen.project.settings import file_name, output_shown, workers
from briefgen.registry import listed, resolve
from briefgen.writers.libraries import shortcut


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What was asked for on the command line."""

    summaries: Sequence[Path]
    audiences: Sequence[str]
    formats: str
    output: str | None
    templates: Path | None
    strict: bool
    form: str
    unchecked: bool = False
    review: bool = False


@dataclass(slots=True)
class BriefRow:
    """One line of the table at the end: one summary for one audience, and its files."""

    summary: str
    audience: str
    files: list[str] = field(default_factory=list)
    pages: int | None = None
    words: int = 0
    cuts: int = 0
    warnings: int = 0
    failed: bool = False


@dataclass(slots=True)
class Work:
    """What was done so far: rows, findings, and why it may end with a code other than 0."""

    rows: list[BriefRow] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    codes: list[Exit] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def add(self, other: Work) -> None:
        """Take over what was done elsewhere."""
        self.rows += other.rows
        self.findings += other.findings
        self.codes += other.codes
        self.skipped += other.skipped


@dataclass(frozen=True, slots=True)
class OneVersion:
    """One version to make."""

    checked: Checked
    audience: Audience


def run(options: RenderOptions) -> Exit:
    """Render all that was asked for, report, and return the exit code."""
    if options.review and options.unchecked:
        raise UsageError("a review copy shows what the checks find", "leave out --no-check, or --review")
    formats = _formats(options.formats)
    shortcut()
    project = Project.find(Path.cwd(), options.templates)
    options = replace(options, output=output_shown(project, options.output))
    audiences = [project.audience(name) for name in dict.fromkeys(options.audiences)] or project.audiences()
    _one_document(options, formats, audiences)
    work = Work()
    formats = _possible(formats, work)
    sources = list(_sources(options.summaries, project, work))
    if not formats:
        return _report(options, work)
    jobs = [job for source in sources for job in _guarded(work, partial(_jobs, source, audiences, options, project, work)) or ()]
    if len(jobs) > 1:
        resolve("briefgen.writers.pdf:available")()  # loads the engine once, before the work is shared out
    done = in_order(each(jobs, partial(_render, formats, options, project), Local(workers() or 0, inline=True)))
    with terminal.progress(len(jobs), "Rendering") as step:
        for job, made in zip(jobs, done, strict=True):
            step(f"{job.checked.summary.id} · {job.audience.name}")
            work.add(made)
    return _report(options, work)


def _formats(text: str) -> list[str]:
    formats = [name.strip().lower() for name in text.split(",") if name.strip()]
    unknown = [name for name in formats if name not in writers.names()]
    if unknown or not formats:
        raise UsageError(
            f"there is no format {', '.join(unknown) or text!r}",
            f"-t takes {', '.join(writers.names())}, with commas between them",
        )
    return list(dict.fromkeys(formats))


def _possible(formats: list[str], work: Work) -> list[str]:
    """Return the formats that this machine can make; the others are told once, and the rest is rendered."""
    asked = [row for row in writers.FORMATS if row.engine and row.name in formats]
    reasons = {row.name: reason for row in asked if row.engine and (reason := resolve(row.engine[0])())}
    free = listed((row.title for row in writers.FORMATS if not row.engine), "and")
    for row in asked:
        if row.name in reasons:
            cure = f"`briefgen doctor` says more; {free} files need none of it"
            _note(work, BriefgenError(f"no {row.title} can be made: {reasons[row.name]}", cure))
    return [name for name in formats if name not in reasons]


def _one_document(options: RenderOptions, formats: list[str], audiences: list[Audience]) -> None:
    if options.output == "-" and len(options.summaries) * len(formats) * len(audiences) != 1:
        raise UsageError("-o - writes one document", "name one summary, one audience with -a and one format with -t")


def _sources(paths: Sequence[Path], project: Project, work: Work) -> Iterator[Source]:
    """Yield the sources that can be read and whose files would not overwrite another's."""
    read_well = [source for path in dict.fromkeys(paths) if (source := _guarded(work, partial(_read, path, project))) is not None]
    homes: dict[str, list[Source]] = {}
    for source in read_well:
        homes.setdefault(_identifier(source).casefold(), []).append(source)
    for source in read_well:
        others = [other.name for other in homes[_identifier(source).casefold()] if other is not source]
        if others:
            message = f"{', '.join(others)} has the same id, {_identifier(source)}: their files would have one name"
            _note(work, Rejected([error("PRJ-01", message, source.span("/id"), "give one of them another `id`")]))
        else:
            yield source


def _identifier(source: Source) -> str:
    return str(source.values.get("id") or identifier(source.path.stem))


def _read(path: Path, project: Project) -> Source:
    return project.with_defaults(read(path, str(path)))


def _guarded(work: Work, action: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Return what an action returns; note what went wrong and return None, so that the rest goes on."""
    try:
        return action()
    except FAULTS as fault:
        _note(work, fault)
    return None


def _note(work: Work, fault: Rejected | BriefgenError) -> None:
    findings, code = found_in(fault)
    work.findings += findings
    work.codes.append(code)


def _jobs(source: Source, audiences: list[Audience], options: RenderOptions, project: Project, work: Work) -> list[OneVersion]:
    """Return the versions to make of one summary, once it is checked; those that must not be made are noted."""
    checked = check(source, project, asked=options.audiences, unchecked=options.unchecked, review=options.review)
    work.findings += checked.findings
    held = withheld(checked.summary, audiences)
    tlp = checked.summary.marking.tlp.label
    work.skipped += [f"{source.name}: not rendered: {audience.name}, {tlp}, no release" for audience in held]
    return [OneVersion(checked, audience) for audience in audiences if audience not in held]


def _render(formats: list[str], options: RenderOptions, project: Project, job: OneVersion) -> Work:
    """Return what came of one version, whose files are written by now."""
    work, row = Work(), BriefRow(job.checked.source.name, job.audience.name)
    work.rows.append(row)
    action = partial(_version, job.checked, job.audience, formats, options, project, work, row)
    row.failed = _guarded(work, action) is None
    if len(options.summaries) > 1:
        work.findings = [found if found.span else replace(found, span=Span(row.summary)) for found in work.findings]
    return work


def _version(
    checked: Checked, audience: Audience, formats: list[str], options: RenderOptions, project: Project, work: Work, row: BriefRow
) -> bool:
    """Compile one version and write it in every format; nothing is written unless every format could be made."""
    version = (review_copy if options.review else compile_brief)(checked, audience, project, formats=formats)
    written = {fmt: version.write(fmt) for fmt in formats}
    printed = [located(d, checked.source) for result in written.values() for d in result.diagnostics]
    said = [*version.findings, *printed]
    if has_errors(printed if options.review else said):
        raise Rejected(said)
    name = file_name(project.settings.name, version.brief) + (SUFFIX if options.review else "")
    for fmt, result in written.items():
        row.files.append(_put(options.output or "", f"{name}.{fmt}", result.content))
    _fill(row, version, [*checked.findings, *said])
    work.findings += said
    return True


def _fill(row: BriefRow, version: Version, said: list[Diagnostic]) -> None:
    row.pages = version.fitted.layout.pages if version.fitted.layout else None
    row.words = version.words
    row.cuts = sum(cut.count or 1 for cut in version.brief.cuts)
    row.warnings = sum(d.severity is Severity.WARNING for d in dict.fromkeys(said))


def _put(output: str, name: str, content: bytes) -> str:
    if output == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return "-"
    path = Path(output) / name
    write_atomic(path, content)
    return str(path)


def _report(options: RenderOptions, work: Work) -> Exit:
    work.findings = list(dict.fromkeys(work.findings))
    code = worst(
        [
            *work.codes,
            *([Exit.WARNINGS] if options.strict and any(d.severity is not Severity.INFO for d in work.findings) else []),
        ]
    )
    if options.form == "json":
        stream = sys.stderr if options.output == "-" else sys.stdout
        stream.write(json.dumps(_as_json(work, code), ensure_ascii=False, indent=2) + "\n")
        return code
    terminal.report(work.findings)
    if options.unchecked and work.rows:
        sys.stderr.write("UNCHECKED: no rule was run (--no-check); every page says so\n")
    for line in work.skipped:
        sys.stderr.write(line + "\n")
    if work.rows and options.output != "-":
        _table(work.rows)
    return code


def _table(rows: Sequence[BriefRow]) -> None:
    """Print what was made: in a pipe with every path; on a terminal so that a row is one line, with one path as the pattern."""
    heads = ("summary", "audience", "pages", "words", "cuts", "warnings", "files")
    if not terminal.watched(sys.stdout):
        terminal.table("", heads, [_cells(row) for row in rows])
        return
    stems = {row.summary: Path(row.summary).stem for row in rows}
    clear = len(set(stems.values())) == len(stems)
    shown = [(stems[row.summary] if clear else row.summary, *_cells(row)[1:-1], _formats_of(row)) for row in rows]
    made = next((file for row in rows for file in row.files), "")
    terminal.table(f"Briefs, such as {made}" if made else "Briefs", (*heads[:-1], "formats"), shown, right=range(2, 6))


def _formats_of(row: BriefRow) -> str:
    return ", ".join(Path(file).suffix[1:] for file in row.files) or "not written"


def _cells(row: BriefRow) -> tuple[str, ...]:
    if row.failed:
        return (row.summary, row.audience, "–", "–", "–", "–", "not written")
    pages = str(row.pages) if row.pages is not None else "not measured"
    return (row.summary, row.audience, pages, str(row.words), str(row.cuts), str(row.warnings), ", ".join(row.files))


def _as_json(work: Work, code: Exit) -> dict[str, Any]:
    return {
        "exit": int(code),
        "briefs": [{slot: getattr(row, slot) for slot in BriefRow.__slots__} for row in work.rows],
        "skipped": work.skipped,
        "diagnostics": reports.as_json(work.findings),
    }
