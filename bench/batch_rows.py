"""How fast a batch is: several workers against one, one against a plain loop, nothing to do against looking, and how it grows.

Everything runs on generated summaries (`bench.generate`). Whole commands take turns, as in all rows; what is measured inside a
process says so. `python -m bench --only batch` measures 25 summaries, `--full` 250 and 10,000 documents, an hour.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import ElementTree, tostring

from bench import generate
from bench.line_rows import SCRIPT
from bench.measure import ROOT, Measured, Pair, Spent, environment, process, work
from bench.pdf_rows import resident
from bench.rows import ROWS
from briefgen import Project
from briefgen.batch.filestat import stamp_of
from briefgen.batch.job import Made, Outcome, jobs_of
from briefgen.batch.run import Options, run
from briefgen.batch.work import WorkOrder, make

DOCUMENTS = 10_000
FEW = 4
"""Documents of one summary: a run of these costs what any run costs."""
PER_RUN = 2500
"""Summaries of the row in which nothing changed; four audiences each."""

LOOP = """
import io, sys
from pathlib import Path
from xml.etree.ElementTree import parse
import weasyprint
from bench.docx_rows import naive
for page in sorted(Path(sys.argv[1]).glob("*.html")):
    page.with_suffix(".pdf").write_bytes(weasyprint.HTML(string=page.read_text(encoding="utf-8")).write_pdf(pdf_variant="pdf/ua-1"))
    page.with_suffix(".docx").write_bytes(naive(parse(page.with_suffix(".xml")).getroot()))
"""
WALK = """
import os, sys
for home, _, names in os.walk(sys.argv[1]):
    for name in names:
        os.stat(os.path.join(home, name))
"""


def batch(folder: Path, *arguments: str) -> Spent:
    """Return what a batch command takes in a project; raise RuntimeError where it fails."""
    return process(["-c", SCRIPT, "batch", *arguments], cwd=folder)


def matrix(name: str, count: int, rounds: int, *, long: bool = False) -> Iterator[Measured]:
    """Yield two rows, `name`-two and `name`-loop: two workers against one, and one against a loop over the finished pages."""
    two, one = _matrix(count, rounds, long=long)
    yield Measured(ROWS[f"{name}-two"], two)
    yield Measured(ROWS[f"{name}-loop"], one)


def _matrix(count: int, rounds: int, *, long: bool) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    with tempfile.TemporaryDirectory() as name:
        folder, pages = Path(name, "project"), Path(name, "pages")
        generate.project(folder, count, long=long)
        batch(folder, "-j", "2")
        _pages(folder, pages)
        times = [_round(folder, pages) for _ in range(rounds)]
    return tuple((two, one) for two, one, _ in times), tuple((one, loop) for _, one, loop in times)


def _round(folder: Path, pages: Path) -> tuple[Spent, Spent, Spent]:
    two, one = batch(folder, "--force", "-j", "2"), batch(folder, "--force", "-j", "1")
    return two, one, process(["-c", LOOP, str(pages)])


def _pages(folder: Path, pages: Path) -> None:
    """Write each brief as the loop takes it: a page with its style sheet, and its tree."""
    from briefgen.load.source import read
    from briefgen.pipeline.check import check
    from briefgen.pipeline.compile import compile_brief

    pages.mkdir()
    project = Project.find(folder)
    for path in sorted((folder / "inputs").glob("*.json")):
        checked = check(read(path, path.name), project)
        for audience in project.audiences():
            document = compile_brief(checked, audience, project).document
            ElementTree(document.tree).write(pages / f"{path.stem}-{audience.name}.xml")
            for element in document.tree.iter():
                for key in ("data-at", "data-path", "data-source"):
                    element.attrib.pop(key, None)
            page = "<!DOCTYPE html>\n" + tostring(document.tree, encoding="unicode", method="html")
            styled = page.replace("</head>", f"<style>{document.css}</style></head>", 1)
            (pages / f"{path.stem}-{audience.name}.html").write_text(styled, encoding="utf-8")


def nothing(rounds: int = 7) -> Iterator[Measured]:
    """Yield the rows of a run in which nothing changed, as a process that stays and as a command; no file is rendered."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate.project(folder, PER_RUN, tiny=True, formats=["html"])
        project = Project.find(folder)
        jobs, options = jobs_of(project), Options(executor="serial")
        run(project, jobs, options, do=_standing_in)
        time.sleep(3)  # stamps that young are not trusted
        run(project, jobs, options)
        times = []
        for _ in range(rounds):
            walked = work(lambda: _walk(folder))
            ours = work(lambda: run(Project.find(folder), jobs, options))
            times.append(((ours, walked), (batch(folder), process(["-c", WALK, str(folder)]))))
    for key, pairs in zip(("nothing", "nothing-command"), zip(*times, strict=True), strict=True):
        yield Measured(ROWS[key], pairs)


