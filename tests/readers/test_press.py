"""A press review comes apart into its articles; one article never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.model.article import Article, Role
from briefgen.model.terms import Genre
from briefgen.readers import plain
from briefgen.readers.press import DOUBT, split

FIRST = """Ferries to stand still from Monday
Harbour News, 3 March 2025
By Ann Smith

Crews on the northern lines walked out on Saturday night, two union officials said, after talks about a new roster broke
down for the third time in a month and the owners refused to name a date for more.

Islands have stores for about nine days, according to the port authority, which asked residents not to hoard.
"""
SECOND = """Owners see no room for talks
4 March 2025

The association of ferry owners said in a statement that it would not meet the union before the strike ends, and that
insurance and fuel had taken every cent that a higher wage would need this year.

A spokesman denied that there had been secret meetings.
"""
THIRD = """Opinion
Why the strike is our own fault
Island Post | 5 March 2025

I have taken the morning boat for thirty years, and in all that time nobody asked the crews what a winter shift is like.
We were happy with cheap tickets, and now we are surprised that those who made them cheap have had enough of it.
"""
CONTENTS = """Press review, 5 March 2025

1. Ferries to stand still from Monday
2. Owners see no room for talks
"""


def article(text: str) -> Article:
    return plain.read(Path("review.txt"), text.encode())


def test_three_articles_under_a_contents_list() -> None:
    parts = split(article("\n\n".join((CONTENTS, spaced(FIRST), spaced(SECOND), spaced(THIRD)))))
    assert [part.title for part in parts] == [
        "Ferries to stand still from Monday", "Owners see no room for talks", "Why the strike is our own fault",
    ]  # fmt: skip
    assert [part.published for part in parts] == ["2025-03-03", "2025-03-04", "2025-03-05"]
    assert [part.publisher for part in parts] == ["Harbour News", None, "Island Post"]
    assert parts[0].author == "Ann Smith"
    assert [part.genre for part in parts] == [Genre.UNKNOWN, Genre.UNKNOWN, Genre.OPINION]
    assert not any(row.text == "Opinion" for part in parts for row in part.paragraphs)
    assert parts[0].origins["published"] == "line below the headline"
    assert [part.name for part in parts] == ["review-1.txt", "review-2.txt", "review-3.txt"]
    assert all(part.origins["file"] == f"part {number} of review.txt" for number, part in enumerate(parts, 1))


def spaced(text: str) -> str:
    """Return a text with the lines of its head as paragraphs of their own, as readers of PDF and Word find them."""
    head, _, body = text.partition("\n\n")
    return head.replace("\n", "\n\n") + "\n\n" + body


def test_rules_alone_part_nothing_and_the_doubt_is_told() -> None:
    bare = ["\n\n".join([part.split("\n")[0], part.partition("\n\n")[2]]) for part in (FIRST, SECOND)]
    whole = article("\n\n* * *\n\n".join(bare))
    [one] = split(whole)
    assert one.paragraphs == whole.paragraphs
    assert list(one.notes) == [DOUBT]


def test_a_rule_and_an_author_agree() -> None:
    signed = [
        f"{title}\n\nBy {name}\n\n{FIRST.partition(chr(10) * 2)[2]}" for title, name in (("One", "Ann Ek"), ("Two", "Bo Li"))
    ]
    parts = split(article("---\n\n" + "\n\n---\n\n".join(signed)))
    assert [(part.title, part.author) for part in parts] == [("One", "Ann Ek"), ("Two", "Bo Li")]


def test_what_stands_before_the_first_headline_is_kept() -> None:
    review = "\n\n".join((spaced(FIRST), spaced(SECOND)))
    parts = split(article(f"{CONTENTS}\n\n{review}"))
    assert list(parts[0].notes) == ["before the first headline: Press review, 5 March 2025"]
    summed = "The strike fills all papers of this morning, and none of them sees a way out of it before the weekend. " * 3
    parts = split(article(f"Press review\n\n{summed}\n\n{review}"))
    assert [part.title for part in parts] == [
        "Press review", "Ferries to stand still from Monday", "Owners see no room for talks",
    ]  # fmt: skip
    assert parts[0].paragraphs[1].text == summed.strip()


def test_a_short_piece_stays_with_the_one_before_it() -> None:
    short = "In short\n\nHarbour News, 3 March 2025\n\nThe bridge is open again.\n\n"
    parts = split(article(spaced(FIRST) + "\n\n" + short + spaced(SECOND)))
    assert len(parts) == 2
    assert parts[0].paragraphs[-1].text == "The bridge is open again."


def test_a_chronology_is_no_review() -> None:
    old = "The first strike\n\n7 May 2019\n\n" + "Crews stopped work for nine days in that year, and nothing came of it. " * 4
    assert len(split(article(spaced(FIRST) + "\n\n" + old))) == 1


@pytest.mark.parametrize(
    ("line", "publisher", "published"),
    [
        ("Reuters, March 4, 2025", "Reuters", "2025-03-04"),
        ("March 4, 2025 Tuesday", None, "2025-03-04"),
        ("Tuesday, March 4, 2025", None, "2025-03-04"),
        ("Dienstag, 4. März 2025 | Küstenbote", "Küstenbote", "2025-03-04"),
        ("Athens, 4 March 2025", None, "2025-03-04"),
        ("Greece | Island Post | 4 March 2025 09:15", "Island Post", "2025-03-04"),
        ("Sunday Mail, 2 March 2025", "Sunday Mail", "2025-03-02"),
        ("Island Post (2025-03-04)", "Island Post", "2025-03-04"),
    ],
)
def test_an_outlet_is_no_weekday_no_place_and_no_half_of_a_date(line: str, publisher: str | None, published: str) -> None:
    text = FIRST.partition("\n\n")[2]
    parts = split(article(f"Ferries stop\n{line}\n\n{text}\n\nOwners refuse\nHarbour News, 5 March 2025\n\n{text}"))
    assert [(part.title, part.publisher, part.published) for part in parts] == [
        ("Ferries stop", publisher, published),
        ("Owners refuse", "Harbour News", "2025-03-05"),
    ]


def test_lines_that_were_wrapped_are_one_and_lines_of_a_head_are_not() -> None:
    wrapped = (
        "Ferries stop\nHarbour News\n\nCrews on the northern lines walked out on Saturday night, two\n"
        "Union officials said after the talks, which had begun on\n1 March and broke down for the third time in a month.\n"
    )
    rows = [row.text for row in article(wrapped).paragraphs]
    assert rows[:2] == ["Ferries stop", "Harbour News"]
    assert rows[2].startswith("Crews") and rows[2].endswith("a month.") and len(rows) == 3


def test_every_paragraph_of_a_part_stands_in_it_word_for_word() -> None:
    whole = article("\n\n".join((spaced(FIRST), spaced(SECOND))))
    parts = split(whole)
    assert len(parts) == 2
    texts = {row.text for row in whole.paragraphs}
    assert all(row.text in texts for part in parts for row in part.paragraphs)
    assert parts[1].paragraphs[0].role is Role.TITLE and parts[1].paragraphs[0].number == 0


def test_a_part_that_is_saved_reads_as_it_is() -> None:
    for part in split(article("\n\n".join((spaced(FIRST), spaced(SECOND), spaced(THIRD))))):
        again = plain.read(Path(part.name), part.text.encode())
        assert [(row.number, row.text) for row in again.paragraphs] == [(row.number, row.text) for row in part.paragraphs]
        assert again.sha256 == part.sha256


@pytest.mark.parametrize("text", [FIRST, spaced(FIRST), spaced(SECOND), spaced(THIRD)])
def test_one_article_stays_one(text: str) -> None:
    whole = article(text)
    assert split(whole) == (whole,)


def test_headings_within_an_article_part_nothing() -> None:
    inner = (
        spaced(FIRST)
        + "\n\nWhat the islands have\n\nStores last nine days, the port says.\n\nWhat the owners want\n\n"
        + "word " * 60
    )
    assert len(split(article(inner))) == 1


def test_a_date_within_the_text_parts_nothing() -> None:
    text = (
        spaced(FIRST) + "\n\nTalks had begun on 1 February 2025\n\nand ended without result. " + "More words follow here. " * 20
    )
    assert len(split(article(text))) == 1


def test_a_label_gives_the_genre() -> None:
    text = "\n\n".join(
        (spaced(FIRST), "Why it is our fault\n\nOpinion\n\nIsland Post, 5 March 2025\n\n" + "I think so and say it. " * 12)
    )
    assert [part.genre for part in split(article(text))] == [Genre.UNKNOWN, Genre.OPINION]
