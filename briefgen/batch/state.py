"""The build state: for each file that a batch wrote its hash and what it was made from. One SQLite file beside the outputs.

Only the coordinating process writes it, some outcomes a transaction: a run that is killed leaves the state of its last one.
What can't be used (truncated, locked, from a newer version, no database) is put aside, and the state begins anew: then
everything is made again, which costs time and nothing else. `exported` is the same for people and other programs, without
anything that differs from run to run.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = ".briefgen"
"""Where a batch keeps what is its own, in the output folder."""
FILE, EXPORT = "state.sqlite", "manifest.json"
VERSION = 1
_BEHIND = ""
"""The key among the facts, where no file's path can be, that stands while the export is not what the state holds."""
_APPLICATION = 0x42524746  # "BRGF", in the header of the file: so that no other program's database is taken for ours
_TABLES = """
CREATE TABLE units (stem TEXT PRIMARY KEY, summary TEXT, audience TEXT, own TEXT, shared TEXT, status TEXT, images TEXT,
said TEXT) WITHOUT ROWID;
CREATE TABLE outputs (path TEXT PRIMARY KEY, stem TEXT, own TEXT, shared TEXT, sha256 TEXT, size INT, mtime INT, ctime INT,
inode INT) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, size INT, mtime INT, ctime INT, inode INT, sha256 TEXT) WITHOUT ROWID;
CREATE TABLE facts (path TEXT PRIMARY KEY, key TEXT, value TEXT) WITHOUT ROWID;
CREATE TABLE recipes (digest TEXT PRIMARY KEY, parts TEXT) WITHOUT ROWID;
"""


class UnitRow(NamedTuple):
    """What is known of one unit: the hashes of what it alone and what all were made from, `made` or `withheld`, its pictures."""

    stem: str
    summary: str
    audience: str
    own: str
    shared: str
    status: str
    images: str
    said: str


class OutputRow(NamedTuple):
    """What is known of one file: made from what, its bytes' hash, and the stamp by which it is known without reading it."""

    path: str
    stem: str
    own: str
    shared: str
    sha256: str
    size: int
    mtime: int
    ctime: int
    inode: int


@dataclass(slots=True)
class Changes:
    """What a transaction adds, and the paths of files that are gone."""

    units: list[UnitRow]
    outputs: list[OutputRow]
    recipes: dict[str, Mapping[str, str]]


