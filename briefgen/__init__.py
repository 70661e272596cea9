"""Policy briefs in PDF and Word from one structured summary, at several audience levels.

`load_summary`, `check_summary` and `render_brief` do from Python what the command line does; see docs/library.md. Each name
is imported when it is first used, so that `import briefgen` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = [
    "BriefgenError",
    "Diagnostic",
    "Project",
    "Rejected",
    "Severity",
    "Summary",
    "Written",
    "check_summary",
    "load_summary",
    "render_brief",
]

if TYPE_CHECKING:
    from briefgen.api import check_summary, load_summary, render_brief
    from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Severity
    from briefgen.model.document import Written
    from briefgen.model.summary import Summary
    from briefgen.project.project import Project

_HOMES = {
    "check_summary": "briefgen.api",
    "load_summary": "briefgen.api",
    "render_brief": "briefgen.api",
    "BriefgenError": "briefgen.findings.diagnostics",
    "Diagnostic": "briefgen.findings.diagnostics",
    "Rejected": "briefgen.findings.diagnostics",
    "Severity": "briefgen.findings.diagnostics",
    "Written": "briefgen.model.document",
    "Summary": "briefgen.model.summary",
    "Project": "briefgen.project.project",
}


def __getattr__(name: str) -> object:
    """Return a public name, imported now."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from briefgen.registry import resolve

    return resolve(f"{_HOMES[name]}:{name}")
