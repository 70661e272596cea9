"""A short run of the main speed rows: ratios of processor time, each with its quartiles; `make bench` is the long one."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench import batch_rows, docx_rows, line_rows, pdf_rows
from bench.measure import Measured

PAIRS, FEW = 7, 2


def rows() -> Iterator[tuple[str, str]]:
    """Yield each row with its ratio."""
    for measured in _measured():
        found = measured.ratio("processor")
        row = measured.row
        if found:
            yield f"speed: {row.name} / {row.against}", f"{found.median:.2f} ({found.low:.2f}–{found.high:.2f})"


def _measured() -> Iterator[Measured]:
    yield line_rows.check(2 * PAIRS)
    with tempfile.TemporaryDirectory() as name:
        for audience in ("executive", pdf_rows.AUDIENCE):
            yield line_rows.one(Path(name), audience, PAIRS)
    with tempfile.TemporaryDirectory() as name:
        brief = pdf_rows.document()
        yield next(iter(pdf_rows.warm(pdf_rows.prepare(Path(name), brief), rounds=3 * PAIRS)))
        yield docx_rows.warm(pickle.dumps(brief), rounds=3 * PAIRS)
    _, batch = batch_rows.matrix("long", FEW, 3, long=True)
    yield replace(batch, row=batch.row._replace(name=f"{FEW} long summaries × 4 audiences × 2 formats, -j 1"))
