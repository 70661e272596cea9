"""The page in a mail → letters: its own text, and what it quotes; signatures are taken out, and tables that only place things.

In: HTML as text. Out: pages, the newest first. Mail programs mark quotations by a class, an id or `<blockquote type="cite">`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

LEVELS = 4
_QUOTES = (
    "//blockquote[@type='cite'] | //*[contains(@class, 'gmail_quote') or contains(@class, 'yahoo_quoted') or "
    "contains(@class, 'protonmail_quote') or @id='divRplyFwdMsg' or @id='appendonsend' or "
    "@id='mail-editor-reference-message-container']"
)
_HEADS = "//*[contains(@class, 'gmail_attr') or contains(@class, 'moz-cite-prefix')]"
_SIGNED = "//*[contains(@class, 'gmail_signature') or contains(@class, 'moz-signature') or @id='Signature']"
_FOLLOWED = ("divRplyFwdMsg", "appendonsend")  # what stands behind them is quoted
_CELLS = ("td", "th")
_BLOCKS = frozenset({"p", "div", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})


class Pages(NamedTuple):
    """The pages in a mail, and whether a signature was taken out."""

    pages: list[bytes]
    signed: bool


def pages(text: str) -> Pages:
    """Return the letters in a page, each as a page in UTF-8 that says so by its first bytes."""
    from lxml import etree, html

    page: Any
    try:
        page = html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Pages([text.encode("utf-8", "replace")], signed=False)
    for meta in page.xpath("//meta[@charset or @http-equiv]"):
        _drop(meta)
    signed = [node for node in page.xpath(_SIGNED) if node.text_content().strip()]
    for node in signed:
        _drop(node)
    _unlaid(page)
    made = [page]
    for _ in range(LEVELS):
        quoted = _quoted(made[-1])
        if quoted is None:
            break
        made.append(quoted)
    return Pages([b"\xef\xbb\xbf" + html.tostring(one, encoding="unicode").encode() for one in made], bool(signed))


def _quoted(page: Any) -> Any:  # noqa: ANN401 - lxml has no types
    """Take the first quotation out of a page, and return it as a page of its own; None where there is none."""
    from lxml import html

    found = page.xpath(_QUOTES)
    if not found:
        return None
    first = found[0]
    moved = [first, *first.itersiblings()] if first.get("id") in _FOLLOWED else [first]
    for node in page.xpath(_HEADS):
        if not any(above is first for above in node.iterancestors()):
            _drop(node)
    made: Any = html.document_fromstring("<html><body></body></html>")
    for node in moved:
        after, node.tail = node.tail, None
        _drop(node, after)
        for quote in (node, *node.iterchildren("blockquote")):
            quote.tag = "div"
        for name in ("class", "id", "type"):
            node.attrib.pop(name, None)
        made.body.append(node)
    for node in made.xpath(_HEADS):
        _drop(node)
    return made


def _drop(node: Any, tail: str | None = None) -> None:  # noqa: ANN401
    """Take an element out of its page; the text behind it stays."""
    above = node.getparent()
    if above is None:
        return
    tail = tail or node.tail
    before = node.getprevious()
    above.remove(node)
    node.tail = None
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        above.text = (above.text or "") + tail


def _unlaid(page: Any) -> None:  # noqa: ANN401
    """Take out the tables that only place blocks: no table of figures holds a heading, a paragraph or a table."""
    for table in reversed(list(page.iter("table"))):  # the inner ones first
        parts = table.xpath("./tr | ./*/tr | ./tr/td | ./tr/th | ./*/tr/td | ./*/tr/th | ./tbody | ./thead | ./tfoot")
        if not _lays(parts):
            continue
        for part in (table, *parts):
            blocks = [child.tag in _BLOCKS for child in part]
            if (part.tag in _CELLS and not all(blocks)) or (part.text or "").strip():
                part.tag = "div" if any(blocks) else "p"
                part.attrib.clear()
            else:
                part.drop_tag()


def _lays(parts: Sequence[Any]) -> bool:
    """Return whether a table only places what its cells hold: one of them holds a block, or each row has one cell."""
    blocks = any(child.tag in _BLOCKS for cell in parts if cell.tag in _CELLS for child in cell)
    return blocks or all(len(row) < 2 for row in parts if row.tag == "tr")
