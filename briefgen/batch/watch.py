"""The timer of a worker: what takes too long ends its own process, and leaves word of which item that was.

A thread does it, so that it works in a pool's process as in a cluster's. Where the work never lets another thread run (a loop in
C that holds the interpreter's lock), faulthandler's own timer ends the process a little later, without word.
"""

from __future__ import annotations

import faulthandler
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

GRACE = 1.0
ENDED = 75
"""The exit code of a process that its timer ended: EX_TEMPFAIL of sysexits.h."""
one_at_a_time = threading.Lock()
"""A worker may have several threads, a cluster's or an executor's own, and the layout engine was not made for that."""


class Late(RuntimeError):
    """The item ended a worker before; it is not begun again."""


@dataclass(frozen=True, slots=True)
class Watch:
    """`seconds` that an item may take, and the folder in which word is left; `run` tells this run's words from others."""

    seconds: float
    folder: str
    run: str

    def ended(self, index: int) -> bool:
        """Return whether the timer ended a worker over this item."""
        return self._word(index).exists()

    def clear(self) -> None:
        """Remove the words of this run."""
        for word in Path(self.folder).glob(f"late-{self.run}-*"):
            with suppress(OSError):
                word.unlink()

    @contextmanager
    def over(self, index: int) -> Iterator[None]:
        """Hold the timer over what is done inside; raise Late where this item ended a worker before (a cluster tries again)."""
        with one_at_a_time:
            if self.ended(index):
                raise Late(f"it did not end within {self.seconds:g} s")
            timer = threading.Timer(self.seconds, self._end, (index,))
            timer.daemon = True
            with Path(os.devnull).open("w", encoding="ascii") as nowhere:
                faulthandler.dump_traceback_later(self.seconds + GRACE, exit=True, file=nowhere)
                timer.start()
                try:
                    yield
                finally:
                    timer.cancel()
                    timer.join()
                    faulthandler.cancel_dump_traceback_later()

    def _end(self, index: int) -> None:
        with suppress(OSError):
            self._word(index).touch()
        os._exit(ENDED)

    def _word(self, index: int) -> Path:
        return Path(self.folder, f"late-{self.run}-{index}")
