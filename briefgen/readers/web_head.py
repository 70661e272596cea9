"""What a web page says of its own story: title, author, date, outlet, genre.

In: a parsed page with its scripts. Out: proposals in a head, from JSON-LD, `<meta>`, microdata and `<time>`, in this order. A
page speaks of other stories, too: a JSON-LD row counts if its headline or address is that of the page, or if it is the only one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from lxml import html as pages

from briefgen.language.wordlists import either
from briefgen.model.terms import Genre
from briefgen.readers import head as heads
from briefgen.readers.blocks import Head, clean
from briefgen.readers.web_seen import in_a_sentence

GENRES = {
    "OpinionNewsArticle": Genre.OPINION, "AnalysisNewsArticle": Genre.ANALYSIS, "ReportageNewsArticle": Genre.NEWS,
    "NewsArticle": Genre.NEWS, "Legislation": Genre.LEGAL, "Dataset": Genre.DATA,
}  # fmt: skip
SECTIONS = {"opinion": Genre.OPINION, "analysis": Genre.ANALYSIS, "interview": Genre.INTERVIEW, "comment": Genre.OPINION}
METAS = (
    ("title", "og:title"), ("title", "citation_title"), ("author", "author"), ("author", "article:author"),
    ("author", "citation_author"), ("author", "dc.creator"), ("author", "parsely-author"),
    ("published", "article:published_time"), ("published", "og:published_time"), ("published", "citation_publication_date"),
    ("published", "citation_date"), ("published", "date"), ("published", "dc.date"), ("published", "dc.date.issued"),
    ("published", "dcterms.issued"), ("published", "dcterms.date"), ("published", "parsely-pub-date"), ("published", "pubdate"),
    ("publisher", "og:site_name"), ("publisher", "citation_publisher"), ("publisher", "dc.publisher"),
    ("url", "og:url"),
)  # fmt: skip
_LETTERS = re.compile(r"[\W_]+")
_SUFFIX = re.compile(r"\s*[|–—·•»:-]\s*([^|–—·•»]{2,60})")
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,9}(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_TRAILING = re.compile(r",(\s*[}\]])")
_WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")
_ADDRESS = re.compile(r"://|^www\.|^@|\S@\S")
_BY = re.compile(rf"(?:{either('articles', 'by')})\s+", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)|(\d{4})(\d\d)(\d\d)(?!\d)")
_CHANGED = re.compile(r"modif|updat|changed", re.IGNORECASE)
_ELSEWHERE = ("aside", "nav", "footer")
LEAST = 12  # letters of a title that another may begin with
MOST = 2000  # JSON-LD objects of a page that are looked at
Row = dict[str, Any]


def said(page: pages.HtmlElement, head: Head) -> None:
    """Propose what a page says of its own story."""
    metas = _metas(page)
    headings = list(dict.fromkeys(text for h in page.iter("h1") if (text := clean(h.text_content()))))
    titles = [clean(title.text_content()) for title in page.iter("title")][:1]
    named = [metas.get("og:title", ""), metas.get("citation_title", ""), *headings, *titles]
    rows = list(_rows(page))
    for row in _own(rows, named, {_place(metas.get("og:url", "")), _place(_canonical(page))} - {""}):
        _from_row(row, {str(each.get("@id")): each for each in rows if each.get("name")}, head)
    for name, key in METAS:
        _propose(head, name, metas.get(key), f"<meta> {key}")
    head.is_a(SECTIONS.get(metas.get("article:section", "").strip().casefold()), "<meta> article:section")
    _from_marks(page, head)
    _from_titles(headings, titles, head)
    head.propose("language", page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang"), "<html lang>")


def _metas(page: pages.HtmlElement) -> dict[str, str]:
    """Return the `<meta>` of a page by name; of several with one name the first that says something."""
    made: dict[str, str] = {}
    for meta in page.iter("meta"):
        key = (meta.get("property") or meta.get("name") or "").strip().casefold()
        if key and not made.get(key):
            made[key] = meta.get("content") or ""
    return made


def _canonical(page: pages.HtmlElement) -> str:
    return next((link.get("href") or "" for link in page.iter("link") if (link.get("rel") or "").lower() == "canonical"), "")


def _propose(head: Head, name: str, value: object, origin: str) -> None:
    """Propose a value as it is meant: entities read, a date that can be, an author who is no address."""
    if not isinstance(value, str):
        return
    text = clean(_TAG.sub("", unescape(unescape(value))))
    if name == "published":
        text = day(text) or ""
    if name == "author":
        text = _BY.sub("", text, count=1) if _BY.match(text) else text
        text = "" if _ADDRESS.search(text) else text
    head.propose(name, text, origin)


def day(text: str) -> str | None:
    """Return a date as a summary writes it, from the forms of pages: ISO, 2025/3/4, 20250304, that of mails, or in words."""
    if found := _SLASHED.match(text):
        year, month, date = [part for part in found.groups() if part]
        return heads.day(f"{year}-{month:0>2}-{date:0>2}")
    if made := heads.day(text):
        return made
    with suppress(ValueError, TypeError, IndexError):
        return parsedate_to_datetime(text).date().isoformat()
    return None


# ---- JSON-LD


def _rows(page: pages.HtmlElement) -> Iterator[Row]:
    """Yield the JSON-LD objects of a page, those of a graph one by one; what is no JSON is passed over."""
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield from list(_objects(_parsed(script.text)))[:MOST]


def _parsed(text: str) -> object:
    """Return JSON as pages write it: with raw line ends, in comment signs, with a comma too many, or with entities."""
    text = _WRAPPED.sub("", _WRAPPED.sub("", text))
    for tried in (text, _TRAILING.sub(r"\1", text), unescape(text)):
        with suppress(ValueError, RecursionError):
            return json.loads(tried, strict=False)
    return None


def _objects(value: object, depth: int = 0) -> Iterator[Row]:
    """Yield the objects of a list, of a graph, and what a page is mainly about."""
    if isinstance(value, list):
        for each in value[:MOST]:
            yield from _objects(each, depth + 1) if depth < 4 else ()
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _objects(value.get(key), depth + 1) if depth < 4 else ()


def _kinds(row: Row) -> list[str]:
    kinds = row.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _own(rows: Sequence[Row], named: Sequence[str], addresses: set[str]) -> list[Row]:
    """Return the rows of the page's own story: by headline, else by address, else the only one there is."""
    stories = [row for row in rows if _is_story(row)]
    found = [row for row in stories if any(_alike(_headline(row), name) for name in named)]
    found = found or [row for row in stories if _addresses(row) & addresses]
    alone = len(stories) == 1 and not (addresses and _addresses(stories[0]))
    return found or (stories if alone else [])


