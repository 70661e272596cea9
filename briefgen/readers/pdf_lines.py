"""A page of a PDF → its lines, with their heights and sizes, and without raised calls to notes.

In: a page as pypdf gives it. Out: rows from top to bottom, as the file writes them: column after column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from briefgen.readers.raised import Line

SMALLER = 0.85  # of the size of the text before: what is raised is set in a smaller type
HIGHER, HIGHEST = 0.05, 0.75  # sizes by which raised text stands above the line
WIDER = 1.35  # of the usual distance of lines: a gap between paragraphs
_FIGURE = re.compile(r"\s*[\d*†‡]{1,3}\s*")


class Row(NamedTuple):
    """A line: its text, the height of its base on the page and the size of its type, both in points."""

    text: str
    height: float = 0.0
    size: float = 0.0


GAP = Row("")
"""What stands between two lines that are not of one paragraph."""


class _Open:
    """A line that is being read."""

    def __init__(self) -> None:
        self.line = Line()
        self.height: float | None = None
        self.sizes: Counter[float] = Counter()
        self.first = ""

    def size(self) -> float:
        return max(self.sizes.items(), key=lambda row: (row[1], row[0]))[0] if self.sizes else 0.0

    def add(self, text: str, height: float, size: float) -> None:
        """Add a piece: raised where it is smaller and higher than what stands before it."""
        if not text.strip():
            self.line.add(text)
            return
        high = self.height is not None and self.lifts(height, size)
        if self.height is None:
            self.height, self.first = height, text
        elif _FIGURE.fullmatch(self.first) and min(self.sizes) < SMALLER * size and len(self.sizes) == 1:
            self.line, self.height, self.first = Line(), height, ""  # the number of the note that begins here
            self.line.add(f"{self.opening} ")
            self.sizes.clear()
        self.opening = text.strip() if self.first == text else ""
        self.line.add(text, high=high)
        if not high:
            self.sizes[round(size, 1)] += len(text.strip())

    opening = ""

    def lifts(self, height: float, size: float) -> bool:
        """Return whether text of a size at a height is raised above this line."""
        if self.height is None or not self.sizes:
            return False
        own = self.size()
        return size < SMALLER * own and HIGHER * own < height - self.height < HIGHEST * own


def rows(page: Any) -> list[Row]:  # noqa: ANN401 - pypdf's own
    """Return the lines of a page, a gap where the distance of two, or the size of their type, parts them."""
    made: list[_Open] = [_Open()]
    broken = lifted = False

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float) -> None:
        nonlocal broken, lifted
        height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        size *= (abs(tm[0] * tm[3] - tm[1] * tm[2]) * abs(cm[0] * cm[3] - cm[1] * cm[2])) ** 0.5
        for index, part in enumerate(text.split("\n")):
            broken = broken or bool(index)
            if not part.strip():
                if not broken:
                    made[-1].line.add(part)
                continue
            line = made[-1]
            up = line.lifts(height, size)
            back = lifted and line.height is not None and abs(height - line.height) < HIGHER * (line.size() or 1)
            if broken and not (up or back):
                made.append(_Open())
            broken, lifted = False, up
            made[-1].add(part, height, size)

    page.extract_text(visitor_text=visit)
    read = [
        Row(text, line.height, line.size()) for line in made if line.height is not None and (text := line.line.text().strip())
    ]
    return _spaced(read)


def body_size(lines: Iterable[Row]) -> float:
    """Return the size of most of the text."""
    sizes: Counter[float] = Counter()
    for row in lines:
        sizes[row.size] += len(row.text)
    return max(sizes.items(), key=lambda row: row[1])[0] if sizes else 0.0


def _spaced(read: list[Row]) -> list[Row]:
    gaps = [above.height - below.height for above, below in pairwise(read)]
    usual, body = median([gap for gap in gaps if gap > 0] or [0]), body_size(read)
    made = read[:1]
    for (above, below), gap in zip(pairwise(read), gaps, strict=True):
        larger = max(1.0, min(above.size, below.size) / body) if body else 1.0
        if gap > WIDER * usual * larger > 0 or other_size(above, below):
            made.append(GAP)
        made.append(below)
    return made


def other_size(one: Row, other: Row) -> bool:
    """Return whether two lines are set in clearly different sizes."""
    return bool(one.size and other.size) and max(one.size, other.size) > 1.15 * min(one.size, other.size)
