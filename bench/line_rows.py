"""How fast the command line is from nothing: wall time of whole processes, medians of alternating runs.

The command is started as its console script starts it. The peer of the `render` rows is WeasyPrint's own command line on the
page of one brief with its style sheet: it neither reads nor checks a summary, nor tries out what fits the page budget, nor
writes Word files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import pdf_rows
from bench.measure import SUMMARY, Row, in_turn

SCRIPT = "import sys; from briefgen.cli.app import main; main(sys.argv[1:])"


def briefgen(*arguments: str) -> list[str]:
    """Return the arguments for Python that run our command."""
    return ["-c", SCRIPT, *arguments]


def render(folder: Path, audience: str = "", formats: str = "pdf,docx") -> list[str]:
    """Return the arguments that render the example, for one audience or for all."""
    chosen = ["-a", audience] if audience else []
    return briefgen("render", str(SUMMARY), *chosen, "-t", formats, "-o", str(folder))


def one(folder: Path, audience: str, rounds: int) -> Row:
    """Return the cold command for one PDF, against WeasyPrint on the same page and style sheet."""
    page = pdf_rows.weasyprint(_prepared(folder, audience))
    mine, peer = in_turn([render(folder, audience, "pdf"), page], rounds)
    return Row(f"cold `briefgen render`, one PDF, {audience}", mine, peer, "ms", 1.1, 0.75, "weasyprint, same page")


def everything(folder: Path, rounds: int) -> Row:
    """Return the cold command for four audiences in two formats, against one run of WeasyPrint: the adviser's two pages."""
    page = pdf_rows.weasyprint(_prepared(folder, pdf_rows.AUDIENCE))
    mine, peer = in_turn([render(folder), page], rounds)
    return Row("cold `briefgen render`, 4 audiences × 2 formats", mine, peer, "ms", 2.5, 1.5, "weasyprint, one PDF (adviser)")


def check(rounds: int) -> Row:
    """Return the cold check of the example, against the import of the two libraries that it can't do without."""
    mine, peer = in_turn([briefgen("check", str(SUMMARY)), ["-c", "import pydantic, typer"]], rounds)
    return Row("cold `briefgen check`", mine, peer, "ms", 2, 1.3, "import pydantic, typer")


def rows(rounds: int = 11) -> Iterator[Row]:
    """Yield every row of `render` as it is measured."""
    with tempfile.TemporaryDirectory() as name:
        for audience in ("executive", pdf_rows.AUDIENCE):
            yield one(Path(name), audience, rounds)
        yield everything(Path(name), rounds)


def _prepared(folder: Path, audience: str) -> Path:
    """Return a folder with the page of one audience, made once."""
    made = folder / audience
    if not made.exists():
        made.mkdir()
        pdf_rows.prepare(made, pdf_rows.document(audience))
    return made
