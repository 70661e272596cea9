"""Where each character of a text stands in the file that writes it: plain, quoted, literal and folded YAML, and JSON.

In: the scalar as written (quotation marks, `>-` and indentation included) and its value. Out: a start and an end for each
character. The scalar is read once more as YAML 1.2.2 has it (§7.3 flow scalars, §8.1 block scalars, as libyaml does it); what
comes out must be the value, or there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_LENGTHS = {"x": 4, "u": 6, "U": 10}  # of \x41, \u0041 and \U00000041
_NAMED = dict(zip("0abtnvfreN_LP", "\0\a\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029", strict=True))  # §5.7; others stand for themselves
_BREAK = re.compile("\r\n|\n|\r")
_WORDS = {style: re.compile(rf"[^ \t\r\n{marks}]+") for style, marks in (("", ""), ("'", "'"), ('"', r"\\"))}
_LINE = re.compile(r"[^\r\n]+")
_BLANKS = re.compile(r"[ \t\r\n]+")
_JOIN = re.compile(r"\\(?:\r\n|\n|\r)[ \t\r\n]*")
_PAIR = re.compile(r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}", re.IGNORECASE)  # JSON: one character in two halves


class Run(NamedTuple):
    """Some characters of a value, and the offsets between which they are written: as they are, or one of them in another form."""

    value: str
    start: int
    end: int


class Aligned(NamedTuple):
    """For each character of a value the offset at which what writes it begins, and the one at which that ends."""

    starts: list[int]
    ends: list[int]


def aligned(raw: str, value: str) -> Aligned | None:
    """Return where the characters of `value` stand in `raw`, which writes it; None where the two do not match."""
    starts: list[int] = []
    ends: list[int] = []
    for run in _runs(raw, value):
        if not value.startswith(run.value, len(starts)):
            break
        same = len(run.value) == run.end - run.start
        starts += range(run.start, run.end) if same else [run.start]
        ends += range(run.start + 1, run.end + 1) if same else [run.end]
    # Of the breaks at the end of a block its chomping may take some away: those are left over here.
    return Aligned(starts, ends) if len(starts) == len(value) else None


def on_lines(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the part of each line of a scalar from one offset to another, without outer blanks and what joins lines."""
    for line in _LINE.finditer(raw, start, end):
        begin, close = line.span()
        joins = len(line[0]) - len(line[0].rstrip("\\")) if raw[0] == '"' and close < end else 0
        words = raw[begin : close - joins % 2]
        begin += len(words) - len(words.lstrip())
        close = begin + len(words.strip())
        if begin < close:
            yield begin, close


def _runs(raw: str, value: str) -> Iterator[Run]:
    style = raw[:1]
    if style and style in "|>":
        return _block(raw, _indent(raw, value), folded=style == ">")
    if style and style in "'\"":
        return _flow(raw, 1, len(raw) - 1, style)
    return _flow(raw, 0, len(raw), "")


def _flow(raw: str, at: int, end: int, style: str) -> Iterator[Run]:
    while at < end:
        if blanks := _BLANKS.match(raw, at, end):
            yield from _blanks(raw, at, blanks.end())
            at = blanks.end()
        elif style == '"' and (joined := _JOIN.match(raw, at, end)):
            yield from (Run("\n", *place) for place in _breaks(raw, at, joined.end())[1:])  # the first one is escaped
            at = joined.end()
        else:
            words = _WORDS[style].match(raw, at, end)
            run = Run(words[0], *words.span()) if words else _one(raw, at, style)
            yield run
            at = run.end


def _blanks(raw: str, start: int, end: int) -> Iterator[Run]:
    """Yield what white space becomes: itself, or a blank for one line break, or one break less than there are."""
    breaks = _breaks(raw, start, end)
    if not breaks:
        yield Run(raw[start:end], start, end)
    elif len(breaks) == 1:
        yield Run(" ", start, breaks[0][1])
    else:
        yield from (Run("\n", *place) for place in breaks[1:])


def _breaks(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in _BREAK.finditer(raw, start, end)]


def _one(raw: str, at: int, style: str) -> Run:
    """Return the character that stands at an offset: as it is, or escaped."""
    if style == "'" and raw.startswith("''", at):
        return Run("'", at, at + 2)
    if style != '"' or raw[at] != "\\":
        return Run(raw[at], at, at + 1)
    letter = raw[at + 1 : at + 2]
    if letter not in _LENGTHS:
        return Run(_NAMED.get(letter, letter), at, at + 2)
    end = at + _LENGTHS[letter]
    code = int(raw[at + 2 : end], 16)
    if _PAIR.match(raw, at):
        return Run(chr(0x10000 + (code - 0xD800 << 10) + int(raw[end + 2 : end + 6], 16) - 0xDC00), at, end + 6)
    return Run(chr(code), at, end)


def _indent(raw: str, value: str) -> int:
    """Return how far a block is set in: what its first line with words has before it, less what of that is the value's own."""
    return max(0, _depth(_BREAK.split(raw)[1:]) - _depth(value.split("\n")))


def _depth(lines: list[str]) -> int:
    depths = ((len(line) - len(line.lstrip(" ")), line) for line in lines)
    blank = 0
    for depth, line in depths:
        if depth < len(line):
            return depth
        blank = max(blank, depth)
    return blank


def _block(raw: str, indent: int, *, folded: bool) -> Iterator[Run]:
    """Yield the characters of a block, all breaks at its end included.

    Of the break between two lines of a folded one comes a blank, or nothing where empty lines follow; it stays where one of
    the two lines begins with a blank.
    """
    head = _BREAK.search(raw)
    at = head.end() if head else len(raw)
    held: tuple[int, int] | None = None  # the break that ended the line before
    inset = True  # whether that line began with a blank
    while at < len(raw):
        empty, at = _empty_lines(raw, at, indent)
        begins_blank = raw[at : at + 1] in (" ", "\t", "")
        if held and (inset or begins_blank or not folded):
            yield Run("\n", *held)
        elif held and not empty:
            yield Run(" ", *held)
        yield from (Run("\n", *place) for place in empty)
        line = _BREAK.search(raw, at)
        end = line.start() if line else len(raw)
        yield Run(raw[at:end], at, end)
        inset, held, at = begins_blank, line.span() if line else None, line.end() if line else end
    if held:
        yield Run("\n", *held)


def _empty_lines(raw: str, at: int, indent: int) -> tuple[list[tuple[int, int]], int]:
    """Return the breaks of the lines without words from an offset on, and the offset behind the next line's indentation."""
    breaks: list[tuple[int, int]] = []
    while True:
        begin = at
        while at - begin < indent and raw[at : at + 1] == " ":
            at += 1
        ended = _BREAK.match(raw, at)
        if ended is None:
            return breaks, at
        breaks.append(ended.span())
        at = ended.end()
