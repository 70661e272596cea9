"""Dates as a desk writes them."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter

from briefgen.model.when import FORMS, Partial, When

WRITTEN = ["2025-03-04", "2025-03", "2025", "2025-03-04/2025-03-10", "2025-03/2025-05", "2024/2025", "from 2025-04", "unknown"]


@pytest.mark.parametrize("text", WRITTEN)
def test_each_form_is_read_and_written_back(text: str) -> None:
    assert str(When.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-03-04", date(2025, 3, 4), date(2025, 3, 4)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-03-04/2025-03-10", date(2025, 3, 4), date(2025, 3, 10)),
        ("2024-12/2025", date(2024, 12, 1), date(2025, 12, 31)),
        ("from 2025-04", date(2025, 4, 1), None),
        ("unknown", None, None),
    ],
)
def test_what_a_date_covers(text: str, first: date | None, last: date | None) -> None:
    when = When.parse(text)
    assert (when.first, when.last, when.known) == (first, last, first is not None)


@pytest.mark.parametrize("text", ["2025-02-30", "2025-13", "2025-00", "2025-04-31", "2023-02-29", "0000", "2025-03-00"])
def test_a_date_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="there is no such date as"):
        When.parse(text)


@pytest.mark.parametrize("text", ["2025-03-10/2025-03-04", "2025/2024-12"])
def test_a_range_that_ends_before_it_starts_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        When.parse(text)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "4 March 2025",
        "25-03-04",
        "2025-3-4",
        "04.03.2025",
        "from 2025/2026",
        "from unknown",
        "Q1 2025",
        True,
        None,
        3.5,
        [],
    ],
)
def test_other_forms_are_refused_with_the_list_of_forms(value: object) -> None:
    with pytest.raises(ValueError, match=FORMS.split(",")[0]):
        When.parse(value)


def test_what_yaml_makes_of_dates_is_taken() -> None:
    assert When.parse(2025) == When(Partial(2025))
    assert When.parse(date(2025, 3, 4)) == When(Partial(2025, 3, 4))
    assert When.parse(When()) == When()


def test_the_schema_pattern_takes_what_the_parser_takes() -> None:
    import re

    schema = TypeAdapter(When).json_schema()
    pattern = next(form["pattern"] for form in schema["anyOf"] if form["type"] == "string")
    assert [text for text in WRITTEN if not re.search(pattern, text)] == []
    assert [text for text in ("soon", "2025-3-4", "x2025", "2025x") if re.search(pattern, text)] == []


def test_a_date_is_written_into_json_as_it_was_read() -> None:
    adapter = TypeAdapter(When)
    assert [adapter.dump_python(adapter.validate_python(text), mode="json") for text in WRITTEN] == WRITTEN
