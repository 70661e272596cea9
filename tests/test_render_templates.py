"""Templates: faults with file and line, the sandbox, folders over each other, audiences and sections without Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.findings.diagnostics import Diagnostic, Rejected, UsageError
from briefgen.render.templates import with_places
from tests import reading
from tests.builders import developments, maximal, minimal
from tests.mini import ROOT, Mini


def _fault(mini: Mini, body: str) -> Diagnostic:
    mini.section(body)
    with pytest.raises(Rejected) as caught:
        mini.document(maximal(), "own")
    [fault] = caught.value.diagnostics
    assert fault.span is not None, fault
    assert fault.span.file.endswith("sections/own.html")
    return fault


# ---- faults of a template


@pytest.mark.parametrize(
    ("body", "line", "told"),
    [
        ("<section>\n<p>{{ brief.titel }}</p>\n</section>", 2, "there is no 'titel' here; did you mean 'title'?"),
        ("<section>\n\n<p>{{ section.item.txt }}</p></section>", 3, "there is no 'txt' here; did you mean 'text'?"),
        ("<section><p>{% if brief.surprise %}x{% endif %}</p></section>", 1, "there is no 'surprise' here"),
        ("<section>\n<p>{{ nothing }}</p></section>", 2, "there is no 'nothing' here"),
        ("<section>\n{% for x in section.itmes %}{{ x }}{% endfor %}</section>", 2, "did you mean 'items'?"),
        ("<section>\n<p>{{ brief.title.nothing }}</p></section>", 2, "there is no 'nothing' here"),
        ("<section>\n<p>{{ brief.reviewer.role }}</p></section>", 2, "there is no 'role' here"),
    ],
)
def test_an_unknown_name_is_told_with_its_place(mini: Mini, body: str, line: int, told: str) -> None:
    fault = _fault(mini, body)
    assert fault.code == "TPL-02"
    assert told in fault.message
    assert fault.span is not None and fault.span.line == line


def test_an_empty_field_must_be_asked_for_first(mini: Mini) -> None:
    mini.section("<section>\n<p>{{ brief.series }}</p></section>")
    with pytest.raises(Rejected, match="this field is empty here"):
        mini.document(minimal(bottom_line="x"), "own")


@pytest.mark.parametrize(
    ("body", "line"),
    [("<section>\n{% if %}\n</section>", 2), ("<section>\n{{ brief.title \n</section>", 3),
    ("{% for x in y %}\n<p>x</p>", 2), ("{% bogus %}", 1)],
)  # fmt: skip
def test_a_syntax_error_is_told_with_its_place(mini: Mini, body: str, line: int) -> None:
    fault = _fault(mini, body)
    assert fault.code == "TPL-01"
    assert fault.span is not None and fault.span.line == line


@pytest.mark.parametrize("name", ["style.css", "macros.html", "sections/bottom_line.html"])
def test_a_template_that_is_no_utf_8_is_told_with_its_place(mini: Mini, name: str) -> None:
    packaged = (ROOT / "templates/default" / name).read_bytes()
    path = mini.write(f"templates/default/{name}", packaged + b"\n\xa0\n")
    with pytest.raises(Rejected) as caught:
        mini.document(minimal(bottom_line="x"))
    [fault] = caught.value.diagnostics
    assert (fault.code, fault.message) == ("TPL-01", "it is not UTF-8: save it anew as UTF-8")
    assert fault.span is not None
    assert (mini.folder / fault.span.file).name == path.name
    assert fault.span.line == packaged.count(b"\n") + 2


@pytest.mark.parametrize(
    "body",
    [
        "<p>{{ 1 / 0 }}</p>",
        "<p>{{ 'a' + 1 }}</p>",
        "<p>{{ when(3, 4, 5) }}</p>",
        "<p>{{ [1][5].x }}</p>",
        "<p>{{ day('x') }}</p>",
    ],
)
def test_what_fails_in_an_expression_is_the_template_s_fault(mini: Mini, body: str) -> None:
    fault = _fault(mini, f"<section>\n{body}\n</section>")
    assert fault.code in ("TPL-02", "TPL-03")
    assert fault.span is not None and fault.span.line == 2


def test_an_unknown_filter_is_told_with_its_place(mini: Mini) -> None:
    fault = _fault(mini, "<section>\n<p>{{ brief.title | shout }}</p></section>")
    assert "shout" in fault.message
    assert fault.span is not None and fault.span.line == 2


def test_a_template_that_nobody_wrote_is_told_with_its_neighbour(mini: Mini) -> None:
    mini.section("<section>{% include 'sections/risks_tabel.html' %}</section>")
    with pytest.raises(Rejected) as caught:
        mini.document(maximal(), "own")
    [fault] = caught.value.diagnostics
    assert (fault.code, fault.hints) == ("TPL-05", ("did you mean 'risks_table'?",))


# ---- the sandbox

ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''.__class__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ brief.__class__.__init__.__globals__ }}",
    "{{ brief.head._fields }}",
    "{{ section.__class__.__subclasses__() }}",
    "{{ label.__call__.__globals__ }}",
    "{{ label.catalogue.clear() }}",
    "{{ brief.sections.__class__ }}",
    "{{ ().__class__.__bases__[0].__subclasses__() }}",
    "{{ brief.audience.model_config.update({'a': 1}) }}",
    "{{ '{0.__class__}'.format(brief) }}",
    "{{ brief.title | attr('__class__') }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../../../../../etc/passwd' %}",
    "{% import 'os' as os %}{{ os }}",
]


@pytest.mark.parametrize("body", ESCAPES)
def test_the_sandbox_lets_nothing_out(mini: Mini, body: str) -> None:
    mini.section(f"<section>\n<p>{body}</p>\n</section>")
    with pytest.raises(Rejected) as caught:
        mini.document(maximal(), "own")
    assert caught.value.diagnostics[0].code in ("TPL-02", "TPL-03", "TPL-05", "TPL-06", "TPL-07")


def test_a_template_can_not_change_the_brief(mini: Mini) -> None:
    mini.section("<section>{% set _ = brief.audience.text.append('x') %}<p>x</p></section>")
    with pytest.raises(Rejected):
        mini.document(maximal(), "own")


# ---- places


def test_each_element_says_where_it_is_written() -> None:
    source = "<p>\n{# <b> #}\n{{ '<i>' }}<em>\n{% if a\n%}<td>"
    assert with_places(source, "x.html") == (
        '<p data-at="x.html:1">\n{# <b> #}\n{{ \'<i>\' }}<em data-at="x.html:3">\n{% if a\n%}<td data-at="x.html:5">'
    )
    assert with_places("<tr{{ a }}><h{{ 2 }}><td{% if b %}>", "x.html") == (
        '<tr data-at="x.html:1"{{ a }}><h{{ 2 }}><td data-at="x.html:1"{% if b %}>'
    )


# ---- an organisation's own templates


def test_a_file_of_the_project_wins_over_the_packaged_one(mini: Mini) -> None:
    mini.template("sections/gaps.html", "<section><p>{{ section.items | length }} {{ label('sections.gaps') }}</p></section>")
    text = reading.of_tree(mini.document(maximal(), "analyst").tree).plain
    assert "2 What we don’t know" in text
    assert "Why trust or doubt it" in text  # the packaged sections still stand


def test_a_token_of_the_project_wins_and_the_others_stay(mini: Mini) -> None:
    mini.write("templates/default/tokens.yaml", {"colours": {"accent": "#123456"}})
    document = mini.document(minimal(), "analyst")
    assert document.tokens["colours"]["accent"] == "#123456"
    assert document.tokens["colours"]["ink"] == "#1A1A1A"
    assert "#123456" in document.css


def test_an_audience_without_python(mini: Mini) -> None:
    mini.write(
        "templates/audiences/board.yaml",
        {
            "extends": "executive",
            "label": {"en": "Board brief", "de": "Vorstandsbrief"},
            "prepared_for": "Members of the Board",
            "text": ["board", "short", "full"],
            "likelihood": "band",
            "sections": [
                "bottom_line",
                {"use": "risks_table", "title": "What this means for us", "limit": 1},
                {"use": "own", "of": "risks"},
            ],
            "cut": [],
        },
    )
    mini.template(
        "sections/own.html",
        '<section id="own">{% for risk in section.items %}<p>{{ risk.id }}: {{ risk.title }}</p>{% endfor %}</section>',
    )
    data = maximal(bottom_line={"full": "The full line.", "board": "A line for the board."})
    document = mini.document(data, "board")
    said = reading.of_tree(document.tree).plain
    assert "A line for the board." in said
    assert "What this means for us" in said
    assert said[-2:] == ["R1: Empty shelves", "R2: Lost tourists"]
    assert "Board brief · 2025/07 · For Members of the Board" in said[0]
    board = mini.project.audience("board")
    assert board.size == "grow"  # from the executive
    assert board.budget is not None and (board.budget.pages, board.budget.hard) == (1, True)
    assert document.name == "maxi-board"


def test_audiences_that_extend_each_other_in_a_circle_are_refused(mini: Mini) -> None:
    mini.write("templates/audiences/a.yaml", "extends: b\n")
    mini.write("templates/audiences/b.yaml", "extends: a\n")
    with pytest.raises(Rejected) as caught:
        mini.project.audience("a")
    [fault] = caught.value.diagnostics
    assert (fault.code, "a → b → a" in fault.message) == ("AUD-01", True)
    assert fault.span is not None and fault.span.line == 1


def test_an_audience_that_extends_itself_is_told_at_that_line(mini: Mini) -> None:
    mini.write("templates/audiences/a.yaml", "label: A\nextends: a\n")
    with pytest.raises(Rejected) as caught:
        mini.project.audience("a")
    [fault] = caught.value.diagnostics
    assert (fault.code, fault.span and (Path(fault.span.file).name, fault.span.line)) == ("AUD-01", ("a.yaml", 2))


def test_a_mistake_in_an_audience_s_file_has_its_place(mini: Mini) -> None:
    mini.write("templates/audiences/board.yaml", "sections:\n  - sources\nsizee: large\n")
    with pytest.raises(Rejected) as caught:
        mini.project.audience("board")
    [fault] = caught.value.diagnostics
    assert fault.span is not None
    assert (fault.span.file, fault.span.line) == ("templates/audiences/board.yaml", 3)
    assert any("size" in hint for hint in fault.hints)


@pytest.mark.parametrize(
    ("name", "hint"), [("exectuive", "did you mean 'executive'?"), ("zzz", "there are executive, adviser, analyst, public")]
)
def test_an_unknown_audience_names_its_neighbour(mini: Mini, name: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        mini.project.audience(name)
    assert caught.value.hint == hint


def test_a_section_s_title_and_its_absence(mini: Mini) -> None:
    titles = {"en": "Wants watching", "de": "Im Blick"}
    sections = [
        {"use": "gaps", "title": "Gaps & holes"},
        {"use": "watch_list", "title": titles},
        {"use": "alternatives", "heading": False},
    ]
    mini.write("templates/audiences/own.yaml", {"sections": sections})
    tree = mini.document(maximal(), "own").tree
    assert ["".join(h.itertext()) for h in tree.iter("h2")] == ["Gaps & holes", "Wants watching"]


def test_several_templates_under_one_heading(mini: Mini) -> None:
    mini.write("templates/audiences/own.yaml", {"sections": [{"use": ["gaps", "alternatives"]}]})
    assert [h.tag for h in mini.document(maximal(), "own").tree.iter() if h.tag in ("h2", "h3")] == ["h2"]


def test_which_fields_a_table_shows_is_the_audience_s_choice(mini: Mini) -> None:
    mini.write("templates/audiences/own.yaml", {"sections": [{"use": "risks_table", "show": ["title", "mitigation"]}]})
    tree = mini.document(maximal(), "own").tree
    assert [("".join(th.itertext())) for th in tree.iter("th")] == ["Risk", "What can be done"]
    assert "Charter planes" in "".join(tree.itertext())


# ---- what only some briefs show


@pytest.mark.parametrize(("count", "cells", "shown"), [(4, 3, True), (3, 3, False), (4, 2, False), (6, 4, True)])
def test_the_matrix_stands_from_four_risks_in_three_cells_on(mini: Mini, count: int, cells: int, shown: bool) -> None:
    risks = [
        {"id": f"R{n}", "title": "t", "mechanism": "m", "likelihood": "likely", "impact": n % cells + 1} for n in range(count)
    ]
    tree = mini.document(minimal(risks=risks), "analyst").tree
    tables = [
        table for table in tree.iter("table") if "matrix" in (table.get("class") or "") and table.find("tbody/tr/th") is not None
    ]
    assert bool(tables) is shown


def test_the_matrix_prints_every_level_and_each_risk_in_its_cell(mini: Mini) -> None:
    places = [("R1", "likely", 5), ("R2", "likely", 5), ("R3", "unlikely", 1), ("R4", "almost certain", 2)]
    risks = [{"id": i, "title": i, "mechanism": "m", "likelihood": term, "impact": impact} for i, term, impact in places]
    [table] = [
        t
        for t in mini.document(minimal(risks=risks), "analyst").tree.iter("table")
        if t.find("tbody/tr/th") is not None and t.get("class") == "matrix"
    ]
    rows = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.find("tbody") or ()]
    assert [row[0] for row in rows] == ["5 Severe", "4 Major", "3 Moderate", "2 Limited", "1 Minor"]
    assert rows[0][1:] == ["Moderate", "High", "High", "Critical", "R1, R2 Critical", "Critical", "Critical"]
    assert rows[3][7] == "R4 Moderate" and rows[4][3] == "R3 Low"
    full = [cell for cell in table.iter("td") if "off" not in (cell.get("class") or "")]
    assert len(full) == 3  # full colour only where a risk stands


def test_a_band_is_printed_at_its_first_use_only(mini: Mini) -> None:
    risks = [{"title": "t", "mechanism": "m", "likelihood": "likely", "impact": 3} for _ in range(3)]
    text = " ".join(reading.of_tree(mini.document(minimal(risks=risks), "adviser").tree).plain)
    assert text.count("55–75 %") == 1
    assert text.count("Likely") == 3


@pytest.mark.parametrize(("audience", "told"), [("analyst", "Left out at this level: D2."), ("adviser", ""), ("public", "")])
def test_only_the_analyst_is_told_what_is_not_shown(mini: Mini, audience: str, told: str) -> None:
    rows = developments(3)
    rows[1]["omit"] = ["analyst"]
    text = " ".join(reading.of_tree(mini.document(minimal(key_developments=rows), audience).tree).plain)
    assert ("Left out" in text) == bool(told)
    assert told in text


def test_a_missing_position_is_said(mini: Mini) -> None:
    text = " ".join(reading.of_tree(mini.document(minimal(stakeholders=[{"name": "Crews", "role": "r"}]), "adviser").tree).plain)
    assert "Not reported in our sources" in text


def test_the_reading_time_follows_from_the_words(mini: Mini) -> None:
    words = " ".join(["word"] * 700)
    long = mini.document(minimal(background={"text": words}), "analyst").tree
    short = mini.document(minimal(), "analyst").tree
    assert "4-minute read" in "".join(long.itertext())
    assert "30-second read" in "".join(short.itertext()) or "60-second read" in "".join(short.itertext())
