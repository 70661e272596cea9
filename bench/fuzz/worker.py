"""One process that runs case after case within limits, and the side that asks it, and judges what it said or how it ended.

In: a folder and a command of `briefgen`. Out: a `Verdict`. The kernel's timer ends a case that works too long.
"""

from __future__ import annotations

import json
import os
import re
import resource
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bench.measure import ROOT

SECONDS = 20.0
"""Of processor time: a case that takes more hangs."""
PATIENCE = 120.0  # seconds by the clock, for what waits and does not work
GROWTH = 1_000_000_000  # bytes that a case may add
MANY = 200  # cases after which a process is renewed
START = ("-c", "from bench.fuzz.worker import serve; serve()")
_BUG = re.compile(r"a bug of ours: .*|Traceback \(most recent call last\)|MemoryError")
_STOPPED = re.compile(
    r"its reader stopped \(\w+\)|its reader broke down|the article can't be read within|more memory than any article"
)


class Verdict(NamedTuple):
    """What became of a case: `fault` is what must not be, `told` what a reader's last gate made a finding of."""

    fault: str = ""
    told: str = ""


@dataclass(slots=True)
class Worker:
    """The process, started when it is needed, and its limits."""

    start: Sequence[str] = START
    seconds: float = SECONDS
    patience: float = PATIENCE
    done: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def run(self, folder: Path, command: Sequence[str]) -> Verdict:
        """Return what becomes of a command in a folder."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([str(folder), list(command), self.seconds]).encode() + b"\n")
        process.stdin.flush()
        ready = select.select([process.stdout], [], [], self.patience)[0]
        answer = process.stdout.readline() if ready else b""
        if not answer:
            return self._ended(waited=not ready)
        self.done += 1
        code, said, seconds, grown = json.loads(answer)
        return judged(code, said, seconds, grown, self.seconds)

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.done >= MANY:
            self.end()
            env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "400", "BRIEFGEN_DEBUG": "1"}
            self.process = subprocess.Popen(
                [sys.executable, *self.start], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, start_new_session=True
            )
        return self.process

    def _ended(self, *, waited: bool) -> Verdict:
        assert self.process is not None
        if waited:
            self.end()
            return Verdict(f"no end in {self.patience:g} s by the clock")
        code = self.process.wait()
        self.end()
        return Verdict(f"no end in {self.seconds:g} s" if code == -signal.SIGPROF else f"the process ended with {code}")

    def end(self) -> None:
        """Let the process go, and what it started."""
        process, self.process, self.done = self.process, None, 0
        if process is None:
            return
        with suppress(ProcessLookupError):  # it has gone, with all that it started
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def judged(code: int, said: str, seconds: float, grown: int, most: float = SECONDS) -> Verdict:
    """Return the verdict on a command that came to its end."""
    stopped = _STOPPED.search(said)
    told = stopped[0] if stopped else ""
    if found := _BUG.search(said):
        return Verdict(found[0][:160], told)
    if code not in (0, 1, 2, 3, 4):
        return Verdict(f"exit {code}", told)
    if grown > GROWTH:
        return Verdict("it grew over 1 GB", told)
    return Verdict(f"no end in {most:g} s" if seconds > most else "", told)


def serve() -> None:
    """Run what is asked for on standard input, and answer on standard output, until the other end is closed."""
    from briefgen.cli.app import call

    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    said = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number in (1, 2):
        os.dup2(said.fileno(), number)
    _bounded()
    for line in questions:
        folder, command, seconds = json.loads(line)
        os.chdir(folder)
        os.ftruncate(1, 0)
        os.lseek(1, 0, os.SEEK_SET)
        before, used = _resident(), _used()
        signal.setitimer(signal.ITIMER_PROF, seconds)
        code = _called(call, command)
        signal.setitimer(signal.ITIMER_PROF, 0)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        said.seek(0)
        words = said.read(2_000_000).decode("utf-8", "replace")
        answers.write(json.dumps([code, words, _used() - used, _peak() - before]).encode() + b"\n")
        answers.flush()


def _called(call: Callable[[list[str]], int], command: list[str]) -> int:
    """Return the exit code of a command; of what it raises, say class and last place in the package, which stay alike."""
    try:
        return call(command)
    except Exception as fault:
        frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if f"{ROOT}/briefgen/" in frame.filename]
        place = f"{Path(frames[-1].filename).relative_to(ROOT)}:{frames[-1].lineno}" if frames else "no place of ours"
        sys.stdout.write(f"\na bug of ours: {type(fault).__name__} at {place}\n")
        return 70


def _bounded() -> None:
    """Hold the process to the growth of one case and a half; what it starts may set itself other limits."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + GROWTH * 3 // 2, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _resident() -> int:
    """Return the bytes of memory that are in use now, and forget the peak that was."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


def _peak() -> int:
    """Return the most bytes that were in use since `_resident`."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) * 1024


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
