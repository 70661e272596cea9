"""Threads: whoever comes first, each gets what one alone would get; and no module keeps something that threads could spoil."""

from __future__ import annotations

import ast
import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefgen
from briefgen.language import memo
from briefgen.writers import pdf
from briefgen.writers.pdf import engine
from tests.writers import pdf_samples

HOME = Path(__file__).parents[1]
CHANGES = {"append", "add", "clear", "update", "pop", "popleft", "popitem", "setdefault", "remove", "discard", "extend", "insert"}
MADE = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp, ast.Call)
GUARDED = {
    "language.memo: _KEPT": "grows while modules are loaded; read as a copy",
    "language.memo: _UNDER_WAY": "under a lock",
    "project.own_code: _entered": "set under a lock; one folder at a time",
    "writers.docx.bases: _BASES": "under a lock",
    "writers.pdf.engine: _LEFT": "a deque: both its ends are safe",
}
OURS = {"cli", "batch", "schedule", "preview"}  # rooms of processes that are ours alone


def cold(threads: int) -> str:
    environment = {**os.environ, "PYTHONPATH": str(HOME)}
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.cold_threads", str(threads)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HOME, env=environment, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def serial() -> str:
    return cold(1)


@pytest.mark.parametrize("threads", [2, 6])
def test_threads_whose_first_renders_meet_get_what_one_alone_gets(threads: int, serial: str) -> None:
    assert len(serial.splitlines()) == 8
    assert cold(threads) == serial


def test_a_layout_that_is_given_up_while_another_thread_lays_out_is_freed_after_it() -> None:
    made = pdf.layout(pdf_samples.page("<p>x</p>"))
    page = made._rendering.pages[0]._page_box
    inside, dropped = threading.Event(), threading.Event()

    def holds() -> None:
        with engine.alone():
            inside.set()
            assert dropped.wait(60)

    other = threading.Thread(target=holds)
    other.start()
    assert inside.wait(60)
    del made  # must not wait for the other thread
    assert vars(page), "not yet: it is the other one's turn"
    dropped.set()
    other.join()
    gc.collect()
    assert not vars(page)


def test_no_thread_takes_away_what_another_one_keeps() -> None:
    asked: list[str] = []

    @memo.kept
    def told(words: str) -> str:
        asked.append(words)
        return words

    def check() -> None:
        with memo.one_summary():
            told("x")

    with memo.one_summary():
        told("x")
        other = threading.Thread(target=check)
        other.start()
        other.join()
        told("x")
    assert asked == ["x"]
    check()
    assert asked == ["x", "x"], "the next summary begins anew"


def kept(module: str, source: str) -> Iterator[str]:
    """Yield the names of a module that its functions change: containers at its top, `global`, attributes of its classes."""
    tree = ast.parse(source)
    tops: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, MADE):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            tops |= {target.id for target in targets if isinstance(target, ast.Name)}
    classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)} | {"cls"}
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    for node in (node for function in functions for node in ast.walk(function)):
        if isinstance(node, ast.Global):
            yield from (f"{module}: {name}" for name in node.names)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            yield from (f"{module}: {name}" for name in _named(node.func.value) & tops)
        elif isinstance(node, (ast.Assign, ast.AugAssign, ast.Delete)):
            targets = node.targets if isinstance(node, (ast.Assign, ast.Delete)) else [node.target]
            for target in targets:
                if isinstance(target, ast.Subscript):
                    yield from (f"{module}: {name}" for name in _named(target.value) & tops)
                elif isinstance(target, ast.Attribute):
                    yield from (f"{module}: {name}.{target.attr}" for name in _named(target.value) & classes)


def _named(node: ast.expr) -> set[str]:
    return {node.id} if isinstance(node, ast.Name) else set()


def test_what_modules_keep_is_guarded() -> None:
    folder = Path(briefgen.__file__).parent
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        module = ".".join(path.relative_to(folder).with_suffix("").parts)
        if module.split(".")[0] not in OURS:
            found |= set(kept(module, path.read_text(encoding="utf-8")))
    assert found == set(GUARDED)


@pytest.mark.parametrize(
    "planted",
    [
        "X = {}\ndef f(): X[1] = 2",
        "X: list[int] = []\ndef f(): X.append(2)",
        "X = 0\ndef f():\n    global X\n    X += 1",
        "class A: n = 0\ndef f(): A.n += 1",
        "class A:\n    n = 0\n    @classmethod\n    def f(cls): cls.n = 1",
        "X = dict()\ndef f(): del X[1]",
    ],
)
def test_a_planted_memory_is_found(planted: str) -> None:
    assert list(kept("rules.run", planted))
