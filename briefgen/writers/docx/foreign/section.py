"""The page of somebody else's Word file: its last section, and the headers and footers that show there."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from briefgen.writers.docx.base import Story
from briefgen.writers.docx.foreign.fields import only_known
from briefgen.writers.docx.foreign.package import Opened, parse
from briefgen.writers.docx.foreign.repair import fragments, open_end, rooted
from briefgen.writers.docx.foreign.sanitise import harmful, measured, without, without_addresses
from briefgen.writers.docx.names import R, W
from briefgen.writers.docx.package import Relation

Element = etree._Element
_Q = f"{{{W}}}"
_STORIES = {f"{_Q}headerReference": "header", f"{_Q}footerReference": "footer"}
# CT_SectPr (ECMA-376, 17.6.17): w:pgSz stands behind these.
_BEFORE_PAPER = frozenset(f"{_Q}{name}" for name in ("footnotePr", "endnotePr", "type"))
_TIES = ("printerSettings", "sectPrChange")  # to a printer, to an earlier version
_NEAREST = 284  # twips, 5 mm: nearer to the edge no printer prints, and LibreOffice writes 0 where there is no header
_OFF = ("0", "false", "off")


class Section:
    """The last section of a file: `properties` without its references, `stories` and `references` with their parts.

    `fields` are the names of those that were taken out of the stories.

    `page` is what a section of ours would hold; it fills in what the file does not say.
    """

    def __init__(self, opened: Opened, rows: list[Relation], page: str) -> None:
        """Read it from the document; `rows` are the document's relationships."""
        found = [e for e in opened.document.iter(f"{_Q}sectPr") if _parent(e) in (f"{_Q}body", f"{_Q}pPr")]
        self.properties = deepcopy(found[-1]) if found else etree.Element(f"{_Q}sectPr", nsmap={"w": W, "r": R})
        for child in list(self.properties):
            if child.tag in _STORIES or child.tag in {f"{_Q}{name}" for name in _TIES}:
                self.properties.remove(child)
        self.stories: tuple[Story, ...] = ()
        self.references = ""
        self.fields: list[str] = []
        self._take_stories(opened, rows, found)
        self._fill(*fragments(page)[:2])

    def _take_stories(self, opened: Opened, rows: list[Relation], found: list[Element]) -> None:
        """A section that names no header shows that of the one before it (ECMA-376, 17.10.1)."""
        targets = {row.id: row for row in rows}
        shown = {
            (_STORIES[str(child.tag)], str(child.get(f"{_Q}type") or "default")): targets[str(child.get(f"{{{R}}}id"))]
            for section in found
            for child in section
            if child.tag in _STORIES and child.get(f"{{{R}}}id") in targets
        }
        for (kind, pages), row in shown.items():
            self.references += f'<w:{kind}Reference w:type="{pages}" r:id="{row.id}"/>'
            if row.target not in {story.part for story in self.stories}:
                pages_here = tuple(page for (_, page), other in shown.items() if other.target == row.target)
                root, leads = rooted(parse(opened.parts[row.target])), opened.relations(row.target)
                bad = [each for each in leads if harmful(each, opened)]
                without(root, bad)
                without_addresses(root)
                self.fields += only_known(root)
                measured(root)
                relations = tuple(relative(each, row.target) for each in leads if each not in bad)
                self.stories += (Story(row.target, kind, open_end(root), relations, pages_here),)

    def _fill(self, paper: Element, edges: Element) -> None:
        size, margins = (self.properties.find(f"{_Q}{name}") for name in ("pgSz", "pgMar"))
        if size is None:
            size = paper
            self.properties.insert(sum(child.tag in _BEFORE_PAPER for child in self.properties), size)
        if margins is None:
            margins = edges
            size.addnext(margins)
        for kind in ("header", "footer"):
            here = any(story.kind == kind for story in self.stories)
            if not here and float(margins.get(f"{_Q}{kind}") or 0) < _NEAREST:
                margins.set(f"{_Q}{kind}", str(edges.get(f"{_Q}{kind}")))

    def kinds_of_pages(self, settings: Element) -> tuple[str, ...]:
        """Return the pages that have headers of their own: a marking must stand on all of them."""
        first, even = self.properties.find(f"{_Q}titlePg"), settings.find(f"{_Q}evenAndOddHeaders")
        return ("default", *(["first"] if _on(first) else []), *(["even"] if _on(even) else []))

    def text_width(self) -> int:
        """Return the width of a line in twips: of one column, where the section has several."""
        edges = sum(self._number("pgMar", name) for name in ("left", "right", "gutter"))
        columns = max(self._number("cols", "num", 1), 1)
        return (self._number("pgSz", "w") - edges - (columns - 1) * self._number("cols", "space", 720)) // columns

    def _number(self, name: str, attribute: str, otherwise: int = 0) -> int:
        element = self.properties.find(f"{_Q}{name}")
        value = element.get(f"{_Q}{attribute}") if element is not None else None
        return round(float(value)) if value else otherwise


def _parent(element: Element) -> str:
    parent = element.getparent()
    return str(parent.tag) if parent is not None else ""


def _on(switch: Element | None) -> bool:
    return switch is not None and switch.get(f"{_Q}val") not in _OFF


def relative(row: Relation, part: str) -> Relation:
    """Return a relationship whose target is written from the folder of `part`."""
    if row.external:
        return row
    folder = part.rpartition("/")[0] + "/"
    target = row.target.removeprefix(folder) if row.target.startswith(folder) else f"/{row.target}"
    return row._replace(target=target)
