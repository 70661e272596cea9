"""What a library says in its log, heard by the call that made it speak, and by nobody else.

In: the name of a library, and a block of code. Out: the warnings and errors of the block, those of this thread only. The program
around us may have loggers of its own: their levels, handlers and filters are neither changed nor asked, and what the library says
elsewhere goes where that program sends it.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

_HEARD: ContextVar[list[logging.LogRecord] | None] = ContextVar("heard", default=None)


def listen(library: str) -> None:
    """Make the loggers of a library, of every module of it that is loaded, known to `overheard`; once is enough."""
    below = f"{library}."
    for name in [library, *(module for module in list(sys.modules) if module.startswith(below))]:
        logger = logging.getLogger(name)
        if "handle" not in vars(logger):  # of this logger alone, and of no consequence outside of `overheard`
            vars(logger).update(isEnabledFor=partial(_enabled, logger), handle=partial(_handle, logger))


@contextmanager
def overheard() -> Iterator[list[logging.LogRecord]]:
    """Collect what the libraries that we listen to say in this thread; it goes nowhere else, whatever level a logger has."""
    said: list[logging.LogRecord] = []
    before = _HEARD.set(said)
    try:
        yield said
    finally:
        _HEARD.reset(before)


def _enabled(logger: logging.Logger, level: int) -> bool:
    return type(logger).isEnabledFor(logger, level) if _HEARD.get() is None else level >= logging.WARNING


def _handle(logger: logging.Logger, record: logging.LogRecord) -> None:
    said = _HEARD.get()
    if said is None:
        type(logger).handle(logger, record)
    else:
        said.append(record)
