"""The floors of the house: imports point down only, nothing below floor 2 asks the machine, nothing grows too large."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import briefgen

FLOORS = {
    "cli": 5,
    **dict.fromkeys(("api", "preview", "schedule", "batch"), 4),
    **dict.fromkeys(("template_check", "merge"), 3),
    **dict.fromkeys(("pipeline", "project"), 2),
    **dict.fromkeys(("load", "rules", "tailor", "render", "writers", "readers", "drafters"), 1),
    **dict.fromkeys(("findings", "model", "language", "evidence", "registry", "files"), 0),
}
SIDEWAYS = {  # on floors other than 1, each pair once; they make no cycle
    ("pipeline", "project"),
    ("model", "findings"),
    ("registry", "findings"),
    ("files", "findings"),
    ("evidence", "model"),
    ("evidence", "language"),
    ("language", "model"),
    ("evidence", "registry"),
    ("evidence", "findings"),
}
MACHINE = re.compile(  # clock, environment, standard output: what a stage below floor 2 must be given instead
    r"(datetime\.(datetime\.)?(now|today|utcnow)|(datetime\.)?date\.today|time\.\w+|os\.(environ|getenv)\b.*|sys\.stdout.*|print)$"
)
NETWORK = re.compile(r"(socket|ssl|http|ftplib|smtplib|requests|httpx2?|urllib\.request|urllib3|aiohttp)(\.|$)")
MAY_ASK = {"writers.pdf.fonts", "writers.pdf.fontfiles"}  # where fonts lie
MAY_FETCH = {"drafters.llm.providers", "readers.fetch", "preview.server"}
FILE_LINES, FUNCTION_LINES = 350, 50
TANGLED, KNOTTED = 15, 20  # branches of a function: few may have the first number, none the second
MOST_TANGLED = 29
ROOT = Path(__file__).parents[1]
_DOTTED = re.compile(r"briefgen(\.\w+)+(:\w+)?")

Code = Mapping[str, str]  # a module's name without `briefgen.` → its source


def imports(module: str, tree: ast.Module) -> Iterator[str]:
    """Yield what a module names of ours, without `briefgen.`: imports at any depth, relative ones, and dotted names in tables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = ["briefgen", *module.split(".")][: -node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _DOTTED.fullmatch(node.value):
            names = [node.value.replace(":", ".")]
        else:
            continue
        yield from (name.removeprefix("briefgen.") for name in names if name.startswith("briefgen."))


def problems(code: Code, sideways: set[tuple[str, str]] = SIDEWAYS) -> list[str]:
    """Return every breach of the floors in some modules."""
    found: list[str] = []
    seen: set[tuple[str, str]] = set()
    for module, source in code.items():
        tree, home = ast.parse(source), module.split(".")[0]
        if home not in FLOORS:
            found.append(f"{module}: on no floor")
            continue
        for room in {name.split(".")[0] for name in imports(module, tree)} & set(FLOORS) - {home}:
            if FLOORS[room] == FLOORS[home] != 1:
                seen.add((home, room))
                found += [] if (home, room) in sideways else [f"{module}: {room} is sideways and not listed"]
            elif FLOORS[room] >= FLOORS[home]:
                found.append(f"{module}: {room} is not below {home}")
        found += _machine(module, tree) if FLOORS[home] < 2 else []
        found += _network(module, tree) + _sizes(module, source, tree)
    return found + [f"listed, but not there: {pair}" for pair in sorted(sideways - seen)] + _circles(sideways)


def _machine(module: str, tree: ast.Module) -> list[str]:
    nodes = (node for node in ast.walk(tree) if isinstance(node, (ast.Attribute, ast.Name)))
    asked = {ast.unparse(node) for node in nodes if MACHINE.match(ast.unparse(node))}
    return [] if module in MAY_ASK else [f"{module}: asks the machine: {name}" for name in sorted(asked)]


def _network(module: str, tree: ast.Module) -> list[str]:
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level]
    return [] if module in MAY_FETCH else [f"{module}: reaches for the network: {name}" for name in names if NETWORK.match(name)]


