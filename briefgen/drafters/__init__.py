"""Drafters: articles → a draft of a summary, every item anchored to a verbatim quote and open for review.

In: articles and settings. Out: a `Drafted`: values as a summary's file holds them, and comments by JSON pointer. A drafter is one
function `draft(articles, settings)` and one line of this table; it writes no file and asks nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from briefgen.drafters.parts import Drafted, Settings
from briefgen.model.article import Article
from briefgen.registry import lookup

DRAFTERS: Mapping[str, str] = {
    "extractive": "briefgen.drafters.extractive:draft",
    "llm": "briefgen.drafters.llm:draft",
}

Drafter = Callable[[Sequence[Article], Settings], Drafted]

__all__ = ["DRAFTERS", "Drafted", "Settings", "draft"]


def draft(
    name: str, articles: Sequence[Article], settings: Settings | None = None, own: Mapping[str, Drafter] | None = None
) -> Drafted:
    """Return what the drafter of this name makes of some articles; raise BriefgenError for an unknown name.

    `own` are drafters of the project's by name; they may raise Rejected.
    """
    drafter = (own or {}).get(name) or lookup(DRAFTERS, name, "drafter")
    made: Drafted = drafter(articles, settings or Settings())
    return made
