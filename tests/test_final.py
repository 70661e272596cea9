"""Final means checked: whoever prints a final brief runs the rules of evidence, and refuses what `check` refuses."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefgen import Rejected, render_brief
from briefgen.findings.codes import CODES
from briefgen.findings.diagnostics import Verdict
from briefgen.load import read, validate
from briefgen.pipeline import ground, stamps
from briefgen.preview.versions import Versions
from briefgen.rules import RULES, Finding, evidence
from tests.batch.desks import edit, told
from tests.finals import ARTICLE, NAME, STAMP, SUMMARY, TEXT, falsify, final, rendered
from tests.mini import Mini

PAGE = "outputs/ferries-executive.html"


def by_render(mini: Mini) -> set[str]:
    done = rendered(mini, "--format", "json")
    rows = json.loads(done.out)["diagnostics"]
    assert (done.code == 1) == any(row["severity"] == "error" for row in rows) == (PAGE not in mini.files())
    return {row["code"] for row in rows if row["severity"] == "error"}


def by_batch(mini: Mini) -> set[str]:
    mini.write("briefgen.yaml", "jobs: {one: {inputs: [ferries.yaml], audiences: [executive], formats: [html]}}\n")
    run = told(mini)["runs"][0]
    assert run["built"] + run["failed"] == 1
    return {row["code"] for row in run["diagnostics"] if row["severity"] == "error"}


def by_library(mini: Mini) -> set[str]:
    try:
        render_brief(mini.folder / NAME, "executive", "html")
    except Rejected as fault:
        return {row.code for row in fault.diagnostics if row.is_error}
    return set()


def by_preview(mini: Mini) -> set[str]:
    state = Versions(mini.folder / NAME, "executive").state()
    return {row["code"] for row in state["findings"] if row["severity"] == "error"}


def by_check(mini: Mini) -> set[str]:
    done = mini.cli("check", NAME, "--format", "json")
    return {row["code"] for row in json.loads(done.out) if row["severity"] == "error"}


WAYS: tuple[Callable[[Mini], set[str]], ...] = (by_render, by_batch, by_library, by_preview)


@pytest.mark.parametrize("way", WAYS)
def test_a_final_is_refused_as_check_refuses_it(mini: Mini, way: Callable[[Mini], set[str]]) -> None:
    final(mini)
    assert way(mini) == by_check(mini) == set()
    for path in (mini.folder / "outputs").rglob("*"):
        path.unlink() if path.is_file() else None
    falsify(mini)
    assert way(mini) == by_check(mini) == {"NUM-04"}


@pytest.mark.parametrize("way", WAYS)
def test_a_falsified_quote_is_not_printed(mini: Mini, way: Callable[[Mini], set[str]]) -> None:
    final(mini)
    edit(mini.folder / NAME, "quote: 40 crews", "quote: 41 crews")
    assert "EVD-02" in way(mini)


@pytest.mark.parametrize("way", WAYS)
def test_a_draft_is_printed_and_opens_no_article(
    mini: Mini, way: Callable[[Mini], set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    final(mini)
    falsify(mini)
    edit(mini.folder / NAME, "stage: final", "stage: draft")
    monkeypatch.setattr("briefgen.readers.read", lambda path, formats: pytest.fail(f"{path} was opened"))
    assert way(mini) == set()


def test_with_report_an_error_of_evidence_warns(mini: Mini) -> None:
    final(mini)
    falsify(mini)
    mini.write("briefgen.yaml", "final_checks: report\n")
    done = rendered(mini)
    assert (done.code, "warning NUM-04" in done.err, PAGE in mini.files()) == (0, True, True)
    assert rendered(mini, "--strict").code == 3
    assert by_check(mini) == {"NUM-04"}  # a check says what is wrong, whatever is done about it


def test_with_report_the_other_errors_refuse_as_before(mini: Mini) -> None:
    final(mini)
    edit(mini.folder / NAME, "reviewer: {name: R. Reviewer, date: 2025-03-04}\n", "")
    mini.write("briefgen.yaml", "final_checks: report\n")
    assert by_render(mini) == {"FIN-01"}


def test_without_checks_it_prints_and_says_so(mini: Mini) -> None:
    final(mini)
    falsify(mini)
    done = rendered(mini, "--no-check")
    assert done.code == 0
    assert "UNCHECKED" in done.err
    [page] = (mini.folder / "outputs").glob("*.html")
    assert "UNCHECKED" in page.read_text(encoding="utf-8")


def test_a_setting_that_there_is_not_is_told(mini: Mini) -> None:
    final(mini)
    mini.write("briefgen.yaml", "final_checks: maybe\n")
    done = rendered(mini)
    assert done.code == 1
    assert "`final_checks`" in done.err


# --- articles that are not there


GONE: dict[str, Callable[[Path], Any]] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_text("", encoding="utf-8"),
    "folder": lambda path: (path.unlink(), path.mkdir()),
    "pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "outside": lambda path: (path.rename(path.parents[2] / "other.txt"), path.symlink_to(path.parents[2] / "other.txt")),
}


@pytest.mark.parametrize("how", GONE)
def test_an_article_that_cant_be_read_is_told_by_the_run_and_never_on_the_page(mini: Mini, how: str) -> None:
    final(mini)
    rendered(mini)
    before = (mini.folder / PAGE).read_bytes()
    GONE[how](mini.folder / TEXT)
    done = rendered(mini)
    assert done.code == 0
    assert "warning ART-08 evidence not checked here: S1" in done.err
    assert f"S1, {TEXT}: " in done.err
    assert (mini.folder / PAGE).read_bytes() == before


def test_the_library_tells_it_in_the_diagnostics_of_the_brief(mini: Mini) -> None:
    final(mini)
    (mini.folder / TEXT).unlink()
    brief = render_brief(mini.folder / NAME, "executive", "html")
    assert [row.message for row in brief.diagnostics if row.code == "ART-08"] == ["evidence not checked here: S1"]


def test_strict_refuses_a_final_whose_article_is_not_here(mini: Mini) -> None:
    final(mini)
    (mini.folder / TEXT).unlink()
    done = rendered(mini, "--strict")
    assert done.code == 1
    assert "error ART-08 evidence not checked here: S1" in done.err
    assert PAGE not in mini.files()


def test_a_library_that_is_missing_stops_no_final(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    final(mini)
    edit(mini.folder / NAME, "port.txt", "port.pdf")
    mini.write("articles/port.pdf", b"%PDF-1.4 ...")
    monkeypatch.setattr("briefgen.readers.served.parsed", _lacking)
    done = rendered(mini)
    assert done.code == 0
    assert "ART-08" in done.err
    assert "pypdf is not installed" in done.err


def _lacking(*_: Any) -> None:
    raise ground.BriefgenError("pypdf is not installed, and reading a PDF needs it", "pip install it")


def test_one_finding_names_all_and_the_others_are_compared(mini: Mini) -> None:
    final(mini)
    more = "".join(
        f"  - {{id: S{n}, title: T{n}, published: 2025-03-02, url: 'https://example.eu/{n}', genre: news, file: a{n}.txt}}\n"
        for n in (2, 3)
    )
    (mini.folder / NAME).write_text(SUMMARY + more, encoding="utf-8")
    falsify(mini)
    done = rendered(mini)
    assert "warning ART-08 evidence not checked here: S2, S3" in done.err
    assert "error NUM-04" in done.err


def test_the_preview_hears_of_an_article_and_says_what_it_refuses(mini: Mini) -> None:
    desk = Versions(final(mini), "executive")
    assert desk.state()["ok"]
    assert (mini.folder / TEXT).resolve() in desk.watched().articles
    edit(mini.folder / TEXT, "40 crews", "49 crews")
    desk.touch(project=False)
    state = desk.state()
    assert not state["ok"]
    assert {"EVD-02"} <= {row["code"] for row in state["findings"]}
    assert state["shown"]["title"] == "Ferries stop for a week"  # the last good one


# --- the stamp


def stamped(mini: Mini) -> Path:
    final(mini)
    assert mini.cli("check", NAME).code == 0
    return mini.folder / STAMP


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which each comparison of a summary with its articles adds its id."""
    seen: list[str] = []

    def compared(summary: Any, *given: Any) -> Any:
        seen.append(summary.id)
        return evidence(summary, *given)

    monkeypatch.setattr("briefgen.pipeline.ground.rules.evidence", compared)
    return seen


