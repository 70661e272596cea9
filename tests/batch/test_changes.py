"""What counts as a change, and how each kind is named."""

from __future__ import annotations

import json
import os
from importlib.metadata import version as real
from pathlib import Path

import pytest

from bench.generate import project
from briefgen.batch.fingerprint import engines
from tests.batch.desks import edit, settings, told, whys
from tests.mini import Mini


@pytest.fixture
def desk(mini: Mini) -> Mini:
    """Return a project of two tiny summaries, for two audiences, as HTML."""
    project(mini.folder, 2, tiny=True, audiences=["executive", "public"], formats=["html"])
    return mini


def test_a_changed_summary_is_made_again_and_no_other(desk: Mini) -> None:
    told(desk)
    edit(desk.folder / "inputs/s00001.json", "round 1", "round one")
    assert whys(desk) == {f"inputs/s00001.json {name}": ["summary changed"] for name in ("executive", "public")}
    assert told(desk)["built"] == 2


def test_a_touched_file_with_the_same_bytes_is_not_changed(desk: Mini) -> None:
    told(desk)
    for path in desk.folder.rglob("*.json"):
        path.touch()
    assert whys(desk) == {}


def test_each_part_is_named_when_it_changes(desk: Mini) -> None:
    told(desk)
    desk.write("templates/audiences/public.yaml", {"extends": "public", "label": "For all"})
    assert whys(desk) == {f"inputs/s0000{n}.json public": ["audience public changed"] for n in (0, 1)}
    desk.template("screen.css", "body { color: black }")
    desk.write("templates/labels/en.yaml", {"sections": {"risks": "Dangers"}})
    assert whys(desk)["inputs/s00000.json executive"] == ["labels en-GB changed", "template set default changed"]
    (desk.folder / "templates/labels/en.yaml").unlink()
    (desk.folder / "templates/default/screen.css").unlink()
    edit(desk.folder / "briefgen.yaml", '{"jobs"', '{"defaults": {"series": "Desk"}, "jobs"')
    assert whys(desk)["inputs/s00001.json executive"] == ["project defaults changed"]


def test_the_house_style_and_its_logo_count(desk: Mini) -> None:
    desk.write("templates/brand.yaml", {"organisation": {"name": "Institute"}})
    told(desk)
    desk.write("templates/brand.yaml", {"organisation": {"name": "Institution"}})
    assert {tuple(why) for why in whys(desk).values()} == {("house style changed",)}


def test_a_new_house_style_is_no_change_of_the_defaults(desk: Mini) -> None:
    told(desk)
    desk.write("templates/brand.yaml", {"organisation": {"name": "Institute"}})
    assert {tuple(why) for why in whys(desk).values()} == {("house style changed",)}


def test_rule_settings_are_named_apart_from_the_defaults(desk: Mini) -> None:
    told(desk)
    edit(desk.folder / "briefgen.yaml", '{"jobs"', '{"checks": {"newest_source_days": 90}, "jobs"')
    assert {tuple(why) for why in whys(desk).values()} == {("rule settings changed",)}


