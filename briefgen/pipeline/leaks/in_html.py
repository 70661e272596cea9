"""All places of an HTML file: its text, its head, every attribute, comments, styles and scripts, what `data:` addresses hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from briefgen.pipeline.leaks.place import Place, inline, of_bytes

_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")  # CSS Syntax 3, section 4.3.7


def places(content: bytes) -> Iterator[Place]:
    """Yield every place of a page with its text."""
    page = _Page()
    page.feed(content.decode("utf-8-sig", "replace"))
    page.close()
    yield Place("text", "\n".join(page.body))
    for place in page.found:
        yield place
        yield from inline(place.where, place.text)
    yield from of_bytes("bytes of the file", content, spare=True)  # in another encoding, or in a tag that never ends


class _Page(HTMLParser):
    """Gathers what is not plain text of the body place by place, and that text in one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.body: list[str] = []
        self.found: list[Place] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("head", "title", "style", "script"):
            self.open.append(tag)
        for name, value in attrs:
            self.found.append(Place(f"name of an attribute of <{tag}>", name))
            self.found.append(Place(f"attribute {name} of <{tag}>", _unescaped(value or "")))
        self.found.append(Place("name of an element", tag))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            del self.open[self.open.index(tag) :]
        self.found.append(Place("name of an element", tag))

    def handle_data(self, data: str) -> None:
        if self.open:
            self.found.append(Place(f"<{self.open[-1]}>", _unescaped(data)))
        else:
            self.body.append(data)

    def handle_comment(self, data: str) -> None:
        self.found.append(Place("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(Place("declaration", decl))

    def handle_pi(self, data: str) -> None:
        self.found.append(Place("declaration", data))

    def unknown_decl(self, data: str) -> None:
        self.found.append(Place("declaration", data))


def _unescaped(text: str) -> str:
    """Return a text, and after it what it says once the escapes of a style sheet or a script are read."""
    if "\\" not in text:
        return text
    read = _ESCAPE.sub(
        lambda match: chr(min(int(match[1], 16), 0x10FFFF)), re.sub(r"\\[ux]\{?([0-9a-fA-F]{2,6})\}?", r"\\\1 ", text)
    )
    return f"{text}\n{read}"
