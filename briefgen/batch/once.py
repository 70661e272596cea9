"""A batch without state, as `render` runs it: all that is wanted is made, nothing is known of before or written down.

In: files, audiences, formats. Out: units whose summaries are checked already, and one Outcome each, in their order. A summary or
a version at fault is noted in a `Tally` and never stops the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from briefgen import writers
from briefgen.batch.job import Made, Outcome, Unit
from briefgen.batch.pool import Local, each, in_order
from briefgen.batch.work import Put, failed, written
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Span, error
from briefgen.findings.faults import FAULTS, Tally, code_of, found_in
from briefgen.load.source import Source, read
from briefgen.load.validate import identifier
from briefgen.model.audience import Audience
from briefgen.pipeline.build import build, withheld
from briefgen.pipeline.check import Checked, check
from briefgen.pipeline.review import SUFFIX
from briefgen.project.project import Project
from briefgen.project.settings import file_name, workers
from briefgen.registry import listed, resolve


@dataclass(frozen=True, slots=True)
class Once:
    """What is wanted: `named` are the audiences that were asked for by name, the last three are as `check` has them."""

    project: Project
    summaries: Sequence[Path]
    audiences: Sequence[Audience]
    formats: Sequence[str]
    named: Sequence[str] = ()
    unchecked: bool = False
    review: bool = False
    strict: bool = False


class Ready(NamedTuple):
    """A unit and its checked summary. Its stem is empty: what its files are called, the compiled brief says."""

    unit: Unit
    checked: Checked


def possible(formats: Sequence[str], tally: Tally) -> list[str]:
    """Return the formats that this machine can make; the others are told once, and the rest is made."""
    asked = [row for row in writers.FORMATS if row.engine and row.name in formats]
    reasons = {row.name: reason for row in asked if row.engine and (reason := resolve(row.engine[0])())}
    free = listed((row.title for row in writers.FORMATS if not row.engine), "and")
    for row in asked:
        if row.name in reasons:
            cure = f"`briefgen doctor` says more; {free} files need none of it"
            tally.note(BriefgenError(f"no {row.title} can be made: {reasons[row.name]}", cure))
    return [name for name in formats if name not in reasons]


def units(once: Once, tally: Tally) -> tuple[list[Ready], list[Ready]]:
    """Return the units to make, and those that their marking forbids; none of a summary that is at fault."""
    wanted: list[Ready] = []
    held: list[Ready] = []
    sources = list(_apart([source for _, source in tally.over(once.summaries, partial(_read, once.project))], tally))
    for source in sources if once.formats else ():
        checked = tally.tried(partial(_checked, source, once))
        if checked is None:
            continue
        tally.findings += checked.findings
        forbidden = withheld(checked.summary, once.audiences)
        for audience in once.audiences:
            unit = Unit(source.name, audience.name, "", tuple(once.formats), checked.summary.language)
            (held if audience in forbidden else wanted).append(Ready(unit, checked))
    return wanted, held


def outcomes(once: Once, rows: Sequence[Ready], put: Put) -> Iterator[Outcome]:
    """Yield what came of each unit, its files written by `put`; of several summaries, each finding names its own."""
    if len(rows) > 1:
        resolve("briefgen.writers.pdf:available")()  # loads the engine once, before the work is shared out
    return in_order(each(rows, partial(_outcome, once, put), Local(workers() or 0, inline=True)))


def _read(project: Project, path: Path) -> Source:
    return project.with_defaults(read(path, str(path)))


def _checked(source: Source, once: Once) -> Checked:
    return check(source, once.project, asked=once.named, unchecked=once.unchecked, review=once.review, strict=once.strict)


def _apart(sources: Sequence[Source], tally: Tally) -> Iterator[Source]:
    """Yield the sources whose files would not overwrite another's."""
    homes: dict[str, list[Source]] = {}
    for source in sources:
        homes.setdefault(_identifier(source).casefold(), []).append(source)
    for source in sources:
        others = [other.name for other in homes[_identifier(source).casefold()] if other is not source]
        if others:
            message = f"{', '.join(others)} has the same id, {_identifier(source)}: their files would have one name"
            tally.note(Rejected([error("PRJ-01", message, source.span("/id"), "give one of them another `id`")]))
        else:
            yield source


def _identifier(source: Source) -> str:
    return str(source.values.get("id") or identifier(source.path.stem))


def _outcome(once: Once, put: Put, row: Ready) -> Outcome:
    """Return what came of one unit; one that failed names the files that stand all the same, as where the disk became full."""
    unit, checked = row
    files: list[Made] = []

    def noted(name: str, content: bytes) -> Made:
        files.append(put(name, content))
        return files[-1]

    try:
        built = build(checked, once.project.audience(unit.audience), once.project, unit.formats, review=once.review)
        stem = file_name(once.project.settings.name, built.version.brief) + (SUFFIX if once.review else "")
        made = written(unit._replace(stem=stem), built, noted)
    except FAULTS as fault:
        made = replace(failed(unit, found_in(fault), code_of(fault)), files=tuple(files))
    return replace(made, findings=_named(made.findings, row)) if len(once.summaries) > 1 else made


def _named(findings: Iterable[Diagnostic], row: Ready) -> tuple[Diagnostic, ...]:
    """Return findings with the summary's file at those on the version that have no place; the checks' were told as they are."""
    known = set(row.checked.findings)
    return tuple(one if one.span or one in known else replace(one, span=Span(row.unit.summary)) for one in findings)
