"""What `render` tells at the end: each finding with its summary, and a table that fits a terminal."""

from __future__ import annotations

import pytest

from briefgen.batch.job import Made, Outcome, Stamp, Unit
from briefgen.cli import render, terminal
from tests.builders import minimal
from tests.mini import Mini


def test_of_several_summaries_each_finding_names_its_own(mini: Mini) -> None:
    for name in ("one", "two"):
        mini.write(f"inputs/{name}.yaml", {**minimal(), "id": name})
    both = mini.cli("render", "-t", "html", "-a", "executive", "inputs/one.yaml", "inputs/two.yaml")
    assert "inputs/one.yaml: info LEN-02 executive: " in both.err
    assert "inputs/two.yaml: info LEN-02 executive: " in both.err
    alone = mini.cli("render", "-t", "html", "-a", "executive", "inputs/one.yaml")
    assert "\ninfo LEN-02 executive: " in alone.err


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
