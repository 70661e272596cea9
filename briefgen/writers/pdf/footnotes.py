"""Notes that came to stand a page after their mark: what bears the mark begins that page instead.

WeasyPrint 70 obeys `footnote-policy` between the lines of a paragraph, not in a table: there a note without room moves on alone.
Our own style sheet prevents that (`td, th { orphans: 99 }`), and a house may have another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any
from xml.etree.ElementTree import Element

BREAK = "data-break"  # `bridge.CARE` begins a page before what has it
_BEARERS = ("tr", "li", "p", "dd", "blockquote", "section", "main")
_LISTS = ("ul", "ol", "dl", "blockquote")
_HEADS = ("h2", "h3", "dt")


def strays(pages: Sequence[Any]) -> list[Element]:
    """Return the notes whose mark stands on an earlier page than they do, in reading order."""
    found: dict[int, Element] = {}
    for page in pages:
        boxes = list(page._page_box.descendants(placeholders=True))
        areas = [box for box in boxes if type(box).__name__ == "FootnoteAreaBox"]
        here = {id(note.element) for area in areas for note in area.children}
        for box in boxes:
            if str(box.element_tag).endswith("::footnote-call") and id(box.element) not in here:
                found[id(box.element)] = box.element
    return list(found.values())


def with_breaks(tree: Element, notes: Iterable[Element]) -> Element:
    """Return a copy of the tree in which what bears these notes begins a page: the row, or what its table opens."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    order = {element: n for n, element in enumerate(tree.iter())}
    marked = {order[_bearer(note, parents)] for note in notes}
    copy = deepcopy(tree)
    for number, element in enumerate(copy.iter()):
        if number in marked:
            element.set(BREAK, "")
    return copy


def _bearer(note: Element, parents: dict[Element, Element]) -> Element:
    """Return the row, item or paragraph of a note; where headings or a table's head stand right before it, what these open."""
    element = note
    while element.tag not in _BEARERS:
        element = parents[element]
    return _opening(element, parents)


def _opening(element: Element, parents: dict[Element, Element]) -> Element:
    """Return what a break must stand before, so that it leaves no heading behind: the element itself where none is."""
    parent = parents.get(element)
    if parent is None:
        return element
    before = list(parent)[: list(parent).index(element)]
    if not before and parent.tag == "tbody":
        return _opening(parents[parent], parents)  # else the head of the table would stay
    if not before and parent.tag in _LISTS:
        opened = _opening(parent, parents)
        return element if opened is parent else opened
    first = len(before)
    while first and before[first - 1].tag in _HEADS:
        first -= 1
    if not first and before and parent.tag == "section":
        return parent
    return before[first] if first < len(before) else element
