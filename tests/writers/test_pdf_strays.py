"""A note stands on the page of its mark, in tables too, where WeasyPrint alone would let it move on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import import_module

import pytest
import tinyhtml5

import briefgen
from briefgen.model.document import Document
from briefgen.render import render
from briefgen.tailor import Cuts, tailor
from briefgen.writers.pdf import available, layout
from briefgen.writers.pdf.footnotes import BREAK, strays, with_breaks
from tests.mini import ROOT

pytestmark = [pytest.mark.skipif(available() is not None, reason="not checked: no PDF engine"), pytest.mark.slow]
ROWS_WHOLE = "td, th { orphans: 99; }"
SIZES = ({}, *({"developments_table": n} for n in range(5, 8)), *({"judgements": n} for n in (1, 2, 3)))


@cache
def documents() -> list[Document]:
    """Return the analyst's brief in several lengths: somewhere, a row with a note meets the end of a page."""
    summary = briefgen.load_summary(ROOT / "inputs/us-russia-reset.yaml")
    project = briefgen.Project.find(ROOT)
    audience = project.audience("analyst")
    return [render(tailor(summary, audience, Cuts(down_to=size)), project.template_set) for size in SIZES]


def astray(document: Document) -> int:
    made = layout(document)  # kept while it is looked at: a layout that nobody holds is taken apart
    return len(strays(made._rendering.pages))


def of_a_house(document: Document) -> Document:
    """Return the document under a style sheet of its own, which lets a row be filled line by line."""
    assert ROWS_WHOLE in document.css
    return replace(document, css=document.css.replace(ROWS_WHOLE, ""))


def test_in_rows_that_are_filled_line_by_line_some_note_moves_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("briefgen.writers.pdf.layout"), "MENDINGS", 0)
    assert any(astray(of_a_house(document)) for document in documents())


def test_every_note_stands_on_the_page_of_its_mark() -> None:
    assert [astray(of_a_house(document)) for document in documents()] == [0] * len(SIZES)


def test_our_own_style_sheet_needs_no_mending(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mending begins a page before a row, and leaves a gap behind; here the row and its note had room."""
    monkeypatch.setattr(import_module("briefgen.writers.pdf.layout"), "MENDINGS", 0)
    assert [astray(document) for document in documents()] == [0] * len(SIZES)


def test_the_document_itself_is_not_touched() -> None:
    for document in documents():
        layout(document)
        assert not any(element.get(BREAK) is not None for element in document.tree.iter())


TABLE = """<html><body><main><section id="s"><h2>H</h2><table><thead><tr><th scope="col">A</th></tr></thead><tbody>
<tr><td>1<span class="fn">a</span></td></tr><tr><td>2<span class="fn">b</span></td></tr></tbody></table>
<ul><li>3<span class="fn">c</span></li></ul></section></main></body></html>"""


@pytest.mark.parametrize(("note", "tag"), [(0, "section"), (1, "tr"), (2, "li")])
def test_what_bears_the_note_begins_the_page(note: int, tag: str) -> None:
    tree = tinyhtml5.parse(TABLE, namespace_html_elements=False)
    notes = list(tree.iter("span"))
    broken = with_breaks(tree, [notes[note]])
    assert [element.tag for element in broken.iter() if element.get(BREAK) is not None] == [tag]


HEADED = """<html><body><main><section id="s"><h2>H</h2><p>1<span class="fn">a</span></p><h3>I</h3>
<p>2<span class="fn">b</span></p><p>3<span class="fn">c</span></p><h3>J</h3><ul><li>4<span class="fn">d</span></li></ul>
<dl><dt>T</dt><dd>5<span class="fn">e</span></dd></dl></section></main></body></html>"""


@pytest.mark.parametrize(
    ("note", "tag", "text"), [(0, "section", None), (1, "h3", "I"), (2, "p", "3"), (3, "h3", "J"), (4, "dt", "T")]
)
def test_no_heading_stays_behind_what_it_heads(note: int, tag: str, text: str | None) -> None:
    tree = tinyhtml5.parse(HEADED, namespace_html_elements=False)
    broken = with_breaks(tree, [list(tree.iter("span"))[note]])
    [begun] = [element for element in broken.iter() if element.get(BREAK) is not None]
    assert (begun.tag, begun.text) == (tag, text)
