"""Bytes → text, and the characters that a summary may not hold.

XML 1.0 §2.2 forbids most control characters, so that Word could not open a file with one; YAML 1.2 §5.1 forbids them
unescaped. Private-use characters have no meaning outside one font, and the renderer uses them as invisible marks.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from briefgen.findings.diagnostics import Diagnostic, Rejected, Span, error
from briefgen.load.pages import Page

MAX_BYTES = 2_000_000

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_TURNING = "\u202a-\u202e\u2066-\u2069"  # UAX #9 §2: what follows is shown in another order than it is written
_REFUSED = re.compile(f"[{_CONTROL}{_PRIVATE}{_TURNING}]")
_LINE_BREAK = re.compile("[\x85\u2028\u2029]")
_MARKS = {
    b"PK\x03\x04": "a Word file or another zip archive",
    b"%PDF-": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"{\\rtf": "a rich-text file",
    b"\x1f\x8b": "a compressed file",
}
_SHOWN = 20


def decode(data: bytes, name: str) -> str:
    """Return the text of a file, without byte order mark; raise Rejected for what is no text, or no UTF-8."""
    if len(data) > MAX_BYTES:
        raise _rejected("FIL-04", f"larger than {MAX_BYTES // 1_000_000} MB", Span(name), "split it into several summaries")
    for start, what in _MARKS.items():
        if data.startswith(start):
            raise _rejected("FIL-02", f"this is {what}, not a summary", Span(name), _ANEW)
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise _undecodable(data, name, fault) from fault


_ANEW = "a summary is a text in YAML or JSON: `briefgen new FILE` writes one to begin with"


def _undecodable(data: bytes, name: str, fault: UnicodeDecodeError) -> Rejected:
    if fault.encoding.startswith("utf-16"):
        return _rejected("FIL-03", "marked as UTF-16, and not readable as that", Span(name), "save it as UTF-8")
    if b"\x00" in data[:4096]:
        return _rejected("FIL-02", "this is no text", Span(name), _ANEW)
    page = Page(name, data[: fault.start].decode("utf-8", "replace").removeprefix("\ufeff") + "\ufffd")
    line = re.split(rb"[\r\n]", data[fault.start :], maxsplit=1)[0]
    guess = (page.line(page.lines)[:-1] + line.decode("cp1252", "replace")).strip()[:60]
    hints = ("save it as UTF-8", f"read as Windows-1252, the line says: {guess}")
    span = page.span(len(page.text) - 1, len(page.text))
    return _rejected("FIL-03", f"byte 0x{data[fault.start]:02X} is not UTF-8", span, *hints)


def clean(page: Page) -> tuple[str, list[Diagnostic]]:
    """Return the text as a parser may read it, of the same length, and an error for each refused character.

    Line and paragraph separators, which prose copied from a PDF may hold, become blanks: YAML 1.1 ends a line there, editors
    do not. A refused character is replaced, so that the other problems of the file are still found.
    """
    text = read_as(page.text)
    found = [_error(match[0], page.span(*match.span())) for match in _REFUSED.finditer(text)]
    if found:
        text = _REFUSED.sub("\ufffd", text)
    return text, _fold(found)


def read_as(text: str) -> str:
    """Return a text as long as the one given, with blanks for what ends a line in YAML 1.1 and in no editor."""
    return _LINE_BREAK.sub(" ", text)


def in_value(value: str, page: Page, start: int, end: int) -> list[Diagnostic]:
    """Return an error for each refused character that an escape (`\\u0007`) put into a value."""
    if not _REFUSED.search(value):
        return []
    return _fold([_error(match[0], page.span(start, end)) for match in _REFUSED.finditer(value)])


def _error(character: str, span: Span) -> Diagnostic:
    number = f"U+{ord(character):04X}"
    if unicodedata.category(character) == "Co":
        return error("FIL-08", f"{number} is a private-use character", span, "remove it: no font prints it")
    if re.match(f"[{_TURNING}]", character):
        name = unicodedata.name(character)
        return error("FIL-10", f"{number} is {name}", span, "remove it: a reader sees other words than those that are checked")
    name = unicodedata.name(character, "") or "a control character"
    return error("FIL-07", f"{number} is {name}", span, "remove it: it is invisible, and Word can't open a file with it")


def _fold(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return the first few: a file in a foreign encoding may hold thousands."""
    if len(found) <= _SHOWN:
        return found
    last = found[_SHOWN - 1]
    return [
        *found[: _SHOWN - 1],
        error(last.code, f"{last.message}, and {len(found) - _SHOWN} more follow", last.span, *last.hints),
    ]


def _rejected(code: str, message: str, span: Span, *hints: str) -> Rejected:
    return Rejected([error(code, message, span, *hints)])
