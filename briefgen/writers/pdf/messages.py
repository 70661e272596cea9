"""What WeasyPrint says in its log, as diagnostics."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from xml.etree.ElementTree import Element

from briefgen.diagnostics import Diagnostic, warning

_LOGGER = logging.getLogger("weasyprint")


class _Keep(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def captured() -> Iterator[list[logging.LogRecord]]:
    """Collect WeasyPrint's warnings and errors instead of letting them reach the terminal."""
    handler, propagate = _Keep(), _LOGGER.propagate
    _LOGGER.addHandler(handler)
    _LOGGER.propagate = False
    try:
        yield handler.records
    finally:
        _LOGGER.removeHandler(handler)
        _LOGGER.propagate = propagate


def diagnostics(records: Sequence[logging.LogRecord], tree: Element) -> list[Diagnostic]:
    """Return one finding per record."""
    return [warning("PDF-04", record.getMessage()) for record in records]
