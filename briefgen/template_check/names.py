"""Names that a template uses and nobody has: variables, fields, filters, tests, macros, labels, other templates.

In: one template's syntax tree and what it can use. Out: errors, each with line and column and the nearest name. Nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jinja2 import nodes

from briefgen.findings.diagnostics import Diagnostic, Span, error
from briefgen.findings.near import did_you_mean, nearest
from briefgen.template_check.environment import Kitchen, Written
from briefgen.template_check.types import ANYTHING, LOOP, Shape, joined, several

Scope = dict[str, Shape | None]
_SAME = frozenset(("list", "sort", "select", "reject", "selectattr", "rejectattr", "reverse", "unique", "default", "d"))
_ONE = frozenset(("first", "last", "random", "min", "max"))
_BY_FIELD = frozenset(("selectattr", "rejectattr", "groupby"))
_GIVEN = frozenset(("defined", "undefined"))


class Walk:
    """One reading of one template. `included` gathers which templates it includes, with the names that they can then use."""

    def __init__(self, template: Written, tree: nodes.Template, kitchen: Kitchen, modules: Mapping[str, Shape]) -> None:
        """Keep the template, its tree, and the shapes of those that can be imported."""
        self.template, self.tree, self.kitchen, self.modules = template, tree, kitchen, modules
        self.lines = template.text.splitlines()
        self.found: list[Diagnostic] = []
        self.included: list[tuple[str, Scope]] = []
        self.imported: list[tuple[str, bool]] = []
        self.own = {str(key.value) for pair in tree.find_all(nodes.Pair) if isinstance(key := pair.key, nodes.Const)}
        self.asked = {
            test.node.name for test in tree.find_all(nodes.Test) if test.name in _GIVEN and isinstance(test.node, nodes.Name)
        }

    def run(self, scope: Mapping[str, Shape | None]) -> Scope:
        """Read the template with these names; return the names that its top level leaves behind."""
        top: Scope = {**scope, **dict.fromkeys(self.asked, ANYTHING), **{m.name: None for m in self.tree.find_all(nodes.Macro)}}
        macros = [node for node in self.tree.body if isinstance(node, nodes.Macro)]
        self.body([node for node in self.tree.body if node not in macros], top)
        for macro in macros:
            self.visit(macro, top)
        return top

    # --- statements -----------------------------------------------------------------------------------------------------

    def body(self, rows: Iterable[nodes.Node], scope: Scope) -> None:
        """Read some statements, which share their names."""
        for node in rows:
            self.visit(node, scope)

    def visit(self, node: nodes.Node, scope: Scope) -> None:
        """Read one statement; what it names stands in `scope` afterwards."""
        read = getattr(self, f"_{type(node).__name__.lower()}", None)
        if read is not None:
            read(node, scope)
        elif isinstance(node, nodes.Expr):
            self.shape(node, scope)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, scope)

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        self.bind(node.target, self.shape(node.node, scope), scope)

    def _assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self.body(node.body, dict(scope))
        self.bind(node.target, None, scope)

    def _for(self, node: nodes.For, scope: Scope) -> None:
        inner = dict(scope)
        rows = self.shape(node.iter, scope)
        inner["loop"] = Shape(dict.fromkeys(LOOP) | {"nextitem": rows and rows.item, "previtem": rows and rows.item}, what="loop")
        self.bind(node.target, rows.item if rows else None, inner)
        if node.test:
            self.shape(node.test, inner)
        self.body(node.body, inner)
        self.body(node.else_, dict(scope))

    def _with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self.bind(target, self.shape(value, scope), inner)
        self.body(node.body, inner)

    def _macro(self, node: nodes.Macro, scope: Scope) -> None:
        for value in node.defaults:
            self.shape(value, scope)
        inner = {**scope, **dict.fromkeys(("caller", "varargs", "kwargs")), **{arg.name: None for arg in node.args}}
        self.body(node.body, inner)

    def _callblock(self, node: nodes.CallBlock, scope: Scope) -> None:
        self.shape(node.call, scope)
        self.body(node.body, {**scope, **{arg.name: None for arg in node.args}})

    def _filterblock(self, node: nodes.FilterBlock, scope: Scope) -> None:
        self._known_filter(node.filter)
        self.body(node.body, dict(scope))

    def _import(self, node: nodes.Import, scope: Scope) -> None:
        scope[node.target] = self._module(node, scope)

    def _fromimport(self, node: nodes.FromImport, scope: Scope) -> None:
        module = self._module(node, scope)
        for entry in node.names:
            name, alias = (entry, entry) if isinstance(entry, str) else entry
            self._has(module, name, node.lineno)
            scope[alias] = None

    def _module(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> Shape | None:
        names = self._templates(node.template, scope)
        self.imported += [(name, node.with_context) for name in names]
        return next((self.modules.get(name) for name in names), None)

    def _include(self, node: nodes.Include, scope: Scope) -> None:
        names = self._templates(node.template, scope, optional=node.ignore_missing)
        self.included += [(name, dict(scope) if node.with_context else {}) for name in names]

    def _extends(self, node: nodes.Extends, scope: Scope) -> None:
        for name in self._templates(node.template, scope):
            scope |= self.modules[name].names if name in self.modules else {}

    def bind(self, target: nodes.Node, shape: Shape | None, scope: Scope) -> None:
        """Give a name, or each of several, its shape."""
        if isinstance(target, nodes.Name):
            scope[target.name] = shape
        elif isinstance(target, nodes.Tuple):
            for entry in target.items:
                self.bind(entry, None, scope)

    # --- expressions ----------------------------------------------------------------------------------------------------

    def shape(self, node: nodes.Node, scope: Scope) -> Shape | None:
        """Return what is known of a value, and note each name in it that nobody has."""
        read = getattr(self, f"_of_{type(node).__name__.lower()}", None)
        if read is not None:
            made: Shape | None = read(node, scope)
            return made
        for child in node.iter_child_nodes():
            self.shape(child, scope)
        return None

    def _of_name(self, node: nodes.Name, scope: Scope) -> Shape | None:
        if node.name not in scope:
            self._note(f"there is no {node.name!r} here", node.name, node.lineno, scope)
        return scope.get(node.name)

    def _of_getattr(self, node: nodes.Getattr, scope: Scope) -> Shape | None:
        base = self.shape(node.node, scope)
        self._has(base, node.attr, node.lineno)
        return base.names.get(node.attr) if base else None

    def _of_getitem(self, node: nodes.Getitem, scope: Scope) -> Shape | None:
        base = self.shape(node.node, scope)
        key = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if isinstance(key, str):
            self._has(base, key, node.lineno)
            return base.names.get(key) if base else None
        self.shape(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            return base
        return (base.item or joined(base.names.values())) if base else None

    def _of_call(self, node: nodes.Call, scope: Scope) -> Shape | None:
        self.shape(node.node, scope)
        given = [self.shape(arg, scope) for arg in (*node.args, *(pair.value for pair in node.kwargs))]
        if isinstance(node.node, nodes.Name) and node.node.name == "label" and node.args:
            self._label(node.args[0])
        if isinstance(node.node, nodes.Name) and node.node.name == "grouped" and given:
            more = Shape(dict.fromkeys(("locators", "quotes", "translations")))
            return several(given[0].item | more) if given[0] and given[0].item else None
        return None

    def _of_filter(self, node: nodes.Filter, scope: Scope) -> Shape | None:
        self._known_filter(node)
        base = self._filtered(node, scope)
        for arg in (*node.args, *(pair.value for pair in node.kwargs)):
            self.shape(arg, scope)
        field = self._field(node)
        if field and base and base.item:
            self._has(base.item, field, node.lineno)
        if node.name == "map":
            return several(base.item.names.get(field)) if field and base and base.item else None
        if node.name in _SAME:
            return base
        return base.item if base and node.name in _ONE else None

    def _filtered(self, node: nodes.Filter, scope: Scope) -> Shape | None:
        """Return the shape of what a filter gets; `default` may be asked of what is not there."""
        inner = node.node
        if inner is None or node.name not in ("default", "d"):
            return self.shape(inner, scope) if inner is not None else None
        if isinstance(inner, nodes.Name):
            return scope.get(inner.name)
        if isinstance(inner, nodes.Getattr):
            self.shape(inner.node, scope)
            return None
        return self.shape(inner, scope)

    def _field(self, node: nodes.Filter) -> str:
        """Return the field that a filter picks items by: `selectattr("cites")`, `map(attribute="id")`."""
        named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        first = node.args[:1] if node.name in _BY_FIELD else []
        value = next((arg.value for arg in (*named, *first) if isinstance(arg, nodes.Const)), "")
        return value if isinstance(value, str) and "." not in value else ""

    def _of_test(self, node: nodes.Test, scope: Scope) -> Shape | None:
        if node.name not in self.kitchen.environment.tests:
            self._note(f"there is no test {node.name!r}", node.name, node.lineno, self.kitchen.environment.tests)
        if node.name not in _GIVEN:
            self.shape(node.node, scope)
        elif isinstance(node.node, nodes.Getattr):
            self.shape(node.node.node, scope)
        for arg in node.args:
            self.shape(arg, scope)
        return None

    def _of_condexpr(self, node: nodes.CondExpr, scope: Scope) -> Shape | None:
        self.shape(node.test, scope)
        return joined(self.shape(part, scope) for part in (node.expr1, node.expr2) if part is not None)

    def _of_or(self, node: nodes.Or, scope: Scope) -> Shape | None:
        return joined([self.shape(node.left, scope), self.shape(node.right, scope)])

    # --- what is not there ----------------------------------------------------------------------------------------------

    def _has(self, base: Shape | None, name: str, line: int) -> None:
        """Note a field that its owner does not have; of an owner that is not known, one that nobody has."""
        if base is ANYTHING:
            return
        if base is None or not base.closed:
            if name not in self.kitchen.fields and name not in self.own:
                self._note(f"nothing here has a field {name!r}", name, line, self.kitchen.fields)
        elif name not in base.names:
            self._note(f"{base.what or 'it'} has no {name!r}", name, line, base.names)

    def _known_filter(self, node: nodes.Filter | None) -> None:
        if node is not None and node.name not in self.kitchen.environment.filters:
            self._note(f"there is no filter {node.name!r}", node.name, node.lineno, self.kitchen.environment.filters)

    def _templates(self, node: nodes.Node, scope: Scope, *, optional: bool = False) -> list[str]:
        """Return the names of the templates that an expression can stand for, and note each that is not there."""
        made = [text for text in _written(node) if isinstance(text, str)]
        if not made:
            self.shape(node, scope)
            stems = [name for name in self.kitchen.names if name.startswith("sections/")]
            return stems if _begins(node) == "sections/" else []
        for name in made:
            if name not in self.kitchen.names and not optional:
                known = self.kitchen.names
                self.found.append(_told("TPL-31", f"there is no template {name}", self._span(name, node.lineno), name, known))
        return [name for name in made if name in self.kitchen.names]

    def _label(self, node: nodes.Node) -> None:
        """Note a label that nobody has; of one that is put together, a beginning that none has."""
        labels = self.kitchen.labels
        if isinstance(node, nodes.CondExpr):
            for part in (node.expr1, node.expr2):
                self._label(part) if part is not None else None
            return
        key = node.value if isinstance(node, nodes.Const) else None
        if isinstance(key, str) and key not in labels:
            self.found.append(_told("TPL-32", f"there is no label {key!r}", self._span(key, node.lineno), key, labels))
        begun = "" if key else _begins(node)
        if begun and not any(label.startswith(begun) for label in labels):
            heads = {label[: label.rfind(".") + 1] for label in labels}
            message = f"no label begins with {begun!r}"
            self.found.append(_told("TPL-32", message, self._span(begun, node.lineno), begun, heads))

    def _note(self, message: str, name: str, line: int, known: Iterable[str]) -> None:
        self.found.append(_told("TPL-30", message, self._span(name, line), name, known))

    def _span(self, word: str, line: int) -> Span:
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        at = re.search(rf"(?<=\.){re.escape(word)}\b", text) or re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
        at = at or re.search(re.escape(word), text)
        return Span(self.template.file, line, at.start() + 1, len(word)) if at else Span(self.template.file, line)


def exported(tree: nodes.Template) -> Shape:
    """Return what a template gives to who imports it: its macros and what its top level sets."""
    macros = [node.name for node in tree.body if isinstance(node, nodes.Macro)]
    sets = [node.target.name for node in tree.find_all(nodes.Assign) if isinstance(node.target, nodes.Name)]
    return Shape(dict.fromkeys((*macros, *sets)), what="the imported template")


def labels_of(tree: nodes.Template) -> Iterator[tuple[str, bool]]:
    """Yield each label that a template asks for, and whether that is only its beginning."""
    for call in tree.find_all(nodes.Call):
        if call.args and ((isinstance(call.node, nodes.Name) and call.node.name == "label") or _is_has(call.node)):
            for part in [call.args[0], *call.args[0].find_all(nodes.Expr)]:
                if isinstance(part, nodes.Const) and isinstance(part.value, str):
                    yield part.value, part.value.endswith(".")


def _is_has(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and node.attr == "has"


def _written(node: nodes.Node) -> list[Any]:
    """Return the texts that an expression is written as: one, each of a list, either of two; none where it is put together."""
    if isinstance(node, nodes.Const):
        return [node.value]
    if isinstance(node, (nodes.List, nodes.Tuple)):
        return [text for entry in node.items for text in _written(entry)]
    if isinstance(node, nodes.CondExpr):
        return [text for part in (node.expr1, node.expr2) if part is not None for text in _written(part)]
    return []


def _begins(node: nodes.Node) -> str:
    first = node.nodes[0] if isinstance(node, nodes.Concat) else node.left if isinstance(node, nodes.Add) else None
    return first.value if isinstance(first, nodes.Const) and isinstance(first.value, str) else ""


def _told(code: str, message: str, span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    rows = sorted(set(known))
    listed = f"there are {', '.join(rows)}" if 0 < len(rows) <= 25 else "docs/templates.md lists what there is"
    return error(code, message, span, did_you_mean(nearest(name, rows, 0.75 if code == "TPL-31" else 0.6), listed))
