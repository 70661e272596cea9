"""Where paragraphs and tables land: the XML of a story in order, and which paragraphs stay with the next."""

from __future__ import annotations

from briefgen.writers.docx.base import Base

NO_SPACE = '<w:spacing w:before="0"/>'
KEEP = "<w:keepNext/>"


class Flow:
    """A list of XML pieces. A paragraph's `w:keepNext` is a piece of its own, to be set once it is known what follows.

    A *unit* is what a page break can't fall into anyway: one paragraph, one row of a table, one callout.
    """

    def __init__(self, base: Base) -> None:
        """Start empty."""
        self.base = base
        self.pieces: list[str] = []
        self.table_above = False
        self._owed = 0.0  # points above the next paragraph: a table has no space of its own, a list no last item's
        self._after = float(base.specs["body"].get("after", 0))
        self._keeps: list[tuple[int, int]] = []  # the piece, its unit
        self._unit = 0
        self._in_unit = False
        self._bookmarks = ""
        self._last = ""  # the style of the last paragraph outside tables, unless a table came since

    def bookmark(self, xml: str) -> None:
        """Set bookmarks at the start of the next paragraph."""
        self._bookmarks += xml

    def paragraph(
        self,
        key: str,
        runs: str,
        *,
        keep: bool = False,
        rtl: bool = False,
        number: str = "",
        borders: str = "",
        spacing: str = "",
        align: str = "",
    ) -> None:
        """Add a paragraph in the style `key`; number, borders, spacing and alignment are XML for its `w:pPr`."""
        if not self._in_unit:
            self._unit += 1
            self.table_above = False
            spacing = spacing or self._space_above(key)
            self._owed, self._last = 0.0, key
        bidi = "<w:bidi/>" if rtl else ""
        self._keeps.append((len(self.pieces) + 1, self._unit))
        self.pieces += (
            f'<w:p><w:pPr><w:pStyle w:val="{self.base.styles[key]}"/>',
            KEEP if keep else "",
            f"{number}{borders}{bidi}{spacing}{align}</w:pPr>{self._bookmarks}{runs}</w:p>",
        )
        self._bookmarks = ""

    def _space_above(self, key: str) -> str:
        """Return what the style does not say: Word draws one rule above paragraphs of one style; a table owes a distance."""
        spec = self.base.specs[key]
        if key == self._last and spec.get("rule"):
            return NO_SPACE
        return f'<w:spacing w:before="{round(self._owed * 20)}"/>' if self._owed > spec.get("before", 0) else ""

    def raw(self, xml: str) -> None:
        """Add XML that is no paragraph."""
        self.pieces.append(xml)

    def owe(self, more: float = 0, *, table: bool = True) -> None:
        """Set the next paragraph at least a paragraph's distance, and `more` points, below what was just written."""
        self._owed = 0.0 if self._in_unit else self._after + more
        self.table_above, self._last = table, ""

    def open_unit(self) -> None:
        """Start a unit of several paragraphs."""
        self._unit += 1
        self._in_unit = True

    def close_unit(self) -> None:
        """End it."""
        self._in_unit = False

    def gap(self) -> None:
        """Add the smallest paragraph there is, between two tables or after the last one."""
        self._owed = 0.0
        self.paragraph("gap", "")

    def mark(self) -> int:
        """Return a place in the flow, for `keep_from`."""
        return len(self._keeps)

    def keep_from(self, start: int) -> None:
        """Keep every paragraph since `start` with the next one, but those of the last unit."""
        if start < len(self._keeps):
            last = self._keeps[-1][1]
            for piece, unit in self._keeps[start:]:
                if unit != last:
                    self.pieces[piece] = KEEP

    def xml(self) -> str:
        """Return all of it."""
        if self._bookmarks:  # of a section with an id and nothing in it, after which nothing stands
            self.gap()
        return "".join(self.pieces)
