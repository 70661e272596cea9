"""`briefgen audience new`: the file of a new audience, in which all that can be changed stands as a comment."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefgen.cli.app import Exit
from briefgen.files import rewrite, shown_path, standing
from briefgen.findings.diagnostics import UsageError
from briefgen.load.starter import flow
from briefgen.model.audience import Audience
from briefgen.model.text import BUILT_IN
from briefgen.project.project import Project
from briefgen.project.template_copies import folder_of

NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
RESERVED = frozenset({*BUILT_IN, "con", "prn", "aux", "nul"})
"""Names of wordings, and those that Windows allows no file to have."""


def run(name: str, like: str, templates: Path | None, *, force: bool) -> Exit:
    """Write the file, and say what to do next."""
    project = Project.find(Path.cwd(), templates)
    path = folder_of(project) / "audiences" / f"{name}.yaml"
    before = standing(path)
    _refuse(project, name, path, force=force)
    if name == like:
        raise UsageError(f"{name} can't be like itself", "name another audience with --like")
    parent = project.audience(like)
    values = project.audience_source(like).values
    rewrite(path, starter(name, like, parent, values).encode(), before)
    sys.stdout.write(f"{shown_path(path)}\n")
    words = ("edit it, then", f"briefgen render SUMMARY -a {name}", f"briefgen audience show {name}")
    sys.stderr.write("{}\n  {}\n  {}   # all of it, with where each value comes from\n".format(*words))
    return Exit.OK


def _refuse(project: Project, name: str, path: Path, *, force: bool) -> None:
    """Raise UsageError for a name that no audience can have, or that one has already."""
    if name in RESERVED:
        kind = "a wording of every text" if name in BUILT_IN else "a word that Windows keeps for itself"
        raise UsageError(f"{name!r} can't be an audience: it is {kind}", "choose another name")
    if not NAME.fullmatch(name) or len(name) > 40:
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-0123456789")[:40].rstrip("-")
        free = plain and plain not in RESERVED and plain not in project.audience_files
        hint = f"for example {plain if free else 'board'}"
        raise UsageError(f"{name!r} can't be an audience: small letters, digits, - and _, 40 at most", hint)
    if path.exists() and not force:
        raise UsageError(f"{shown_path(path)} exists already", "choose another name, or overwrite it with --force")
    if name in project.audience_files and not path.exists():
        there = shown_path(project.audience_files[name][0])
        raise UsageError(f"there is an audience {name!r} already: {there}", f"choose another name, such as our-{name}")


def starter(name: str, like: str, parent: Audience, values: dict[str, Any]) -> str:
    """Return the text of a new audience's file; `values` are those of its parent, with what that extends merged in."""
    words = re.sub(r"[-_]+", " ", name).capitalize()
    return "".join(
        [
            f"# The audience “{name}”: who reads, what they are shown, in which order, on how many pages.\n",
            f"extends: {flow(like)}   # what this file does not say is as there\n",
            f"label: {words} brief   # what the title block calls it\n",
            f"prepared_for: the {words.lower()}   # for whom: write over it, or take the line out\n\n",
            f"# To change more, take away “# ” at the line. The values are those of {like}. A list is written whole: a section\n",
            "# that it does not name is not shown, and its order is the order of the brief.\n\n",
            *_choices(name, parent, values),
            *_lists(values),
            *_limits(parent, values),
        ]
    )


def _choices(name: str, parent: Audience, values: dict[str, Any]) -> Iterator[str]:
    """Yield the keys that hold one value, each with what can stand there."""
    yield f"# text: {flow([name, *parent.text])}   # which wording of a text, the first that there is\n"
    yield f"# likelihood: {parent.likelihood}   # word, band, full or plain\n"
    yield f"# sourcing: {parent.sourcing}   # line, notes, full or prose\n"
    yield f"# size: {parent.size}   # normal, large, or grow: larger where the pages have room\n"
    if values.get("budget"):
        yield f"# budget: {flow(values['budget'])}   # hard: refused if it can't be kept; words are for the author\n\n"
    else:
        yield "# budget: {pages: 2, hard: true}   # hard: refused if it can't be kept\n\n"


def _lists(values: dict[str, Any]) -> Iterator[str]:
    """Yield the sections and the ladder whole, as comments; the first with what an entry can say."""
    yield "# An entry can say `title: Your heading`, `limit: 3` (the first three items), `show: [fields]`, `heading: false`.\n"
    for key in ("sections", "cut"):
        if key == "cut":
            yield "\n# What to cut when it is too long, from the top. It can only name sections that are shown.\n"
        if values.get(key):
            yield f"# {key}:\n"
            yield from (f"#   - {flow(entry)}\n" for entry in values[key])
        else:
            yield f"# {key}: []\n"


def _limits(parent: Audience, values: dict[str, Any]) -> Iterator[str]:
    yield "\n# Words in a sentence, and years of school that a text asks for, at the most.\n"
    yield f"# limits: {flow({**parent.limits.model_dump(), **(values.get('limits') or {})})}\n"
