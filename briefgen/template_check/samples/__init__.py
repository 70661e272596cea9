"""Summaries that nobody wrote: made to try templates with what authors may hand in some day.

In: nothing. Out: `Sample`s, each a real source and its Summary: the smallest, one with every field, one whose items have only
what they need, none, one and sixty items, the longest German compounds, Greek and Cyrillic, words that never break. The
same samples come out each time; what they say is about ferries, and of no consequence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.load.source import Source, parse
from briefgen.load.validate import validate
from briefgen.model.summary import Summary
from briefgen.tailor.known import MODELS
from briefgen.template_check.samples.words import BULGARIAN, GERMAN, GREEK, MAXIMAL, UKRAINIAN, UNBROKEN

Data = dict[str, Any]
MANY = 60
LISTS = {
    "lines_to_take": "",
    "changes": "changes",
    "key_judgements": "judgements",
    "key_developments": "developments",
    "stakeholders": "stakeholders",
    "risks": "risks",
    "disagreements": "disagreements",
    "glossary": "glossary",
}
"""Lists of a summary, each with its part; those of the outlook are below."""
OUTLOOK = {"scenarios": "scenarios", "watch": "watch", "gaps": "", "alternatives": ""}
_WORDS = """
schema id language stage as_of until deadline date published accessed previous translation_of production yardstick tlp marking
release reviewer rests_on likelihood confidence horizon status source relation kind leverage confirmed items item url file
file_sha256 genre reprint_of reliability email recommended impact exhaustive review keep omit waivers
"""
_MACHINE = frozenset(_WORDS.split())
"""Keys whose values a program reads; all other texts are prose."""


class Sample(NamedTuple):
    """One summary: what it tries, its source and itself.

    `measured` says whether a page budget must hold it, `repeats` that it has no letter that another sample has not.
    """

    name: str
    source: Source
    summary: Summary
    measured: bool = False
    repeats: bool = False


@lru_cache(maxsize=1)
def samples() -> tuple[Sample, ...]:
    """Return all samples, the plain ones first."""
    return (
        sample("minimal", minimal(), measured=True),
        sample("every field", maximal(), measured=True),
        sample("no optional field", bare(maximal())),
        sample("no items", counted(maximal(), 0), repeats=True),
        sample("one item", counted(maximal(), 1), repeats=True),
        sample("sixty items", counted(maximal(), MANY), measured=True, repeats=True),
        *(
            sample(name, spoken(maximal(), language, words))
            for name, language, words in (
                ("long German words", "de", GERMAN),
                ("Greek", "el", GREEK),
                ("Bulgarian", "bg", BULGARIAN),
                ("Ukrainian", "uk", UKRAINIAN),
                ("words that never break", "en-GB", UNBROKEN),
            )
        ),
    )


def sample(name: str, data: Data, *, measured: bool = False, repeats: bool = False) -> Sample:
    """Return a sample of some data; raises Rejected where that is no summary, which would be a bug of ours."""
    text = json.dumps({"id": "sample", **data}, ensure_ascii=False)
    source = parse(text.encode(), Path("sample.json"), f"the sample {name!r}")
    return Sample(name, source, validate(source), measured, repeats)


def minimal() -> Data:
    """Return the smallest summary that can be printed."""
    development = {"headline": "Strike", "text": "Crews struck, a report says.", "status": "reported"}
    return {
        "language": "en-GB",
        "title": "Ferries stop",
        "key_developments": [development],
        "sources": [{"id": "S1", "title": "Port report"}],
    }


def maximal() -> Data:
    """Return a summary with every field that a summary can have."""
    return deepcopy(MAXIMAL)


def bare(data: Data) -> Data:
    """Return a summary with as many items, each with the fields only that it can't do without."""
    made = {key: data[key] for key in ("language", "title", "sources")}
    for key, part in LISTS.items():
        made[key] = [_needed(row, part) for row in data[key]]
    made["background"], made["ask"] = _needed(data["background"], "background"), _needed(data["ask"], "ask")
    made["outlook"] = {key: [_needed(row, part) for row in data["outlook"][key]] for key, part in OUTLOOK.items()}
    made["sources"] = [_needed(row, "sources") for row in data["sources"]]
    return made


def _needed(row: Any, part: str) -> Any:  # noqa: ANN401
    """Return an item with its ids and the fields that its model demands, each in one wording."""
    if not isinstance(row, dict) or "full" in row:
        return row["full"] if isinstance(row, dict) else row
    fields = MODELS[part].model_fields
    names = {info.alias or name for name, info in fields.items() if info.is_required()} | {"id"}
    return {key: _needed(value, part) if isinstance(value, dict) else value for key, value in row.items() if key in names}


def counted(data: Data, number: int) -> Data:
    """Return a summary with so many items in each list of items: repeated under new ids, or fewer."""
    made = deepcopy(data)
    for key in LISTS:
        made[key] = _times(data[key], number)
    for key in OUTLOOK:
        made["outlook"][key] = _times(data["outlook"][key], number)
    there = {row["id"] for row in _rows(made) if "id" in row}
    return _referring(made, there | {row["id"] for row in made["sources"]})


def _times(rows: list[Any], wanted: int) -> list[Any]:
    made = [deepcopy(rows[n % len(rows)]) for n in range(wanted)]
    for number, row in enumerate(made):
        if isinstance(row, dict) and "id" in row and number >= len(rows):
            row["id"] = f"{row['id'].rstrip('0123456789')}{number + 1}"
        if isinstance(row, dict) and "term" in row and number >= len(rows):
            row["term"] = f"{row['term']} {number + 1}"
    return made


def _rows(data: Data) -> Iterable[Data]:
    lists = [*(data[key] for key in LISTS), *(data["outlook"][key] for key in OUTLOOK)]
    return (row for rows in lists for row in rows if isinstance(row, dict))


def _referring(data: Data, there: set[str]) -> Data:
    """Return the summary without references to items that it does not hold."""
    for key in ("rests_on", "items"):
        for row in (data, *_rows(data)):
            if key in row:
                row[key] = [name for name in row[key] if name in there]
    data["waivers"] = []
    return data


def spoken(data: Data, language: str, words: tuple[str, ...]) -> Data:
    """Return a summary in another language: each text is one of `words`, in turn; what a program reads stays."""
    turn = count()

    def said(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            return {key: value[key] if key in _MACHINE else said(value[key]) for key in value}
        if isinstance(value, list):
            return [said(entry) for entry in value]
        return words[next(turn) % len(words)] if isinstance(value, str) else value

    made: Data = said(data)
    return {**made, "language": language}
