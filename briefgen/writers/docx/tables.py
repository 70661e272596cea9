"""Tables: fixed layout, real header rows that repeat, spans, severity fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from briefgen.model.document import classes
from briefgen.writers.docx.base import Base
from briefgen.writers.docx.flow import Flow
from briefgen.writers.docx.inline import Inline
from briefgen.writers.docx.names import escape
from briefgen.writers.docx.runs import Look
from briefgen.writers.docx.session import outside

_SHAPES = ("plain", "boxed", "matrix")
_INSET = '<w:tcMar><w:left w:w="80" w:type="dxa"/></w:tcMar>'
_CENTRE = '<w:jc w:val="center"/>'


class Cell(NamedTuple):
    """One place in the grid: where a cell starts (`element`), or where one from the row above goes on (None)."""

    element: Element | None
    column: int
    columns: int
    merge: str  # w:vMerge, as XML


def grid(rows: Sequence[Element]) -> list[list[Cell]]:
    """Return the cells of each row by column (HTML 4.9.12.1): spans counted, all rows filled up to one width."""
    going: dict[int, tuple[int, int]] = {}  # column → rows still to fill, columns
    result = []
    for index, row in enumerate(rows):
        cells: list[Cell] = []
        column, waiting = 0, list(row)
        taken = {start for start, (left, _) in going.items() if left}
        last = max(taken, default=-1)
        while waiting or column <= last:
            span, cell = 1, Cell(None, column, 1, "")
            if column in taken:
                left, span = going[column]
                going[column] = (left - 1, span)
                cell = Cell(None, column, span, "<w:vMerge/>")
            elif waiting:
                element = waiting.pop(0)
                span = _free(column, _span(element, "colspan"), taken)
                down = min(_span(element, "rowspan"), len(rows) - index)
                going[column] = (down - 1, span)
                cell = Cell(element, column, span, '<w:vMerge w:val="restart"/>' if down > 1 else "")
            cells.append(cell)
            column += span
        result.append(cells)
    width = max((cells[-1].column + cells[-1].columns for cells in result if cells), default=1)
    return [_filled(cells, width) for cells in result]


def _free(column: int, span: int, taken: set[int]) -> int:
    """Return how many columns a cell may have before it runs into one from the row above."""
    return next((n for n in range(1, span) if column + n in taken), span) if taken else span


def _filled(cells: list[Cell], width: int) -> list[Cell]:
    end = cells[-1].column + cells[-1].columns if cells else 0
    return [*cells, *(Cell(None, column, 1, "") for column in range(end, width))]


def _span(cell: Element, name: str) -> int:
    text = cell.get(name)
    return max(int(text), 1) if text and text.isdigit() else 1


def shape(element: Element) -> str:
    """Return which of the three kinds a table is; plain where it does not say."""
    names = classes(element)
    return next((name for name in _SHAPES if name in names), "plain")


def widths(element: Element, columns: int, total: int) -> list[int]:
    """Return the widths of the columns: `col.wN` in per cent of `total`, the rest shared alike; their sum is `total`."""
    shares = [_share(col) for col in element.iter("col")][:columns]
    shares += [0] * (columns - len(shares))
    missing = shares.count(0)
    rest = max(100 - sum(shares), 5 * missing) / missing if missing else 0
    full = [share or rest for share in shares]
    ends = [round(total * sum(full[: n + 1]) / sum(full)) for n in range(columns)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _share(col: Element) -> int:
    return next((int(name[1:]) for name in classes(col) if name[0] == "w" and name[1:].isdigit()), 0)


class Tables:
    """Writes tables into a flow."""

    def __init__(self, flow: Flow, inline: Inline, base: Base) -> None:
        """Write into `flow`, cells by `inline`."""
        self.flow, self.inline, self.base = flow, inline, base
        self._title = base.colour("title")
        self._grey = base.colour("grey")

    def write(self, element: Element, look: Look) -> None:
        """Write a table with its caption above it."""
        start = self.flow.mark()
        caption = element.find("caption")
        if caption is not None:
            own = self.inline.language(caption, look)
            self.flow.bookmark(self.inline.session.bookmark(caption))
            self.flow.paragraph("caption", self.inline.runs(caption, "caption", own), keep=True, rtl=own.rtl)
        elif self.flow.table_above:
            self.flow.gap()
        self._table(element, look, caption)
        self.flow.owe(1)
        if "keep" in classes(element):
            self.flow.keep_from(start)

    def _table(self, element: Element, look: Look, caption: Element | None) -> None:
        heads, bodies = _rows(element)
        cells = grid(heads + bodies)
        columns = cells[0][-1].column + cells[0][-1].columns if cells else 1
        sizes = widths(element, columns, self.base.text_width)
        kind = shape(element)
        first = any(row[0].element is not None and row[0].element.tag == "th" for row in cells[len(heads) :])
        self.flow.raw(table_head(self.base, kind, sizes, _text(caption), header=bool(heads), first=first, rtl=look.rtl))
        for index, (written, row) in enumerate(zip(heads + bodies, cells, strict=True)):
            head = index < len(heads)
            self._row(row, sizes, kind, look, head=head, keep=head or "keep-next" in classes(written))
        self.flow.raw("</w:tbl>")

    def _row(self, row: list[Cell], sizes: list[int], kind: str, look: Look, *, head: bool, keep: bool) -> None:
        self.flow.open_unit()
        self.flow.raw(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>")
        for cell in row:
            width = sum(sizes[cell.column : cell.column + cell.columns])
            span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
            margin = _INSET if kind == "matrix" and cell.element is not None and cell.element.tag == "th" else ""
            fill = self._fill(cell.element)
            self.flow.raw(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{cell.merge}{fill}{margin}</w:tcPr>')
            self._content(cell.element, kind, look, head=head, keep=keep)
            self.flow.raw("</w:tc>")
        self.flow.raw("</w:tr>")
        self.flow.close_unit()

    def _content(self, element: Element | None, kind: str, look: Look, *, head: bool, keep: bool) -> None:
        key = "table_head" if head else "matrix_text" if kind == "matrix" else "table"
        if element is None:
            self.flow.paragraph(key, "", keep=keep)
            return
        if element.tag not in ("th", "td"):
            raise outside(element, "tr")
        look = self.inline.language(element, look)
        names = classes(element)
        align = ""
        if "centre" in names:
            align = _CENTRE
        elif kind == "matrix" and element.tag == "th" and not head:
            align = '<w:jc w:val="left"/>'
        if not head:
            look = self._cell_look(element, names, look)
        self.flow.bookmark(self.inline.session.bookmark(element))
        self.flow.paragraph(key, self.inline.runs(element, key, look), keep=keep, rtl=look.rtl, align=align)

    def _cell_look(self, element: Element, names: frozenset[str], look: Look) -> Look:
        if element.tag == "th":
            return look._replace(bold=True, colour=self._title)
        return look._replace(colour=self._grey) if "off" in names else look

    def _fill(self, element: Element | None) -> str:
        names = classes(element) if element is not None else frozenset[str]()
        level = next((name[4:] for name in names if name.startswith("sev-")), None)
        if level is None:
            return ""
        hex_ = str(self.base.tokens["severity"][level]["pale" if "off" in names else "fill"]).lstrip("#")
        return f'<w:shd w:val="clear" w:color="auto" w:fill="{hex_}"/>'


def _rows(element: Element) -> tuple[list[Element], list[Element]]:
    heads: list[Element] = []
    bodies: list[Element] = []
    for group in element:
        if group.tag == "thead":
            heads += list(group)
        elif group.tag == "tbody":
            bodies += list(group)
        elif group.tag not in ("caption", "colgroup"):
            raise outside(group, "table")
    for row in heads + bodies:
        if row.tag != "tr":
            raise outside(row, "table")
    return heads, bodies


def _text(element: Element | None) -> str:
    return " ".join("".join(_words(element)).split()) if element is not None else ""


def _words(element: Element) -> Iterator[str]:
    """Yield the text of an element without its notes."""
    yield element.text or ""
    for child in element:
        if "fn" not in classes(child):
            yield from _words(child)
        yield child.tail or ""


def table_head(base: Base, kind: str, sizes: Sequence[int], title: str, *, header: bool, first: bool, rtl: bool) -> str:
    """Return a table up to its first row, children of `w:tblPr` in the order of the schema (ECMA-376, 17.4.59)."""
    look = f'w:firstRow="{int(header)}" w:lastRow="0" w:firstColumn="{int(first)}" w:lastColumn="0"'
    value = f"{0x0600 | (0x20 if header else 0) | (0x80 if first else 0):04X}"  # 0x0600: no banding
    caption = f'<w:tblCaption w:val="{escape(title)}"/>' if title else ""
    columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{base.styles[kind]}"/>{"<w:bidiVisual/>" if rtl else ""}'
        f'<w:tblW w:w="{sum(sizes)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="{value}" {look} '
        f'w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )
