"""What came of the rows: one file of results, which the run writes and the page of documents shows.

A group of rows is measured and replaced as a whole, and keeps its day, processors, load and versions.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.measure import Measured, verdict
from bench.rows import GROUPS, ROWS, Row

FILE = Path(__file__).with_name("results.json")
HEADS = ("work", "against", "processor time", "wall time", "goal", "stretch", "met", "ours / peer, processor", "wall")
Results = dict[str, Any]


def load(file: Path = FILE) -> Results:
    """Return what was measured, by group: its circumstances and its rows; nothing where no run has written."""
    made: Results = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return made


def save(group: str, rows: Sequence[Measured], about: Mapping[str, object], file: Path = FILE) -> None:
    """Replace the results of a group; raise ValueError where the run had other rows than `bench.rows` tells."""
    told = [key for key, row in ROWS.items() if row.group == group]
    if told != [measured.row.key for measured in rows]:
        raise ValueError(f"{group}: measured {[measured.row.key for measured in rows]}, not {told}")
    kept = load(file) | {group: {**about, "rows": {measured.row.key: measured.plain() for measured in rows}}}
    made = {name: kept[name] for name in GROUPS if name in kept}
    file.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def circumstances(load_before: float) -> dict[str, object]:
    """Return day, processors, load at begin and end, and the versions that matter."""
    return {
        "day": date.today().isoformat(),
        "cores": os.cpu_count(),
        "load": [round(load_before, 1), round(load_now(), 1)],
        "python": platform.python_version(),
        "weasyprint": version("weasyprint"),
    }


def load_now() -> float:
    """Return how many processes wanted a processor in the last minute; 0 where the system does not tell."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def cells(row: Row, plain: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a row of the table in words."""
    met = verdict(row, plain) or "–"
    if "count" in plain:
        return (row.name, row.against, f"{plain['count']:+g} {row.unit}", "–", *_promised(row), met, "–", "–")
    ratios = [_ratio(plain, by, row) for by in ("processor", "wall")]
    return (row.name, row.against, *ratios, *_promised(row), met, *(_sides(plain, by) for by in ("processor", "wall")))


def _promised(row: Row) -> Iterator[str]:
    return ("–" if number is None else f"{number:g}" for number in (row.goal, row.stretch))


def _ratio(plain: Mapping[str, Any], by: str, row: Row) -> str:
    if by not in plain:
        return "–"
    middle, low, high = plain[by]["ratio"]
    spread = f" ({low:.2f}–{high:.2f})" if plain["pairs"] > 1 else " (one pair)"
    return f"**{middle:.2f}**{spread}" if by == row.by and row.goal is not None else f"{middle:.2f}{spread}"


def _sides(plain: Mapping[str, Any], by: str) -> str:
    return f"{_time(plain[by]['ours'])} / {_time(plain[by]['peer'])}" if by in plain else "–"


def _time(milliseconds: float) -> str:
    if milliseconds >= 2000:
        return f"{milliseconds / 1000:.1f} s"
    return f"{milliseconds:.0f} ms" if milliseconds >= 100 else f"{milliseconds:.1f} ms"


def about(group: Mapping[str, Any]) -> str:
    """Return one line on the circumstances of a group."""
    load_words = "–".join(f"{each:g}" for each in group["load"])
    counts = sorted({row["pairs"] for row in group["rows"].values() if "pairs" in row})
    pairs = f", {'–'.join(map(str, dict.fromkeys((counts[0], counts[-1]))))} pairs" if counts else ""
    versions = f"Python {group['python']}, WeasyPrint {group['weasyprint']}"
    return f"{group['day']}, {group['cores']} cores, load {load_words}, {versions}{pairs}"


def table(groups: Sequence[str], results: Results) -> Iterator[tuple[str, ...]]:
    """Yield the rows of some groups; one that was never measured so says it."""
    for row in ROWS.values():
        if row.group in groups:
            plain = results.get(row.group, {}).get("rows", {}).get(row.key)
            yield cells(row, plain) if plain else (row.name, row.against, "not measured yet", "–", *_promised(row), *"–––")
