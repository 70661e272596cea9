"""What a person sees: findings, tables, a progress bar; plain lines where nobody watches. Imports rich only on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from briefgen import report as reports
from briefgen.diagnostics import Diagnostic
from briefgen.load import line_of


def watched(stream: TextIO) -> bool:
    """Return whether a person sees the stream in colour: a terminal, and neither NO_COLOR nor TERM=dumb."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def complain(message: str, hint: str = "") -> None:
    """Say one fault and its cure on standard error."""
    sys.stderr.write(f"briefgen: {message}\n" + (f"  {hint}\n" if hint else ""))


def report(diagnostics: Iterable[Diagnostic], *, verbose: bool = True) -> None:
    """Show findings on standard error, each with its line."""
    text = reports.text(list(diagnostics), line_of, verbose=verbose, colour=watched(sys.stderr))
    if text:
        sys.stderr.write(text.rstrip("\n") + "\n")


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Print a table: drawn on a terminal, tab-separated lines in a pipe. `right` names the columns of numbers."""
    numbers = set(right)
    if not watched(sys.stdout):
        for row in (heads, *rows):
            sys.stdout.write("\t".join(row) + "\n")
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=title, title_justify="left", header_style="bold")
    for n, head in enumerate(heads):
        drawn.add_column(head, justify="right" if n in numbers else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console().print(drawn)


@contextmanager
def progress(total: int, what: str) -> Iterator[Any]:
    """Yield a function that tells one step done and what comes next; a bar on a terminal, silent elsewhere."""
    if total < 2 or not watched(sys.stderr):
        yield lambda _name: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=escape(name))
