"""What one document gathers while it is walked: notes, lists, bookmarks, pictures, findings."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from briefgen.findings.diagnostics import Diagnostic, Span
from briefgen.model.document import Document
from briefgen.writers.docx.base import Base
from briefgen.writers.docx.comments import Comments
from briefgen.writers.docx.lists import Numbers
from briefgen.writers.docx.notes import Notes
from briefgen.writers.docx.package import Member, Relations

_NOT_WORD = re.compile(r"[^A-Za-z0-9_]")


class Session:
    """The state of one document on its way to Word; made anew for each."""

    def __init__(self, document: Document, base: Base) -> None:
        """Start with nothing but the ids at which the reference stops."""
        self.document, self.base = document, base
        self.notes = Notes(base.first_note, base.styles["footnote"], base.styles["note_mark"])
        self.numbers = Numbers(base.first_num, base.numbers, base.bullet_num)
        self.comments = Comments(document.comments)
        self.relations = Relations(base.relations)
        self.findings: list[Diagnostic] = []
        self.media: dict[str, Member] = {}
        self.anchors = _bookmark_names(document.tree)
        self._bookmark = 0
        self._drawing = base.first_drawing

    def bookmark(self, element: Element) -> str:
        """Return the bookmark of an element that is a section or that a link leads to; empty for any other."""
        identifier = element.get("id")
        if identifier is None or identifier not in self.anchors:
            return ""
        number = self._bookmark
        self._bookmark += 1
        name = self.anchors[identifier]
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'

    def drawing(self) -> int:
        """Return an id for a picture, unique in the document."""
        number = self._drawing
        self._drawing += 1
        return number

    def report(self, finding: Diagnostic) -> None:
        """Keep a finding, once."""
        if finding not in self.findings:
            self.findings.append(finding)


def _bookmark_names(tree: Element) -> dict[str, str]:
    """Return the name of each bookmark by the id of its element: at most 40 letters, digits and `_` (Word's limit)."""
    wanted = {a.get("href", "")[1:] for a in tree.iter("a") if a.get("href", "").startswith("#")}
    names: dict[str, str] = {}
    for element in tree.iter():
        identifier = element.get("id")
        if identifier and (identifier in wanted or element.tag == "section") and identifier not in names:
            name = stem = f"b_{_NOT_WORD.sub('_', identifier)}"[:40]
            number, taken = 1, set(names.values())
            while name in taken:
                number += 1
                name = f"{stem[: 39 - len(str(number))]}_{number}"
            names[identifier] = name
    return names


def place(element: Element) -> Span | None:
    """Return the line of the template that an element came from, where it is known."""
    file, _, line = (element.get("data-at") or "").rpartition(":")
    return Span(file, int(line)) if file and line.isdigit() else None


def outside(element: Element, parent: str) -> ValueError:
    """Return the fault of an element that rendering should have rejected: a bug of ours, so it names the place."""
    return ValueError(f"{element.get('data-at') or 'document'}: <{element.tag}> can't stand in <{parent}>")
