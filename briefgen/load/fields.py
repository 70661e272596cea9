"""Look a field up by the path of a value: its description and examples, and which keys its mapping may have."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from briefgen.load.lines import quoted

Location = Sequence[int | str]


def keys(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a model by the key that a file writes."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def owner(model: type[BaseModel], path: Location) -> type[BaseModel] | None:
    """Return the model of the mapping that a path leads to, None where it leads to none."""
    return next((found for found in _follow(model, path) if is_model(found)), None)


def field(model: type[BaseModel], path: Location) -> FieldInfo | None:
    """Return the field that a path ends in; for an item of a list, the list's field."""
    names = [index for index, part in enumerate(path) if isinstance(part, str)]
    if not names:
        return None
    last = names[-1]
    holder = owner(model, path[:last])
    return keys(holder).get(str(path[last])) if holder else None


def homes(model: type[BaseModel], name: str) -> list[str]:
    """Return the top-level keys of a model inside which a key is known: `outlook` for `scenarios`."""
    found = []
    for key, info in keys(model).items():
        inner = (member for member in _members(info.annotation) if is_model(member))
        if any(name in keys(member) for member in inner):
            found.append(key)
    return found


def all_keys(model: type[BaseModel]) -> Iterator[str]:
    """Yield every key that a file of this model may write, at any depth; a model that holds itself is followed once."""
    waiting, seen = [model], set[type[BaseModel]]()
    while waiting:
        found = waiting.pop()
        if found not in seen:
            seen.add(found)
            yield from keys(found)
            waiting += [member for info in keys(found).values() for member in _members(info.annotation) if is_model(member)]


def is_model(annotation: Any) -> bool:  # noqa: ANN401 - any annotation
    """Return whether an annotation is a pydantic model."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def inner(info: FieldInfo) -> type[BaseModel] | None:
    """Return the model of a field, or of the items of its list; None where it holds plain values."""
    return next((member for member in _members(info.annotation) if is_model(member)), None)


def is_list(info: FieldInfo) -> bool:
    """Return whether a field is a list."""
    return any(get_origin(member) in (tuple, list) for member in _alternatives(info.annotation))


def choices(info: FieldInfo) -> list[str]:
    """Return the words that a field may hold, empty where it is free."""
    for member in _members(info.annotation):
        if isinstance(member, type) and issubclass(member, Enum):
            return [str(choice.value) for choice in member]
        if get_origin(member) is Literal:
            return [str(choice) for choice in get_args(member)]
    return []


def described(info: FieldInfo | None) -> tuple[str, Any]:
    """Return what a field is, without full stop, and its first example: from the field, else from the type it names."""
    if info is None:
        return "", None
    for found in (info, *_metadata(info.annotation)):
        if found.description or found.examples:
            return (found.description or "").rstrip("."), next(iter(found.examples or ()), None)
    return "", None


def _metadata(annotation: Any) -> Iterator[FieldInfo]:  # noqa: ANN401
    if get_origin(annotation) in (Union, types.UnionType):
        for inner in get_args(annotation):
            yield from _metadata(inner)
    yield from (item for item in getattr(annotation, "__metadata__", ()) if isinstance(item, FieldInfo))


def _follow(annotation: Any, path: Location) -> Iterator[Any]:  # noqa: ANN401
    """Yield what an annotation may be at the end of a path, through lists, mappings and alternatives."""
    if not path:
        yield from (inner for inner in _alternatives(annotation) if inner is not type(None))
        return
    for inner in _alternatives(annotation):
        arguments = get_args(inner)
        if is_model(inner) and path[0] in keys(inner):
            yield from _follow(keys(inner)[str(path[0])].annotation, path[1:])
        elif get_origin(inner) in (tuple, list) and isinstance(path[0], int):
            yield from _follow(arguments[0], path[1:])
        elif get_origin(inner) is dict:
            yield from _follow(arguments[1], path[1:])


def _alternatives(annotation: Any) -> Iterator[Any]:  # noqa: ANN401
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        for inner in get_args(annotation):
            yield from _alternatives(inner)
    elif hasattr(annotation, "__metadata__"):
        yield from _alternatives(annotation.__origin__)
    else:
        yield annotation


def _members(annotation: Any) -> Iterator[Any]:  # noqa: ANN401
    for inner in _alternatives(annotation):
        yield inner
        if get_origin(inner) in (tuple, list):
            yield from _members(get_args(inner)[0])


def about(info: FieldInfo | None, name: str) -> str:
    """Return what a field is, with its example as it is written."""
    about, shown = described(info)
    if shown in (None, [], {}):
        return f"`{name}`: {about}" if about else ""
    return f"{about}: `{name}: {_written(shown)}`" if about else f"for example `{name}: {_written(shown)}`"


def _written(value: Any) -> str:  # noqa: ANN401
    """Return an example as flow YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_enclosed(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_enclosed, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return quoted(text) if re.search(r"[:#,\[\]{}]|^[-%@`*&!|>?'\"]", text) else text


def _enclosed(value: Any) -> str:  # noqa: ANN401
    """Return an example as it stands in brackets: words in quotation marks, for a comma would cut them off."""
    return quoted(value) if isinstance(value, str) and " " in value else _written(value)
