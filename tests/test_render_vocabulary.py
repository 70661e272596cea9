"""The closed vocabulary: each breach is refused with its code, at the template's file and line; what is listed passes."""

from __future__ import annotations

import pytest
import tinyhtml5

from briefgen.findings.diagnostics import Rejected
from briefgen.model.document import VOCABULARY
from briefgen.render.vocabulary import check
from tests.builders import minimal
from tests.mini import Mini

TABLE = '<table><thead><tr><th scope="col">H</th></tr></thead><tbody><tr><td>%s</td></tr></tbody></table>'

BREACHES = {
    "an element nobody knows": ("<marquee>x</marquee>", "TPL-10", "<marquee> is outside"),
    "an element that is nearly right": ("<p><stron>x</stron></p>", "TPL-10", "<stron> is outside"),
    "a script": ("<p>x</p><script>alert(1)</script>", "TPL-10", "<script> is outside"),
    "a q, whose marks only a PDF prints": ("<p><q>x</q></p>", "TPL-10", "<q> is outside"),
    "an svg": ("<p><svg></svg></p>", "TPL-10", "<svg> is outside"),
    "a block in a list item": ("<ul><li><p>x</p></li></ul>", "TPL-11", "<p> can't stand in <li>"),
    "a block in a cell": (TABLE % "<p>x</p>", "TPL-11", "<p> can't stand in <td>"),
    "a list in a cell": (TABLE % "<ul><li>x</li></ul>", "TPL-11", "<ul> can't stand in <td>"),
    "a div in a list of terms": ("<dl><div data-slot='x'><dt>t</dt></div></dl>", "TPL-11", "<div> can't stand in <dl>"),
    "an element in a link": ('<p><a href="#own"><strong>x</strong></a></p>', "TPL-11", "<strong> can't stand in <a>"),
    "text without a paragraph": ("loose words", "TPL-12", "text stands directly in <section>: 'loose words'"),
    "text between blocks": ("<p>x</p> and <p>y</p>", "TPL-12", "text stands directly in <section>: 'and'"),
    "text in a nested list": ("<ul><li>x<ul>loose <li>y</li></ul></li></ul>", "TPL-12", "text stands directly in <ul>: 'loose'"),
    "text after an item of a nested list": ("<ul><li>x<ul><li>y</li> loose</ul></li></ul>", "TPL-12", "in <ul>: 'loose'"),
    "a style": ('<p style="color:red">x</p>', "TPL-13", "<p> takes no attribute 'style'"),
    "an event": ('<p onclick="x()">x</p>', "TPL-13", "<p> takes no attribute 'onclick'"),
    "a cell's header attribute": (TABLE.replace("<td>", '<td headers="a">') % "x", "TPL-13", "'headers'"),
    "a callout without a name": ("<aside class='callout'><p>x</p></aside>", "TPL-14", "<aside> needs the attribute 'aria-label'"),
    "a link without address": ("<p><a>x</a></p>", "TPL-14", "<a> needs the attribute 'href'"),
    "an image without alt": ('<figure><img src="a.png"></figure>', "TPL-14", "<img> needs the attribute 'alt'"),
    "a class that is nearly right": ('<p class="noet">x</p>', "TPL-15", "<p> has no class 'noet'"),
    "a class where there are none": ('<ul class="wide"><li>x</li></ul>', "TPL-15", "<ul> has no class 'wide'"),
    "an empty alt": ('<figure><img src="a.png" alt=" "></figure>', "TPL-16", "no alternative text"),
    "a link to a script": ('<p><a href="javascript:x">x</a></p>', "TPL-17", "'javascript:x'"),
    "a link to a file": ('<p><a href="file:///etc/passwd">x</a></p>', "TPL-17", "'file:///etc/passwd'"),
    "a relative link": ('<p><a href="other.html">x</a></p>', "TPL-17", "'other.html'"),
    "a header cell without scope": (TABLE.replace(' scope="col"', ' scope=""') % "x", "TPL-18", "what it heads"),
    "a note in a note": ('<p>x<span class="fn">a<span class="fn">b</span></span></p>', "TPL-19", "a note stands in a note"),
    "a table without header": ("<table><tbody><tr><td>x</td></tr></tbody></table>", "TPL-20", "no header row"),
    "two lists in an item": ("<ul><li>x<ul><li>y</li></ul><ol><li>z</li></ol></li></ul>", "TPL-21", "one list at its end"),
    "text after a nested list": ("<ul><li>x<ul><li>y</li></ul> z</li></ul>", "TPL-21", "one list at its end"),
    "a heading that skips": ("<h3>x</h3>", "TPL-23", "skips from h1 to h3"),
    "an id that stands twice": ('<p id="a">x</p><p id="a">y</p>', "TPL-24", "'a' stands twice"),
    "a link to nowhere": ('<p><a href="#nowhere">x</a></p>', "TPL-25", "#nowhere"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_refused_at_its_line(mini: Mini, name: str) -> None:
    body, code, told = BREACHES[name]
    mini.section(f'{{# a comment #}}\n\n<section id="own">\n{body}\n</section>')
    with pytest.raises(Rejected) as caught:
        mini.document(minimal(bottom_line="x"), "own")
    found = [fault for fault in caught.value.diagnostics if fault.code == code]
    assert found, caught.value
    assert told in found[0].message
    assert found[0].hints and all(found[0].hints)
    assert found[0].span is not None
    assert found[0].span.file.endswith("templates/default/sections/own.html")
    assert found[0].span.line in (3, 4)


@pytest.mark.parametrize("headings", ["", "<h1>a</h1><h1>b</h1>", "<h2>a</h2><h1>b</h1>"])
def test_exactly_one_first_heading(headings: str) -> None:
    root = tinyhtml5.parse(f"<body><main>{headings}</main></body>", namespace_html_elements=False)
    assert "TPL-22" in [fault.code for fault in check(root)]


def test_every_breach_of_one_document_is_told_at_once(mini: Mini) -> None:
    mini.section('<section>\n<p class="noet">x</p>\n<q>y</q>\n<h3>z</h3></section>')
    with pytest.raises(Rejected) as caught:
        mini.document(minimal(bottom_line="x"), "own")
    faults = caught.value.diagnostics
    assert [(f.code, f.span.line) for f in faults if f.span] == [("TPL-15", 2), ("TPL-10", 3), ("TPL-23", 4)]


def test_every_code_of_the_lint_has_a_breach_here() -> None:
    tested = {code for _, code, _ in BREACHES.values()} | {"TPL-22"}
    assert tested == {f"TPL-{n}" for n in range(10, 26)}


ALL = """
<section id="all" class="keep">
<h2>H</h2><h3>h</h3>
<p class="lead">A <strong>b</strong> <em>c</em> <cite>d</cite> <sup>e</sup> <sub>f</sub><br><span lang="el">γ</span>
<time datetime="2025">g</time>
<abbr title="i">j</abbr> <code>k</code> <small>l</small>
<a href="https://example.eu/">m</a> <a href="mailto:a@b.eu">n</a> <a href="#all">o</a>
<span class="tag">p</span> <span class="status">q</span> <span class="tlp">r</span>
<span class="fn" data-source="S1">s</span></p>
<ul><li>t<ol><li>u</li></ol></li></ul><ol start="3"><li>v</li></ol>
<table class="boxed"><caption>w</caption><colgroup><col class="w40"><col class="w60"></colgroup>
<thead><tr><th scope="col" colspan="2">x</th></tr></thead>
<tbody><tr><th scope="row" rowspan="2">y</th><td class="sev-high">z</td></tr>
<tr><td class="sev-low off">aa</td></tr></tbody></table>
<aside class="callout" aria-label="bb"><h3>cc</h3><p>dd</p><ul><li>ee</li></ul></aside>
<dl><dt>ff</dt><dd>gg</dd></dl><blockquote><p>hh</p></blockquote>
<figure><table class="plain"><thead><tr><th scope="col">ii</th></tr></thead></table><figcaption>jj</figcaption></figure>
<section><p class="note">kk</p></section>
</section>"""


def test_all_that_is_listed_passes(mini: Mini) -> None:
    mini.section(ALL)
    tree = mini.document(minimal(bottom_line="x"), "own").tree
    used = {element.tag for element in tree.iter()}
    assert set(VOCABULARY) - used == {"img"}


def test_an_image_with_its_text_passes(mini: Mini) -> None:
    mini.section('<section><figure><img src="a.png" alt="A ferry" width="10"><figcaption>A ferry</figcaption></figure></section>')
    assert [i.get("alt") for i in mini.document(minimal(bottom_line="x"), "own").tree.iter("img")] == ["A ferry"]
