"""How long a full check takes, articles compared, against the executive's PDF of the same summary; what hostile text costs.

Everything is warm, in one process, in turn, in processor time. Each round reads the summary and its articles anew: nothing that
a first run keeps may help.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import generate
from bench.measure import SUMMARY, Measured, pairs, work
from bench.rows import ROWS
from briefgen import Project
from briefgen.evidence.compare import Ground, Policy, compare
from briefgen.evidence.quote import Searched
from briefgen.load.source import read
from briefgen.model.article import Article, Role, paragraphs
from briefgen.pipeline.check import check, inspect
from briefgen.pipeline.compile import compile_brief
from briefgen.writers import write

AUDIENCE = "executive"


def rows(rounds: int) -> Iterator[Measured]:
    """Yield the check with its articles, and the growth of the gate's work with a text of ten times the size."""
    yield Measured(ROWS["check-articles"], pairs(lambda: work(_checked), lambda: work(_rendered), rounds))
    yield many()
    large, small = (lambda: work(lambda: _hostile(200_000))), (lambda: work(lambda: _hostile(20_000)))
    yield Measured(ROWS["hostile"], pairs(large, small, max(2, rounds // 3)))


def _checked() -> None:
    home = Project.find(SUMMARY.parent)
    inspect(home.with_defaults(read(SUMMARY, str(SUMMARY))), home, evidence=True)


def _rendered() -> None:
    home = Project.find(SUMMARY.parent)
    source = home.with_defaults(read(SUMMARY, str(SUMMARY)))
    version = compile_brief(check(source, home), home.audience(AUDIENCE), home)
    write(version.document, "pdf")


def many(few: int = 100, count: int = 1000) -> Measured:
    """Return what one of many summaries costs, each another, against one of the first few: in one process, with one project.

    The pairs are the first few against each few after them.
    """
    with tempfile.TemporaryDirectory() as name:
        paths = generate.project(Path(name), count)
        home = Project.find(Path(name))

        def checked(some: list[Path]) -> None:
            for path in some:
                inspect(home.with_defaults(read(path, path.name)), home, evidence=True)

        checked(paths[:1])
        spent = [work(lambda: checked(paths[n : n + few])) / few for n in range(0, count, few)]  # noqa: B023 - run at once
    return Measured(ROWS["check-many"], tuple((later, spent[0]) for later in spent[1:]))


def _hostile(size: int) -> None:
    for piece in ("1 000 ", "Aa of ", "not un", "“…", "12 March ", "€1,", "word "):
        text = (piece * size)[:size]
        article = Article(name="x", sha256="0" * 64, paragraphs=paragraphs([(Role.BODY, text)]))
        Searched(article).locate(f"{piece * 3}… zz that is not there")
        compare(text[:500], [Ground(text[:50], text, text)], Policy(every=text))
