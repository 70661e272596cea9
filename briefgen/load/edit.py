"""Small edits of a summary's file: set a value at a JSON pointer, and change nothing else of the text.

In: a `Source` and changes. Out: the new text. Only the characters of the value, or one new `key: value`, differ; comments and
layout stay. The result is read again: it must hold the old values and the changes, nothing else, or the edit is refused.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from briefgen.files import rewrite, standing
from briefgen.findings.diagnostics import BriefgenError, Rejected
from briefgen.load.build import resolve
from briefgen.load.source import Source, parse
from briefgen.model import pointers

_PLAIN = re.compile(r"[^\W\d_¶][^\n:#,\[\]{}\"'&*!|>%@`]{0,200}|¶[\d¶–-]{1,20}|[0-9a-f]{64}")
_UNSAFE = re.compile(r"^[-?:](?:\s|$)|^[,\[\]{}#&*!|>'\"%@`]|:(?:\s|$)|\s#")
_CUT = re.compile(r"[,\[\]{}]")
_BREAKS = re.compile("[\t\n\r\u0085\u2028\u2029]")  # what a line breaks at, to YAML 1.1 or 1.2; a tab is none, and may be lost
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


class Change(NamedTuple):
    """A text to be put at a JSON pointer; `after` names the neighbours that a new key goes behind, the first that is there.

    With `words` (start and end in the old text, and what is to stand there) only these words are written, not the whole text.
    """

    pointer: str
    value: str
    after: Sequence[str] = ()
    words: Sequence[tuple[int, int, str]] = ()


class _Spot(NamedTuple):
    start: int
    end: int
    words: str


def edited(source: Source, changes: Iterable[Change]) -> tuple[str, list[Change]]:
    """Return the text with the changes, and those that were made; what can't be placed safely is left as it is."""
    rows = sorted(((spot, change) for change in changes for spot in _spots(source, change)), key=lambda row: row[0].start)
    text, made = _made(source, rows)
    if text is None:  # one of them makes another thing of the file: the others are made all the same
        alone = [change for change in made if _made(source, [row for row in rows if row[1] == change])[0] is not None]
        text, made = _made(source, [row for row in rows if row[1] in alone])
    if text is None:
        raise BriefgenError(f"{source.name} could not be edited safely", "make the changes by hand; nothing was written")
    return text, made


def _made(source: Source, rows: Sequence[tuple[_Spot, Change]]) -> tuple[str | None, list[Change]]:
    """Return the text with some changes, None where it does not read back as the old values with these changes; and them."""
    text = source.text
    for spot, _ in reversed(rows):
        text = text[: spot.start] + spot.words + text[spot.end :]
    made = list(dict.fromkeys(change for _, change in rows))
    try:
        good = not made or parse(text, source.path, source.name).values == _expected(source.values, made)
    except Rejected:
        good = False
    return text if good else None, made


def save(source: Source, text: str, *, backup: bool = True) -> None:
    """Write the new text in the place of the file; raise BriefgenError where the file has changed since it was read.

    With `backup`, what stood there is kept beside it.
    """
    before = standing(source.path) or b""
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    try:
        same = before.decode("utf-8-sig") == source.text
    except UnicodeDecodeError:
        same = False
    if not same:
        raise BriefgenError(f"{source.name} changed while it was checked, or is not in UTF-8", "run the command again")
    rewrite(source.path, mark + text.encode("utf-8"), before, backup=backup)


def _expected(values: dict[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    values = deepcopy(values)
    for change in changes:
        holder, key = pointers.get(values, pointers.parent(change.pointer)), pointers.last(change.pointer)
        holder[int(key) if isinstance(holder, list) else key] = change.value
    return values


def _spots(source: Source, change: Change) -> list[_Spot]:
    """Return where a change is to be written; nowhere if a single word of it can't be placed safely."""
    spots = [_word(source, change.pointer, *row) for row in change.words] or [_spot(source, change)]
    found = [spot for spot in spots if spot] if all(spots) else []
    return [_in_marks(source, change)] if found and change.words and _needs_marks(source, change, found) else found


def _needs_marks(source: Source, change: Change, spots: Sequence[_Spot]) -> bool:
    """Return whether a text without quotation marks would be read as something else once the words are written."""
    place = source.places[change.pointer]
    if source.text[place.start] in '"|>' or source.path.suffix.lower() == ".json":
        return False
    if any(_BREAKS.search(spot.words) for spot in spots):
        return True
    if source.text[place.start] == "'":
        return False
    made, at = "", place.start
    for spot in sorted(spots):
        made, at = made + source.text[at : spot.start] + spot.words, spot.end
    made = (made + source.text[at : place.end]).strip()
    enclosed = any(source.raw(outer)[:1] in ("[", "{") for outer in pointers.upwards(pointers.parent(change.pointer)))
    return bool(
        change.value != change.value.strip() or _UNSAFE.search(made) or (enclosed and _CUT.search(made)) or resolve(made) != made
    )


def _in_marks(source: Source, change: Change) -> _Spot:
    place = source.places[change.pointer]
    return _Spot(place.start, place.end, _in_double(change.value))


def _in_double(text: str) -> str:
    """Return a text in double quotation marks, as YAML and JSON read it."""
    return _BREAKS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))


