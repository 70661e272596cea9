"""What each source of a summary carries, and what confidence that allows at each level. No article is opened."""

from __future__ import annotations

from typing import NamedTuple

from briefgen.evidence import Cap, cap, evidence_of
from briefgen.evidence.origins import Panel, by_genre, claims_in, panel
from briefgen.load.source import Source
from briefgen.load.validate import validate
from briefgen.model.brief import View
from briefgen.project.project import Project
from briefgen.tailor import tailor


class Grounds(NamedTuple):
    """One summary: its panel, claims by genre, and for each audience the confidence that what it shows allows."""

    name: str
    panel: Panel
    genres: dict[str, int]
    levels: dict[str, Cap]


def grounds(source: Source, project: Project) -> Grounds:
    """Return what the sources of a summary carry, and what that allows; raise Rejected where it can't be read as one."""
    summary = validate(source)
    claims = list(claims_in(summary))
    levels = {}
    for audience in project.audiences():
        views = (view for section in tailor(summary, audience).sections for view in section.items if isinstance(view, View))
        shown = [str(view.id) for view in views if "id" in view and not view.path.startswith("/sources")]
        levels[audience.name] = cap(summary, evidence_of(summary, [*summary.rests_on, *shown]))
    made = panel(summary, claims, evidence_of(summary, summary.rests_on))
    return Grounds(source.name, made, by_genre(summary, claims), levels)
