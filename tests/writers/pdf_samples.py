"""Documents for the tests of the PDF and HTML writers, and what a reader of PDF finds in the result."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import tinyhtml5
import yaml
from PIL import Image

from briefgen.model.document import Document, Metadata

HERE = Path(__file__).parent
TOKENS = yaml.safe_load((HERE.parents[1] / "templates/default/tokens.yaml").read_text(encoding="utf-8"))
CSS = (HERE / "brief.css").read_text(encoding="utf-8")
METADATA = Metadata(
    title="Washington weighs relief",
    language="en-GB",
    identifier="us-russia-reset",
    authors=("Ada Example", "Jan Šíma"),
    description="What relief would mean",
    keywords=("sanctions", "Russia"),
    created=date(2025, 3, 4),
    marking="TLP:GREEN",
    audience="analyst",
)


def parse(html: str, **changes: Any) -> Document:
    """Return a document of a whole HTML page."""
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    return replace(Document("brief", tree, METADATA, css=CSS, tokens=TOKENS, roots=(HERE,)), **changes)


def page(main: str, *, head: str = "<h1>Title</h1>", slots: str = "", lang: str = "en-GB", **changes: Any) -> Document:
    """Return a document with this content in its `main`, its title block and its slots."""
    body = f'{slots}<header class="title-block">{head}</header><main>{main}</main>'
    return parse(f'<!DOCTYPE html><html lang="{lang}"><head><title>T</title></head><body>{body}</body></html>', **changes)


def brief(**changes: Any) -> Document:
    """Return a brief of two pages with tables, lists, links and five notes."""
    return parse((HERE / "brief.html").read_text(encoding="utf-8"), **changes)


def png(path: Path) -> Path:
    """Write a small picture."""
    Image.new("RGB", (40, 20), "#1F4E79").save(path)
    return path


def read(content: bytes) -> pypdf.PdfReader:
    """Return the PDF, opened."""
    return pypdf.PdfReader(io.BytesIO(content))


def text(content: bytes) -> str:
    """Return the words of a PDF without any white space, so that line breaks do not matter."""
    return "".join("".join(page.extract_text().split()) for page in read(content).pages)


# Every row of the vocabulary in a place where it is allowed. The word to be found is the row's name between two q.
ROWS = {
    "p": '<p class="lead">qpq</p><p class="ask">x</p><p class="note">x</p><p class="sources">x</p><p class="meta">x</p>',
    "h2": "<h2>qh2q</h2>",
    "h3": "<h2>x</h2><h3>qh3q</h3>",
    "section": '<section id="one" class="keep"><h2>qsectionq</h2><section><h3>x</h3></section></section>',
    "ul": "<ul><li>qulq</li><li>x<ul><li>y</li></ul></li></ul>",
    "ol": '<ol start="5"><li>qolq</li><li>x<ol><li>y</li></ol></li></ol>',
    "li": "<ul><li>qliq <strong>x</strong></li></ul>",
    "table": '<table class="plain keep"><tbody><tr><th scope="row">qtableq</th><td>x</td></tr></tbody></table>',
    "caption": "<table><caption>qcaptionq</caption><tbody><tr><td>x</td></tr></tbody></table>",
    "colgroup": '<table><colgroup><col class="w40"><col></colgroup><tbody><tr><td>qcolgroupq</td><td>x</td></tr></tbody></table>',
    "col": '<table><colgroup><col class="w40"><col></colgroup><tbody><tr><td>qcolq</td><td>x</td></tr></tbody></table>',
    "thead": '<table><thead><tr><th scope="col">qtheadq</th></tr></thead><tbody><tr><td>x</td></tr></tbody></table>',
    "tbody": "<table><tbody><tr><td>qtbodyq</td></tr></tbody></table>",
    "tr": "<table><tbody><tr><td>qtrq</td></tr><tr><td>x</td></tr></tbody></table>",
    "th": '<table class="matrix"><thead><tr><th scope="col">a</th><th scope="col">b</th><th scope="col">c</th></tr></thead>'
    '<tbody><tr><th scope="row" rowspan="2">qthq</th><td colspan="2">x</td></tr><tr><td>y</td><td>z</td></tr></tbody></table>',
    "td": '<table class="boxed"><tbody><tr><td class="sev-high off centre">qtdq</td><td class="sev-critical">x</td></tr></tbody>'
    "</table>",
    "aside": '<aside class="callout" aria-label="x"><h2>qasideq</h2><h3>x</h3><p>x</p><ul><li>x</li></ul></aside>',
    "figure": "<figure><table><tbody><tr><td>qfigureq</td></tr></tbody></table><figcaption>x</figcaption></figure>",
    "figcaption": '<figure><img src="dot.png" alt="a dot"><figcaption>qfigcaptionq</figcaption></figure>',
    "img": '<figure><img src="dot.png" alt="qimgq" width="40" height="20"><figcaption>qimgq</figcaption></figure>',
    "dl": "<dl><dt>qdlq</dt><dd>x</dd><dt>y</dt><dd>z</dd></dl>",
    "dt": "<dl><dt>qdtq</dt><dd>x</dd></dl>",
    "dd": "<dl><dt>x</dt><dd>qddq</dd></dl>",
    "blockquote": "<blockquote><p>qblockquoteq</p></blockquote>",
    "strong": "<p><strong>qstrongq <em>x</em></strong></p>",
    "em": "<p><em>qemq</em></p>",
    "cite": "<p><cite>qciteq</cite></p>",
    "sup": "<p>x<sup>qsupq</sup></p>",
    "sub": "<p>x<sub>qsubq</sub></p>",
    "br": "<p>x<br>qbrq</p>",
    "span": '<p><span class="status">qspanq</span> <span lang="el" class="tag">λόγος</span>'
    '<span class="fn" data-source="s1">see <a href="https://example.org/">there</a></span></p>',
    "time": '<p><time datetime="2025-03-04">qtimeq</time></p>',
    "abbr": '<p><abbr title="European Union">qabbrq</abbr></p>',
    "code": "<p><code>qcodeq</code></p>",
    "small": "<p><small>qsmallq</small></p>",
    "a": '<p><a href="https://example.org/">qaq</a> <strong><a href="mailto:a@example.org">x</a></strong></p>',
}
WHOLE = {
    "html": page("<p>qhtmlq</p>"),
    "head": page("<p>qheadq</p>"),
    "title": page("<p>qtitleq</p>"),
    "meta": page("<p>qmetaq</p>"),
    "body": page("<p>qbodyq</p>"),
    "main": page("<p>qmainq</p>"),
    "header": page("<p>x</p>", head='<p class="kicker">qheaderq</p><h1>T</h1><p class="subtitle">x</p><p class="byline">y</p>'),
    "h1": page("<p>x</p>", head="<h1>qh1q</h1>"),
    "div": page(
        "<p>x</p>",
        slots='<div data-slot="header"><p class="left">qdivq</p><p class="right"><span class="tlp">TLP:RED</span></p></div>'
        '<div data-slot="footer"><p class="centre">foot</p><p class="right"><span data-field="page"></span></p></div>',
    ),
}


def row(name: str, folder: Path) -> Document:
    """Return a document that holds this row of the vocabulary."""
    png(folder / "dot.png")
    return replace(WHOLE[name] if name in WHOLE else page(ROWS[name]), roots=(folder,))
