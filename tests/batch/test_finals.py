"""Finals in a batch: what they are made from, what becomes of older files when one is refused, what a dry run says before."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import briefgen
from briefgen import readers
from briefgen.batch import work
from briefgen.findings.diagnostics import BriefgenError
from tests.batch.desks import RUN, edit, run_from, told, whys
from tests.finals import SUMMARY, falsify, final
from tests.mini import Done, Mini

NAME, TEXT = "inputs/ferries.yaml", "inputs/articles/port.txt"
PAGE = "ferries-executive.html"
JOBS = "jobs: {one: {inputs: [inputs/*.yaml], audiences: [executive], formats: [html]}}\n"


@pytest.fixture
def desk(mini: Mini) -> Mini:
    """Return a project with one final, whose brief is made."""
    final(mini, NAME)
    mini.write("briefgen.yaml", JOBS)
    assert told(mini)["built"] == 1
    return mini


def run(desk: Mini, *arguments: str) -> Any:
    return told(desk, *arguments)["runs"][0]


def outputs(desk: Mini) -> set[str]:
    """Return the files of the output folder, but for what a batch keeps for itself."""
    names = (name.removeprefix("outputs/") for name in desk.files() if name.startswith("outputs/"))
    return {name for name in names if not name.startswith(".briefgen/")}


def why(desk: Mini) -> list[str]:
    return whys(desk).get(f"{NAME} executive", [])


# --- what a final is made from


def test_an_article_is_part_of_what_a_final_is_made_from(desk: Mini) -> None:
    edit(desk.folder / TEXT, "more pay", "better pay")
    assert why(desk) == ["file articles/port.txt changed"]
    (desk.folder / TEXT).unlink()
    assert why(desk) == ["file articles/port.txt changed"]


def test_the_setting_is_part_of_what_all_are_made_from(desk: Mini) -> None:
    desk.write("briefgen.yaml", f"{JOBS}final_checks: report\n")
    assert why(desk) == ["rule settings changed"]
    desk.write("briefgen.yaml", f"{JOBS}refused_files: keep\n")
    assert why(desk) == []


def test_the_libraries_that_read_its_articles_are_part_of_it(desk: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(desk.folder / NAME, "port.txt", "port.pdf")
    told(desk)
    monkeypatch.setattr(readers, "_version", lambda library: f"{library} of tomorrow")
    assert why(desk) == ["cryptography changed", "pypdf changed"]


def test_of_a_draft_they_are_not(desk: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(desk.folder / NAME, "port.txt", "port.pdf")
    edit(desk.folder / NAME, "stage: final", "stage: draft")
    told(desk)
    monkeypatch.setattr(readers, "_version", lambda library: f"{library} of tomorrow")
    assert why(desk) == []


def test_a_reader_of_ones_own_is_part_of_it(desk: Mini) -> None:
    reader = desk.write("desk.py", "def read(path, content):\n    raise ValueError('not yet')\n")
    edit(desk.folder / NAME, "port.txt", "port.wire")
    desk.write("inputs/articles/port.wire", "words")
    desk.write("briefgen.yaml", JOBS + "parts: {readers: {.wire: desk:read}}\n")
    assert run(desk, "--trust-project")["built"] == 1
    reader.write_text("def read(path, content):\n    raise ValueError('not today')\n", encoding="utf-8")
    rows = run(desk, "--trust-project", "--dry-run")["to_build"]
    assert [row["why"] for row in rows] == [["reader .wire changed"]]


@pytest.mark.parametrize("name", ["language/data/en.yaml", "rules/quotes.py", "evidence/quote.py", "readers/plain.py"])
def test_rules_words_comparison_and_readers_make_a_final_anew(
    desk: Mini, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home, copy = Path(briefgen.__file__).parent, tmp_path_factory.mktemp("copy")
    shutil.copytree(home, copy / "briefgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(home.parent / "templates", copy / "templates")
    file = copy / "briefgen" / name
    file.write_text(f"{file.read_text(encoding='utf-8')}\n# another line\n", encoding="utf-8")
    [row] = run_from(desk, copy, "--dry-run")["runs"][0]["to_build"]
    assert row["why"] == ["briefgen changed"]


def test_a_worker_looks_anew_when_only_an_article_changed(desk: Mini) -> None:
    work._checked.cache_clear()
    edit(desk.folder / NAME, "for a week", "for seven days")
    assert run(desk)["built"] == 1
    edit(desk.folder / TEXT, "40 crews", "49 crews")
    assert run(desk)["failed"] == 1  # in this process, which remembers summaries


# --- the older files of a final that is refused


def test_older_files_are_set_aside_and_named_first(desk: Mini) -> None:
    before = (desk.folder / "outputs" / PAGE).read_bytes()
    falsify(desk, NAME)
    done = desk.cli(*RUN)
    assert done.code == 1
    assert outputs(desk) == {f".superseded/{PAGE}"}
    assert (desk.folder / "outputs/.superseded" / PAGE).read_bytes() == before
    first, numbers, failed = done.out.splitlines()
    assert first == f"its final is refused, set aside in .superseded: {PAGE}"
    assert numbers.startswith("one → outputs: 0 built, 0 skipped, 1 failed")
    assert failed == f"failed: {NAME} · executive"
    [kept] = sorted((desk.folder / "outputs/.briefgen/runs").glob("000002-*.txt"))
    assert kept.read_text(encoding="utf-8").splitlines()[0] == first


def test_the_manifest_no_longer_lists_them_and_a_second_run_says_nothing_of_them(desk: Mini) -> None:
    falsify(desk, NAME)
    assert run(desk)["files_set_aside"] == [PAGE]
    manifest = json.loads((desk.folder / "outputs/.briefgen/manifest.json").read_text(encoding="utf-8"))
    assert manifest["outputs"] == []
    again = run(desk)
    assert (again["files_set_aside"], again["failed"]) == ([], 1)


def test_once_it_is_mended_it_is_made_again_and_the_older_one_stays_aside(desk: Mini) -> None:
    falsify(desk, NAME)
    run(desk)
    edit(desk.folder / NAME, "Some 49 crews", "Some 40 crews")
    assert run(desk)["built"] == 1
    assert outputs(desk) == {PAGE, f".superseded/{PAGE}"}
    assert run(desk, "--prune")["removed"] == 0
    assert outputs(desk) == {PAGE, f".superseded/{PAGE}"}


def test_the_last_one_that_was_set_aside_is_kept(desk: Mini) -> None:
    falsify(desk, NAME)
    run(desk)
    edit(desk.folder / NAME, "Some 49 crews", "About 40 crews")
    run(desk)
    second = (desk.folder / "outputs" / PAGE).read_bytes()
    edit(desk.folder / NAME, "About 40 crews", "Some 49 crews")
    run(desk)
    assert (desk.folder / "outputs/.superseded" / PAGE).read_bytes() == second


def test_they_lie_beside_it_in_a_folder_of_its_own(desk: Mini) -> None:
    desk.write("briefgen.yaml", f'name: "{{date}}/{{summary}}-{{audience}}"\n{JOBS}')
    run(desk, "--prune")
    falsify(desk, NAME)
    run(desk)
    assert outputs(desk) == {f"2025-03-04/.superseded/{PAGE}"}


def test_with_keep_they_stay_and_are_named_each_time(desk: Mini) -> None:
    desk.write("briefgen.yaml", f"{JOBS}refused_files: keep\n")
    falsify(desk, NAME)
    for _ in range(2):
        done = desk.cli(*RUN)
        assert done.out.splitlines()[0] == f"its final is refused, kept: {PAGE}"
    assert outputs(desk) == {PAGE}
    assert run(desk)["files_kept"] == [PAGE]


def test_what_a_person_changed_stays_and_is_told(desk: Mini) -> None:
    path = desk.folder / "outputs" / PAGE
    path.write_text("words of a person", encoding="utf-8")
    falsify(desk, NAME)
    made = run(desk)
    assert [row["message"] for row in made["diagnostics"] if row["code"] == "BAT-11"] == [
        f"outputs/{PAGE} stays, though its final is refused: it was changed since we wrote it"
    ]
    assert path.read_text(encoding="utf-8") == "words of a person"


@pytest.mark.parametrize("what", ["file", "link"])
def test_a_folder_that_cant_be_made_leaves_the_files_and_says_so(
    desk: Mini, what: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    aside = desk.folder / "outputs/.superseded"
    aside.write_text("", encoding="utf-8") if what == "file" else aside.symlink_to(tmp_path_factory.mktemp("elsewhere"))
    falsify(desk, NAME)
    assert "BAT-11" in {row["code"] for row in run(desk)["diagnostics"]}
    assert PAGE in outputs(desk)


def test_a_draft_that_is_refused_and_a_fault_of_the_machine_move_nothing(desk: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_: object, **__: object) -> None:
        raise BriefgenError("no space left", "free some")

    edit(desk.folder / NAME, "for a week", "for seven days")
    with monkeypatch.context() as patch:
        patch.setattr("briefgen.batch.work.build", lacking)
        assert desk.cli(*RUN).code == 4
    assert outputs(desk) == {PAGE}
    edit(desk.folder / NAME, "stage: final", "stage: draft\nmarking: {tlp: SECRET}")
    assert run(desk)["failed"] == 1
    assert outputs(desk) == {PAGE}


def test_other_finals_and_other_audiences_are_not_touched(desk: Mini) -> None:
    desk.write("briefgen.yaml", JOBS.replace("[executive]", "[executive, analyst]"))
    desk.write("inputs/second.yaml", SUMMARY.replace("id: ferries ", "id: second "))
    run(desk)
    falsify(desk, NAME)
    run(desk)
    assert outputs(desk) == {
        "second-executive.html", "second-analyst.html", f".superseded/{PAGE}", ".superseded/ferries-analyst.html",
    }  # fmt: skip


def test_the_same_happens_with_two_workers(desk: Mini) -> None:
    falsify(desk, NAME)
    assert desk.process("batch", "-j", "2").code == 1
    assert outputs(desk) == {f".superseded/{PAGE}"}


# --- a dry run


def dry(desk: Mini, *arguments: str) -> Done:
    return desk.cli(*RUN, "--dry-run", *arguments)


def test_a_dry_run_says_which_finals_would_be_refused_and_writes_nothing(desk: Mini) -> None:
    desk.write("inputs/second.yaml", SUMMARY.replace("id: ferries ", "id: second "))
    falsify(desk, NAME)
    before = desk.files()
    done = dry(desk)
    assert done.code == 1, done.err
    assert done.out.splitlines()[0] == f"would be refused: {NAME} · executive"
    assert "one: 2 to build, 0 up to date, 1 would be refused" in done.out
    assert "error NUM-04" in done.err
    assert desk.files() == before


def test_a_dry_run_as_json_names_them(desk: Mini) -> None:
    falsify(desk, NAME)
    [row] = told(desk, "--dry-run")["runs"]
    assert row["would_be_refused"] == [{"summary": NAME, "audience": "executive"}]
    assert "NUM-04" in {each["code"] for each in row["diagnostics"]}
    edit(desk.folder / NAME, "Some 49 crews", "Some 40 crews")
    [row] = told(desk, "--dry-run")["runs"]
    assert (row["would_be_refused"], row["exit"]) == ([], 0)


def test_a_dry_run_after_an_upgrade_looks_at_every_final(desk: Mini, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A version with stricter rules: what is up to date by the old one is checked by the new one before anything is made."""
    home, copy = Path(briefgen.__file__).parent, tmp_path_factory.mktemp("copy")
    shutil.copytree(home, copy / "briefgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(home.parent / "templates", copy / "templates")
    edit(copy / "briefgen/rules/quotes.py", "count > QUOTED", "count > 4")
    done = desk.process(*RUN, "--dry-run", PYTHONPATH=str(copy))
    assert done.code == 1
    assert done.out.splitlines()[0] == f"would be refused: {NAME} · executive"
    assert "CPY-02" in done.err
    assert outputs(desk) == {PAGE}


def test_a_dry_run_opens_no_article_of_a_draft(desk: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(desk.folder / NAME, "stage: final", "stage: draft")
    falsify(desk, NAME)
    monkeypatch.setattr("briefgen.readers.read", lambda path, formats: pytest.fail(f"{path} was opened"))
    assert dry(desk).code == 0
