"""The samples: every field there is, as many items as they say, letters of other alphabets; the same ones each time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from briefgen.model.summary import Summary
from briefgen.model.text import Text
from briefgen.tailor.known import MODELS
from briefgen.template_check.samples import LISTS, MANY, OUTLOOK, bare, counted, maximal, samples

BY_NAME = {sample.name: sample.summary for sample in samples()}


def _models(model: BaseModel) -> Iterator[BaseModel]:
    yield model
    for name in type(model).model_fields:
        value: Any = getattr(model, name)
        rows = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for row in rows:
            if isinstance(row, BaseModel) and not isinstance(row, Text):
                yield from _models(row)


def test_one_sample_has_every_field_of_every_model() -> None:
    written: dict[str, set[str]] = {}
    there: dict[str, set[str]] = {}
    for model in _models(BY_NAME["every field"]):
        there.setdefault(type(model).__name__, set()).update(type(model).model_fields)
        written.setdefault(type(model).__name__, set()).update(model.model_fields_set)
    assert {name: sorted(there[name] - written[name]) for name in there if there[name] - written[name]} == {}
    assert {model.__name__ for model in (*MODELS.values(), Summary)} <= set(there)


def test_one_sample_has_no_field_that_may_be_left_out() -> None:
    summary = BY_NAME["no optional field"]
    for row in (*summary.risks, *summary.stakeholders, *summary.key_developments, *summary.outlook.watch):
        needed = {name for name, info in type(row).model_fields.items() if info.is_required()}
        assert row.model_fields_set - {"id"} == needed
    assert "evidence" not in str(bare(maximal()))


@pytest.mark.parametrize(("name", "count"), [("no items", 0), ("one item", 1), ("sixty items", MANY)])
def test_items_are_counted(name: str, count: int) -> None:
    summary = BY_NAME[name]
    assert [len(getattr(summary, key)) for key in LISTS] == [count] * len(LISTS)
    assert [len(getattr(summary.outlook, key)) for key in OUTLOOK] == [count] * len(OUTLOOK)
    ids = [row.id for row in summary.risks]
    assert len(set(ids)) == count


@pytest.mark.parametrize(
    ("name", "language", "low", "high"),
    [("Greek", "el", "\u0370", "\u03ff"), ("Bulgarian", "bg", "\u0400", "\u04ff"), ("Ukrainian", "uk", "\u0400", "\u04ff")],
)
def test_other_alphabets(name: str, language: str, low: str, high: str) -> None:
    summary = BY_NAME[name]
    letters = [sign for sign in summary.risks[0].mechanism.full if sign.isalpha()]
    assert summary.language == language
    assert all(low <= sign <= high for sign in letters)


def test_words_are_long() -> None:
    longest = {name: max(len(word) for word in BY_NAME[name].bottom_line.full.split()) for name in ("words that never break",)}  # type: ignore[union-attr]
    german = " ".join(row.title.full for row in BY_NAME["long German words"].risks)
    assert min(longest.values()) > 70
    assert max(len(word) for word in german.split()) > 60


def test_the_same_samples_come_out_again() -> None:
    assert counted(maximal(), 3) == counted(maximal(), 3)
    assert maximal() is not maximal()