def test_with_a_stamp_no_rule_of_evidence_runs_twice(mini: Mini, opened: list[str]) -> None:
    stamped(mini)
    assert opened == ["ferries"]
    assert rendered(mini).code == 0
    assert by_preview(mini) == set()
    assert opened == ["ferries"]


def test_what_is_said_and_printed_is_the_same_with_a_stamp(mini: Mini) -> None:
    final(mini)
    edit(mini.folder / NAME, "        quote: 40 crews", "        locator: ¶2\n        quote: 40 crews")
    without, page = rendered(mini), (mini.folder / PAGE).read_bytes()
    assert "EVD-05" in without.err  # a warning of evidence, which the stamp must keep
    assert mini.cli("check", NAME).code == 0
    assert (mini.folder / STAMP).is_file()
    assert rendered(mini) == without
    assert (mini.folder / PAGE).read_bytes() == page


def test_a_waiver_of_evidence_is_used_with_a_stamp_too(mini: Mini) -> None:
    final(mini)
    falsify(mini)
    rows = [f"  - {{code: {code}, item: D1, reason: A sum, by: R. Reviewer}}\n" for code in ("NUM-04", "NUM-02")]
    waivers = "waivers:\n" + "".join(rows)
    (mini.folder / NAME).write_text((mini.folder / NAME).read_text(encoding="utf-8") + waivers, encoding="utf-8")
    without = rendered(mini, "--format", "json")
    assert {"NUM-04", "WVR-02"} <= {row["code"] for row in json.loads(without.out)["diagnostics"]}
    assert mini.cli("check", NAME).code == 0
    assert rendered(mini, "--format", "json") == without


