"""Readers turn an article's file into an Article: numbered paragraphs, and what the file says of itself.

In: a path. Out: an `Article`. A new form is one module and one line of this table. Nothing is fetched; a file that can't be
used is `Rejected` with one finding, a missing library is a BriefgenError that says how to install it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG

from briefgen.findings.diagnostics import BriefgenError, Rejected
from briefgen.model.article import Article
from briefgen.readers.assembled import refused
from briefgen.registry import resolve

READERS: Mapping[str, str] = {
    ".md": "briefgen.readers.markdown:read",
    ".txt": "briefgen.readers.plain:read",
    ".html": "briefgen.readers.html:read",
    ".htm": "briefgen.readers.html:read",
    ".docx": "briefgen.readers.docx:read",
    ".pdf": "briefgen.readers.pdf:read",
}
COLLECTIONS: Mapping[str, str] = {".eml": "briefgen.readers.mail:read"}
"""What holds several articles: readers that return a tuple of them."""
MAX_BYTES: Mapping[str, int] = {".docx": 50_000_000, ".pdf": 50_000_000, ".eml": 50_000_000}  # pictures are most of it
MAX_TEXT = 5_000_000  # bytes of a text or a page: thirty novels


def read(path: Path) -> Article:
    """Return the article in a file, by the ending of its name.

    Raises Rejected with one ART finding for what can't be used (missing, too large, empty, damaged, behind a password, unknown
    ending), BriefgenError where a library is missing or the file can't be read.
    """
    ending = path.suffix.lower()
    if ending not in READERS:
        raise refused("ART-02", path, f"no reader knows {ending or 'a name without ending'}", f"known: {', '.join(READERS)}")
    content = _content(path, MAX_BYTES.get(ending, MAX_TEXT))
    if not content.strip():
        raise refused("ART-04", path, "the article is empty", "save its text in the file")
    article: Article = resolve(READERS[ending])(path, content)
    return article


def leads_out(path: Path) -> Rejected:
    """Return the refusal of an article that a link takes out of the summary's folder."""
    return refused("ART-01", path, "a link leads out of the folder of the summary", "copy the article there")


def read_all(path: Path) -> tuple[Article, ...]:
    """Return every article in a file: those of a mail and its attachments, those of a press review, else the one that it is.

    Raises as `read` does. An article that is only part of the file has another name than it and is to be saved as its `text`.
    """
    from briefgen.readers.press import split

    collection = COLLECTIONS.get(path.suffix.lower())
    if collection is None:
        return split(read(path))
    found: tuple[Article, ...] = resolve(collection)(path, _content(path, MAX_BYTES[path.suffix.lower()]))
    return tuple(part for article in found for part in split(article))


def _content(path: Path, limit: int) -> bytes:
    try:
        if not S_ISREG(path.stat().st_mode):
            raise refused("ART-01", path, "the article is no file", "name a file, not a folder or a device")
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as fault:
        raise refused("ART-01", path, "there is no such article", "correct the path, or put the file there") from fault
    except OSError as fault:
        raise BriefgenError(f"can't read {path}: {fault.strerror or fault}", "make the file readable for you") from fault
    if len(content) > limit:
        message = f"the article is larger than {limit // 1_000_000} MB"
        raise refused("ART-03", path, message, "keep the part that the brief rests on, as plain text")
    return content
