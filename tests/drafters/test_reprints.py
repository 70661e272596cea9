"""Reprints: one wire story in several papers is one source; two stories on one event are two."""

from __future__ import annotations

import pytest

from briefgen.drafters import draft
from briefgen.drafters.parts import Settings
from briefgen.drafters.reprints import copied, reprints
from tests.drafters.made import article

WIRE = (
    "Poland closed four ports on the Baltic on Monday after a storm tore a tanker from its moorings, the coast guard in Gdynia "
    "said. Nobody was hurt, and divers will look at the hull today.",
    "The ports handle a third of the fuel that reaches the country by sea. Shipowners warned that islands could lose their "
    "supply if the closure lasts longer than a week.",
    "Transport minister Ewa Lis said that tugs from Denmark and Sweden would arrive on 12 May 2025. She denied that the "
    "moorings had been inspected too late.",
)
SHORTER = (
    WIRE[0].replace("tore a tanker", "ripped one tanker").replace("today", "on Tuesday"),
    WIRE[1],
    WIRE[2].split(". ")[0] + ".",
)
LONGER = (*WIRE, "Readers of this paper in Sopot told us on Tuesday that buses had replaced the ferry. The mayor thanked them.")
OTHER = (
    "A tanker that broke loose in the storm has shut Poland's four Baltic ports, and the coast guard does not expect them to "
    "open before Thursday. Divers found a crack in the hull on Tuesday.",
    "Hospitals on the islands have fuel for nine days, the regional government said. Ewa Lis, the transport minister, said that "
    "tugs from Denmark and Sweden were on their way.",
    "Insurers put the loss at 40 million euros. A union of dockers had warned in March that the moorings were rotten.",
)


def test_one_story_in_three_papers_has_one_original() -> None:
    papers = [article(*SHORTER, name="a"), article(*WIRE, name="b"), article(*LONGER, name="c")]
    found = reprints(papers)
    assert {number: each.original for number, each in found.items()} == {0: 2, 1: 2}  # the longest, where no date tells
    assert found[1].share == 1.0
    assert 0.7 < found[0].share < 1.0


def test_the_earliest_is_the_original_and_the_first_of_equals() -> None:
    dated = [article(*LONGER, published="2025-05-07"), article(*WIRE, published="2025-05-06"), article(*WIRE)]
    assert {number: each.original for number, each in reprints(dated).items()} == {0: 1, 2: 1}
    assert list(reprints([article(*WIRE), article(*WIRE)])) == [1]


@pytest.mark.parametrize("wire", [WIRE, SHORTER])
def test_two_stories_on_one_event_are_two(wire: tuple[str, ...]) -> None:
    assert reprints([article(*wire), article(*OTHER)]) == {}


def test_a_quotation_that_two_articles_share_makes_no_reprint() -> None:
    quote = "The minister said: “We will open the ports as soon as the divers allow it, and not one single hour later than that.”"
    assert reprints([article(*WIRE, quote), article(*OTHER, quote)]) == {}


def test_short_texts_are_never_reprints() -> None:
    notice = "All rights are reserved by the agency and its clients."
    assert reprints([article(notice), article(notice)]) == {}


def test_only_the_words_of_its_own_are_left_of_a_reprint() -> None:
    changed = "Nobody was hurt, and divers shall look at the hull today."
    own = "Readers of this paper in Sopot told us on Tuesday that buses had replaced the ferry."
    assert copied([changed, own, "So it is."], article(*WIRE)) == [True, False, True]


def test_a_reprint_gives_no_second_item_and_no_second_witness() -> None:
    papers = [article(*WIRE, name="a"), article(*SHORTER, name="b"), article(*LONGER, name="c")]
    made = draft("extractive", papers, Settings())
    assert [source.get("reprint_of") for source in made.values["sources"]] == ["S3", "S3", None]
    items = [*made.values["key_developments"], *made.values["stakeholders"], *made.values.get("risks", ())]
    assert {row["source"] for item in items for row in item["evidence"]} == {"S3"}
    assert [note for note in made.notes if "reprint of c" in note]
    assert "stands in both" in " ".join(made.comments["/sources/0"])
    alone = draft("extractive", papers[2:], Settings())
    assert len(items) == len([*alone.values["key_developments"], *alone.values["stakeholders"], *alone.values.get("risks", ())])


def test_what_a_reprint_adds_is_drafted_from_it() -> None:
    added = "The European Commission sent 30 experts to Gdynia on Wednesday, its spokesman said."
    first = article(*WIRE, name="a", published="2025-05-06")
    made = draft("extractive", [first, article(*WIRE, added, name="b", published="2025-05-07")], Settings())
    [item] = [row for row in made.values["key_developments"] if row["evidence"][0]["source"] == "S2"]
    assert item["evidence"][0]["quote"] == added


def test_fifty_papers_are_looked_up_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    from briefgen.drafters import reprints as module

    made: list[int] = []
    runs = module._runs
    monkeypatch.setattr(module, "_runs", lambda text: made.append(len(text)) or runs(text))
    papers = [article(*WIRE, f"This is the paper of town number {n}.", name=str(n)) for n in range(50)]
    assert len(reprints(papers)) == 49
    assert len(made) == 50  # each text is read once
