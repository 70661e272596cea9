"""One version of a brief → the pictures of its pages, the file they were drawn from, and what was said on the way.

In: the path of a summary, an audience, a project. Out: `Shown`. The pages are drawn from the bytes that `briefgen render`
would write. Nothing is remembered here but what the caller hands in. PDFium knows no threads: one thread calls all of this.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any

from briefgen import writers
from briefgen.files import shown_path
from briefgen.findings.diagnostics import Diagnostic
from briefgen.load.source import read
from briefgen.model.brief import Brief
from briefgen.model.document import Document
from briefgen.pipeline.build import build
from briefgen.pipeline.check import check
from briefgen.project.languages import translated
from briefgen.project.project import Project
from briefgen.registry import Format

PRINTED = "pdf"
SCREEN = "html"
"""The two forms in which a version is looked at; the others are made when they are asked for."""
SCALE = 2
"""Pixels a point: sharp on a screen of twice the density at the size in which a page is shown."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a PNG; `key` is a hash of what is to be seen, so that an unchanged page keeps it."""

    key: str
    width: int
    height: int
    png: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """One version that could be made. `findings` are all that `render` and `check` would say of it."""

    brief: Brief
    document: Document
    language: str
    words: int
    pdf: bytes
    html: bytes
    pages: tuple[Picture, ...]
    findings: tuple[Diagnostic, ...]
    formats: tuple[Format, ...]

    def file(self, fmt: str) -> bytes:
        """Return the version as a file; Word's is made when it is asked for."""
        if fmt == PRINTED:
            return self.pdf
        return self.html if fmt == SCREEN else writers.write(self.document, fmt, self.formats).content


def make(path: Path, audience: str, project: Project, known: Mapping[str, Picture]) -> Shown:
    """Return a version as `render` would make it; pictures that are `known` by their key are not made again.

    Raises Rejected with every finding where the content is at fault, BriefgenError where the machine is.
    """
    source = project.with_defaults(read(path, shown_path(path)))
    checked = check(source, project, asked=[audience])
    checked = checked._replace(findings=(*checked.findings, *translated(checked.summary, source, project)))
    made = build(checked, project.audience(audience), project, (PRINTED, SCREEN))
    pdf, html = made.files[PRINTED].content, made.files[SCREEN].content
    version, language, pages = made.version, checked.summary.language, tuple(_pictures(pdf, known))
    return Shown(version.brief, version.document, language, version.words, pdf, html, pages, made.findings, version.formats)


def _pictures(pdf: bytes, known: Mapping[str, Picture]) -> Iterator[Picture]:
    pdfium: Any = import_module("pypdfium2")
    document = pdfium.PdfDocument(pdf)
    try:
        for page in document:
            bitmap = page.render(scale=SCALE, rev_byteorder=True)
            seen = bytes(bitmap.buffer)
            key = blake2b(seen, digest_size=16).hexdigest()
            yield known.get(key) or _picture(key, bitmap, seen)
    finally:
        document.close()


def _picture(key: str, bitmap: Any, seen: bytes) -> Picture:  # noqa: ANN401 - pypdfium2 is untyped
    width, height, step = bitmap.width, bitmap.height, bitmap.stride
    used = width * 3
    assert bitmap.n_channels == 3, "a page is drawn on white, without transparency"
    return Picture(key, width, height, png(width, height, (seen[row * step : row * step + used] for row in range(height))))


def png(width: int, height: int, rows: Iterator[bytes]) -> bytes:
    """Return rows of RGB pixels as a PNG (ISO/IEC 15948), unfiltered and packed fast: it travels over the loopback only."""
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(1)
    data = packer.compress(b"".join(b"\0" + row for row in rows)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
