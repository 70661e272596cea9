"""Diagnostics as text for people, as JSON and as GitHub annotations for machines.

In: diagnostics, and for the text a way to look up a line of a file. Out: strings; nothing is printed here. What stands in a
file is data: its control characters (terminal escapes) are shown as signs, never sent on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from briefgen.findings.codes import SHIPPED, RuleSet
from briefgen.findings.diagnostics import Diagnostic, Severity, Span

Lines = Callable[[str, int], str | None]

SHOWN_OF_A_CODE = {"error": 10, "final": 3, "improve": 3, "info": 3, "waived": 0}
SHOWN_TO_IMPROVE = 5
WIDTH = 100
TAB = 4
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}


def text(
    diagnostics: Sequence[Diagnostic],
    lines: Lines,
    *,
    verbose: bool = False,
    colour: bool = False,
    whole: str = "check -v",
    rules: RuleSet = SHIPPED,
) -> str:
    """Return the findings as text, each with its line, a caret and its cures, and the headline at the end.

    Without `verbose`, the third finding of one code (the tenth where it is an error) folds the rest, at most five things to
    improve are shown, the most valuable, and what is waived is counted only; what befell a batch is shown as errors are.
    `whole` says where all of them stand, `rules` what weighs how much. Empty where there is nothing to say.
    """
    shown = [(row, 0) for row in diagnostics] if verbose else _chosen(diagnostics, rules)
    blocks = [_block(row, more, lines, colour) for row, more in shown]
    head = headline(diagnostics, rules)
    if head and len(shown) < len(diagnostics):
        head += f" (all of them: {whole})"
    return "\n\n".join([*blocks, *([head] if head else [])])


def headline(diagnostics: Iterable[Diagnostic], rules: RuleSet = SHIPPED) -> str:
    """Return `3 to fix before final · 9 to improve`; errors that stop a draft, too, come first as `2 errors`."""
    counts = dict.fromkeys(("error", "final", "improve", "info", "waived"), 0)
    for row in diagnostics:
        counts[_weight(row, rules)] += 1
    words = {
        "error": "error" if counts["error"] == 1 else "errors",
        "final": "to fix before final",
        "improve": "to improve",
        "info": "for information",
        "waived": "waived",
    }
    return " · ".join(f"{count} {words[weight]}" for weight, count in counts.items() if count)


def as_json(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return one plain mapping a finding: severity, code, message, file, line, column, length, path, hints."""
    return [
        {
            "severity": row.severity.value,
            "code": row.code,
            "message": row.message,
            "file": row.span.file if row.span else None,
            "line": row.span.line or None if row.span else None,
            "column": row.span.column or None if row.span else None,
            "length": row.span.length if row.span and row.span.column else None,
            "path": row.path,
            "hints": list(row.hints),
        }
        for row in diagnostics
    ]


