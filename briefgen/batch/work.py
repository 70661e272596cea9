"""What a worker does: one unit made and written, all its formats or none; whatever happens, an Outcome comes back.

In: an `WorkOrder`, a few texts and a digest, so that it travels to another machine. The project is read once for each digest of
what it holds, a summary once for all its audiences.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from briefgen.batch.filestat import stamp_of
from briefgen.batch.job import Made, Outcome, Unit
from briefgen.files import write_atomic
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, error
from briefgen.findings.faults import of_the_machine
from briefgen.load.source import read
from briefgen.pipeline.build import Built, build, withheld
from briefgen.pipeline.check import Checked, check
from briefgen.project.project import Project
from briefgen.registry import resolve

Put = Callable[[str, bytes], Made]
"""Writes a file of this name."""


class WorkOrder(NamedTuple):
    """One unit to make: of which project (its folder, the templates asked for, a digest of what it holds), and where to.

    `content` is the hash that the summary and its articles had when it was planned, `trusted` whether code in the folder may be
    run.
    """

    unit: Unit
    folder: str
    templates: str
    project: str
    content: str
    output: str
    trusted: bool = False


def make(order: WorkOrder) -> Outcome:
    """Return what came of an order, whose files are written by now; never raises."""
    return _outcome(order, _made)


def look(order: WorkOrder) -> Outcome:
    """Return what the checks of an order come to; nothing is rendered or written, and nothing raised."""
    return _outcome(order, lambda order: Outcome(order.unit, "made", findings=_looked(order).findings))


def _outcome(order: WorkOrder, do: Callable[[WorkOrder], Outcome]) -> Outcome:
    began = time.monotonic()
    try:
        made = do(order)
    except Rejected as fault:
        made = replace(failed(order.unit, fault.diagnostics, 1), refused=True)
    except BriefgenError as fault:
        made = failed(order.unit, (error("BAT-09", fault.message, None, *((fault.hint,) if fault.hint else ())),), 4)
    except Exception as fault:  # a bug of ours costs one document and is told as one
        made = _unmade(order.unit, fault)
    return _timed(made, time.monotonic() - began)


def _unmade(unit: Unit, fault: Exception) -> Outcome:
    if machine := of_the_machine(fault):
        return failed(unit, (error("BAT-09", machine.message, None, machine.hint),), 4)
    message = f"a bug of ours: {type(fault).__name__}: {fault}"
    return failed(unit, (error("BAT-06", message, None, "please tell us, with the file"),), 70)


def written(unit: Unit, built: Built, put: Put) -> Outcome:
    """Return the Outcome of a unit that was built, once `put` has written its files."""
    files = tuple(put(f"{unit.stem}.{fmt}", file.content) for fmt, file in built.files.items())
    images = tuple(sorted(set(built.images())))
    return Outcome(unit, "made", files, images, built.pages, built.version.words, built.cuts, built.findings)


def put(output: str, name: str, content: bytes, *, durable: bool = True) -> Made:
    """Write one file below the output folder; return what stands there now. Raises BriefgenError where it can't be written."""
    path = Path(output, name)
    write_atomic(path, content, durable=durable)
    return Made(name, hashlib.sha256(content).hexdigest(), stamp_of(path.stat()))


def failed(unit: Unit, findings: Iterable[Diagnostic], code: int) -> Outcome:
    """Return the Outcome of a unit of which nothing was written."""
    return Outcome(unit, "failed", findings=tuple(findings), code=code)


def warm(order: WorkOrder, *, pdf: bool) -> str | None:
    """Load what every worker needs, so that those forked from here have it; return why no PDF can be made, if none can."""
    with suppress(Rejected, BriefgenError):
        _project(order.folder, order.templates, order.project, order.trusted).template_set.environment()
    reason: str | None = resolve("briefgen.writers.pdf:available")()
    return reason if pdf else None


def _made(order: WorkOrder) -> Outcome:
    unit = order.unit
    project = _project(order.folder, order.templates, order.project, order.trusted)
    checked = _looked(order)
    audience = project.audience(unit.audience)
    if withheld(checked.summary, [audience]):
        return Outcome(unit, "withheld", findings=checked.findings)
    built = build(checked, audience, project, unit.formats, file=unit.summary)
    return written(unit, built, partial(put, order.output))


def _looked(order: WorkOrder) -> Checked:
    return _checked(order.folder, order.templates, order.project, order.trusted, order.unit.summary, order.content)


@lru_cache(maxsize=2)
def _project(folder: str, templates: str, _digest: str, trusted: bool) -> Project:
    return Project.find(Path(folder), Path(templates) if templates else None, trusted=trusted)


@lru_cache(maxsize=4)
def _checked(folder: str, templates: str, digest: str, trusted: bool, summary: str, _content: str) -> Checked:
    project = _project(folder, templates, digest, trusted)
    return check(project.with_defaults(read(Path(folder, summary), summary)), project, every=False)


def _timed(outcome: Outcome, seconds: float) -> Outcome:
    return replace(outcome, seconds=round(seconds, 3))
