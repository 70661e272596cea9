"""Which finals a run would refuse: the checks of a dry run, before an upgrade or a change of the rules.

In: a plan. Out: an `Outcome` for each final that is to be made and that its checks refuse. Nothing is rendered or written, so
what only a page shows (a page budget, a template) is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from briefgen.batch import work
from briefgen.batch.job import Outcome
from briefgen.batch.plan import Ground, Task
from briefgen.batch.pool import Local, Serial, each, in_order


def refused(tasks: Sequence[Task], ground: Ground, order: Callable[[Task], work.WorkOrder], *, workers: int) -> list[Outcome]:
    """Return the finals among some tasks that would fail, in their order; each summary is checked once. `workers` 1: here."""
    finals = [task for task in tasks if ground.facts[task.unit.summary].final]
    first = {task.unit.summary: order(task) for task in reversed(finals)}
    pool = Serial() if workers == 1 else Local(workers, inline=True)
    came = dict(zip(first, in_order(each(list(first.values()), work.look, pool)), strict=True))
    failed = [(task.unit, came[task.unit.summary]) for task in finals if came[task.unit.summary].status == "failed"]
    return [replace(made, unit=unit) for unit, made in failed]
