"""The evidence gate for a model: a quote that is not verbatim, or a claim that its quotes don't bear, goes back or goes out.

In: a proposal and the articles. Out: faults by item, in words that the model can act on, and the proposal without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefgen.drafters.llm.proposal import LISTS, Anchor, Item, Proposal, Risk, claims, items
from briefgen.evidence.locate import Found, Searched
from briefgen.evidence.support import Gap, Ground, Kind, compare
from briefgen.model.article import Article

MAX_QUOTE_WORDS = 40
_WORDS = {
    Kind.FIGURE: "the figure {said}",
    Kind.BOUND: "the bound of {said}",
    Kind.DATE: "the date {said}",
    Kind.NAME: "the name {said}",
    Kind.NEGATION: "the negation",
}


class Fault(NamedTuple):
    """One thing that keeps an item out, at the place in the proposal that it concerns."""

    place: str
    message: str


class Gate:
    """The articles by the ids that the model was given, ready for searching."""

    def __init__(self, articles: Sequence[Article], language: str) -> None:
        """Keep the articles as S1, S2 … in their order; `language` is that of the claims."""
        self.language = language
        self.articles: Mapping[str, Searched] = {f"S{number}": Searched(article) for number, article in enumerate(articles, 1)}

    def faults(self, proposal: Proposal) -> list[Fault]:
        """Return all that is wrong with a proposal, item by item."""
        return [Fault(place, message) for place, item in items(proposal) for message in self._item(item)]

    def kept(self, proposal: Proposal) -> tuple[Proposal, list[Fault]]:
        """Return the proposal without the items that are not borne out, and why each went."""
        faults = self.faults(proposal)
        out = {fault.place for fault in faults}
        lists = {
            name: tuple(item for number, item in enumerate(getattr(proposal, name)) if f"{name}[{number}]" not in out)
            for name in LISTS
        }
        title = proposal.title if not self._title(proposal, lists) else None
        return proposal.model_copy(update={**lists, "title": title}), faults

    def locators(self, proposal: Proposal) -> dict[tuple[str, str], str]:
        """Return the paragraph of every quote that stands in its article."""
        made = {}
        for _, item in items(proposal):
            for row in item.evidence:
                located = self.articles[row.source].locate(row.quote) if row.source in self.articles else None
                if located and located.found is Found.VERBATIM:
                    made[row.source, row.quote] = f"¶{located.paragraph}"
        return made

    def _item(self, item: Item) -> list[str]:
        found = [message for row in item.evidence for message in self._quote(row)]
        if found:
            return found
        grounds = [self._ground(row) for row in item.evidence]
        ours = isinstance(item, Risk)
        gaps = [gap for claim in claims(item) for gap in compare(claim, grounds, self.language, ours=ours)]
        return [_gap(gap) for gap in dict.fromkeys(gaps)]

    def _title(self, proposal: Proposal, lists: Mapping[str, Sequence[Item]]) -> bool:
        """Return whether the title says what no kept quote bears."""
        grounds = [self._ground(row) for rows in lists.values() for item in rows for row in item.evidence]
        return bool(proposal.title and (not grounds or compare(proposal.title, grounds, self.language)))

    def _quote(self, row: Anchor) -> list[str]:
        searched = self.articles.get(row.source)
        if searched is None:
            return [f"there is no article {row.source}; they are {', '.join(self.articles)}"]
        if len(row.quote.split()) > MAX_QUOTE_WORDS:
            return [f"the quote has more than {MAX_QUOTE_WORDS} words"]
        located = searched.locate(row.quote)
        if located.found is Found.VERBATIM:
            return []
        near = f"; the article says “{located.passage}”" if located.passage else ""
        return [f"the quote “{row.quote}” does not stand in {row.source}{near}"]

    def _ground(self, row: Anchor) -> Ground:
        searched = self.articles[row.source]
        located = searched.locate(row.quote)
        paragraph = searched.paragraph(located.start).text if located.start >= 0 else ""
        article = searched.article
        about = " ".join(filter(None, (article.title, article.author, article.publisher, row.cites)))
        return Ground(
            row.quote, paragraph, article.text, language=article.language or "en", about=about, published=article.published or ""
        )


def _gap(gap: Gap) -> str:
    said = _WORDS[gap.kind].format(said=gap.said)
    instead = f"; there it is {gap.instead}" if gap.instead else ""
    return (
        f"{said} is not in the quoted paragraphs{instead}" if gap.said else f"the quote says “{gap.instead}”, the claim does not"
    )
