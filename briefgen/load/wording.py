"""What pydantic found → findings in plain words, at the place of the value, with a cure.

In: the errors of one ValidationError, the values they are about and the Source. Out: one Diagnostic for each thing to mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from briefgen.findings import lookalikes
from briefgen.findings.diagnostics import Diagnostic, Span, error
from briefgen.findings.near import did_you_mean, nearest
from briefgen.load import fields, of_projects, unknown
from briefgen.load.lines import shorten, split
from briefgen.load.problem import Problem
from briefgen.load.source import Source
from briefgen.model.pointers import escape

LIMIT = 500
_MISSING = object()


Answer = tuple[str, str, tuple[str, ...]]


def diagnose(errors: Iterable[Any], values: Any, model: type[BaseModel], source: Source) -> list[Diagnostic]:  # noqa: ANN401
    """Return the findings, in the order of the file."""
    listed = list(errors)
    problems = _once([_problem(item, values, model, source) for item in listed[:LIMIT]])
    if secrets := [problem for problem in problems if problem.kind == "secret"]:
        return [_secret(problem) for problem in secrets]  # and nothing else: the line of another mistake could hold it, too
    found = sorted((_answer(problem) for problem in problems), key=lambda finding: finding.span or Span(""))
    if len(listed) > LIMIT:
        last = found[-1]
        found[-1] = replace(last, hints=(*last.hints, f"{len(listed) - LIMIT} more mistakes are not listed"))
    return found


def _problem(item: Mapping[str, Any], values: Any, model: type[BaseModel], source: Source) -> Problem:  # noqa: ANN401
    location: tuple[int | str, ...] = tuple(item["loc"])
    path: list[int | str] = []
    node = values
    for index, part in enumerate(location):
        child = _child(node, part)
        if child is _MISSING:
            # A tag of an alternative stands between two members; a missing key or index stands last.
            following = location[index + 1] if index + 1 < len(location) else None
            if following is None or _child(node, following) is _MISSING:
                return Problem(item["type"], tuple(path), location[index:], item["input"], item.get("ctx", {}), model, source)
            continue
        path.append(part)
        node = child
    return Problem(item["type"], tuple(path), (), item["input"], item.get("ctx", {}), model, source)


def _child(node: Any, part: int | str) -> Any:  # noqa: ANN401
    if isinstance(node, dict) and part in node:
        return node[part]
    if isinstance(node, list) and isinstance(part, int) and part < len(node):
        return node[part]
    return _MISSING


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems without those that only follow from a deeper one: an alternative not meant, a list too short."""
    kept: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        wrong = problem.kind in _EXPECTED
        deeper = (other.pointer.startswith(problem.pointer + "/") for other in problems)
        if isinstance(problem.value, (dict, list)) and (wrong or problem.kind == "too_short") and any(deeper):
            continue
        if problem.kind == "missing" and any(_misspelt(other, problem) for other in problems):
            continue
        place = (problem.pointer, "kind" if wrong else f"{problem.kind} {problem.rest}")
        first = kept.get(place)
        kept[place] = replace(first, also=(*first.also, problem.kind)) if first and wrong else problem
    return list(kept.values())


def _misspelt(other: Problem, missing: Problem) -> bool:
    """Return whether an unknown key is the missing one, misspelt: one finding says both."""
    beside = other.kind == "extra_forbidden" and other.path[:-1] == missing.path
    return beside and len(missing.rest) == 1 and unknown.nearest(other) == missing.rest[0]


def _answer(problem: Problem) -> Diagnostic:
    if problem.kind == "missing":
        return _missing(problem)
    if problem.kind == "extra_forbidden":
        return unknown.finding(problem)
    if found := of_projects.finding(problem):
        return found
    answer = _wrong_kind if problem.kind in _EXPECTED else _ANSWERS.get(problem.kind, _other)
    code, message, hints = answer(problem)
    return error(code, message, problem.place(), *filter(None, hints), path=problem.pointer)


def _missing(problem: Problem) -> Diagnostic:
    missing = problem.rest[-1] if problem.rest else problem.name
    if isinstance(missing, int):
        return error("MOD-05", f"`{problem.name}` has too few values", problem.place(), fields.about(problem.field, problem.name))
    pointer = f"{problem.pointer}/{escape(missing)}"
    about = fields.about(fields.field(problem.model, (*problem.path, missing)), missing)
    if pointer in problem.source.places:
        return error("MOD-02", f"`{missing}` is needed, but empty", problem.source.key_span(pointer), about, path=pointer)
    if missing == "full" and (found := _misread(problem)):
        return found
    where = f"in `{problem.name}`" if problem.path else "in the file"
    message = f"needed {where}, but missing: `{missing}`"
    return error("MOD-02", message, problem.source.span(problem.pointer), about, path=pointer)


def _misread(problem: Problem) -> Diagnostic | None:
    """Return an error for a text whose colon made a key of its first words; None for what has keys that can be meant."""
    key = next(iter(problem.value), "") if isinstance(problem.value, dict) else ""
    span = problem.source.key_span(f"{problem.pointer}/{escape(key)}")
    line = split(problem.source.line_of(span.file, span.line) or "")
    if line is None or " " not in key:
        return None
    message = f"a colon makes a key of `{shorten(key, 40)}`"
    return error("YML-02", message, span, f"write: {line.all_quoted.strip()}", path=problem.pointer)


