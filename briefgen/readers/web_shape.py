"""A web page in plainer shape: raised digits made text, tables that only lay out made blocks, loose text made paragraphs.

In: a parsed page, which is changed, before an extractor looks for the article in it. No word is taken out but calls to notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html as pages

from briefgen.language import raised
from briefgen.readers.web_seen import HEADINGS, in_a_sentence, letters

_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|center|d[dlt]|div|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|[ou]l|p"
    r"|pre|section|table|tbody|td|tfoot|th|thead|tr"
)
_FLOW = ("body", "article", "main", "section", "div", "center")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_MARKED = ("time", "output", "label", "math", "code", "marquee", "blink")  # words to a reader, and to no extractor
LOOSE = 20  # letters beside links that make a paragraph of a text without one
_ENDING = (*HEADINGS, "blockquote", "table")
_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th")
_BLOCK_STYLE = re.compile(r"display\s*:\s*block", re.IGNORECASE)
_SUPER = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)


def shape(page: pages.HtmlElement) -> None:
    """Put a page into plainer shape."""
    _inline(page)
    _raise(page)
    _unfold_tables(page)
    _unfold_quotations(page)
    _wrap(page)


# ---- raised digits, tables that only lay out


def _inline(page: pages.HtmlElement) -> None:
    """Give quotation marks to `<q>`, keep the words of a button in a heading, and part what a style makes blocks."""
    for quote in list(page.iter("q")):
        quote.text = f"“{quote.text or ''}"
        quote.tail = f"”{quote.tail or ''}"
        quote.tag = "span"
    for element in list(page.iter(*_MARKED)):
        if in_a_sentence(element):
            _bare_math(element)
            element.tag = "span"
    for button in list(page.iter("button")):
        if any(parent.tag in HEADINGS for parent in button.iterancestors()):
            button.tag = "span"
    for span in list(page.iter("span", "a", "b", "strong", "em", "i", "cite", "font")):
        if _BLOCK_STYLE.search((span.get("style") or "")[:2000]):
            _apart(span)


def _bare_math(element: pages.HtmlElement) -> None:
    """Take out of a formula what only says it once more."""
    if element.tag == "math":
        for note in list(element.iter("annotation", "annotation-xml")):
            note.drop_tree()


def _apart(span: pages.HtmlElement) -> None:
    """Make a block of what a style shows as one; in a paragraph, part it from what stands around it."""
    parent = span.getparent()
    if parent is None or parent.tag != "p":
        prose = letters(span.text_content()) >= LOOSE and span.tag != "a" and not any(map(_is_block, span.iterdescendants()))
        span.tag = "p" if prose else "div"
        return
    at, tail = parent.index(span), span.tail
    span.tail = None
    parent[at:at] = [span.makeelement("br"), span.makeelement("br")]
    parent[at + 3 : at + 3] = [span.makeelement("br"), last := span.makeelement("br")]
    last.tail = tail


def _is_block(element: pages.HtmlElement) -> bool:
    return isinstance(element.tag, str) and bool(_BLOCKS.fullmatch(element.tag))


def _raise(page: pages.HtmlElement) -> None:
    """Put into plain text what is raised: calls to notes go, powers become superscripts."""
    for element in list(page.iter("sup", "a", "span", "small")):
        if element.getparent() is None or not _raised(element):
            continue
        text = element.text_content()
        linked = element.tag == "a" or element.find(".//a") is not None or next(element.iterancestors("a"), None) is not None
        if (element.tail or "").startswith(("/", "⁄")):  # a fraction: 3 1/2 is not 31/2
            element.text = f" {element.text or ''}" if _before(element)[-1:].isdecimal() else element.text
        elif len(text) <= raised.BEFORE:
            made = raised.plain(_before(element), text, linked)
            element.clear(keep_tail=True)  # it stays, as a span: to join its text to the next takes ever longer in a long text
            element.tag, element.text = "span", made


def _raised(element: pages.HtmlElement) -> bool:
    if element.tag == "sup":
        return True
    if element.tag == "a":  # a call that a style sheet raises: 320<a href="#f1">1</a>
        text = element.text_content().strip()
        return (
            text.strip("[]()").isdecimal()
            and len(text) <= 5
            and "#" in (element.get("href") or "")
            and _before(element)[-1:].isalnum()
        )
    return bool(_SUPER.search((element.get("style") or "")[:2000]))


def _before(element: pages.HtmlElement) -> str:
    """Return what stands before an element in its paragraph, at most some dozen characters."""
    text = ""
    for _ in range(raised.BEFORE):
        if len(text) >= raised.BEFORE:
            break
        before = element.getprevious()
        if before is not None:
            text = (before.tail or "") + text
            if _is_block(before) or before.tag == "br":
                return text
            text = (before.text_content()[-raised.BEFORE :] if len(text) < raised.BEFORE else "") + text
            element = before
            continue
        parent = element.getparent()
        if parent is None:
            return text
        text = (parent.text or "") + text
        if _is_block(parent):
            return text
        element = parent
    return text


def _unfold_tables(page: pages.HtmlElement) -> None:
    """Make blocks of the cells of tables that only lay a page out: with headings or several paragraphs in a cell."""
    for table in list(page.iter("table")):
        if any(_lays_out(cell) for cell in _cells(table)):
            for part in [table, *_parts(table)]:
                part.tag = "div"


def _parts(table: pages.HtmlElement) -> Iterator[pages.HtmlElement]:
    for child in table:
        if child.tag in _TABLE and child.tag != "table":
            yield child
            yield from _parts(child) if child.tag not in ("td", "th") else ()


def _cells(table: pages.HtmlElement) -> Iterator[pages.HtmlElement]:
    return (part for part in _parts(table) if part.tag in ("td", "th"))


def _lays_out(cell: pages.HtmlElement) -> bool:
    if cell.find(".//h1") is not None or cell.find(".//h2") is not None or cell.find(".//table") is not None:
        return True
    return sum(len(part.text_content()) > 80 for part in cell.iter("p", "blockquote", "div")) > 1


# ---- quotations, and text that stands in no paragraph


def _unfold_quotations(page: pages.HtmlElement) -> None:
    """Make paragraphs of all that a quotation block holds, that an extractor doesn't fuse its blocks."""
    for quotation in list(page.iter("blockquote")):
        for part in list(
            quotation.iterdescendants("div", "section", "article", "footer", "header", "center", "cite", "blockquote")
        ):
            if part.tag == "cite" and part.getparent() is not quotation:
                continue
            if any(_is_block(inner) for inner in part.iterdescendants()):
                _bare(part)
                part.drop_tag()
            else:
                part.tag = "p"
        if any(_is_block(part) for part in quotation):
            _bare(quotation)


