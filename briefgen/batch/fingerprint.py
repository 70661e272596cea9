"""What briefs are made from besides their own summary, each part hashed by itself so that a change can be named.

In: a project, and the hashes of files. Out: for each audience and language the parts `audience …`, `template set …`, `labels …`,
`house style`, `fonts`, `project defaults`, `rule settings`, `own rules`, `briefgen` and the versions of the engines; for some
formats their own writers; for a final, the readers of its articles. What takes long to learn
(which audience extends which, which fonts the tokens name) is remembered under the hash of the files that say it.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from briefgen import __version__
from briefgen.batch.filestat import Hashes, short
from briefgen.files import shown_path
from briefgen.load.source import read
from briefgen.project import overlay, own_code
from briefgen.project.parts import Part
from briefgen.project.project import Project
from briefgen.readers import libraries
from briefgen.registry import resolve

ENGINES = ("weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "fonttools", "jinja2", "babel", "pyphen", "python-docx")
RULES = ("checks", "final_checks")
"""The keys of the project file that say how strict the rules are: a part of its own."""
NOT_PRINTED = ("jobs", "output", "name", "templates", "draft", "refused_files")
"""Keys of the project file that change no page; `templates` counts by the files of the set."""
_LIBRARIES = {"Pango": ("libpango-1.0.so.0", "pango_version_string"), "HarfBuzz": ("libharfbuzz.so.0", "hb_version_string")}
LEFT_OUT: Mapping[str, str] = {
    "cli": "reads arguments and prints what was found",
    "batch": "decides which pages are made, and puts them away as they are",
    "schedule": "decides when a batch runs",
    "preview": "shows pages that `render` would make",
    "template_check": "renders samples of its own, and keeps none of them",
    "drafters": "write a summary, whose own bytes count",
    "merge": "writes a summary, whose own bytes count",
    "pipeline/autofix.py": "writes into a summary, whose own bytes count",
    "pipeline/waive.py": "writes into a summary, whose own bytes count",
    "pipeline/articles.py": "finds what a draft is made from",
    "pipeline/levels.py": "compares the wordings of a summary, and prints no page",
    "pipeline/sources.py": "weighs the sources of a summary, and prints no page",
    "project/settings.py": "says which setting holds, and how files are called",
    "project/starter.py": "is what a new project begins with",
    "project/template_copies.py": "copies templates, whose own bytes count",
}
"""Files and folders of the package on which no page depends, and why; every other file of it counts, data too."""

Remembered = Mapping[str, tuple[str, str]]


class Shared:
    """The parts that many briefs have in common, worked out once a run."""

    def __init__(self, project: Project, hashes: Hashes, known: Remembered) -> None:
        """Begin with what an earlier run remembered."""
        self.project, self.hashes, self.known = project, hashes, known
        self.learned: dict[str, tuple[str, str]] = {}
        self._digests: dict[tuple[str, str], str] = {}

    def parts(self, audience: str, language: str) -> Mapping[str, str]:
        """Return the parts that every brief of an audience and a language is made from, by name."""
        return {
            f"audience {audience}": self.audiences.get(audience, ""),
            f"labels {language}": self._labels(language),
            **self._everywhere,
        }

    def digest(self, audience: str, language: str) -> str:
        """Return one hash over these parts."""
        key = (audience, language)
        if key not in self._digests:
            self._digests[key] = short(*(f"{name}\0{made}" for name, made in self.parts(*key).items()))
        return self._digests[key]

    @cached_property
    def defaults(self) -> str:
        """Return the hash of what the project file and the house style fill into every summary."""
        said = {key: value for key, value in self._settings.items() if key not in (*NOT_PRINTED, *RULES)}
        contact = self._memo("brand contact", self.brand, self._contact)
        return short(_text(said), contact)

    @property
    def _settings(self) -> Mapping[str, Any]:
        return self.project.file.values if self.project.file else {}

    @cached_property
    def audiences(self) -> Mapping[str, str]:
        """Return the hash of each audience, with what it extends merged in; empty for one that can't be read."""
        files = [str(path) for paths in self.project.audience_files.values() for path in paths]
        found: dict[str, str] = json.loads(self._memo("audiences", self.hashes.all(files), self._merged))
        return found

    @cached_property
    def everything(self) -> str:
        """Return one hash over all that a worker reads of the project: by it a worker knows whether it must read anew."""
        audiences = short(*(f"{name}\0{made}" for name, made in sorted(self.audiences.items())))
        labels = self.hashes.all(str(path) for root in self.project.roots for path in sorted((root / "labels").glob("*.yaml")))
        writers = short(*self.writers(self.project.parts.writers).values())
        readers = short(*map(self._part, self.project.parts.readers.values()))
        return short(audiences, labels, writers, readers, *self._everywhere.values())

    @cached_property
    def _everywhere(self) -> dict[str, str]:
        return {
            f"template set {self.project.set_name}": self.templates,
            "house style": self.brand,
            "fonts": self._fonts,
            "project defaults": self.defaults,
            "rule settings": short(_text([self._settings.get(key) for key in RULES])),
            "briefgen": self._ours,
            **self._rules,
            **engines(),
        }

    @cached_property
    def templates(self) -> str:
        """Return the hash of every file of the template set, those that it extends included."""
        layers = [str(file) for layer in self.project.layers for file in _below(layer.folder)]
        return self.hashes.all(layers)

    @cached_property
    def brand(self) -> str:
        """Return the hash of the house style and of the files that it names."""
        homes = [root.folder for root in self.project.template_roots if root.own]
        file = next((home / overlay.BRAND for home in homes if (home / overlay.BRAND).is_file()), None)
        if file is None:
            return ""
        own = self.hashes.of(str(file))
        named = json.loads(self._memo("brand files", own, lambda: json.dumps(_named(file))))
        return short(own, self.hashes.all(str(file.parent / name) for name in named))

    @cached_property
    def _fonts(self) -> str:
        families = self._memo("fonts", short(self.templates, self.brand), self._families)
        found = resolve("briefgen.writers.pdf.fontfiles:find")(
            tuple(json.loads(families)), known=resolve("briefgen.writers.pdf.fonts:KNOWN")
        )
        return self.hashes.all(dict.fromkeys(str(file) for faces in found.values() for file in faces.values()))

    @cached_property
    def _ours(self) -> str:
        home = Path(__file__).parent.parent
        return short(__version__, *(f"{name}\0{self.hashes.of(str(home / name))}" for name in ours(home)))

    @cached_property
    def _rules(self) -> dict[str, str]:
        """Return the hash of the project's own rules, where it has some: of their modules, and of packages with all they hold."""
        own = self.project.parts.rules
        return {"own rules": short(*map(self._part, own))} if own else {}

    def writers(self, formats: Iterable[str]) -> dict[str, str]:
        """Return the hash of each writer of the project's own among some formats: those alone are made from it."""
        own = self.project.parts.writers
        return {f"writer {name}": self._part(own[name]) for name in formats if name in own}

    def readers(self, articles: Iterable[str]) -> dict[str, str]:
        """Return what decides the text of some articles: the libraries that read them, and readers of the project's own."""
        own, names = self.project.parts.readers, tuple(articles)
        endings = {Path(name).suffix.lower() for name in names}
        theirs = {f"reader {ending}": self._part(own[ending]) for ending in sorted(endings & set(own))}
        return theirs | libraries(names)

    def _part(self, part: Part) -> str:
        files = own_code.files(part.dotted, self.project.folder)
        return short(part.dotted, self.hashes.all(str(file) for file in files))

    def _labels(self, language: str) -> str:
        names = dict.fromkeys(("en", language.split("-")[0], language))
        files = [root / "labels" / f"{name}.yaml" for root in self.project.roots for name in names if name]
        return self.hashes.all(str(file) for file in files)

    def _merged(self) -> str:
        return _text({name: short(_text(self._audience(name))) for name in self.project.audience_files})

    def _audience(self, name: str) -> Any:  # noqa: ANN401
        try:
            return self.project.audience_source(name).values
        except Exception as fault:  # what is wrong with it is told by the briefs that need it
            return str(fault)

    def _contact(self) -> str:
        contact = self.project.brand.values.get("contact") if self.project.brand else None
        return _text(contact) if contact else ""

    def _families(self) -> str:
        return json.dumps(resolve("briefgen.writers.pdf.fonts:stack")(self.project.template_set.tokens))

    def _memo(self, name: str, key: str, ask: Callable[[], str]) -> str:
        """Return an answer that depends on `key` alone: the remembered one, if the key is the same."""
        before = self.known.get(f"\0{name}")
        if before is not None and before[0] == key:
            return before[1]
        made = ask()
        self.learned[f"\0{name}"] = (key, made)
        return made


