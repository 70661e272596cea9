"""The measurements run: one cheap row, and the words of the table."""

from __future__ import annotations

import pytest

from bench import line_rows
from bench.__main__ import HEADS, groups
from bench.measure import Row


@pytest.mark.slow
def test_a_cheap_row_is_measured() -> None:
    row = line_rows.check(rounds=1)
    assert 0.5 < row.score < 20
    assert len(row.cells()) == len(HEADS)


@pytest.mark.parametrize(("ours", "verdict"), [(6, "stretch"), (8, "goal"), (11, "MISSED")])
def test_a_row_says_what_became_of_its_promise(ours: float, verdict: str) -> None:
    assert Row("work", ours, 10, "ms", 0.8, 0.6).verdict == verdict
    assert Row("work", ours, 10, "ms").verdict == ""


def test_every_group_of_rows_has_a_name() -> None:
    assert list(groups(quick=True)) == ["warm", "check", "render", "preview", "draft", "batch", "memory", "peers"]
