"""What a claim is compared with, and what the comparison brings: the types of `support` and of its parts."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What is missing."""

    FIGURE = "figure"
    BOUND = "bound"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"


class Ground(NamedTuple):
    """What a claim is compared with: the quote, its paragraph, the whole article; empty where there is none.

    `about` holds what is known of the source (title, author, publisher, whom it cites); `published` as a summary writes it.
    """

    quote: str = ""
    paragraph: str = ""
    article: str = ""
    translation: str = ""
    language: str = "en"
    about: str = ""
    published: str = ""

    @property
    def near(self) -> str:
        """Return the text that a claim must rest on: the quote with its paragraph, or the article where nothing is quoted."""
        return "\n\n".join(filter(None, (self.quote, self.paragraph))) or self.article


class Gap(NamedTuple):
    """One thing that the claim says and no ground does; `instead` is the other value that stands there, empty for none."""

    kind: Kind
    said: str
    instead: str = ""
