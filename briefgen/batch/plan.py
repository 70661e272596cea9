"""Which briefs there are, which of them must be made, and why.

In: jobs with one output folder, the project, what earlier runs wrote down. Out: a `Plan`. Nothing is rendered and nothing but
the state is written; a file that has not changed is looked at once and not read.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import exists, isfile, islink, join
from pathlib import Path
from typing import NamedTuple

from briefgen.batch.filestat import MISSING, Hashes, digest, short, stamp_of, trusted
from briefgen.batch.fingerprint import Shared
from briefgen.batch.header import Facts, facts, from_text
from briefgen.batch.job import Job, Stamp, Unit
from briefgen.batch.state import OutputRow, State, UnitRow
from briefgen.files import below
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Span, UsageError, error, warning
from briefgen.load.source import read
from briefgen.project.project import Project
from briefgen.project.settings import stem

FACTS = 2
"""The form of what is remembered of a summary: what another one wrote is read anew."""


class Task(NamedTuple):
    """A unit that must be made: why, and what its files will have been made from."""

    unit: Unit
    why: tuple[str, ...]
    own: Mapping[str, str]
    own_digest: str
    shared_digest: str


@dataclass(slots=True)
class Plan:
    """What a run will do: `tasks` to make, units that are up to date, those that can't be planned, and what is to say."""

    tasks: list[Task] = field(default_factory=list)
    fresh: list[Unit] = field(default_factory=list)
    withheld: list[Unit] = field(default_factory=list)
    failed: list[tuple[str, tuple[Diagnostic, ...], int]] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    units: dict[str, Unit] = field(default_factory=dict)
    restamped: list[OutputRow] = field(default_factory=list)


class Ground:
    """What planning stands on: the project, the state, the hashes of files, and the output folder as it is."""

    def __init__(self, project: Project, state: State, now_ns: int) -> None:
        """Begin with what the state knows."""
        self.project, self.state = project, state
        known = {path: (Stamp(*row[:4]), row[4]) for path, row in state.files.items()}
        self.hashes = Hashes(known, now_ns)
        self.shared = Shared(project, self.hashes, state.facts)
        self.learned: dict[str, tuple[str, str]] = {}
        self.facts: dict[str, Facts] = {}

    def learn(self) -> None:
        """Write down what was learned of files and summaries."""
        files = {path: (*stamp, made) for path, (stamp, made) in self.hashes.learned.items()}
        self.state.remember(files, {**self.learned, **self.shared.learned})
        self.hashes.learned.clear()
        self.learned.clear()
        self.shared.learned.clear()


def plan(jobs: Sequence[Job], ground: Ground, *, force: bool = False) -> Plan:
    """Return what to do for jobs that share one output folder.

    Raises Rejected where two units would have one file (case ignored), UsageError for an audience or a pattern that can't be.
    """
    made = Plan()
    for job in jobs:
        gather(job, ground, made)
    _collisions(made.units.values())
    looked = _Look(ground, jobs[0].output)
    for unit in made.units.values():
        _judge(unit, looked, made, force=force)
    return made


