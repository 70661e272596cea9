"""Files: atomic writes, so that a reader sees the old file or the new one and never half of one; locks; and folders that hold.

In: paths and bytes. Out: files, or a fault that says what to do.

What an author writes by hand, too (a summary, an audience) is written by `rewrite` only. Every lock is the kernel's, by `held`.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.findings.diagnostics import BriefgenError, Rejected, Span, error

if TYPE_CHECKING:
    from zipfile import ZipFile

TEMPORARY_PREFIX = ".briefgen-"
LOCK = ".briefgen-lock"
"""The file by which those who write an author's files in a folder wait for each other; it is gone when they are."""
BACKUP = "~"
"""What follows the name of a file in that of its backup: `talks.yaml~`."""
_PATIENCE = 10.0  # seconds: a write takes some milliseconds
UNPACKED = 100_000_000  # bytes of a Word file once unpacked: one with a logo has one or two million
MEMBERS = 2_000
RATIO, FROM = 200, 10_000_000  # a member that unpacks to more than this many times its size, where it is large at all


def shown_path(path: Path) -> str:
    """Return a path as a person would type it: relative to the working directory where it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def is_file(path: Path) -> bool:
    """Return whether a file stands there; a name that none can have, or one behind a closed folder, is none."""
    try:
        return path.is_file()
    except OSError:  # pathlib raises them until Python 3.14
        return False


def is_folder(path: Path) -> bool:
    """Return whether a folder stands there; see `is_file`."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_text(name: str) -> bool:
    """Return whether a name, or another word of the command line, is UTF-8: Python makes surrogates of bytes that are not."""
    return not any("\ud800" <= sign <= "\udfff" for sign in name)


def fenced(path: Path, root: Path) -> Path:
    """Return `path`; raise Rejected where a link on the way to it leads out of the folder `root`."""
    if not below(path, root):
        message = f"{path.name} is reached by a link that leads out of {shown_path(root)}"
        hint = "put the file itself there; templates are read from their folder only"
        raise Rejected([error("TPL-08", message, Span(_typed(path)), hint)])
    return path


def below(path: str | Path, root: str | Path) -> bool:
    """Return whether a file lies below the folder `root`, or is it, once links are followed."""
    real, inside = os.path.realpath(path), os.path.realpath(root)
    return real == inside or real.startswith(inside.rstrip(os.sep) + os.sep)


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


def standing(path: Path) -> bytes | None:
    """Return what stands in a file that is to be written later, None where there is none; raise BriefgenError."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as fault:
        raise BriefgenError(f"can't read {path}: {fault.strerror or fault}", _cure(path, fault)) from fault


def rewrite(path: Path, content: bytes, before: bytes | None, *, backup: bool = True) -> None:
    """Write a text file that its author writes, too: one writer at a time, and only over what was read before.

    `before` is what `standing` gave when the work began. It is kept beside the file, under its name and `~`, in place of an older
    backup; the new file has its mode and its line ends. A link is replaced, not followed. Raises BriefgenError, with nothing
    written, where something else stands there by now.
    """
    refused = f"can't write {path}", f"make {path.parent} writable"
    with held(path.parent / LOCK, lambda: _busy(path), refused, patience=_PATIENCE, remove=True):
        if standing(path) != before:
            what = "changed since it was read" if before is not None and path.exists() else "came or went meanwhile"
            cure = "another program, or an editor, wrote it; run the command again: nothing was written"
            raise BriefgenError(f"{shown_path(path)} {what}", cure)
        mode = None
        if before is not None:
            mode = path.stat().st_mode & 0o777
            content = _ended_like(content, before)
            if backup:
                write_atomic(path.with_name(path.name + BACKUP), before, durable=True, mode=mode)
        write_atomic(path, content, durable=True, mode=mode)


def _busy(path: Path) -> BriefgenError:
    return BriefgenError(f"another program writes in {shown_path(path.parent)}", "run the command again: nothing was written")


def _ended_like(content: bytes, before: bytes) -> bytes:
    """Return a text with the line ends of the one that it replaces; one that has such line ends is left as it is."""
    windows = before.count(b"\r\n") * 2 > before.count(b"\n") and b"\r" not in content
    return content.replace(b"\n", b"\r\n") if windows else content


@contextmanager
def held(
    path: Path,
    busy: Callable[[], BriefgenError],
    refused: tuple[str, str],
    *,
    patience: float = 0.0,
    remove: bool = False,
) -> Iterator[None]:
    """Hold the lock of a file, which is made; the kernel's, so that it is gone with the processes that held it.

    Waits `patience` seconds, without end where that is less than none; raises what `busy` makes where another process holds it,
    BriefgenError of `refused`, a sentence and its cure, where the file can't be made or locked. `remove` takes the file away.
    """
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=patience)
        lock.acquire(poll_interval=0.05)
    except Timeout as fault:
        raise busy() from fault
    except (OSError, NotImplementedError) as fault:
        raise BriefgenError(f"{refused[0]}: {getattr(fault, 'strerror', None) or fault}", refused[1]) from fault
    try:
        yield
    finally:
        if remove:  # under the lock: whoever waits for this file sees that it has no name any more, and makes a new one
            with suppress(OSError):
                path.unlink()
        lock.release()


@contextmanager
def signed(note: Path, since: str, *, remove: bool = False) -> Iterator[None]:
    """Say in a file who holds a lock, for as long as it is held; `remove` takes the file away, else it is emptied."""
    with suppress(OSError):  # the lock holds without a signature
        note.write_text(json.dumps({"pid": os.getpid(), "host": platform.node(), "since": since}), encoding="utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            if remove:
                note.unlink()
            else:
                note.write_text("", encoding="ascii")


def signature(note: Path) -> dict[str, str]:
    """Return who signed a file: `pid`, `host`, `since`; nothing where it does not say."""
    try:
        said = json.loads(note.read_text(encoding="utf-8"))
        return {key: str(said[key]) for key in ("pid", "host", "since")}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def holder(note: Path) -> str:
    """Return who holds a lock, as its file says: process, machine, since when; empty where it says nothing."""
    said = signature(note)
    return f"process {said['pid']} on {said['host']}, since {said['since']}" if said else ""


def write_atomic(path: Path, content: bytes, *, durable: bool = False, mode: int | None = None) -> None:
    """Write `content` to a temporary file beside `path`, then replace `path` with it.

    The file has `mode`, else what the umask leaves to any new file. With `durable`, the bytes are forced to the disk before the
    replacement. Raises BriefgenError when the folder can't be made or written, or the disk is full; then `path` is as it was and
    no temporary file is left.
    """
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{os.urandom(4).hex()}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(_new(temporary), "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
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
