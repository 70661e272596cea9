"""What a reader finds: blocks of text with their roles, and a head of proposals about the article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from briefgen.model.article import Role
from briefgen.model.terms import Genre

_SPACES = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")

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
    """Return a text with single spaces, without control characters and marks of direction; hard spaces and soft hyphens stay."""
    return _SPACES.sub(" ", _CONTROLS.sub("", text)).strip()