def _headline(row: Row) -> str:
    return str(row.get("headline") or row.get("name") or "")


def _is_story(row: Row) -> bool:
    return any(kind.endswith("Article") or kind in ("BlogPosting", *GENRES) for kind in _kinds(row))


def _addresses(row: Row) -> set[str]:
    main = row.get("mainEntityOfPage")
    found = (row.get("url"), main.get("@id") if isinstance(main, dict) else main)
    return {_place(value) for value in found if isinstance(value, str) and "://" in value}


def _place(address: str) -> str:
    """Return what of an address says which page it is: no scheme, no query, no last stroke."""
    return re.split(r"[?#]", address.partition("://")[2])[0].rstrip("/").casefold()


def _alike(one: str, other: str) -> bool:
    """Return whether two titles are one: the same letters, or the one with a site's name or cut short."""
    short, long = sorted((_LETTERS.sub("", unescape(unescape(text))).casefold() for text in (one, other)), key=len)
    return short == long != "" or (len(short) >= LEAST and long.startswith(short))


def _from_row(row: Row, by_id: dict[str, Row], head: Head) -> None:
    for kind in _kinds(row):
        head.is_a(GENRES.get(kind), "JSON-LD @type")
    section = row.get("articleSection")
    head.is_a(SECTIONS.get(section.casefold()) if isinstance(section, str) else None, "JSON-LD articleSection")
    for name, key in (("title", "headline"), ("published", "datePublished"), ("language", "inLanguage"), ("url", "url")):
        _propose(head, name, row.get(key), f"JSON-LD {key}")
    for name in ("author", "publisher"):
        _propose(head, name, ", ".join(_names(row.get(name), by_id)), f"JSON-LD {name}")


