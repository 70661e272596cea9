"""What the templates of a project can use: names, fields, filters, labels, other templates. Worked out once a check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2.environment import Environment

from briefgen.files import shown_path
from briefgen.findings.diagnostics import Rejected
from briefgen.model.brief import Brief
from briefgen.project import overlay
from briefgen.project.project import Project
from briefgen.render.organisation import Organisation
from briefgen.render.render import _names as names_for_templates
from briefgen.render.templates import TemplateSet
from briefgen.tailor import tailor
from briefgen.tailor.parts import part_of
from briefgen.template_check import types
from briefgen.template_check.samples import samples
from briefgen.template_check.types import Shape

PRINTS = (".html", ".css")


@dataclass(frozen=True)
class Written:
    """One template as it is written: its name in the set, its file as it is shown, its text, and whether it is the one in use."""

    name: str
    file: str
    text: str
    used: bool = True


class Kitchen:
    """A project, and what its templates can use."""

    def __init__(self, project: Project, templates: TemplateSet) -> None:
        """Keep the project and a template set that could be made of it."""
        self.project, self.templates = project, templates

    @cached_property
    def environment(self) -> Environment:
        """Return the sandbox that renders them."""
        return self.templates.environment()

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Return every template in use, and the project's own ones that others cover."""
        rows = overlay.files(self.project.template_roots, self.project.layers)
        found = []
        for name, layers in rows.items():
            if name.endswith(PRINTS):
                found += [_read(name, row.path, n == 0) for n, row in enumerate(layers) if n == 0 or row.layer.own]
        return tuple(found)

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the names of all templates of the set."""
        return frozenset(row.name for row in self.written)

    @cached_property
    def brief(self) -> Brief:
        """Return a brief with every part and every field, from which shapes are taken."""
        summary = next(sample.summary for sample in samples() if sample.name == "every field")
        return tailor(summary, next(iter(self.audiences)))

    @cached_property
    def audiences(self) -> tuple[Any, ...]:
        """Return the audiences that can be read; the packaged analyst where none can."""
        found = []
        for name in self.project.audience_files:
            try:
                found.append(self.project.audience(name))
            except Rejected:
                continue
        return tuple(found) or (Project(self.project.folder).audience("analyst"),)

    @cached_property
    def globals(self) -> Mapping[str, Shape | None]:
        """Return what a template can name without being given it."""
        given = dict.fromkeys(names_for_templates(self.brief, self.templates.labels("en"), Organisation()))
        return {**dict.fromkeys(self.environment.globals), **given, "brief": types.of_brief(self.brief)}

    @cached_property
    def tokens(self) -> Mapping[str, Shape | None]:
        """Return what a style sheet can name."""
        tokens = {name: types.of(value, name) for name, value in self.templates.tokens.items()}
        return {**dict.fromkeys(self.environment.globals), **tokens, "tokens": types.of(self.templates.tokens, "tokens")}

    @cached_property
    def labels(self) -> frozenset[str]:
        """Return the keys of all labels in English, the project's own ones included."""
        return frozenset(self.templates.catalogues.get("en", {}))

    @cached_property
    def fields(self) -> frozenset[str]:
        """Return every name of a field that anything can have."""
        everything = [*self.globals.values(), *self.tokens.values()]
        return types.everything([*everything, types.of_section(self.brief.parts, self.brief)])

    def section(self, name: str) -> Shape:
        """Return the shape of the section that a template of `sections/` is given."""
        stem = Path(name).stem
        named = [spec.of for audience in self.audiences for spec in audience.sections if stem in spec.use and spec.of]
        parts = [part for part in (*named, part_of(stem)) if part]
        return types.of_section(parts or None, self.brief)


def _read(name: str, path: Path, used: bool) -> Written:
    return Written(name, shown_path(path), path.read_text(encoding="utf-8", errors="replace"), used)
