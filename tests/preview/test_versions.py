"""What the preview shows: the newest state, the last good one over an error, translations, what was left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefgen.findings.diagnostics import BriefgenError, UsageError
from briefgen.preview import panel
from briefgen.preview import versions as desks
from briefgen.preview.family import Family
from briefgen.preview.page import png
from briefgen.preview.versions import Unknown, Versions
from tests import builders
from tests.mini import ROOT, Mini

pytestmark = pytest.mark.slow

EXAMPLE = (ROOT / "inputs/us-russia-reset.yaml").read_text(encoding="utf-8")


@pytest.fixture
def desk(mini: Mini) -> Versions:
    return Versions(mini.write("mini.json", builders.minimal()))


def test_a_version_is_what_render_writes(mini: Mini, desk: Versions) -> None:
    done = mini.cli("render", "mini.json", "-a", "executive", "-t", "pdf,docx,html", "-o", "out")
    assert done.code == 0, done.err
    for fmt in ("pdf", "docx", "html"):
        name, content = desk.file("", "executive", fmt)
        assert (mini.folder / "out" / name).read_bytes() == content


def test_the_state_says_pages_words_budget_and_audiences(desk: Versions) -> None:
    state = desk.state()
    assert (state["ok"], state["audience"], state["summary"]) == (True, "executive", "mini.json")
    assert state["audiences"] == list(builders.AUDIENCES)
    assert state["shown"]["title"] == "Ferries stop"
    assert state["shown"]["budget"] == {"pages": 1, "hard": True, "words": (300, 380)}
    [page] = state["shown"]["pages"]
    picture = desk.picture(page["key"])
    assert picture is not None
    assert picture.png.startswith(b"\x89PNG")
    json.dumps(state)


def test_what_the_budget_and_the_audience_leave_out_is_told(mini: Mini) -> None:
    state = Versions(mini.write("example.yaml", EXAMPLE)).state(audience="adviser")
    rows = {row["section"]: row for row in state["shown"]["left_out"]}
    developments = rows["developments list"]
    assert [(item["id"], item["budget"]) for item in developments["items"]] == [
        ("D5", True), ("D6", False), ("D7", False), ("D8", False),
    ]  # fmt: skip
    assert developments["total"] == 8
    assert developments["items"][0]["words"] == "Better ties before concessions"


def test_an_edit_changes_the_pages_that_it_concerns_and_no_others(mini: Mini) -> None:
    path = mini.write("example.yaml", EXAMPLE)
    desk = Versions(path, "adviser")
    before = [page["key"] for page in desk.state()["shown"]["pages"]]
    path.write_text(
        EXAMPLE.replace("Handelsblatt", "Handelsblatt").replace("Talks between Washington", "Talk between Washington")
    )
    desk.touch(project=False)
    after = [page["key"] for page in desk.state()["shown"]["pages"]]
    assert after[0] != before[0]
    assert after[1:] == before[1:]


def test_an_unchanged_summary_is_not_made_again(desk: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.state()
    monkeypatch.setattr(desks, "make", None)
    desk.touch(project=False)
    assert desk.state()["ok"]


def test_other_audiences_are_made_when_they_are_shown(desk: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    original = desks.make
    monkeypatch.setattr(desks, "make", lambda path, audience, *more: made.append(audience) or original(path, audience, *more))
    desk.state()
    desk.state(audience="public")
    desk.touch(project=True)
    desk.state(audience="public")
    assert made == ["executive", "public", "public"]


def test_an_error_keeps_the_last_good_version_and_goes_away(mini: Mini, desk: Versions) -> None:
    good = desk.state()["shown"]
    mini.write("mini.json", {**builders.minimal(), "titel": "x"})
    desk.touch(project=False)
    state = desk.state()
    assert not state["ok"]
    assert state["shown"] == good
    [finding] = [row for row in state["findings"] if row["severity"] == "error"]
    assert finding["place"].startswith("mini.json:")
    assert "titel" in finding["excerpt"]
    assert "^" in finding["excerpt"]
    mini.write("mini.json", {**builders.minimal(), "title": "Ferries sail"})
    desk.touch(project=False)
    assert desk.state()["shown"]["title"] == "Ferries sail"


@pytest.mark.parametrize(
    ("name", "bad", "good", "place"),
    [
        ("templates/default/sections/bottom_line.html", "{{ nothing }}", None, "sections/bottom_line.html:1"),
        ("templates/default/brief.html", "{% if %}", None, "brief.html:1"),
        ("templates/default/style.css", "{{ nothing }}", None, "style.css"),
        ("templates/default/tokens.yaml", "page: [", None, "tokens.yaml:1"),
        ("templates/audiences/executive.yaml", "sections: [{use: nothing}]", None, "executive.yaml:1"),
        ("templates/brand.yaml", "colours: {accent: blue}", None, "brand.yaml:1"),
        ("templates/labels/en.yaml", "a: [", "section: {bottom_line: The line}", "en.yaml:1"),
        ("briefgen.yaml", "nothing: 1", "defaults: {series: Harbour}", "briefgen.yaml:1"),
    ],
)
def test_each_kind_of_file_may_break_and_be_mended(mini: Mini, name: str, bad: str, good: str | None, place: str) -> None:
    mini.write("briefgen.yaml", "defaults: {series: Harbour}\n")
    (mini.folder / "templates/default").mkdir(parents=True)
    desk = Versions(mini.write("mini.json", {**builders.minimal(), "bottom_line": "Ferries stop."}))
    assert desk.state()["ok"]
    mini.write(name, bad)
    desk.touch(project=True)
    state = desk.state()
    assert not state["ok"], state
    assert place in state["findings"][0]["place"], state["findings"]
    assert state["shown"] is not None
    if good is None:
        (mini.folder / name).unlink()
    else:
        mini.write(name, good)
    desk.touch(project=True)
    assert desk.state()["ok"], desk.state()["findings"]


def test_the_audiences_follow_their_files(mini: Mini, desk: Versions) -> None:
    mini.write("templates/audiences/board.yaml", "extends: executive\n")
    desk.touch(project=True)
    assert desk.state(audience="board")["audiences"][-1] == "board"
    assert desk.state(audience="board")["ok"]
    (mini.folder / "templates/audiences/board.yaml").unlink()
    desk.touch(project=True)
    state = desk.state(audience="board")
    assert "board" not in state["audiences"]
    assert state["findings"][0]["message"] == "there is no audience 'board'"


def test_a_summary_that_is_gone_is_told_and_may_come_back(mini: Mini, desk: Versions) -> None:
    assert desk.state()["ok"]
    (mini.folder / "mini.json").unlink()
    desk.touch(project=False)
    assert "there is no file mini.json" in desk.state()["findings"][0]["message"]
    mini.write("mini.json", builders.minimal())
    desk.touch(project=False)
    assert desk.state()["ok"]


def test_an_audience_that_nobody_has_is_refused_at_the_start(mini: Mini) -> None:
    with pytest.raises(UsageError, match="there is no audience 'executiv'"):
        Versions(mini.write("mini.json", builders.minimal()), "executiv")


def test_a_bug_is_shown_and_does_not_end_the_preview(desk: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(desks, "make", None)
        assert "a bug of ours: TypeError" in desk.state()["findings"][0]["message"]
    desk.touch(project=True)
    assert desk.state()["ok"]


def test_only_the_newest_versions_are_remembered(desk: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks, "KEPT", 1)
    [old] = desk.state()["shown"]["pages"]
    [new] = desk.state(audience="public")["shown"]["pages"]
    assert desk.picture(old["key"]) is None
    assert desk.picture(new["key"]) is not None


# ---- translations


@pytest.fixture
def ferries(mini: Mini) -> Mini:
    for language in ("en", "de", "uk"):
        mini.write(f"ferry-{language}.yaml", (ROOT / f"tests/fixtures/ferry-{language}.yaml").read_bytes())
    mini.write("mini.json", builders.minimal())
    mini.write("broken.yaml", "translation_of: ferry-en\n  x: [")
    return mini


@pytest.mark.parametrize("name", ["ferry-en.yaml", "ferry-uk.yaml"])
def test_a_family_is_the_original_and_its_translations(ferries: Mini, name: str) -> None:
    members = Family(Path(name)).members()
    assert {name: member.language for name, member in members.items()} == {
        "ferry-en.yaml": "en-GB", "ferry-de.yaml": "de", "ferry-uk.yaml": "uk",
    }  # fmt: skip
    assert next(iter(members)) == "ferry-en.yaml"


def test_a_family_stays_together_while_a_member_is_broken(ferries: Mini) -> None:
    family = Family(Path("ferry-de.yaml"))
    assert len(family.members()) == 3
    ferries.write("ferry-de.yaml", "title: [")
    assert len(family.members()) == 3


def test_a_summary_of_its_own_has_no_family(ferries: Mini) -> None:
    assert list(Family(Path("mini.json")).members()) == ["mini.json"]


def test_a_translation_is_shown_and_a_stranger_is_not(ferries: Mini) -> None:
    desk = Versions(Path("ferry-en.yaml"))
    assert desk.state("ferry-de.yaml")["shown"]["language"] == "de"
    for name in ("mini.json", "../ferry-en.yaml", "/etc/passwd", "broken.yaml"):
        with pytest.raises(Unknown):
            desk.state(name)


def test_a_translation_is_compared_with_its_original_as_that_changes(ferries: Mini) -> None:
    desk = Versions(Path("ferry-de.yaml"))
    before = desk.state()["findings"]
    english = (ferries.folder / "ferry-en.yaml").read_text(encoding="utf-8")
    ferries.write("ferry-en.yaml", english.replace("2025-02-12", "2025-02-13"))
    desk.touch(project=False)
    after = desk.state()["findings"]
    assert len(after) > len(before)
    assert any(row["code"].startswith("TRN") for row in after)


# ---- pictures and faults


def test_the_png_is_one(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    (tmp_path / "x.png").write_bytes(png(2, 1, iter([b"\x00\x01\x02\xff\xfe\xfd"])))
    with image.open(tmp_path / "x.png") as made:
        assert (made.mode, made.size) == ("RGB", (2, 1))
        assert made.tobytes() == b"\x00\x01\x02\xff\xfe\xfd"


def test_a_fault_of_the_machine_keeps_its_cure() -> None:
    told = panel.fault(BriefgenError("no fonts", "install some"))
    assert (told.message, told.hints) == ("no fonts", ("install some",))
