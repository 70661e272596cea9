"""The service's log: one JSON object a line, one line an event. In: events. Out: lines in a file or on a stream."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from briefgen.findings.diagnostics import Diagnostic
from briefgen.schedule.state import stamp


class Log:
    """Writes events. The file is opened for each line, so that it may be moved away at any time, as logrotate does."""

    def __init__(self, now: Callable[[], datetime], stream: TextIO, path: Path | None = None) -> None:
        """Log to `path`; to `stream` where there is none, or when the file can't be written."""
        self.now, self.stream, self.path = now, stream, path
        self.failed = False

    def __call__(self, event: str, **values: object) -> None:
        """Write one event; a log that can't be written stops nothing."""
        told = {key: stamp(value) if isinstance(value, datetime) else value for key, value in values.items()}
        line = json.dumps({"time": stamp(self.now()), "event": event, **told}, ensure_ascii=False) + "\n"
        try:
            if self.path is not None:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(line)
                self.failed = False
                return
        except OSError as fault:
            if not self.failed:
                self._tell(f"briefgen: can't write {self.path}: {fault.strerror or fault}\n")
            self.failed = True
        self._tell(line)

    def _tell(self, text: str) -> None:
        try:
            self.stream.write(text)
            self.stream.flush()
        except (OSError, ValueError):
            self.failed = True  # nobody listens: the terminal is gone, the disk is full


def findings(diagnostics: tuple[Diagnostic, ...]) -> list[dict[str, str | None]]:
    """Return findings as values of a log line: place, code, message and cure."""
    return [
        {"place": str(d.span) if d.span else None, "code": d.code, "message": d.message, "cure": " ".join(d.hints) or None}
        for d in diagnostics
    ]