@cache
def engines() -> Mapping[str, str]:
    """Return the versions of what lays out, writes, hyphenates and names: libraries of Python, Python itself, Pango."""
    found = {"Python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    for name in ENGINES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    for name, (library, function) in _LIBRARIES.items():
        try:
            ask = getattr(ctypes.CDLL(library), function)
            ask.restype = ctypes.c_char_p
            found[name] = ask().decode()
        except (OSError, AttributeError):
            found[name] = ""
    return found


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


def ours(home: Path) -> Iterator[str]:
    """Yield every file of the package on which a page may depend, relative to its folder.

    Packaged templates lie in the folder of a wheel only, and count as those of a project do: by set, audience and language.
    """
    for file in _below(home):
        name = file.relative_to(home)
        above = (name, *name.parents)
        if not any(part.as_posix() in LEFT_OUT for part in above) and name.parts[0] != "_templates" and _written(name):
            yield name.as_posix()


def _written(name: Path) -> bool:
    """Return whether a person wrote a file: what Python compiled comes from one that is looked at itself."""
    return "__pycache__" not in name.parts


def _named(file: Path) -> list[str]:
    """Return the files that a house style names: its logo, the same as PNG for Word, its Word file."""
    values = read(file, shown_path(file)).values
    logo = values.get("logo")
    names = [logo.get("file") if isinstance(logo, dict) else None, values.get("reference")]
    found = [name for name in names if isinstance(name, str)]
    return [*found, *(str(Path(name).with_suffix(".png")) for name in found if name.lower().endswith(".svg"))]


def _text(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
