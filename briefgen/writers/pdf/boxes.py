"""What the laid out pages tell: room left on the last page, and where each block stands.

WeasyPrint has no public way to ask; this module alone reads its boxes, and the exact version is pinned for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

POINTS = 0.75  # one CSS pixel


@dataclass(frozen=True, slots=True)
class Block:
    """One block element on one page (a broken one has a row per page). Lengths in points, `top` from the page's top.

    `height` includes the block's margins, so that the heights of neighbours add up (collapsed margins apart).
    """

    page: int
    tag: str
    id: str | None
    path: str | None
    section: str | None
    top: float
    height: float


def free_height(pages: Sequence[Any]) -> float:
    """Return the height in points that is left on the last page, between the text and the notes or the footer."""
    page = pages[-1]._page_box
    bottom = page.content_box_y() + page.height
    used = page.content_box_y()
    for child in page.children:
        if child.element_tag == "html":
            used = max((_bottom(box) for box in _in_flow(child)), default=used)
        elif type(child).__name__ == "FootnoteAreaBox":
            bottom = min(bottom, child.position_y)
    return float(max(0.0, bottom - used) * POINTS)


def blocks(pages: Sequence[Any]) -> Iterator[Block]:
    """Yield every block element, page by page in reading order, parents before children."""
    for number, page in enumerate(pages, start=1):
        for child in page._page_box.children:
            if child.element_tag == "html":
                yield from _blocks(child, number, None)


def _blocks(box: Any, page: int, section: str | None) -> Iterator[Block]:  # noqa: ANN401
    for child in _in_flow(box):
        element = child.element
        inside = section
        if element is not None and child.element_tag == element.tag:
            inside = element.get("id", section) if element.tag == "section" else section
            top, height = child.position_y * POINTS, child.margin_height() * POINTS
            yield Block(page, element.tag, element.get("id"), element.get("data-path"), inside, top, height)
        yield from _blocks(child, page, inside)


def _in_flow(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the block-level children that take room; lines, notes and running slots are left out."""
    for child in getattr(box, "children", ()):
        if hasattr(child, "margin_height") and child.is_in_normal_flow() and not _is_inline(child):
            yield child


def _is_inline(box: Any) -> bool:  # noqa: ANN401
    return type(box).__name__ in ("LineBox", "TextBox", "InlineBox")


def _bottom(box: Any) -> float:  # noqa: ANN401
    return float(box.position_y + box.margin_height())
