"""The text of a mail → letters: its own words, and what it quotes or forwards, each apart; signatures are taken out.

In: plain text. Out: texts, the newest first. Marks: `>` before quoted lines and the line above them, the block of lines that a
mail program writes above what it forwards, `-- ` above a signature (RFC 3676, 4.3 and 4.5).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from briefgen.language.dates import dates

LEVELS = 6
_QUOTED = re.compile(r"\s{0,3}>")
_MARK = re.compile(r"\s{0,3}> ?")
_HEADED = re.compile(r"[*_]{0,2}[^\W\d_][\w ./-]{1,24}[*_]{0,2}\s?:[*_]{0,2}\s+\S.*")
_FORWARDED = re.compile(r"\s*(?:-{2,}.{0,60}-{2,}|_{10,}|[^.]{3,40}:)\s*")
_ADDRESS = re.compile(r"[^\s@]@[^\s@]")


class Letter(NamedTuple):
    """One text in a mail, and the day on which it was sent where the mail says it."""

    text: str
    published: str = ""


class Letters(NamedTuple):
    """The texts in a mail, and whether a signature was taken out."""

    letters: list[Letter]
    signed: bool


def letters(text: str) -> Letters:
    """Return the letters in a text."""
    found: list[Letter] = []
    signed, published = False, ""
    for _ in range(LEVELS):
        lines = text.split("\n")
        own, quoted, day = _level(lines)
        own, without = _unsigned(own)
        signed = signed or without
        found.append(Letter("\n".join(own).strip("\n"), published))
        if not quoted:
            return Letters(found, signed)
        text, published = "\n".join(quoted), day
    return Letters([*found, Letter(text, published)], signed)


def _level(lines: list[str]) -> tuple[list[str], list[str], str]:
    """Return the own lines of a text, those that it quotes, and the day of those."""
    head = _header(lines)
    if head:
        start, stop, day = head
        return lines[:start], lines[stop:], day
    quoted = [at for at, line in enumerate(lines) if _QUOTED.match(line)]
    if len(quoted) < 2:
        return lines, [], ""
    told, day = _announced(lines, quoted[0])
    own = [line for at, line in enumerate(lines) if at not in told and not _QUOTED.match(line)]
    return own, [_MARK.sub("", lines[at], count=1) for at in quoted], day


def _header(lines: list[str]) -> tuple[int, int, str] | None:
    """Return where the first block above a forwarded mail begins and ends, and its day: lines with names, address and date."""
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and _HEADED.fullmatch(lines[stop]):
            stop += 1
        block = lines[at:stop]
        if len(block) >= 3 and any(map(_ADDRESS.search, block)) and (day := _day(block)):
            start = at
            while start and not lines[start - 1].strip():
                start -= 1
            start -= bool(start and _FORWARDED.fullmatch(lines[start - 1]))
            return (start if start < at and lines[start].strip() else at), stop, day
        at = max(stop, at + 1)
    return None


def _announced(lines: list[str], first: int) -> tuple[range, str]:
    """Return the lines above a quotation that say who wrote it and when, and the day."""
    stop = first
    while stop and not lines[stop - 1].strip():
        stop -= 1
    if not stop or not lines[stop - 1].rstrip().endswith(":"):
        return range(0), ""
    for start in range(stop - 1, max(-1, stop - 4), -1):
        if not lines[start].strip():
            break
        block = lines[start:stop]
        if len(" ".join(block)) < 300 and (day := _day(block)):
            return range(start, stop), day
    return range(0), ""


def _day(lines: list[str]) -> str:
    return next((str(row) for line in lines for row in dates(line) if row.year and row.day), "")


def _unsigned(lines: list[str]) -> tuple[list[str], bool]:
    """Return lines up to the mark of a signature, which is two hyphens alone on a line."""
    at = next((at for at, line in enumerate(lines) if line.rstrip() == "--"), None)
    return (lines, False) if at is None else (lines[:at], True)
