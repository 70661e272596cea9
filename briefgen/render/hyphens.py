"""Soft hyphens in narrow cells: where a long word may part, so that it does not run into the next column.

In: a document's tree and its language. Out: the same tree, in place. Body text is left alone: parting words there would
make PDF and Word break lines differently. English gets none: its words fit, and its pages stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

from briefgen.model.document import classes

SOFT = "\u00ad"
NARROW = 25  # per cent of the table's width
LONG = 12  # letters
_WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")


def soften(root: Element, language: str) -> None:
    """Put soft hyphens into the long words of narrow cells, where pyphen has a dictionary of the language."""
    if language.split("-")[0] == "en":
        return
    for table in root.iter("table"):
        for cell in _narrow(table):
            _cell(cell, cell.get("lang") or language)
            if any(SOFT in text for text in cell.itertext()):
                cell.set("data-soft", "")  # the style sheet parts such a cell's words at these places only


def _narrow(table: Element) -> Iterator[Element]:
    """Yield the cells of the columns that are narrow; a cell over several columns is none."""
    widths = [next((int(c[1:]) for c in classes(col) if re.fullmatch(r"w\d+", c)), 100) for col in table.iter("col")]
    for row in table.iter("tr"):
        column = 0
        for cell in row:
            span = int(cell.get("colspan", 1))
            if span == 1 and column < len(widths) and widths[column] <= NARROW:
                yield cell
            column += span


def _cell(element: Element, language: str) -> None:
    """Part the long words of a cell; not those of a note, which stands at the foot of the page, nor of a link or code."""
    if element.text:
        element.text = _parted(element.text, language)
    for child in element:
        if child.tag not in ("a", "code") and "fn" not in classes(child):
            _cell(child, child.get("lang") or language)
        if child.tail:
            child.tail = _parted(child.tail, language)


def _parted(text: str, language: str) -> str:
    dictionary = _dictionary(language) if _WORD.search(text) else None
    return _WORD.sub(lambda match: dictionary.inserted(match[0], SOFT), text) if dictionary else text


@cache
def _dictionary(language: str) -> Any:  # noqa: ANN401 - pyphen has no types
    """Return the patterns of a language; None where pyphen has none (Finnish, Irish, Maltese)."""
    import pyphen

    name = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=name, left=3, right=3) if name else None
