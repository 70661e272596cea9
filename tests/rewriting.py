"""One of several writers of a text file, each a process. Run by test_files.py.

usage: rewriting.py PATH read|kill COUNT. `read` adds its number to the file COUNT times, reading it anew where another was first.
`kill` is killed between the backup and the new file.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from briefgen import files
from briefgen.findings.diagnostics import BriefgenError


def add(path: Path) -> bool:
    """Add one line; return whether this was done, False where another was first."""
    before = files.standing(path) or b""
    try:
        files.rewrite(path, before + f"{os.getpid()}\n".encode(), before)
    except BriefgenError as fault:
        if "changed since it was read" not in fault.message:
            raise
        return False
    return True


def killed(path: Path) -> None:
    """End like a process that the system kills, as soon as the backup is there and the new file is not."""
    written = files.write_atomic

    def write(place: Path, content: bytes, **named: Any) -> None:
        if place == path:
            os.kill(os.getpid(), signal.SIGKILL)
        written(place, content, **named)

    files.write_atomic = write
    add(path)


if __name__ == "__main__":
    target, how, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    if how == "kill":
        killed(target)
    while count:
        count -= add(target)
