"""A Word file → Article: paragraphs, tables, text boxes and notes, each once; all changes accepted, without hidden text."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from briefgen.files import zip_fault
from briefgen.model.article import Article, Role
from briefgen.readers.assembled import article, refused, titled
from briefgen.readers.blocks import Block, Head
from briefgen.readers.docx_text import Body

_CURE = "save it in Word as a Word document (.docx), without a password"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def read(path: Path, content: bytes) -> Article:
    """Return the article in a Word file; raises Rejected for what is none, and for what unpacks to far more than it is."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused("ART-05", path, "the Word file is old (.doc) or behind a password", _CURE)
    document = _opened(path, content)
    head = Head()
    properties = document.core_properties
    head.propose("title", properties.title, "document properties")
    head.propose("language", properties.language, "document properties")
    body = Body(document.styles.element)
    blocks = titled([*body.blocks(document.element.body), *_notes(document, body)])
    head.propose("author", properties.author if properties.author != "python-docx" else None, "document properties")
    return article(path, content, blocks, head, body.unread())


def _opened(path: Path, content: bytes) -> Any:  # noqa: ANN401 - python-docx has no types
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if fault := zip_fault(archive):
                raise refused("ART-06", path, f"the Word file {fault}", _CURE)
            transitional = _transitional(archive)
        import docx

        return docx.Document(BytesIO(transitional or content))
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        AttributeError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ) as fault:
        raise refused("ART-06", path, "the file is no Word document", _CURE) from fault
    except Exception as fault:  # lxml's and python-docx's own, whose modules are not loaded here
        if type(fault).__module__.partition(".")[0] in ("lxml", "docx"):
            raise refused("ART-06", path, "the Word file is damaged", _CURE) from fault
        raise


def _transitional(archive: zipfile.ZipFile) -> bytes:
    """Return a file in the strict form of ISO/IEC 29500 with the names that Word writes by default, nothing for any other."""
    names = dict.fromkeys(archive.namelist())
    if "_rels/.rels" not in names or not _STRICT.search(archive.read("_rels/.rels")):
        return b""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name in names:
            part = archive.read(name)
            named = name.endswith((".xml", ".rels"))
            written.writestr(name, _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part) if named else part)
    return made.getvalue()


def _notes(document: Any, body: Body) -> Iterator[Block]:  # noqa: ANN401
    """Yield the notes that the text calls, at its end; no claim is drafted from them."""
    from lxml import etree

    called = list(body.called)
    for kind in ("footnote", "endnote"):
        wanted = [key for what, key in called if what == kind]
        part = next((row for row in document.part.rels.values() if row.reltype == f"{_NOTES}{kind}s"), None)
        if not wanted or part is None or part.is_external:
            continue
        try:
            root = etree.fromstring(part.target_part.blob, etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError:
            body.missed(f"the {kind}s: they are damaged")
            continue
        notes = body.notes(root, kind)
        yield from ((Role.CAPTION, text) for key in dict.fromkeys(wanted) for text in notes.get(key, ()))
