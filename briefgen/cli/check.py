"""`briefgen check`: every problem of every summary, without rendering anything."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from briefgen import report as reports
from briefgen.cli import terminal
from briefgen.cli.app import Exit, worst
from briefgen.diagnostics import BriefgenError, Diagnostic, Rejected, Severity, UsageError, has_errors
from briefgen.intake import articles, inspect
from briefgen.languages import translated
from briefgen.load.source import Source, read
from briefgen.load.validate import validate
from briefgen.project import Project

FORMS = ("text", "json", "github")


def run(
    paths: Sequence[Path],
    audiences: Sequence[str],
    templates: Path | None,
    *,
    strict: bool,
    verbose: bool,
    form: str,
    fix: bool = False,
) -> Exit:
    """Check the summaries, report, and return the exit code."""
    if form not in FORMS:
        raise UsageError(f"there is no report format {form!r}", f"--format takes {', '.join(FORMS)}")
    project = Project.find(Path.cwd(), templates)
    for name in audiences:
        project.audience(name)
    findings: list[Diagnostic] = []
    codes: list[Exit] = []
    for path in dict.fromkeys(paths):
        found, code = _inspect(path, project, audiences, fix=fix)
        findings += found
        codes.append(code)
    if strict and any(d.severity is Severity.WARNING for d in findings):
        codes.append(Exit.WARNINGS)
    _print(findings, form, verbose=verbose, count=len(paths))
    return worst(codes)


def _inspect(path: Path, project: Project, audiences: Sequence[str], *, fix: bool) -> tuple[list[Diagnostic], Exit]:
    """Return what was found on one summary, and the code that it alone would lead to."""
    try:
        source = project.with_defaults(read(path, str(path)))
        if fix and _mend(source):
            source = project.with_defaults(read(path, str(path)))
        summary, found = inspect(source, project, asked=audiences, evidence=True)
        found += translated(summary, source, project)
    except Rejected as fault:
        return list(fault.diagnostics), Exit.REJECTED
    except BriefgenError as fault:
        usage = isinstance(fault, UsageError)
        hints = (fault.hint,) if fault.hint else ()
        row = Diagnostic(Severity.ERROR, "USE-01" if usage else "ENV-01", fault.message, None, hints)
        return [row], Exit.USAGE if usage else Exit.ENVIRONMENT
    return found, Exit.REJECTED if has_errors(found) else Exit.OK


def _mend(source: Source) -> bool:
    """Write into a summary what can be written without its author, tell it, and return whether something was."""
    from briefgen.mend import mended

    summary = validate(source)
    told = mended(summary, source, articles(summary, source)[0])
    sys.stderr.write("".join(f"{line}\n" for line in told))
    return bool(told)


def _print(findings: list[Diagnostic], form: str, *, verbose: bool, count: int) -> None:
    if form == "json":
        import json

        sys.stdout.write(json.dumps(reports.as_json(findings), ensure_ascii=False, indent=2) + "\n")
    elif form == "github":
        sys.stdout.write("".join(f"{line}\n" for line in reports.github(findings).splitlines()))
    else:
        terminal.report(findings, verbose=verbose)
        if not findings:
            sys.stderr.write(f"{count} checked, nothing to say\n")
