"""The rules' table: a row stands once and is whole, or it is refused when the table is read, with its name."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from briefgen import rules
from briefgen.findings import groups
from briefgen.findings.codes import CODES, SHIPPED
from briefgen.findings.diagnostics import BriefgenError, Severity
from briefgen.findings.rows import Code, rows
from briefgen.findings.sarif import sarif
from briefgen.load import parse, validate
from briefgen.model.project_file import Checks
from briefgen.rules import RULES, Context, Finding, Rule, breaks, check, finding, rule_set
from briefgen.rules.run import generator, generators
from tests.rules.case_files import NEEDED


def shouted(context: Context) -> Iterator[Finding]:
    """Find titles in capitals."""
    if context.summary.title.full.isupper():
        yield finding("/title", "the title shouts", "write it in lower case")


OWN = Rule("DESK-01", Severity.ERROR, "a title in capitals", shouted)
TEXT = "\n".join(["title: PORTS CLOSE", *(line for key, line in NEEDED.items() if key != "title"), ""])


def found(text: str = TEXT, **options: Any) -> list[Any]:
    source = parse(text, Path("x.yaml"))
    return [row for row in check(validate(source), source, **options) if row.code in ("DESK-01", "WVR-02")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"about": ""}, "DESK-01: the row lacks words: one line"),
        ({"about": "  "}, "DESK-01: the row lacks words"),
        ({"severity": None}, "DESK-01: the row lacks a severity"),
        ({"severity": "grave"}, "DESK-01: the row lacks a severity"),
        ({"run": None}, "DESK-01: the row lacks a function"),
        ({"run": ""}, "DESK-01: the row lacks a function"),
        ({"run": "", "about": ""}, "DESK-01: the row lacks words: one line that says what it finds; a function"),
        ({"scope": "moon"}, "DESK-01: the row lacks a scope: summary, evidence, brief"),
        ({"group": "moon"}, "DESK-01: the row lacks a group: content, style"),
        ({"code": "desk 1"}, "desk 1: the row lacks a code such as"),
        ({"code": ""}, "a row without code: the row lacks a code"),
        ({"code": "STA-01"}, "STA-01: the code has two rows"),
        ({"code": "TPL-01"}, "TPL-01: the code has two rows"),
    ],
)
def test_a_row_that_lacks_something_is_refused_when_read(change: dict[str, Any], told: str) -> None:
    with pytest.raises(BriefgenError) as fault:
        rule_set([replace(OWN, **change)])
    assert told in fault.value.message


def test_a_code_that_is_no_rule_is_refused_likewise() -> None:
    with pytest.raises(BriefgenError, match="FIL-99: the row lacks words"):
        rows({"FIL-99": Code(Severity.ERROR, "")})
    with pytest.raises(BriefgenError, match="FIL-01: the code has two rows"):
        rows({"FIL-01": Code(Severity.ERROR, "x")}, {"FIL-01": Code(Severity.ERROR, "y")})


@pytest.mark.parametrize(
    ("run", "told"), [("ids:nobody", "no generator 'nobody' in 'ids'"), ("nowhere:shared", "no module of rules 'nowhere'")]
)
def test_a_row_whose_function_is_not_there_is_told_before_any_rule_speaks(run: str, told: str) -> None:
    with pytest.raises(BriefgenError, match=f"DESK-01: there is {told}"):
        found(rules=rule_set([replace(OWN, run=run)]))


def test_a_rule_without_row_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("briefgen.rules.planted")
    exec(
        "from __future__ import annotations\ndef rowless(context: Context) -> Iterator[Finding]:\n    yield from ()\n",
        module.__dict__,
    )
    monkeypatch.setitem(__import__("sys").modules, module.__name__, module)
    with pytest.raises(BriefgenError, match="planted:rowless is a rule without a row"):
        generators(module.__name__)


def test_every_module_of_rules_has_rows_for_its_generators_and_every_row_its_generator() -> None:
    names = {
        f"{module.name}:{name}"
        for module in pkgutil.iter_modules(rules.__path__)
        for name in generators(f"{rules.__name__}.{module.name}")
    }
    assert names == {rule.run for rule in RULES}
    assert all(callable(generator(rule)) for rule in RULES)


def test_a_desks_own_rule_runs_weighs_and_is_reported_as_ours() -> None:
    own = rule_set([OWN])
    [row] = found(rules=own)
    assert (row.code, row.severity, row.message) == ("DESK-01", Severity.WARNING, "the title shouts")
    assert found(TEXT + "stage: final\n", rules=own)[0].severity is Severity.ERROR
    assert found(rules=own, checks=Checks(ignore=("DESK",))) == []
    assert groups.headline([row], own) == "1 to fix before final"
    assert sarif([row], own)["runs"][0]["tool"]["driver"]["rules"][0]["shortDescription"] == {"text": "A title in capitals."}
    drafted = rule_set([replace(OWN, severity=Severity.WARNING, group="style")])
    assert groups.headline([row], drafted) == "style: 1 thing"
    assert "DESK-01" not in CODES
    assert "DESK-01" in own.codes
    assert found() == []


def test_a_desks_own_rule_is_waived_and_may_stop_a_draft() -> None:
    waiver = "waivers: [{code: DESK-01, item: title, reason: R, by: B}]\n"
    [row] = found(TEXT + waiver, rules=rule_set([OWN]))
    assert row.message == "the title shouts (waived by B: R)"
    assert groups.headline([row], rule_set([OWN])) == "1 waived"
    assert [one.message for one in found(TEXT + waiver)] == ["there is no check DESK-01"]
    stopping = rule_set([replace(OWN, always=True)])
    assert found(rules=stopping)[0].severity is Severity.ERROR
    assert breaks("DESK-01", stopping)
    assert not breaks("DESK-01", SHIPPED)
