"""Slips that desks make, planted one by one into a final of our own: each is stopped, or warned of where it can't be sure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.load import parse, validate
from briefgen.readers import plain
from briefgen.rules import check
from tests.rules.case_files import levels

ARTICLE = """Ferry fees in the Baltic

The council of Bergvik adopted new fees on 4 March 2025. They bring up to EUR 12 million a year, said Anna Holm, its chair.

Passenger numbers fell by 8 per cent in 2024, from 2.5 million to 2.3 million. The share of lorries rose by 3 percentage points.

Reuters reported that Peter Lund, the shipowners' speaker, may take the fees to court. The fees are unfair, he wrote in a column.

The council has not promised a refund. Only small boats are exempt. The lines have reportedly ordered three electric ships.
"""
FINAL = """
title: New harbour fees in Bergvik
language: en-GB
stage: final
as_of: 2025-03-05
bottom_line: New fees in Bergvik bring up to EUR 12 million a year.
key_developments:
  - headline: Fees adopted
    text: On Tuesday, 4 March 2025, the council of Bergvik adopted fees that bring up to EUR 12 million a year, Anna Holm says.
    status: claimed
    date: 2025-03-04
    evidence: [{source: S1, quote: They bring up to EUR 12 million a year}]
  - headline: Fewer passengers
    text: In 2024 the number of passengers fell by 8 % to 2.3 million.
    status: established
    date: 2024
    evidence: [{source: S1, quote: Passenger numbers fell by 8 per cent in 2024}]
  - headline: More lorries
    text: The share of lorries rose by 3 percentage points.
    status: reported
    date: unknown
    evidence: [{source: S1, quote: The share of lorries rose by 3 percentage points}]
  - headline: Shipowners think of the court
    text: Peter Lund, who speaks for the shipowners, may take the fees to court, Reuters reports.
    status: reported
    date: 2025-03
    evidence: [{source: S1, quote: may take the fees to court, cites: Reuters}]
  - headline: No refund
    text: The council has not promised a refund; only small boats are exempt.
    status: established
    date: unknown
    evidence: [{source: S1, quote: The council has not promised a refund. Only small boats are exempt}]
  - headline: A column
    text: The shipowners' speaker calls the fees “unfair”.
    status: opinion
    date: unknown
    evidence: [{source: S1, quote: "The fees are unfair, he wrote in a column"}]
  - headline: Electric ships
    text: The lines have reportedly ordered three electric ships.
    status: reported
    date: unknown
    evidence: [{source: S1, quote: The lines have reportedly ordered three electric ships}]
key_judgements:
  - text: {full: Other ports are likely to follow within a year., short: Other ports are likely to follow.}
    likelihood: likely
    confidence: low
    rests_on: [D1]
sources:
  - {id: S1, title: Ferry fees, publisher: Bergvik News, published: 2025-03-05, accessed: 2025-03-05, genre: news, reliability: B}
"""
SLIPS = {
    "a figure": ("fees that bring up to EUR 12 million", "fees that bring up to EUR 21 million", "NUM-04", "error"),
    "a bound": ("fees that bring up to EUR 12 million", "fees that bring over EUR 12 million", "NUM-02", "error"),
    "a hedge": ("text: The lines have reportedly", "text: The lines have", "STA-02", "error"),
    "a date": ("On Tuesday, 4 March 2025, the", "On 14 March 2025 the", "DAT-15", "error"),
    "a quote by a word": ("quote: They bring up", "quote: They yield up", "EVD-02", "error"),
    "a speaker": ("a year, Anna Holm says", "a year, Peter Lund says", "ATT-07", "warning"),
    "a likelihood at one level": ("short: Other ports are likely", "short: Other ports are highly likely", "LVL-05", "error"),
    "an opinion": ("status: opinion", "status: established", "STA-07", "warning"),
    "a first name": ("text: Peter Lund, who", "text: Jonas Lund, who", "NAM-02", "error"),
    "a currency": ("fees that bring up to EUR 12", "fees that bring up to USD 12", "NUM-04", "error"),
    "a denial": ("text: The council has not promised", "text: The council has promised", "NEG-02", "warning"),
    "per cent for points": ("rose by 3 percentage points.\n    status", "rose by 3 per cent.\n    status", "NUM-04", "error"),
    "a scale": ("8 % to 2.3 million", "8 % to 2.3 billion", "NUM-04", "error"),
    "a direction": ("passengers fell by 8 %", "passengers rose by 8 %", "CMP-01", "error"),
    "a day of the week": ("On Tuesday, 4 March", "On Monday, 4 March", "DAT-16", "error"),
    "whom it cites": (", cites: Reuters}", "}", "ATT-01", "error"),
}  # fmt: skip


def told(text: str) -> list[Diagnostic]:
    """Return what the rules say of a final, its article compared."""
    source = parse(text, Path("final.yaml"))
    article = plain.read(Path("S1.txt"), ARTICLE.encode())
    return check(validate(source), source, levels=levels(), articles={"S1": article})


COMPARED = ("NUM", "DAT", "NAM", "NEG", "EVD", "STA", "ATT", "LVL", "LIK", "CMP", "QNT", "SEQ", "CAU", "ACT", "QUO", "PAG")


def codes(rows: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(row.code, row.severity.value) for row in rows if row.code[:3] in COMPARED and row.severity is not Severity.INFO]


def test_the_final_without_a_slip_has_nothing() -> None:
    assert yaml.safe_load(FINAL)["stage"] == "final"
    assert codes(told(FINAL)) == []


@pytest.mark.parametrize("slip", SLIPS)
def test_a_planted_slip_is_told(slip: str) -> None:
    words: Any = SLIPS[slip]
    right, wrong, code, weight = words
    assert FINAL.count(right) == 1
    found = codes(told(FINAL.replace(right, wrong)))
    assert (code, weight) in found, found


def test_an_option_with_evidence_is_compared_with_it() -> None:
    ask = """ask:
  decision: whether to sue
  options:
    - text: Fight fees of EUR 21 million a year
      evidence: [{source: S1, quote: They bring up to EUR 12 million a year}]
    - text: Wait
why_it_matters:
  full: Bergvik earns EUR 31 million a year.
  evidence: [{source: S1, quote: They bring up to EUR 12 million a year}]
"""
    found = {(row.code, row.path) for row in told(FINAL.replace("sources:\n", f"{ask}sources:\n")) if row.code == "NUM-04"}
    assert found == {("NUM-04", "/ask/options/0/text/full"), ("NUM-04", "/why_it_matters/full")}
