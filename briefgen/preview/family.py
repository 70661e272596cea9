"""A summary and its translations: the files of its folder that are linked by `translation_of`.

In: the path of one of them. Out: `Member`s by the name of their file. A file that can't be read is no member, save the one that
was asked for; files are read again only where they changed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from briefgen.findings.diagnostics import BriefgenError, Rejected
from briefgen.load.source import read
from briefgen.model.summary import Stage
from briefgen.pipeline.ground import named

SUFFIXES = (".yaml", ".yml", ".json")
MAX_BYTES = 2_000_000


class Member(NamedTuple):
    """One summary of a family: its file, its language where it says one, and the articles with which a final is compared."""

    path: Path
    language: str
    articles: tuple[Path, ...] = ()


class _Said(NamedTuple):
    """What a file says of itself."""

    id: str
    of: str | None
    language: str
    articles: tuple[Path, ...] = ()


class Family:
    """The summaries that say the same in several languages."""

    def __init__(self, path: Path) -> None:
        """Begin with the summary that was asked for."""
        self.path = path
        self._last = _Said(path.stem, None, "")
        self._read: dict[Path, tuple[tuple[int, int], _Said | None]] = {}

    def members(self) -> dict[str, Member]:
        """Return the family by the names of its files: the original, then its translations, by their names."""
        self._last = own = self._said(self.path) or self._last  # while it is broken, it belongs where it belonged
        original = own.of or own.id
        found = {self.path.name: Member(self.path, own.language, own.articles)}
        first: list[str] = []
        for path in sorted(self.path.parent.iterdir()):
            if path.suffix.lower() not in SUFFIXES or path.name == self.path.name or not self._mentions(path, original):
                continue
            said = self._said(path)
            if said and original in (said.id, said.of):
                found[path.name] = Member(path, said.language, said.articles)
                first += [path.name] if said.id == original else []
        first += [self.path.name] if own.id == original else []
        return {name: found[name] for name in dict.fromkeys([*first, *sorted(found)])}

    def _mentions(self, path: Path, name: str) -> bool:
        """Return whether a file can be of the family at all: most of a large folder is not, and is not parsed."""
        try:
            small = path.stat().st_size <= MAX_BYTES
            return path.stem == name or (small and name.encode() in path.read_bytes())
        except OSError:
            return False

    def _said(self, path: Path) -> _Said | None:
        try:
            stat = path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            if path not in self._read or self._read[path][0] != stamp:
                self._read[path] = (stamp, _of(read(path).values, path))
        except (OSError, Rejected, BriefgenError):
            self._read.pop(path, None)
            return None
        return self._read[path][1]


def _of(values: dict[str, Any], path: Path) -> _Said:
    of = values.get("translation_of")
    articles = tuple(path.parent / name for name in named(values)) if values.get("stage") == Stage.FINAL else ()
    return _Said(str(values.get("id") or path.stem), str(of) if of else None, str(values.get("language") or ""), articles)
