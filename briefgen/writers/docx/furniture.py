"""Header and footer: up to three parts on one line, set by tab stops; page numbers are fields."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from xml.etree.ElementTree import Element

from briefgen.model.document import classes
from briefgen.writers.docx.base import Base, Story
from briefgen.writers.docx.inline import Inline
from briefgen.writers.docx.languages import is_rtl
from briefgen.writers.docx.names import DECLARATION, STORY_NAMESPACES, WORD, R
from briefgen.writers.docx.package import Member, Relations, member, rels_name
from briefgen.writers.docx.runs import Look
from briefgen.writers.docx.session import Session, outside
from briefgen.writers.docx.styles import twips

KINDS = {"header": ("header", "hdr"), "footer": ("furniture", "ftr")}  # slot: style key, root element
_SIDES = ("left", "centre", "right")
_USUAL = {("header", "left"): frozenset({"kicker"})}
_PICTURES = ("<w:drawing", "<w:pict", "AlternateContent")
_TAB = '<w:r><w:t xml:space="preserve"> </w:t><w:tab/></w:r>'  # the space for who reads it without its tabs

_BREAK = "<w:r><w:br/></w:r>"
_LETTER, _DIGITS = 0.5, 1.0  # of the size: a letter as texts have them, a number of two digits
_MARKING = 7.6  # points: a letter of a marking, which is bold, capital and 12 points


class Furniture:
    """The headers and footers of one document."""

    def __init__(self, session: Session) -> None:
        """Start with those that the reference has."""
        self.session = session
        self.members: list[Member] = []
        self.types: dict[str, str] = {}
        self.references = session.base.references

    def write(self, body: Element) -> None:
        """Write the slots of `body`: below what the reference's own stories hold, and into new ones where it has none."""
        slots = {}
        for div in body.findall("div"):
            kind = div.get("data-slot", "")
            if kind not in KINDS:
                raise outside(div, "body")
            slots[kind] = div
        for story in self.session.base.stories:
            self._story(story, slots.get(story.kind))
        present = {(story.kind, pages) for story in self.session.base.stories for pages in story.pages}
        for kind in sorted(slots):
            for pages in self.session.base.story_types:
                if (kind, pages) not in present:
                    self._new(kind, pages, slots[kind])

    def _new(self, kind: str, pages: str, slot: Element) -> None:
        name = f"{kind}-{pages}.xml" if self.session.base.foreign else f"{kind}1.xml"
        self._story(Story(f"word/{name}", kind, f"{DECLARATION}<w:{KINDS[kind][1]} {STORY_NAMESPACES}>"), slot)
        self.types[f"word/{name}"] = f"{WORD}{kind}+xml"
        identifier = self.session.relations.add(f"{R}/{kind}", name)
        self.references += f'<w:{kind}Reference w:type="{pages}" r:id="{identifier}"/>'

    def _story(self, story: Story, slot: Element | None) -> None:
        relations = Relations(story.relations)
        if slot is not None and any(mark in story.xml for mark in _PICTURES):
            slot = _without_pictures(slot)  # the organisation's own header shows its logo already
        line = slot_line(slot, story.kind, self.session, relations) if slot is not None else ""
        self.members.append(member(story.part, f"{story.xml}{line}</w:{KINDS[story.kind][1]}>"))
        if relations.rows:
            self.members.append(member(rels_name(story.part), relations.xml()))


def _without_pictures(slot: Element) -> Element:
    """Return a slot without its pictures, and without the blanks that part them from the text."""
    slot = deepcopy(slot)
    for paragraph in slot:
        before: Element | None = None
        for image in list(paragraph):
            if image.tag != "img":
                before = image
                continue
            tail = (image.tail or "").lstrip()
            if before is None:
                paragraph.text = (paragraph.text or "") + tail
            else:
                before.tail = (before.tail or "").rstrip() + tail
            paragraph.remove(image)
    return slot