_EXPECTED = {
    "string_type": "a text",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
    "dict_type": "keys with values",
    "tuple_type": "a list",
    "list_type": "a list",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


def _wrong_kind(problem: Problem) -> Answer:
    expected = " or ".join(dict.fromkeys(_EXPECTED[kind] for kind in (problem.kind, *problem.also)))
    if problem.context.get("class_name") in ("Text", "Backed"):
        expected = "a text, or wordings by name (full, short, plain)"
    message = f"expected {expected}, got {_kind(problem.value)}"
    hints = [fields.about(problem.field, problem.name)]
    if expected == "a list" and not isinstance(problem.value, (dict, list)):
        hints.insert(0, f"write it as a list: `{problem.name}: [{problem.source.raw(problem.pointer)}]`")
    elif expected == "a list":
        hints.insert(0, "put a dash and a space before the first key, and indent the others alike")
    elif "a text" in expected and isinstance(problem.value, bool):
        hints.insert(0, f'put it in quotation marks: `"{problem.source.raw(problem.pointer)}"`')
    return "MOD-03", message, tuple(hints)


def _kind(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    names = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "keys with values"}
    return names.get(type(value), "something else")


def _choice(problem: Problem) -> Answer:
    words = re.findall(r"'([^']*)'", str(problem.context.get("expected", ""))) or [str(problem.context.get("expected"))]
    near = nearest(lookalikes.plain(str(problem.value)).lower(), words, 0.5)
    hint = lookalikes.told(str(problem.value), meant=near or "")
    hint = hint or did_you_mean(near, fields.about(problem.field, problem.name), form="`{}`")
    return "MOD-04", f"`{problem.name}` is {_list(words)}, not `{shorten(str(problem.value), 40)}`", (hint,)


def _list(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


_FORMS = {
    "language": "a language is a BCP 47 tag: `en`, `en-GB`, `sr-Cyrl-RS`",
    "url": "an address begins with https:// or http://, without user name, backslash or blank in it",
    "email": "an address is written as name@example.eu",
    "file_sha256": "64 hexadecimal digits in small letters, as `sha256sum FILE` prints them",
    "size": "one of normal, large, grow",
}
_ID = "an id begins with a letter; letters, digits, `.`, `_` and `-` follow, 40 characters at most"


def _form(problem: Problem) -> Answer:
    pattern = str(problem.context.get("pattern", ""))
    hint = _FORMS.get(problem.name) or (_ID if pattern.startswith("^[A-Za-z]") else f"it must match {pattern}")
    written = shorten(str(problem.value), 40)
    strange = lookalikes.told(str(problem.value))
    if problem.name == "language" and problem.pointer == "/language":
        return "MOD-05", f"`{written}` is no language tag", (strange, hint)
    what = "id" if hint == _ID else f"`{problem.name}`"
    return "MOD-05", f"`{written}` can't be {'an ' if what == 'id' else ''}{what}", (strange, hint)


def _empty(problem: Problem) -> Answer:
    if isinstance(problem.value, str):
        return "MOD-05", f"`{problem.name}` is an empty text", (f"write the words, or remove `{problem.name}`",)
    return "MOD-05", f"`{problem.name}` needs at least one entry", (fields.about(problem.field, problem.name),)


def _range(problem: Problem) -> Answer:
    limits = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    limit = next((f"{word} {problem.context[key]}" for key, word in limits.items() if key in problem.context), "another")
    hint = fields.about(problem.field, problem.name)
    return "MOD-05", f"`{problem.name}` is {limit}, not {shorten(str(problem.value), 20)}", (hint,)


def _date(problem: Problem) -> Answer:
    reason = str(problem.context.get("error", ""))
    message = f"`{shorten(str(problem.value), 40)}` is no date"
    if "range" in reason:
        message += f": {reason}"
    return "DAT-06", message, (_meant(problem), f"a day is written as `{problem.name}: 2025-03-04`")


def _meant(problem: Problem) -> str:
    """Return the day that was meant, as it is to be written; nothing where day and month could be taken for each other."""
    written = str(problem.value).strip()
    if strange := lookalikes.told(written):
        return strange
    for form in ("%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%Y/%m/%d", "%Y.%m.%d"):
        with suppress(ValueError):
            return did_you_mean(str(datetime.strptime(written, form).date()), form="{}")
    return ""


def _rule(problem: Problem) -> Answer:
    message = str(problem.context.get("error", "")).rstrip(".")
    if problem.name == "tlp":
        return "MRK-01", message, (fields.about(problem.field, "tlp"),)
    if "date" in message or message.startswith("the range"):
        return "DAT-06", f"`{shorten(str(problem.value), 40)}` is no date", (_meant(problem), message)
    return "MOD-06", message, ()


def _secret(problem: Problem) -> Diagnostic:
    """Return an error that shows neither the value nor its line, so that a key gets into no log."""
    place = problem.source.key_span(problem.pointer)
    message = f"what looks like a key stands in the file (below line {place.line})"
    hints = (
        "write it into a variable of the environment, and the variable's name here: `key: MISTRAL_API_KEY`",
        "a key that was in a file is best replaced by a new one",
    )
    return error("PRJ-17", message, Span(place.file), *hints, path=problem.pointer)


def _unencrypted(problem: Problem) -> Answer:
    hint = "write https://; http:// is for this machine (127.0.0.1, localhost), a private address or a name in one's own network"
    return "PRJ-18", "articles and the key would go over the network unencrypted", (hint,)


def _other(problem: Problem) -> Answer:
    return (
        "MOD-05",
        f"`{problem.name}` can't be `{shorten(str(problem.value), 40)}`",
        (fields.about(problem.field, problem.name),),
    )


_ANSWERS: Mapping[str, Callable[[Problem], Answer]] = {
    "enum": _choice,
    "literal_error": _choice,
    "string_pattern_mismatch": _form,
    "string_too_short": _empty,
    "too_short": _empty,
    "greater_than_equal": _range,
    "greater_than": _range,
    "less_than_equal": _range,
    "less_than": _range,
    "value_error": _rule,
    "unencrypted": _unencrypted,
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), _date),
}
