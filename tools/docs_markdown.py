"""Markdown for the documents that are made from the code: tables, words as code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def code(words: object) -> str:
    """Return words as code."""
    return f"`{words}`"


def listed(words: Iterable[object], none: str = "") -> str:
    """Return words as code, with commas between them."""
    return ", ".join(map(code, words)) or none
