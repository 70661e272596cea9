"""A Word file that somebody else made, opened: its parts, their types and relationships. Nothing is changed here."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from lxml import etree

from briefgen.files import zip_fault
from briefgen.findings.diagnostics import BriefgenError, Rejected, Span, error
from briefgen.writers.docx.names import PACKAGE, REL_MAIN, W
from briefgen.writers.docx.package import RELS_NAME, TYPES_NAME, Relation, rels_name

_CURE = "save it in Word as a Word document (.docx), not as Strict Open XML, not with a password"


def parse(content: bytes) -> etree._Element:
    """Return the root of a part; no entity of its own is resolved and nothing fetched."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False))


class Opened:
    """The parts of a package by name, without a leading slash. Raises Rejected for what is no Word file."""

    def __init__(self, path: Path, named: Span | None = None) -> None:
        """Read all of it; `named` is the place that names the file, where that is known."""
        self.path, self.place = path, named or Span(str(path))
        self.parts = dict(self._members())
        try:
            self.defaults, self.overrides = self._content_types()
            self.main = next(row.target for row in self.relations("") if row.type == REL_MAIN)
            root = parse(self.parts[self.main])
        except (KeyError, StopIteration, ValueError, etree.XMLSyntaxError) as fault:
            raise self.rejected("has no document in it") from fault
        self._all_well_formed()
        if root.tag != f"{{{W}}}document":
            raise self.rejected("is not in the transitional form that Word writes by default")
        self.document = root

    def _all_well_formed(self) -> None:
        """Raise Rejected where a part is no XML: Word opens no such file, and none that we would make of it."""
        for name, content in self.parts.items():
            if name.endswith((".xml", ".rels")):
                try:
                    parse(content)
                except (etree.XMLSyntaxError, ValueError) as fault:
                    raise self.rejected(f"has a part that can't be read, {name}: {fault}") from fault

    def rejected(self, what: str) -> Rejected:
        """Return the fault of a file that can't be used."""
        return Rejected([error("DOCX-04", f"{self.path.name} {what}", self.place, _CURE)])

    def _members(self) -> Iterator[tuple[str, bytes]]:
        try:
            with zipfile.ZipFile(self.path) as archive:
                if heavy := zip_fault(archive):
                    raise self.rejected(heavy)
                for info in archive.infolist():
                    if not info.is_dir():
                        yield info.filename.lstrip("/"), archive.read(info)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError) as fault:
            raise self.rejected("is no Word document") from fault
        except OSError as fault:
            why = fault.strerror or fault
            raise BriefgenError(f"can't read {self.path}: {why}", "save it anew in Word, or take another one") from fault

    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        root = parse(self.parts[TYPES_NAME])
        space = f"{{{PACKAGE}/content-types}}"
        defaults = {str(e.get("Extension")).lower(): str(e.get("ContentType")) for e in root.iter(f"{space}Default")}
        overrides = {str(e.get("PartName")).lstrip("/"): str(e.get("ContentType")) for e in root.iter(f"{space}Override")}
        return defaults, overrides

    def relations(self, part: str) -> list[Relation]:
        """Return the relationships of a part (of the package for an empty name), targets as names of parts."""
        content = self.parts.get(rels_name(part) if part else RELS_NAME)
        if content is None:
            return []
        rows = []
        for element in parse(content):
            external = element.get("TargetMode") == "External"
            target = str(element.get("Target"))
            if not external:
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
            if external or target in self.parts:
                rows.append(Relation(str(element.get("Id")), str(element.get("Type")), target, external))
        return rows

    def kind(self, relation: Relation) -> str:
        """Return the last word of a relationship's type: styles, header, image."""
        return relation.type.rpartition("/")[2]

    def reachable(self, parts: Iterable[str], without: Callable[[Relation], bool] = lambda _: False) -> set[str]:
        """Return the parts and all that they lead to, but for the relationships that `without` holds of."""
        found: set[str] = set()
        waiting = list(parts)
        while waiting:
            name = waiting.pop()
            if name not in found and name != self.main:
                found.add(name)
                waiting += [row.target for row in self.relations(name) if not row.external and not without(row)]
        return found
