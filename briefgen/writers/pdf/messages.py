"""What WeasyPrint says in its log, as diagnostics with the field they concern.

PDF-01 an image is missing or can't be read · PDF-02 no font has a character · PDF-03 a font can't be used ·
PDF-04 the style sheet · PDF-05 an address that is not read · PDF-06 anything else.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from briefgen.findings.diagnostics import Diagnostic, Severity, error, warning
from briefgen.writers.pdf import glyphs
from briefgen.writers.pdf.fonts import Fonts

BASE = "file:///.briefgen/"  # stands before every relative address while WeasyPrint works
_ENGINE = "weasyprint"  # fontTools speaks up, too, where HarfBuzz's subsetting is not installed: nothing is to be done
_LOADING = re.compile(
    r"Failed to load (?P<what>image|stylesheet) at '?(?P<url>.*?)'? ?: (?:(?P<kind>\w+): (?P<reason>.*))?", re.DOTALL
)
_FONT = re.compile(r"Font-face|Unable to (?:subset|instantiate|save)|Please install HarfBuzz")


def of_style(records: Iterable[logging.LogRecord]) -> Iterator[Diagnostic]:
    """Yield a warning for each thing that the style sheet says and WeasyPrint does not understand."""
    for record in records:
        if loading := _LOADING.fullmatch(record.getMessage()):
            yield _unloaded(loading, None)
        else:
            yield warning("PDF-04", f"in the style sheet: {_sentence(record.getMessage())}")


def of_document(records: Iterable[logging.LogRecord], tree: Element, fonts: Fonts) -> Iterator[Diagnostic]:
    """Yield a finding for each record of layout or drawing; characters that no font has come last."""
    characters: set[str] = set()
    for record in records:
        if record.name != _ENGINE:
            continue
        text = record.getMessage()
        if text.startswith(".notdef glyph"):
            characters.add(chr(record.args[1]))  # type: ignore[index, arg-type] # ("x", 0x78)
        elif loading := _LOADING.fullmatch(text):
            yield _unloaded(loading, tree)
        elif _FONT.match(text):
            yield error("PDF-03", _sentence(text))
        elif not text.startswith("Using fontTools instead"):  # slower, not wrong: `engine.doctor` says so
            yield Diagnostic(_severity(record), "PDF-06", _sentence(text))
    yield from glyphs.missing(characters, tree, fonts)


def _severity(record: logging.LogRecord) -> Severity:
    return Severity.ERROR if record.levelno >= logging.ERROR else Severity.WARNING


def _sentence(text: str) -> str:
    text = text.replace(BASE, "").rstrip(".")
    return text[:1].lower() + text[1:]


def _unloaded(found: re.Match[str], tree: Element | None) -> Diagnostic:
    """Return the error for an image or a style sheet that was not loaded, with the field that names it."""
    what, address = found["what"].replace("stylesheet", "style sheet"), found["url"].removeprefix(BASE)
    path = None if tree is None else _path_of_image(tree, address)
    if found["kind"] == "Refused":
        hint = "put the file into the project's folders and name it relative to them"
        return error("PDF-05", f"the {what} {address} is not read: {found['reason']}", None, hint, path=path)
    if found["kind"] == "FileNotFoundError":
        return error("PDF-01", f"the {what} {address} does not exist", None, "check the name; upper case counts", path=path)
    hint = "save it again as PNG, JPEG or SVG"
    return error("PDF-01", f"the {what} {address} can't be read", None, hint, path=path)


def _path_of_image(tree: Element, address: str) -> str | None:
    for element, path in glyphs.with_paths(tree):
        if element.tag == "img" and (element.get("src") or "").strip() == address:
            return path
    return None
