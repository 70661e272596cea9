"""What no job makes any more goes, if it is as we wrote it.

In: all jobs of an output folder and its state. Never removed: what the state does not know, and what was changed since.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from os.path import lexists
from pathlib import Path

from briefgen.batch.job import Job
from briefgen.batch.plan import Ground, Plan, gather
from briefgen.batch.stamps import digest
from briefgen.diagnostics import Diagnostic, warning
from briefgen.files import shown_path


def prune(jobs: Sequence[Job], ground: Ground, output: Path, *, dry: bool = False) -> tuple[list[str], list[Diagnostic]]:
    """Return the files that were removed, relative to the output folder, and what was left and why; `dry` removes none.

    `jobs` are all that write to this folder. What was made from a summary that is there and can't be read stays.
    """
    planned = Plan()
    for job in jobs:
        gather(job, ground, planned)
    wanted = {name for unit in planned.units.values() for name in unit.files}
    stems = {unit.stem for unit in planned.units.values()}
    unread = {path for path, _, _ in planned.failed if lexists(ground.project.folder / path)}
    removed: list[str] = []
    gone: list[str] = []
    said: list[Diagnostic] = []
    for name, row in sorted(ground.state.outputs.items()):
        unit = ground.state.units.get(row.stem)
        if name in wanted or (unit is not None and unit.summary in unread):
            continue
        path = output / name
        if path.is_file() and not _ours(path, row.sha256):
            message = f"{shown_path(path)} is not removed: it was changed since we wrote it"
            said.append(warning("BAT-05", message, None, "no job makes it any more; move it away, or remove it yourself"))
            continue
        if path.is_file():
            removed.append(name)
            if not dry:
                path.unlink()
                _clear(path.parent, output)
        gone.append(name)
    if dry:
        return removed, said
    left = {row.stem for name, row in ground.state.outputs.items() if name not in gone}
    old = [stem for stem, unit in ground.state.units.items() if stem not in stems | left and unit.summary not in unread]
    ground.state.forget(gone, old)
    return removed, said


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
