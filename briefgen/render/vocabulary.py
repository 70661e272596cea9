"""The lint of a document: only what `VOCABULARY` lists, and what every writer can say without loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from briefgen.findings.diagnostics import Diagnostic, Span, error
from briefgen.findings.near import did_you_mean, nearest
from briefgen.model.document import COMMON, TEXT, VOCABULARY, classes

LINKS = ("http://", "https://", "mailto:", "#")


def check(root: Element) -> list[Diagnostic]:
    """Return every breach of the vocabulary, each at the template's file and line where that is known."""
    return [*_element(root, None, ""), *_headings(root), *_ids(root)]


def check_one(element: Element, parent: Element | None, *, whole: bool = True) -> Iterator[Diagnostic]:
    """Yield every breach of one element, as far as it is known: `parent` where it is, `whole` where its attributes all are.

    What stands in the element is not looked at; a table is not asked for its head.
    """
    place = element.get("data-at") or ""
    alone = Element(element.tag, element.attrib)
    if element.tag not in VOCABULARY:
        yield from _element(alone, None, place)
        return
    if parent is not None and parent.tag in VOCABULARY and element.tag not in VOCABULARY[parent.tag].children:
        yield error("TPL-11", f"<{element.tag}> can't stand in <{parent.tag}>", _span(place), _allowed(parent.tag))
    of_the_whole = ("TPL-14", "TPL-16", "TPL-17", "TPL-18")
    for finding in (*_attributes(alone, place), *_own_rules(alone, place)):
        told_before = finding.code == "TPL-20" or (finding.code in ("TPL-16", "TPL-18") and _lacks(alone))
        if not told_before and (whole or finding.code not in of_the_whole):
            yield finding


def _lacks(element: Element) -> bool:
    return bool(VOCABULARY[element.tag].required - set(element.attrib))


def headless(place: str) -> Diagnostic:
    """Return the error for a table that begins with its rows."""
    return error("TPL-20", "a table has no header row", _span(place), 'begin it with <thead><tr><th scope="col">…')


def skipped(before: int, after: int, place: str) -> Diagnostic:
    """Return the error for a heading two levels or more below the one before it."""
    return error("TPL-23", f"a heading skips from h{before} to h{after}", _span(place), f"use h{before + 1}")


def _element(element: Element, parent: Element | None, place: str) -> Iterator[Diagnostic]:
    place = element.get("data-at") or place
    entry = VOCABULARY.get(element.tag)
    if entry is None:
        name = element.tag.rpartition("}")[2]  # the parser puts svg and math into their namespaces
        listed = "the elements that every format can show are listed in docs/templates.md"
        hint = did_you_mean(nearest(name, VOCABULARY), listed, form="<{}>")
        yield error("TPL-10", f"<{name}> is outside the vocabulary", _span(place), hint)
        return
    if parent is not None and element.tag not in VOCABULARY[parent.tag].children:
        yield error("TPL-11", f"<{element.tag}> can't stand in <{parent.tag}>", _span(place), _allowed(parent.tag))
    if element.tag == "p" and parent is not None and parent.tag != "div" and element.find("img") is not None:
        yield error("TPL-11", "<img> stands in a paragraph of the text", _span(place), "put it into a <figure>")
    yield from _attributes(element, place)
    if TEXT not in entry.children:
        yield from _loose(element, place)
    yield from _own_rules(element, place)
    for child in element:
        yield from _element(child, element, place)


def _loose(element: Element, place: str) -> Iterator[Diagnostic]:
    """Yield an error for text where only elements can stand."""
    found = next((text.strip() for text in (element.text, *(child.tail for child in element)) if text and text.strip()), None)
    if found:
        yield error("TPL-12", f"text stands directly in <{element.tag}>: {found[:40]!r}", _span(place), "put it into a <p>")


