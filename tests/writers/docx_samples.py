"""Documents for the tests of the Word writer, and the words of both sides to compare."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5
import yaml
from lxml import etree

from briefgen.model.document import INLINE, Document, Metadata, classes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {
    "w": W[1:-1],
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "templates/default/reference.docx"
TOKENS: dict[str, Any] = yaml.safe_load((ROOT / "templates/default/tokens.yaml").read_text(encoding="utf-8"))
METADATA = Metadata(
    title="Washington weighs relief & more",
    language="en",
    identifier="us-russia-reset",
    authors=("Ada Example", "Jan Šíma"),
    description="What relief would mean",
    keywords=("sanctions", "Russia"),
    created=date(2025, 3, 4),
    marking="TLP:GREEN",
    audience="analyst",
    generator="briefgen 0.1.0",
)

# Every element, attribute and class of the vocabulary stands in here; a test counts them.
EVERYTHING = """<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="author" content="Ada">
<title>Everything</title></head><body class="large">
<div data-slot="header"><p class="left">European desk</p><p class="centre"><span class="stage">Draft</span></p>
<p class="right"><span class="tlp tlp-green">TLP:GREEN</span></p></div>
<div data-slot="footer"><p class="left">Reset, 2025/07</p><p class="centre">As of March</p>
<p class="right">Page <span data-field="page"></span> of <span data-field="pages"></span> <span
class="tlp">TLP:GREEN</span></p></div>
<header class="title-block"><p class="kicker">Kicker words</p>
<p class="meta">Meta words</p><h1>A title with <em>stress</em></h1>
<p class="subtitle">Subtitle words</p><p class="byline">Byline words</p></header>
<main><aside class="callout" aria-label="Bottom line"><h2>In short</h2><p class="lead">Lead words.</p><ul>
<li>Point in a box</li></ul>
<ol><li>Number in a box</li></ol><h3>Smaller in a box</h3><p>Plain in a box.</p></aside>
<section id="ask" class="keep"><p class="ask"><strong>Decide</strong> now.</p><ol><li>First option</li>
<li>Second option</li></ol></section>
<section id="text"><h2>Text <small>and such</small></h2>
<p id="here" data-path="/a" data-at="brief.html:3">Plain with <strong>strong</strong>,
<em>stress</em>, <cite>a work</cite>, H<sub>2</sub>O, 4<sup>th</sup>, <code>x = 1</code>, <time datetime="2025-03-04">4
March</time>,
<abbr title="European Union">EU</abbr>, <span lang="el">Ελλάδα</span>, <span lang="he">שלום עולם</span> and<br>a new line.
See <a href="#tables">the tables</a>, <a href="https://example.org/?a=1&amp;b=2">the web</a> or <a
href="mailto:desk@eai.example">write</a>.
<span class="id">R1</span> stands. <span class="fn" data-source="S1">First note, <a
href="https://example.org/n">linked</a>.</span>
<span class="fn" data-source="S2">Second <em>note</em>.</span></p>
<h3>Marks</h3><p class="note">A tag <span class="tag">[Confidence low]</span> and a status <span
class="status">Reported</span> <span class="tlp-red">r</span> <span class="tlp-amber">m</span>
<span class="tlp-amber-strict">s</span> <span class="tlp-clear">c</span>.</p>
<p class="sources">Sources one.</p><p class="sources">Sources two.</p><p lang="ar">مرحبا بالعالم ABC 123</p>
<section id="inner"><blockquote><p>Quoted words.</p></blockquote><dl>
<dt>Term</dt><dd>Meaning of it</dd></dl></section></section>
<section id="tables"><h2>Tables</h2>
<table class="plain"><caption>Plain caption<span class="fn" data-source="S1">Caption note.</span></caption>
<colgroup><col class="w20"><col class="w80"></colgroup><thead><tr><th scope="col">Level</th>
<th scope="col">Risk</th></tr></thead>
<tbody><tr class="keep-next"><th scope="row" class="sev-high">High</th>
<td>One<span class="fn" data-source="S1">Cell note.</span></td></tr>
<tr><td class="sev-critical">Critical</td><td class="centre">Two</td></tr></tbody></table>
<table class="boxed keep"><colgroup><col class="w30"><col><col class="w40"></colgroup><thead><tr>
<th scope="col" rowspan="2">Actor</th>
<th scope="col" colspan="2">Both</th></tr><tr><th scope="col">Wants</th><th scope="col">Has</th></tr></thead>
<tbody><tr><th scope="row" rowspan="2">EU</th><td>Seat</td><td>Market</td></tr><tr>
<td colspan="2">Wide</td></tr></tbody></table>
<table class="matrix"><thead><tr><th scope="col">Impact</th><th scope="col">Unlikely</th>
<th scope="col">Likely</th></tr></thead>
<tbody><tr><th scope="row">5 Severe</th><td class="sev-moderate off">Moderate</td>
<td class="sev-low"><strong>R1 Low</strong></td></tr></tbody></table>
<figure><img src="picture.png" alt="A blue square" width="96" height="48"><figcaption>Picture caption</figcaption></figure>
<figure><figcaption>Table caption</figcaption><table><tbody><tr><td>Only</td></tr></tbody></table></figure></section>
<section id="lists"><h2>Lists</h2><ul><li>One<ul><li>Nested</li></ul></li><li>Two<ol start="4"><li>Four</li>
<li>Five</li></ol></li></ul>
<ol><li>Anew<ol><li>Deeper</li></ol></li></ol></section></main></body></html>"""


def png(width: int = 3, height: int = 2, colour: bytes = b"\x1f\x4e\x79") -> bytes:
    """Return a PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + colour * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def parse(html: str, **changes: Any) -> Document:
    """Return a document around a whole HTML page."""
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    return replace(Document("brief", tree, METADATA, tokens=TOKENS), **changes)