def touched(count: int = 50) -> Measured:
    """Return how many documents are wrongly built, or wrongly not, after one template of two sets in use was touched."""
    with tempfile.TemporaryDirectory() as name:
        desks = [Path(name, desk) for desk in ("a", "b")]
        for desk in desks:
            generate.project(desk, count, tiny=True, formats=["html"])
            own = desk / "templates" / desk.name
            own.mkdir(parents=True)
            (own / "template.yaml").write_text(f"name: {desk.name}\nextends: default\n", encoding="utf-8")
            (own / "screen.css").write_text("p { margin: 0 }", encoding="utf-8")
            settings = json.loads((desk / "briefgen.yaml").read_text(encoding="utf-8"))
            (desk / "briefgen.yaml").write_text(json.dumps({"templates": desk.name, **settings}), encoding="utf-8")
        half, _ = _built(desks)
        (desks[0] / "templates/a/screen.css").write_text("p { margin: 1px }", encoding="utf-8")
        again, other = _built(desks)
    return Measured(ROWS["touched"], count=float(abs(again - half) + other))


def _built(desks: Sequence[Path]) -> list[int]:
    projects = [Project.find(desk) for desk in desks]
    reports = [run(project, jobs_of(project), Options(executor="serial")) for project in projects]
    return [sum(outcome.status == "made" for outcome in report.outcomes) for report in reports]


def _standing_in(order: WorkOrder) -> Outcome:
    content = order.unit.stem.encode() * 300
    name = order.unit.files[0]
    path = Path(order.output, name)
    path.write_bytes(content)
    return Outcome(order.unit, "made", (Made(name, hashlib.sha256(content).hexdigest(), stamp_of(path.stat())),))


def _walk(folder: Path) -> int:
    files = (os.path.join(home, name) for home, _, names in os.walk(folder) for name in names)  # noqa: PTH118
    return sum(os.stat(file).st_size for file in files)  # noqa: PTH116


def memory(count: int = 1000, settled: int = 50) -> Measured:
    """Return how much a worker grows over many documents after the first fifty; it runs in a process of its own."""
    code = f"from bench.batch_rows import grown; print(grown({count}, {settled}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, check=True)
    return Measured(ROWS["full-memory"], count=float(done.stdout))


def grown(count: int, settled: int) -> float:
    """Return the megabytes by which this process grows while it builds documents, all of them others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate.project(folder, (count + 3) // 4)
        sizes: list[float] = []

        def measured(order: WorkOrder) -> Outcome:
            made = make(order)
            sizes.append(resident())
            return made

        project = Project.find(folder)
        run(project, jobs_of(project), Options(executor="serial"), do=measured)
        return sizes[count - 1] - sizes[settled - 1]


def growth(few: int = 100, counts: tuple[int, ...] = (1000, 10_000)) -> Iterator[Measured]:
    """Yield the processor time per document at each size against that among a few, without what any run costs."""
    _worked(FEW)  # byte code and compiled templates are there from now on
    start = min(_worked(FEW) for _ in range(3))
    first, *others = ((_worked(count) - start) / (count - FEW) for count in (few, *counts))
    for count, spent in zip(counts, others, strict=True):
        yield Measured(ROWS[f"growth-{count}"], ((Spent(spent, None), Spent(first, None)),))


def _worked(count: int) -> float:
    """Return the processor time of a batch of so many documents and of its workers, in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        generate.project(Path(name), count // 4)
        return batch(Path(name), "-j", "2").processor or 0.0


def killed(times: int = 5, count: int = 25) -> Measured:
    """Return how many of some runs that were killed at random ended in other bytes than an undisturbed one."""
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate.project(folder, count, audiences=["executive"])
        whole_time = (batch(folder, "-j", "2").wall or 0.0) / 1000
        whole = files(folder / "outputs")
        for _ in range(times):
            shutil.rmtree(folder / "outputs")
            interrupted(folder, random.uniform(0.3, 0.9) * whole_time)
            batch(folder, "-j", "2")
            wrong += files(folder / "outputs") != whole
    return Measured(ROWS["killed"], count=float(wrong))


def interrupted(folder: Path, after: float) -> int:
    """Start a batch, kill it after some seconds, and return how many of its files stand then."""
    command = [sys.executable, "-c", SCRIPT, "batch", "-j", "2"]
    with subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    return sum(1 for path in (folder / "outputs").glob("*") if path.is_file())


def files(folder: Path) -> dict[str, str]:
    """Return every file that a batch promises, the manifest included, by its hash."""
    paths = [*folder.rglob("*.pdf"), *folder.rglob("*.docx"), *folder.rglob("manifest.json")]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(paths)}


def acceptance(count: int = 250) -> dict[str, object]:
    """Return what became of one run of many summaries that was killed once and resumed: as plain data."""
    with tempfile.TemporaryDirectory() as name:
        straight, broken = Path(name, "straight"), Path(name, "broken")
        for folder in (straight, broken):
            generate.project(folder, count, audiences=["executive"])
        seconds = (batch(straight, "-j", "2").wall or 0.0) / 1000
        stood = interrupted(broken, seconds / 2)
        batch(broken, "-j", "2")
        same = files(straight / "outputs") == files(broken / "outputs")
        return {"seconds": seconds, "files when killed": stood, "files": len(files(straight / "outputs")), "same": same}


def rows(rounds: int) -> Iterator[Measured]:
    """Yield every row as it is measured."""
    yield from nothing()
    yield touched()
    yield from matrix("batch", 25, rounds)
    yield killed()


def full() -> Iterator[Measured]:
    """Yield the rows that take most of an hour."""
    yield from matrix("full", 250, 1)
    yield memory()
    yield from growth()


if __name__ == "__main__":
    print(json.dumps(acceptance(int(sys.argv[1]) if len(sys.argv) > 1 else 250)))
