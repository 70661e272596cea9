"""How fast a Word file is made, against a straightforward python-docx script with the same content.

The script does what its documentation shows: styles by name, tables by `cell(row, column)`, a file saved at the end. It has
no footnotes (python-docx knows none; they become numbers and a list), no bookmarks and no languages: ours does more in the
time that is measured.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

if TYPE_CHECKING:  # the script's cold start must not pay for ours
    from bench.measure import Measured

STYLES = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "p": "Normal", "dt": "Normal", "dd": "Normal"}
LISTS = {"ul": "List Bullet", "ol": "List Number"}


def naive(tree: Element) -> bytes:
    """Return the Word file that a python-docx script makes of the brief."""
    import docx

    file = docx.Document()
    notes: list[str] = []
    body = tree.find("body")
    assert body is not None
    for child in body:
        slot = child.get("data-slot")
        if slot:
            story = file.sections[0].header if slot == "header" else file.sections[0].footer
            story.paragraphs[0].text = "\t".join("".join(p.itertext()).strip() for p in child)
        else:
            _blocks(file, child, notes)
    for number, note in enumerate(notes, 1):
        file.add_paragraph(f"{number}. {note}", style="Normal")
    file.core_properties.title = "".join(tree.find("head/title").itertext())  # type: ignore[union-attr]
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def _blocks(file: Any, parent: Element, notes: list[str]) -> None:  # noqa: ANN401 - untyped library
    for element in parent:
        tag = str(element.tag)
        if tag in STYLES:
            _runs(file.add_paragraph(style=STYLES[tag]), element, notes)
        elif tag in LISTS:
            for item in element.iter("li"):
                _runs(file.add_paragraph(style=LISTS[tag]), item, notes)
        elif tag == "table":
            _table(file, element, notes)
        else:
            _blocks(file, element, notes)


def _table(file: Any, element: Element, notes: list[str]) -> None:  # noqa: ANN401
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    caption = element.find("caption")
    if caption is not None:
        _runs(file.add_paragraph(style="Caption"), caption, notes)
    rows = list(element.iter("tr"))
    table = file.add_table(rows=len(rows), cols=max(len(row) for row in rows), style="Table Grid")
    for r, row in enumerate(rows):
        for c, source in enumerate(row):
            cell = table.cell(r, c)
            _runs(cell.paragraphs[0], source, notes, bold=source.tag == "th")
            if "sev-" in (source.get("class") or ""):
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), "F6D08B")
                cell._tc.get_or_add_tcPr().append(shade)


def _runs(paragraph: Any, element: Element, notes: list[str], *, bold: bool = False, italic: bool = False) -> None:  # noqa: ANN401
    def add(text: str | None) -> None:
        if text:
            run = paragraph.add_run(text)
            run.bold, run.italic = bold or None, italic or None

    add(element.text)
    for child in element:
        if "fn" in (child.get("class") or "").split():
            notes.append("".join(child.itertext()))
            paragraph.add_run(str(len(notes))).font.superscript = True
        elif child.tag == "br":
            paragraph.add_run().add_break()
        elif child.tag not in LISTS:
            _runs(paragraph, child, notes, bold=bold or child.tag == "strong", italic=italic or child.tag == "em")
        add(child.tail)


def ours(pickled: bytes) -> Callable[[], bytes]:
    """Return what makes our Word file of a pickled Document."""
    from briefgen.writers.docx import write

    brief = pickle.loads(pickled)
    return lambda: write(brief).content


def warm(pickled: bytes, rounds: int = 60) -> Measured:
    """Return one Word file after many, both sides in turn."""
    from bench.measure import Measured, pairs, work
    from bench.rows import ROWS

    brief = pickle.loads(pickled)
    mine = ours(pickled)
    made = pairs(lambda: work(mine, collect=False), lambda: work(lambda: naive(brief.tree), collect=False), rounds + 2)
    return Measured(ROWS["warm-docx"], made[2:])
