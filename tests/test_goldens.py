"""Goldens of the example brief at its two ends: the shortest level and the longest. Read what `--update` changes.

HTML as text, a block a line; Word's parts as indented XML; PDF as the text of each page and the tags of its structure. That
a golden is not wrong for years, the judges see to (`test_parity`).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

import pytest
from lxml import etree

import briefgen
from briefgen.load.source import read
from briefgen.model.document import INLINE
from briefgen.pipeline import check as checking
from briefgen.pipeline import compile as compiling
from briefgen.project.project import Project
from briefgen.render import tree
from tests import reading
from tests.mini import ROOT, Expected

GOLDENS = ROOT / "tests/goldens"
NAME = "us-russia-reset"
AUDIENCES = ("executive", "analyst")
pytestmark = pytest.mark.xdist_group("goldens")


@pytest.fixture(scope="module")
def versions() -> dict[str, compiling.Version]:
    path, project = ROOT / f"inputs/{NAME}.yaml", Project.find(ROOT)
    checked = checking.check(project.with_defaults(read(path, path.name)), project)
    return {name: compiling.compile_brief(checked, project.audience(name), project) for name in AUDIENCES}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_html(expected: Expected, versions: dict[str, compiling.Version], audience: str) -> None:
    root = tree.parse(versions[audience].write("html").content.decode())
    for style in root.iter("style"):
        style.text = "…"
    lines = "\n".join(_lines(root, 0)).replace(f"briefgen {briefgen.__version__}", "briefgen VERSION")
    expected.same(GOLDENS / f"{NAME}-{audience}.html", lines + "\n")


def _lines(element: Element, depth: int) -> Iterator[str]:
    """Yield an element, one line for each block that holds no other."""
    indent = "  " * depth
    if len(element) == 0 or all(child.tag in INLINE for child in element):
        element.tail = None
        yield indent + tostring(element, encoding="unicode", method="html")
        return
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    yield f"{indent}<{element.tag}{attributes}>{(element.text or '').strip()}"
    for child in element:
        tail, child.tail = (child.tail or "").strip(), None
        yield from _lines(child, depth + 1)
        yield from [f"{indent}  {tail}"] if tail else []
    yield f"{indent}</{element.tag}>"


@pytest.mark.parametrize(("audience", "part"), [("executive", "document"), ("executive", "footer"), ("analyst", "footnotes")])
def test_docx(expected: Expected, versions: dict[str, compiling.Version], audience: str, part: str) -> None:
    parts = reading.parts(versions[audience].write("docx").content)
    name = min(name for name in parts if name.startswith(f"word/{part}") and name.endswith(".xml"))
    text = etree.tostring(etree.fromstring(parts[name]), pretty_print=True, encoding="unicode")
    expected.same(GOLDENS / f"{NAME}-{audience}.{part}.xml", text)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_pdf(expected: Expected, versions: dict[str, compiling.Version], audience: str) -> None:
    content = versions[audience].write("pdf").content
    pages = [
        f"--- page {number}\n" + "\n".join(line.rstrip() for line in text.splitlines())
        for number, text in enumerate(reading.pdf_pages(content), 1)
    ]
    tags = ["  " * depth + tag for depth, tag in reading.pdf_outline(content)]
    expected.same(GOLDENS / f"{NAME}-{audience}.pdf.txt", "\n".join([*pages, "--- structure", *tags]) + "\n")
