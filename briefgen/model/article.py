"""An article as the evidence gate and the drafters read it: its text in numbered paragraphs, and what is known about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from briefgen.model.terms import Genre


class Role(StrEnum):
    """What a paragraph is: only a body paragraph carries claims; a bio is the line about the author."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    BIO = "bio"


class Paragraph(BaseModel):
    """One paragraph. Number 0 is the title (as in a locator: ¶0); `start` is its offset in the article's `text`."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    number: int
    text: str
    start: int
    role: Role = Role.BODY


class Article(BaseModel):
    """One article. Fields of its head are proposals: `origins` says, by field, where each came from (`<meta>`, `byline`, …)."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    name: str
    sha256: str
    paragraphs: tuple[Paragraph, ...] = ()
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    genre: Genre = Genre.UNKNOWN
    origins: Mapping[str, str] = {}
    notes: Sequence[str] = ()

    @property
    def text(self) -> str:
        """Return the whole text, paragraphs joined by empty lines; a paragraph's `start` counts in it, in characters."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


def paragraphs(texts: Sequence[tuple[Role, str]]) -> tuple[Paragraph, ...]:
    """Return numbered paragraphs with their offsets: the title, where there is one, is 0, the rest count from 1."""
    made: list[Paragraph] = []
    start, number = 0, 0 if texts and texts[0][0] is Role.TITLE else 1
    for role, text in texts:
        made.append(Paragraph(number=number, text=text, start=start, role=role))
        start += len(text) + 2
        number += 1
    return tuple(made)
