"""A summary that breaks every rule on prose on purpose raises every one of them."""

from __future__ import annotations

from pathlib import Path

from briefgen.load.source import read
from briefgen.load.validate import validate
from briefgen.rules import check
from tests.rules.case_files import levels
from tests.rules.test_prose import PROSE

FILE = Path(__file__).parents[1] / "fixtures/bad-editorial.yaml"
NOT_HERE = {"LNG-01"}  # that is another language


def test_every_rule_on_prose_speaks() -> None:
    source = read(FILE)
    found = check(validate(source), source, levels=levels())
    assert PROSE - {finding.code for finding in found} == NOT_HERE


def test_each_finding_points_at_words_of_its_line() -> None:
    source = read(FILE)
    for finding in check(validate(source), source, levels=levels()):
        if finding.code in PROSE and finding.span and "“" in finding.message[:1]:
            told = finding.message[1:].partition("”")[0]
            line = source.line(finding.span.line)[finding.span.column - 1 :]
            assert line.startswith(told[:10]) or told[:3] in finding.message, finding
