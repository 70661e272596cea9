"""What the model of a project's file finds itself → findings with a code of their own.

In: a Problem. Out: its Diagnostic, at the part of the text that it is about; None for what every model can find.
"""

from __future__ import annotations

from briefgen.findings.diagnostics import Diagnostic, error
from briefgen.load.lines import shorten
from briefgen.load.problem import Problem

_CODES = {
    "cron": "PRJ-11",
    "zone": "PRJ-12",
    "name_pattern": "PRJ-13",
    "job_name": "PRJ-13",
    "input_path": "PRJ-14",
    "output_path": "PRJ-14",
    "dotted": "PRJ-19",
}


def finding(problem: Problem) -> Diagnostic | None:
    """Return what is to be said of a problem that only a project's file can have."""
    if problem.kind == "string_pattern_mismatch" and problem.model.__name__ == "ProjectFile" and problem.path[:1] == ("jobs",):
        message = f"`{shorten(str(problem.path[-1]), 40)}` can't be the name of a job"
        hint = "small letters, digits, `-` and `_`, 40 at most, a letter or digit first: `morning-run`"
        return error("PRJ-16", message, problem.source.key_span(problem.pointer), hint, path=problem.pointer)
    if problem.kind not in _CODES:
        return None
    context, place, pointer = problem.context, problem.place(), problem.pointer
    if problem.kind == "job_name":
        pointer += "/name"
        place = problem.source.span(pointer)
    if context["length"] and place.length >= context["start"] + context["length"]:
        quote = problem.source.raw(pointer)[:1] in ("'", '"')
        place = place._replace(column=place.column + context["start"] + quote, length=context["length"])
    return error(_CODES[problem.kind], str(context["message"]), place, str(context["hint"]), path=pointer)
