"""The exit code of several causes in one run: the first of the order that docs/errors.md gives, whichever came first."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from briefgen.findings.faults import ORDER, Exit, worst
from briefgen.model.brief import Brief
from briefgen.pipeline import check as checking
from tests.batch.desks import settings
from tests.builders import minimal
from tests.mini import ROOT, Mini

TOLD = re.search(r"Of several causes the first of ([\d, ]+) counts", (ROOT / "docs/errors.md").read_text(encoding="utf-8"))
CODES = [int(code) for code in TOLD[1].split(",")] if TOLD else []
INPUTS = {70: "bug.yaml", 4: "loop.yaml", 2: "nowhere.yaml", 1: "bad.yaml", 3: "warned.yaml"}
BATCH = {70: "bug.yaml", 4: "loop.yaml", 2: "fine.yaml", 1: "torn.yaml"}  # it knows no --strict
PAIRS = [pair for pair in product(BATCH, BATCH) if set(pair) != {70, 2}]  # an executor that is none runs into no bug


@pytest.fixture
def desk(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> Mini:
    """Return a project with a summary for every cause; what becomes a bug is one that a stage was made to stumble over."""
    warned = minimal()
    warned["key_developments"][0]["text"] = {"full": "Twelve crews struck, a report says.", "short": "Crews struck."}
    for name, data in (("fine", minimal()), ("bug", minimal()), ("warned", warned), ("bad", {"title": "T"})):
        mini.write(f"{name}.yaml", {**data, "id": name})
    mini.write("torn.yaml", "title: [")
    (mini.folder / "loop.yaml").symlink_to("loop.yaml")
    real = checking.versions

    def versions(summary: Any, audiences: Iterable[Any]) -> tuple[Brief, ...]:
        if summary.id == "bug":
            raise ZeroDivisionError("oh")
        return real(summary, audiences)

    monkeypatch.setattr(checking, "versions", versions)
    return mini


def expected(causes: Iterable[int]) -> int:
    return next(code for code in CODES if code in causes)


LONG = "n" * 300


@pytest.mark.parametrize("call", [("draft", LONG, "-o", "x.yaml"), ("check", LONG), ("init", LONG), ("new", f"{LONG}.yaml")])
def test_a_name_that_no_file_can_have_is_told(mini: Mini, call: tuple[str, ...]) -> None:
    done = mini.cli(*call)
    assert done.code in (1, 2, 4)
    assert LONG[:100] in done.err


def test_a_folder_of_templates_with_such_a_name_is_not_there(mini: Mini) -> None:
    mini.write("a.yaml", minimal())
    mini.write("briefgen.yaml", f"templates: {LONG}\n")
    assert mini.cli("render", "a.yaml", "-t", "html").code == 1


def test_the_documents_tell_the_order() -> None:
    assert CODES == [70, 4, 2, 1, 3] == list(ORDER)
    assert worst([0, 130]) is Exit.OK


@pytest.mark.parametrize("causes", list(product(CODES, CODES)), ids=str)
@pytest.mark.parametrize("command", ["check", "render"])
def test_of_two_causes_in_one_run(desk: Mini, command: str, causes: tuple[int, int]) -> None:
    options = ("-t", "html", "-a", "executive") if command == "render" else ()
    strict = ("--strict",) if Exit.WARNINGS in causes else ()
    done = desk.cli(command, *(INPUTS[code] for code in causes), "fine.yaml", *options, *strict)
    assert done.code == expected(causes), done.err


@pytest.mark.parametrize("causes", PAIRS, ids=str)
def test_of_two_causes_in_one_batch(desk: Mini, causes: tuple[int, int]) -> None:
    settings(
        desk, **{f"j{n}": {"inputs": [BATCH[code]], "formats": ["html"], "output": f"o{n}"} for n, code in enumerate(causes)}
    )
    done = desk.cli("batch", "--executor", "builtins:dict" if Exit.USAGE in causes else "serial")
    assert done.code == expected(causes), done.err


def test_of_two_folders_that_cannot_be_used_both_are_told(desk: Mini) -> None:
    desk.write("file", "no folder")
    jobs = ({"inputs": ["fine.yaml"], "formats": ["html"], "output": name} for name in ("o", "file"))
    settings(desk, **dict(zip("ab", jobs, strict=True)))
    done = desk.cli("batch", "--executor", "builtins:dict")
    assert done.code == 4
    assert "builtins:dict gives no executor but dict" in done.err
    assert "can't lock" in done.err


# ---- a standard output that takes nothing


@pytest.mark.parametrize("command", [["--version"], ["--help"], ["audience", "list"], ["check", "fine.yaml", "--format", "json"]])
@pytest.mark.parametrize("where", ["/dev/full", "closed"])
def test_an_output_that_takes_nothing_is_the_machines_fault(desk: Mini, command: list[str], where: str) -> None:
    if where == "/dev/full" and not Path(where).exists():
        pytest.skip("this system has none")
    end = ">&-" if where == "closed" else f">{where}"
    line = f"{shlex.quote(sys.executable)} -m briefgen {shlex.join(command)} {end}"
    done = subprocess.run(["sh", "-c", line], cwd=desk.folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    assert done.returncode == 4, done.stderr
    assert b"can't write to standard output" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has none")
@pytest.mark.parametrize(
    "command", [["check", "warned.yaml"], ["check", "bad.yaml"], ["check", "nowhere.yaml"], ["render", "bad.yaml"]]
)
def test_so_is_a_standard_error_that_takes_nothing(desk: Mini, command: list[str]) -> None:
    line = f"{shlex.quote(sys.executable)} -m briefgen {shlex.join(command)} 2>/dev/full"
    done = subprocess.run(["sh", "-c", line], cwd=desk.folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    assert done.returncode == 4


def test_a_closed_output_is_no_file_of_ours(desk: Mini) -> None:
    """The first file that is opened would get its number, and what is printed would go into it."""
    line = f"{shlex.quote(sys.executable)} -m briefgen render fine.yaml -a executive -t html -o out >&- 2>&-"
    subprocess.run(["sh", "-c", line], cwd=desk.folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    [made] = (desk.folder / "out").rglob("*.html")
    assert made.read_bytes().startswith(b"<!DOCTYPE html>")
