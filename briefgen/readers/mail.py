"""A mail → its articles: the text of the mail, what it quotes, and each attached file and mail that can be read.

In: the bytes of an .eml file (RFC 5322, MIME). Out: one article or more; what was left out, a program for instance, stands in the
notes of the first. Nothing that a mail links to is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from email.header import decode_header
from email.message import EmailMessage
from pathlib import Path, PurePath
from typing import Any

from briefgen.findings.diagnostics import Rejected
from briefgen.model.article import Article, Role
from briefgen.readers import CURES, FORMATS
from briefgen.readers.assembled import refused
from briefgen.readers.mail_html import pages
from briefgen.readers.mail_parts import HTML, PLAIN, parsed, parts
from briefgen.readers.mail_text import letters
from briefgen.readers.parted import as_text
from briefgen.readers.served import parsed as served
from briefgen.readers.web_bytes import decode
from briefgen.registry import Format, by_ending

LEAST_WORDS = 30
"""A mail with fewer words of its own only carries its attachments."""
WITHIN = 4  # mails within mails
_PROGRAMS = ".exe .com .bat .cmd .scr .pif .msi .dll .js .jse .vbs .vbe .wsf .hta .ps1 .sh .jar .apk .lnk .iso .docm .xlsm"
_DECODING = (LookupError, ValueError, AttributeError, TypeError)
_MAIL = "message/rfc822"
_DELETED = re.compile(r"(?<!^--) \r?\n(?!-- \r?\n)", re.MULTILINE)
"""The blank that marks a line that goes on, within a word too; not that of the mark above a signature (RFC 3676, 4.2 and 4.3)."""


def read(path: Path, content: bytes, formats: Sequence[Format] = FORMATS) -> tuple[Article, ...]:
    """Return the articles in a mail, its parts read by these formats; raises Rejected where none is in it."""
    mail = _Mail(path.name, by_ending(formats, several=False), [])
    found = list(mail.articles(path.stem, parsed(content), 0))
    notes = list(dict.fromkeys(mail.notes))
    if not found:
        said = f" ({'; '.join(notes)})" if notes else ""
        raise refused("ART-04", path, f"there is no article in the mail{said}", "save the article itself, as .txt if need be")
    return (found[0].model_copy(update={"notes": (*found[0].notes, *notes)}), *found[1:])


class _Mail:
    """One file, with what reads its parts, and the notes on what was left out."""

    def __init__(self, name: str, readers: Mapping[str, Format], notes: list[str]) -> None:
        self.name, self.readers, self.notes = name, readers, notes

    def articles(self, stem: str, message: EmailMessage | None, depth: int) -> Iterator[Article]:
        """Yield the articles of a mail, those of mails within it after its own."""
        if message is None or depth > WITHIN:
            self.notes.append(f"{stem} left out: mails within mails, more than {WITHIN} deep")
            return
        texts = 0
        for number, part in enumerate(parts(message, self.notes.append)):
            kind = part.get_content_type()
            if kind == _MAIL:
                yield from self.articles(f"{stem}-{self._named(part, number)}", _inner(part), depth + 1)
            elif kind in (PLAIN, HTML) and not part.get_filename() and not part.is_attachment():
                texts += 1
                yield from self._text(stem if texts == 1 else f"{stem}-{texts}", part, message)
            else:
                yield from self._file(stem, part, number, depth)

    def _named(self, part: Any, number: int) -> str:  # noqa: ANN401 - a part is typed as any message
        return PurePath(part.get_filename() or f"mail-{number}").stem

    def _text(self, stem: str, part: Any, message: EmailMessage) -> Iterator[Article]:  # noqa: ANN401
        """Yield the letters of a text: the newest, which the head of the mail dates, then what it quotes."""
        raw = self._content(PurePath(f"{stem}.txt"), part)
        if not isinstance(raw, str):
            return
        page = part.get_content_type() == "text/html"
        signed, made = _paged(raw) if page else _lettered(raw)
        self.notes += ["a signature left out"] if signed else []
        for number, (content, published) in enumerate(made):
            article = self._read(PurePath(f"{stem}{'.html' if page else '.txt'}"), content) if content.strip() else None
            words = len(article.text.split()) if article else 0
            if article is None or words < LEAST_WORDS:
                self.notes += [f"a text of {words} words left out"] if words else []
            elif number:
                article = article.model_copy(update={"published": article.published or published or None})
                yield _saved(article, f"{stem}-quoted-{number}.txt", f"quoted in {self.name}")
            else:
                yield _saved(article.model_copy(update=_of_the_head(article, message)), f"{stem}.txt", f"the text of {self.name}")

    def _file(self, stem: str, part: Any, number: int, depth: int) -> Iterator[Article]:  # noqa: ANN401
        """Yield the article in an attached file, or those of an attached mail; what can't be read is named."""
        raw = self._content(PurePath(part.get_filename() or f"part {number}"), part)
        if raw is None:
            return
        content = raw.encode("utf-8", "replace") if isinstance(raw, str) else raw
        name = PurePath(part.get_filename() or f"{stem}-{number}{self._ending(part, content)}")
        if name.suffix.lower() == ".eml":
            yield from self.articles(f"{stem}-{name.stem}", parsed(content), depth + 1)
            return
        if name.suffix.lower() not in (*self.readers, *_PROGRAMS.split()) and (ending := self._ending(part, content)):
            name = PurePath(f"{name}{ending}")
        if name.suffix.lower() not in self.readers:
            name = PurePath(part.get_filename() or part.get_content_type())
            program = name.suffix.lower() in _PROGRAMS.split()
            cure = f"; {CURES[name.suffix.lower()]}" if name.suffix.lower() in CURES else ""
            self.notes.append(f"{name} left out: {'it is a program' if program else f'no reader knows it{cure}'}")
            return
        article = self._read(name, content)
        if article:
            yield _saved(article, f"{stem}-{name.stem}.txt", f"{name.name}, attached to {self.name}")

    def _ending(self, part: Any, content: bytes) -> str:  # noqa: ANN401
        """Return the ending of a file of the part's media type, or of its first bytes; empty where no reader knows it."""
        known = next((row.endings[0] for row in self.readers.values() if part.get_content_type() in row.media), "")
        return known or next(
            (row.endings[0] for row in self.readers.values() if row.starts and content.startswith(row.starts)), ""
        )

    def _content(self, name: PurePath, part: Any) -> str | bytes | None:  # noqa: ANN401
        try:
            raw, guessed = _decoded(part) if part.get_content_maintype() == "text" else (part.get_content(), ())
        except _DECODING:
            self.notes.append(f"{name.name} left out: it is damaged")
            return None
        if not isinstance(raw, (str, bytes)):
            self.notes.append(f"{name.name} left out: it is no file")
            return None
        self.notes += [f"{name.name}: {note}" for note in guessed]
        if isinstance(raw, str) and "\ufffd" in raw:
            self.notes.append(f"{name.name}: some characters could not be read, and stand as �")
        return raw

    def _read(self, name: PurePath, content: bytes) -> Article | None:
        """Return the article in one part; None, and a note, where it can't be read."""
        try:
            article: Article = served(self.readers[name.suffix.lower()], Path(name.name), content)
        except Rejected as fault:
            self.notes.append(f"{name.name} left out: {fault.diagnostics[0].message}")
            return None
        return article


