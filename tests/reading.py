"""What a reader reads in each format: blocks and notes in order, words, numbers, links; the same measure for all of them.

In: a document's tree, or the bytes of a finished file. Out: plain texts, white space collapsed.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import pikepdf
import pypdfium2
from lxml import etree

from briefgen.model.document import classes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "th", "td", "caption", "figcaption", "dt", "dd"})
SIGNS = {f"{W}br": " ", f"{W}tab": " ", f"{W}softHyphen": "\u00ad", f"{W}noBreakHyphen": "\u2011"}
NOTE = "\0"
"""Stands in a block where a note is called."""


@dataclass(frozen=True, slots=True)
class Read:
    """The blocks of a text in reading order, each with `NOTE` where a note is called,
    and the notes in the order of their calls."""

    blocks: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def plain(self) -> list[str]:
        """Return the blocks without the places of notes."""
        return [_squash(block.replace(NOTE, "")) for block in self.blocks]

    @property
    def pieces(self) -> list[str]:
        """Return all that stands together: the parts of blocks between calls of notes, and the notes."""
        return [piece for text in (*self.blocks, *self.notes) for piece in map(_squash, text.split(NOTE)) if piece]

    @property
    def words(self) -> Counter[str]:
        """Return every word and number, counted."""
        return words(" ".join(self.pieces))


def words(text: str) -> Counter[str]:
    """Return the words and numbers of a text, counted, whatever parts them; a note's number may stand close to a word."""
    return Counter(re.findall(r"[^\W\d_]+|\d+", unicodedata.normalize("NFKC", text).replace("\u00ad", "")))


