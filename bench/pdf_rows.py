"""How fast a PDF is made, against WeasyPrint itself with the same HTML, the same style sheet and the same options.

Both sides run in processes that stay, one each, so that nobody pays for another's garbage. Milliseconds of a round are counted
there, by the processor and by the clock.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from statistics import mean
from xml.etree.ElementTree import tostring

from bench.measure import ROOT, SUMMARY, Measured, Spent, environment
from bench.measure import work as timed
from bench.rows import ROWS
from briefgen import Document

AUDIENCE = "adviser"  # two pages: tables, lists, notes
FIXED = "table-layout: fixed;"
BLOCK = 5
"""Rounds that make one pair of the row of means."""


def document(audience: str = AUDIENCE) -> Document:
    """Return the brief that is measured."""
    from briefgen.load.source import read
    from briefgen.pipeline.check import check
    from briefgen.pipeline.compile import compile_brief
    from briefgen.project.project import Project

    home = Project.find(SUMMARY.parent)
    checked = check(home.with_defaults(read(SUMMARY, str(SUMMARY))), home, asked=[audience])
    return compile_brief(checked, home.audience(audience), home).document


def prepare(folder: Path, brief: Document) -> Path:
    """Write the brief as each side takes it: ours as a Document, WeasyPrint's as a page, with and without fixed tables."""
    tree = deepcopy(brief.tree)
    for element in tree.iter():
        for name in ("data-at", "data-path", "data-source"):
            element.attrib.pop(name, None)
    page = "<!DOCTYPE html>\n" + tostring(tree, encoding="unicode", method="html")
    assert FIXED in brief.css, "the style sheet no longer declares fixed tables; the row of automatic ones means nothing"
    for name, css in (("plain", brief.css), ("automatic", brief.css.replace(FIXED, ""))):
        styled = page.replace("</head>", f"<style>{css}</style></head>", 1)
        (folder / f"{name}.html").write_text(styled, encoding="utf-8")
    (folder / "ours.pickle").write_bytes(pickle.dumps(brief))
    return folder


def renderer(file: Path) -> Callable[[], bytes]:
    """Return what makes the PDF of one of these files: ours for a Document, WeasyPrint's own way for a page."""
    if file.suffix == ".pickle":
        from briefgen.writers import pdf

        brief = pickle.loads(file.read_bytes())
        return lambda: pdf.write(brief).content
    import weasyprint

    page = file.read_text(encoding="utf-8")
    return lambda: bytes(weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))


def work(file: Path) -> None:
    """Render once for each line of standard input, and answer with what it took and the megabytes in use."""
    render = renderer(file)
    for _ in range(3):
        render()
    for _ in sys.stdin:
        spent = timed(render, collect=False)
        sys.stdout.write(f"{spent.processor} {spent.wall} {resident()}\n")
        sys.stdout.flush()


def resident() -> float:
    """Return the megabytes that this process has in memory; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def worker(file: Path) -> Iterator[Callable[[], tuple[Spent, float]]]:
    """Start a process that renders on demand; yield what asks it for one rendering: what it took, and megabytes."""
    command = [sys.executable, "-m", "bench.pdf_rows", "work", str(file)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        ask, answer = process.stdin, process.stdout
        assert ask is not None and answer is not None

        def once() -> tuple[Spent, float]:
            ask.write("once\n")
            ask.flush()
            used, clock, memory = map(float, answer.readline().split())
            return Spent(used, clock), memory

        yield once
        ask.close()


def warm(folder: Path, rounds: int = 40) -> Iterator[Measured]:
    """Yield one PDF after many: against the same style sheet, and against the table widths that HTML has by default."""
    names = ("ours.pickle", "plain.html", "automatic.html")
    with worker(folder / names[0]) as ours, worker(folder / names[1]) as plain, worker(folder / names[2]) as automatic:
        times = [(ours()[0], plain()[0], automatic()[0]) for _ in range(rounds)]
    same = [(mine, peer) for mine, peer, _ in times]
    blocks = [zip(*same[n : n + BLOCK], strict=True) for n in range(0, rounds, BLOCK)]
    yield Measured(ROWS["warm-pdf"], tuple(same))
    yield Measured(ROWS["warm-pdf-means"], tuple((_mean(mine), _mean(peer)) for mine, peer in blocks))
    yield Measured(ROWS["warm-pdf-tables"], tuple((mine, peer) for mine, _, peer in times))


def _mean(spent: Iterable[Spent]) -> Spent:
    return Spent(*(mean(each) for each in zip(*spent, strict=True)))


PLAIN_COLD = "import sys; from weasyprint.__main__ import main; main(sys.argv[1:])"


def weasyprint(folder: Path) -> list[str]:
    """Return the arguments for WeasyPrint's command line on the page in this folder."""
    return ["-c", PLAIN_COLD, "--pdf-variant", "pdf/ua-1", str(folder / "plain.html"), str(folder / "plain.pdf")]


def memory(folder: Path, count: int, settled: int = 50) -> Measured:
    """Return how much a process grows over many PDFs after the first fifty."""
    with worker(folder / "ours.pickle") as ours:
        sizes = [ours()[1] for _ in range(count)]
    return Measured(ROWS["memory"], count=sizes[-1] - sizes[settled])


if __name__ == "__main__":
    work(Path(sys.argv[2]))
