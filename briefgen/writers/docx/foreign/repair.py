"""The parts of somebody else's Word file that we go on writing in: lists, notes, settings, headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from lxml import etree

from briefgen.writers.docx import lists, notes, packaged
from briefgen.writers.docx.foreign.fields import only_known
from briefgen.writers.docx.foreign.package import parse
from briefgen.writers.docx.foreign.styles import StyleSheet
from briefgen.writers.docx.names import DECLARATION, STORY_NAMESPACES, R, W

Element = etree._Element
_Q = f"{{{W}}}"
# CT_Settings (ECMA-376, 17.15.1.78): w:footnotePr stands before the first of these.
_AFTER_NOTES = frozenset(
    f"{_Q}{name}"
    for name in (
        *("endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping", "captions"),
        *("doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "readModeInkLockDown"),
        *("smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
    )
)
_LEADS_ELSEWHERE = ("attachedTemplate", "mailMerge")
# CT_RPr (ECMA-376, 17.3.2.28), as far as programs are known to write it in another order.
_RUN_ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss"),
    *("imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs"),
    *("highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout"),
    *("specVanish", "oMath"),
)
_RUN_PLACE = {f"{_Q}{name}": place for place, name in enumerate(_RUN_ORDER)}


class Lists(NamedTuple):
    """The numbering part up to its end tag, and what its numbers mean; the fields are those of the base."""

    numbering: str
    first_num: int
    bullets: int
    bullet_num: int
    numbers: int


class Separators(NamedTuple):
    """The notes part up to our first note, the id of that, and the ids of the separators."""

    head: str
    first: int
    ids: tuple[int, ...]


def rooted(root: Element) -> Element:
    """Return the root of a part with the prefixes that our own XML uses, whatever the file calls them."""
    nsmap: Any = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    nsmap |= {"w": W, "r": R}
    new = etree.Element(root.tag, {str(name): str(value) for name, value in root.attrib.items()}, nsmap=nsmap)
    new.extend(root)
    return new


def text(root: Element) -> str:
    """Return a part as text with its declaration."""
    return DECLARATION + etree.tostring(root, encoding="unicode")


def open_end(root: Element) -> str:
    """Return a part up to its end tag, for more to follow."""
    root.append(etree.Element(f"{_Q}end"))
    return text(root).rpartition("<w:end")[0]


def detached(element: Element) -> str:
    """Return an element as text that stands on its own."""
    copy = deepcopy(element)
    copy.tail = None
    etree.cleanup_namespaces(copy)
    return etree.tostring(copy, encoding="unicode")


def fragments(xml: str) -> list[Element]:
    """Return the elements that a piece of XML holds."""
    return list(parse(f'<w:x xmlns:w="{W}" xmlns:r="{R}">{xml}</w:x>'.encode()))


def in_order(root: Element) -> None:
    """Put the properties of every run into the order of the schema, each once: LibreOffice writes `w:i` before `w:b`."""
    for properties in root.iter(f"{_Q}rPr"):
        children = {child.tag: child for child in properties}
        if [*children] != sorted(children, key=lambda tag: _RUN_PLACE.get(str(tag), 99)) or len(children) < len(properties):
            properties[:] = sorted(children.values(), key=lambda child: _RUN_PLACE.get(str(child.tag), 99))


# --- lists -----------------------------------------------------------------------------------------------------------


def numbering(content: bytes | None, sheet: StyleSheet, tokens: Mapping[str, Any], language: str) -> Lists:
    """Return the lists: the file's own bullets and numbers where its list styles have them, else ours beside them."""
    root = rooted(parse(content)) if content else etree.Element(f"{_Q}numbering", nsmap={"w": W, "r": R})
    in_order(root)
    for child in root.findall(f"{_Q}numIdMacAtCleanup"):
        root.remove(child)
    abstracts, nums = root.findall(f"{_Q}abstractNum"), root.findall(f"{_Q}num")
    free = 1 + max((_id(each, "abstractNumId") for each in abstracts), default=-1)
    first = 1 + max((_id(each, "numId") for each in nums), default=0)
    place = root.index(abstracts[-1]) + 1 if abstracts else len(root.findall(f"{_Q}numPicBullet"))
    used = []
    for offset, key in enumerate(("list", "list_number")):
        xml = lists.abstract_xml(free + offset, language, ordered=offset == 1, specs=sheet.specs, tokens=tokens)
        root[place + offset : place + offset] = fragments(xml)
        own = _own_list(sheet.number(key), abstracts, nums)
        root.extend(fragments(lists.num_xml(first + offset, own[1] if own else free + offset)))
        used.append(own or (first + offset, free + offset))
        sheet.specs[key]["number"] = first + offset
    (bullet_num, bullets), (_, numbers) = used
    return Lists(open_end(root), first + 2, bullets, bullet_num, numbers)


