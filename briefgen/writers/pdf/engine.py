"""The layout engine: loaded late and quickly, and run without pauses for garbage collection."""

from __future__ import annotations

import ctypes
import ctypes.util
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import ModuleType

from briefgen.diagnostics import BriefgenError

CURE = "install libpango-1.0-0 and libpangoft2-1.0-0 with apt-get, or pango with brew; DOCX and HTML work without it"
COLLECT_AT = 1_500_000  # objects, about 25 briefs of two pages: some 50 MB at most, and a few per cent of the time

# WeasyPrint asks for each library under names of other systems first. On Linux every miss makes ctypes start ldconfig, a
# compiler and a linker, 86 processes in all and a quarter of the import. These are the names that Linux has.
_SONAMES = {
    "libgobject-2.0-0": "libgobject-2.0.so.0",
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libharfbuzz-0": "libharfbuzz.so.0",
    "libharfbuzz-subset-0": "libharfbuzz-subset.so.0",
    "libharfbuzz-vector-0": "libharfbuzz-vector.so.0",
    "libfontconfig-1": "libfontconfig.so.1",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
}
_OPTIONAL = ("harfbuzz-vector",)  # colour fonts of a newer kind; not worth a search


@cache
def load() -> ModuleType:
    """Return `briefgen.writers.pdf.bridge`, with WeasyPrint behind it; raise BriefgenError where Pango is not installed."""
    try:
        with _known_libraries():
            return import_module("briefgen.writers.pdf.bridge")
    except OSError as fault:
        raise BriefgenError(f"PDF needs Pango, which can't be loaded ({fault})", CURE) from fault


def available() -> str | None:
    """Return None where PDF can be written, else the reason in one sentence."""
    try:
        load()
    except BriefgenError as fault:
        return fault.message
    return None


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


class _Kept:
    """Containers made while the collector was held off and not yet looked at, in this process."""

    objects = 0


@contextmanager
def without_collection() -> Iterator[None]:
    """Hold the garbage collector off; a caller's own `gc.disable()` stands.

    A layout is a hundred thousand objects that are all needed until it is written, so looking through them is lost time.
    Switching the collector on again would look through them at once; `gc.freeze` puts them aside instead (what is no
    longer referenced is freed all the same, but for cycles). Once enough has been put aside, one collection takes all.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        _Kept.objects += gc.get_count()[0]
        if _Kept.objects > COLLECT_AT:
            _Kept.objects = 0
            gc.unfreeze()
            gc.collect()
        gc.freeze()
        gc.enable()
