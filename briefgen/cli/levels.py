"""`briefgen check --levels`: whether all wordings of a summary say the same, or both texts side by side with what differs."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from briefgen import rules
from briefgen.cli import terminal
from briefgen.cli.app import Exit, worst
from briefgen.cli.faults import FAULTS, found_in
from briefgen.cli.terminal import counted
from briefgen.evidence.wordings import Difference, Place
from briefgen.findings import report as reports
from briefgen.findings.diagnostics import Diagnostic, Severity, UsageError, has_errors
from briefgen.load.source import Source, read
from briefgen.load.validate import validate
from briefgen.pipeline.check import versions
from briefgen.project.project import Project
from briefgen.rules.context import Context
from briefgen.rules.levels import CODES, OF_LEVELS, Pair, pairs

FORMS = ("text", "json")
_OPEN, _CLOSE = "»", "«"


class Compared(NamedTuple):
    """One summary: what was compared, and what differs."""

    source: Source
    pairs: tuple[Pair, ...]
    items: int
    audiences: tuple[str, ...]
    versions: int
    findings: tuple[Diagnostic, ...]

    @property
    def told(self) -> tuple[Diagnostic, ...]:
        """Return the findings that nobody waived."""
        return tuple(row for row in self.findings if row.severity is not Severity.INFO)


def run(paths: Sequence[Path], templates: Path | None, *, strict: bool, form: str) -> Exit:
    """Compare the levels of every summary, report, and return the exit code."""
    if form not in FORMS:
        raise UsageError(f"there is no report format {form!r} of levels", f"--format takes {', '.join(FORMS)}")
    project = Project.find(Path.cwd(), templates)
    done: list[Compared] = []
    refused: list[Diagnostic] = []
    codes: list[Exit] = []
    for path in dict.fromkeys(paths):
        try:
            done.append(compared(project.with_defaults(read(path, str(path))), project))
        except FAULTS as fault:
            findings, code = found_in(fault)
            refused += findings
            codes.append(code)
    codes += [Exit.REJECTED for one in done if has_errors(one.told)]
    if strict and any(one.told for one in done):
        codes.append(Exit.WARNINGS)
    if form == "json":
        import json

        rows = [_as_json(one) for one in done]
        told = {"summaries": rows, "diagnostics": reports.as_json(refused)}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        terminal.report(refused)
        lines = (line for one in done for row in _as_text(one) for line in terminal.wrapped(row))
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    return worst(codes)


def compared(source: Source, project: Project) -> Compared:
    """Return all wordings of a summary beside each other; raise Rejected where it can't be read as one."""
    summary = validate(source)
    audiences = {name: project.audience(name) for name in project.audience_files}
    briefs = versions(summary, audiences.values())
    context = Context(summary, source, briefs=briefs)
    rows = pairs(context)
    found = rules.check(summary, source, audiences=list(audiences), checks=project.checks, levels=audiences, briefs=briefs)
    items = len({tuple(row.pointer.split("/")[:3]) for row in rows})
    return Compared(source, rows, items, tuple(audiences), len(briefs), tuple(d for d in found if d.code in OF_LEVELS))


def _counts(one: Compared) -> Iterator[str]:
    texts, names = len({row.pointer for row in one.pairs}), ", ".join(one.audiences)
    wordings = f"{counted(len(one.pairs), 'wording')} of {counted(texts, 'text')} in {counted(one.items, 'item')}"
    yield f"  compared with their fullest wording: {wordings}"
    searched = f"{counted(one.versions, 'version')} for {counted(len(one.audiences), 'audience')} ({names})"
    yield f"  searched for contrary items: {searched if one.versions else 'nothing, no sources are said to differ'}"


def _as_text(one: Compared) -> Iterator[str]:
    if not one.told:
        waived = f" ({len(one.findings)} waived)" if one.findings else ""
        yield f"{one.source.name}: levels are consistent{waived}"
        yield from _counts(one)
        return
    for row in one.told:
        place = f"{row.span}: " if row.span else ""
        yield f"{place}{row.severity} {row.code} {row.message}"
        pair = _pair(one, row)
        if pair:
            wide = max(len(pair.wording), len("full"))
            theirs, mine = _places(pair, row.code)
            yield from _wrapped("full", wide, marked(pair.full, theirs))
            yield from _wrapped(pair.wording, wide, marked(pair.words, mine))
        yield ""
    yield f"{one.source.name}: {counted(len(one.told), 'difference')} between levels"
    yield from _counts(one)


def _pair(one: Compared, row: Diagnostic) -> Pair | None:
    return next((pair for pair in one.pairs if pair.path == row.path), None)


def _places(pair: Pair, code: str) -> tuple[list[Place], list[Place]]:
    """Return the places in `full` and in the wording that findings of one code concern."""
    rows = [row for row in pair.differences if CODES[row.kind] == code]
    return [row.there for row in rows if row.there], [row.at for row in rows if row.at]


def marked(text: str, places: Sequence[Place]) -> str:
    """Return a text with its differing words between signs; places that overlap are one."""
    made, at = "", 0
    for start, end in sorted(set(places)):
        if start >= at:
            made += f"{text[at:start]}{_OPEN}{text[start:end]}{_CLOSE}"
            at = end
    return made + text[at:]


def _wrapped(name: str, wide: int, words: str) -> list[str]:
    lead = f"    {name:<{wide}}  "
    return textwrap.wrap(words, terminal.width(), initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False)


def _as_json(one: Compared) -> dict[str, Any]:
    return {
        "file": one.source.name,
        "consistent": not one.told,
        "wordings": len(one.pairs),
        "texts": len({row.pointer for row in one.pairs}),
        "items": one.items,
        "versions": one.versions,
        "audiences": list(one.audiences),
        "differences": [_difference(pair, row) for pair in one.pairs for row in pair.differences],
        "diagnostics": reports.as_json(one.findings),
    }


def _difference(pair: Pair, row: Difference) -> dict[str, Any]:
    return {
        "code": CODES[row.kind],
        "path": pair.path,
        "said": row.said,
        "instead": row.instead,
        "wording": {"name": pair.wording, "text": pair.words, "at": row.at},
        "full": {"text": pair.full, "at": row.there},
    }
