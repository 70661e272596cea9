"""`make bench`: measures every row, prints it, and keeps it in `bench/results.json`, which docs/performance.md shows.

`--quick` measures a few rounds only, enough to see that everything runs, and keeps nothing; `--only NAME` one group of rows;
`--full` (that is `make bench-full`) batches of 250 summaries and of 10,000 documents, and the ladders of many summaries.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import batch_rows, check_rows, docx_rows, draft_rows, ladders, line_rows, pdf_rows, peer_rows, preview_rows, results
from bench.measure import Measured
from bench.rows import GROUPS

FULL = ("full", "ladders")
Groups = dict[str, Callable[[], Iterator[Measured]]]


def groups(*, quick: bool = False) -> Groups:
    """Return what measures each group of rows."""
    rounds = 2 if quick else 11
    made: Groups = {
        "warm": lambda: _warm(quick=quick),
        "check": lambda: iter([line_rows.check(2 * rounds), *check_rows.rows(rounds)]),
        "render": lambda: line_rows.rows(rounds),
        "preview": lambda: preview_rows.rows(2 * rounds),
        "draft": lambda: draft_rows.rows(rounds),
        "batch": lambda: batch_rows.rows(1 if quick else 3),
        "long": lambda: batch_rows.matrix("long", 4, 1 if quick else 3, long=True),
        "memory": lambda: _memory(60 if quick else 1000),
        "peers": lambda: peer_rows.rows(rounds),
        "full": batch_rows.full,
        "ladders": ladders.rows,
    }
    return {name: made[name] for name in GROUPS}


def _warm(*, quick: bool) -> Iterator[Measured]:
    with tempfile.TemporaryDirectory() as name:
        brief = pdf_rows.document()
        yield from pdf_rows.warm(pdf_rows.prepare(Path(name), brief), rounds=5 if quick else 40)
        yield docx_rows.warm(pickle.dumps(brief), rounds=3 if quick else 60)


def _memory(count: int) -> Iterator[Measured]:
    with tempfile.TemporaryDirectory() as name:
        yield pdf_rows.memory(pdf_rows.prepare(Path(name), pdf_rows.document()), count)


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few rounds: the numbers mean little, and are not kept")
    parser.add_argument("--only", metavar="NAME", action="append", choices=GROUPS, help=f"one group: {', '.join(GROUPS)}")
    parser.add_argument("--full", action="store_true", help=f"the groups that take an hour: {', '.join(FULL)}")
    asked = parser.parse_args()
    print("|", " | ".join(results.HEADS), "|\n|" + " --- |" * len(results.HEADS), flush=True)
    for name in asked.only or [each for each in GROUPS if (each in FULL) == asked.full]:
        if name == "peers" and not peer_rows.PYTHON.exists():
            print("\nnot measured: pandoc, typst, docxtpl (`tools/bootstrap bench` installs them)")
        else:
            _group(name, keep=not asked.quick, measure=groups(quick=asked.quick)[name])


def _group(name: str, *, keep: bool, measure: Callable[[], Iterator[Measured]]) -> None:
    before, made = results.load_now(), []
    for measured in measure():
        made.append(measured)
        print("|", " | ".join(results.cells(measured.row, measured.plain())), "|", flush=True)
    if keep:
        results.save(name, made, results.circumstances(before))


if __name__ == "__main__":
    main()
