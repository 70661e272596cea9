"""Changes of a YAML text that leave every other line as it is: an item added to a list, a key to a mapping, a word replaced.

In: a `Source`. Out: another, read anew from the changed text, so that its places are right for the next change. Lists and
mappings in flow style (`[a, b]`, `{a: b}`) are first written in block style, where lines can be added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from briefgen.load.source import Source, parse
from briefgen.model import pointers

_DASH = re.compile(r"^([ ]*)-(?:[ ]+|$)")
_STEP = 2


def replaced(source: Source, changes: Sequence[tuple[str, str]]) -> Source:
    """Return the source with other values, given as pointer and text to write, quotation marks included."""
    text = source.text
    spans = sorted(((source.places[pointer], written) for pointer, written in changes), key=lambda row: row[0].start)
    for place, written in reversed(spans):
        text = text[: place.start] + written + text[place.end :]
    return _again(source, text)


def appended(source: Source, pointer: str, chunks: Sequence[str]) -> Source:
    """Return the source with more items in a list, each as `chunk` gives it; the list is made where there is none."""
    if not chunks:
        return source
    source = blocked(source, pointer) if source.value(pointer) else source
    values = source.value(pointer)
    if values:
        last = f"{pointer}/{len(values) - 1}"
        return _inserted(source, _last_line(source, last) + 1, [_shifted(chunk, _dash(source, last)[1]) for chunk in chunks])
    if pointer in source.places and pointer:  # a key with nothing after it, or with []
        source = _emptied(source, pointer)
        line = _line(source, source.places[pointer].key_start)
        indent = source.places[pointer].key_start - _start(source, line) + _STEP
        return _inserted(source, line + 1, [_shifted(chunk, indent) for chunk in chunks])
    parent, key = pointers.parent(pointer), pointers.last(pointer)
    return keyed(source, parent, f"{key}:\n" + "\n".join(_shifted(chunk, _STEP) for chunk in chunks))


def keyed(source: Source, pointer: str, entry: str) -> Source:
    """Return the source with one more entry at the end of a mapping: `key: value` in lines that begin at column 0."""
    if pointer and pointer not in source.places:
        parent, key = pointers.parent(pointer), pointers.last(pointer)
        return keyed(source, parent, f"{key}:\n" + _shifted(entry, _STEP))
    source = blocked(source, pointer) if pointer else source
    values = source.value(pointer)
    last = pointer + pointers.joined(list(values)[-1:])
    place = source.places[last]
    indent = place.key_start - _start(source, _line(source, place.key_start))
    return _inserted(source, _last_line(source, last) + 1, [_shifted(entry, indent)])


def chunk(source: Source, pointer: str) -> str:
    """Return an item of a block list as its lines from column 0, its dash and the comments above it included."""
    first, indent = _dash(source, pointer)
    lines = source.text.splitlines()
    stop = _before(source, pointer)
    while first - 1 > stop and (not lines[first - 1].strip() or lines[first - 1].lstrip().startswith("#")):
        first -= 1
    while not lines[first].strip():
        first += 1
    return _moved(lines[first : _last_line(source, pointer) + 1], indent)


def entry(source: Source, pointer: str) -> str:
    """Return a key of a block mapping with its value as lines from column 0."""
    place = source.places[pointer]
    first = _line(source, place.key_start)
    column = place.key_start - _start(source, first)
    lines = source.text.splitlines()[first : _last_line(source, pointer) + 1]
    return _moved([" " * column + lines[0][column:], *lines[1:]], column)


def blocked(source: Source, pointer: str) -> Source:
    """Return the source with a list or mapping in block style, whether it stands behind a key or behind the dash of an item."""
    for outer in reversed([*pointers.upwards(pointers.parent(pointer))][:-1]):
        source = _blocked(source, outer)  # within brackets stand only brackets
    return _blocked(source, pointer)


def _blocked(source: Source, pointer: str) -> Source:
    place = source.places[pointer]
    if source.text[place.start : place.start + 1] not in ("{", "["):
        return source
    written = dump(source.value(pointer))
    first = _line(source, place.start)
    if _DASH.match(source.text.splitlines()[first]) and place.key_start < 0:
        _, indent = _dash(source, pointer)
        made = _shifted(written, indent + _STEP).lstrip()
    else:
        indent = place.key_start - _start(source, _line(source, place.key_start)) + _STEP
        made = "\n" + _shifted(written, indent)
    rest = source.text[place.end :]
    end = rest.find("\n")
    trailing = (rest if end < 0 else rest[:end]).strip()
    after = "" if end < 0 else rest[end:]
    comment = f"\n{' ' * indent}{trailing}" if trailing.startswith("#") else trailing
    return _again(source, source.text[: place.start].rstrip(" ") + (made if made[0] == "\n" else " " + made) + comment + after)


def without(source: Source, pointer: str) -> Source:
    """Return the source without a key of a block mapping and its value; as it is where the key is not written."""
    place = source.places.get(pointer)
    if place is None or place.page is not source.places[""].page:
        return source
    first, last = _line(source, place.key_start), _last_line(source, pointer)
    lines = source.text.splitlines()
    return _again(source, "\n".join([*lines[:first], *lines[last + 1 :]]) + "\n")


def indented(text: str) -> str:
    """Return lines one step to the right."""
    return _shifted(text, _STEP)


def dump(value: Any) -> str:  # noqa: ANN401 - whatever a file holds
    """Return a value as YAML in block style, in the order it has, without a last line end."""
    import yaml

    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=120, default_flow_style=False)).rstrip("\n")


def comments(source: Source) -> Iterator[str]:
    """Yield the comments of a file in order, without what is text in a value."""
    leaves = sorted(
        (place.start, place.end)
        for pointer, place in source.places.items()
        if place.page is source.places[""].page and not isinstance(source.value(pointer), (dict, list))
    )
    position = 0
    for match in re.finditer(r"(?:^|(?<=\s))#[^\n]*", source.text, re.MULTILINE):
        while position < len(leaves) and leaves[position][1] <= match.start():
            position += 1
        if position == len(leaves) or not leaves[position][0] <= match.start():
            yield match[0].strip()


# --- lines and columns ----------------------------------------------------------------------------------------------


def _again(source: Source, text: str) -> Source:
    return parse(text, source.path.with_suffix(".yaml"), source.name)


def _line(source: Source, offset: int) -> int:
    return source.text.count("\n", 0, offset)


def _start(source: Source, line: int) -> int:
    offset = 0
    for _ in range(line):
        offset = source.text.index("\n", offset) + 1
    return offset


def _last_line(source: Source, pointer: str) -> int:
    """Return the last line of a value; blank lines and comments behind it are not its own."""
    below = pointer + "/"
    ends = [
        max(place.end, place.key_end)
        for name, place in source.places.items()
        if name == pointer or name.startswith(below)
        if not isinstance(source.value(name), (dict, list)) or source.text[place.start : place.start + 1] in ("{", "[")
    ]
    return _line(source, len(source.text[: max(ends)].rstrip()))


def _dash(source: Source, pointer: str) -> tuple[int, int]:
    """Return the line of an item's dash and the dash's column."""
    line = _line(source, source.places[pointer].start)
    lines = source.text.splitlines()
    while line >= 0:
        match = _DASH.match(lines[line])
        if match:
            return line, len(match[1])
        line -= 1
    raise ValueError(f"{pointer} is no item of a block list")


def _before(source: Source, pointer: str) -> int:
    """Return the last line of what stands before an item: the item above it, or the key of its list."""
    above, number = pointers.parent(pointer), pointers.last(pointer)
    if int(number):
        return _last_line(source, f"{above}/{int(number) - 1}")
    return _line(source, source.places[above].key_end)


def _emptied(source: Source, pointer: str) -> Source:
    """Return the source with nothing after a key that holds an empty list or nothing."""
    place = source.places[pointer]
    if place.start == place.end:
        return source
    return _again(source, source.text[: place.key_end] + ":" + source.text[place.end :])


def _moved(lines: Sequence[str], column: int) -> str:
    """Return lines moved to the left; a line that begins left of the column begins at 0."""
    return "\n".join(line[min(column, len(line) - len(line.lstrip(" "))) :].rstrip() for line in lines)


def _shifted(text: str, indent: int) -> str:
    return "\n".join(" " * indent + line if line.strip() else "" for line in text.split("\n"))


def _inserted(source: Source, line: int, pieces: Sequence[str]) -> Source:
    lines = source.text.splitlines()
    return _again(source, "\n".join([*lines[:line], *pieces, *lines[line:]]) + "\n")
