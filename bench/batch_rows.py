"""How fast a batch is: several workers against one, one against a plain loop, nothing to do against looking, and how it grows.

Everything runs on generated summaries (`bench.generate`). Whole commands take turns, as in all rows; what is measured inside a
process says so. `python -m bench --only batch` prints the rows for 25 summaries, `--full` those for 250 and for 10,000 documents.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from xml.etree.ElementTree import ElementTree, tostring

from bench import generate
from bench.line_rows import SCRIPT
from bench.measure import ROOT, Row, environment
from bench.pdf_rows import resident
from briefgen.batch.filestat import stamp_of
from briefgen.batch.job import Made, Outcome, jobs_of
from briefgen.batch.run import Options, run
from briefgen.batch.work import WorkOrder, make
from briefgen.project.project import Project

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


def batch(folder: Path, *arguments: str) -> float:
    """Return the seconds that a batch command takes in a project; raise RuntimeError where it fails."""
    before = time.perf_counter()
    command = [sys.executable, "-c", SCRIPT, "batch", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return time.perf_counter() - before


def matrix(count: int, rounds: int) -> Iterator[Row]:
    """Yield two rows: two workers against one, and one against a plain loop over the finished pages."""
    with tempfile.TemporaryDirectory() as name:
        folder, pages = Path(name, "project"), Path(name, "pages")
        generate.project(folder, count)
        batch(folder, "-j", "2")
        _pages(folder, pages)
        times = [_round(folder, pages) for _ in range(rounds)]
    two, one, loop = (median(column) for column in zip(*times, strict=True))
    what = f"{count} summaries × 4 audiences × 2 formats"
    yield Row(f"{what}, -j 2", two, one, "s", 0.62, 0.55, "-j 1")
    yield Row(f"{what}, -j 1", one, loop, "s", 0.75, 0.55, "a loop of write_pdf() and python-docx")


def _round(folder: Path, pages: Path) -> tuple[float, float, float]:
    two, one = batch(folder, "--force", "-j", "2"), batch(folder, "--force", "-j", "1")
    before = time.perf_counter()
    subprocess.run([sys.executable, "-c", LOOP, str(pages)], cwd=ROOT, env=environment(), capture_output=True, check=True)
    return two, one, time.perf_counter() - before


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


def nothing(rounds: int = 7) -> Iterator[Row]:
    """Yield the rows of a run in which nothing changed, as a process that stays and as a command; no file is rendered.

    The first counts processor time, as warm rows do, the second wall time.
    """
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
            walked = _spent(lambda: _walk(folder))
            ours = _spent(lambda: run(Project.find(folder), jobs, options))
            times.append((ours, walked, 1000 * batch(folder), 1000 * _command_that_walks(folder)))
    ours, walk, command, plain = (median(column) for column in zip(*times, strict=True))
    yield Row(f"{DOCUMENTS:,} documents, nothing changed", ours, walk, "ms", 8, 3, "a walk that stats the same files")
    yield Row(
        f"{DOCUMENTS:,} documents, nothing changed, whole command", command, plain, "ms", None, None, "the walk, with Python"
    )


def touched(count: int = 50) -> Iterator[Row]:
    """Yield how many documents are wrongly built, or wrongly not, after one template of two sets in use was touched."""
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
    row = f"one template of two sets touched: wrong among {again + other} built of {2 * half:,}"
    yield Row(row, float(abs(again - half) + other), None, "documents", 0, 0, "those of its set")


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


def _command_that_walks(folder: Path) -> float:
    code = (
        "import os, sys\nfor home, _, names in os.walk(sys.argv[1]):\n    for name in names: os.stat(os.path.join(home, name))\n"
    )
    return _timed(lambda: subprocess.run([sys.executable, "-c", code, str(folder)], check=True)) / 1000


def _spent(action: Callable[[], object]) -> float:
    before = time.process_time()
    action()
    return (time.process_time() - before) * 1000


def _timed(action: Callable[[], object]) -> float:
    before = time.perf_counter()
    action()
    return (time.perf_counter() - before) * 1000


def memory(count: int = 1000, settled: int = 50) -> Iterator[Row]:
    """Yield how much a worker grows over many documents after the first fifty; it runs in a process of its own."""
    code = f"from bench.batch_rows import grown; print(grown({count}, {settled}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, check=True)
    row = f"memory of a worker grown over {count} documents"
    yield Row(row, float(done.stdout), None, "MB", 20, 5, f"memory after the first {settled}")


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


def growth(counts: tuple[int, ...] = (100, 1000, 10_000)) -> Iterator[Row]:
    """Yield the processor time per document at each size against that at the smallest, without what any run costs."""
    _worked(FEW)  # byte code and compiled templates are there from now on
    start = min(_worked(FEW) for _ in range(3))
    first = 0.0
    for count in counts:
        spent = (_worked(count) - start) / (count - FEW)
        first = first or spent
        yield Row(f"cost of a document among {count:,}", spent, first, "ms", 1.1, 1.0, f"among {counts[0]:,}")


def _worked(count: int) -> float:
    """Return the processor time of a batch of so many documents and of its workers, in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        generate.project(Path(name), count // 4)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        batch(Path(name), "-j", "2")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def killed(times: int = 5, count: int = 25) -> Iterator[Row]:
    """Yield how many of some runs that were killed at random ended in other bytes than an undisturbed one."""
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate.project(folder, count, audiences=["executive"])
        whole_time = batch(folder, "-j", "2")
        whole = files(folder / "outputs")
        for _ in range(times):
            shutil.rmtree(folder / "outputs")
            interrupted(folder, random.uniform(0.3, 0.9) * whole_time)
            batch(folder, "-j", "2")
            wrong += files(folder / "outputs") != whole
    yield Row(f"{times} runs killed at random, then resumed: other bytes", float(wrong), None, "runs", 0, 0, "an undisturbed run")


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
        seconds = batch(straight, "-j", "2")
        stood = interrupted(broken, seconds / 2)
        batch(broken, "-j", "2")
        same = files(straight / "outputs") == files(broken / "outputs")
        return {"seconds": seconds, "files when killed": stood, "files": len(files(straight / "outputs")), "same": same}


def rows(rounds: int, *, full: bool = False) -> Iterator[Row]:
    """Yield every row as it is measured."""
    yield from nothing()
    yield from touched()
    yield from matrix(250 if full else 25, 1 if full else rounds)
    yield from killed()
    if full:
        yield from memory()
        yield from growth()


if __name__ == "__main__":
    print(json.dumps(acceptance(int(sys.argv[1]) if len(sys.argv) > 1 else 250)))
