"""Policy briefs in PDF and Word from one structured summary, at several audience levels.

`load_summary`, `check_summary` and `render_brief` do from Python what the command line does; see docs/library.md. Each name
is imported when it is first used, so that `import briefgen` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = [
    "Article",
    "BriefgenError",
    "Context",
    "Diagnostic",
    "Document",
    "Drafted",
    "Finding",
    "Leak",
    "Project",
    "Rejected",
    "Rule",
    "Severity",
    "Summary",
    "Written",
    "article_of",
    "check_summary",
    "find_leaks",
    "finding",
    "load_summary",
    "render_brief",
]

if TYPE_CHECKING:
    from briefgen.api import check_summary, find_leaks, load_summary, render_brief
    from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Severity
    from briefgen.findings.rows import Rule
    from briefgen.model.article import Article
    from briefgen.model.document import Document, Written
    from briefgen.model.drafting import Drafted
    from briefgen.model.summary import Summary
    from briefgen.pipeline.leaks import Leak
    from briefgen.project.project import Project
    from briefgen.readers.assembled import article_of
    from briefgen.rules.context import Context, Finding, finding

_HOMES = {
    "check_summary": "briefgen.api",
    "find_leaks": "briefgen.api",
    "Leak": "briefgen.pipeline.leaks",
    "load_summary": "briefgen.api",
    "render_brief": "briefgen.api",
    "Article": "briefgen.model.article",
    "BriefgenError": "briefgen.findings.diagnostics",
    "Context": "briefgen.rules.context",
    "Diagnostic": "briefgen.findings.diagnostics",
    "Document": "briefgen.model.document",
    "Drafted": "briefgen.model.drafting",
    "Finding": "briefgen.rules.context",
    "Rejected": "briefgen.findings.diagnostics",
    "Rule": "briefgen.findings.rows",
    "Severity": "briefgen.findings.diagnostics",
    "Written": "briefgen.model.document",
    "Summary": "briefgen.model.summary",
    "Project": "briefgen.project.project",
    "article_of": "briefgen.readers.assembled",
    "finding": "briefgen.rules.context",
}


def __getattr__(name: str) -> object:
    """Return a public name, imported now."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from briefgen.registry import resolve

    return resolve(f"{_HOMES[name]}:{name}")
