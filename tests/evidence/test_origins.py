"""What each source carries: claims on it, on it alone, whom it relays; origins after reprints; the confidence and its reason."""

from __future__ import annotations

from typing import Any

from briefgen.evidence.origins import by_genre, claims_in, panel
from briefgen.model.yardstick import Confidence
from tests.builders import minimal, summary

SOURCES = [
    {"id": "S1", "title": "Report", "published": "2025-03-02", "genre": "news", "reliability": "B"},
    {"id": "S2", "title": "Again", "published": "2025-03-03", "genre": "news", "reprint_of": "S1"},
    {"id": "S3", "title": "Column", "published": "unknown", "genre": "opinion"},
]


def made(*claims: list[dict[str, Any]]) -> Any:
    rows = [{"headline": "H", "text": "T", "status": "reported", "evidence": claim} for claim in claims]
    return summary({**minimal(), "key_developments": rows, "sources": SOURCES})


def test_counts() -> None:
    one = made(
        [{"source": "S1", "cites": "Wire"}, {"source": "S3"}],
        [{"source": "S1"}, {"source": "S2"}],
        [{"source": "S3"}, {"source": "S1", "relation": "contradicts"}],
        [{"source": "S2", "relation": "context"}],
    )
    claims = list(claims_in(one))
    told = panel(one, claims)
    assert [(row.source.id, row.claims, row.alone, row.relays) for row in told.weights] == [
        ("S1", 2, 0, ("Wire",)),
        ("S2", 1, 0, ("S1",)),
        ("S3", 2, 1, ()),
    ]
    assert (told.claims, told.single, told.origins) == (3, 2, ("S1", "S3", "wire"))
    assert told.oldest and told.newest and (told.oldest.id, told.newest.id) == ("S1", "S2")
    assert by_genre(one, claims) == {"news": 2, "opinion": 2}


def test_the_confidence_is_that_of_what_it_rests_on() -> None:
    one = made([{"source": "S1"}], [{"source": "S3"}])
    claims = list(claims_in(one))
    assert panel(one, claims, claims[1]).cap.reason == "only_opinion"
    assert panel(one, claims, claims[0]).cap.confidence is Confidence.MODERATE


def test_nothing_to_weigh() -> None:
    told = panel(made([]), [])
    assert (told.claims, told.single, told.origins, told.cap.reason) == (0, 0, (), "no_evidence")
    assert [row.claims for row in told.weights] == [0, 0, 0]
