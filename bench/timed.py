"""Runs one command, and tells what it and all its descendants took: wall time, processor time, memory at its height.

    python -S -I bench/timed.py COMMAND…     one line of JSON on standard output; the command's own output is dropped

It stands alone, so that it starts in a moment and counts nothing of its own. On Linux, descendants that outlive their parent
(the workers of a fork server) come to this process and are waited for: their time counts as well.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

PR_SET_CHILD_SUBREAPER = 36  # <linux/prctl.h>, since Linux 3.4


def main(command: Sequence[str]) -> int:
    """Run the command, print what it took, and return its exit code."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = time.perf_counter()
    code = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode
    wall = time.perf_counter() - before
    with contextlib.suppress(ChildProcessError):  # none is left
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = {"processor": 1000 * (used.ru_utime + used.ru_stime), "wall": 1000 * wall, "memory": used.ru_maxrss / 1000}
    sys.stdout.write(json.dumps(spent))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
