"""What is written is read back as it was, comments stand where they belong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.dump import dump
from briefgen.load.source import parse
from tests import builders

AWKWARD = [
    "yes",
    "TRUE",
    "Null",
    "1e3",
    "0x1f",
    "12:30",
    "- a",
    "a: b",
    "# a",
    "'",
    '"',
    "a\\b",
    "[x]",
    "{x}",
    "é “x” ’s",
    "1.0",
    "null",
    "&a",
    "*a",
    "%",
    "x #y",
    "a\u0085b",
    "😀 x",
    "\u200bx",
]


def _read(text: str) -> Any:
    return parse(text, Path("x.yaml")).values


@pytest.mark.parametrize("text", AWKWARD)
def test_an_awkward_text_is_read_back(text: str) -> None:
    assert _read(dump({"title": text, "list": [{"a": text, "b": [text]}]})) == {"title": text, "list": [{"a": text, "b": [text]}]}


def test_a_whole_summary_is_read_back() -> None:
    data = builders.maximal()
    assert _read(dump(data)) == _read(dump(_read(dump(data))))
    assert _read(dump(data))["key_developments"] == data["key_developments"]


def test_comments_stand_above_their_values_and_at_the_end() -> None:
    values = {"title": "x", "sources": [{"id": "S1"}, {"id": "S2", "title": "y"}]}
    comments = {"": ["head"], "/sources/1": ["second"], "/sources/1/title": ["its title"], "/-": ["end\nof it"]}
    text = dump(values, comments)
    lines = text.splitlines()
    assert lines[1] == "# head"
    assert lines[lines.index("  # second") + 1] == "  - id: S2"
    assert lines[lines.index("    # its title") + 1] == "    title: y"
    assert lines[-1] == "# end of it"
    assert _read(text) == values


TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # which no summary may hold: FIL-10


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters=TURNING), min_size=1))
def test_any_text_is_read_back(text: str) -> None:
    assert _read(dump({"title": text}))["title"] == text