def _sizes(module: str, source: str, tree: ast.Module) -> list[str]:
    count = source.count("\n")
    found = [f"{module}: {count} lines"] if count > FILE_LINES else []
    functions = (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
    lengths = [(node.name, (node.end_lineno or 0) - node.lineno + 1) for node in functions]
    return found + [f"{module}: {name} has {length} lines" for name, length in lengths if length > FUNCTION_LINES]


def complexity(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return McCabe's number of a function as radon 6 counts it: functions within it and its lambdas' headers do not count."""
    total, waiting = 1, list(function.body)
    while waiting:
        node: ast.AST = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        total += _branches(node)
        waiting += ast.iter_child_nodes(node)  # type: ignore[arg-type]
    return total


def _branches(node: ast.AST) -> int:
    match node:
        case ast.If() | ast.IfExp() | ast.Assert():
            return 1
        case ast.For() | ast.AsyncFor() | ast.While():
            return 1 + bool(node.orelse)
        case ast.BoolOp():
            return len(node.values) - 1
        case ast.Try():
            return len(node.handlers) + bool(node.orelse)
        case ast.comprehension():
            return 1 + len(node.ifs)
        case ast.Match():
            wild = [case for case in node.cases if isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None]
            return len(node.cases) - bool(wild)
    return 0


def tangled(code: Code) -> dict[str, int]:
    """Return the functions of a complexity of `TANGLED` or more, by module and name."""
    return {
        f"{module}:{node.name}": count
        for module, source in code.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (count := complexity(node)) >= TANGLED
    }


def _circles(pairs: set[tuple[str, str]]) -> list[str]:
    """Return the sideways pairs that stand in a circle: what is left when all that lead to nothing are taken away."""
    left = set(pairs)
    while dead := {pair for pair in left if not any(pair[1] == other for other, _ in left)}:
        left -= dead
    return [f"a circle: {sorted(left)}"] if left else []


@pytest.fixture(scope="module")
def house() -> Code:
    folder = Path(briefgen.__file__).parent
    names = {
        path: ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__") for path in folder.rglob("*.py")
    }
    return {
        name: path.read_text(encoding="utf-8") for path, name in sorted(names.items()) if name not in ("__init__", "__main__")
    }


def test_the_house_stands(house: Code) -> None:
    assert problems(house) == []


def test_no_function_is_knotted_and_few_are_tangled(house: Code) -> None:
    found = tangled(house)
    assert {name: count for name, count in found.items() if count >= KNOTTED} == {}
    assert len(found) <= MOST_TANGLED, sorted(found)


@pytest.mark.parametrize(
    ("body", "count"),  # as `radon cc` says them
    [
        ("pass", 1),
        ("if a and b or c:\n  pass\n elif d:\n  pass\n else:\n  pass", 5),
        ("for a in b:\n  pass\n else:\n  pass\n while c:\n  pass", 4),
        ("try:\n  pass\n except A:\n  pass\n except B:\n  pass\n else:\n  pass\n finally:\n  pass", 4),
        ("assert a\n return [x for x in y if z if w]", 5),
        ("return 1 if a else 2", 2),
        ("match a:\n  case 1:\n   pass\n  case 2 if b:\n   pass\n  case _:\n   pass", 3),
        ("def g():\n  if a:\n   pass\n if b:\n  pass", 2),
        ("with a as b:\n  pass\n return lambda: 1 if a else 2", 2),
    ],
)
def test_branches_are_counted_as_radon_counts_them(body: str, count: int) -> None:
    [function] = ast.parse(f"def f():\n {body}").body
    assert isinstance(function, ast.FunctionDef)
    assert complexity(function) == count


def test_a_tangled_function_is_found() -> None:
    knot = "def f():\n" + " if a:\n  pass\n" * 14
    assert tangled({"load.x": knot, "load.y": "def g():\n pass"}) == {"load.x:f": 15}


def test_the_model_is_data(house: Code) -> None:
    roots = {
        name.split(".")[0]
        for module, source in house.items()
        if module.split(".")[0] == "model"
        for node in ast.walk(ast.parse(source))
        for name in (
            [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not roots & {"jinja2", "markupsafe", "weasyprint", "docx", "lxml", "yaml", "babel", "typer", "rich"}


def test_no_module_imports_itself_through_others(house: Code) -> None:
    assert circle(house) == []


def test_no_tool_imports_itself_through_others() -> None:
    assert circle({f"tools.{path.stem}": path.read_text(encoding="utf-8") for path in ROOT.glob("tools/*.py")}, "tools") == []


@pytest.mark.parametrize(
    "how",
    ["from briefgen.load.b import x", "def f():\n    import briefgen.load.b", "if TYPE_CHECKING:\n    import briefgen.load.b"],
)
def test_a_circle_is_found_however_it_is_closed(how: str) -> None:
    assert circle({"load.a": how, "load.b": "from briefgen.load.a import y", "load.c": "import briefgen.load.a"}) == [
        "load.a",
        "load.b",
    ]


def circle(code: Code, package: str = "briefgen") -> list[str]:
    """Return the modules that stand in a circle of imports, lazy ones and those for types counted."""
    graph = {module: _reached(module, source, set(code), package) for module, source in code.items()}
    while loose := {m for m, to in graph.items() if not to & set(graph)} | set(graph) - {
        to for each in graph.values() for to in each
    }:
        graph = {module: targets for module, targets in graph.items() if module not in loose}
    return sorted(graph)


def _reached(module: str, source: str, known: set[str], package: str) -> set[str]:
    """Return the modules that this one imports anywhere: the longest known name of each import."""
    named: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            named |= {f"{node.module}.{alias.name}" for alias in node.names}
    own = {name.removeprefix("briefgen.") for name in named if name.startswith(f"{package}.")}
    return {name if name in known else name.rpartition(".")[0] for name in own} & known - {module}


PLANTED = {
    "an import upwards": ("findings.report", "from briefgen.load.source import read", "load is not below findings"),
    "a neighbour on floor 1": ("rules.dates", "import briefgen.load", "load is not below rules"),
    "a lazy neighbour": ("tailor.views", "def f():\n    from briefgen.render import render", "render is not below tailor"),
    "an import for types only": (
        "render.tree",
        "if TYPE_CHECKING:\n    from briefgen import tailor",
        "tailor is not below render",
    ),
    "a relative import": ("load.source", "from ..rules import run", "rules is not below load"),
    "a name in a table": ("render.render", "T = {'x': 'briefgen.writers.pdf:write'}", "writers is not below render"),
    "a name that is resolved": ("model.text", "import_module('briefgen.pipeline.compile')", "pipeline is not below model"),
    "an unlisted pair": ("project.overlay", "import briefgen.pipeline.fit", "pipeline is sideways and not listed"),
    "a clock": ("tailor.parts", "from datetime import date\nx = date.today()", "asks the machine: date.today"),
    "another clock": ("rules.run", "import datetime\nx = datetime.datetime.now()", "asks the machine: datetime.datetime.now"),
    "a timer": ("render.tree", "import time\nx = time.time()", "asks the machine: time.time"),
    "the environment": ("writers.html", "import os\nx = os.environ['HOME']", "asks the machine: os.environ"),
    "a print": ("evidence", "print(1)", "asks the machine: print"),
    "standard output": ("findings.report", "import sys\nsys.stdout.write('x')", "asks the machine: sys.stdout"),
    "the network": ("pipeline.check", "import urllib.request", "reaches for the network: urllib.request"),
    "a long file": ("model.text", "x = 1\n" * 351, "model.text: 351 lines"),
    "a long function": ("load.build", "def f():\n" + "    x = 1\n" * 50, "f has 51 lines"),
    "a stranger": ("helpers", "x = 1", "helpers: on no floor"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_breach_is_found(name: str) -> None:
    module, source, told = PLANTED[name]
    found = problems({module: source}, set())
    assert len(found) >= 1
    assert any(told in problem for problem in found), found


def test_a_pair_that_nobody_uses_is_found() -> None:
    assert problems({}, {("model", "files")}) == ["listed, but not there: ('model', 'files')"]


def test_a_circle_of_pairs_is_found() -> None:
    code = {"project.settings": "import briefgen.pipeline", "pipeline.fit": "import briefgen.project"}
    pairs = {("project", "pipeline"), ("pipeline", "project")}
    assert problems(code, pairs) == ["a circle: [('pipeline', 'project'), ('project', 'pipeline')]"]
