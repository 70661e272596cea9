"""Summaries for tests, as the plain data of a file: the smallest one, one with every field, and small changes of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from briefgen.model.summary import Summary

AUDIENCES = ("executive", "adviser", "analyst", "public")
Data = dict[str, Any]

_MINIMAL: Data = {
    "id": "mini",
    "language": "en-GB",
    "title": "Ferries stop",
    "key_developments": [{"headline": "Strike", "text": "Crews struck, a report says.", "status": "reported"}],
    "sources": [{"id": "S1", "title": "Port report", "published": "unknown"}],
}

_EVIDENCE: Data = {
    "source": "S1",
    "quote": "crews walked out",
    "cites": "Harbour News",
    "unnamed": "one harbour official",
    "locator": "¶2",
}


def texts(stem: str) -> dict[str, str]:
    """Return one claim in every built-in wording, each recognisable."""
    return {"full": f"{stem}, told in full.", "short": f"{stem}, in short.", "plain": f"{stem}, in plain words."}


_MAXIMAL: Data = {
    "schema": 1,
    "id": "maxi",
    "language": "en-GB",
    "perspective": "Europe",
    "title": texts("Ferry strike")["full"].rstrip("."),
    "dek": texts("Dek"),
    "stage": "draft",
    "as_of": "2025-03-04",
    "series": "Harbour Desk",
    "number": "2025/07",
    "previous": "maxi-06.yaml",
    "authors": [{"name": "A. Analyst", "role": "Harbour analyst"}, {"name": "B. Analyst"}],
    "reviewer": {"name": "R. Reviewer", "date": "2025-03-04"},
    "contact": {"name": "Harbour Desk", "email": "desk@eai.example"},
    "production": "ai_assisted",
    "yardstick": "phia-2025",
    "marking": {"tlp": "CLEAR", "note": "Not before noon"},
    "bottom_line": texts("Bottom line"),
    "rests_on": ["D1", "D2"],
    "why_it_matters": texts("Why it matters"),
    "background": {"text": texts("Background"), "evidence": [{"source": "S2"}]},
    "ask": {
        "decision": "whether to hire buses",
        "deadline": "2025-03-14",
        "options": [{"text": "Hire buses", "for": "Keeps people moving", "against": "Costs money"}, {"text": "Wait"}],
        "recommended": 1,
    },
    "lines_to_take": ["Talks come first.", "Islands are supplied."],
    "changes": [{"item": "D1", "text": texts("Change"), "why": "The vote was lost."}],
    "key_judgements": [
        {
            "id": "J1",
            "text": texts("A long strike is likely"),
            "likelihood": "likely",
            "confidence": "low",
            "confidence_reason": "One report only",
            "horizon": "0-3m",
            "rests_on": ["D1"],
        },
        {"id": "J2", "text": texts("A pay rise is unlikely"), "likelihood": "30 %", "horizon": "3-12m", "rests_on": ["D2"]},
    ],
    "key_developments": [
        {
            "id": "D1",
            "headline": "Crews struck",
            "text": texts("Crews struck"),
            "date": "2025-03-01",
            "status": "reported",
            "evidence": [_EVIDENCE],
        },
        {
            "id": "D2",
            "headline": "Owners refuse",
            "text": texts("Owners refuse talks"),
            "date": "2025-02",
            "status": "claimed",
            "attribution": "the owners",
            "evidence": [{"source": "S2", "quote": "no talks", "locator": "¶1"}],
        },
        {
            "id": "D3",
            "headline": "Talks denied",
            "text": texts("Owners deny secret talks"),
            "status": "denied",
            "attribution": "the owners",
            "evidence": [{"source": "S2", "relation": "supports"}, {"source": "S1", "relation": "contradicts"}],
        },
    ],
    "stakeholders": [
        {
            "id": "A1",
            "name": "Ferry owners",
            "kind": "company",
            "role": texts("They run the ships"),
            "position": texts("No talks"),
            "status": "claimed",
            "interest": texts("Low wages"),
            "leverage": "high",
            "leverage_reason": "they own the ships",
            "evidence": [{"source": "S2"}],
        },
        {"id": "A2", "name": "European Commission", "kind": "eu_body", "role": "Watches", "leverage": "low"},
    ],
    "risks": [
        {
            "id": "R1",
            "title": "Empty shelves",
            "mechanism": texts("If ships stay in port then shelves empty, because islands lack stores"),
            "exposed": ["A2", "island shops"],
            "likelihood": "likely",
            "impact": 4,
            "impact_reason": "No other route",
            "horizon": "0-3m",
            "confidence": "low",
            "confidence_reason": "One report",
            "early_signs": ["W1", "queues at shops"],
            "mitigation": "Charter planes",
            "evidence": [{"source": "S1", "locator": "¶4"}],
        },
        {
            "id": "R2",
            "title": "Lost tourists",
            "mechanism": "If the strike lasts then guests cancel",
            "exposed": ["hotels"],
            "likelihood": "unlikely",
            "impact": 2,
            "horizon": "3-12m",
            "early_signs": ["cancellations"],
        },
    ],
    "outlook": {
        "until": "2025-09-30",
        "summary": texts("Outlook"),
        "exhaustive": False,
        "scenarios": [
            {
                "id": "SC1",
                "name": "Quick deal",
                "narrative": texts("It is unlikely that both sides agree soon"),
                "likelihood": "unlikely",
                "indicators": ["W1", "a joint letter"],
                "implications": "Ships sail",
            },
            {
                "id": "SC2",
                "name": "Status quo",
                "narrative": texts("It is likely that the strike goes on"),
                "likelihood": "likely",
                "indicators": ["no meeting"],
            },
        ],
        "watch": [
            {
                "id": "W1",
                "date": "2025-03-10",
                "event": texts("Ballot of the crews"),
                "why": "Shows their mood",
                "confirmed": "yes",
                "attribution": "the union",
                "evidence": [{"source": "S1"}],
            },
            {"id": "W2", "date": "from 2025-04", "event": "Summer timetable"},
        ],
        "gaps": [texts("What crews earn"), "Who pays"],
        "alternatives": ["The strike is a bargaining signal"],
    },
    "disagreements": [
        {
            "about": "Whether talks took place",
            "sides": [
                {"text": "The report says so", "evidence": [{"source": "S1"}]},
                {"text": "The owners deny it", "evidence": [{"source": "S2"}]},
            ],
            "items": ["D1", "D3"],
            "handling": "Both are shown",
        }
    ],
    "glossary": [
        {"term": "IMO", "expansion": "International Maritime Organization", "plain": "the UN body for shipping"},
        {"term": "ballot", "plain": "a vote"},
    ],
    "waivers": [],
    "sources": [
        {
            "id": "S1",
            "title": "Port report",
            "published": "2025-03-02",
            "publisher": "Port Gazette",
            "author": "P. Porter",
            "accessed": "2025-03-03",
            "url": "https://example.eu/port",
            "language": "en",
            "genre": "news",
            "reliability": "C",
            "descriptor": "A local paper that relays Harbour News",
        },
        {
            "id": "S2",
            "title": "Owners’ statement",
            "published": "2025-03-01",
            "publisher": "Ferry Line",
            "url": "https://example.eu/owners",
            "genre": "official",
            "reliability": "B",
            "descriptor": "An interested party",
        },
    ],
}


def minimal(**over: Any) -> Data:
    """Return the smallest summary that renders, with keys put in or replaced; a value of None takes a key out."""
    return _with(_MINIMAL, over)


def maximal(**over: Any) -> Data:
    """Return a summary that uses every field, with keys put in or replaced; a value of None takes a key out."""
    return _with(_MAXIMAL, over)


def _with(base: Data, over: Data) -> Data:
    made = {**deepcopy(base), **over}
    return {key: value for key, value in made.items() if value is not None}


def developments(count: int, **fields: Any) -> list[Data]:
    """Return developments D1, D2 … whose words name them."""
    return [
        {"id": f"D{n}", "headline": f"Headline {n}", "text": f"Development number {n}.", "status": "reported", **fields}
        for n in range(1, count + 1)
    ]


def summary(data: Data) -> Summary:
    """Return the model of some data."""
    return Summary.model_validate(data)


def prose_fields(data: Any, path: str = "") -> Iterator[str]:
    """Yield the pointer of every string in some data that a person writes as prose."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from prose_fields(value, f"{path}/{key}") if key not in MACHINE else ()
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from prose_fields(value, f"{path}/{number}")
    elif isinstance(data, str):
        yield path


MACHINE = frozenset(
    [
        "id",
        "language",
        "schema",
        "stage",
        "as_of",
        "deadline",
        "date",
        "previous",
        "production",
        "yardstick",
        "tlp",
        "rests_on",
        "likelihood",
        "confidence",
        "horizon",
        "status",
        "source",
        "relation",
        "kind",
        "leverage",
        "exposed",
        "early_signs",
        "indicators",
        "until",
        "confirmed",
        "items",
        "item",
        "published",
        "accessed",
        "url",
        "genre",
        "reliability",
        "email",
        "recommended",
        "impact",
        "exhaustive",
        "release",
    ]
)
"""Keys whose values a program reads: ids, dates, words of a list."""


def changed(data: Any, change: Callable[[str, str], str], path: str = "") -> Any:
    """Return some data with every prose field replaced by `change(pointer, words)`."""
    if isinstance(data, dict):
        return {k: v if k in MACHINE else changed(v, change, f"{path}/{k}") for k, v in data.items()}
    if isinstance(data, list):
        return [changed(value, change, f"{path}/{n}") for n, value in enumerate(data)]
    return change(path, data) if isinstance(data, str) else data
