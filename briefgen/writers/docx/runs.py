"""Runs: text with one look, white space as CSS collapses it, each stretch in its writing direction."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from briefgen.writers.docx.languages import lang_xml, stretches
from briefgen.writers.docx.names import escape

_SPACES = re.compile("[ \t\n\r\f]+")  # what CSS calls white space: no-break spaces stay
# Word shows U+00AD as a hyphen wherever it stands and takes U+2011 from another font; it has elements for both.
_HYPHENS = {"\u00ad": "<w:softHyphen/>", "\u2011": "<w:noBreakHyphen/>"}
_HYPHEN = re.compile("([\u00ad\u2011])")


class Look(NamedTuple):
    """How a run differs from its paragraph's style. `size` is in points; `tied` text is never broken over a line."""

    style: str = ""
    bold: bool = False
    italic: bool = False
    colour: str = ""
    spacing: int = 0
    size: float = 0
    shade: str = ""
    align: str = ""
    language: str = ""
    rtl: bool = False
    tied: bool = False


PLAIN = Look()


@lru_cache(maxsize=2048)
def run_properties(look: Look, rtl: bool) -> str:
    """Return the `w:rPr` of a run, children in the order of the schema (ECMA-376, 17.3.2.28)."""
    size = round(look.size * 2)
    parts = (
        f'<w:rStyle w:val="{look.style}"/>' if look.style else "",
        "<w:b/><w:bCs/>" if look.bold else "",
        "<w:i/><w:iCs/>" if look.italic else "",
        f'<w:color w:val="{look.colour}"/>' if look.colour else "",
        f'<w:spacing w:val="{look.spacing}"/>' if look.spacing else "",
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{look.shade}"/>' if look.shade else "",
        f'<w:vertAlign w:val="{look.align}"/>' if look.align else "",
        "<w:rtl/>" if rtl else "",
        lang_xml(look.language) if look.language else "",
    )
    inner = "".join(parts)
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""


def run(text: str, look: Look) -> str:
    """Return the runs of a piece of text: one, or one for each stretch of one direction."""
    if look.tied:
        text = text.replace(" ", "\u00a0")
    if text.isascii() and not look.rtl:
        return f"<w:r>{run_properties(look, False)}{_text(text)}</w:r>"
    return "".join(f"<w:r>{run_properties(look, rtl)}{_text(part)}</w:r>" for part, rtl in stretches(text, look.rtl))


def _text(text: str) -> str:
    if not text.isascii() and _HYPHEN.search(text):
        return "".join(_HYPHENS.get(part) or _text(part) for part in _HYPHEN.split(text) if part)
    keep = ' xml:space="preserve"' if text[0] == " " or text[-1] == " " else ""
    return f"<w:t{keep}>{escape(text)}</w:t>"


def field(instruction: str, look: Look) -> str:
    """Return a complex field (ECMA-376, 17.16.18); what it shows before Word counts is 1."""
    begin = f"<w:r>{run_properties(look, False)}"
    return (
        f'{begin}<w:fldChar w:fldCharType="begin"/></w:r>{begin}<w:instrText xml:space="preserve"> {instruction} '
        f'</w:instrText></w:r>{begin}<w:fldChar w:fldCharType="separate"/></w:r>{begin}<w:t>1</w:t></w:r>'
        f'{begin}<w:fldChar w:fldCharType="end"/></w:r>'
    )


class Line:
    """The runs of one paragraph as they come in: spaces collapsed, neighbours of one look joined."""

    def __init__(self) -> None:
        """Start empty, at the beginning of a line."""
        self._pieces: list[tuple[Look | None, str]] = []
        self._at_space = True  # a space here would be a second one, or the first of the line
        self._owed = False  # a space was taken from before a note's mark
        self._marked = 0  # how many pieces there were after the last mark

    def text(self, value: str, look: Look) -> None:
        """Add text."""
        if not value:
            return
        text = _SPACES.sub(" ", value)
        if self._at_space and text[0] == " ":
            text = text[1:]
        if not text:
            return
        if self._owed:
            self._owed = False
            if text[0].isalnum():
                text = f" {text}"
        self._at_space = text[-1] == " "
        if self._pieces and self._pieces[-1][0] == look:
            text = self._pieces.pop()[1] + text
        self._pieces.append((look, text))

    def raw(self, xml: str) -> None:
        """Add XML that neither is text nor touches the spaces around it: the tags of a link, a bookmark."""
        self._pieces.append((None, xml))

    def solid(self, xml: str) -> None:
        """Add XML that stands for text: a field."""
        self._pieces.append((None, xml))
        self._at_space = False

    def mark(self, xml: str, comma: str) -> None:
        """Add the mark of a note; no space leads up to it, and `comma` parts it from a mark that it touches."""
        self._owed = self._strip() or self._owed
        if self._pieces and len(self._pieces) == self._marked:
            self._pieces.append((None, comma))
        self._pieces.append((None, xml))
        self._marked = len(self._pieces)
        self._at_space = False

    def breaks(self) -> None:
        """End the line here and go on in the next."""
        self._strip()
        self._pieces.append((None, "<w:r><w:br/></w:r>"))
        self._at_space = True

    def _strip(self) -> bool:
        """Take the last space off the text so far; return whether there was one."""
        for index in range(len(self._pieces) - 1, -1, -1):
            look, text = self._pieces[index]
            if look is None:
                if text.startswith("<w:r>"):
                    return False
                continue
            if text[-1] != " ":
                return False
            self._pieces[index] = (look, text[:-1])
            if text == " ":
                del self._pieces[index]
            return True
        return False

    def xml(self) -> str:
        """Return the runs; the last one ends without a space."""
        self._strip()
        return "".join([text if look is None else run(text, look) for look, text in self._pieces])
