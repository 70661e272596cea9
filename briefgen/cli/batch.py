"""`briefgen batch`: the jobs of a project; only what changed is made, and one bad summary never stops the rest."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.batch.collisions import apart
from briefgen.batch.job import Job, Outcome, jobs_of
from briefgen.batch.report import Report
from briefgen.batch.run import Options, run
from briefgen.cli import terminal
from briefgen.files import shown_path
from briefgen.findings.diagnostics import BriefgenError, Rejected
from briefgen.findings.faults import FAULTS, Exit, code_of, worst
from briefgen.project.project import Project
from briefgen.project.settings import VARIABLES
from briefgen.writers.libraries import shortcut

EVERY = 10.0
"""Seconds between two lines about the progress, where nobody watches a bar."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line."""

    jobs: Sequence[str]
    options: Options
    explain: bool
    form: str


def batch(asked: Asked) -> Exit:
    """Run what was asked for, one output folder after the other; report, and return the exit code.

    A folder that can't be used, or that another batch holds, keeps none of the others; what is wrong with it is told at the end.
    """
    shortcut()
    templates = Path(asked.options.templates) if asked.options.templates else None
    project = Project.find(Path.cwd(), templates, trusted=asked.options.trusted)
    elsewhere = os.environ.get(VARIABLES["output"])
    jobs, every = jobs_of(project, asked.jobs, elsewhere), jobs_of(project, output=elsewhere)
    apart(project, jobs)
    reports: list[Report] = []
    faults: list[Rejected | BriefgenError] = []
    with _ends_on_sigterm():
        for output in dict.fromkeys(job.output for job in jobs):
            together, others = _of(output, jobs), _of(output, every)
            try:
                with _progress(quiet=asked.options.dry) as tell:
                    reports.append(run(project, together, asked.options, all_jobs=others, tell=tell))
            except FAULTS as fault:
                faults.append(fault)
            if asked.options.fail_fast and (faults or reports[-1].code):
                break
    return _told(reports, faults, asked)


def _of(output: Path, jobs: Sequence[Job]) -> list[Job]:
    return [job for job in jobs if job.output == output]


def _told(reports: Sequence[Report], faults: Sequence[Rejected | BriefgenError], asked: Asked) -> Exit:
    """Print the reports, tell the faults, and return the worst exit code; raise the fault where there is nothing else."""
    if len(faults) == 1 and not reports:
        raise faults[0]
    code = worst([*(report.code for report in reports), *map(code_of, faults)])
    _print(reports, asked, code)
    for fault in faults:
        if isinstance(fault, Rejected):
            terminal.report(fault.diagnostics)
        else:
            terminal.complain(fault.message, fault.hint)
    return code


def _print(reports: Sequence[Report], asked: Asked, code: Exit) -> None:
    if asked.form == "json":
        terminal.as_json(_as_json(reports, asked, code))
        return
    for report in reports:
        sys.stdout.writelines(f"would be refused: {row.unit.summary} · {row.unit.audience}\n" for row in report.refused)
        if asked.explain or asked.options.dry:
            _explain(report, dry=asked.options.dry)
        whole = shown_path(report.kept) if report.kept else "--format json"
        terminal.report(report.said, verbose=False, whole=whole)
        sys.stdout.write(_planned(report) if asked.options.dry else report.text())
    if asked.options.dry and asked.options.timeout and not asked.options.timed:
        sys.stdout.write(f"no timeout holds with --executor {asked.options.executor}\n")


def _explain(report: Report, *, dry: bool) -> None:
    for task in report.plan.tasks:
        files = f" → {', '.join(task.unit.files)}" if dry else ""
        sys.stdout.write(f"{task.unit.summary} · {task.unit.audience}{files}: {'; '.join(task.why)}\n")


def _planned(report: Report) -> str:
    lines = [f"to remove: {name}" for name in report.removed]
    counts = [f"{len(report.plan.tasks)} to build", f"{len(report.plan.fresh)} up to date"]
    counts += [f"{len(report.removed)} to remove"] if report.removed else []
    counts += [f"{len(report.refused)} would be refused"] if report.refused else []
    return "\n".join([*lines, f"{', '.join(report.jobs)}: {', '.join(counts)}"]) + "\n"


def _as_json(reports: Sequence[Report], asked: Asked, code: Exit) -> dict[str, Any]:
    rows = [_row(report, asked) for report in reports]
    names = reports[0].counts() if reports else {}
    return {"exit": int(code), **{name: sum(row[name] for row in rows) for name in names}, "runs": rows}


def _row(report: Report, asked: Asked) -> dict[str, Any]:
    row = report.as_json()
    if asked.options.dry or asked.explain:
        tasks = report.plan.tasks
        row["to_build"] = [{"summary": t.unit.summary, "audience": t.unit.audience, "why": list(t.why)} for t in tasks]
    if asked.options.dry:
        row["timeout_holds"] = asked.options.timed
        row["would_be_refused"] = [{"summary": r.unit.summary, "audience": r.unit.audience} for r in report.refused]
    return row


@contextmanager
def _ends_on_sigterm() -> Iterator[None]:
    """Let SIGTERM end the run as Ctrl-C does: what is done is written down, the workers end, the lock is free."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


Tell = Callable[[Outcome | None, int], None]


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Tell]:
    """Yield what shows the progress: a bar on a terminal, a line now and then in a pipe, on standard error."""
    if quiet:
        yield lambda _outcome, _total: None
    elif terminal.watched(sys.stderr):
        with terminal.bar("Building") as tell:
            yield tell
    else:
        yield _Lines()


class _Lines:
    """Plain lines: each failure as it comes, and how far the run is every few seconds."""

    def __init__(self) -> None:
        self.began = self.last = time.monotonic()
        self.done = self.failed = 0

    def __call__(self, outcome: Outcome | None, total: int) -> None:
        if outcome is None:
            return
        self.done += 1
        if outcome.status == "failed":
            self.failed += 1
            sys.stderr.write(f"failed: {outcome.unit.summary} · {outcome.unit.audience}\n")
        now = time.monotonic()
        if now - self.last >= EVERY:
            self.last, rate = now, self.done / (now - self.began)
            left = (total - self.done) / rate
            sys.stderr.write(f"{self.done} of {total}, {rate:.1f} a second, {left:.0f} s left, {self.failed} failed\n")
        sys.stderr.flush()
