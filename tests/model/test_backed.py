"""Evidence on the first page: beside the wordings of why it matters, an option, a line to take; a bare text stays what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.evidence import all_evidence
from briefgen.findings.diagnostics import Rejected
from briefgen.load import parse, validate
from briefgen.load.dump import dump
from briefgen.model.summary import Summary
from briefgen.readers import plain
from briefgen.rules import check
from briefgen.tailor.traced import traced
from briefgen.tailor.withheld import only_withheld
from tests.mini import Mini

TEXT = """\
title: Ferry fees rise
language: en
why_it_matters:
  full: Islands get 80 % of their food by ferry.
  evidence: [{source: S1, quote: 80 percent of the food, cites: Quay News}]
ask:
  decision: whether to wait
  options:
    - {text: Wait, evidence: [{source: S2, quote: nobody waits}]}
lines_to_take:
  - Ferries sail.
  - full: Food comes by ferry.
    short: Food sails.
    evidence: [{source: S3}]
key_developments:
  - {headline: H, text: The board raised the fees., status: reported}
sources:
  - {id: S1, title: T}
  - {id: S2, title: U}
  - {id: S3, title: V}
"""


def made() -> Summary:
    return validate(parse(TEXT, Path("x.yaml")))


def test_both_forms_are_read_and_the_evidence_is_found() -> None:
    summary = made()
    assert [e.source for e in all_evidence(summary)] == ["S1", "S2", "S3"]
    assert [line.full for line in summary.lines_to_take] == ["Ferries sail.", "Food comes by ferry."]
    assert summary.lines_to_take[0].evidence == ()
    assert set(summary.lines_to_take[1].variants) == {"full", "short"}


def test_the_quotes_are_looked_for_and_the_figures_have_their_ground() -> None:
    source = parse(TEXT, Path("x.yaml"))
    article = plain.read(Path("S1.txt"), b"Fees\n\nThe islands get 80 percent of the food by ferry, and wait.")
    found = check(validate(source), source, articles={"S1": article, "S2": article})
    assert [(row.code, str(row.span)) for row in found if row.code in ("EVD-01", "PAG-01")] == [("EVD-01", "x.yaml:9:51")]


def test_its_sources_are_printed_and_not_withheld() -> None:
    summary = made()
    assert only_withheld(summary, []) == frozenset()
    assert traced(summary, ["/why_it_matters"], [summary.why_it_matters]) == {"S1"}
    assert traced(summary, ["/lines_to_take/1"], [summary.lines_to_take[1]]) == {"S3"}


def test_who_is_relayed_is_printed(mini: Mini) -> None:
    data = made().model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert "Quay News, as cited in S1" in " ".join(mini.document(data, "analyst").tree.itertext())


@pytest.mark.parametrize("written", ["[a]", "{short: a}", "{full: a, evidence: b}"])
def test_what_is_neither_is_refused(written: str) -> None:
    with pytest.raises(Rejected):
        validate(parse(f"title: T\nlanguage: en\nlines_to_take: [{written}]\nsources: [{{id: S1, title: T}}]\n", Path("x.yaml")))


def test_dumped_and_read_again_it_is_the_same() -> None:
    values = made().model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert validate(parse(dump(values), Path("x.yaml"))) == made()
