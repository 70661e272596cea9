"""Places of characters in what writes them, for every style of YAML and for JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefgen.findings.diagnostics import Rejected, Span
from briefgen.load import parse
from briefgen.load.aligned import aligned
from briefgen.load.source import Source

FOX = "the fox"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("plain words", "plain words"),
        ("plain\n    words", "plain words"),
        ("'it''s here'", "it's here"),
        ('"a \\u00e9 \\"b\\" \\x41"', 'a é "b" A'),
        ('"folded \\\n   on"', "folded on"),
        ('"two\n\n\n  breaks"', "two\n\nbreaks"),
        ('"\\ud83d\\ude00 x"', "😀 x"),
        (">-\n  one\n  two\n\n  three", "one two\nthree"),
        (">-\n  one\n   set in\n  two", "one\n set in\ntwo"),
        ("|\n  one\n    two\n", "one\n  two\n"),
        ("|2-\n    one", "  one"),
        ("|2-\n   \n   one", " \n one"),
        ("''", ""),
    ],
)
def test_each_character_is_found_where_it_stands(raw: str, value: str) -> None:
    found = aligned(raw, value)
    assert found is not None
    assert len(found.starts) == len(found.ends) == len(value)
    assert found.starts == sorted(found.starts)
    for start, end, character in zip(*found, value, strict=True):
        if end - start == 1 and not character.isspace():
            assert raw[start] == character


def test_what_does_not_match_is_none() -> None:
    assert aligned("one", "two") is None
    assert aligned("one", "ones") is None
    assert aligned('"on\\', "one") is None


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("text: then the fox came", [FOX]),
        ("text: then the\n  fox came", ["the", "fox"]),
        ("text: 'it''s the fox''s'", [FOX]),
        ('text: "\\u201c\\x41\\u201d: the f\\u006fx\\u2019s"', ["the f\\u006fx"]),
        ('text: "so the \\\n  fox came"', ["the", "fox"]),
        ("text: >-\n  it\n  is the\n  fox", ["the", "fox"]),
        ("text: >\r\n  it\r\n  is the\r\n\r\n  fox\r\n", ["the", "fox"]),
        ("text: |\n  it is\n    the fox, set in\n", [FOX]),
        ("text: |4-\n      the fox\n", [FOX]),
        ("text:\tcafe\u0301 e\u0301te\u0301\tthe\tfox", ["the\tfox"]),
        ("{text: a, then: the fox}", []),
    ],
)
def test_the_words_are_marked_and_nothing_else(text: str, marked: list[str]) -> None:
    source = parse(text, Path("x.yaml"))
    value = source.values["text"]
    found = re.search(r"the\s+fox", value)
    spans = source.words_spans("/text", *found.span()) if found else ()
    assert [_at(source, span) for span in spans] == marked
    assert not found or source.words_span("/text", *found.span()) == spans[0]
    assert not found or source.words("/text/full", *found.span()) == found[0]


def test_a_text_that_is_not_written_has_the_place_of_what_is() -> None:
    source = parse("title: t\nlist: [a]\n", Path("x.yaml"))
    assert source.words_spans("/list", 0, 3) == (source.span("/list"),)
    assert source.words_spans("/title/full", 3, 9) == (source.span("/title"),)
    assert source.words("/nothing", 0, 3) == ""


def _at(source: Source, span: Span) -> str:
    return source.line(span.line)[span.column - 1 : span.column - 1 + span.length]


WORDS = st.text(st.sampled_from("ab eé\u0301'\"\\:-#.\t\n\u00a0\u2028😀“"), min_size=1, max_size=60)
STYLES = st.sampled_from(["", "'", '"', "|", ">", "|-", ">+", ">2", "json", "ascii"])


def _file(words: str, style: str, width: int) -> tuple[str, str]:
    """Return a file that writes the words in a style as well as it can, and its name."""
    if style in ("json", "ascii"):
        return json.dumps({"a": words}, ensure_ascii=style == "ascii"), "x.json"
    if style in ("", "'", '"'):
        return yaml.dump({"a": words}, default_style=style or None, allow_unicode=True, width=width), "x.yaml"
    return f"a: {style}\n" + "".join(f"  {line}\n" for line in words.split("\n")), "x.yaml"


def _read(piece: str, source: Source) -> str:
    """Return what a piece of the file says, without white space."""
    style = source.raw("/a")[:1]
    if style == "'":
        piece = piece.replace("''", "'")
    elif source.path.suffix == ".json":
        piece = json.loads(f'"{piece}"')
    elif style == '"':
        escapes: Any = yaml.safe_load(f'"{piece}"')
        piece = escapes
    return "".join(piece.split())


@given(WORDS, STYLES, st.integers(5, 40), st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_of_any_text_in_any_style_the_characters_at_the_place_are_the_words(
    words: str, style: str, width: int, broken: str, data: st.DataObject
) -> None:
    text, name = _file(words, style, width)
    try:
        source = parse(text.replace("\n", broken), Path(name))
    except Rejected:
        return
    value = source.values.get("a")
    if not isinstance(value, str) or not value:
        return
    start = data.draw(st.integers(0, len(value) - 1))
    end = data.draw(st.integers(start + 1, len(value)))
    assert source.aligned("/a") is not None
    wanted = "".join(value[start:end].split())
    if wanted:
        spans = source.words_spans("/a", start, end)
        assert _read("".join(_at(source, span) for span in spans), source) == wanted
        assert len({span.line for span in spans}) == len(spans)
