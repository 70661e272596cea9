"""The tables of docs/performance.md, made from what the last runs of the bench wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bench import results
from bench.rows import GROUPS, ROWS

TITLES = {
    "warm": "In a process that stays",
    "check": "Checks",
    "render": "Rendering, from nothing",
    "preview": "Preview",
    "draft": "Drafts",
    "batch": "A batch of small summaries",
    "long": "A batch of summaries as long as real ones",
    "memory": "Memory",
    "peers": "Other programs",
    "full": "Large batches",
    "ladders": "Ladders",
}
"""What the page calls each group of rows, in its order."""


def measured(names: Sequence[str] = GROUPS) -> str:
    """Return what came of each group: its circumstances, and its rows."""
    made, parts = results.load(), []
    for name in names:
        told = results.about(made[name]) if name in made else "No run has kept these rows yet."
        parts.append(f"### {TITLES[name]}\n\n{told}\n\n{_table(results.HEADS, results.table([name], made))}")
    return "\n\n".join(parts)


def sides() -> str:
    """Return what each side of each row does."""
    rows = ((f"{row.name} / {row.against}", row.ours, row.peer or "–") for row in ROWS.values())
    return _table(("row", "ours", "the other side"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (heads, ["---"] * len(heads), *rows))


BLOCKS: Mapping[str, Callable[[], str]] = {"bench": measured, "bench-sides": sides}
