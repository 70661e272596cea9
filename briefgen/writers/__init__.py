"""Writers turn a Document into a finished file. A new format is one module and one row of this table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefgen.findings.diagnostics import BriefgenError
from briefgen.registry import Format

if TYPE_CHECKING:
    from briefgen.model.document import Document, Written

FORMATS: tuple[Format, ...] = (
    Format(
        "pdf",
        "briefgen.writers.pdf:write",
        (".pdf",),
        ("application/pdf",),
        title="PDF",
        words="PDF",
        engine=("briefgen.writers.pdf:available", "briefgen.writers.pdf:doctor"),
        usual=True,
    ),
    Format(
        "docx",
        "briefgen.writers.docx:write",
        (".docx",),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        title="Word",
        words="Word file",
        usual=True,
    ),
    Format("html", "briefgen.writers.html:write", (".html",), ("text/html",), title="HTML", words="HTML"),
)
"""In the order in which they are offered. The name of a format is what `-t` takes, and with a dot its files' ending."""


def names(formats: Sequence[Format] = FORMATS) -> tuple[str, ...]:
    """Return what `-t` and a job's `formats` take."""
    return tuple(row.name for row in formats)


def usual(formats: Sequence[Format] = FORMATS) -> tuple[str, ...]:
    """Return the names of the formats that are written where nobody names one."""
    return tuple(row.name for row in formats if row.usual)


def write(document: Document, fmt: str, formats: Sequence[Format] = FORMATS) -> Written:
    """Return the document in the format `fmt` names; raise BriefgenError that lists the formats where there is none."""
    row = next((row for row in formats if row.name == fmt), None)
    if row is None:
        raise BriefgenError(f"there is no format {fmt!r}", f"known: {', '.join(sorted(names(formats)))}")
    written: Written = row.function()(document)
    return written
