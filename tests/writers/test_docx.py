"""What a brief becomes in Word, theme by theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from briefgen.findings.diagnostics import Severity, Span
from briefgen.model.document import Document
from briefgen.writers.docx import write
from briefgen.writers.docx.languages import lang_xml, stretches, word_tag
from briefgen.writers.docx.runs import PLAIN, Line
from tests.check_docx import check
from tests.writers.docx_samples import NS, TOKENS, Parts, W, page, png, words_of_html, words_of_word


def made(main: str, **changes: object) -> Parts:
    """Return the parts of a document, which must be sound and have all its words."""
    document = page(main, **changes)
    content = write(document).content
    assert check(content) == []
    assert words_of_word(content) == words_of_html(document.tree)
    return Parts(content)


# --- text ------------------------------------------------------------------------------------------------------------


def test_white_space_is_collapsed_over_elements() -> None:
    parts = made("<p>  One <strong> two </strong> <em>three</em>\n\t four  </p>")
    assert parts.styled("Normal") == ["One two three four"]


def test_no_break_spaces_stay() -> None:
    assert made("<p>30\u00a0% of\u202fit</p>").styled("Normal") == ["30\u00a0% of\u202fit"]


def test_no_space_around_a_line_break() -> None:
    assert made("<p>one <br> two</p>").find("//w:p[last()]/w:r/w:t/text()")[-2:] == ["one", "two"]


def test_neighbours_of_one_look_are_one_run() -> None:
    assert made("<p>a <time>b</time> c</p>").find("//w:p[w:pPr/w:pStyle/@w:val='Normal']/w:r/w:t/text()") == ["a b c"]


def test_signs_of_xml_are_escaped() -> None:
    assert made("<p>a &lt; b &amp; c &gt; \"d\" 'e'</p>").styled("Normal") == ["a < b & c > \"d\" 'e'"]


def test_hyphens_that_word_has_elements_for() -> None:
    parts = made("<p>non\u2011breaking and soft\u00adhyphen</p>")
    assert len(parts.find("//w:noBreakHyphen")) == len(parts.find("//w:softHyphen")) == 1


def test_a_tag_never_breaks() -> None:
    parts = made('<p>It is so. <span class="tag">[Confidence low]</span></p>')
    assert parts.find("//w:r[w:rPr/w:rStyle/@w:val='Tag']/w:t/text()") == ["[Confidence\u00a0low]"]


def test_bold_in_bold_stays_bold() -> None:
    """Bold of a style and of its paragraph's style cancel out in Word: the run must say it itself."""
    parts = made('<h2>A <span class="tag">[tag]</span></h2><p>A <span class="tag">[tag]</span></p>')
    heading, text = parts.find("//w:r[w:rPr/w:rStyle/@w:val='Tag']")
    assert [e.tag for e in heading.iter() if e.tag.endswith("}b")]
    assert not [e.tag for e in text.iter() if e.tag.endswith("}b")]


def test_the_order_of_run_properties() -> None:
    parts = made('<p><strong><em><sup><span lang="el">x</span></sup></em></strong></p>')
    [run] = parts.find("//w:r[w:t='x']/w:rPr")
    assert [child.tag.rpartition("}")[2] for child in run] == ["b", "bCs", "i", "iCs", "vertAlign", "lang"]


def test_an_abbreviation_is_reported() -> None:
    document = page('<p data-at="a.html:3"><abbr data-at="a.html:4" title="European Union">EU</abbr></p>')
    [said] = write(document).diagnostics
    assert (said.severity, said.code, said.span) == (Severity.INFO, "DOCX-03", Span("a.html", 4))


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["end. ", None, " Next"], ["end.", None, " Next"]),
        (["end. ", None, "Next"], ["end.", None, " Next"]),
        (["end. ", None, ", next"], ["end.", None, ", next"]),
        (["end", None, " ", None, " Next"], ["end", None, None, " Next"]),
    ],
)
def test_no_space_leads_up_to_a_mark(pieces: list[str | None], expected: list[str | None]) -> None:
    line = Line()
    for piece in pieces:
        if piece is None:
            line.mark("<mark/>", "")
        else:
            line.text(piece, PLAIN)
    keep = ' xml:space="preserve"'
    wanted = ["<mark/>" if e is None else f"<w:r><w:t{keep if e != e.strip() else ''}>{e}</w:t></w:r>" for e in expected]
    assert line.xml() == "".join(wanted)


