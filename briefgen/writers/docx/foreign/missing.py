"""Which of the styles that a brief needs an organisation's Word file lacks, or has as something else; what stands in for each.

In: the file and the design tokens. Out: rows; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.findings.diagnostics import Span
from briefgen.writers.docx.foreign.package import Opened, parse
from briefgen.writers.docx.foreign.styles import StyleSheet
from briefgen.writers.docx.names import W
from briefgen.writers.docx.styles import TABLES, colour, kind, specs, word_font

_Q = f"{{{W}}}"


@dataclass(frozen=True, slots=True)
class Lack:
    """One style: its name in Word, its type, the type it has there instead (empty where it is not there), what is used."""

    name: str
    type: str
    found: str
    instead: str


def lacking(reference: Path, tokens: Mapping[str, Any], named: Span | None = None) -> list[Lack]:
    """Return the styles that are made in place of missing ones. Raises Rejected where the file is no Word document."""
    opened = Opened(reference, named)
    part = next((r.target for r in opened.relations(opened.main) if opened.kind(r) == "styles" and not r.external), None)
    content = opened.parts[part] if part else None
    rows = specs(tokens, large=False)
    sheet = StyleSheet(content, rows, tokens)
    sheet.complete()
    keys = {str(row["word"]): key for key, row in rows.items()} | {name: key for key, name in TABLES.items()}
    types = dict(_types(content)) if content else {}
    return [
        Lack(name, kind(keys[name]), types.get(name.lower(), ""), _look(keys[name], rows.get(keys[name], {}), tokens))
        for name in sheet.made
    ]


def _types(content: bytes) -> Iterator[tuple[str, str]]:
    for style in parse(content).findall(f"{_Q}style"):
        name = style.find(f"{_Q}name")
        if name is not None:
            yield str(name.get(f"{_Q}val")).lower(), str(style.get(f"{_Q}type", "paragraph"))


def _look(key: str, row: Mapping[str, Any], tokens: Mapping[str, Any]) -> str:
    """Return in words how the style looks that is made from the tokens."""
    if key in TABLES:
        return "a table style made from the design tokens"
    font = word_font(tokens, "headings" if key in ("title", "heading1", "heading2") else "body")
    size = [f"{float(row['size']):g} pt"] if row.get("size") else []
    more = ["bold"] if row.get("bold") else []
    shade = [f"#{colour(tokens, str(row['colour']))}"] if row.get("colour") else []
    return ", ".join([font, *size, *more, *shade])
