"""What `briefgen new` writes: a summary to start from, and the JSON Schema by which editors complete and check it.

Both come from the model. A started file is valid as it stands: it loads, and as a draft it has no error.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from briefgen.load import fields
from briefgen.load.lines import quoted
from briefgen.model import pointers
from briefgen.model.summary import Summary
from briefgen.model.terms import TLP
from briefgen.model.text import Text

SCHEMA_NAME = "summary.schema.json"
HEAD = f"# yaml-language-server: $schema={SCHEMA_NAME}\n"

SHORT = """\
# A structured summary. Write over the words; a line that you do not need can go. `briefgen check FILE` says what is missing.
title: Washington is reported to be weighing relief for Russia   # a claim, not a topic
language: en                     # en, en-GB, de, fr …
as_of: 2025-03-04                # nothing that came later was taken in
bottom_line: Relief is likely to weaken EU sanctions.   # two sentences at most

# In every list the first item matters most. Ids are needed only where something refers to them.
key_developments:
  - headline: A list of sanctions is being prepared
    text: US officials were told to list sanctions that could be lifted, Reuters reports.
    date: 2025-03                # a day, a month, a year, `from 2025-04`, or unknown
    status: reported             # established, reported, claimed, denied, estimate, opinion, forecast, assessment
    evidence:
      - {source: S1, cites: Reuters, quote: "draft a list of sanctions"}   # the quote, word for word

stakeholders:
  - name: EU Member States
    role: Keep their own sanctions in force
    interest: "Our inference: a seat at the table"

risks:
  - title: Enforcement unravels
    mechanism: If US penalties ease, then firms trade again, because they fear US courts more than their own.
    likelihood: likely           # remote chance, highly unlikely, unlikely, realistic possibility, likely, …
    impact: 4                    # from 1 (minor) to 5 (severe)
    horizon: 3-12m
    exposed: ["European banks"]
    early_signs: ["The US Treasury takes banks off its list"]

outlook:
  watch:
    - {date: "from 2025-04", event: "Second round of talks", why: "Shows whether Europe is invited"}

sources:
  - {id: S1, title: "The article’s title", publisher: "The outlet", published: unknown, genre: news, url: "https://example.eu/a"}
