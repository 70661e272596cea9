"""The older files of a final that is refused now go where nobody takes them for the brief: `.superseded/` beside them.

In: an output folder and what the state knows of the files. Out: what was moved, what stays and why. Nothing is removed but an
older file of the same name that was set aside before; what somebody changed since we wrote it stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from briefgen.batch.filestat import digest
from briefgen.batch.state import OutputRow
from briefgen.files import shown_path
from briefgen.findings.diagnostics import Diagnostic, warning

FOLDER = ".superseded"


class Aside(NamedTuple):
    """What became of some files: those that were moved, those that are no longer where they were, and what is to say."""

    moved: tuple[str, ...]
    gone: tuple[str, ...]
    said: tuple[Diagnostic, ...]


def set_aside(output: Path, rows: Iterable[OutputRow]) -> Aside:
    """Move the files of some rows of the state into `.superseded/` beside each, under the same names."""
    moved: list[str] = []
    gone: list[str] = []
    said: list[Diagnostic] = []
    for row in rows:
        path = output / row.path
        if not path.exists() and not path.is_symlink():
            gone.append(row.path)
        elif why := _stays(path, row.sha256):
            message = f"{shown_path(path)} stays, though its final is refused: {why}"
            said.append(warning("BAT-11", message, None, "move it away yourself, so that nobody takes it for the brief"))
        else:
            moved.append(row.path)
    return Aside(tuple(moved), (*gone, *moved), tuple(said))


def _stays(path: Path, sha256: str) -> str:
    """Move a file that is as we wrote it, and return nothing; else return why it stays."""
    folder = path.parent / FOLDER
    try:
        if path.is_symlink() or digest(path) != sha256:
            return "it was changed since we wrote it"
        if folder.is_symlink():
            return f"{FOLDER} is a link"
        folder.mkdir(exist_ok=True)
        path.replace(folder / path.name)
    except OSError as fault:
        return str(fault.strerror or fault)
    return ""
