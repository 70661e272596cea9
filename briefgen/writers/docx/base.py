"""The base: everything about a Word file that does not change from brief to brief. `bases` has it made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from briefgen.findings.diagnostics import Diagnostic
from briefgen.writers.docx.package import Member, Relation
from briefgen.writers.docx.styles import colour


@dataclass(frozen=True, slots=True)
class Story:
    """A header or footer that the reference brings along: its part, its XML up to the end tag, its relationships."""

    part: str
    kind: str  # header or footer
    xml: str
    relations: tuple[Relation, ...] = ()
    pages: tuple[str, ...] = ("default",)  # or first, or even


@dataclass(frozen=True, slots=True)
class Base:
    """A reference made ready: `styles` gives style ids by key; lengths are in twips, colours six hexadecimal digits."""

    styles: Mapping[str, str]
    specs: Mapping[str, Mapping[str, Any]]
    tokens: Mapping[str, Any]
    language: str
    text_width: int
    section: str  # the children of w:sectPr after its header and footer references
    references: str = ""  # the references that the file has already
    stories: tuple[Story, ...] = ()
    story_types: tuple[str, ...] = ("default",)  # every kind of page that needs a header and a footer
    members: tuple[Member, ...] = ()
    relations: tuple[Relation, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    notes: str = ""  # the footnotes part up to its first own note
    first_note: int = 1
    numbering: str = ""  # the numbering part up to its first own w:num
    first_num: int = 1
    bullets: int = 0  # the w:abstractNum behind our lists
    numbers: int = 1
    bullet_num: int = 0  # the w:num that every bulleted list uses
    clear_tabs: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # by header and footer
    custom: str = ""  # custom properties of the reference, as XML
    first_custom: int = 2
    first_drawing: int = 1
    findings: tuple[Diagnostic, ...] = ()
    foreign: bool = False  # made from an organisation's file: its look goes before the tokens'

    def bold(self, key: str) -> bool:
        """Return whether the style is bold by the tokens."""
        return bool(self.specs.get(key, {}).get("bold"))

    def colour(self, name: str) -> str:
        """Return a colour of the tokens; empty, for the style's own, where the look is an organisation's."""
        return "" if self.foreign else colour(self.tokens, name)
