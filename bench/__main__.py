"""`make bench`: one table of every row, printed as it is measured. docs/performance.md says what the rows mean.

`--quick` measures a few rounds only, enough to see that everything runs; `--only NAME` one group of rows; `--full` (that is
`make bench-full`) measures batches of 250 summaries and of 10,000 documents as well.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import batch_rows, check_rows, docx_rows, draft_rows, line_rows, pdf_rows, peer_rows, preview_rows
from bench.measure import Row

HEADS = ("work", "against", "ratio", "goal", "stretch", "met", "medians")


def groups(*, quick: bool = False, full: bool = False) -> dict[str, Callable[[], Iterator[Row]]]:
    """Return what measures each group of rows."""
    rounds = 2 if quick else 11
    return {
        "warm": lambda: _warm(quick=quick),
        "check": lambda: iter([line_rows.check(2 * rounds), *check_rows.rows(rounds)]),
        "render": lambda: line_rows.rows(rounds),
        "preview": lambda: preview_rows.rows(2 * rounds),
        "draft": lambda: draft_rows.rows(rounds),
        "batch": lambda: batch_rows.rows(1 if quick else 3, full=full),
        "memory": lambda: _memory(60 if quick else 1000),
        "peers": lambda: peer_rows.rows(rounds),
    }


def _warm(*, quick: bool) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        brief = pdf_rows.document()
        yield from pdf_rows.warm(pdf_rows.prepare(Path(name), brief), rounds=3 if quick else 40)
        yield docx_rows.warm(pickle.dumps(brief), pdf_rows.AUDIENCE, rounds=3 if quick else 60)


def _memory(count: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        yield from pdf_rows.memory(pdf_rows.prepare(Path(name), pdf_rows.document()), count)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few rounds: the numbers mean little")
    parser.add_argument("--only", metavar="NAME", choices=list(groups()), help=f"one group: {', '.join(groups())}")
    parser.add_argument("--full", action="store_true", help="the batch of 250 summaries, and of 10,000 documents: an hour")
    asked = parser.parse_args()
    print("|", " | ".join(HEADS), "|\n|" + " --- |" * len(HEADS), flush=True)
    for name, measure in groups(quick=asked.quick, full=asked.full).items():
        if asked.only in (None, name):
            for row in measure():
                print("|", " | ".join(row.cells()), "|", flush=True)
    if not peer_rows.PYTHON.exists() and asked.only in (None, "peers"):
        print("\nnot measured: pandoc, typst, docxtpl (`tools/bootstrap bench` installs them)")


if __name__ == "__main__":
    main()
