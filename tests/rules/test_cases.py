"""Every rule has a case file, and finds there what the comments expect, nothing else."""

from __future__ import annotations

import pytest

from briefgen.findings.codes import CODES, GROUPS
from briefgen.findings.diagnostics import Severity, Verdict
from briefgen.rules import RULES
from briefgen.rules.run import generator
from tests.rules.case_files import FOLDER, Example, examples

ALWAYS = {rule.code for rule in RULES if rule.always}
WAIVER_CODES = {"WVR-01", "WVR-02"}  # said by check() itself, so without a row


@pytest.mark.parametrize("example", examples(), ids=str)
def test_example(example: Example) -> None:
    found = example.found()
    assert sorted(finding.span.line for finding in found if finding.span) == example.expected
    assert bool(found) is not example.good
    for finding in found:
        assert finding.hints, "a finding has a cure"
        assert finding.message[-1] != "."


@pytest.mark.parametrize("example", [e for e in examples() if not e.good and "stage:" not in e.text], ids=str)
def test_severity_by_stage(example: Example) -> None:
    final = {row.severity for row in example.found("stage: final") if row.verdict is not Verdict.NOT_FOUND}
    draft = {row.severity for row in example.found() if row.verdict is not Verdict.NOT_FOUND}
    assert final in ({CODES[example.code].severity}, set())
    if not final:  # a rule that found all its examples unsure: each asks, and stops nothing
        return
    softened = CODES[example.code].severity is Severity.ERROR and example.code not in ALWAYS
    assert draft == ({Severity.WARNING} if softened else final)


def test_every_rule_has_examples_of_both_kinds() -> None:
    kinds = {(example.code, example.good) for example in examples()}
    assert kinds == {(code, good) for code in {rule.code for rule in RULES} | WAIVER_CODES for good in (True, False)}


def test_every_rule_is_documented_and_resolves() -> None:
    made_up = {"WVR-03"}  # its table may be empty: tests/test_renamed.py tries it with one of its own
    assert {rule.code for rule in RULES} | WAIVER_CODES | made_up == set(GROUPS["Rules"])
    assert len({rule.run for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert (generator(rule).__doc__ or "").startswith(f"{rule.code}: ")


def test_every_case_file_says_what_it_asks_for() -> None:
    for path in FOLDER.glob("*.yaml"):
        head = path.read_text(encoding="utf-8").split("===")[0]
        assert [line for line in head.splitlines() if line.startswith("# ") and not line.startswith("# asked:")], path
