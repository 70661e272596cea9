"""Fields of models as tables: what each holds, whether it is needed, what it is, an example."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from briefgen import writers
from briefgen.drafters import DRAFTERS
from briefgen.load import fields
from briefgen.load.starter import flow
from briefgen.model import audience, drafting, project_file, terms
from briefgen.model.text import Text
from briefgen.model.when import When
from tools.docs_markdown import code, listed, table

NAMED = (  # annotations that have a name for people, and where it is explained
    (terms.Id, "[id](#ids)"),
    (terms.Likelihood, "[likelihood](#likelihood)"),
    (terms.Line, "words"),
    (project_file.FormatName, listed(writers.names())),
    (project_file.DottedName, "dotted name"),
    (drafting.DrafterName, listed(DRAFTERS)),
)
KINDS: Mapping[Any, str] = {str: "words", bool: "true or false", int: "whole number", float: "number", When: "[date](#dates)"}


def kind(annotation: Any) -> str:  # noqa: ANN401 - any annotation
    """Return what a field holds, in the words of a person who writes a file."""
    named = next((name for known, name in NAMED if annotation == known), None)
    if named:
        return named
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _limited(annotation)
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(kind(inner) for inner in arguments if inner is not NoneType))
    if origin is tuple:
        return f"list of {kind(arguments[0])}" if arguments[-1] is ... else NUMBERS[len(arguments)]
    if origin is dict:
        return {str: "words by language", Any: "keys with values", audience.ByLanguage: TEXTS}.get(
            arguments[1]
        ) or f"by {'audience' if arguments[0] is str else 'name'}: {kind(arguments[1])}"
    if origin is Literal:
        return listed(arguments)
    if fields.is_model(annotation):
        return f"[{title(annotation)}](#{title(annotation).lower()})"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return listed(choice.value for choice in annotation)
    return KINDS.get(annotation, "day")


TEXTS = "by name: words, or words by language"
NUMBERS = {2: "two whole numbers", 4: "four numbers"}


def title(model: type[BaseModel]) -> str:
    """Return what a page calls a model."""
    called = {"SectionSpec": "Section", "Paper": "Page", "Brand": "The file", "JobSettings": "Job"}
    return called.get(model.__name__, model.__name__)


def _limited(annotation: Any) -> str:  # noqa: ANN401
    words = kind(annotation.__origin__)
    limits: dict[str, object] = {}
    for info in annotation.__metadata__:
        for limit in getattr(info, "metadata", ()):
            limits |= {key: getattr(limit, key) for key in ("ge", "le") if hasattr(limit, key)}
    if {"ge", "le"} <= set(limits):
        return f"{limits['ge']} to {limits['le']}"
    return f"{words} from {limits['ge']}" if limits else words


def field_table(model: type[BaseModel], without: frozenset[str] = frozenset()) -> str:
    """Return the fields of a model as a table: what each holds, whether it is needed, what it is, an example."""
    hints = get_type_hints(model, include_extras=True)
    final = getattr(model, "FINAL", ())
    rows = []
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key not in without:
            needed = "always" if info.is_required() else "for `final`" if name in final else _default(info)
            about, example = fields.described(info)
            shown = code(flow(example)) if example not in (None, [], {}) else ""
            rows.append((code(key), kind(hints[name]), needed, about, shown))
    return table(("field", "holds", "needed, or default", "what it is", "example"), rows)


def _default(info: FieldInfo) -> str:
    value = info.get_default(call_default_factory=True, validated_data={})
    return "" if value in (None, (), {}, "") or isinstance(value, BaseModel) else code(flow(value))


def models(root: type[BaseModel]) -> dict[type[BaseModel], list[str]]:
    """Return every model inside a model, in the order of the file, with the places where it stands."""
    places: dict[type[BaseModel], list[str]] = {}
    waiting: list[tuple[type[BaseModel], str]] = [(root, "")]
    while waiting:
        model, place = waiting.pop(0)
        places.setdefault(model, []).append(place)
        for key, info in fields.keys(model).items():
            inner, many = _inner(info)
            here = f"{place}.{key}{many}".lstrip(".")
            if inner is not None and issubclass(inner, Text):
                below = ((name, *_inner(one)) for name, one in fields.keys(inner).items())
                waiting += [(found, f"{here}.{name}{several}") for name, found, several in below if found]
            elif inner is not None:
                waiting.append((inner, here))
    return places


def _inner(info: FieldInfo) -> tuple[type[BaseModel] | None, str]:
    if get_origin(info.annotation) is dict:
        return get_args(info.annotation)[1], ".<audience>"
    return fields.inner(info), "[]" if fields.is_list(info) else ""
