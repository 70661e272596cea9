"""Audiences: what the four built-in ones promise, and what an audience file may say."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from briefgen.model.audience import Audience
from tests.builders import AUDIENCES
from tests.mini import ROOT, Mini

BUDGETS = {"executive": (1, True), "adviser": (2, True), "analyst": (6, False), "public": (2, True)}


@pytest.mark.parametrize("name", AUDIENCES)
def test_the_budgets_are_those_promised(mini: Mini, name: str) -> None:
    budget = mini.project.audience(name).budget
    assert budget is not None
    assert (budget.pages, budget.hard) == BUDGETS[name]


def test_only_the_analyst_reads_codes_and_bands_of_everything(mini: Mini) -> None:
    audiences = {a.name: a for a in mini.project.audiences()}
    assert list(audiences) == list(AUDIENCES)
    assert {name for name, a in audiences.items() if a.codes} == {"analyst"}
    assert {name: a.likelihood.value for name, a in audiences.items()} == {
        "executive": "word", "adviser": "band", "analyst": "full", "public": "plain",
    }  # fmt: skip
    assert {name for name, a in audiences.items() if a.public} == {"public"}


def test_the_analyst_loses_nothing(mini: Mini) -> None:
    analyst = mini.project.audience("analyst")
    assert [section.name for section in analyst.sections if section.limit] == []
    assert analyst.cut == ()


@pytest.mark.parametrize("name", AUDIENCES)
def test_every_section_of_an_audience_has_its_template(mini: Mini, name: str) -> None:
    known = set(mini.project.template_set.sections())
    assert {use for section in mini.project.audience(name).sections for use in section.use} <= known


def test_every_section_template_is_used_by_an_audience(mini: Mini) -> None:
    used = {use for audience in mini.project.audiences() for section in audience.sections for use in section.use}
    assert set(mini.project.template_set.sections()) - used == set()


def test_no_section_template_asks_which_audience_it_is_in() -> None:
    asked = [
        path.name
        for path in (ROOT / "templates/default/sections").glob("*.html")
        if "audience.name" in path.read_text(encoding="utf-8")
    ]
    assert asked == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sections": []}, "at least 1"),
        ({"cut": [{"drop": "sources", "short": "sources"}]}, "a step says either"),
        ({"cut": [{}]}, "a step says either"),
        ({"budget": {"pages": 0}}, "greater than or equal to 1"),
        ({"likelihood": "number"}, "word"),
        ({"size": "tiny"}, "pattern"),
        ({"surprise": True}, "not permitted"),
        ({"sections": [{"use": "sources", "limit": 0}]}, "greater than or equal to 1"),
    ],
)
def test_what_an_audience_refuses(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Audience.model_validate({"sections": ["sources"], **changes})


def test_a_bare_name_and_a_list_of_templates() -> None:
    made = Audience.model_validate({"sections": ["sources", {"use": ["a", "b"]}]})
    assert [section.use for section in made.sections] == [("sources",), ("a", "b")]
    assert made.sections[1].name == "a"
