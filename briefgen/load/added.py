"""More items at the end of a list of a summary's file, such as a waiver: not one character of what stands there is changed.

In: a `Source` of one file, the key of a list, mappings of texts. Out: the new text. Where the list, or the file, is written in
brackets, as JSON is, the new items are, too; else each is a few lines of YAML behind the last one. The result is read again: it
must hold the old values and the new items, nothing else, or the edit is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from briefgen.findings.diagnostics import BriefgenError, Rejected
from briefgen.load import splice
from briefgen.load.edit import written
from briefgen.load.source import Source, parse

_LEAD = re.compile(r"[\r\n]+[ \t]*$")


def added(source: Source, key: str, rows: Sequence[Mapping[str, str]]) -> str:
    """Return the text of the file with these rows at the end of a list at its top; raise BriefgenError where that is not safe."""
    held = source.values.get(key)
    before = held if isinstance(held, list) else []
    try:
        text = _added(source, key, rows, before)
        same = parse(text, source.path, source.name).values == {**source.values, key: [*before, *map(dict, rows)]}
    except (Rejected, ValueError, KeyError, IndexError):
        same = False
    if not same or (held is not None and not isinstance(held, list)):
        raise BriefgenError(f"{source.name} could not be edited safely", f"add `{key}` by hand; nothing was written")
    return text


def _added(source: Source, key: str, rows: Sequence[Mapping[str, str]], before: Sequence[object]) -> str:
    text, place = source.text, source.places.get(f"/{key}")
    if place is not None and text[place.start : place.start + 1] == "[":
        if before:
            last = source.places[f"/{key}/{len(before) - 1}"]
            return _behind(text, last.start, last.end, [_in_braces(source, row) for row in rows])
        return text[: place.start] + f"[{', '.join(_in_braces(source, row) for row in rows)}]" + text[place.end :]
    if text[source.places[""].start : source.places[""].start + 1] == "{":
        last = source.places[f"/{list(source.values)[-1]}"]
        entry = f'"{key}": [{", ".join(_in_braces(source, row) for row in rows)}]'
        return _behind(text, last.key_start, last.end, [entry])
    return splice.appended(source, f"/{key}", [_in_lines(row) for row in rows]).text


def _behind(text: str, start: int, end: int, entries: Sequence[str]) -> str:
    """Return a text with entries behind one that stands in brackets, each on a line of its own where that one is."""
    lead = _LEAD.search(text[:start])
    comma = f",{lead[0]}" if lead else ", "
    return text[:end] + "".join(f"{comma}{entry}" for entry in entries) + text[end:]


def _in_braces(source: Source, row: Mapping[str, str]) -> str:
    if source.path.suffix.lower() == ".json":
        return json.dumps(dict(row), ensure_ascii=False)
    return f"{{{', '.join(f'{name}: {written(value)}' for name, value in row.items())}}}"


def _in_lines(row: Mapping[str, str]) -> str:
    first, *rest = [f"{name}: {written(value)}" for name, value in row.items()]
    return "\n".join([f"- {first}", *(f"  {line}" for line in rest)])
