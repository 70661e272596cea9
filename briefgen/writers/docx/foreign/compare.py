"""Where the PDF, made from the design tokens, and a Word file made from an organisation's own styles look different."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from briefgen.writers.docx import packaged
from briefgen.writers.docx.foreign.package import parse
from briefgen.writers.docx.foreign.repair import fragments
from briefgen.writers.docx.foreign.styles import StyleSheet
from briefgen.writers.docx.names import A, W
from briefgen.writers.docx.styles import colour, word_font

_Q, _THEME = f"{{{W}}}", f"{{{A}}}"
_NAMES = {"body": "text", "title": "title", "heading1": "headings"}
_TWIPS = 1440 / 25.4
_DEFAULT_SIZE = 20  # half-points (ECMA-376, 17.3.2.38): what Word takes where no style says a size


def differences(
    sheet: StyleSheet, theme: bytes | None, section: etree._Element, tokens: Mapping[str, Any], language: str
) -> Iterator[str]:
    """Yield in words each difference of type or page: what Word has, then what the PDF has."""
    fonts = _theme_fonts(theme)
    for key, name in _NAMES.items():
        if sheet.has(key):
            word, ours = _word(sheet, key, fonts), _pdf(key, tokens)
            for one, other in zip(word, ours, strict=True):
                if one != other:
                    yield f"{name} {one}, in the PDF {other}"
    yield from _page(section, tokens, language)


def _word(sheet: StyleSheet, key: str, theme: Mapping[str, str]) -> tuple[str, str, str]:
    """Return font, size and colour of a style as Word shows them."""
    font = sheet.value(key, "rPr", "rFonts", ("asciiTheme", "ascii"))
    size = sheet.value(key, "rPr", "sz", ("val",))
    shade = sheet.value(key, "rPr", "color", ("val",))
    points = float(size or _DEFAULT_SIZE) / 2
    hex_ = "000000" if shade in (None, "auto") else str(shade).upper()
    return theme.get(str(font), font or "Times New Roman"), f"{points:g} pt", f"#{hex_}"


def _pdf(key: str, tokens: Mapping[str, Any]) -> tuple[str, str, str]:
    style = tokens["styles"][key]
    font = word_font(tokens, "body" if key == "body" else "headings")
    return font, f"{float(style['size']):g} pt", f"#{colour(tokens, style.get('colour', 'ink'))}"


def _theme_fonts(theme: bytes | None) -> dict[str, str]:
    """Return what the names of theme fonts stand for: `minorHAnsi` is the Latin font of the text (ECMA-376, 17.18.96)."""
    if theme is None:
        return {}
    root = parse(theme)
    found: dict[str, str] = {}
    for part, word in (("majorFont", "major"), ("minorFont", "minor")):
        latin = root.find(f".//{_THEME}{part}/{_THEME}latin")
        if latin is not None:
            found |= {f"{word}{script}": str(latin.get("typeface")) for script in ("HAnsi", "Ascii")}
    return found


def _page(section: etree._Element, tokens: Mapping[str, Any], language: str) -> Iterator[str]:
    size, edges = fragments(packaged.page(tokens, language)[1])[:2]
    word, ours = ([_millimetres(e, name) for name in ("w", "h")] for e in (section.find(f"{_Q}pgSz"), size))
    if any(abs(a - b) > 1 for a, b in zip(word, ours, strict=True)):
        yield f"paper {word[0]} × {word[1]} mm, in the PDF {ours[0]} × {ours[1]} mm"
    sides = ("top", "right", "bottom", "left")
    word, ours = ([_millimetres(e, name) for name in sides] for e in (section.find(f"{_Q}pgMar"), edges))
    if any(abs(a - b) > 1 for a, b in zip(word, ours, strict=True)):
        yield f"margins {_listed(word)} mm, in the PDF {_listed(ours)} mm"


def _millimetres(element: etree._Element | None, name: str) -> int:
    return round(abs(float(element.get(f"{_Q}{name}") or 0)) / _TWIPS) if element is not None else 0


def _listed(numbers: list[int]) -> str:
    return "/".join(map(str, numbers))
