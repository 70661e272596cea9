"""Own audiences: what `audience show` and `audience new` write is true and loads again; what a file names in vain is told."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from briefgen.cli.audience_new import RESERVED
from briefgen.findings.diagnostics import Rejected
from briefgen.model.brief import View
from briefgen.model.terms import TLP
from briefgen.tailor.known import ADDED, MODELS, fields_of
from briefgen.tailor.parts import PARTS, rows_of
from briefgen.tailor.views import Projection
from tests.builders import AUDIENCES, maximal, minimal, summary
from tests.mini import Mini

BOARD: dict[str, Any] = {
    "extends": "executive",
    "label": {"en": "Board brief", "de": "Vorlage"},
    "budget": {"pages": 2},
    "sections": [
        "bottom_line",
        {"use": "changes", "title": "Since last time"},
        {"use": ["risks_table", "watch_table"], "limit": 4},
    ],
    "cut": [{"drop": "watch_table"}],
}


# ---- show


@pytest.mark.parametrize("name", [*AUDIENCES, "board"])
def test_what_is_shown_is_yaml_that_gives_the_same_audience(mini: Mini, name: str) -> None:
    mini.write("templates/audiences/board.yaml", BOARD)
    mini.write("templates/audiences/again.yaml", mini.cli("audience", "show", name).out)
    before, after = mini.project.audience(name), mini.project.audience("again")
    assert after.model_copy(update={"name": name}) == before


def test_each_value_is_shown_with_the_line_that_it_stands_in(mini: Mini) -> None:
    mini.write("templates/audiences/board.yaml", BOARD)
    done = mini.cli("audience", "show", "board", "--format", "json")
    places = json.loads(done.out)["places"]
    pages, hard, sourcing = places["/budget/pages"], places["/budget/hard"], places["/sourcing"]
    assert pages.startswith("templates/audiences/board.yaml:")
    assert hard.endswith("templates/audiences/executive.yaml:6")
    assert sourcing.endswith("executive.yaml:4")
    assert places["/codes"] == "default"
    for pointer, place in places.items():
        file, _, line = place.rpartition(":")
        if file.startswith("templates/"):
            written = (mini.folder / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
            assert pointer.rpartition("/")[2].isdigit() or pointer.rpartition("/")[2] in written


def test_the_sections_are_shown_with_part_heading_limit_and_file(mini: Mini) -> None:
    mini.write("templates/audiences/board.yaml", BOARD)
    mini.template("sections/changes.html", "<section><p>{{ section.items | length }}</p></section>")
    rows = {row["use"]: row for row in json.loads(mini.cli("audience", "show", "board", "--format", "json").out)["sections"]}
    assert (rows["changes"]["heading"], rows["changes"]["from"]) == ("Since last time", "project")
    assert rows["changes"]["file"] == "templates/default/sections/changes.html"
    assert (rows["risks_table"]["part"], rows["risks_table"]["heading"]) == ("risks", "Risks for Europe")
    assert (rows["watch_table"]["part"], rows["watch_table"]["heading"], rows["watch_table"]["limit"]) == ("watch", None, 4)
    assert rows["bottom_line"]["from"] == "packaged"


@pytest.mark.parametrize("name", AUDIENCES)
def test_the_headings_shown_are_those_printed(mini: Mini, name: str) -> None:
    rows = json.loads(mini.cli("audience", "show", name, "--format", "json").out)["sections"]
    printed = {"".join(h.itertext()) for h in mini.document(maximal(language="en-GB"), name).tree.iter("h2")}
    shown = {row["heading"] for row in rows if row["heading"]}
    assert {heading for heading in printed if not heading.startswith("Outlook")} <= shown


def test_a_long_line_stays_yaml(mini: Mini) -> None:
    title = "A heading that nobody would print, for it does not end " * 3
    mini.write("templates/audiences/board.yaml", {**BOARD, "sections": [{"use": "watch_table", "title": title.strip()}]})
    mini.write("templates/audiences/again.yaml", mini.cli("audience", "show", "board").out)
    assert mini.project.audience("again").sections[0].title == title.strip()


# ---- new


@pytest.mark.parametrize("like", AUDIENCES)
def test_a_new_audience_loads_and_renders_as_it_stands(mini: Mini, like: str) -> None:
    done = mini.cli("audience", "new", "board", "--like", like)
    assert (done.code, done.out) == (0, "templates/audiences/board.yaml\n")
    assert "briefgen render SUMMARY -a board" in done.err
    board, parent = mini.project.audience("board"), mini.project.audience(like)
    assert (board.extends, board.label, board.prepared_for) == (like, "Board brief", "the board")
    same = parent.model_dump(exclude={"name", "extends", "label", "prepared_for"})
    assert board.model_dump(exclude={"name", "extends", "label", "prepared_for"}) == same
    mini.write("one.yaml", minimal(marking={"tlp": "CLEAR"}))
    assert mini.cli("render", "one.yaml", "-a", "board", "-t", "html").code == 0


@pytest.mark.parametrize("like", AUDIENCES)
def test_each_of_its_comments_can_be_taken_away(mini: Mini, like: str) -> None:
    mini.cli("audience", "new", "board", "--like", like)
    path = mini.folder / "templates/audiences/board.yaml"
    opened = re.sub(r"^# (?=[a-z]+:|  - )", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(yaml.safe_load(opened)) >= {"text", "likelihood", "sourcing", "size", "budget", "sections", "cut", "limits"}
    path.write_text(opened, encoding="utf-8")
    board, parent = mini.project.audience("board"), mini.project.audience(like)
    assert board.text == ("board", *parent.text)
    assert (board.sections, board.cut, board.limits, board.budget) == (
        parent.sections,
        parent.cut,
        parent.limits,
        parent.budget,
    )


def test_it_goes_to_the_folder_of_the_project(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    mini.write("briefgen.yaml", "defaults: {series: Desk}\n")
    (mini.folder / "deep/er").mkdir(parents=True)
    monkeypatch.chdir(mini.folder / "deep/er")
    assert mini.cli("audience", "new", "board").code == 0
    assert "templates/audiences/board.yaml" in mini.files()


@pytest.mark.parametrize("name", [*sorted(RESERVED), "Board", "2025", "a b", "../up", "", "é", "-x", "x" * 41, *AUDIENCES])
def test_a_name_that_no_audience_can_have_is_refused(mini: Mini, name: str) -> None:
    before = mini.files()
    done = mini.cli("audience", "new", "--", name)
    assert (done.code, mini.files()) == (2, before), done.err
    assert "\n  " in done.err  # a cure


def test_a_file_that_is_there_is_overwritten_by_force_only(mini: Mini) -> None:
    path = mini.write("templates/audiences/board.yaml", "sections: [bottom_line]\n")
    refused = mini.cli("audience", "new", "board")
    assert (refused.code, path.read_text(encoding="utf-8")) == (2, "sections: [bottom_line]\n")
    assert "--force" in refused.err
    assert mini.cli("audience", "new", "board", "--force").code == 0
    assert "extends: executive" in path.read_text(encoding="utf-8")
    assert mini.cli("audience", "new", "board", "--like", "board", "--force").code == 2
    assert "did you mean 'analyst'" in mini.cli("audience", "new", "other", "--like", "analist").err


# ---- what a section names in vain


@pytest.mark.parametrize(
    ("section", "code", "place", "told"),
    [
        ("risks_tabel", "AUD-03", "2:5", "did you mean 'risks_table'?"),
        ("{use: risks_tabel, of: risks}", "AUD-03", "2:11", "did you mean 'risks_table'?"),
        ("{use: [risks_table, zzzz]}", "AUD-03", "2:25", "there are "),
        ("{use: sources_list, of: sorces}", "AUD-04", "2:29", "did you mean 'sources'?"),
        ("{use: risks_table, show: [title, mechanisms]}", "AUD-05", "2:38", "did you mean 'mechanism'?"),
        ("bottom_line\ncut:\n  - {drop: ask}", "AUD-06", "4:12", "there are bottom_line"),
        ("bottom_line\ncut:\n  - {short: botom_line}", "AUD-06", "4:13", "did you mean 'bottom_line'?"),
        ("{use: cuts, show: [title]}", "AUD-05", "2:24", "leave `show` out"),
    ],
)
def test_an_unknown_name_is_told_at_its_place(mini: Mini, section: str, code: str, place: str, told: str) -> None:
    mini.write("templates/audiences/own.yaml", f"sections:\n  - {section}\n")
    with pytest.raises(Rejected) as caught:
        mini.project.audience("own")
    [fault] = caught.value.diagnostics
    assert (fault.code, str(fault.span)) == (code, f"templates/audiences/own.yaml:{place}")
    assert told in " ".join(fault.hints)


def test_all_of_them_are_told_at_once_and_before_anything_is_rendered(mini: Mini) -> None:
    mini.write("templates/audiences/own.yaml", "sections: [nothing, {use: legend, of: x}, {use: ask, show: [y]}]\n")
    mini.write("one.yaml", minimal())
    done = mini.cli("render", "one.yaml", "-a", "own")
    assert (done.code, "outputs" in {name.split("/")[0] for name in mini.files()}) == (1, False)
    assert re.findall(r"AUD-\d\d", done.err) == ["AUD-03", "AUD-04", "AUD-05"]


def test_a_misspelt_template_is_told_once_although_the_ladder_names_it(mini: Mini) -> None:
    mini.write("templates/audiences/own.yaml", "sections: [risks_tabel]\ncut: [{drop: risks_table}, {drop: ask}]\n")
    with pytest.raises(Rejected) as caught:
        mini.project.audience("own")
    assert [(fault.code, fault.path) for fault in caught.value.diagnostics] == [
        ("AUD-03", "/sections/0/use/0"),
        ("AUD-06", "/cut/1/drop"),
    ]


def test_a_template_of_no_part_is_a_section_that_always_stands(mini: Mini) -> None:
    mini.template("sections/imprint.html", '<section id="{{ section.id }}">\n<p>{{ brief.title }}</p>\n</section>\n')
    mini.write("templates/audiences/own.yaml", {"sections": [{"use": "imprint", "title": "Imprint", "show": ["what_it_likes"]}]})
    assert [section.part for section in mini.brief(minimal(), "own").sections] == ["imprint"]
    assert mini.cli("audience", "show", "own").code == 0


@pytest.mark.parametrize("part", PARTS)
def test_the_fields_that_can_be_shown_are_those_of_the_views(part: str) -> None:
    made = Projection(summary(maximal()), TLP.RED)
    rows = rows_of(part, made, ("full",))
    assert rows, "the largest summary has every part"
    names = {name for view, _ in rows if isinstance(view, View) for name in view}
    assert names == set(fields_of(part))


def test_no_part_is_named_that_is_not_there() -> None:
    assert {*MODELS, *ADDED} <= set(PARTS)
