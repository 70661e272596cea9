"""The desk's folder: where templates, audiences, labels and project defaults come from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen import __version__, writers
from briefgen.files import fenced, is_folder
from briefgen.files import shown_path as shown_path
from briefgen.findings.diagnostics import Diagnostic, Rejected, UsageError, error
from briefgen.findings.near import did_you_mean, nearest
from briefgen.findings.renamed import resolved
from briefgen.load.source import Source, read, read_again
from briefgen.load.validate import check_model
from briefgen.model.pointers import escape
from briefgen.model.project_file import Checks, ProjectFile
from briefgen.project import overlay, parts
from briefgen.project.own_code import Loader
from briefgen.project.parts import Parts

if TYPE_CHECKING:
    from briefgen.model.audience import Audience
    from briefgen.project.own_rules import Rules
    from briefgen.render.templates import TemplateSet

PROJECT_FILE = "briefgen.yaml"
DEFAULT_SET = "default"
MAX_EXTENDS = 8
STATE_FOLDER = ".briefgen"
"""The folder in a project where we remember what was done; it may be removed, and is never committed."""


def packaged() -> Path:
    """Return the folder of the packaged templates: in the wheel, else beside the package in a checkout."""
    home = Path(__file__).parent.parent
    inside = home / "_templates"
    return inside if inside.is_dir() else home.parent / "templates"


@dataclass(frozen=True)
class Project:
    """A desk's folder: its own templates over the packaged ones, and the defaults that its summaries share."""

    folder: Path
    templates: Path | None = None
    file: Source | None = field(default=None, repr=False)
    trusted: bool = False
    """Whether code in the folder may be run: only ever at a person's word, on the command line or in the environment."""
    _audiences: dict[str, Audience] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def find(cls, start: Path, templates: Path | None = None, *, trusted: bool = False) -> Project:
        """Return the project of the nearest folder upwards with `briefgen.yaml`, else of `start`."""
        start = start.resolve()
        home = next((folder for folder in (start, *start.parents) if (folder / PROJECT_FILE).is_file()), None)
        folder = home or start
        own = templates or (folder / "templates" if (folder / "templates").is_dir() else None)
        if templates is not None and not is_folder(templates):
            raise UsageError(
                f"there is no template folder {templates}",
                "--templates names a folder with default/ or audiences/ in it",
            )
        return cls(folder, own, _project_file(home / PROJECT_FILE) if home else None, trusted)

    @cached_property
    def settings(self) -> ProjectFile:
        """Return the project file, checked; where there is none, its defaults. Raises Rejected with every mistake at once."""
        if self.file is None:
            return ProjectFile()
        made = project_file(self.file)
        asked = [
            (f"/jobs/{escape(job)}/audiences/{index}", name)
            for job, row in made.jobs.items()
            for index, name in enumerate(row.audiences)
        ]
        found = [
            error("PRJ-15", f"there is no audience {name!r}", self.file.span(at), self.near_audience(name), path=at)
            for at, name in asked
            if name not in self.audience_files
        ]
        if found:
            raise Rejected(found)
        return made

    @cached_property
    def parts(self) -> Parts:
        """Return the project's own rules, readers, writers and drafters; raise Rejected for names that can't be."""
        if self.file is None:
            return Parts()
        return parts.read(self.file, project_file(self.file).parts, Loader(self.folder, trusted=self.trusted))

    @cached_property
    def rules(self) -> Rules:
        """Return briefgen's rules with the project's own behind them, and what is wrong with those that can't be used."""
        from briefgen.project import own_rules

        return own_rules.read(self.parts.rules)

    @cached_property
    def roots(self) -> tuple[Path, ...]:
        """Return the template roots, the project's own before the packaged one."""
        own = (self.templates.resolve(),) if self.templates else ()
        return tuple(dict.fromkeys((*own, packaged().resolve())))

    @cached_property
    def checks(self) -> Checks:
        """Return how strict the editorial checks are: `checks:` of the project's file, else the packaged settings."""
        made = project_file(self.file).checks if self.file else Checks()
        return made.model_copy(update={"ignore": tuple(resolved(made.ignore))})

    @cached_property
    def refuses(self) -> bool:
        """Return whether an error of a rule of evidence stops a final brief: `final_checks` of the project's file."""
        return project_file(self.file).final_checks == "refuse" if self.file else True

    def with_defaults(self, source: Source) -> Source:
        """Return a summary's source with the project's `defaults:` filled in."""
        made = source.overlay(self.file, "/defaults") if self.file and "defaults" in self.file.values else source
        if self.brand and "contact" in self.brand.values and "contact" not in made.values:
            return made.overlay(replace(self.brand, values={"contact": self.brand.values["contact"]}))
        return made

    @cached_property
    def brand(self) -> Source | None:
        """Return the file of the project's house style, None where there is none."""
        path = next((root.folder / overlay.BRAND for root in self.template_roots if root.own), None)
        return read(fenced(path, path.parent), shown_path(path)) if path and path.is_file() else None

    # --- audiences --------------------------------------------------------------------------------------------

    @cached_property
    def audience_files(self) -> Mapping[str, tuple[Path, ...]]:
        """Return every audience's files by name, the one that counts first: built-in audiences in their order, then own ones."""
        found: dict[str, tuple[Path, ...]] = {}
        for root in reversed(self.roots):
            for path in sorted((root / "audiences").glob("*.yaml"), key=_rank):
                found[path.stem] = (path, *found.get(path.stem, ()))
        return found

    def audience(self, name: str) -> Audience:
        """Return an audience, with what it extends merged in, read once.

        Raises UsageError for an unknown name, Rejected for a bad file.
        """
        if name not in self._audiences:
            self._audiences[name] = self._audience(name)
        return self._audiences[name]

    def _audience(self, name: str) -> Audience:
        from briefgen.model.audience import Audience
        from briefgen.tailor import known

        source = self.audience_source(name)
        made = replace_name(check_model(Audience, source), name)
        if found := known.faults(made, self.section_names, source.span):
            raise Rejected(found)
        return made

    def audience_source(self, name: str) -> Source:
        """Return an audience's values with what it extends merged in, each at its place; raise as `audience` does."""
        if name not in self.audience_files:
            raise UsageError(f"there is no audience {name!r}", self.near_audience(name))
        return self._audience_source(name, ())

    def audiences(self) -> list[Audience]:
        """Return every audience, built-in ones from the top of the house down."""
        return [self.audience(name) for name in self.audience_files]

    def near_audience(self, name: str) -> str:
        """Return a cure for a name that no audience has."""
        return did_you_mean(nearest(name, self.audience_files, 0.5), f"there are {', '.join(self.audience_files)}")

    def _audience_source(self, name: str, seen: tuple[Path, ...]) -> Source:
        """Return an audience's source over what it extends; under its own name, that is the packaged one that it covers."""
        path = next((path for path in self.audience_files[name] if path not in seen), None)
        file = path or seen[-1]
        source = read_again(fenced(file, file.parents[1]), shown_path(file))
        parent = source.values.get("extends")
        if path is None or len(seen) >= MAX_EXTENDS:
            raise Rejected([_circle(source, (*(file.stem for file in seen), name))])
        if not isinstance(parent, str):
            return source
        if parent not in self.audience_files:
            message = f"it extends {parent!r}, and there is no such audience"
            raise Rejected([error("AUD-02", message, source.span("/extends"), self.near_audience(parent))])
        return source.overlay(self._audience_source(parent, (*seen, path)), "")

    # --- template set -----------------------------------------------------------------------------------------

    @property
    def set_name(self) -> str:
        """Return the name of the template set that the project file chooses."""
        return str(self.file.values.get("templates") or DEFAULT_SET) if self.file else DEFAULT_SET

    @cached_property
    def layers(self) -> tuple[overlay.Layer, ...]:
        """Return the folders of the chosen set, the one that wins first; raise Rejected for a set that can't be used."""
        asked = self.file.span("/templates") if self.file and "templates" in self.file.values else None
        return overlay.layers(self.template_roots, self.set_name, asked)

    @property
    def template_roots(self) -> tuple[overlay.Root, ...]:
        """Return the template roots, each with whether it is the project's own."""
        return tuple(overlay.Root(root, root != packaged().resolve()) for root in self.roots)

    @cached_property
    def section_names(self) -> frozenset[str]:
        """Return the names of the section templates of the set."""
        return frozenset(path.stem for layer in self.layers for path in (layer.folder / "sections").glob("*.html"))

    @cached_property
    def template_set(self) -> TemplateSet:
        """Return the templates, labels and tokens of the project over the packaged ones."""
        from briefgen.render.templates import TemplateSet

        folders = tuple(layer.folder for layer in self.layers)
        tokens: dict[str, Any] = {}
        for folder in reversed(folders):
            if (folder / "tokens.yaml").is_file():
                file = fenced(folder / "tokens.yaml", folder.parent)
                tokens = merge(tokens, read(file, shown_path(file)).values)
        made = TemplateSet(folders, _Catalogues(self.roots), tokens, compiled=_compiled_folder())
        reference = made.find("reference.docx")
        made = replace(made, reference=fenced(reference, reference.parents[1]) if reference else None)
        return self.in_house_style(made)

    @property
    def catalogues(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the labels by language, the project's over the packaged ones."""
        return _Catalogues(self.roots)

    def in_house_style(self, templates: TemplateSet) -> TemplateSet:
        """Return the templates with the project's brand, where it has one; raise Rejected for what is wrong in that."""
        return self._in_house_style(templates, self.brand) if self.brand else templates

    def _in_house_style(self, templates: TemplateSet, source: Source) -> TemplateSet:
        """Return the templates with the brand's tokens, logo, texts and Word file; raise Rejected for what is wrong in it."""
        from briefgen.model.brand import Brand
        from briefgen.render import branding

        home = source.path.parent.resolve()
        inside = self.folder if home.is_relative_to(self.folder) else home
        brand = check_model(Brand, source)
        made = branding.furnish(brand, source.values, templates.tokens, source.path, inside, source.span)
        return replace(
            templates,
            tokens=made.tokens,
            house=made.house,
            pictures=(inside,) if made.house.logo else (),
            reference=made.reference or templates.reference,
        )


class _Catalogues(Mapping[str, Mapping[str, Any]]):
    """Label catalogues by language, read when asked for: the project's over the packaged ones."""

    def __init__(self, roots: tuple[Path, ...]) -> None:
        self.roots = roots
        self.read: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, language: str) -> Mapping[str, Any]:
        if language not in self.read:
            from briefgen.render.labels import flatten

            merged: dict[str, Any] = {}
            for root in reversed(self.roots):
                path = root / "labels" / f"{language}.yaml"
                if path.is_file():
                    merged.update(flatten(read(fenced(path, root), shown_path(path)).values))
            self.read[language] = merged
        return self.read[language]

    def __iter__(self) -> Any:  # noqa: ANN401
        names = {path.stem for root in self.roots for path in (root / "labels").glob("*.yaml")}
        return iter(sorted(names))

    def __len__(self) -> int:
        return len(list(iter(self)))


