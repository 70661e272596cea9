"""Loading code that a desk wrote: from what is installed, and from the project's folder where the person trusts that.

In: a dotted name, the project's folder, whether it is trusted. Out: the object, or a `Fault` that says why there is none.
Nothing of the project's folder is run without trust, however Python was started: the working directory may be on its path.
"""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from importlib import import_module, invalidate_caches
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from threading import RLock
from types import CodeType
from typing import Any

_ALONE = RLock()
_INSTALLED = ("site-packages", "dist-packages")


class Fault(Exception):
    """Why there is no such object: the code of the finding, its message, its cure."""

    def __init__(self, code: str, message: str, cure: str) -> None:
        """Keep the three."""
        super().__init__(code, message, cure)
        self.code, self.message, self.cure = code, message, cure


class Loader:
    """Loads for one project. A second one of the same folder reads its modules anew, as they are then."""

    def __init__(self, folder: Path, *, trusted: bool) -> None:
        """Begin with nothing loaded."""
        self.folder, self.trusted = folder.resolve(), trusted
        self.found: dict[str, Any] = {}
        self.begun = False

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what was loaded: another process loads it by name."""
        return {**self.__dict__, "found": {}, "begun": False}

    def load(self, dotted: str) -> Any:  # noqa: ANN401 - a part may be anything
        """Return the object of a dotted name; raise Fault."""
        if dotted not in self.found:
            with _ALONE:
                self.found[dotted] = self._load(dotted)
        return self.found[dotted]

    def _load(self, dotted: str) -> Any:  # noqa: ANN401
        module, _, name = dotted.partition(":")
        top = module.partition(".")[0]
        if top in sys.stdlib_module_names or top in sys.builtin_module_names:
            raise Fault("PRT-01", f"{top} is of Python's own library, which holds no parts for briefgen", _CURE)
        spec = installed(top, self.folder)
        if spec is None and located(top, self.folder) is None:
            raise Fault("PRT-01", f"there is no module {top}, installed or in the project's folder", _CURE)
        if spec is None and not self.trusted:
            message = f"{top} lies in the project's folder, whose code is not run unasked"
            raise Fault("PRT-02", message, "if you trust who wrote it: --trust-project, or BRIEFGEN_TRUST_PROJECT=1")
        try:
            made = self._of_project(module) if spec is None else _of_python(module, spec)
        except ModuleNotFoundError as fault:
            if f"{module}.".startswith(f"{fault.name}."):
                raise Fault("PRT-01", f"there is no module {fault.name}", _CURE) from fault
            raise Fault("PRT-01", f"{module} can't be loaded: {fault}", "install what it imports") from fault
        except (Exception, SystemExit) as fault:
            cure = f"mend it: `python -c 'import {module}'` in its folder shows where"
            raise Fault("PRT-01", f"{module} can't be loaded: {said(fault)}", cure) from fault
        if not hasattr(made, name):
            raise Fault("PRT-01", f"{module} has no {name!r}", _CURE)
        return getattr(made, name)

    def _of_project(self, module: str) -> Any:  # noqa: ANN401
        if not self.begun:
            _enter(self.folder)
            self.begun = True
        return import_module(module)


_CURE = "a part is named as package.module:name"


def said(fault: BaseException) -> str:
    """Return a fault of somebody else's code in one line: its kind, its first words."""
    return f"{type(fault).__name__}: {' '.join(str(fault).split())[:200]}".rstrip(": ")


def files(dotted: str, folder: Path) -> list[Path]:
    """Return the files that a dotted name leads to: its module, and of a package all that it holds; none where there is none."""
    top = dotted.partition(":")[0].partition(".")[0]
    spec = installed(top, folder) or located(top, folder)
    if spec is None:
        return []
    found = [Path(spec.origin)] if spec.has_location and spec.origin else []
    below = (path for home in spec.submodule_search_locations or () for path in sorted(Path(home).rglob("*")))
    return list(dict.fromkeys((*found, *(path for path in below if path.is_file() and "__pycache__" not in path.parts))))


