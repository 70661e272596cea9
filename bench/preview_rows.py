"""How long a save takes to the new page in the browser, against the warm render of the same brief.

Both sides stay warm, each in a process of its own, and take turns. Ours: the preview of a copy of the example is told of an edit
by its file alone; the time ends when the changed page's picture has been fetched over the loopback, as the page's script does
it: event, state, picture. The peer: `render_brief` to PDF with the project at hand, which draws no picture and watches nothing.
"""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.measure import SUMMARY, Measured, Spent, environment
from bench.rows import ROWS

AUDIENCES = ("executive", "adviser")
OLD, NEW = "Talks between Washington and Moscow", "Talks of Washington and Moscow"


class Page:
    """A page of the preview, as far as it asks: it hears of changes, and fetches what is new."""

    def __init__(self, address: str, audience: str) -> None:
        """Open the stream."""
        self.host = address.removeprefix("http://").rstrip("/")
        self.audience = audience
        self.answers = http.client.HTTPConnection(self.host, timeout=60)
        self.known: list[str] = []
        self._stream = http.client.HTTPConnection(self.host, timeout=60)
        self._stream.request("GET", "/events")
        self._events = self._stream.getresponse()
        self.hear()
        self.fetch()

    def hear(self) -> None:
        """Wait for the next event."""
        while not self._events.readline().startswith(b"data: "):
            pass

    def fetch(self) -> int:
        """Fetch the state and the pictures that are new; return how many."""
        state: dict[str, Any] = json.loads(self._get(f"/state?audience={self.audience}"))
        keys = [page["key"] for page in state["shown"]["pages"]] if state["ok"] else self.known
        fresh = [key for key in keys if key not in self.known]
        for key in fresh:
            self._get(f"/pages/{key}.png")
        self.known = keys
        return len(fresh)

    def _get(self, path: str) -> bytes:
        self.answers.request("GET", path)
        content = self.answers.getresponse().read()
        self.answers.close()  # the server drops connections that are quiet for some seconds, as on a busy machine
        return content

    def close(self) -> None:
        """Let go."""
        self.answers.close()
        self._stream.close()


@contextmanager
def previewed(file: Path) -> Iterator[str]:
    """Start the preview of a file; yield its address."""
    command = [sys.executable, "-m", "briefgen", "preview", file.name, "--no-browser"]
    options: dict[str, Any] = {"cwd": file.parent, "env": environment(), "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **options) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def saved(file: Path, texts: tuple[str, str], number: int, page: Page) -> float:
    """Return the milliseconds from an edit to the changed page."""
    before = time.perf_counter()
    file.write_text(texts[number % 2], encoding="utf-8")
    fresh = 0
    while not fresh:  # a save may be heard in two steps
        page.hear()
        fresh = page.fetch()
    return (time.perf_counter() - before) * 1000


def renderer(file: Path, audience: str) -> Callable[[], float]:
    """Return what renders the brief once more, and returns the milliseconds."""
    from briefgen import render_brief
    from briefgen.project.project import Project

    project = Project.find(file.parent)

    def once() -> float:
        before = time.perf_counter()
        render_brief(file, audience, project=project)
        return (time.perf_counter() - before) * 1000

    return once


def rows(rounds: int) -> Iterator[Measured]:
    """Yield one row for each audience."""
    text = SUMMARY.read_text(encoding="utf-8")
    assert OLD in text, "the example no longer holds the sentence that is edited; nothing would change"
    texts = (text, text.replace(OLD, NEW))
    for audience in AUDIENCES:
        with tempfile.TemporaryDirectory() as name:
            file = Path(name, SUMMARY.name)
            shutil.copy(SUMMARY, file)
            with previewed(file) as address:
                page, render = Page(address, audience), renderer(file, audience)
                for number in range(1, 4):  # warm both
                    saved(file, texts, number, page)
                    render()
                times = [(saved(file, texts, number, page), render()) for number in range(4, rounds + 4)]
                page.close()
        made = tuple((Spent(None, ours), Spent(None, peer)) for ours, peer in times)
        yield Measured(ROWS[f"preview-{audience}"], made)
