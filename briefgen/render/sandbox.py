"""The sandbox of the templates: Jinja's, and what Jinja's does not do.

In: a loader and filters. Out: an environment whose templates count what they take (`limits`), reach nothing but fields and
the functions given to them, and make the same words every time. What is refused raises SecurityError, or LimitReached where it is
a question of size.

How counting comes about: before a template is compiled, a call of `step` is put at the beginning of each loop, macro, block and
file, with the number of characters that stand there as they are. Printed values are counted as they are printed; operators,
comparisons, filters and functions weigh what they get and what they make. Lazy lists become real ones, so that all is counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, wraps
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, UndefinedError, nodes
from jinja2.compiler import CodeGenerator, Frame, operators
from jinja2.environment import Template, TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from briefgen.model.brief import View
from briefgen.render import limits
from briefgen.render.limits import METER, LimitReached, Meter
from briefgen.render.marks import marked

_OWN_BODY = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)
_JOIN = "put texts together with ~, or write a label with {fields}"
_CLOCK = "the date of a brief is brief.as_of: the same summary gives the same bytes"
REFUSED_METHODS: Mapping[str, str] = {
    **dict.fromkeys(("format", "format_map", "translate", "maketrans", "encode", "strftime", "hex"), _JOIN),
    **dict.fromkeys(("center", "ljust", "rjust", "zfill", "expandtabs"), "the style sheet and the columns place text"),
    **dict.fromkeys(("to_bytes", "from_bytes"), _JOIN),
    **dict.fromkeys(("today", "now", "utcnow", "fromtimestamp"), _CLOCK),
}
"""Methods that no template may call, whatever they belong to, with what to do instead."""
REFUSED_FILTERS: Mapping[str, str] = {
    "format": _JOIN,
    "center": REFUSED_METHODS["center"],
    "pprint": "name the fields that you want to print",
    "random": "the same summary gives the same bytes",
}
"""Filters of Jinja that no template may use, with what to do instead."""
_GROWING = frozenset({"batch", "slice", "indent", "replace", "wordwrap", "urlize", "xmlattr", "round", "tojson", "sum"})
"""Filters that make something far larger than what they get."""


@cache
def fingerprint() -> str:
    """Return a hash of what compiles templates: what another version of this file has compiled is not used."""
    return hashlib.sha1(Path(__file__).read_bytes(), usedforsecurity=False).hexdigest()


class Counted(Template):
    """A template whose every rendering begins to count at nought."""

    def render(self, *values: Any, **named: Any) -> str:  # noqa: ANN401
        """Return what it prints; raise what a template raises, LimitReached among it."""
        before = METER.set(Meter())
        try:
            return super().render(*values, **named)
        finally:
            METER.reset(before)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Return the template as a module, made anew: what was printed into a kept one would not be counted."""
        keys = ctx.globals_keys - self.globals.keys() if ctx is not None else ()
        return self.make_module({key: ctx.parent[key] for key in keys} if ctx is not None else None)


