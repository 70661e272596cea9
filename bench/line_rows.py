"""How fast the command line is from nothing: whole processes in turn.

The command is started as its console script starts it. The peer of the `render` rows is WeasyPrint's own command line on the
page of one brief with its style sheet: it neither reads nor checks a summary, nor tries out what fits the page budget, nor
writes Word files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import pdf_rows
from bench.measure import SUMMARY, Measured, in_turn
from bench.rows import ROWS

SCRIPT = "import sys; from briefgen.cli.app import main; main(sys.argv[1:])"


def briefgen(*arguments: str) -> list[str]:
    """Return the arguments for Python that run our command."""
    return ["-c", SCRIPT, *arguments]


def render(folder: Path, audience: str = "", formats: str = "pdf,docx") -> list[str]:
    """Return the arguments that render the example, for one audience or for all."""
    chosen = ["-a", audience] if audience else []
    return briefgen("render", str(SUMMARY), *chosen, "-t", formats, "-o", str(folder))


def one(folder: Path, audience: str, rounds: int) -> Measured:
    """Return the cold command for one PDF, against WeasyPrint on the same page and style sheet."""
    page = pdf_rows.weasyprint(_prepared(folder, audience))
    return Measured(ROWS[f"render-{audience}"], in_turn(render(folder, audience, "pdf"), page, rounds))


def everything(folder: Path, rounds: int) -> Measured:
    """Return the cold command for four audiences in two formats, against one run of WeasyPrint: the adviser's two pages."""
    page = pdf_rows.weasyprint(_prepared(folder, pdf_rows.AUDIENCE))
    return Measured(ROWS["render-all"], in_turn(render(folder), page, rounds))


def check(rounds: int) -> Measured:
    """Return the cold check of the example, against the import of the two libraries that it can't do without."""
    pairs = in_turn(briefgen("check", str(SUMMARY)), ["-c", "import pydantic, typer"], rounds)
    return Measured(ROWS["cold-check"], pairs)


def rows(rounds: int = 11) -> Iterator[Measured]:
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
