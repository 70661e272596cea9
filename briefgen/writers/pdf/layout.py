"""Document → laid out pages → PDF/UA-1. The layout that was measured is the one that is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from xml.etree.ElementTree import Element

from briefgen.findings.diagnostics import Diagnostic, Rejected, error
from briefgen.findings.overheard import overheard
from briefgen.model.document import Document, Metadata, Written
from briefgen.writers.pdf import engine, faults, fonts, layout_tree, messages
from briefgen.writers.pdf.adjacent import with_adjacent_notes
from briefgen.writers.pdf.footnotes import strays, with_breaks

VARIANT = "pdf/ua-1"
MENDINGS = 3
"""How often a document is laid out again at most, because a note came to stand a page after its mark."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Laid out pages. `free` is the height in points left on the last page, above its notes and its footer."""

    pages: int
    free: float
    diagnostics: tuple[Diagnostic, ...]
    _tree: Element = field(repr=False)
    _fonts: fonts.Fonts = field(repr=False)
    _rendering: Any = field(repr=False)

    def blocks(self) -> tuple[layout_tree.Block, ...]:
        """Return every block element with its page, its place and its height, in reading order."""
        return tuple(layout_tree.blocks(self._rendering.pages))

    def heights(self) -> dict[str, float]:
        """Return the height of each section in points, by its id; that of one that breaks is the sum over its pages."""
        found: dict[str, float] = {}
        for block in self.blocks():
            if block.tag == "section" and block.id:
                found[block.id] = found.get(block.id, 0.0) + block.height
        return found

    def last(self) -> set[str]:
        """Return the ids of the sections that begin on the last page."""
        pages = {block.id: block.page for block in reversed(self.blocks()) if block.tag == "section" and block.id}
        return {name for name, page in pages.items() if page == self.pages}

    def faults(self) -> tuple[faults.PageFault, ...]:
        """Return what is wrong on the pages: text beyond its page or cell, headings that end a page, pages of nothing."""
        return tuple(faults.faults(self._rendering.pages))

    def write(self) -> Written:
        """Return the PDF, with the findings of layout and of drawing. Writing twice gives the same bytes."""
        with engine.alone(), _within_measure(), overheard() as said:
            content = self._rendering.write_pdf(pdf_variant=VARIANT)
        drawn = messages.of_document(said, self._tree, self._fonts)
        return Written(content, _unique((*self.diagnostics, *drawn)), self.pages)

    def __del__(self) -> None:
        """Free the pages at once, or once the thread is done that lays out now."""
        if engine is None or engine.leave is None:  # at the end of the interpreter, modules are emptied
            return
        rendering = self._rendering
        object.__setattr__(self, "_rendering", None)  # so that its last holder is `leave`
        engine.leave(rendering)


@contextmanager
def _within_measure() -> Iterator[None]:
    """Raise Rejected where the engine's numbers, its memory or its stack give out, or it breaks down by itself.

    No page has such sizes, and no style such selectors. What breaks down in our own code stays as it is.
    """
    try:
        yield
    except Exception as fault:
        if not isinstance(fault, (ArithmeticError, RecursionError, MemoryError)) and not engine.own(fault):
            raise
        cure = "look in style.css and tokens.yaml for sizes beyond any page, and for selectors or brackets without an end"
        why = str(fault) or "it has not memory enough"
        raise Rejected([error("PDF-07", f"the PDF engine can't lay this out: {why}", None, cure)]) from fault


def layout(document: Document) -> Layout:
    """Return the document's pages, laid out.

    Raises BriefgenError where Pango is not installed, or no font of the stack is.
    """
    with engine.alone(), _within_measure():
        return _laid_out(engine.load(), document)


def _laid_out(adapter: ModuleType, document: Document) -> Layout:
    own = fonts.prepare(document.tokens)
    tree = with_adjacent_notes(document.tree)
    for left in range(MENDINGS, -1, -1):
        with overheard() as said:
            rendering, of_style = adapter.render(tree, document.css, own.conf, document.roots)
        stray = strays(rendering.pages) if left else []
        if not stray:
            break
        layout_tree.untie(rendering)
        tree = with_breaks(tree, stray)
    _describe(rendering.metadata, document.metadata)
    found = (*own.absent, *messages.of_style(of_style), *messages.of_document(said, tree, own))
    return Layout(len(rendering.pages), layout_tree.free_height(rendering.pages), _unique(found), tree, own, rendering)


def complaints(css: str, tokens: Mapping[str, Any]) -> list[str]:
    """Return what the engine says of a style sheet that it reads, each with the line and column that it names."""
    with engine.alone():
        _, said = engine.load().stylesheet(css, fonts.prepare(tokens).conf)
    return [record.getMessage() for record in said]


def write(document: Document) -> Written:
    """Return the document as a PDF/UA-1 file."""
    return layout(document).write()


def _describe(target: Any, source: Metadata) -> None:  # noqa: ANN401 - weasyprint's DocumentMetadata
    """Say what the document says about itself; dates come from the data only, never from a clock."""
    target.title = source.title
    target.authors = list(source.authors)
    target.description = source.description or None
    target.keywords = list(source.keywords)
    target.generator = source.generator
    target.created = target.modified = source.created.isoformat() if source.created else None
    target.lang = source.language


def _unique(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(found))
