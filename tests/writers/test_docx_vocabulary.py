"""Every row of the vocabulary reaches Word, and nothing else gets in."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

import pytest

from briefgen.model.document import METAS, TEXT, VOCABULARY, Document, classes
from briefgen.writers.docx import write
from tests.check_docx import check
from tests.writers.docx_samples import EVERYTHING, METADATA, TOKENS, Parts, page, parse, png, words_of_html, words_of_word

# What the sample must have become, as XPath in word/document.xml unless the row says another part.
EXPECTED = {
    "html": ("//w:docDefaults//w:lang[@w:val='en-GB']", "word/styles.xml"),
    "head": ("//dc:title", "docProps/core.xml"),
    "title": ("//dc:title[.='Washington weighs relief & more']", "docProps/core.xml"),
    "meta": ("//cp:keywords[.='sanctions, Russia']", "docProps/core.xml"),
    "body": "/w:document/w:body/w:sectPr/w:headerReference",
    "div": ("//w:p[w:pPr/w:pStyle/@w:val='Footer']", "word/footer1.xml"),
    "header": "//w:pStyle[@w:val='Byline']",
    "main": "//w:pStyle[@w:val='Normal']",
    "section": "//w:bookmarkStart[@w:name='b_tables']",
    "h1": "//w:p[w:pPr/w:pStyle/@w:val='Title']",
    "h2": "//w:p[w:pPr/w:pStyle/@w:val='Heading1' and w:pPr/w:keepNext]",
    "h3": "//w:p[w:pPr/w:pStyle/@w:val='Heading2' and w:pPr/w:keepNext]",
    "p": "//w:p[w:pPr/w:pStyle/@w:val='Ask']",
    "ul": "//w:p[w:pPr/w:pStyle/@w:val='ListBullet']/w:pPr/w:numPr",
    "ol": "//w:p[w:pPr/w:pStyle/@w:val='ListNumber']/w:pPr/w:numPr",
    "li": "//w:numPr[w:ilvl/@w:val='1']",
    "table": "//w:tbl[w:tblPr/w:tblStyle/@w:val='BriefBoxed']",
    "caption": "//w:p[w:pPr/w:pStyle/@w:val='Caption' and w:pPr/w:keepNext]/following-sibling::*[1][self::w:tbl]",
    "colgroup": "//w:tblGrid[count(w:gridCol)=2]",
    "col": "//w:tblGrid[w:gridCol[1]/@w:w * 4 = w:gridCol[2]/@w:w or w:gridCol[1]/@w:w < w:gridCol[2]/@w:w]",
    "thead": "//w:tr[w:trPr/w:tblHeader]",
    "tbody": "//w:tr[not(w:trPr/w:tblHeader)]",
    "tr": "//w:tr[w:trPr/w:cantSplit]",
    "th": "//w:p[w:pPr/w:pStyle/@w:val='TableHeading']",
    "td": "//w:tc[w:tcPr/w:shd/@w:fill='E8A79F']",
    "aside": "//w:tbl[w:tblPr/w:tblStyle/@w:val='BriefCallout']//w:p[w:pPr/w:pStyle/@w:val='Heading1']",
    "figure": "//w:p[w:pPr/w:pStyle/@w:val='Figure' and w:pPr/w:keepNext]",
    "figcaption": "//w:p[w:pPr/w:pStyle/@w:val='Caption' and .//w:t='Picture caption']",
    "img": "//wp:docPr[@descr='A blue square']",
    "dl": "//w:p[w:pPr/w:pStyle/@w:val='DefinitionTerm']",
    "dt": "//w:p[w:pPr/w:pStyle/@w:val='DefinitionTerm' and w:pPr/w:keepNext]",
    "dd": "//w:p[w:pPr/w:pStyle/@w:val='Definition']",
    "blockquote": "//w:p[w:pPr/w:pStyle/@w:val='Quote']",
    "strong": "//w:r[w:rPr/w:b and w:t='strong']",
    "em": "//w:r[w:rPr/w:i and w:t='stress']",
    "cite": "//w:r[w:rPr/w:i and w:t='a work']",
    "sup": "//w:r[w:rPr/w:vertAlign/@w:val='superscript' and w:t='th']",
    "sub": "//w:r[w:rPr/w:vertAlign/@w:val='subscript' and w:t='2']",
    "br": "//w:r/w:br",
    "span": "//w:r/w:footnoteReference",
    "time": "//w:t[contains(., '4 March')]",
    "abbr": "//w:t[contains(., 'EU')]",
    "code": "//w:r[w:rPr/w:rStyle/@w:val='HTMLCode']",
    "small": "//w:r[w:rPr/w:sz/@w:val='17']",
    "a": "//w:hyperlink[@w:anchor='b_tables']",
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "picture.png").write_bytes(png())
    return parse(EVERYTHING, roots=(folder,))


@pytest.fixture(scope="module")
def written(everything: Document) -> bytes:
    return write(everything).content


def test_the_sample_holds_the_whole_vocabulary(everything: Document) -> None:
    used = {str(element.tag): {"#classes"} for element in everything.tree.iter()}
    for element in everything.tree.iter():
        used[str(element.tag)] |= {*element.attrib, *(f".{name}" for name in classes(element))}
    used["th"] = used["td"] = used["th"] | used["td"]  # one of the two is enough
    used["meta"] |= {"charset"}
    for tag, entry in VOCABULARY.items():
        wanted = {f".{name}" for name in entry.classes if not (name[0] == "w" and name[1:].isdigit())}
        assert wanted | entry.attributes <= used[tag], tag
    assert METAS


def test_every_row_is_expected_somewhere() -> None:
    assert EXPECTED.keys() == VOCABULARY.keys()


@pytest.mark.parametrize("row", VOCABULARY)
def test_row_reaches_word(row: str, written: bytes) -> None:
    path = EXPECTED[row]
    assert Parts(written).find(path) if isinstance(path, str) else Parts(written).find(*path)


def test_words_are_the_same_in_the_same_order(everything: Document, written: bytes) -> None:
    assert words_of_word(written) == words_of_html(everything.tree)


def test_everything_is_sound(written: bytes) -> None:
    assert check(written) == []


# --- every child in every parent -------------------------------------------------------------------------------------


def _chain(parent: str) -> list[str]:
    """Return the shortest way down to an element, through `main` where that leads to it."""
    waiting: deque[list[str]] = deque([["body"]] if parent in ("div", "header", "h1") else [["body", "main"]])
    while waiting:
        way = waiting.popleft()
        if way[-1] == parent:
            return way
        waiting += [[*way, child] for child in sorted(VOCABULARY[way[-1]].children - {TEXT, *way})]
    raise AssertionError(parent)


REQUIRED = {"href": "#top", "src": "picture.png", "alt": "A square", "scope": "col", "aria-label": "Box", "data-slot": "header"}
LEAVES = {"ul": ["li"], "ol": ["li"], "dl": ["dt", "dd"], "blockquote": ["p"], "table": ["tbody", "tr", "td"], "aside": ["p"]}
LEAVES |= {"thead": ["tr", "th"], "tbody": ["tr", "td"], "tr": ["td"], "figure": ["img"], "section": ["h2"], "div": ["p"]}


def _new(parent: Element, tag: str) -> Element:
    return SubElement(parent, tag, {name: REQUIRED[name] for name in VOCABULARY[tag].required if name in REQUIRED})


def _filled(parent: Element, tag: str) -> Element:
    """Add an element with the least that makes it whole, its text naming itself."""
    element = inner = _new(parent, tag)
    for step in LEAVES.get(tag, []):
        inner = _new(element if step in ("dt", "dd") else inner, step)
        if step == "dt":
            inner.text = "Term"
    if TEXT in VOCABULARY[str(inner.tag)].children:
        inner.text = f"text of {tag}"
    return element


PAIRS = [
    (parent, child)
    for parent, entry in VOCABULARY.items()
    if parent not in ("html", "head", "body", "title", "meta")
    for child in sorted(entry.children)
]


@pytest.mark.parametrize(("parent", "child"), PAIRS)
def test_every_child_in_every_parent(parent: str, child: str, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(png())
    document = page('<section id="top"><h2>Top</h2></section>', roots=(tmp_path,))
    body = document.tree.find("body")
    assert body is not None
    chain = _chain(parent)
    element = body
    for tag in chain[1:]:
        existing = element.find(tag) if tag in ("main", "header") else None
        element = existing if existing is not None else _new(element, tag)
    if child == TEXT:
        element.text = "plain words"
    else:
        _filled(element, child)
    result = write(document)
    assert words_of_word(result.content) == words_of_html(document.tree)
    assert check(result.content) == []
    assert not result.diagnostics


# --- what is not allowed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("main", "tag"),
    [
        ('<nav data-at="brief.html:7">x</nav>', "nav"),
        ('<p><b data-at="brief.html:7">x</b></p>', "b"),
        ('<ul><li><p data-at="brief.html:7">x</p></li></ul>', "p"),
        ('<table><tfoot data-at="brief.html:7"><tr><td>x</td></tr></tfoot></table>', "tfoot"),
        ('<dl><div data-at="brief.html:7"><dt>x</dt></div></dl>', "div"),
        ('<blockquote><h2 data-at="brief.html:7">x</h2></blockquote>', "h2"),
        ('<figure><p data-at="brief.html:7">x</p></figure>', "p"),
        ('<p>x<span class="fn">a<span class="fn" data-at="brief.html:7">b</span></span></p>', "span"),
    ],
)
def test_outside_the_vocabulary_is_our_bug(main: str, tag: str) -> None:
    with pytest.raises(ValueError, match=rf"brief\.html:7: <{tag}>"):
        write(page(main))


def test_no_note_in_a_header() -> None:
    slots = '<div data-slot="header"><p>x<span class="fn" data-at="brief.html:2">n</span></p></div>'
    with pytest.raises(ValueError, match="header"):
        write(page("<p>x</p>", slots=slots))


def test_an_unknown_slot_is_our_bug() -> None:
    with pytest.raises(ValueError, match="div"):
        write(page("<p>x</p>", slots='<div data-slot="margin"><p>x</p></div>'))


def test_without_tokens_there_are_no_styles() -> None:
    with pytest.raises(ValueError, match="no design tokens"):
        write(Document("x", page("<p>x</p>").tree, METADATA))
    assert TOKENS["styles"]


@pytest.mark.parametrize("main", ['<p>x</p><section id="s"></section>', '<section id="s"></section><p>x</p>'])
def test_an_empty_section_is_still_a_place_to_lead_to(main: str) -> None:
    parts = Parts(write(page(main)).content)
    assert len(parts.find("//w:p[w:bookmarkStart[@w:name='b_s']]")) == 1
