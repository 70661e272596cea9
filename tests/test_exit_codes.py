"""The exit code of several causes in one run: the first of the order that docs/errors.md gives, whichever came first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
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
