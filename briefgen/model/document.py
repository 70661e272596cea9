"""The document between template and writers: semantic HTML in a closed vocabulary, parsed once, with its metadata.

`VOCABULARY` is the one table of what a template may print. Rendering rejects what stands outside it; every writer maps
every row. The tree is an `xml.etree` tree as tinyhtml5 (WeasyPrint's own parser) makes it, without namespaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from briefgen.findings.diagnostics import Diagnostic

INLINE = frozenset({"strong", "em", "cite", "sup", "sub", "br", "span", "time", "abbr", "code", "small", "a"})
BLOCKS = frozenset({"p", "h2", "h3", "ul", "ol", "table", "aside", "figure", "dl", "blockquote"})
TEXT = "#text"
PROSE = INLINE | {TEXT}
COMMON = frozenset({"id", "class", "lang", "data-at", "data-path", "data-soft"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the vocabulary: what an element may hold, its attributes and its classes beyond the common ones."""

    children: frozenset[str]
    attributes: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()


def _entry(children: frozenset[str], attributes: str = "", classes: str = "", required: str = "") -> Entry:
    return Entry(
        children,
        frozenset((attributes + " " + required).split()),
        frozenset(classes.split()),
        frozenset(required.split()),
    )


WIDTHS = " ".join(f"w{n}" for n in range(1, 101))
MARKINGS = "tlp tlp-red tlp-amber tlp-amber-strict tlp-green tlp-clear"  # the colour that FIRST gives each
CELLS = "sev-low sev-moderate sev-high sev-critical off centre"
VOCABULARY: Mapping[str, Entry] = {
    "html": _entry(frozenset({"head", "body"}), required="lang"),
    "head": _entry(frozenset({"title", "meta"})),
    "title": _entry(frozenset({TEXT})),
    "meta": _entry(frozenset(), "charset name content"),
    "body": _entry(frozenset({"div", "header", "main"}), classes="large"),
    "div": _entry(frozenset({"p"}), required="data-slot"),
    "header": _entry(frozenset({"p", "h1"}), classes="title-block"),
    "main": _entry(BLOCKS | {"section"}),
    "section": _entry(BLOCKS | {"section"}, classes="keep"),
    "h1": _entry(PROSE),
    "h2": _entry(PROSE),
    "h3": _entry(PROSE),
    "p": _entry(PROSE | {"img"}, classes="kicker subtitle byline meta ask note lead sources left centre right"),
    "ul": _entry(frozenset({"li"})),
    "ol": _entry(frozenset({"li"}), "start"),
    "li": _entry(PROSE | {"ul", "ol"}),
    "table": _entry(frozenset({"caption", "colgroup", "thead", "tbody"}), classes="plain boxed matrix keep"),
    "caption": _entry(PROSE),
    "colgroup": _entry(frozenset({"col"})),
    "col": _entry(frozenset(), classes=WIDTHS),
    "thead": _entry(frozenset({"tr"})),
    "tbody": _entry(frozenset({"tr"})),
    "tr": _entry(frozenset({"th", "td"}), classes="keep-next"),
    "th": _entry(PROSE, "rowspan colspan", CELLS, required="scope"),
    "td": _entry(PROSE, "rowspan colspan", CELLS),
    "aside": _entry(frozenset({"h2", "h3", "p", "ul", "ol"}), classes="callout", required="aria-label"),
    "figure": _entry(frozenset({"img", "figcaption", "table"})),
    "figcaption": _entry(PROSE),
    "img": _entry(frozenset(), "width height", required="src alt"),
    "dl": _entry(frozenset({"dt", "dd"})),
    "dt": _entry(PROSE),
    "dd": _entry(PROSE),
    "blockquote": _entry(frozenset({"p"})),
    "strong": _entry(PROSE),
    "em": _entry(PROSE),
    "cite": _entry(PROSE),
    "sup": _entry(PROSE),
    "sub": _entry(PROSE),
    "br": _entry(frozenset()),
    "span": _entry(PROSE, "data-field data-source", "fn tag status id stage " + MARKINGS),
    "time": _entry(PROSE, "datetime"),
    "abbr": _entry(frozenset({TEXT}), "title"),
    "code": _entry(PROSE),
    "small": _entry(PROSE),
    "a": _entry(frozenset({TEXT}), required="href"),
}
METAS = ("author", "description", "keywords", "generator", "dcterms.created", "dcterms.modified")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about itself: PDF Info and XMP, Word's core and custom properties, HTML's meta elements."""

    title: str
    language: str
    identifier: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    created: date | None = None
    marking: str = ""
    audience: str = ""
    generator: str = "briefgen"


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reviewer is told about one claim: its heading, then one line for each piece of evidence and each finding."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """All that a writer needs. `tree` is the checked `<html>` element; writers never change it.

    `css` is the style sheet with its tokens filled in, `screen_css` what a browser needs beside it; `tokens` are the design
    tokens themselves (`tokens.yaml`), for Word's styles; `reference` is the Word file whose styles and page are used; `roots`
    are the only folders from which an image may be read (checked after resolving links), relative ones tried in order.
    `comments` has something only in a review copy: a block names its own in `data-comment`, by number from 1.
    """

    name: str
    tree: Element
    metadata: Metadata
    css: str = ""
    screen_css: str = ""
    tokens: Mapping[str, Any] = field(default_factory=dict)
    reference: Path | None = None
    roots: tuple[Path, ...] = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """One finished file: its bytes, what the writer had to say, and how many pages where that is known."""

    content: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: int | None = None


def classes(element: Element) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset((element.get("class") or "").split())
