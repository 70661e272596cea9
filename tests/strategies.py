"""Any valid summary, made from the models themselves: a field that is added is tried without a line of test code."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import date
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from briefgen.model.summary import Summary
from briefgen.model.terms import TLP
from briefgen.model.text import Text
from briefgen.model.when import When
from briefgen.model.yardstick import YARDSTICKS
from tests.builders import AUDIENCES, Data

WORDS = (
    "sanctions", "talks", "Europe", "the", "of", "is", "likely", "30 %", "2025", "“quoted”", "‘single’", "\"plain\"",
    "l’État", "Łódź", "Größe",
    "Ευρώπη", "λόγος", "Україна", "Россия", "<b>", "</p>", "a<b>c", "&amp;", "R&D", "{{ x }}", "{% y %}", "{z}", "%s",
    "\\n", "$1", "*", "_", "#1",
    "US–Russia", "…", "—", "(so)", "[so]", "S1", "D1", "¶3", "e.g.", "x" * 40,
    "Donaudampfschifffahrtsgesellschaftskapitän", "no\u00a0break", "soft\u00adhyphen",
    "½", "€", "°C", "'", '"', "`", "~", "|", "1.5", "-", "=", "+", ";", ":", "?", "!",
)  # fmt: skip
"""Words of European languages, and whatever markup, templates, YAML, Word or a regular expression could stumble over."""

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
prose = st.one_of(words, words, st.tuples(words, words).map("\n\n".join), st.tuples(words, words).map("  \n ".join))
dates = st.sampled_from(
    ["2025-03-04", "2025-03", "2025", "2025-03-04/2025-03-10", "2025-02-20/2025-03-10", "2024/2025", "from 2025-04", "unknown"]
)
days = st.dates(date(2024, 1, 1), date(2026, 12, 31)).map(str)
wordings = st.fixed_dictionaries({"full": prose}, optional=dict.fromkeys(("short", "plain", *AUDIENCES), prose))
PATTERNED = {
    "url": st.sampled_from(["https://example.eu/", "http://example.eu/a?b=1&c=%20{{d}}", "https://example.eu/" + "long" * 30]),
    "email": st.just("desk@eai.example"),
    "language": st.sampled_from(["en", "en-GB", "de", "el", "uk", "fr-BE", "sr-Latn-RS"]),
    "file_sha256": st.just("0" * 64),
    "id": st.sampled_from(["brief", "a-1", "A.b_c"]),
}
REFERENCES = {"source", "reprint_of", "rests_on"}  # and items of disagreements and changes: ids, or texts that may be ids


@cache
def of_model(model: type[BaseModel]) -> st.SearchStrategy[Data]:
    """Return a strategy for the data of a model: what is needed always, what is not now and then."""
    needed, optional = {}, {}
    for name, field in model.model_fields.items():
        if name in ("keep", "omit"):
            optional[name] = st.lists(st.sampled_from(AUDIENCES), max_size=1)
        elif name not in ("waivers", "release", "file", "previous", "reprint_of"):
            (needed if field.is_required() else optional)[field.alias or name] = of_type(field.annotation, name, field)
    return st.fixed_dictionaries(needed, optional=optional)


def of_type(annotation: Any, name: str, field: FieldInfo | None = None) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of a field."""
    metadata = [*(field.metadata if field else [])]
    while get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        metadata += more
    if get_origin(annotation) in (Union, types.UnionType):
        return st.one_of(*(of_type(kind, name, field) for kind in get_args(annotation) if kind is not type(None)))
    if get_origin(annotation) is tuple:
        return st.lists(of_type(get_args(annotation)[0], name), min_size=1 if name == "sources" else 0, max_size=3)
    if get_origin(annotation) is Literal:
        return st.sampled_from(get_args(annotation))
    return _of_class(annotation, name, metadata)


def _of_class(kind: type, name: str, metadata: list[Any]) -> st.SearchStrategy[Any]:
    if kind in (Text, When, date):
        return {Text: st.one_of(prose, wordings), When: dates, date: days}[kind]
    if issubclass(kind, BaseModel):
        return of_model(kind)
    if issubclass(kind, Enum):
        return st.sampled_from([TLP.NONE, TLP.CLEAR] if kind is TLP else list(kind)).map(lambda member: member.value)
    if kind is bool:
        return st.booleans()
    if kind is int:
        low = next((bound.ge for bound in metadata if isinstance(bound, Ge)), 1)
        high = next((bound.le for bound in metadata if isinstance(bound, Le)), 3)
        return st.integers(int(low), int(high))  # type: ignore[arg-type]
    assert kind is str, kind
    return PATTERNED.get(name, words)


@st.composite
def summaries(draw: st.DrawFn) -> Data:
    """Return the data of a valid summary whose references lead somewhere and whose likelihoods are of its yardstick."""
    data = draw(of_model(Summary))
    for number, source in enumerate(data["sources"], 1):
        source["id"] = f"S{number}"
    scheme = YARDSTICKS[data.get("yardstick", "phia-2025")]
    terms = [band.term for band in scheme.bands]
    ids = [f"S{number}" for number in range(1, len(data["sources"]) + 1)]
    for part, rows in _items(data):
        for row in rows:
            row.pop("id", None)
            if draw(st.booleans()):
                row["id"] = f"{part[0].upper()}x{len(ids)}"
                ids.append(row["id"])
    for node in _nodes(data):
        for key in REFERENCES & set(node):
            chosen = st.sampled_from(ids[: len(data["sources"])] if key == "source" else ids)
            node[key] = draw(chosen) if key == "source" else draw(st.lists(chosen, max_size=2))
        for key in ("exposed", "early_signs", "indicators"):
            if key in node:
                node[key] = draw(st.lists(st.one_of(words, st.sampled_from(ids)), max_size=2))
        if "likelihood" in node:
            node["likelihood"] = draw(st.sampled_from([*terms, "60 %"]))
        if "items" in node:
            node["items"] = draw(st.lists(st.sampled_from(ids), max_size=2))
    return data


def _items(data: Data) -> Iterator[tuple[str, list[Data]]]:
    outlook = data.get("outlook", {})
    for name in ("key_judgements", "key_developments", "stakeholders", "risks", "changes", "disagreements"):
        yield name, data.get(name, [])
    yield from (("scenarios", outlook.get("scenarios", [])), ("watch", outlook.get("watch", [])))


def _nodes(value: Any) -> Iterator[Data]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)
