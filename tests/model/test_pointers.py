"""JSON pointers: as RFC 6901 has them, and walked in one place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefgen
from briefgen.model import pointers
from tests.builders import summary

# RFC 6901 §5, but for the parts of it that need keys such as " "
DOCUMENT = {"foo": ["bar", "baz"], "": 0, "a/b": 1, "m~n": 8, "~1": 9, "k": {"0": "text"}, "none": None}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [("", DOCUMENT), ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/m~0n", 8), ("/~01", 9),
     ("/k/0", "text")],
)  # fmt: skip
def test_the_examples_of_the_standard(pointer: str, value: object) -> None:
    assert pointers.get(DOCUMENT, pointer) == value
    assert pointers.joined(pointers.parts(pointer)) == pointer


@pytest.mark.parametrize(
    "pointer", ["/bar", "/foo/2", "/foo/-", "/foo/-1", "/foo/x", "/foo/0/0", "/foo/0/upper", "/none/x", "/k/1"]
)
def test_what_is_not_there_is_none(pointer: str) -> None:
    assert pointers.get(DOCUMENT, pointer) is None


def test_models_are_walked_by_their_fields() -> None:
    made = summary({"title": "T", "language": "en", "sources": [{"id": "S1", "title": "A"}]})
    assert pointers.get(made, "/sources/0/title") == "A"
    assert pointers.get(made, "/sources/1/title") is None
    assert pointers.get(made, "/nothing") is None


def test_up_and_down() -> None:
    assert list(pointers.upwards("/a/0/b~1c")) == ["/a/0/b~1c", "/a/0", "/a", ""]
    assert list(pointers.upwards("")) == [""]
    assert (pointers.parent("/a/0"), pointers.parent("/a"), pointers.parent("")) == ("/a", "", "")
    assert (pointers.last("/a/b~1c"), pointers.last("/a"), pointers.last("")) == ("b/c", "a", "")


@given(st.lists(st.text(max_size=5) | st.integers(0, 99)))
def test_any_keys_come_back(keys: list[str | int]) -> None:
    assert pointers.parts(pointers.joined(keys)) == [str(key) for key in keys]


def test_nobody_else_escapes() -> None:
    house = Path(briefgen.__file__).parent
    texts = {path.relative_to(house).as_posix(): path.read_text("utf-8") for path in house.rglob("*.py")}
    assert [name for name, text in texts.items() if '"~1"' in text or "'~1'" in text] == ["model/pointers.py"]
