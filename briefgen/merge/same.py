"""When two summaries speak of the same thing: by what a source, an actor or a claim is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from briefgen.language import raised

Keys = Iterator[tuple[str, ...]]
Item = Mapping[str, Any]

_NO_WORD = re.compile(r"[^\w^-]+|(?<=\w)-|-(?!\d)|\^(?![\d-])")  # a sign before a figure, and a power, make it another one


def folded(text: object) -> str:
    """Return words without case, accents' forms, punctuation and calls to notes, for comparison only."""
    alike = unicodedata.normalize("NFKC", raised.compared(str(text))).replace("−", "-").casefold()
    return " ".join(_NO_WORD.sub(" ", alike).split())


def words(value: Any) -> str:  # noqa: ANN401
    """Return the full wording of a text, folded."""
    return folded(value.get("full", "") if isinstance(value, Mapping) else value or "")


def _source(item: Item) -> Keys:
    if item.get("file_sha256"):
        yield ("file", str(item["file_sha256"]))
    if item.get("url"):
        yield ("url", str(item["url"]).rstrip("/").casefold())
    yield ("title", words(item.get("title")), folded(item.get("publisher") or item.get("author") or ""))


def _claim(item: Item) -> Keys:
    """Yield what makes two claims one: the same speaker, and of text, headline and evidence two that agree."""
    speaker, text, headline = (words(item.get(name)) for name in ("attribution", "text", "headline"))
    yield ("words", speaker, text, headline)
    for row in item.get("evidence") or ():
        if isinstance(row, Mapping):
            yield ("text", speaker, text, str(row.get("source")))
            if row.get("quote"):
                yield ("headline", speaker, headline, str(row.get("source")), folded(row["quote"]))


def _by(*fields: str) -> Callable[[Item], Keys]:
    def keys(item: Item) -> Keys:
        yield (fields[0], *(words(item.get(name)) for name in fields))

    return keys


LISTS: Mapping[str, Callable[[Item], Keys]] = {
    "/sources": _source,
    "/authors": _by("name"),
    "/key_judgements": _by("text"),
    "/key_developments": _claim,
    "/stakeholders": _by("name"),
    "/risks": _by("title"),
    "/outlook/scenarios": _by("name"),
    "/outlook/watch": _by("event"),
    "/outlook/gaps": lambda item: iter([("text", words(item))]),
    "/outlook/alternatives": lambda item: iter([("text", words(item))]),
    "/changes": _by("item", "text"),
    "/disagreements": _by("about"),
    "/glossary": _by("term"),
    "/waivers": _by("code", "item", "field", "words"),
    "/lines_to_take": lambda item: iter([("text", words(item))]),
}
"""The lists of a summary by pointer, sources first since all else names them; each with what makes two items the same."""


def evidence(item: Item) -> tuple[str, ...]:
    """Return what a piece of evidence is known by."""
    return (str(item.get("source")), folded(item.get("quote") or ""), folded(item.get("relation") or "supports"))
