"""The text of one file and its places: offsets in it become lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from briefgen.findings.diagnostics import Span

# As editors count lines. YAML 1.1 (libyaml) also ends a line at U+0085, U+2028 and U+2029: `load.source` replaces those.
_BREAK = re.compile("\r\n|\n|\r")


@dataclass(frozen=True)
class Page:
    """One file's text, under the name that the user knows it by."""

    name: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.text))]

    @property
    def lines(self) -> int:
        """Return how many lines it has."""
        return len(self._starts)

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its end; empty where there is none."""
        if not 1 <= number <= len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")

    def line_start(self, offset: int) -> int:
        """Return the offset at which the line of an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def span(self, start: int, end: int) -> Span:
        """Return the place of an offset; what runs over several lines is as long as its first line."""
        number = bisect_right(self._starts, start)
        column = start - self._starts[number - 1] + 1
        room = len(self.line(number)) - column + 1
        return Span(self.name, number, column, max(1, min(end - start, room)))

    def at(self, number: int, column: int, length: int = 1) -> Span:
        """Return the place of a line and a column, both counted from 1."""
        return Span(self.name, number, column, length)

    def replace(self, number: int, words: str) -> Page:
        """Return the page with another line in the place of one."""
        start = self._starts[number - 1]
        return Page(self.name, self.text[:start] + words + self.text[start + len(self.line(number)) :])
