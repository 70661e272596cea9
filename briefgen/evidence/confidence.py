"""How firm the ground of a claim is: the confidence that its evidence allows. Knows the model only, opens no article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from pydantic import BaseModel

from briefgen.evidence.houses import house
from briefgen.model.ids import items
from briefgen.model.parts import Evidence, Source
from briefgen.model.summary import Summary
from briefgen.model.terms import Genre, Relation, Reliability
from briefgen.model.yardstick import Confidence


class Strength(IntEnum):
    """How much one piece of evidence bears; see `strength`."""

    WEAK = 0
    FAIR = 1
    STRONG = 2


class Cap(NamedTuple):
    """The highest confidence that the evidence allows, the label key of the reason, and the numbers that the label names."""

    confidence: Confidence
    reason: str
    values: Mapping[str, int]


PRIMARY = frozenset({Genre.OFFICIAL, Genre.LEGAL, Genre.DATA})


def strength(evidence: Evidence, source: Source | None) -> Strength:
    """Return how much one piece of evidence bears.

    Strong: read in the original, from a named speaker, in a source of reliability A or B, or in an official, legal or data source
    that is not graded. Fair: the same in a source of reliability C. Weak: all else: relayed (`cites`), unnamed, opinion,
    reliability D to F, not graded.
    """
    if source is None or evidence.cites or evidence.unnamed or source.genre is Genre.OPINION:
        return Strength.WEAK
    if source.reliability is None:
        return Strength.STRONG if source.genre in PRIMARY else Strength.WEAK
    if source.reliability in (Reliability.A, Reliability.B):
        return Strength.STRONG
    return Strength.FAIR if source.reliability is Reliability.C else Strength.WEAK


def original(summary: Summary, source: Source) -> Source:
    """Return the source that `reprint_of` leads to in the end, the source itself where it is no reprint; ends in a cycle, too."""
    seen = {source.id}
    while source.reprint_of and source.reprint_of not in seen:
        seen.add(source.reprint_of)
        found = summary.source(source.reprint_of)
        if found is None:
            break
        source = found
    return source


def groups(summary: Summary, evidence: Iterable[Evidence]) -> frozenset[str]:
    """Return the independent origins of some evidence, as a reader counts them.

    Reprints are one origin, the texts of one publisher are one, and so are an outlet and the articles that relay it. An origin
    that is a text has the id of the first source of its publisher, one that is relayed the name of `house`.
    """
    evidence = tuple(evidence)
    relayed = frozenset(house(e.cites) for e in evidence if e.cites)
    return frozenset(_group(summary, e, relayed) for e in evidence)


def _group(summary: Summary, evidence: Evidence, relayed: frozenset[str]) -> str:
    if evidence.cites:
        return house(evidence.cites)
    source = summary.source(evidence.source)
    return origin(summary, source, relayed) if source else evidence.source


def origin(summary: Summary, source: Source, relayed: Collection[str] = ()) -> str:
    """Return the origin of a source's text: its publisher where somebody relays it, else the first source of that publisher."""
    first = original(summary, source)
    if not first.publisher:
        return first.id
    name = house(first.publisher)
    if name in relayed:
        return name
    return next(one.id for one in summary.sources if one is first or (one.publisher and house(one.publisher) == name))


