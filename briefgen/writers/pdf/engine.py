"""The layout engine: loaded late and quickly, and run without pauses for garbage collection."""

from __future__ import annotations

import ctypes
import ctypes.util
import gc
import io
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from briefgen.findings.diagnostics import BriefgenError

CURE = "apt-get install libpango-1.0-0 libpangoft2-1.0-0, or brew install pango; DOCX and HTML work without it"
COLLECT_AT = 1_500_000  # objects made, about 30 briefs of two pages: some 20 MB of circles, a hundredth of the time

# WeasyPrint asks for each library under other systems' names first. On Linux every miss makes ctypes start ldconfig, a
# compiler and a linker: 86 processes, a quarter of the import. These are the names that Linux has.
_SONAMES = {
    "libgobject-2.0-0": "libgobject-2.0.so.0",
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libharfbuzz-0": "libharfbuzz.so.0",
    "libharfbuzz-subset-0": "libharfbuzz-subset.so.0",
    "libharfbuzz-vector-0": "libharfbuzz-vector.so.0",
    "libfontconfig-1": "libfontconfig.so.1",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
}
_OPTIONAL = ("harfbuzz-subset", "harfbuzz-vector")  # where the name above is not there, no other will be


@cache
def load() -> ModuleType:
    """Return `briefgen.writers.pdf.adapter`, WeasyPrint behind it; raise BriefgenError where Pango can't be loaded."""
    try:
        # WeasyPrint prints a page of advice and warns about libraries; `available` and `doctor` say it shorter.
        with _known_libraries(), without_collection(), redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return import_module("briefgen.writers.pdf.adapter")
    except OSError as fault:
        raise BriefgenError("PDF needs Pango, which is not installed or can't be loaded", CURE) from fault


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
        cost, cure = "PDF takes more than twice as long", "apt-get install libharfbuzz-subset0"
        subset = Part("HarfBuzz subset", "absent", cost, cure)
    return [Part("Pango", "found"), subset]


@contextmanager
def _known_libraries() -> Iterator[None]:
    """Let `ctypes.util.find_library` answer from the table above, and search only for what the table does not hold."""
    original = ctypes.util.find_library

    def find(name: str) -> str | None:
        soname = _SONAMES.get(name)
        if soname and _loads(soname):
            return soname
        return None if any(part in name for part in _OPTIONAL) else original(name)

    if sys.platform.startswith("linux"):
        ctypes.util.find_library = find
    try:
        yield
    finally:
        ctypes.util.find_library = original


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


class _Made:
    """How many containers were made while the collector was off, since its last run in this process."""

    objects = 0


@contextmanager
def without_collection() -> Iterator[None]:
    """Hold the garbage collector off; a caller's own `gc.disable()` stands.

    A layout is tens of thousands of objects, all needed until it is written: looking through them is lost time. To switch
    the collector on would make it do so at once; `gc.freeze` puts them aside instead. They are freed all the same when
    nobody refers to them, except for circles; once enough was made, one collection takes these.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        _Made.objects += gc.get_count()[0]
        if _Made.objects > COLLECT_AT:
            _Made.objects = 0
            gc.unfreeze()
            gc.collect()
        gc.freeze()
        gc.enable()
