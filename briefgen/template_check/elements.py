"""Elements and attributes as they stand in the text of a template, before anything is filled in.

In: the text of one template. Out: breaches of the vocabulary at their line and column, in branches too that no brief comes by.
What Jinja puts in is not known here; where it may change the answer, nothing is said: the rendered samples tell the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from briefgen.findings.diagnostics import Diagnostic, Span
from briefgen.render import vocabulary
from briefgen.template_check.environment import Written

_TOKEN = re.compile(
    r"\{#.*?#\}|<!--.*?-->|\{%-?\+?\s*(?P<word>\w+).*?%\}|(?P<print>\{\{.*?\}\})"
    r"|<(?P<shut>/?)(?P<tag>[A-Za-z][\w:-]*)(?P<rest>(?:\{\{.*?\}\}|\{%.*?%\}|\"[^\"]*\"|'[^']*'|[^<>\"'])*)>",
    re.DOTALL,
)
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s=/<>\"']+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"']+))?", re.DOTALL)
_FILLED = "\ue003"  # stands for what Jinja puts in
_EMPTY = frozenset(("br", "col", "img", "meta", "link", "input", "hr", "wbr"))
_OPENS = frozenset(("if", "for", "macro", "call", "block", "filter", "with"))
_BRANCHES = frozenset(("elif", "else"))
_LEVELS = {"h1": 1, "h2": 2, "h3": 3}


@dataclass
class _Reader:
    """The elements that stand open, as far as they are known, and the last heading since anything was filled in."""

    template: Written
    open: list[Element | None] = field(default_factory=list)
    blocks: list[list[Element | None]] = field(default_factory=list)
    heading: int = 0
    table: Element | None = None
    table_at: int = 0

    def place(self, at: int) -> str:
        return f"{self.template.file}:{self.template.text.count(chr(10), 0, at) + 1}"

    def read(self) -> Iterator[Diagnostic]:
        for match in _TOKEN.finditer(self.template.text):
            if match["word"]:
                self.statement(match["word"])
            elif match["print"]:
                self.heading, self.table = 0, None
            elif match["tag"]:
                at = match.start()
                column = at - self.template.text.rfind("\n", 0, at)
                found = self.shut(match["tag"].lower()) if match["shut"] else self.begun(match, self.place(at))
                for row in found:
                    span = row.span or Span(self.template.file)
                    yield replace(row, span=span if span.column else Span(span.file, span.line, column, len(match["tag"]) + 1))

    def statement(self, word: str) -> None:
        """Go into a branch or out of it: each begins with the elements that stood open before the first."""
        if word in _OPENS:
            self.blocks.append(list(self.open))
        elif word in _BRANCHES and self.blocks:
            self.open = list(self.blocks[-1])
        elif word.startswith("end") and self.blocks:
            before = self.blocks.pop()
            self.open = self.open if len(self.open) == len(before) else [None]  # branches that open what others shut
        if word in ("include", "elif", "else", "import", "macro", "call"):
            self.heading, self.table = 0, None

    def begun(self, match: re.Match[str], place: str) -> Iterator[Diagnostic]:
        element, whole = _element(match, place)
        parent = self.open[-1] if self.open else None
        yield from vocabulary.check_one(element, parent, whole=whole)
        if element.tag == "table":
            self.table, self.table_at = element, match.start()
        elif element.tag == "thead":
            self.table = None
        elif element.tag in ("tbody", "tr") and self.table is not None:
            file, _, line = self.table.get("data-at", "").rpartition(":")
            column = self.table_at - self.template.text.rfind("\n", 0, self.table_at)
            yield replace(vocabulary.headless(""), span=Span(file, int(line), column, len("<table")))
            self.table = None
        level = _LEVELS.get(element.tag)
        if level:
            if 0 < self.heading < level - 1:
                yield vocabulary.skipped(self.heading, level, place)
            self.heading = level
        if element.tag not in _EMPTY and not match["rest"].rstrip().endswith("/"):
            self.open.append(element)

    def shut(self, tag: str) -> tuple[Diagnostic, ...]:
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth] is None or getattr(self.open[depth], "tag", "") == tag:
                del self.open[depth + (self.open[depth] is None) :]
                break
        return ()


def check(template: Written) -> list[Diagnostic]:
    """Return every breach of the vocabulary that stands in a template's own text."""
    return list(dict.fromkeys(_Reader(template).read()))


def _element(match: re.Match[str], place: str) -> tuple[Element, bool]:
    """Return an element with the attributes that are written, and whether these are all."""
    rest = match["rest"]
    values = _CODE.sub(_FILLED, rest)
    loose = _CODE.sub(_FILLED, re.sub(r"=\s*(\"[^\"]*\"|'[^']*')", "=", rest))
    made = Element(match["tag"].lower(), {"data-at": place})
    for found in _ATTRIBUTE.finditer(values):
        name, value = found[1], (found[2] or "").strip("\"'")
        if _FILLED in name:
            continue
        if name == "class":
            value = " ".join(word for word in value.split() if _FILLED not in word)
        made.set(name.lower(), "#" if name == "href" and value.startswith(_FILLED) else value)
    return made, _FILLED not in loose