def github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands of GitHub Actions, each with its line end: they annotate the lines of a pull request."""
    return "".join(f"{_command(row)}\n" for row in diagnostics)


def _command(row: Diagnostic) -> str:
    name = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}[row.severity]
    fields = {"title": row.code}
    if row.span:
        fields = {"file": row.span.file, **_position(row.span), "title": row.code}
    properties = ",".join(f"{key}={_escape(value, ':,')}" for key, value in fields.items())
    return f"::{name} {properties}::{_escape(chr(10).join((row.message, *row.hints)))}"


def _position(span: Span) -> dict[str, str]:
    numbers = {"line": span.line, "col": span.column, "endColumn": span.column and span.column + span.length}
    return {key: str(number) for key, number in numbers.items() if number}


def _escape(value: str, more: str = "") -> str:
    # As actions/toolkit's core.issueCommand does; the per cent sign first.
    for character in "%\r\n" + more:
        value = value.replace(character, f"%{ord(character):02X}")
    return value


def _weight(row: Diagnostic, rules: RuleSet) -> str:
    if row.is_error:
        return "error"
    if row.severity is Severity.INFO:
        # What weighs more by its code was accepted in the file: it is listed by `check -v` only.
        known = rules.codes.get(row.code)
        return "waived" if known and known.severity is not Severity.INFO else "info"
    return "final" if row.code in rules.before_final else "improve"


def _chosen(diagnostics: Sequence[Diagnostic], rules: RuleSet) -> list[tuple[Diagnostic, int]]:
    """Return what a short report shows, in the order given, each with the number of its code that it stands for."""
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for row in diagnostics:
        groups.setdefault((_weight(row, rules), row.code), []).append(row)
    worth = {code: place for place, code in enumerate(rules.codes)}
    kept: dict[int, int] = {}
    room = SHOWN_TO_IMPROVE
    for weight, code in sorted(groups, key=lambda key: worth.get(key[1], len(worth))):
        rows = groups[weight, code]
        limit = "error" if code.startswith("BAT") else weight  # what befell a batch is nothing to be weighed against style
        count = min(len(rows), SHOWN_OF_A_CODE[limit], room if limit == "improve" else len(rows))
        room -= count if limit == "improve" else 0
        kept |= {id(row): 0 for row in rows[:count]}
        if count:
            kept[id(rows[count - 1])] = len(rows) - count
    return [(row, kept[id(row)]) for row in diagnostics if id(row) in kept]


def _block(row: Diagnostic, more: int, lines: Lines, colour: bool) -> str:
    place = f"{_plain(str(row.span))}: " if row.span else ""
    severity = _paint(f"{row.severity} {row.code}", _COLOURS[row.severity], colour)
    block = [f"{place}{severity} {_plain(row.message)}", *excerpt(row, lines, colour)]
    gutter = " " * (_gutter(row.span) + 1) if len(block) > 1 else "   "
    block += [f"{gutter}= {_plain(hint)}" for hint in row.hints if hint]
    if more:
        block.append(f"{gutter}= and {more} more {row.code}")
    return "\n".join(block)


def _gutter(span: Span | None) -> int:
    return max(5, len(str(span.line)) + 2) if span else 0


def excerpt(row: Diagnostic, lines: Lines, colour: bool = False) -> list[str]:
    """Return the line and the carets below it; nothing where the line is not known."""
    span = row.span
    line = lines(span.file, span.line) if span and span.line else None
    if span is None or line is None:
        return []
    gutter = _gutter(span)
    if not span.column:
        return [f"{span.line:>{gutter}} | {_window(line, 0, 1)[0]}".rstrip()]
    shown, before, under = _window(line, span.column - 1, span.length)
    carets = _paint("^" + "~" * (under - 1), _COLOURS[row.severity], colour)
    return [f"{span.line:>{gutter}} | {shown}".rstrip(), f"{'':>{gutter}} | {' ' * before}{carets}"]


def _window(line: str, start: int, length: int) -> tuple[str, int, int]:
    """Return the part of a line to show, the columns of the screen before the marked part, and how many it covers."""
    before, marked, after = (_plain(part) for part in (line[:start], line[start : start + length], line[start + length :]))
    if width(before + marked + after) > WIDTH:
        marked = _cut(marked, WIDTH // 2)
        room = WIDTH - width(marked) - min(width(after), WIDTH // 4) - 2
        if width(before) > room:
            before = "…" + _cut(before[::-1], room - 1)[::-1].removeprefix("…")
        after = _cut(after, WIDTH - width(before + marked))
    return before + marked + after, width(before), max(1, width(marked))


def _cut(words: str, room: int) -> str:
    """Return as much of the beginning as fits `room` columns, with an ellipsis for the rest."""
    if width(words) <= room:
        return words
    used = 0
    for index, character in enumerate(words):
        used += width(character)
        if used > room - 1:
            return words[:index] + "…"
    return words


def width(words: str) -> int:
    """Return how many columns of a terminal a text takes (Unicode Standard Annex 11): 2 for wide signs, 0 for marks."""
    return sum(_columns(character) for character in words)


def _columns(character: str) -> int:
    if character < "\u0300":  # Latin: the common case
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _plain(words: str) -> str:
    """Return a text without control characters: a tab becomes blanks, the others a replacement sign."""
    if words.isprintable():
        return words
    return "".join(_sign(character) for character in words)


def _sign(character: str) -> str:
    if character == "\t":
        return " " * TAB
    # Cc: controls; Cs: surrogates, which no terminal takes; Zl, Zp: line ends. Bidirectional overrides could turn a line round.
    if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp", "Co") or character in "\u202a\u202b\u202d\u202e\u2066\u2067":
        return "\ufffd"
    return character


def _paint(words: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{words}\x1b[0m" if colour else words