CHANGES: dict[str, Callable[[Mini], Any]] = {
    "summary": lambda mini: edit(mini.folder / NAME, "for a week", "for seven days"),
    "a comment": lambda mini: edit(mini.folder / NAME, "# stays", "# goes"),
    "article": lambda mini: edit(mini.folder / TEXT, "more pay", "better pay"),
    "settings": lambda mini: mini.write("briefgen.yaml", "checks: {ignore: [STY-02]}\n"),
    "defaults": lambda mini: mini.write("briefgen.yaml", "defaults: {series: The desk}\n"),
    "rules": lambda mini: None,
    "its own text": lambda mini: (mini.folder / STAMP).write_text("{", encoding="utf-8"),
    "its form": lambda mini: edit(mini.folder / STAMP, '"form": 1', '"form": 2'),
    "its findings": lambda mini: edit(mini.folder / STAMP, "{}", '{"NUM-04": [["D1", 3]]}'),
    "codes in it": lambda mini: edit(mini.folder / STAMP, "{}", '{"STY-01": []}'),
    "a folder in its place": lambda mini: ((mini.folder / STAMP).unlink(), (mini.folder / STAMP).mkdir()),
    "a pipe in its place": lambda mini: ((mini.folder / STAMP).unlink(), os.mkfifo(mini.folder / STAMP)),
    "an endless one": lambda mini: (mini.folder / STAMP).write_text("[" * 3_000_000, encoding="utf-8"),
    "a deep one": lambda mini: (mini.folder / STAMP).write_text("[" * 100_000, encoding="utf-8"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_any_change_makes_a_stamp_invalid(mini: Mini, opened: list[str], what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stamped(mini)
    CHANGES[what](mini)
    if what == "rules":
        monkeypatch.setattr(stamps, "of_rules", lambda: "other rules")
    assert rendered(mini).code == 0
    assert opened == ["ferries", "ferries"]


def test_the_hash_of_the_rules_knows_the_words_and_the_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = Path.read_bytes

    def noted(path: Path) -> bytes:
        read.append(path.as_posix())
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    stamps.of_rules.__wrapped__()
    for name in ("language/data/en.yaml", "findings/rule_table.py", "rules/support.py", "readers/pdf.py", "load/source.py"):
        assert any(path.endswith(f"briefgen/{name}") for path in read), name


def test_a_check_with_errors_and_a_draft_leave_no_stamp(mini: Mini) -> None:
    final(mini)
    falsify(mini)
    mini.cli("check", NAME)
    edit(mini.folder / NAME, "stage: final", "stage: draft")
    mini.cli("check", NAME)
    assert STAMP not in mini.files()


def test_what_is_not_shown_counts_all_the_same(mini: Mini) -> None:
    final(mini)
    falsify(mini)
    assert mini.cli("check", NAME, "--ignore", "NUM").code == 0
    assert STAMP not in mini.files()
    assert by_render(mini) == {"NUM-04"}


def test_strict_and_check_believe_no_stamp(mini: Mini, opened: list[str]) -> None:
    stamped(mini)
    rendered(mini, "--strict")
    mini.cli("check", NAME)
    assert len(opened) == 3


def test_a_folder_that_cant_be_written_costs_no_stamp_and_no_error(mini: Mini) -> None:
    final(mini)
    mini.write(".briefgen", "a file where the folder should be")
    done = mini.cli("check", NAME)
    assert (done.code, done.out) == (0, "")
    assert rendered(mini).code == 0


def test_no_stamp_is_written_or_read_outside_the_project(mini: Mini, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    final(mini)
    (mini.folder / ".briefgen").symlink_to(elsewhere)
    assert mini.cli("check", NAME).code == 0
    assert list(elsewhere.iterdir()) == []


def test_two_checks_at_once_leave_one_whole_stamp(mini: Mini) -> None:
    path = stamped(mini)
    whole = path.read_bytes()
    source = mini.project.with_defaults(read(mini.folder / NAME, NAME))
    summary = validate(source)
    made = ground.compared(summary, source, mini.project)
    torn: list[bytes] = []

    def write() -> None:
        for _ in range(20):
            stamps.leave(summary, source, mini.project, made.known or {}, made.articles or {})
            torn.extend([said] if (said := path.read_bytes()) != whole else [])

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert torn == []
    assert sorted(name for name in mini.files() if name.startswith(".briefgen")) == [STAMP]


def test_the_library_writes_no_stamp(mini: Mini) -> None:
    from briefgen import check_summary

    final(mini)
    check_summary(mini.folder / NAME)
    by_library(mini)
    assert STAMP not in mini.files()


@pytest.mark.parametrize("own", ["rule", "reader"])
def test_with_code_of_ones_own_in_the_comparison_no_stamp_is_left(mini: Mini, own: str) -> None:
    rule = "def run(context):\n    yield from ()\n\nRULE = Rule('XAB-01', Severity.ERROR, 'words', run, 'evidence')\n"
    mini.write(
        "desk.py", f"from briefgen import Rule, Severity\n\n{rule}\ndef read(path, content):\n    raise NotImplementedError\n"
    )
    mini.write("briefgen.yaml", "parts: " + ("{rules: [desk:RULE]}\n" if own == "rule" else "{readers: {.wire: desk:read}}\n"))
    final(mini)
    assert mini.cli("check", NAME, "--trust-project").code == 0
    assert STAMP not in mini.files()


def test_only_rules_of_evidence_look_at_articles() -> None:
    """A stamp spares the rules of this scope only: one of another scope that read articles would not see them behind it."""
    home = Path(ground.__file__).parents[1] / "rules"
    asks = {path.stem for path in home.glob("*.py") if ".articles" in path.read_text(encoding="utf-8")} - {
        "run",
        "evidence_pairs",
    }
    scopes = {rule.code: rule.scope for rule in RULES if str(rule.run).partition(":")[0] in asks}
    assert asks
    assert set(scopes.values()) == {"evidence"}


def test_rules_of_evidence_look_at_nothing_that_a_stamp_does_not_know() -> None:
    home = Path(ground.__file__).parents[1] / "rules"
    modules = {str(rule.run).partition(":")[0] for rule in RULES if rule.scope == "evidence"}
    strange = re.compile(r"context\.(asked|audiences|levels|public|today|now|briefs)\b")
    assert {
        name: found for name in modules if (found := strange.findall((home / f"{name}.py").read_text(encoding="utf-8")))
    } == {}


def test_a_stamp_keeps_all_of_a_finding() -> None:
    row = Finding("/title", "words", ("cure", "another"), (3, 7), Verdict.NOT_FOUND)
    assert all(getattr(row, name) != Finding._field_defaults.get(name) for name in Finding._fields)
    for each in (row, Finding("", "words")):
        assert stamps._read(json.loads(json.dumps(stamps._written(each)))) == each


def test_the_findings_of_this_page_are_in_the_table() -> None:
    assert CODES["ART-08"].severity == "warning"
    assert ARTICLE.count("40 crews") == 1
