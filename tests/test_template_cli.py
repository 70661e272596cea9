"""Template sets laid over each other, and a project's copies of packaged files: which one wins, and what has changed since."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import tostring

import pytest

from briefgen.findings.diagnostics import Rejected
from briefgen.project import overlay, project, template_copies
from briefgen.project.project import packaged
from tests.builders import maximal, minimal
from tests.mini import Mini

RISKS = "sections/risks_table.html"


def house(mini: Mini, **more: Any) -> None:
    """Give a project a set of its own."""
    mini.write("briefgen.yaml", {"templates": "house"})
    mini.write("templates/house/template.yaml", {"name": "house", "version": 3, "extends": "default", **more})


@pytest.fixture
def upgraded(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of packaged templates that a test may change: what a later version of briefgen brings."""
    folder = mini.folder / "later"
    for path in packaged().rglob("*"):
        if path.is_file() and path.suffix != ".docx":
            mini.write(f"later/{path.relative_to(packaged()).as_posix()}", path.read_bytes())
    monkeypatch.setattr(project, "packaged", lambda: folder)
    return folder


# ---- sets


def test_a_set_lies_over_the_set_that_it_extends_file_by_file(mini: Mini) -> None:
    house(mini)
    mini.write("templates/house/sections/scope.html", "<section><p>Ours</p></section>")
    mini.write("templates/default/sections/scope.html", "<section><p>Not ours</p></section>")
    mini.write("templates/house/tokens.yaml", {"colours": {"accent": "#7A1F3D"}})
    layers = mini.project.layers
    assert [(layer.set, layer.own) for layer in layers] == [("house", True), ("default", True), ("default", False)]
    templates = mini.project.template_set
    assert templates.find("sections/scope.html") == mini.folder / "templates/house/sections/scope.html"
    assert templates.find("brief.html") == packaged().resolve() / "default/brief.html"
    assert (templates.tokens["colours"]["accent"], "body" in templates.tokens["fonts"]) == ("#7A1F3D", True)
    said = "".join(mini.document(maximal(), "analyst").tree.itertext())
    assert "Ours" in said
    assert "Not ours" not in said


def test_a_project_without_a_word_about_it_uses_the_default_set(mini: Mini) -> None:
    mini.write("templates/other/template.yaml", {"name": "other"})
    assert [(layer.set, layer.own) for layer in mini.project.layers] == [("default", False)]
    said = overlay.manifest(packaged() / "default")
    assert said is not None and (said[0].name, said[0].version, said[0].extends) == ("default", 1, None)


def test_a_set_may_be_chosen_that_extends_another_one_of_the_project(mini: Mini) -> None:
    house(mini, extends="base")
    mini.write("templates/base/template.yaml", "name: base\nextends: default\n")
    assert [layer.set for layer in mini.project.layers] == ["house", "base", "default"]
    mini.write("templates/base/template.yaml", "name: base\n")
    assert [layer.set for layer in mini.project.layers] == ["house", "base"]  # then it stands alone


@pytest.mark.parametrize(
    ("files", "code", "place", "hint"),
    [
        ({"briefgen.yaml": "templates: hous\n"}, "SET-01", "briefgen.yaml:1:12", "did you mean 'house'?"),
        ({"briefgen.yaml": "templates: audiences\n"}, "SET-01", "briefgen.yaml:1:12", "there are "),
        ({"briefgen.yaml": "templates: house/../default\n"}, "SET-01", "briefgen.yaml:1:12", "did you mean"),
        ({"briefgen.yaml": "templates: ..\n"}, "SET-01", "briefgen.yaml:1:12", "there are "),
        ({"templates/house/template.yaml": "name: house\nextends: defalt\n"}, "SET-01", "2:10", "did you mean 'default'?"),
        ({"templates/house/template.yaml": "name: house\nextends: house\n"}, "SET-02", "2:10", "packaged one"),
        (
            {"templates/default/template.yaml": "name: default\nextends: house\n"},
            "SET-02",
            "default/template.yaml:2:10",
            "packaged",
        ),
        ({"templates/house/template.yaml": None}, "SET-03", "briefgen.yaml:1:12", "extends: default"),
        ({"templates/house/template.yaml": "name: haus\n"}, "SET-04", "house/template.yaml:1:7", "name: house"),
        ({"templates/house/template.yaml": "name: house\nextend: default\n"}, "MOD-01", "2:1", "extends"),
        ({"templates/house/template.yaml": "name: house\nversion: 0\n"}, "MOD-05", "2:10", ""),
    ],
)
def test_a_set_at_fault_is_told_at_its_place(mini: Mini, files: dict[str, str | None], code: str, place: str, hint: str) -> None:
    house(mini)
    for name, text in files.items():
        if text is None:
            (mini.folder / name).unlink()
        else:
            mini.write(name, text)
    with pytest.raises(Rejected) as caught:
        mini.project.template_set  # noqa: B018 - it is worked out when asked for
    [fault] = caught.value.diagnostics
    assert fault.code == code
    assert str(fault.span).endswith(place)
    assert hint in " ".join((fault.message, *fault.hints))
    done = mini.cli("template", "list")
    assert (done.code, code in done.err) == (1, True)


