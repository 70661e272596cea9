"""Header and footer of a page: the marking in the colour that FIRST gives it, each slot on one line."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from briefgen.writers.pdf import available, layout
from tests.builders import maximal
from tests.mini import Mini

pytestmark = pytest.mark.skipif(available() is not None, reason="not checked: no PDF engine")
COLOURS = [
    ("RED", (255, 43, 43)),
    ("AMBER", (255, 192, 0)),
    ("AMBER+STRICT", (255, 192, 0)),
    ("GREEN", (51, 255, 0)),
    ("CLEAR", (255, 255, 255)),
]


class Printed(NamedTuple):
    """One run of text on the page, in pixels of 1/96 inch from its corner."""

    words: str
    x: float
    y: float
    width: float
    height: float
    rgb: tuple[int, ...]


def texts(mini: Mini, tlp: str) -> list[Printed]:
    """Return the texts on the first page of a draft with a marking."""
    made = layout(mini.document(maximal(stage="draft", marking={"tlp": tlp}), "analyst"))  # boxes live as long as it
    boxes = [box for box in made._rendering.pages[0]._page_box.descendants(placeholders=True) if hasattr(box, "text")]
    colours = [tuple(round(255 * value) for value in box.style["color"].coordinates) for box in boxes]
    return [
        Printed(box.text, box.position_x, box.position_y, box.width, box.height, rgb)
        for box, rgb in zip(boxes, colours, strict=True)
    ]


@pytest.mark.parametrize(("tlp", "rgb"), COLOURS)
def test_a_marking_has_its_colour(mini: Mini, tlp: str, rgb: tuple[int, int, int]) -> None:
    assert [text.rgb for text in texts(mini, tlp) if text.words == f"TLP:{tlp}"] == [rgb, rgb], "header and footer"


@pytest.mark.parametrize("tlp", ["RED", "AMBER+STRICT"])
def test_the_longest_marking_stands_beside_the_page_number(mini: Mini, tlp: str) -> None:
    found = texts(mini, tlp)
    number = next(text for text in found if text.words.startswith("Page"))
    badge = max((text for text in found if text.words == f"TLP:{tlp}"), key=lambda text: text.y)
    assert badge.y < number.y + number.height
    assert badge.x > number.x


def test_the_word_draft_stands_in_the_middle(mini: Mini) -> None:
    head, foot = (text.x + text.width / 2 for text in texts(mini, "RED") if text.words == "DRAFT")
    assert abs(head - foot) < 2
    assert abs(head - 210 / 25.4 * 96 / 2) < 4
