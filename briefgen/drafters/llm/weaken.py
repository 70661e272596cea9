"""A status that a model gives can only weaken: what its quotes are as sentences has the last word.

In: a proposal, and the articles as the extractive drafter reads them. Out: the proposal with the statuses that it may have, and
why. A sentence that somebody is said to have said is no report; an article of opinion reports nothing, unless it relays another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefgen.drafters import items
from briefgen.drafters.llm.gate import Gate
from briefgen.drafters.llm.proposal import Anchor, Development, Proposal
from briefgen.drafters.parts import Read, Reading
from briefgen.model.terms import Genre, Status


def weakened(proposal: Proposal, gate: Gate, readings: Sequence[Reading]) -> tuple[Proposal, Mapping[str, str]]:
    """Return the proposal with no status stronger than its quotes allow, and the reason by JSON pointer."""
    by_id = {items.source_id(number): reading for number, reading in enumerate(readings)}
    kept, told = [], {}
    for number, item in enumerate(proposal.key_developments):
        status, why = _status(item, gate, by_id)
        if why:
            told[f"/key_developments/{number}"] = f"status {status}, where the model had {item.status}: {why}"
        kept.append(item.model_copy(update={"status": status}))
    return proposal.model_copy(update={"key_developments": tuple(kept)}), told


def _status(item: Development, gate: Gate, readings: Mapping[str, Reading]) -> tuple[str, str]:
    own = [_of_quote(row, gate, readings[row.source]) for row in item.evidence]
    if item.status != "reported":
        denied = set(own) == {Status.DENIED} and item.status != "denied"
        return ("denied", "so the quoted sentences put it") if denied else (item.status, "")
    opinion = all(readings[row.source].genre is Genre.OPINION for row in item.evidence)
    if not any(row.cites for row in item.evidence) and opinion:
        one = own[0] if len(set(own)) == 1 else None
        why = "its quotes are all of an article of opinion, which relays nobody by name (`cites`)"
        return str(Status.OPINION if one in (None, Status.REPORTED) else one), why
    if any(row.cites for row in item.evidence) or any(found in (None, Status.REPORTED) for found in own):
        return item.status, ""
    said = own[0] if len(set(own)) == 1 else Status.CLAIMED
    return str(said), "so the quoted sentences put it"


def _of_quote(row: Anchor, gate: Gate, reading: Reading) -> Status | None:
    """Return what the sentences of a quote are, `claimed` where they differ and none reports, None where it is in no sentence."""
    located = gate.articles[row.source].locate(row.quote)
    found = {items.status(read, reading.genre) for read in _touched(reading.sentences, located.start, located.end)}
    if not found or Status.REPORTED in found:
        return Status.REPORTED if found else None
    return found.pop() if len(found) == 1 else Status.CLAIMED


def _touched(sentences: Sequence[Read], start: int, end: int) -> Iterator[Read]:
    return (read for read in sentences if read.sentence.start < end and start < read.sentence.end)
