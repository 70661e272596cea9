"""A batch as a desk runs it: what is made, what is not made again and why, what is refused, what is removed, what is told."""

from __future__ import annotations

import json

import pytest

from bench.generate import project
from briefgen.findings.diagnostics import UsageError
from briefgen.project.settings import stem
from tests import builders
from tests.batch.desks import RUN, settings, told
from tests.mini import Done, Mini


@pytest.fixture
def desk(mini: Mini) -> Mini:
    """Return a project of two tiny summaries, for two audiences, as HTML."""
    project(mini.folder, 2, tiny=True, audiences=["executive", "public"], formats=["html"])
    return mini


def test_a_matrix_is_made_once_and_not_again(desk: Mini) -> None:
    first, second = told(desk), told(desk)
    assert (first["built"], first["skipped"], first["exit"]) == (4, 0, 0)
    assert (second["built"], second["skipped"], second["exit"]) == (0, 4, 0)
    assert {name for name in desk.files() if name.endswith(".html")} == {
        f"outputs/s0000{n}-{audience}.html" for n in (0, 1) for audience in ("executive", "public")
    }


def test_it_makes_what_render_makes(desk: Mini) -> None:
    told(desk)
    assert desk.cli("render", "inputs/s00000.json", "-a", "public", "-t", "html", "-o", "other").code == 0
    assert (desk.folder / "other/s00000-public.html").read_bytes() == (desk.folder / "outputs/s00000-public.html").read_bytes()


def test_without_jobs_everything_in_inputs_is_made(mini: Mini) -> None:
    mini.write("inputs/mini.yaml", builders.minimal())
    mini.write("inputs/summary.schema.json", {})
    row = told(mini, "--dry-run")["runs"][0]
    assert row["jobs"] == ["default"]
    assert {one["audience"] for one in row["to_build"]} == set(builders.AUDIENCES)
    assert not (mini.folder / "outputs").exists()


def test_a_bad_summary_fails_and_the_rest_is_made(desk: Mini) -> None:
    desk.write("inputs/bad.json", '{"title": ')
    desk.write("inputs/worse.json", {"title": "Nothing else"})
    done = told(desk)
    assert (done["exit"], done["built"], done["failed"]) == (1, 4, 3)
    assert done["runs"][0]["unread"] == ["inputs/bad.json"]
    again = told(desk)
    assert (again["built"], again["skipped"], again["failed"]) == (0, 4, 3)


def test_fail_fast_stops(desk: Mini) -> None:
    desk.write("inputs/a.json", {"title": "Nothing else"})
    done = told(desk, "--fail-fast")
    assert (done["failed"], done["built"], done["untried"]) == (1, 0, 5)


def test_two_versions_with_one_file_are_refused_before_anything_is_written(desk: Mini) -> None:
    desk.write("inputs/other.json", builders.minimal(id="S00000"))
    done = desk.cli(*RUN)
    assert done.code == 1
    assert "BAT-01" in done.err
    assert not [name for name in desk.files() if name.endswith(".html")]


def test_jobs_share_what_they_share(desk: Mini) -> None:
    settings(
        desk,
        morning={"inputs": ["inputs/s00000.json"], "audiences": ["public"], "formats": ["html"]},
        evening={
            "inputs": ["inputs/*.json"],
            "audiences": ["public"],
            "formats": ["docx"],
            "name": "{date}/{audience}-{summary}",
        },
        again={"inputs": ["inputs/*.json"], "audiences": ["public"], "formats": ["docx"]},
    )
    assert told(desk)["built"] == 4
    names = {name.removeprefix("outputs/") for name in desk.files() if name.endswith((".html", ".docx"))}
    assert {"s00000-public.html", "s00000-public.docx", "s00001-public.docx"} < names
    assert {name.partition("/")[2] for name in names if "/" in name} == {"public-s00000.docx", "public-s00001.docx"}
    assert told(desk, "morning")["built"] == 0


def test_a_job_may_have_a_folder_of_its_own(desk: Mini) -> None:
    common = {"inputs": ["inputs/*.json"], "audiences": ["public"], "formats": ["html"]}
    settings(desk, here=common, there={**common, "output": "away"})
    done = told(desk)
    assert [run["output"] for run in done["runs"]] == ["outputs", "away"]
    assert done["built"] == 4
    assert (desk.folder / "away/.briefgen/state.sqlite").is_file()


