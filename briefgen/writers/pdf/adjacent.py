"""Notes that follow each other at once: their numbers need a comma, and CSS can't see whether text stands between them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from xml.etree.ElementTree import Element

from briefgen.model.document import classes

ADJACENT = "data-adjacent"


def with_adjacent_notes(tree: Element) -> Element:
    """Return the tree, or a copy in which a note that follows another at once is marked: CSS can't see text between."""
    if next(_adjacent(tree), None) is None:
        return tree
    copy = deepcopy(tree)
    for note in list(_adjacent(copy)):
        note.set(ADJACENT, "")
    return copy


def _adjacent(tree: Element) -> Iterator[Element]:
    for parent in tree.iter():
        before = None
        for child in parent:
            if before is not None and not (before.tail or "").strip() and _is_note(before) and _is_note(child):
                yield child
            before = child


def _is_note(element: Element) -> bool:
    return element.tag == "span" and "fn" in classes(element)
