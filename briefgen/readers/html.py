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

from briefgen.model.article import Article
from briefgen.model.terms import Genre
from briefgen.readers.assembled import article, missing, refused
from briefgen.readers.blocks import Block, Head, clean
from briefgen.readers.web_blocks import blocks, once, walked
from briefgen.readers.web_bytes import decode
from briefgen.readers.web_seen import only_seen
from briefgen.readers.web_shape import shape

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
OPTIONS: dict[str, Any] = {
    "include_comments": False, "include_tables": True, "with_metadata": False, "favor_recall": True,
}  # fmt: skip
"""What trafilatura is asked for."""


def read(path: Path, content: bytes) -> Article:
    """Return the article in a web page; hidden text, scripts and banners are no part of it."""
    text, notes = decode(content)
    page = _parsed(path, text)
    head = Head()
    _said(page, head)
    notes += only_seen(page)
    shape(page)
    found = once(_extracted(page) or walked(page))
    return article(path, content, found, head, notes)


def _parsed(path: Path, text: str) -> pages.HtmlElement:
    text, controls = re.subn(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    if controls > len(text) // 100:
        raise refused(
            "ART-06", path, "the file is no web page, whatever its name says", "give it the ending that it has by right"
        )
    try:
        return pages.document_fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}>", "", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as fault:
        raise refused("ART-04", path, "there is no text in the page", "save the page again, as HTML only") from fault


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


def _extracted(page: pages.HtmlElement) -> list[Block]:
    try:
        from trafilatura import bare_extraction
    except ImportError as fault:
        raise missing(fault) from fault
    found = bare_extraction(page, **OPTIONS)
    body = getattr(found, "body", None)
    return list(blocks(body)) if body is not None else []