def _compiled_folder() -> Path | None:
    """Return this user's folder for compiled templates, one for each version of ours; None where it can't be written."""
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "briefgen", f"templates-{__version__}")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if os.access(folder, os.W_OK) else None


def project_file(source: Source) -> ProjectFile:
    """Return a project's file, checked; raise Rejected with every mistake at once."""
    own = source.values.get("parts")
    names = {kind: tuple(rows) for kind, rows in (own if isinstance(own, dict) else {}).items() if isinstance(rows, dict)}
    known = {"formats": (*writers.names(), *names.get("writers", ())), "drafters": names.get("drafters", ())}
    return check_model(ProjectFile, source, known)


def _project_file(path: Path) -> Source:
    """Return a project file; raise Rejected for keys that it can't have. What `defaults` holds is checked with each summary."""
    try:
        source = read(path, shown_path(path))
    except Rejected as fault:  # `briefgen new`, the cure for an empty summary, makes no project file
        cure = "remove it, or see in docs/project.md what it holds; `briefgen init FOLDER` makes one that works"
        rows = [replace(row, hints=(cure,)) if "briefgen new" in " ".join(row.hints) else row for row in fault.diagnostics]
        raise Rejected(rows) from fault
    project_file(source)
    return source


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return two nested mappings as one; `over` wins, lists replace."""
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = merge(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


def replace_name(audience: Audience, name: str) -> Audience:
    """Return the audience under the name of its file, where it gives itself none."""
    return audience if audience.name else audience.model_copy(update={"name": name})


def _rank(path: Path) -> tuple[int, str]:
    """Return the order in which audiences are listed: from the top of the house down, then by name."""
    built_in = ("executive", "adviser", "analyst", "public")
    return (built_in.index(path.stem) if path.stem in built_in else len(built_in), path.stem)


def _circle(source: Source, names: tuple[str, ...]) -> Diagnostic:
    return error(
        "AUD-01",
        f"audiences extend each other in a circle: {' → '.join(names)}",
        source.span("/extends"),
        "let one of them stand on its own",
    )
