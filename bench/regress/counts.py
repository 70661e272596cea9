"""What is counted and not timed: trust, cases, readers, drafts, tests, and the size of the code.

Each function yields rows: a name and a value in words. What can't be measured here says why, in the value's place.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

from bench import readers
from bench.draft import labels, score
from bench.measure import ROOT
from bench.peer_rows import PYTHON as BENCH_PYTHON
from bench.regress import cases
from bench.trust.results import rate
from bench.trust.score import figures, scored

Value = tuple[str, str]
SHARED, PAGES = readers.SHARED, readers.PAGES
LAST_TEST = ROOT / ".tools/last-test.json"
PACKAGE = ROOT / "briefgen"


def absent(what: str) -> str:
    """Return the words for what could not be measured."""
    return f"not measured: {what}"


def trust() -> Iterator[Value]:
    """Yield the rates of the open trust set: what honest items are told, and how many mistakes are found."""
    names = ("trust: honest items told an error or a warning, of 100", "trust: honest triples, the same", "trust: mistakes found")
    if not (SHARED / "trust/gold.csv").exists():
        yield from ((name, absent("no trust set in BRIEFGEN_SHARED")) for name in names)
        return
    made = figures(scored(SHARED / "trust"))
    for name, kind in zip(names, ("honest", "triple"), strict=False):
        yield name, f"{rate(made[kind], 'error')} + {rate(made[kind], 'warning')}"
    yield names[2], f"{rate(made['bad'], 'error', 'warning')} %"


def right() -> Iterator[Value]:
    """Yield how many of the cases are right, by folder and in all; those that are not go to standard error."""
    folder = SHARED / "cases"
    if not folder.exists():
        yield "cases right", absent("no cases in BRIEFGEN_SHARED")
        return
    every, good = Counter[str](), Counter[str]()
    for judged in cases.judged(folder):
        room = judged.name.partition("/")[0]
        every[room] += 1
        good[room] += not judged.wrong
        if judged.wrong:
            print(f"wrong: {judged.name}: {judged.wrong[:120]}", file=sys.stderr)
    yield "cases right", f"{good.total()} of {every.total()}"
    for room in every:
        yield f"cases right: {room}", f"{good[room]} of {every[room]}"


def pages() -> Iterator[Value]:
    """Yield how well saved pages are read, by a set of labelled ones."""
    name = "saved pages: precision, recall"
    if not (PAGES / "evaldata.json").exists():
        yield name, absent("no evaldata.json in BRIEFGEN_PAGES")
        return
    counts = sum(readers.measured(PAGES, readers.ours).values(), Counter())
    share = f"{readers.precision(counts):.3f}, {readers.recall(counts):.3f}"
    yield name, f"{share} ({counts['pages']} pages, {counts['refused']} refused)"


def drafts() -> Iterator[Value]:
    """Yield how well articles are drafted, on the half that it was tuned on."""
    made = score.total(score.scored(each) for each in labels.half("dev"))
    for name in ("precision", "event recall"):
        yield f"drafts: {name}", score.share(made, name)


def tests() -> Iterator[Value]:
    """Yield how many tests there are, and how long the last whole run took."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    count = sum(map(int, re.findall(r"^tests/\S+\.py: (\d+)$", done.stdout, re.MULTILINE)))
    yield "tests", str(count) if count else absent("they can't be collected")
    if not LAST_TEST.exists():
        yield "tests: processor time of a whole run", absent("no whole run since the checkout")
        return
    last = json.loads(LAST_TEST.read_text(encoding="utf-8"))
    yield "tests: processor time of a whole run", f"{last['processor']:.0f} s ({last['tests']} tests, {last['skipped']} skipped)"


def code() -> Iterator[Value]:
    """Yield the size of the package: lines, rooms and modules at its root, long and branchy functions."""
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    yield "lines of Python in briefgen/", str(sum(text.count("\n") for text in sources.values()))
    roots = [path for path in PACKAGE.iterdir() if path.suffix == ".py"]
    rooms = [path for path in PACKAGE.iterdir() if (path / "__init__.py").exists()]
    yield "rooms, modules at the root", f"{len(rooms)}, {len(roots)}"
    yield "files over 300 lines", str(sum(text.count("\n") > 300 for text in sources.values()))
    yield "functions over 40 lines", str(sum(length > 40 for text in sources.values() for length in _lengths(text)))
    yield from _branchy()


def _lengths(text: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1


def _branchy() -> Iterator[Value]:
    name = "functions of complexity ≥ 20, ≥ 15"
    command = [str(BENCH_PYTHON), "-m", "radon", "cc", "--json", str(PACKAGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False) if BENCH_PYTHON.exists() else None
    if done is None or done.returncode:
        yield name, absent("no radon in .tools/bench")
        return
    blocks = [block for found in json.loads(done.stdout).values() for block in found]
    counts = [block["complexity"] for block in blocks if block["type"] != "class"]
    yield name, ", ".join(str(sum(count >= least for count in counts)) for least in (20, 15))
