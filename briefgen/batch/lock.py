"""One batch at a time in an output folder, and what a dead one left there.

The lock is the kernel's (flock), so that it is gone with the processes that held it, however they ended. Its holder writes into
it who it is. Temporaries are removed under the lock only: those of a batch that runs are not in danger.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from briefgen import files
from briefgen.batch.state import FOLDER
from briefgen.files import TEMPORARY_PREFIX, shown_path
from briefgen.findings.diagnostics import BriefgenError

FILE = "lock"
_GRACE = 2.0  # seconds: workers of a run that was killed hold the lock until the system has ended them
_TEMPORARY = re.compile(rf"{re.escape(TEMPORARY_PREFIX)}[a-z0-9_]{{8}}(\.\w+)?")


@contextmanager
def held(output: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock of an output folder; raise BriefgenError that says who has it, unless we `wait` for them."""
    path = output / FOLDER / FILE

    def busy() -> BriefgenError:
        message = f"another batch writes to {shown_path(output)}: {files.holder(path) or 'it does not say who it is'}"
        return BriefgenError(message, "wait for it, or let --wait do so")

    cure = "name an output folder (`output` in briefgen.yaml) that can be written, on a disk where files can be locked"
    now = datetime.now(UTC).isoformat(timespec="seconds")
    refused, patience = (f"can't lock {shown_path(path)}", cure), -1 if wait else _patience(path)
    with files.held(path, busy, refused, patience=patience), files.signed(path, now):
        yield


def _patience(path: Path) -> float:
    """Return how long to wait for a lock: a moment where who signed it is dead or nobody has yet, not at all where it lives."""
    said = files.signature(path)
    if not said:
        return _GRACE  # two that started together: the other one has the lock, and is about to sign it
    dead = said.get("host") == platform.node() and not Path("/proc", said.get("pid", "self")).exists()
    return _GRACE if dead and Path("/proc").is_dir() else 0


def sweep(output: Path) -> int:
    """Remove the temporaries that a dead run left below an output folder; return how many. Call it under the lock only.

    A folder in it that is an output folder itself has a lock of its own: what lies there may be another batch's, at work.
    """
    count = 0
    for folder, inside, names in os.walk(output):
        inside[:] = [name for name in inside if not Path(folder, name, FOLDER).is_dir()]
        for name in names:
            if _TEMPORARY.fullmatch(name) and not Path(folder, name).is_symlink():
                with suppress(OSError):
                    Path(folder, name).unlink()
                    count += 1
    return count
