"""How fast a PDF is made, against WeasyPrint itself with the same HTML, the same style sheet and the same options.

Every row alternates ours and the peer, so that a busy machine slows both: read the ratios, not the milliseconds. Warm rows
run in processes that stay, one each, so that nobody pays for another's garbage, and count processor time; cold rows count
wall time of whole processes. `python -m bench.pdf_rows` prints all rows.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from statistics import mean, median
from xml.etree.ElementTree import tostring

from bench.measure import ROOT, SUMMARY, Row, environment, in_turn
from briefgen.model.document import Document

AUDIENCE = "adviser"  # two pages: tables, lists, notes
FIXED = "table-layout: fixed;"
WRITE_PDF = "HTML(…).write_pdf()"


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
    """Render once for each line of standard input, and answer with the milliseconds it took and the megabytes in use."""
    render = renderer(file)
    for _ in range(3):
        render()
    for _ in sys.stdin:
        before = time.process_time()
        render()
        sys.stdout.write(f"{(time.process_time() - before) * 1000} {resident()}\n")
        sys.stdout.flush()


def resident() -> float:
    """Return the megabytes that this process has in memory; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def worker(file: Path) -> Iterator[Callable[[], tuple[float, float]]]:
    """Start a process that renders on demand; yield what asks it for one rendering: milliseconds and megabytes."""
    command = [sys.executable, "-m", "bench.pdf_rows", "work", str(file)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        ask, answer = process.stdin, process.stdout
        assert ask is not None and answer is not None

        def once() -> tuple[float, float]:
            ask.write("once\n")
            ask.flush()
            spent, memory = answer.readline().split()
            return float(spent), float(memory)

        yield once
        ask.close()


def warm(folder: Path, rounds: int = 40) -> list[Row]:
    """Return one PDF after many: against the same style sheet, and against the table widths that HTML has by default."""
    names = ("ours.pickle", "plain.html", "automatic.html")
    with worker(folder / names[0]) as ours, worker(folder / names[1]) as plain, worker(folder / names[2]) as automatic:
        times = [(ours()[0], plain()[0], automatic()[0]) for _ in range(rounds)]
    mine, same, other = zip(*times, strict=True)
    return [
        Row("warm PDF", median(mine), median(same), "ms", 0.80, 0.65, WRITE_PDF),
        Row("warm PDF, means", mean(mine), mean(same), "ms", None, None, f"{WRITE_PDF}, garbage collection included"),
        Row("warm PDF", median(mine), median(other), "ms", None, None, f"{WRITE_PDF}, automatic table widths"),
    ]


OURS_COLD = """
import pickle, sys
from pathlib import Path
from briefgen.writers import pdf
document = pickle.loads(Path(sys.argv[1]).read_bytes())
Path(sys.argv[2]).write_bytes(pdf.write(document).content)
"""
PLAIN_COLD = "import sys; from weasyprint.__main__ import main; main(sys.argv[1:])"


def cold(folder: Path, rounds: int = 15) -> list[Row]:
    """Return one PDF from nothing by the writer alone, against WeasyPrint's command line."""
    writer = ["-c", OURS_COLD, str(folder / "ours.pickle"), str(folder / "ours.pdf")]
    mine, peer = in_turn([writer, weasyprint(folder)], rounds)
    return [Row("cold PDF, the writer alone", mine, peer, "ms", 1.1, 0.75, "weasyprint")]


def weasyprint(folder: Path) -> list[str]:
    """Return the arguments for WeasyPrint's command line on the page in this folder."""
    return ["-c", PLAIN_COLD, "--pdf-variant", "pdf/ua-1", str(folder / "plain.html"), str(folder / "plain.pdf")]


def memory(folder: Path, count: int = 1000, settled: int = 50) -> list[Row]:
    """Return how much one process grows over many PDFs, after the first fifty."""
    with worker(folder / "ours.pickle") as ours:
        sizes = [ours()[1] for _ in range(count)]
    return [Row(f"memory grown over {count} PDFs", sizes[-1] - sizes[settled], None, "MB", 20, 5, "memory after the first 50")]


def rows() -> Iterator[Row]:
    """Yield every row as it is measured."""
    with tempfile.TemporaryDirectory() as name:
        folder = prepare(Path(name), document())
        for measure in (warm, cold, memory):
            yield from measure(folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        work(Path(sys.argv[2]))
    else:
        for row in rows():
            print(*row.cells(), sep=" | ", flush=True)
