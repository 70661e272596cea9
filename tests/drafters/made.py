"""Articles for the drafters' tests, in our own words."""

from __future__ import annotations

from hashlib import sha256

from briefgen.model.article import Article, Role, paragraphs
from briefgen.model.terms import Genre

TEXTS = (
    "The ferry line Nordwind will close its route to Gotland, the company said on Monday. Two port officials, who asked not to "
    "be named, said that Sweden had offered no help.",
    "Poland’s transport minister, Ewa Lis, denied that Warsaw had blocked a rescue. According to the daily Harbour News, the "
    "line lost 40 million euros last year.",
    "If the route closes, islands in the Baltic could lose their supply of fuel, the European Commission warned. The "
    "shareholders will vote on 12 May 2025.",
)


def article(*texts: str, title: str | None = "Ferry line closes its route", name: str = "ferry.txt", **fields: object) -> Article:
    """Return an article of some paragraphs, of three that tell of a ferry line if none is given."""
    rows = [(Role.TITLE, title)] if title else []
    rows += [(Role.BODY, text) for text in texts or TEXTS]
    values = {"language": "en", "genre": Genre.UNKNOWN, **fields}
    return Article(name=name, sha256=sha256(name.encode()).hexdigest(), title=title, paragraphs=paragraphs(rows), **values)
