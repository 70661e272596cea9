"""Page budgets that can't be met: by a summary of ordinary length, or because a section may grow and nothing cuts it.

In: one sample, an audience with a budget, and the layout of the uncut brief. Out: a finding that says what the ladder lacks.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.findings.diagnostics import Diagnostic, Rejected, error, warning
from briefgen.model.audience import Audience
from briefgen.pipeline.fit import Layout, fit, words_of
from briefgen.registry import resolve
from briefgen.render import TemplateSet, render
from briefgen.tailor import tailor
from briefgen.tailor.parts import part_of
from briefgen.template_check.samples import LISTS, OUTLOOK, Sample

_SEVERAL = frozenset({*LISTS.values(), *OUTLOOK.values(), "lines_to_take", "gaps", "alternatives", "sources"})
PLAIN = "every field"
"""The sample of ordinary length: what does not hold this one holds no brief."""


def check(sample: Sample, audience: Audience, templates: TemplateSet, layout: Layout) -> Iterator[Diagnostic]:
    """Yield a finding where the budget is not met once the ladder is used up.

    An error where the budget is hard and the sample an ordinary one; a warning otherwise. A budget that is not hard is measured
    with the ordinary sample only: sixty items may take more pages there, and the author is told.
    """
    budget = audience.budget
    if budget is None or (layout.pages < budget.pages) or (not budget.hard and sample.name != PLAIN):
        return
    if not budget.hard:
        if layout.pages > budget.pages:
            yield _told(sample, audience, templates, layout.pages)
        return
    try:
        fit(sample.summary, audience, templates, resolve("briefgen.writers.pdf:layout"))
    except Rejected as fault:
        if any(row.code.startswith("BUD") for row in fault.diagnostics):
            yield _told(sample, audience, templates, layout.pages)


def _told(sample: Sample, audience: Audience, templates: TemplateSet, pages: int) -> Diagnostic:
    budget = audience.budget
    assert budget is not None
    say = error if budget.hard and sample.name in (PLAIN, "minimal") else warning
    ladder = "whatever the ladder cuts" if audience.cut else "and the ladder is empty"
    message = f"{audience.name}: the page budget can't be met with {_what(sample)}, {ladder}"
    uncut = f"uncut it takes {pages} page{'s' if pages > 1 else ''}, and may have {budget.pages}"
    free = growing(audience)
    hints = [f"{uncut}; most words stand in {_biggest(sample, audience, templates)}"]
    if free:
        hints.append(f"nothing bounds {', '.join(free)}: give them a `limit`, or a step `drop` in `cut`")
    else:
        hints.append("let the steps of `cut` go further down, or lower the limits, or allow more pages")
    return say("AUD-10", message, None, *hints)


def growing(audience: Audience) -> list[str]:
    """Return the sections that may hold any number of items, and that no step of the ladder shortens."""
    dropped = {step.drop for step in audience.cut if step.drop}
    rows = [(use, spec.of or part_of(use)) for spec in audience.sections if spec.limit is None for use in spec.use]
    return [use for use, part in rows if part in _SEVERAL and use not in dropped and not use.endswith(("_line", "_matrix"))]


def _what(sample: Sample) -> str:
    return "a summary of ordinary length" if sample.name == PLAIN else f"the sample “{sample.name}”"


def _biggest(sample: Sample, audience: Audience, templates: TemplateSet) -> str:
    brief = tailor(sample.summary, audience)
    document = render(brief, templates)
    sizes = sorted(((words_of(document, s.id), s.use) for s in brief.sections), reverse=True)
    return ", ".join(f"{use} ({count} words)" for count, use in sizes[:3] if count)
