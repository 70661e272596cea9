"""One audience file that can't be read stops those who asked for it, and nobody else."""

from __future__ import annotations

import json

import pytest

from tests import builders
from tests.mini import Mini

BROKEN = "extends: executive\nsections: [bottom_line\n"


@pytest.fixture
def desk(mini: Mini) -> Mini:
    mini.write("x.yaml", builders.minimal(id="x"))
    mini.write("templates/audiences/board.yaml", BROKEN)
    return mini


@pytest.mark.parametrize("command", ["check", "render"])
def test_who_asks_for_another_is_told_and_served(desk: Mini, command: str) -> None:
    more = ("-t", "html") if command == "render" else ("-v",)
    done = desk.cli(command, "x.yaml", "-a", "executive", *more)
    assert done.code == 0
    assert "board.yaml:2:22: info YML-05" in done.err + done.out


@pytest.mark.parametrize("command", [("check",), ("check", "-a", "board"), ("render",), ("render", "-a", "board")])
def test_who_asks_for_it_or_for_all_is_stopped(desk: Mini, command: tuple[str, ...]) -> None:
    name, *more = command
    done = desk.cli(name, "x.yaml", *more)
    assert done.code == 1
    assert "board.yaml:2:22: error YML-05" in done.err + done.out


def test_faults_of_the_audience_and_of_the_summary_come_in_one_round(desk: Mini) -> None:
    desk.write("x.yaml", "title: T\nlanguage: en\nrisk: []\nsources: [{id: S1, title: T}]\n")
    told = desk.cli("check", "x.yaml").err + desk.cli("check", "x.yaml").out
    assert "error YML-05" in told
    assert "error MOD-01" in told


@pytest.mark.parametrize("more", [("-a", "board"), ()])
def test_so_they_do_where_it_is_rendered(desk: Mini, more: tuple[str, ...]) -> None:
    desk.write("x.yaml", "title: T\nlanguage: en\nrisk: []\nsources: [{id: S1, title: T}]\n")
    done = desk.cli("render", "x.yaml", *more)
    assert done.code == 1
    assert "error YML-05" in done.err
    assert "error MOD-01" in done.err


def test_a_batch_makes_what_does_not_need_it(desk: Mini) -> None:
    jobs = {"daily": {"inputs": ["x.yaml"], "audiences": ["executive", "board"], "formats": ["html"]}}
    desk.write("briefgen.yaml", json.dumps({"jobs": jobs}))
    done = desk.cli("batch", "--executor", "serial")
    assert (desk.folder / "outputs/x-executive.html").is_file()
    assert not (desk.folder / "outputs/x-board.html").exists()
    assert done.code == 1
    assert "error YML-05" in done.err