class State:
    """The build state of one output folder. A fault of its file never stops a run: see `lost`."""

    def __init__(self, home: Path, *, read_only: bool = False) -> None:
        """Open the state below an output folder, or begin it; `read_only` leaves the folder as it is."""
        self.path = home / FOLDER / FILE
        self.warning = ""
        self.lost = self.changed = False
        self.units: dict[str, UnitRow] = {}
        self.outputs: dict[str, OutputRow] = {}
        self.files: dict[str, tuple[Any, ...]] = {}
        self.facts: dict[str, tuple[str, str]] = {}
        self.new_recipes: dict[str, Mapping[str, str]] = {}
        self.base = self._seen() if read_only else self._opened()

    def _seen(self) -> sqlite3.Connection:
        try:
            if self.path.is_file():
                base = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=2)
                self._load(base)
                return base
        except (sqlite3.Error, _Strange) as fault:
            self.warning = str(fault)
        return _begun(sqlite3.connect(":memory:"))

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._read()
        except (sqlite3.Error, _Strange) as fault:
            self.warning = str(fault)
        self._aside()
        try:
            return self._read()
        except (sqlite3.Error, _Strange):
            return _begun(sqlite3.connect(":memory:"))

    def _read(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(self.path, timeout=2)
        try:
            self._load(base)
        except BaseException:
            base.close()
            raise
        return base

    def _load(self, base: sqlite3.Connection) -> None:
        [version], [application] = (base.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id"))
        if (version, application) == (0, 0) and not base.execute("SELECT 1 FROM sqlite_master").fetchone():
            _begun(base)
            self.changed = True
            return
        if application != _APPLICATION:
            raise _Strange("it is another program's database")
        if version != VERSION:
            raise _Strange(f"it has version {version}, and this briefgen writes {VERSION}")
        self.units = {row[0]: UnitRow._make(row) for row in base.execute("SELECT * FROM units")}
        self.outputs = {row[0]: OutputRow._make(row) for row in base.execute("SELECT * FROM outputs")}
        self.files = {row[0]: row[1:] for row in base.execute("SELECT * FROM files")}
        self.facts = {path: (key, value) for path, key, value in base.execute("SELECT * FROM facts")}
        self.changed = self.facts.pop(_BEHIND, None) is not None

    def _aside(self) -> None:
        for name in (FILE, f"{FILE}-journal", f"{FILE}-wal", f"{FILE}-shm"):
            with suppress(OSError):
                (self.path.parent / name).replace(self.path.parent / f"{name}.unusable")

    # --- writing ----------------------------------------------------------------------------------------------------

    def record(self, changes: Changes) -> None:
        """Write down what was made, in one transaction; where the file fails, only this object knows it from now on."""
        for unit in changes.units:
            self.units[unit.stem] = unit
        for output in changes.outputs:
            self.outputs[output.path] = output
        self.new_recipes.update(changes.recipes)
        rows = [(key, json.dumps(parts, sort_keys=True, ensure_ascii=False)) for key, parts in changes.recipes.items()]
        self._do(
            ("INSERT OR REPLACE INTO units VALUES (?,?,?,?,?,?,?,?)", changes.units),
            ("INSERT OR REPLACE INTO outputs VALUES (?,?,?,?,?,?,?,?,?)", changes.outputs),
            ("INSERT OR IGNORE INTO recipes VALUES (?,?)", rows),
            self._behind(bool(changes.units or changes.outputs)),
        )

    def remember(self, files: Mapping[str, tuple[Any, ...]], facts: Mapping[str, tuple[str, str]]) -> None:
        """Write down what was learned of files and summaries."""
        self.files.update(files)
        self.facts.update(facts)
        self._do(
            ("INSERT OR REPLACE INTO files VALUES (?,?,?,?,?,?)", [(path, *row) for path, row in files.items()]),
            ("INSERT OR REPLACE INTO facts VALUES (?,?,?)", [(path, *row) for path, row in facts.items()]),
        )

    def forget(self, paths: Iterable[str], stems: Iterable[str]) -> None:
        """Take files and units out of the state."""
        gone, left = list(paths), list(stems)
        for path in gone:
            self.outputs.pop(path, None)
        for stem in left:
            self.units.pop(stem, None)
        self._do(
            ("DELETE FROM outputs WHERE path = ?", [(path,) for path in gone]),
            ("DELETE FROM units WHERE stem = ?", [(stem,) for stem in left]),
            self._behind(bool(gone or left)),
        )

    def _behind(self, changed: bool) -> tuple[str, list[tuple[str, ...]]]:
        """Return the statement that notes, with the change itself, that the export is behind: a kill may come between them."""
        note = changed and not self.changed
        self.changed |= changed
        return "INSERT OR REPLACE INTO facts VALUES (?,?,?)", [(_BEHIND, "", "")] if note else []

    def was_exported(self) -> None:
        """Note that the export is what the state holds."""
        self.changed = False
        self._do(("DELETE FROM facts WHERE path = ?", [(_BEHIND,)]))

    def _do(self, *statements: tuple[str, Iterable[tuple[Any, ...]]]) -> None:
        try:
            with self.base:
                for statement, rows in statements:
                    self.base.executemany(statement, rows)
        except sqlite3.Error as fault:
            self.lost, self.warning = True, self.warning or str(fault)

    def save(self) -> str:
        """Return why the state did not stand in its file, empty where it did; it is written anew then, as far as that can be."""
        if not self.lost and self.path.is_file() and self._same_file():
            return ""
        recipes = self._recipes()
        self.base.close()
        self._aside()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.base, self.lost, self.changed = _begun(sqlite3.connect(self.path, timeout=2)), False, False
        except (sqlite3.Error, OSError) as fault:
            self.base = _begun(sqlite3.connect(":memory:"))
            return self.warning or str(fault)
        self.record(Changes(list(self.units.values()), list(self.outputs.values()), recipes))
        self.remember(self.files, self.facts)
        return self.warning or "it was removed while it was written"

    def _same_file(self) -> bool:
        """Return whether the file that is open is the one that stands there: its folder may have been removed and made anew."""
        try:
            with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=2)) as other:
                [count] = other.execute("SELECT count(*) FROM outputs").fetchone()
        except sqlite3.Error:
            return False
        return bool(count == len(self.outputs))

    # --- reading ----------------------------------------------------------------------------------------------------

    def recipe(self, digest: str) -> dict[str, str]:
        """Return what a hash was made of, each part with its own hash; empty where that is not known."""
        if digest in self.new_recipes:
            return dict(sorted(self.new_recipes[digest].items()))  # as it is read back
        try:
            row = self.base.execute("SELECT parts FROM recipes WHERE digest = ?", (digest,)).fetchone()
        except sqlite3.Error:
            row = None
        parts: dict[str, str] = json.loads(row[0]) if row else {}
        return parts

    def _recipes(self) -> dict[str, Mapping[str, str]]:
        wanted = {row.own for row in self.units.values()} | {row.shared for row in self.units.values()}
        return {digest: parts for digest in sorted(wanted) if (parts := self.recipe(digest))}

    def exported(self) -> str:
        """Return the state as JSON: every file with its hash and what it was made from; the same for the same files."""
        rows, recipes = [], {}
        for path in sorted(self.outputs):
            output = self.outputs[path]
            unit = self.units.get(output.stem)
            recipes.update({digest: self.recipe(digest) for digest in (output.own, output.shared) if digest not in recipes})
            made_from = {"own": output.own, "shared": output.shared}
            who = {"summary": unit.summary, "audience": unit.audience} if unit else {}
            rows.append({"path": path, **who, "sha256": output.sha256, "bytes": output.size, "made_from": made_from})
        whole = {"schema": 1, "outputs": rows, "recipes": dict(sorted(recipes.items()))}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"

    def close(self) -> None:
        """Close the file."""
        self.base.close()


class _Strange(Exception):
    """A database that is not ours, or not ours to read."""


def _begun(base: sqlite3.Connection) -> sqlite3.Connection:
    base.executescript(f"BEGIN;{_TABLES}PRAGMA user_version = {VERSION};PRAGMA application_id = {_APPLICATION};COMMIT;")
    return base