def _id(element: Element, name: str) -> int:
    return int(str(element.get(f"{_Q}{name}")))


def _own_list(number: int | None, abstracts: list[Element], nums: list[Element]) -> tuple[int, int] | None:
    """Return the number and the definition behind a list style, where that definition has levels enough to nest."""
    num = next((each for each in nums if number is not None and _id(each, "numId") == number), None)
    link = num.find(f"{_Q}abstractNumId") if num is not None else None
    if number is None or link is None:
        return None
    wanted = _id(link, "val")
    deep = [a for a in abstracts if _id(a, "abstractNumId") == wanted and len(a.findall(f"{_Q}lvl")) >= 3]
    return (number, wanted) if deep else None


# --- notes -----------------------------------------------------------------------------------------------------------


def separators(content: bytes | None, gone: list[str]) -> Separators:
    """Return what the notes of the file leave behind: their separators, or ours where it has none; `gone` takes lost fields."""
    kept = [note for note in parse(content) if not _is_note(note)] if content else []
    for note in kept:
        gone += only_known(note)
    if len(kept) < 2:
        return Separators(notes.HEAD, 1, (notes.SEPARATOR, notes.CONTINUATION))
    ids = tuple(_id(note, "id") for note in kept)
    head = f"{DECLARATION}<w:footnotes {STORY_NAMESPACES}>{''.join(detached(note) for note in kept)}"
    return Separators(head, max(*ids, 0) + 1, ids)


def without_notes(content: bytes, gone: list[str]) -> str:
    """Return a part of endnotes with its separators only; `gone` takes the names of fields that went."""
    root = rooted(parse(content))
    gone += only_known(root)
    for note in list(root):
        if _is_note(note):
            root.remove(note)
    return text(root)


def _is_note(note: Element) -> bool:
    return note.get(f"{_Q}type") in (None, "normal")


# --- settings --------------------------------------------------------------------------------------------------------


def mend_settings(settings: Element, ids: Iterable[int]) -> None:
    """Name the separators of notes, drop what leads to another file, and set compatibility mode 15.

    What we write is new: in an older mode Word would set tables off to the left, and say so in the title bar.
    """
    for name in ("footnotePr", *_LEADS_ELSEWHERE):
        for child in settings.findall(f"{_Q}{name}"):
            settings.remove(child)
    rows = "".join(f'<w:footnote w:id="{number}"/>' for number in ids)
    place = next((n for n, child in enumerate(settings) if _late(child)), len(settings))
    settings[place:place] = fragments(f"<w:footnotePr>{rows}</w:footnotePr>")
    compat = settings.find(f"{_Q}compat")
    if compat is None:
        [compat] = fragments("<w:compat/>")
        after = settings.find(f"{_Q}endnotePr")
        settings.insert(place + 1 if after is None else settings.index(after) + 1, compat)
    for child in compat.findall(f"{_Q}compatSetting"):
        if child.get(f"{_Q}name") == "compatibilityMode":
            compat.remove(child)
    compat.extend(fragments(f"<w:compatSetting {packaged.MODERN}/>"))


def _late(child: Element) -> bool:
    return child.tag in _AFTER_NOTES or not str(child.tag).startswith(_Q)
