"""A program that uses briefgen as a library, has habits of its own, and looks whether they are left alone. Run by test_guest.py.

usage: guest_host.py SUMMARY. Prints what was not as before, one line each; nothing where all was.
"""

from __future__ import annotations

import ctypes.util
import gc
import logging
import os
import sys
import threading
import warnings
import weakref
from typing import Any

LOGGERS = ("", "weasyprint", "fontTools", "pypdf", "host")


class Own(logging.Handler):
    """A handler that counts what it is given."""

    def emit(self, record: logging.LogRecord) -> None:
        """Tell it: nothing of a render is meant for the host."""
        print(f"the host's handler was given: {record.name}: {record.getMessage()}")


def state() -> dict[str, Any]:
    """Return everything of the process that is the host's; what WeasyPrint adds to its logger while it loads is left out."""
    found: dict[str, Any] = {
        "collector": (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()),
        "streams": (sys.stdout, sys.stderr, sys.stdin),
        "warnings": (warnings.filters, list(warnings.filters), warnings.showwarning),
        "find_library": ctypes.util.find_library,
        "environment": dict(os.environ),
        "hooks": (sys.excepthook, threading.excepthook, list(sys.meta_path), list(sys.path)),
    }
    for name in LOGGERS:
        logger = logging.getLogger(name)
        handlers = [row for row in logger.handlers if not isinstance(row, logging.NullHandler)]
        found[f"logger {name!r}"] = (logger.level, handlers, list(logger.filters), logger.propagate, logger.disabled)
    return found


class Watcher(threading.Thread):
    """Looks again and again until it is told to stop, and keeps what was ever different."""

    def __init__(self, before: dict[str, Any]) -> None:
        """Remember what should be."""
        super().__init__(daemon=True)
        self.before, self.done, self.different, self.looks = before, threading.Event(), set[str](), 0

    def run(self) -> None:
        """Look."""
        while not self.done.is_set():
            self.looks += 1
            self.different |= {key for key, value in state().items() if value != self.before[key]}
            self.done.wait(0.002)


class Node:
    """Something in a circle."""

    def __init__(self) -> None:
        """Refer to itself."""
        self.me = self


def main(summary: str) -> None:
    """Render, watched; then look at garbage and loggers."""
    logging.getLogger().addHandler(Own())
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # many programs do, and must get their findings all the same
    logging.getLogger("weasyprint").addHandler(Own())
    warnings.filterwarnings("ignore", message="of the host")
    import briefgen

    before = state()
    watcher = Watcher(before)
    watcher.start()
    for to in ("pdf", "docx", "html"):
        alive = [Node() for _ in range(1000)]
        refs = [weakref.ref(node) for node in alive]
        made = briefgen.render_brief(summary, "executive", to)
        alive.clear()
        gc.collect()
        if left := sum(ref() is not None for ref in refs):
            print(f"{left} of 1000 objects were not freed after a render to {to}")
        if not made.content:
            print("nothing was made")
    briefgen.check_summary(summary)
    watcher.done.set()
    watcher.join()
    if not watcher.looks:
        print("nobody looked")
    print(*(f"different during a render: {key}" for key in sorted(watcher.different)), sep="\n", end="")
    after = state()
    handlers = logging.getLogger("weasyprint").handlers
    if len(handlers) != 1:
        print(f"a handler stays: {handlers}")
    print(*(f"different after: {key}" for key in before if before[key] != after[key]), sep="\n", end="")
    # A missing picture is a finding of the render, though the host wants no warning of WeasyPrint.
    from briefgen.findings.diagnostics import Diagnostic
    from briefgen.writers import pdf
    from tests.writers import pdf_samples

    found: tuple[Diagnostic, ...] = pdf.write(pdf_samples.page('<p>x</p><img src="none.png" alt="x">')).diagnostics
    if "PDF-01" not in {row.code for row in found}:
        print(f"a finding is lost: {found}")
    logging.getLogger("weasyprint").critical("from the host")  # this one is the host's


if __name__ == "__main__":
    main(sys.argv[1])
