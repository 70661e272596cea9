"""Places: every value and key maps back to where it is written; values mean what YAML 1.2 says."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefgen.findings.diagnostics import Rejected, Span
from briefgen.load import Source, line_of, parse, read

X = Path("x.yaml")


def yml(text: str) -> Source:
    return parse(text, X)


def place(source: Source, pointer: str) -> tuple[int, int, int]:
    span = source.span(pointer)
    return span.line, span.column, span.length


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("2025-03-04", "2025-03-04"),
        ("2025-03-04T10:00:00Z", "2025-03-04T10:00:00Z"),
        ("007", 7),
        ("0o17", 15),
        ("0x1F", 31),
        ("-3", -3),
        ("1.5e3", 1500.0),
        (".5", 0.5),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("9" * 5000, "9" * 5000),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("NULL", None),
        ("'true'", "true"),
        ('"12"', "12"),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_plain_values_by_the_core_schema_of_yaml_12(written: str, value: object) -> None:
    assert yml(f"a: {written}\n").values == {"a": value}


def test_value_and_key_places() -> None:
    source = yml('title: Plan\nrisks:\n  - title: "Über"\n    exposed: [A, Ödön, C]\n    note: >-\n      folded\n      text\n')
    assert place(source, "/title") == (1, 8, 4)
    assert place(source, "/risks/0/title") == (3, 12, 6)
    assert place(source, "/risks/0/exposed/1") == (4, 18, 4)
    assert place(source, "/risks/0/note") == (5, 11, 2)
    assert source.key_span("/risks/0/exposed") == Span("x.yaml", 4, 5, 7)
    assert source.key_span("/risks/0") == source.span("/risks/0") == Span("x.yaml", 3, 5, 1)
    assert place(source, "") == (1, 1, 1)


def test_a_path_that_is_not_written_falls_back_to_its_nearest_ancestor() -> None:
    source = yml("risks:\n  - title: R\n")
    assert place(source, "/risks/0/likelihood") == place(source, "/risks/0") == (2, 5, 1)
    assert place(source, "/risks/7/title/full") == place(source, "/risks")
    assert place(source, "/outlook/watch/0") == (1, 1, 1)
    assert source.raw("/outlook") == ""


def test_an_empty_value_is_placed_at_its_key() -> None:
    assert place(yml("a: 1\ndeadline:\n"), "/deadline") == (2, 1, 8)


def test_keys_with_slash_and_tilde_are_json_pointers() -> None:
    source = yml("a/b: {c~d: 1}\n")
    assert place(source, "/a~1b/c~0d") == (1, 12, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_byte_order_marks_and_wide_characters(end: str, mark: str) -> None:
    text = end.join(["а: Кирилица", 'b: ["😀😀", "欧洲", x]', "c: e\u0301a", ""])
    source = parse((mark + text).encode(), X)
    assert place(source, "/а") == (1, 4, 8)
    assert place(source, "/b/2") == (2, 17, 1)
    assert source.line(2) == 'b: ["😀😀", "欧洲", x]'
    assert source.line(3) == "c: e\u0301a"
    assert source.line(99) == ""


def test_utf16_with_mark_is_read() -> None:
    assert parse("a: Ünïcode\n".encode("utf-16"), X).values == {"a": "Ünïcode"}


def test_line_separators_from_a_pdf_are_blanks_and_move_no_line() -> None:
    source = yml("a: one\u2028two\u2029three\x85four\nb: 1\n")
    assert source.values["a"] == "one two three four"
    assert place(source, "/b") == (2, 4, 1)


def test_overlay_fills_what_is_missing_and_keeps_the_places() -> None:
    defaults = parse(
        "defaults:\n  language: en\n  series: Desk\n  marking: {tlp: GREEN, note: N}\n  authors: [{name: A}]\n", Path("b.yaml")
    )
    source = yml("title: T\nmarking:\n  tlp: RED\nseries:\nauthors: [{name: B}]\n")
    filled = source.overlay(defaults, "/defaults")
    assert filled.values == {
        "title": "T",
        "marking": {"tlp": "RED", "note": "N"},
        "series": None,
        "authors": [{"name": "B"}],
        "language": "en",
    }
    assert str(filled.span("/language")) == "b.yaml:2:13"
    assert str(filled.span("/marking/note")) == "b.yaml:4:31"
    assert str(filled.key_span("/marking/note")) == "b.yaml:4:25"
    assert str(filled.span("/marking/tlp")) == "x.yaml:3:8"
    assert str(filled.span("/authors/0/name")) == "x.yaml:5:18"
    assert filled.line_of("b.yaml", 2) == "  language: en"
    assert filled.line_of("x.yaml", 1) == "title: T"
    assert filled.line_of("c.yaml", 1) is None
    assert source.values == {"title": "T", "marking": {"tlp": "RED"}, "series": None, "authors": [{"name": "B"}]}


def test_overlay_of_nothing_is_the_source_itself() -> None:
    source = yml("title: T\n")
    assert source.overlay(parse("templates: x\n", Path("b.yaml")), "/defaults") is source


def test_overlay_in_layers() -> None:
    top = yml("a: 1\n").overlay(parse("b: {c: 2}\n", Path("y.yaml"))).overlay(parse("b: {c: 3, d: 4}\n", Path("z.yaml")))
    assert top.values == {"a": 1, "b": {"c": 2, "d": 4}}
    assert [top.span(p).file for p in ("/a", "/b/c", "/b/d")] == ["x.yaml", "y.yaml", "z.yaml"]


def test_a_source_survives_pickling() -> None:
    source = yml("a: [1, {b: 2}]\n")
    assert pickle.loads(pickle.dumps(source)).span("/a/1/b") == source.span("/a/1/b")


def test_lines_by_the_name_in_a_span(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("a: one\u2028two\r\nb: 2\r\n".encode())
    assert line_of(str(path), 2) == "b: 2"
    assert read(path).line(1) == "a: one\u2028two"
    assert line_of(str(tmp_path / "none.yaml"), 1) is None
    assert line_of("\0", 1) is None


# --- properties -------------------------------------------------------------------------------------------------

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # which no summary may hold: FIL-10
GONE = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=GONE, exclude_characters=TURNING), max_size=12)
KEYS = st.text("abcdefgh_äжи欧~/ ", min_size=1, max_size=8)
VALUES = st.recursive(
    WORDS | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


def leaves(value: Any, pointer: str = "") -> Any:
    if isinstance(value, (dict, list)) and value:
        rows = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in rows:
            yield from leaves(inner, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")
    else:
        yield pointer, value


def check_places(source: Source, values: Any, decode: Any) -> None:
    for pointer, value in leaves(values):
        span = source.span(pointer)
        raw = source.raw(pointer)
        assert decode(raw) == value
        line = source.line(span.line)
        assert line[span.column - 1 :].startswith(raw.splitlines()[0][: span.length])


@pytest.mark.slow
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), st.sampled_from([2, None]))
def test_every_path_of_a_json_text_maps_back(values: Any, indent: int | None) -> None:
    for ascii_only in (True, False):
        text = json.dumps(values, ensure_ascii=ascii_only, indent=indent)
        source = parse(text, Path("x.json"))
        assert source.values == values
        check_places(source, values, json.loads)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), st.booleans(), st.integers(20, 200))
def test_every_path_of_a_yaml_text_maps_back(values: Any, flow: bool, width: int) -> None:
    text = yaml.dump(values, allow_unicode=True, default_flow_style=flow, default_style='"', width=width, sort_keys=False)
    source = yml(text.replace('!!bool "', '"').replace('!!int "', '"').replace('!!float "', '"'))

    def texts(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: texts(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [texts(inner) for inner in value]
        return value if isinstance(value, str) else yaml.safe_dump(value).split("\n")[0]

    assert source.values == texts(values)
    check_places(source, texts(values), lambda raw: yaml.safe_load(raw) if raw else raw)


@given(st.text(max_size=60))
def test_any_text_is_read_or_rejected(text: str) -> None:
    for name in ("x.yaml", "x.json"):
        try:
            parse(text, Path(name))
        except Rejected as fault:
            assert fault.diagnostics
            assert all(finding.span and finding.span.file == name for finding in fault.diagnostics)


@given(st.text("ab:-?[]{}#&*!|>'\"%@`, \n\t.", max_size=40))
def test_any_arrangement_of_yaml_signs_is_read_or_rejected(text: str) -> None:
    try:
        parse(text, X)
    except Rejected as fault:
        assert fault.diagnostics


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_rejected(data: bytes) -> None:
    try:
        parse(data, X)
    except Rejected as fault:
        assert fault.diagnostics
