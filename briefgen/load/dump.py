"""Plain values → the YAML of a summary as a person would write it, with comments. What it writes, `load` reads back as it was.

Mappings and lists stand in block form; a text is in quotation marks wherever YAML could take it for something else. A comment
stands above the value that its JSON pointer names; one whose pointer ends in `/-` stands at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefgen.load.lines import quoted
from briefgen.load.starter import HEAD, flow

_NUMBER = re.compile(r"[-+.\d][\w.+-]*")
_DAY = re.compile(r"\d{4}(-\d\d){1,2}")

Comments = Mapping[str, Sequence[str]]


def dump(values: Mapping[str, Any], comments: Comments | None = None) -> str:
    """Return the text of a summary's file; the comment of the pointer `""` stands at its head."""
    told = comments or {}
    head = [HEAD.rstrip("\n"), *_comment(told.get("", ()), ""), ""]
    lines: list[str] = []
    for key, value in values.items():
        if lines and isinstance(value, (Mapping, list, tuple)):
            lines.append("")
        lines += _entry(key, value, f"/{key}", "", told)
    tail = ["", *_comment(told["/-"], "")] if told.get("/-") else []
    return "\n".join([*head, *lines, *tail]) + "\n"


def _entry(key: str, value: Any, pointer: str, indent: str, told: Comments) -> Iterator[str]:  # noqa: ANN401 - any value of YAML
    yield from _comment(told.get(pointer, ()), indent)
    if isinstance(value, Mapping) and value:
        yield f"{indent}{key}:"
        for name, inner in value.items():
            yield from _entry(name, inner, f"{pointer}/{name}", indent + "  ", told)
    elif isinstance(value, (list, tuple)) and any(isinstance(item, Mapping) or _is_prose(item) for item in value):
        yield f"{indent}{key}:"
        for index, item in enumerate(value):
            yield from _item(item, f"{pointer}/{index}", indent + "  ", told)
    else:
        yield f"{indent}{key}: {scalar(value)}"


def _item(item: Any, pointer: str, indent: str, told: Comments) -> Iterator[str]:  # noqa: ANN401
    yield from _comment(told.get(pointer, ()), indent)
    if not isinstance(item, Mapping):
        yield f"{indent}- {scalar(item)}"
        return
    first = True
    for key, value in item.items():
        for line in _entry(key, value, f"{pointer}/{key}", indent + "  ", told):
            yield f"{indent}- {line[len(indent) + 2 :]}" if first and not line.lstrip().startswith("#") else line
            first = first and line.lstrip().startswith("#")


def _comment(lines: Sequence[str], indent: str) -> Iterator[str]:
    """Yield lines as comments: what can't be shown, line breaks among it, becomes a blank."""
    for line in lines:
        shown = "".join(sign if sign.isprintable() else " " for sign in line)
        yield f"{indent}# {shown}"


def scalar(value: Any) -> str:  # noqa: ANN401
    """Return a value on one line; signs that YAML does not take as they are, in its own escapes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_enclosed(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_enclosed, value)) + "]"
    if isinstance(value, str) and not _safe(value):
        return '"' + "".join(_escaped(sign) for sign in value) + '"'
    return quoted(value) if isinstance(value, str) and _is_taken(value) else flow(value)


def _enclosed(value: Any) -> str:  # noqa: ANN401
    """Return a value as it stands in brackets: words in quotation marks, where a comma that is added would cut them off."""
    return quoted(value) if _is_prose(value) and _safe(value) else scalar(value)


def _is_prose(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str) and " " in value


def _is_taken(text: str) -> bool:
    """Return whether YAML takes a plain text for a number, a truth value or nothing; a date is a text to our loader."""
    return text.lower() in ("true", "false", "null") or (bool(_NUMBER.fullmatch(text)) and not _DAY.fullmatch(text))


def _safe(text: str) -> bool:
    return all(sign.isprintable() or sign in "\u00a0\u202f\u00ad\u200b" for sign in text)


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if sign.isprintable() else f"\\U{ord(sign):08X}"
