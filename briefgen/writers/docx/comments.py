"""Comments as Word knows them (ECMA-376, 17.13.4): a part of their own, a range in the text, the author "briefgen".

A comment has no date: the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.model.document import Comment
from briefgen.writers.docx.names import DECLARATION, STORY_NAMESPACES, escape

AUTHOR, INITIALS = "briefgen", "bg"
_SIZE = 18  # half points
_SPACING = '<w:pPr><w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>'
_LOOK = f'<w:sz w:val="{_SIZE}"/><w:szCs w:val="{_SIZE}"/>'


class Comments:
    """The comments of one document; those that were anchored can be written."""

    def __init__(self, rows: Sequence[Comment]) -> None:
        """Take the comments of a document; their numbers count from 1."""
        self._rows = rows
        self.anchored: list[int] = []

    def around(self, runs: str, numbers: str) -> str:
        """Return the runs of a block between the ends of its comments; each comment is anchored once, where it comes first."""
        for number in (int(word) for word in numbers.split()):
            if number not in self.anchored and 1 <= number <= len(self._rows):
                self.anchored.append(number)
                opening = f'<w:commentRangeStart w:id="{number}"/>'
                closing = f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
                runs = f"{opening}{runs}{closing}"
        return runs

    def xml(self) -> str:
        """Return the whole part."""
        rows = "".join(_comment(number, self._rows[number - 1]) for number in sorted(self.anchored))
        return f"{DECLARATION}<w:comments {STORY_NAMESPACES}>{rows}</w:comments>"


def _comment(number: int, comment: Comment) -> str:
    first = f"<w:r><w:annotationRef/></w:r>{_run(comment.heading, '<w:b/><w:bCs/>')}"
    lines = "".join(f"<w:p>{_SPACING}{_run(line)}</w:p>" for line in comment.lines)
    opening = f'<w:comment w:id="{number}" w:author="{AUTHOR}" w:initials="{INITIALS}">'
    return f"{opening}<w:p>{_SPACING}{first}</w:p>{lines}</w:comment>"


def _run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}{_LOOK}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
