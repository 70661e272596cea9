"""Inputs whose file names are not UTF-8: such a one is named and not made, and stops no other."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from briefgen.batch.plan import shown_name
from tests import builders
from tests.batch.desks import settings, told
from tests.mini import Mini


def test_names_are_shown_with_their_bytes() -> None:
    assert shown_name("inputs/März.yaml") == ""
    assert shown_name(os.fsdecode(b"inputs/M\xe4rz.yaml")) == "inputs/M\\xe4rz.yaml"


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text here")
@pytest.mark.parametrize("again", [False, True])
def test_one_name_that_is_not_utf8_stops_nothing(mini: Mini, again: bool) -> None:
    settings(mini, daily={"inputs": ["inputs/*.yaml"], "audiences": ["executive"], "formats": ["html"]})
    good = mini.write("inputs/a.yaml", builders.minimal(id="a"))
    Path(os.fsdecode(os.fsencode(good.parent) + b"/M\xe4rz.yaml")).write_bytes(good.read_bytes())
    if again:
        told(mini)
    run = told(mini)["runs"][0]
    assert (run["skipped" if again else "built"], run["failed"]) == (1, 1)
    assert run["unread"] == ["inputs/M\\xe4rz.yaml"]
    assert [row["file"] for row in run["diagnostics"] if row["code"] == "BAT-10"] == run["unread"]
    assert (mini.folder / "outputs/a-executive.html").is_file()
