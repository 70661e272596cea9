"""Inline elements → the runs of one paragraph."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from briefgen.findings.diagnostics import error, info
from briefgen.model.document import INLINE, classes
from briefgen.writers.docx.languages import is_rtl
from briefgen.writers.docx.names import R
from briefgen.writers.docx.package import Relations
from briefgen.writers.docx.pictures import picture
from briefgen.writers.docx.runs import PLAIN, Line, Look, field
from briefgen.writers.docx.session import Session, outside, place

_CELL = 24  # letters of a tag that fit a column of a fifth of the table; English ones do
_TLP_PREFIX = "TLP:"
_FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}
_STYLED = ("tag", "status")
_LINKS = ("http://", "https://", "mailto:")


class Inline:
    """Writes the inline content of one story: the body, a note, a header or a footer.

    `relations` belong to the story's part: a link in a footer is not the document's.
    """

    def __init__(self, session: Session, relations: Relations, story: str = "main") -> None:
        """Write for a story; only `main` may hold notes (ECMA-376 knows none in notes, headers or footers)."""
        self.session, self.relations, self.story = session, relations, story
        self._paragraph = "body"

    def runs(self, element: Element, paragraph: str, look: Look = PLAIN) -> str:
        """Return the runs of a block element in the style `paragraph`, without the blocks that it may hold."""
        self._paragraph = paragraph
        line = Line()
        self._children(element, line, look)
        numbers = element.get("data-comment") if self.story == "main" else None
        return self.session.comments.around(line.xml(), numbers) if numbers else line.xml()

    def language(self, element: Element, look: Look) -> Look:
        """Return `look` in the language of `element`."""
        tag = element.get("lang")
        if tag is None or element.tag == "html":
            return look
        own = "" if tag == self.session.base.language else tag
        return look._replace(language=own, rtl=is_rtl(tag))

    def _children(self, element: Element, line: Line, look: Look) -> None:
        if element.text:
            line.text(element.text, look)
        for child in element:
            if child.tag in INLINE or (child.tag == "img" and element.tag == "p"):
                self._element(child, line, look)
            elif child.tag not in ("ul", "ol") or element.tag != "li":
                raise outside(child, str(element.tag))
            if child.tail:
                line.text(child.tail, look)

    def _element(self, element: Element, line: Line, look: Look) -> None:
        if element.get("lang") is not None:
            look = self.language(element, look)
        bookmark = self.session.bookmark(element)
        if bookmark:
            line.raw(bookmark)
        _HANDLERS[str(element.tag)](self, element, line, look)

    def _bold(self, element: Element, line: Line, look: Look) -> None:
        self._children(element, line, look._replace(bold=True))

    def _italic(self, element: Element, line: Line, look: Look) -> None:
        self._children(element, line, look._replace(italic=True))

    def _raised(self, element: Element, line: Line, look: Look) -> None:
        self._children(element, line, look._replace(align="superscript"))

    def _lowered(self, element: Element, line: Line, look: Look) -> None:
        self._children(element, line, look._replace(align="subscript"))

    def _too_long(self, element: Element) -> bool:
        """Return whether words that should stay on one line would run out of a narrow cell."""
        return self._paragraph.startswith("table") and len("".join(element.itertext())) > _CELL

    def _small(self, element: Element, line: Line, look: Look) -> None:
        self._children(
            element,
            line,
            look._replace(size=self.session.base.specs["meta"]["size"], bold=False, colour=self.session.base.colour("soft")),
        )

    def _code(self, element: Element, line: Line, look: Look) -> None:
        self._children(element, line, self._styled("code", look))

    def _abbr(self, element: Element, line: Line, look: Look) -> None:
        title = element.get("title")
        if title:
            text = f"Word has no place for what {(element.text or '').strip()} stands for"
            self.session.report(info("DOCX-03", text, place(element), f"write “{title}” out at its first use"))
        self._children(element, line, look)

    def _picture(self, element: Element, line: Line, look: Look) -> None:
        line.solid(picture(element, self.session, self.relations))

    def _break(self, element: Element, line: Line, look: Look) -> None:
        line.breaks()

    def _span(self, element: Element, line: Line, look: Look) -> None:
        names = classes(element)
        if "fn" in names:
            self._note(element, line, look)
            return
        if element.get("data-field") in _FIELDS:
            line.solid(field(_FIELDS[element.get("data-field", "")], look))
            return
        if "tlp" in names:
            self._marking(element, line, look)
            return
        style = next((name for name in _STYLED if name in names), None)
        if style:
            look = self._styled(style, look)._replace(tied=not self._too_long(element))
        elif "stage" in names:
            look = look._replace(bold=True, colour=self.session.base.colour("ink"), spacing=20)
        self._children(element, line, look)

    def _styled(self, key: str, look: Look) -> Look:
        """Return the look of a character style. Bold in it and in the paragraph would cancel out (ECMA-376, 17.7.3)."""
        base = self.session.base
        both = base.bold(key) and (base.bold(self._paragraph) or look.bold)
        return look._replace(style=base.styles[key], bold=both or look.bold, colour="")

    def _marking(self, element: Element, line: Line, look: Look) -> None:
        """Write a marking as FIRST prints it: its colour on black, with a little black at both ends."""
        level = "".join(element.itertext()).strip().removeprefix(_TLP_PREFIX).upper()
        colour = str(self.session.base.tokens["tlp"].get(level, "#FFFFFF")).lstrip("#")
        if self.story == "footer":
            line.text("\u00a0", look)  # beside the number of the page, where they would touch
        chip = self._styled("marking", look)._replace(size=0, colour=colour, shade="000000", tied=True)
        line.text("\u00a0", chip)
        self._children(element, line, chip)
        line.text("\u00a0", chip)

    def _note(self, element: Element, line: Line, look: Look) -> None:
        if self.story != "main":
            raise outside(element, self.story)
        base = Look(language=look.language, rtl=look.rtl)
        inner = Inline(self.session, self.session.notes.relations, "note")
        runs = inner.runs(element, "footnote", base)
        line.mark(self.session.notes.add(runs, "<w:bidi/>" if base.rtl else ""), self.session.notes.comma())

    def _link(self, element: Element, line: Line, look: Look) -> None:
        href = element.get("href", "")
        opening = self._opening(href)
        if not opening:
            text, cure = f"the link to {href!r} leads nowhere", "link to the id of a section, or to a web address"
            self.session.report(error("DOCX-01", text, place(element), cure))
            self._children(element, line, look)
            return
        line.raw(opening)
        self._children(element, line, self._styled("link", look))
        line.raw("</w:hyperlink>")

    def _opening(self, href: str) -> str:
        if href.startswith("#"):
            anchor = self.session.anchors.get(href[1:])
            return f'<w:hyperlink w:anchor="{anchor}" w:history="1">' if anchor else ""
        if not href.lower().startswith(_LINKS):
            return ""
        identifier = self.relations.add(f"{R}/hyperlink", href, external=True)
        return f'<w:hyperlink r:id="{identifier}" w:history="1">'


_HANDLERS: dict[str, Callable[[Inline, Element, Line, Look], None]] = {
    "strong": Inline._bold,
    "em": Inline._italic,
    "cite": Inline._italic,
    "sup": Inline._raised,
    "sub": Inline._lowered,
    "br": Inline._break,
    "img": Inline._picture,
    "span": Inline._span,
    "time": Inline._children,
    "abbr": Inline._abbr,
    "code": Inline._code,
    "small": Inline._small,
    "a": Inline._link,
}