"""

# Values that make the full file agree with itself, where the examples of the fields were chosen one by one.
_VALUES: dict[str, Any] = {
    "/stage": "draft",
    "/marking/tlp": "GREEN",
    "/rests_on": ["D1", "R1"],
    "/changes/0/item": "R1",
    "/key_judgements/0/rests_on": ["D1"],
    "/disagreements/0/items": ["D1", "W1"],
    "/waivers/0/code": "COR-03",
    "/waivers/0/item": "sources",
    "/waivers/0/reason": "No other text is public",
    "/sources/0/published": "2025-02-18",
    "/sources/0/accessed": "2025-03-03",
    "/title": {"full": "Washington is reported to be weighing relief for Russia", "short": "…", "plain": "…"},
}
# Shown as comments: they change what is printed where, so that nobody should get them unasked.
_ASLEEP = frozenset({"review", "tlp", "keep", "omit", "translation_of", "reprint_of", "field", "words"})
_IDS = {
    "changes": "C1",
    "key_judgements": "J1",
    "key_developments": "D1",
    "stakeholders": "A1",
    "risks": "R1",
    "scenarios": "SC1",
    "watch": "W1",
    "disagreements": "X1",
    "sources": "S1",
}


def starter(full: bool = False) -> str:
    """Return a summary to start from: some twenty useful lines, or with `full` every field with what it means."""
    if not full:
        return HEAD + SHORT
    head = "# Every field of a summary, with what it means and an example. What is not marked as needed can go.\n"
    return f"{HEAD}{head}\n" + "\n".join(_block(Summary, "", "")) + "\n"


def _block(model: type[BaseModel], pointer: str, indent: str) -> Iterator[str]:
    """Yield the lines of one mapping: each field below a comment that says what it is."""
    for key, info in fields.keys(model).items():
        here = f"{pointer}/{key}"
        yield f"{indent}# {_about(info, model, key)}"
        if key in _ASLEEP and here not in _VALUES:
            yield f"{indent}# {key}: {flow(_value(info, key, here))}"
        else:
            yield from _entry(info, key, here, indent)
        if not indent:
            yield ""


def _entry(info: FieldInfo, key: str, pointer: str, indent: str) -> Iterator[str]:
    inner = fields.inner(info)
    if inner is None or issubclass(inner, Text) or get_origin(info.annotation) is dict:
        yield f"{indent}{key}: {flow(_value(info, key, pointer))}"
        return
    yield f"{indent}{key}:"
    if not fields.is_list(info):
        yield from _block(inner, pointer, f"{indent}  ")
    else:
        yield from _item(_block(inner, f"{pointer}/0", f"{indent}    "))


def _item(block: Iterator[str]) -> Iterator[str]:
    """Yield the lines of a mapping as an item of a list: the dash stands before its first key."""
    began = False
    for line in block:
        first = not began and not line.lstrip().startswith("#")
        began = began or first
        yield re.sub(r"  (?=\S)", "- ", line, count=1) if first else line


def _value(info: FieldInfo, key: str, pointer: str) -> Any:  # noqa: ANN401 - any value of YAML
    if pointer in _VALUES:
        return _VALUES[pointer]
    if key == "id" and pointer != "/id":
        return _IDS[pointers.parts(pointer)[-3]]
    if key == "relation":
        return "supports"
    return fields.described(info)[1]


def _about(info: FieldInfo, model: type[BaseModel], key: str) -> str:
    name = next(name for name, field in model.model_fields.items() if (field.alias or name) == key)
    words = fields.choices(info)
    notes = [f"one of {', '.join(words)}"] if len(words) > 1 else []
    if info.is_required():
        notes.append("needed")
    elif name in getattr(model, "FINAL", ()):
        notes.append("needed for final")
    about = fields.described(info)[0]
    return f"{about} ({'; '.join(notes)})" if notes else about


_PLAIN = re.compile(r"[^\W_][^:#,\[\]{}\"'&*!|>%@`\n]*(?<! )")


def flow(value: Any) -> str:  # noqa: ANN401
    """Return a value as YAML on one line, with quotation marks where a text needs them, and round words in brackets.

    There a comma that somebody adds would cut the text off.
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_enclosed(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_enclosed, value)) + "]"
    if value is None or isinstance(value, (bool, int, float)):
        return json.dumps(value)
    text = str(value.value if isinstance(value, Enum) else value)
    # What looks like a number is safe without marks: a text field takes it as it is written.
    return text if _PLAIN.fullmatch(text) and text not in ("true", "false", "null") else quoted(text)


def _enclosed(value: Any) -> str:  # noqa: ANN401
    return quoted(value) if isinstance(value, str) and " " in value else flow(value)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a summary as the loader accepts it."""
    made = _tidy(Summary.model_json_schema(by_alias=True))
    made["$defs"]["TLP"]["enum"] += [level.label for level in TLP if level.label]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_NAME, "title": "briefgen summary"}
    return {**head, **{key: value for key, value in made.items() if key != "title"}}


def _tidy(node: Any, named: bool = False) -> Any:  # noqa: ANN401
    """Return a schema without generated titles, with descriptions where editors look, and with empty values allowed.

    `named` says that the keys are names of fields, not words of JSON Schema.
    """
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _tidy(value, key in ("properties", "$defs")) for key, value in node.items() if named or key != "title"}
    if named or "anyOf" not in made:
        return made
    for inner in made["anyOf"]:
        for word in ("description", "examples"):
            if word in inner:
                made.setdefault(word, inner.pop(word))
    if "percentage" in made.get("description", ""):
        made["anyOf"].insert(1, {"type": "number"})
    return made
