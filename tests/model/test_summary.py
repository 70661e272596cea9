"""The summary: what it refuses, ids it shows, wordings it chooses, markings it orders."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from briefgen.model.ids import items, shown_ids
from briefgen.model.summary import Summary
from briefgen.model.terms import TLP
from briefgen.model.text import Text
from tests.builders import maximal, minimal, summary


def test_the_smallest_and_the_largest_are_valid() -> None:
    assert summary(minimal()).stage == "draft"
    assert summary(maximal()).outlook.scenarios[1].name.full == "Status quo"


@pytest.mark.parametrize("key", ["language", "title", "sources"])
def test_what_is_always_needed(key: str) -> None:
    with pytest.raises(ValidationError, match=key):
        summary(minimal(**{key: None}))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("surprise", 1), ("language", "english"), ("language", "EN"), ("sources", []), ("id", "../up"), ("id", "a/b"),
        ("schema", 2),
        ("stage", "done"), ("yardstick", "mine"), ("title", ""), ("title", {"short": "no full"}),
        ("title", {"full": "a", "short": 3}),
        ("as_of", "2025-02-30"), ("authors", [{"name": ""}]), ("contact", {"name": "a", "email": "no address"}),
        ("marking", {"tlp": "RESTREINT UE"}), ("outlook", {"scenarios": {}}),
        ("risks", [{"title": "t", "mechanism": "m", "impact": 6}]),
        ("sources", [{"id": "S 1", "title": "t"}]), ("sources", [{"id": "S1", "title": "t", "url": "javascript:alert(1)"}]),
        ("sources", [{"id": "S1", "title": "t", "url": "file:///etc/passwd"}]),
        ("key_developments", [{"headline": "h", "text": "t"}]),
    ],
)  # fmt: skip
def test_what_a_summary_refuses(key: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        summary(minimal(**{key: value}))


def test_nothing_in_it_changes() -> None:
    made = summary(minimal())
    with pytest.raises(ValidationError, match="frozen"):
        made.title = made.title  # type: ignore[misc]


def test_every_field_says_what_it_is_and_gives_an_example() -> None:
    schema = Summary.model_json_schema()
    parts = {"Summary": schema, **schema["$defs"]}
    bare = [
        f"{part}.{name}"
        for part, its in parts.items()
        for name, field in its.get("properties", {}).items()
        if part not in ("Text",)
        and not (described := {**parts.get(str(field.get("$ref", "")).rpartition("/")[2], {}), **field}).get("description")
        and not any("description" in form for form in described.get("anyOf", ()))
    ]
    assert [name for name in bare if not name.endswith((".id", ".tlp", ".likelihood"))] == []


# ---- ids


def test_a_written_id_stays_and_others_count_around_it() -> None:
    rows = [{"id": "D2", **_DEV}, _DEV, _DEV]
    shown = shown_ids(summary(minimal(key_developments=rows)))
    assert [shown[f"/key_developments/{n}"] for n in range(3)] == ["D2", "D3", "D4"]


def test_an_id_that_another_kind_of_item_took_is_skipped() -> None:
    shown = shown_ids(
        summary(minimal(risks=[{"title": "t", "mechanism": "m"}], stakeholders=[{"id": "R1", "name": "n", "role": "r"}]))
    )
    assert shown["/risks/0"] == "R2"


def test_each_part_has_its_letter() -> None:
    made = summary(maximal())
    assert {letter for letter, _, _ in items(made)} == {"S", "J", "D", "A", "R", "SC", "W", "C", "X"}
    bare = minimal(
        risks=[{"title": "t", "mechanism": "m"}],
        outlook={"scenarios": [{"name": "n", "narrative": "n"}], "watch": [{"event": "e"}]},
    )
    assert set(shown_ids(summary(bare)).values()) == {"S1", "D1", "R1", "SC1", "W1"}


def test_shown_ids_are_unique() -> None:
    made = summary(maximal())
    shown = shown_ids(made)
    assert len(set(shown.values())) == len(shown) == len(list(items(made)))


_DEV = {"headline": "h", "text": "t", "status": "reported"}


# ---- wordings


@pytest.mark.parametrize(
    ("order", "chosen"),
    [(["full"], "full"), (["board", "short", "full"], "board"), (["short", "board"], "short"),
    (["plain", "short"], "short"), ([], "full"), (["none"], "full")],
)  # fmt: skip
def test_the_first_wording_that_exists(order: list[str], chosen: str) -> None:
    text = Text.model_validate({"full": "the full", "short": "the short", "board": "the board"})
    assert text.choose(order) == (chosen, f"the {chosen}")


def test_a_bare_string_is_the_full_wording() -> None:
    assert Text.model_validate("words").variants == {"full": "words"}


# ---- markings


def test_markings_are_ordered_from_open_to_closed() -> None:
    assert [(m.value, m.rank) for m in TLP] == [
        ("none", 0),
        ("CLEAR", 0),
        ("GREEN", 1),
        ("AMBER", 2),
        ("AMBER+STRICT", 3),
        ("RED", 4),
    ]


def test_the_printed_form_is_that_of_the_protocol() -> None:
    assert [m.label for m in TLP] == ["", "TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]


@pytest.mark.parametrize(
    ("written", "told"),
    [("WHITE", "version 1"), ("TLP:WHITE", "version 1"), ("green", "capitals: GREEN"), ("SECRET", "one of none")],
)
def test_other_markings_are_refused(written: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        summary(minimal(marking={"tlp": written}))


def test_a_label_may_be_written_with_its_prefix() -> None:
    assert summary(minimal(marking={"tlp": "TLP:AMBER"})).marking.tlp is TLP.AMBER
