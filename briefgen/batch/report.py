"""What came of a run, for people and for programs: kept in `.briefgen/runs/` beside the outputs, the last N of them.

In: outcomes as they come. Out: one JSON object and the same as text. docs/batch.md lists the fields.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from briefgen.batch.job import Outcome, Unit
from briefgen.batch.plan import Plan
from briefgen.batch.state import FOLDER
from briefgen.batch.superseded import FOLDER as SUPERSEDED
from briefgen.files import shown_path, write_atomic
from briefgen.findings import report as reports
from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.findings.faults import worst

RUNS = "runs"
_NAME = re.compile(r"(\d{6,})-.*\.(?:json|txt)")


@dataclass(slots=True)
class Report:
    """A run: what was planned, what came of it, when; `kept` is where it stands as text, once it does.

    Of finals that are refused: `refused` are those of a dry run, `aside` the older files that were set aside, `kept_files` those
    that the project keeps.
    """

    output: Path
    jobs: list[str]
    started: datetime
    clock: float
    plan: Plan = field(default_factory=Plan)
    outcomes: list[Outcome] = field(default_factory=list)
    untried: list[Unit] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[Outcome] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    kept_files: list[str] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    stopped: bool = False
    kept: Path | None = None
    seconds: float = 0.0

    @classmethod
    def begun(cls, output: Path, jobs: list[str]) -> Report:
        """Return the report of a run that begins now."""
        return cls(output, jobs, datetime.now(UTC), monotonic())

    def ended(self) -> Report:
        """Note how long it took, by a clock that nobody sets."""
        self.seconds = round(monotonic() - self.clock, 3)
        return self

    def fault(self, finding: Diagnostic, code: int) -> None:
        """Add a finding that decides the exit code."""
        self.findings.append(finding)
        self.codes.append(code)

    @property
    def failed(self) -> list[Outcome]:
        """Return what failed."""
        return [outcome for outcome in self.outcomes if outcome.status == "failed"]

    @property
    def withheld(self) -> list[Unit]:
        """Return what a summary's marking forbids to make, in this run or before, in the order of the files."""
        now = [outcome.unit for outcome in self.outcomes if outcome.status == "withheld"]
        return sorted([*now, *self.plan.withheld])

    @property
    def said(self) -> list[Diagnostic]:
        """Return every finding once: of the plan, of the outcomes in the order of their files, of the run."""
        rows = [*self.plan.findings, *(finding for _, findings, _ in self.plan.failed for finding in findings)]
        for outcome in sorted((*self.outcomes, *self.refused), key=lambda made: made.unit):
            rows += outcome.findings
        return list(dict.fromkeys([*rows, *self.findings]))

    @property
    def code(self) -> int:
        """Return the exit code: 130 where it was stopped, else the one that weighs most of what something gave."""
        if self.stopped:
            return 130
        came = (outcome.code for outcome in (*self.outcomes, *self.refused))
        return worst([*self.codes, *came, *(code for _, _, code in self.plan.failed)])

    def counts(self) -> dict[str, int]:
        """Return the numbers of the run. `failed` counts documents, and summaries that could not be read at all."""
        status = Counter(outcome.status for outcome in self.outcomes)
        return {
            "built": status["made"],
            "skipped": len(self.plan.fresh),
            "failed": status["failed"] + len(self.plan.failed),
            "withheld": len(self.withheld),
            "untried": len(self.untried),
            "removed": len(self.removed),
            "cut": sum(outcome.cuts > 0 for outcome in self.outcomes),
            "warnings": sum(finding.severity is Severity.WARNING for finding in self.said),
        }

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "schema": 1,
            "jobs": self.jobs,
            "output": shown_path(self.output),
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": self.seconds,
            "stopped": self.stopped,
            "exit": self.code,
            "files_set_aside": sorted(self.aside),
            "files_kept": sorted(self.kept_files),
            **self.counts(),
            "documents": [_document(outcome) for outcome in sorted(self.outcomes, key=lambda made: made.unit)],
            "unread": [path for path, _, _ in self.plan.failed],
            "files_removed": self.removed,
            "diagnostics": reports.as_json(self.said),
        }

    def text(self) -> str:
        """Return the report for people: the numbers, then what failed, and every finding."""
        counts = [(count, name) for name, count in self.counts().items() if count or name in ("built", "skipped")]
        numbers = ", ".join("1 warning" if row == (1, "warnings") else f"{row[0]} {row[1]}" for row in counts)
        lines = [f"its final is refused, set aside in {SUPERSEDED}: {name}" for name in sorted(self.aside)]
        lines += [f"its final is refused, kept: {name}" for name in sorted(self.kept_files)]
        lines += [f"{', '.join(self.jobs)} → {shown_path(self.output)}: {numbers}; {self.seconds:.1f} s"]
        lines += [f"failed: {path}" for path, _, _ in self.plan.failed]
        lines += [
            f"failed: {made.unit.summary} · {made.unit.audience}" for made in sorted(self.failed, key=lambda made: made.unit)
        ]
        lines += [f"withheld for its marking: {unit.summary} · {unit.audience}" for unit in self.withheld]
        lines += [f"removed: {name}" for name in self.removed]
        return "\n".join(lines) + "\n"


def _document(outcome: Outcome) -> dict[str, Any]:
    return {
        "summary": outcome.unit.summary,
        "audience": outcome.unit.audience,
        "status": outcome.status,
        "files": [file.path for file in outcome.files],
        "pages": outcome.pages,
        "words": outcome.words,
        "cuts": outcome.cuts,
        "seconds": outcome.seconds,
    }


def keep(report: Report, count: int) -> Path:
    """Write the report beside the outputs as JSON and as text, and remove the oldest above `count`; return the text's path.

    Reports are numbered: a clock that is set back puts none in the wrong place. Raises BriefgenError where it can't be written.
    """
    folder = report.output / FOLDER / RUNS
    there = _numbers(folder)
    number = max(there, default=0) + 1
    stem = f"{number:06d}-{report.started:%Y%m%dT%H%M%SZ}-{'+'.join(report.jobs)[:60]}"
    lines = [f"{row.span or ''} {row.severity} {row.code} {row.message}".strip() for row in report.said]
    said = "".join(f"{line}\n" for line in lines)
    write_atomic(folder / f"{stem}.txt", (report.text() + said).encode())
    write_atomic(folder / f"{stem}.json", (json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n").encode())
    for old in sorted((*there, number))[:-count]:
        for path in there.get(old, ()):
            with suppress(OSError):
                path.unlink()
    return folder / f"{stem}.txt"


def _numbers(folder: Path) -> dict[int, Sequence[Path]]:
    found: dict[int, list[Path]] = {}
    for path in folder.iterdir() if folder.is_dir() else ():
        if match := _NAME.fullmatch(path.name):
            found.setdefault(int(match[1]), []).append(path)
    return dict(found)