def page(main: str, *, slots: str = "", lang: str = "en", body: str = "", **changes: Any) -> Document:
    """Return a document around the content of its `main`."""
    head = '<header class="title-block"><h1>Title</h1></header>'
    start = f'<!doctype html><html lang="{lang}"><head><title>T</title></head><body{body}>'
    return parse(f"{start}{slots}{head}<main>{main}</main></body></html>", **changes)


class Parts:
    """The parts of a Word file, as trees."""

    def __init__(self, content: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(content))
        self.names = self.zip.namelist()

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.zip.read(name))

    def find(self, path: str, part: str = "word/document.xml") -> list[Any]:
        """Return what an XPath finds in a part."""
        found = self.tree(part).xpath(path, namespaces=NS)
        return found if isinstance(found, list) else [found]

    def paragraphs(self, part: str = "word/document.xml") -> list[tuple[str, str]]:
        """Return style and text of every paragraph."""
        found = self.tree(part).iter(f"{W}p")
        return [("".join(p.xpath("w:pPr/w:pStyle/@w:val", namespaces=NS)), said(p)) for p in found]

    def styled(self, style: str) -> list[str]:
        return [text for name, text in self.paragraphs() if name == style]


SIGNS = {"t": None, "tab": " ", "br": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "instrText": ""}


def said(paragraph: etree._Element) -> str:
    """Return the text of a paragraph, marks of notes and numbers of pages left out."""
    text, field = "", False
    for run in paragraph.iter(f"{W}r"):
        if run.xpath("w:rPr/w:rStyle/@w:val", namespaces=NS) == ["FootnoteReference"]:
            continue
        for child in run:
            name = etree.QName(child).localname
            if name == "fldChar":
                field = child.get(f"{W}fldCharType") == "separate"
            elif name == "t" and not field:
                text += child.text or ""
            else:
                text += SIGNS.get(name) or ""
    return text


def words_of_word(content: bytes) -> dict[str, list[str]]:
    """Return the words of a Word file: of the body, of the notes, of header and footer, each in order."""
    parts = Parts(content)
    kinds = {"body": "word/document.xml", "notes": "word/footnotes.xml", "header": "word/header", "footer": "word/footer"}
    return {
        kind: " ".join(text for n in sorted(parts.names) if n.startswith(name) for _, text in parts.paragraphs(n)).split()
        for kind, name in kinds.items()
    }


def words_of_html(tree: Element) -> dict[str, list[str]]:
    """Return the same words of the HTML."""
    found: dict[str, list[str]] = {"body": [], "notes": [], "header": [], "footer": []}
    body = tree.find("body")
    assert body is not None
    for child in body:
        kind = child.get("data-slot") or "body"
        found[kind] += "".join(_texts(child)).split()
    for note in (e for e in body.iter("span") if "fn" in classes(e)):
        found["notes"] += "".join(_texts(note, within=True)).split()
    return found


def _texts(element: Element, *, within: bool = False) -> Iterator[str]:
    if "fn" in classes(element) and not within:
        return
    block = element.tag not in INLINE
    yield " " if block or element.tag == "br" else ""
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield " " if block else ""
