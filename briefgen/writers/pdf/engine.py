"""The layout engine: loaded late, and one caller at a time, since neither WeasyPrint nor Pango was made for threads.

A program that uses us keeps what is its own: nothing here touches its collector, its standard output, its warnings, its loggers
or its environment.
"""

from __future__ import annotations

import logging
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import Any

from briefgen.findings import overheard
from briefgen.findings.diagnostics import BriefgenError, Rejected
from briefgen.registry import LOADING
from briefgen.writers import libraries
from briefgen.writers.pdf import layout_tree

CURE = "apt-get install libpango-1.0-0 libpangoft2-1.0-0, or brew install pango; DOCX and HTML work without it"
SUBSET_CURE = "apt-get install libharfbuzz-subset0"
_PARTS = frozenset({"weasyprint", "tinycss2", "cssselect2", "pydyf", "fontTools"})
_ALONE = RLock()
"""Held while the engine is loaded, lays out, draws, and while pages are freed: Pango's tables of fonts belong to the process.

Whoever holds it may load modules (`registry.LOADING`), never the other way round.
"""
_LEFT: deque[Any] = deque()
"""Layouts that nobody needs any more, and that are still to be freed."""


@contextmanager
def alone() -> Iterator[None]:
    """Have the engine to oneself: other threads wait."""
    with _ALONE:
        yield
    _tidy()


def leave(rendering: Any) -> None:  # noqa: ANN401 - weasyprint's Document
    """Free a layout now, or, where another thread lays out, as soon as that one is done; never waits."""
    _LEFT.append(rendering)
    _tidy()


def _tidy() -> None:
    while _LEFT and _ALONE.acquire(blocking=False):  # a destructor that waited could hold what the other thread waits for
        try:
            layout_tree.untie(_LEFT.popleft())
        except IndexError:  # another thread took the last one
            return
        finally:
            _ALONE.release()


def load() -> ModuleType:
    """Return `briefgen.writers.pdf.adapter`, WeasyPrint behind it; raise BriefgenError where Pango can't be loaded."""
    with alone():
        return _loaded()


@cache
def _loaded() -> ModuleType:
    try:
        with LOADING:
            _look()
            with _loggers_kept():
                adapter = import_module("briefgen.writers.pdf.adapter")
            if not adapter.can_subset():
                import_module("fontTools.subset")  # what stands in for it; now, so that it is listened to
    except OSError as fault:
        raise BriefgenError("PDF needs Pango, which is not installed or can't be loaded", CURE) from fault
    except DeprecationWarning as fault:  # in a program that makes errors of warnings
        raise BriefgenError(f"the PDF engine warns, and warnings are errors here: {fault}", SUBSET_CURE) from fault
    for library in ("weasyprint", "fontTools"):
        overheard.listen(library)
    return adapter


def own(fault: BaseException) -> bool:
    """Return whether a fault arose in the engine itself: not in what it calls back, and not for want of a file."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    home = str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0] if trace else ""
    return home in _PARTS and not isinstance(fault, (OSError, BriefgenError, Rejected, Warning))


def _look() -> None:
    """Raise OSError where a library is missing: WeasyPrint prints a page of advice, `available` and `doctor` say it shorter.

    Not on Windows, where WeasyPrint alone knows the folders.
    """
    if sys.platform == "win32":
        return
    import cffi

    for name in libraries.REQUIRED:
        libraries.opened(cffi.FFI(), name)


@contextmanager
def _loggers_kept() -> Iterator[None]:
    """Take from a logger that the program has made already what WeasyPrint adds to it when it is loaded."""
    logger = logging.root.manager.loggerDict.get("weasyprint")
    before = logger.handlers[:] if isinstance(logger, logging.Logger) else None
    try:
        yield
    finally:
        if before is not None and isinstance(logger, logging.Logger):
            for handler in [row for row in logger.handlers if isinstance(row, logging.NullHandler) and row not in before]:
                logger.removeHandler(handler)


def available() -> str | None:
    """Return None where PDF can be written, else the reason and the cure in one line."""
    try:
        load()
    except BriefgenError as fault:
        return f"{fault.message}: {fault.hint}"
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the machine that PDF needs or wants: `state` is found, missing (no PDF) or absent (worse PDF)."""

    name: str
    state: str
    costs: str = ""
    cure: str = ""


def doctor() -> list[Part]:
    """Return what PDF needs of this machine, each with what its absence costs and how to get it."""
    if available() is not None:
        return [Part("Pango", "missing", "no PDF; page budgets are not kept", CURE)]
    subset = Part("HarfBuzz subset", "found")
    if not load().can_subset():
        subset = Part("HarfBuzz subset", "absent", "PDF takes more than twice as long", SUBSET_CURE)
    return [Part("Pango", "found"), subset]
