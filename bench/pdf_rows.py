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
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from xml.etree.ElementTree import tostring

from briefgen.model.document import Document

ROOT = Path(__file__).parents[1]
SUMMARY = ROOT / "inputs/us-russia-reset.yaml"
AUDIENCE = "adviser"  # two pages: tables, lists, notes
FIXED = "table-layout: fixed;"


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: ours and the peer's in `unit`, and what was promised of their ratio (without peer: of ours)."""

    name: str
    ours: float
    peer: float | None
    unit: str
    goal: float
    stretch: float

    @property
    def score(self) -> float:
        """Return the ratio, or ours where there is no peer; smaller is better."""
        return self.ours / self.peer if self.peer else self.ours

    def __str__(self) -> str:
        """Return one line."""
        verdict = "stretch" if self.score <= self.stretch else "goal" if self.score <= self.goal else "MISSED"
        against = f" against {self.peer:.1f}: {self.score:.3f}" if self.peer else ""
        return f"{self.name}: {self.ours:.1f} {self.unit}{against} (goal {self.goal}, stretch {self.stretch}: {verdict})"


def document() -> Document:
    """Return the brief that is measured."""
    from briefgen.intake import check
    from briefgen.load.source import read
    from briefgen.pipeline import compile_brief
    from briefgen.project import Project

    home = Project.find(SUMMARY.parent)
    checked = check(home.with_defaults(read(SUMMARY, str(SUMMARY))), home, asked=[AUDIENCE])
    return compile_brief(checked, home.audience(AUDIENCE), home).document


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
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
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
        Row("warm PDF, median", median(mine), median(same), "ms", 0.80, 0.65),
        Row("warm PDF, mean with all garbage collection", mean(mine), mean(same), "ms", 0.80, 0.65),
        Row("warm PDF, median, peer with automatic table widths", median(mine), median(other), "ms", 0.80, 0.65),
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
    """Return one PDF from nothing, against WeasyPrint's command line: the writer alone, and our whole command."""
    plain = ["-c", PLAIN_COLD, "--pdf-variant", "pdf/ua-1", str(folder / "plain.html"), str(folder / "plain.pdf")]
    writer = ["-c", OURS_COLD, str(folder / "ours.pickle"), str(folder / "ours.pdf")]
    command = ["-m", "briefgen", "render", str(SUMMARY), "-a", AUDIENCE, "-t", "pdf", "-o", str(folder)]
    times = [(wall(plain), wall(writer), wall(command)) for _ in range(rounds + 1)][1:]
    peer, mine, whole = (median(column) for column in zip(*times, strict=True))
    return [
        Row("cold PDF, the writer alone", mine, peer, "ms", 1.1, 0.75),
        Row("cold PDF, the whole command with fitting", whole, peer, "ms", 1.1, 0.75),
    ]


def wall(command: list[str]) -> float:
    """Return the milliseconds that a Python process takes; byte code is kept apart, whatever the caller's settings."""
    code = str(Path(tempfile.gettempdir(), "briefgen-bench"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": code}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = time.perf_counter()
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return (time.perf_counter() - before) * 1000


def memory(folder: Path, count: int = 1000, settled: int = 50) -> list[Row]:
    """Return how much one process grows over many PDFs, after the first fifty."""
    with worker(folder / "ours.pickle") as ours:
        sizes = [ours()[1] for _ in range(count)]
    return [Row(f"memory grown over {count} PDFs", sizes[-1] - sizes[settled], None, "MB", 20, 5)]


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
            print(row, flush=True)
