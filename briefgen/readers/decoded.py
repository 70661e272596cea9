"""Bytes of a text file → text, and a note where the encoding had to be guessed."""

from __future__ import annotations

import codecs
from pathlib import Path

from briefgen.readers import FORMATS
from briefgen.readers.assembled import refused
from briefgen.registry import listed

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def decode(path: Path, content: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text with `\\n` as line end, and notes; raises Rejected for what is no text."""
    if content.startswith(_NO_TEXT):
        raise refused("ART-06", path, "the file is no text, whatever its name says", "give it the ending that it has by right")
    encoding, notes = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise refused("ART-06", path, f"the file is damaged: not {encoding}", "save it as UTF-8") from None
        text, notes = content.decode("cp1252", "replace"), ("read as Windows-1252: it is not UTF-8",)
    if text.count("\0") > len(text) // 100:
        raise refused(
            "ART-06",
            path,
            "the file is no text",
            f"save the article as {listed(row.title for row in FORMATS if not row.several)}",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _encoding(content: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name, ()
    start = content[:2000]
    for name, zeros, others in (("utf-16-le", start[1::2], start[::2]), ("utf-16-be", start[::2], start[1::2])):
        if len(zeros) > 3 and zeros.count(0) > 0.7 * len(zeros) and others.count(0) < 0.1 * len(others):
            return name, (f"read as {name.upper()}: it has no mark",)
    return "utf-8", ()
