"""Where a style sheet leads: to files of the project, never to a network or out of it, in no format; and whether it ends.

The PDF's fetcher refuses such an address anyway; an HTML file would be opened in a browser, which does not. So the sheet is taken
apart as a browser does it (CSS Syntax 3), and each address is read as a browser reads it (the URL Standard, §4.1 and §4.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefgen.findings.diagnostics import Diagnostic, Span, error

MAX_DEPTH = 40
"""Brackets in brackets; a nested rule is one of them."""
_ENDLESS = re.compile(r"\d{1000}")
_MAY_LEAD = re.compile(r"url|src|import|image|cross-fade|\d{5}|\\", re.IGNORECASE)
MOST = 10_000
"""Times that anything is counted or repeated: the PDF engine makes every track of a grid, every sign of a padded counter."""
_SIZE = re.compile(r"(?<![-\w])size\s{0,9}:([^;{}]{1,80})", re.IGNORECASE)  # of a page: no other property is called so
_LENGTH = re.compile(r"(?<![\w.#-])([+-]?\d{0,9}(?:\.\d{1,9})?)(pt|mm|cm|in|px|pc|q)?(?![\w%])", re.IGNORECASE)
_POINTS = {"": 0.75, "pt": 1, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72, "px": 0.75, "pc": 12, "q": 72 / 101.6}
SMALLEST = 28.0
"""Points of the side of a page, a centimetre: on a smaller one the PDF engine lays out pages without end."""
_LEADS = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"})
_FILLED = frozenset({"var", "attr", "env"})  # what they hold may be an address, and stands elsewhere
_NO_ADDRESS = frozenset({"type", "format", "tech", "local"})  # CSS Images 4 §2.4, CSS Fonts 4 §4.3.1
_DROPPED = re.compile(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]")
_DOT = re.compile(r"%2e", re.IGNORECASE)
_OUT = re.compile(r"[a-z][a-z0-9+.-]*:|/|\.\.(?:/|$)|.*/\.\.(?:/|$)", re.IGNORECASE | re.DOTALL)


@lru_cache(maxsize=16)
def check(css: str, file: Path | None, shown: str) -> tuple[Diagnostic, ...]:
    """Return an error for each address in a style sheet that leads out of the project, each `@import`, and what has no end.

    That is brackets too deep, and a number too long for Python to read, and so for the PDF engine.
    """
    if small := _smallest(css):
        place = _place(small, file.read_text(encoding="utf-8", errors="replace") if file else css, shown)
        return (error("TPL-26", f"“{small}” is no page: a side has less than a centimetre", place, "write `size: A4`"),)
    endless = _ENDLESS.search(css)
    if not endless and not _MAY_LEAD.search(css) and _depth(css) <= MAX_DEPTH:
        return ()
    from tinycss2 import parse_component_value_list

    source = file.read_text(encoding="utf-8", errors="replace") if file else css
    if endless:
        place = _place(endless[0], source, shown)
        return (error("TPL-26", "the style sheet holds a number without an end", place, "write it with a few digits"),)
    return tuple(dict.fromkeys(_found(parse_component_value_list(css, skip_comments=True), source, shown)))


def _smallest(css: str) -> str:
    """Return the size of a page that nothing can stand on, as it is written; empty where there is none."""
    for match in _SIZE.finditer(css):
        sides = [float(number) * _POINTS[unit.lower()] for number, unit in _LENGTH.findall(match[1]) if number.strip("+-.")]
        if any(side < SMALLEST for side in sides):
            return match[0].strip()
    return ""


def _depth(css: str) -> int:
    """Return how deep brackets stand at the most; those in texts and comments count, too: then it is looked at closely."""
    depth = most = 0
    for bracket in re.findall(r"[({\[\])}]", css):
        depth += 1 if bracket in "({[" else -1
        most = max(most, depth)
    return most


def _found(nodes: list[Any], source: str, shown: str) -> Iterator[Diagnostic]:
    """Yield what is wrong, in the order of the sheet."""
    importing, said = False, ""
    for node, within, depth in _walked(nodes):
        said = node.lower_value if node.type == "ident" else said
        if node.type == "number" and abs(node.int_value or 0) > MOST and said != "z-index":  # which only orders, in any size
            hint = f"nothing on a page is counted or repeated more than {MOST:,} times"
            yield error(
                "TPL-26", f"{node.representation} is beyond all measure", _place(node.representation, source, shown), hint
            )
        if importing and node.type != "whitespace":
            yield _imports(_text(node), source, shown)
            importing = False
        elif node.type == "at-keyword" and node.lower_value == "import":
            importing = True
        else:
            yield from _wrong(node, within, source, shown)
        if depth > MAX_DEPTH:
            hint = f"brackets stand at most {MAX_DEPTH} deep; is one never closed?"
            yield error("TPL-26", "the style sheet nests too deep", _place("", source, shown), hint)
            return
    if importing:
        yield _imports("", source, shown)


def _walked(nodes: list[Any]) -> Iterator[tuple[Any, str, int]]:
    """Yield each node with the function that it stands in and its depth; without recursion, which a sheet could exhaust."""
    waiting = [(node, "", 0) for node in reversed(nodes)]
    while waiting:
        node, within, depth = waiting.pop()
        yield node, within, depth
        waiting += [(child, _within(node, within), depth + 1) for child in reversed(_children(node))]


def _wrong(node: Any, within: str, source: str, shown: str) -> Iterator[Diagnostic]:  # noqa: ANN401
    address = _address(node, within)
    if address is not None and _leads_out(address):
        hint = "put the file into the project's templates folder and name it relative to that"
        message = f"the style sheet leads out of the project, to {_DROPPED.sub('', address)[:80]}"
        yield error("TPL-26", message, _place(address, source, shown), hint)
    elif _unreadable(node) or (within in _LEADS and node.type == "function" and node.lower_name in _FILLED):
        hint = 'write the address itself, in quotation marks: url("logo.png")'
        yield error("TPL-26", "the style sheet puts an address together", _place("", source, shown), hint)


def _children(node: Any) -> list[Any]:  # noqa: ANN401 - tinycss2 has no types
    children = getattr(node, "arguments", None) if node.type == "function" else getattr(node, "content", None)
    return children if isinstance(children, list) else []


def _within(node: Any, within: str) -> str:  # noqa: ANN401
    """Return the function that decides what a text in a node is."""
    if node.type != "function":
        return within
    name = str(node.lower_name)
    return name if name in _LEADS or name in _NO_ADDRESS else within


def _text(node: Any) -> str:  # noqa: ANN401
    """Return the address that a node holds: a text, `url(…)`, or a function whose first argument is a text."""
    first = next((child for child in _children(node) if child.type == "string"), node)
    return str(first.value) if first.type in ("url", "string") else ""


def _address(node: Any, within: str) -> str | None:  # noqa: ANN401
    return str(node.value) if node.type == "url" or (node.type == "string" and within in _LEADS) else None


def _unreadable(node: Any) -> bool:  # noqa: ANN401
    """Return whether a node is an address that tinycss2 gives up: a browser may know more, such as `url("a" crossorigin(…))`."""
    return bool(node.type == "error" and node.kind == "bad-url")


def _leads_out(address: str) -> bool:
    """Return whether a browser would read an address as one outside the project: blanks cut, tabs and line ends taken out."""
    return bool(_OUT.match(_DOT.sub(".", _DROPPED.sub("", address).replace("\\", "/"))))


def _imports(address: str, source: str, shown: str) -> Diagnostic:
    hint = "put its rules into style.css itself: a brief needs no other file"
    return error("TPL-26", f"the style sheet imports {address or 'another one'}", _place(address, source, shown), hint)


def _place(address: str, source: str, shown: str) -> Span:
    at = source.find(address) if address else source.lower().find("@import")
    return Span(shown, source.count("\n", 0, at) + 1) if at >= 0 else Span(shown)
