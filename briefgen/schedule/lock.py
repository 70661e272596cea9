"""One service a project: a lock that the system gives back when a process ends, and a note that says who holds it."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from briefgen.files import write_atomic
from briefgen.findings.diagnostics import BriefgenError
from briefgen.schedule.state import stamp


@contextmanager
def held(folder: Path, now: datetime) -> Iterator[None]:
    """Hold the lock of the service in a folder; raise BriefgenError where another process does, and say which."""
    note = folder / "schedule.holder"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "schedule.lock")
        lock.acquire(timeout=0)
    except Timeout as fault:
        raise BriefgenError(f"another service runs this project: {_holder(note)}", "stop that one first") from fault
    except OSError as fault:
        cure = "make the project's folder writable for the service"
        raise BriefgenError(f"can't write {folder}: {fault.strerror or fault}", cure) from fault
    try:
        holder = {"pid": os.getpid(), "host": platform.node(), "since": stamp(now)}
        write_atomic(note, json.dumps(holder).encode())
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


def _holder(note: Path) -> str:
    try:
        row = json.loads(note.read_bytes())
        return f"process {row['pid']} on {row['host']}, since {row['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "its name is not known yet"
