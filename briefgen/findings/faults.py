"""What several inputs come to: one that is at fault is noted and the others go on; at the end stands one exit code.

In: what went wrong, as it came. Out: findings in that order, and the code that weighs most. Nothing is printed here.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TypeVar

from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Severity, UsageError, has_errors

FAULTS = (Rejected, BriefgenError)
LONGEST = 200
"""Characters of a file's name that a message shows."""

Made = TypeVar("Made")


class Exit(IntEnum):
    """What the shell is told."""

    OK = 0
    REJECTED = 1
    USAGE = 2
    WARNINGS = 3
    ENVIRONMENT = 4
    BUG = 70


ORDER = (Exit.BUG, Exit.ENVIRONMENT, Exit.USAGE, Exit.REJECTED, Exit.WARNINGS)
"""What a machine lacks, or was asked for and is not there, may be why content is rejected: so it is told first."""


def worst(codes: Iterable[int]) -> Exit:
    """Return the code of several causes: the first of 70, 4, 2, 1, 3 that is among them."""
    given = set(codes)
    return next((code for code in ORDER if code in given), Exit.OK)


def code_of(fault: Rejected | BriefgenError) -> Exit:
    """Return the exit code that a fault alone leads to."""
    if isinstance(fault, Rejected):
        return Exit.REJECTED
    return Exit.USAGE if isinstance(fault, UsageError) else Exit.ENVIRONMENT


_CURES = {
    errno.ENAMETOOLONG: "give it a shorter name, or a shorter folder",
    errno.EACCES: "make it and its folder readable for you",
    errno.EPERM: "make it and its folder readable for you",
    errno.ELOOP: "the links on the way to it lead in a circle",
    errno.EIO: "look after the disk or the network behind it",
    errno.EMFILE: "close what else runs, or raise the limit of open files (`ulimit -n`)",
    errno.ENFILE: "close what else runs",
}


def of_the_machine(fault: BaseException) -> BriefgenError | None:
    """Return a fault of the system at a file, as a sentence and its cure: a name that no file can have, a closed folder."""
    cure = _CURES.get(fault.errno or 0) if isinstance(fault, OSError) and fault.filename is not None else None
    if not cure or not isinstance(fault, OSError):
        return None
    name = str(fault.filename)
    return BriefgenError(f"can't reach {name if len(name) < LONGEST else f'{name[:LONGEST]}…'}: {fault.strerror}", cure)


def found_in(fault: Rejected | BriefgenError) -> tuple[Diagnostic, ...]:
    """Return a fault as findings: what Rejected carries as it is, a missing file as USE-01, the machine's fault as ENV-01."""
    if isinstance(fault, Rejected):
        return fault.diagnostics
    code = "USE-01" if isinstance(fault, UsageError) else "ENV-01"
    return (Diagnostic(Severity.ERROR, code, fault.message, None, (fault.hint,) if fault.hint else ()),)


@dataclass(slots=True)
class Tally:
    """What was found on several inputs, in the order in which it was; `unread` are the files whose content was rejected."""

    findings: list[Diagnostic] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)

    def note(self, fault: Rejected | BriefgenError) -> None:
        """Add what went wrong."""
        self.findings += found_in(fault)
        self.codes.append(code_of(fault))

    def add(self, findings: Iterable[Diagnostic]) -> None:
        """Add findings; errors among them reject what they were found on."""
        rows = list(findings)
        self.findings += rows
        self.codes += [Exit.REJECTED] if has_errors(rows) else []

    def tried(self, action: Callable[[], Made]) -> Made | None:
        """Return what an action returns; note a fault and return None, so that the rest goes on."""
        try:
            return action()
        except FAULTS as fault:
            self.note(fault)
        return None

    def over(self, paths: Iterable[Path], do: Callable[[Path], Made]) -> Iterator[tuple[Path, Made]]:
        """Yield every file once with what an action makes of it; one at fault is noted and passed over."""
        for path in dict.fromkeys(paths):
            try:
                made = do(path)
            except FAULTS as fault:
                self.note(fault)
                self.unread += [path] if isinstance(fault, Rejected) else []
                continue
            yield path, made

    def code(self, warned: Iterable[Diagnostic] = ()) -> Exit:
        """Return the exit code; with `--strict`, `warned` are the findings that count as warnings."""
        strict = any(row.severity is not Severity.INFO for row in warned)
        return worst([*self.codes, *([Exit.WARNINGS] if strict else [])])
