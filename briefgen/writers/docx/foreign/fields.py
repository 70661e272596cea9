"""Fields in the headers of somebody else's Word file: by name, those that count pages or repeat what stands in the brief.

Every other field goes, with what it showed last: it fetches (INCLUDEPICTURE, INCLUDETEXT, DDEAUTO), is a clock (DATE), or tells
of another file (FILENAME). Of a link that a reader clicks, its words stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from briefgen.writers.docx.names import W

Element = etree._Element
_Q = f"{{{W}}}"
KNOWN = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "STYLEREF", "REF"})
PROPERTIES = frozenset({"identifier", "audience", "marking", "title", "subject", "author", "keywords", "company"})
"""The document properties that every brief of ours has."""
_PROPERTY = re.compile(r'\s*DOCPROPERTY\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_NAME = re.compile(r"\s*([A-Za-z]+)(?![^\s\\\"])")
_CODE = frozenset(f"{_Q}{name}" for name in ("fldChar", "instrText", "delInstrText"))
"""What is no text; a field in a field's code adds to its code, and both go."""


@dataclass(slots=True)
class _Field:
    """One field while it is read: all that its runs hold from its beginning on, and its instruction."""

    held: list[Element] = field(default_factory=list)
    shown: list[Element] = field(default_factory=list)
    instruction: str = ""
    code: bool = True
    nested: bool = False

    def take(self, element: Element) -> None:
        """Keep what a run holds: as code before the separator, as what is shown behind it."""
        self.held.append(element)
        if element.tag not in _CODE:
            self.shown += [] if self.code else [element]
        elif self.code:
            self.instruction += element.text or ""


def only_known(root: Element) -> list[str]:
    """Take every field out of a part that is not known; return the names of those."""
    gone = [*_simple(root)]
    under_way: list[_Field] = []
    for element in [child for run in root.iter(f"{_Q}r") for child in run if child.tag != f"{_Q}rPr"]:
        gone += _step(element, under_way)
    for each in under_way:  # never closed: nobody knows what belongs to it
        gone.append(_name(each.instruction))
        _remove(each.held)
    return gone


def _step(element: Element, under_way: list[_Field]) -> list[str]:
    """Take note of what stands next in a run; return the name of a field that ends here and goes."""
    kind = str(element.get(f"{_Q}fldCharType")) if element.tag == f"{_Q}fldChar" else ""
    if kind == "begin":
        for each in under_way:
            each.nested |= each.code
        under_way.append(_Field())
    elif element.tag in _CODE and not under_way:
        _remove([element])
    for each in under_way:
        each.take(element)
    if under_way and kind == "separate":
        under_way[-1].code = False
    return _ended(under_way.pop()) if under_way and kind == "end" else []


def _simple(root: Element) -> list[str]:
    gone = []
    for element in list(root.iter(f"{_Q}fldSimple")):
        instruction = str(element.get(f"{_Q}instr"))
        above = element.getparent()
        if above is None or _known(instruction):
            continue
        gone.append(_name(instruction))
        if gone[-1] == "HYPERLINK":
            for child in list(element):
                element.addprevious(child)
        above.remove(element)
    return gone


def _ended(ended: _Field) -> list[str]:
    """Return the name of a field that is at its end, if it was taken out."""
    if _known(ended.instruction) and not ended.nested:
        return []
    name = _name(ended.instruction)
    _remove([each for each in ended.held if name != "HYPERLINK" or each not in ended.shown])
    return [name]


def _known(instruction: str) -> bool:
    if match := _PROPERTY.match(instruction):
        return (match[1] or match[2] or "").lower() in PROPERTIES
    return _name(instruction) in KNOWN


def _name(instruction: str) -> str:
    match = _NAME.match(instruction)
    return match[1].upper() if match else instruction.strip()[:20] or "a field without name"


def _remove(elements: list[Element]) -> None:
    for element in elements:
        above = element.getparent()
        if above is not None:
            above.remove(element)
