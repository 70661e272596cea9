"""The articles of a summary, opened and compared: for a check whatever comes of it, for a final brief before it is printed.

In: a summary, its source, its project. Out: `Compared`. What is printed depends on the summary alone: an article can refuse
a brief, and never changes a page of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from briefgen import readers, rules
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Severity, error, warning
from briefgen.findings.rows import EVIDENCE
from briefgen.load.source import Source
from briefgen.model.article import Article
from briefgen.model.summary import Stage, Summary
from briefgen.pipeline import stamps
from briefgen.project.project import Project
from briefgen.registry import Format
from briefgen.rules import Finding
from briefgen.rules.structure import outside

UNREAD = "ART-08"


class Compared(NamedTuple):
    """What the rules of evidence found, by code; the articles, None where none was opened; what could not be read."""

    known: Mapping[str, Sequence[Finding]] | None = None
    articles: Mapping[str, Article] | None = None
    told: tuple[Diagnostic, ...] = ()


def named(values: Mapping[str, Any]) -> list[str]:
    """Return the files that the sources of a summary name, below its folder; the summary need not be valid."""
    rows = values.get("sources")
    files = [row.get("file") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [name for name in files if isinstance(name, str) and name and not outside(name)]


def compared(summary: Summary, source: Source, project: Project) -> Compared:
    """Return what comes of comparing a summary with its articles; one that can't be read is told at its line."""
    read, refused = articles(summary, source, project.parts.articles)
    return Compared(rules.evidence(summary, source, read, project.checks), read, tuple(refused))


def before_printing(summary: Summary, source: Source, project: Project, *, strict: bool = False) -> Compared:
    """Return the same of a summary that is to be printed: nothing for a draft, and what a stamp knows where there is a valid one.

    An article that is not here stops nobody, unless it is `strict`; that its evidence was not checked is told. With `strict` no
    stamp is believed.
    """
    if summary.stage is not Stage.FINAL:
        return Compared()
    known = None if strict else stamps.known(summary, source, project)
    if known is not None:
        return Compared(known)
    read: dict[str, Article] = {}
    unread: dict[int, str] = {}
    for index, made in _opened(summary, source, project.parts.articles):
        if isinstance(made, Article):
            read[summary.sources[index].id] = made
        else:
            unread[index] = made.diagnostics[0].message if isinstance(made, Rejected) and made.diagnostics else str(made)
    found = rules.evidence(summary, source, read, project.checks)
    return Compared(found, read, tuple(_not_checked(summary, source, unread, strict=strict)))


def weighed(findings: Sequence[Diagnostic], project: Project) -> list[Diagnostic]:
    """Return findings as they weigh on a final that is printed: where the project only has them reported, evidence warns."""
    if project.refuses:
        return list(findings)
    codes = {rule.code for rule in project.rules.every.rules if rule.scope == EVIDENCE and not rule.always}
    return [replace(row, severity=Severity.WARNING) if row.is_error and row.code in codes else row for row in findings]


def articles(summary: Summary, source: Source, formats: Sequence[Format]) -> tuple[dict[str, Article], list[Diagnostic]]:
    """Return the articles of the sources that name a file, by id, and what was wrong with the others, at their lines.

    `formats` are those that can be read. A file outside the summary's folder is not opened. Raises BriefgenError for want of a
    library.
    """
    read: dict[str, Article] = {}
    found: list[Diagnostic] = []
    severity = Severity.WARNING if summary.stage is Stage.DRAFT else Severity.ERROR
    for index, made in _opened(summary, source, formats):
        if isinstance(made, BriefgenError):
            raise made
        if isinstance(made, Article):
            read[summary.sources[index].id] = made
            continue
        at = f"/sources/{index}/file"
        for one in made.diagnostics:  # what a reader of the project's own did wrong has its own line
            placed = replace(one, severity=severity, span=source.span(at), path=at)
            found.append(one if one.span and one.span.line else placed)
    return read, found


def _opened(
    summary: Summary, source: Source, formats: Sequence[Format]
) -> Iterator[tuple[int, Article | Rejected | BriefgenError]]:
    """Yield the article of each source that names a file below the summary's folder, or why there is none."""
    folder = source.path.resolve().parent
    for index, row in enumerate(summary.sources):
        if row.file and not outside(row.file):
            yield index, _one(folder / row.file, folder, formats)


def _one(path: Path, folder: Path, formats: Sequence[Format]) -> Article | Rejected | BriefgenError:
    try:
        return readers.read(path, formats) if path.resolve().is_relative_to(folder) else readers.leads_out(path)
    except (Rejected, BriefgenError) as fault:
        return fault


def _not_checked(summary: Summary, source: Source, unread: Mapping[int, str], *, strict: bool) -> Iterator[Diagnostic]:
    """Yield one finding that names the sources whose articles could not be read here, at the first of them."""
    if not unread:
        return
    at = f"/sources/{next(iter(unread))}/file"
    names = ", ".join(summary.sources[index].id for index in unread)
    cures = [f"{summary.sources[index].id}, {summary.sources[index].file}: {why}" for index, why in unread.items()]
    told = error if strict else warning
    yield told(UNREAD, f"evidence not checked here: {names}", source.span(at), *cures, path=at)
