"""Which content a file has, without reading it again: its stamp (size, times, inode) first, its bytes only where that changed.

In: what was known of files before, and the time. Out: a hash for each path; what was learned anew, to be kept.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Mapping
from os import stat_result
from pathlib import Path
from stat import S_ISREG

from briefgen.batch.job import Stamp

MISSING = "missing"
LARGEST = 100_000_000
"""Bytes of a file that is read to tell whether it changed; a larger one, which no brief is made from, goes by size and time."""
YOUNG = 2_000_000_000
"""Nanoseconds: a file may change twice within one tick of a file system's clock, so a stamp this young is not trusted later."""


def stamp_of(found: stat_result) -> Stamp:
    """Return the stamp of a file."""
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def digest(path: str | Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal; raise OSError, for what is no file, too: a device never ends."""
    regular(os.stat(path), path)  # noqa: PTH116 - ten thousand times a run
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def regular(found: stat_result, path: str | Path) -> None:
    """Raise OSError for a device, a pipe or a folder: what is opened there may never give an end."""
    if not S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "no regular file", str(path))


def short(*parts: str) -> str:
    """Return one name for some texts together: 24 hexadecimal digits."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


class Hashes:
    """The hashes of files; each file is looked at once a run, and read where its stamp is new."""

    def __init__(self, known: Mapping[str, tuple[Stamp, str]], now_ns: int) -> None:
        """Begin with what an earlier run knew; `now_ns` is the time by the clock that stamps files."""
        self.known, self.now_ns = known, now_ns
        self.seen: dict[str, str] = {}
        self.learned: dict[str, tuple[Stamp, str]] = {}

    def of(self, path: str) -> str:
        """Return the hash of a file, `missing` where none can be read."""
        found = self.seen.get(path)
        if found is None:
            found = self.seen[path] = self._look(path)
        return found

    def all(self, paths: Iterable[str]) -> str:
        """Return one hash over the files that are there, with their names, but not where the project lies on this machine."""
        rows = ((Path(path).parts[-2:], self.of(path)) for path in paths)
        return short(*(f"{'/'.join(name)}\0{made}" for name, made in rows if made != MISSING))

    def _look(self, path: str) -> str:
        try:
            stamp = stamp_of(os.stat(path))  # noqa: PTH116 - ten thousand times a run
            before = self.known.get(path)
            if before is not None and before[0] == stamp:
                return before[1]
            made = digest(path) if stamp.size <= LARGEST else f"large {stamp.size} {stamp.mtime_ns}"
        except (OSError, ValueError):
            return MISSING
        if trusted(stamp, self.now_ns):
            self.learned[path] = (stamp, made)
        return made


def trusted(stamp: Stamp, now_ns: int) -> bool:
    """Return whether an equal stamp will mean equal bytes: not for a file from just now, or from a future."""
    return max(stamp.mtime_ns, stamp.ctime_ns) < now_ns - YOUNG
