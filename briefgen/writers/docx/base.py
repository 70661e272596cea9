"""The base: everything about a Word file that does not change from brief to brief, made once per process.

It comes from the design tokens alone (`packaged`) or from an organisation's own Word file (`foreign.reference`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from os import SEEK_END
from pathlib import Path
from typing import Any

from briefgen.findings.diagnostics import BriefgenError, Diagnostic
from briefgen.model.document import Document, classes
from briefgen.writers.docx.package import SIGNATURE, Member, Relation
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


def _ours(path: Path) -> bool:
    """Return whether a reference is as `tools.make_reference` made it: then the brand's tokens go before its styles."""
    with path.open("rb") as file:
        file.seek(-min(len(SIGNATURE), path.stat().st_size), SEEK_END)
        return file.read() == SIGNATURE


_BASES: dict[object, Base] = {}
_LIMIT = 32


def base_for(document: Document) -> Base:
    """Return the base of a document: by its reference, tokens, language and size of type."""
    body = document.tree.find("body")
    large = body is not None and "large" in classes(body)
    language = document.tree.get("lang") or document.metadata.language
    reference = document.reference
    stamp: object = None
    if reference is not None:
        try:
            status = reference.stat()
        except OSError as fault:
            raise BriefgenError(f"can't read {reference}", "make it anew, or put a Word file in its place") from fault
        stamp = (str(reference), status.st_mtime_ns, status.st_size)
    key = (stamp, repr(document.tokens), large, language)
    base = _BASES.get(key)
    if base is None:
        if len(_BASES) >= _LIMIT:
            _BASES.clear()
        base = _BASES[key] = _builder(document)(document, large, language)
    return base


def _builder(document: Document) -> Callable[[Document, bool, str], Base]:
    # Imported late: lxml and zipfile cost three times what a brief takes, and only a foreign file needs them.
    if document.reference is None or _ours(document.reference):
        from briefgen.writers.docx.packaged import build

        return build
    from briefgen.writers.docx.foreign.reference import build as complete

    return complete
