"""A desk's own rules: rows like briefgen's, each the object that a dotted name leads to.

In: the parts of the kind `rule`. Out: all rules of a project, and a finding for each that can't be used; the others are applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from briefgen.findings.codes import SHIPPED
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected
from briefgen.project.parts import Part
from briefgen.rules import Context, Finding, Rule, RuleSet, rule_set

CODE = re.compile(r"X[A-Z]{1,3}-\d{2}")
"""The codes of a desk: no theme of briefgen's begins with X, so that none of either will ever be the other's."""
_SUCH = "`RULE = Rule(code, severity, about, function)`: `from briefgen import Rule`"


class Rules(NamedTuple):
    """All rules of a project, and what is wrong with own ones that can't be used."""

    every: RuleSet = SHIPPED
    faults: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class Run:
    """The function of an own rule; raises Rejected where it fails, or yields something else than findings."""

    part: Part

    def __call__(self, context: Context) -> list[Finding]:
        """Return what the rule finds, its places looked up: a place that is none is the rule's fault, too."""
        function = self.part.callable(self.part.load().run, ("context",))
        found: list[Finding] = self.part.guarded(lambda: _located(function(context), context))
        return found


def _located(found: Iterable[Finding], context: Context) -> list[Finding]:
    rows = list(found)
    for row in rows:
        if not isinstance(row, Finding):
            raise TypeError(f"it yields findings, not {row!r:.60}: `from briefgen import finding`")
        _ = context.locator.words_spans(row.path, *row.words) if row.words else context.locator.span(row.path)
        _ = "".join((row.path, row.message, *row.hints))
    return rows


def read(parts: Iterable[Part]) -> Rules:
    """Return the rules of a project; nothing is raised."""
    rows: dict[str, Rule] = {}
    faults: list[Diagnostic] = []
    for part in parts:
        try:
            rule = _row(part)
            if rule.code in rows:
                raise part.rejected("PRT-05", f"the rule {part.dotted}: another one has the code {rule.code}", "take another")
            rows[rule.code] = rule
        except Rejected as fault:
            faults += fault.diagnostics
    return Rules(rule_set(rows.values()) if rows else SHIPPED, tuple(faults))


def _row(part: Part) -> Rule:
    found = part.load()
    if not isinstance(found, Rule):
        raise part.rejected("PRT-03", f"the rule {part.dotted} is no row of a rule but {type(found).__name__}", _SUCH)
    part.callable(found.run, ("context",))
    if not isinstance(found.code, str) or not CODE.fullmatch(found.code):
        message = f"the rule {part.dotted}: its code can't be {found.code!r}"
        raise part.rejected("PRT-05", message, "an X, one to three capitals, a hyphen and two digits: `XAB-01`")
    try:
        rule_set([found])
    except BriefgenError as fault:
        raise part.rejected("PRT-03", f"the rule {part.dotted}: {fault.message}", _SUCH) from fault
    return replace(found, run=Run(part))
