"""What is held back by its marking is nowhere in the file: no field of it, no source of its own, not in a count."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import writers
from briefgen.findings.diagnostics import error
from briefgen.model.summary import Summary
from briefgen.pipeline import review
from briefgen.tailor import hidden_in, tailor
from briefgen.tailor.withheld import only_withheld
from tests import builders
from tests.builders import AUDIENCES, Data
from tests.strategies import _items, summaries
from tests.test_properties import _document, examples, project

CANARY = "Qzcanaryx"
PLAIN = frozenset({"keep", "omit", "review"})
WITH_EVIDENCE = ("key_developments", "stakeholders", "risks", "watch")


def bear(number: int, part: str, item: Data) -> Data:
    """Return an item with a canary in every text, and evidence from a source of its own."""
    made: Data = builders.changed(item, lambda _, words: f"{CANARY} {words}") | {key: item[key] for key in PLAIN & set(item)}
    for key in {"exposed", "early_signs", "indicators"} & set(made):
        made[key] = [CANARY]
    piece = {"source": f"Z{number}", "quote": CANARY, "cites": CANARY, "unnamed": CANARY, "locator": CANARY}
    if part in WITH_EVIDENCE:
        made["evidence"] = [piece]
    for side in made.get("sides", []):
        side["evidence"] = [piece]
    return made


@st.composite
def withholding(draw: st.DrawFn) -> tuple[Data, int]:
    """Return a summary of which some items are marked above it, and how many sources only they use."""
    data = draw(summaries())
    data["marking"] = {"tlp": draw(st.sampled_from(["none", "CLEAR", "GREEN"]))}
    hidden = secret = 0
    for part, rows in _items(data):
        for number, item in enumerate(rows):
            if draw(st.booleans()):
                hidden += 1
                rows[number] = bear(hidden, part, item) | {"tlp": draw(st.sampled_from(["AMBER", "AMBER+STRICT", "RED"]))}
                if part not in WITH_EVIDENCE and not rows[number].get("sides"):
                    continue
                secret += 1
                source = {"id": f"Z{hidden}", "title": CANARY, "publisher": CANARY, "author": CANARY, "descriptor": CANARY}
                data["sources"].append(source | {"url": f"https://{CANARY.lower()}.example/", "published": "1066-10-14"})
    if hidden:
        data["glossary"] = [*data.get("glossary", []), {"term": CANARY, "expansion": CANARY}]
        data["rests_on"] = [item["id"] for _, rows in _items(data) for item in rows if "tlp" in item and "id" in item]
    return data, secret


@pytest.mark.slow
@examples(60, shrink=False)
@given(withholding())
def test_no_word_of_a_withheld_item_is_printed_at_any_level(made: tuple[Data, int]) -> None:
    data, secret = made
    summary = Summary.model_validate(data)
    for audience in AUDIENCES:
        text = writers.write(_document(summary, audience), "html").content.decode().casefold()
        assert CANARY.casefold() not in text
        brief = tailor(summary, project().audience(audience))
        assert brief.head.basis.total <= len(data["sources"]) - secret
        assert not [view for views in brief.parts.values() for view in views if CANARY in repr(view)]


def test_the_guard_finds_what_is_not_withheld() -> None:
    item = bear(1, "risks", {"title": "T", "mechanism": "M"})
    data = builders.minimal(risks=[item], sources=[{"id": "S1", "title": "T"}, {"id": "Z1", "title": CANARY}])
    assert CANARY in writers.write(_document(Summary.model_validate(data), "analyst"), "html").content.decode()


def summary(**more: Any) -> Summary:
    sources = [{"id": f"S{number}", "title": "T"} for number in range(1, 6)]
    sources[2]["reprint_of"] = "S2"  # S3 is what S2 says once more
    sources[3]["reprint_of"] = "S5"
    hidden = {"id": "D2", "headline": "H", "text": "T", "status": "reported", "tlp": "RED", "evidence": [{"source": "S2"}]}
    return Summary.model_validate(builders.minimal(sources=sources, key_developments=[hidden], **more))


@pytest.mark.parametrize(
    ("more", "secret"),
    [
        ({}, {"S2", "S3"}),
        ({"background": {"text": "T", "evidence": [{"source": "S2"}]}}, set()),
        ({"background": {"text": "T", "evidence": [{"source": "S3"}]}}, set()),
        ({"rests_on": ["S2"]}, set()),
        ({"key_judgements": [{"text": "T", "rests_on": ["D2"]}]}, {"S2", "S3"}),
    ],
)
def test_a_source_goes_where_only_withheld_items_use_it(more: Data, secret: set[str]) -> None:
    made = summary(**more)
    assert only_withheld(made, made.key_developments) == secret
    assert only_withheld(made, []) == frozenset()


def test_what_a_withheld_item_rests_on_counts_for_no_confidence() -> None:
    strong = [{"id": f"S{n}", "title": "T", "publisher": f"P{n}", "genre": "official"} for n in (1, 2)]
    item = {"headline": "H", "text": "T", "status": "reported"}
    rows = [
        item | {"id": "D1", "evidence": [{"source": "S1"}]},
        item | {"id": "D2", "tlp": "RED", "evidence": [{"source": "S2"}]},
    ]
    judgement = {"text": "T", "likelihood": "likely", "confidence": "moderate", "rests_on": ["D1", "D2"]}
    data = builders.minimal(sources=strong, key_developments=rows, key_judgements=[judgement], marking={"tlp": "GREEN"})
    level = project().audience("analyst")
    [view] = tailor(Summary.model_validate(data), level).parts["judgements"]
    assert (view.confidence.level, view.confidence.values["sources"]) == ("moderate", 1)
    judgement["confidence"] = "high"
    [view] = tailor(Summary.model_validate(data), level).parts["judgements"]
    assert view.confidence is None
    rows[1]["tlp"] = "GREEN"
    [view] = tailor(Summary.model_validate(data), level).parts["judgements"]
    assert (view.confidence.level, view.confidence.values["sources"]) == ("high", 2)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_comment_of_a_review_copy_tells_of_it(audience: str) -> None:
    """Findings on it, its source, and what is said to rest on it stay away; its id may stand there."""
    item = bear(1, "key_developments", {"id": "D9", "headline": "H", "text": "T", "status": "reported"}) | {"tlp": "RED"}
    sources = [{"id": "S1", "title": "T"}, {"id": "Z1", "title": CANARY}]
    judgement = {"text": "T", "likelihood": "likely", "rests_on": ["D9"]}
    data = builders.minimal(sources=sources, key_developments=[item], key_judgements=[judgement], marking={"tlp": "GREEN"})
    made, level = Summary.model_validate(data), project().audience(audience)
    said = [
        error("TXT-01", CANARY, None, path="/key_developments/0/text"),
        error("TXT-01", CANARY, None, path="/sources/1/title"),
    ]
    hidden = hidden_in(made, level)
    assert hidden == {"D9", "Z1"}
    copy = review.with_notes(review.reviewed(_document(made, audience), made, said, hidden))
    assert CANARY.casefold() not in writers.write(copy, "html").content.decode().casefold()
    copy = review.with_notes(review.reviewed(_document(made, audience), made, said))
    assert CANARY in writers.write(copy, "html").content.decode()