# --- notes -----------------------------------------------------------------------------------------------------------


def test_notes_are_words_own() -> None:
    parts = made('<p>One. <span class="fn">First.</span> <span class="fn">Second.</span> Two.<span class="fn">Third.</span></p>')
    marks = parts.find("//w:p[last()]/w:r[w:footnoteReference]/w:footnoteReference/@w:id")
    assert marks == ["1", "2", "3"]
    commas = parts.find("//w:r[w:rPr/w:rStyle/@w:val='FootnoteReference' and w:t]/w:t/text()")
    assert commas == [", "]
    texts = parts.paragraphs("word/footnotes.xml")
    assert [t for t in texts if t[0]] == [("FootnoteText", " First."), ("FootnoteText", " Second."), ("FootnoteText", " Third.")]
    assert parts.find("//w:footnotePr/w:footnote/@w:id", "word/settings.xml") == ["-1", "0"]


def test_a_link_in_a_note_belongs_to_the_note() -> None:
    parts = made('<p>x<span class="fn">see <a href="https://example.org/?q=1&amp;r=2">there</a></span></p>')
    assert parts.find("//rel:Relationship/@Target", "word/_rels/footnotes.xml.rels") == ["https://example.org/?q=1&r=2"]
    assert "https://example.org/?q=1&r=2" not in parts.find("//rel:Relationship/@Target", "word/_rels/document.xml.rels")


# --- lists -----------------------------------------------------------------------------------------------------------


def test_each_numbered_list_starts_anew() -> None:
    parts = made("<ol><li>a</li></ol><p>x</p><ol><li>b</li></ol><ol start='5'><li>c</li></ol>")
    numbers = parts.find("//w:numPr/w:numId/@w:val")
    assert len(set(numbers)) == 3
    starts = {n: parts.find(f"//w:num[@w:numId='{n}']//w:startOverride/@w:val", "word/numbering.xml") for n in numbers}
    assert list(starts.values()) == [["1"], ["1"], ["5"]]


def test_a_nested_list_of_one_kind_goes_on_one_level_down() -> None:
    parts = made("<ol><li>a<ol><li>b</li></ol></li><li>c<ul><li>d</li></ul></li></ol>")
    levels = parts.find("//w:numPr/w:ilvl/@w:val")
    numbers = parts.find("//w:numPr/w:numId/@w:val")
    assert levels == ["0", "1", "0", "1"]
    assert numbers[0] == numbers[1] == numbers[2] != numbers[3]


def test_definitions_stand_before_numbers() -> None:
    tags = [child.tag.rpartition("}")[2] for child in made("<ol><li>a</li></ol>").tree("word/numbering.xml")]
    assert tags == sorted(tags)


# --- tables ----------------------------------------------------------------------------------------------------------


