"""`briefgen audience`: which audiences there are, and what each is shown."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from briefgen.cli import terminal
from briefgen.cli.app import Exit
from briefgen.model.audience import Audience
from briefgen.project.project import Project, shown_path


def run(templates: Path | None, form: str) -> Exit:
    """List the audiences."""
    project = Project.find(Path.cwd(), templates)
    audiences = project.audiences()
    files = {a.name: shown_path(project.audience_files[a.name][0]) for a in audiences}
    if form == "json":
        rows = [{**audience.model_dump(mode="json"), "file": files[audience.name]} for audience in audiences]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return Exit.OK
    heads = ("audience", "pages", "words", "sections", "file")
    terminal.table("Audiences", heads, [(a.name, _pages(a), _words(a), _sections(a), files[a.name]) for a in audiences])
    return Exit.OK


def _pages(audience: Audience) -> str:
    if audience.budget is None:
        return "any"
    return f"{audience.budget.pages}{'' if audience.budget.hard else ' (a wish)'}"


def _words(audience: Audience) -> str:
    return "{}–{}".format(*audience.budget.words) if audience.budget and audience.budget.words else "any"


def _sections(audience: Audience) -> str:
    return ", ".join(use for section in audience.sections for use in section.use)