def _attributes(element: Element, place: str) -> Iterator[Diagnostic]:
    entry = VOCABULARY[element.tag]
    for name in element.attrib:
        if name not in entry.attributes | COMMON:
            hint = (
                "style belongs in style.css"
                if name == "style"
                else f"<{element.tag}> takes {', '.join(sorted(entry.attributes | {'id', 'class', 'lang'}))}"
            )
            yield error("TPL-13", f"<{element.tag}> takes no attribute {name!r}", _span(place), hint)
    for name in sorted(entry.required - set(element.attrib)):
        yield error("TPL-14", f"<{element.tag}> needs the attribute {name!r}", _span(place), f'add {name}="…"')
    for name in sorted(classes(element) - entry.classes):
        known = f"it knows {', '.join(sorted(entry.classes))}" if 0 < len(entry.classes) < 20 else "it knows none"
        hint = did_you_mean(nearest(name, entry.classes), known)
        yield error("TPL-15", f"<{element.tag}> has no class {name!r}", _span(place), hint)


def _own_rules(element: Element, place: str) -> Iterator[Diagnostic]:
    rule = _RULES.get(element.tag)
    if found := rule(element, place) if rule else None:
        yield found
    if "fn" in classes(element) and any("fn" in classes(child) for child in element.iter() if child is not element):
        yield error("TPL-19", "a note stands in a note", _span(place), "put both sources into one note")


def _image(element: Element, place: str) -> Diagnostic | None:
    if (element.get("alt") or "").strip():
        return None
    return error("TPL-16", "an image has no alternative text", _span(place), 'say in alt="…" what it shows')


def _link(element: Element, place: str) -> Diagnostic | None:
    if (element.get("href") or "").startswith(LINKS):
        return None
    cure = "links begin with http://, https://, mailto: or #"
    return error("TPL-17", f"a link leads to {element.get('href')!r}", _span(place), cure)


def _header_cell(element: Element, place: str) -> Diagnostic | None:
    if element.get("scope") in ("row", "col", "rowgroup", "colgroup"):
        return None
    return error("TPL-18", "a header cell does not say what it heads", _span(place), 'write scope="col" or scope="row"')


def _table(element: Element, place: str) -> Diagnostic | None:
    return headless(place) if element.find("thead") is None else None


def _item(element: Element, place: str) -> Diagnostic | None:
    lists = [n for n, child in enumerate(element) if child.tag in ("ul", "ol")]
    if not lists or (lists == [len(element) - 1] and not (element[-1].tail or "").strip()):
        return None
    return error("TPL-21", "a list item holds more than its text and one list at its end", _span(place), "make it two items")


_RULES: Mapping[str, Callable[[Element, str], Diagnostic | None]] = {
    "img": _image,
    "a": _link,
    "th": _header_cell,
    "table": _table,
    "li": _item,
}
"""What an element must be beyond its row of the vocabulary."""


def _headings(root: Element) -> Iterator[Diagnostic]:
    headings = [element for element in root.iter() if element.tag in ("h1", "h2", "h3")]
    levels = [int(element.tag[1]) for element in headings]
    if levels.count(1) != 1 or levels[0] != 1:
        yield error(
            "TPL-22",
            "the first heading must be the only <h1>",
            _span(headings[0].get("data-at", "") if headings else ""),
            "put it into the title block",
        )
    for before, after, element in zip(levels, levels[1:], headings[1:], strict=False):
        if after > before + 1:
            yield skipped(before, after, element.get("data-at", ""))


def _ids(root: Element) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for element in root.iter():
        name = element.get("id")
        if name and name in seen:
            yield error(
                "TPL-24",
                f"the id {name!r} stands twice",
                _span(element.get("data-at", "")),
                "ids are unique in a document",
            )
        seen.add(name or "")
    for element in root.iter("a"):
        target = element.get("href") or ""
        if target.startswith("#") and target[1:] not in seen:
            yield error(
                "TPL-25",
                f"a link leads to {target}, which is not there",
                _span(element.get("data-at", "")),
                "give the target that id",
            )


def _span(place: str) -> Span | None:
    file, _, line = place.rpartition(":")
    return Span(file, int(line)) if file else None


def _allowed(tag: str) -> str:
    children = sorted(VOCABULARY[tag].children - {TEXT})
    return f"in <{tag}> can stand {', '.join(children)}" if children else f"<{tag}> holds text only"