def _word(source: Source, pointer: str, start: int, end: int, words: str) -> _Spot | None:
    """Return where some characters of a text stand; None in another file, or where what writes them can't be made out."""
    place = source.places.get(pointer)
    aligned = source.aligned(pointer) if place is not None and place.page.name == source.name else None
    edges = [*aligned.starts, *aligned.ends[-1:]] if aligned else []  # what folds a line goes with its blank
    if place is None or not 0 <= start <= end < len(edges):
        return None
    style = source.text[place.start]
    if style == "'":
        words = words.replace("'", "''")
    elif style == '"':
        words = _in_double(words)[1:-1]
    return _Spot(place.start + edges[start], place.start + edges[end], words)


def _spot(source: Source, change: Change) -> _Spot | None:
    """Return what is to be replaced by what, None where a value stands in another file or in a form that is left alone."""
    place = source.places.get(change.pointer)
    json_file = source.path.suffix.lower() == ".json"
    if place is not None:
        if place.page.name != source.name or place.start == place.end or "\n" in source.text[place.start : place.end]:
            return None
        return _Spot(place.start, place.end, _written(change.value, source.text[place.start], json_file))
    parent, key = pointers.parent(change.pointer), pointers.last(change.pointer)
    beside = next((p for name in change.after if (p := source.places.get(f"{parent}/{name}")) is not None), None)
    if beside is None or beside.page.name != source.name or beside.key_start < 0 or beside.end <= beside.start:
        return None
    outer = source.places[parent]
    if source.text[outer.start : outer.start + 1] == "{":
        return _in_braces(source.text, beside.key_start, beside.end, key, change.value, json_file)
    return _on_a_line(source.text, beside.key_start, beside.end, key, change.value)


def _in_braces(text: str, key_start: int, end: int, key: str, value: str, json_file: bool) -> _Spot:
    lead = re.search(r"[\r\n]+[ \t]*$", text[:key_start])
    comma = f",{lead[0]}" if lead else ", "
    name = json.dumps(key) if json_file else key
    return _Spot(end, end, f"{comma}{name}: {_written(value, '', json_file)}")


def _on_a_line(text: str, key_start: int, end: int, key: str, value: str) -> _Spot | None:
    """Return the new line behind the one on which the neighbour's value ends; a comment there stays on its line."""
    begin = max(text.rfind("\n", 0, key_start), text.rfind("\r", 0, key_start)) + 1
    before = text[begin:key_start]
    if before.strip(" -") or "\t" in before:
        return None
    indent = " " * len(before)
    broken = "\r\n" if "\r\n" in text else "\n"
    line = f"{indent}{key}: {_written(value, '', False)}"
    if text[end - 1] in "\r\n":  # a block of text ends with its line
        return _Spot(end, end, f"{line}{broken}")
    rest = re.match(r"[ \t]*(?:#[^\r\n]*)?(?=\r|\n|$)", text[end:])
    if rest is None:
        return None
    return _Spot(end + rest.end(), end + rest.end(), f"{broken}{line}")


def written(value: str) -> str:
    """Return a text as a new scalar of YAML, in quotation marks where it needs some."""
    return _written(value, "", json_file=False)


def _written(value: str, like: str, json_file: bool) -> str:
    """Return a text as a scalar: in quotation marks where it had some or needs some."""
    if json_file:
        return _in_double(value)
    if like == "'" and "'" not in value:
        return f"'{value}'"
    hexadecimal = re.fullmatch(r"\d+(?:e\d+)?", value)  # a digest of digits only would be read as a number
    if like == '"' or not _PLAIN.fullmatch(value) or value.strip() != value or value.lower() in _WORDS or hexadecimal:
        return _in_double(value)
    return value
