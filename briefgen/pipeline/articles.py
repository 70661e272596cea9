"""What somebody names as articles → Articles, each with a file beside the summary: its quotes can be checked later.

In: files, folders, `-` with what reads it, web addresses, and the summary's path. Out: a `Found`: articles, where each lies, and
what was wrong with the others; one that can't be used never stops the rest. What lies outside the summary's folder, came from
standard input, from an address or out of a mail or a press review is saved in `articles` there. Nothing that lies there is
overwritten.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urldefrag, urlsplit

from briefgen import readers
from briefgen.files import is_folder, is_text, write_atomic
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Span, UsageError, error
from briefgen.model.article import Article
from briefgen.registry import Format, by_ending, lacking

FOLDER = "articles"
"""Where an article goes that lies outside the summary's folder: `sources[].file` never leads out of it."""
NAME = 80  # characters of a file's name that is made of an address or of an attachment's name
_SIGNS = re.compile(r"[^\w.]+|\.{2,}")
_IN_ADDRESSES = "-._~:/?#[]@!$&'()*+,;=%"  # RFC 3986


Input = Callable[[int], bytes]
"""Reads so many bytes at most of standard input."""


@dataclass(slots=True)
class Found:
    """The articles in the order of the command line; `files` and `accessed` (the day of a fetch) go by their checksums."""

    articles: list[Article] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    accessed: dict[str, str] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _File:
    """One file to read; for a fetched page, where it was and when."""

    path: Path
    url: str = ""
    day: str = ""


def find(
    names: Sequence[str],
    output: Path,
    standard_input: Input,
    *,
    private: bool = False,
    formats: Sequence[Format] = readers.FORMATS,
) -> Found:
    """Return the articles that some names stand for; the same text counts once. `standard_input` is asked for `-` alone.

    Raises UsageError for a folder without articles or an empty standard input, BriefgenError where a library is missing.
    """
    found = Found()
    for file in _files(names, output, standard_input, found, formats, private=private):
        try:
            parts = readers.read_all(file.path, formats)
        except Rejected as fault:
            found.faults += fault.diagnostics
            continue
        if len(parts) > 1:
            found.notes.append(f"{file.path.name} holds {len(parts)} articles; each is saved on its own")
        for part in parts:
            _take(found, _placed(part, file, output.parent), file)
    return found


def _take(found: Found, placed: tuple[Article, str], file: _File) -> None:
    """Keep an article; a part of a mail or review replaces its own copy, saved by an earlier draft: it knows more."""
    article, name = placed
    if article.sha256 in found.files:
        if "file" in article.origins:
            found.articles = [article if each.sha256 == article.sha256 else each for each in found.articles]
        return
    found.articles.append(article)
    found.files[article.sha256] = name
    if file.day:
        found.accessed[article.sha256] = file.day


def _files(
    names: Sequence[str], output: Path, standard_input: Input, found: Found, formats: Sequence[Format], *, private: bool
) -> Iterator[_File]:
    """Yield the files that are asked for: those of a folder by name, standard input and addresses once they are saved."""
    for name in names:
        path = Path(name)
        if name == "-":
            yield _File(_from_input(output, standard_input))
        elif "://" in name:
            try:
                yield _fetched(name, output.parent, private=private)
            except Rejected as fault:
                found.faults += fault.diagnostics
        elif is_folder(path):
            yield from map(_File, _in_folder(path, formats))
        else:
            yield _File(path)


def _in_folder(folder: Path, formats: Sequence[Format]) -> list[Path]:
    endings = by_ending(formats)
    known = [each for each in sorted(folder.iterdir()) if each.suffix.lower() in endings and each.is_file()]
    if not known:
        raise UsageError(f"there is no article in {folder}", f"articles end in {', '.join(endings)}")
    return known


def _from_input(output: Path, standard_input: Input) -> Path:
    text = standard_input(readers.MAX_TEXT + 1)
    if not text.strip():
        raise UsageError("standard input is empty", "cat article.txt | briefgen draft - -o inputs/x.yaml")
    return _saved(output.parent / FOLDER / f"{output.stem}.txt", text)


