"""A desk's folder: found upwards, its defaults filled in with the place they came from, its templates over the packaged ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.findings.diagnostics import UsageError
from briefgen.project.project import Project, merge, packaged
from tests import reading
from tests.builders import maximal, minimal
from tests.mini import ROOT, Mini


def test_the_nearest_folder_upwards_with_a_project_file_is_the_project(mini: Mini) -> None:
    mini.write("briefgen.yaml", "defaults: {series: Outer}\n")
    mini.write("inner/briefgen.yaml", "defaults: {series: Inner}\n")
    deep = mini.folder / "inner/a/b"
    deep.mkdir(parents=True)
    assert Project.find(deep).folder == mini.folder / "inner"
    assert Project.find(mini.folder).folder == mini.folder


def test_without_a_project_file_the_folder_itself_is_the_project(mini: Mini) -> None:
    project = mini.project
    assert (project.folder, project.file, project.templates) == (mini.folder, None, None)
    assert project.roots == (packaged().resolve(),) == ((ROOT / "templates").resolve(),)


def test_defaults_fill_what_is_missing_and_nothing_else(mini: Mini) -> None:
    mini.write(
        "briefgen.yaml", {"defaults": {"series": "Harbour Desk", "language": "de", "marking": {"tlp": "CLEAR", "note": "Ours"}}}
    )
    source = mini.project.with_defaults(mini.source(minimal(marking={"note": "Mine"})))
    values = source.values
    assert (values["series"], values["language"], values["marking"]) == (
        "Harbour Desk",
        "en-GB",
        {"note": "Mine", "tlp": "CLEAR"},
    )


def test_a_mistake_in_a_default_is_told_at_its_place_in_the_project_file(mini: Mini) -> None:
    mini.write("briefgen.yaml", "defaults:\n  series: Desk\n  yardstick: mine\n")
    mini.write("one.yaml", minimal())
    done = mini.cli("check", "one.yaml")
    assert (done.code, "briefgen.yaml:3:14: error" in done.err) == (1, True)
    assert "yardstick: mine" in done.err  # the line is shown


def test_defaults_reach_the_page(mini: Mini) -> None:
    mini.write("briefgen.yaml", {"defaults": {"series": "Harbour Desk", "contact": {"name": "The Harbour"}}})
    mini.write("sub/one.yaml", minimal())
    done = mini.cli("render", "sub/one.yaml", "-a", "analyst", "-t", "docx")
    assert done.code == 0, done.err
    content = (mini.folder / "outputs/mini-analyst.docx").read_bytes()
    assert any("Harbour Desk" in text for text in reading.docx_furniture(content))
    assert any("The Harbour" in block for block in reading.of_docx(content).plain)


def test_a_template_folder_named_on_the_command_line_is_taken(mini: Mini) -> None:
    mini.write("house/audiences/board.yaml", {"sections": ["sources_list"]})
    project = Project.find(mini.folder, Path("house"))
    assert list(project.audience_files) == ["executive", "adviser", "analyst", "public", "board"]
    with pytest.raises(UsageError, match="there is no template folder nowhere"):
        Project.find(mini.folder, Path("nowhere"))


def test_an_audience_of_the_project_may_extend_the_packaged_one_of_its_name(mini: Mini) -> None:
    mini.write("templates/audiences/executive.yaml", {"extends": "executive", "prepared_for": "The Minister"})
    executive = mini.project.audience("executive")
    assert executive.prepared_for == "The Minister"
    assert executive.budget is not None and executive.budget.pages == 1
    assert "For The Minister" in reading.of_tree(mini.document(maximal(), "executive").tree).plain[0]


def test_lists_replace_and_the_rest_merges(mini: Mini) -> None:
    mini.write(
        "templates/audiences/board.yaml", {"extends": "executive", "budget": {"pages": 2}, "sections": ["bottom_line"], "cut": []}
    )
    board = mini.project.audience("board")
    assert board.budget is not None
    assert (board.budget.pages, board.budget.hard, board.budget.words) == (2, True, (300, 380))
    assert [section.name for section in board.sections] == ["bottom_line"]
    assert merge({"a": {"b": 1, "c": [1]}}, {"a": {"c": [2]}, "d": 3}) == {"a": {"b": 1, "c": [2]}, "d": 3}


def test_an_unknown_parent_is_told_at_its_line(mini: Mini) -> None:
    mini.write("templates/audiences/board.yaml", "extends: exectuive\nsections: [bottom_line]\n")
    done = mini.cli("audience", "list")
    assert "templates/audiences/board.yaml:1:10" in done.err
    assert "did you mean" in done.err and "executive" in done.err
    assert done.code == 1