def test_fonts_and_engines_count(desk: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    font = desk.write("fonts/one.ttf", b"one")
    monkeypatch.setattr("briefgen.writers.pdf.fontfiles.find", lambda *_, **__: {"Own": {"regular": font}})
    told(desk)
    assert whys(desk) == {}
    desk.write("fonts/one.ttf", b"another")
    assert {tuple(why) for why in whys(desk).values()} == {("fonts changed",)}
    told(desk)
    monkeypatch.setattr("briefgen.batch.fingerprint.version", lambda name: "99" if name == "weasyprint" else real(name))
    engines.cache_clear()
    try:
        assert {tuple(why) for why in whys(desk).values()} == {("weasyprint changed",)}
    finally:
        engines.cache_clear()


def test_labels_of_another_language_do_not_count(desk: Mini) -> None:
    told(desk)
    desk.write("templates/labels/de.yaml", {"sections": {"risks": "Gefahren"}})
    assert whys(desk) == {}


def test_articles_and_the_previous_edition_count(desk: Mini) -> None:
    path = desk.folder / "inputs/s00000.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["sources"][0]["file"] = "articles/paper.md"
    data["previous"] = "old.yaml"
    path.write_text(json.dumps(data), encoding="utf-8")
    desk.write("inputs/articles/paper.md", "One.")
    told(desk)
    desk.write("inputs/articles/paper.md", "Two.")
    desk.write("inputs/old.yaml", "title: Old\n")
    assert whys(desk)["inputs/s00000.json public"] == ["file articles/paper.md changed", "file old.yaml changed"]


def test_a_picture_beside_a_summary_counts(desk: Mini) -> None:
    picture = (Path(__file__).parents[2] / "docs/images/executive.png").read_bytes()
    desk.write("inputs/map.png", picture)
    desk.template(
        "sections/own.html", '<section id="own"><h2>{{ section.id }}</h2><figure><img src="map.png" alt="Map"></figure></section>'
    )
    desk.write("templates/audiences/own.yaml", {"sections": [{"use": "own", "of": "bottom_line"}]})
    settings(desk, all={"inputs": ["inputs/s00000.json"], "audiences": ["own"], "formats": ["html"]})
    assert told(desk)["built"] == 1
    assert whys(desk) == {}
    desk.write("inputs/map.png", picture + b" ")
    assert whys(desk) == {"inputs/s00000.json own": ["picture inputs/map.png changed"]}


def test_a_removed_or_damaged_file_is_made_again(desk: Mini) -> None:
    told(desk)
    good = {path.name: path.read_bytes() for path in (desk.folder / "outputs").glob("*.html")}
    (desk.folder / "outputs/s00000-public.html").unlink()
    damaged = desk.folder / "outputs/s00001-public.html"
    damaged.write_bytes(damaged.read_bytes().replace(b"a", b"b", 1))
    assert whys(desk) == {
        "inputs/s00000.json public": ["s00000-public.html was removed"],
        "inputs/s00001.json public": ["s00001-public.html was changed"],
    }
    assert told(desk)["built"] == 2
    assert {path.name: path.read_bytes() for path in (desk.folder / "outputs").glob("*.html")} == good


def test_one_template_of_two_sets_rebuilds_its_half(desk: Mini) -> None:
    """Two desks, each with a set of its own, in one tree: the set that is touched decides."""
    for name in ("a", "b"):
        project(desk.folder / name, 2, tiny=True, audiences=["public"], formats=["html"])
        desk.write(f"{name}/templates/{name}/template.yaml", {"name": name, "extends": "default"})
        desk.write(f"{name}/templates/{name}/screen.css", "p { margin: 0 }")
        edit(desk.folder / name / "briefgen.yaml", '{"jobs"', f'{{"templates": "{name}", "jobs"')
    made = []
    for touch in (False, True):
        if touch:
            desk.write("a/templates/a/screen.css", "p { margin: 1px }")
        for name in ("a", "b"):
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(desk.folder / name)
                made.append(told(desk)["built"])
    assert made == [2, 2, 2, 0]


@pytest.mark.parametrize("name", ["/dev/zero", "../outside.yaml", "link.yaml"])
def test_a_last_edition_out_of_the_folder_is_neither_opened_nor_hashed(desk: Mini, name: str) -> None:
    desk.write("outside.yaml", "title: T\n")
    (desk.folder / "inputs/link.yaml").symlink_to("/dev/zero")
    edit(desk.folder / "inputs/s00001.json", '"as_of"', f'"previous": "{name}", "as_of"')
    run = told(desk)["runs"][0]
    assert ("SRC-01" in json.dumps(run)) == (name != "link.yaml"), "a link is known from the disk only, and left alone"
    before = whys(desk)
    desk.write("outside.yaml", "title: U\n")
    assert whys(desk) == before


def test_a_pipe_in_the_place_of_a_last_edition_is_not_read(desk: Mini) -> None:
    os.mkfifo(desk.folder / "inputs/a.md")
    edit(desk.folder / "inputs/s00001.json", '"as_of"', '"previous": "a.md", "as_of"')
    assert told(desk)["built"] == 4
