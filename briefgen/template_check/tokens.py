"""`tokens.yaml`: keys that nothing reads, and values of the wrong kind. The packaged tokens are the measure.

In: the source of one tokens file. Out: errors at their lines. A set may add colours and styles; they have the same form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from briefgen.findings.diagnostics import Diagnostic, error
from briefgen.findings.near import did_you_mean, nearest
from briefgen.load.source import Source
from briefgen.model.pointers import escape, parts

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_STYLE: Mapping[str, str] = {
    **dict.fromkeys(("size", "line", "before", "after", "indent", "spacing"), "number"),
    **dict.fromkeys(("bold", "italic", "underline"), "yes or no"),
    **dict.fromkeys(("colour", "rule", "border"), "colour name"),
    "word": "text",
}
_KINDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "number": (lambda v: isinstance(v, (int, float)) and not isinstance(v, bool) and v >= 0, "a number of points, 0 or more"),
    "yes or no": (lambda v: isinstance(v, bool), "true or false"),
    "text": (lambda v: isinstance(v, str) and bool(v.strip()), "a text"),
    "colour": (lambda v: isinstance(v, str) and bool(_HEX.fullmatch(v)), 'a colour: "#RRGGBB", in quotation marks'),
    "texts": (lambda v: isinstance(v, list) and all(isinstance(e, str) for e in v), "a list of texts"),
    "four": (lambda v: _numbers(v, 4), "four numbers of millimetres: top, right, bottom, left"),
    "two": (lambda v: _numbers(v, 2), "two numbers of millimetres: above and below"),
    "mapping": (lambda v: isinstance(v, Mapping), "keys with values"),
}


def _numbers(value: Any, count: int) -> bool:  # noqa: ANN401
    return isinstance(value, list) and len(value) == count and all(_KINDS["number"][0](entry) for entry in value)


def check(source: Source, base: Mapping[str, Any]) -> list[Diagnostic]:
    """Return what is wrong in a tokens file; `base` are the packaged tokens."""
    found = list(_values(source, source.values, "", base))
    colours = {**base["colours"], **_mapping(source.values.get("colours"))}
    for part in ("styles", "large"):
        for name, style in _mapping(source.values.get(part)).items():
            for key, value in _mapping(style).items():
                if _STYLE.get(key) == "colour name" and value not in colours:
                    place = f"/{part}/{escape(str(name))}/{key}"
                    message = f"{part}.{name}.{key} names the colour {value!r}, which is not there"
                    found.append(error("TPL-35", message, source.span(place), _cure(str(value), colours)))
    return found


def _mapping(value: Any) -> Mapping[str, Any]:  # noqa: ANN401
    return value if isinstance(value, Mapping) else {}


def _values(source: Source, values: Mapping[str, Any], at: str, base: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for key, value in values.items():
        place, path = f"{at}/{escape(str(key))}", [*parts(at), str(key)]
        dotted = ".".join(path)
        kind = _kind(path, base)
        if kind is None:
            known = _known(path, base)
            yield error("TPL-35", f"there is no token {dotted!r}", source.key_span(place), _cure(str(key), known))
        elif kind == "colour name":
            continue  # asked once all colours are known
        elif not _KINDS[kind][0](value):
            lost = " after # YAML sees a comment;" if kind == "colour" and value is None else ""
            yield error("TPL-35", f"{dotted} is not what is expected:{lost} write {_KINDS[kind][1]}", source.span(place))
        elif kind == "mapping":
            yield from _values(source, value, place, base)


def _kind(path: list[str], base: Mapping[str, Any]) -> str | None:
    """Return what a token must be by its place; None where there is no such token."""
    head, *rest = path
    if head not in base:
        return None
    if not rest:
        return "mapping"
    if head in ("colours", "tlp"):
        return "colour" if head == "colours" or rest[0] in base["tlp"] else None
    if head in ("styles", "large"):
        return "mapping" if len(rest) == 1 else _STYLE.get(rest[1]) if len(rest) == 2 else None
    if head == "severity":
        known = rest[0] in base["severity"]
        return None if not known else "mapping" if len(rest) == 1 else "colour" if rest[1] in ("fill", "pale") else None
    if head == "fonts" and rest[0] == "word":
        return "mapping" if len(rest) == 1 else "text"
    named = {"size": "text", "margins": "four", "furniture": "two", "body": "text", "headings": "text", "fallback": "texts"}
    return named.get(rest[0]) if len(rest) == 1 and rest[0] in base[head] else None


def _known(path: list[str], base: Mapping[str, Any]) -> Iterable[str]:
    if path[0] in ("styles", "large") and len(path) == 3:
        return _STYLE
    node: Any = base
    for key in path[:-1]:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node if isinstance(node, Mapping) else ()


def _cure(name: str, known: Iterable[str]) -> str:
    rows = list(known)
    return did_you_mean(nearest(name, rows), f"there are {', '.join(rows)}" if rows else "leave it out")
