"""The ladder of an audience: ever deeper cuts, rung by rung; and the versions that a level can come to.

In: an audience, and its uncut brief. Out: cuts. Nothing is laid out here: which rung is taken, the page budget decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from briefgen.model.audience import Audience
from briefgen.model.brief import Brief, View
from briefgen.model.summary import Summary
from briefgen.tailor.tailor import Cuts, marking_of, outline
from briefgen.tailor.views import Outline


def ladder(audience: Audience, brief: Brief) -> Iterator[Cuts]:
    """Yield ever deeper cuts: each rung of `cut:` one item at a time, on top of all rungs before it."""
    counts = {section.use: len(section.items) for section in brief.sections}
    sources = {section.use for section in brief.sections if section.part == "sources"}
    short: set[str] = set()
    down_to: dict[str, int] = {}
    for step in audience.cut:
        use = step.section
        if step.short:
            if audience.text[0] == "short" and use not in sources:
                continue
            short.add(use)
            yield Cuts(frozenset(short), dict(down_to))
            continue
        # idle sources go at once, for one line that counts them; which those are follows from the rungs below, too
        first = step.down_to if use in sources else counts.get(use, 0) - 1
        for count in range(min(first, counts.get(use, 0) - 1), step.down_to - 1, -1):
            counts[use] = down_to[use] = count
            if count or step.down_to == 0:
                yield Cuts(frozenset(short), dict(down_to))


def extremes(summary: Summary, audience: Audience, about: AbstractSet[str]) -> tuple[Brief, ...]:
    """Return outlines: of the uncut brief of an audience, and after every rung of its ladder that may take some items away."""
    views = Outline(summary, marking_of(summary, audience))
    whole = outline(views, audience)
    holders = {section.use for section in whole.sections if about & {str(view.id) for view in section.items if _named(view)}}
    rungs: dict[tuple[tuple[str, int], ...], Cuts] = {}
    for rung in ladder(audience, whole):
        if told := tuple(sorted((use, count) for use, count in rung.down_to.items() if use in holders)):
            rungs.setdefault(told, rung)
    return (whole, *(outline(views, audience, rung) for rung in rungs.values()))


def _named(view: object) -> bool:
    return isinstance(view, View) and "id" in view
