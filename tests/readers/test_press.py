"""A press review comes apart into its articles; one article never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.model.article import Article, Role
from briefgen.model.terms import Genre
from briefgen.readers import plain
from briefgen.readers.press import split

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


def test_rules_part_articles_without_dates() -> None:
    bare = ["\n\n".join([part.split("\n")[0], part.partition("\n\n")[2]]) for part in (FIRST, SECOND)]
    parts = split(article("\n\n* * *\n\n".join(bare)))
    assert [part.title for part in parts] == ["Ferries to stand still from Monday", "Owners see no room for talks"]


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
