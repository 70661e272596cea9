"""A mail → its articles: the text of the mail, and each attachment that a reader knows.

In: the bytes of an .eml file (RFC 5322, MIME). Out: one article or more; what was left out, a program for instance, stands in the
notes of the first. Nothing that a mail links to is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path, PurePath
from typing import Any

from briefgen.findings.diagnostics import Rejected
from briefgen.model.article import Article, Role
from briefgen.readers import FORMATS
from briefgen.readers.assembled import refused
from briefgen.readers.parted import as_text
from briefgen.registry import Format, by_ending

LEAST_WORDS = 30
"""A mail with fewer words of its own only carries its attachments."""
MOST_PARTS = 200
_PROGRAMS = ".exe .com .bat .cmd .scr .pif .msi .dll .js .jse .vbs .vbe .wsf .hta .ps1 .sh .jar .apk .lnk .iso .docm .xlsm"
Readers = Mapping[str, Format]  # by ending
_DECODING = (LookupError, ValueError, AttributeError, TypeError)


def read(path: Path, content: bytes, formats: Sequence[Format] = FORMATS) -> tuple[Article, ...]:
    """Return the articles in a mail, its parts read by these formats; raises Rejected where none is in it."""
    message = message_from_bytes(content, policy=policy.default)
    notes: list[str] = []
    readers = by_ending(formats, several=False)
    found = [*_body(path, message, readers, notes), *_attached(path, message, readers, notes)]
    if not found:
        said = f" ({'; '.join(notes)})" if notes else ""
        raise refused("ART-04", path, f"there is no article in the mail{said}", "save the article itself, as .txt if need be")
    return (found[0].model_copy(update={"notes": (*found[0].notes, *notes)}), *found[1:])


def _body(path: Path, message: EmailMessage, readers: Readers, notes: list[str]) -> Iterator[Article]:
    try:
        part = message.get_body(("html", "plain"))
    except _DECODING:
        part = None
    if part is None:
        return
    article = _read(PurePath(path.stem + (_ending(part, readers) or ".txt")), part, readers, notes)
    if article and sum(len(row.text.split()) for row in article.paragraphs) >= LEAST_WORDS:
        yield _saved(article.model_copy(update=_of_the_head(article, message)), f"{path.stem}.txt", f"the text of {path.name}")


def _of_the_head(article: Article, message: EmailMessage) -> Mapping[str, Any]:
    """Return what the head of the mail says where its text does not: subject and date. Who sent it is no author."""
    made: dict[str, Any] = {}
    subject = _header(message, "subject")
    if subject and not article.title:
        made["title"] = subject
    sent = getattr(message.get("date"), "datetime", None)
    if isinstance(sent, datetime) and not article.published:
        made["published"] = sent.date().isoformat()
    origins = {"title": "subject of the mail", "published": "date of the mail"}
    return made | {"origins": {**article.origins, **{name: origins[name] for name in made}}} if made else {}


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except _DECODING:
        return ""


def _ending(part: Any, readers: Readers) -> str:  # noqa: ANN401 - a part is typed as any message
    """Return the ending of a file of the part's media type; empty where no reader knows that."""
    return next((row.endings[0] for row in readers.values() if part.get_content_type() in row.media), "")


def _attached(path: Path, message: EmailMessage, readers: Readers, notes: list[str]) -> Iterator[Article]:
    body = message.get_body(("html", "plain")) if message.is_multipart() else message
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            notes.append(f"more than {MOST_PARTS} parts; the rest was not read")
            return
        if part is body or part.is_multipart() or not part.is_attachment():
            continue
        name = PurePath(part.get_filename() or f"{path.stem}-{number}{_ending(part, readers)}")
        if name.suffix.lower() not in readers:
            program = name.suffix.lower() in _PROGRAMS.split()
            notes.append(f"{name.name} left out: {'it is a program' if program else 'no reader knows it'}")
            continue
        article = _read(name, part, readers, notes)
        if article:
            yield _saved(article, f"{path.stem}-{name.stem}.txt", f"{name.name}, attached to {path.name}")


def _saved(article: Article, name: str, origin: str) -> Article:
    rows = [(row.role, row.text) for row in article.paragraphs if row.role is not Role.TITLE]
    return as_text(article, name, [(Role.TITLE, article.title), *rows] if article.title else rows, origin)


def _read(name: PurePath, part: Any, readers: Readers, notes: list[str]) -> Article | None:  # noqa: ANN401
    """Return the article in one part; None, and a note, where it can't be read."""
    try:
        raw = part.get_content()
    except _DECODING:
        notes.append(f"{name.name} left out: it is damaged")
        return None
    if not isinstance(raw, (str, bytes)):
        notes.append(f"{name.name} left out: it is no file")
        return None
    content = raw.encode("utf-8", "replace") if isinstance(raw, str) else raw
    try:
        article: Article = readers[name.suffix.lower()].function()(Path(name.name), content)
    except Rejected as fault:
        notes.append(f"{name.name} left out: {fault.diagnostics[0].message}")
        return None
    return article
