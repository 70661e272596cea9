"""`briefgen render`: every summary for every audience in every format, one bad summary never stops the rest."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from briefgen import writers
from briefgen.batch import once
from briefgen.batch.job import Made, Outcome, Stamp
from briefgen.batch.work import put
from briefgen.cli import terminal
from briefgen.findings import report as reports
from briefgen.findings.codes import SHIPPED, RuleSet
from briefgen.findings.diagnostics import Rejected, UsageError
from briefgen.findings.faults import Exit, Tally
from briefgen.project.project import Project
from briefgen.project.settings import output_shown
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
    trusted: bool = False


@dataclass(slots=True)
class Work:
    """What came of it: an Outcome for each version, what was found, and the lines on versions that must not be made."""

    output: str
    outcomes: list[Outcome] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    skipped: list[str] = field(default_factory=list)
    rules: RuleSet = SHIPPED

    def paths(self, outcome: Outcome) -> list[str]:
        """Return the files of a version as a person would type them; `-` for standard output."""
        return [file.path if self.output == "-" else str(Path(self.output) / file.path) for file in outcome.files]


def run(options: RenderOptions) -> Exit:
    """Render all that was asked for, report, and return the exit code."""
    if options.review and options.unchecked:
        raise UsageError("a review copy shows what the checks find", "leave out --no-check, or --review")
    shortcut()
    project = Project.find(Path.cwd(), options.templates, trusted=options.trusted)
    known = writers.names(project.parts.formats)
    formats = _formats(options.formats, known)
    work = Work(output_shown(project, options.output), rules=project.rules.every)
    try:
        audiences = [project.audience(name) for name in dict.fromkeys(options.audiences)] or project.audiences()
    except Rejected as fault:  # nothing can be made: what is wrong with the summaries is told in the same round
        work.tally.note(fault)
        _made(once.Once(project, options.summaries, (), formats, (), options.unchecked, options.review), work)
        return _report(options, work)
    if work.output == "-" and len(options.summaries) * len(formats) * len(audiences) != 1:
        raise UsageError("-o - writes one document", "name one summary, one audience with -a and one format with -t")
    formats = once.possible(formats, work.tally)
    how = (options.unchecked, options.review, options.strict)
    asked = once.Once(project, options.summaries, audiences, formats, options.audiences, *how)
    _made(asked, work)
    return _report(options, work)


def _formats(text: str, known: Sequence[str]) -> list[str]:
    formats = [name.strip().lower() for name in text.split(",") if name.strip()]
    unknown = [name for name in formats if name not in known]
    if unknown or not formats:
        raise UsageError(
            f"there is no format {', '.join(unknown) or text!r}",
            f"-t takes {', '.join(known)}, with commas between them",
        )
    return list(dict.fromkeys(formats))


def _made(asked: once.Once, work: Work) -> None:
    """Make what is asked for, with a bar where somebody watches."""
    rows, held = once.units(asked, work.tally)
    for unit, checked in held:
        work.skipped.append(f"{unit.summary}: not rendered: {unit.audience}, {checked.summary.marking.tlp.label}, no release")
    writer = _to_standard_output if work.output == "-" else partial(put, work.output, durable=False)
    with terminal.progress(len(rows), "Rendering") as step:
        for (unit, checked), outcome in zip(rows, once.outcomes(asked, rows, writer), strict=True):
            step(f"{checked.summary.id} · {unit.audience}")
            work.outcomes.append(outcome)
            work.tally.findings += outcome.findings
            work.tally.codes.append(outcome.code)


def _to_standard_output(_name: str, content: bytes) -> Made:
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
    return Made("-", "", Stamp(len(content), 0, 0, 0))


def _report(options: RenderOptions, work: Work) -> Exit:
    findings = list(dict.fromkeys(work.tally.findings))
    code = work.tally.code(findings if options.strict else ())
    if options.form == "json":
        told = {
            "exit": int(code),
            "briefs": [_as_json(row, work) for row in work.outcomes],
            "skipped": work.skipped,
            "diagnostics": reports.as_json(findings),
        }
        terminal.as_json(told, sys.stderr if work.output == "-" else sys.stdout)
        return code
    terminal.report(findings, whole="--format json", rules=work.rules)
    if options.unchecked and work.outcomes:
        sys.stderr.write("UNCHECKED: no rule was run (--no-check); every page says so\n")
    for line in work.skipped:
        sys.stderr.write(line + "\n")
    if work.outcomes and work.output != "-":
        _table(work)
    return code


def _table(work: Work) -> None:
    """Print what was made: in a pipe with every path; on a terminal so that a row is one line, with one path as the pattern."""
    heads = ("summary", "audience", "pages", "words", "cuts", "warnings", "files")
    rows = [_cells(row, work.paths(row)) for row in work.outcomes]
    if not terminal.watched(sys.stdout):
        terminal.table("", heads, rows)
        return
    stems = {row.unit.summary: Path(row.unit.summary).stem for row in work.outcomes}
    clear = len(set(stems.values())) == len(stems)
    shown = [
        (stems[name] if clear else name, *cells, ", ".join(file.path.rpartition(".")[2] for file in row.files) or "not written")
        for row, (name, *cells, _) in zip(work.outcomes, rows, strict=True)
    ]
    made = next((path for row in work.outcomes for path in work.paths(row)), "")
    terminal.table(f"Briefs, such as {made}" if made else "Briefs", (*heads[:-1], "formats"), shown, right=range(2, 6))


def _cells(row: Outcome, paths: Sequence[str]) -> tuple[str, ...]:
    name, audience = row.unit.summary, row.unit.audience
    if row.status == "failed":
        return (name, audience, "–", "–", "–", "–", "not written")
    pages = str(row.pages) if row.pages is not None else "not measured"
    return (name, audience, pages, str(row.words), str(row.cuts), str(row.warnings), ", ".join(paths))


def _as_json(row: Outcome, work: Work) -> dict[str, Any]:
    return {
        "summary": row.unit.summary,
        "audience": row.unit.audience,
        "files": work.paths(row),
        "pages": row.pages,
        "words": row.words,
        "cuts": row.cuts,
        "warnings": row.warnings,
        "failed": row.status == "failed",
    }