def _bare(box: pages.HtmlElement) -> None:
    """Make a paragraph of each run of text and inline elements of a box."""
    for after, run in list(_loose(box)):
        text = box.text if after is None else after.tail
        if letters(text) + sum(letters(part.text_content()) + letters(part.tail) for part in run):
            paragraph = box.makeelement("p")
            paragraph.text = text
            if after is None:
                box.text = None
                box.insert(0, paragraph)
            else:
                after.tail = None
                after.addnext(paragraph)
            paragraph.extend(run)


def _wrap(page: pages.HtmlElement) -> None:
    """Make a paragraph of text that stands between blocks in none of its own, as after a heading."""
    for box in list(page.iter(*_FLOW)):
        for after, run in list(_loose(box)):
            if after is not None and after.tag in _ENDING:
                _as_paragraph(box, after, run)
    for paragraph in list(page.iter("p")):
        _split(paragraph)
    for kept in list(page.iter("pre")):
        _unfold_lines(kept)


def _loose(box: pages.HtmlElement) -> Iterator[tuple[pages.HtmlElement | None, list[pages.HtmlElement]]]:
    """Yield each run of text and inline elements of a box: the block before it (None: the start) and its elements."""
    after: pages.HtmlElement | None = None
    run: list[pages.HtmlElement] = []
    for child in box:
        if _is_block(child):
            yield after, run
            after, run = child, []
        else:
            run.append(child)
    yield after, run


def _as_paragraph(box: pages.HtmlElement, after: pages.HtmlElement, run: list[pages.HtmlElement]) -> None:
    held = letters(after.tail) + sum((letters(e.text_content()) if e.tag != "a" else 0) + letters(e.tail) for e in run)
    if held < LOOSE or any(e.find(".//p") is not None for e in run):
        return
    paragraph = box.makeelement("p")
    paragraph.text, after.tail = after.tail, None
    after.addnext(paragraph)
    paragraph.extend(run)


def _unfold_lines(kept: pages.HtmlElement) -> None:
    """Make paragraphs of a text that a page shows as it was typed, with empty lines between them."""
    texts = [text for text in _EMPTY_LINE.split(kept.text or "") if text.strip()]
    if len(kept) or len(texts) < 2:
        return
    kept.tag, kept.text = "div", None
    for text in texts:
        paragraph = kept.makeelement("p")
        paragraph.text = text
        kept.append(paragraph)


def _split(paragraph: pages.HtmlElement) -> None:
    """Make a paragraph of its own of each text behind two line breaks."""
    ends = [e for e in paragraph.iterchildren("br") if not (e.tail or "").strip() and getattr(e.getnext(), "tag", "") == "br"]
    for end in reversed(ends):
        rest = list(end.itersiblings())
        if not rest:
            continue  # one of three breaks
        following = paragraph.makeelement("p")
        following.text = rest[0].tail
        following.extend(rest[1:])
        for gone in (rest[0], end):
            gone.tail = None
            gone.getparent().remove(gone)
        following.tail, paragraph.tail = paragraph.tail, None
        paragraph.addnext(following)
