"""Places of characters in what writes them, for every style of YAML and for JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load import parse
from briefgen.load.aligned import offsets


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("plain words", "plain words"),
        ("plain\n    words", "plain words"),
        ("'it''s here'", "it's here"),
        ('"a \\u00e9 \\"b\\" \\x41"', 'a é "b" A'),
        ('"folded \\\n   on"', "folded on"),
        ('"\\ud83d\\ude00 x"', "😀 x"),
        (">-\n  one\n  two\n\n  three", "one two\nthree"),
        ("|\n  one\n    two\n", "one\n  two\n"),
        ("|2-\n    one", "  one"),
        ("''", ""),
    ],
)
def test_each_character_is_found_where_it_stands(raw: str, value: str) -> None:
    found = offsets(raw, value)
    assert found is not None
    assert len(found) == len(value) + 1
    assert found == sorted(found)
    for place, character in zip(found, value, strict=False):
        if character.isalnum() and character.isascii() and "\\x" not in raw:
            assert raw[place] == character


def test_what_does_not_match_is_none() -> None:
    assert offsets("one", "two") is None


@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=80))
def test_any_text_of_json_has_a_place_for_each_character(words: str) -> None:
    source = parse(json.dumps({"a": words}), Path("x.json"))
    raw = source.raw("/a")
    found = offsets(raw, source.values["a"])
    assert found is not None
    assert found[-1] <= len(raw)


@given(st.text(st.sampled_from("ab '\"\\:-é.\n"), min_size=1, max_size=60), st.sampled_from(["'", '"', "|", ">"]))
def test_any_text_of_yaml_in_any_style(words: str, style: str) -> None:
    text = yaml.dump({"a": words}, default_style=style, allow_unicode=True, width=20)
    source = parse(text, Path("x.yaml"))
    if not isinstance(source.values.get("a"), str):
        return
    found = offsets(source.raw("/a"), source.values["a"])
    assert found is not None
    raw = source.raw("/a")
    assert all(raw[place] == letter for place, letter in zip(found, source.values["a"], strict=False) if letter in "b:-.é")
