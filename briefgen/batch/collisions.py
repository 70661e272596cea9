"""Jobs whose output folders lie inside each other: none writes a file that another one writes, too.

In: a project and its jobs. Out: nothing, or a refusal. Within one folder, planning sees to it (`plan`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from briefgen.batch.job import Job, Unit
from briefgen.batch.plan import Ground, Plan, gather
from briefgen.batch.state import State
from briefgen.files import shown_path
from briefgen.findings.diagnostics import Rejected, error
from briefgen.project.project import Project


def apart(project: Project, jobs: Sequence[Job]) -> None:
    """Raise Rejected, with every case, where jobs with nested output folders would have one file, capital letters ignored."""
    outputs = {job.output for job in jobs}
    outer = {one for one in outputs for other in outputs if other != one and other.is_relative_to(one)}
    if not any(job.output in outer and "/" in job.pattern for job in jobs):
        return  # a name without a folder stays in its own
    homes: dict[str, tuple[Path, Unit]] = {}
    found = []
    for output in sorted(outputs):
        for unit in _units(project, [job for job in jobs if job.output == output]):
            there, other = homes.setdefault(str(output / unit.stem).casefold(), (output, unit))
            if there != output:
                both = f"{other.summary} for {other.audience} and {unit.summary} for {unit.audience}"
                message = f"{both} would have one file, {unit.stem} in {shown_path(output)}"
                found.append(error("BAT-01", message, None, "give one of the jobs another `output`, or another `name`"))
    if found:
        raise Rejected(found)


def _units(project: Project, jobs: Sequence[Job]) -> Iterator[Unit]:
    with closing(State(jobs[0].output, read_only=True)) as state:
        ground, planned = Ground(project, state, time.time_ns()), Plan()
        for job in jobs:
            gather(job, ground, planned)
        yield from planned.units.values()