# ---- list, which


def test_the_list_holds_every_file_with_where_it_is_from(mini: Mini) -> None:
    mini.template(RISKS, "x")
    mini.write("templates/labels/en.yaml", "meta: {reviewed: true}\n")
    mini.write("templates/audiences/board.yaml", {"extends": "executive"})
    mini.template(".hidden", "x")
    rows = {row["name"]: row for row in json.loads(mini.cli("template", "list", "--format", "json").out)}
    assert (rows[RISKS]["from"], rows[RISKS]["file"]) == ("project", f"templates/default/{RISKS}")
    assert rows[RISKS]["covers"] == [
        {"file": str(packaged().resolve() / "default" / RISKS), "from": "packaged", "set": "default"}
    ]
    assert (rows["labels/en.yaml"]["merges"], rows["audiences/board.yaml"]["covers"]) == (True, [])
    assert (rows["brief.html"]["from"], rows["audiences/executive.yaml"]["from"]) == ("packaged", "packaged")
    packaged_names = {path.name for path in (packaged() / "default").rglob("*") if path.is_file()}
    assert packaged_names <= {name.rpartition("/")[2] for name in rows}
    assert ".hidden" not in rows


def test_which_tells_all_that_lie_below_in_order(mini: Mini) -> None:
    house(mini)
    mini.write(f"templates/house/{RISKS}", "a")
    mini.write(f"templates/default/{RISKS}", "b")
    assert mini.cli("template", "which", RISKS).out.splitlines() == [
        f"templates/house/{RISKS} (project house)",
        f"  covers templates/default/{RISKS} (project default)",
        f"  covers {packaged().resolve()}/default/{RISKS} (packaged default)",
    ]


@pytest.mark.parametrize("name", ["sections/risk_table.html", "risks_table", "default/sections/risks_table.html"])
def test_a_name_that_is_not_there_has_a_neighbour(mini: Mini, name: str) -> None:
    done = mini.cli("template", "which", name)
    assert (done.code, f"did you mean '{RISKS}'?" in done.err) == (2, True)


# ---- copy


def test_a_copy_is_remembered_with_version_hash_and_original(mini: Mini) -> None:
    done = mini.cli("template", "copy", RISKS, "audiences/public.yaml", "labels/en.yaml")
    written = [f"templates/default/{RISKS}", "templates/audiences/public.yaml", "templates/labels/en.yaml"]
    assert (done.code, done.out.splitlines()) == (0, written)
    original = (packaged() / "default" / RISKS).read_bytes()
    assert (mini.folder / written[0]).read_bytes() == original
    assert (mini.folder / f"templates/.originals/default/{RISKS}").read_bytes() == original
    row = template_copies.recorded(mini.project)[f"default/{RISKS}"]
    assert (row.origin, row.briefgen, row.sha256) == (
        f"default/{RISKS}",
        template_copies.__version__,
        sha256(original).hexdigest(),
    )
    assert set(template_copies.recorded(mini.project)) == {f"default/{RISKS}", "audiences/public.yaml", "labels/en.yaml"}
    assert mini.project.audience("public").public
    mini.write("one.yaml", minimal())
    assert mini.cli("render", "one.yaml", "-a", "adviser", "-t", "html").code == 0


def test_every_packaged_file_can_be_copied_and_changes_nothing(mini: Mini) -> None:
    before = mini.document(maximal(), "analyst").tree
    names = [name for name in template_copies.names(mini.project) if name != overlay.SET_FILE]
    assert mini.cli("template", "copy", *names).code == 0
    assert {row.packaged for row in template_copies.compare(mini.project, [])} == {"unchanged"}
    assert tostring(mini.document(maximal(), "analyst").tree) == tostring(before)


def test_a_copy_goes_into_the_chosen_set(mini: Mini) -> None:
    house(mini)
    assert mini.cli("template", "copy", RISKS).out == f"templates/house/{RISKS}\n"
    [row] = template_copies.compare(mini.project, [RISKS])
    assert (row.path, template_copies.recorded(mini.project)[row.path].origin) == (f"house/{RISKS}", f"default/{RISKS}")


