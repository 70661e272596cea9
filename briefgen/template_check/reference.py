"""The organisation's own Word file: which styles it lacks or has as something else, and what is used instead.

In: the template set. Out: findings at the place that names the file. The packaged file needs no such look: its styles follow the
tokens.
"""

from __future__ import annotations

from briefgen.files import shown_path
from briefgen.findings.diagnostics import Diagnostic, Rejected, Span, info, warning
from briefgen.project.project import packaged
from briefgen.registry import resolve
from briefgen.render.templates import TemplateSet


def check(templates: TemplateSet) -> list[Diagnostic]:
    """Return a warning for each style of the wrong type, and one information that lists those that are missing."""
    file = templates.reference
    if file is None or file.resolve().is_relative_to(packaged().resolve()):
        return []
    span = (templates.tokens.get("places") or {}).get("reference") or Span(shown_path(file))
    try:
        rows = resolve("briefgen.writers.docx.foreign.missing:lacking")(file, templates.tokens, span)
    except Rejected as fault:
        return list(fault.diagnostics)
    found = [
        warning(
            "TPL-38",
            f"{file.name} has the style {row.name!r} for a {row.found}, and briefs need it for a {row.type}",
            span,
            f"used instead: {row.instead}",
            f"make {row.name!r} a {row.type} style in Word, or rename yours",
        )
        for row in rows
        if row.found
    ]
    missing = [row for row in rows if not row.found]
    if missing:
        listed = "; ".join(f"{row.name} ({row.instead})" for row in missing)
        message = f"{file.name} lacks {len(missing)} of the styles that briefs need; used instead: {listed}"
        found.append(info("TPL-39", message, span, "define them in Word to give them your own look"))
    return found
