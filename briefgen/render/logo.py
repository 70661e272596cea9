"""An organisation's logo, looked at before anything shows it: a picture, not too large, and nothing in it that acts.

Nothing is fetched and no picture decoded: its first bytes, and for an SVG its elements, say all that is needed.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from briefgen.model import images

MAX_BYTES, MAX_PIXELS = 5_000_000, 20_000_000
_ENDINGS = {".png": images.PNG, ".jpg": images.JPEG, ".jpeg": images.JPEG}
_ACTIVE = frozenset({"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"})
_ADDRESS = re.compile(r"url\(\s*['\"]?(?!['\"]?#)|@import|expression\(", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px|pt|mm|cm|in)?\s*")


class Unfit(ValueError):
    """A picture that can't be used; the message says why, `cure` what to do."""

    def __init__(self, why: str, cure: str) -> None:
        """Keep both."""
        super().__init__(why, cure)
        self.why, self.cure = why, cure


def aspect(path: Path) -> float:
    """Return width by height of a logo; raise Unfit for what is no picture, too large, or not content with being one."""
    ending, cure = path.suffix.lower(), "save it as PNG, JPEG or SVG"
    if ending not in _ENDINGS and ending != ".svg":
        raise Unfit(f"{path.name} is neither PNG nor JPEG nor SVG", cure)
    if path.stat().st_size > MAX_BYTES:
        size = path.stat().st_size / 1_000_000
        raise Unfit(
            f"{path.name} has {size:.0f} MB, and a logo at most {MAX_BYTES // 1_000_000}", "save it smaller: 600 pixels do"
        )
    content = path.read_bytes()
    if ending == ".svg":
        wide, high = _drawing(content, path.name)
    else:
        wide, high = _pixels(content, path.name, _ENDINGS[ending])
    return wide / high


def _pixels(content: bytes, name: str, signature: bytes) -> tuple[float, float]:
    cure = "open it in a picture program and save it again"
    if not content.startswith(signature):
        raise Unfit(f"{name} is not the kind of picture that its name says", cure)
    try:
        wide, high = images.size(content)
    except ValueError as fault:
        raise Unfit(f"{name} can't be read: {fault}", cure) from fault
    if not wide or not high or (signature == images.PNG and b"IEND" not in content[-64:]):
        raise Unfit(f"{name} is damaged: its end is missing", cure)
    if wide * high > MAX_PIXELS:
        raise Unfit(
            f"{name} has {wide * high / 1e6:.0f} megapixels, and a logo at most {MAX_PIXELS // 1_000_000}", "600 pixels do"
        )
    return wide, high


def _drawing(content: bytes, name: str) -> tuple[float, float]:
    cure = "save it as plain SVG, with its pictures and fonts turned into paths, or take a PNG"
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content:
        raise Unfit(f"{name} declares a document type, in which entities can hide", cure)
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as fault:
        raise Unfit(f"{name} is no SVG: {fault}", cure) from fault
    if _local(root.tag) != "svg":
        raise Unfit(f"{name} is no SVG: it begins with <{_local(root.tag)}>", cure)
    for element in root.iter():
        _harmless(element, name, cure)
    if b"<?xml-stylesheet" in content:
        raise Unfit(f"{name} leads to a style sheet of its own", cure)
    return _size(root, name)


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
    if wide <= 0 or high <= 0:
        raise Unfit(f"{name} does not say how large it is", 'give its <svg> a viewBox="0 0 WIDTH HEIGHT"')
    return wide, high


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2].lower()
