"""Which setting holds, and who said so: a flag goes before the environment, that before the project file, that before a default.

In: the project, what the command line and the environment gave, already in that order. Out: each setting with its origin.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.files import shown_path
from briefgen.findings import renamed
from briefgen.findings.diagnostics import Diagnostic, UsageError
from briefgen.model.brief import Brief
from briefgen.model.pointers import escape
from briefgen.model.project_file import JobSettings
from briefgen.project.project import PROJECT_FILE, Project, packaged
from briefgen.writers import usual

VARIABLES: Mapping[str, str] = {
    "output": "BRIEFGEN_OUTPUT",
    "templates": "BRIEFGEN_TEMPLATES",
    "workers": "BRIEFGEN_WORKERS",
}
"""The environment variables that stand for a flag, by setting."""
DEFAULT = "default"
MOST_WORKERS = 64
_FIELD = re.compile(r"\{(\w*)\}")
_UNSAFE = re.compile(r"[^\w.\- ]")


class Given(NamedTuple):
    """What was asked for outside the project file: a value, and the flag or the variable that it came by."""

    value: str
    origin: str


class Setting(NamedTuple):
    """One setting: its key, the value that holds, and a flag, a variable, `file:line` or `default`."""

    key: str
    value: Any
    origin: str


def resolve(project: Project, given: Mapping[str, Given]) -> list[Setting]:
    """Return every setting of a project, those of its jobs last. Raises Rejected for a project file that can't be used."""
    return [*_general(project, given), *_defaults(project), *_parts(project), *_of_jobs(project, given)]


def output_folder(project: Project, given: str | None) -> Path:
    """Return where `briefgen render` writes: as it was given, else the project's folder for outputs."""
    return Path(given) if given else project.folder / project.settings.output


def output_shown(project: Project, given: str | None) -> str:
    """Return the output folder as a person would type it."""
    return given or shown_path(output_folder(project, given))


def file_name(pattern: str, brief: Brief) -> str:
    """Return the name of a brief's files, without ending; raise UsageError as `stem` does."""
    stamp = getattr(brief, "as_of", None)
    return stem(pattern, brief.id, brief.audience.name, brief.language, stamp.isoformat() if stamp else "") + brief.ending


def stem(pattern: str, summary: str, audience: str, language: str, date: str) -> str:
    """Return the name of a unit's files, without ending; raise UsageError where the pattern does not give one.

    What a summary says of itself can't lead out of the folder: `/` and the like become `-` in it.
    """
    values = {"summary": summary, "audience": audience, "language": language or "und", "date": date or "undated"}
    if unknown := [name for name in _FIELD.findall(pattern) if name not in values]:
        raise UsageError(f"the name pattern {pattern!r} asks for {unknown[0]!r}", f"there are {', '.join(values)}")
    made = _FIELD.sub(lambda match: _harmless(values[match[1]]), pattern)
    if not made or made[0] in "/." or "/." in made or "//" in made or "\\" in made or made[-1] == "/":
        raise UsageError(f"the name pattern {pattern!r} makes {made!r}", "names stay in the folder, without a dot in front")
    return made


@lru_cache(maxsize=1024)
def _harmless(text: str) -> str:
    made = _UNSAFE.sub("-", text)
    return f"-{made[1:]}" if made.startswith(".") else made


def workers(environment: Mapping[str, str] | None = None) -> int | None:
    """Return how many processes may work at once by the environment, None where it does not say; raise UsageError."""
    text = (os.environ if environment is None else environment).get(VARIABLES["workers"])
    if not text:
        return None
    if not (text.isdecimal() and text.isascii() and 1 <= int(text) <= MOST_WORKERS):
        raise UsageError(f"{VARIABLES['workers']} can't be {text!r}", f"it is a whole number from 1 to {MOST_WORKERS}")
    return int(text)


def old_names(project: Project) -> list[Diagnostic]:
    """Return a warning for each code in the project's file that has a new name, at its place."""
    if project.file is None:
        return []
    written, file = project.settings.checks.ignore, project.file
    rows = [(old, now, file.span(f"/checks/ignore/{written.index(old)}")) for old, now in renamed.old_names(written)]
    return [renamed.told(old, now, span) for old, now, span in rows]


def _general(project: Project, given: Mapping[str, Given]) -> Iterator[Setting]:
    made = project.settings
    file = shown_path(project.file.path) if project.file else f"none: no {PROJECT_FILE} here or above"
    yield Setting("project", shown_path(project.folder), file)
    yield _output(project, given, "/output", made.output)
    yield Setting("name", made.name, _origin(project, "/name"))
    yield _templates(project, given.get("templates"))
    yield Setting("set", project.set_name, _origin(project, "/templates"))
    yield Setting("final_checks", made.final_checks, _origin(project, "/final_checks"))
    yield Setting("refused_files", made.refused_files, _origin(project, "/refused_files"))
    asked = given.get("workers")
    yield Setting("workers", int(asked.value) if asked else "as many as processors", asked.origin if asked else DEFAULT)


def _templates(project: Project, asked: Given | None) -> Setting:
    if asked or project.templates is None:
        return Setting("templates", asked.value if asked else str(packaged()), asked.origin if asked else "packaged")
    return Setting("templates", shown_path(project.templates), "the project's folder")


def _defaults(project: Project) -> Iterator[Setting]:
    for key, value in project.settings.defaults.items():
        yield Setting(f"defaults.{key}", value, _origin(project, f"/defaults/{escape(str(key))}"))


def _parts(project: Project) -> Iterator[Setting]:
    """Yield the project's own parts: their names, and nothing of their code."""
    made = project.settings.parts
    for index, dotted in enumerate(made.rules):
        yield Setting(f"parts.rules.{index}", dotted, _origin(project, f"/parts/rules/{index}"))
    for kind, rows in (("readers", made.readers), ("writers", made.writers), ("drafters", made.drafters)):
        for key, dotted in rows.items():
            yield Setting(f"parts.{kind}.{key}", dotted, _origin(project, f"/parts/{kind}/{escape(key)}"))


def _of_jobs(project: Project, given: Mapping[str, Given]) -> Iterator[Setting]:
    for name, job in project.settings.jobs.items():
        values = job.model_dump(mode="json")
        for key in JobSettings.model_fields:
            if key != "schedule":
                yield _of_job(project, given, name, key, values[key])
        for key, value in (values["schedule"] or {}).items():
            yield Setting(f"jobs.{name}.schedule.{key}", value, _origin(project, f"/jobs/{name}/schedule/{key}"))


def _of_job(project: Project, given: Mapping[str, Given], name: str, key: str, value: Any) -> Setting:  # noqa: ANN401
    """Return one setting of a job: what it does not say itself, the project says."""
    at = f"/jobs/{name}/{key}"
    if key == "formats":
        value = value or list(usual())
    if key in ("output", "name") and value is None:
        at, value = f"/{key}", getattr(project.settings, key)
    if key == "output":
        return _output(project, given, at, value)._replace(key=f"jobs.{name}.output")
    return Setting(f"jobs.{name}.{key}", value or "all", _origin(project, at))


def _output(project: Project, given: Mapping[str, Given], at: str, value: str) -> Setting:
    if asked := given.get("output"):
        return Setting("output", asked.value, asked.origin)
    return Setting("output", shown_path(project.folder / value), _origin(project, at))


def _origin(project: Project, pointer: str) -> str:
    """Return `file:line` of a value that the project file has, else `default`."""
    if project.file is None or pointer not in project.file.places or project.file.raw(pointer) == "":
        return DEFAULT
    span = project.file.span(pointer)
    return f"{span.file}:{span.line}"
