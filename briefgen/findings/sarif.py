"""Diagnostics as SARIF 2.1.0 (OASIS), which code scanning reads: one run, one rule for each code that was found.

In: diagnostics. Out: plain data for `json.dumps`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from briefgen import __version__
from briefgen.findings.codes import SHIPPED, RuleSet
from briefgen.findings.diagnostics import Diagnostic, Severity, Span
from briefgen.findings.rows import Row

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(diagnostics: Sequence[Diagnostic], rules: RuleSet = SHIPPED) -> dict[str, Any]:
    """Return a SARIF log of one run; columns count from 1, in characters (code points)."""
    codes = sorted({row.code for row in diagnostics})
    driver = {
        "name": "briefgen",
        "semanticVersion": __version__,
        "rules": [_rule(code, rules.codes.get(code)) for code in codes],
    }
    results = [_result(row, codes.index(row.code)) for row in diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, entry: Row | None) -> dict[str, Any]:
    if entry is None:
        return {"id": code}
    about = entry.about[:1].upper() + entry.about[1:] + "."
    return {"id": code, "shortDescription": {"text": about}, "defaultConfiguration": {"level": _LEVELS[entry.severity]}}


def _result(row: Diagnostic, index: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": row.code,
        "ruleIndex": index,
        "level": _LEVELS[row.severity],
        "message": {"text": "\n".join((row.message, *row.hints))},
    }
    if row.verdict:
        made["properties"] = {"verdict": row.verdict.value}
    if row.span:
        made["locations"] = [{"physicalLocation": _place(row.span)}]
    return made


def _place(span: Span) -> dict[str, Any]:
    address = PurePath(span.file).as_posix()
    made: dict[str, Any] = {"artifactLocation": {"uri": quote(address)}}
    if span.line:
        region = {"startLine": span.line}
        made["region"] = region | ({"startColumn": span.column, "endColumn": span.column + span.length} if span.column else {})
    return made
