"""`briefgen check`: every problem of every summary, without rendering anything."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from briefgen.cli import terminal
from briefgen.findings import renamed
from briefgen.findings.codes import FILES, MODEL
from briefgen.findings.diagnostics import Diagnostic, Rejected, UsageError, has_errors
from briefgen.findings.faults import Exit, Tally
from briefgen.findings.near import did_you_mean, nearest
from briefgen.findings.renamed import covers, resolved
from briefgen.load.source import Source, read
from briefgen.load.validate import validate
from briefgen.pipeline import ground, stamps
from briefgen.pipeline.check import examine
from briefgen.project.languages import translated
from briefgen.project.project import Project
from briefgen.project.settings import old_names

_ROUNDS = 5
FORMS = ("text", "json", "github", "sarif")


@dataclass(frozen=True)
class Wanted:
    """What a check is to say: codes or themes to show only, those to leave out, how to report, how much, and from which day."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    form: str = "text"
    strict: bool = False
    verbose: bool = False
    today: bool = False
    fix: bool = False
    trusted: bool = False
    style: bool = False
    waive: Sequence[str] = ()
    by: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a report format that there is not, and a name or a reason for nothing."""
        if (self.by or self.reason) and not self.waive:
            raise UsageError("--by and --reason belong to a waiver", "--waive CODE@ITEM says of what")
        if self.form not in FORMS:
            raise UsageError(f"there is no report format {self.form!r}", f"--format takes {', '.join(FORMS)}")

    def shows(self, row: Diagnostic) -> bool:
        """Return whether a finding is shown, and counted; what keeps a file from being read, or a part from work, is."""
        if row.code in FILES or row.code in MODEL or row.code.startswith("PRT-"):
            return True
        return (not self.select or covers(self.select, row.code)) and not covers(self.ignore, row.code)


def _known(name: str, codes: Collection[str]) -> None:
    """Raise UsageError, with the nearest, where no code begins like this."""
    if not any(covers(resolved([name]), code) for code in codes):
        names = {*codes, *(code.partition("-")[0] for code in codes)}
        same = [code for code in sorted(names) if code.startswith(f"{name.upper().partition('-')[0]}-")]
        hint = did_you_mean(nearest(name.upper(), same or sorted(names), 0.3), "docs/errors.md lists them", form="{}")
        raise UsageError(f"there is no check {name!r}", hint)


def today() -> date:
    """Return the date of this machine's clock."""
    return date.today()


def run(paths: Sequence[Path], audiences: Sequence[str], templates: Path | None, wanted: Wanted) -> Exit:
    """Check the summaries, report, and return the exit code."""
    project = Project.find(Path.cwd(), templates, trusted=wanted.trusted)
    given = (*wanted.select, *wanted.ignore, *(one.partition("@")[0] for one in wanted.waive))
    for named in (*wanted.select, *wanted.ignore):
        if not (named.startswith("X") and project.rules.faults):  # a code of the desk, whose rule could not be loaded
            _known(named, project.rules.every.codes)
    wanted = replace(wanted, select=resolved(wanted.select), ignore=resolved(wanted.ignore))
    for name in audiences:
        project.audience(name)
    if wanted.waive and len(paths) != 1:
        raise UsageError("--waive takes one summary", "name the one in which the finding is accepted")
    tally = Tally()
    tally.findings += [*(renamed.told(old, now) for old, now in renamed.old_names(given)), *old_names(project)]
    _brand(project, tally)
    for _, found in tally.over(paths, partial(_inspect, project, audiences, wanted)):
        tally.add(found)
    style = wanted.style or wanted.verbose or bool(wanted.select)  # what was asked for by name is shown
    shown = {"verbose": wanted.verbose, "style": style, "files": len(dict.fromkeys(paths))}
    terminal.findings(tally.findings, wanted.form, rules=project.rules.every, **shown)
    if wanted.form == "text":
        _remark(tally, len(paths))
    return tally.code(tally.findings if wanted.strict else ())


def _remark(tally: Tally, count: int) -> None:
    """Say that all is well, or that there may be more to find."""
    if not tally.findings:
        sys.stderr.write(f"{count} checked, nothing to say\n")
    if tally.unread:
        which = str(tally.unread[0]) if len(tally.unread) == 1 else f"{len(tally.unread)} files"
        sys.stderr.write(f"{which}: the editorial checks follow once these errors are mended\n")


def _brand(project: Project, tally: Tally) -> None:
    """Note what is wrong in the house style, as `render` would say it; where there is one, its files are looked at."""
    try:
        if project.brand:
            project.template_set  # noqa: B018 - making it checks colours, logo, texts and reference
    except Rejected as fault:
        tally.note(fault)


def _inspect(project: Project, audiences: Sequence[str], wanted: Wanted, path: Path) -> list[Diagnostic]:
    """Return what was found on one summary; raise Rejected where it can't be read as one, BriefgenError where not at all."""
    source = project.with_defaults(read(path, str(path)))
    for number in range(_ROUNDS if wanted.fix else 0):  # one fix may bring another to light
        if not _mend(source, project, wanted, first=number == 0):
            break
        source = project.with_defaults(read(path, str(path)))
    if wanted.waive:
        from briefgen.pipeline.waive import accepted, waive

        told = waive(source, project, [accepted(given, wanted.by, wanted.reason) for given in wanted.waive])
        sys.stderr.write("".join(f"{line}\n" for line in told))
        source = project.with_defaults(read(path, str(path)))
    day = today() if wanted.today else None
    summary, found, made = examine(source, project, ground.compared, asked=audiences, today=day)
    found += translated(summary, source, project)
    if not has_errors(found):
        stamps.leave(summary, source, project, made.known or {}, made.articles or {})
    return [row for row in found if wanted.shows(row)]


def _mend(source: Source, project: Project, wanted: Wanted, *, first: bool) -> bool:
    """Write into a summary what can be written without its author, tell it, and return whether something was.

    What stood in it before the first time is kept beside it.
    """
    from briefgen.pipeline.autofix import mended

    summary = validate(source)
    read_well, _ = ground.articles(summary, source, project.parts.articles)
    told = mended(summary, source, read_well, project.checks, partial(_mends, project, wanted), backup=first)
    sys.stderr.write("".join(f"{line}\n" for line in told))
    return bool(told)


def _mends(project: Project, wanted: Wanted, code: str) -> bool:
    """Return whether findings of a code are to be mended: those that the project and the command line let be shown."""
    chosen = not wanted.select or covers(wanted.select, code)
    return chosen and not covers(wanted.ignore, code) and not covers(project.checks.ignore, code)
