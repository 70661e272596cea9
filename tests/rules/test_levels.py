"""Levels agree: honest wordings pass, changed ones are found, whatever is planted; a contrary item leaves its line."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefgen.evidence.compare import Policy, compare_wording
from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.load import parse, validate
from briefgen.load.source import read
from briefgen.model.text import Text
from briefgen.model.yardstick import PHIA_2025
from briefgen.pipeline.check import inspect
from briefgen.project.project import Project
from briefgen.rules import check
from briefgen.rules.context import Context
from briefgen.rules.levels import pairs
from briefgen.tailor import phrases, tailor
from tests.builders import AUDIENCES
from tests.mini import ROOT

FOLDER = Path(__file__).parent / "wordings"
HONEST: list[dict[str, Any]] = yaml.safe_load((FOLDER / "honest.yaml").read_text(encoding="utf-8"))
HONEST += yaml.safe_load((FOLDER / "held-out.yaml").read_text(encoding="utf-8"))
BAD: list[dict[str, Any]] = yaml.safe_load((FOLDER / "bad.yaml").read_text(encoding="utf-8"))


def told(row: dict[str, Any]) -> list[Diagnostic]:
    """Return what the rules of levels say of one text in a final summary."""
    text = {name: row[name] for name in ("full", "short", "plain") if name in row}
    item = {"text": text, **row.get("item", {})}
    if "likelihood" in row:
        part = {"key_judgements": [{**item, "likelihood": row["likelihood"]}]}
    else:
        part = {"key_developments": [{"headline": "H", "status": "reported", **item}]}
    sources = [{"id": "S1", "title": "T"}]
    data = {"title": "T", "language": row.get("language", "en"), "stage": "final", "sources": sources, **part}
    source = parse(yaml.safe_dump(data, allow_unicode=True), Path("case.yaml"))
    return [d for d in check(validate(source), source) if d.code.startswith("LVL") or d.code == "STA-04"]


def test_honest_wordings_raise_at_most_one_false_error_in_thirty() -> None:
    assert len(HONEST) >= 60
    found = {row["full"]: rows for row in HONEST if (rows := told(row))}
    errors = [full for full, rows in found.items() if any(d.severity is Severity.ERROR for d in rows)]
    assert len(errors) * 30 <= len(HONEST), found


@pytest.mark.parametrize("row", BAD, ids=lambda row: row["short"])
def test_a_changed_wording_is_found(row: dict[str, Any]) -> None:
    assert row["code"] in {d.code for d in told(row)}


# ---- whatever is written, whatever is planted

SUBJECTS = ("The harbour board", "Anna Holm", "The ministry", "Riga", "The European Union")
VERBS = ("raised", "closed", "published", "signed")
THINGS = ("fees", "the ferry line", "a list", "the pact")
NUMBERS = st.integers(13, 900).filter(lambda n: n % 10)


@st.composite
def sentences(draw: st.DrawFn) -> list[str]:
    """Return the clauses of a claim: who did what, by how much, where, when."""
    number, day = draw(NUMBERS), draw(st.integers(1, 28))
    denial = draw(st.booleans())
    verb = draw(st.sampled_from(VERBS))
    return [
        draw(st.sampled_from(SUBJECTS)),
        f"has {'not ' if denial else ''}{verb}",
        draw(st.sampled_from(THINGS)),
        f"by up to {number} percent",
        "in Tallinn",
        f"on {day} March 2025",
    ]


@pytest.mark.slow
@given(sentences(), st.sets(st.integers(3, 5)))
def test_what_only_leaves_out_is_never_told(parts: list[str], left_out: set[int]) -> None:
    short = " ".join(part for n, part in enumerate(parts) if n not in left_out)
    assert told({"full": " ".join(parts), "short": short}) == []


@pytest.mark.slow
@given(sentences(), st.sampled_from(("figure", "bound", "date", "name", "denial")), st.sets(st.integers(3, 5)))
def test_what_is_planted_is_told(parts: list[str], what: str, left_out: set[int]) -> None:
    changed, needed = list(parts), {"figure": 3, "bound": 3, "date": 5, "name": 4, "denial": 1}[what]
    if what == "figure":
        changed[3] = re.sub(r"\d+", lambda match: str(int(match[0]) + 3), parts[3])
    elif what == "bound":
        changed[3] = parts[3].replace("up to ", "")
    elif what == "date":
        changed[5] = parts[5].replace("March", "June")
    elif what == "name":
        changed[4] = "in Vilnius"
    else:
        changed[1] = parts[1].replace("has not", "has") if "not" in parts[1] else parts[1].replace("has", "has not")
    short = " ".join(part for n, part in enumerate(changed) if n == needed or n not in left_out)
    code = {"figure": "LVL-01", "bound": "LVL-02", "date": "LVL-03", "name": "LVL-06", "denial": "LVL-04"}[what]
    assert {d.code for d in told({"full": " ".join(parts), "short": short})} == {code}


def test_every_phrase_of_every_version_is_a_wording_that_was_compared() -> None:
    project = Project.find(ROOT)
    path = ROOT / "inputs/us-russia-reset.yaml"
    source = read(path, str(path))
    summary = validate(source)
    compared_paths = {pair.path for pair in pairs(Context(summary, source))}
    written = {f"{at}/full" for at, node in Context(summary, source).nodes if isinstance(node, Text)}
    briefs = [tailor(summary, audience) for audience in project.audiences()]
    printed = {phrase.path for brief in briefs for section in brief.sections for phrase in phrases(section)}
    wordings = {
        at for at in printed if not at.startswith("/glossary") and at.rpartition("/")[2] in ("full", "short", "plain", *AUDIENCES)
    }
    assert wordings and wordings <= compared_paths | written


def test_the_example_is_clean() -> None:
    project = Project.find(ROOT)
    path = ROOT / "inputs/us-russia-reset.yaml"
    summary, found = inspect(read(path, str(path)), project)
    assert summary.disagreements and [d for d in found if d.code.startswith("LVL") or d.code == "STA-04"] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["not ", "up to 5 percent of ", "that ", "a ", "May ", "Anna Holm ", "; because ", "by x ", "12-", "in "]
)
def test_hostile_text_stays_linear(piece: str) -> None:
    small, large = (told_time(piece * (size // len(piece))) for size in (2_000, 20_000))
    assert large < 400 * max(small, 1)


def told_time(words: str) -> int:
    """Return how many function calls the comparison of a text with itself takes."""
    calls = 0

    def count(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        compare_wording(words, f"{words} x", "", Policy(wording=True), PHIA_2025)
    finally:
        sys.setprofile(None)
    return calls
