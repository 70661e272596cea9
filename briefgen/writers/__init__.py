"""Writers turn a Document into a finished file. A new format is one module and one line of this table."""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.model.document import Document, Written
from briefgen.registry import lookup

WRITERS: Mapping[str, str] = {
    "pdf": "briefgen.writers.pdf:write",
    "docx": "briefgen.writers.docx:write",
    "html": "briefgen.writers.html:write",
}


def write(document: Document, fmt: str) -> Written:
    """Return the document in the format `fmt` names; raise BriefgenError that lists the formats where there is none."""
    written: Written = lookup(WRITERS, fmt, "format")(document)
    return written
