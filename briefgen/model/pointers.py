"""JSON pointers (RFC 6901): the names of fields. `/risks/0/title` is the title of the first risk, the empty one is the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel


def escape(key: str) -> str:
    """Return a key as a part of a pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def unescape(part: str) -> str:
    """Return the key that a part of a pointer stands for."""
    return part.replace("~1", "/").replace("~0", "~")


def joined(keys: Iterable[str | int]) -> str:
    """Return the pointer of some keys and numbers, from the top."""
    return "".join(f"/{escape(str(key))}" for key in keys)


def parts(pointer: str) -> list[str]:
    """Return the keys and numbers of a pointer, from the top."""
    return [unescape(part) for part in pointer.split("/")[1:]]


def last(pointer: str) -> str:
    """Return the last key or number; empty of the whole."""
    return unescape(pointer.rpartition("/")[2])


def parent(pointer: str) -> str:
    """Return the pointer of what holds a value; that of the whole is itself."""
    return pointer.rpartition("/")[0]


def upwards(pointer: str) -> Iterator[str]:
    """Yield a pointer, its parent, and so on; the whole comes last."""
    yield pointer
    while pointer:
        pointer = parent(pointer)
        yield pointer


def get(values: Any, pointer: str) -> Any:  # noqa: ANN401 - whatever a file or a model holds
    """Return the value at a pointer, through lists, mappings and the fields of models; None where there is none."""
    for key in parts(pointer):
        if isinstance(values, Mapping):
            values = values.get(key)
        elif isinstance(values, list | tuple):
            values = values[int(key)] if key.isdecimal() and int(key) < len(values) else None
        else:
            values = getattr(values, key, None) if isinstance(values, BaseModel) else None
    return values
