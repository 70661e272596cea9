"""Codes by their names: which ones a name covers, and what a code is called that had another name in the last version.

In: codes, beginnings and themes, as a waiver, the command line or the project's file has them. Out: the same with today's names.
An old name is known for one version; whoever uses it is told the new one, once a run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from briefgen.findings.diagnostics import Diagnostic, Span, warning


class Renamed(NamedTuple):
    """What a code is called now, and the version of briefgen that no longer knows the old name."""

    new: str
    until: str


RENAMED: dict[str, Renamed] = {
    "NEG-01": Renamed("NEG-02", "0.2.0"),
    "NAM-01": Renamed("NAM-02", "0.2.0"),
    "DAT-14": Renamed("DAT-15", "0.2.0"),
}
"""Old code → new. A line goes in with the change that renames a rule, such as `"ABC-01": Renamed("ABC-02", "0.3.0")`; a test
says when it must go out again."""


def current(code: str) -> str:
    """Return what a code is called today; as it is where it has no other name."""
    return RENAMED[code].new if code in RENAMED else code


def resolved(names: Iterable[str]) -> list[str]:
    """Return names with those of renamed codes in the place of old ones; a beginning goes on naming what it named before."""
    return list(dict.fromkeys(now for name in names for now in _now(name)))


def old_names(names: Iterable[str]) -> list[tuple[str, Renamed]]:
    """Return each name that is an old one, with the new one."""
    return [(name, RENAMED[name]) for name in dict.fromkeys(names) if name in RENAMED]


def told(old: str, now: Renamed, span: Span | None = None) -> Diagnostic:
    """Return the finding on an old name in the project's file or on the command line."""
    return warning("PRJ-20", said(old, now), span, f"write {now.new}")


def said(old: str, now: Renamed) -> str:
    """Return the sentence on an old name."""
    return f"{old} is called {now.new} now, and briefgen {now.until} no longer knows the old name"


def covers(named: Collection[str], code: str) -> bool:
    """Return whether a code is among those named; a theme (`STA`) or a beginning (`LIK-0`) names all that begin so."""
    return any(code == name or (code.startswith(name) and ("-" in name or code.startswith(f"{name}-"))) for name in named)


def _now(name: str) -> list[str]:
    if name in RENAMED:
        return [RENAMED[name].new]
    return [name, *(now.new for old, now in RENAMED.items() if covers([name], old) and not covers([name], now.new))]
