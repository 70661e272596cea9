"""Markdown → Article: front matter, headings, paragraphs, list items, table rows; raw HTML and pictures are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.model.article import Article, Role
from briefgen.model.terms import Genre
from briefgen.readers.assembled import article
from briefgen.readers.blocks import Block, Head
from briefgen.readers.decoded import decode

if TYPE_CHECKING:
    from markdown_it.token import Token

FIELDS = {
    "title": "title", "author": "author", "authors": "author", "date": "published", "published": "published",
    "publisher": "publisher", "source": "publisher", "lang": "language", "language": "language", "url": "url", "link": "url",
}  # fmt: skip
_ENTRY = re.compile(r"([A-Za-z_]+):[ \t]*(\S.*)")


def read(path: Path, content: bytes) -> Article:
    """Return the article in a Markdown file; front matter is read as lines of `key: value`, never as YAML."""
    from markdown_it import MarkdownIt

    text, notes = decode(path, content)
    head = Head()
    tokens = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").parse(_front(text, head))
    return article(path, content, _blocks(tokens), head, notes)


def _front(text: str, head: Head) -> str:
    """Take the front matter off a text and propose what it says."""
    if not text.startswith("---\n"):
        return text
    written, closed, rest = text[4:].partition("\n---")
    if not closed or len(written) > 20_000 or not (rest == "" or rest.startswith("\n")):
        return text
    for line in written.split("\n"):
        if found := _ENTRY.fullmatch(line.strip()):
            key, value = found[1].lower(), found[2].strip().strip("\"'")
            if key in FIELDS:
                head.propose(FIELDS[key], value, "front matter")
            elif key == "genre" and value.lower() in {*Genre}:
                head.is_a(Genre(value.lower()), "front matter")
    return rest.lstrip("\n")


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    role, first, row = Role.BODY, True, list[str]()
    in_row = False
    for token in tokens:
        if token.type == "heading_open":
            role = Role.TITLE if token.tag == "h1" and first else Role.HEADING
        elif token.type == "tr_open":
            row, in_row = [], True
        elif token.type == "tr_close":
            yield Role.BODY, " | ".join(row)
            in_row = False
        elif token.type == "inline":
            if in_row:
                row.append(_text(token))
                continue
            yield role, _text(token)
            first, role = False, Role.BODY
        elif token.type in ("fence", "code_block"):
            yield Role.BODY, token.content


def _text(token: Token) -> str:
    """Return the words of an inline token: markup, pictures and raw HTML are none."""
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)
