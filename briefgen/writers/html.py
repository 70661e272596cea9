"""Document → one HTML file to read on a screen or to send: it needs no other file, and holds no script.

Notes become a numbered list at the end with ways back, the header and footer slots one line at the top, images `data:`
addresses. Style is the document's own style sheet, and the one that suits it to a screen.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement, tostring

from briefgen.findings.diagnostics import Diagnostic, error
from briefgen.model.document import Document, Metadata, Written, classes
from briefgen.writers.assets import Refused, locate, picture

_MIME = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do with the file: show the pictures and the style that stand in it, and ask nobody for anything (CSP 3)."""
_SEPARATOR = " · "
_DOT = re.compile(r"\s*·\s*")


def write(document: Document) -> Written:
    """Return the document as one HTML5 file, with an error for every image that is missing or may not be read."""
    root = deepcopy(document.tree)
    body = next(child for child in root if child.tag == "body")
    _fill_head(next(child for child in root if child.tag == "head"), document.metadata, document.css + document.screen_css)
    _gather_slots(body)
    _gather_notes(body)
    found = tuple(_embed_images(body, document))
    for element in root.iter():
        for name in [name for name in element.attrib if name.startswith("data-")]:
            del element.attrib[name]
    page = "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"
    return Written(page.encode(), found)


def _fill_head(head: Element, metadata: Metadata, css: str) -> None:
    head.clear()
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    SubElement(head, "title").text = metadata.title
    for name, content in _metas(metadata):
        SubElement(head, "meta", {"name": name, "content": content})
    # Text of a style element is written as it is: nothing in it may look like the element's end.
    SubElement(head, "style").text = css.replace("</", "<\\/")


def _metas(metadata: Metadata) -> Iterator[tuple[str, str]]:
    yield from (("author", author) for author in metadata.authors)
    created = metadata.created.isoformat() if metadata.created else ""
    rows = {
        "description": metadata.description,
        "keywords": ", ".join(metadata.keywords),
        "generator": metadata.generator,
        "dcterms.identifier": metadata.identifier,
        "dcterms.created": created,
    }
    yield from ((name, content) for name, content in rows.items() if content)


def _gather_slots(body: Element) -> None:
    """Put what header and footer say into one line at the top, each part once; a page number means nothing here."""
    slots = [child for child in body if child.get("data-slot")]
    line = Element("p", {"class": "meta slots"})
    said: set[str] = set()
    for paragraph in (paragraph for slot in slots for paragraph in slot):
        for part in _parts(paragraph):
            text = " ".join("".join(part.itertext()).split())
            if text not in said and (text or part.find(".//img") is not None):
                _append(line, _SEPARATOR if said else "", part)
                said.add(text)
    for slot in slots:
        body.remove(slot)
    if said:
        body.insert(0, line)


def _parts(paragraph: Element) -> Iterator[Element]:
    """Yield what stands between the dots of a slot's paragraph; of a part with a page number, only its other elements."""
    part, pages = Element("span"), False
    nodes: list[str | Element] = [paragraph.text or ""]
    for child in paragraph:
        nodes += [child, child.tail or ""]
    for node in nodes:
        if isinstance(node, Element):
            pages = pages or bool(node.get("data-field"))
            if not node.get("data-field"):
                _append(part, "", node)
            continue
        before, *others = _DOT.split(node)
        _add_text(part, before)
        for text in others:
            yield _without_text(part) if pages else part
            part, pages = Element("span"), False
            _add_text(part, text)
    yield _without_text(part) if pages else part


def _without_text(part: Element) -> Element:
    part.text = None
    for child in part:
        child.tail = None
    return part


def _append(parent: Element, text: str, element: Element) -> None:
    """Append text, then the element without the text behind it."""
    _add_text(parent, text)
    element = deepcopy(element)
    element.tail = None
    parent.append(element)


def _add_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _gather_notes(body: Element) -> None:
    """Replace each note by its number, and list the notes at the end, each with a link back to its number."""
    taken = {element.get("id") for element in body.iter()}
    prefix = "note"
    while any(name and name.startswith(prefix) for name in taken):
        prefix += "-"
    notes = Element("ol")
    for parent in list(body.iter()):
        before = None
        for index, child in enumerate(parent):
            if child.tag == "span" and "fn" in classes(child):
                number = len(notes) + 1
                adjacent = before is not None and not (before.tail or "").strip() and before.get("class") == "call"
                parent[index] = _call(child, number, prefix, comma=adjacent)
                notes.append(_listed(child, number, prefix))
            before = parent[index]
    if len(notes):
        end = SubElement(body, "section", {"class": "notes", "role": "doc-endnotes"})
        end.append(notes)


def _call(note: Element, number: int, prefix: str, *, comma: bool) -> Element:
    call = Element("sup", {"class": "call"})
    call.text = ", " if comma else None
    address = {"id": f"{prefix}-call-{number}", "href": f"#{prefix}-{number}", "role": "doc-noteref"}
    SubElement(call, "a", address).text = str(number)
    call.tail = note.tail
    return call


def _listed(note: Element, number: int, prefix: str) -> Element:
    item = Element("li", {"id": f"{prefix}-{number}"})
    item.text = (note.text or "").lstrip()
    item.extend(note)
    _add_text(item, " ")
    SubElement(item, "a", {"href": f"#{prefix}-call-{number}", "role": "doc-backlink"}).text = "↩"
    return item


def _embed_images(body: Element, document: Document) -> Iterator[Diagnostic]:
    """Put each image into its element; where that is impossible, its text stands instead and an error is yielded."""
    for parent in list(body.iter()):
        for index, image in enumerate(parent):
            if image.tag != "img":
                continue
            address = image.get("src", "")
            try:
                file = locate(address, document.roots)
                mime = _MIME[file.suffix.lower()]
                image.set("src", f"data:{mime};base64,{b64encode(picture(file)).decode()}")
            except (Refused, OSError, KeyError) as fault:
                instead = Element("span", {"class": "missing"})
                instead.text, instead.tail = image.get("alt"), image.tail
                parent[index] = instead
                yield _unreadable(address, fault, image.get("data-path"))


def _unreadable(address: str, fault: Exception, path: str | None) -> Diagnostic:
    if isinstance(fault, Refused):
        hint = "put the file into the project's folders and name it relative to them"
        return error("HTM-05", f"the image {address} is not read: {fault}", None, hint, path=path)
    if isinstance(fault, FileNotFoundError):
        return error("HTM-01", f"the image {address} does not exist", None, "check the name; upper case counts", path=path)
    return error("HTM-01", f"the image {address} can't be read", None, "save it again as PNG, JPEG or SVG", path=path)
