"""An SVG looked at before anything draws it: nothing in it acts or leads elsewhere, and what it draws has an end.

In: bytes. Out: its proportions, or `Unfit` with the cure. Nothing is fetched, and nothing is drawn.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

MOST, DEEPEST = 20_000, 100
"""Elements that a picture draws, repeated ones each time, and how deep they stand: a coat of arms has some thousands."""
_LEAST = 1e-3
_ACTIVE = frozenset({"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"})
_DEFINING = frozenset({"style", "a"})
_ADDRESS = re.compile(r"url\(\s*['\"]?(?!['\"]?#)|@import|expression\(", re.IGNORECASE)
_INSIDE = re.compile(r"(?:^\s*|url\(\s*['\"]?)#([^\s'\")]+)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px|pt|mm|cm|in)?\s*")


class Unfit(ValueError):
    """A picture that can't be used; the message says why, `cure` what to do."""

    def __init__(self, why: str, cure: str) -> None:
        """Keep both."""
        super().__init__(why, cure)
        self.why, self.cure = why, cure


def proportions(content: bytes, name: str) -> tuple[float, float]:
    """Return width and height of an SVG, in some unit; raise Unfit where it acts, leads elsewhere or never ends."""
    cure = "save it as plain SVG, with its pictures and fonts turned into paths, or take a PNG"
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content:
        raise Unfit(f"{name} declares a document type, in which entities can hide", cure)
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as fault:  # the last two: an encoding that expat has not
        raise Unfit(f"{name} is no SVG: {fault}", cure) from fault
    if _local(root.tag) != "svg":
        raise Unfit(f"{name} is no SVG: it begins with <{_local(root.tag)}>", cure)
    for element in root.iter():
        _harmless(element, name, cure)
    if b"<?xml-stylesheet" in content:
        raise Unfit(f"{name} leads to a style sheet of its own", cure)
    if _drawn(root) > MOST:
        raise Unfit(f"{name} draws more than {MOST:,} shapes, or nests them too deep: its parts repeat each other", cure)
    return _size(root, name)


def _drawn(root: ElementTree.Element) -> int:
    """Return how many elements are drawn, those that `use`, patterns and masks repeat each time; MOST + 1 at the most."""
    needs = _needs(root)
    costs: dict[ElementTree.Element, int] = {}
    under_way: set[ElementTree.Element] = set()
    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        left = [each for each in needs[element] if each not in costs]
        if not left:
            costs[element] = min(1 + sum(costs[each] for each in needs[element]), MOST + 1)
            under_way.discard(element)
        elif depth > DEEPEST or (element in under_way and not under_way.isdisjoint(left)):
            return MOST + 1
        else:
            under_way.add(element)
            waiting += [(element, depth), *((each, depth + 1) for each in left)]
    return costs[root]


def _needs(root: ElementTree.Element) -> dict[ElementTree.Element, list[ElementTree.Element]]:
    """Return what is drawn with each element: its children, and what its attributes, or a style of the file, name."""
    named = {str(element.get("id")): element for element in root.iter()}
    styles = [element.text or "" for element in root.iter() if _local(str(element.tag)) == "style"]
    everywhere = {name for style in styles for name in _INSIDE.findall(style)}
    needs = {}
    for element in root.iter():
        local = _local(str(element.tag))
        names = {name for value in element.attrib.values() for name in _INSIDE.findall(value)} | everywhere
        needs[element] = [*element, *(named[name] for name in names & named.keys() if local not in _DEFINING)]
    return needs


def _harmless(element: ElementTree.Element, name: str, cure: str) -> None:
    tag = _local(str(element.tag))
    if tag in _ACTIVE:
        raise Unfit(f"{name} holds a <{tag}>, and a logo must not act", cure)
    if tag == "style" and _ADDRESS.search(element.text or ""):
        raise Unfit(f"the style of {name} leads to another file", cure)
    for key, value in element.attrib.items():
        local = _local(key)
        if local.startswith("on"):
            raise Unfit(f"{name} holds a script in {local}", cure)
        leads = local in ("href", "src", "base") and not value.strip().startswith("#") and tag != "a"
        if leads or _ADDRESS.search(value) or (tag == "a" and "script:" in value.lower()):
            shown = value if len(value) < 60 else value[:57] + "…"
            raise Unfit(f"{name} leads to another file: {shown}", cure)


def _size(root: ElementTree.Element, name: str) -> tuple[float, float]:
    box = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))]
    given = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    wide, high = (float(m[1]) if m else 0.0 for m in given)
    if not wide or not high:
        wide, high = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    if not all(_LEAST < side < 1 / _LEAST for side in (wide, high)):
        raise Unfit(f"{name} does not say how large it is", 'give its <svg> a viewBox="0 0 WIDTH HEIGHT"')
    return wide, high


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2].lower()
