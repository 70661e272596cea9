"""A machine for tests of the service: its clock goes when somebody waits, its processes end when their time has come."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from briefgen.schedule.log import Log
from briefgen.schedule.service import Ended, Service

PROJECT = "jobs:\n" + "".join(
    f"  {name}: {{schedule: {{cron: {cron}, zone: Europe/Brussels}}}}\n"
    for name, cron in (("morning", "30 6 * * *"), ("noon", "0 12 * * mon-fri"))
)


@dataclass
class Fake:
    """A run of a batch: how long it takes, how it ends, and whether it listens to SIGTERM."""

    clock: Clock
    job: str
    began: datetime
    seconds: float = 60
    exit: int = 0
    deaf: bool = False
    ended: int | None = None
    told: list[str] = field(default_factory=list)

    def poll(self) -> int | None:
        if self.ended is None and self.clock.time >= self.began + timedelta(seconds=self.seconds):
            self.ended = self.exit
        return self.ended

    def said(self) -> tuple[str, str]:
        return json.dumps({"exit": self.exit, "built": 3, "failed": int(self.exit != 0)}), "one\ntwo\n"

    def terminate(self) -> None:
        self.told.append("SIGTERM")
        if not self.deaf and self.poll() is None:
            self.ended = -15

    def kill(self) -> None:
        self.told.append("SIGKILL")
        self.ended = -9


class Clock:
    """The machine. `at` holds what happens when: a function of the clock, by the time at which somebody waits past it."""

    def __init__(self, folder: Path, start: str) -> None:
        self.folder, self.time = folder, moment(start)
        self.at: dict[datetime, Callable[[], Any]] = {}
        self.runs: list[Fake] = []
        self.next: dict[str, dict[str, Any]] = {}
        self.caught: list[str] = []
        self.broken = False
        self.stream = io.StringIO()

    def now(self) -> datetime:
        return self.time

    def wait(self, seconds: float) -> None:
        assert seconds > 0
        end = self.time + timedelta(seconds=seconds)
        while due := min((time for time in self.at if time <= end), default=None):
            action = self.at.pop(due)
            self.time = max(self.time, due)
            before = self.time
            action()
            if self.time != before:  # the clock was set
                return
            if self.caught:
                return
        self.time = end

    def start(self, command: Sequence[str], folder: Path) -> Fake:
        assert folder == self.folder
        if self.broken:
            raise FileNotFoundError(2, "No such file or directory")
        self.runs.append(Fake(self, command[-1], self.time, **self.next.get(command[-1], {})))
        return self.runs[-1]

    def signals(self) -> Sequence[str]:
        return self.caught

    # --- what a test does

    def on(self, when: str, action: Callable[[], Any]) -> None:
        self.at[moment(when)] = action

    def set(self, when: str) -> None:
        self.time = moment(when)

    def stop(self, name: str = "SIGTERM") -> None:
        self.caught.append(name)

    def serve(self, until: str = "", *, once: bool = False, grace: float = 30) -> Ended:
        """Run the service until a moment, or until it ends by itself."""
        self.caught.clear()
        if until:
            self.on(until, self.stop)
        service = Service(self.folder, self, Log(self.now, self.stream), lambda job: ["batch", job], grace)
        return service.run(once=once)

    def events(self, *names: str) -> list[tuple[Any, ...]]:
        """Return the log: event, job and slot of each line, of some events or of all."""
        rows = [json.loads(line) for line in self.stream.getvalue().splitlines()]
        return [(row["event"], row.get("job"), row.get("slot")) for row in rows if not names or row["event"] in names]

    def rows(self, name: str) -> list[dict[str, Any]]:
        return [row for line in self.stream.getvalue().splitlines() if (row := json.loads(line))["event"] == name]

    @property
    def ran(self) -> list[str]:
        """Return the runs: job and moment."""
        return [f"{run.job} {run.began:%m-%d %H:%M}" for run in self.runs]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
