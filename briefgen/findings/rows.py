"""What stands in a row of the tables of codes, and what makes a row whole.

A row that lacks something is refused when its table is read, with its name: no check finds out in the middle of a summary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from briefgen.findings.diagnostics import BriefgenError, Severity

SUMMARY, EVIDENCE, BRIEF = "summary", "evidence", "brief"
SCOPES = (SUMMARY, EVIDENCE, BRIEF)
CONTENT, STYLE = GROUPS = ("content", "style")
_CODE = re.compile(r"[A-Z]{2,8}-\d{2,3}")
_RUN = re.compile(r"\w+:\w+")


class Code(NamedTuple):
    """How much a finding weighs in a final brief, one line that says what it finds, and its group (content, style)."""

    severity: Severity
    about: str
    group: str = CONTENT


@dataclass(frozen=True, slots=True)
class Rule:
    """One editorial rule: code, how much a finding weighs in a final brief, one line that says what it finds, and its function.

    `run` takes a `Context` and yields findings; of briefgen's own rules it is `theme:name` in `rules/`, loaded on use. `scope`
    says what it needs (a summary, its articles, its briefs), `always` that a draft is stopped, too: printing it would break, or
    harm. `group` parts what a brief says from house style, which a report shows last, and counts only.
    """

    code: str
    severity: Severity
    about: str
    run: str | Callable[[Any], Iterable[Any]]
    scope: str = SUMMARY
    always: bool = False
    group: str = CONTENT


Row = Code | Rule


def rows(*tables: Mapping[str, Row] | Iterable[Rule]) -> dict[str, Row]:
    """Return every row by its code, in the order given; BriefgenError names one that lacks something or stands twice."""
    found: dict[str, Row] = {}
    for table in tables:
        named = table.items() if isinstance(table, Mapping) else [(rule.code, rule) for rule in table]
        for code, row in named:
            if code in found:
                raise BriefgenError(f"{code}: the code has two rows", "a code is one rule's; take a number that is free")
            found[code] = _whole(code, row)
    return found


def _whole(code: str, row: Row) -> Row:
    lacks = [
        *([] if _CODE.fullmatch(str(code)) else ["a code such as STA-01: a theme in capitals and a number"]),
        *([] if isinstance(row.severity, Severity) else ["a severity: error, warning or info"]),
        *([] if isinstance(row.about, str) and row.about.strip() else ["words: one line that says what it finds"]),
    ]
    lacks += [] if row.group in GROUPS else [f"a group: {', '.join(GROUPS)}"]
    if isinstance(row, Rule):
        whole = callable(row.run) or (isinstance(row.run, str) and _RUN.fullmatch(row.run))
        lacks += [] if whole else ["a function that yields what it finds"]
        lacks += [] if row.scope in SCOPES else [f"a scope: {', '.join(SCOPES)}"]
    if lacks:
        raise BriefgenError(f"{code or 'a row without code'}: the row lacks {'; '.join(lacks)}")
    return row
