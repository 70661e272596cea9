"""Packaged files that a project has copied to change them: made, remembered, and compared with what is packaged now.

In: a Project and names such as `sections/risks_table.html`. Out: files in the project's templates. `copies.yaml` there says
what each copy was made from; `.originals/` keeps the packaged text of that day, so that three versions can be compared: the
original, the packaged one now, and the project's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from briefgen import __version__
from briefgen.files import shown_path, write_atomic
from briefgen.findings.diagnostics import BriefgenError, UsageError
from briefgen.findings.near import did_you_mean
from briefgen.load.source import read
from briefgen.load.validate import check_model
from briefgen.model.template_set import Copied, CopiesFile
from briefgen.project import overlay
from briefgen.project.project import Project

RECORD, ORIGINALS = "copies.yaml", ".originals"
_HEAD = """\
# What `briefgen template copy` brought in, and from where; `briefgen template diff` reads it. Keep it, and .originals/ beside
# it, in version control.
"""


class Compared(NamedTuple):
    """One copy, compared: what the packaged file (`unchanged`, `changed`, `gone`) and the project's have become since then.

    `yours` is `as copied`, `edited` or `gone`; `changes` is what the packaged one has changed, as a unified diff, empty where
    nothing has, or where it is no text.
    """

    path: str
    since: str
    packaged: str
    yours: str
    changes: str


def names(project: Project) -> dict[str, tuple[overlay.Found, ...]]:
    """Return every template file by name, the one that counts first."""
    return overlay.files(project.template_roots, project.layers)


def find(project: Project, name: str) -> tuple[overlay.Found, ...]:
    """Return the files of a name, the one that counts first; raise UsageError with its neighbour where there is none."""
    found = names(project)
    if name not in found:
        near = overlay.near(name, list(found))
        hint = did_you_mean(near, "`briefgen template list` names them all")
        raise UsageError(f"there is no template file {name!r}", hint)
    return found[name]


def folder_of(project: Project) -> Path:
    """Return the project's own template folder, whether it is there yet or not."""
    return project.templates or project.folder / "templates"


def copy(project: Project, wanted: Sequence[str], *, force: bool) -> list[Path]:
    """Bring packaged files into the project's templates and remember them; return the paths of the copies.

    Nothing is written where one of them can't be: raises UsageError for an unknown name, one that is not packaged, and a file
    that is there already.
    """
    home = folder_of(project)
    if all(not root.own and root.folder == home.resolve() for root in project.template_roots[:1]):
        raise UsageError("this folder holds the packaged templates themselves", "copy in a folder of your own")
    plan = {name: _packaged(project, name) for name in dict.fromkeys(wanted)}
    targets = {name: _target(project, name) for name in plan}
    there = [shown_path(home / target) for target in targets.values() if (home / target).exists()]
    if there and not force:
        raise UsageError(f"{', '.join(there)} exists already", "overwrite your copy with --force")
    record = recorded(project)
    for name, found in plan.items():
        content, target = _bytes(found.path), targets[name]
        origin = f"{found.layer.set}/{name}" if found.layer.set else name
        record[target] = _entry(origin, content)
        write_atomic(home / ORIGINALS / target, content)
        write_atomic(home / target, content)
    write_atomic(home / RECORD, _text(record).encode())
    return [home / target for target in targets.values()]


def recorded(project: Project) -> dict[str, Copied]:
    """Return what was copied, by the path of each copy below the project's templates; raise Rejected for a record at fault."""
    path = folder_of(project) / RECORD
    return dict(check_model(CopiesFile, read(path, shown_path(path))).copies) if path.is_file() else {}


def compare(project: Project, wanted: Sequence[str]) -> list[Compared]:
    """Return each copy compared with what is packaged now, all where none is named; raise UsageError for what is no copy."""
    record = recorded(project)
    paths = [_recorded_as(project, name, record) for name in wanted] or list(record)
    return [_compared(project, path, record[path]) for path in dict.fromkeys(paths)]


def settle(project: Project, rows: Iterable[Compared]) -> None:
    """Remember the packaged files of now as the ones that copies are compared with: what was new has been taken over."""
    record, home = recorded(project), folder_of(project)
    for row in rows:
        origin = record[row.path].origin
        if row.packaged == "changed":
            content = _bytes(project.template_roots[-1].folder / origin)
            record[row.path] = _entry(origin, content)
            write_atomic(home / ORIGINALS / row.path, content)
    write_atomic(home / RECORD, _text(record).encode())


def _entry(origin: str, content: bytes) -> Copied:
    return Copied(**{"from": origin}, briefgen=__version__, sha256=sha256(content).hexdigest())


def _recorded_as(project: Project, name: str, record: Iterable[str]) -> str:
    path = next((path for path in (name, f"{project.set_name}/{name}") if path in record), None)
    if path is None:
        near = overlay.near(name, list(record))
        hint = did_you_mean(near, "`briefgen template copy` makes one")
        raise UsageError(f"{name!r} was not copied", hint)
    return path


def _compared(project: Project, path: str, row: Copied) -> Compared:
    home = folder_of(project)
    now = _here(project.template_roots[-1].folder / row.origin)
    mine = _here(home / path)
    state = "gone" if now is None else "unchanged" if sha256(now).hexdigest() == row.sha256 else "changed"
    yours = "gone" if mine is None else "as copied" if sha256(mine).hexdigest() == row.sha256 else "edited"
    changes = ""
    if state == "changed" and now is not None:
        changes = _diff(_here(home / ORIGINALS / path), now, row)
    return Compared(path, row.briefgen, state, yours, changes)


def _diff(before: bytes | None, now: bytes, row: Copied) -> str:
    """Return what the packaged file has changed; nothing where the original is lost, altered, or no text."""
    if before is None or sha256(before).hexdigest() != row.sha256:
        return ""
    try:
        old, new = (text.decode("utf-8").splitlines(keepends=True) for text in (before, now))
    except UnicodeDecodeError:
        return ""
    marks = (f"{row.origin} (briefgen {row.briefgen})", f"{row.origin} (briefgen {__version__})")
    lines = (line if line.endswith("\n") else f"{line}\n\\ no newline at the end\n" for line in unified_diff(old, new, *marks))
    return "".join(lines)


def _packaged(project: Project, name: str) -> overlay.Found:
    if name == overlay.SET_FILE:
        raise UsageError(f"{name} is not copied: it says which set a folder is", f"write one with `extends: {project.set_name}`")
    found = next((row for row in find(project, name) if not row.layer.own), None)
    if found is None:
        raise UsageError(f"{name} is your own, and no packaged file", "`briefgen template list` says what is packaged")
    return found


def _target(project: Project, name: str) -> str:
    """Return where a copy goes, below the project's templates: into the chosen set, or into the folder of its kind."""
    shared = name.split("/")[0] in overlay.SHARED or name == overlay.BRAND
    return name if shared else f"{project.set_name}/{name}"


def _text(record: dict[str, Copied]) -> str:
    lines = [_HEAD, "copies:\n"]
    for path in sorted(record):
        row = record[path]
        lines.append(f'  {path}:\n    from: {row.origin}\n    briefgen: "{row.briefgen}"\n    sha256: {row.sha256}\n')
    return "".join(lines)


def _here(path: Path) -> bytes | None:
    return _bytes(path) if path.is_file() else None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise BriefgenError(f"can't read {path}: {fault.strerror or fault}", "make the file readable for you") from fault
