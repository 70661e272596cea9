"""The service: runs each job when it is due, one at a time, and remembers what is done.

In: a project's folder and a machine (clock, sleep, processes). Out: runs of `briefgen batch`, log lines, the state file.
Each due time of a job is dealt with once: run, or skipped because an earlier one of the same job still waits or runs. A run
that we interrupt is not done: the next start takes it again, and a batch makes only what is missing.
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from briefgen.findings.diagnostics import BriefgenError
from briefgen.model.project_file import Schedule
from briefgen.project.project import STATE_FOLDER
from briefgen.schedule import state as states
from briefgen.schedule.lock import held
from briefgen.schedule.log import Log
from briefgen.schedule.machine import Machine, Process
from briefgen.schedule.plan import Plan
from briefgen.schedule.times import last_due, next_run

LATE = timedelta(minutes=1)
AHEAD = timedelta(days=1)
"""A job that was done more than this in the future was done by a clock that went wrong."""
IDLE = 30.0
"""Seconds after which the project file and the clock are looked at, however far off the next job is."""
BUSY = 0.25
COUNTS = ("built", "skipped", "failed", "withheld", "untried", "removed", "cut", "warnings")
STATE_FILE = "schedule.json"


def batch_command(job: str) -> list[str]:
    """Return the command of a job. It waits for a batch started by hand; `-P`: see `exports.ExportOrder.command`."""
    return [sys.executable, "-P", "-m", "briefgen", "batch", job, "--wait", "--format", "json"]


class Ended(NamedTuple):
    """How the service ended: by which signal, empty with `--once`; and whether a run failed."""

    signal: str
    failed: bool


@dataclass(slots=True)
class Run:
    """One due time of a job that is to be dealt with."""

    job: str
    slot: datetime
    process: Process | None = None
    began: datetime | None = None


@dataclass(slots=True)
class Service:
    """The service of one project. `grace`: seconds that a run is given to end when we are told to stop."""

    folder: Path
    machine: Machine
    log: Log
    command: Callable[[str], Sequence[str]] = batch_command
    grace: float = 30.0
    plan: Plan = field(init=False)
    state: states.State = field(init=False, default_factory=states.State)
    waiting: deque[Run] = field(init=False, default_factory=deque)
    running: Run | None = field(init=False, default=None)
    seen: dict[str, datetime] = field(init=False, default_factory=dict)
    failed: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        """Make the plan, empty so far."""
        self.plan = Plan(self.folder, self.log)

    def run(self, *, once: bool = False) -> Ended:
        """Run until a signal asks to stop; with `once`, until nothing is due. Raises for a project that can't be used."""
        self.plan.read()
        with held(self.folder / STATE_FOLDER, self.machine.now()):
            self._remember()
            self.log("started_service", jobs=sorted(self.plan.jobs), once=once)
            while not self.machine.signals():
                self._step()
                if once and not (self.running or self.waiting):
                    break
                self.machine.wait(self._pause())
            told = next(iter(self.machine.signals()), "")
            self._stop()
            self.log("stopped", signal=told or None)
        return Ended(told, self.failed)

    # --- what was done before

    def _remember(self) -> None:
        """Read the state file, and begin the jobs that it does not know."""
        path = self.folder / STATE_FOLDER / STATE_FILE
        self.state = states.load(path)
        if self.state.lost:
            self.log("state_rebuilt", file=str(path), message=f"the state file {self.state.lost}; nothing is caught up")
        for name, past in self.state.jobs.items():
            if past.running:
                self.log("interrupted_before", job=name, slot=past.running)
                past.running = None
        self._match()

    def _match(self) -> None:
        """Let the state have the scheduled jobs and no others; a new or changed schedule counts from now on."""
        now, old = self.machine.now(), self.state.jobs
        self.state.jobs = {name: _begun(old.get(name), schedule, now) for name, schedule in self.plan.jobs.items()}
        self.seen = {name: time for name, time in self.seen.items() if self.state.jobs.get(name) is old.get(name)}
        self.waiting = deque(run for run in self.waiting if run.job in self.plan.jobs)
        self._save()

    def _save(self) -> None:
        try:
            states.save(self.folder / STATE_FOLDER / STATE_FILE, self.state)
        except BriefgenError as fault:
            self.log("state_not_written", message=fault.message, cure=fault.hint)

    # --- one look at the clock

    def _step(self) -> None:
        if self.plan.renew():
            self._match()
        self._finish()
        now = self.machine.now()
        for name, schedule in self.plan.jobs.items():
            self._look(name, schedule, now)
        while self.waiting and self.running is None:
            self._start(self.waiting.popleft())

    def _look(self, name: str, schedule: Schedule, now: datetime) -> None:
        """Note the latest due time of a job that was not dealt with; of several that were missed, it stands for all."""
        slot = last_due(schedule, self._base(name, now), now)
        if slot is None:
            return
        self.seen[name] = slot
        busy = "running" if self.running and self.running.job == name else None
        busy = "waiting" if any(run.job == name for run in self.waiting) else busy
        if busy:
            self.log("skipped", job=name, slot=slot, reason=f"an earlier run is {busy}")
            return
        self.log("due", job=name, slot=slot, caught_up=now - slot > LATE)
        self.waiting.append(Run(name, slot))

    def _base(self, name: str, now: datetime) -> datetime:
        """Return the time up to which a job's due times are dealt with. A clock that was set back repeats none of them."""
        past = self.state.jobs[name]
        base = max(past.done, self.seen.get(name, past.done))
        if base - now > AHEAD:
            self.log("clock_set_back", job=name, done=base)
            past.done = base = now
            self.seen.pop(name, None)
            self._save()
        return base

    def _pause(self) -> float:
        """Return how many seconds nothing can happen."""
        if self.running:
            return BUSY
        now = self.machine.now()
        # From what is dealt with, not from now: a time that came since the last look is due at once, not passed over.
        times = (next_run(schedule, self._base(name, now)) for name, schedule in self.plan.jobs.items())
        return max(0.01, min([IDLE, *((time - now).total_seconds() for time in times if time)]))

    # --- runs

    def _start(self, run: Run) -> None:
        past = self.state.jobs[run.job]
        command = list(self.command(run.job))
        try:
            run.process = self.machine.start(command, self.folder)
        except OSError as fault:
            self.failed = True
            self.log("not_started", job=run.job, slot=run.slot, message=f"{command[0]}: {fault.strerror or fault}")
            past.done, past.exit = self.seen.get(run.job, run.slot), None
            self._save()
            return
        self.running, run.began, past.running = run, self.machine.now(), run.slot
        self._save()
        self.log("started", job=run.job, slot=run.slot, command=command)

    def _finish(self) -> None:
        """Note the end of the run, if it has ended."""
        run = self.running
        code = run.process.poll() if run and run.process else None
        if run is None or run.process is None or code is None:
            return
        out, err = run.process.said()
        self.running = None
        self.failed |= code != 0
        if past := self.state.jobs.get(run.job):
            past.done, past.exit, past.running = max(past.done, run.slot, self.seen.get(run.job, run.slot)), code, None
            self._save()
        seconds = (self.machine.now() - (run.began or run.slot)).total_seconds()
        told = {"message": "\n".join(err.strip().splitlines()[-5:])[-2000:]} if code and err.strip() else {}
        self.log("finished", job=run.job, slot=run.slot, exit=code, seconds=round(seconds, 1), counts=counts(out), **told)

    def _stop(self) -> None:
        """End the run that is under way: SIGTERM, `grace` seconds or a second signal, then SIGKILL. It stays undone."""
        run = self.running
        if run is None or run.process is None:
            return
        asked, left = len(self.machine.signals()), self.grace
        run.process.terminate()
        while run.process.poll() is None and left > 0 and len(self.machine.signals()) == asked:
            self.machine.wait(BUSY)
            left -= BUSY
        killed = run.process.poll() is None
        if killed:
            run.process.kill()
        if run.process.poll() == 0:
            self._finish()
            return
        run.process.said()
        self.log("interrupted", job=run.job, slot=run.slot, exit=run.process.poll(), killed=killed)


def counts(text: str) -> dict[str, int]:
    """Return the numbers that a batch tells in its report, at its top or one level below; none for anything else."""
    try:
        report = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(report, dict):
        return {}
    inner = [value for value in report.values() if isinstance(value, dict)]
    rows = {key: row[key] for row in (*inner, report) for key in COUNTS if key in row}
    return {key: value for key, value in rows.items() if isinstance(value, int) and not isinstance(value, bool)}


def _begun(past: states.Past | None, schedule: Schedule, now: datetime) -> states.Past:
    """Return what is known of a job; of one that is new, or has another schedule than before, that it begins now."""
    if past and (past.cron.split(), past.zone) == (schedule.cron.split(), schedule.zone):
        return past
    done = max(past.done, now) if past else now
    return states.Past(schedule.cron, schedule.zone, done, past.exit if past else None)
