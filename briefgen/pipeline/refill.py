"""What the ladder took and the pages have room for: it goes back, the last cut first.

A rung is found by its last cut; the room that it leaves may hold a smaller thing that went before. In: the rungs down to the
one that fits, and how high the sections are uncut and now, so that nothing is laid out that can't fit. Out: fuller cuts.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from briefgen.tailor import Cuts

TRIES = 2
"""Layouts that may be spent at the most: each costs a tenth of a cold render."""

Taken = tuple[str, bool]
"""What a rung took: from which section, and whether that was its wording."""


def fuller(
    rungs: Sequence[Cuts], worth: Mapping[Taken, float], room: float, fits: Callable[[Cuts], float | None], last: Container[str]
) -> None:
    """Put back what fits; `fits` lays cuts out and returns the room that they leave, None where they break the budget.

    What goes into a section of `last`, those that begin on the last page, takes its own height there and no more; it is
    tried first. On the pages before, a row more may push a whole block over the break.

    The last rung's own cut is not tried: the rung before it was too long. Where one thing of a section does not go back, no
    more of that section is tried.
    """
    cuts, closed, left = rungs[-1], {taken(rungs, len(rungs) - 1)}, TRIES
    for number in sorted(range(len(rungs) - 1), key=lambda n: (taken(rungs, n)[0] not in last, -n)):
        what = taken(rungs, number)
        if what in closed or not left:
            continue
        more = _without(cuts, what, _before(rungs, number))
        after = None
        if 0 < worth.get(what, 0) <= room:
            left -= 1
            after = fits(more)
        if after is None:
            closed.add(what)
        else:
            cuts, room = more, after


def _without(cuts: Cuts, what: Taken, before: Cuts) -> Cuts:
    """Return the cuts with one section as it was before it was cut."""
    use, short = what
    if short:
        return Cuts(cuts.short - {use}, cuts.down_to)
    rest = {name: count for name, count in cuts.down_to.items() if name != use}
    return Cuts(cuts.short, rest | {use: before.down_to[use]} if use in before.down_to else rest)


def taken(rungs: Sequence[Cuts], number: int) -> Taken:
    """Return what one rung took that the rung before it had left."""
    before, now = _before(rungs, number), rungs[number]
    for use in now.short - before.short:
        return use, True
    return next((use for use, count in now.down_to.items() if before.down_to.get(use) != count), ""), False


def saved(rungs: Sequence[Cuts], uncut: Mapping[str, float], now: Mapping[str, float]) -> dict[Taken, float]:
    """Return the points that each cut saved, from the heights of the sections: of several from one section, each as much."""
    steps = [taken(rungs, number) for number in range(len(rungs))]
    shares = {use: sum(other == use for other, _ in steps) for use, _ in steps}
    gain = {use: uncut.get(use, 0.0) - now.get(use, 0.0) for use in shares}
    return {step: gain[step[0]] / shares[step[0]] for step in steps}


def _before(rungs: Sequence[Cuts], number: int) -> Cuts:
    return rungs[number - 1] if number else Cuts()
