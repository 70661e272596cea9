"""Readers turn an article's file into an Article: numbered paragraphs, and what the file says of itself.

In: a path. Out: an `Article`. A new form is one module and one row of FORMATS. Nothing is fetched; a file that can't be
used is `Rejected` with one finding, a missing library is a BriefgenError that says how to install it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any

from briefgen.findings.diagnostics import BriefgenError, Rejected
from briefgen.registry import Format, by_ending, listed, resolve

if TYPE_CHECKING:
    from briefgen.model.article import Article

MAX_TEXT = 5_000_000  # bytes of a text or a page: thirty novels
MAX_BYTES = 50_000_000  # pictures are most of it
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"

FORMATS: tuple[Format, ...] = (
    Format("md", "briefgen.readers.markdown:read", (".md",), ("text/markdown",), "text", "a text", MAX_TEXT, text=True),
    Format("txt", "briefgen.readers.plain:read", (".txt",), ("text/plain",), "text", "a text", MAX_TEXT, text=True),
    Format(
        "html",
        "briefgen.readers.html:read",
        (".html", ".htm"),
        ("text/html", "application/xhtml+xml"),
        "HTML",
        "a page",
        MAX_TEXT,
        text=True,
        libraries=("lxml", "trafilatura"),
    ),
    Format(
        "docx",
        "briefgen.readers.docx:read",
        (".docx",),
        (_WORD,),
        "Word",
        "a Word file",
        MAX_BYTES,
        starts=b"PK\x03\x04",
        libraries=("lxml",),
    ),
    Format(
        "odt",
        "briefgen.readers.odt:read",
        (".odt",),
        (_ODT,),
        "OpenDocument",
        "an OpenDocument text",
        MAX_BYTES,
        libraries=("lxml",),
    ),
    Format(
        "pdf",
        "briefgen.readers.pdf:read",
        (".pdf",),
        ("application/pdf",),
        "PDF",
        "a PDF",
        MAX_BYTES,
        starts=b"%PDF-",
        libraries=("pypdf", "cryptography"),
    ),
    Format("eml", "briefgen.readers.mail:read", (".eml",), ("message/rfc822",), "mail", "a mail", MAX_BYTES, several=True),
)
"""What holds one article, then what holds several: readers of those are given the formats of its parts, and return a tuple.

Help, fetching, mails and folders read this table."""


CURES = {
    ".rtf": "open it in a word processor, and save it as .docx or .odt",
    ".doc": "open it in a word processor, and save it as .docx or .odt",
    ".pages": "open it in Pages, and export it as Word (.docx)",
    ".msg": "open it in a mail program, and save it as .eml; or save its text as .txt",
    ".mhtml": "open it in a browser, and save the page as HTML only",
    ".mht": "open it in a browser, and save the page as HTML only",
}
"""What to do with files that are met often and that no reader knows, by their endings."""


def offered(formats: Sequence[Format] = FORMATS) -> str:
    """Return what help says of the files that can be read: `Articles (.md .txt …), mails (.eml)`."""
    one, more = by_ending(formats, several=False), by_ending(formats, several=True)
    return f"Articles ({' '.join(one)}), mails ({' '.join(more)})"


def words(formats: Sequence[Format] = FORMATS) -> str:
    """Return the kinds of files that can be read, as a sentence lists them."""
    return listed(row.words for row in formats)


def read(path: Path, formats: Sequence[Format] = FORMATS) -> Article:
    """Return the article in a file, by the ending of its name.

    Raises Rejected with one ART finding for what can't be used (missing, too large, empty, damaged, behind a password, unknown
    ending), BriefgenError where a library is missing or the file can't be read.
    """
    ending, known = path.suffix.lower(), by_ending(formats, several=False)
    if ending not in known:
        cure = CURES.get(ending, f"known: {', '.join(known)}")
        raise _refused("ART-02", path, f"no reader knows {ending or 'a name without ending'}", cure)
    content = _content(path, known[ending].limit)
    if not content.strip():
        raise _refused("ART-04", path, "the article is empty", "save its text in the file")
    article: Article = _parsed(known[ending], path, content)
    return article


def libraries(names: Iterable[str]) -> dict[str, str]:
    """Return the versions of the libraries that read files of these names, by library; empty for one that is not here.

    Another version may read another text from the same file.
    """
    known = by_ending(FORMATS, several=False)
    rows = {ending: known[ending] for name in names if (ending := Path(name).suffix.lower()) in known}
    return {library: _version(library) for library in sorted({each for row in rows.values() for each in row.libraries})}


@cache
def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def leads_out(path: Path) -> Rejected:
    """Return the refusal of an article that a link takes out of the summary's folder."""
    return _refused("ART-01", path, "a link leads out of the folder of the summary", "copy the article there")


def read_all(path: Path, formats: Sequence[Format] = FORMATS) -> tuple[Article, ...]:
    """Return every article in a file: those of a mail and its attachments, those of a press review, else the one that it is.

    A web page is one article, whatever it looks like. Raises as `read` does. An article that is only part of the file has another
    name than it and is to be saved as its `text`.
    """
    from briefgen.readers.press import split

    collection = by_ending(formats, several=True).get(path.suffix.lower())
    if collection is None:
        whole = read(path, formats)
        return (whole,) if by_ending(formats)[path.suffix.lower()].name == "html" else split(whole)
    found: tuple[Article, ...] = _parsed(collection, path, _content(path, collection.limit), formats)
    return tuple(part for article in found for part in split(article))


def _parsed(row: Format, path: Path, content: bytes, formats: Sequence[Format] = ()) -> Any:  # noqa: ANN401
    return resolve("briefgen.readers.served:parsed")(row, path, content, formats)  # which reads FORMATS itself


def _refused(code: str, path: Path, message: str, cure: str) -> Rejected:
    from briefgen.readers.assembled import refused

    return refused(code, path, message, cure)


def _content(path: Path, limit: int) -> bytes:
    try:
        if not S_ISREG(path.stat().st_mode):
            raise _refused("ART-01", path, "the article is no file", "name a file, not a folder or a device")
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as fault:
        raise _refused("ART-01", path, "there is no such article", "correct the path, or put the file there") from fault
    except OSError as fault:
        raise BriefgenError(f"can't read {path}: {fault.strerror or fault}", "make the file readable for you") from fault
    if len(content) > limit:
        message = f"the article is larger than {limit // 1_000_000} MB"
        raise _refused("ART-03", path, message, "keep the part that the brief rests on, as plain text")
    return content
