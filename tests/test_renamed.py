"""A code that is renamed is known by its old name for one version, wherever codes are named; who uses it is told the new one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen import __version__
from briefgen.findings.codes import CODES
from briefgen.findings.renamed import RENAMED, Renamed, covers, current, resolved
from tests.finals import NAME, STAMP, falsify, final, rendered
from tests.mini import Done, Mini
from tools.docs_parts import renamed_codes

OLD = "NUM-94"  # a code that no rule has or had
WHO = ("--by", "R. Reviewer", "--reason", "A sum")
WAIVER = f"waivers:   # mine\n  - {{code: {OLD}, item: D1, reason: A sum, by: R. Reviewer}}   # the figure\n"
TOLD = f"{OLD} is called NUM-04 now, and briefgen 9.0 no longer knows the old name"


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let NUM-04 have had another name, and a theme that is gone have had a code."""
    monkeypatch.setitem(RENAMED, OLD, Renamed("NUM-04", "9.0"))
    monkeypatch.setitem(RENAMED, "FIG-07", Renamed("NUM-02", "9.0"))
    yield


@pytest.fixture
def path(mini: Mini) -> Path:
    made = final(mini)
    falsify(mini)
    return made


def check(mini: Mini, *given: str) -> Done:
    return mini.cli("check", NAME, *given)


def with_waiver(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + WAIVER, encoding="utf-8")


def test_names_are_read_as_they_are_today() -> None:
    assert current(OLD) == "NUM-04"
    assert current("NUM-04") == "NUM-04"
    assert resolved([OLD, "LIK", "NUM-04"]) == ["NUM-04", "LIK"]
    assert resolved(["FIG"]) == ["FIG", "NUM-02"]
    assert resolved(["NUM", "NUM-9"]) == ["NUM", "NUM-9", "NUM-04"]
    assert covers(resolved(["FIG-0"]), "NUM-02")


def test_a_waiver_of_the_old_name_holds_and_says_so_once(mini: Mini, path: Path) -> None:
    with_waiver(path)
    path.write_text(
        path.read_text(encoding="utf-8") + WAIVER.partition("\n")[2].replace("D1", "D1, field: text"), encoding="utf-8"
    )
    done = check(mini)
    assert done.code == 0
    assert done.err.count("warning WVR-03") == 1
    line = path.read_text(encoding="utf-8").splitlines().index("waivers:   # mine") + 2
    assert f"{NAME}:{line}:12: warning WVR-03 {TOLD}" in done.err
    assert "`briefgen check --fix` writes the new name" in done.err
    assert rendered(mini).code == 0


def test_a_waiver_of_the_old_name_that_nothing_needs_is_told(mini: Mini) -> None:
    with_waiver(final(mini))
    assert "nothing needs the waiver" in check(mini).err


@pytest.mark.parametrize("name", [NAME, "ferries.json"])
def test_fix_writes_the_new_name_and_nothing_else(mini: Mini, path: Path, name: str) -> None:
    with_waiver(path)
    if name != NAME:
        from briefgen.load import parse

        path = mini.write(name, parse(path.read_text(encoding="utf-8"), path).values)
    before = path.read_text(encoding="utf-8")
    done = mini.cli("check", name, "--fix", "--select", "NUM-04")
    after = path.read_text(encoding="utf-8")
    assert after.count("NUM-04") == 1
    assert before.replace(OLD, "NUM-04").partition("waivers")[2] == after.partition("waivers")[2]
    assert "code: NUM-04 (was " in done.err
    assert "WVR-03" not in mini.cli("check", name).err


def test_select_and_ignore_take_the_old_name(mini: Mini, path: Path) -> None:
    done = check(mini, "--select", OLD)
    assert (done.code, "error NUM-04" in done.err, done.err.count(f"warning PRJ-20 {TOLD}")) == (1, True, 1)
    assert "write NUM-04" in done.err
    done = check(mini, "--ignore", f"{OLD},{OLD}")
    assert (done.code, "error NUM-04" in done.err, done.err.count("PRJ-20")) == (0, False, 1)
    assert "PRJ-20" not in check(mini, "--select", "NUM-04").err


def test_a_theme_that_is_gone_names_what_its_codes_are_called_now(mini: Mini, path: Path) -> None:
    assert check(mini, "--select", "FIG").code == 0
    assert "there is no check 'FIX'" in check(mini, "--select", "FIX").err


def test_the_project_file_takes_it_and_says_where(mini: Mini, path: Path) -> None:
    mini.write("briefgen.yaml", f"checks:\n  ignore: [STY-02, {OLD}]\n")
    done = check(mini)
    assert done.code == 0
    assert f"briefgen.yaml:2:20: warning PRJ-20 {TOLD}" in done.err
    assert done.err.count("PRJ-20") == 1
    assert rendered(mini).code == 0


def test_the_report_for_machines_holds_it_too(mini: Mini, path: Path) -> None:
    rows = json.loads(check(mini, "--select", OLD, "--format", "json").out)
    assert [row["code"] for row in rows] == ["PRJ-20", "NUM-04"]


def test_waive_writes_the_new_name(mini: Mini, path: Path) -> None:
    done = check(mini, "--waive", f"{OLD}@D1", *WHO)
    assert done.code == 0
    assert TOLD in done.err
    assert "code: NUM-04" in path.read_text(encoding="utf-8")


def test_a_stamp_knows_of_the_new_name(mini: Mini, path: Path) -> None:
    with_waiver(path)
    check(mini)
    assert STAMP in mini.files()
    assert rendered(mini).code == 0


def test_the_table_in_the_documents() -> None:
    assert f"| `{OLD}` | `NUM-04` | 9.0 |" in renamed_codes()
    RENAMED.clear()
    assert renamed_codes() == "No code has a new name in this version."


def test_every_old_name_is_gone_and_leads_to_one_that_is_there_and_its_time_has_not_come() -> None:
    shipped = {old: now for old, now in RENAMED.items() if now.until != "9.0"}
    for old, now in shipped.items():
        assert old not in CODES, old
        assert now.new in CODES, now.new
        assert now.new not in RENAMED, "a name is followed once"
        assert _number(now.until) > _number(__version__), f"take {old} out of the table: briefgen {now.until} no longer knows it"


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
