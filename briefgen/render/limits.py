"""What one rendering may take, counted and never timed: the same template fails at the same place on every machine.

In: steps, printed characters and values, told by the sandbox while it renders. Out: nothing, or `LimitReached`. The limits are
generous: the largest summary that loads (2 MB, 50,000 values) stays far below them at every level.
"""

from __future__ import annotations

from collections.abc import ItemsView, KeysView, Mapping, MappingView, ValuesView
from contextvars import ContextVar
from math import isfinite
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Undefined
from jinja2.utils import Namespace
from pydantic import BaseModel

MAX_STEPS = 1_000_000
"""Passes of loops, and calls of macros, blocks, includes, filters and functions, in one rendering together."""
MAX_OUTPUT = 10_000_000
"""Characters printed; what a macro prints counts again where its result is printed."""
MAX_WORK = 20_000_000
"""Characters and entries that operators, filters, comparisons and functions read or make: so no text and no list has more."""
MAX_WHOLE = 2**63
"""A whole number is below it, on both sides of nought."""
MAX_SOURCE = 1_000_000
"""Characters of one template file."""
_NUMBER = 20  # characters that a number is counted as


class LimitReached(SecurityError):
    """A template asked for more than a rendering may take; `cure` says what to write instead."""

    def __init__(self, message: str, cure: str) -> None:
        """Keep both."""
        super().__init__(message)
        self.cure = cure


class Meter:
    """What one rendering has taken so far."""

    __slots__ = ("steps", "work", "written")

    def __init__(self) -> None:
        """Begin at nought."""
        self.steps = self.written = self.work = 0

    def step(self, printed: int = 0) -> None:
        """Count a pass or a call, with the characters that stand in it as they are; raise LimitReached."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            cure = "end the loop: a macro or an include that calls itself and loops within loops multiply"
            raise LimitReached(f"the loops and calls of this brief take more than {MAX_STEPS:,} steps", cure)
        if printed:
            self.write(printed)

    def write(self, printed: int) -> None:
        """Count printed characters; raise LimitReached."""
        self.written += printed
        if self.written > MAX_OUTPUT:
            raise LimitReached(f"the brief prints more than {MAX_OUTPUT:,} characters", "print less, or end the loop around it")

    def weigh(self, amount: int) -> None:
        """Count what is read or made; raise LimitReached."""
        self.work += amount
        if self.work > MAX_WORK:
            cure = "let no list or text grow, in a loop or by a number; a filter (`select`, `map`, `join`) does it in one go"
            raise LimitReached(f"the expressions of this brief read and make more than {MAX_WORK:,} characters", cure)


def check_data(value: Any) -> None:  # noqa: ANN401
    """Raise LimitReached for what is no data: functions and objects are printed with their place in memory, numbers as `inf`."""
    if isinstance(value, (str, int, Undefined)):
        return
    if isinstance(value, float):
        if not isfinite(value):
            raise LimitReached("a number here is beyond all measure", "let no number grow, and divide by none that may be nought")
    elif callable(value) or all(getattr(type(value), name) is getattr(object, name) for name in ("__repr__", "__str__")):
        raise LimitReached("a function can't be printed, and no object as a whole", "call it, with brackets: `name()`")
    elif isinstance(value, (list, tuple, set, frozenset)):
        for entry in value:
            check_data(entry)
    elif isinstance(value, Mapping):
        check_data([*value.keys(), *value.values()])
    elif isinstance(value, (KeysView, ValuesView, ItemsView)):
        check_data([*value])


LISTS = (list, tuple, set, frozenset, Mapping, MappingView, range)
_NESTED = (*LISTS, Namespace)
METER: ContextVar[Meter] = ContextVar("meter")


def size(value: Any) -> int:  # noqa: ANN401 - a template may hold anything
    """Return the characters and entries of a value, those of lists in it included; raise LimitReached where it never ends."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, LISTS):
        return _deep(value)
    if isinstance(value, Namespace):
        raise LimitReached("a namespace can't be printed or compared as a whole", "name one of its values")
    return _NUMBER


def _deep(value: Any) -> int:  # noqa: ANN401
    """Return the size of a list with all that is in it: one entry in two places counts twice, as it would when printed."""
    total, waiting = 0, [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, Namespace):
            size(inner)
        total += len(inner)
        if total > MAX_OUTPUT:
            raise LimitReached(f"this list holds more than {MAX_OUTPUT:,} characters and entries", "let no list grow in a loop")
        entries = inner if not isinstance(inner, Mapping) else (*inner.keys(), *inner.values())
        for entry in () if isinstance(inner, range) else entries:
            if isinstance(entry, str):
                total += len(entry)
            elif isinstance(entry, _NESTED):
                waiting.append(entry)
            elif isinstance(entry, BaseModel):
                total += len(repr(entry))
    return total


def growth(name: str, given: tuple[Any, ...], rest: list[Any]) -> int:
    """Return what a filter that grows makes, in characters or entries; raise LimitReached for what no brief needs."""
    longest = max((len(value) for value in rest if isinstance(value, str)), default=0)
    number = max((abs(value) for value in rest if isinstance(value, int)), default=0)
    match name:
        case "round" if number > 20:
            raise LimitReached("`round` takes numbers up to 20", "take a smaller number")
        case "tojson" if any(rest):
            raise LimitReached("`tojson` takes no indent", "leave it out")
        case "sum" if any(not isinstance(value, (int, float, str, type(None))) for value in rest):
            raise LimitReached("`sum` adds numbers", "put lists together with +")
        case "batch" | "slice":
            return number
        case "replace":
            return replaced(given)
        case "indent" if given:
            return (str(given[0]).count("\n") + 1) * max(longest, number)
        case "wordwrap" | "urlize" | "xmlattr" if given:
            return len(str(given[0])) * longest
    return 0


def replaced(given: tuple[Any, ...]) -> int:
    """Return how many characters `replace` makes."""
    text, old, new = (*map(str, given[:3]), "", "", "")[:3]
    return len(text) + text.count(old) * len(new)