def squeeze(text: str) -> str:
    """Return a text for comparison with what a PDF gives back: compatibility forms resolved, no soft hyphens, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\u00ad", "").split())


def _squash(text: str) -> str:
    return " ".join(text.split())


# ---- the document's tree, which is the truth


def of_tree(root: Element) -> Read:
    """Return what a document says, without page furniture."""
    notes: list[str] = []
    body = root.find("body")
    assert body is not None
    blocks = [text for element in _blocks(body) if _squash((text := _inline(element, notes)).replace(NOTE, ""))]
    return Read(tuple(map(_squash, blocks)), tuple(notes))


def _blocks(element: Element) -> Iterator[Element]:
    if element.get("data-slot"):
        return
    if element.tag in BLOCKS:
        yield element
    for child in element:
        yield from _blocks(child)


def _inline(element: Element, notes: list[str]) -> str:
    parts = [element.text or ""]
    for child in element:
        if "fn" in classes(child):
            notes.append(_squash(_inline(child, notes)))
            parts.append(NOTE)
        elif child.tag == "br":
            parts.append(" ")
        elif child.tag not in ("ul", "ol"):
            parts.append(_inline(child, notes))
        parts.append(child.tail or "")
    return "".join(parts)


def furniture(root: Element) -> str:
    """Return the words of header and footer."""
    return _squash(" ".join(" ".join(slot.itertext()) for slot in root.iter("div")))


def hrefs(root: Element) -> Counter[str]:
    """Return the addresses that a document links to."""
    return Counter(href for a in root.iter("a") if (href := a.get("href") or "") and not href.startswith("#"))


# ---- DOCX


def parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def of_docx(content: bytes) -> Read:
    """Return what a Word file says, without header and footer."""
    files = parts(content)
    called: list[str] = []
    body = etree.fromstring(files["word/document.xml"])
    blocks = [_paragraph(p, called) for p in body.iter(f"{W}p")]
    stored: dict[str, str] = {}
    if "word/footnotes.xml" in files:
        for note in etree.fromstring(files["word/footnotes.xml"]).iter(f"{W}footnote"):
            stored[note.get(f"{W}id", "")] = _squash(" ".join(_paragraph(p, []) for p in note.iter(f"{W}p")))
    kept = [block for block in map(_squash, blocks) if block.replace(NOTE, "")]
    return Read(tuple(kept), tuple(stored[number] for number in called))


def _paragraph(paragraph: etree._Element, called: list[str]) -> str:
    text = []
    for run in paragraph.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        reference = run.find(f"{W}footnoteReference")
        if reference is not None:
            called.append(reference.get(f"{W}id", ""))
            text.append(NOTE)
        elif style is None or style.get(f"{W}val", "").lower().replace(" ", "") != "footnotereference":
            text += [child.text or "" if child.tag == f"{W}t" else SIGNS.get(child.tag, "") for child in run]
    return "".join(text)


def docx_links(content: bytes) -> Counter[str]:
    """Return the addresses that a Word file links to."""
    found: Counter[str] = Counter()
    files = parts(content)
    for name in ("document", "footnotes"):
        if f"word/{name}.xml" in files and f"word/_rels/{name}.xml.rels" in files:
            targets = {r.get("Id"): r.get("Target") for r in etree.fromstring(files[f"word/_rels/{name}.xml.rels"])}
            links = etree.fromstring(files[f"word/{name}.xml"]).iter(f"{W}hyperlink")
            found.update(str(targets[link.get(f"{R}id")]) for link in links if link.get(f"{R}id"))
    return found


def docx_furniture(content: bytes) -> list[str]:
    """Return the words of each header and footer part."""
    files = parts(content)
    names = sorted(name for name in files if re.fullmatch(r"word/(header|footer)\d*\.xml", name))
    return [_squash(" ".join(t.text or "" for t in etree.fromstring(files[name]).iter(f"{W}t"))) for name in names]


def docx_styles(content: bytes) -> Counter[str]:
    """Return the names of the paragraph styles in use, in lower case, counted."""
    files = parts(content)
    named = {
        s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val", "")
        for s in etree.fromstring(files["word/styles.xml"]).iter(f"{W}style")
    }
    used = etree.fromstring(files["word/document.xml"]).iter(f"{W}pStyle")
    return Counter(named[style.get(f"{W}val")].lower() for style in used)


# ---- PDF


def pdf_pages(content: bytes) -> list[str]:
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded().replace("\ufffe", "") for page in document]
    finally:
        document.close()


def missing(pieces: Sequence[str], pages: Sequence[str]) -> list[str]:
    """Return the pieces that a PDF does not show, whole on one page or over the break between two."""
    squeezed = [squeeze(page) for page in pages]
    bare = [_bare(page) for page in squeezed]  # a soft hyphen at a line's end is drawn as a hyphen
    return [p for p in pieces if not (_shown(_bare(squeeze(p)), bare) if "\u00ad" in p else _shown(squeeze(p), squeezed))]


def _bare(text: str) -> str:
    return re.sub("[-\u2010\u2011]", "", text)


def _shown(piece: str, pages: Sequence[str]) -> bool:
    if any(piece in page for page in pages):
        return True
    ends = [(n, cut) for n, page in enumerate(pages[:-1]) for cut in range(len(piece) - 1, 0, -1) if piece[:cut] in page]
    return any(piece[cut:] in pages[n + 1] for n, cut in ends)


def pdf_links(content: bytes) -> Counter[str]:
    """Return the addresses that a PDF links to; a link over two lines counts once where its annotations follow each other."""
    found: list[str] = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            uris = [str(a.A.URI) for a in page.get("/Annots", []) if "/A" in a and "/URI" in a.A]
            found += [uri for n, uri in enumerate(uris) if n == 0 or uris[n - 1] != uri]
    return Counter(found)


def pdf_tags(content: bytes) -> Counter[str]:
    """Return the tags of the structure tree, counted."""
    return Counter(tag for _, tag in pdf_outline(content))


def pdf_outline(content: bytes) -> list[tuple[int, str]]:
    """Return the structure tree as (depth, tag), in reading order."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return list(_tags(pdf.Root.StructTreeRoot, 0))


def _tags(node: pikepdf.Object, depth: int) -> Iterator[tuple[int, str]]:
    if not isinstance(node, pikepdf.Dictionary):
        return
    if "/S" in node:
        yield depth, str(node.S).removeprefix("/")
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        yield from _tags(kid, depth + 1)


def pdf_bookmarks(content: bytes) -> list[str]:
    """Return the titles of the bookmarks."""
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        return list(_titles(outline.root))


def _titles(items: Sequence[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)
