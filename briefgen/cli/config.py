"""`briefgen config show`: every setting that holds here, and on request where each comes from."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefgen.cli import terminal
from briefgen.cli.app import Exit
from briefgen.load.starter import flow
from briefgen.project import settings
from briefgen.project.project import Project


def run(given: Mapping[str, settings.Given], form: str, *, origin: bool) -> Exit:
    """Print the settings of the project that the working directory belongs to."""
    asked = given.get("templates")
    project = Project.find(Path.cwd(), Path(asked.value) if asked else None)
    found = settings.resolve(project, dict(_given(given)))
    if form == "json":
        rows: dict[str, Any] = {row.key: {"value": row.value, "origin": row.origin} for row in found}
        made = rows if origin else {row.key: row.value for row in found}
        sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=2) + "\n")
        return Exit.OK
    heads = ("setting", "value", "origin")[: 3 if origin else 2]
    terminal.table("Settings", heads, [(row.key, flow(row.value), row.origin)[: len(heads)] for row in found])
    return Exit.OK


def _given(given: Mapping[str, settings.Given]) -> Mapping[str, settings.Given]:
    """Return what was given, with the number of workers that only the environment tells; raise UsageError for a wrong one."""
    count = settings.workers()
    return {**given, "workers": settings.Given(str(count), settings.VARIABLES["workers"])} if count else given
