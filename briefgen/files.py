"""Files: atomic writes, so that a reader sees the old file or the new one and never half of one; and folders that hold.

In: paths and bytes. Out: files, or a fault that says what to do.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.findings.diagnostics import BriefgenError, Rejected, Span, error

if TYPE_CHECKING:
    from zipfile import ZipFile

TEMPORARY_PREFIX = ".briefgen-"
UNPACKED = 100_000_000  # bytes of a Word file once unpacked: one with a logo has one or two million
MEMBERS = 2_000
RATIO, FROM = 200, 10_000_000  # a member that unpacks to more than this many times its size, where it is large at all


def shown_path(path: Path) -> str:
    """Return a path as a person would type it: relative to the working directory where it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def fenced(path: Path, root: Path) -> Path:
    """Return `path`; raise Rejected where a link on the way to it leads out of the folder `root`."""
    real, inside = os.path.realpath(path), os.path.realpath(root)
    if real != inside and not real.startswith(inside.rstrip(os.sep) + os.sep):
        message = f"{path.name} is reached by a link that leads out of {shown_path(root)}"
        hint = "put the file itself there; templates are read from their folder only"
        raise Rejected([error("TPL-08", message, Span(_typed(path)), hint)])
    return path


def _typed(path: Path) -> str:
    """Return a path relative to the working directory, links in it left as they are."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def zip_fault(archive: ZipFile) -> str:
    """Return why an archive is not unpacked, as the end of a sentence about it; empty where nothing speaks against it."""
    rows = archive.infolist()
    if sum(info.file_size for info in rows) > UNPACKED:
        return f"holds more than {UNPACKED // 1_000_000} MB"
    if len(rows) > MEMBERS:
        return f"holds {len(rows):,} parts, where a Word document has some dozens"
    if any(info.file_size > max(FROM, RATIO * info.compress_size) for info in rows):
        return f"has a part that unpacks to more than {RATIO} times its size"
    return ""


def write_atomic(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write `content` to a temporary file beside `path`, then replace `path` with it.

    With `durable`, the bytes are forced to the disk before the replacement. Raises BriefgenError when the folder can't be
    made or written, or the disk is full; then `path` is as it was and no temporary file is left.
    """
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{os.urandom(4).hex()}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(_new(temporary), "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as fault:
        raise BriefgenError(f"can't write {path}: {fault.strerror or fault}", _cure(path, fault)) from fault
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _new(path: Path) -> int:
    """Return the handle of a new file, made as any file of the user is: the system takes the umask off."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)


def _cure(path: Path, fault: OSError) -> str:
    if isinstance(fault, (FileExistsError, NotADirectoryError)):
        return f"{path.parent} is a file, not a folder; name another output folder (`-o`, or `output` in briefgen.yaml)"
    if isinstance(fault, PermissionError):
        return f"make {path.parent} writable, or name another output folder (`-o`, or `output` in briefgen.yaml)"
    if isinstance(fault, IsADirectoryError):
        return f"{path} is a folder; move it away"
    return "free some space on the disk, or name another output folder (`-o`, or `output` in briefgen.yaml)"