def test_widths_fill_the_text() -> None:
    parts = made(
        '<table class="boxed"><colgroup><col class="w33"><col class="w33"><col class="w33"></colgroup>'
        "<tbody><tr><td>a</td><td>b</td><td>c</td></tr></tbody></table><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    )
    assert [sum(map(int, grid.xpath("*/@*"))) for grid in parts.find("//w:tblGrid")] == [9072, 9072]
    assert parts.find("//w:tblLayout/@w:type") == ["fixed", "fixed"]


def test_spans() -> None:
    parts = made(
        "<table><tbody><tr><td rowspan='2'>a</td><td colspan='2'>b</td></tr><tr><td>c</td><td>d</td></tr>"
        "<tr><td>e</td></tr></tbody></table>"
    )
    rows = parts.find("//w:tr")
    assert [len(row.xpath("*[local-name()='tc']")) for row in rows] == [2, 3, 3]
    assert parts.find("count(//w:vMerge[@w:val='restart'])") == [1.0]
    assert parts.find("count(//w:vMerge[not(@w:val)])") == [1.0]
    assert parts.find("//w:gridSpan/@w:val") == ["2"]


@pytest.mark.parametrize(
    ("rows", "shape"),
    [
        (["<td rowspan=2>a</td><td>b</td>", "<td>c</td><td>d</td>"], ["a|b|", ":|c|d"]),
        (["<td>a</td>", "<td>b</td><td>c</td><td>d</td>"], ["a||", "b|c|d"]),
        (["<td>a</td><td rowspan=3 colspan=2>b</td>", "<td colspan=3>c</td>", ""], ["a|b", "c|:", "|:"]),
        (["<td rowspan=0 colspan=x>a</td>", ""], ["a", ""]),
    ],
)
def test_a_crooked_table_loses_no_cell(rows: list[str], shape: list[str]) -> None:
    parts = made("<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</tbody></table>")
    goes_on = "w:tcPr/w:vMerge[not(@w:val)]"
    found = [
        "|".join(":" if cell.xpath(goes_on, namespaces=NS) else "".join(cell.itertext()) for cell in row.iter(f"{W}tc"))
        for row in parts.find("//w:tr")
    ]
    assert found == shape
    spans = [sum(int(s) for s in row.xpath("w:tc/w:tcPr/w:gridSpan/@w:val", namespaces=NS)) for row in parts.find("//w:tr")]
    cells = [row.xpath("count(w:tc[not(w:tcPr/w:gridSpan)])", namespaces=NS) for row in parts.find("//w:tr")]
    assert {a + b for a, b in zip(spans, cells, strict=True)} == {parts.find("count(//w:gridCol)")[0]}


def test_header_rows_repeat_and_stay_with_the_first_row() -> None:
    parts = made(
        "<table><thead><tr><th scope='col'>A</th></tr></thead><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>"
    )
    assert parts.find("count(//w:tr[w:trPr/w:tblHeader])") == [1.0]
    assert parts.find("//w:tbl//w:p[w:pPr/w:keepNext]//w:t/text()") == ["A"]
    assert parts.find("count(//w:tr[w:trPr/w:cantSplit])") == [3.0]


def test_the_caption_stands_above_and_names_the_table() -> None:
    parts = made(
        "<table><caption>Who<span class='fn'>n</span> wants</caption><tbody><tr><th scope='row'>a</th></tr></tbody></table>"
    )
    assert parts.find("//w:tblCaption/@w:val") == ["Who wants"]
    assert parts.find("//w:tblLook/@w:firstColumn") == ["1"]


def test_tables_never_touch() -> None:
    table = "<table><tbody><tr><td>a</td></tr></tbody></table>"
    parts = made(f"{table}{table}<aside class='callout' aria-label='Box'><p>x</p></aside>{table}")
    gaps = [style for style, _ in parts.paragraphs() if style == "TableGap"]
    assert len(gaps) == 4
    assert parts.find("//w:style[@w:styleId='TableGap']//w:spacing/@w:line", "word/styles.xml") == ["80"]


def test_severity_fills_come_from_the_tokens() -> None:
    parts = made(
        "<table class='matrix'><tbody><tr><td class='sev-high'>High</td><td class='sev-high off'>High</td></tr></tbody></table>"
    )
    assert parts.find("//w:tcPr/w:shd/@w:fill") == ["F6D08B", "FDF4E2"]


def test_a_callout_is_one_cell_with_its_heading() -> None:
    parts = made('<aside class="callout" aria-label="Bottom line"><h2>Bottom line</h2><p class="lead">So.</p></aside><p>x</p>')
    assert parts.find("//w:tbl/w:tblPr/w:tblCaption/@w:val") == ["Bottom line"]
    assert parts.find("count(//w:tc)") == [1.0]
    assert parts.find("//w:tc//w:pBdr/w:top/@w:val") == ["nil"]
    assert parts.find("//w:p[.//w:t='x']/w:pPr/w:spacing/@w:before") == ["180"]


# --- what stays together ---------------------------------------------------------------------------------------------


def kept(parts: Parts) -> list[str]:
    return parts.find("//w:p[w:pPr/w:keepNext]//w:t/text()")


def test_a_section_that_stays_together() -> None:
    body = "<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>"
    parts = made(f'<section class="keep"><p>one</p><table><tbody>{body}</tbody></table></section><p>x</p>')
    assert kept(parts) == ["Title", "one", "a", "b"]


def test_a_table_that_stays_together() -> None:
    parts = made('<p>x</p><table class="keep"><tbody><tr><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr></tbody></table>')
    assert kept(parts) == ["Title", "a", "b"]


def test_a_row_that_stays_with_the_next() -> None:
    rows = '<tr class="keep-next"><th scope="row">a</th><td>b</td></tr><tr><td>c</td><td>d</td></tr>'
    assert kept(made(f"<p>x</p><table><tbody>{rows}</tbody></table>")) == ["Title", "a", "b"]


def test_headings_captions_and_pictures_stay_with_what_follows(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(png())
    main = "<h2>H</h2><dl><dt>T</dt><dd>d</dd></dl><figure><img src='p.png' alt='p'><figcaption>F</figcaption></figure>"
    assert kept(made(main, roots=(tmp_path,))) == ["Title", "H", "T"]
    assert made(main, roots=(tmp_path,)).find("//w:p[w:r/w:drawing]/w:pPr/w:keepNext")


# --- header and footer -----------------------------------------------------------------------------------------------


def test_three_parts_on_one_line() -> None:
    slots = (
        '<div data-slot="footer"><p>a</p><p>b</p><p><span data-field="page"></span>/<span data-field="pages"></span></p></div>'
    )
    parts = made("<p>x</p>", slots=slots)
    assert parts.find("//w:tab[@w:pos]/@w:pos", "word/footer1.xml") == ["4536", "9072"]
    assert [t.strip() for t in parts.find("//w:instrText/text()", "word/footer1.xml")] == ["PAGE", "NUMPAGES"]
    assert parts.find("count(//w:r/w:tab)", "word/footer1.xml") == [2.0]


@pytest.mark.parametrize(
    ("marking", "colour"),
    [("TLP:GREEN", "33FF00"), ("TLP:AMBER+STRICT", "FFC000"), ("TLP:RED", "FF2B2B"), ("Internal", "FFFFFF")],
)
def test_a_marking_is_its_colour_on_black(marking: str, colour: str) -> None:
    slots = f'<div data-slot="header"><p class="left">Desk</p><p class="right"><span class="tlp">{marking}</span></p></div>'
    parts = made("<p>x</p>", slots=slots)
    run = f"//w:r[w:rPr/w:rStyle/@w:val='Marking' and contains(., '{marking}')]/w:rPr"
    assert parts.find(f"{run}/w:color/@w:val", "word/header1.xml") == [colour]
    assert parts.find(f"{run}/w:shd/@w:fill", "word/header1.xml") == ["000000"]
    assert parts.find("//w:style[@w:styleId='Marking']//w:sz/@w:val", "word/styles.xml") == ["24"]


# --- links and bookmarks ---------------------------------------------------------------------------------------------


def test_sections_are_bookmarked_at_their_headings() -> None:
    parts = made('<section id="a b-ü"><h2>One</h2></section><section id="a.b_ü"><h2>Two</h2></section><p id="free">x</p>')
    assert parts.find("//w:p[w:bookmarkStart]//w:t/text()") == ["One", "Two"]
    assert parts.find("//w:bookmarkStart/@w:name") == ["b_a_b__", "b_a_b___2"]


def test_any_element_may_be_linked_to() -> None:
    parts = made('<p>see <a href="#row">row</a></p><table><tbody><tr><td id="row">here</td></tr></tbody></table>')
    assert parts.find("//w:tc//w:bookmarkStart/@w:name") == ["b_row"]


def test_a_long_name_is_cut() -> None:
    ids = ["x" * 60 + end for end in "ab"]
    parts = made("".join(f'<section id="{i}"><h2>H</h2></section>' for i in ids))
    names = parts.find("//w:bookmarkStart/@w:name")
    assert len(set(names)) == 2
    assert max(map(len, names)) <= 40


@pytest.mark.parametrize("href", ["#nowhere", "ftp://example.org", "javascript:alert(1)", "page.html"])
def test_a_link_that_leads_nowhere_is_an_error(href: str) -> None:
    result = write(page(f'<p>see <a href="{href}">that</a></p>'))
    assert [d.code for d in result.diagnostics] == ["DOCX-01"]
    assert Parts(result.content).styled("Normal") == ["see that"]
    assert not Parts(result.content).find("//w:hyperlink")


# --- languages -------------------------------------------------------------------------------------------------------


def test_the_language_of_the_document() -> None:
    parts = made("<p>Worte</p>", lang="de")
    assert parts.find("//w:docDefaults//w:lang/@w:val", "word/styles.xml") == ["de-DE"]
    assert parts.find("//w:themeFontLang/@w:val", "word/settings.xml") == ["de-DE"]


def test_a_run_in_another_language() -> None:
    parts = made('<p>Greek <span lang="el">Ελλάδα</span> and <em lang="en">English</em></p>')
    assert parts.find("//w:r[w:t='Ελλάδα']/w:rPr/w:lang/@w:val") == ["el-GR"]
    assert not parts.find("//w:r[w:t='English']/w:rPr/w:lang")


def test_a_paragraph_from_right_to_left() -> None:
    parts = made('<p lang="he">שלום <strong>עולם</strong> ABC</p><ul lang="ar"><li>مرحبا</li></ul>')
    assert parts.find("count(//w:p[w:pPr/w:bidi])") == [2.0]
    assert parts.find("//w:r[w:rPr/w:rtl]/w:t/text()") == ["שלום ", "עולם", " ", "مرحبا"]
    assert parts.find("//w:r[w:rPr/w:rtl]/w:rPr/w:lang/@w:bidi")[0] == "he-IL"


def test_a_document_from_right_to_left() -> None:
    slots = '<div data-slot="footer"><p>שלום</p></div>'
    parts = made("<p>שלום</p><table><tbody><tr><td>עולם</td></tr></tbody></table>", lang="he", slots=slots)
    assert parts.find("//w:bidi", "word/footer1.xml")
    assert parts.find("//w:r/w:rPr/w:rtl", "word/footer1.xml")
    assert parts.find("/w:document/w:body/w:sectPr/w:bidi")
    assert parts.find("//w:tblPr/w:bidiVisual")
    assert parts.find("//w:docDefaults//w:lang/@w:bidi", "word/styles.xml") == ["he-IL"]


@pytest.mark.parametrize(
    ("text", "rtl", "pieces"),
    [
        ("plain", False, [("plain", False)]),
        ("see שלום עולם, ok", False, [("see ", False), ("שלום עולם", True), (", ok", False)]),
        ("שלום ABC 12 עולם", True, [("שלום ", True), ("ABC 12", False), (" עולם", True)]),
        ("שלום 12", True, [("שלום 12", True)]),
        ("Ελλάδα Киев", False, [("Ελλάδα Киев", False)]),
    ],
)
def test_stretches_of_one_direction(text: str, rtl: bool, pieces: list[tuple[str, bool]]) -> None:
    assert stretches(text, rtl) == pieces


def test_tags_as_word_writes_them() -> None:
    assert [word_tag(tag) for tag in ("en", "el", "en-US", "pt-BR", "tlh")] == ["en-GB", "el-GR", "en-US", "pt-BR", "tlh"]
    assert lang_xml("ja") == '<w:lang w:val="ja-JP" w:eastAsia="ja-JP"/>'


# --- pictures --------------------------------------------------------------------------------------------------------


def shown(source: str, root: Path, attributes: str = "") -> tuple[Parts, list[str]]:
    result = write(page(f'<figure><img src="{source}" alt="A &lt;chart&gt;" {attributes}></figure>', roots=(root,)))
    assert check(result.content) == []
    return Parts(result.content), [d.code for d in result.diagnostics]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [("", (40, 20)), ('width="80"', (80, 40)), ('height="40"', (80, 40)), ('width="10" height="10"', (10, 10))],
)
def test_the_size_of_a_picture(tmp_path: Path, attributes: str, size: tuple[int, int]) -> None:
    (tmp_path / "p.png").write_bytes(png(40, 20))
    parts, said = shown("p.png", tmp_path, attributes)
    extent = [int(n) // 9525 for n in (*parts.find("//wp:extent/@cx"), *parts.find("//wp:extent/@cy"))]
    assert (tuple(extent), said) == (size, [])
    assert parts.find("//wp:docPr/@descr") == ["A <chart>"]


def test_a_wide_picture_fits_the_column(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(png(4000, 10))
    parts, _ = shown("p.png", tmp_path)
    assert [int(n) // 635 for n in parts.find("//wp:extent/@cx")] == [9072]


def test_a_jpeg(tmp_path: Path) -> None:
    Image.new("RGB", (30, 12), "navy").save(tmp_path / "p.jpg", quality=80)
    parts, said = shown("p.jpg", tmp_path)
    assert (parts.find("//wp:extent/@cx"), said) == ([str(30 * 9525)], [])
    assert "word/media/brief1.jpeg" in parts.names


def test_one_picture_twice_is_kept_once(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "b.png").write_bytes(png())
    figures = "".join(f'<figure><img src="{n}.png" alt="x"></figure>' for n in "aba")
    parts = made(figures, roots=(tmp_path,))
    assert [n for n in parts.names if "media" in n] == ["word/media/brief1.png"]
    assert parts.find("//wp:docPr/@id") == ["1", "2", "3"]


def test_for_an_svg_stands_the_png_beside_it(tmp_path: Path) -> None:
    (tmp_path / "p.svg").write_text("<svg/>")
    _, said = shown("p.svg", tmp_path)
    assert said == ["DOCX-02"]
    (tmp_path / "p.png").write_bytes(png())
    assert shown("p.svg", tmp_path)[1] == []


@pytest.mark.parametrize(
    "source", ["missing.png", "../outside.png", "https://example.org/p.png", "data:image/png;base64,AA", "bad.png"]
)
def test_a_picture_that_cannot_be_shown(tmp_path: Path, source: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (tmp_path / "outside.png").write_bytes(png())
    (root / "bad.png").write_bytes(b"GIF89a")
    parts, said = shown(source, root)
    assert said == ["DOCX-02"]
    assert parts.styled("Figure") == ["[A <chart>]"]


def test_a_cut_off_jpeg_or_png(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JF")
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert shown("a.jpg", tmp_path)[1] == shown("a.png", tmp_path)[1] == ["DOCX-02"]


# --- styles and page -------------------------------------------------------------------------------------------------


def style(document: Document, name: str) -> list[str]:
    path = f"//w:style[@w:styleId='{name}']//*[self::w:sz or self::w:spacing[@w:line] or self::w:color or self::w:rFonts]/@*"
    return [str(value) for value in Parts(write(document).content).find(path, "word/styles.xml")]


def test_the_twin_font_and_kerning() -> None:
    parts = made("<p>x</p>")
    fonts = parts.find("//w:style[@w:styleId='Normal']//w:rFonts/@*", "word/styles.xml")
    assert fonts == ["Calibri"] * 4
    assert parts.find("//w:style[@w:styleId='Normal']//w:kern/@w:val", "word/styles.xml") == ["2"]
    assert parts.find("//w:font[@w:name='Calibri']/w:altName/@w:val", "word/fontTable.xml") == ["Carlito"]


def test_lines_are_exact_but_not_around_pictures() -> None:
    parts = made("<p>x</p>")
    rules = {
        s: parts.find(f"//w:style[@w:styleId='{s}']//w:spacing/@w:lineRule", "word/styles.xml")
        for s in ("Normal", "Figure", "Footer")
    }
    assert rules == {"Normal": ["exact"], "Figure": ["auto"], "Footer": ["atLeast"]}


def test_larger_type() -> None:
    assert "21" in style(page("<p>x</p>"), "Normal")
    assert "23" in style(page("<p>x</p>", body=' class="large"'), "Normal")


def test_a_brand_reaches_the_styles() -> None:
    fonts = {**TOKENS["fonts"], "body": "Liberation Serif", "headings": "Liberation Sans"}
    brand = {**TOKENS, "fonts": fonts, "colours": {**TOKENS["colours"], "accent": "#AA0011"}}
    assert "Times New Roman" in style(page("<p>x</p>", tokens=brand), "Normal")
    assert {"Arial", "AA0011"} <= set(style(page("<p>x</p>", tokens=brand), "Heading1"))
    assert "1F4E79" in style(page("<p>x</p>"), "Heading1")


@pytest.mark.parametrize(("size", "width", "height"), [("A4", "11906", "16838"), ("Letter", "12240", "15840")])
def test_paper_and_margins(size: str, width: str, height: str) -> None:
    tokens = {**TOKENS, "page": {"size": size, "margins": [20, 25, 20, 25]}}
    parts = made("<p>x</p>", tokens=tokens)
    assert (parts.find("//w:pgSz/@w:w"), parts.find("//w:pgSz/@w:h")) == ([width], [height])
    assert parts.find("//w:pgMar/@w:left") == parts.find("//w:pgMar/@w:right") == ["1417"]


def test_word_lays_it_out_as_a_new_file() -> None:
    assert made("<p>x</p>").find("//w:compatSetting/@w:val", "word/settings.xml") == ["15"]


def test_a_list_ends_with_a_paragraphs_distance() -> None:
    parts = made("<ul><li>a</li></ul><p>after</p><h2>h</h2>")
    assert parts.find("//w:p[.//w:t='after']/w:pPr/w:spacing/@w:before") == ["120"]
    assert not parts.find("//w:p[.//w:t='h']/w:pPr/w:spacing")
