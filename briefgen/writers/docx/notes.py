"""Footnotes as Word knows them (ECMA-376, 17.11): a part of their own, two separators, own notes from the next id."""

from __future__ import annotations

from briefgen.writers.docx.names import DECLARATION, STORY_NAMESPACES
from briefgen.writers.docx.package import Relations

SEPARATOR, CONTINUATION = -1, 0
_BARE = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
HEAD = (
    f"{DECLARATION}<w:footnotes {STORY_NAMESPACES}>"
    f'<w:footnote w:type="separator" w:id="{SEPARATOR}"><w:p>{_BARE}<w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:type="continuationSeparator" w:id="{CONTINUATION}"><w:p>{_BARE}<w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:footnote>"
)
SETTINGS = f'<w:footnotePr><w:footnote w:id="{SEPARATOR}"/><w:footnote w:id="{CONTINUATION}"/></w:footnotePr>'


class Notes:
    """The notes of one document and the relationships of their part (links in a note are the note's)."""

    def __init__(self, first: int, text_style: str, mark_style: str) -> None:
        """Start at id `first`, with the ids of the two styles."""
        self._next, self._text, self._mark = first, text_style, mark_style
        self._rows: list[str] = []
        self.relations = Relations()

    def add(self, runs: str, direction: str = "") -> str:
        """Take the runs of a note; return the run that stands for it in the text."""
        number = self._next
        self._next += 1
        mark = f'<w:r><w:rPr><w:rStyle w:val="{self._mark}"/></w:rPr>'
        self._rows.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{self._text}"/>{direction}</w:pPr>'
            f'{mark}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>{runs}</w:p></w:footnote>'
        )
        return f'{mark}<w:footnoteReference w:id="{number}"/></w:r>'

    def comma(self) -> str:
        """Return what stands between two marks that touch."""
        return f'<w:r><w:rPr><w:rStyle w:val="{self._mark}"/></w:rPr><w:t xml:space="preserve">, </w:t></w:r>'

    def xml(self, head: str) -> str:
        """Return the whole part."""
        return f"{head}{''.join(self._rows)}</w:footnotes>"
