"""Where a style sheet leads: to files of the project, never to a network or out of it, in no format.

The PDF's fetcher refuses such an address anyway; an HTML file would be opened in a browser, which does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from briefgen.findings.diagnostics import Diagnostic, Span, error

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|([^\n]))")
_LEADS = re.compile(
    r"@import\s*(?:url\(\s*)?(?P<sheet>\"[^\"]*\"|'[^']*'|[^\s;)]*)"
    r"|(?:url|src|image-set|image|cross-fade)\(\s*(?P<file>\"[^\"]*\"|'[^']*'|[^\s)]*)",
    re.IGNORECASE,
)
_OUT = re.compile(r"[a-z][a-z0-9+.-]*:|//|/|\\|\.\.(?:/|\\|$)|.*[/\\]\.\.(?:[/\\]|$)", re.IGNORECASE)


@lru_cache(maxsize=16)
def check(css: str, file: Path | None, shown: str) -> tuple[Diagnostic, ...]:
    """Return an error for each address in a style sheet that leads out of the project, and for each `@import`."""
    if "(" not in css and "@" not in css:
        return ()
    source = file.read_text(encoding="utf-8", errors="replace") if file else css
    return tuple(dict.fromkeys(_found(_plain(css), source, shown)))


def _plain(css: str) -> str:
    """Return a style sheet without comments, its escapes resolved: `\\75rl(` is `url(`."""
    return _ESCAPE.sub(lambda m: _character(m[1]) if m[1] else m[2], _COMMENT.sub(" ", css))


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def _found(css: str, source: str, shown: str) -> Iterator[Diagnostic]:
    for match in _LEADS.finditer(css):
        sheet = match["sheet"] is not None
        address = (match["sheet"] if sheet else match["file"]).strip("\"' ")
        if sheet:
            hint = "put its rules into style.css itself: a brief needs no other file"
            yield error("TPL-26", f"the style sheet imports {address or 'another one'}", _place(address, source, shown), hint)
        elif _OUT.match(address):
            hint = "put the file into the project's templates folder and name it relative to that"
            message = f"the style sheet leads out of the project, to {address[:80]}"
            yield error("TPL-26", message, _place(address, source, shown), hint)


def _place(address: str, source: str, shown: str) -> Span:
    at = source.find(address) if address else source.lower().find("@import")
    return Span(shown, source.count("\n", 0, at) + 1) if at >= 0 else Span(shown)
