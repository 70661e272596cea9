"""Which files of the package count: all, but for those of one table, and nothing that renders imports what stands there."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import briefgen
from bench.generate import project
from briefgen.batch.fingerprint import LEFT_OUT, ours
from briefgen.rules import RULES
from tests.batch.desks import edit, run_from
from tests.mini import Mini

HOME = Path(briefgen.__file__).parent
STARTS = ("briefgen.pipeline.check", "briefgen.pipeline.compile", "briefgen.project.project")
"""What a worker of a batch calls: the rest follows from their imports, and from the names in tables."""
_DOTTED = re.compile(r"briefgen(\.\w+)+(:\w+)?")


def modules(home: Path) -> dict[str, Path]:
    """Return every module of the package by its dotted name."""
    found = {"briefgen." + ".".join(path.relative_to(home).with_suffix("").parts): path for path in home.rglob("*.py")}
    return {name.removesuffix(".__init__"): path for name, path in found.items()}


def named(source: str) -> Iterator[str]:
    """Yield every module that a source may import: now or when it runs, by a statement or by a dotted name in a table."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "the package imports by whole names"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _DOTTED.fullmatch(node.value):
            yield node.value.partition(":")[0]


def rendering(known: Mapping[str, Path]) -> set[str]:
    """Return the modules that rendering may import: those of the way of a batch, and whatever they name."""
    waiting, seen = [*STARTS, *(f"briefgen.rules.{str(rule.run).partition(':')[0]}" for rule in RULES)], set[str]()
    assert set(waiting) <= set(known)
    while waiting:
        name = waiting.pop()
        if name in known and name not in seen:
            seen.add(name)
            waiting += [name.rpartition(".")[0], *named(known[name].read_text(encoding="utf-8"))]
    return seen


def inside(entry: str) -> set[str]:
    """Return the modules of an entry of the table: a room, or one file."""
    names = {name: path.relative_to(HOME).as_posix() for name, path in modules(HOME).items()}
    return {name for name, path in names.items() if path == entry or path.startswith(f"{entry}/")}


@pytest.fixture(scope="module")
def rendered() -> set[str]:
    return rendering(modules(HOME))


@pytest.mark.parametrize("entry", LEFT_OUT)
def test_what_is_left_out_is_there_and_nothing_that_renders_imports_it(entry: str, rendered: set[str]) -> None:
    assert (HOME / entry).exists()
    assert LEFT_OUT[entry]
    assert inside(entry)
    assert inside(entry) & rendered == set()


def test_the_way_of_rendering_is_followed_to_its_end(rendered: set[str]) -> None:
    """A closure that follows nothing would prove anything: these are reached by a statement, late, and by a table."""
    assert {"briefgen.pipeline.fit", "briefgen.writers.docx.tables", "briefgen.rules.levels", "briefgen.readers"} <= rendered


@pytest.mark.parametrize("entry", ["writers/docx", "rules", "load/traps.py", "evidence"])
def test_an_entry_too_many_would_be_found(entry: str, rendered: set[str]) -> None:
    assert inside(entry) & rendered


def test_every_other_file_counts() -> None:
    files = {path.relative_to(HOME).as_posix() for path in HOME.rglob("*") if path.is_file()}
    left = {name for name in files if any(name == entry or name.startswith(f"{entry}/") for entry in LEFT_OUT)}
    compiled = {name for name in files if "__pycache__" in name}
    assert set(ours(HOME)) == files - left - compiled
    assert "language/data/en.yaml" in set(ours(HOME))
    assert "preview/assets/preview.js" not in set(ours(HOME))


def test_a_data_file_makes_all_anew_and_a_file_left_out_nothing(mini: Mini, tmp_path_factory: pytest.TempPathFactory) -> None:
    project(mini.folder, 1, tiny=True, audiences=["executive"], formats=["html"])
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(HOME, copy / "briefgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(HOME.parent / "templates", copy / "templates")
    assert run_from(mini, copy)["built"] == 1
    words = copy / "briefgen/language/data/en.yaml"
    words.write_text(f"# another word\n{words.read_text(encoding='utf-8')}", encoding="utf-8")
    assert run_from(mini, copy, "--dry-run")["runs"][0]["to_build"] == [
        {"summary": "inputs/s00000.json", "audience": "executive", "why": ["briefgen changed"]}
    ]
    assert run_from(mini, copy)["built"] == 1
    for name in ("drafters/items.py", "preview/assets/preview.js", "cli/batch.py"):
        edit(copy / "briefgen" / name, "\n", "\n\n")
    assert run_from(mini, copy, "--dry-run")["runs"][0]["to_build"] == []
