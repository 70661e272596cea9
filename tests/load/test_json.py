"""JSON: values by the standard library, places as in YAML, one clear error."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.findings.diagnostics import Rejected
from briefgen.load import parse, validate

X = Path("x.json")


def test_places_and_values() -> None:
    source = parse('{"title": "Ü\\u0041 \\ud83d\\ude00 😀",\n\t"risks":[{"impact":4, "n": -1.50e2, "t": true, "x": null}]}', X)
    assert source.values == {"title": "ÜA 😀 😀", "risks": [{"impact": 4, "n": -150.0, "t": True, "x": None}]}
    assert str(source.span("/title")) == "x.json:1:11"
    assert source.span("/risks/0/impact") == source.span("/risks/0/impact")
    assert str(source.span("/risks/0/n")) == "x.json:2:29"
    assert str(source.key_span("/risks")) == "x.json:2:2"


def test_a_summary_in_json() -> None:
    text = '{"title": "T", "language": "en", "number": 7, "sources": [{"id": "S1", "title": "T"}]}'
    assert validate(parse(text, X)).number == "7"


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ('{"a": 1,}', "x.json:1:9", "remove the comma before it"),
        ('{"a": 1 "b": 2}', "x.json:1:9", ""),
        ("{'a': 1}", "x.json:1:2", 'JSON has only double quotation marks: "…"'),
        ('{"a": 1, # c\n}', "x.json:1:10", "JSON has no comments: remove it, or save the file as .yaml"),
        ('{"a": "x\ny"}', "x.json:1:9", "a text stands on one line: write the line break as \\n"),
        ('{"a": NaN}', "x.json:1:1", ""),
        ('{"a": ' + "9" * 5000 + "}", "x.json:1:1", ""),
        ('{"a": 1', "x.json:1:8", ""),
    ],
)
def test_errors_are_placed(text: str, place: str, hint: str) -> None:
    with pytest.raises(Rejected) as caught:
        parse(text, X)
    found = caught.value.diagnostics[0]
    assert (found.code, str(found.span)) == ("JSN-01", place)
    assert not hint or found.hints == (hint,)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{"a": 1 ,\n }', "x.json:2:2", "expecting property name enclosed in double quotes"),
        ('{"a": [1, ]}', "x.json:1:11", "expecting value"),
    ],
)
def test_a_trailing_comma_is_told_alike_on_every_python(text: str, place: str, message: str) -> None:
    with pytest.raises(Rejected) as caught:
        parse(text, X)
    [found] = caught.value.diagnostics
    assert (str(found.span), found.message, found.hints) == (place, message, ("remove the comma before it",))


def test_double_keys_and_lists_at_the_top() -> None:
    for text, code, place in (('{"a": 1, "a": 2}', "YML-04", "x.json:1:10"), ("[1]", "FIL-09", "x.json:1:1")):
        with pytest.raises(Rejected) as caught:
            parse(text, X)
        assert [(f.code, str(f.span)) for f in caught.value.diagnostics] == [(code, place)]


def test_a_deep_text_does_not_recurse() -> None:
    for text in ("[" * 100_000, '{"a":' * 5000 + "1" + "}" * 5000):
        with pytest.raises(Rejected) as caught:
            parse(text, X)
        assert caught.value.diagnostics[0].code == "FIL-05"


def test_escaped_control_characters_are_refused_at_their_value() -> None:
    with pytest.raises(Rejected) as caught:
        parse('{"a": "x\\u0007y", "b": "\\ue000", "c": "\\ud800"}', X)
    assert [(f.code, str(f.span)) for f in caught.value.diagnostics] == [
        ("FIL-07", "x.json:1:7"),
        ("FIL-08", "x.json:1:24"),
        ("FIL-07", "x.json:1:39"),
    ]
