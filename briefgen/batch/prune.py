"""What no job makes any more goes, if it is as we wrote it.

In: all jobs of an output folder and its state. Never removed: what the state does not know, and what was changed since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from glob import has_magic
from os.path import lexists, normpath
from pathlib import Path

from briefgen.batch.filestat import digest
from briefgen.batch.job import Job
from briefgen.batch.plan import Ground, Plan, gather, matching
from briefgen.batch.state import OutputRow, State
from briefgen.files import shown_path
from briefgen.findings.diagnostics import Diagnostic, warning

_MAGIC = re.compile(r"[*?[]")


def prune(jobs: Sequence[Job], ground: Ground, output: Path, *, dry: bool = False) -> tuple[list[str], list[Diagnostic]]:
    """Return the files that were removed, relative to the output folder, and what was left and why; `dry` removes none.

    `jobs` are all that write to this folder. What was made from a summary that is there and can't be read stays, and so does what
    was made from files of a pattern that finds none today: a disk that is away looks like a folder that was emptied.
    """
    planned = Plan()
    for job in jobs:
        gather(job, ground, planned)
    unread = {path for path, _, _ in planned.failed if lexists(ground.project.folder / path)}
    away = _away(jobs, ground.project.folder)
    removed: list[str] = []
    gone: list[str] = []
    kept: dict[str, list[str]] = {}
    said: list[Diagnostic] = []
    for name, row, summary in _unmade(ground.state, planned, unread):
        path = output / name
        if pattern := next((p for p, head in away.items() if summary is not None and summary.startswith(head)), ""):
            kept.setdefault(pattern, []).append(name)
        elif not path.is_file():
            gone.append(name)
        elif not _ours(path, row.sha256):
            message = f"{shown_path(path)} is not removed: it was changed since we wrote it"
            said.append(warning("BAT-05", message, None, "no job makes it any more; move it away, or remove it yourself"))
        else:
            removed.append(name)
            gone.append(name)
            if not dry:
                path.unlink()
                _clear(path.parent, output)
    said += [_stays(pattern, len(names)) for pattern, names in kept.items()]
    if not dry:
        _forget(ground.state, planned, unread, gone)
    return removed, said


def _unmade(state: State, planned: Plan, unread: set[str]) -> Iterator[tuple[str, OutputRow, str | None]]:
    """Yield each file that no job makes any more, with the summary that it was made from, None where that is not known."""
    wanted = {name for unit in planned.units.values() for name in unit.files}
    for name, row in sorted(state.outputs.items()):
        unit = state.units.get(row.stem)
        summary = unit.summary if unit is not None else None
        if name not in wanted and summary not in unread:
            yield name, row, summary


def _forget(state: State, planned: Plan, unread: set[str], gone: Sequence[str]) -> None:
    """Take out of the state the files that are gone, and the units that nothing is left of."""
    stems = {unit.stem for unit in planned.units.values()}
    left = {row.stem for name, row in state.outputs.items() if name not in gone}
    state.forget(gone, [stem for stem, unit in state.units.items() if stem not in stems | left and unit.summary not in unread])


def _away(jobs: Sequence[Job], folder: Path) -> dict[str, str]:
    """Return each pattern that finds no file, with how the path of whatever it once found begins."""
    empty = [pattern for job in jobs for pattern in matching(folder, job.inputs)[1]]
    return {pattern: normpath(pattern) if not has_magic(pattern) else _fixed(pattern) for pattern in empty}


def _fixed(pattern: str) -> str:
    home = _MAGIC.split(pattern, maxsplit=1)[0].rpartition("/")[0]
    return f"{normpath(home)}/" if home else ""


def _stays(pattern: str, count: int) -> Diagnostic:
    message = f"{count} {'file' if count == 1 else 'files'} made from {pattern} stay: no file is named so today"
    return warning("BAT-05", message, None, "bring the files back; or take the pattern out of the project file, and prune again")


def _ours(path: Path, sha256: str) -> bool:
    try:
        return not path.is_symlink() and digest(path) == sha256
    except OSError:
        return False


def _clear(folder: Path, output: Path) -> None:
    """Remove folders that are empty now, up to the output folder."""
    with suppress(OSError):
        while folder != output and output in folder.parents:
            folder.rmdir()
            folder = folder.parent