def test_prune_removes_what_we_made_and_nothing_else(desk: Mini) -> None:
    told(desk)
    desk.write("outputs/hers.html", "mine")
    desk.write("outputs/s00000-public.html", "changed by hand")
    (desk.folder / "inputs/s00000.json").unlink()
    assert told(desk)["removed"] == 0
    before = {name: (desk.folder / name).read_bytes() for name in desk.files()}
    dry = desk.cli(*RUN, "--prune", "--dry-run")
    assert dry.out.splitlines()[:2] == ["to remove: s00000-executive.html", "all: 0 to build, 2 up to date, 1 to remove"]
    assert "BAT-05" in dry.err
    assert before == {name: (desk.folder / name).read_bytes() for name in desk.files()}
    done = told(desk, "--prune")
    assert done["runs"][0]["files_removed"] == ["s00000-executive.html"]
    assert [row["code"] for row in done["runs"][0]["diagnostics"] if row["code"] == "BAT-05"] == ["BAT-05"]
    left = {name for name in desk.files() if name.endswith(".html")}
    assert left == {f"outputs/{name}.html" for name in ("hers", "s00000-public", "s00001-public", "s00001-executive")}
    assert "s00000-executive" not in (desk.folder / "outputs/.briefgen/manifest.json").read_text(encoding="utf-8")


def test_prune_keeps_what_another_job_makes_and_what_can_not_be_read_today(desk: Mini) -> None:
    common = {"audiences": ["public"], "formats": ["html"]}
    settings(desk, one={"inputs": ["inputs/s00000.json"], **common}, two={"inputs": ["inputs/s00001.json"], **common})
    told(desk)
    assert told(desk, "one", "--prune")["removed"] == 0
    desk.write("inputs/s00001.json", '{"title": ')
    assert told(desk, "--prune")["removed"] == 0


def test_nested_output_folders_share_no_file(desk: Mini) -> None:
    common = {"inputs": ["inputs/*.json"], "audiences": ["public"], "formats": ["html"]}
    inner = {**common, "output": "outputs/Weekly"}
    settings(desk, one={**common, "name": "weekly/{summary}"}, two={**inner, "name": "{summary}"})
    refused = desk.cli("batch")
    assert (refused.code, refused.err.count("BAT-01")) == (1, 2)
    assert "would have one file, s00000 in outputs/Weekly" in refused.err
    assert not (desk.folder / "outputs").exists()
    settings(desk, one={**common, "name": "{date}/{summary}"}, two={**inner, "name": "{summary}"})
    assert told(desk)["built"] == 4


def test_an_input_folder_that_is_away_takes_nothing_with_it(desk: Mini) -> None:
    """An unmounted disk looks like an empty folder."""
    told(desk)
    before = desk.files()
    (desk.folder / "inputs").rename(desk.folder / "away")
    done = told(desk, "--prune")
    assert done["removed"] == 0
    messages = [row["message"] for row in done["runs"][0]["diagnostics"] if row["code"] == "BAT-05"]
    assert messages == ["4 files made from inputs/*.json stay: no file is named so today"]
    assert {name for name in before if name.endswith(".html")} <= set(desk.files())
    (desk.folder / "away").rename(desk.folder / "inputs")
    assert told(desk)["built"] == 0


@pytest.mark.parametrize("pattern", ["./inputs/s0000?.json", "*/s0000[0-9].json", "**/s*.json", "inputs/s00000.json"])
def test_whatever_an_empty_pattern_once_found_stays(desk: Mini, pattern: str) -> None:
    common = {"audiences": ["public"], "formats": ["html"]}
    settings(desk, one={"inputs": [pattern], **common})
    built = told(desk)["built"]
    for path in (desk.folder / "inputs").glob("*.json"):
        path.unlink()
    assert (built > 0, told(desk, "--prune")["removed"]) == (True, 0)


def test_a_version_above_its_marking_is_withheld_and_not_tried_again(desk: Mini) -> None:
    path = desk.folder / "inputs/s00000.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**data, "marking": {"tlp": "AMBER"}}), encoding="utf-8")
    first, second = told(desk), told(desk)
    assert (first["built"], first["withheld"], first["exit"]) == (3, 1, 0)
    assert (second["skipped"], second["withheld"]) == (3, 1)
    assert "withheld for its marking: inputs/s00000.json · public\n" in desk.cli(*RUN).out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nope",), "there is no job nope"),
        (("--executor", "nope"), "there is no executor 'nope'"),
        (("--executor", "nope.nope:nope"), "there is no module nope.nope"),
        (("--executor", "os:nope"), "os has no 'nope'"),
        (("--executor", "os:name"), "os:name is no function but str"),
        (("--executor", "dask://127.0.0.1"), "no scheduler is named by dask://127.0.0.1"),
        (("--executor", "dask://127.0.0.1:x"), "no scheduler is named by dask://127.0.0.1:x"),
    ],
)
def test_what_is_not_there_is_told_before_there_is_work(desk: Mini, arguments: tuple[str, ...], says: str) -> None:
    for more in ((), ("--dry-run",)):
        done = desk.cli("batch", *arguments, *more)
        assert done.code == 2
        assert says in done.err
    assert not (desk.folder / "outputs").exists()


