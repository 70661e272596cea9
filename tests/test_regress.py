"""The table of what must not get worse: a case is judged by what is run, what is absent is said, labels are kept in order."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bench import readers
from bench.regress import __main__ as regress
from bench.regress import cases, counts

SUMMARY = """
title: Ferries stop
language: en-GB
key_developments: [{headline: Strike, text: "Crews struck, a report says.", status: reported}]
sources: [{id: S1, title: Port report, published: unknown}]
"""
ARTICLE = "Ferries stop\n\nCrews struck in every port of the north on Monday, a report says, and ferries stopped."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "cases"
    (home / "input").mkdir(parents=True)
    (home / "input/ferries.yaml").write_text(SUMMARY, encoding="utf-8")
    (home / "input/article.txt").write_text(ARTICLE, encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        ({"run": ["check input/ferries.yaml"], "exit": [0], "has": ["FIN-01"], "lacks": ["a bug of ours"]}, ""),
        ({"run": ["check input/ferries.yaml"], "exit": [1]}, "exit 0"),
        ({"run": ["check input/ferries.yaml"], "has": ["elephants"]}, "lacks 'elephants'"),
        ({"run": ["check input/ferries.yaml"], "lacks": ["FIN-01"]}, "has 'FIN-01'"),
        ({"run": ["check input/ferries.yaml"], "show": ["*.pdf"]}, "no *.pdf"),
        ({"in": "input", "run": ["check ferries.yaml"], "show": ["ferries.yaml"], "has": ["title: Ferries"]}, ""),
        ({"files": {"a/b.yaml": {"copy": "input/ferries.yaml"}, "c.txt": "text"}, "run": ["check a/b.yaml"], "exit": [0]}, ""),
        ({"article": "input/article.txt", "quotes": ["Crews struck in every port"], "strangers": ["whales"]}, ""),
        ({"article": "input/article.txt", "quotes": ["whales"]}, "lacks 'whales'"),
        ({"article": "input/article.txt", "strangers": ["Crews struck in every port"]}, "has 'Crews struck in every port'"),
    ],
)
def test_a_case_is_judged(folder: Path, case: dict[str, Any], wrong: str) -> None:
    assert list(cases.judged(folder, [{"case": "x", **case}])) == [cases.Judged("x", wrong)]
    assert {path.name for path in folder.rglob("*")} == {"input", "ferries.yaml", "article.txt"}


def test_a_command_without_end_is_wrong(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "for-ever.sh").write_text("while :; do :; done\n", encoding="utf-8")
    monkeypatch.setattr(cases, "SECONDS", 1)
    assert [each.wrong for each in cases.judged(folder, [{"case": "x", "run": ["sh for-ever.sh"]}])] == ["no end in 1 s"]


def test_the_table_of_cases_is_well_formed() -> None:
    rows = cases.cases()
    assert len({row["case"] for row in rows}) == len(rows) >= 25
    assert {row["case"].partition("/")[0] for row in rows} == {"input", "articles", "hostile", "pages", "house"}
    known = {"case", "in", "files", "run", "exit", "show", "has", "lacks", "article", "quotes", "strangers"}
    for row in rows:
        assert set(row) <= known
        assert ("run" in row) != ("article" in row)
        words = [each for key in ("run", "show", "has", "lacks", "quotes", "strangers") for each in row.get(key, ())]
        assert all(isinstance(each, str) for each in words), row["case"]


def test_saved_pages_are_counted(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    body = "".join(f"<p>Paragraph {n} says that ferries stopped in port {n} of the north on Monday.</p>" for n in range(6))
    page = f"<html><body><nav><a href='/'>Subscribe now</a></nav><article><h1>Ferries</h1>{body}</article></body></html>"
    (tmp_path / "cache/a.html").write_text(page, encoding="utf-8")
    wanted = {"file": "a.html", "with": ["ferries stopped in port 3", "no such words"], "without": ["Subscribe now", "says that"]}
    (tmp_path / "evaldata.json").write_text(json.dumps({"a": wanted, "b": {**wanted, "file": "absent.html"}}), encoding="utf-8")
    halves = readers.measured(tmp_path, readers.ours)
    made = halves[readers.half("a.html")]
    assert made == {"pages": 1, "refused": 0, "nothing": 0, "found": 1, "missed": 1, "intruding": 1, "kept out": 1}
    assert (readers.precision(made), readers.recall(made)) == (0.5, 0.5)
    assert [counts.total() for counts in halves.values() if counts is not made] == [0]


def test_both_readers_are_counted_over_two_halves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(readers, "PAGES", tmp_path)
    monkeypatch.setattr("sys.argv", ["readers"])
    readers.main()
    assert "not measured" in capsys.readouterr().err
    test_saved_pages_are_counted(tmp_path)
    readers.main()
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines()[2:]]
    assert [(row[0].strip("| "), row[1]) for row in rows] == [(half, name) for name in readers.READERS for half in readers.HALVES]
    assert [row[2:4] for row in rows if row[2] == "1"] == [["1", "1"], ["1", "1"]]


def test_what_is_absent_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SHARED", "PAGES", "LAST_TEST"):
        monkeypatch.setattr(counts, name, tmp_path / "absent")
    for part in (counts.trust, counts.right, counts.pages):
        assert all(value.startswith("not measured: ") for _, value in part())


def test_the_code_is_counted() -> None:
    made = dict(counts.code())
    assert int(made["lines of Python in briefgen/"]) > 10_000
    assert re.fullmatch(r"\d+, \d+", made["rooms, modules at the root"])


def test_values_are_kept_by_label_and_shown_beside_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "stored.json"
    regress.store("before-11", {"tests": "1", "cases": "3"}, file)
    regress.store("11", {"tests": "2"}, file)
    assert regress.before("11", file) == ("before-11", regress.stored(file)["before-11"])
    assert regress.before(None, file)[0] == "11"
    regress.store("11", {"cases": "4"}, file)
    assert {"tests": "2", "cases": "4"}.items() <= regress.stored(file)["11"].items()
    assert set(regress.stored(file)["11"]) - {"tests", "cases"} == {"cores", "python"}


def test_the_values_of_the_first_label_are_there() -> None:
    assert next(iter(regress.stored())) == "before-11"


def test_the_table_of_cases_says_what_is_now_and_whether_that_is_right(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = {"run": ["check input/ferries.yaml"], "exit": [0]}, {"run": ["check input/ferries.yaml"], "has": ["a|b"]}
    monkeypatch.setattr(cases, "cases", lambda: [{"case": "good", **good}, {"case": "bad", **bad}])
    assert cases.main([], folder) == 1
    rows = ["| good | as it should be | yes |", "| bad | lacks 'a\\|b' | no |", "| all | 1 of 2 are right | no |"]
    assert capsys.readouterr().out.splitlines() == ["| case | now | right? |", "| --- | --- | --- |", *rows]
    assert cases.main(["goo"], folder) == 0
    assert cases.main(["none"], folder) == cases.main([], folder / "absent") == 2
