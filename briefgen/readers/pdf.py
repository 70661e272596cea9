"""A PDF → Article: lines joined to paragraphs, hyphens at line ends undone, running heads and page numbers dropped.

In: the bytes of a PDF. Out: an `Article`. Pages that are pictures have no text: nothing is recognised here.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from briefgen.findings.diagnostics import BriefgenError
from briefgen.findings.overheard import listen, overheard
from briefgen.model.article import Article
from briefgen.readers.assembled import MAX_CHARACTERS, article, missing, refused, same
from briefgen.readers.blocks import Head, clean
from briefgen.readers.pdf_lines import Row, body_size, rows
from briefgen.readers.pdf_paragraphs import LARGER, Part, parts

MAX_PAGES = 2_000


def read(path: Path, content: bytes) -> Article:
    """Return the article in a PDF; raises Rejected for one that is damaged, behind a password or without text."""
    try:
        import pypdf
    except ImportError as fault:
        raise missing(fault) from fault
    listen("pypdf")  # at each file: its modules are loaded as they are needed
    with overheard():  # what it mends is nobody's business
        try:
            pages, info = _pages(path, pypdf.PdfReader(BytesIO(content)))
        except (MemoryError, OSError, ImportError):
            raise
        except Exception as fault:
            if type(fault).__name__ == "Rejected":
                raise
            if type(fault).__name__ == "DependencyError":
                raise BriefgenError(
                    "cryptography is not installed, and this PDF needs it", "pip install 'briefgen[articles]'"
                ) from fault
            if type(fault).__name__ in ("FileNotDecryptedError", "WrongPasswordError"):
                raise _locked(path) from fault
            raise refused("ART-06", path, "the PDF is damaged", "open it, and save or print it as a new PDF") from fault
    if not any(row.text for page in pages for row in page):
        raise refused("ART-04", path, "the PDF has no text layer: its pages are pictures", "recognise the text first (OCR)")
    head = Head()
    for name, key in (("author", "/Author"), ("language", "/Lang")):
        head.propose(name, info.get(key), f"PDF {key}")
    found = parts(pages)
    if title := _title(found, clean(info.get("/Title", ""))):
        head.propose("title", title, "PDF /Title" if same(title, info.get("/Title", "")) else "first line")
    return article(path, content, [(part.role, part.text) for part in found], head)


def _locked(path: Path) -> Exception:
    return refused("ART-05", path, "the PDF is behind a password", "save a copy without the password")


def _pages(path: Path, reader: Any) -> tuple[list[list[Row]], dict[str, str]]:  # noqa: ANN401
    """Return the lines of each page, and what the file says of itself, as plain texts."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise _locked(path)
    if len(reader.pages) > MAX_PAGES:
        raise refused("ART-03", path, f"the PDF has more than {MAX_PAGES:,} pages", "keep the pages that the brief rests on")
    pages, size = [], 0
    for page in reader.pages:
        lines = rows(page)
        size += sum(len(row.text) for row in lines)
        if size > MAX_CHARACTERS:
            raise refused("ART-03", path, "the article is a book", "keep the part that the brief rests on")
        pages.append(lines)
    info = {key: str(value) for key, value in (reader.metadata or {}).items() if isinstance(value, str)}
    language = reader.root_object.get("/Lang")
    return pages, {**info, **({"/Lang": language} if isinstance(language, str) else {})}


def _title(found: list[Part], proposed: str) -> str:
    """Return the title: what the file proposes where its text begins with it, else the largest of the first, or the first."""
    if not found:
        return ""
    if proposed and any(same(part.text, proposed) for part in found[:3]):
        return proposed
    top = max(found[:3], key=lambda part: part.size)
    body = body_size(Row(part.text, size=part.size) for part in found)
    text = top.text if top.size > LARGER * body else found[0].text
    return text if len(found) > 1 and len(text) <= 160 and text[-1] not in ".,;:" else ""
