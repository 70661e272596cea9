"""The evidence gate for a model: a quote that is not verbatim, or a claim that its quotes don't bear, goes back or goes out.

In: a proposal and the articles. Out: faults by item, in words that the model can act on, and the proposal without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from briefgen.drafters.llm.proposal import LISTS, Anchor, Item, Proposal, Risk, claims, items, named, within
from briefgen.evidence.compare import Ground, Kind, Policy, Said, compare
from briefgen.evidence.quote import Found, Searched, fold
from briefgen.language.segment import words
from briefgen.model.article import Article

MAX_QUOTE_WORDS, COPIED, NAMES = 40, 12, 2
"""As `check` counts them: words of a quote; words in a row that are a copy where no quotation marks stand around them; capitals
among these, of which more make a title or names.
"""
_SAID = re.compile(r"“[^”]{0,600}”|„[^“”]{0,600}[“”]|«[^»]{0,600}»|\"[^\"]{0,600}\"|‘[^’]{0,400}’(?!\w)")
_SHOWN = 240
_WORDS = {
    Kind.FIGURE: "the figure {said}",
    Kind.BOUND: "the bound of {said}",
    Kind.DATE: "the date {said}",
    Kind.NAME: "the name {said}",
    Kind.DENIAL: "the denial {said}",
    Kind.ACTOR: "the name {said}",
}


class GateFault(NamedTuple):
    """One thing that keeps an item out: the place in the proposal, the item as an author knows it, what is wrong."""

    place: str
    about: str
    message: str


class Gate:
    """The articles by the ids that the model was given, ready for searching."""

    def __init__(self, articles: Sequence[Article], language: str) -> None:
        """Keep the articles as S1, S2 … in their order; `language` is that of the claims."""
        self.language = language
        self.articles: Mapping[str, Searched] = {f"S{number}": Searched(article) for number, article in enumerate(articles, 1)}

    def faults(self, proposal: Proposal) -> list[GateFault]:
        """Return all that is wrong with a proposal, item by item; last, with its title."""
        found = [GateFault(place, named(item), message) for place, item in items(proposal) for message in self._item(item)]
        return [*found, *self._title(proposal)]

    def kept(self, proposal: Proposal) -> tuple[Proposal, list[GateFault]]:
        """Return the proposal without what is not borne out, and why each went. What it returns has no fault."""
        faults = self.faults(proposal)
        out = {fault.place for fault in faults}
        lists = {
            name: tuple(item for number, item in enumerate(getattr(proposal, name)) if f"{name}[{number}]" not in out)
            for name in LISTS
        }
        left = proposal.model_copy(update=lists)
        # A title may rest on an item that goes: it is looked at once more.
        lost = self._title(left)
        told = dict.fromkeys([*faults, *lost])
        return left.model_copy(update={"title": None}) if lost else left, list(told)

    def anchors(self, proposal: Proposal) -> dict[Anchor, tuple[str, str]]:
        """Return the words of each quote as its article has them, and its paragraph, for a proposal without fault."""
        made = {}
        for _, item in items(proposal):
            for row in item.evidence:
                located = self.articles[row.source].locate(row.quote)
                whole = fold(located.passage)[0].strip(" .,;:'") == fold(row.quote)[0].strip(" .,;:'")
                exact = whole and "\n" not in located.passage  # else words were left out, or the quote crosses paragraphs
                made[row] = (located.passage if exact else row.quote, f"¶{located.paragraph}")
        return made

    # ---- one item

    def _item(self, item: Item) -> list[str]:
        found = [message for row in item.evidence for message in self._quote(row)]
        if found:
            return found
        grounds = [self._ground(row) for row in item.evidence]
        ours = isinstance(item, Risk)
        policy = Policy(language=self.language, ours=ours)
        said = [row for claim in claims(item) for row in compare(claim, grounds, policy)]
        found = [_fault(row) for row in dict.fromkeys(said)]
        found += [message for row, ground in zip(item.evidence, grounds, strict=True) for message in self._relayed(row, ground)]
        return [*found, *(message for claim in claims(item) for message in self._copied(claim))]

    def _quote(self, row: Anchor) -> Iterator[str]:
        searched = self.articles.get(row.source)
        if searched is None:
            yield f"there is no article {_short(row.source)}; they are {', '.join(self.articles)}"
            return
        if len(row.quote.split()) > MAX_QUOTE_WORDS:
            yield f"the quote “{_short(row.quote)}” has more than {MAX_QUOTE_WORDS} words"
            return
        located = searched.locate(row.quote)
        if located.found is not Found.VERBATIM:
            near = f"; the article says “{_short(located.passage)}”" if located.passage else ""
            yield f"the quote “{_short(row.quote)}” does not stand in {row.source}{near}"

    def _relayed(self, row: Anchor, ground: Ground) -> Iterator[str]:
        """Yield what is wrong with whom the article is said to relay: names and numbers that it does not have."""
        for key in ("cites", "unnamed"):
            told = getattr(row, key)
            for said in compare(within(told), [ground], Policy(language=self.language)) if told else ():
                yield f"`{key}`: {_fault(said)}"

    def _ground(self, row: Anchor) -> Ground:
        searched = self.articles[row.source]
        located = searched.locate(row.quote)
        paragraph = searched.paragraph(located.start).text if located.start >= 0 else ""
        article = searched.article
        about = " ".join(filter(None, (article.title, article.author, article.publisher)))
        return Ground(
            row.quote, paragraph, article.text, language=article.language or "en", about=about, published=article.published or ""
        )

    @cached_property
    def _runs(self) -> frozenset[tuple[str, ...]]:
        rows = (searched.article.paragraphs for searched in self.articles.values())
        found = (run for paragraphs in rows for paragraph in paragraphs for run in runs(paragraph.text))
        return frozenset(_folded(run) for run in found if sum(word[0].isupper() for word in run) <= NAMES)

    def _copied(self, claim: str) -> Iterator[str]:
        for run in runs(_SAID.sub(" \0 ", claim)):
            if _folded(run) in self._runs:
                yield f"copied word for word: “{' '.join(run)}”; say it in words of your own, or in quotation marks"
                return

    # ---- the title

    def _title(self, proposal: Proposal) -> list[GateFault]:
        """Return what the title says and no quote that stands bears."""
        if not proposal.title:
            return []
        rows = [row for _, item in items(proposal) if not any(self._quote_faults(item)) for row in item.evidence]
        about = f"title “{proposal.title}”"
        if not rows:
            return [GateFault("title", about, "no item bears it")]
        said = compare(proposal.title, [self._ground(row) for row in rows], Policy(language=self.language))
        copied = self._copied(proposal.title)
        return [GateFault("title", about, message) for message in dict.fromkeys([*map(_fault, said), *copied])]

    def _quote_faults(self, item: Item) -> Iterator[str]:
        return (message for row in item.evidence for message in self._quote(row))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield every twelve words in a row; none across a zero byte."""
    for stretch in text.split("\0"):
        row = [piece.text for piece in words(fold(stretch)[0])]
        yield from (tuple(row[at : at + COPIED]) for at in range(len(row) - COPIED + 1))


def _folded(run: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(str.casefold, run))


def _short(said: str) -> str:
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN].rstrip()} …"


def _fault(said: Said) -> str:
    if said.kind is Kind.DENIAL and not said.said:
        return f"the quote denies (“{said.instead}”), and the text does not"
    instead = f"; there stands {said.instead}" if said.instead else ""
    return f"{_WORDS.get(said.kind, '“{said}”').format(said=said.said)} is not in the quoted paragraphs{instead}"