def installed(top: str, folder: Path) -> ModuleSpec | None:
    """Return where a module lies that does not belong to the project's folder; None where there is none."""
    homes = (folder, *_entered)  # another project of this process is not installed either
    outside = [entry for entry in sys.path if not any(_within(Path(entry or ".").resolve(), home) for home in homes)]
    for finder in sys.meta_path:
        find = getattr(finder, "find_spec", None) if finder is not _Last else None
        spec = PathFinder.find_spec(top, outside) if finder is PathFinder else find(top, None) if find else None
        if spec is not None and not any(_within(Path(place).resolve(), home) for place in _places(spec) for home in homes):
            return spec
    return None


def located(top: str, folder: Path) -> ModuleSpec | None:
    """Return where a module lies in the project's folder itself; None where there is none."""
    spec = FileFinder(str(folder), (SourceFileLoader, SOURCE_SUFFIXES)).find_spec(top)
    return spec if spec is not None and list(_places(spec)) else None


def _places(spec: ModuleSpec) -> Iterator[str]:
    if spec.has_location and spec.origin:
        yield spec.origin
    yield from spec.submodule_search_locations or ()


def _within(path: Path, folder: Path) -> bool:
    """Return whether a path is of the project itself; an environment that lies in its folder holds what is installed."""
    if not path.is_relative_to(folder):
        return False
    standard = (Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib"))
    return not any(part in _INSTALLED for part in path.parts) and not any(path.is_relative_to(home) for home in standard)


def _of_python(module: str, spec: ModuleSpec) -> Any:  # noqa: ANN401
    """Return an installed module; the one that was found, whatever else of its name may stand before it on the path."""
    top = spec.name
    there = sys.modules.get(top)
    if there is None or getattr(there.__spec__, "origin", None) != spec.origin:
        for name in [name for name in sys.modules if name == top or name.startswith(f"{top}.")]:
            del sys.modules[name]
        if spec.loader is not None:
            sys.modules[top] = made = module_from_spec(spec)
            try:
                spec.loader.exec_module(made)
            except BaseException:
                sys.modules.pop(top, None)
                raise
    return import_module(module)


# ---- the project's folder, where Python looks last, so that it covers nothing; one project's at a time


class _Fresh(SourceFileLoader):
    """Compiles what stands in the file now: what Python keeps compiled may be a second old, and would lie in the folder."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


_entered: list[Path] = []


class _Last:
    """Finds modules in the folder that was entered. It is not on `sys.path`: a fresh process of a pool would inherit it."""

    @classmethod
    def find_spec(cls, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Return where a module lies; those inside a package are found by its own path."""
        return _finder(str(_entered[0])).find_spec(name) if path is None and _entered else None


def _finder(home: str) -> FileFinder:
    return FileFinder(home, (_Fresh, SOURCE_SUFFIXES))


def _hook(entry: str) -> FileFinder:
    if not _entered or not Path(entry).is_dir() or not _within(Path(entry).resolve(), _entered[0]):
        raise ImportError(entry)
    return _finder(entry)


def _enter(folder: Path) -> None:
    """Let Python look in a folder, too, and forget what was loaded from there, or from another project's."""
    for old in (*_entered, folder):
        _forget(old)
    if _hook not in sys.path_hooks:
        sys.path_hooks.insert(0, _hook)
    if _Last not in sys.meta_path:
        sys.meta_path.append(_Last)
    _entered[:] = [folder]
    for entry in [entry for entry in sys.path_importer_cache if _within(Path(entry or ".").resolve(), folder)]:
        del sys.path_importer_cache[entry]
    invalidate_caches()


def _forget(folder: Path) -> None:
    for name, module in list(sys.modules.items()):
        places = [getattr(module, "__file__", None) or ""]
        places = [*places, *getattr(module, "__path__", ())] if not name.startswith("briefgen") else []
        if name != "__main__" and any(_within(Path(place).resolve(), folder) for place in places if place):
            del sys.modules[name]
