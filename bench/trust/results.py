"""What came of a set, kept by name, and the tables that tell it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.trust.score import Figures, missed
from bench.trust.sets import BAD, ERROR, HONEST, SILENT, TRIPLE, WARNING

FILE = Path(__file__).with_name("results.json")
NOTICES = Path(__file__).with_name("notices")
AIMS = (
    ("honest claims with a false error, of 100", HONEST, (ERROR,)),
    ("honest claims with any false alarm, style apart", HONEST, (ERROR, WARNING)),
    ("honest triples with a false error, of 100", TRIPLE, (ERROR,)),
    ("honest triples with any false alarm, style apart", TRIPLE, (ERROR, WARNING)),
    ("mistakes found, of 100", BAD, (ERROR, WARNING)),
)
Table = Iterator[Sequence[str]]


def load() -> dict[str, Figures]:
    """Return the figures of each set that was kept, in the order in which they were."""
    made: dict[str, Figures] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return made


def store(name: str, figures: Mapping[str, Any]) -> None:
    """Keep the figures of a set."""
    made = load() | {name: dict(figures)}
    FILE.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def licences(name: str) -> list[str]:
    """Return the licences of a set's texts, each with how many have it: the last column of its notice; none without one."""
    file = NOTICES / f"{name}.md"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")][2:]
    found = [row[-1] for row in cells]
    return [f"{licence} ({found.count(licence)})" for licence in dict.fromkeys(found)]


def rate(row: Mapping[str, int], *names: str) -> str:
    """Return how many of a hundred items are of these states; a dash where there are no items."""
    return f"{100 * sum(row[name] for name in names) / row['items']:.1f}" if row["items"] else "–"


def main(made: Figures) -> Table:
    """Yield the rows that the aims are set for."""
    yield "what", "now", "of"
    for words, name, states in AIMS:
        yield words, rate(made[name], *states), str(made[name]["items"])
    yield "kinds of mistake of which fewer than half are found", str(len(missed(made))), str(len(made["kinds"]))
    briefs = made["briefs"]
    free = str(briefs["free"]) if briefs["items"] else "–"
    yield "whole briefs without a false blocking error", free, str(briefs["items"])


def false(made: Figures) -> Table:
    """Yield what honest items are told, style apart and with it, by kind of item and by language."""
    yield "honest, of 100", "items", "error", "warning at worst", "error, with style", "warning, with style"
    rows = {"claims": made[HONEST], "triples": made[TRIPLE]}
    rows |= {f"both, {name}": row["honest and triples"] for name, row in made["languages"].items()}
    for name, row in rows.items():
        rates = (rate(row, each) for each in (ERROR, WARNING, f"{ERROR} with style", f"{WARNING} with style"))
        yield name, str(row["items"]), *rates


def found(made: Figures) -> Table:
    """Yield how many mistakes are found, by kind and by language."""
    yield "mistakes", "items", ERROR, WARNING, SILENT, "found, of 100"
    rows = {**made["kinds"], **{f"every kind, {name}": row[BAD] for name, row in made["languages"].items()}}
    rows["every kind"] = made[BAD]
    for name, row in rows.items():
        yield name, *(str(row[each]) for each in ("items", ERROR, WARNING, SILENT)), rate(row, ERROR, WARNING)


def verdicts(made: Figures) -> Table:
    """Yield by verdict how many honest items are told it, style apart, and how many mistakes are found by it."""
    yield "verdict", "honest items told it", "mistakes found by it"
    yield from ((name, str(row["false"]), str(row["found"])) for name, row in made["verdicts"].items())


def codes(made: Figures) -> Table:
    """Yield the codes that honest items are told."""
    yield "code", "false errors", "false warnings"
    yield from ((code, str(row[ERROR]), str(row[WARNING])) for code, row in made["codes"].items())


def markdown(rows: Table) -> str:
    """Return rows as a table, the first one its head."""
    head, *body = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body))
