"""An OpenDocument text → Article: paragraphs, lists and tables in their order, notes at the end, changes accepted.

In: the bytes of an .odt file (OpenDocument 1.3, ISO/IEC 26300). Out: an `Article`. It is XML in an archive, kept to the limits
of a Word file; no entity is resolved.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from briefgen.files import zip_fault
from briefgen.model.article import Article, Role
from briefgen.readers.assembled import article, refused, titled
from briefgen.readers.blocks import Block, Head
from briefgen.readers.raised import Line

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _STYLE, _OFFICE, _META = (f"{{{_URN}{name}:1.0}}" for name in ("text", "table", "style", "office", "meta"))
_SVG, _DRAW, _DC = f"{{{_URN}svg-compatible:1.0}}", f"{{{_URN}drawing:1.0}}", "{http://purl.org/dc/elements/1.1/}"
_GONE = frozenset(
    (
        *(f"{_TEXT}{name}" for name in ("tracked-changes", "ruby-text", "note-citation", "hidden-text", "sequence-decls")),
        *(f"{_OFFICE}{name}" for name in ("annotation", "forms", "scripts")),
        *(f"{_SVG}{name}" for name in ("title", "desc")),
        f"{_TABLE}covered-table-cell",
    )
)
_CURE = "save it anew in a word processor, without a password"


def read(path: Path, content: bytes) -> Article:
    """Return the article in an OpenDocument text; raises Rejected for what is none, or unpacks to far more than it is."""
    parts = _opened(path, content)
    text = _Text([parts[name] for name in ("styles.xml", "content.xml") if name in parts])
    body = parts["content.xml"].find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise refused("ART-06", path, "the file is no OpenDocument text", _CURE)
    blocks = titled([*text.blocks(body), *((Role.CAPTION, note) for note in text.notes)])
    head = Head()
    if "meta.xml" in parts:
        said = parts["meta.xml"].find(f"{_OFFICE}meta")
        for name, key in (("title", f"{_DC}title"), ("language", f"{_DC}language"), ("author", f"{_META}initial-creator")):
            head.propose(name, said.findtext(key) if said is not None else None, "document properties")
    return article(path, content, blocks, head)


def _opened(path: Path, content: bytes) -> dict[str, Any]:
    """Return the roots of the parts that are read; raises Rejected."""
    from lxml import etree

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if fault := zip_fault(archive):
                raise refused("ART-06", path, f"the OpenDocument text {fault}", _CURE)
            names = set(archive.namelist())
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise refused("ART-05", path, "the OpenDocument text is behind a password", _CURE)
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            wanted = [name for name in ("content.xml", "styles.xml", "meta.xml") if name == "content.xml" or name in names]
            return {name: etree.fromstring(archive.read(name), parser) for name in wanted}
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, RuntimeError, NotImplementedError, EOFError) as fault:
        raise refused("ART-06", path, "the file is no OpenDocument text", _CURE) from fault
    except etree.XMLSyntaxError as fault:
        raise refused("ART-06", path, "the OpenDocument text is damaged", _CURE) from fault


class _Text:
    """The texts of one file; it gathers the notes that they call. The parser allows some hundred levels, so it may recurse."""

    def __init__(self, parts: list[Any]) -> None:
        rows = {row.get(f"{_STYLE}name"): row for part in parts for row in part.iter(f"{_STYLE}style")}
        self._parents = {name: row.get(f"{_STYLE}parent-style-name") for name, row in rows.items()}
        said = {name: row.find(f"{_STYLE}text-properties") for name, row in rows.items()}
        self._raised = {name for name, row in said.items() if row is not None and _is_raised(row)}
        self._hidden = {name for name, row in said.items() if row is not None and row.get(f"{_TEXT}display") == "none"}
        self.notes: list[str] = []

    def blocks(self, node: Any) -> Iterator[Block]:  # noqa: ANN401 - lxml has no types
        """Yield the blocks below an element."""
        for child in node.iterchildren(tag="*"):
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                boxes: list[Any] = []
                yield self._role(child), self._line(child, boxes)
                for box in boxes:
                    yield from self.blocks(box)
            elif child.tag == f"{_TABLE}table-row" and len(cells := child.findall(f"{_TABLE}table-cell")) > 1:
                yield from self._row(cells)
            elif child.tag not in _GONE:
                yield from self.blocks(child)

    def _row(self, cells: list[Any]) -> Iterator[Block]:
        """Yield a row of a table as one block, then the tables and boxes in its cells."""
        inner: list[Block] = []
        texts = []
        for cell in cells:
            boxes: list[Any] = []
            lines = [self._line(row, boxes) for row in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h")]
            listed = [text for part in cell.iterchildren(f"{_TEXT}list") for _, text in self.blocks(part)]
            texts.append(" ".join(text.strip() for text in (*lines, *listed) if text.strip()))
            for part in (*boxes, *cell.iterchildren(f"{_TABLE}table")):
                inner.extend(self.blocks(part))
        yield Role.BODY, " | ".join(text for text in texts if text)
        yield from inner

    def _role(self, node: Any) -> Role:  # noqa: ANN401
        styles = {name.casefold() for name in self._line_of(node.get(f"{_TEXT}style-name")) if name}
        if "title" in styles:
            return Role.TITLE
        if node.tag == f"{_TEXT}h" or "subtitle" in styles:
            return Role.HEADING
        return Role.CAPTION if "caption" in styles else Role.BODY

    def _line_of(self, style: str | None) -> Iterator[str]:
        """Yield a style and those that it is based on."""
        for _ in range(12):
            if style is None:
                return
            yield style
            style = self._parents.get(style)

    def _line(self, paragraph: Any, boxes: list[Any]) -> str:  # noqa: ANN401
        line = Line()
        self._add(paragraph, line, boxes, high=False)
        return line.text()

    def _add(self, node: Any, line: Line, boxes: list[Any], *, high: bool) -> None:  # noqa: ANN401
        line.add(node.text or "", high=high)
        for child in node.iterchildren():
            self._piece(child, line, boxes, high=high)
            line.add(child.tail or "", high=high)

    def _piece(self, node: Any, line: Line, boxes: list[Any], *, high: bool) -> None:  # noqa: ANN401
        if not isinstance(node.tag, str) or node.tag in _GONE:
            return
        styles = set(self._line_of(node.get(f"{_TEXT}style-name"))) if node.tag == f"{_TEXT}span" else set()
        if node.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            line.add(" ", high=high)
        elif node.tag == f"{_TEXT}note":
            body = node.find(f"{_TEXT}note-body")
            self.notes += [text for _, text in self.blocks(body) if text.strip()] if body is not None else []
        elif node.tag == f"{_DRAW}text-box" or (node.tag.startswith(_DRAW) and node.find(f"{_TEXT}p") is not None):
            boxes.append(node)
        elif not styles & self._hidden:
            self._add(node, line, boxes, high=high or bool(styles & self._raised))


def _is_raised(properties: Any) -> bool:  # noqa: ANN401
    """Return whether text is raised: `super`, or by a share of its height (20.384)."""
    told = (properties.get(f"{_STYLE}text-position") or "").partition(" ")[0]
    return told == "super" or (told.endswith("%") and told[:-1].isdigit() and int(told[:-1]) > 0)
