"""Template sets laid over each other: which folders give the files, in which order, and what covers what.

In: the template roots (a project's own before the packaged one) and the name of a set. Out: `Layer`s and the files in them.
It reads `template.yaml` only; what is in a template it never looks at.

The order, the first wins: the set in the project, the packaged set of the same name, then the set that it extends, in the
project and packaged, and so on. Audiences and labels belong to no set: they lie in the roots themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from briefgen.files import fenced, is_folder, shown_path
from briefgen.findings.diagnostics import Diagnostic, Rejected, Span, error
from briefgen.findings.near import did_you_mean, nearest
from briefgen.load.source import Source, read
from briefgen.load.validate import check_model
from briefgen.model.template_set import TemplateFile

SET_FILE = "template.yaml"
SHARED = ("audiences", "labels")
"""Folders of a root that belong to no set."""
BRAND = "brand.yaml"


class Layer(NamedTuple):
    """One folder of templates: where it is, of which set, and whether it is packaged."""

    folder: Path
    set: str
    own: bool


class Found(NamedTuple):
    """One file of a layer: its name in the set (`sections/risks_table.html`), its path, and the layer it is from."""

    name: str
    path: Path
    layer: Layer

    @property
    def origin(self) -> str:
        """Return where it comes from, as people say it."""
        return "project" if self.layer.own else "packaged"


class Root(NamedTuple):
    """A template root: the project's `templates/`, or the packaged one."""

    folder: Path
    own: bool


def layers(roots: Sequence[Root], name: str, asked: Span | None = None) -> tuple[Layer, ...]:
    """Return the folders of a set, the one that wins first; `asked` is the place that names it.

    Raises Rejected for a set that is not there, one without `template.yaml`, and sets that extend each other in a circle.
    """
    known = sets(roots)  # no path, however it is written, leads out of them
    found: list[Layer] = []
    seen: list[str] = []
    wanted: str | None = name
    while wanted is not None:
        if wanted in seen:
            way = " → ".join((*seen[seen.index(wanted) :], wanted))
            hint = "below a project's set lies the packaged one of its name without being asked; drop this `extends`"
            raise Rejected([error("SET-02", f"template sets extend each other in a circle: {way}", asked, hint)])
        here = [Layer(root.folder / wanted, wanted, root.own) for root in roots if is_folder(root.folder / wanted)]
        if wanted not in known:
            raise Rejected([_unknown(wanted, roots, asked)])
        seen.append(wanted)
        found += here
        wanted, asked = _extends(wanted, here, asked)
    return tuple(found)


def manifest(folder: Path) -> tuple[TemplateFile, Source] | None:
    """Return what a set's folder says of itself, with its places; None where it says nothing. Raises Rejected."""
    path = folder / SET_FILE
    if not path.is_file():
        return None
    source = read(fenced(path, folder.parent), shown_path(path))
    said = check_model(TemplateFile, source)
    if said.name != folder.name:
        message = f"the set is called {said.name!r}, and its folder {folder.name!r}"
        raise Rejected([error("SET-04", message, source.span("/name"), f"write `name: {folder.name}`")])
    return said, source


def sets(roots: Sequence[Root]) -> list[str]:
    """Return the names of all sets that some root has."""
    names = {path.name for root in roots for path in root.folder.glob("*") if path.is_dir()}
    return sorted(name for name in names if name not in SHARED and not name.startswith("."))


def files(roots: Sequence[Root], folders: Sequence[Layer]) -> dict[str, tuple[Found, ...]]:
    """Return every file by its name, the one that counts first: those of the set, then audiences, labels and brand."""
    found: dict[str, tuple[Found, ...]] = {}
    for layer in folders:
        for path in _below(layer.folder):
            name = path.relative_to(layer.folder).as_posix()
            found[name] = (*found.get(name, ()), Found(name, path, layer))
    ordered = {name: found[name] for name in sorted(found)}
    for pattern in (*(f"{shared}/*.yaml" for shared in SHARED), BRAND):
        for root in roots:
            for path in sorted(root.folder.glob(pattern)):
                name = path.relative_to(root.folder).as_posix()
                row = Found(name, path, Layer(root.folder, "", root.own))
                ordered[name] = (*ordered.get(name, ()), row)
    return ordered


def near(name: str, known: Sequence[str]) -> str:
    """Return the known name that was probably meant: by its whole, else by its last part; empty where none is near."""
    stems = {Path(entry).stem: entry for entry in reversed(known)}
    return nearest(name, known, 0.7) or stems.get(nearest(Path(name).stem, stems) or "", "")


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _extends(name: str, here: Sequence[Layer], asked: Span | None) -> tuple[str | None, Span | None]:
    """Return which set a set extends, and where it says so; the project's file speaks before the packaged one."""
    said = next((row for layer in here if (row := manifest(layer.folder))), None)
    if said is None:
        message = f"the template set {name!r} has no {SET_FILE}"
        hint = f"write {shown_path(here[0].folder / SET_FILE)} with `name: {name}` and `extends: default`"
        raise Rejected([error("SET-03", message, asked, hint)])
    return said[0].extends, said[1].span("/extends")


def _unknown(name: str, roots: Sequence[Root], asked: Span | None) -> Diagnostic:
    known = sets(roots)
    hint = did_you_mean(nearest(name, known), f"there are {', '.join(known)}")
    return error("SET-01", f"there is no template set {name!r}", asked, hint)
