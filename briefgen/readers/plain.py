"""Plain text → Article: blocks between empty lines; where lines are long, each is a paragraph, else they were wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from briefgen.model.article import Article, Role
from briefgen.readers import MAX_TEXT
from briefgen.readers.assembled import article
from briefgen.readers.blocks import Block, Head
from briefgen.readers.dateline import parted
from briefgen.readers.decoded import decode
from briefgen.readers.head import LABELS

WRAPPED = 100  # characters: a longer line was not broken by hand
TITLE = 160
ROOM = 15  # characters that were left in a line that was ended by hand


def read(path: Path, content: bytes) -> Article:
    """Return the article in a text file; its first line is the title where it looks like one."""
    text, notes = decode(path, content)
    head = Head()
    lines = text.lstrip("\n ").split("\n")
    label = lines[0].strip(" :|")
    if label.casefold() in LABELS and len(lines) > 1:
        head.is_a(LABELS[label.casefold()], "first line")
        lines = "\n".join(lines[1:]).lstrip("\n ").split("\n")
    width = _width(lines)
    if _is_title(lines, width):
        head.propose("title", lines[0], "first line")
    return article(path, content, _blocks(lines, "title" in head.values, width), head, notes)


def _width(lines: list[str]) -> int:
    """Return the length to which lines were wrapped; without end where they were not."""
    sizes = [len(line) for line in lines]
    wrapped = [size for size in sizes if size <= WRAPPED]
    return max(wrapped) if wrapped and sum(wrapped) * 2 >= sum(sizes) else MAX_TEXT


def _apart(line: str, after: str, width: int) -> bool:
    """Return whether a line was ended by hand: the first word of the next one had clearly fitted, and could begin a sentence."""
    word = after.split(maxsplit=1)[0]
    if after[:1].islower() and parted(after[:WRAPPED])[0]:  # a date alone may begin with the name of a day
        return False
    return line[-1] not in ",-" and len(line) + len(word) + ROOM <= width


def _is_title(lines: list[str], width: int) -> bool:
    """Return whether the first line is a title: short, no sentence, and what follows is set off from it or longer."""
    first = lines[0].strip()
    after = next((line.strip() for line in lines[1:] if line.strip()), "")
    if not first or not after or len(first) > TITLE or first[-1] in ".,;…":
        return False
    return not lines[1].strip() or len(after) > max(WRAPPED, len(first)) or _apart(first, after, width)


def _blocks(lines: list[str], titled: bool, width: int) -> Iterator[Block]:
    if titled:
        yield Role.TITLE, lines[0]
        lines = lines[1:]
    for block in re.split(r"\n[ \t]*\n", "\n".join(line.rstrip() for line in lines)):
        rows = [row for row in block.split("\n") if row.strip()]
        wrapped = rows and max(map(len, rows)) <= WRAPPED
        for paragraph in _joined(rows, width) if wrapped else rows:
            yield (Role.HEADING if _is_heading(paragraph) else Role.BODY), paragraph


def _joined(rows: list[str], width: int) -> list[str]:
    """Return the lines of a block as paragraphs: those that were wrapped are one, those that were ended by hand are not."""
    made = [[rows[0]]]
    for above, row in pairwise(rows):
        if _apart(above.strip(), row.strip(), width):
            made.append([row])
        else:
            made[-1].append(row)
    return [" ".join(parts) for parts in made]


def _is_heading(text: str) -> bool:
    """Return whether a paragraph is a heading: a few words, a capital first, no sentence."""
    text = text.strip()
    return len(text) <= 80 and len(text.split()) <= 12 and text[:1].isupper() and text[-1].isalnum()
