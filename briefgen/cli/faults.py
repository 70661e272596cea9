"""What is wrong with one of several inputs, as findings: so that a command goes on with the others."""

from __future__ import annotations

from briefgen.cli.app import Exit
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Severity, UsageError

FAULTS = (Rejected, BriefgenError)


def found_in(fault: Rejected | BriefgenError) -> tuple[list[Diagnostic], Exit]:
    """Return the findings of a fault, and the exit code that it alone would lead to.

    What Rejected carries stays as it is; a file that is missing becomes USE-01, a fault of the machine ENV-01.
    """
    if isinstance(fault, Rejected):
        return list(fault.diagnostics), Exit.REJECTED
    code, left = ("USE-01", Exit.USAGE) if isinstance(fault, UsageError) else ("ENV-01", Exit.ENVIRONMENT)
    return [Diagnostic(Severity.ERROR, code, fault.message, None, (fault.hint,) if fault.hint else ())], left
