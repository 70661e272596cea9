"""What a claim is compared with, how strictly, and what a comparison says: the types of this room.

In: texts. Out: `Ground`, `Policy` and `Said`. A ground is a quote with its paragraph and its article, or an item's `full`
wording.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from briefgen.findings.diagnostics import Verdict
from briefgen.language.memo import sentences

Place = tuple[int, int]


class Kind(StrEnum):
    """What kind of thing a claim says."""

    FIGURE = "figure"
    BOUND = "bound"
    DATE = "date"
    NAME = "name"
    DENIAL = "denial"
    DIRECTION = "direction"
    EXTENT = "extent"
    ORDER = "order"
    CAUSE = "cause"
    ACTOR = "actor"
    TERM = "likelihood"
    HEDGE = "hedge"


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
        quote = self.quote if self.quote not in self.paragraph else ""
        return "\n\n".join(filter(None, (quote, self.paragraph))) or self.article

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the sentences of the paragraph that the quote stands in, the paragraph itself where it is not found there."""
        if not self.quote:
            return (self.near,)
        rows = sentences(self.paragraph, self.language)
        begin, size = self.paragraph.find(self.quote[:40]), len(self.quote)
        found = tuple(row.text for row in rows if row.start < begin + size and begin < row.end) if begin >= 0 else ()
        return found or (self.paragraph or self.quote,)


class Policy(NamedTuple):
    """How a text is compared: its language, and what besides its grounds it may say.

    `wording` says that it is a shorter wording of a claim, which may leave out and say simply; else it is a claim, which needs
    its ground. `own` is text whose names need no ground (glossary, perspective), `every` all articles of the summary, `years` are
    those that a date without year can mean, `day` is the item's own date. Of `ours`, an assessment, only figures and dates are
    compared. A `context`, background, may give causes that everybody knows; a `label`, a headline, may drop that it is at least
    so many.
    """

    language: str = "en"
    wording: bool = False
    own: str = ""
    every: str = ""
    years: tuple[int, ...] = ()
    day: str = ""
    ours: bool = False
    context: bool = False
    label: bool = False


class Said(NamedTuple):
    """One thing that a text says and its ground does not: its words, what stands there instead, both with their places.

    `there` is a place in the first ground's `near`. `sentence` is the sentence of the ground that is nearest to it.
    """

    kind: Kind
    verdict: Verdict
    said: str
    instead: str = ""
    at: Place | None = None
    there: Place | None = None
    sentence: str = ""
