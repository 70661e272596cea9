"""A web page → Article: trafilatura finds the text, after all that a reader does not see was taken out.

In: the bytes of a page. Out: an `Article`. `web_head` tells title, author and date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as pages

from briefgen.model.article import Article
from briefgen.readers.assembled import article, missing, refused, turned
from briefgen.readers.blocks import Block, Head
from briefgen.readers.web_blocks import blocks, once, walked
from briefgen.readers.web_bytes import decode
from briefgen.readers.web_head import said
from briefgen.readers.web_seen import only_seen
from briefgen.readers.web_shape import shape

OPTIONS: dict[str, Any] = {
    "include_comments": False, "include_tables": True, "with_metadata": False, "favor_recall": True,
}  # fmt: skip
"""What trafilatura is asked for."""
LITTLE = 250  # characters: less than a short notice


def read(path: Path, content: bytes) -> Article:
    """Return the article in a web page; hidden text, scripts and banners are no part of it."""
    text, notes = decode(content)
    page = _parsed(path, text)
    head = Head()
    said(page, head)
    notes += only_seen(page)
    notes += turned((page.text_content(),))  # an extractor takes such signs out
    shape(page)
    found = once(_extracted(page) or walked(page))
    return article(path, content, found, head, (*notes, *_doubts(found)))


def _doubts(found: Sequence[Block]) -> Iterator[str]:
    """Yield a note where signs of a page could not be read, and where it holds hardly any text."""
    if lost := sum(text.count("\ufffd") for _, text in found):
        yield f"{lost} signs could not be read and stand as \ufffd: save the page again, as UTF-8"
    if sum(len(text) for _, text in found) < LITTLE:
        yield "the page holds almost no text: open it in a browser, past any notice, and save it again"


def _parsed(path: Path, text: str) -> pages.HtmlElement:
    text, controls = re.subn(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    if controls > len(text) // 100:
        raise refused(
            "ART-06", path, "the file is no web page, whatever its name says", "give it the ending that it has by right"
        )
    try:
        return pages.document_fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}>", "", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise refused("ART-04", path, "there is no text in the page", "save the page again, as HTML only") from fault


def _extracted(page: pages.HtmlElement) -> list[Block]:
    try:
        from trafilatura import bare_extraction
    except ImportError as fault:
        raise missing(fault) from fault
    found = bare_extraction(page, **OPTIONS)
    body = getattr(found, "body", None)
    return list(blocks(body)) if body is not None else []
