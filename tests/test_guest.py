"""A guest in somebody else's program: what belongs to the host is the same before, during and after a render."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefgen

HOME = Path(__file__).parents[1]
OURS = {"cli", "batch", "schedule", "preview", "__main__"}  # processes that are ours alone
SHORTCUT = "writers.libraries: ctypes.util.find_library = …"  # which only the rooms above call
IN_THE_READER = "readers.served: signal.setitimer"  # which is called in the process that reads, and is nobody's host
TOUCHES = re.compile(
    r"(gc\.\w+|contextlib\.redirect_std\w+|redirect_std\w+|warnings\.(catch_warnings|simplefilter|filterwarnings)"
    r"|os\.(umask|chdir|putenv|unsetenv)|signal\.\w+|sys\.set\w+|locale\.setlocale|logging\.(basicConfig|disable|captureWarnings)"
    r"|\w+\.(setLevel|addHandler|addFilter|setLoggerClass)|random\.seed|socket\.setdefaulttimeout|faulthandler\.\w+)$"
)
HELD = re.compile(r"(os\.environ.*|ctypes\.util\.\w+|sys\.\w+|warnings\.\w+|\w+\.(handlers|filters|propagate)(\[.*\])?)$")


def host(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.guest_host", *arguments],
        capture_output=True,
        text=True,
        cwd=HOME,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        check=False,
    )


def test_what_belongs_to_the_host_is_left_alone() -> None:
    done = host("inputs/us-russia-reset.yaml")
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["the host's handler was given: weasyprint: from the host"] * 2, "its own, and root's"


def touched(module: str, source: str) -> Iterator[str]:
    """Yield what a module calls or sets of the process."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and TOUCHES.match(name := ast.unparse(node.func)):
            yield f"{module}: {name}"
        elif isinstance(node, (ast.Assign, ast.AugAssign, ast.Delete)):
            targets = node.targets if isinstance(node, (ast.Assign, ast.Delete)) else [node.target]
            flat = [part for target in targets for part in (target.elts if isinstance(target, ast.Tuple) else [target])]
            yield from (f"{module}: {name} = …" for part in flat if HELD.match(name := ast.unparse(part)))


def test_no_module_of_the_library_touches_the_process() -> None:
    folder = Path(briefgen.__file__).parent
    found = []
    for path in sorted(folder.rglob("*.py")):
        module = ".".join(path.relative_to(folder).with_suffix("").parts)
        if module.split(".")[0] not in OURS:
            found += list(touched(module, path.read_text(encoding="utf-8")))
    assert found == [IN_THE_READER, SHORTCUT]


@pytest.mark.parametrize(
    "planted",
    [
        "import gc\ngc.freeze()",
        "with redirect_stdout(x): pass",
        "with warnings.catch_warnings(): pass",
        "os.environ['A'] = 'b'",
        "del os.environ['A']",
        "log.setLevel(3)",
        "log.handlers[:], log.propagate = [], False",
        "ctypes.util.find_library = f",
        "os.umask(0)",
    ],
)
def test_a_planted_touch_is_found(planted: str) -> None:
    assert list(touched("render.render", planted))