def cap(summary: Summary, evidence: Sequence[Evidence]) -> Cap:
    """Return the highest confidence that the evidence allows: the first row that fits.

    | reason                     | evidence that supports the claim                                 | at most  |
    |----------------------------|------------------------------------------------------------------|----------|
    | no_evidence                | none                                                             | low      |
    | contradicted               | evidence against it is as strong as the strongest for it         | low      |
    | only_opinion               | opinion only                                                     | low      |
    | only_unnamed               | unnamed sources only                                             | low      |
    | only_opinion_or_unnamed    | both of these only                                               | low      |
    | only_second_hand           | relayed only (`cites`)                                           | low      |
    | only_weak                  | no strong and no fair evidence                                   | low      |
    | several_strong             | strong evidence of two or more independent groups                | high     |
    | one_strong                 | strong evidence of one group, no other group                     | moderate |
    | one_strong_among_several   | strong evidence of one group, weaker evidence of others          | moderate |
    | several_fair               | no strong evidence, fair evidence of two or more groups          | moderate |
    | one_fair                   | fair evidence of one group                                       | low      |

    `values` holds the counts `sources` (different ones), `groups` (independent ones) and `strong` (independent strong ones).
    """
    supports = [e for e in evidence if e.relation is Relation.SUPPORTS]
    against = [e for e in evidence if e.relation is Relation.CONTRADICTS]
    every = groups(summary, supports)
    strong = groups(summary, (e for e in supports if _strength(summary, e) is Strength.STRONG))
    fair = groups(summary, (e for e in supports if _strength(summary, e) is Strength.FAIR))
    counts = {"sources": len({e.source for e in supports}), "groups": len(every), "strong": len(strong)}
    if reason := _low(summary, supports, against):
        return Cap(Confidence.LOW, reason, counts)
    if len(strong) > 1:
        return Cap(Confidence.HIGH, "several_strong", counts)
    if strong:
        reason = "one_strong" if len(every) == 1 else "one_strong_among_several"
        return Cap(Confidence.MODERATE, reason, counts)
    if len(fair) > 1:
        return Cap(Confidence.MODERATE, "several_fair", counts)
    return Cap(Confidence.LOW, "one_fair", counts)


def _strength(summary: Summary, evidence: Evidence) -> Strength:
    return strength(evidence, summary.source(evidence.source))


def _low(summary: Summary, supports: Sequence[Evidence], against: Sequence[Evidence]) -> str:
    """Return why the confidence is low whatever the number of sources, empty where it need not be."""
    if not supports:
        return "no_evidence"
    best = max(_strength(summary, e) for e in supports)
    if any(_strength(summary, e) >= best for e in against):
        return "contradicted"
    if reason := _only(summary, supports):
        return reason
    return "only_weak" if best is Strength.WEAK else ""


def _only(summary: Summary, supports: Sequence[Evidence]) -> str:
    opinion = [is_opinion(summary, e) for e in supports]
    unnamed = [bool(e.unnamed) for e in supports]
    if all(opinion):
        return "only_opinion"
    if all(unnamed):
        return "only_unnamed"
    if all(map(max, opinion, unnamed)):
        return "only_opinion_or_unnamed"
    return "only_second_hand" if all(e.cites for e in supports) else ""


def is_opinion(summary: Summary, evidence: Evidence) -> bool:
    """Return whether the evidence stands in an opinion text and relays nobody else."""
    source = summary.source(evidence.source)
    return source is not None and source.genre is Genre.OPINION and not evidence.cites


def evidence_of(summary: Summary, ids: Iterable[str], without: Collection[str] = ()) -> tuple[Evidence, ...]:
    """Return the evidence of the items with these ids, and of what those rest on; an id of a source counts as evidence.

    Unknown ids are passed over, a rule reports them, and so are those of `without`.
    """
    known = {item.id: item for _, _, item in items(summary) if item.id}
    found: list[Evidence] = []
    waiting, seen = list(ids), set(without)
    while waiting:
        identifier = waiting.pop(0)
        item = known.get(identifier)
        if item is None or identifier in seen:
            continue
        seen.add(identifier)
        if isinstance(item, Source):
            found.append(Evidence(source=item.id))
        else:
            found += _inside(item)
        waiting += getattr(item, "rests_on", ())
    return tuple(found)


def all_evidence(summary: Summary) -> Iterator[Evidence]:
    """Yield every piece of evidence in the summary, in the order of the file."""
    return _inside(summary)


def _inside(node: object) -> Iterator[Evidence]:
    if isinstance(node, Evidence):
        yield node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _inside(getattr(node, name))
    elif isinstance(node, (tuple, dict)):
        for value in node.values() if isinstance(node, dict) else node:
            yield from _inside(value)
