"""How much each source carries: claims on it, claims on it alone, whom it relays, and how many origins there are in all.

In: a summary, and the evidence of each of its claims. Out: counts. Reprints of one text are one origin, and so are the texts
of one publisher, and an outlet and the articles that relay it. Opens no article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from briefgen.evidence.confidence import Cap, cap, groups
from briefgen.model.parts import Evidence, Source
from briefgen.model.summary import Summary
from briefgen.model.terms import Relation

Claim = Sequence[Evidence]


class Weight(NamedTuple):
    """One source: how many claims it supports, how many on its own, and whom it relays or reprints."""

    source: Source
    claims: int
    alone: int
    relays: tuple[str, ...]


class Panel(NamedTuple):
    """All sources of some claims; `single` counts the claims of one origin, without dates, `oldest` and `newest` are None."""

    weights: tuple[Weight, ...]
    claims: int
    single: int
    origins: tuple[str, ...]
    oldest: Source | None
    newest: Source | None
    cap: Cap


def panel(summary: Summary, claims: Sequence[Claim], rests_on: Claim | None = None) -> Panel:
    """Return what the sources of a summary carry of these claims; the confidence is that of `rests_on`, else of all of them."""
    supported = [kept for claim in claims if (kept := [e for e in claim if e.relation is Relation.SUPPORTS])]
    every = [evidence for claim in claims for evidence in claim]
    dated = sorted((s for s in summary.sources if s.published and s.published.first), key=_day)
    return Panel(
        weights=tuple(_weight(source, supported) for source in summary.sources),
        claims=len(supported),
        single=sum(len(groups(summary, claim)) == 1 for claim in supported),
        origins=tuple(sorted(groups(summary, (e for claim in supported for e in claim)))),
        oldest=dated[0] if dated else None,
        newest=dated[-1] if dated else None,
        cap=cap(summary, rests_on or every),
    )


def by_genre(summary: Summary, claims: Sequence[Claim]) -> dict[str, int]:
    """Return how many claims each genre supports, in the order of the sources; a claim on two genres counts for both."""
    genre = {source.id: source.genre.value for source in summary.sources}
    counts = dict.fromkeys(genre.values(), 0)
    for claim in claims:
        for name in {genre[e.source] for e in claim if e.relation is Relation.SUPPORTS and e.source in genre}:
            counts[name] += 1
    return counts


def claims_in(node: object) -> Iterator[Claim]:
    """Yield the evidence of every claim in a part of a summary, in its order."""
    if isinstance(node, BaseModel):
        if given := getattr(node, "evidence", ()):
            yield given
        for name in type(node).model_fields:
            if name != "evidence":
                yield from claims_in(getattr(node, name))
    elif isinstance(node, tuple):
        for entry in node:
            yield from claims_in(entry)


def _day(source: Source) -> str:
    day = source.published.first if source.published else None
    return day.isoformat() if day else ""


def _weight(source: Source, claims: Sequence[Claim]) -> Weight:
    mine = [claim for claim in claims if any(e.source == source.id for e in claim)]
    alone = sum(all(e.source == source.id for e in claim) for claim in mine)
    cited = {e.cites for claim in mine for e in claim if e.source == source.id and e.cites}
    return Weight(source, len(mine), alone, tuple(sorted(cited | ({source.reprint_of} if source.reprint_of else set()))))
