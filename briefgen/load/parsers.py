"""YAML and JSON text → events for `load.build`. YAML is read by libyaml where PyYAML has it, JSON by the standard library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NoReturn

from briefgen.findings.diagnostics import Rejected, error
from briefgen.load.build import MAX_DEPTH, Builder, Built, Event
from briefgen.load.pages import Page

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)


def read_yaml(page: Page, text: str) -> Built:
    """Return what a YAML page holds; raise Rejected with every syntax error that could be told apart.

    `text` is what to read: the page's own, of the same length, with what no parser takes replaced.
    """
    from yaml import YAMLError

    builder = Builder(page)
    try:
        return builder.run(yaml_events(text))
    except YAMLError as fault:
        from briefgen.load import traps

        found = traps.explain(Page(page.name, text), fault, first_fault)
        told = {finding.span.line for finding in found if finding.span}
        before = [finding for finding in builder.built.found if finding.span and finding.span.line not in told]
        raise Rejected([*before, *found]) from fault


def yaml_events(text: str) -> Iterator[Event]:
    """Yield the events of a YAML text; raise YAMLError where it can't be read."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast, but not in every build
    kinds = {yaml.ScalarEvent: "scalar", yaml.MappingStartEvent: "map", yaml.SequenceStartEvent: "list"}
    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    event: Any
    for event in yaml.parse(text, loader):
        start, end = event.start_mark.index, event.end_mark.index
        if kind := kinds.get(type(event)):
            mark = _mark(event, text[start:end])
            plain = kind == "scalar" and not event.style
            yield Event(kind, start, end, getattr(event, "value", ""), plain, mark)
        elif isinstance(event, ends):
            yield Event("end", start, end)
        elif isinstance(event, yaml.AliasEvent):
            yield Event("alias", start, end, f"*{event.anchor}", mark=f"*{event.anchor}")
        elif isinstance(event, yaml.DocumentStartEvent):
            yield Event("document", start, end)


def _mark(event: Any, written: str) -> str:  # noqa: ANN401 - PyYAML's stubs do not tell the events apart
    if event.anchor:
        return f"&{event.anchor}"
    if event.tag:
        return written.split()[0] if written.startswith("!") else "!"
    return ""


def first_fault(text: str) -> Any:  # noqa: ANN401 - a yaml.MarkedYAMLError or None
    """Return the first syntax error of a YAML text, None where there is none."""
    from yaml import YAMLError

    try:
        for _ in yaml_events(text):
            pass
    except YAMLError as fault:
        return fault
    return None


_TRAILING = {
    "illegal trailing comma before end of object": "expecting property name enclosed in double quotes",
    "illegal trailing comma before end of array": "expecting value",
}
"""What Python 3.13 says at a comma that nothing follows, and what older ones say at the bracket behind it."""


def read_json(page: Page, text: str) -> Built:
    """Return what a JSON page holds; raise Rejected for the first syntax error: RFC 8259, so no comments and no NaN."""
    import json

    _limit_depth(page, text)
    try:
        json.loads(text, parse_constant=_no_constant)
    except ValueError as fault:
        position = getattr(fault, "pos", 0)
        message = str(getattr(fault, "msg", fault)).rstrip(".")
        message = message[:1].lower() + message[1:]
        if message in _TRAILING:  # the same place and words on every Python
            position, message = len(text) - len(text[position + 1 :].lstrip(" \t\r\n")), _TRAILING[message]
        raise Rejected([error("JSN-01", message, page.span(position, position + 1), *_json_cure(page, position))]) from fault
    return Builder(page).run(json_events(text))


def json_events(text: str) -> Iterator[Event]:
    """Yield the events of a text that is valid JSON."""
    import json

    for match in _TOKEN.finditer(text):
        token, (start, end) = match[0], match.span()
        if token in "{[":
            yield Event("map" if token == "{" else "list", start, end)
        elif token in "}]":
            yield Event("end", start, end)
        elif token.startswith('"'):
            yield Event("scalar", start, end, json.loads(token, strict=False))
        elif token not in ":,":
            yield Event("scalar", start, end, token, plain=True)


def _limit_depth(page: Page, text: str) -> None:
    # Before json.loads, which recurses: a deep file would end in RecursionError.
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += (match[0] in "{[") - (match[0] in "}]")
        if depth > MAX_DEPTH:
            hint = "a summary needs no more than 8"
            raise Rejected([error("FIL-05", f"more than {MAX_DEPTH} levels deep", page.span(*match.span()), hint)])


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON number")


def _json_cure(page: Page, position: int) -> list[str]:
    before = page.text[:position].rstrip()
    if page.text[position : position + 1] in ("}", "]") and before.endswith(","):
        return ["remove the comma before it"]
    if page.text[position : position + 1] in ("#", "/"):
        return ["JSON has no comments: remove it, or save the file as .yaml"]
    if page.text[position : position + 1] == "'":
        return ['JSON has only double quotation marks: "…"']
    if page.text[position : position + 1] == "\n":
        return ["a text stands on one line: write the line break as \\n"]
    return []
