"""One service a project: a lock that the system gives back when a process ends, and a note that says who holds it.

The note is a file of its own: where locks keep others from reading, as on Windows, it can be read all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from briefgen import files
from briefgen.findings.diagnostics import BriefgenError
from briefgen.schedule.state import stamp


@contextmanager
def held(folder: Path, now: datetime) -> Iterator[None]:
    """Hold the lock of the service in a folder; raise BriefgenError where another process does, and say which."""
    note = folder / "schedule.holder"

    def busy() -> BriefgenError:
        who = files.holder(note) or "its name is not known yet"
        return BriefgenError(f"another service runs this project: {who}", "stop that one first")

    refused = f"can't write {folder}", "make the project's folder writable for the service"
    with files.held(folder / "schedule.lock", busy, refused), files.signed(note, stamp(now), remove=True):
        yield
