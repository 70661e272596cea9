"""What must not come along from somebody else's Word file: macros, objects that act, links that fetch from elsewhere.

A link that a reader has to click (a web or mail address in a letterhead) stays: nothing is fetched before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from briefgen.writers.docx.foreign.package import Opened
from briefgen.writers.docx.names import R, W
from briefgen.writers.docx.package import RELS_NAME, Relation, rels_name

_Q, _R = f"{{{W}}}", f"{{{R}}}"
_VML = "{urn:schemas-microsoft-com:vml}"
_CLICKED = ("http://", "https://", "mailto:")
_MEASURES = {
    **dict.fromkeys(("sz", "szCs", "kern", "position"), ("val",)),
    "spacing": ("val", "before", "after", "line"),
    "ind": ("left", "right", "start", "end", "firstLine", "hanging"),
    "pgSz": ("w", "h"),
    "pgMar": ("top", "right", "bottom", "left", "header", "footer", "gutter"),
    "tab": ("pos",),
}
_MEASURE = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?(?:mm|cm|in|pt|pc|pi)?")  # ST_SignedTwipsMeasure, ST_HpsMeasure; LibreOffice: 12.5
_ACTIVE = frozenset({"oleObject", "package", "control", "vbaProject", "wordVbaData", "attachedToolbars", "activeXControlBinary"})
_HOLDERS = frozenset(f"{_Q}{name}" for name in ("drawing", "pict", "object", "control", "subDoc", "altChunk"))


def harmful(row: Relation, opened: Opened) -> bool:
    """Return whether a relationship leads out of the file without a click, or to something that acts."""
    kind = opened.kind(row)
    if row.external:
        return kind != "hyperlink" or not row.target.lower().startswith(_CLICKED)
    return kind in _ACTIVE


def without(root: etree._Element, rows: list[Relation]) -> None:
    """Take out of a part what hangs on some relationships: a picture or object whole, of anything else the reference alone."""
    gone = {row.id for row in rows}
    for element in list(root.iter()):
        hanging = [name for name, value in element.attrib.items() if str(name).startswith(_R) and value in gone]
        for name in hanging:
            del element.attrib[name]
        holder = next((e for e in (element, *element.iterancestors()) if e.tag in _HOLDERS), None) if hanging else None
        above = holder.getparent() if holder is not None else None
        if holder is not None and above is not None:
            above.remove(holder)


def without_addresses(root: etree._Element) -> None:
    """Take out of a part what names a picture by its address, without a relationship, as VML can (ECMA-376 Part 4, 19.1.2)."""
    for element in root.iter(f"{_VML}*"):
        for name in [name for name in element.attrib if str(name).rpartition("}")[2] in ("src", "href", "althref")]:
            del element.attrib[name]


def measured(root: etree._Element) -> None:
    """Raise ValueError for a measure that is none, in any style or paragraph of a part: Word would open no file that has it."""
    for name, attributes in _MEASURES.items():
        for element in root.iter(f"{_Q}{name}"):
            for attribute in attributes:
                value = element.get(f"{_Q}{attribute}")
                if value is not None and not _MEASURE.fullmatch(value):
                    raise ValueError(f"{attribute} of {name} is {value[:20]!r}")


def left_out(opened: Opened, fields: Sequence[str] = ()) -> list[str]:
    """Return in words what the file holds and no brief gets; `fields` are those of its headers that went."""
    parts = ["", *(name for name in opened.parts if name != RELS_NAME and rels_name(name) in opened.parts)]
    rows = [row for part in parts for row in opened.relations(part)]
    said = ["its macros"] if any("vbaproject" in name.lower() for name in opened.parts) else []
    if any(not row.external and opened.kind(row) in _ACTIVE - {"vbaProject", "wordVbaData"} for row in rows):
        said.append("its embedded objects")
    if fields:
        said.append(f"the fields {', '.join(dict.fromkeys(fields))} of its header and footer")
    led = [row.target for row in rows if row.external and harmful(row, opened)]
    if led:
        more = f" and {len(led) - 3} more" if len(led) > 3 else ""
        said.append(f"what it would fetch from {', '.join(dict.fromkeys(led[:3]))}{more}")
    return said
