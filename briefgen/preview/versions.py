"""What is shown: the newest state of each version that somebody looks at, and the last one that was good.

In: the path of a summary, names of audiences, and word that files changed. Out: plain data for the browser, pictures by their
key, files to download. `touch` may be called from any thread; all else belongs to one thread, the worker's.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from briefgen.findings.diagnostics import Diagnostic, Rejected, UsageError
from briefgen.findings.groups import headline
from briefgen.preview import panel, watch
from briefgen.preview.family import Family, Member
from briefgen.preview.page import Picture, Shown, make
from briefgen.project.project import Project
from briefgen.registry import Format
from briefgen.writers import FORMATS

KEPT = 40
"""How many versions are remembered; the pictures of one take about half a megabyte."""


@dataclass(slots=True)
class _Entry:
    """One version: what it was made from, the last good one, and what stands in the way of a newer one."""

    state: object
    shown: Shown | None = None
    errors: tuple[Diagnostic, ...] = ()


class Unknown(KeyError):
    """A summary that is not of the family, or a version that was never good."""


class Versions:
    """A summary, its translations, and the audiences of its project."""

    def __init__(self, path: Path, audience: str | None = None, templates: Path | None = None, *, trusted: bool = False) -> None:
        """Find the project; raise UsageError for an unknown audience, Rejected for a project file that can't be used."""
        self.templates, self.trusted = templates, trusted
        self.start = Path.cwd()
        self.project = Project.find(self.start, templates, trusted=trusted)
        if audience is not None and audience not in self.project.audience_files:
            raise UsageError(f"there is no audience {audience!r}", self.project.near_audience(audience))
        self.audience = audience or next(iter(self.project.audience_files))
        self.family = Family(path)
        self.home = path.name
        self.generation = 1
        self.broken: tuple[Diagnostic, ...] = ()
        self._project_number = 0
        self._stale = False
        self._entries: OrderedDict[tuple[str, str], _Entry] = OrderedDict()

    # --- word from the files ------------------------------------------------------------------------------------

    def touch(self, *, project: bool) -> None:
        """Note that files changed: with `project`, more than summaries did."""
        self._stale = self._stale or project
        self.generation += 1

    def watched(self) -> watch.Folders:
        """Return the folders in which a change may matter, as the project's files stand now."""
        self._refresh()
        return watch.folders(
            self.project, self.family.path, [one for row in self.family.members().values() for one in row.articles]
        )

    # --- answers ------------------------------------------------------------------------------------------------

    def state(self, summary: str = "", audience: str = "") -> dict[str, Any]:
        """Return all that the page shows of one version; raise Unknown for a summary that is not of the family.

        The number in it is that of the state that was looked at, or an older one: never of a newer.
        """
        number = self.generation
        self._refresh()
        members = self.family.members()
        summary, audience = summary or self.home, audience or self.audience
        entry = self._entry(members, summary, audience)
        said = entry.errors or (entry.shown.findings if entry.shown else ())
        facts = panel.facts(entry.shown) if entry.shown else None
        return {
            "generation": number,
            "ok": not entry.errors,
            "summary": summary,
            "audience": audience,
            "audiences": list(self.project.audience_files),
            "translations": [{"name": name, "language": member.language} for name, member in members.items()],
            "headline": headline(said, self.project.rules.every),
            "findings": panel.findings(said, self.project.rules.every),
            "shown": facts,
            "html": blake2b(entry.shown.html, digest_size=8).hexdigest() if entry.shown else None,
        }

    def file(self, summary: str, audience: str, fmt: str) -> tuple[str, bytes]:
        """Return the name and the bytes of the last good version in one format; raise Unknown where there is none."""
        self._refresh()
        shown = self._entry(self.family.members(), summary or self.home, audience or self.audience).shown
        if shown is None:
            raise Unknown(audience)
        return f"{shown.brief.name}.{fmt}", shown.file(fmt)

    @property
    def formats(self) -> tuple[Format, ...]:
        """Return the formats in which a version can be had: those of the project's own only while its file can be used."""
        try:
            return self.project.parts.formats
        except Rejected:
            return FORMATS

    def picture(self, key: str) -> Picture | None:
        """Return a page that is shown by its key; any thread may ask."""
        return self._pictures().get(key)

    # --- how they come about ------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Read the project anew where one of its files changed; while it can't be read, the last one answers."""
        if not self._stale:
            return
        self._stale = False
        self._project_number += 1
        try:
            self.project, self.broken = Project.find(self.start, self.templates, trusted=self.trusted), ()
        except Rejected as rejected:
            self.broken = rejected.diagnostics
        except Exception as error:  # whatever comes is shown in the page
            self.broken = (panel.fault(error),)

    def _entry(self, members: dict[str, Member], summary: str, audience: str) -> _Entry:
        """Return the newest state of a version, made now if what it is made from changed."""
        if summary not in members:
            raise Unknown(summary)
        path = members[summary].path
        original = next(iter(members.values())).path  # a translation is compared with it
        key, state = (summary, audience), self._made_from(path, original, *members[summary].articles)
        entry = self._entries.setdefault(key, _Entry(None))
        self._entries.move_to_end(key)
        if entry.state != state:
            self._make(entry, path, audience)
            entry.state = state
        while len(self._entries) > KEPT:
            self._entries.popitem(last=False)
        return entry

    def _make(self, entry: _Entry, path: Path, audience: str) -> None:
        try:
            if self.broken:
                raise Rejected(self.broken)
            entry.shown, entry.errors = make(path, audience, self.project, self._pictures()), ()
        except Rejected as rejected:
            entry.errors = rejected.diagnostics
        except Exception as error:  # whatever comes is shown in the page
            entry.errors = (panel.fault(error),)

    def _made_from(self, *paths: Path) -> object:
        """Return what a version is made from, to be compared: the bytes of some files, and the state of everything else.

        It is taken before they are read for good: what changes in between is heard of, and made again.
        """
        return (self._project_number, *(_digest(path) for path in paths))

    def _pictures(self) -> dict[str, Picture]:
        return {page.key: page for entry in list(self._entries.values()) if entry.shown for page in entry.shown.pages}


def _digest(path: Path) -> bytes:
    try:
        return blake2b(path.read_bytes()).digest()
    except OSError as error:
        return str(error).encode()
