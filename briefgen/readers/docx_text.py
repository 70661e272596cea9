"""The XML of a Word file → its texts, in reading order.

In: elements of WordprocessingML (ECMA-376, part 1, 17). Out: blocks. What is deleted, moved away or hidden is no text; a
paragraph whose mark is deleted goes on in the next one (17.13.5.15).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefgen.model.article import Role
from briefgen.readers.blocks import Block
from briefgen.readers.raised import Line

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_GONE = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "sectPr", "rt"))
_CALLS = {f"{_W}footnoteReference": "footnote", f"{_W}endnoteReference": "endnote"}
_GAPS = frozenset(f"{_W}{name}" for name in ("tab", "ptab", "br", "cr"))
_P, _TABLE, _ROW, _CELL = (f"{_W}{name}" for name in ("p", "tbl", "tr", "tc"))
_SYMBOLS = dict(
    zip(b"\xa3\xb0\xb1\xb3\xb4\xb8\xb9\xbb\xa5\xae\x2d\x61\x62\x67\x6d\x70\x73\x44\x53", "≤°±≥×÷≠≈∞→−αβγμπσΔΣ", strict=True)
)
_BOX = f"{_W}txbxContent"
RAISED = 4  # half points by which text is raised at the least, where no style says that it is


class Body:
    """The texts of one Word file; it remembers the notes that they call, and what could not be read."""

    def __init__(self, styles: Any) -> None:  # noqa: ANN401 - lxml has no types
        """Keep what the styles say of their text."""
        rows = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
        self._names = {key: _value(style, f"{_W}name") or "" for key, style in rows.items()}
        self._raised = {key for key in rows if _of_style(rows, key, _is_raised)}
        self._hidden = {key for key in rows if _of_style(rows, key, _is_hidden)}
        self.called: dict[tuple[str, str], None] = {}
        self._unread: list[str] = []

    def missed(self, what: str) -> None:
        """Remember what was not read."""
        self._unread.append(what)

    def unread(self) -> list[str]:
        """Return notes on what was not read."""
        return [f"not read: {what}" for what in dict.fromkeys(self._unread)]

    def blocks(self, root: Any) -> Iterator[Block]:  # noqa: ANN401
        """Yield the blocks below an element: paragraphs, rows of tables, what stands in text boxes after the paragraph."""
        waiting, open_text, boxes = [root], "", list[Any]()
        while waiting:
            node = waiting.pop()
            if open_text and node.tag == _TABLE:  # nothing that it could go on in
                yield Role.BODY, open_text
                open_text = ""
            if node.tag == _P:
                text, anchored = self._paragraph(node)
                open_text, boxes = open_text + text, boxes + anchored
                if not _goes_on(node):
                    yield self._role(node), open_text
                    waiting.extend(reversed(boxes))
                    open_text, boxes = "", []
            elif node.tag == _ROW and not _deleted_row(node) and len(cells := _cells(node)) > 1:
                inner: list[Any] = []
                yield self._row(cells, inner)
                waiting.extend(reversed(inner))
            elif node.tag == f"{_W}altChunk":
                self.missed("a document within the document (altChunk)")
            elif not _gone(node):
                waiting.extend(reversed(_chosen(node)))
        if open_text:
            yield Role.BODY, open_text
        for box in boxes:
            yield from self.blocks(box)

    def notes(self, root: Any, kind: str) -> Mapping[str, Sequence[str]]:  # noqa: ANN401
        """Return the texts of the notes in their part, by their ids."""
        rows = root.iter(f"{_W}{kind}")
        return {row.get(f"{_W}id") or "": [text for _, text in self.blocks(row) if text.strip()] for row in rows}

    def _row(self, cells: Sequence[Any], inner: list[Any]) -> Block:
        return Role.BODY, " | ".join(text for cell in cells if (text := self._cell(cell, inner)))

    def _cell(self, cell: Any, inner: list[Any]) -> str:  # noqa: ANN401
        """Return the own text of a cell; tables and boxes in it are added to `inner`."""
        parts, waiting = [""], list(reversed(cell))
        while waiting:
            node = waiting.pop()
            if node.tag == _P:
                text, boxes = self._paragraph(node)
                inner.extend(boxes)
                parts[-1] += text
                parts += [] if _goes_on(node) else [""]
            elif node.tag == _TABLE:
                inner.append(node)
            elif not _gone(node):
                waiting.extend(reversed(_chosen(node)))
        return " ".join(text for part in parts if (text := part.strip()))

    def _role(self, paragraph: Any) -> Role:  # noqa: ANN401
        style = self._names.get(_value(paragraph, f"{_W}pPr/{_W}pStyle"), "").casefold()
        if style == "title":
            return Role.TITLE
        if style.startswith(("heading", "subtitle")):
            return Role.HEADING
        return Role.CAPTION if style == "caption" else Role.BODY

    def _paragraph(self, paragraph: Any) -> tuple[str, list[Any]]:  # noqa: ANN401
        """Return the text of a paragraph, and the text boxes that are anchored in it."""
        line, boxes = Line(), []
        waiting = [(node, False) for node in reversed(paragraph)]
        while waiting:
            node, high = waiting.pop()
            if node.tag == _BOX:
                boxes.append(node)
            elif node.tag in _CALLS:
                self.called[_CALLS[node.tag], node.get(f"{_W}id") or ""] = None
            elif text := _written(node):
                line.add(text, high=high)
            elif not _gone(node) and not self._has(node, self._hidden, _is_hidden):
                high = high or self._has(node, self._raised, _is_raised)
                waiting.extend((child, high) for child in reversed(_chosen(node)))
        return line.text(), boxes

    def _has(self, run: Any, styles: set[str | None], own: Any) -> bool:  # noqa: ANN401
        if run.tag != f"{_W}r":
            return False
        said = own(run)
        return said if said is not None else _value(run, f"{_W}rPr/{_W}rStyle") in styles


def _written(node: Any) -> str:  # noqa: ANN401
    if node.tag in (f"{_W}t", _MATH):
        return node.text or ""
    if node.tag in _GAPS:
        return " "
    if node.tag == f"{_W}sym":
        return _sign(node.get(f"{_W}char") or "")
    return "\u2011" if node.tag == f"{_W}noBreakHyphen" else ""


def _sign(code: str) -> str:
    """Return the sign that Word's dialogue for symbols put in, by its number in the font; nothing where only that knows it."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xE000 <= number < 0xF900:  # the private range: F000 and the code of the font, which is Symbol, or has pictures
        return _SYMBOLS.get(number & 0xFF, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""


def _gone(node: Any) -> bool:  # noqa: ANN401
    """Return whether an element is no text: a comment, properties, what is deleted, a row that is."""
    return not isinstance(node.tag, str) or node.tag in _GONE or _deleted_row(node)


def _deleted_row(node: Any) -> bool:  # noqa: ANN401
    return node.tag == _ROW and node.find(f"{_W}trPr/{_W}del") is not None


def _chosen(node: Any) -> list[Any]:  # noqa: ANN401
    """Return what is read of an element: of the forms in which something is offered, the first."""
    if node.tag != f"{_MC}AlternateContent":
        return list(node)
    forms = [form for form in node if form.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    return next(([form] for form in forms if next(form.iter(f"{_W}t"), None) is not None), forms[:1])


def _goes_on(paragraph: Any) -> bool:  # noqa: ANN401
    mark = paragraph.find(f"{_W}pPr/{_W}rPr")
    return mark is not None and any(mark.find(f"{_W}{name}") is not None for name in ("del", "moveFrom"))


def _cells(row: Any) -> list[Any]:  # noqa: ANN401
    """Return the cells of a row, those in content controls too, and none of a table within it."""
    found, waiting = [], list(reversed(row))
    while waiting:
        node = waiting.pop()
        if node.tag == _CELL:
            found.append(node)
        elif not _gone(node):
            waiting.extend(reversed(node))
    return found


def _value(element: Any, path: str) -> str | None:  # noqa: ANN401
    found = element.find(path)
    value = found.get(f"{_W}val") if found is not None else None
    return value if isinstance(value, str) else None


def _is_hidden(element: Any) -> bool | None:  # noqa: ANN401
    mark = element.find(f"{_W}rPr/{_W}vanish")
    return None if mark is None else mark.get(f"{_W}val") not in ("0", "false", "off")


def _is_raised(element: Any) -> bool | None:  # noqa: ANN401
    told = _value(element, f"{_W}rPr/{_W}vertAlign")
    if told is not None:
        return told == "superscript"
    by = _value(element, f"{_W}rPr/{_W}position")
    return int(by) >= RAISED if by and by.lstrip("-").isdigit() else None


def _of_style(rows: Mapping[str | None, Any], key: str | None, own: Any) -> bool:  # noqa: ANN401
    """Return what a style says, or the one that it is based on."""
    for _ in range(12):  # a circle of styles is none of Word's
        if key not in rows:
            return False
        said = own(rows[key])
        if said is not None:
            return bool(said)
        key = _value(rows[key], f"{_W}basedOn")
    return False
