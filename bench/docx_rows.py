"""How fast a Word file is made, against a straightforward python-docx script with the same content.

The script does what its documentation shows: styles by name, tables by `cell(row, column)`, a file saved at the end. It has
no footnotes (python-docx knows none; they become numbers and a list), no bookmarks and no languages: ours does more in the
time that is measured. Rows alternate, as in `pdf_rows`: read the ratios. `python -m bench.docx_rows` prints all rows.
"""

from __future__ import annotations

import io
import json
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, tostring

if TYPE_CHECKING:  # the script's cold start must not pay for ours
    from bench.measure import Row

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


def warm(pickled: bytes, name: str, rounds: int = 60) -> Row:
    """Return one Word file after many, both sides in turn."""
    from bench.measure import Row

    brief = pickle.loads(pickled)
    mine, peer = ours(pickled), lambda: naive(brief.tree)
    times = [(_spent(mine), _spent(peer)) for _ in range(rounds + 3)][3:]
    first, second = (median(column) for column in zip(*times, strict=True))
    return Row(f"warm DOCX, {name}", first, second, "ms", 0.30, 0.10, "python-docx script")


def _spent(make: Callable[[], bytes]) -> float:
    before = time.process_time()
    make()
    return (time.process_time() - before) * 1000


OURS_COLD = """
import json, sys
from pathlib import Path
from xml.etree.ElementTree import parse
from briefgen.model.document import Document, Metadata
from briefgen.writers.docx import write
folder = Path(sys.argv[1])
tokens = json.loads((folder / "tokens.json").read_bytes())
document = Document("brief", parse(folder / "tree.xml").getroot(), Metadata("Title", "en"), tokens=tokens)
(folder / "ours.docx").write_bytes(write(document).content)
"""
NAIVE_COLD = """
import sys
from pathlib import Path
from xml.etree.ElementTree import parse
from bench.docx_rows import naive
folder = Path(sys.argv[1])
(folder / "naive.docx").write_bytes(naive(parse(folder / "tree.xml").getroot()))
"""


def cold(folder: Path, pickled: bytes, rounds: int = 15) -> Iterator[Row]:
    """Yield one Word file from nothing, each side in a process of its own; the brief is parsed by both."""
    from bench.measure import Row, in_turn

    brief = pickle.loads(pickled)
    (folder / "tree.xml").write_bytes(tostring(brief.tree))
    (folder / "tokens.json").write_text(json.dumps(brief.tokens), encoding="utf-8")
    commands = [["-c", code, str(folder)] for code in (OURS_COLD, NAIVE_COLD)]
    mine, script = in_turn(commands, rounds)
    yield Row("cold DOCX, the writer alone", mine, script, "ms", against="python-docx script")


def rows() -> Iterator[Row]:
    """Yield every row as it is measured."""
    from bench.pdf_rows import AUDIENCE, document

    with tempfile.TemporaryDirectory() as name:
        pickled = pickle.dumps(document())
        yield warm(pickled, AUDIENCE)
        yield from cold(Path(name), pickled)


if __name__ == "__main__":
    for row in rows():
        print(*row.cells(), sep=" | ", flush=True)
