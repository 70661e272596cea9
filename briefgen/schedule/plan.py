"""The schedules that hold now: read from the project file, and read again whenever that changed.

In: the project's folder. Out: the scheduled jobs by name. A change that can't be used leaves the last good ones in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefgen.findings.diagnostics import BriefgenError, Rejected, UsageError
from briefgen.model.project_file import Schedule
from briefgen.project.project import PROJECT_FILE, Project
from briefgen.schedule.log import Log, findings


def scheduled(project: Project, names: tuple[str, ...] = ()) -> dict[str, Schedule]:
    """Return the schedules by job, those named or all; raise UsageError for a job that is not there, or has none."""
    if project.file is None:
        raise UsageError(f"there is no {PROJECT_FILE} here or above", "`briefgen init` makes a project")
    jobs = project.settings.jobs
    for name in names:
        if name not in jobs:
            raise UsageError(
                f"there is no job {name!r}", f"there are {', '.join(jobs)}" if jobs else f"add `jobs` to {PROJECT_FILE}"
            )
        if jobs[name].schedule is None:
            raise UsageError(
                f"the job {name!r} has no schedule", "add `schedule: {cron: 30 6 * * mon-fri, zone: Europe/Brussels}`"
            )
    found = {name: job.schedule for name, job in jobs.items() if job.schedule and (not names or name in names)}
    if not found:
        raise UsageError(
            f"no job of {PROJECT_FILE} has a schedule", "add `schedule: {cron: 30 6 * * mon-fri, zone: Europe/Brussels}` to one"
        )
    return found


@dataclass(slots=True)
class Plan:
    """The scheduled jobs of a folder, as its project file had them when it was last good."""

    folder: Path
    log: Log
    jobs: Mapping[str, Schedule] = field(default_factory=dict)
    seen: tuple[int, ...] = ()

    def read(self) -> None:
        """Read the project file for the first time; raise what is wrong with it."""
        self.seen = self._mark()
        self.jobs = scheduled(Project.find(self.folder))

    def renew(self) -> bool:
        """Read the project file if it changed; return whether the schedules may be others now."""
        mark = self._mark()
        if mark == self.seen:
            return False
        self.seen = mark
        try:
            project = Project.find(self.folder)
            if project.folder != self.folder.resolve():
                raise UsageError(f"{PROJECT_FILE} is gone", "put it back")
            self.jobs = scheduled(project)
        except Rejected as fault:
            self.log("reload_failed", kept=sorted(self.jobs), diagnostics=findings(fault.diagnostics))
            return False
        except BriefgenError as fault:
            self.log("reload_failed", kept=sorted(self.jobs), message=fault.message, cure=fault.hint)
            return False
        self.log("reloaded", jobs=sorted(self.jobs))
        return True

    def _mark(self) -> tuple[int, ...]:
        """Return what tells one state of the file from another."""
        try:
            stat = (self.folder / PROJECT_FILE).stat()
        except OSError:
            return ()
        return (stat.st_mtime_ns, stat.st_size, stat.st_ino)
