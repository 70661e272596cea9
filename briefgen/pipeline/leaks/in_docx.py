"""All places of a Word file: every part, known or not, its texts, attributes and comments; names, and files within files."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from briefgen.files import zip_fault
from briefgen.findings.diagnostics import BriefgenError
from briefgen.pipeline.leaks.place import Place, of_bytes

KINDS = {"descr": "alt text", "title": "alt text", "Target": "link target", "author": "author", "initials": "author"}
"""What some attributes are to a reader; the others are told by their names."""
DEEPEST = 3  # files within files within files
_START = re.compile(rb"\s*<")


def places(content: bytes, before: str = "") -> Iterator[Place]:
    """Yield every place of a Word file with its text, `before` before each; raise BriefgenError for what is no sound zip."""
    yield from _archive(content, before, 0)


def _archive(content: bytes, before: str, depth: int) -> Iterator[Place]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if fault := zip_fault(archive):
                raise BriefgenError(f"the file can't be searched for leaks: {fault}", "write it anew")
            yield from of_bytes(f"{before}comment of the zip", archive.comment)
            for member in archive.infolist():
                where = f"{before}{member.filename}"
                yield Place(f"{where}: file name", member.filename)
                yield from of_bytes(f"{where}: comment of the zip", member.comment + b"\0" + member.extra)
                yield from _member(archive.read(member), where, depth)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError) as fault:
        raise BriefgenError(f"the file can't be searched for leaks: {before or 'it '}is no sound zip", "write it anew") from fault
    yield from of_bytes(f"{before}outside of the parts", _outside(content), raw=True)


def _member(content: bytes, where: str, depth: int) -> Iterator[Place]:
    if zipfile.is_zipfile(BytesIO(content)):
        if depth == DEEPEST:
            raise BriefgenError("the file can't be searched for leaks: it holds files within files without end", "write it anew")
        yield from _archive(content, f"{where} › ", depth + 1)
        return
    text = _START.match(content.removeprefix(b"\xef\xbb\xbf")) or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    yield from of_bytes(f"{where}: bytes", content, raw=not text, spare=bool(text))
    if text:
        yield from _xml(content, where)


def _xml(content: bytes, where: str) -> Iterator[Place]:
    """Yield the texts of a part in one, for Word cuts them into runs, and each of its attributes and comments."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    root: Any = etree.fromstring(content, parser)
    if root is None:
        return  # its bytes were told
    tree = root.getroottree()
    texts: list[str] = []
    for node in (tree.getroot(), *tree.xpath("/comment() | /processing-instruction()"), *root.iterdescendants()):
        if isinstance(node.tag, str):
            texts.append(node.text or "")
            yield Place(f"{where}: name of an element", etree.QName(node).localname)
            for name, value in node.attrib.items():
                short = etree.QName(name).localname
                yield Place(f"{where}: {KINDS.get(short, f'attribute {short}')}", value)
                yield Place(f"{where}: name of an attribute", short)
        else:
            yield Place(f"{where}: comment", node.text or "")
        texts.append(node.tail or "")
    yield Place(f"{where}: text", "\n".join(texts))


def _outside(content: bytes) -> bytes:
    """Return what stands before the first and behind the last record of a zip (APPNOTE 6.3, sections 4.3.7 and 4.3.16)."""
    first, last = content.find(b"PK\x03\x04"), content.rfind(b"PK\x05\x06")
    return content[: max(first, 0)] + b"\0" + content[last + 22 :]