@pytest.mark.slow
def test_what_befell_the_batch_is_not_folded_away_and_all_else_is_named(desk: Mini) -> None:
    """A state that can't be used is told among many findings about the summaries, each with its file, or in the report."""
    project(desk.folder, 8, tiny=True, audiences=["executive", "public"], formats=["html"])
    told(desk)
    (desk.folder / "outputs/.briefgen/state.sqlite").write_bytes(b"something else")
    done = desk.cli(*RUN)
    assert "warning BAT-04 the build state can't be used (file is not a database)" in done.err
    assert "inputs/s00000.json:1:1: warning FIN-01" in done.err
    report = done.err.splitlines()[-1].rpartition("all of them: ")[2].rstrip(")")
    lines = (desk.folder / report).read_text(encoding="utf-8").splitlines()
    assert sum("LEN-02" in line for line in lines) == 16 > done.err.count("LEN-02")
    assert all("inputs/s0000" in line for line in lines if "LEN-02" in line)


def test_a_pattern_without_files_is_a_warning(desk: Mini) -> None:
    settings(desk, all={"inputs": ["inputs/*.json", "drafts/*.yaml"], "audiences": ["public"], "formats": ["html"]})
    done = told(desk)
    assert (done["built"], done["exit"]) == (2, 0)
    assert "drafts/*.yaml" in json.dumps(done["runs"][0]["diagnostics"])


def test_reports_are_kept_as_many_as_the_job_says(desk: Mini) -> None:
    settings(desk, all={"inputs": ["inputs/*.json"], "audiences": ["public"], "formats": ["html"], "keep": 2})
    for _ in range(4):
        told(desk)
    runs = sorted(path.name for path in (desk.folder / "outputs/.briefgen/runs").glob("*.json"))
    assert [name[:6] for name in runs] == ["000003", "000004"]
    assert len(list((desk.folder / "outputs/.briefgen/runs").glob("*.txt"))) == 2


def test_the_manifest_says_what_was_made_from_what(desk: Mini) -> None:
    told(desk)
    path = desk.folder / "outputs/.briefgen/manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    row = manifest["outputs"][0]
    assert (row["path"], row["summary"], row["audience"]) == ("s00000-executive.html", "inputs/s00000.json", "executive")
    assert list(manifest["recipes"][row["made_from"]["own"]]) == ["summary"]
    assert {"audience executive", "fonts", "template set default", "weasyprint"} <= set(
        manifest["recipes"][row["made_from"]["shared"]]
    )
    before = path.read_bytes()
    assert told(desk, "--force")["built"] == 4
    assert path.read_bytes() == before


def test_no_timer_holds_is_told(desk: Mini) -> None:
    assert "no timeout holds with --executor serial" in desk.cli(*RUN, "--dry-run").out
    assert "no timeout" not in desk.cli("batch", "--dry-run").out


def test_a_bar_is_drawn_where_somebody_watches(desk: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.cli.terminal.watched", lambda _stream: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    desk.write("inputs/worse.json", {"title": "Nothing else"})
    done = desk.cli(*RUN)
    assert done.code == 1
    assert "Building" in done.err
    assert "6/6" in done.err
    assert "2 failed" in done.err


def test_plain_lines_are_written_where_nobody_does(desk: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.cli.batch.EVERY", 0.0)
    desk.write("inputs/worse.json", {"title": "Nothing else"})
    done = desk.cli(*RUN)
    assert "failed: inputs/worse.json · public\n" in done.err
    assert "6 of 6, " in done.err
    assert " a second, 0 s left, 2 failed\n" in done.err


def test_explain_names_each_document(desk: Mini) -> None:
    done: Done = desk.cli(*RUN, "--explain")
    assert "inputs/s00000.json · public: new\n" in done.out


@pytest.mark.parametrize(
    "pattern", ["", "/{summary}", "../{summary}", "a/.{summary}", "{summary}/", "{summary}\\{audience}", "{year}"]
)
def test_a_name_stays_in_the_folder(pattern: str) -> None:
    with pytest.raises(UsageError):
        stem(pattern, "s", "public", "en", "2025-03-04")


def test_what_a_summary_says_leads_nowhere() -> None:
    assert stem("{date}/{summary}-{language}", "../../etc", "public", "en/..", "") == "undated/-.-..-etc-en-.."
