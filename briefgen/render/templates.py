"""A template set: folders laid over each other, a sandboxed Jinja, labels and design tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import (
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket
from jinja2.environment import Template

from briefgen.files import fenced
from briefgen.findings.near import did_you_mean, nearest
from briefgen.model.brief import Brief, View
from briefgen.model.document import VOCABULARY
from briefgen.render import filters
from briefgen.render.labels import Labels
from briefgen.render.limits import MAX_SOURCE, LimitReached
from briefgen.render.organisation import Organisation
from briefgen.render.sandbox import Sandbox, fingerprint

ENTRY, STYLE, SCREEN = "brief.html", "style.css", "screen.css"
# A tag may end in code, `<tr{{ … }}>`; where code goes on with a name, `<h{{ depth }}>`, that name is no element's.
_NAMES = "|".join(sorted(VOCABULARY, key=len, reverse=True))
_CODE_OR_TAG = re.compile(
    r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})|<((?:" + _NAMES + r")(?=\{[{%])|[a-z][a-z0-9]*(?=[\s>/]))", re.DOTALL
)


def with_places(source: str, name: str) -> str:
    """Return a template in which each element says where it is written: `data-at="name:line"`."""
    line, last = 1, 0
    parts: list[str] = []
    for match in _CODE_OR_TAG.finditer(source):
        if match[2]:
            line += source.count("\n", last, match.start())
            parts += [source[last : match.end()], f' data-at="{name}:{line}"']
            last = match.end()
        else:
            line += source.count("\n", last, match.end())
            parts.append(source[last : match.end()])
            last = match.end()
    return "".join([*parts, source[last:]])


class _Loader(FileSystemLoader):
    """Loads a template from the first folder that has it, with the place of each element written in."""

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ANN401
        """Return source, file and an up-to-date check, as Jinja wants them."""
        try:
            source, filename, fresh = super().get_source(environment, template)
        except UnicodeDecodeError as fault:
            line = fault.object.count(b"\n", 0, fault.start) + 1
            file = next((str(path) for folder in self.searchpath if (path := Path(folder, template)).is_file()), None)
            raise TemplateSyntaxError("it is not UTF-8: save it anew as UTF-8", line, template, file) from fault
        fenced(Path(filename), self._root(filename))
        if len(source) > MAX_SOURCE:
            raise LimitReached(f"{template} has more than {MAX_SOURCE:,} characters", "part it into several files")
        return (with_places(source, template) if template.endswith(".html") else source), filename, fresh

    def _root(self, filename: str) -> Path:
        """Return the template root of a file: the folder above that of its set, where other sets and shared files lie."""
        return next(Path(folder) for folder in self.searchpath if Path(filename).is_relative_to(folder)).parent


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates, kept from one run to the next; Jinja checks each against its source before it is used."""

    def get_source_checksum(self, source: str) -> str:
        """Return a hash of a template and of what compiles it: either, changed, makes it anew."""
        return super().get_source_checksum(f"{fingerprint()}\n{source}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template; a full disk costs the next run its head start, nothing else."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


class _Strict(StrictUndefined):
    """Fails on any use, and says which names there are."""

    def _fail_with_undefined_error(self, *_args: Any, **_kwargs: Any) -> Any:  # noqa: ANN401
        known = _names(self._undefined_obj)
        hint = did_you_mean(nearest(str(self._undefined_name), known), f"there are {', '.join(sorted(known))}" if known else "")
        raise UndefinedError(f"there is no {self._undefined_name!r} here" + (f"; {hint}" if hint else ""))

    __str__ = __iter__ = __len__ = __bool__ = __eq__ = __ne__ = __hash__ = _fail_with_undefined_error
    __getattr__ = __call__ = __getitem__ = __add__ = __lt__ = __gt__ = _fail_with_undefined_error


def _names(value: object) -> list[str]:
    if isinstance(value, View):
        return [*value, "path"]
    if isinstance(value, Brief):
        return [*value.head, "sections", "cuts", "audience", "id", "language", "large", "parts", "yardstick"]
    return [name for name in dir(value) if not name.startswith("_")] if hasattr(value, "__slots__") else []


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """Templates by overlaid folders (the first wins), label catalogues by language, and the design tokens.

    `catalogues` maps a language (`en`, `de-AT`) to its flattened labels; `reference` is the Word file that gives styles, `house`
    what templates may print of the organisation, `pictures` the folders beside these from which an image may be read, `compiled`
    the folder in which compiled templates are kept from one run to the next.
    """

    folders: tuple[Path, ...]
    catalogues: Mapping[str, Mapping[str, Any]]
    tokens: Mapping[str, Any]
    reference: Path | None = None
    house: Organisation = field(default_factory=Organisation)
    pictures: tuple[Path, ...] = ()
    compiled: Path | None = None
    _cache: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def environment(self) -> Sandbox:
        """Return the sandbox: autoescape on, nothing undefined passes, no file outside the folders."""
        if "environment" not in self._cache:
            made = Sandbox(
                loader=_Loader([str(folder) for folder in self.folders]),
                autoescape=lambda name: not (name or "").endswith(".css"),
                undefined=_Strict,
                trim_blocks=True,
                lstrip_blocks=True,
                auto_reload=False,
                bytecode_cache=_Compiled(str(self.compiled)) if self.compiled else None,
            )
            made.add_filters(filters.FILTERS)
            self._cache["environment"] = made
        environment: Sandbox = self._cache["environment"]
        return environment

    def template(self, name: str) -> Template:
        """Return a compiled template; Jinja's own errors pass."""
        return self.environment().get_template(name)

    def labels(self, language: str, tone: str = "") -> Labels:
        """Return the labels of a language: those of `de-AT` over `de` over English."""
        merged: dict[str, Any] = {}
        for key in ("en", language.split("-")[0], language):
            merged.update(self.catalogues.get(key, {}))
        return Labels(merged, language, tone)

    def find(self, name: str) -> Path | None:
        """Return the file that a name stands for, None where no folder has it."""
        return next((folder / name for folder in self.folders if (folder / name).is_file()), None)

    def css(self, name: str = STYLE) -> str:
        """Return a style sheet with the design tokens filled in."""
        if name not in self._cache:
            self._cache[name] = self.template(name).render(**self.tokens, tokens=self.tokens)
        return str(self._cache[name])

    def sections(self) -> list[str]:
        """Return the names of the section templates."""
        names = {path.stem for folder in self.folders for path in (folder / "sections").glob("*.html")}
        return sorted(names)


def missing(fault: TemplateNotFound, known: Sequence[str] | Iterable[str]) -> str:
    """Return what a template that does not exist may have meant."""
    return did_you_mean(nearest(Path(fault.name or "").stem, known), f"there are {', '.join(known)}")
