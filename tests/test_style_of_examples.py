"""What we show as YAML stands in a style in which a comma that somebody adds can cut nothing off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.load.dump import dump
from briefgen.load.parsers import yaml_events
from briefgen.load.starter import starter
from tests.mini import ROOT

_PROSE = re.compile(r"[^\W\d_]{2} +[^\W\d_]")  # two words: no day such as "from 2025-04", no cron expression
_BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)


def unmarked(text: str) -> Iterator[str]:
    """Yield the words that stand in brackets without quotation marks; keys have no blank."""
    depth: list[bool] = []
    for event in yaml_events(text):
        if event.kind in ("map", "list"):
            depth.append(text.startswith(("{", "["), event.start))
        elif event.kind == "end":
            depth.pop()
        elif event.kind == "scalar" and depth and depth[-1] and event.plain and _PROSE.search(event.value):
            yield event.value


def test_the_guard_finds_words_in_brackets() -> None:
    assert list(unmarked('a: {b: one day, e: "f g"}\nh: [if so, from 2025-04]\nl: m n\n')) == ["one day", "if so"]


@pytest.mark.parametrize("path", sorted((ROOT / "inputs").glob("*.yaml")), ids=lambda path: path.name)
def test_summaries(path: Path) -> None:
    assert not list(unmarked(path.read_text("utf-8")))


@pytest.mark.parametrize("full", [False, True])
def test_what_new_writes(full: bool) -> None:
    assert not list(unmarked(starter(full)))


def test_what_draft_writes() -> None:
    text = dump({"title": "A b", "gaps": ["one day", "e"], "ids": ["D1", "D2"], "rows": [{"of": {"x": ["if so"]}}]})
    assert not list(unmarked(text))
    assert "ids: [D1, D2]" in text


@pytest.mark.parametrize("path", sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")]), ids=lambda path: path.name)
def test_pages(path: Path) -> None:
    for block in _BLOCK.findall(path.read_text("utf-8")):
        assert not list(unmarked(block))
