"""Problems as data: what is wrong, where, and the cure.

Every stage returns `Diagnostic` rows; a stage that can't go on raises one `Rejected` that carries them all, so that an
author sees every problem at once. `BriefgenError` is the machine's fault (a missing library, an unreadable file).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs: an error blocks, a warning asks, an info tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    """What the comparison of a text with its ground came to, for one thing that it says.

    `CONTRADICTED`: the ground gives another value in the same place. `INVENTED`: no article of the summary gives it, and it
    follows from none. `NOT_FOUND`: the quoted paragraphs don't give it; a warning, whatever the rule weighs.
    """

    CONTRADICTED = "contradicted"
    INVENTED = "invented"
    NOT_FOUND = "not found"


class Span(NamedTuple):
    """A place in a file. Lines and columns count from 1, columns in characters (not bytes); 0 means unknown."""

    file: str
    line: int = 0
    column: int = 0
    length: int = 1

    def __str__(self) -> str:
        """Return `file:line:column`, without the parts that are unknown."""
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


class Said(NamedTuple):
    """The very words that a finding speaks of: as the text reads, and their place on each line of the file that they stand on."""

    words: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `message` is the fact, lower case, no full stop; `hints` are cures; `path` is the field, as a JSON pointer.

    `verdict` is set where a text was compared with its ground. `item` is what `path` lies in, by the id that its author sees, or
    the part of the summary (`title`); `said` the words in question, where a finding is about some words of a text.
    """

    severity: Severity
    code: str
    message: str
    span: Span | None = None
    hints: tuple[str, ...] = ()
    path: str | None = None
    verdict: Verdict | None = None
    item: str = ""
    said: Said | None = None

    @property
    def words(self) -> str:
        """Return the words in question, empty where a finding is about the whole field."""
        return self.said.words if self.said else ""

    @property
    def is_error(self) -> bool:
        """Return whether the finding blocks."""
        return self.severity is Severity.ERROR


def error(code: str, message: str, span: Span | None = None, *hints: str, path: str | None = None) -> Diagnostic:
    """Return an error with its cures."""
    return Diagnostic(Severity.ERROR, code, message, span, hints, path)


def warning(code: str, message: str, span: Span | None = None, *hints: str, path: str | None = None) -> Diagnostic:
    """Return a warning with its cures."""
    return Diagnostic(Severity.WARNING, code, message, span, hints, path)


def info(code: str, message: str, span: Span | None = None, *hints: str, path: str | None = None) -> Diagnostic:
    """Return an information, for the desk only."""
    return Diagnostic(Severity.INFO, code, message, span, hints, path)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any finding blocks."""
    return any(d.is_error for d in diagnostics)


class Rejected(Exception):
    """Content that can't be used as it stands: summary, audience, template, brand. Carries every finding at once."""

    def __init__(self, diagnostics: Sequence[Diagnostic] = ()) -> None:
        """Keep the findings; with one argument only, the exception survives pickling between processes."""
        super().__init__(diagnostics)
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        """Return one line a finding."""
        return "\n".join(f"{d.span or ''} {d.severity} {d.code} {d.message}".strip() for d in self.diagnostics)


class BriefgenError(Exception):
    """The machine's fault (library, font, permission, disk): one sentence, and a hint that says the cure."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the sentence and its cure."""
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the sentence alone."""
        return self.message


class UsageError(BriefgenError):
    """What was asked for can't be done as it was asked: a path that does not exist, or a folder in a file's place."""
