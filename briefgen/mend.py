"""What `briefgen check --fix` writes into a summary: the digests of its articles, and the paragraphs of its quotes.

In: a valid summary with its source and its articles. Out: changes, and lines that tell them. No word, number or choice of the
author is touched. A digest that differs is never overwritten: somebody has to read what changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefgen.evidence.locate import Found
from briefgen.load.edit import Change, edited, save
from briefgen.load.source import Source
from briefgen.model.article import Article
from briefgen.model.summary import Summary
from briefgen.rules.context import Context
from briefgen.rules.quotes import wrong_place

FILE, QUOTE = ("file",), ("quote", "source")


def mended(summary: Summary, source: Source, articles: Mapping[str, Article]) -> list[str]:
    """Write the changes into the file and return one line for each; the file is not touched where there is nothing to change.

    Raises BriefgenError where the file changed meanwhile, or can't be edited safely.
    """
    text, made = edited(source, [*_digests(summary, articles), *_locators(summary, source, articles)])
    if made:
        save(source, text)
    return [f"{source.name}: {_words(source, change)}" for change in made]


def _digests(summary: Summary, articles: Mapping[str, Article]) -> Iterator[Change]:
    for index, row in enumerate(summary.sources):
        if row.id in articles and not row.file_sha256:
            yield Change(f"/sources/{index}/file_sha256", articles[row.id].sha256, FILE)


def _locators(summary: Summary, source: Source, articles: Mapping[str, Article]) -> Iterator[Change]:
    for row in wrong_place(Context(summary, source, articles=articles)):
        assert row.located
        if row.located.found is Found.VERBATIM:
            yield Change(f"{row.pointer}/locator", f"¶{row.located.paragraph}", QUOTE)


def _words(source: Source, change: Change) -> str:
    before = source.raw(change.pointer)
    key = change.pointer.rpartition("/")[2]
    where = change.pointer.rpartition("/")[0].strip("/")
    return f"{key}: {change.value}" + (f" (was {before})" if before else "") + f" at {where}"
