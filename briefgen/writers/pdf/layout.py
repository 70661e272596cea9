"""Document → laid out pages → PDF/UA-1. The layout that was measured is the one that is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from briefgen.diagnostics import Diagnostic
from briefgen.model.document import Document, Metadata, Written
from briefgen.writers.pdf import boxes, engine, fonts, messages

VARIANT = "pdf/ua-1"


@dataclass(frozen=True, slots=True)
class Layout:
    """Laid out pages. `free` is the height in points left on the last page, above its notes and its footer."""

    pages: int
    free: float
    diagnostics: tuple[Diagnostic, ...]
    document: Document = field(repr=False)
    rendering: Any = field(repr=False)

    def blocks(self) -> tuple[boxes.Block, ...]:
        """Return every block element with its page, its place and its height, in reading order."""
        return tuple(boxes.blocks(self.rendering.pages))

    def write(self) -> Written:
        """Return the PDF, with the findings of layout and drawing. Writing twice gives the same bytes."""
        with engine.without_collection(), messages.captured() as records:
            content = self.rendering.write_pdf(pdf_variant=VARIANT)
        found = messages.diagnostics(records, self.document.tree)
        return Written(content, unique((*self.diagnostics, *found)), self.pages)


def layout(document: Document) -> Layout:
    """Return the document's pages, laid out.

    Raises BriefgenError where Pango is not installed or no font of the stack is.
    """
    bridge = engine.load()
    families = fonts.stack(document.tokens)
    found = fonts.find(families)
    conf = fonts.configuration(families, found)
    with engine.without_collection(), messages.captured() as records:
        rendering = bridge.render(document.tree, document.css, conf, document.roots)
    rendering.metadata = _metadata(rendering.metadata, document.metadata)
    said = messages.diagnostics(records, document.tree)
    return Layout(
        len(rendering.pages), boxes.free_height(rendering.pages), unique(said), document=document, rendering=rendering
    )


def write(document: Document) -> Written:
    """Return the document as a PDF/UA-1 file."""
    return layout(document).write()


def _metadata(target: Any, source: Metadata) -> Any:  # noqa: ANN401 - weasyprint.DocumentMetadata
    """Return `target` with what the document says about itself; dates come from the data only, never from a clock."""
    target.title = source.title
    target.authors = list(source.authors)
    target.description = source.description or None
    target.keywords = list(source.keywords)
    target.generator = source.generator
    target.created = target.modified = source.created.isoformat() if source.created else None
    target.lang = source.language
    return target


def unique(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings in their order, each once."""
    return tuple(dict.fromkeys(found))
