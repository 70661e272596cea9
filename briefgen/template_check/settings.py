"""The files beside the templates: sets, tokens, brand, labels, audiences. Each of a project's own, else the packaged ones.

In: a project. Out: findings at their lines, of all files at once: what stops one does not hide the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from briefgen.files import shown_path
from briefgen.findings.diagnostics import Diagnostic, Rejected
from briefgen.load.source import Source, read
from briefgen.project import overlay
from briefgen.project.project import DEFAULT_SET, Project, packaged
from briefgen.render.labels import flatten
from briefgen.tailor.parts import PARTS
from briefgen.template_check import labels, tokens


def check(project: Project, asked: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield what is wrong in the files that are no templates; `asked` are the labels that templates ask for by their keys.

    Sets and tokens are asked for before, since without them no template can be tried.
    """
    yield from _labels(project, asked)
    for name in project.audience_files:
        yield from _faults(partial(project.audience, name))
    yield from _twins(project)


def sets(project: Project) -> list[Diagnostic]:
    """Return what is wrong in any `template.yaml` of the project's own sets, and in the order of those in use."""
    found: list[Diagnostic] = []
    for root in project.template_roots:
        for name in overlay.sets((root,)) if root.own else ():
            found += _faults(partial(overlay.manifest, root.folder / name))
    found += _faults(lambda: project.layers)
    return list(dict.fromkeys(found))


def tokens_of(project: Project) -> Iterator[Diagnostic]:
    """Yield what is wrong in the tokens files of the set in use."""
    base = read(packaged() / DEFAULT_SET / "tokens.yaml").values
    try:
        folders = [layer.folder for layer in project.layers]
    except Rejected:
        return
    for folder in folders:
        source = yield from _source(folder / "tokens.yaml")
        if source is not None:
            yield from tokens.check(source, base)


def _labels(project: Project, asked: frozenset[str]) -> Iterator[Diagnostic]:
    english = flatten(read(packaged() / "labels" / "en.yaml").values)
    try:
        sections = {f"sections.{name}" for name in (*project.section_names, *PARTS)}
    except Rejected:
        sections = set()
    known = asked | sections | {f"audiences.{name}" for name in project.audience_files}
    for root in _own_or_all(project):
        for path in sorted((root / "labels").glob("*.yaml")):
            source = yield from _source(path)
            if source is not None:
                yield from labels.check(source, english, known)


def _own_or_all(project: Project) -> list[Path]:
    own = [root.folder for root in project.template_roots if root.own]
    return own or [root.folder for root in project.template_roots]


def _twins(project: Project) -> Iterator[Diagnostic]:
    """Yield what is wrong in an audience of the project's own that another file of its name covers."""
    for paths in project.audience_files.values():
        for path in paths[1:]:
            if not path.resolve().is_relative_to(packaged().resolve()):
                yield from _faults(partial(read, path, shown_path(path)))


def _source(path: Path) -> Any:  # noqa: ANN401 - a generator that returns a Source or None
    """Yield what keeps a file from being read; return its source, None where there is none."""
    if not path.is_file():
        return None
    made: list[Source] = []
    yield from _faults(lambda: made.append(read(path, shown_path(path))))
    return made[0] if made else None


def _faults(do: Callable[[], object]) -> list[Diagnostic]:
    try:
        do()
    except Rejected as fault:
        return list(fault.diagnostics)
    return []
