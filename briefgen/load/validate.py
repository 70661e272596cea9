"""Values → a model: a Summary, an audience, a project, tokens; every mistake at once, each at its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any, TypeVar
from zlib import crc32

from pydantic import BaseModel, ValidationError

from briefgen.findings.diagnostics import Rejected
from briefgen.load import fields
from briefgen.load.source import Source
from briefgen.model import pointers
from briefgen.model.summary import Summary

Model = TypeVar("Model", bound=BaseModel)


def validate(source: Source) -> Summary:
    """Return the summary that a source holds; its id is the file's name where none is written.

    Raises Rejected with every mistake and every note of the reading.
    """
    return check_model(Summary, source, id=identifier(source.path.stem))


def check_model(
    model: type[Model],
    source: Source,
    context: Mapping[str, Collection[str]] | None = None,
    **absent: Any,  # noqa: ANN401 - any value of YAML
) -> Model:
    """Return the values of a source as a model, `absent` standing in for keys that are not written.

    `context` holds names that the model asks for and does not know itself: formats, drafters.

    A known key with nothing after it counts as not written. A number where a text is expected is taken as it is written, so that
    `number: 07` keeps its zero. Raises Rejected with every mistake at once.
    """
    values = {**absent, **_written(source.values, model)}
    try:
        return model.model_validate(values, context=context)
    except ValidationError as fault:
        errors = fault.errors(include_url=False)
    if _as_texts(errors, values, source):
        try:
            return model.model_validate(values, context=context)
        except ValidationError as fault:
            errors = fault.errors(include_url=False)
    # Only here: it costs a summary without mistakes nothing.
    from briefgen.load.wording import diagnose

    raise Rejected([*diagnose(errors, values, model, source), *source.notes])


def identifier(stem: str) -> str:
    """Return a file's name as an id: ASCII letters, digits, `.`, `_` and `-`, 80 characters at most."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    made = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-._")[:80]
    return made or f"summary-{crc32(stem.encode('utf-8', 'surrogatepass')):08x}"


def _written(value: Any, model: type[BaseModel], path: tuple[int | str, ...] = ()) -> Any:  # noqa: ANN401
    """Return the values without the keys that stand empty; one that the model does not know stays, to be told."""
    if isinstance(value, dict):
        rows = ((key, inner) for key, inner in value.items() if inner is not None or _is_unknown(model, path, key))
        return {key: _written(inner, model, (*path, key)) for key, inner in rows}
    if isinstance(value, list):
        return [_written(inner, model, (*path, at)) for at, inner in enumerate(value)]
    return value


def _is_unknown(model: type[BaseModel], path: tuple[int | str, ...], key: str) -> bool:
    """Return whether a mapping has no use for a key; a wording may bear the name of any audience, which is one word."""
    holder = fields.owner(model, path)
    if holder is None or key in fields.keys(holder):
        return False
    return holder.model_config.get("extra") == "forbid" or not key.replace("-", "_").isidentifier()


def _as_texts(errors: Any, values: dict[str, Any], source: Source) -> bool:  # noqa: ANN401
    """Put numbers where texts are expected in as they are written; return whether there were any."""
    changed = False
    for item in errors:
        text = item["type"] == "string_type" or item.get("ctx", {}).get("class_name") in ("Text", "Backed")
        number = isinstance(item["input"], (int, float)) and not isinstance(item["input"], bool)
        if text and number:
            changed |= _put(values, item["loc"], source)
    return changed


def _put(values: Any, location: tuple[int | str, ...], source: Source) -> bool:  # noqa: ANN401
    """Replace the number at a location by what is written there; a location through an alternative is left alone."""
    node, pointer = values, ""
    for part in location[:-1]:
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            return False
        pointer += pointers.joined([part])
    last = location[-1]
    raw = source.raw(pointer + pointers.joined([last]))
    if not raw or (isinstance(node, dict) and last not in node):
        return False
    node[last] = raw
    return True
