"""The parsed document: places and paths as attributes, white space as a reader sees it, words counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple
from xml.etree.ElementTree import Element

import tinyhtml5

from briefgen.findings.diagnostics import Rejected, Span, error
from briefgen.model.document import INLINE, classes
from briefgen.render.marks import OPEN, split

_SPACE = re.compile(r"[ \t\n\r\f]+")
PROSE_BLOCKS = frozenset({"p", "h1", "h2", "h3", "li", "th", "td", "caption", "figcaption", "dt", "dd", "title"})

MAX_DEPTH = 64
"""Elements in elements: the packaged templates have twelve, a list in a list two more."""


def parse(html: str) -> Element:
    """Return the tree of a document: tinyhtml5 as WeasyPrint uses it, marks turned into `data-path`, spaces collapsed."""
    root: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    _reach(root)
    _drop_comments(root)
    for element in root.iter():
        _take_marks(element)
    _tidy(root)
    return root


def _reach(root: Element) -> None:
    """Raise Rejected where elements stand in each other deeper than any writer follows; nobody is asked before, all recurse."""
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if depth > MAX_DEPTH:
            file, _, line = (element.get("data-at") or "").rpartition(":")
            span = Span(file, int(line)) if file and line.isdigit() else None
            cure = "end the loop or the macro that prints lists in lists"
            raise Rejected([error("TPL-07", f"elements stand more than {MAX_DEPTH} deep in each other", span, cure)])
        waiting += [(child, depth + 1) for child in element]


def words(root: Element) -> int:
    """Return how many words a reader reads: title block and main part, without notes and page furniture."""
    body = root.find("body")
    return sum(len(text.split()) for text in texts(body)) if body is not None else 0


def texts(element: Element) -> Iterator[str]:
    """Yield the texts of an element in reading order, without notes and page furniture."""
    if element.get("data-slot") or "fn" in classes(element):
        return
    if element.text:
        yield element.text
    for child in element:
        yield from texts(child)
        if child.tail:
            yield child.tail


def _drop_comments(element: Element) -> None:
    """Remove comments; the text behind one joins the text before it."""
    before: Element | None = None
    for child in list(element):
        if isinstance(child.tag, str):
            _drop_comments(child)
            before = child
            continue
        if before is not None:
            before.tail = (before.tail or "") + (child.tail or "")
        else:
            element.text = (element.text or "") + (child.tail or "")
        element.remove(child)


def _take_marks(element: Element) -> None:
    """Move the paths of the fields that an element prints into its `data-path`."""
    paths: list[str] = []
    if element.text and OPEN in element.text:
        element.text, found = split(element.text)
        paths += found
    for name, value in element.attrib.items():
        if OPEN in value:
            element.attrib[name], found = split(value)
            paths += found
    for child in element:
        if child.tail and OPEN in child.tail:
            child.tail, found = split(child.tail)
            paths += found
    if paths:
        element.set("data-path", " ".join(dict.fromkeys(paths)))


def _tidy(element: Element) -> None:
    """Collapse white space as CSS does for `white-space: normal`, so that every writer sees the same words."""
    if element.tag in PROSE_BLOCKS:
        _collapse(_runs(element))
        for child in element.iter():
            if child is not element and (child.tag == "li" or "fn" in classes(child)):
                _collapse(_runs(child))
            if child.tag in ("ul", "ol"):
                _drop_blanks(child)
        return
    _drop_blanks(element)
    for child in element:
        _tidy(child)


def _drop_blanks(element: Element) -> None:
    """Remove white space between blocks; other text there stays, for the vocabulary to refuse."""
    if element.text and not element.text.strip(" \t\n\r\f"):
        element.text = None
    for child in element:
        if child.tail and not child.tail.strip(" \t\n\r\f"):
            child.tail = None


class _Stop(Enum):
    """What parts the runs of a block: a line's end, a note's mark that hugs the word before it, a field filled in later."""

    LINE = "line"
    NOTE = "note"
    FIELD = "field"


class _Run(NamedTuple):
    """A place where text stands: an element's `text` or its `tail`."""

    element: Element
    slot: str


def _runs(element: Element) -> Iterator[_Run | _Stop]:
    """Yield the places of text of one block in reading order; lists and notes in it are blocks of their own."""
    yield _Run(element, "text")
    for child in element:
        if child.tag in ("br", "ul", "ol"):
            yield _Stop.LINE
        elif "fn" in classes(child):
            yield _Stop.NOTE
        elif child.get("data-field"):
            yield _Stop.FIELD
        elif child.tag in INLINE:
            yield from _runs(child)
        yield _Run(child, "tail")


def _collapse(runs: Iterator[_Run | _Stop]) -> None:
    at_space = True
    last: _Run | None = None
    for run in runs:
        if isinstance(run, _Stop):
            if run is not _Stop.FIELD:
                _strip_end(last)
            at_space, last = run is _Stop.LINE, None
            continue
        text = _SPACE.sub(" ", getattr(run.element, run.slot) or "")
        if at_space:
            text = text.removeprefix(" ")
        setattr(run.element, run.slot, text or None)
        if text:
            at_space, last = text.endswith(" "), run
    _strip_end(last)


def _strip_end(run: _Run | None) -> None:
    if run is not None:
        text = getattr(run.element, run.slot) or ""
        setattr(run.element, run.slot, text.removesuffix(" ") or None)
