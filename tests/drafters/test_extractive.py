"""The draft: verbatim, in its place, never firmer than the article, the same every time, and honest on what it did not find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from briefgen import drafters
from briefgen.drafters import Settings, genre, segment
from briefgen.drafters.actors import gazetteer
from briefgen.drafters.features import read
from briefgen.drafters.parts import MAX_CHARACTERS
from briefgen.drafters.wording import headline
from briefgen.findings.diagnostics import BriefgenError
from briefgen.language.wordlists import cues
from briefgen.model.article import Article, Role, paragraphs
from briefgen.model.summary import Summary
from briefgen.model.terms import Genre
from briefgen.model.text import TO_WRITE
from tests.drafters.made import TEXTS, article


def _draft(*articles: Article, **settings: Any) -> dict[str, Any]:
    return dict(drafters.draft("extractive", articles, Settings(**settings)).values)


def _evidence(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield from node.get("evidence", ())
        for value in node.values():
            yield from _evidence(value)
    elif isinstance(node, list):
        for value in node:
            yield from _evidence(value)


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("RIGA, 17 February 2025 - The cable lost service on Sunday.", "RIGA, 17 February 2025 - "),
        ("KYIV (Reuters) – The cable lost service on Sunday.", "KYIV (Reuters) – "),
        ("LA PAZ, Feb 17 (AP) — The cable lost service on Sunday.", "LA PAZ, Feb 17 (AP) — "),
        ("NATO – the alliance of 32 states – said that the cable lost service.", ""),
        ("The EU - 27 states - said that the cable lost service.", ""),
    ],
)
def test_a_dateline_is_of_the_article_and_not_of_its_first_sentence(opening: str, dateline: str) -> None:
    one = article(opening, title=None)
    (found,) = segment.split(one, 0, "en", cues("en"))
    assert found.text == opening.removeprefix(dateline)
    assert one.text[found.start : found.end] == found.text


def test_every_quote_is_verbatim_and_in_its_paragraph() -> None:
    one = article()
    rows = list(_evidence(_draft(one)))
    assert rows
    for row in rows:
        text = next(p.text for p in one.paragraphs if f"¶{p.number}" == row["locator"])
        assert row["quote"] in text
        assert len(row["quote"].split()) <= 40


def test_it_is_a_valid_draft_of_open_items() -> None:
    summary = Summary.model_validate({"id": "x", **_draft(article())})
    assert summary.stage == "draft"
    every = (*summary.key_developments, *summary.stakeholders, *summary.risks, *summary.outlook.watch)
    assert {item.review for item in every} == {"open"}
    assert all(TO_WRITE in item.role.full for item in summary.stakeholders)


def test_the_words_of_others_stay_theirs() -> None:
    rows = {row["evidence"][0]["quote"]: row for row in _draft(article())["key_developments"]}
    [denied] = [row for quote, row in rows.items() if "denied that Warsaw" in quote]
    assert (denied["status"], denied["attribution"]) == ("denied", "Poland’s transport minister, Ewa Lis")
    [relayed] = [row for quote, row in rows.items() if "Harbour News" in quote]
    assert (relayed["status"], relayed["evidence"][0]["cites"]) == ("reported", "Harbour News")
    assert "established" not in {row["status"] for row in rows.values()}


def test_a_risk_needs_a_harm_and_a_way_to_europe() -> None:
    [risk] = _draft(article())["risks"]
    assert risk["mechanism"].startswith(TO_WRITE)
    assert "islands in the Baltic could lose" in risk["mechanism"]
    assert "risks" not in _draft(article("The company said on Monday that the port of Lima could lose its last line."))


def test_an_outlook_needs_something_to_come_and_keeps_its_date() -> None:
    [watch] = _draft(article())["outlook"]["watch"]
    assert watch["date"] == "2025-05-12"
    assert "shareholders will vote" in watch["event"]


def test_a_sentence_that_dangles_brings_the_one_before_it() -> None:
    text = "Sweden closed the port of Visby on Monday. This cut the island’s supply of fuel by half, the harbour master said."
    [row] = [row for row in _draft(article(text))["key_developments"] if "This cut" in row["evidence"][0]["quote"]]
    assert row["evidence"][1]["relation"] == "context"
    assert row["text"].startswith("“Sweden closed the port")


def test_one_event_in_two_articles_is_one_item() -> None:
    told = "Sweden closed the port of Visby on Monday after two ferries collided, the coast guard said."
    again = "After two ferries collided, Sweden on Monday closed the port of Visby, the coast guard told reporters."
    rows = _draft(article(told), article(again, name="other.txt"))["key_developments"]
    assert len(rows) == 1
    assert {row["source"] for row in rows[0]["evidence"]} == {"S1", "S2"}


def test_a_contradiction_between_articles_is_proposed() -> None:
    soon = "A meeting of the two presidents on the ferry dispute is imminent, the Swedish government said."
    late = "A meeting of the presidents on the ferry dispute is unlikely before autumn, Polish officials said."
    [row] = _draft(article(soon), article(late, name="other.txt"))["disagreements"]
    assert [side["evidence"][0]["source"] for side in row["sides"]] == ["S1", "S2"]
    assert TO_WRITE in row["handling"]


COUNTRIES = [
    "Poland",
    "Sweden",
    "Greece",
    "Italy",
    "Spain",
    "France",
    "Ireland",
    "Austria",
    "Estonia",
    "Latvia",
    "Croatia",
    "Finland",
    "Denmark",
    "Portugal",
    "Malta",
]
THINGS = [
    "steel",
    "paper",
    "sugar",
    "fishing",
    "printing",
    "glass",
    "copper",
    "timber",
    "dairy",
    "textile",
    "cement",
    "olive",
    "carpet",
    "ceramic",
    "fodder",
]


def test_fifteen_articles_give_at_most_twenty_items() -> None:
    articles = [
        article(
            f"{country} closed {thing}works in {thing}ville over {thing}itis, the {thing}ers of {thing}burg said.",
            f"The {thing}guild of {country} fined {thing}smith and {thing}son for {thing}fraud, it announced.",
            f"{thing}lords and {thing}kings will elect a {thing}chief of {country} in June.",
            f"Without {thing}aid, European {thing}ers could lose their {thing} market, {thing}unions of {country} warned.",
            name=f"{thing}.txt",
            title=f"{country} and its {thing} trade",
        )
        for n, (country, thing) in enumerate(zip(COUNTRIES, THINGS, strict=True))
    ]
    drafted = drafters.draft("extractive", articles)
    items = [*drafted.values["key_developments"], *drafted.values["risks"], *drafted.values["outlook"]["watch"]]
    assert len(items) == 20
    assert drafted.comments["/-"][0] == "Not taken in, the next best first:"
    assert len(drafted.comments["/-"]) > 10


def test_the_same_articles_give_the_same_draft() -> None:
    assert drafters.draft("extractive", [article()]) == drafters.draft("extractive", [article()])


def test_names_of_a_project_are_found() -> None:
    own = {"Nordwind Line": {"kind": "company", "names": ["ferry line Nordwind", "Nordwind"]}}
    names = {row["name"]: row["kind"] for row in _draft(article(), actors=own)["stakeholders"]}
    assert names["Nordwind Line"] == "company"
    assert names["Poland"] == "state"
    assert names["European Commission"] == "eu_body"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Moscow said no.", {"Russia"}),
        ("They met in Moscow.", set()),
        ("The Kremlin and the White House agreed with Brussels.", {"Russia", "United States", "European Union"}),
        ("The Soviet Union collapsed.", {"Russia"}),
        ("She told us about Turkey.", {"Türkiye"}),
    ],
)
def test_a_capital_is_a_government_or_a_place(text: str, names: set[str]) -> None:
    found = gazetteer("en")
    assert {found.names[hit.key] for hit in found.find(text) if hit.weight} == names


# ---- genre


def test_a_column_is_told_by_its_voice_and_its_bio() -> None:
    column = article(
        "I have sailed this route since I was a child, and I will miss it.",
        "Nobody in the ministry has ever been seasick. Why should they care?",
        "Ada Berg is a columnist and lives in Visby.",
    )
    reading = read(column, 0, gazetteer("en"))
    assert reading.genre is Genre.OPINION
    assert "first person" in reading.genre_from
    assert all("opinion" in each.flags for each in reading.sentences)
    assert not any("columnist" in each.sentence.text for each in reading.sentences)


def test_an_agency_report_is_told_by_its_dateline() -> None:
    wire = article("VISBY (Nordpress)", "The port was closed on Monday, the coast guard said.", "Sweden sent two ships.")
    assert read(wire, 0, gazetteer("en")).genre is Genre.WIRE


def test_what_the_reader_found_goes_first() -> None:
    labelled = article(genre=Genre.OPINION, origins={"genre": "label at the top"})
    assert genre.genre(labelled, (), "en", None) == (Genre.OPINION, "label at the top")  # type: ignore[arg-type]


def test_in_a_column_a_bare_claim_is_an_opinion_and_a_report_is_not() -> None:
    column = article(
        "I think the port is lost, and I know why. The owners lied.",
        "The mayor told me that 300 people left.",
        genre=Genre.OPINION,
    )
    statuses = {row["evidence"][0]["quote"]: row["status"] for row in _draft(column).get("key_developments", ())}
    assert statuses.get("The mayor told me that 300 people left.", "claimed") == "claimed"
    assert "reported" not in statuses.values()


# ---- input that is none


@pytest.mark.parametrize(
    "texts",
    [("Hello",), ("12 13 14 15",), ("steel", "iron"), ("17 1 2 3 4 5 6\n7 8 9 10 11 12 13",), ("word " * 5000,)],
    ids=["one word", "numbers", "a list", "a table", "no full stop"],
)
def test_without_sentences_the_draft_is_empty_and_says_so(texts: tuple[str, ...]) -> None:
    drafted = drafters.draft("extractive", [article(*texts, title=None)])
    assert "key_developments" not in drafted.values
    assert "key_developments: no development was found" in drafted.comments["/sources"]
    Summary.model_validate({"id": "x", **drafted.values})


def test_an_article_of_no_paragraphs_is_drafted() -> None:
    drafted = drafters.draft("extractive", [Article(name="x.txt", sha256="0" * 64)])
    assert drafted.values["sources"][0]["title"] == "x.txt"


def test_a_language_without_cues_is_drafted_by_position_and_says_so() -> None:
    text = "Vyriausybė pirmadienį patvirtino naują energetikos planą. Ministras sakė, kad Lietuva statys naują jungtį."
    drafted = drafters.draft("extractive", [article(text, title="Planas", language="lt")])
    assert any("no cues for its language (lt)" in note for note in drafted.notes)
    assert drafted.values["key_developments"]
    assert drafted.values["language"] == "lt"


def test_of_a_long_article_the_beginning_is_read_and_that_is_said() -> None:
    long = article(*["Poland closed a port on Monday, the coast guard said."] * 5000)
    reading = read(long, 0, gazetteer("en"))
    assert sum(len(each.sentence.text) for each in reading.sentences) <= MAX_CHARACTERS
    assert "only the first" in reading.notes[0]


def test_headings_captions_and_bios_are_not_quoted() -> None:
    rows = [
        (Role.TITLE, "Ferries"),
        (Role.HEADING, "Poland closed the port on Monday."),
        (Role.CAPTION, "Sweden closed the port on Monday."),
        (Role.BODY, "Denmark closed the port on Monday, officials said."),
        (Role.BIO, "Ada Berg closed the port on Monday."),
    ]
    made = Article(name="x", sha256="0" * 64, language="en", paragraphs=paragraphs(rows))
    assert [each.sentence.text[:7] for each in read(made, 0, gazetteer("en")).sentences] == ["Denmark"]


def test_a_hundred_articles_are_drafted_to_twenty_items() -> None:
    articles = [
        article(
            f"{COUNTRIES[n % 15]} closed {THINGS[n % 13]} plant number {n} on Monday, the {THINGS[n % 11]} guild said.",
            name=f"{n}.txt",
        )
        for n in range(100)
    ]
    drafted = drafters.draft("extractive", articles)
    assert len(drafted.values["sources"]) == 100
    assert len(drafted.values["key_developments"]) <= 20


def test_no_article_gives_no_item() -> None:
    assert "key_developments" not in drafters.draft("extractive", []).values


def test_an_unknown_drafter_is_refused() -> None:
    with pytest.raises(BriefgenError, match="drafter 'magic'"):
        drafters.draft("magic", [article()])


def test_figures_of_unrelated_things_are_no_disagreement() -> None:
    one = article("Shares of the line rose 7 percent in Milan on Monday.", name="a")
    other = article("The price of steel rose 4 percent in London on the news.", name="b")
    assert "disagreements" not in drafters.draft("extractive", [one, other]).values


def test_what_is_quoted_for_a_stakeholder_names_it() -> None:
    long = (
        "The talks in Geneva went on, " + "and the delegates spoke of many other things at length, " * 5 + "as Serbia had asked."
    )
    drafted = drafters.draft("extractive", [article(long, name="a")])
    [row] = [each for each in drafted.values["stakeholders"] if each["name"] == "Serbia"]
    assert "Serbia" in row["evidence"][0]["quote"]


def test_what_an_item_quotes_is_not_told_again_at_the_end() -> None:
    drafted = drafters.draft("extractive", [article(*TEXTS * 8, name=str(number)) for number in range(2)])
    lines = drafted.comments.get("/-", ())
    quotes = [row["quote"] for item in drafted.values["key_developments"] for row in item["evidence"]]
    assert not [line for line in lines for quote in quotes if line.endswith(f": {quote}")]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Officials have begun to prepare the list of the sanctions, according to people who have seen it in March.",
            "Officials have begun to prepare the list of the sanctions …",
        ),
        ("But ports closed on Monday.", "Ports closed on Monday"),
        (
            "The gap will leave airfields in the east of Europe bare of the cover by the alliance.",
            "The gap will leave airfields in the east of Europe bare …",
        ),
    ],
)
def test_a_headline_ends_where_a_clause_does(sentence: str, told: str) -> None:
    assert headline(sentence, cues("en")) == told
