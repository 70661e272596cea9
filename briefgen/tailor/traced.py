"""The sources that what is printed rests on: a reader must find them at every level, so no page budget takes them away."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from briefgen.evidence import evidence_of
from briefgen.evidence.origins import claims_in
from briefgen.model.summary import Summary


def traced(summary: Summary, paths: Iterable[str], nodes: Iterable[object]) -> frozenset[str]:
    """Return the ids of the sources behind printed items, what judgements and the bottom line rest on included.

    `paths` are where the printed items were written, `nodes` those items. Where none of them names a source, nobody can
    say which source is idle: all of them are returned.
    """
    printed = list(nodes)
    named = [getattr(node, "item", "") or "" for node in printed]
    ids = [*chain.from_iterable(getattr(node, "rests_on", ()) for node in printed), *named]
    if "/bottom_line" in paths:
        ids += summary.rests_on
    # a disagreement is printed at every level, by its sides or by the line that stays of it
    claims = claims_in((*printed, *summary.disagreements))
    found = {piece.source for piece in (*chain.from_iterable(claims), *evidence_of(summary, ids))}
    firsts = {source.reprint_of for source in summary.sources if source.id in found and source.reprint_of}
    return frozenset(found | firsts) or frozenset(source.id for source in summary.sources)
