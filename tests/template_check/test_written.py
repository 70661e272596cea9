"""A deliberate error in each kind of file is found at its line; the packaged files have none."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from briefgen import template_check
from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.template_check.css_lint import marked
from briefgen.writers.pdf import available
from tests.mini import Mini

needs_engine = pytest.mark.skipif(available() is not None, reason="not checked: no PDF engine")


def found(mini: Mini, code: str) -> list[Diagnostic]:
    return [row for row in template_check.written(mini.project).findings if row.code == code]


def places(mini: Mini, code: str) -> list[tuple[str, int, int]]:
    return [(Path(row.span.file).name, row.span.line, row.span.column) for row in found(mini, code) if row.span]


def test_the_packaged_files_are_clean(mini: Mini) -> None:
    rows = template_check.written(mini.project)
    assert [row for row in rows.findings if row.severity is not Severity.INFO] == []
    assert [row.code for row in rows.findings] == ["LBL-02"]
    assert "Greek" in rows.findings[0].message
    assert rows.read > 35


@pytest.mark.parametrize(
    ("line", "code", "column", "hint"),
    [
        ("{{ m.headng(section) }}", "TPL-30", 6, "did you mean 'heading'?"),
        ("{{ section.item.txt }}", "TPL-30", 17, "did you mean 'text'?"),
        ("{{ brief.titel }}", "TPL-30", 10, "did you mean 'title'?"),
        ("{{ sektion.id }}", "TPL-30", 4, "did you mean 'section'?"),
        ("{{ section.id | capitl }}", "TPL-30", 17, "did you mean 'capital'?"),
        ("{% if section.id is evn %}{% endif %}", "TPL-30", 21, "did you mean 'even'?"),
        ('{{ section.items | map(attribute="txt") | list }}', "TPL-30", 35, "did you mean 'text'?"),
        ('{{ label("tags.inferenc") }}', "TPL-32", 11, "did you mean 'tags.inference'?"),
        ('{{ label("tag." ~ section.id) }}', "TPL-32", 11, "did you mean 'tags.'?"),
        ('{% include "macro.html" %}', "TPL-31", 13, "did you mean 'macros.html'?"),
        ("<blink>x</blink>", "TPL-10", 1, "the elements that every format can show are listed in docs/templates.md"),
        ("<p><ul></ul></p>", "TPL-11", 4, "in <p> can stand"),
        ('<p style="x">y</p>', "TPL-13", 1, "style belongs in style.css"),
        ('<img src="x.png">', "TPL-14", 1, 'add alt="…"'),
        ('<p class="leed">y</p>', "TPL-15", 1, "did you mean 'lead'?"),
        ("<h1>a</h1><h3>b</h3>", "TPL-23", 11, "use h2"),
        ("<table><tbody></tbody></table>", "TPL-20", 1, "begin it with <thead>"),
    ],
)
def test_a_template(mini: Mini, line: str, code: str, column: int, hint: str) -> None:
    mini.template("sections/bottom_line.html", f"<section id='a'>\n{{% if false %}}\n{line}\n{{% endif %}}\n</section>\n")
    [row] = found(mini, code)
    assert row.span is not None
    assert (row.span.file, row.span.line, row.span.column) == ("templates/default/sections/bottom_line.html", 3, column)
    assert hint in row.hints[0]
    assert row.severity is Severity.ERROR


@pytest.mark.parametrize(
    "line",
    [
        "{% if nothing is defined %}{{ nothing.there }}{% endif %}",
        '{{ nothing | default("x") }}',
        '{% set d = {"mine": 1} %}{{ d.mine }}',
        "{% for a in section.items %}{{ loop.index }}{{ a.text }}{% else %}-{% endfor %}",
        "{% for piece in grouped(section.items) %}{{ piece.locators }}{% endfor %}",
        "{% macro own(thing) %}{{ thing.headline }}{% endmacro %}{{ own(section.item) }}",
        "{% set a = section.item %}{{ a.text | sentence }}",
        '{% include "own.html" ignore missing %}',
        "<table><caption>x</caption>{{ m.head(['risk']) }}<tbody><tr><td>x</td></tr></tbody></table>",
        '{% if section.id %}<p class="lead">{% else %}<p>{% endif %}x</p>',
        "<td{{ m.fill(section.item) }}>",
        "{# {{ nothing }} <blink> #}",
    ],
)
def test_a_template_that_is_right(mini: Mini, line: str) -> None:
    mini.template("sections/bottom_line.html", f"{line}\n")
    assert [row for row in template_check.written(mini.project).findings if row.is_error and row.code != "TPL-11"] == []


def test_every_template_is_read_not_only_the_ones_in_use(mini: Mini) -> None:
    mini.template("sections/unused.html", "\n{{ section.use }}\n{% if %}\n")
    mini.write("templates/other/template.yaml", {"name": "other", "extends": "default"})
    mini.write("templates/other/sections/unused.html", "{{ oops }}\n")
    mini.write("briefgen.yaml", {"templates": "other"})
    assert places(mini, "TPL-01") == [("unused.html", 3, 0)]  # the one that the other covers
    assert places(mini, "TPL-30") == [("unused.html", 1, 4)]


def test_a_macro_file(mini: Mini) -> None:
    text = (mini.project.roots[-1] / "default/macros.html").read_text(encoding="utf-8")
    number = next(n for n, line in enumerate(text.splitlines(), 1) if "{% if not item.band %}" in line)
    mini.template("macros.html", text.replace("{% if not item.band %}", "{% if not item.bnd %}"))
    assert places(mini, "TPL-30") == [("macros.html", number, 16)]


def test_a_macro_that_is_taken_out_is_missed_where_it_is_used(mini: Mini) -> None:
    text = (mini.project.roots[-1] / "default/macros.html").read_text(encoding="utf-8")
    mini.template("macros.html", text.replace("{% macro contrary(section) %}", "{% macro contrari(section) %}"))
    names = {row.span.file.rpartition("/")[2] for row in found(mini, "TPL-30") if row.span}
    assert {"developments_list.html", "judgements.html", "watch_table.html"} <= names


STYLE = """/* a comment: hover and position: fixed are words here */
{% macro type(style) %}
font-size: {{ style.size }}pt;
fnt-weight: bold;
{% endmacro %}
body { {{ type(styles.body) }} color: {{ colours.ink }} }
p { colr: red }
{% for n in range(3) %}
.w{{ n }} { wdth: {{ n }}% }
{% endfor %}
a:hover { color: red }
.a { position: fixed }
.b { font-kerning: none; font-variant-numeric: normal }
.c { width: 50vw }
.d { transition: all 1s }
@media screen { p { margin: 0 } }
.e::before { content: "Words"; }
.f::before { content: " · "; }
p::selection { color: red }
"""


@needs_engine
def test_a_style_sheet(mini: Mini) -> None:
    mini.template("style.css", STYLE)
    assert [line for _, line, _ in places(mini, "TPL-33")] == [4, 7, 9, 19]
    assert sorted(line for _, line, _ in places(mini, "TPL-34")) == [11, 12, 13, 14, 15, 16, 17]
    assert {row.severity for row in found(mini, "TPL-34")} == {Severity.WARNING}


def test_a_style_sheet_that_names_no_token(mini: Mini) -> None:
    mini.template("style.css", "p { margin: 0 }\nh1 { color: {{ colours.acent }} }\n")
    [row] = found(mini, "TPL-30")
    assert row.span is not None
    assert (row.span.line, row.hints) == (2, ("did you mean 'accent'?",))


def test_marks_stand_where_a_comment_may() -> None:
    assert marked('a { b: "x\ny" }\n/* c\nd */\n{% if\n x %}e{% endif %}') == (
        '/*@1*/a { b: "x\n/*@2*/y" }\n/*@3*//* c\nd */\n/*@5*/{% if\n x %}e{% endif %}'
    )


def test_tokens(mini: Mini) -> None:
    styles = "styles:\n  body: {sise: 3, size: big, colour: inkk}\n"
    text = f"page: {{margins: [1, 2]}}\ncolours: {{title: #123456\n  }}\n{styles}strange: 1\n"
    mini.template("tokens.yaml", text)
    assert [(line, column) for _, line, column in places(mini, "TPL-35")] == [(1, 17), (2, 11), (5, 10), (5, 25), (6, 1), (5, 38)]


def test_tokens_that_are_right(mini: Mini) -> None:
    mini.template(
        "tokens.yaml", 'colours: {accent: "#7A1F3D", mine: "#000000"}\nstyles: {own: {word: Own, size: 9, colour: mine}}\n'
    )
    assert found(mini, "TPL-35") == []


def test_a_brand_beside_tokens_that_are_wrong(mini: Mini) -> None:
    mini.template("tokens.yaml", "page: {size: 4}\n")
    mini.write("templates/brand.yaml", 'organisation: {name: Institute}\ncolours: {ink: "#zzzzzz"}\nfont: {}\n')
    assert {(row.code, row.span and row.span.line) for row in template_check.written(mini.project).findings if row.is_error} == {
        ("TPL-35", 1), ("MOD-05", 2), ("MOD-01", 3),
    }  # fmt: skip


def test_sets(mini: Mini) -> None:
    mini.write("templates/house/template.yaml", "name: haus\nextends: default\n")
    mini.write("templates/third/template.yaml", "name: third\nversion: x\n")
    assert {
        (r.code, r.span.file, r.span.line) for r in template_check.written(mini.project).findings if r.is_error and r.span
    } == {
        ("SET-04", "templates/house/template.yaml", 1),
        ("MOD-03", "templates/third/template.yaml", 2),
    }


def test_labels(mini: Mini) -> None:
    head = 'head:\n  as_off: Information\n  as_of: "As of {dat}"\n  draft: 3\n'
    text = head + 'sections: {own: Own}\nscope:\n  basis: {one: "{n}", othr: "{n}", other: "{n}"}\n'
    mini.write("templates/labels/en.yaml", text)
    mini.template("sections/own.html", "<p>{{ label('sections.own') }}</p>\n")
    assert places(mini, "TPL-36") == [("en.yaml", 2, 3)]
    assert [line for _, line, _ in places(mini, "TPL-37")] == [3, 4, 7]


def test_audiences_all_of_them(mini: Mini) -> None:
    mini.write("templates/audiences/one.yaml", "extends: executive\nsections:\n  - bottom_lin\n")
    mini.write("templates/audiences/two.yaml", "extends: adviser\nlable: Two\n")
    rows = {
        (row.code, row.span and (Path(row.span.file).name, row.span.line))
        for row in template_check.written(mini.project).findings
    }
    assert {("AUD-03", ("one.yaml", 3)), ("MOD-01", ("two.yaml", 2))} <= rows


def test_styles_of_a_word_file(mini: Mini) -> None:
    document = docx.Document()
    document.styles.add_style("Lead", WD_STYLE_TYPE.CHARACTER)
    document.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
    mini.template("readme.css", "")
    document.save(str(mini.folder / "templates/house.docx"))
    mini.write("templates/brand.yaml", "organisation: {name: Institute}\nreference: house.docx\n")
    [wrong], [missing] = found(mini, "TPL-38"), found(mini, "TPL-39")
    assert wrong.message == "house.docx has the style 'Lead' for a character, and briefs need it for a paragraph"
    assert wrong.hints[0] == "used instead: Calibri, 11.5 pt"
    assert wrong.span is not None
    assert (wrong.span.file, wrong.span.line) == ("templates/brand.yaml", 2)
    assert "Kicker (Calibri, 9 pt, bold, #1F4E79)" in missing.message
    assert "Note (" not in missing.message
    assert "Lead" not in missing.message


def test_a_word_file_that_is_none(mini: Mini) -> None:
    mini.write("templates/house.docx", b"no zip")
    mini.write("templates/brand.yaml", "organisation: {name: Institute}\nreference: house.docx\n")
    assert any(row.code == "DOCX-04" for row in template_check.written(mini.project).findings)


def test_unreadable_macros_are_one_finding_and_no_flood(mini: Mini) -> None:
    text = (mini.project.roots[-1] / "default/macros.html").read_text(encoding="utf-8")
    mini.template("macros.html", text.replace("{%- endmacro", "{%- endmarco", 1).replace("{% endmacro", "{% endmarco", 1))
    assert places(mini, "TPL-30") == []
