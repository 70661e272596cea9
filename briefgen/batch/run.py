"""A run: the lock, the state, the plan, the work, what is removed, and the report; for one output folder.

Only this process writes the state: a transaction for some outcomes, after their files stand. So whatever ends it, the next run
finds files that the state knows, and makes the rest again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from briefgen.batch import lock, work
from briefgen.batch.ahead import refused
from briefgen.batch.executors import known, timed
from briefgen.batch.executors import pool as pool_of
from briefgen.batch.job import Job, Outcome, Unit
from briefgen.batch.plan import Ground, Plan, Task, over, pictures, plan
from briefgen.batch.pool import Lost, each
from briefgen.batch.prune import prune
from briefgen.batch.report import Report, keep
from briefgen.batch.state import EXPORT, FOLDER, Changes, OutputRow, State, UnitRow
from briefgen.batch.superseded import set_aside
from briefgen.batch.watch import Watch
from briefgen.files import write_atomic
from briefgen.findings.diagnostics import BriefgenError, error, warning
from briefgen.project.project import Project

TIMEOUT = 120.0
AT_ONCE = 20
"""Outcomes a transaction: what a kill costs at most, besides what is under way."""
_SECOND = 1.0

Progress = Callable[[Outcome | None, int], None]
"""Is told each outcome and how many there will be; None: the work begins."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: `workers` 0 for as many as there are processors, `timeout` in seconds for a document, 0 for none."""

    force: bool = False
    dry: bool = False
    fail_fast: bool = False
    prune: bool = False
    wait: bool = False
    workers: int = 0
    timeout: float = TIMEOUT
    executor: str = "local"
    templates: str = ""
    trusted: bool = False

    @property
    def timed(self) -> bool:
        """Return whether a timer holds."""
        return self.timeout > 0 and timed(self.executor)


def run(
    project: Project,
    jobs: Sequence[Job],
    options: Options,
    *,
    all_jobs: Sequence[Job] = (),
    tell: Progress = lambda _outcome, _total: None,
    do: Callable[[work.WorkOrder], Outcome] = work.make,
) -> Report:
    """Run jobs that share one output folder; return the report, which stands in that folder as well.

    `all_jobs` are those of the project, for `prune`: what one of them makes stays. `do` makes a unit, in a worker. Raises
    Rejected where units collide, UsageError for jobs that can't be, BriefgenError where the folder can't be used or is held.
    """
    known(options.executor)
    output = jobs[0].output
    made = Report.begun(output, [job.name for job in jobs])
    if options.dry:
        return _planned(project, jobs, options, made, all_jobs or jobs)
    with lock.held(output, wait=options.wait):
        lock.sweep(output)
        state = State(output)
        try:
            return _Run(project, jobs, options, state, made, tell, do).whole(all_jobs)
        finally:
            state.close()


def _planned(project: Project, jobs: Sequence[Job], options: Options, made: Report, all_jobs: Sequence[Job]) -> Report:
    """Return a report of what a run would do, `removed` included; nothing is written."""
    state = State(made.output, read_only=True)
    try:
        ground = Ground(project, state, time.time_ns())
        made.plan = plan(jobs, ground, force=options.force)
        workers = options.workers if options.executor == "local" else 1
        made.refused = refused(made.plan.tasks, ground, partial(_order, ground, options, made.output), workers=workers)
        if options.prune:
            made.removed, made.findings = prune(all_jobs, ground, made.output, dry=True)
    finally:
        state.close()
    return made.ended()


