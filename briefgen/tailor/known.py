"""What an audience may name: the parts of a summary, and the fields that a section of each can show.

In: an Audience, the names of the section templates, and where each of its values is written. Out: what it names in vain. The
fields are those of the models, with what a view adds to them; a test compares them with real views, part by part.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from pydantic import BaseModel

from briefgen.findings.diagnostics import Diagnostic, Span, error
from briefgen.findings.near import did_you_mean, nearest
from briefgen.model import parts
from briefgen.model.audience import Audience, SectionSpec
from briefgen.tailor.parts import PARTS, part_of

MODELS: Mapping[str, type[BaseModel]] = {
    "background": parts.Background,
    "ask": parts.Ask,
    "changes": parts.Change,
    "judgements": parts.Judgement,
    "developments": parts.Development,
    "stakeholders": parts.Stakeholder,
    "risks": parts.Risk,
    "scenarios": parts.Scenario,
    "watch": parts.Watch,
    "disagreements": parts.Disagreement,
    "glossary": parts.Term,
    "sources": parts.Source,
}
"""The parts whose views are made from a model."""
ADDED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("bottom_line", "outlook", "gaps", "alternatives"), ("text",)),
    **dict.fromkeys(("why_it_matters", "lines_to_take"), ("text", "evidence")),
    "judgements": ("band",),
    "risks": ("band", "level"),
    "scenarios": ("band",),
    "disagreements": ("item_ids", "headlines"),
    "scope": ("total", "genres", "cited", "undated", "primary", "confidence"),
    "source_panel": ("rows", "claims", "single", "origins", "origin_names", "oldest", "newest", "confidence", "reason"),
    "legend": ("scheme", "bands", "statuses", "grades"),
}
"""The fields that a view has beside those of its model."""


def fields_of(part: str) -> tuple[str, ...]:
    """Return the names of the fields that the items of a part have, those of the model first."""
    model = MODELS.get(part)
    return (*(model.model_fields if model else ()), *ADDED.get(part, ()))


def parts_of(spec: SectionSpec) -> tuple[str, ...]:
    """Return the parts that a section shows, one for each of its templates that shows any."""
    found = (spec.of or part_of(use) for use in spec.use)
    return tuple(dict.fromkeys(part for part in found if part))


def faults(audience: Audience, templates: Collection[str], locate: Callable[[str], Span]) -> list[Diagnostic]:
    """Return an error for each template, part and field that an audience names and nobody has; `locate` takes a JSON pointer."""
    found: list[Diagnostic] = []
    for number, spec in enumerate(audience.sections):
        place = f"/sections/{number}"
        found += _templates(spec, place, templates, locate)
        if spec.of is not None and spec.of not in PARTS:
            message = f"`of` names {spec.of!r}, which is no part of a summary"
            found.append(error("AUD-04", message, locate(f"{place}/of"), _cure(spec.of, PARTS), path=f"{place}/of"))
        else:
            found += _fields(spec, place, locate)
    return [*found, *_ladder(audience, templates, locate)]


def _templates(spec: SectionSpec, place: str, templates: Collection[str], locate: Callable[[str], Span]) -> Iterator[Diagnostic]:
    for number, use in enumerate(spec.use):
        if use not in templates:
            pointer = f"{place}/use/{number}"
            message = f"there is no section template {use!r}"
            own = f"or write it: sections/{use}.html in your template set"
            yield error("AUD-03", message, locate(pointer), _cure(use, templates), own, path=pointer)


def _fields(spec: SectionSpec, place: str, locate: Callable[[str], Span]) -> Iterator[Diagnostic]:
    """Yield what `show` names in vain; a template of no part has no items, and asks for whatever names it likes."""
    shown = parts_of(spec)
    known = list(dict.fromkeys(name for part in shown for name in fields_of(part)))
    for number, name in enumerate(spec.show or ()):
        if shown and name not in known:
            pointer = f"{place}/show/{number}"
            message = f"`show` names {name!r}, and {' and '.join(shown)} have no such field"
            yield error("AUD-05", message, locate(pointer), _cure(name, known), path=pointer)


def _ladder(audience: Audience, templates: Collection[str], locate: Callable[[str], Span]) -> Iterator[Diagnostic]:
    """Yield the steps that cut what is not shown; one that only follows from a misspelt template is not told again."""
    shown = [use for spec in audience.sections for use in spec.use]
    misspelt = [use for use in shown if use not in templates]
    for number, step in enumerate(audience.cut):
        if step.section not in shown and not nearest(step.section, misspelt):
            pointer = f"/cut/{number}/{'short' if step.short else 'drop'}"
            message = f"`cut` names {step.section!r}, which `sections` does not show"
            hints = (_cure(step.section, shown), "or take the step out")
            yield error("AUD-06", message, locate(pointer), *hints, path=pointer)


def _cure(name: str, known: Collection[str]) -> str:
    return did_you_mean(nearest(name, known), f"there are {', '.join(known)}" if known else "leave `show` out")
