"""The measurements run, their rows are data, and the page of documents shows what the last runs kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench import generate, line_rows, long, results
from bench.__main__ import FULL, groups
from bench.measure import Measured, Pair, Spent, process, verdict
from bench.rows import GROUPS, ROWS, Row
from tools import docs_bench
from tools.docs import ROOT

PAGE = (ROOT / "docs/performance.md").read_text(encoding="utf-8")


def _row(**values: Any) -> Row:
    return Row(**{"key": "k", "group": "warm", "name": "work", "against": "theirs", "ours": "it", **values})


def _pairs(*ratios: float) -> tuple[Pair, ...]:
    return tuple((Spent(10 * ratio, 20 * ratio), Spent(10, 10)) for ratio in ratios)


# ---- measuring


@pytest.mark.slow
def test_a_cheap_row_is_measured() -> None:
    measured = line_rows.check(rounds=1)
    ratio = measured.ratio("processor")
    assert ratio
    assert 0.5 < ratio.median < 20
    assert len(results.cells(measured.row, measured.plain())) == len(results.HEADS)


def test_the_time_of_descendants_counts_even_where_they_outlive_the_command() -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    alone = process(["-c", "pass"])
    leaving = process(["-c", f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {busy!r}])"])
    assert alone.processor is not None
    assert leaving.processor is not None
    if sys.platform == "linux":
        assert leaving.processor > alone.processor + 250


def test_a_command_that_fails_stops_the_measurement() -> None:
    with pytest.raises(RuntimeError, match="so be it"):
        process(["-c", "raise SystemExit('so be it')"])


def test_a_ratio_is_the_median_of_the_pairs_with_its_quartiles() -> None:
    plain = Measured(_row(), _pairs(0.5, 0.6, 0.7, 0.8, 0.9)).plain()
    assert plain == {
        "pairs": 5,
        "processor": {"ratio": [0.7, 0.6, 0.8], "ours": 7.0, "peer": 10.0},
        "wall": {"ratio": [1.4, 1.2, 1.6], "ours": 14.0, "peer": 10.0},
    }


def test_what_was_not_timed_is_left_out() -> None:
    assert Measured(_row(), ((Spent(None, 3.0), Spent(None, 2.0)),)).plain()["wall"]["ratio"] == [1.5, 1.5, 1.5]
    assert "processor" not in Measured(_row(), ((Spent(None, 3.0), Spent(None, 2.0)),)).plain()


@pytest.mark.parametrize(
    ("ratios", "told"),
    [((0.5, 0.6, 0.7), "stretch"), ((0.75, 0.76, 0.77), "goal"), ((0.7, 0.75, 0.95), "edge"), ((0.9, 1.0, 1.1), "MISSED")],
)
def test_a_row_says_what_became_of_its_promise(ratios: tuple[float, ...], told: str) -> None:
    row = _row(goal=0.8, stretch=0.6)
    assert verdict(row, Measured(row, _pairs(*ratios)).plain()) == told
    assert verdict(_row(), Measured(row, _pairs(*ratios)).plain()) == ""


def test_the_promise_is_about_the_time_that_the_row_names() -> None:
    row = _row(goal=1, stretch=0.5, by="wall")
    assert verdict(row, Measured(row, _pairs(0.5, 0.6, 0.7)).plain()) == "MISSED"


def test_a_count_is_judged_by_itself() -> None:
    row = _row(goal=0, stretch=0, unit="runs")
    assert [verdict(row, Measured(row, count=count).plain()) for count in (0, 1)] == ["stretch", "MISSED"]


# ---- rows, results and the page


def test_every_group_of_rows_is_measured_by_something_and_has_a_title() -> None:
    assert list(groups(quick=True)) == list(GROUPS) == list(docs_bench.TITLES)
    assert set(FULL) < set(GROUPS)


def test_a_group_is_kept_only_with_all_its_rows(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    made = [Measured(ROWS["memory"], count=3.0)]
    results.save("memory", made, {"day": "2026-01-01", "load": [0, 0]}, file)
    assert results.load(file)["memory"]["rows"] == {"memory": {"count": 3.0}}
    with pytest.raises(ValueError, match="draft-long"):
        results.save("draft", made, {}, file)


def test_the_results_hold_the_rows_of_the_bench_and_no_others() -> None:
    kept = results.load()
    assert set(GROUPS) - set(kept) <= set(FULL), "make bench measures them"
    for name, group in kept.items():
        assert list(group["rows"]) == [key for key, row in ROWS.items() if row.group == name]
        assert {"day", "cores", "load", "python", "weasyprint"} < set(group)


def test_the_page_shows_every_row_as_it_was_kept() -> None:
    kept = results.load()
    for row, cells in zip(ROWS.values(), results.table(GROUPS, kept), strict=True):
        assert f"| {' | '.join(cells)} |" in PAGE, "make docs writes it"
        assert f"| {row.name} / {row.against} | {row.ours} |" in PAGE
    for group in kept.values():
        assert results.about(group) in PAGE


def test_a_row_without_results_says_so() -> None:
    assert all(cells[2] == "not measured yet" and len(cells) == len(results.HEADS) for cells in results.table(GROUPS, {}))


# ---- generated summaries


def _size(value: Any) -> tuple[int, int]:
    """Return the words and the items of some data."""
    if isinstance(value, str):
        return len(value.split()), 0
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    words, items = (sum(column) for column in zip((0, 0), *map(_size, inner), strict=True))
    return words, items + (len(inner) if isinstance(value, list) else 0)


def test_a_long_summary_has_the_size_of_the_shipped_one(tmp_path: Path) -> None:
    made, mould = long.summary(0), long._mould()
    for ours, theirs in zip(_size(made), _size(mould), strict=True):
        assert 0.95 * theirs < ours <= theirs
    assert len(made["sources"]) == len(mould["sources"])
    assert long.summary(1) != {**made, "id": "long-1"}
    assert long.summary(0) == made
    shared = set(json.dumps(made).split()) & set(json.dumps(mould).split())
    assert len(shared) < 0.6 * len(set(json.dumps(mould).split()))


def test_a_batch_of_long_summaries_is_valid(tmp_path: Path) -> None:
    [path] = generate.project(tmp_path, 1, long=True)
    done = subprocess.run(
        [sys.executable, "-m", "briefgen", "check", str(path), "--format", "json"], capture_output=True, cwd=ROOT
    )
    findings = json.loads(done.stdout)
    assert done.returncode == 0
    assert [finding for finding in findings if finding["severity"] == "error"] == []
