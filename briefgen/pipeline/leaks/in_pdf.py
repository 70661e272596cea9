"""All places of a PDF: the text of its pages, and every text of every object, whether anything leads to it or not.

Read by pypdf (the extra `articles`). What the file held before a later change, and what no reader finds any more, is told, too.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import is_zipfile

from briefgen.findings.diagnostics import BriefgenError
from briefgen.findings.overheard import listen, overheard
from briefgen.pipeline.leaks import in_docx
from briefgen.pipeline.leaks.place import Place, of_bytes
from briefgen.registry import lacking

MOST = 50_000_000  # bytes of one stream, unpacked
KINDS = {  # keys by ISO 32000-2: 12.3.3, 14.9.3 to 5, 7.11, 12.5, 12.6.4.8, 14.3.3
    "/Alt": "alt text",
    "/ActualText": "alt text",
    "/E": "alt text",
    "/URI": "link target",
    "/Contents": "annotation",
    "/F": "attachment or file name",
    "/UF": "attachment or file name",
    "/Desc": "attachment or file name",
    "/Dest": "name of a place",
    "/Names": "name",
    "/D": "name of a place",
}
INFO = frozenset({"/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer"})
_STREAM = re.compile(rb"stream\r?\n")


def places(content: bytes) -> Iterator[Place]:
    """Yield every place of a PDF with its text; raise BriefgenError where pypdf is missing, or the file can't be opened."""
    try:
        import pypdf
    except ImportError as fault:
        raise lacking(fault, "the search of a PDF for leaks", "articles") from fault
    listen("pypdf")
    try:
        with overheard():  # what it mends is nobody's business
            found = list(_objects(pypdf.PdfReader(BytesIO(content))))
    except (pypdf.errors.PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        raise BriefgenError("the PDF can't be searched for leaks: it is damaged", "write it anew") from fault
    yield from found
    yield from _raw(content)


def _objects(reader: Any) -> Iterator[Place]:  # noqa: ANN401 - pypdf's own
    if reader.is_encrypted:
        raise BriefgenError("the PDF can't be searched for leaks: it is encrypted", "search it before it is encrypted")
    for number, page in enumerate(reader.pages, 1):
        yield Place(f"page {number}: text", page.extract_text())
    for key, value in (reader.metadata or {}).items():
        yield Place(f"metadata: {key[1:]}", f"{key}\n{value}")
    for number in _numbers(reader):
        yield from _object(reader.get_object(number), f"object {number}", "text")


def _numbers(reader: Any) -> list[int]:  # noqa: ANN401 - pypdf's own
    """Return the numbers of all objects that the file lists, used or not."""
    plain = (number for rows in reader.xref.values() for number in rows)
    return sorted({*plain, *reader.xref_objStm} - {0})


def _object(node: Any, where: str, kind: str) -> Iterator[Place]:  # noqa: ANN401 - pypdf's own
    """Yield the texts of one object; what it points to are objects of their own."""
    from pypdf.generic import ByteStringObject, NameObject, TextStringObject

    if isinstance(node, ByteStringObject):
        yield from of_bytes(f"{where}: {kind}", bytes(node))
    elif isinstance(node, NameObject):
        yield Place(f"{where}: name", str(node))
    elif isinstance(node, TextStringObject):
        yield Place(f"{where}: {kind}", str(node))
    elif isinstance(node, list):
        for entry in node:
            yield from _object(entry, where, kind)
    elif isinstance(node, dict):
        yield from _dictionary(node, where)


def _dictionary(node: Any, where: str) -> Iterator[Place]:  # noqa: ANN401 - pypdf's own
    from pypdf.generic import StreamObject

    about = " ".join([where, *(f"({node[key]})" for key in ("/Type", "/Subtype") if key in node)])
    for key, value in node.items():
        yield Place(f"{about}: name", str(key))
        yield from _object(value, about, _kind(key, node))
    if isinstance(node, StreamObject):
        yield from _stream(node, about)


def _kind(key: str, node: Any) -> str:  # noqa: ANN401 - pypdf's own
    if key == "/Title" and ({"/Parent", "/Dest", "/A"} & set(node)):
        return "bookmark"
    if key == "/T":
        return "annotation" if "/Subtype" in node else "title in the structure"
    return "metadata" if key in INFO else KINDS.get(key, f"text of {key}")


def _stream(node: Any, where: str) -> Iterator[Place]:  # noqa: ANN401 - pypdf's own
    kind = {"/Metadata": "metadata (XMP)", "/EmbeddedFile": "attachment"}.get(str(node.get("/Type")), "stream")
    filters = node.get("/Filter", [])
    if {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"} & set(filters if isinstance(filters, list) else [filters]):
        yield from of_bytes(f"{where}: {kind}", bytes(node._data), raw=True)
        return
    data = node.get_data()
    if is_zipfile(BytesIO(data)):  # a Word file or a workbook that is attached
        yield from in_docx.places(data, f"{where}: {kind} › ")
    yield from of_bytes(f"{where}: {kind}", data)
    yield from _strings(data, f"{where}: {kind}")


def _raw(content: bytes) -> Iterator[Place]:
    """Yield the bytes of the file and of each packed stream: of earlier states, too, which no list of objects names."""
    yield from of_bytes("bytes of the file", content, spare=True)
    yield from _strings(content, "bytes of the file", spare=True)
    for match in _STREAM.finditer(content):
        try:
            data = zlib.decompressobj().decompress(content[match.end() :], MOST)
        except zlib.error:
            continue  # not packed, and read as it stands, or packed otherwise, and read as an object
        yield from of_bytes("a stream of the file", data, spare=True)
        yield from _strings(data, "a stream of the file", spare=True)


def _strings(data: bytes, where: str, *, spare: bool = False) -> Iterator[Place]:
    """Yield what is written in the strings of a stream, and that of them in a row, for a line is cut into pieces."""
    plain = [_literal(found) for found in re.findall(rb"\(((?:\\.|[^\\()])*)\)", data, re.DOTALL)]
    plain += [bytes.fromhex(found.decode()) for found in re.findall(rb"<((?:[0-9A-Fa-f]{2})+)>", data)]
    if plain:
        yield Place(where, "\n".join(_text(found) for found in plain), spare=spare)


def _literal(found: bytes) -> bytes:
    """Return a literal string without its escapes (ISO 32000-2, 7.3.4.2)."""
    found = re.sub(rb"\\([0-7]{1,3})", lambda match: bytes([int(match[1], 8) & 255]), found)
    return re.sub(rb"\\(.)", rb"\1", found, flags=re.DOTALL)


def _text(found: bytes) -> str:
    if found[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return found.decode("utf-16", "ignore")
    return found.decode("utf-8" if found[:3] == b"\xef\xbb\xbf" else "latin-1", "ignore")
