"""`check --levels` and `render --no-check` on the command line."""

from __future__ import annotations

import json

import pytest

from briefgen.cli import terminal
from briefgen.cli.levels import marked
from tests.builders import minimal
from tests.mini import Mini


def test_marked_words() -> None:
    assert marked("a bc d", [(2, 4), (2, 4), (3, 6)]) == "a »bc« d"
    assert marked("a bc d", []) == "a bc d"


def test_a_final_summary_that_disagrees_is_rejected(mini: Mini) -> None:
    data = minimal()
    data["key_developments"][0]["text"] = {"full": "Twelve crews struck, a report says.", "short": "Crews struck."}
    data["stage"] = "final"
    mini.write("inputs/mini.yaml", data)
    done = mini.cli("check", "--levels", "inputs/mini.yaml")
    assert (done.code, "STA-04" in done.out) == (1, True)
    assert mini.cli("check", "--levels", "nowhere.yaml").code == 2


@pytest.mark.parametrize("report", ["--levels", "--sources"])
def test_one_missing_file_does_not_stop_the_others(mini: Mini, report: str) -> None:
    mini.write("inputs/mini.yaml", minimal())
    mini.write("inputs/bad.yaml", {"title": "T"})
    done = mini.cli("check", report, "nowhere.yaml", "inputs/bad.yaml", "inputs/mini.yaml")
    assert done.code == 2
    assert "USE-01" in done.err and "MOD-02" in done.err and "inputs/mini.yaml" in done.out
    assert mini.cli("check", report, "inputs/bad.yaml", "inputs/mini.yaml").code == 1


def test_warnings_under_strict(mini: Mini) -> None:
    data = minimal()
    data["key_developments"][0]["text"] = {"full": "Crews struck, a report says.", "short": "Crews struck."}
    mini.write("inputs/mini.yaml", data)
    assert mini.cli("check", "--levels", "inputs/mini.yaml").code == 0
    assert mini.cli("check", "--levels", "--strict", "inputs/mini.yaml").code == 3


def test_a_waived_difference_is_consistent(mini: Mini) -> None:
    data = minimal()
    data["key_developments"][0] |= {"id": "D1", "text": {"full": "Crews struck, a report says.", "short": "Crews struck."}}
    data["waivers"] = [{"code": "STA-04", "item": "D1", "reason": "The headline says it", "by": "A. Editor"}]
    mini.write("inputs/mini.yaml", data)
    done = mini.cli("check", "--levels", "--format", "json", "inputs/mini.yaml")
    [row] = json.loads(done.out)["summaries"]
    assert row["consistent"] and [d["severity"] for d in row["diagnostics"]] == ["info"]


@pytest.mark.parametrize("stage", ["draft", "final"])
def test_unchecked_is_printed_everywhere(mini: Mini, stage: str) -> None:
    data = {**minimal(), "stage": stage, "rests_on": ["D99"]}
    mini.write("inputs/mini.yaml", data)
    assert mini.cli("render", "-a", "executive", "-t", "html", "inputs/mini.yaml").code == 1
    done = mini.cli("render", "--no-check", "-a", "executive", "-t", "html", "inputs/mini.yaml")
    assert done.code == 0 and "UNCHECKED" in done.err
    [made] = (mini.folder / "outputs").iterdir()
    assert made.name == "mini-executive-UNCHECKED.html"
    text = made.read_text(encoding="utf-8")
    assert text.count("UNCHECKED") >= 2 and "Unchecked test print" in text and "DRAFT" not in text


def test_the_model_is_checked_all_the_same(mini: Mini) -> None:
    mini.write("inputs/mini.yaml", {**minimal(), "nonsense": 1})
    done = mini.cli("render", "--no-check", "-a", "executive", "-t", "html", "inputs/mini.yaml")
    assert done.code == 1 and "MOD-01" in done.err


def test_a_terminal_breaks_long_lines_between_words_and_a_pipe_none(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "  searched for contrary items: 8 versions for 5 audiences (executive, adviser, analyst, public, board)"
    assert terminal.wrapped(line) == [line]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    rows = terminal.wrapped(line)
    assert max(map(len, rows)) <= 60
    assert " ".join(row.strip() for row in rows) == line.strip()
    assert rows[1].startswith("    ")
