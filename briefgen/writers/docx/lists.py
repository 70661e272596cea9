"""Numbered and bulleted lists: two multilevel definitions, and a number of its own for every list that starts anew."""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.writers.docx.languages import is_rtl
from briefgen.writers.docx.names import DECLARATION, W
from briefgen.writers.docx.styles import Spec, Tokens, colour, twips

LEVELS = 9  # ECMA-376, 17.9.6: a definition has up to nine
_GAP = 4  # points between a marker, which ends there as in CSS, and its text
_BULLETS = ("\u2022", "\u2013", "\u2022")
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")


def abstract_xml(number: int, language: str, *, ordered: bool, specs: Mapping[str, Spec], tokens: Tokens) -> str:
    """Return one `w:abstractNum`: markers bold and in the accent colour, each level one step further in."""
    step = twips(specs["list"].get("indent", 16))
    # LibreOffice sets a marker that ends before its text on the wrong side where text runs from right to left.
    side, gap = ("left", step) if is_rtl(language) else ("right", twips(_GAP))
    upright = '<w:i w:val="0"/><w:iCs w:val="0"/>'
    marker = f'<w:rPr><w:b/><w:bCs/>{upright}<w:color w:val="{colour(tokens, "accent")}"/></w:rPr>'
    levels = []
    for level in range(LEVELS):
        shape = _FORMATS[level % 3] if ordered else "bullet"
        text = f"%{level + 1}." if ordered else _BULLETS[level % 3]
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="{side}"/><w:pPr><w:ind w:left="{step * (level + 1)}" w:hanging="{gap}"/></w:pPr>{marker}</w:lvl>'
        )
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'


def num_xml(number: int, abstract: int, level: int | None = None, start: int = 1) -> str:
    """Return one `w:num`; with a level, that level starts at `start` instead of going on."""
    override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' if level is not None else ""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'


def part_head(abstracts: str, nums: str) -> str:
    """Return the numbering part up to its end tag; all definitions stand before the numbers that use them."""
    return f'{DECLARATION}<w:numbering xmlns:w="{W}">{abstracts}{nums}'


class Numbers:
    """The lists of one document."""

    def __init__(self, first: int, ordered: int, bullets: int) -> None:
        """Start after the numbers that the reference uses: `ordered` is a definition, `bullets` a number."""
        self._next, self._ordered, self.bullets = first, ordered, bullets
        self._rows: list[str] = []

    def ordered(self, level: int, start: int = 1) -> int:
        """Return the number of a new numbered list at `level`."""
        number = self._next
        self._next += 1
        self._rows.append(num_xml(number, self._ordered, level, start))
        return number

    def xml(self, head: str) -> str:
        """Return the whole part."""
        return f"{head}{''.join(self._rows)}</w:numbering>"
