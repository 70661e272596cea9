"""The lines of a file that a finding speaks of, with carets under the very words; and any text as a terminal can show it.

In: spans, and a way to look up a line of a file. Out: lines. What stands in a file is data: its control characters (terminal
escapes) are shown as signs, never sent on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from briefgen.findings.diagnostics import Diagnostic, Severity, Span

Lines = Callable[[str, int], str | None]

WIDTH = 100
TAB = 4
MARKED = 2
"""How many lines are shown of words that run over several; the rest is an ellipsis."""
COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}


def gutter(span: Span | None) -> int:
    """Return how many columns stand before the bar: as many as the line's number takes, and two."""
    return max(5, len(str(span.line)) + 2) if span else 0


def excerpt(row: Diagnostic, lines: Lines, colour: bool = False) -> list[str]:
    """Return the lines that the words stand on, each with its carets below it; nothing where no line is known."""
    spans = row.said.spans if row.said else (row.span,) if row.span else ()
    made = [line for span in spans[:MARKED] for line in _marked(span, row.severity, lines, colour)]
    if made and len(spans) > MARKED:
        made.append(f"{'':>{gutter(row.span)}} | …")
    return made


def _marked(span: Span, severity: Severity, lines: Lines, colour: bool) -> list[str]:
    line = lines(span.file, span.line) if span.line else None
    if line is None:
        return []
    room = gutter(span)
    if not span.column:
        return [f"{span.line:>{room}} | {_window(line, 0, 1)[0]}".rstrip()]
    shown, before, under = _window(line, span.column - 1, span.length)
    carets = paint("^" + "~" * (under - 1), COLOURS[severity], colour)
    return [f"{span.line:>{room}} | {shown}".rstrip(), f"{'':>{room}} | {' ' * before}{carets}"]


def _window(line: str, start: int, length: int) -> tuple[str, int, int]:
    """Return the part of a line to show, the columns of the screen before the marked part, and how many it covers."""
    before, marked, after = (plain(part) for part in (line[:start], line[start : start + length], line[start + length :]))
    if width(before + marked + after) > WIDTH:
        behind = min(width(after), WIDTH // 4)
        marked = _cut(marked, WIDTH - min(width(before), WIDTH // 4) - behind)
        room = WIDTH - width(marked) - behind
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


def plain(words: str) -> str:
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


def paint(words: str, code: str, colour: bool) -> str:
    """Return words in a colour of the terminal, where one is asked for."""
    return f"\x1b[{code}m{words}\x1b[0m" if colour else words