def _names(value: object, by_id: dict[str, Row]) -> Iterator[str]:
    """Yield the names in a value: a name, a thing with one, a reference to a thing elsewhere in the page, or a list of them."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            each = each.get("name") or by_id.get(str(each.get("@id")), {}).get("name")
        names = each if isinstance(each, list) else [each]
        yield from (name for name in names if isinstance(name, str) and name.strip() and not _ADDRESS.search(name))


# ---- microdata, <time> and titles


def _from_marks(page: pages.HtmlElement, head: Head) -> None:
    """Propose what marks in the text say: `itemprop`, `rel=author`, `<time>` nearest to the headline."""
    for name, key in (("published", "datePublished"), ("author", "author"), ("publisher", "publisher"), ("title", "headline")):
        for element in _near(page, lambda e, key=key: key in (e.get("itemprop") or "").split()):  # type: ignore[misc]
            _propose(head, name, _value(element), f"itemprop {key}")
    for element in _near(page, lambda e: "author" in (e.get("rel") or "").split() and e.tag == "a"):
        _propose(head, "author", element.text_content(), "rel=author")
    for element in _near(page, _dates):
        _propose(head, "published", element.get("datetime") or element.text_content(), "<time>")


def _dates(element: pages.HtmlElement) -> bool:
    """Return whether an element is a day that dates the story: not of a change, nor a day of which the story tells."""
    changed = _CHANGED.search(f"{element.get('class')} {element.get('itemprop')}")
    return element.tag == "time" and not changed and not in_a_sentence(element)


def _near(page: pages.HtmlElement, wanted: Callable[[pages.HtmlElement], bool]) -> Iterator[pages.HtmlElement]:
    """Yield the wanted elements in the smallest part of the page that holds the headline and one of them.

    Where only the whole page holds both, it must be the only one: others are of other stories.
    """
    heading = next(page.iter("h1"), None)
    around = {box: depth for depth, box in enumerate(heading.iterancestors())} if heading is not None else {}
    found: dict[pages.HtmlElement, list[pages.HtmlElement]] = {}
    for element in page.iter():
        if isinstance(element.tag, str) and wanted(element) and next(element.iterancestors(*_ELSEWHERE), None) is None:
            box = next((each for each in element.iterancestors() if each in around), page)
            found.setdefault(box, []).append(element)
    if found:
        box = min(found, key=lambda each: around.get(each, len(around)))
        yield from found[box][:1] if box.tag not in ("body", "html") or len(found[box]) == 1 else ()


def _value(element: pages.HtmlElement) -> str:
    """Return what an element with `itemprop` says: its content or time, the name in it, or its text."""
    for name in ("content", "datetime"):
        if element.get(name):
            return str(element.get(name))
    named = next((e for e in element.iter() if "name" in (e.get("itemprop") or "").split()), element)
    return str(named.get("content") or named.text_content())


def _from_titles(headings: Sequence[str], titles: Sequence[str], head: Head) -> None:
    """Propose title and outlet of headings and `<title>`: “Headline - The Coast” names both."""
    full = titles[0] if titles else ""
    own = headings[0] if len(headings) == 1 else next((h for h in headings if full and _alike(h, full)), None)
    head.propose("title", own, "<h1>")
    if own and full.startswith(own) and (outlet := _SUFFIX.fullmatch(full, len(own))):
        head.propose("publisher", outlet[1], "<title>")
    site = head.values.get("publisher", "")
    cut = re.split(rf"\s+[|–—·•»:-]\s+{re.escape(site)}\s*$", full)[0] if site else full
    head.propose("title", cut, "<title>")
