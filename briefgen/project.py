"""The only module that knows directory names: where templates, audiences, labels and project defaults come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.diagnostics import Diagnostic, Rejected, UsageError, error
from briefgen.load.source import Source, read
from briefgen.load.validate import check_model
from briefgen.model.project_file import ProjectFile

if TYPE_CHECKING:
    from briefgen.model.audience import Audience
    from briefgen.render.templates import TemplateSet

PROJECT_FILE = "briefgen.yaml"
DEFAULT_SET = "default"
MAX_EXTENDS = 8


def packaged() -> Path:
    """Return the folder of the packaged templates: in the wheel, else beside the package in a checkout."""
    inside = Path(__file__).parent / "_templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class Project:
    """A desk's folder: its own templates over the packaged ones, and the defaults that its summaries share."""

    folder: Path
    templates: Path | None = None
    file: Source | None = field(default=None, repr=False)

    @classmethod
    def find(cls, start: Path, templates: Path | None = None) -> Project:
        """Return the project of the nearest folder upwards with `briefgen.yaml`, else of `start`."""
        start = start.resolve()
        home = next((folder for folder in (start, *start.parents) if (folder / PROJECT_FILE).is_file()), None)
        folder = home or start
        own = templates or (folder / "templates" if (folder / "templates").is_dir() else None)
        if templates is not None and not templates.is_dir():
            raise UsageError(
                f"there is no template folder {templates}",
                "--templates names a folder with default/ or audiences/ in it",
            )
        return cls(folder, own, _project_file(home / PROJECT_FILE) if home else None)

    @cached_property
    def roots(self) -> tuple[Path, ...]:
        """Return the template roots, the project's own before the packaged one."""
        own = (self.templates.resolve(),) if self.templates else ()
        return tuple(dict.fromkeys((*own, packaged().resolve())))

    def with_defaults(self, source: Source) -> Source:
        """Return a summary's source with the project's `defaults:` filled in."""
        return source.overlay(self.file, "/defaults") if self.file and "defaults" in self.file.values else source

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
        """Return an audience, with what it extends merged in; raise UsageError for an unknown name, Rejected for a bad file."""
        from briefgen.model.audience import Audience

        if name not in self.audience_files:
            raise UsageError(f"there is no audience {name!r}", self._known(name))
        return replace_name(check_model(Audience, self._audience_source(name, ())), name)

    def audiences(self) -> list[Audience]:
        """Return every audience, built-in ones from the top of the house down."""
        return [self.audience(name) for name in self.audience_files]

    def _known(self, name: str) -> str:
        """Return a cure for a name that no audience has."""
        near = get_close_matches(name, self.audience_files, n=1, cutoff=0.5)
        return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(self.audience_files)}"

    def _audience_source(self, name: str, seen: tuple[Path, ...]) -> Source:
        """Return an audience's source over what it extends; under its own name, that is the packaged one that it covers."""
        path = next((path for path in self.audience_files[name] if path not in seen), None)
        source = read(path or seen[-1], shown_path(path or seen[-1]))
        parent = source.values.get("extends")
        if path is None or len(seen) >= MAX_EXTENDS:
            raise Rejected([_circle(source, (*(file.stem for file in seen), name))])
        if not isinstance(parent, str):
            return source
        if parent not in self.audience_files:
            message = f"it extends {parent!r}, and there is no such audience"
            raise Rejected([error("AUD-02", message, source.span("/extends"), self._known(parent))])
        return source.overlay(self._audience_source(parent, (*seen, path)), "")

    # --- template set -----------------------------------------------------------------------------------------

    @cached_property
    def template_set(self) -> TemplateSet:
        """Return the templates, labels and tokens of the project over the packaged ones."""
        from briefgen.render.templates import TemplateSet

        folders = tuple(root / DEFAULT_SET for root in self.roots if (root / DEFAULT_SET).is_dir())
        tokens: dict[str, Any] = {}
        for folder in reversed(folders):
            if (folder / "tokens.yaml").is_file():
                tokens = merge(tokens, read(folder / "tokens.yaml", shown_path(folder / "tokens.yaml")).values)
        made = TemplateSet(folders, _Catalogues(self.roots), tokens)
        reference = made.find("reference.docx")
        return replace(made, reference=reference)


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
                    merged.update(flatten(read(path, shown_path(path)).values))
            self.read[language] = merged
        return self.read[language]

    def __iter__(self) -> Any:  # noqa: ANN401
        names = {path.stem for root in self.roots for path in (root / "labels").glob("*.yaml")}
        return iter(sorted(names))

    def __len__(self) -> int:
        return len(list(iter(self)))


def _project_file(path: Path) -> Source:
    """Return a project file; raise Rejected for keys that it can't have. What `defaults` holds is checked with each summary."""
    source = read(path, shown_path(path))
    check_model(ProjectFile, source)
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


def shown_path(path: Path) -> str:
    """Return a path as a person would type it: relative to the working directory where it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