# ---- addresses


def _fetched(address: str, folder: Path, *, private: bool) -> _File:
    """Return the file that a page was saved in; raise Rejected with one finding at an address that can't be fetched."""
    from briefgen.readers.fetch import Limits, fetch

    try:
        page = fetch(address, time.monotonic, Limits(private=private))
    except ImportError as fault:
        raise lacking(fault, "fetching", "articles") from fault
    except (UsageError, BriefgenError) as fault:
        place = _without_user(address)
        message = fault.message.removeprefix(f"can't fetch {address}: ")
        raise Rejected([error("ART-07", message, Span(place), fault.hint or "open it in a browser, and save the page")]) from None
    url = quote(urldefrag(page.url).url, safe=_IN_ADDRESSES, errors="replace")
    content = _as_utf8(page.content, page.charset) if by_ending(readers.FORMATS)[page.ending].text else page.content
    return _File(_saved(folder / FOLDER / f"{_named_after(url)}{page.ending}", content), url, date.today().isoformat())


def _without_user(address: str) -> str:
    """Return an address without user name and password: it is printed."""
    head, sign, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{head}{sign}{host.rpartition('@')[2]}{slash}{path}"


def _named_after(url: str) -> str:
    """Return a file's name, without ending, of the host and path of an address."""
    parts = urlsplit(url)
    path = PurePosixPath(parts.path)
    known = path.suffix.lower() in (*by_ending(readers.FORMATS), ".php", ".aspx", ".jsp")
    host = (parts.hostname or "page").removeprefix("www.")
    return _plain(f"{host}-{path.with_suffix('') if known else path}")


def _as_utf8(content: bytes, charset: str) -> bytes:
    """Return a page as UTF-8 with its mark, where only the server said how it was written; else as it came."""
    from briefgen.readers import web_bytes

    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return web_bytes.decode(content, charset)[0].encode("utf-8-sig") if web_bytes.known(charset) else content
    return content


# ---- where an article lies


def _placed(article: Article, file: _File, folder: Path) -> tuple[Article, str]:
    """Return an article, and its file as the summary names it: its own if it lies there, a copy, or its text as a new one."""
    if article.name == file.path.name:
        told = {"url": file.url, "origins": {**article.origins, "url": "the address it was fetched from"}} if file.url else {}
        return article.model_copy(update=told), _inside(file.path, folder)
    path = _saved(folder / FOLDER / f"{_plain(PurePosixPath(article.name).stem)}.txt", article.text.encode())
    back = readers.read(path)
    made: dict[str, object] = {"name": path.name, "paragraphs": back.paragraphs, "sha256": back.sha256}  # as checks will read it
    if file.url:
        made["url"] = file.url
    return article.model_copy(update=made), path.relative_to(folder).as_posix()


def _inside(path: Path, folder: Path) -> str:
    """Return a file as the summary names it; one that lies elsewhere is copied into the folder `articles`.

    So is one whose name is not UTF-8, which no summary can hold, under a name of letters that it can.
    """
    home, real = folder.resolve(), path.resolve()
    inside = real.relative_to(home).as_posix() if real.is_relative_to(home) else ""
    if inside and is_text(inside):
        return inside
    name = path.name if is_text(path.name) else f"{_plain(path.stem)}{path.suffix}"
    return _saved(folder / FOLDER / name, path.read_bytes()).relative_to(folder).as_posix()


def _saved(path: Path, content: bytes) -> Path:
    """Return the file that holds this content now; a number is put in where another article has the name."""
    number, wanted = 1, path
    while path.exists() and path.read_bytes() != content:
        number += 1
        path = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
    if not path.exists():
        write_atomic(path, content)
    return path


def _plain(name: str) -> str:
    """Return a name of letters, digits, dots and hyphens: what others chose becomes no path and no hidden file."""
    return _SIGNS.sub("-", name).strip("-.")[:NAME].rstrip("-.") or "article"
