"""What the preview tells beside the pages, as plain data for JSON: the budget, what was left out, the findings.

In: a version or the findings that stand in its way. Out: mappings of texts and numbers. Nothing here is HTML: the page puts
every text in as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefgen.findings import report
from briefgen.findings.codes import SHIPPED, RuleSet
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Severity
from briefgen.findings.excerpt import excerpt
from briefgen.findings.faults import of_the_machine
from briefgen.findings.groups import weight
from briefgen.findings.rows import STYLE
from briefgen.load import line_of
from briefgen.model.brief import Brief, Section, View
from briefgen.preview.page import Shown

NAMES = ("headline", "title", "name", "event", "text", "term")
"""Fields that tell a person which item is meant, the best one first."""
LONGEST = 80
_NUMBER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def facts(shown: Shown) -> dict[str, Any]:
    """Return what is told of a version: its pages, its words, its budget, and what was left out."""
    budget = shown.brief.audience.budget
    return {
        "title": str(shown.brief.head.title),
        "language": shown.language,
        "words": shown.words,
        "large": shown.brief.large,
        "budget": {"pages": budget.pages, "hard": budget.hard, "words": budget.words} if budget else None,
        "pages": [{"key": page.key, "width": page.width, "height": page.height} for page in shown.pages],
        "left_out": list(left_out(shown.brief)),
    }


def left_out(brief: Brief) -> Iterator[dict[str, Any]]:
    """Yield each section that shows less than it could, with what is missing and why."""
    cuts = {cut.section: cut for cut in brief.cuts if not cut.short}
    short = {cut.section for cut in brief.cuts if cut.short}
    sections = {section.use: section for section in brief.sections}
    for use in dict.fromkeys((*sections, *cuts, *short)):
        section, cut = sections.get(use), cuts.get(use)
        taken = set(cut.ids) if cut else set()
        items = [(_id(view), _words(view)) for view in _dropped(section)] or [(each, "") for each in sorted(taken)]
        if items or cut or use in short:
            yield {
                "section": use.replace("_", " "),
                "gone": section is None and cut is not None,
                "short": use in short,
                "total": section.total if section else 0,
                "items": [{"id": each, "words": words, "budget": each in taken} for each, words in items],
                "cut": cut.count if cut else 0,
            }


def _dropped(section: Section | None) -> tuple[View, ...]:
    return section.dropped if section else ()


def _id(view: View) -> str:
    return str(view.id or "") if "id" in view else ""


def _words(view: View) -> str:
    found = next((str(getattr(view, name)) for name in NAMES if name in view and isinstance(getattr(view, name), str)), "")
    return found if len(found) <= LONGEST else found[: LONGEST - 1].rstrip() + "…"


def findings(found: Sequence[Diagnostic], rules: RuleSet = SHIPPED) -> list[dict[str, Any]]:
    """Return findings, errors first and house style last, each with its place, its line, carets below it, and its cures."""
    rows = sorted(found, key=lambda row: (weight(row, rules) == STYLE, _NUMBER[row.severity]))
    plain = report.as_json(rows)
    return [{**said, "place": str(row.span or ""), "excerpt": _excerpt(row)} for said, row in zip(plain, rows, strict=True)]


def _excerpt(row: Diagnostic) -> str:
    return "\n".join(excerpt(row, line_of))


def fault(error: Exception) -> Diagnostic:
    """Return a fault of the machine, a wrong request or a bug of ours as a finding; it has no code."""
    error = of_the_machine(error) or error
    if isinstance(error, BriefgenError):
        return Diagnostic(Severity.ERROR, "", error.message, None, (error.hint,) if error.hint else ())
    hint = "please tell us, with the file; `BRIEFGEN_DEBUG=1 briefgen render` shows where it happened"
    return Diagnostic(Severity.ERROR, "", f"a bug of ours: {type(error).__name__}: {error}", None, (hint,))
