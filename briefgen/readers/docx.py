"""A Word file → Article: paragraphs and tables in their order, all changes accepted, without hidden text."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from briefgen.files import zip_fault
from briefgen.model.article import Article, Role
from briefgen.readers.assembled import article, refused
from briefgen.readers.blocks import Block, Head

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}pPr"})
_CURE = "save it in Word as a Word document (.docx), without a password"


def read(path: Path, content: bytes) -> Article:
    """Return the article in a Word file; raises Rejected for what is none, and for what unpacks to far more than it is."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused("ART-05", path, "the Word file is old (.doc) or behind a password", _CURE)
    document = _opened(path, content)
    head = Head()
    properties = document.core_properties
    head.propose("title", properties.title, "document properties")
    head.propose("language", properties.language, "document properties")
    blocks = list(_blocks(document))
    if not any(role is Role.TITLE for role, _ in blocks):
        first = next((text for _, text in blocks if text.strip()), "")
        if len(first) <= 160 and not first.rstrip().endswith((".", ";", ",")):
            blocks = [(Role.TITLE if text is first else role, text) for role, text in blocks]
    head.propose("author", properties.author if properties.author != "python-docx" else None, "document properties")
    return article(path, content, blocks, head)


def _opened(path: Path, content: bytes) -> Any:  # noqa: ANN401 - python-docx has no types
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if fault := zip_fault(archive):
                raise refused("ART-06", path, f"the Word file {fault}", _CURE)
        import docx

        return docx.Document(BytesIO(content))
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, RuntimeError, NotImplementedError, EOFError) as fault:
        raise refused("ART-06", path, "the file is no Word document", _CURE) from fault
    except Exception as fault:  # lxml's and python-docx's own, whose modules are not loaded here
        if type(fault).__module__.partition(".")[0] in ("lxml", "docx"):
            raise refused("ART-06", path, "the Word file is damaged", _CURE) from fault
        raise


def _blocks(document: Any) -> Iterator[Block]:  # noqa: ANN401
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block._tbl.iter(f"{_W}tr"):
                yield Role.BODY, " | ".join(_text(cell) for cell in row.iter(f"{_W}tc"))
            continue
        style = (block.style.name or "") if block.style is not None else ""
        yield _role(style), _text(block._p)


def _role(style: str) -> Role:
    if style == "Title":
        return Role.TITLE
    if style.startswith(("Heading", "Subtitle")):
        return Role.HEADING
    return Role.CAPTION if style == "Caption" else Role.BODY


def _text(element: Any) -> str:  # noqa: ANN401
    """Return the text of an element: inserted text counts, deleted and hidden text does not."""
    parts: list[str] = []
    waiting = [element]
    while waiting:
        node = waiting.pop()
        if node.tag in _SKIPPED or (node.tag == f"{_W}r" and _hidden(node)):
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            parts.append(" ")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("\u2011")
        else:
            if node.tag == f"{_W}p" and parts:
                parts.append(" ")
            waiting.extend(reversed(node))
    return "".join(parts)


def _hidden(run: Any) -> bool:  # noqa: ANN401
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")
