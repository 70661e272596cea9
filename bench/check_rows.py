"""How long a full check takes, articles compared, against the executive's PDF of the same summary; what hostile text costs.

Everything is warm, in one process, in turn, in processor time. Each round reads the summary and its articles anew: nothing that
a first run keeps may help.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench import generate
from bench.measure import SUMMARY, Row
from briefgen.evidence.ground import Ground
from briefgen.evidence.quote import Searched
from briefgen.evidence.support import compare
from briefgen.load.source import read
from briefgen.model.article import Article, Role, paragraphs
from briefgen.pipeline.check import check, inspect
from briefgen.pipeline.compile import compile_brief
from briefgen.project.project import Project
from briefgen.writers import write

AUDIENCE = "executive"


def rows(rounds: int) -> Iterator[Row]:
    """Yield the check with its articles, and the growth of the gate's work with a text of ten times the size."""
    ours, peer = _in_turn(_checked, _rendered, rounds)
    yield Row("warm check with two articles", ours, peer, "ms", 0.25, 0.15, "warm PDF, executive")
    yield from many()
    large, small = _in_turn(lambda: _hostile(200_000), lambda: _hostile(20_000), max(2, rounds // 3))
    yield Row("evidence in 200 KB of hostile text", large, small, "ms", 15, 11, "the same in 20 KB")


def _in_turn(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    first(), second()
    for _ in range(rounds):
        for work, kept in zip((first, second), taken, strict=True):
            gc.collect()
            before = time.process_time()
            work()
            kept.append((time.process_time() - before) * 1000)
    return median(taken[0]), median(taken[1])


def _checked() -> None:
    home = Project.find(SUMMARY.parent)
    inspect(home.with_defaults(read(SUMMARY, str(SUMMARY))), home, evidence=True)


def _rendered() -> None:
    home = Project.find(SUMMARY.parent)
    source = home.with_defaults(read(SUMMARY, str(SUMMARY)))
    version = compile_brief(check(source, home), home.audience(AUDIENCE), home)
    write(version.document, "pdf")


def many(few: int = 100, count: int = 1000) -> Iterator[Row]:
    """Yield what one of many summaries costs, each another, against one of a few: in one process, with one project."""
    with tempfile.TemporaryDirectory() as name:
        paths = generate.project(Path(name), count)
        home = Project.find(Path(name))
        inspect(read(paths[0], paths[0].name), home, evidence=True)
        spent = []
        for size in (few, count):
            before = time.process_time()
            for path in paths[:size]:
                inspect(home.with_defaults(read(path, path.name)), home, evidence=True)
            spent.append((time.process_time() - before) * 1000 / size)
    yield Row(f"check of one among {count:,} summaries", spent[1], spent[0], "ms", 1.1, 1.0, f"of one among {few}")


def _hostile(size: int) -> None:
    for piece in ("1 000 ", "Aa of ", "not un", "“…", "12 March ", "€1,", "word "):
        text = (piece * size)[:size]
        article = Article(name="x", sha256="0" * 64, paragraphs=paragraphs([(Role.BODY, text)]))
        Searched(article).locate(f"{piece * 3}… zz that is not there")
        compare(text[:500], [Ground(text[:50], text, text)])