def _paged(text: str) -> tuple[bool, list[tuple[bytes, str]]]:
    """Return whether a page was signed, and the pages in it, with the day of each where it is told."""
    found = pages(text)
    return found.signed, [(page, "") for page in found.pages]


def _lettered(text: str) -> tuple[bool, list[tuple[bytes, str]]]:
    found = letters(text.replace("\r\n", "\n"))
    return found.signed, [(one.text.encode("utf-8", "replace"), one.published) for one in found.letters]


def _decoded(part: Any) -> tuple[str, tuple[str, ...]]:  # noqa: ANN401
    """Return a text as browsers read it, and what was guessed: mails name encodings that Python does not know, or none."""
    text, notes = decode(part.get_payload(decode=True) or b"", str(part.get_content_charset(""))[:40])
    if str(part.get_param("format", "")).lower() == "flowed" and str(part.get_param("delsp", "")).lower() == "yes":
        text = _DELETED.sub("", text)
    return text, notes


def _inner(part: Any) -> EmailMessage | None:  # noqa: ANN401
    inner = part.get_payload()
    found = inner[0] if isinstance(inner, list) and inner else None
    return found if isinstance(found, EmailMessage) else None


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
    """Return a line of the head as browsers would read its bytes: many are in no encoding, or in a wider one than they name."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    try:
        pieces = decode_header(raw)
    except _DECODING:
        return ""
    return " ".join("".join(_words(piece, label or "") for piece, label in pieces).split())


def _words(piece: bytes | str, label: str) -> str:
    content = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
    return decode(content, label[:40])[0]


def _saved(article: Article, name: str, origin: str) -> Article:
    rows = [(row.role, row.text) for row in article.paragraphs if row.role is not Role.TITLE]
    return as_text(article, name, [(Role.TITLE, article.title), *rows] if article.title else rows, origin)
