"""The confidence that evidence allows, row by row."""

from __future__ import annotations

import pytest

from briefgen.evidence import all_evidence, cap, evidence_of, groups, original
from briefgen.model.parts import Evidence
from briefgen.model.summary import Summary

SOURCES = [
    {"id": "A", "title": "T", "genre": "wire", "reliability": "A", "publisher": "Reuters"},
    {"id": "B", "title": "T", "genre": "news", "reliability": "B"},
    {"id": "C", "title": "T", "genre": "news", "reliability": "C"},
    {"id": "C2", "title": "T", "genre": "news", "reliability": "C"},
    {"id": "F", "title": "T", "genre": "news", "reliability": "F"},
    {"id": "U", "title": "T", "genre": "news"},
    {"id": "L", "title": "T", "genre": "legal"},
    {"id": "LD", "title": "T", "genre": "official", "reliability": "D"},
    {"id": "O", "title": "T", "genre": "opinion", "reliability": "A"},
    {"id": "RB", "title": "T", "genre": "news", "reliability": "A", "reprint_of": "B"},
    {"id": "RRB", "title": "T", "genre": "news", "reliability": "A", "reprint_of": "RB"},
    {"id": "H1", "title": "T", "genre": "news", "reliability": "A", "publisher": "The Harbour Times"},
    {"id": "H2", "title": "T", "genre": "news", "reliability": "B", "publisher": "Harbour Times, Ltd."},
    {"id": "V", "title": "T", "genre": "news", "reliability": "B", "publisher": "Reuters via Harbour Times"},
    {"id": "X", "title": "T", "reprint_of": "Y"},
    {"id": "Y", "title": "T", "reprint_of": "X"},
    {"id": "Z", "title": "T", "reprint_of": "nowhere"},
]


def summary(**fields: object) -> Summary:
    return Summary.model_validate({"title": "T", "language": "en", "sources": SOURCES, **fields})


def given(written: str) -> list[Evidence]:
    """Return evidence as `A B(Reuters) C! -F ?L` writes it: cited, unnamed, contradicting, context."""
    made = []
    for word in written.split():
        relation = {"-": "contradicts", "?": "context"}.get(word[0], "supports")
        source, _, cites = word.strip("-?!").rstrip(")").partition("(")
        unnamed = "one official" if word.endswith("!") else None
        made.append(Evidence(source=source, cites=cites or None, unnamed=unnamed, relation=relation))
    return made


@pytest.mark.parametrize(
    ("written", "confidence", "reason"),
    [
        ("", "low", "no_evidence"),
        ("?A ?L", "low", "no_evidence"),
        ("-A", "low", "no_evidence"),
        ("A -B", "low", "contradicted"),
        ("C -C2", "low", "contradicted"),
        ("U -F", "low", "contradicted"),
        ("A L -C", "high", "several_strong"),
        ("O", "low", "only_opinion"),
        ("A! B!", "low", "only_unnamed"),
        ("O B!", "low", "only_opinion_or_unnamed"),
        ("B(CNN) U(Reuters)", "low", "only_second_hand"),
        ("O(CNN)", "low", "only_second_hand"),
        ("U F", "low", "only_weak"),
        ("LD", "low", "only_weak"),
        ("O U(Reuters)", "low", "only_weak"),
        ("nowhere", "low", "only_weak"),
        ("C", "low", "one_fair"),
        ("C U", "low", "one_fair"),
        ("C C2", "moderate", "several_fair"),
        ("L", "moderate", "one_strong"),
        ("A", "moderate", "one_strong"),
        ("B RB RRB", "moderate", "one_strong"),
        ("A B(reuters)", "moderate", "one_strong"),
        ("A U", "moderate", "one_strong_among_several"),
        ("A O", "moderate", "one_strong_among_several"),
        ("H1 H2", "moderate", "one_strong"),
        ("A V", "moderate", "one_strong"),
        ("H1 V", "high", "several_strong"),
        ("A B", "high", "several_strong"),
        ("B L -U", "high", "several_strong"),
    ],
)
def test_the_cap(written: str, confidence: str, reason: str) -> None:
    made = cap(summary(), given(written))
    assert (made.confidence, made.reason) == (confidence, reason)


def test_the_cap_counts_sources_groups_and_strong_ones() -> None:
    assert cap(summary(), given("B RB A U(Reuters) O")).values == {"sources": 5, "groups": 3, "strong": 2}
    assert cap(summary(), ()).values == {"sources": 0, "groups": 0, "strong": 0}


def test_who_relays_whom_is_no_origin_of_its_own() -> None:
    relaying = Evidence(source="U", cites="Reuters via CNN")
    assert groups(summary(), [*given("A"), relaying]) == {"reuters"}


def test_a_circle_of_reprints_ends() -> None:
    made = summary()
    assert {original(made, source).id for source in made.sources if source.id in "XY"} <= {"X", "Y"}
    assert original(made, made.sources[-1]).id == "Z"
    assert original(made, made.sources[10]).id == "B"


def test_a_judgement_rests_on_the_evidence_of_its_items_and_of_what_those_rest_on() -> None:
    made = summary(
        key_developments=[
            {"id": "D1", "headline": "H", "text": "T", "status": "reported", "evidence": [{"source": "A"}]},
            {"id": "D2", "headline": "H", "text": "T", "status": "reported", "evidence": [{"source": "B"}]},
        ],
        key_judgements=[
            {"id": "J1", "text": "T", "rests_on": ["D1", "J2"]},
            {"id": "J2", "text": "T", "rests_on": ["D2", "J1"]},
        ],
        disagreements=[{"id": "X1", "about": "A", "handling": "H", "sides": [{"text": "T", "evidence": [{"source": "C"}]}]}],
    )
    assert [e.source for e in evidence_of(made, ["J1"])] == ["A", "B"]
    assert [e.source for e in evidence_of(made, ["X1", "L", "unknown"])] == ["C", "L"]
    assert [e.source for e in all_evidence(made)] == ["A", "B", "C"]
