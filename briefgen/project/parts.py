"""A desk's own rules, readers, writers and drafters: `parts:` of the project's file, each by its dotted name.

In: the project's file, its folder, whether it is trusted. Out: rows as briefgen's own tables have them. A part is loaded when it
is used; what is wrong with it, or what it raises, is a finding at its line, never a traceback.
"""

from __future__ import annotations

import inspect
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefgen import readers, writers
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Span, error
from briefgen.load.source import Source
from briefgen.model import drafting, project_file
from briefgen.model.pointers import escape
from briefgen.project import own_code
from briefgen.registry import Format, by_ending

LIMIT = 50_000_000
"""Bytes of an article that a reader of one's own is given at the most."""
_ENDING = re.compile(r"\.[a-z0-9]{1,10}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,19}")
_FORMAT = re.compile(r"[a-z0-9]{1,10}")
_GIVES = {  # what a part of each kind is called with, and the class of what it gives back
    "reader": (("path", "content"), "Article"),
    "writer": (("document",), "Written"),
    "drafter": (("articles", "settings"), "Drafted"),
}


@dataclass(frozen=True)
class Part:
    """One part: what it is, its dotted name, where the project's file names it. It is called like the function that it names."""

    kind: str
    dotted: str
    span: Span
    loader: own_code.Loader

    def load(self) -> Any:  # noqa: ANN401 - a function, or a rule's row
        """Return what the name stands for; raise Rejected where there is no such thing."""
        try:
            return self.loader.load(self.dotted)
        except own_code.Fault as fault:
            raise self.rejected(fault.code, f"the {self.kind} {self.dotted}: {fault.message}", fault.cure) from fault

    def __call__(self, *given: Any) -> Any:  # noqa: ANN401
        """Return what the function gives; raise Rejected where it is none, fails, or gives something else than it should."""
        asked, wanted = _GIVES[self.kind]
        made = self.guarded(self.function(asked), *given)
        if (type(made).__name__, type(made).__module__.partition(".")[0]) != (wanted, "briefgen"):
            cure = f"it gives back {_a(wanted)}: `from briefgen import {wanted}`"
            raise self.rejected("PRT-04", f"the {self.kind} {self.dotted} gave back {_kind(made)}", cure)
        return made

    def function(self, asked: tuple[str, ...]) -> Callable[..., Any]:
        """Return the function; raise Rejected for what can't be called with as many values as there are names."""
        return self.callable(self.load(), asked)

    def callable(self, found: Any, asked: tuple[str, ...]) -> Callable[..., Any]:  # noqa: ANN401
        """Return what was found, if it can be called so; raise Rejected."""
        cure = f"write `def {self.dotted.partition(':')[2].lower()}({', '.join(asked)})`"
        if not callable(found):
            raise self.rejected("PRT-03", f"the {self.kind} {self.dotted} is no function but {_kind(found)}", cure)
        try:
            inspect.signature(found).bind(*asked)
        except TypeError as fault:
            message = f"the {self.kind} {self.dotted} can't be called with {' and '.join(asked)}: {fault}"
            raise self.rejected("PRT-03", message, cure) from fault
        except ValueError:  # written in C: nobody can tell before it is called
            pass
        made: Callable[..., Any] = found
        return made

    def guarded(self, function: Callable[..., Any], *given: Any) -> Any:  # noqa: ANN401
        """Return what a function gives; raise Rejected with what it raised and where, but for a refusal of its own."""
        try:
            return function(*given)
        except (Rejected, BriefgenError):
            raise
        except (Exception, SystemExit) as fault:
            raise Rejected([self.failed(fault)]) from fault

    def failed(self, fault: BaseException) -> Diagnostic:
        """Return the finding of a part that failed."""
        message = f"the {self.kind} {self.dotted} failed: {own_code.said(fault)}"
        return error("PRT-04", message, self.span, f"mend it at {_where(fault, self.loader.folder)}")

    def rejected(self, code: str, message: str, cure: str) -> Rejected:
        """Return a refusal at the part's line."""
        return Rejected([error(code, message, self.span, cure)])


def _kind(value: object) -> str:
    return "nothing" if value is None else _a(type(value).__name__)


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def _where(fault: BaseException, folder: Path) -> str:
    """Return the innermost line of the part itself that a fault came through, else the innermost of all."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = str(Path(__file__).parents[1])
    theirs = [frame for frame in frames if not frame.filename.startswith(ours)]
    inside = [frame for frame in theirs if Path(frame.filename).is_relative_to(folder)]
    frame = (inside or theirs or frames)[-1]
    path = Path(frame.filename)
    return f"{path.relative_to(folder) if path.is_relative_to(folder) else path.name}:{frame.lineno}"


@dataclass(frozen=True)
class Parts:
    """All parts of a project, by kind; those of readers, writers and drafters by their key."""

    rules: tuple[Part, ...] = ()
    readers: Mapping[str, Part] = field(default_factory=dict)
    writers: Mapping[str, Part] = field(default_factory=dict)
    drafters: Mapping[str, Part] = field(default_factory=dict)

    @property
    def formats(self) -> tuple[Format, ...]:
        """Return every format that can be written: briefgen's, then the project's own."""
        return (*writers.FORMATS, *(_format(name, f".{name}", part) for name, part in self.writers.items()))

    @property
    def articles(self) -> tuple[Format, ...]:
        """Return every form of article that can be read: briefgen's, then the project's own."""
        return (*readers.FORMATS, *(_format(ending[1:], ending, part) for ending, part in self.readers.items()))


def _format(name: str, ending: str, part: Part) -> Format:
    kinds = ("application/octet-stream",)
    return Format(name, part, (ending,), kinds, title=name.upper(), words=f"{name} file", limit=LIMIT, own=True)


def read(file: Source, made: project_file.Parts, loader: own_code.Loader) -> Parts:
    """Return the parts that a project's file names; raise Rejected for names and endings that can't be, all at once."""
    found = [*_names(file, made)]
    if found:
        raise Rejected(found)

    def part(kind: str, at: str, dotted: str) -> Part:
        return Part(kind, dotted, file.span(f"/parts/{at}"), loader)

    def by_key(kind: str, rows: Mapping[str, str]) -> dict[str, Part]:
        return {key: part(kind, f"{kind}s/{escape(key)}", dotted) for key, dotted in rows.items()}

    return Parts(
        tuple(part("rule", f"rules/{index}", dotted) for index, dotted in enumerate(made.rules)),
        by_key("reader", made.readers),
        by_key("writer", made.writers),
        by_key("drafter", made.drafters),
    )


def _names(file: Source, made: project_file.Parts) -> Iterator[Diagnostic]:
    taken = tuple(by_ending(readers.FORMATS))
    yield from _unfit(file, "readers", made.readers, _ENDING, taken, "an ending is a dot and small letters or digits: `.wire`")
    yield from _unfit(file, "writers", made.writers, _FORMAT, writers.names(), "a format is small letters and digits: `md`")
    yield from _unfit(file, "drafters", made.drafters, _NAME, drafting.DRAFTERS, "a drafter is small letters and digits")


def _unfit(
    file: Source, kind: str, rows: Iterable[str], form: re.Pattern[str], taken: Iterable[str], cure: str
) -> Iterator[Diagnostic]:
    for key in rows:
        at = f"/parts/{kind}/{escape(key)}"
        if not form.fullmatch(key):
            yield error("PRT-05", f"`{key}` can't be a key of `parts.{kind}`", file.key_span(at), cure, path=at)
        elif key in taken:
            yield error("PRT-05", f"`{key}` is one of briefgen's own {kind}", file.key_span(at), "take another", path=at)
