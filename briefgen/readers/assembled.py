"""What every reader ends with: blocks of text → an Article; and the refusals.

In: blocks (role, text) in reading order, and a head of proposals. Out: an `Article`. Paragraph 0 is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from briefgen.findings.diagnostics import BriefgenError, Rejected, Span, error
from briefgen.model.article import Article, Role, paragraphs
from briefgen.readers import head as heads
from briefgen.readers.blocks import Block, Head, clean
from briefgen.registry import lacking

MAX_CHARACTERS = 5_000_000
_LETTERS = re.compile(r"[\W_]+")
_TURNED = re.compile("[\u202d\u202e]")  # the overrides: the other marks of direction stand in many honest pages


def same(one: str, other: str) -> bool:
    """Return whether two texts have the same letters and digits."""
    return _LETTERS.sub("", one).casefold() == _LETTERS.sub("", other).casefold()


def article(path: Path, content: bytes, blocks: Iterable[Block], head: Head, notes: Sequence[str] = ()) -> Article:
    """Return the article; raises Rejected where no text is in it, or too much.

    The title is the one that the head proposes, else a block that is one; it stands first once, wherever it was found.
    """
    found = list(blocks)
    body = [(role, text) for role, raw in found if (text := clean(raw))]
    notes = tuple(dict.fromkeys((*notes, *turned(raw for _, raw in found))))
    if not body:
        raise refused("ART-04", path, "there is no text in the article", "save the article's text, as .txt if need be")
    if sum(len(text) for _, text in body) > MAX_CHARACTERS:
        raise refused("ART-03", path, "the article is a book", "keep the part that the brief rests on")
    rows = _titled(body, head)
    dated = {"published": day} if (day := heads.day(head.values.pop("published", ""))) else {}
    values = {**head.values, **dated}
    origins = {name: origin for name, origin in head.origins.items() if name in values or name == "genre"}
    return Article(
        name=path.name,
        sha256=sha256(content).hexdigest(),
        paragraphs=paragraphs(rows),
        genre=head.genre,
        origins=origins,
        notes=notes,
        **{name: value for name, value in values.items() if name in Article.model_fields},
    )


def turned(texts: Iterable[str]) -> tuple[str, ...]:
    """Return a note where some texts show their signs in another order than they hold them."""
    if not any(map(_TURNED.search, texts)):
        return ()
    return ("signs that turn the direction of its text were taken out: it is shown with other words than it holds",)


def _titled(body: list[Block], head: Head) -> list[Block]:
    """Return the blocks with the title first, once; the head's own lines in them are marked."""
    if body[0][0] is Role.TITLE:
        head.propose("title", body[0][1], "first heading")
    title = head.values.get("title")
    if title and (at := next((i for i, (_, text) in enumerate(body[:3]) if same(text, title)), None)) is not None:
        title = body.pop(at)[1]
    body = heads.marked([(Role.HEADING if role is Role.TITLE else role, text) for role, text in body], head)
    return [(Role.TITLE, title), *body] if title else body


def titled(blocks: list[Block]) -> list[Block]:
    """Return a word processor's blocks with a title: the first text, where no style says which, and it looks like one."""
    if any(role is Role.TITLE for role, _ in blocks):
        return blocks
    first = next((text for _, text in blocks if text.strip()), "")
    if len(first) > 160 or first.rstrip().endswith((".", ";", ",")):
        return blocks
    return [(Role.TITLE if text is first else role, text) for role, text in blocks]


def article_of(path: Path, content: bytes, texts: Iterable[str], title: str = "") -> Article:
    """Return the article that a reader of one's own made out: its paragraphs as texts, its title where it has one.

    Raises Rejected where no text is in it, or too much.
    """
    head = Head()
    if title:
        head.propose("title", title, "the reader")
    return article(path, content, ((Role.BODY, text) for text in texts), head)


def refused(code: str, path: Path, message: str, cure: str) -> Rejected:
    """Return the refusal of an article that can't be used: one finding, at the file."""
    return Rejected([error(code, message, Span(str(path)), cure)])


def missing(fault: ImportError) -> BriefgenError:
    """Return the fault of a library of the extra `articles` that could not be loaded."""
    return lacking(fault, "reading this article", "articles")
