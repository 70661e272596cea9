"""`briefgen check --waive`: a finding is accepted by one command, with the words that are accepted; all else stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.findings.diagnostics import BriefgenError
from briefgen.load import parse
from briefgen.load.added import added
from briefgen.pipeline.waive import LONGEST
from tests.batch.desks import edit
from tests.finals import NAME, falsify, final, rendered
from tests.mini import ROOT, Done, Mini

WHO = ("--by", "R. Reviewer", "--reason", "The sum of both tables: 49")
TEXT = "Some 49"
WAIVER = {"code": "NUM-04", "item": "D1", "words": TEXT, "reason": "The sum of both tables: 49", "by": "R. Reviewer"}


@pytest.fixture
def path(mini: Mini) -> Path:
    """Return a final whose claim has another figure than its quote."""
    made = final(mini)
    falsify(mini)
    return made


def waive(mini: Mini, *given: str, who: tuple[str, ...] = WHO) -> Done:
    return mini.cli("check", NAME, *(part for one in given for part in ("--waive", one)), *who)


def waivers(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8")).get("waivers")


def test_one_command_writes_the_waiver_and_the_final_is_printed(mini: Mini, path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    done = waive(mini, "NUM-04@D1")
    assert done.code == 0
    assert f"{NAME}: waived NUM-04 for D1, “{TEXT}”" in done.err
    assert waivers(path) == [WAIVER]
    assert [line for line in ndiff(before.splitlines(), path.read_text(encoding="utf-8").splitlines()) if line[0] in "-?"] == []
    assert rendered(mini).code == 0
    assert (path.parent / f"{NAME}~").read_text(encoding="utf-8") == before


def test_a_second_waiver_goes_behind_the_first_with_comments_kept(mini: Mini, path: Path) -> None:
    waive(mini, "NUM-04@D1")
    edit(path, "waivers:\n", "waivers:   # accepted\n  # the figure\n")
    before = path.read_text(encoding="utf-8")
    assert waive(mini, "COR-03@sources").code == 0
    assert path.read_text(encoding="utf-8").startswith(before)
    assert [row["code"] for row in waivers(path)] == ["NUM-04", "COR-03"]
    assert "words" not in waivers(path)[1]  # the finding is about the list, not about words


def test_two_at_once_are_two_waivers(mini: Mini, path: Path) -> None:
    assert waive(mini, "NUM-04@D1", "COR-03@sources").code == 0
    assert [row["code"] for row in waivers(path)] == ["NUM-04", "COR-03"]


FORMS = {
    "a list in brackets": ("waivers: [{code: STY-02, item: D1, reason: R, by: B}]   # mine\n", "}, {code: NUM-04,"),
    "an empty list": ("waivers: []   # mine\n", "[{code: NUM-04,"),
    "brackets over lines": (
        "waivers: [   # mine\n  {code: STY-02, item: D1, reason: R, by: B}\n]\n", "},\n  {code: NUM-04,",
    ),
    "brackets in a list": ("waivers:\n  - {code: STY-02, item: D1, reason: R, by: B}   # mine\n", "# mine\n  - code: NUM-04\n"),
    "a list at the margin": ("waivers:   # mine\n- code: STY-02\n  item: D1\n  reason: R\n  by: B\n", "by: B\n- code: NUM-04\n"),
    "nothing behind the key": ("waivers:   # mine\n", "- code: NUM-04\n"),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("at_the_end", [True, False])
def test_the_layout_of_the_list_is_kept(mini: Mini, path: Path, form: str, at_the_end: bool) -> None:
    text = path.read_text(encoding="utf-8")
    written, expected = FORMS[form]
    path.write_text(text + written if at_the_end else text.replace("sources:\n", f"{written}sources:\n"), encoding="utf-8")
    done = waive(mini, "NUM-04@D1")
    assert done.code == 0, done.err
    after = path.read_text(encoding="utf-8")
    assert waivers(path)[-1] == WAIVER
    assert expected in after
    assert "# mine" in after
    assert "# stays" in after


@pytest.mark.parametrize("indent", [None, 1, "\t"])
@pytest.mark.parametrize("given", [None, [], [{"code": "STY-02", "item": "D1", "reason": "R", "by": "B"}]])
def test_a_summary_in_json(mini: Mini, path: Path, indent: Any, given: Any) -> None:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) | ({} if given is None else {"waivers": given})
    file = mini.write("ferries.json", json.dumps(data, indent=indent, ensure_ascii=False))
    before = file.read_text(encoding="utf-8")
    done = mini.cli("check", "ferries.json", "--waive", "NUM-04@D1", *WHO)
    assert done.code == 0, done.err
    after = file.read_text(encoding="utf-8")
    assert json.loads(after) == data | {"waivers": [*(given or []), WAIVER]}
    changed = [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] == "-"]
    assert len(changed) <= 1


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_the_byte_order_mark_stay(mini: Mini, path: Path, mark: bytes) -> None:
    path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
    assert waive(mini, "NUM-04@D1").code == 0
    after = path.read_bytes()
    assert after.startswith(mark)
    assert after.count(b"\n") == after.count(b"\r\n")
    assert parse(after, path).values["waivers"] == [WAIVER]


def test_a_waiver_covers_its_words_only(mini: Mini, path: Path) -> None:
    waive(mini, "NUM-04@D1")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("text: Some 49 crews", "text: Some 52 crews"), encoding="utf-8")
    done = mini.cli("check", NAME)
    assert done.code == 1
    assert "error NUM-04" in done.err
    assert f"nothing needs the waiver of NUM-04 for D1, “{TEXT}”" in done.err


def test_layout_is_no_change_of_words(mini: Mini, path: Path) -> None:
    waive(mini, "NUM-04@D1")
    edit(path, "    text: Some 49 crews stopped", "    text: >-\n      Some\u00a049 crews\n      stopped")
    assert mini.cli("check", NAME).code == 0


def test_of_a_long_text_the_beginning_is_written(mini: Mini, path: Path) -> None:
    edit(path, "the port board said.", f"the port board said. {'They want more pay. ' * 30}")
    waive(mini, "RDL-03@D1")
    [row] = waivers(path)
    assert 200 < len(row["words"]) <= LONGEST
    assert row["words"].endswith(("They", "want", "more", "pay."))


def test_a_waiver_without_words_covers_as_before(mini: Mini, path: Path) -> None:
    waive(mini, "NUM-04@D1")
    path.write_text("".join(line for line in path.read_text(encoding="utf-8").splitlines(True) if "words:" not in line), "utf-8")
    edit(path, "text: Some 49 crews", "text: Some 52 crews")
    assert mini.cli("check", NAME).code == 0


def test_words_are_whole_words(mini: Mini, path: Path) -> None:
    more = "waivers:\n  - {code: NUM-04, item: D1, words: 9 crews, reason: R, by: B}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert mini.cli("check", NAME).code == 1
    edit(path, "words: 9 crews", "words: 49 crews")
    assert mini.cli("check", NAME).code == 0


def test_another_finding_of_the_same_text_is_not_covered(mini: Mini, path: Path) -> None:
    """“about 49” is accepted; “about 47” in the same sentence shares a word with it, and is another figure."""
    edit(path, "Some 49 crews", "Of about 47 boats, the crews of about 49")
    more = "waivers:\n  - {code: NUM-04, item: D1, words: about 49, reason: R, by: B}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    done = mini.cli("check", NAME, "-v")
    assert done.code == 1
    told = [line for line in done.err.splitlines() if "NUM-04" in line]
    assert any("error" in line and "47" in line for line in told), told
    assert any("info" in line and "49" in line for line in told), told


def test_a_fix_of_style_takes_the_words_of_the_waiver_along(mini: Mini, path: Path) -> None:
    edit(path, "Some 49 crews", "Some 49% of the program")
    waive(mini, "NUM-04@D1")
    assert mini.cli("check", NAME, "--fix").code == 0
    assert waivers(path)[0]["words"] == "Some 49 %"


def test_a_waiver_that_ran_out_can_be_renewed(mini: Mini, path: Path) -> None:
    more = "waivers:\n  - {code: NUM-04, item: D1, reason: R, by: B, until: 2025-02-01}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert mini.cli("check", NAME).code == 1
    assert waive(mini, "NUM-04@D1").code == 0
    assert len(waivers(path)) == 2


REFUSED = {
    ("NUM-04",): "--waive takes CODE@ITEM",
    ("@D1",): "--waive takes CODE@ITEM",
    ("NUM-4@D1",): "did you mean NUM-04?",
    ("NUM-04@D2",): "there is no item 'D2'",
    ("NUM-04@botom_line",): "did you mean bottom_line?",
    ("EVD-01@D1",): "check finds no EVD-01 at D1",
    ("MOD-01@D1",): "only what rules find can be waived",
    ("TXT-05@D1",): "printing it would break, or harm",
}


@pytest.mark.parametrize("given", REFUSED)
def test_what_cant_be_waived_is_refused_and_nothing_is_written(mini: Mini, path: Path, given: tuple[str, ...]) -> None:
    before = path.read_bytes()
    done = waive(mini, *given)
    assert done.code == 2
    assert REFUSED[given] in done.err
    assert path.read_bytes() == before


def test_what_is_found_there_instead_is_named(mini: Mini, path: Path) -> None:
    assert "it finds NUM-04 there" in waive(mini, "EVD-01@D1").err


def test_a_second_time_there_is_nothing_to_accept(mini: Mini, path: Path) -> None:
    waive(mini, "NUM-04@D1")
    done = waive(mini, "NUM-04@D1")
    assert done.code == 2
    assert "that is not accepted already" in done.err


def test_an_item_without_a_written_id_is_told_to_take_one(mini: Mini, path: Path) -> None:
    edit(path, "  - id: D1\n    headline", "  - headline")
    assert f"add `id: D1` to the item at {NAME}:9" in waive(mini, "NUM-04@D1").err


@pytest.mark.parametrize("who", [(), ("--by", "R. R."), ("--reason", "R"), ("--by", " ", "--reason", "R")])
def test_a_waiver_needs_a_name_and_a_reason(mini: Mini, path: Path, who: tuple[str, ...]) -> None:
    done = waive(mini, "NUM-04@D1", who=who)
    assert done.code == 2
    assert "a waiver needs a name and a reason" in done.err


def test_a_name_without_a_waiver_and_two_summaries_are_refused(mini: Mini, path: Path) -> None:
    assert "--by and --reason belong to a waiver" in mini.cli("check", NAME, *WHO).err
    assert "--waive takes one summary" in mini.cli("check", NAME, NAME, "--waive", "NUM-04@D1", *WHO).err


def test_waivers_of_the_project_file_are_not_covered_up(mini: Mini, path: Path) -> None:
    mini.write("briefgen.yaml", "defaults:\n  waivers: [{code: STY-01, item: D1, reason: R, by: B}]\n")
    before = path.read_bytes()
    assert "its waivers stand in the project's file" in waive(mini, "NUM-04@D1").err
    assert path.read_bytes() == before


@pytest.mark.parametrize("reason", ["a: b", "# no", "it's “so”", '"quoted"', "yes", "12", "[x]", "- dash", "a\nb", "é\u2028x"])
def test_any_reason_is_written_so_that_it_is_read_back(mini: Mini, path: Path, reason: str) -> None:
    waive(mini, "NUM-04@D1", who=("--by", "R. R.", "--reason", reason))
    assert parse(path.read_bytes(), path).values["waivers"][0]["reason"] == " ".join(reason.split())


def test_a_list_that_is_none_is_left_alone(tmp_path: Path) -> None:
    source = parse("title: T\nwaivers: words\n", tmp_path / "x.yaml")
    with pytest.raises(BriefgenError, match="could not be edited safely"):
        added(source, "waivers", [{"code": "NUM-04"}])


def test_commands_at_once_lose_nothing(mini: Mini, path: Path) -> None:
    """Each writes its waiver, or says that the file changed; who is told so runs the command again."""
    edit(path, "bottom_line: The crews", "bottom_line: The regime’s crews")
    asked = ["NUM-04@D1", "COR-03@sources", "ATT-04@bottom_line"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "briefgen", "check", NAME, *WHO, "--waive"]
    rounds = 0
    while asked:
        rounds += 1
        assert rounds <= 3
        running = {
            one: subprocess.Popen([*command, one], cwd=mini.folder, env=env, stdout=-3, stderr=subprocess.PIPE) for one in asked
        }
        said = {one: process.communicate()[1].decode() for one, process in running.items()}
        wrote = [one for one in asked if f"waived {one.partition('@')[0]}" in said[one]]
        assert wrote
        assert all("changed" in text for one, text in said.items() if one not in wrote), said
        asked = [one for one in asked if one not in wrote]
    assert sorted(row["code"] for row in waivers(path)) == ["ATT-04", "COR-03", "NUM-04"]
