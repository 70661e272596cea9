"""Articles are read by a process of its own, which ends itself where one takes too long or too much memory.

In: a row of FORMATS, a path and the bytes of a file. Out: what its reader gives or raises. A few kilobytes can keep a reader at
work for days (tables in tables, pages that all draw one stream), and no thread or loop in C can be stopped from outside;
the kernel's timer ends a process whatever it does. One process serves a run: it starts with the first article that needs it
and goes when this process goes, or when it was idle for a minute. Short texts are read here: their length bounds the work.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from briefgen.findings.diagnostics import BriefgenError, Rejected
from briefgen.readers import FORMATS
from briefgen.registry import Format

SECONDS = 15.0
"""Processor time of one file; large ones may take more: 100 dense pages of a PDF take four seconds, and have 250 kB."""
BYTES = 100_000  # of a PDF, a Word file or a mail, for which there is a second more
LONGEST = 45.0
PATIENCE = 60.0  # seconds by the clock, for what waits and does not work; for what may work longer, so much more
IDLE = 60.0
MEMORY = 1_500_000_000  # bytes of address space, of which libraries take a fifth
SHORT = 40_000  # bytes of a text that is read here
_CURE = "keep the part that the brief rests on, as plain text"
_START = "import sys; sys.path[:] = sys.argv[1:]; from briefgen.readers.served import serve; serve()"
_inside = threading.Event()  # set in the process that reads


def parsed(row: Format, path: Path, content: bytes, formats: Sequence[Format] = ()) -> Any:  # noqa: ANN401 - one article, or several
    """Return what the reader of a row makes of a file; raises as it does, and Rejected where it does not come to an end."""
    ours = row in FORMATS and all(each in FORMATS for each in formats)
    if _inside.is_set() or not ours or not sys.executable or (row.text and row.name != "html" and len(content) <= SHORT):
        return _read(row, path, content, formats)
    seconds = SECONDS if row.text else min(max(LONGEST, SECONDS), SECONDS + len(content) / BYTES)
    return _HELPER.ask(row.name, path, content, [each.name for each in formats], seconds)


def _read(row: Format, path: Path, content: bytes, formats: Sequence[Format]) -> Any:  # noqa: ANN401
    """Return what a reader makes of a file; what it can't cope with is a fault of the file: nobody checked that before."""
    try:
        return row.function()(path, content, formats) if row.several else row.function()(path, content)
    except (Rejected, BriefgenError, ImportError, OSError):
        raise
    except MemoryError as fault:
        raise _refused("ART-03", path, "the article needs more memory than any article should", _CURE) from fault
    except Exception as fault:
        said = "it is nested too deep" if isinstance(fault, RecursionError) else f"its reader stopped ({type(fault).__name__})"
        raise _refused(
            "ART-06", path, f"the file is damaged: {said}", "open it, save it anew, or save its text as .txt"
        ) from fault


def _refused(code: str, path: Path, message: str, cure: str) -> Rejected:
    from briefgen.readers.assembled import refused

    return refused(code, path, message, cure)


# ---- this side


@dataclass(slots=True)
class _Helper:
    """The process that reads for this one, started when it is needed; a forked child of ours starts its own."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    process: subprocess.Popen[bytes] | None = None
    owner: int = 0

    def ask(self, name: str, path: Path, content: bytes, formats: list[str], seconds: float) -> Any:  # noqa: ANN401
        """Return what the reader of this name makes of a file, or raise what it raised."""
        with self.lock:
            question = (name, path, content, formats, seconds)
            answer, code = self._asked(question)
            if answer is None and code == -getattr(signal, "SIGALRM", 0):  # it left for idleness as we asked
                answer, code = self._asked(question)
        if answer is None:
            raise _gone(path, code, seconds)
        done, made = answer
        if not done:
            raise made
        return made

    def _asked(self, what: tuple[Any, ...]) -> tuple[tuple[bool, Any] | None, int]:
        """Return the answer, else how the process ended."""
        process = self._running()
        timer = threading.Timer(PATIENCE * max(1, what[-1] / SECONDS), process.kill)
        timer.daemon = True
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump(what, process.stdin)
            process.stdin.flush()
            return pickle.load(process.stdout), 0
        except (EOFError, OSError, pickle.UnpicklingError):
            process.kill()
            return None, process.wait()
        except BaseException:  # interrupted between question and answer: the next one would get this answer
            process.kill()
            raise
        finally:
            timer.cancel()
            timer.join()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.owner != os.getpid() or self.process.poll() is not None:
            command = [sys.executable, "-c", _START, *sys.path]
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            self.end()
            self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere)
            self.owner = os.getpid()
        return self.process

    def end(self) -> None:
        """Let the process go, if it is ours."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()


_HELPER = _Helper()
atexit.register(_HELPER.end)


def _gone(path: Path, code: int, seconds: float) -> Rejected:
    late = {-getattr(signal, name, 0) for name in ("SIGPROF", "SIGKILL")}
    if code in late or os.name == "nt":
        return _refused("ART-03", path, f"the article can't be read within {seconds:.3g} seconds", _CURE)
    return _refused("ART-06", path, "the file is damaged: its reader broke down", "save its text as .txt")


# ---- the other side


def serve() -> None:
    """Read what is asked for on standard input, and answer on standard output, until the other end is closed."""
    _inside.set()
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)  # what a library prints is no answer
    _bounded()
    rows = {row.name: row for row in FORMATS}
    while True:
        _timer("ITIMER_REAL", IDLE)
        try:
            name, path, content, formats, seconds = pickle.load(questions)
        except EOFError:
            return
        _timer("ITIMER_REAL", 0)
        _timer("ITIMER_PROF", seconds)
        _answer(answers, _tried(rows[name], path, content, [rows[each] for each in formats]))
        _timer("ITIMER_PROF", 0)


def _tried(row: Format, path: Path, content: bytes, formats: Sequence[Format]) -> tuple[bool, Any]:
    try:
        return True, _read(row, path, content, formats)
    except Exception as fault:
        fault.__cause__ = fault.__context__ = None
        return False, fault


def _answer(answers: BinaryIO, made: tuple[bool, Any]) -> None:
    answers.write(pickle.dumps(made))
    answers.flush()


def _bounded() -> None:
    """Hold this process to its memory; the timers do as much for its time. Where a system has neither, the other side waits."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _timer(name: str, seconds: float) -> None:
    """Set a timer of the kernel, whose signal ends the process: nobody handles it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(getattr(signal, name), seconds)
