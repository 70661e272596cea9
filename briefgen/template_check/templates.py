"""Every template as it is written: can Jinja read it, does it use what there is, does it print what every format can show.

In: what the templates of a project can use. Out: findings at their lines. Nothing is rendered.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes

from briefgen.findings.diagnostics import Diagnostic
from briefgen.render.render import unreadable
from briefgen.render.templates import ENTRY
from briefgen.template_check import elements
from briefgen.template_check.environment import Kitchen, Written
from briefgen.template_check.names import Scope, Walk, exported, labels_of
from briefgen.template_check.types import Shape

Trees = dict[Written, nodes.Template]
MACROS = "macros.html"


def check(kitchen: Kitchen) -> list[Diagnostic]:
    """Return what is wrong in the text of the templates."""
    trees: Trees = {}
    found: list[Diagnostic] = []
    for template in kitchen.written:
        try:
            trees[template] = kitchen.environment.parse(template.text, template.name, template.file)
        except TemplateSyntaxError as fault:
            found.append(unreadable(fault, template.file))
        if template.name.endswith(".html"):
            found += elements.check(template)
    if any(template.used and template.name == MACROS and template not in trees for template in kitchen.written):
        return found  # without its macros every template would seem to ask for names that nobody has
    return [*found, *_names(kitchen, trees)]


def labels(kitchen: Kitchen) -> frozenset[str]:
    """Return the labels that templates ask for by their whole keys."""
    found: set[str] = set()
    for template in kitchen.written:
        try:
            tree = kitchen.environment.parse(template.text, template.name, template.file)
        except TemplateSyntaxError:
            continue
        found |= {label for label, begun in labels_of(tree) if not begun}
    return frozenset(found)


def _names(kitchen: Kitchen, trees: Trees) -> Iterator[Diagnostic]:
    """Yield the names that nobody has, page by page in the order in which one template asks for another."""
    modules = {template.name: exported(tree) for template, tree in trees.items() if template.used}
    given: dict[str, Scope] = {ENTRY: dict(kitchen.globals)}
    waiting, read = [ENTRY], set[Written]()
    while waiting:
        name = waiting.pop(0)
        for template, tree in trees.items():
            if template.name == name and template not in read:
                read.add(template)
                walk = Walk(template, tree, kitchen, modules)
                walk.run(_with_section(kitchen, name, given[name]))
                yield from walk.found
                for other, scope in walk.included:
                    given[other] = {**given.get(other, {}), **kitchen.globals, **scope}
                    waiting.append(other)
                for other, with_context in walk.imported:
                    given[other] = dict(kitchen.globals) if with_context else dict.fromkeys(kitchen.environment.globals)
                    waiting.append(other)
    for template, tree in trees.items():
        if template not in read:
            walk = Walk(template, tree, kitchen, modules)
            walk.run(_alone(kitchen, template.name, modules))
            yield from walk.found


def _with_section(kitchen: Kitchen, name: str, scope: Scope) -> Scope:
    """Return the names that a template is given; a section's template knows what its section holds."""
    return {**scope, "section": kitchen.section(name)} if name.startswith("sections/") else scope


def _alone(kitchen: Kitchen, name: str, modules: dict[str, Shape]) -> Scope:
    """Return what a style sheet can use, or a template that no other asks for: it may be meant for a section."""
    if name.endswith(".css"):
        return dict(kitchen.tokens)
    section = {"section": kitchen.section(name), "m": modules.get("macros.html")}
    return {**kitchen.globals, **section}