def slot_line(slot: Element, kind: str, session: Session, relations: Relations) -> str:
    """Return the paragraph of a slot. A part is left, centre or right by its class, else by its place."""
    base, key = session.base, KINDS[kind][0]
    inline = Inline(session, relations, kind)
    parts: dict[str, str] = {}
    widths = dict.fromkeys(_SIDES, 0.0)
    for number, child in enumerate(slot):
        if child.tag != "p":
            raise outside(child, "div")
        names = classes(child)
        side = next((name for name in _SIDES if name in names), _SIDES[min(number, 2)])
        look = inline.language(child, _look(names | _USUAL.get((kind, side), frozenset()), base, key))
        parts[side] = inline.runs(child, key, look)
        widths[side] = _width(child, look.size or base.specs[key]["size"], look.spacing / 20)
    logo = slot.find("p/img") is not None
    two = logo and not parts.get("centre")  # beside a logo, the words need the room of the empty centre
    after_left, after_centre = _breaks(widths, base.text_width / 20) if not logo else ("", "")
    runs = parts.get("left", "")
    if "centre" in parts or "right" in parts:
        runs += after_left + ("" if two else f"{_TAB}{parts.get('centre', '')}")
    if "right" in parts:
        runs += f"{after_centre}{_TAB * (2 if after_centre else 1)}{parts['right']}"
    tabs = f"<w:tabs>{''.join(tab_stops(base, kind, centre=not two))}</w:tabs>"
    bidi = "<w:bidi/>" if is_rtl(base.language) else ""
    # Words stand at half the height of a logo, as in the PDF.
    middle = '<w:textAlignment w:val="center"/>' if logo else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{base.styles[key]}"/>{tabs}{bidi}{middle}</w:pPr>{runs}</w:p>'


def _breaks(widths: dict[str, float], room: float) -> tuple[str, str]:
    """Return the breaks after left and centre: what runs into the next part's place goes a line below, each to its own stop."""
    half = room / 2 - widths["centre"] / 2
    left = widths["left"] > half if widths["centre"] else widths["left"] > room - widths["right"]
    right = widths["centre"] > 0 and widths["right"] > half
    return _BREAK if left else "", _BREAK if right else ""


def _width(part: Element, size: float, spacing: float) -> float:
    """Return about how wide a part is, in points; Word alone knows exactly, so a marking counts as the capitals it is."""
    wide = 0.0
    for element in part.iter():
        own = _MARKING if "tlp" in classes(element) else _LETTER * size + spacing
        wide += own * len(element.text or "")
        wide += (_LETTER * size + spacing) * len(element.tail or "") if element is not part else 0
        wide += _DIGITS * size if element.get("data-field") else 0
    return wide


def tab_stops(base: Base, kind: str, *, centre: bool = True) -> Iterable[str]:
    """Yield the stops of a slot, those of the style cleared first: they fit another page."""
    own = {base.text_width // 2: "center"} if centre else {}
    own |= {base.text_width: "right"}
    styled = () if centre or base.foreign else (base.text_width // 2,)  # the stop that our own style has there
    for position in (*styled, *base.clear_tabs.get(kind, ())):
        if position not in own:
            yield f'<w:tab w:val="clear" w:pos="{position}"/>'
    for position, align in own.items():
        yield f'<w:tab w:val="{align}" w:pos="{position}"/>'


def _look(names: frozenset[str], base: Base, slot: str) -> Look:
    """Return the look of a part that is styled as a paragraph is elsewhere: three parts share one paragraph.

    Where an organisation's style says no size, the tokens do: at the size of its text three parts fit no line.
    """
    unsized = base.foreign and base.specs[slot].get("unsized")
    plain = Look(rtl=is_rtl(base.language), size=base.specs[slot]["size"] if unsized else 0)
    key = next((name for name in sorted(names) if name in base.specs and name not in _SIDES), None)
    if key is None or base.foreign:
        return plain
    spec = base.specs[key]
    return plain._replace(
        bold=bool(spec.get("bold")),
        colour=base.colour(spec["colour"]) if spec.get("colour") else "",
        size=spec.get("size", 0),
        spacing=twips(spec.get("spacing", 0)),
    )
