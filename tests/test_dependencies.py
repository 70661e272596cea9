"""What is imported is declared where it belongs, and what is declared is imported: lazy imports and names for importlib too."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BELONGS = {  # extra → where its packages may be imported: a part of a path below `briefgen`
    "articles": ("readers/", "evidence/quote", "pipeline/leaks/in_pdf"),
    "preview": ("preview/",),
    "dask": ("batch/executors",),
    "llm": ("drafters/llm/",),
}
UNNAMED = {"cryptography": "pypdf imports it", "lxml-html-clean": "trafilatura imports it"}
"""What is declared though nothing of ours names it, and why."""
_RESOLVING = ("import_module", "find_spec", "importorskip")
Imported = tuple[str, str]  # a module's path below `briefgen`, a distribution's name


def declared(*rows: str) -> set[str]:
    return {canonicalize_name(Requirement(row).name) for row in rows}


BASE = declared(*PROJECT["project"]["dependencies"])
EXTRAS = {name: declared(*rows) for name, rows in PROJECT["project"]["optional-dependencies"].items()}
DEV = declared(*(row for name in ("build", "dev") for row in PROJECT["dependency-groups"][name] if isinstance(row, str)))


def modules(tree: ast.AST) -> Iterator[str]:
    """Yield the modules that are imported, at any depth, or whose names are given to importlib or pytest as they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in _RESOLVING:
            yield from (each.value for each in node.args[:1] if isinstance(each, ast.Constant) and isinstance(each.value, str))


def imported(sources: Iterable[tuple[str, str]]) -> Iterator[Imported]:
    """Yield which module imports which distribution; a module that no installed one has stands for itself."""
    own, homes = {"briefgen", "bench", "tests", "tools"}, packages_distributions()
    for path, source in sources:
        for name in sorted({module.partition(".")[0] for module in modules(ast.parse(source))}):
            if name not in sys.stdlib_module_names and name not in own:
                yield path, canonicalize_name(homes.get(name, [name])[0])


def sources(folder: str) -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        if "node_modules" not in path.parts:
            yield path.relative_to(ROOT / folder).as_posix(), path.read_text(encoding="utf-8")


def undeclared(found: Iterable[Imported]) -> list[str]:
    """Return each import of ours that no dependency, and no extra that the module belongs to, declares."""
    problems = []
    for path, distribution in found:
        extras = [name for name, rows in EXTRAS.items() if distribution in rows]
        if distribution in BASE or any(part in path for name in extras for part in BELONGS[name]):
            continue
        where = f"only in the extra {', '.join(extras)}" if extras else "not declared"
        problems.append(f"{path} imports {distribution}, which is {where}")
    return problems


def unused(found: Iterable[Imported]) -> set[str]:
    """Return what is declared, and imported by nothing of ours."""
    return BASE.union(*EXTRAS.values()) - {distribution for _, distribution in found}


def test_what_is_imported_is_declared() -> None:
    assert undeclared(imported(sources("briefgen"))) == []


def test_what_is_declared_is_imported() -> None:
    assert unused(imported(sources("briefgen"))) == UNNAMED.keys()


def test_no_distribution_is_declared_twice() -> None:
    assert [sorted(BASE & rows) for rows in EXTRAS.values()] == [[]] * len(EXTRAS)


def private(path: str, source: str) -> list[str]:
    """Return the modules of others that are imported although their name begins with an underscore."""
    found = [name for name in modules(ast.parse(source)) if not name.startswith(("briefgen", "_", "tests"))]
    return [f"{path} imports {name}" for name in found if "._" in name]


def test_no_private_module_is_imported() -> None:
    assert private("cli/app.py", "from typer._click.exceptions import ClickException") != []
    assert [row for path, source in sources("briefgen") for row in private(path, source)] == []


@pytest.mark.parametrize("folder", ["tests", "tools"])
def test_what_tests_and_tools_import_is_declared(folder: str) -> None:
    known = BASE.union(DEV, *EXTRAS.values())
    assert [row for row in imported(sources(folder)) if row[1] not in known] == []


BROKEN = {
    "import urllib3": "rules/run.py imports urllib3, which is only in the extra articles",
    "def f():\n    from regex import Pattern": "rules/run.py imports regex, which is not declared",
    "importlib.import_module('pypdfium2.raw')": "rules/run.py imports pypdfium2, which is only in the extra preview",
    "if TYPE_CHECKING:\n    import nowhere.to.be.found": "rules/run.py imports nowhere, which is not declared",
}


@pytest.mark.parametrize("source", BROKEN)
def test_the_guard_finds_what_is_undeclared(source: str) -> None:
    assert undeclared(imported([("rules/run.py", source)])) == [BROKEN[source]]


def test_the_guard_finds_what_nothing_imports() -> None:
    found = [row for row in imported(sources("briefgen")) if row[1] != "pyphen"]
    assert unused(found) - UNNAMED.keys() == {"pyphen"}
