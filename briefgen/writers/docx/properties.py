"""What the file says about itself: Word's core, extended and custom properties."""

from __future__ import annotations

from briefgen.model.document import Metadata
from briefgen.writers.docx.languages import word_tag
from briefgen.writers.docx.names import DECLARATION, OFFICE, PACKAGE, escape

CORE, APP, CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
TYPES = {
    CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    APP: f"{OFFICE}extended-properties+xml",
    CUSTOM: f"{OFFICE}custom-properties+xml",
}
_NAMESPACES = (
    f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_BASE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # user-defined properties ([MS-OLEPS] 2.1)


def core(metadata: Metadata, language: str) -> str:
    """Return `core.xml`. The only date is the brief's own; without one there is none, for the clock must not get in."""
    day = f"{metadata.created.isoformat()}T00:00:00Z" if metadata.created else ""
    authors = "; ".join(metadata.authors)
    rows = (
        ("dc:title", metadata.title),
        ("dc:subject", metadata.description),
        ("dc:creator", authors),
        ("cp:keywords", ", ".join(metadata.keywords)),
        ("cp:lastModifiedBy", authors or metadata.generator.partition(" ")[0]),
        ("cp:revision", "1"),
        ("dc:identifier", metadata.identifier),
        ("dc:language", word_tag(language)),
    )
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in rows if value)
    if day:
        inner += "".join(f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>' for name in ("created", "modified"))
    return f"{DECLARATION}<cp:coreProperties {_NAMESPACES}>{inner}</cp:coreProperties>"


def app(metadata: Metadata, company: str) -> str:
    """Return `app.xml`: which program made the file, and for whom."""
    name = metadata.generator.partition(" ")[0]
    inner = f"<Application>{escape(name)}</Application>"
    if company:
        inner += f"<Company>{escape(company)}</Company>"
    return f'{DECLARATION}<Properties xmlns="{_BASE}/extended-properties">{inner}</Properties>'


def custom(metadata: Metadata, given: str = "", first: int = 2) -> str:
    """Return `custom.xml`: identifier, audience and marking, after the properties `given` by the reference."""
    rows = (("Identifier", metadata.identifier), ("Audience", metadata.audience), ("Marking", metadata.marking))
    inner = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(((n, v) for n, v in rows if v), first)
    )
    spaces = f'xmlns="{_BASE}/custom-properties" xmlns:vt="{_BASE}/docPropsVTypes"'
    return f"{DECLARATION}<Properties {spaces}>{given}{inner}</Properties>"
