"""A web page → Article: trafilatura finds the text, after all that a reader does not see was taken out.

In: the bytes of a page. Out: an `Article`. Title, author, date and genre come from JSON-LD, else from `<meta>`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as pages

from briefgen.model.article import Article, Role
from briefgen.model.terms import Genre
from briefgen.readers.assembled import article, missing, refused
from briefgen.readers.blocks import Block, Head, clean

GENRES = {
    "OpinionNewsArticle": Genre.OPINION, "AnalysisNewsArticle": Genre.ANALYSIS, "ReportageNewsArticle": Genre.NEWS,
    "NewsArticle": Genre.NEWS, "Legislation": Genre.LEGAL, "Dataset": Genre.DATA,
}  # fmt: skip
SECTIONS = {"opinion": Genre.OPINION, "analysis": Genre.ANALYSIS, "interview": Genre.INTERVIEW, "comment": Genre.OPINION}
METAS = (
    ("title", "og:title"), ("title", "citation_title"), ("author", "author"), ("author", "article:author"),
    ("published", "article:published_time"), ("published", "citation_publication_date"), ("published", "date"),
    ("published", "dc.date"), ("publisher", "og:site_name"), ("publisher", "citation_publisher"), ("url", "og:url"),
)  # fmt: skip
_UNSEEN = ["script", "style", "template", "noscript", "iframe", "object", "svg", "form", "button", "dialog"]
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]))", re.IGNORECASE)
_BANNER = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletter|paywall|advert|sr-only|visually-hidden)(?:$|[\s_-])", re.I)
_ROLES = {"head": Role.HEADING, "p": Role.BODY, "item": Role.BODY, "quote": Role.BODY, "row": Role.BODY, "code": Role.BODY}
_PLAIN = ("p", "li", "blockquote", "figcaption", "pre", "tr", "h1", "h2", "h3", "h4", "h5", "h6")
_ENCODING = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


def read(path: Path, content: bytes) -> Article:
    """Return the article in a web page; hidden text, scripts and banners are no part of it."""
    page = _parsed(path, content)
    head = Head()
    _said(page, head)
    _only_what_is_seen(page)
    blocks = list(_extracted(page)) or list(_walked(page))
    return article(path, content, blocks, head)


def _parsed(path: Path, content: bytes) -> pages.HtmlElement:
    found = _ENCODING.search(content[:4000])
    encoding = found[1].decode("ascii") if found else None
    try:
        text = content.decode("utf-8-sig") if not content.startswith((b"\xff\xfe", b"\xfe\xff")) else content.decode("utf-16")
    except UnicodeDecodeError:
        try:
            text = content.decode(encoding or "cp1252", "replace")
        except LookupError:
            text = content.decode("cp1252", "replace")
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    try:
        page = pages.document_fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}>", "", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise refused("ART-04", path, "there is no text in the page", "save the page again, as HTML only") from fault
    return page


def _said(page: pages.HtmlElement, head: Head) -> None:
    for row in _linked(page):
        _from_linked(row, head)
    metas = {(meta.get("property") or meta.get("name") or "").casefold(): meta.get("content") or "" for meta in page.iter("meta")}
    for name, key in METAS:
        head.propose(name, metas.get(key), f"<meta> {key}")
    head.is_a(SECTIONS.get(metas.get("article:section", "").strip().casefold()), "<meta> article:section")
    headings = [clean(h.text_content()) for h in page.iter("h1")]
    if len(headings) == 1:
        head.propose("title", headings[0], "<h1>")
    for title in page.iter("title"):
        head.propose("title", title.text_content(), "<title>")
    head.propose("language", page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang"), "<html lang>")


def _linked(page: pages.HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects of a page, those of a graph one by one; what is no JSON is passed over."""
    for script in page.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json" and script.text:
            try:
                found = json.loads(script.text)
            except (ValueError, RecursionError):
                continue
            rows = found if isinstance(found, list) else [found]
            for row in rows:
                graph = row.get("@graph") if isinstance(row, dict) else None
                yield from (one for one in (graph if isinstance(graph, list) else [row]) if isinstance(one, dict))


def _from_linked(row: dict[str, Any], head: Head) -> None:
    kinds = row.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if not any(isinstance(kind, str) and (kind.endswith("Article") or kind in ("BlogPosting", *GENRES)) for kind in kinds):
        return
    for kind in kinds:
        head.is_a(GENRES.get(kind) if isinstance(kind, str) else None, "JSON-LD @type")
    section = row.get("articleSection")
    head.is_a(SECTIONS.get(section.casefold()) if isinstance(section, str) else None, "JSON-LD articleSection")
    for name, key in (("title", "headline"), ("published", "datePublished"), ("language", "inLanguage"), ("url", "url")):
        head.propose(name, row.get(key), f"JSON-LD {key}")
    for name in ("author", "publisher"):
        head.propose(name, _names(row.get(name)), f"JSON-LD {name}")


def _names(value: object) -> str | None:
    rows = value if isinstance(value, list) else [value]
    names = [row.get("name") if isinstance(row, dict) else row for row in rows]
    return ", ".join(name for name in names if isinstance(name, str)) or None


def _only_what_is_seen(page: pages.HtmlElement) -> None:
    """Take out of a page what no reader sees, and banners."""
    for element in list(page.iter()):
        if isinstance(element.tag, str) and element.tag not in ("html", "body") and _unseen(element):
            element.drop_tree() if element.getparent() is not None else None
        elif not isinstance(element.tag, str) and element.getparent() is not None:
            element.drop_tree()


def _unseen(element: pages.HtmlElement) -> bool:
    if element.tag in _UNSEEN or "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    if _HIDING.search((element.get("style") or "")[:2000]):
        return True
    named = f"{element.get('id') or ''} {element.get('class') or ''}"[:500]
    return element.tag not in ("article", "main") and bool(_BANNER.search(named))


def _extracted(page: pages.HtmlElement) -> Iterator[Block]:
    try:
        from trafilatura import bare_extraction
    except ImportError as fault:
        raise missing(fault) from fault
    found = bare_extraction(page, include_comments=False, include_tables=True, with_metadata=False, favor_recall=True)
    body = getattr(found, "body", None)
    for element in body.iter(*_ROLES) if body is not None else ():
        if next(element.iterancestors("quote", "item", "row"), None) is None and not (
            element.tag == "quote" and element.find("p") is not None
        ):
            cells = [clean("".join(cell.itertext())) for cell in element] if element.tag == "row" else []
            text = " | ".join(cells) if cells else "".join(element.itertext())
            yield (Role.TITLE if element.get("rend") == "h1" else _ROLES[element.tag]), text


def _walked(page: pages.HtmlElement) -> Iterator[Block]:
    """Yield the blocks of a page in which trafilatura found nothing: it is too short for that, as a notice is."""
    for element in page.iter(*_PLAIN):
        inside = next(element.iterancestors("nav", "footer", "aside", "header", *_PLAIN), None)
        if inside is None or (element.tag.startswith("h") and inside.tag == "header"):
            heading = Role.TITLE if element.tag == "h1" else Role.HEADING
            yield heading if element.tag[0] == "h" else Role.BODY, element.text_content()
