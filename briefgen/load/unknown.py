"""Keys that a mapping does not know → findings: misspelt, elsewhere, with what can't be seen in it, or cut off by a comma."""

from __future__ import annotations

from pydantic.fields import FieldInfo

from briefgen.findings import lookalikes
from briefgen.findings.diagnostics import Diagnostic, error
from briefgen.findings.near import did_you_mean
from briefgen.findings.near import nearest as alike
from briefgen.load import fields
from briefgen.load.commas import Cut, Written, cure
from briefgen.load.lines import shorten
from briefgen.load.problem import Problem
from briefgen.model import pointers


def nearest(problem: Problem) -> str | None:
    """Return the known key that an unknown one comes nearest to, None where none is near."""
    return alike(lookalikes.plain(str(problem.path[-1])).lower(), _known(problem))


def finding(problem: Problem) -> Diagnostic:
    """Return the error for an unknown key, with what was probably meant."""
    name, close = str(problem.path[-1]) if problem.path else "?", nearest(problem)
    strange = lookalikes.told(name, meant=close) if close else ""
    homes = fields.homes(problem.model, name) if len(problem.path) == 1 and not strange else []
    message = f"unknown key `{shorten(name, 40)}`"
    if homes:
        hints = [f"`{name}` stands inside {' or '.join(f'`{home}`' for home in homes)}"]
    elif close:
        message += "" if strange else f": {did_you_mean(close, form='`{}`')}"
        hints = [strange or fields.about(_known(problem)[close], close)]
    else:
        hints = [f"known here: {', '.join(_known(problem))}", _joined(problem)]
    return error("MOD-01", message, problem.source.key_span(problem.pointer), *filter(None, hints), path=problem.pointer)


def _known(problem: Problem) -> dict[str, FieldInfo]:
    holder = fields.owner(problem.model, problem.path[:-1])
    return fields.keys(holder) if holder else {}


def _joined(problem: Problem) -> str:
    """Return as a cure the line that joins a key in `{…}` with the text before it, whose comma may have made a key of it."""
    outer, source = pointers.joined(problem.path[:-1]), problem.source
    parent, place = source.places.get(outer), source.places.get(problem.pointer)
    if parent is None or place is None or not parent.page.text.startswith("{", parent.start):
        return ""
    beside = list(source.value(outer))
    at = beside.index(problem.path[-1])
    text = source.places.get(outer + pointers.joined(beside[at - 1 : at])) if at else None
    before = text.page.text[text.start : text.end] if text else ""
    if text is None or before[:1] in ("", '"', "'", "[", "{"):
        return ""
    cut = Cut(place.key_start, place.end, Written(text.start, text.end, before))
    return f"or, if it belongs to the text before it, {cure(place.page, cut)}"
