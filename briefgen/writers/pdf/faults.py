"""What is wrong on laid out pages: text beside its page or its cell, a heading that ends a page, a page of nothing.

In: WeasyPrint's pages. Out: `PageFault`s with the place in the template. Like `layout_tree`, it touches WeasyPrint's own objects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.writers.pdf.layout_tree import POINTS

SLACK = 1.0
"""CSS pixels by which a line may stand out: rounding, and the side bearing of a slanted letter."""
_HEADINGS = frozenset({"h1", "h2", "h3"})
_CELLS = frozenset({"td", "th"})


@dataclass(frozen=True, slots=True)
class PageFault:
    """One fault: `kind` is page, cell, box, heading or empty; `place` is `template:line`, `by` is in points."""

    kind: str
    tag: str
    place: str
    path: str
    page: int
    by: float = 0.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Edge:
    """What text must not cross: right and bottom edge in CSS pixels, and whose they are."""

    kind: str
    right: float
    bottom: float


def faults(pages: Sequence[Any]) -> Iterator[PageFault]:
    """Yield every fault of the pages, in reading order."""
    for number, page in enumerate(pages, start=1):
        box = page._page_box
        paper = _Edge("page", box.margin_width(), box.margin_height())
        flow = [child for child in box.children if child.element_tag == "html"]
        for child in box.children:
            area = _Edge("page", child.content_box_x() + child.width, _foot(box)) if child in flow else paper
            yield from _spilt(child, area, number, None)
        last = None
        for child in flow:
            last = _last(child)
        if last is None:
            yield PageFault("empty", "", "", "", number)
        elif last.element_tag in _HEADINGS and number < len(pages):
            yield _fault("heading", last.element, number, text=_text(last))


def _foot(page: Any) -> float:  # noqa: ANN401
    """Return where the text of a page must end: above its notes, else above the footer."""
    bottom = page.content_box_y() + page.height
    areas = [child.position_y for child in page.children if type(child).__name__ == "FootnoteAreaBox" and child.children]
    return float(min([bottom, *areas]))


def _spilt(box: Any, edge: _Edge, page: int, element: Any) -> Iterator[PageFault]:  # noqa: ANN401
    """Yield the lines and pictures of a box that cross the edge of their cell, of a box of given height, or of the page."""
    element = box.element if box.element is not None else element
    name = type(box).__name__
    if name == "LineBox" or hasattr(box, "replacement"):
        right, bottom = _right(box), box.position_y + box.height if name == "LineBox" else box.position_y + box.margin_height()
        by = max(right - edge.right, bottom - edge.bottom)
        if by > SLACK:
            yield _fault(edge.kind, element, page, by * POINTS, _text(box))
        return
    if box.element_tag in _CELLS and name == "TableCellBox":
        edge = _Edge("cell", box.position_x + box.border_width(), edge.bottom)
    elif _is_fixed(box):
        edge = _Edge("box", edge.right, min(edge.bottom, box.content_box_y() + box.height))
    for child in getattr(box, "children", ()):
        yield from _spilt(child, edge, page, element)


def _is_fixed(box: Any) -> bool:  # noqa: ANN401
    """Return whether a style sheet says how high a box is; tables set heights of their own."""
    return (
        type(box).__name__ == "BlockBox"
        and box.element is not None
        and not isinstance(box.style["height"], str)
        and box.is_in_normal_flow()
        and getattr(box.style["height"], "unit", "") != "%"
    )


def _right(box: Any) -> float:  # noqa: ANN401
    """Return the right edge of what is drawn: of letters, not of the line's blanks or of the box around them."""
    children = getattr(box, "children", None)
    if children:
        return max(_right(child) for child in children)
    if type(box).__name__ == "TextBox":
        return float(box.position_x + box.width) if box.text.strip() else 0.0
    return float(box.position_x + box.margin_width()) if hasattr(box, "replacement") else 0.0


def _last(box: Any) -> Any:  # noqa: ANN401
    """Return the block that holds the last line of text or picture in the flow of a box; None where there is none."""
    found = None
    for child in getattr(box, "children", ()):
        if not child.is_in_normal_flow():
            continue
        if type(child).__name__ == "LineBox":
            found = box if _text(child) or _pictured(child) else found
        elif hasattr(child, "replacement"):
            found = child
        else:
            found = _last(child) or found
    return found


def _pictured(box: Any) -> bool:  # noqa: ANN401
    return hasattr(box, "replacement") or any(_pictured(child) for child in getattr(box, "children", ()))


def _text(box: Any) -> str:  # noqa: ANN401
    if type(box).__name__ == "TextBox":
        return str(box.text)
    return "".join(_text(child) for child in getattr(box, "children", ())).strip()


def _fault(kind: str, element: Any, page: int, by: float = 0.0, text: str = "") -> PageFault:  # noqa: ANN401
    if element is None:
        return PageFault(kind, "", "", "", page, by, text)
    return PageFault(kind, element.tag, element.get("data-at") or "", element.get("data-path") or "", page, by, text)
