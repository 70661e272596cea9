"""`briefgen preview`: starts the local page and says where it is."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from briefgen.cli.app import Exit
from briefgen.findings.diagnostics import BriefgenError
from briefgen.load.source import read
from briefgen.registry import lacking
from briefgen.writers.libraries import shortcut

NEEDED = ("pypdfium2", "starlette", "uvicorn", "watchfiles")


def run(summary: Path, audience: str | None, port: int, templates: Path | None, *, browser: bool, trusted: bool) -> Exit:
    """Serve the preview until Ctrl-C."""
    gone = [name for name in NEEDED if find_spec(name) is None]
    if gone:
        raise BriefgenError(f"the preview needs {', '.join(gone)}", "pip install 'briefgen[preview]'")
    if not summary.is_file():
        read(summary, str(summary))  # says what is wrong with the path; what is wrong in a file is shown in the page
    for name in NEEDED:
        try:
            import_module(name)
        except ImportError as fault:
            raise lacking(fault, "the preview", "preview") from fault
    from briefgen.preview.server import serve
    from briefgen.preview.versions import Versions

    shortcut()

    def started(address: str) -> None:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        sys.stderr.write("Ctrl-C stops it\n")
        if browser and _has_screen():
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    try:
        serve(Versions(summary, audience, templates, trusted=trusted), port, started)
    except KeyboardInterrupt:  # the server is down by now, and its port is free
        sys.stderr.write("stopped\n")
    return Exit.OK


def _has_screen() -> bool:
    """Return whether a browser can open a window: elsewhere one in text mode would take the terminal over."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