@dataclass(slots=True)
class _Run:
    """One run under way."""

    project: Project
    jobs: Sequence[Job]
    options: Options
    state: State
    report: Report
    tell: Progress
    do: Callable[[work.WorkOrder], Outcome]
    ground: Ground = field(init=False)
    waiting: list[tuple[Task, Outcome]] = field(default_factory=list)
    written: float = 0.0
    unusable: str = ""

    def whole(self, all_jobs: Sequence[Job]) -> Report:
        """Do all of it; what was done until something stops it is written down."""
        self.ground = Ground(self.project, self.state, time.time_ns())
        self._state_warning()
        found = self.report.plan = plan(self.jobs, self.ground, force=self.options.force)
        self.state.record(Changes([], found.restamped, {}))
        self.ground.learn()
        try:
            if found.tasks:
                self._work(found)
            if self.options.prune:
                self.report.removed, said = prune(all_jobs or self.jobs, self.ground, self.report.output)
                self.report.findings += said
        except KeyboardInterrupt:
            self.report.stopped = True
            raise
        finally:
            self._record()
            self.ground.learn()
            self._close()
        return self.report

    def _superseded(self, unit: Unit) -> None:
        """Set the older files of a final aside that is refused, or note that they are kept."""
        if not self.ground.facts[unit.summary].final:
            return
        rows = [row for row in self.state.outputs.values() if row.stem == unit.stem]
        if self.project.settings.refused_files == "keep":
            self.report.kept_files += [row.path for row in rows if (self.report.output / row.path).exists()]
            return
        aside = set_aside(self.report.output, rows)
        self.report.aside += aside.moved
        self.report.findings += aside.said
        self.state.forget(aside.gone, [])

    def _state_warning(self) -> None:
        self.unusable = self.state.warning
        if self.state.warning:
            message = f"the build state can't be used ({self.state.warning}): it begins anew, and everything is made again"
            self.report.findings.append(warning("BAT-04", message, None, f"the old one stands beside it, {FOLDER}/*.unusable"))

    def _work(self, found: Plan) -> None:
        """Make what must be made."""
        tasks = self._without_pdf(found.tasks)
        order = partial(_order, self.ground, self.options, self.report.output)
        orders = [order(task) for task in tasks]
        self.tell(None, len(orders))
        run = f"{os.getpid()}"
        folder = self.report.output / FOLDER
        watch = Watch(self.options.timeout, str(folder), run) if self.options.timed else None
        pool = pool_of(self.options.executor, self.options.workers, watch)
        results = each(orders, self.do, pool)
        try:
            for index, result in results:
                outcome = self._lost(orders[index].unit, result) if isinstance(result, Lost) else result
                self._take(tasks[index], outcome)
                self.tell(outcome, len(orders))
                if self.options.fail_fast and outcome.status == "failed":
                    break
        finally:
            getattr(results, "close", lambda: None)()
            pool.close()
            if watch:
                watch.clear()
        tried = {outcome.unit.stem for outcome in self.report.outcomes}
        self.report.untried = [task.unit for task in tasks if task.unit.stem not in tried]

    def _without_pdf(self, tasks: Sequence[Task]) -> list[Task]:
        """Return the tasks as this machine can do them: where no PDF can be made, that is told once, and the rest is made."""
        pdf = any("pdf" in task.unit.formats for task in tasks)
        reason = (
            work.warm(_order(self.ground, self.options, self.report.output, tasks[0]), pdf=pdf)
            if self.options.executor in ("local", "serial")
            else None
        )
        if reason is None:
            return list(tasks)
        self.report.fault(error("BAT-09", f"no PDF can be made: {reason}", None, "`briefgen doctor` says more"), 4)
        left = [
            task._replace(unit=task.unit._replace(formats=tuple(f for f in task.unit.formats if f != "pdf"))) for task in tasks
        ]
        return [task for task in left if task.unit.formats]

    def _lost(self, unit: Unit, lost: Lost) -> Outcome:
        """Return the Outcome of a unit that no worker brought back."""
        who = f"{unit.summary} for {unit.audience}"
        if lost.late:
            message = f"{who}: not done within {self.options.timeout:g} s, and given up"
            hint = "--timeout gives it more; `briefgen render` shows where it hangs"
            return work.failed(unit, [error("BAT-03", message, None, hint)], 1)
        message = f"{who}: its worker ended, twice ({lost.reason})"
        hint = "the system may have ended it for want of memory; try `briefgen render` on this one alone"
        return work.failed(unit, [error("BAT-02", message, None, hint)], 1)

    def _take(self, task: Task, outcome: Outcome) -> None:
        self.report.outcomes.append(outcome)
        self.waiting.append((task, outcome))
        if outcome.refused:
            self._superseded(outcome.unit)
        if len(self.waiting) >= AT_ONCE or time.monotonic() - self.written > _SECOND:
            self._record()

    def _record(self) -> None:
        """Write down what was made since the last time, in one transaction."""
        changes = Changes([], [], {})
        for task, outcome in self.waiting:
            if outcome.status != "failed":
                self._rows(task, outcome, changes)
        self.waiting.clear()
        self.written = time.monotonic()
        if changes.units:
            self.state.record(changes)

    def _rows(self, task: Task, outcome: Outcome, changes: Changes) -> None:
        unit = outcome.unit
        own, images = dict(task.own), "\0".join(outcome.images)
        own = {name: value for name, value in own.items() if not name.startswith("picture ")}
        own |= pictures(images, self.ground) if images else {}
        digest = over(own)
        said = f"{outcome.pages or 0} {outcome.words} {outcome.cuts}"
        changes.units.append(
            UnitRow(unit.stem, unit.summary, unit.audience, digest, task.shared_digest, outcome.status, images, said)
        )
        changes.outputs += [
            OutputRow(file.path, unit.stem, digest, task.shared_digest, file.sha256, *file.stamp) for file in outcome.files
        ]
        changes.recipes[digest] = own
        changes.recipes[task.shared_digest] = self.ground.shared.parts(unit.audience, unit.language)

    def _close(self) -> None:
        """Write the manifest and the report; where the state was lost on the way, write it anew."""
        if self.report.plan.tasks:
            lock.sweep(self.report.output)
        if (why := self.state.save()) and why != self.unusable:
            message = f"the build state was lost on the way ({why}), so files may be missing"
            hint = "run the batch again; see that there is space, and that nobody empties the output folder meanwhile"
            self.report.fault(error("BAT-07", message, None, hint), 4)
        self.report.ended()
        path = self.report.output / FOLDER / EXPORT
        try:
            if self.state.changed or not path.is_file():
                write_atomic(path, self.state.exported().encode())
                self.state.was_exported()
            self.report.kept = keep(self.report, max(job.keep for job in self.jobs))
        except BriefgenError as fault:
            self.report.fault(error("BAT-07", fault.message, None, fault.hint), 4)


def _order(ground: Ground, options: Options, output: Path, task: Task) -> work.WorkOrder:
    """Return a task as a worker needs it; its content is its summary with the articles that it is compared with."""
    content = over({name: made for name, made in task.own.items() if name == "summary" or name.startswith("file ")})
    folder, shared = str(ground.project.folder), ground.shared.everything
    return work.WorkOrder(task.unit, folder, options.templates, shared, content, str(output), options.trusted)
