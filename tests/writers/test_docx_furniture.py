"""Header and footer in Word: three parts on one line, and what is too long for its place on a line of its own."""

from __future__ import annotations

import pytest

from briefgen.writers.docx import write
from tests.check_docx import check
from tests.writers.docx_samples import Parts, page

LONG = "Referat für Energieinfrastruktur und Versorgungssicherheit"


def made(slots: str) -> Parts:
    """Return the parts of a document with these slots, which must be sound."""
    content = write(page("<p>x</p>", slots=slots)).content
    assert check(content) == []
    return Parts(content)


def layout(left: str, centre: str, right: str) -> str:
    """Return the header as signs: a letter for each part, `>` for a tab, `/` for a break."""
    slots = f'<div data-slot="header"><p class="left">{left}</p><p class="centre">{centre}</p><p class="right">{right}</p></div>'
    signs = {left: "l", centre: "c", right: "r"}
    parts = made(slots)
    said = ""
    for run in parts.find("//w:p[1]//w:r", "word/header1.xml"):
        names = [child.tag.rpartition("}")[2] for child in run]
        text = "".join(run.itertext()).strip()
        said += ">" if "tab" in names else "/" if "br" in names else signs.get(text, "")
    return said


@pytest.mark.parametrize(
    ("left", "centre", "right", "signs"),
    [
        ("Desk", "DRAFT", "End", "l>c>r"),
        (LONG, "DRAFT", "End", "l/>c>r"),
        ("Desk", "DRAFT", "A" * 60, "l>c/>>r"),
    ],
)
def test_what_runs_into_the_next_part_goes_a_line_below(left: str, centre: str, right: str, signs: str) -> None:
    assert layout(left, centre, right) == signs


def test_a_long_marking_is_known_to_be_long() -> None:
    footer = (
        '<div data-slot="footer"><p class="left">Brief</p><p class="centre">Information as of 4 September 2025</p>'
        '<p class="right">Page <span data-field="page"></span> of <span data-field="pages"></span> '
        '<span class="tlp">TLP:{}</span></p></div>'
    )
    breaks = [made(footer.format(tlp)).find("count(//w:br)", "word/footer1.xml") for tlp in ("RED", "AMBER+STRICT")]
    assert breaks == [[0.0], [1.0]]
