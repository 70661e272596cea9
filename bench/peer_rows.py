"""Other ways to a brief, for honesty: pandoc, typst and docxtpl, each from nothing, against our whole command for one format.

They are given what we work out: the finished text of one brief, in their own notation, without checks, page budget or
validated output. Nothing is promised of these rows. They run in `.tools/bench` (`tools/bootstrap bench`); where that is
absent, they are left out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from bench import line_rows, pdf_rows
from bench.measure import ROOT, Measured, pairs, process
from bench.rows import ROWS

PYTHON = ROOT / ".tools/bench/bin/python"
PANDOC = """
import subprocess, sys, pypandoc
subprocess.run([pypandoc.get_pandoc_path(), sys.argv[1], "-o", sys.argv[2]], check=True)
"""
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
DOCXTPL = """
import json, sys
from pathlib import Path
from docxtpl import DocxTemplate
file = DocxTemplate(sys.argv[1])
file.render(json.loads(Path(sys.argv[2]).read_bytes()))
file.save(sys.argv[3])
"""
TEMPLATE = """
import sys
from docx import Document
file = Document()
for line in ("{%p for block in blocks %}", "{{ block }}", "{%p endfor %}", "{%p for rows in tables %}"):
    file.add_paragraph(line)
table = file.add_table(rows=4, cols=1)
for row, text in enumerate(("{%tr for row in rows %}", "{% for cell in row %}{{ cell }} {% endfor %}", "{%tr endfor %}")):
    table.cell(row, 0).text = text
file.add_paragraph("{%p endfor %}")
file.save(sys.argv[1])
"""
HEADINGS = {"h1": "= ", "h2": "== ", "h3": "=== "}
LEAVES = frozenset({"p", "h1", "h2", "h3", "li", "dt", "dd", "caption"})


def rows(rounds: int = 11) -> Iterator[Measured]:
    """Yield every row as it is measured; none where the peers are not installed."""
    if not PYTHON.exists():
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tree = _prepare(folder)
        (folder / "brief.typ").write_text("\n".join(typst(tree)), encoding="utf-8")
        (folder / "brief.json").write_text(json.dumps(content(tree)), encoding="utf-8")
        process(["-c", TEMPLATE, str(folder / "template.docx")])
        page, template, data = (str(folder / each) for each in ("plain.html", "template.docx", "brief.json"))
        pdf, word = (line_rows.render(folder, pdf_rows.AUDIENCE, fmt) for fmt in ("pdf", "docx"))
        yield _row("pandoc", word, [PANDOC, page, str(folder / "pandoc.docx")], rounds)
        yield _row("docxtpl", word, [DOCXTPL, template, data, str(folder / "tpl.docx")], rounds)
        yield _row("typst", pdf, [TYPST, str(folder / "brief.typ"), str(folder / "typst.pdf")], rounds)


def _prepare(folder: Path) -> Element:
    brief = pdf_rows.document()
    pdf_rows.prepare(folder, brief)
    return brief.tree


def _row(key: str, ours: list[str], peer: list[str], rounds: int) -> Measured:
    return Measured(ROWS[key], pairs(lambda: process(ours), lambda: process(["-c", *peer], str(PYTHON)), rounds))


def typst(element: Element) -> Iterator[str]:
    """Yield a brief in typst's notation: headings, paragraphs, lists and tables; notes stand in the text."""
    for child in element:
        if child.tag in HEADINGS:
            yield f"\n{HEADINGS[str(child.tag)]}{_escaped(child)}\n"
        elif child.tag == "table":
            lines = [[f"[{_escaped(cell)}]" for cell in row] for row in child.iter("tr")]
            yield f"#table(columns: {max(map(len, lines))}, {', '.join(cell for line in lines for cell in line)})"
        elif child.tag == "li":
            yield f"- {_escaped(child)}"
        elif child.tag in LEAVES:
            yield f"\n{_escaped(child)}\n"
        elif child.tag != "head":
            yield from typst(child)


def content(tree: Element) -> dict[str, list[object]]:
    """Return a brief as docxtpl's template takes it: its texts, then its tables."""
    tables = [[[_text(cell) for cell in row] for row in table.iter("tr")] for table in tree.iter("table")]
    return {"blocks": [_text(each) for each in tree.iter() if each.tag in LEAVES], "tables": list(tables)}


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _escaped(element: Element) -> str:
    return "".join(f"\\{sign}" if sign in "\\#[]*_`$<>@=-+/~'\"" else sign for sign in _text(element))
