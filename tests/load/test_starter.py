"""A started summary is valid as it stands, knows every field, and its schema agrees with the loader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from briefgen.findings.diagnostics import Severity
from briefgen.load import parse, validate
from briefgen.load.fields import all_keys
from briefgen.load.starter import flow, schema, starter
from briefgen.model.summary import Summary
from briefgen.rules import check

X = Path("new.yaml")
AUDIENCES = ("executive", "adviser", "analyst", "public")


@pytest.mark.parametrize("full", [False, True])
def test_a_started_summary_has_no_error(full: bool) -> None:
    source = parse(starter(full), X)
    assert source.notes == ()
    found = check(validate(source), source, asked=AUDIENCES, audiences=AUDIENCES)
    assert [f for f in found if f.severity is Severity.ERROR] == []
    assert {f.code for f in found} <= {"FIN-01", "COR-03"}


def test_the_short_one_is_short_and_names_the_schema() -> None:
    lines = starter().splitlines()
    assert lines[0] == "# yaml-language-server: $schema=summary.schema.json"
    assert 20 <= sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in lines) <= 32
    assert max(map(len, lines)) <= 130
    summary = validate(parse(starter(), X))
    assert all((summary.key_developments, summary.stakeholders, summary.risks, summary.outlook.watch))


def test_the_full_one_holds_every_field_with_what_it_means() -> None:
    text = starter(True)
    shown = set(re.findall(r"(?m)^\s*(?:- |# )?([a-z_0-9]+): ?", text)) | set(re.findall(r"[{,] ?([a-z_]+): ", text))
    assert set(all_keys(Summary)) <= shown
    assert text.startswith("# yaml-language-server")


def test_what_is_shown_as_a_comment_is_valid_too() -> None:
    text = re.sub(r"(?m)^( *)# (review|tlp|keep|omit): ", r"\1\2: ", starter(True))
    source = parse(text, X)
    assert validate(source).risks[0].keep == ("executive",)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a",
        "a: b",
        "#x",
        "x #y",
        "- a",
        "NO",
        "true",
        "null",
        "~",
        "1",
        "it's",
        '"q"',
        "a\\b",
        "a, b",
        "[x]",
        "…",
        " a ",
        "%",
        "a:",
        "¶3",
        None,
        True,
        3,
        0.5,
        ["a", "b: c"],
        {"a": {"b": [1]}},
    ],
)
def test_flow_is_read_back(value: Any) -> None:
    read = parse(f"x: {flow(value)}\ny: [{flow(value)}]\n", X).values
    meant = 1 if value == "1" else value
    assert read == {"x": meant, "y": [meant]}


def test_the_schema_knows_what_the_loader_takes() -> None:
    made = schema()
    assert made["$id"] == "summary.schema.json"
    assert made["title"]
    assert set(made["required"]) == {"title", "language", "sources"}
    assert "TLP:GREEN" in made["$defs"]["TLP"]["enum"]
    likelihood = made["$defs"]["Risk"]["properties"]["likelihood"]
    assert {"type": "number"} in likelihood["anyOf"]
    assert likelihood["description"]
    assert "title" in made["$defs"]["Risk"]["properties"]
    assert json.loads(json.dumps(made)) == made


def test_every_reference_of_the_schema_leads_somewhere() -> None:
    text = json.dumps(schema())
    names = set(re.findall(r'"#/\$defs/(\w+)"', text))
    assert names <= set(schema()["$defs"])


def test_every_property_is_described() -> None:
    made = schema()
    for name, definition in [("Summary", made), *made["$defs"].items()]:
        forms = [definition, *definition.get("anyOf", ())]
        for form in forms:
            for key, field in form.get("properties", {}).items():
                assert "description" in field or "$ref" in field, f"{name}.{key}"
