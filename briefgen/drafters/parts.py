"""What a drafter is given and gives back: settings, sentences with their places, and a draft as plain values with comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from briefgen.model.article import Article
from briefgen.model.drafting import Drafted as Drafted
from briefgen.model.drafting import ModelSettings
from briefgen.model.terms import Genre

MAX_CHARACTERS = 200_000  # of one article: some hundred pages; what follows is not read, and the draft says so
MAX_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Settings:
    """What the author asks for. `actors` are names of a project's own: display name → kind and other names.

    `model` and its `key` are for the model drafter alone.
    """

    language: str | None = None
    title: str | None = None
    items: int = MAX_ITEMS
    actors: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)  # where an article lies, and when it was fetched: by its checksum
    accessed: Mapping[str, str] = field(default_factory=dict)
    model: ModelSettings | None = None
    key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article's body. `start` counts in the article's text; `place` runs from 0 (first) to 1 (last)."""

    article: int
    paragraph: int
    start: int
    text: str
    place: float = 0.0
    opens: bool = False  # the first of its paragraph

    @property
    def end(self) -> int:
        """Return the offset after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, as the sentence puts it. `how` is said, denied, reported, document, relayed or impersonal."""

    how: str
    who: str = ""
    cites: str | None = None
    unnamed: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as the drafter understands it: who says it, its flags, whom it names, its weights for the three sections."""

    sentence: Sentence
    attribution: Attribution | None
    flags: frozenset[str]
    actors: tuple[str, ...]
    fit: Mapping[str, float]
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reprint:
    """What an article was copied from: the number of the original, and how much of the shorter text stands in the other."""

    original: int
    share: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One article, read: its language, its genre and where that came from, its sentences."""

    article: Article
    language: str
    genre: Genre
    genre_from: str
    sentences: tuple[Read, ...]
    notes: tuple[str, ...] = ()
    reprint: Reprint | None = None
