"""What a person sees: findings, tables, a progress bar; plain lines where nobody watches. Imports rich only on a terminal."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from briefgen.findings import excerpt
from briefgen.findings import report as reports
from briefgen.findings.codes import SHIPPED, RuleSet
from briefgen.findings.diagnostics import Diagnostic
from briefgen.load import line_of


def watched(stream: TextIO) -> bool:
    """Return whether a person sees the stream in colour: a terminal, and neither NO_COLOR nor TERM=dumb."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def complain(message: str, hint: str = "") -> None:
    """Say one fault and its cure on standard error."""
    sys.stderr.write(f"briefgen: {message}\n" + (f"  {hint}\n" if hint else ""))


def report(
    diagnostics: Iterable[Diagnostic],
    *,
    verbose: bool = True,
    style: bool = False,
    whole: str = "check -v",
    files: int = 1,
    rules: RuleSet = SHIPPED,
) -> None:
    """Show findings on standard error, each with its line; where not all are shown, say that `whole` shows them.

    House style is counted only, unless `style` asks for it. Of several `files` each has its own headline.
    """
    shown: dict[str, Any] = {"verbose": verbose, "style": style, "whole": whole, "files": files, "rules": rules}
    text = reports.text(list(diagnostics), line_of, colour=watched(sys.stderr), **shown)
    if text:
        sys.stderr.write(text.rstrip("\n") + "\n")


def as_json(told: Any, stream: TextIO | None = None) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Print plain data as JSON on standard output, or on another stream."""
    import json

    (stream or sys.stdout).write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")


def findings(rows: list[Diagnostic], form: str, *, rules: RuleSet = SHIPPED, **shown: Any) -> None:  # noqa: ANN401
    """Report findings as `--format` says: json, sarif and github on standard output, all of them; text as `report` does."""
    if form == "json":
        as_json(reports.as_json(rows))
    elif form == "sarif":
        from briefgen.findings.sarif import sarif

        as_json(sarif(rows, rules))
    elif form == "github":
        sys.stdout.write(reports.github(rows))
    else:
        report(rows, rules=rules, **shown)


def counted(number: int, what: str) -> str:
    """Return `1 text`, `2 texts`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def width() -> int:
    """Return how long a line may be: as long as the terminal, and in a pipe as long as our own lines at most."""
    return min(shutil.get_terminal_size().columns, excerpt.WIDTH) if sys.stdout.isatty() else excerpt.WIDTH


def wrapped(line: str) -> list[str]:
    """Return a line as a terminal shows it, broken between words and set in; in a pipe it stays one line."""
    if not sys.stdout.isatty():
        return [line]
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.wrap(line, width(), subsequent_indent=indent, break_on_hyphens=False, break_long_words=False) or [line]


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
def progress(total: int, what: str, *, plain: bool = False) -> Iterator[Any]:
    """Yield a function that tells one step done and what comes next; a bar on a terminal.

    Elsewhere it is silent, or with `plain` writes a line at the beginning and after each quarter. It draws when it is told
    something: a thread that draws would keep workers from being forked.
    """
    if total < 2 or not watched(sys.stderr):
        yield _quarters(total, what) if plain and total >= 2 else lambda _name: None
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
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=escape(name), refresh=True)


def _quarters(total: int, what: str) -> Callable[[str], None]:
    """Write that the work begins; return a function that writes a line after each quarter of it."""
    done = 0
    sys.stderr.write(f"{what}: {total}\n")

    def step(_name: str) -> None:
        nonlocal done
        done += 1
        if done < total and 4 * done // total > 4 * (done - 1) // total:
            sys.stderr.write(f"{what}: {done} of {total}\n")

    return step


@contextmanager
def bar(what: str) -> Iterator[Any]:
    """Yield a function that is told each outcome of a batch, and of how many: a bar with rate, time left and failures.

    Like `progress`, it draws when it is told something.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    failures = TextColumn("{task.fields[failed]}", style="red")
    with Progress(*columns, failures, console=Console(stderr=True), transient=True, auto_refresh=False) as drawn:
        task, failed = drawn.add_task("", total=None, rate="", failed=""), 0

        def tell(outcome: Any, total: int) -> None:  # noqa: ANN401
            nonlocal failed
            failed += outcome is not None and outcome.status == "failed"
            row = drawn.tasks[0]
            speed = f"{row.finished_speed or row.speed or 0:.1f}/s"
            drawn.update(task, total=total, advance=outcome is not None, rate=speed, failed=f"{failed} failed" if failed else "")
            drawn.refresh()

        yield tell