class _Generator(CodeGenerator):
    """Compiles templates that count."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Put the counting in, then compile."""
        for loop in list(node.find_all(nodes.For)):
            if loop.test is not None:  # what the condition passes over is a step, too
                loop.test = nodes.And(_step(0, loop.lineno), loop.test, lineno=loop.lineno)
        for part in [*node.find_all(_OWN_BODY), node]:
            line = getattr(part, "lineno", None) or 1
            count = nodes.ExprStmt(_step(_printed(part.body), line), lineno=line)  # type: ignore[attr-defined]
            part.body = [count, *part.body]  # type: ignore[attr-defined]
        node.set_environment(self.environment)
        super().visit_Template(node, frame)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:  # noqa: ANN401
        """Let only text be printed as it stands; an expression is worked out, and counted, when it is printed."""
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Weigh the parts of `a ~ b` before they are put together."""
        escaped = "markup_join" if frame.eval_ctx.autoescape else "str_join"
        join = "(markup_join if context.eval_ctx.volatile else str_join)" if frame.eval_ctx.volatile else escaped
        self.write(f"environment.joined({join}, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        """Refuse a number that Python writes as `inf`."""
        if isinstance(node.value, float) and not isfinite(node.value):
            self.fail("this number is beyond all measure", node.lineno)
        super().visit_Const(node, frame)

    def visit_Operand(self, node: nodes.Operand, frame: Frame) -> None:
        """Weigh what something is compared with, or looked for in; a short constant weighs nothing."""
        if isinstance(node.expr, nodes.Const):
            super().visit_Operand(node, frame)
        else:
            self.write(f" {operators[node.op]} ")
            self._weighed(node.expr, frame)

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:
        """Say the line of `{% set a.b = … %}`, which Jinja 3.1 does not."""
        self.newline(node)
        super().visit_Assign(node, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """Weigh what is sliced."""
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self._weighed(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def _weighed(self, node: nodes.Expr, frame: Frame) -> None:
        self.write("environment.weighed(")
        self.visit(node, frame)
        self.write(")")


def _step(printed: int, line: int) -> nodes.Expr:
    """Return an expression that counts a step and is true: Jinja compiles this node as it stands, behind `environment.`."""
    return nodes.EnvironmentAttribute(f"step({printed})", lineno=line)


def _printed(body: list[nodes.Node]) -> int:
    """Return how many characters stand in a body as they are, those of loops and macros in it left to them."""
    total = 0
    for node in body:
        if isinstance(node, nodes.TemplateData):
            total += len(node.data)
        elif isinstance(node, nodes.For):
            total += _printed(node.else_)
        elif not isinstance(node, _OWN_BODY):
            total += _printed(list(node.iter_child_nodes()))
    return total


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment whose templates count, and reach nothing but what is given to them."""

    code_generator_class = _Generator
    template_class = Counted
    intercepted_binops = frozenset({"+", "-", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's own
        """Make it as Jinja would, with filters and tests that weigh."""
        super().__init__(optimized=False, finalize=printable, **options)
        del self.globals["lipsum"]  # chance, as many words as wanted
        self.filters.update({name: _refused(f"the filter `{name}`", cure) for name, cure in REFUSED_FILTERS.items()})
        self.add_filters(self.filters)
        tests: Any = self.tests  # typed too narrowly by Jinja
        self.tests.update({name: _weighing(name, function) for name, function in tests.items()})

    def add_filters(self, filters: Mapping[str, Callable[..., Any]]) -> None:
        """Take filters of ours in; they weigh as Jinja's do."""
        self.filters.update({name: _weighing(name, function, printing=True) for name, function in filters.items()})

    # --- what compiled templates call ---------------------------------------------------------------------------------

    def step(self, printed: int) -> bool:
        """Count a pass or a call, with what is printed there as it stands; return True."""
        METER.get().step(printed)
        return True

    def weighed(self, value: Any) -> Any:  # noqa: ANN401
        """Return a value as it is, weighed."""
        METER.get().weigh(limits.size(value))
        return value

    def joined(self, join: Callable[[Any], str], parts: tuple[Any, ...]) -> str:
        """Return the parts of `a ~ b` as one text."""
        METER.get().weigh(sum(map(limits.size, parts)))
        for part in parts:
            limits.check_data(part)
        return join(parts)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Return what an operator makes; raise LimitReached before it makes too much."""
        if operator == "**":
            raise LimitReached(
                "`**` is refused in templates", "a template counts and compares; what needs a power is written out"
            )
        if operator == "%" and isinstance(left, str):
            raise LimitReached("`%` with a text is refused in templates", _JOIN)
        if operator == "*":
            _multiplied(left, right)
            _multiplied(right, left)
        elif operator == "+" and isinstance(left, (str, list, tuple)) and isinstance(right, (str, list, tuple)):
            METER.get().weigh(len(left) + len(right))
        made = super().call_binop(context, operator, left, right)
        if isinstance(made, int) and not -limits.MAX_WHOLE < made < limits.MAX_WHOLE:
            raise LimitReached("a whole number grows beyond 63 bits", "let no number grow in a loop")
        return made

    def call(self, context: Context, function: Any, *values: Any, **named: Any) -> Any:  # noqa: ANN401
        """Return what a function, a method or a macro makes; macros count by themselves."""
        if isinstance(function, Macro):
            return context.call(function, *values, **named)
        owner = getattr(function, "__self__", None)
        given = (*((owner,) if isinstance(owner, (str, list, tuple)) else ()), *values)
        _weigh(given, named)
        if isinstance(owner, str) and function.__name__ == "replace":
            METER.get().weigh(limits.replaced(given))
        if isinstance(owner, str) and function.__name__ == "join":
            METER.get().weigh(len(owner) * len(given[1]) if len(given) > 1 and isinstance(given[1], str) else 0)
        for value in (*values, *named.values()):
            limits.check_data(value)
        return _listed(super().call(context, function, *values, **named))

    # --- what is in reach -----------------------------------------------------------------------------------------------

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401
        """Return whether a template may have an attribute: of models their fields, and none of the methods that they inherit."""
        if type(obj) is View:  # by far the most frequent: its fields are data, and nothing else of it is public
            return not attr.startswith("_")
        if isinstance(obj, BaseModel) and hasattr(BaseModel, attr):  # parse_file reads files, parse_raw unpickles
            return False
        if attr in REFUSED_METHODS and callable(value) and not isinstance(value, Undefined):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401
        """Return nothing: `format` is refused as any other method, and needs no wrapping."""

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:  # noqa: ANN401
        """Raise SecurityError at once, even where Jinja would let a template ask whether it is defined."""
        if attribute in REFUSED_METHODS:
            raise LimitReached(f"`.{attribute}` is refused in templates", REFUSED_METHODS[attribute])
        raise SecurityError(f"`.{attribute}` of {type(obj).__name__} is not for templates")

    # --- compiling ------------------------------------------------------------------------------------------------------

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any, **options: Any) -> Any:  # noqa: ANN401
        """Return a compiled template; what Python can't compile is a syntax error of the template."""
        try:
            return super().compile(source, name, filename, *rest, **options)
        except (RecursionError, MemoryError, SyntaxError) as fault:
            raise TemplateSyntaxError("loops, conditions or brackets nest too deep", 1, name, filename) from fault
        except ValueError as fault:
            raise TemplateSyntaxError(f"it can't be compiled: {fault}", 1, name, filename) from fault


def printable(value: Any) -> Any:  # noqa: ANN401
    """Return a value as it is printed, counted; raise UndefinedError for an empty field."""
    if value is None:
        raise UndefinedError("this field is empty here; ask for it first: {% if … %}")
    METER.get().write(len(value) if isinstance(value, str) else limits.size(value))
    limits.check_data(value)
    return marked(value)


def _multiplied(some: Any, times: Any) -> None:  # noqa: ANN401
    if isinstance(some, (str, bytes)):
        raise LimitReached("a text can't be multiplied in templates", "write it out, or print it in a loop")
    if isinstance(some, (list, tuple)) and isinstance(times, int):
        METER.get().weigh(len(some) * max(times, 0))


def _refused(what: str, cure: str) -> Callable[..., Any]:
    def refuse(*_values: Any, **_named: Any) -> Any:  # noqa: ANN401
        raise LimitReached(f"{what} is refused in templates", cure)

    return refuse


def _weighing(name: str, function: Callable[..., Any], *, printing: bool = False) -> Callable[..., Any]:
    """Return a filter or a test that weighs what it gets and what it makes; `wraps` keeps how Jinja calls it.

    A filter may be `printing`: it makes texts of what it gets.
    """
    first = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def weighing(*values: Any, **named: Any) -> Any:  # noqa: ANN401
        given = values[first:]
        _weigh(given, named)
        for value in (*given, *named.values()) if printing else ():
            limits.check_data(value)
        if name in _GROWING:
            METER.get().weigh(limits.growth(name, given, [*given[1:], *named.values()]))
        return _listed(function(*values, **named))

    return weighing


def _weigh(given: tuple[Any, ...], named: Mapping[str, Any]) -> None:
    """Weigh the values of a call: each alone, and each text times the entries of the longest list, as `join` would put them."""
    meter = METER.get()
    meter.step()
    longest = texts = total = 0
    for value in (*given, *named.values()):
        total += limits.size(value)
        if isinstance(value, str):
            texts += len(value)
        elif isinstance(value, limits.LISTS):
            longest = max(longest, len(value))
    meter.weigh(max(total, texts * longest))


def _listed(made: Any) -> Any:  # noqa: ANN401
    """Return what was made, weighed; a lazy list as a real one."""
    if isinstance(made, Iterator):
        made = list(islice(made, limits.MAX_WORK + 1))
    if isinstance(made, (str, list, tuple)):
        METER.get().weigh(len(made))
    return made
