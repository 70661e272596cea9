"""What the laid out pages tell: the room left on the last page, and where each block stands.

WeasyPrint has no public way to ask. This module alone touches its boxes; the version is pinned for it, and tests hold it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

POINTS = 0.75  # in one CSS pixel
_INLINE = ("LineBox", "TextBox", "InlineBox")


@dataclass(frozen=True, slots=True)
class Block:
    """One block element on one page; one that breaks has a row for each page. Lengths in points, `top` from the paper's.

    `height` counts margins: rows of a table or items of a list add up; between paragraphs a collapsed margin counts twice.
    """

    page: int
    tag: str
    id: str | None
    path: str | None
    section: str | None
    top: float
    height: float


def free_height(pages: Sequence[Any]) -> float:
    """Return the height in points left on the last page between the text and the notes, or the footer."""
    page = pages[-1]._page_box
    bottom, used = page.content_box_y() + page.height, page.content_box_y()
    for child in page.children:
        if child.element_tag == "html":
            used = max((box.position_y + box.margin_height() for box in _in_flow(child)), default=used)
        elif type(child).__name__ == "FootnoteAreaBox":
            bottom = min(bottom, child.position_y)
    return float(max(0.0, bottom - used) * POINTS)


def blocks(pages: Sequence[Any]) -> Iterator[Block]:
    """Yield every block element, page by page in reading order, parents before children."""
    for number, page in enumerate(pages, start=1):
        for child in page._page_box.children:
            if child.element_tag == "html":
                yield from _blocks(child, number, None, None)


def _blocks(box: Any, page: int, section: str | None, parent: Any) -> Iterator[Block]:  # noqa: ANN401
    for child in _in_flow(box):
        element, inside = child.element, section
        # A list item, a cell and a table have an anonymous box inside for the same element: the outer one counts.
        if element is not None and element is not parent and child.element_tag == element.tag:
            inside = element.get("id") if element.tag == "section" else section
            top, height = child.position_y * POINTS, child.margin_height() * POINTS
            yield Block(page, element.tag, element.get("id"), element.get("data-path"), inside, top, height)
        yield from _blocks(child, page, inside, element if element is not None else parent)


def _in_flow(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the block-level children that take room; lines, notes and running slots are left out."""
    for child in getattr(box, "children", ()):
        if type(child).__name__ not in _INLINE and hasattr(child, "margin_height") and child.is_in_normal_flow():
            yield child


def untie(rendering: Any) -> None:  # noqa: ANN401
    """Take a layout that nobody needs any more apart, so that it is freed at once.

    Boxes, styles and the layout's context refer to each other in circles; left to the collector, they cost a tenth of
    the time and tens of megabytes. Only an economy: where a later WeasyPrint has other names, the collector does it.
    """
    with suppress(AttributeError, TypeError):
        context = rendering.context
        for page in rendering.pages:
            for box in list(page._page_box.descendants(placeholders=True)):
                for group in getattr(box, "column_groups", ()):
                    for column in group.children:
                        vars(column).clear()
                vars(box.style).clear()
                vars(box).clear()
        for style in context.style_for.get_computed_styles().values():
            vars(style).clear()
        context.target_collector.counter_lookup_items.clear()
        vars(context).clear()
