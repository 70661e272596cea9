"""An organisation's own Word file → a base: its styles, page, header and footer kept, its text left out, gaps filled.

Whatever made the file (Word, LibreOffice, python-docx, pandoc) is met half-way: a style is found by its name whatever the
case, then by its id; a part that is missing is made. Opened once per process and language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from briefgen.findings.diagnostics import Diagnostic, info, warning
from briefgen.model.document import Document
from briefgen.writers.docx import packaged
from briefgen.writers.docx.base import Base, Story
from briefgen.writers.docx.foreign import repair
from briefgen.writers.docx.foreign.compare import differences
from briefgen.writers.docx.foreign.package import Opened, parse
from briefgen.writers.docx.foreign.sanitise import harmful, left_out, measured
from briefgen.writers.docx.foreign.section import Section, relative
from briefgen.writers.docx.foreign.styles import StyleSheet
from briefgen.writers.docx.names import MAIN, WP, R
from briefgen.writers.docx.package import Member, Relation, Relations, member, rels_name
from briefgen.writers.docx.styles import specs

_KEPT = frozenset({"styles", "settings", "fontTable", "theme", "webSettings", "stylesWithEffects", "endnotes", "customXml"})
_OURS = frozenset({"identifier", "audience", "marking"})


def build(document: Document, large: bool, language: str) -> Base:
    """Return the base of a document that names a reference. Raises Rejected where that is no Word file."""
    if document.reference is None:
        raise ValueError("the document has no reference")
    named = (document.tokens.get("places") or {}).get("reference")
    opened = Opened(document.reference, named)
    try:
        return _Builder(opened, document.tokens, large, language).base()
    except (ValueError, TypeError, LookupError, OverflowError) as fault:  # `w:val="abc"` where a number belongs, no `w:id`
        raise opened.rejected(f"holds a value that Word never writes ({fault})") from fault


class _Builder:
    """Makes one base from one file."""

    def __init__(self, opened: Opened, tokens: Mapping[str, Any], large: bool, language: str) -> None:
        self.opened, self.tokens, self.language = opened, tokens, language
        self.rows = opened.relations(opened.main)
        self.fields: list[str] = []
        self.section = Section(opened, self.rows, packaged.page(tokens, language)[1])
        self.sheet = StyleSheet(self._part("styles"), specs(tokens, large=large), tokens)
        measured(self.sheet.root)
        measured(opened.document)
        self.settings = repair.rooted(parse(self._part("settings") or packaged.settings_part(language).encode()))

    def _name(self, kind: str) -> str | None:
        return next((row.target for row in self.rows if self.opened.kind(row) == kind and not row.external), None)

    def _part(self, kind: str) -> bytes | None:
        name = self._name(kind)
        return self.opened.parts[name] if name else None

    def base(self) -> Base:
        numbering = repair.numbering(self._part("numbering"), self.sheet, self.tokens, self.language)
        ids = self.sheet.complete()
        self.sheet.set_language(self.language)
        repair.in_order(self.sheet.root)
        separators = repair.separators(self._part("footnotes"), self.fields)
        repair.mend_settings(self.settings, separators.ids)
        relations, members, types = self._kept()
        custom, next_custom = self._custom()
        drawings = _drawings(self.section.stories)
        return Base(
            styles=ids,
            specs=self.sheet.looks(),
            tokens=self.tokens,
            language=self.language,
            text_width=self.section.text_width(),
            section="".join(repair.detached(child) for child in self.section.properties),
            references=self.section.references,
            stories=self.section.stories,
            story_types=self.section.kinds_of_pages(self.settings),
            members=tuple(members),
            relations=tuple(relations),
            types=types,
            defaults=self.opened.defaults | packaged.DEFAULTS,
            notes=separators.head,
            first_note=separators.first,
            clear_tabs={"header": self.sheet.tabs("header"), "footer": self.sheet.tabs("furniture")},
            custom=custom,
            first_custom=next_custom,
            first_drawing=1 + max((int(str(e.get("id"))) for e in drawings), default=0),
            foreign=True,
            findings=tuple(self._findings(drawings)),
            **numbering._asdict(),
        )

    def _kept(self) -> tuple[list[Relation], list[Member], dict[str, str]]:
        """Return the relationships, members and types of all that stays as it is, or is remade once."""
        opened, shown = self.opened, {story.part for story in self.section.stories}
        wanted = [row for row in self.rows if opened.kind(row) in _KEPT or row.target in shown]
        rows = [row for row in wanted if not row.external and (row.target in shown or self._clean(row.target))]
        remade = self._remade()
        parts = opened.reachable((row.target for row in rows), lambda row: harmful(row, opened))
        types = {name: kind for name, kind in opened.overrides.items() if name in parts}
        members = [member(name, content) for name, content in sorted(remade.items())]
        for name in sorted(parts - shown - remade.keys()):
            members.append(member(name, opened.parts[name]))
            leads = [relative(row, name) for row in opened.relations(name) if not harmful(row, opened)]
            members += [member(rels_name(name), Relations(leads).xml())] if leads else []
        # What stands in a header belongs to the header's own relationships, which are written with it.
        relations = Relations([relative(row, MAIN) for row in rows])
        for name in remade.keys() - parts:
            kind, types[name] = packaged.PARTS[name]
            relations.add(f"{R}/{kind}", name.removeprefix("word/"))
        return relations.rows, members, types

    def _clean(self, part: str) -> bool:
        """Return whether a part may come along: one that is remade may, its relationships stay behind."""
        remade = part in (self._name("styles"), self._name("settings"), self._name("endnotes"))
        return remade or not any(harmful(row, self.opened) for row in self.opened.relations(part))

    def _remade(self) -> dict[str, str]:
        """Return the parts that are not as they were; without their relationships, which lead to other files."""
        parts = {
            self._name("styles") or "word/styles.xml": repair.text(self.sheet.root),
            self._name("settings") or "word/settings.xml": repair.text(self.settings),
        }
        endnotes = self._name("endnotes")
        if endnotes:
            parts[endnotes] = repair.without_notes(self.opened.parts[endnotes], self.fields)
        return parts

    def _custom(self) -> tuple[str, int]:
        """Return the file's own custom properties, numbered from 2, and the next number."""
        opened = self.opened
        name = next((r.target for r in opened.relations("") if opened.kind(r) == "custom-properties"), None)
        rows = [row for row in parse(opened.parts[name]) if str(row.get("name")).lower() not in _OURS] if name else []
        for number, row in enumerate(rows, 2):
            row.set("pid", str(number))
        return "".join(repair.detached(row) for row in rows), len(rows) + 2

    def _findings(self, drawings: list[etree._Element]) -> Iterator[Diagnostic]:
        name, span = self.opened.path.name, self.opened.place
        said = left_out(self.opened, [*self.section.fields, *self.fields])
        if said:
            yield warning("DOCX-08", f"left out of {name}: {'; '.join(said)}", span, "save it in Word without them")
        unlike = [*differences(self.sheet, self._part("theme"), self.section.properties, self.tokens, self.language)]
        if unlike:
            cure = "name the same fonts, colours and page in brand.yaml, and PDF and Word look alike"
            yield info("DOCX-07", f"Word takes from {name}: {'; '.join(unlike)}", span, cure)
        if self.sheet.made:
            text = f"{name} has no style {', '.join(self.sheet.made)}: made from the design tokens"
            yield info("DOCX-05", text, span, "define it in Word to give it your own look")
        if any(_mute(drawing) for drawing in drawings):
            text = f"a picture in the header or footer of {name} says nothing to who can't see it"
            yield warning("DOCX-06", text, span, "right-click it in Word, Edit Alt Text")


def _drawings(stories: Iterable[Story]) -> list[etree._Element]:
    """Return what stands for a picture, for number and words, in the stories."""
    ends = {"header": "</w:hdr>", "footer": "</w:ftr>"}
    return [e for s in stories for e in parse(f"{s.xml}{ends[s.kind]}".encode()).iter(f"{{{WP}}}docPr")]


def _mute(drawing: etree._Element) -> bool:
    return not drawing.get("descr") and not any(str(e.tag).endswith("}decorative") for e in drawing.iter())
