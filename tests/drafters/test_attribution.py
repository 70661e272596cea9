"""Who says it: patterns that must be found, and sentences in which nobody speaks."""

from __future__ import annotations

import pytest

from briefgen.drafters.attribution import attribution, masked, quotes
from briefgen.language.wordlists import cues

FOUND = {
    "The grid operator said that repairs take time.": ("said", "The grid operator"),
    "Repairs take time, the grid operator said.": ("said", "the grid operator"),
    "“Repairs take time,” said Anna Holt, who runs the grid.": ("said", "Anna Holt"),
    "Norway’s trade minister, Silje Aune, called the plan “a slap”.": ("said", "Norway’s trade minister, Silje Aune"),
    "According to the grid operator, repairs take time.": ("said", "the grid operator"),
    "Russia denied any part in it.": ("denied", "Russia"),
    "The line lost 40 million euros, a study by the institute shows.": ("said", "a study by the institute"),
    "Half of the ships were old, data compiled by the port suggest.": ("said", "the port"),
    "Stocks are said to be low.": ("impersonal", ""),
    "The minister has reportedly resigned.": ("impersonal", ""),
}


@pytest.mark.parametrize("text", FOUND)
def test_a_speaker_is_found(text: str) -> None:
    found = attribution(text, cues("en"))
    assert found is not None
    assert (found.how, found.who) == FOUND[text]


@pytest.mark.parametrize(
    "text",
    [
        "Poland closed two ports on Monday.",
        "Member States will vote in May.",
        "Greece stopped processing asylum claims on Crete.",
        "I can tell you that nobody noticed.",
        "We believe that this is wrong.",
        "Power prices in the Baltic states doubled.",
        "The captain was told to wait.",
        "That period is over, even if no one in Brussels admits it.",
        "The word “said” stands here.",
    ],
)
def test_nobody_speaks(text: str) -> None:
    assert attribution(text, cues("en")) is None


def test_an_outlet_is_cited_and_its_unnamed_sources_are_told() -> None:
    found = attribution("The firm got 40 requests, the Dublin Ledger reported, citing two former employees.", cues("en"))
    assert found is not None
    assert (found.how, found.cites, found.unnamed) == ("relayed", "Dublin Ledger", "two former employees")


@pytest.mark.parametrize("text", ["Press Secretary Anna Holt said so.", "Economist Claire Vane said that prices fall."])
def test_a_title_is_no_outlet(text: str) -> None:
    found = attribution(text, cues("en"))
    assert found is not None
    assert found.cites is None


@pytest.mark.parametrize(
    ("text", "unnamed"),
    [
        ("Three EU diplomats told the newspaper that papers were forged.", "Three EU diplomats"),
        ("A person familiar with the talks said so.", "A person familiar with the talks"),
        ("A minister of Norway, Silje Aune, said so.", None),
    ],
)
def test_an_unnamed_source_keeps_number_and_position(text: str, unnamed: str | None) -> None:
    found = attribution(text, cues("en"))
    assert found is not None
    assert found.unnamed == unnamed


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        ("de", "Man brauche mehr Zeit, sagte ein Diplomat in Brüssel.", "ein Diplomat in Brüssel"),
        ("de", "Laut der Zeitung Hafenkurier fehlt ein Entwurf.", "der Zeitung Hafenkurier fehlt ein Entwurf"),
        ("fr", "Le Conseil a reporté sa décision, a déclaré un diplomate européen.", "un diplomate européen"),
        ("fr", "Ankara dément toute subvention.", "Ankara"),
    ],
)
def test_other_languages_have_their_own_words(language: str, text: str, who: str) -> None:
    found = attribution(text, cues(language))
    assert found is not None
    assert found.who == who


def test_without_cues_nobody_is_told_apart() -> None:
    assert not cues("lt").known
    assert attribution("Ministras sakė, kad planas geras.", cues("lt")) is None


def test_quotations_are_masked_at_their_length() -> None:
    text = "He called it “a slap” and „nichts“ and «rien»."
    assert quotes(text) == ("“a slap”", "„nichts“", "«rien»")
    assert len(masked(text)) == len(text)
    assert "slap" not in masked(text)
