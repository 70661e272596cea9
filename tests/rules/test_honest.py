"""Honest prose raises nothing: sentences of each theme, tricky on purpose, and how many of them were told all the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.findings.codes import CODES
from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.load import parse, validate
from briefgen.rules import check
from tests.rules.case_files import levels

FOLDER = Path(__file__).parent / "honest"
FILES = sorted(FOLDER.glob("*.yaml"))
SOURCES = [{"id": "S1", "title": "Port report", "published": "unknown", "genre": "news"}]
EVIDENCE = ("quote", "cites", "unnamed")


def summary(row: dict[str, Any]) -> dict[str, Any]:
    """Return a summary that holds one sentence in its place."""
    text, likelihood = row["text"], row.get("likelihood", "likely")
    evidence = {"source": "S1", **{key: row[key] for key in EVIDENCE if key in row}}
    item = {key: row[key] for key in ("attribution", "date") if key in row}
    made: dict[str, Any] = {"title": "Ferries stop", "language": "en-GB", "stage": "final", "as_of": "2025-03-04"}
    place = row.get("as", "claim")
    if place == "claim":
        sourced = {"evidence": [evidence]} if set(EVIDENCE) & set(row) else {}
        made["key_developments"] = [{"headline": "H", "text": text, "status": row.get("status", "reported"), **item, **sourced}]
    elif place in ("judgement", "plain"):
        words = text if place == "judgement" else {"full": f"A strike is {likelihood}.", "plain": text}
        made["key_judgements"] = [{"text": words, "likelihood": likelihood}]
    elif place == "risk":
        made["risks"] = [{"title": "R", "mechanism": text, **({"likelihood": likelihood} if "likely" in text else {})}]
    elif place == "scenario":
        made["outlook"] = {"scenarios": [{"name": "N", "narrative": text, "likelihood": likelihood}]}
    else:
        made["stakeholders"] = [
            {"name": "A", "role": "R", "position": text, **({"evidence": [evidence]} if "evidence" in row else {})}
        ]
    return {**made, "sources": SOURCES}


def rows(path: Path) -> list[dict[str, Any]]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    common = {key: data[key] for key in ("as", "likelihood") if key in data}
    written = ({"text": row} if isinstance(row, str) else row for row in data["sentences"])
    keys = {"text", "as", "status", "attribution", "date", "evidence", *EVIDENCE}
    written = [row for row in written if set(row) <= keys or pytest.fail(f"a comma parts {row}")]
    return [{**common, **{key: str(value) for key, value in row.items()}, "codes": data["codes"]} for row in written]


def told(row: dict[str, Any]) -> list[Diagnostic]:
    source = parse(yaml.safe_dump(summary(row), allow_unicode=True), Path("honest.yaml"))
    return [found for found in check(validate(source), source, levels=levels()) if found.code in row["codes"]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_at_most_one_false_alarm_in_thirty(path: Path, record_property: Any) -> None:
    listed = rows(path)
    found = {row["text"]: [f"{f.code} {f.message}" for f in told(row)] for row in listed}
    false = {text: messages for text, messages in found.items() if messages}
    errors = [text for text, messages in false.items() if any(CODES[m[:6]].severity is Severity.ERROR for m in messages)]
    print(f"{path.stem}: {len(listed)} sentences, {len(false)} told, {len(errors)} of them by an error")
    record_property("false-alarms", f"{path.stem} {len(false)}/{len(listed)}")
    row = f"| {path.stem} | {len(listed)} | {len(false)} | {len(errors)} |"
    assert row in (FOLDER.parents[2] / "docs/checks.md").read_text(encoding="utf-8"), f"docs/checks.md lacks {row}"
    assert len(listed) >= 30
    assert len(false) * 30 <= len(listed), false


def test_every_rule_on_prose_meets_honest_prose() -> None:
    covered = {code for path in FILES for row in rows(path)[:1] for code in row["codes"]}
    once_a_summary = {"STK-02", "STK-04", "RDL-02", "RDL-04", "LNG-01"}  # they read the whole file, not a sentence
    from tests.rules.test_prose import PROSE

    assert PROSE - covered == once_a_summary
