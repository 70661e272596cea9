"""What a worker does: one unit made and written, all its formats or none; whatever happens, an Outcome comes back.

In: an `WorkOrder`, a few texts and a digest, so that it travels to another machine. The project is read once for each digest of
what it holds, a summary once for all its audiences.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from briefgen.batch.filestat import stamp_of
from briefgen.batch.job import Made, Outcome, Unit
from briefgen.files import write_atomic
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Span, error, has_errors
from briefgen.load.source import read
from briefgen.model.document import Written
from briefgen.pipeline import check as checking
from briefgen.pipeline import compile as compiling
from briefgen.project.project import Project
from briefgen.registry import resolve


class WorkOrder(NamedTuple):
    """One unit to make: of which project (its folder, the templates asked for, a digest of what it holds), and where to.

    `content` is the hash that the summary had when it was planned.
    """

    unit: Unit
    folder: str
    templates: str
    project: str
    content: str
    output: str


def build(order: WorkOrder) -> Outcome:
    """Return what came of an order, whose files are written by now; never raises."""
    began = time.monotonic()
    try:
        made = _made(order)
    except Rejected as fault:
        made = failed(order.unit, fault.diagnostics, 1)
    except BriefgenError as fault:
        made = failed(order.unit, (error("BAT-09", fault.message, None, *((fault.hint,) if fault.hint else ())),), 4)
    except Exception as fault:  # a bug of ours costs one document and is told as one
        message = f"a bug of ours: {type(fault).__name__}: {fault}"
        made = failed(order.unit, (error("BAT-06", message, None, "please tell us, with the file"),), 70)
    return _timed(made, time.monotonic() - began)


def failed(unit: Unit, findings: Iterable[Diagnostic], code: int) -> Outcome:
    """Return the Outcome of a unit of which nothing was written."""
    return Outcome(unit, "failed", findings=tuple(findings), code=code)


def warm(order: WorkOrder, *, pdf: bool) -> str | None:
    """Load what every worker needs, so that those forked from here have it; return why no PDF can be made, if none can."""
    with suppress(Rejected, BriefgenError):
        _project(order.folder, order.templates, order.project).template_set.environment()
    reason: str | None = resolve("briefgen.writers.pdf:available")()
    return reason if pdf else None


def _made(order: WorkOrder) -> Outcome:
    unit = order.unit
    project = _project(order.folder, order.templates, order.project)
    checked = _checked(order.folder, order.templates, order.project, unit.summary, order.content)
    audience = project.audience(unit.audience)
    if compiling.withheld(checked.summary, [audience]):
        return Outcome(unit, "withheld", findings=checked.findings)
    version = compiling.compile_brief(checked, audience, project, formats=unit.formats)
    written = {fmt: version.write(fmt) for fmt in unit.formats}
    own = (finding if finding.span else replace(finding, span=Span(unit.summary)) for finding in version.findings)
    said = (*own, *(compiling.located(d, checked.source) for result in written.values() for d in result.diagnostics))
    if has_errors(said):
        raise Rejected([*checked.findings, *said])
    files = tuple(_put(Path(order.output), f"{unit.stem}.{fmt}", result) for fmt, result in written.items())
    pages = version.fitted.layout.pages if version.fitted.layout else None
    cuts = sum(cut.count or 1 for cut in version.brief.cuts)
    images = tuple(sorted(set(_images(version, Path(order.folder, unit.summary).resolve().parent))))
    return Outcome(unit, "made", files, images, pages, version.words, cuts, (*checked.findings, *said))


def _put(output: Path, name: str, written: Written) -> Made:
    path = output / name
    write_atomic(path, written.content, durable=True)
    return Made(name, hashlib.sha256(written.content).hexdigest(), stamp_of(path.stat()))


def _images(version: compiling.Version, home: Path) -> Iterator[str]:
    """Yield the pictures beside the summary that a document shows; those of templates count with the template set."""
    locate = resolve("briefgen.writers.assets:locate")
    for element in version.document.tree.iter("img"):
        with suppress(ValueError, OSError):
            yield str(locate(element.get("src") or "", [home]))


@lru_cache(maxsize=2)
def _project(folder: str, templates: str, _digest: str) -> Project:
    return Project.find(Path(folder), Path(templates) if templates else None)


@lru_cache(maxsize=4)
def _checked(folder: str, templates: str, digest: str, summary: str, _content: str) -> checking.Checked:
    project = _project(folder, templates, digest)
    return checking.check(project.with_defaults(read(Path(folder, summary), summary)), project)


def _timed(outcome: Outcome, seconds: float) -> Outcome:
    return replace(outcome, seconds=round(seconds, 3))
