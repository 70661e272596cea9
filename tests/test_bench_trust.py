"""The counts of `bench.trust` are right on a tiny set of our own, and on the open set those of its own scorer."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.readers import SHARED
from bench.trust import __main__ as command
from bench.trust import results, score, sets
from briefgen.findings.diagnostics import Diagnostic, Severity, Verdict
from tools import docs_trust

GOLD = """\
id,set,kind,twin,file,path,language
H001,honest,D,,h.yaml,/key_developments/0,en-GB
H002,honest,D,,h.yaml,/key_developments/1,en-GB
H003,honest,D,,h.yaml,/key_developments/10,de
T001,triple,D,,t.yaml,/key_developments/0,en-GB
B001,bad,figure,H001,b1.yaml,/key_developments/0,en-GB
B002,bad,quote,H002,b2.yaml,/key_developments/0,en-GB
B003,bad,figure,H003,b3.yaml,/key_developments/0,de
"""
E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741 - the letters of the table below
NEAR = "/key_developments/1"
SAID: dict[str, list[tuple[Severity, str, str, str, Verdict | None]]] = {
    "h.yaml": [
        (E, "NUM-04", f"{NEAR}/text", "H002 has 7", Verdict.CONTRADICTED),
        (E, "NUM-04", f"{NEAR}/text", "H002 has 7", Verdict.CONTRADICTED),  # the same once more counts once
        (W, "STY-01", "/key_developments/0/text", "a form", None),
        (W, "NAM-02", f"{NEAR}0/text", "a name", Verdict.NOT_FOUND),
        (E, "FIN-01", "/title", "outside", None),
    ],
    "t.yaml": [(W, "NAM-02", "/key_developments/0/text/short", "a name", Verdict.NOT_FOUND)],
    "b1.yaml": [
        (E, "NUM-04", "/key_developments/0/text", "there stands 12", Verdict.CONTRADICTED),
        (W, "STY-01", "/key_developments/0/text", "a form", None),
    ],
    "b2.yaml": [(E, "NUM-04", "/key_developments/0/text", "B002 has 7", Verdict.CONTRADICTED)],  # as its honest twin is told
    "b3.yaml": [(I, "NUM-04", "/key_developments/0/text", "an information is silence", None)],
    "one.yaml": [(W, "COR-03", "/sources", "one source", None)],
    "two.yaml": [
        (E, "NUM-04", "/bottom_line", "a figure", None),
        (E, "STY-01", "/title", "an error stops, whatever its group", None),
    ],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def checked(_folder: Path, files: Any) -> sets.Findings:
        rows = {file: SAID[file] for file in sorted(set(files))}
        return {
            file: [Diagnostic(weight, code, message, path=path, verdict=verdict) for weight, code, path, message, verdict in said]
            for file, said in rows.items()
        }

    monkeypatch.setattr(score, "checked", checked)
    (tmp_path / "gold.csv").write_text(GOLD, encoding="utf-8")
    (tmp_path / "briefs").mkdir()
    for name in ("one", "two"):
        (tmp_path / f"briefs/{name}.yaml").write_text("title: T\n", encoding="utf-8")
    return tmp_path


def test_every_figure_of_a_tiny_set(folder: Path) -> None:
    made = score.figures(score.scored(folder))
    assert made["honest"] == {"items": 3, "error": 1, "warning": 1, "error with style": 1, "warning with style": 2}
    assert made["triple"] == {"items": 1, "error": 0, "warning": 1, "error with style": 0, "warning with style": 1}
    assert made["bad"] == {"items": 3, "error": 1, "warning": 0, "silent": 2}
    assert made["kinds"]["figure"] == {"items": 2, "error": 1, "warning": 0, "silent": 1}
    assert made["kinds"]["quote"] == {"items": 1, "error": 0, "warning": 0, "silent": 1}
    assert made["kinds"]["cause"]["items"] == 0
    assert score.missed(made) == ["quote"]
    assert list(made["languages"]) == ["en", "de"]
    assert made["languages"]["de"]["bad"] == {"items": 1, "error": 0, "warning": 0, "silent": 1}
    assert made["languages"]["en"]["honest and triples"]["items"] == 3
    assert made["verdicts"] == {"contradicted": {"false": 1, "found": 1}, "not found": {"false": 2, "found": 0}}
    assert made["codes"] == {
        "NUM-04": {"error": 1, "warning": 0},
        "NAM-02": {"error": 0, "warning": 2},
        "STY-01": {"error": 0, "warning": 1},
    }
    assert made["outside"] == {"error": 1, "warning": 0}
    assert made["briefs"] == {"items": 2, "free": 1, "warnings": 1, "stopped": {"two.yaml": 2}}


def test_a_code_or_a_theme_fits_a_kind() -> None:
    assert score.fits("NUM-04", "figure")
    assert score.fits("DAT-99", "date")
    assert not score.fits("DAT-99", "figure")
    assert not score.fits("NUM-044", "figure")


def test_the_tables_are_printed_and_the_figures_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(results, "FILE", tmp_path / "results.json")
    monkeypatch.setattr(results, "NOTICES", tmp_path)
    assert command.main([str(folder), "--store", "tiny"]) == 2
    assert "notices/tiny.md first" in capsys.readouterr().err
    notice = "| text | by | licence |\n| --- | --- | --- |\n| A | B | CC0 |\n| C | D | CC BY 4.0 |\n| E | F | CC0 |\n"
    (tmp_path / "tiny.md").write_text(notice, encoding="utf-8")
    assert command.main([str(folder), "--store", "tiny", "--show"]) == 0
    out = capsys.readouterr().out
    for row in (
        "| honest claims with a false error, of 100 | 33.3 | 3 |",
        "| honest claims with any false alarm, style apart | 66.7 | 3 |",
        "| whole briefs without a false blocking error | 1 | 2 |",
        "| every kind | 3 | 1 | 0 | 2 | 33.3 |",
        "| contradicted | 1 | 1 |",
        "bad B002 quote b2.yaml: silent",
        "    error NUM-04 /text: # has 7",
        "brief two.yaml: error NUM-04 /bottom_line: a figure",
    ):
        assert row in out
    assert results.licences("tiny") == ["CC0 (2)", "CC BY 4.0 (1)"]
    kept = results.load()["tiny"]
    assert (kept["tuned"], kept["bad"]["error"]) == (False, 1)
    assert "| tiny | fresh" in docs_trust.sets()
    assert "| mistakes found, of 100 | 33.3 |" in docs_trust.figures()
    assert "| figure | 1, 0, 1 |" in docs_trust.kinds()


def test_a_set_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(tmp_path)]) == 2
    assert "not measured" in capsys.readouterr().err


def test_every_set_that_was_kept_has_its_notice() -> None:
    for name, made in results.load().items():
        assert results.licences(name), name
        assert made["counted"]


def test_files_are_checked_in_process(tmp_path: Path) -> None:
    evidence = [{"source": "S1", "quote": "no such words stand there"}]
    claim = {"id": "D1", "headline": "A thing", "text": "It is told.", "status": "reported", "evidence": evidence}
    source = {"id": "S1", "title": "The article", "published": "unknown", "file": "a.txt"}
    summary = {"title": "T", "language": "en-GB", "stage": "final", "key_developments": [claim], "sources": [source]}
    (tmp_path / "a.txt").write_text("A title\n\nThe board met in the town hall, and clerks wrote it down.\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(yaml.safe_dump(summary), encoding="utf-8")
    item = sets.Item("B001", "bad", "quote", "H001", "b.yaml", "/key_developments/0", "en-GB")
    said = sets.told(item, sets.checked(tmp_path, ["b.yaml", "b.yaml"]))
    assert [(row.rank, row.code, row.field) for row in said if row.code == "EVD-01"] == [(0, "EVD-01", "/evidence/0/quote")]


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "trust/score.py").exists(), reason="the open set is not here (BRIEFGEN_SHARED)")
def test_on_the_open_set_the_counts_are_those_of_its_scorer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = ast.parse((SHARED / "trust/score.py").read_text(encoding="utf-8"))
    [fit] = [ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign) and "FIT" in ast.unparse(node)]
    assert all(set(names) <= set(score.KINDS[kind]) for kind, names in fit.items())
    monkeypatch.setattr(score, "KINDS", fit)  # which codes came later, only ours knows
    program, kept = Path(sys.executable).with_name("briefgen"), tmp_path / "scored.json"
    call = [sys.executable, str(SHARED / "trust/score.py"), "--program", str(program), "--json", str(kept)]
    subprocess.run(call, check=True, capture_output=True)
    theirs = json.loads(kept.read_text(encoding="utf-8"))
    made = score.scored(SHARED / "trust")
    assert {item.id: [list(row[:4]) for row in made.told[item.id]] for item in made.every} == {
        name: row["findings"] for name, row in theirs.items()
    }
    verdicts = {name: row["verdict"] for name, row in theirs.items() if row["verdict"]}
    assert {name: score.state(rows) for name, rows in made.right.items()} == {
        name: "silent" if said == "info" else said for name, said in verdicts.items()
    }
