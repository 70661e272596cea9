"""The page on every section: what each part holds, what an audience may say for it, what its templates print, an own one.

In: the packaged templates, the models, and the examples in docs/examples/sections. Out: Markdown. A part without an example,
or a field without words, raises KeyError or FileNotFoundError: then the page can't be made, and its test fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

from briefgen import Project
from briefgen.load.fields import described, inner
from briefgen.model.text import Text
from briefgen.tailor.known import ADDED, MODELS, fields_of
from briefgen.tailor.parts import PARTS, part_of
from tools.docs_markdown import ROOT, code, listed, table

TEMPLATES = ROOT / "templates/default"
EXAMPLES = ROOT / "docs/examples/sections"

FOLLOWS: Mapping[str, str] = {
    "text": "The words, in the wording of the audience",
    "band": "The band of its likelihood: `term`, `low`, `high`; empty where none is given",
    "evidence": "Where the text comes from",
    "level": "The level that likelihood and impact give: `low` to `critical`; empty where one of them is missing",
    "item_ids": "The ids of the developments that disagree",
    "headlines": "Their headlines, those above the marking left out",
    "total": "How many sources there are",
    "genres": "How many of each genre",
    "cited": "Whom the sources relay",
    "undated": "How many sources have no date",
    "primary": "Whether one of them is official, a law or data",
    "confidence": "The confidence that the evidence allows",
    "scheme": "The name of the yardstick",
    "bands": "Its bands, from the least likely",
    "statuses": "The statuses that the summary uses",
    "grades": "The grades of reliability that its sources have",
    "rows": "The sources, each with `claims`, `alone`, `relays`: claims on it, on it alone, whom it relays",
    "claims": "How many claims have evidence",
    "single": "How many of them have one origin only",
    "origins": "How many independent origins there are: reprints, texts of one publisher, an outlet and who relays it are one",
    "origin_names": "Which these are: ids of sources, then outlets that only another source relays",
    "oldest": "The source with the earliest date; empty where none has one",
    "newest": "The source with the latest date; empty where none has one",
    "reason": "Why the confidence is no higher: a key of the labels `cap.…`",
}
"""What the fields are that follow from a summary and stand in no model."""


def every_section() -> str:
    """Return the whole page, part by part."""
    return "\n\n".join(_part(part) for part in PARTS)


def _part(part: str) -> str:
    uses = [use for use in Project(ROOT).template_set.sections() if part_of(use) == part]
    reads = "".join(source(use) for use in uses)
    many = "section.items" in reads
    lines = [f"## {part}", f"{_place(part)} {_given(part, reads)}", _sayable(part, uses, many=many)]
    if fields_of(part):
        rows = [(code(name), about(part, name), listed(_printers(name, uses))) for name in fields_of(part)]
        lines.append(table(("field", "what it is", "printed by"), rows))
    lines.append(table(("template", "macros", "functions", "filters", "labels"), [_used(use) for use in uses]))
    return "\n\n".join([*lines, _example(part, many=many)])


def _place(part: str) -> str:
    model = MODELS.get(part)
    name = {"Term": "Term"}.get(model.__name__, model.__name__) if model else ""
    return f"Shows [{name}](fields.md#{name.lower()})." if name else f"Shows {PLAIN[part]}."


PLAIN: Mapping[str, str] = {
    "bottom_line": "the text `bottom_line`",
    "why_it_matters": "the text `why_it_matters`",
    "lines_to_take": "the texts of `lines_to_take`",
    "outlook": "the text `outlook.summary`",
    "gaps": "the texts of `outlook.gaps`",
    "alternatives": "the texts of `outlook.alternatives`",
    "scope": "what the brief stands on",
    "source_panel": "what each source carries",
    "legend": "the yardstick, and the statuses and grades in use",
    "credits": "how the brief was made, who reviewed it, whom to ask",
    "cuts": "the ids of what this level does not show",
}


def _given(part: str, reads: str) -> str:
    if "section.items" in reads:
        return "A template gets a list: `section.items`."
    if re.search(r"section\.item\b", reads):
        return "A template gets one: `section.item`."
    return "A template gets no items; it asks `brief`."


def _sayable(part: str, uses: list[str], *, many: bool) -> str:
    """Return what an audience can say for the part."""
    headed = [use for use in uses if "m.heading(" in source(use)]
    said = [f"`title:` and `heading:` ({listed(headed)})"] if headed else []
    said += ["`limit:`"] if many else []
    said += [f"`show:` with {listed(showable(use))} ({code(use)})" for use in uses if showable(use)]
    if short(part):
        said.append(f"`text:`, and in the ladder `{{short: {uses[0]}}}`")
    return f"An audience can say: {'; '.join(said)}." if said else "An audience can only name it or leave it out."


def short(part: str) -> bool:
    """Return whether the part holds texts that can have several wordings."""
    model = MODELS.get(part)
    return "text" in ADDED.get(part, ()) or bool(
        model and any(issubclass(inner(info) or object, Text) for info in model.model_fields.values())
    )


def about(part: str, name: str) -> str:
    """Return what a field is: from its model, else from the table above."""
    model = MODELS.get(part)
    if model is not None and name in model.model_fields:
        words = described(model.model_fields[name])[0]
        if words:
            return words
    return FOLLOWS[name]


# ---- what a template uses


@cache
def source(use: str) -> str:
    """Return a packaged section template."""
    return (TEMPLATES / f"sections/{use}.html").read_text(encoding="utf-8")


@cache
def _tree(use: str) -> nodes.Template:
    return Environment(autoescape=True).parse(source(use) if use else (TEMPLATES / "macros.html").read_text(encoding="utf-8"))


@cache
def _macros() -> Mapping[str, nodes.Macro]:
    return {macro.name: macro for macro in _tree("").find_all(nodes.Macro)}


def reached(use: str) -> list[nodes.Node]:
    """Return a template's tree with those of the macros that it calls, and that these call."""
    found: dict[str, nodes.Node] = {}
    waiting: list[nodes.Node] = [_tree(use)]
    while waiting:
        tree = waiting.pop()
        for name in (*_called(tree), *_methods(tree)):
            if name in _macros() and name not in found and name not in FRAME:
                found[name] = _macros()[name]
                waiting.append(found[name])
    return [_tree(use), *found.values()]


