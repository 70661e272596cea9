"""The rows of the bench, from `rows.toml`: nothing is measured here."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """One row: its key and group, its name, what it is measured against, what each side does, goal and stretch.

    `by` says which time the promise is about: `processor` or `wall`. `unit` is that of a row that counts something.
    """

    key: str
    group: str
    name: str
    against: str
    ours: str
    peer: str = ""
    goal: float | None = None
    stretch: float | None = None
    by: str = "processor"
    unit: str = "ms"


def _rows() -> dict[str, Row]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {key: Row(key, **values) for key, values in told.items()}


ROWS = _rows()
GROUPS = tuple(dict.fromkeys(row.group for row in ROWS.values()))