def test_nothing_is_written_where_one_name_is_wrong(mini: Mini) -> None:
    mini.template("style.css", "/* ours */")
    mini.template("own.html", "x")
    before = mini.files()
    for name, told in (
        ("style.css", "--force"),
        ("stile.css", "did you mean 'style.css'"),
        ("own.html", "is your own"),
        ("template.yaml", "is not copied"),
    ):
        done = mini.cli("template", "copy", RISKS, name)
        assert (done.code, mini.files()) == (2, before), done.err
        assert told in done.err
    assert mini.cli("template", "copy", "style.css", "--force").code == 0
    assert (mini.folder / "templates/default/style.css").read_bytes() == (packaged() / "default/style.css").read_bytes()


def test_the_packaged_folder_is_not_copied_into_itself(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(packaged().parent)
    assert "the packaged templates themselves" in mini.cli("template", "copy", RISKS).err


# ---- diff


def test_after_an_upgrade_the_packaged_changes_are_shown(mini: Mini, upgraded: Path) -> None:
    mini.cli("template", "copy", RISKS, "style.css", "macros.html", "brief.html")
    mini.template("style.css", "/* ours */\n")
    risks = upgraded / "default" / RISKS
    risks.write_text(risks.read_text(encoding="utf-8") + "<p>New</p>", encoding="utf-8")
    (upgraded / "default/macros.html").unlink()
    (mini.folder / "templates/default/brief.html").unlink()
    done = mini.cli("template", "diff")
    assert done.code == 0
    said = {line.partition(": ")[0]: line.partition(": ")[2] for line in done.out.splitlines() if line.startswith("default/")}
    version = template_copies.__version__
    assert said == {
        "default/brief.html": "nothing new; your copy is gone",
        "default/macros.html": f"no longer packaged; it was copied from {version}; yours is as it was copied",
        f"default/{RISKS}": f"changed since {version}; yours is as it was copied",
        "default/style.css": "nothing new; yours is edited",
    }
    assert "\n+<p>New</p>\n" in done.out
    assert f"--- default/{RISKS} (briefgen {version})" in done.out
    [row] = json.loads(mini.cli("template", "diff", RISKS, "--format", "json").out)
    assert (row["packaged"], row["yours"], "+<p>New</p>" in row["changes"]) == ("changed", "as copied", True)


def test_what_has_been_taken_over_is_not_shown_again(mini: Mini, upgraded: Path) -> None:
    mini.cli("template", "copy", RISKS, "style.css")
    risks, style = upgraded / "default" / RISKS, upgraded / "default/style.css"
    for path, words in ((risks, "\n<p>One</p>\n"), (style, "\n/* one */\n")):
        path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")
    assert "+<p>One</p>" in mini.cli("template", "diff", RISKS, "--seen").out
    said = mini.cli("template", "diff").out
    assert (f"default/{RISKS}: nothing new; yours is edited" in said, "+/* one */" in said) == (True, True)
    risks.write_text(risks.read_text(encoding="utf-8") + "<p>Two</p>\n", encoding="utf-8")
    added = [line for line in mini.cli("template", "diff", RISKS).out.splitlines() if line.startswith("+<")]
    assert added == ["+<p>Two</p>"]


def test_an_original_that_is_lost_is_told_and_nothing_invented(mini: Mini, upgraded: Path) -> None:
    mini.cli("template", "copy", "style.css")
    (upgraded / "default/style.css").write_text("/* new */", encoding="utf-8")
    mini.write("templates/.originals/default/style.css", "/* not it */")
    assert "in a way that no lines can show" in mini.cli("template", "diff", "style.css").out


def test_without_copies_there_is_nothing_to_say(mini: Mini) -> None:
    done = mini.cli("template", "diff")
    assert (done.code, done.out, "nothing was copied" in done.err) == (0, "", True)
    assert mini.cli("template", "diff", "style.css").code == 2
    assert json.loads(mini.cli("template", "diff", "--format", "json").out) == []


@pytest.mark.parametrize("path", ["../../secret", "/etc/passwd", "default/../../x", ".originals/x"])
def test_a_record_that_leads_out_of_the_folder_is_refused(mini: Mini, path: str) -> None:
    row = {"from": "default/style.css", "briefgen": "0.1.0", "sha256": "0" * 64}
    mini.write("templates/copies.yaml", {"copies": {path: row}})
    assert mini.cli("template", "diff").code == 1
    mini.write("templates/copies.yaml", {"copies": {"default/style.css": {**row, "from": path}}})
    done = mini.cli("template", "diff")
    assert (done.code, "templates/copies.yaml:" in done.err) == (1, True)