def _called(tree: nodes.Node) -> Iterator[str]:
    yield from (call.node.name for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name))


def _methods(tree: nodes.Node) -> Iterator[str]:
    """Yield the macros that are called as `m.NAME`."""
    for call in tree.find_all(nodes.Call):
        target = call.node
        if isinstance(target, nodes.Getattr) and isinstance(target.node, nodes.Name) and target.node.name == "m":
            yield target.attr


def _printers(name: str, uses: list[str]) -> list[str]:
    return [use for use in uses if name in _fields(use)]


def _fields(use: str) -> set[str]:
    """Return the fields that a template reads of its items: itself, through macros, functions and filters, or as a column."""
    trees = reached(use)
    named = {node.attr for tree in trees for node in tree.find_all(nodes.Getattr) if not _elsewhere(node.node)}
    read = {name for tree in trees for function in _called(tree) for name in READ.get(function, ())}
    mapped = set(re.findall(r'attribute="(\w+)"', source(use)))
    return named | read | mapped | (set(showable(use)) if "section.show or" in source(use) else set())


def _elsewhere(base: nodes.Expr) -> bool:
    """Return whether an attribute is one of the brief, the section or the loop, and none of an item."""
    if isinstance(base, nodes.Getattr):
        return base.attr == "audience"
    return isinstance(base, nodes.Name) and base.name in ("brief", "brand", "section", "loop", "label", "m")


READ: Mapping[str, tuple[str, ...]] = {"matrix": ("id", "impact", "band", "level"), "bands": ("band",)}
"""What functions read of the items that they are given."""
FRAME = ("heading", "columns")
"""Macros that are about the frame of a section; what they use is not listed with each."""


def _used(use: str) -> tuple[str, ...]:
    tree, trees = _tree(use), reached(use)
    macros = sorted({f"m.{name}" for name in _methods(tree)})
    functions = sorted({name for one in trees for name in _called(one)} - set(_macros()) - {"label"})
    filters = sorted({node.name for one in trees for node in one.find_all(nodes.Filter)})
    labels = sorted({key for one in trees for key in _labels(one)})
    return code(use), listed(macros), listed(functions), listed(filters), listed(labels)


def _labels(tree: nodes.Node) -> Iterator[str]:
    """Yield the labels that are named; of one that is put together, what stands fast: `status.…`."""
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "label" and call.args:
            key: Any = call.args[0]
            if isinstance(key, nodes.Const):
                yield key.value
            elif isinstance(key, nodes.Concat) and isinstance(key.nodes[0], nodes.Const):
                yield f"{key.nodes[0].value}…"


# ---- the examples


def example(part: str) -> tuple[Path, str]:
    """Return the file of a part's own template, and the line that names it in an audience."""
    return EXAMPLES / f"my_{part}.html", f"  - {{use: my_{part}, of: {part}, title: {TITLES[part]}}}"


TITLES: Mapping[str, str] = {
    **{part: f"Our {part.replace('_', ' ')}" for part in PARTS},
    "cuts": "What is left out here",
    "credits": "How this was made",
}


def _example(part: str, *, many: bool) -> str:
    file, line = example(part)
    limited = line.replace("}", ", limit: 3}") if many else line
    body = file.read_text(encoding="utf-8")
    named = f"{{# templates/default/sections/{file.name} #}}"
    return f"One of your own, and its line in an audience:\n\n```html\n{named}\n{body}```\n\n```text\n{limited}\n```"


def showable(use: str) -> list[str]:
    """Return what `show:` can name for a packaged section template."""
    text = (ROOT / f"templates/default/sections/{use}.html").read_text(encoding="utf-8")
    columns = re.search(r"set wanted = \[(.*?)\] %\}", text, re.DOTALL)
    names = re.findall(r'\("(\w+)", "\w+", ', columns[1]) if columns else []
    return list(dict.fromkeys([*names, *re.findall(r'section\.shows\("(\w+)"\)', text)]))
