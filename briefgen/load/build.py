"""Events of a YAML or JSON text → values, and the place of every value and key.

In: a stream of `Event`. Out: a `Built`. It never recurses (a file of 5,000 levels is refused, not followed), resolves plain
scalars by the core schema of YAML 1.2.2 §10.3 (`NO` and `12:30` are texts), and refuses what a summary has no use for:
duplicate keys, aliases, anchors, tags, keys that are no text, more than one document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from briefgen.findings.diagnostics import Diagnostic, Rejected, error, warning
from briefgen.load import commas
from briefgen.load.characters import in_value
from briefgen.load.commas import Cut, Written
from briefgen.load.lines import quoted, shorten, split
from briefgen.load.pages import Page
from briefgen.model.pointers import escape

MAX_DEPTH = 40
MAX_NODES = 50_000

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_INT = re.compile(r"[-+]?[0-9]{1,4000}")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_KEY = "\ufffd"  # stands for a list or mapping where a key must be
_CUT = re.compile(r"[ \t]+(#[^\s#].*)")


class Event(NamedTuple):
    """One step through a text: `scalar`, `map`, `list`, `end`, `alias` or `document`, with its offsets."""

    kind: str
    start: int
    end: int
    value: str = ""
    plain: bool = False
    mark: str = ""  # an anchor or a tag, as written


class Place(NamedTuple):
    """Where a value stands, and its key where it has one; offsets in a page."""

    page: Page
    start: int
    end: int
    key_start: int = -1
    key_end: int = -1


@dataclass
class Built:
    """What a text holds: its value, the place of everything by JSON pointer, and what was found on the way."""

    page: Page
    value: Any = None
    places: dict[str, Place] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)


class _Frame:
    """A list or mapping that is being filled."""

    __slots__ = ("before", "flow", "key", "key_end", "key_start", "pointer", "values")

    def __init__(self, pointer: str, values: dict[str, Any] | list[Any], flow: bool) -> None:
        self.pointer = pointer
        self.values = values
        self.flow = flow  # whether it stands in brackets, where a comma ends a text
        self.before: Written | None = None  # the text that was put in last
        self.key: str | None = None
        self.key_start = self.key_end = -1


class Builder:
    """Takes events one by one; `built` is what came of them."""

    def __init__(self, page: Page) -> None:
        """Begin with nothing."""
        self.built = Built(page)
        self._stack: list[_Frame] = []
        self._nodes = 0
        self._documents = 0
        self._cuts: list[Cut] = []
        self._skipped = 0  # how deep we are in a list or mapping that stands where a key must

    def run(self, events: Iterable[Event]) -> Built:
        """Return what all events make; raise Rejected at once when a limit is passed."""
        try:
            for event in events:
                if self._skipped:
                    self._skipped += (event.kind in ("map", "list")) - (event.kind == "end")
                elif event.kind == "end":
                    self._close(event)
                elif event.kind == "document":
                    self._documents += 1
                    if self._documents > 1:
                        self._say("YML-10", "a second document begins", event, "keep one document a file: remove `---`")
                        break
                else:
                    self._open(event)
        finally:
            self.built.found += commas.findings(self.built.page, self._cuts)
        return self.built

    def _open(self, event: Event) -> None:
        self._limit(event)
        if event.mark:
            self._refuse_mark(event)
        frame = self._stack[-1] if self._stack else None
        if frame and isinstance(frame.values, dict) and frame.key is None:
            self._key(frame, event)
        elif event.kind in ("map", "list"):
            values: dict[str, Any] | list[Any] = {} if event.kind == "map" else []
            flow = self.built.page.text.startswith(("[", "{"), event.start)
            self._stack.append(_Frame(self._put(frame, event, values), values, flow))
        elif frame and frame.flow:
            self._enclosed(frame, event)
        else:
            self._put(frame, event, self._scalar(event))

    def _enclosed(self, frame: _Frame, event: Event) -> None:
        """Take a scalar in brackets, where a comma may have cut it off."""
        if not self._is_cut(frame, event):
            if (
                isinstance(frame.values, list)
                and event.plain
                and frame.before
                and commas.may_go_on(frame.before.value, event.value)
            ):
                self.built.found.append(commas.doubt(self.built.page, Cut(event.start, event.end, frame.before)))
            self._put(frame, event, self._scalar(event))
            frame.before = Written(event.start, event.end, event.value) if event.end > event.start else None
            return
        start, end = (frame.key_start, frame.key_end) if isinstance(frame.values, dict) else (event.start, event.end)
        self._cuts.append(Cut(start, end, frame.before, isinstance(frame.values, list)))
        frame.key = None

    def _is_cut(self, frame: _Frame, event: Event) -> bool:
        """Return whether a comma cut this off: a key without its colon, or the rest of a figure or of a sentence in a list."""
        text = self.built.page.text
        if isinstance(frame.values, dict):
            empty = event.plain and event.start == event.end and frame.key != _NO_KEY
            return empty and ":" not in text[frame.key_end : event.start]
        if not event.plain or frame.before is None:
            return False
        splits = commas.splits_figure(text, frame.before, event.start, event.end)
        return splits or commas.goes_on(event.value) or commas.closes(frame.before.value, event.value)

    def _limit(self, event: Event) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._stop("FIL-06", f"more than {MAX_NODES:,} values", event, "split it into several summaries")
        if event.kind in ("map", "list") and len(self._stack) >= MAX_DEPTH:
            self._stop("FIL-05", f"more than {MAX_DEPTH} levels deep", event, "a summary needs no more than 8")

    def _put(self, frame: _Frame | None, event: Event, value: Any) -> str:  # noqa: ANN401 - what YAML can hold
        """Store a value in the frame; return its pointer."""
        key_start = key_end = -1
        if frame:
            frame.before = None
        if frame is None:
            self.built.value = value
            pointer = ""
        elif isinstance(frame.values, list):
            pointer = f"{frame.pointer}/{len(frame.values)}"
            frame.values.append(value)
        else:
            pointer = f"{frame.pointer}/{escape(frame.key or '')}"
            frame.values[frame.key or ""] = value
            key_start, key_end, frame.key = frame.key_start, frame.key_end, None
        self.built.places[pointer] = Place(self.built.page, event.start, event.end, key_start, key_end)
        return pointer

    def _key(self, frame: _Frame, event: Event) -> None:
        if event.kind in ("map", "list"):
            self._skipped = 1
            what = "a mapping" if event.kind == "map" else "a list"
            hint = self._in_quotes(event) or 'a text that begins with a bracket stands in quotation marks: "{…}"'
            self._say("YML-11", f"{what} stands where a key must", event, hint)
            event = event._replace(value=_NO_KEY)
        first = self.built.places.get(f"{frame.pointer}/{escape(event.value)}")
        if first and event.value in frame.values:
            line = first.page.span(first.key_start, first.key_end).line
            hint = f"it stands in line {line} already: keep one of the two"
            self._say("YML-04", f"the key `{shorten(event.value)}` stands twice", event, hint)
        frame.key, frame.key_start, frame.key_end = event.value, event.start, event.end

    def _scalar(self, event: Event) -> Any:  # noqa: ANN401 - what YAML can hold
        if not event.plain:
            if "\\" in self.built.page.text[event.start : event.end]:  # an escape is what a page's own characters don't show
                self.built.found += in_value(event.value, self.built.page, event.start, event.end)
            return event.value
        cut = _CUT.match(self.built.page.text, event.end)
        if cut:
            self._comment(event, cut[1].split("\n")[0].rstrip())
        return resolve(event.value)

    def _comment(self, event: Event, cut: str) -> None:
        span = self.built.page.span(event.end + 1, event.end + 1 + len(cut))
        hint = f"if they belong to the text, write `{quoted(f'{event.value} {cut}'.strip())}`; a comment has a space after #"
        self.built.found.append(warning("YML-09", f"`{shorten(cut)}` is a comment, and is not printed", span, hint))

    def _refuse_mark(self, event: Event) -> None:
        what = {"*": "an alias", "&": "an anchor", "!": "a tag"}[event.mark[0]]
        message = f"`{shorten(event.mark, 40)}` is {what} of YAML, which has no place here"
        self._say("YML-07", message, event, self._in_quotes(event) or "remove it")

    def _in_quotes(self, event: Event) -> str:
        """Return as a cure the line with its text in quotation marks; empty where the event does not begin the text."""
        span = self.built.page.span(event.start, event.end)
        line = split(self.built.page.line(span.line))
        if line is None or not line.value.startswith(self.built.page.text[event.start : event.start + 1]):
            return ""
        return f"write: {line.quoted.strip()}"

    def _close(self, event: Event) -> None:
        pointer = self._stack.pop().pointer
        place = self.built.places[pointer]
        if self.built.page.text.startswith(("[", "{"), place.start):  # in block style the end lies where the next thing begins
            self.built.places[pointer] = place._replace(end=event.end)

    def _say(self, code: str, message: str, event: Event, *hints: str) -> None:
        self.built.found.append(error(code, message, self.built.page.span(event.start, event.end), *hints))

    def _stop(self, code: str, message: str, event: Event, *hints: str) -> None:
        self._say(code, message, event, *hints)
        raise Rejected(self.built.found)


def resolve(text: str) -> str | int | float | bool | None:
    """Return what a plain scalar means by the core schema of YAML 1.2; a number that is no finite one stays a text."""
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if number - number == 0 else text
    return text
