"""Block elements → paragraphs and tables of the body, one method to a row of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from briefgen.model.document import classes
from briefgen.writers.docx.flow import Flow
from briefgen.writers.docx.inline import Inline
from briefgen.writers.docx.pictures import picture
from briefgen.writers.docx.runs import PLAIN, Look
from briefgen.writers.docx.session import Session, outside
from briefgen.writers.docx.styles import HALF_BAR
from briefgen.writers.docx.tables import Tables, table_head

_PARAGRAPHS = ("kicker", "subtitle", "byline", "meta", "ask", "note", "lead", "sources")
_ALIGN = {"centre": '<w:jc w:val="center"/>', "right": '<w:jc w:val="right"/>'}
_HEADINGS = {"h1": "title", "h2": "heading1", "h3": "heading2"}
_BARE_SPACE = '<w:spacing w:before="0" w:after="40"/>'
_NO_RULE = '<w:pBdr><w:top w:val="nil"/></w:pBdr>'


class Walk:
    """Walks `body`; the slots of page furniture are another module's."""

    def __init__(self, session: Session) -> None:
        """Write for a session."""
        self.session = session
        self.flow = Flow(session.base)
        self.inline = Inline(session, session.relations)
        self.tables = Tables(self.flow, self.inline, session.base)
        self._callout = False

    def body(self, body: Element) -> str:
        """Return the XML of everything but the section properties."""
        look = PLAIN
        language = self.session.document.tree.get("lang")
        if language:
            look = self.inline.language(Element("body", {"lang": language}), look)
        for child in body:
            if child.tag in ("header", "main"):
                self._children(child, self.inline.language(child, look))
            elif child.tag != "div":
                raise outside(child, "body")
        if self.flow.table_above:
            self.flow.gap()
        return self.flow.xml()

    def _children(self, element: Element, look: Look) -> None:
        for child in element:
            self._block(child, look, str(element.tag))

    def _block(self, element: Element, look: Look, parent: str) -> None:
        handler = _BLOCKS.get(str(element.tag))
        if handler is None:
            raise outside(element, parent)
        look = self.inline.language(element, look)
        self.flow.bookmark(self.session.bookmark(element))
        handler(self, element, look)

    def _section(self, element: Element, look: Look) -> None:
        start = self.flow.mark()
        self._children(element, look)
        if "keep" in classes(element):
            self.flow.keep_from(start)

    def _heading(self, element: Element, look: Look) -> None:
        key = _HEADINGS[str(element.tag)]
        bare = self._callout
        self.flow.paragraph(
            key,
            self.inline.runs(element, key, look),
            keep=True,
            rtl=look.rtl,
            borders=_NO_RULE if bare and key == "heading1" else "",
            spacing=_BARE_SPACE if bare else "",
        )

    def _paragraph(self, element: Element, look: Look) -> None:
        names = classes(element)
        key = next((name for name in _PARAGRAPHS if name in names), "body")
        align = next((xml for name, xml in _ALIGN.items() if name in names), "")
        self.flow.paragraph(key, self.inline.runs(element, key, look), rtl=look.rtl, align=align)

    def _list(self, element: Element, look: Look) -> None:
        self._items(element, look, 0, 0)
        self.flow.owe(table=False)

    def _items(self, element: Element, look: Look, level: int, number: int) -> None:
        """Write the items of a list; `number` is the Word list that it goes on in, 0 for one of its own."""
        ordered = element.tag == "ol"
        start = element.get("start") or "1"
        if ordered and (not number or start != "1"):
            number = self.session.numbers.ordered(level, int(start))
        elif not ordered:
            number = self.session.numbers.bullets
        for item in element:
            if item.tag != "li":
                raise outside(item, str(element.tag))
            self._item(item, self.inline.language(item, look), level, number, ordered=ordered)

    def _item(self, item: Element, look: Look, level: int, number: int, *, ordered: bool) -> None:
        key = "list_number" if ordered else "list"
        self.flow.bookmark(self.session.bookmark(item))
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        self.flow.paragraph(key, self.inline.runs(item, key, look), rtl=look.rtl, number=numbering)
        for child in item:
            if child.tag in ("ul", "ol"):
                same = number if (child.tag == "ol") == ordered else 0
                self._items(child, self.inline.language(child, look), min(level + 1, 8), same)

    def _table(self, element: Element, look: Look) -> None:
        self.tables.write(element, look)

    def _aside(self, element: Element, look: Look) -> None:
        """Write a callout as a table of one cell: the one box that holds headings and lists in every Word."""
        if self.flow.table_above:
            self.flow.gap()
        base = self.session.base
        width, title = base.text_width - HALF_BAR, element.get("aria-label", "")
        opening = table_head(base, "callout", [width], title, header=False, first=False, rtl=look.rtl)
        cell = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        self.flow.raw(f"{opening}<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>")
        self.flow.open_unit()
        self._callout = True
        self._children(element, look)
        self._callout = False
        self.flow.close_unit()
        self.flow.raw("</w:tc></w:tr></w:tbl>")
        self.flow.owe(3)

    def _figure(self, element: Element, look: Look) -> None:
        start = self.flow.mark()
        for child in element:
            own = self.inline.language(child, look)
            self.flow.bookmark(self.session.bookmark(child))
            if child.tag == "img":
                self.flow.paragraph("figure", picture(child, self.session, self.inline.relations), keep=True, rtl=own.rtl)
            elif child.tag == "figcaption":
                runs = self.inline.runs(child, "caption", own)
                last = child is element[-1]
                self.flow.paragraph("caption", runs, keep=not last, rtl=own.rtl)
            elif child.tag == "table":
                self.tables.write(child, own)
            else:
                raise outside(child, "figure")
        self.flow.keep_from(start)

    def _definitions(self, element: Element, look: Look) -> None:
        for child in element:
            if child.tag not in ("dt", "dd"):
                raise outside(child, "dl")
            key = "term" if child.tag == "dt" else "definition"
            own = self.inline.language(child, look)
            self.flow.bookmark(self.session.bookmark(child))
            self.flow.paragraph(key, self.inline.runs(child, key, own), keep=key == "term", rtl=own.rtl)
        self.flow.owe(table=False)

    def _quote(self, element: Element, look: Look) -> None:
        for child in element:
            if child.tag != "p":
                raise outside(child, "blockquote")
            own = self.inline.language(child, look)
            self.flow.bookmark(self.session.bookmark(child))
            self.flow.paragraph("quote", self.inline.runs(child, "quote", own), rtl=own.rtl)


_BLOCKS: dict[str, Callable[[Walk, Element, Look], None]] = {
    "section": Walk._section,
    "h1": Walk._heading,
    "h2": Walk._heading,
    "h3": Walk._heading,
    "p": Walk._paragraph,
    "ul": Walk._list,
    "ol": Walk._list,
    "table": Walk._table,
    "aside": Walk._aside,
    "figure": Walk._figure,
    "dl": Walk._definitions,
    "blockquote": Walk._quote,
}
