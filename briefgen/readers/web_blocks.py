"""What an extractor found of a page → blocks of text: each paragraph, heading, item and row once, none fused with the next.

In: trafilatura's tree, or a page. Out: blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree
from lxml import html as pages

from briefgen.model.article import Role
from briefgen.readers.blocks import Block, clean

_BREAK = re.compile(r"\n[ \t\r\f\v]*\n")
_BLOCKS = ("body", "head", "p", "item", "list", "quote", "table", "row", "code", "div")
_PLAIN = ("p", "li", "blockquote", "figcaption", "pre", "tr", "h1", "h2", "h3", "h4", "h5", "h6")
_LETTERS = re.compile(r"[\W_]+")
TWICE = 40  # letters of a block that, found again, is the same one shown for another screen


def blocks(body: etree._Element) -> Iterator[Block]:
    """Yield the blocks of trafilatura's tree in order, whatever stands beside and below its elements included."""
    run: list[str] = []
    rows = 0  # the open ones: what stands in a cell stays in its row
    for event, element in etree.iterwalk(body, events=("start", "end")):
        starts = event == "start"
        rows -= element.tag == "row" and not starts
        if rows:
            run.append(" | " if starts and element.tag == "cell" and element.getprevious() is not None else " ")
        elif element.tag in _BLOCKS:
            yield from _flushed(run, _outer(element.getparent()) if starts else _role(element))
        elif starts and element.tag == "lb":
            run.append("\n")
        rows += element.tag == "row" and starts
        run.append(_flowing(element.text if starts else element.tail))
    yield from _flushed(run, Role.BODY)


def _flowing(text: str | None) -> str:
    """Return a text without the line ends of its source: only `lb` breaks."""
    return re.sub(r"\s*\n\s*", " ", text) if text else ""


def _role(element: etree._Element) -> Role:
    if element.tag != "head":
        return Role.BODY
    return Role.TITLE if element.get("rend") == "h1" else Role.HEADING


def _outer(element: etree._Element | None) -> Role:
    return Role.BODY if element is None else _role(element)


def _flushed(run: list[str], role: Role) -> Iterator[Block]:
    text = "".join(run)
    run.clear()
    for part in _BREAK.split(text):
        if part.strip(" \n|"):
            yield role, part


def walked(page: pages.HtmlElement) -> Iterator[Block]:
    """Yield the blocks of a page in which trafilatura found nothing: it is too short for that, as a notice is."""
    for element in page.iter(*_PLAIN):
        inside = next(element.iterancestors("nav", "footer", "aside", "header", *_PLAIN), None)
        if inside is None or (element.tag.startswith("h") and inside.tag == "header"):
            heading = Role.TITLE if element.tag == "h1" else Role.HEADING
            yield heading if element.tag[0] == "h" else Role.BODY, element.text_content()


def once(found: Iterable[Block]) -> list[Block]:
    """Return blocks without those that come again: long ones, and short ones beside them that were there before, too."""
    rows = [(role, text) for role, raw in found if (text := clean(raw))]
    keys = [_LETTERS.sub("", text).casefold() for _, text in rows]
    first: dict[str, int] = {}
    again = [first.setdefault(key, at) < at for at, key in enumerate(keys)]
    gone = [repeated and len(key) >= TWICE for repeated, key in zip(again, keys, strict=True)]
    for order in (range(len(rows)), range(len(rows) - 1, -1, -1)):
        for at in order:
            beside = gone[at - 1 : at] + gone[at + 1 : at + 2]
            gone[at] = gone[at] or (again[at] and any(beside))
    return [row for row, left in zip(rows, gone, strict=True) if not left]
