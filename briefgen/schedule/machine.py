"""What the service needs of the machine: a clock, sleep, processes, the wish to stop. Tests put others in their place."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import IO, Protocol

SLICE = 0.5
"""The longest sleep, in seconds: Python resumes a sleep after a signal, so that a wish to stop is seen after one slice."""
MOST_OUTPUT, MOST_ERRORS = 64_000_000, 64_000
"""Bytes that are read of what a program wrote, from the end: a report of 100,000 documents, and the last errors."""


class Process(Protocol):
    """A program that was started."""

    def poll(self) -> int | None:
        """Return its exit code, negative for the signal that ended it; None while it runs."""

    def said(self) -> tuple[str, str]:
        """Return the end of what it wrote to standard output and to standard error."""

    def terminate(self) -> None:
        """Ask it to end (SIGTERM)."""

    def kill(self) -> None:
        """End it."""


class Machine(Protocol):
    """A clock in UTC, sleep, the start of programs, and the signal that was caught."""

    def now(self) -> datetime:
        """Return the time of day in UTC."""

    def wait(self, seconds: float) -> None:
        """Sleep, at most so long; come back at once when a signal asks to stop."""

    def start(self, command: Sequence[str], folder: Path) -> Process:
        """Start a program in a folder; raise OSError where it can't be started."""

    def signals(self) -> Sequence[str]:
        """Return the names of the signals that asked to stop, the first one first."""


class Child:
    """A process of its own session, so that Ctrl-C in the terminal reaches us alone, and we end it in order."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        """Start it; what it writes goes to files without name, so that it never waits for us to read."""
        self.out = tempfile.TemporaryFile()  # noqa: SIM115 - they live as long as the process does
        self.err = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            self.process = subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=self.out, stderr=self.err, start_new_session=True
            )
        except OSError:
            self.out.close()
            self.err.close()
            raise

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""
        return self.process.poll()

    def said(self) -> tuple[str, str]:
        """Return the end of what it wrote, once: the files are closed."""
        return _end(self.out, MOST_OUTPUT), _end(self.err, MOST_ERRORS)

    def terminate(self) -> None:
        """Ask it to end."""
        self.process.terminate()

    def kill(self) -> None:
        """End it with all that it started, and wait until it is gone."""
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()


class Computer:
    """The machine itself. It must be made on the main thread, which alone receives signals; `close` puts them back."""

    def __init__(self) -> None:
        """Catch SIGTERM and SIGINT."""
        self.caught: list[str] = []
        self.before = {number: signal.signal(number, self._catch) for number in (signal.SIGTERM, signal.SIGINT)}

    def close(self) -> None:
        """Let the signals do what they did before."""
        for number, handler in self.before.items():
            signal.signal(number, handler)

    def now(self) -> datetime:
        """Return the time of day in UTC."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> None:
        """Sleep in slices, until a signal asks to stop that had not asked before."""
        end, asked = time.monotonic() + seconds, len(self.caught)
        while len(self.caught) == asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, SLICE))

    def start(self, command: Sequence[str], folder: Path) -> Process:
        """Start a program."""
        return Child(command, folder)

    def signals(self) -> Sequence[str]:
        """Return the signals that asked to stop."""
        return self.caught

    def _catch(self, number: int, _frame: FrameType | None) -> None:
        self.caught.append(signal.Signals(number).name)


def _end(file: IO[bytes], most: int) -> str:
    with file:
        size = file.seek(0, 2)
        file.seek(max(0, size - most))
        return file.read().decode("utf-8", "replace")
