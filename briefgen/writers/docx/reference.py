"""An organisation's own Word file → a kit: its styles, page, header and footer kept, its text left out, gaps filled.

Whatever made the file (Word, LibreOffice, python-docx, pandoc) is met half-way: a style is found by its name whatever the
case, then by its id; a part that is missing is made. Opened once per process and language.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from lxml import etree

from briefgen.diagnostics import Diagnostic, Span, info
from briefgen.model.document import Document
from briefgen.writers.docx import lists, notes, packaged
from briefgen.writers.docx.kit import Kit, Story
from briefgen.writers.docx.names import DECLARATION, MAIN, STORY_NAMESPACES, WP, R, W
from briefgen.writers.docx.opened import Opened, parse
from briefgen.writers.docx.package import Member, Relation, Relations, member, rels_name
from briefgen.writers.docx.resolve import StyleSheet
from briefgen.writers.docx.styles import specs

Element = etree._Element
_Q = f"{{{W}}}"
_RID = f"{{{R}}}id"
_KEPT = frozenset({"styles", "settings", "fontTable", "theme", "webSettings", "stylesWithEffects", "endnotes", "customXml"})
_REMADE = {"word/styles.xml": "styles", "word/settings.xml": "settings"}
# CT_SectPr (ECMA-376, 17.6.17): w:pgSz stands behind these.
_BEFORE_PAPER = frozenset(f"{_Q}{name}" for name in ("headerReference", "footerReference", "footnotePr", "endnotePr", "type"))
# CT_Settings (ECMA-376, 17.15.1.78): w:footnotePr stands before the first of these.
_AFTER_NOTES = frozenset(
    f"{_Q}{name}"
    for name in (
        *("endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping", "captions"),
        *("doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "readModeInkLockDown"),
        *("smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
    )
)


def build(document: Document, large: bool, language: str) -> Kit:
    """Return the kit of a document that names a reference. Raises Rejected where that is no Word file."""
    if document.reference is None:
        raise ValueError("the document has no reference")
    return _Builder(Opened(document.reference), document.tokens, large, language).kit()


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


class _Builder:
    """Makes one kit, step by step."""

    def __init__(self, opened: Opened, tokens: Any, large: bool, language: str) -> None:  # noqa: ANN401 - YAML
        self.opened, self.tokens, self.language = opened, tokens, language
        self.rows = opened.relations(opened.main)
        self.looks = specs(tokens, large=large)
        self.settings = rooted(parse(self._part("settings") or packaged.settings_part(language).encode()))

    def _name(self, kind: str) -> str | None:
        return next((row.target for row in self.rows if self.opened.kind(row) == kind), None)

    def _part(self, kind: str) -> bytes | None:
        name = self._name(kind)
        return self.opened.parts[name] if name else None

    def kit(self) -> Kit:
        section = self._section()
        stories, references = self._stories(section)
        sheet = StyleSheet(self._part("styles"), self.looks, self.tokens)
        numbering = self._numbering(sheet)
        ids = sheet.complete()
        sheet.set_language(self.language)
        head, first_note = self._notes()
        self._mend_settings(first_note[1])
        relations, members, types = self._kept(sheet, stories)
        custom, count = self._custom()
        return Kit(
            styles=ids,
            specs=sheet.looks(),
            tokens=self.tokens,
            language=self.language,
            text_width=_text_width(section),
            section="".join(_detached(child) for child in section),
            references=references,
            stories=tuple(stories),
            story_types=self._story_types(section),
            members=tuple(members),
            relations=tuple(relations),
            types=types,
            defaults=self.opened.defaults | packaged.DEFAULTS,
            notes=head,
            first_note=first_note[0],
            clear_tabs={kind: sheet.tabs(key) for kind, key in (("header", "header"), ("footer", "furniture"))},
            custom=custom,
            first_custom=count,
            first_drawing=_first_drawing(stories),
            findings=self._findings(sheet.made),
            **numbering,
        )

    def _section(self) -> Element:
        """Return the properties of the last section, with paper and margins where the file says none."""
        body = self.opened.document.find(f"{_Q}body")
        found = body.findall(f".//{_Q}sectPr") if body is not None else []
        section = deepcopy(found[-1]) if found else etree.Element(f"{_Q}sectPr", nsmap={"w": W, "r": R})
        for name in ("printerSettings", "sectPrChange"):
            for child in section.findall(f"{_Q}{name}"):
                section.remove(child)
        paper, edges, *_ = _fragments(packaged.page(self.tokens, self.language)[1])
        size = section.find(f"{_Q}pgSz")
        if size is None:
            size = paper
            section.insert(sum(child.tag in _BEFORE_PAPER for child in section), size)
        if section.find(f"{_Q}pgMar") is None:
            size.addnext(edges)
        return section

    def _story_types(self, section: Element) -> tuple[str, ...]:
        """Return the pages that have headers of their own: a marking must stand on all of them."""
        first = section.find(f"{_Q}titlePg") is not None
        even = self.settings.find(f"{_Q}evenAndOddHeaders") is not None
        return ("default", *(["first"] if first else []), *(["even"] if even else []))

    def _stories(self, section: Element) -> tuple[list[Story], str]:
        """Take the header and footer references off the section; return what they lead to, and themselves."""
        by_id = {row.id: row for row in self.rows}
        stories, references = [], ""
        for child in list(section):
            if child.tag not in (f"{_Q}headerReference", f"{_Q}footerReference"):
                continue
            section.remove(child)
            row = by_id.get(str(child.get(_RID)))
            if row is None:
                continue
            root = rooted(parse(self.opened.parts[row.target]))
            kind = "header" if child.tag == f"{_Q}headerReference" else "footer"
            rows = tuple(_relative(each, row.target) for each in self.opened.relations(row.target))
            page = str(child.get(f"{_Q}type") or "default")
            stories.append(Story(row.target, kind, open_end(root), rows, page))
            references += f'<w:{kind}Reference w:type="{page}" r:id="{row.id}"/>'
        return stories, references

    def _numbering(self, sheet: StyleSheet) -> dict[str, Any]:
        """Return what the kit knows of lists; the file's own bullets and numbers where its list styles have them."""
        content = self._part("numbering")
        root = rooted(parse(content)) if content else etree.Element(f"{_Q}numbering", nsmap={"w": W, "r": R})
        for child in root.findall(f"{_Q}numIdMacAtCleanup"):
            root.remove(child)
        abstracts, nums = root.findall(f"{_Q}abstractNum"), root.findall(f"{_Q}num")
        free = 1 + max((int(str(a.get(f"{_Q}abstractNumId"))) for a in abstracts), default=-1)
        next_num = 1 + max((int(str(n.get(f"{_Q}numId"))) for n in nums), default=0)
        place = root.index(abstracts[-1]) + 1 if abstracts else len(root.findall(f"{_Q}numPicBullet"))
        used = {}
        for offset, (key, ordered) in enumerate((("list", False), ("list_number", True))):
            own = _own_numbering(sheet.number(key), abstracts, nums)
            abstract = free + offset
            xml = lists.abstract_xml(abstract, ordered=ordered, specs=self.looks, tokens=self.tokens)
            root[place + offset : place + offset] = _fragments(xml)
            num = next_num + offset
            root.extend(_fragments(lists.num_xml(num, own[1] if own else abstract)))
            used[key] = (own[0] if own else num, own[1] if own else abstract)
            sheet.specs[key]["number"] = num
        return {
            "numbering": open_end(root),
            "first_num": next_num + 2,
            "bullets": used["list"][1],
            "bullet_num": used["list"][0],
            "numbers": used["list_number"][1],
        }

    def _notes(self) -> tuple[str, tuple[int, tuple[int, ...]]]:
        """Return the notes part up to our first note, the id of that, and the ids of its separators."""
        content = self._part("footnotes")
        kept = [n for n in parse(content) if n.get(f"{_Q}type") not in (None, "normal")] if content else []
        if len(kept) < 2:
            return notes.HEAD, (1, (notes.SEPARATOR, notes.CONTINUATION))
        ids = tuple(int(str(note.get(f"{_Q}id"))) for note in kept)
        head = f"{DECLARATION}<w:footnotes {STORY_NAMESPACES}>{''.join(_detached(note) for note in kept)}"
        return head, (max(*ids, 0) + 1, ids)

    def _mend_settings(self, separators: Iterable[int]) -> None:
        """Name the separators, and drop what leads to another file."""
        for name in ("footnotePr", "attachedTemplate", "mailMerge"):
            for child in self.settings.findall(f"{_Q}{name}"):
                self.settings.remove(child)
        rows = "".join(f'<w:footnote w:id="{number}"/>' for number in separators)
        before = next((n for n, child in enumerate(self.settings) if _late(child)), len(self.settings))
        self.settings[before:before] = _fragments(f"<w:footnotePr>{rows}</w:footnotePr>")
        self._modernise()

    def _modernise(self) -> None:
        """Set compatibility mode 15: what we write is new, and older modes set tables off to the left."""
        compat = self.settings.find(f"{_Q}compat")
        if compat is None:
            [compat] = _fragments("<w:compat/>")
            notes_at = max(n for n, child in enumerate(self.settings) if str(child.tag).endswith("notePr"))
            self.settings.insert(notes_at + 1, compat)
        for child in compat.findall(f"{_Q}compatSetting"):
            if child.get(f"{_Q}name") == "compatibilityMode":
                compat.remove(child)
        compat.extend(_fragments(f"<w:compatSetting {packaged.MODERN}/>"))

    def _kept(self, sheet: StyleSheet, stories: list[Story]) -> tuple[list[Relation], list[Member], dict[str, str]]:
        """Return the relationships, members and types of all that stays as it is, or is remade once."""
        opened, shown = self.opened, {story.part for story in stories}
        wanted = [row for row in self.rows if opened.kind(row) in _KEPT or row.target in shown]
        rows = [row for row in wanted if not row.external]
        remade = {"styles": text(sheet.root), "settings": text(self.settings)}
        names = {self._name(kind) or f"word/{kind}.xml": content for kind, content in remade.items()}
        endnotes = self._name("endnotes")
        if endnotes:
            names[endnotes] = _separators_only(opened.parts[endnotes])
        parts = opened.reachable(row.target for row in rows)
        types = {name: kind for name, kind in opened.overrides.items() if name in parts}
        members = [member(name, names.get(name, opened.parts.get(name, b""))) for name in sorted(parts - shown | set(names))]
        for name in sorted(parts - shown - set(names)):
            kept = [_relative(row, name) for row in opened.relations(name)]
            members += [member(rels_name(name), Relations(kept).xml())] if kept else []
        relations = Relations([_relative(row, MAIN) for row in rows])
        for name, kind in _REMADE.items():
            if self._name(kind) is None:
                types[name] = packaged.PARTS[name][1]
                relations.add(f"{R}/{kind}", name.removeprefix("word/"))
        return relations.rows, members, types

    def _custom(self) -> tuple[str, int]:
        """Return the file's own custom properties, numbered from 2, and the next number."""
        name = next((r.target for r in self.opened.relations("") if self.opened.kind(r) == "custom-properties"), None)
        rows = parse(self.opened.parts[name]) if name else []
        mine = {"identifier", "audience", "marking"}
        kept = [row for row in rows if str(row.get("name")).lower() not in mine]
        for number, row in enumerate(kept, 2):
            row.set("pid", str(number))
        return "".join(_detached(row) for row in kept), len(kept) + 2

    def _findings(self, made: list[str]) -> tuple[Diagnostic, ...]:
        if not made:
            return ()
        path = self.opened.path
        text = f"{path.name} has no style {', '.join(made)}: made from the design tokens"
        return (info("DOCX-05", text, Span(str(path)), "define it in Word to give it your own look"),)