def matching(folder: Path, patterns: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the files that some patterns name, relative to `folder` where they lie below it; and the patterns without any.

    A link that leads nowhere (a disk that is not mounted) counts as a file, so that it is told and not passed over.
    """
    found: dict[str, None] = {}
    empty: list[str] = []
    for pattern in patterns:
        names = glob.glob(pattern, root_dir=folder, recursive=True)
        files = sorted(name for name in names if not name.endswith(".schema.json") and _file(join(folder, name)))
        if not files:
            empty.append(pattern)
        found.update(dict.fromkeys(map(os.path.normpath, files)))
    return list(found), empty


def _file(path: str) -> bool:
    return isfile(path) or (islink(path) and not exists(path))


def gather(job: Job, ground: Ground, made: Plan) -> None:
    """Add the units of one job; a unit that two jobs have is one, in the formats of both."""
    project = ground.project
    for name in job.audiences:
        if name not in project.audience_files:
            raise UsageError(f"job {job.name}: there is no audience {name!r}", project.near_audience(name))
    audiences = job.audiences or tuple(project.audience_files)
    paths, empty = matching(project.folder, job.inputs)
    for pattern in empty:
        hint = "inputs are relative to the project's folder"
        made.findings.append(warning("BAT-08", f"job {job.name}: no file is named {pattern}", None, hint))
    for path in paths:
        if unreadable := shown_name(path):
            hint = "rename it: the file's name itself is written in another encoding"
            made.failed.append((unreadable, (error("BAT-10", "its name is not UTF-8", Span(unreadable), hint),), 1))
            continue
        try:
            known = known_facts(path, ground)
        except Rejected as fault:
            made.failed.append((path, fault.diagnostics, 1))
            continue
        except BriefgenError as fault:
            made.failed.append((path, (error("BAT-09", fault.message, None, fault.hint),), 4))
            continue
        for audience in audiences:
            key = stem(job.pattern, known.id, audience, known.language, known.date)
            before = made.units.get(f"{path}\0{audience}\0{key}")
            formats = tuple(dict.fromkeys((*(before.formats if before else ()), *job.formats)))
            made.units[f"{path}\0{audience}\0{key}"] = Unit(path, audience, key, formats, known.language)


def shown_name(path: str) -> str:
    """Return a name that is not UTF-8 with its bytes as `\\xE4`, as it can be printed and kept; empty for one that is."""
    raw = os.fsencode(path)
    shown = raw.decode("utf-8", "backslashreplace")
    return shown if shown.encode("utf-8") != raw else ""


def known_facts(path: str, ground: Ground) -> Facts:
    """Return the facts of a summary, without reading it where its bytes and the project's defaults are as they were."""
    if path not in ground.facts:
        ground.facts[path] = _facts(path, ground)
    return ground.facts[path]


def _facts(path: str, ground: Ground) -> Facts:
    full = join(ground.project.folder, path)
    key = f"{ground.hashes.of(full)}.{ground.shared.defaults}.{FACTS}"
    before = ground.state.facts.get(path)
    if before is not None and before[0] == key:
        return from_text(before[1])
    made = facts(ground.project.with_defaults(read(Path(full), path)))
    ground.learned[path] = (key, made.text())
    return made


def _collisions(units: Iterable[Unit]) -> None:
    homes: dict[str, Unit] = {}
    found: list[Diagnostic] = []
    for unit in units:
        other = homes.setdefault(unit.stem.casefold(), unit)
        if other is not unit:
            message = (
                f"{unit.summary} for {unit.audience} and {other.summary} for {other.audience} would have one file, {unit.stem}"
            )
            hint = "give the summaries ids of their own, or let the `name` pattern hold {summary} and {audience}"
            found.append(error("BAT-01", message, None, hint))
    if found:
        raise Rejected(found)


class _Look:
    """The output folder as it stands, looked through once; and what each unit is made from."""

    def __init__(self, ground: Ground, output: Path) -> None:
        self.ground, self.output = ground, output
        self.stamps = dict(standing(output))
        self.owned: dict[str, tuple[dict[str, str], str]] = {}

    def own(self, unit: Unit) -> tuple[dict[str, str], str]:
        """Return what this unit alone is made from, with one hash over it: its summary, files named there, writers, pictures."""
        found = self.owned.get(unit.summary)
        if found is None:
            parts = self._named(unit.summary)
            found = self.owned[unit.summary] = (parts, over(parts))
        before = self.ground.state.units.get(unit.stem)
        writers = self.ground.shared.writers(unit.formats)
        printed = pictures(before.images, self.ground) if before is not None and before.images else {}
        if not writers and not printed:
            return found
        parts = found[0] | writers | printed
        return parts, over(parts)

    def _named(self, summary: str) -> dict[str, str]:
        hashes = self.ground.hashes
        path = join(self.ground.project.folder, summary)
        made = {"summary": hashes.of(path)}
        known = known_facts(summary, self.ground)
        home = path.rpartition(os.sep)[0]
        for name in known.files:
            file = join(home, name)
            made[f"file {name}"] = hashes.of(file) if below(file, home) else MISSING
        return made | self.ground.shared.readers(known.articles)

    def whole(self, name: str, row: OutputRow) -> OutputRow | None:
        """Return what is known of a file if its bytes are still those that were written (with a new stamp, where it has one)."""
        stamp = self.stamps.get(name)
        if stamp is None:
            return None
        if stamp == row[5:]:
            return row
        if stamp.size != row.size:
            return None
        try:
            same = digest(self.output / name) == row.sha256
        except OSError:
            return None
        if same and trusted(stamp, self.ground.hashes.now_ns):
            return row._replace(size=stamp.size, mtime=stamp.mtime_ns, ctime=stamp.ctime_ns, inode=stamp.inode)
        return row if same else None


def over(parts: Mapping[str, str]) -> str:
    """Return one hash over some parts."""
    return short(*(f"{name}\0{made}" for name, made in parts.items()))


def pictures(images: str, ground: Ground) -> dict[str, str]:
    """Return the hash of each picture of a list that is kept as one text."""
    return {f"picture {os.path.relpath(name, ground.project.folder)}": ground.hashes.of(name) for name in images.split("\0")}


def standing(output: Path) -> Iterator[tuple[str, Stamp]]:
    """Yield every file below an output folder with its stamp, by its path with `/`; hidden ones are not looked at."""
    waiting = [("", str(output))]
    while waiting:
        inside, folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((f"{inside}{entry.name}/", entry.path))
                    else:
                        yield inside + entry.name, stamp_of(entry.stat())
        except OSError:
            continue


def _judge(unit: Unit, look: _Look, made: Plan, *, force: bool) -> None:
    """Put a unit where it belongs: to be made, up to date, or withheld as before."""
    state, shared = look.ground.state, look.ground.shared
    own, own_digest = look.own(unit)
    shared_digest = shared.digest(unit.audience, unit.language)
    before = state.units.get(unit.stem)
    why = ("forced",) if force else _why_not(unit, look, (own_digest, shared_digest), made)
    if not why:
        (made.withheld if before is not None and before.status == "withheld" else made.fresh).append(unit)
        return
    if why == ("changed",):
        why = tuple(_changed(before, own, shared.parts(unit.audience, unit.language), state))
    made.tasks.append(Task(unit, why, own, own_digest, shared_digest))


def _why_not(unit: Unit, look: _Look, now: tuple[str, str], made: Plan) -> tuple[str, ...]:
    """Return why a unit is not up to date, `changed` where what it is made from is not what it was; nothing where it is."""
    state = look.ground.state
    before = state.units.get(unit.stem)
    if before is None or (before.summary, before.audience) != unit[:2]:
        return ("new",)
    if (before.own, before.shared) != now:
        return ("changed",)
    if before.status == "withheld":
        return ()
    why = []
    for name in unit.files:
        row = state.outputs.get(name)
        if row is None:
            why.append(f"{name} is new")
        elif row[2:4] != now:
            return ("changed",)
        elif (found := look.whole(name, row)) is None:
            why.append(f"{name} was {'changed' if name in look.stamps else 'removed'}")
        elif found is not row:
            made.restamped.append(found)
    return tuple(why)


def _changed(before: UnitRow | None, own: Mapping[str, str], shared: Mapping[str, str], state: State) -> Iterator[str]:
    """Yield which parts a unit was made from otherwise: `audience board changed`."""
    old = {**state.recipe(before.own), **state.recipe(before.shared)} if before else {}
    new = {**own, **shared}
    for name in dict.fromkeys((*new, *old)):
        if name not in old:
            yield f"{name} is new"
        elif name not in new:
            yield f"{name} is gone"
        elif old[name] != new[name]:
            yield f"{name} changed"
