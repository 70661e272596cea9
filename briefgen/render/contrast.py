"""Whether what is printed can be read: the contrast of each colour of text with the grounds on which it stands.

WCAG 2.2, success criterion 1.4.3 (level AA): 4.5:1, and 3:1 for large text, which is 18 pt, or 14 pt in bold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Tokens = Mapping[str, Any]
LARGE, LARGE_BOLD = 18.0, 14.0
TEXT, LARGE_TEXT = 4.5, 3.0
WHITE, BLACK = "#FFFFFF", "#000000"
_ON_TINT = frozenset({"body", "heading1", "heading2", "lead", "list", "tag", "status", "link", "table_head", "note"})
"""Styles that stand in boxes or in the heads of tables, too."""


class Pair(NamedTuple):
    """A colour of text on a ground, by their names in the tokens where they have one, and what is printed so."""

    front: str
    ground: str
    what: str
    needed: float = TEXT


def luminance(colour: str) -> float:
    """Return the relative luminance of `#RRGGBB`, 0 for black and 1 for white (WCAG 2.2, "relative luminance")."""
    channels = [int(colour.lstrip("#")[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs(tokens: Tokens) -> Iterator[Pair]:
    """Yield every pair that the style sheet and the Word styles print."""
    for name, style in tokens["styles"].items():
        if name == "marking":
            continue
        size, bold = float(style.get("size") or tokens["styles"]["body"]["size"]), bool(style.get("bold"))
        needed = LARGE_TEXT if size >= LARGE or (bold and size >= LARGE_BOLD) else TEXT
        front = str(style.get("colour") or "ink")
        for ground in ("white", "tint") if name in _ON_TINT else ("white",):
            yield Pair(front, ground, "text" if name == "body" else str(style.get("word", name)).lower(), needed)
    yield Pair("accent", "tint", "note number")
    yield Pair("title", "white", "row head")
    for level, shade in tokens["severity"].items():
        yield Pair("ink", str(shade["fill"]), f"{level} in a matrix")
        yield Pair("title", str(shade["fill"]), f"{level} as a row head")
        yield Pair("grey", str(shade["pale"]), f"{level} in a matrix, where no item stands")
    for label, colour in tokens["tlp"].items():
        yield Pair(str(colour), "black", f"TLP:{label}")


def too_weak(tokens: Tokens) -> Iterator[tuple[Pair, float]]:
    """Yield each pair of colours below what it needs, once, with its ratio; of several uses the most demanding."""
    colours = {**tokens["colours"], "white": WHITE, "black": BLACK}
    seen: dict[tuple[str, str], tuple[Pair, float]] = {}
    for pair in pairs(tokens):
        found = ratio(*(str(colours.get(name, name)) for name in (pair.front, pair.ground)))
        known = seen.get(pair[:2])
        if found < pair.needed and (known is None or known[0].needed < pair.needed):
            seen[pair[:2]] = (pair, found)
    yield from seen.values()