def _relative(row: Relation, part: str) -> Relation:
    """Return a relationship whose target is written from the folder of `part`."""
    if row.external:
        return row
    folder = part.rpartition("/")[0] + "/"
    target = row.target.removeprefix(folder) if row.target.startswith(folder) else f"/{row.target}"
    return row._replace(target=target)


def _detached(element: Element) -> str:
    """Return an element as text that stands on its own."""
    copy = deepcopy(element)
    copy.tail = None
    etree.cleanup_namespaces(copy)
    return etree.tostring(copy, encoding="unicode")


def _fragments(xml: str) -> list[Element]:
    return list(parse(f'<w:x xmlns:w="{W}" xmlns:r="{R}">{xml}</w:x>'.encode()))


def _late(child: Element) -> bool:
    return child.tag in _AFTER_NOTES or not str(child.tag).startswith(_Q)


def _separators_only(content: bytes) -> str:
    root = rooted(parse(content))
    for note in list(root):
        if note.get(f"{_Q}type") in (None, "normal"):
            root.remove(note)
    return text(root)


def _text_width(section: Element) -> int:
    def number(name: str, attribute: str, otherwise: int = 0) -> int:
        element = section.find(f"{_Q}{name}")
        value = element.get(f"{_Q}{attribute}") if element is not None else None
        return round(float(value)) if value else otherwise

    inner = number("pgSz", "w", 11906) - number("pgMar", "left") - number("pgMar", "right") - number("pgMar", "gutter")
    columns = max(number("cols", "num", 1), 1)
    return (inner - (columns - 1) * number("cols", "space", 720)) // columns


def _own_numbering(number: int | None, abstracts: list[Element], nums: list[Element]) -> tuple[int, int] | None:
    """Return the number and the definition behind a list style, where that definition has levels enough to nest."""
    num = next((n for n in nums if number is not None and n.get(f"{_Q}numId") == str(number)), None)
    link = num.find(f"{_Q}abstractNumId") if num is not None else None
    if number is None or link is None:
        return None
    wanted = str(link.get(f"{_Q}val"))
    for abstract in abstracts:
        if abstract.get(f"{_Q}abstractNumId") == wanted and len(abstract.findall(f"{_Q}lvl")) >= 3:
            return number, int(wanted)
    return None


def _first_drawing(stories: Iterable[Story]) -> int:
    found = [
        int(str(e.get("id")))
        for story in stories
        for e in parse(f"{story.xml}</w:{'hdr' if story.kind == 'header' else 'ftr'}>".encode()).iter(f"{{{WP}}}docPr")
    ]
    return max(found, default=0) + 1
