"""The shared libraries behind the PDF engine, by the names that systems give them.

In: nothing. Out: whether they are there, without a word on standard output; and, for a process that is ours, a short cut to them.
"""

from __future__ import annotations

import sys
from typing import Any

# WeasyPrint's short name: the file on Linux, on macOS
REQUIRED = {
    "gobject-2.0": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    "pango-1.0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
    "pangoft2-1.0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
}
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


def opened(ffi: Any, short: str) -> Any:  # noqa: ANN401 - cffi has no types
    """Return a required library as cffi opens it; raise OSError where it is not there, or can't be loaded."""
    *others, last = dict.fromkeys((*REQUIRED[short], short) if sys.platform != "darwin" else (*REQUIRED[short][::-1], short))
    for name in others:
        try:
            return ffi.dlopen(name)
        except OSError:
            continue
    return ffi.dlopen(last)


def shortcut() -> None:
    """Let `ctypes.util.find_library` answer from the table above, in this process from now on.

    For processes that are ours alone: the command line, and the workers of a batch. A library leaves it as it is.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes
    import ctypes.util

    original = ctypes.util.find_library
    if getattr(original, "__module__", "") == __name__:
        return

    def find(name: str) -> str | None:
        soname = _SONAMES.get(name)
        if soname:
            try:
                ctypes.CDLL(soname)
            except OSError:
                pass
            else:
                return soname
        return None if any(part in name for part in _OPTIONAL) else original(name)

    ctypes.util.find_library = find
