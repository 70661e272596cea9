"""The gate as a property: whatever a model proposes, what is kept has no fault, and its quotes stand where it says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.drafters.llm.gate import Gate
from briefgen.drafters.llm.proposal import Anchor, Proposal, claims, items, plain, values
from briefgen.evidence.quote import fold
from briefgen.model.terms import Kind
from tests.drafters.made import TEXTS, article

FUEL = "Fuel on Gotland will last nine days. Visby is calm."
ARTICLES = [article(), article(FUEL, name="b.txt", title=None, publisher="Daily")]
OWN = ("Reuters", "50", "million", "not", "no", "up to", "Stena", "…")
WORDS = [*sorted({word for text in TEXTS for word in text.split()}), *OWN]
loose = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)


@st.composite
def _stretch(draw: st.DrawFn) -> str:
    """Return some words in a row of an article, as they stand."""
    row = draw(st.sampled_from([*TEXTS, FUEL])).split()
    start = draw(st.integers(0, len(row) - 1))
    return " ".join(row[start : start + draw(st.integers(1, 20))])


said = st.one_of(_stretch(), loose, st.text(min_size=1, max_size=30).filter(lambda text: bool(plain(text))))
rare = st.one_of(st.none(), st.none(), _stretch(), loose)
SOURCES = st.sampled_from(["S1", "S1", "S2", "S3"])
anchors = st.builds(dict, source=SOURCES, quote=st.one_of(_stretch(), _stretch(), said), cites=rare, unnamed=rare)
evidence = st.lists(anchors, min_size=1, max_size=2)
short = said.map(lambda text: text[:150]).filter(lambda text: bool(plain(text)))
STATUS = st.sampled_from(["reported", "claimed", "denied", "opinion"])
developments = st.builds(dict, headline=short, text=said, status=STATUS, attribution=rare, evidence=evidence)
stakeholders = st.builds(dict, name=short, kind=st.sampled_from([*Kind]), role=said, position=rare, evidence=evidence)
risks = st.builds(dict, title=short, mechanism=said, evidence=evidence)
watch = st.builds(dict, event=said, evidence=evidence)
proposals = st.builds(
    dict,
    title=st.one_of(st.none(), short),
    key_developments=st.lists(developments, max_size=3),
    stakeholders=st.lists(stakeholders, max_size=2),
    risks=st.lists(risks, max_size=2),
    watch=st.lists(watch, max_size=2),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(proposals)
@pytest.mark.slow
def test_what_is_kept_has_no_fault_and_nothing_goes_unsaid(answer: dict[str, Any]) -> None:
    proposal = Proposal.model_validate(_short(answer))
    gate = Gate(ARTICLES, "en")
    kept, dropped = gate.kept(proposal)
    assert gate.faults(kept) == []
    assert gate.kept(kept) == (kept, [])
    gone = {place for place, _ in items(proposal)} & {fault.place for fault in dropped}
    assert len(list(items(kept))) == len(list(items(proposal))) - len(gone)
    assert (kept.title is None) == (proposal.title is None or any(fault.place == "title" for fault in dropped))
    for (source, _), (quote, locator) in ((row, found) for row, found in _located(gate, kept)):
        assert fold(quote.strip(" .,;:'\"“”"))[0].strip(" .,;:'") in fold(gate.articles[source].text)[0] or "…" in quote
        assert locator in {f"¶{paragraph.number}" for paragraph in gate.articles[source].article.paragraphs}
    assert values(kept, gate.anchors(kept))["key_developments"] is not None


def _located(gate: Gate, kept: Proposal) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    found = gate.anchors(kept)
    rows: list[Anchor] = [row for _, item in items(kept) for row in item.evidence]
    assert set(found) == set(rows)
    return [((row.source, row.quote), found[row]) for row in rows]


def _short(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer whose small fields are within their limits: longer ones never reach the gate."""

    def cut(node: Any) -> Any:
        if isinstance(node, dict):
            small = ("cites", "unnamed", "attribution")
            return {key: (value[:150] if key in small and value else cut(value)) for key, value in node.items()}
        return [cut(each) for each in node] if isinstance(node, list) else node

    made: dict[str, Any] = cut(answer)
    return made


def test_the_property_is_not_empty() -> None:
    """A gate that drops all would pass it: honest items stay."""
    row = {"source": "S2", "quote": "Fuel on Gotland will last nine days"}
    item = {"headline": "Fuel is short", "text": "Fuel will last nine days.", "status": "reported", "evidence": [row]}
    proposal = Proposal.model_validate({"title": "Fuel on Gotland is short", "key_developments": [item]})
    assert Gate(ARTICLES, "en").kept(proposal) == (proposal, [])
    assert [claim for _, each in items(proposal) for claim in claims(each)] == ["Fuel is short", "Fuel will last nine days."]
