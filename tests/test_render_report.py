"""What `render` tells at the end: each finding with its summary, and a table that fits a terminal."""

from __future__ import annotations

import json

import pytest

from briefgen.batch.job import Made, Outcome, Stamp, Unit
from briefgen.cli import render, terminal
from tests.builders import minimal
from tests.mini import Mini


def test_of_several_summaries_each_finding_names_its_own(mini: Mini) -> None:
    for name in ("one", "two"):
        mini.write(f"inputs/{name}.yaml", {**minimal(), "id": name})
    options = ("-t", "html", "-a", "executive", "--format", "json")
    both = json.loads(mini.cli("render", *options, "inputs/one.yaml", "inputs/two.yaml").out)["diagnostics"]
    assert [row["file"] for row in both if row["code"] == "LEN-02"] == ["inputs/one.yaml", "inputs/two.yaml"]
    alone = json.loads(mini.cli("render", *options, "inputs/one.yaml").out)["diagnostics"]
    assert [row["file"] for row in alone if row["code"] == "LEN-02"] == [None]
    assert (
        "style: 2 things (--format json shows them)" in mini.cli("render", *options[:4], "inputs/one.yaml", "inputs/two.yaml").err
    )


def test_a_terminal_gets_one_short_line_for_each_brief(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = render.Work("outputs")
    for name in ("executive", "adviser"):
        stem, formats = f"us-russia-reset-{name}", ("pdf", "docx")
        files = tuple(Made(f"{stem}.{fmt}", "", Stamp(0, 0, 0, 0)) for fmt in formats)
        made.outcomes.append(Outcome(Unit("inputs/us-russia-reset.yaml", name, stem, formats, "en"), "made", files, pages=1))
    monkeypatch.setattr(terminal, "watched", lambda _stream: True)
    monkeypatch.setenv("COLUMNS", "80")
    render._table(made)
    said = capsys.readouterr().out
    assert "such as outputs/us-russia-reset-executive.pdf" in said
    for name in ("executive", "adviser"):
        [line] = [line for line in said.splitlines() if f" {name} " in line]
        assert "us-russia-reset" in line
        assert "pdf, docx" in line
