"""How fast an article is drafted: warm, against its executive PDF, and whether time grows no faster than the article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench import pdf_rows
from bench.draft.labels import FOLDER
from bench.measure import Measured, Spent, pairs, work
from bench.rows import ROWS
from briefgen import drafters, readers
from briefgen.load.dump import dump
from briefgen.model.article import Article, Role, paragraphs
from briefgen.writers import pdf

SHORT, LONG = 10, 40  # articles in a row: some 15 000 and 60 000 characters


def rows(rounds: int) -> Iterator[Measured]:
    """Yield both rows; ours and the peer take turns in this process."""
    brief = pdf_rows.document("executive")
    file = FOLDER / "dev/trade-news.txt"
    yield Measured(ROWS["draft-one"], pairs(lambda: work(lambda: _drafted(file)), lambda: work(lambda: pdf.write(brief)), rounds))
    short, long = _article(SHORT), _article(LONG)
    yield Measured(ROWS["draft-long"], pairs(lambda: _extracted(long) / (LONG / SHORT), lambda: _extracted(short), rounds))


def _extracted(article: Article) -> Spent:
    return work(lambda: drafters.draft("extractive", [article]))


def _drafted(file: Path) -> str:
    made = drafters.draft("extractive", [readers.read(file)])
    return dump(made.values, made.comments)


def _article(count: int) -> Article:
    """Return the articles of the tuned half in a row, as one, again and again until there are so many."""
    files = sorted((FOLDER / "dev").glob("*.txt"))
    texts = [p.text for n in range(count) for p in readers.read(files[n % len(files)]).paragraphs]
    return Article(name="long.txt", sha256="0" * 64, language="en", paragraphs=paragraphs([(Role.BODY, text) for text in texts]))
