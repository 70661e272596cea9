"""What a batch is made of: jobs as the project file has them, units of work, and what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from briefgen.findings.diagnostics import Diagnostic, Severity, UsageError
from briefgen.model import project_file
from briefgen.project.project import Project
from briefgen.writers import usual

DEFAULT_JOB = "default"


@dataclass(frozen=True, slots=True)
class Job:
    """A named set of briefs. `output` is absolute; `inputs` are relative to the project's folder."""

    name: str
    inputs: tuple[str, ...]
    audiences: tuple[str, ...]
    formats: tuple[str, ...]
    output: Path
    pattern: str
    keep: int


class Unit(NamedTuple):
    """One summary for one audience: the unit of work. Its files are `stem` with the ending of each format.

    `stem` is relative to the output folder, with `/`; `summary` relative to the project's folder where it lies below it.
    """

    summary: str
    audience: str
    stem: str
    formats: tuple[str, ...]
    language: str

    @property
    def files(self) -> tuple[str, ...]:
        """Return its files, relative to the output folder."""
        return tuple(f"{self.stem}.{fmt}" for fmt in self.formats)


class Stamp(NamedTuple):
    """What a look at a file's entry tells: cheap, and different whenever the content may be."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Made(NamedTuple):
    """One file that was written: relative to the output folder, the SHA-256 of its bytes, its stamp."""

    path: str
    sha256: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one unit: `made`, `withheld` (its marking forbids it) or `failed`; seconds, and what was said.

    `images` are the pictures that were printed, as absolute paths: they belong to what the files were made from. `refused` says
    of one that failed that its content did, not the machine.
    """

    unit: Unit
    status: str
    files: tuple[Made, ...] = ()
    images: tuple[str, ...] = ()
    pages: int | None = None
    words: int = 0
    cuts: int = 0
    findings: tuple[Diagnostic, ...] = ()
    code: int = 0
    seconds: float = 0.0
    refused: bool = False

    @property
    def warnings(self) -> int:
        """Return how many warnings were told on what was made, each once."""
        return sum(row.severity is Severity.WARNING for row in dict.fromkeys(self.findings)) if self.status == "made" else 0


def jobs_of(project: Project, names: Sequence[str] = (), output: str | None = None) -> list[Job]:
    """Return the jobs of these names, all if none is named; raise UsageError for a name that no job has.

    A project without jobs has one, `default`: every summary in `inputs/`, for all audiences. `output` goes before the
    folders of the project file.
    """
    settings = project.settings
    rows = settings.jobs or {DEFAULT_JOB: project_file.JobSettings()}
    if unknown := [name for name in names if name not in rows]:
        raise UsageError(f"there is no job {', '.join(unknown)}", f"there are {', '.join(rows)}")
    folder = Path(output) if output else None
    return [_job(name, rows[name], project, folder) for name in rows if not names or name in names]


def _job(name: str, row: project_file.JobSettings, project: Project, asked: Path | None) -> Job:
    output = asked or project.folder / (row.output or project.settings.output)
    return Job(
        name, row.inputs, row.audiences, row.formats or usual(), output.resolve(), row.name or project.settings.name, row.keep
    )
