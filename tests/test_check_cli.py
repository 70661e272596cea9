"""`briefgen check`: which codes are shown, from which day, and how it reports to machines."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from briefgen.cli import check as command
from briefgen.findings import report
from briefgen.findings.codes import CODES
from briefgen.findings.diagnostics import Diagnostic, Span
from briefgen.findings.sarif import sarif
from briefgen.rules import RULES
from tests.builders import minimal
from tests.mini import Mini

SUMMARY = """\
id: ferries
language: en-GB
title: Ferries stop
as_of: 2025-03-04
bottom_line: >-
  The regime met its
  proxies soon.
outlook: {watch: [{event: A vote, date: 2025-03-10}]}
sources: [{id: S1, title: Port report, published: 2025-03-01}]
"""


def codes(out: str) -> set[str]:
    return {row["code"] for row in json.loads(out)}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--select", "ATT"], {"ATT-04"}),
        (["--select", "ATT-0,DAT-01"], {"ATT-04", "DAT-01"}),
        (["--select", "ATT", "--select", "DAT", "--ignore", "DAT-01"], {"ATT-04"}),
    ],
)
def test_codes_are_selected_and_ignored(mini: Mini, options: list[str], expected: set[str]) -> None:
    mini.write("x.yaml", SUMMARY)
    assert codes(mini.cli("check", "x.yaml", "--format", "json", *options).out) == expected


@pytest.mark.parametrize(("name", "near"), [("ATT-99", "ATT-0"), ("LKI", "LIK"), ("lik-02", "LIK-02")])
def test_an_unknown_code_is_a_wrong_request(mini: Mini, name: str, near: str) -> None:
    mini.write("x.yaml", SUMMARY)
    done = mini.cli("check", "x.yaml", "--select", name)
    assert done.code == 2
    assert near in done.err


def test_what_keeps_a_file_from_being_read_is_always_shown(mini: Mini) -> None:
    mini.write("x.yaml", "title: [\n")
    done = mini.cli("check", "x.yaml", "--select", "ATT")
    assert done.code == 1


def test_today_is_brought_in_only_when_asked(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "today", lambda: date(2025, 4, 1))
    mini.write("x.yaml", SUMMARY)
    assert {"DAT-04", "DAT-03"} & codes(mini.cli("check", "x.yaml", "--format", "json").out) == set()
    assert {"DAT-04", "DAT-03"} <= codes(mini.cli("check", "x.yaml", "--format", "json", "--today").out)


def test_a_projects_settings_count(mini: Mini) -> None:
    mini.write("x.yaml", SUMMARY)
    mini.write("briefgen.yaml", "checks: {ignore: [DAT], loaded_words: {remove: [regime]}}\n")
    assert codes(mini.cli("check", "x.yaml", "--format", "json").out) & {"DAT-01", "ATT-04"} == set()
    mini.write("briefgen.yaml", "checks: {sentence_words: 2}\n")
    assert mini.cli("check", "x.yaml").code == 2 or mini.cli("check", "x.yaml").code == 1


STYLED = """\
id: x
language: en-GB
title: Fees rise by 30%
as_of: 2025-03-04
key_developments: [{headline: Fees rise by 30%, text: "Fees rose to 30%, the program says.", status: reported}]
sources: [{id: S1, title: Port report, published: 2025-03-01}]
"""


def test_house_style_is_counted_and_shown_where_it_is_asked_for(mini: Mini) -> None:
    mini.write("x.yaml", STYLED)
    plain = mini.cli("check", "x.yaml").err
    assert "warning STY-" not in plain
    assert re.search(r"style: \d+ things \(check --style shows them\)$", plain.strip())
    for options in (["--style"], ["-v"], ["--select", "STY"]):
        shown = mini.cli("check", "x.yaml", *options).err
        assert "warning STY-01" in shown, options
        assert re.search(r"style: \d+ things$", shown.strip()), options
        assert shown.index("STY-01") > max((shown.rfind(code) for code in ("FIN-01", "COR-03")), default=-1)
    assert {"STY-01", "STY-02", "FIN-01"} <= codes(mini.cli("check", "x.yaml", "--format", "json").out)


def test_several_summaries_have_a_headline_each_and_one_exit_code(mini: Mini) -> None:
    mini.write("a.yaml", STYLED)
    mini.write("b.yaml", STYLED.replace("key_developments", "key_develpments"))
    done = mini.cli("check", "a.yaml", "b.yaml")
    assert done.code == 1
    lines = done.err.splitlines()
    assert [line.partition(":")[0] for line in lines[-4:]] == ["a.yaml", "b.yaml", "all 2", "b.yaml"]
    assert lines[-3].startswith("b.yaml: 1 error")


def test_sarif_has_the_shape_of_the_standard(mini: Mini) -> None:
    mini.write("x.yaml", SUMMARY)
    log = json.loads(mini.cli("check", "x.yaml", "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "briefgen"
    assert driver["semanticVersion"]
    assert run["columnKind"] == "unicodeCodePoints"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    assert set(ids) <= set(CODES)
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert run["results"]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "x.yaml"
        assert 1 <= place["region"]["startColumn"] < place["region"]["endColumn"]
    [loaded] = [result for result in run["results"] if result["ruleId"] == "ATT-04"]
    assert loaded["locations"][0]["physicalLocation"]["region"] == {"startLine": 6, "startColumn": 7, "endColumn": 13}


def test_sarif_of_a_sound_file_is_an_empty_run(mini: Mini) -> None:
    mini.write("x.yaml", SUMMARY)
    log = json.loads(mini.cli("check", "x.yaml", "--format", "sarif", "--select", "NUM").out)
    assert log["runs"][0]["results"] == []


def test_every_code_has_its_description_in_sarif_and_its_command_for_github() -> None:
    rows = [Diagnostic(entry.severity, code, "a fact", Span("x.yaml", 3, 5, 2), ("a cure",)) for code, entry in CODES.items()]
    [run] = sarif(rows)["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert set(rules) == set(CODES) >= {rule.code for rule in RULES if rule.scope == "evidence"}
    assert all(len(rule["shortDescription"]["text"]) > 8 for rule in rules.values())
    assert all(rule["defaultConfiguration"]["level"] in ("error", "warning", "note") for rule in rules.values())
    lines = report.github(rows).splitlines()
    assert len(lines) == len(CODES)
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) and "file=x.yaml,line=3," in line for line in lines)


@pytest.mark.parametrize(
    ("form", "told"), [("sarif", '"ruleId": "NUM-04"'), ("github", "title=NUM-04"), ("json", '"code": "NUM-04"')]
)
@pytest.mark.parametrize(("stage", "code", "strict"), [("final", 1, 1), ("draft", 0, 3)])
def test_what_the_articles_say_otherwise_is_in_every_report(
    mini: Mini, form: str, told: str, stage: str, code: int, strict: int
) -> None:
    mini.write("a.txt", "Fees\n\nThe board said that fees for ferries rise by 12 percent from spring on.\n")
    mini.write(
        "x.yaml",
        f"id: x\nlanguage: en-GB\ntitle: Fees\nstage: {stage}\nas_of: 2025-03-04\n"
        "key_developments:\n  - headline: Fees rise\n    text: The board said that fees rise by 30 %.\n    status: reported\n"
        "    evidence: [{source: S1, quote: rise by 12 percent}]\n"
        "sources: [{id: S1, title: T, file: a.txt, published: 2025-03-01}]\n",
    )
    done = mini.cli("check", "x.yaml", "--select", "NUM", "--format", form)
    assert (done.code, told in done.out) == (code, True)
    assert mini.cli("check", "x.yaml", "--select", "NUM", "--format", form, "--strict").code == strict


def test_errors_of_form_say_that_more_checks_follow(mini: Mini) -> None:
    mini.write("inputs/mini.yaml", minimal())
    for name in ("one", "two"):
        mini.write(f"inputs/{name}.yaml", {"title": "T"})
    follows = ": the editorial checks follow once these errors are mended"
    assert f"inputs/one.yaml{follows}" in mini.cli("check", "inputs/one.yaml", "inputs/mini.yaml").err
    assert f"2 files{follows}" in mini.cli("check", "inputs/one.yaml", "inputs/two.yaml").err
    assert follows not in mini.cli("check", "inputs/mini.yaml", "nowhere.yaml").err
    assert follows not in mini.cli("check", "--format", "json", "inputs/one.yaml").err
