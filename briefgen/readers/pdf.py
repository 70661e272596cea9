"""A PDF → Article: lines joined to paragraphs, hyphens at line ends undone, running heads and page numbers dropped.

In: the bytes of a PDF. Out: an `Article`. Pages that are pictures have no text: nothing is recognised here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from briefgen.findings.overheard import listen, overheard
from briefgen.language.wordlists import bars, either
from briefgen.model.article import Article, Role
from briefgen.readers.assembled import MAX_CHARACTERS, article, missing, refused, same
from briefgen.readers.blocks import Block, Head, clean

MAX_PAGES = 2_000
_PAGE, _OF = bars("articles", "page"), either("articles", "of")
_NUMBER = re.compile(rf"(?:{_PAGE})?\s*[-–—|]?\s*\d{{1,4}}\s*(?:[-–—|]|(?:/|{_OF})\s*\d{{1,4}})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ENDS = (".", "!", "?", ":", "”", "»", '"', "…")


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
            if type(fault).__name__ in ("DependencyError", "FileNotDecryptedError", "WrongPasswordError"):
                raise _locked(path) from fault
            raise refused("ART-06", path, "the PDF is damaged", "open it, and save or print it as a new PDF") from fault
    if not any(line.strip() for page in pages for line in page):
        raise refused("ART-04", path, "the PDF has no text layer: its pages are pictures", "recognise the text first (OCR)")
    head = Head()
    for name, key in (("author", "/Author"), ("language", "/Lang")):
        head.propose(name, info.get(key), f"PDF {key}")
    blocks = _paragraphs(_without_furniture(pages))
    if title := _title(blocks, clean(info.get("/Title", ""))):
        head.propose("title", title, "PDF /Title" if same(title, info.get("/Title", "")) else "first line")
    return article(path, content, blocks, head)


def _locked(path: Path) -> Exception:
    return refused("ART-05", path, "the PDF is behind a password", "save a copy without the password")


def _pages(path: Path, reader: Any) -> tuple[list[list[str]], dict[str, str]]:  # noqa: ANN401
    """Return the lines of each page, and what the file says of itself, as plain texts."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise _locked(path)
    if len(reader.pages) > MAX_PAGES:
        raise refused("ART-03", path, f"the PDF has more than {MAX_PAGES:,} pages", "keep the pages that the brief rests on")
    pages, size = [], 0
    for page in reader.pages:
        lines = _lines(page)
        size += sum(map(len, lines))
        if size > MAX_CHARACTERS:
            raise refused("ART-03", path, "the article is a book", "keep the part that the brief rests on")
        pages.append(lines)
    info = {key: str(value) for key, value in (reader.metadata or {}).items() if isinstance(value, str)}
    language = reader.root_object.get("/Lang")
    return pages, {**info, **({"/Lang": language} if isinstance(language, str) else {})}


def _lines(page: Any) -> list[str]:  # noqa: ANN401
    """Return the lines of a page, an empty one where the gap between two is clearly wider than is usual on the page."""
    heights: list[float] = []
    written: list[str] = [""]

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, _size: float) -> None:
        for index, part in enumerate(text.split("\n")):
            if index:
                written.append("")
            if part.strip() and len(heights) < len(written):
                heights.extend([tm[4] * cm[1] + tm[5] * cm[3] + cm[5]] * (len(written) - len(heights)))
            written[-1] += part

    page.extract_text(visitor_text=visit)
    heights += [heights[-1] if heights else 0.0] * (len(written) - len(heights))
    rows = [(line.strip(), height) for line, height in zip(written, heights, strict=True) if line.strip()]
    gaps = [above[1] - below[1] for above, below in pairwise(rows)]
    usual = median([gap for gap in gaps if gap > 0] or [0])
    spaced = [rows[0][0]] if rows else []
    for (line, _), gap in zip(rows[1:], gaps, strict=True):
        spaced += ["", line] if gap > 1.35 * usual > 0 else [line]
    return spaced


def _without_furniture(pages: Sequence[list[str]]) -> list[str]:
    """Return all lines but page numbers, and what stands at the head or foot of three pages and of at least half of them."""
    edges = Counter(key for page in pages for key in {_key(line) for line in _edge(page)})
    often = {key for key, count in edges.items() if count >= 3 and count * 2 >= len(pages)}
    kept: list[str] = []
    for page in pages:
        edge = {id(line) for line in _edge(page)}
        for line in page:
            if id(line) in edge and (_key(line) in often or (len(pages) > 1 and _NUMBER.fullmatch(line))):
                continue
            kept.append(line)
    return kept


def _edge(page: list[str]) -> list[str]:
    written = [line for line in page if line]
    return [*written[:2], *written[-2:]]


def _key(line: str) -> str:
    return _DIGITS.sub("#", line).casefold()


def _paragraphs(lines: Sequence[str]) -> list[Block]:
    """Return paragraphs: one ends at an empty line, and where a sentence ends in a line that is clearly not full."""
    lengths = sorted(len(line) for line in lines if line)
    full = lengths[int(len(lengths) * 0.8)] if lengths else 0
    hyphened = {word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", line)}
    blocks: list[Block] = []
    parts: list[str] = []
    for line in lines:
        if line:
            parts.append(line)
        closes = len(line) < 0.85 * full and (line.endswith(_ENDS) or (len(parts) == 1 and _heading(line)))
        if parts and ((not line and not _runs_on(parts)) or closes):
            text = _joined(parts, hyphened)
            blocks.append((Role.HEADING if _heading(text) else Role.BODY, text))
            parts = []
    if parts:
        blocks.append((Role.BODY, _joined(parts, hyphened)))
    return blocks


def _runs_on(parts: Sequence[str]) -> bool:
    return parts[-1][-1] in ",-\u00ad\u2010"


def _heading(line: str) -> bool:
    return 2 < len(line) <= 80 and line[:1].isupper() and line[-1].isalnum() and len(line.split()) <= 12


def _joined(lines: Sequence[str], hyphened: set[str]) -> str:
    """Return lines as one text; a hyphen at a line's end goes, unless the word is written with it elsewhere."""
    made: list[str] = [lines[0]]
    for line in lines[1:]:
        last = made[-1]
        if last[-1:] in "\u00ad\u2010" or (last[-1:] == "-" and last[-2:-1].isalpha() and line[:1].islower()):
            word = re.split(r"\s", last[-60:])[-1] + re.split(r"\W", line[:60])[0]
            made[-1] = last if last[-1] == "-" and word.casefold() in hyphened else last[:-1]
            made.append(line)
        elif last.endswith("-") and last[-2:-1].isalpha():
            made.append(line)
        else:
            made.extend((" ", line))
    return re.sub(r" {2,}", " ", "".join(made).replace("\u00ad", ""))


def _title(blocks: list[Block], proposed: str) -> str:
    """Return the title: what the file proposes where its text begins with it, else a first line that looks like one."""
    if not blocks:
        return ""
    first = blocks[0][1]
    if proposed and any(same(text, proposed) for _, text in blocks[:3]):
        return proposed
    return first if len(blocks) > 1 and len(first) <= 160 and first[-1] not in ".,;:" else ""
