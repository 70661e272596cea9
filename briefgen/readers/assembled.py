"""What every reader ends with: blocks of text → an Article; and the refusals.

In: blocks (role, text) in reading order, and a head of proposals. Out: an `Article`. Paragraph 0 is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from briefgen.findings.diagnostics import BriefgenError, Rejected, Span, error
from briefgen.model.article import Article, Role, paragraphs
from briefgen.model.terms import Genre
from briefgen.readers import head as heads

MAX_CHARACTERS = 5_000_000
_SPACES = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufeff\ufffe\uffff]")
_LETTERS = re.compile(r"[\W_]+")

Block = tuple[Role, str]


@dataclass
class Head:
    """What a file says of itself, each with its origin; the first that says something is kept."""

    values: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    genre: Genre = Genre.UNKNOWN

    def propose(self, name: str, value: object, origin: str) -> None:
        """Keep a value for a field that has none yet; blanks and what is no text are passed over."""
        text = clean(value) if isinstance(value, str) else ""
        if text and len(text) <= 500 and name not in self.values:
            self.values[name], self.origins[name] = text, origin

    def is_a(self, genre: Genre | None, origin: str) -> None:
        """Keep the genre, where none is known yet."""
        if genre and self.genre is Genre.UNKNOWN:
            self.genre, self.origins["genre"] = genre, origin


def clean(text: str) -> str:
    """Return a text with single spaces and without control characters; hard spaces and soft hyphens stay as they are."""
    return _SPACES.sub(" ", _CONTROLS.sub("", text)).strip()


def same(one: str, other: str) -> bool:
    """Return whether two texts have the same letters and digits."""
    return _LETTERS.sub("", one).casefold() == _LETTERS.sub("", other).casefold()


def article(path: Path, content: bytes, blocks: Iterable[Block], head: Head, notes: Sequence[str] = ()) -> Article:
    """Return the article; raises Rejected where no text is in it, or too much.

    The title is the one that the head proposes, else a block that is one; it stands first once, wherever it was found.
    """
    body = [(role, text) for role, raw in blocks if (text := clean(raw))]
    if not body:
        raise refused("ART-04", path, "there is no text in the article", "save the article's text, as .txt if need be")
    if sum(len(text) for _, text in body) > MAX_CHARACTERS:
        raise refused("ART-03", path, "the article is a book", "keep the part that the brief rests on")
    if body[0][0] is Role.TITLE:
        head.propose("title", body[0][1], "first heading")
    title = head.values.get("title")
    if title and (at := next((i for i, (_, text) in enumerate(body[:3]) if same(text, title)), None)) is not None:
        title = body.pop(at)[1]
    body = [(Role.HEADING if role is Role.TITLE else role, text) for role, text in body]
    body = heads.marked(body, head)
    rows = [(Role.TITLE, title), *body] if title else body
    dated = {"published": day} if (day := heads.day(head.values.pop("published", ""))) else {}
    values = {**head.values, **dated}
    origins = {name: origin for name, origin in head.origins.items() if name in values or name == "genre"}
    return Article(
        name=path.name,
        sha256=sha256(content).hexdigest(),
        paragraphs=paragraphs(rows),
        genre=head.genre,
        origins=origins,
        notes=tuple(notes),
        **{name: value for name, value in values.items() if name in Article.model_fields},
    )


def refused(code: str, path: Path, message: str, cure: str) -> Rejected:
    """Return the refusal of an article that can't be used: one finding, at the file."""
    return Rejected([error(code, message, Span(str(path)), cure)])


def missing(library: str) -> BriefgenError:
    """Return the fault of a library that the extra `articles` brings."""
    return BriefgenError(f"{library} is not installed, and reading this article needs it", "pip install 'briefgen[articles]'")
