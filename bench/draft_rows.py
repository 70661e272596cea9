"""How fast an article is drafted: warm, against its executive PDF, and whether time grows no faster than the article."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench import pdf_rows
from bench.draft.labels import FOLDER
from bench.measure import Row
from briefgen import drafters, readers
from briefgen.load.dump import dump
from briefgen.model.article import Article, Role, paragraphs
from briefgen.writers import pdf

SHORT, LONG = 10, 40  # articles in a row: some 15 000 and 60 000 characters


def rows(rounds: int) -> Iterator[Row]:
    """Yield both rows; ours and the peer take turns, in processor time of this process."""
    brief = pdf_rows.document("executive")
    file = FOLDER / "dev/trade-news.txt"
    ours, peer = _in_turn([lambda: _drafted(file), lambda: pdf.write(brief)], rounds)
    yield Row("draft of one article, warm", ours, peer, "ms", 2, 1, "its executive PDF")
    short, long = _article(SHORT), _article(LONG)
    less, more = _in_turn([lambda: drafters.draft("extractive", [short]), lambda: drafters.draft("extractive", [long])], rounds)
    yield Row(f"draft, {LONG // SHORT} times the article", more * SHORT / LONG, less, "ms", 1.5, 1.1, "as much for each part")


def _drafted(file: Path) -> str:
    made = drafters.draft("extractive", [readers.read(file)])
    return dump(made.values, made.comments)


def _article(count: int) -> Article:
    """Return the articles of the tuned half in a row, as one, again and again until there are so many."""
    files = sorted((FOLDER / "dev").glob("*.txt"))
    texts = [p.text for n in range(count) for p in readers.read(files[n % len(files)]).paragraphs]
    return Article(name="long.txt", sha256="0" * 64, language="en", paragraphs=paragraphs([(Role.BODY, text) for text in texts]))


def _in_turn(works: list[Callable[[], object]], rounds: int) -> list[float]:
    """Return the median milliseconds of each piece of work; the first round, which loads what is lazy, does not count."""
    times = [[_once(work) for work in works] for _ in range(rounds + 1)][1:]
    return [median(column) for column in zip(*times, strict=True)]


def _once(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000
