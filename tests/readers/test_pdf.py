"""Columns, headlines, running heads, notes, raised digits and hyphens of PDFs."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from briefgen import readers
from briefgen.evidence.quote import Found, Searched
from briefgen.model.article import Article, Role
from tests.readers import made

COLUMN = (
    "The harbour board of Larvik", "said on Tuesday that fees for", "ferries will rise by up to 12 per",
    "cent from the next season on.",
)  # fmt: skip
OTHER = (
    "Two lines asked the board for",
    "Later dates, since many tickets",
    "for the summer are sold to many",
    "families of the islands.",
)
Placed = tuple[float, float, float, str]


def read(folder: Path, *pages: list[Placed]) -> Article:
    path = folder / "a.pdf"
    path.write_bytes(made.placed(list(pages)))
    return readers.read(path)


def down(lines: tuple[str, ...], top: float, left: float = 50, size: float = 10) -> list[Placed]:
    return [(left, top - 1.4 * size * at, size, line) for at, line in enumerate(lines)]


def texts(article: Article) -> list[str]:
    return [row.text for row in article.paragraphs]


def test_columns_are_read_whole(tmp_path: Path) -> None:
    headline = down(("The board raises the", "Fees of the harbour"), 780, size=20)
    page = [*headline, *down(COLUMN, 700), *down(OTHER, 630), *down(COLUMN, 700, 300), *down(OTHER, 630, 300)]
    article = read(tmp_path, page)
    assert article.title == "The board raises the Fees of the harbour"
    assert texts(article)[1:] == [" ".join(COLUMN), " ".join(OTHER)] * 2


def test_a_short_first_line_is_a_heading_only_before_a_capital_that_had_fitted(tmp_path: Path) -> None:
    heads = ("Fees", "The harbour board of Larvik said", "on Tuesday that fees for ferries", "will rise by 12 per cent.")
    wrapped = (
        "Das Hafenamt",
        "Schifffahrtsgesellschaftsrechte",
        "im Rat von Larvik hat gesagt",
        "es sei noch nichts entschieden.",
    )
    article = read(tmp_path, [*down(("A title of the page",), 800, size=20), *down(heads, 700), *down(wrapped, 600)])
    assert texts(article)[1:] == ["Fees", " ".join(heads[1:]), " ".join(wrapped)]
    assert article.paragraphs[1].role is Role.HEADING


def test_running_heads_of_two_pages_go_and_a_paragraph_runs_on(tmp_path: Path) -> None:
    furniture: list[Placed] = [(50, 820, 10, "The Coast"), (50, 40, 10, "www.coast.example")]
    first = [furniture[0], *down(("Fees rise in Larvik",), 780, size=20), *down(COLUMN[:2], 700), furniture[1]]
    second = [furniture[0], *down(COLUMN[2:], 790), *down(OTHER, 700), furniture[1]]
    article = read(tmp_path, first, second)
    assert texts(article) == ["Fees rise in Larvik", " ".join(COLUMN), " ".join(OTHER)]


def test_a_running_head_is_no_title_and_the_title_is_no_running_head(tmp_path: Path) -> None:
    one = [(50, 820, 10, "The Coast"), *down(("Fees rise in Larvik",), 780, size=20), *down(COLUMN, 700)]
    assert read(tmp_path, one).title == "Fees rise in Larvik"
    other = [[f"{word} {line}" for line in OTHER] for word in ("all", "some", "many")]
    later = [[(50, 820, 10, "Fees rise in Larvik"), *down(tuple(rows), 700)] for rows in other]
    article = read(tmp_path, [*down(("Fees rise in Larvik",), 780, size=20), *down((*COLUMN, "It is so."), 700)], *later)
    whole = [" ".join(rows) for rows in other]
    assert texts(article)[0] == "Fees rise in Larvik"
    assert " ".join(texts(article)[1:]) == " ".join([*COLUMN, "It is so.", *whole])


def test_notes_stand_at_the_end(tmp_path: Path) -> None:
    note = [
        (50, 104, 5, "1"),
        (54, 100, 8, "The budget of the harbour,"),
        (50, 90, 8, "page 4 of it."),
        (50, 80, 8, "2 A letter."),
    ]
    article = read(tmp_path, [*down(("Fees rise",), 780, size=20), *down(COLUMN[:2], 700), *note], down(COLUMN[2:], 780))
    assert texts(article)[1:] == [" ".join(COLUMN), "1 The budget of the harbour, page 4 of it.", "2 A letter."]
    assert [row.role for row in article.paragraphs][-2:] == [Role.CAPTION] * 2


def test_raised_digits_are_no_part_of_figures(tmp_path: Path) -> None:
    line = [(50, 700, 10, "It costs NOK 60"), (130, 704, 6, "7"), (134, 700, 10, " million for 12 km"), (230, 704, 6, "2")]
    line += [(236, 700, 10, " of water since 2019"), (330, 703.5, 6, "8,9")]
    article = read(tmp_path, [*down(("Fees rise",), 780, size=20), *line, *down(OTHER, 640)])
    assert texts(article)[1] == "It costs NOK 60 million for 12 km² of water since 2019"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("the Ein-", "und Ausfuhr von Waren"), "the Ein- und Ausfuhr von Waren"),
        (("short-", "or long-term loans"), "short- or long-term loans"),
        (("rules that are EU-", "wide since May"), "rules that are EU-wide since May"),
        (("in the Covid-19-", "years of it"), "in the Covid-19-years of it"),
        (("the har-", "bour of Larvik"), "the harbour of Larvik"),
        (("the har\u00ad", "bour is well-", "known"), "the harbour is well-known"),
        (("a well-known man, a well-", "known town"), "a well-known man, a well-known town"),
        (("the Larvik-", "Oslo line"), "the Larvik-Oslo line"),
        (("2019 -", "a year"), "2019 - a year"),
    ],
)
def test_hyphens_at_the_ends_of_lines(tmp_path: Path, lines: tuple[str, ...], text: str) -> None:
    article = read(tmp_path, [*down(("Fees rise",), 780, size=20), *down((*OTHER[:3], *lines), 700)])
    assert texts(article)[1].endswith(text)


def test_a_hyphen_at_a_line_end_is_folded_in_comparison(tmp_path: Path) -> None:
    article = read(
        tmp_path, [*down(("Fees rise",), 780, size=20), *down((*OTHER[:3], "a well-", "known town of the coast"), 700)]
    )
    assert "wellknown" in article.text
    found = Searched(article).locate("a well-known town")
    assert (found.found, found.passage) == (Found.VERBATIM, "a wellknown town")
    assert Searched(article).locate("an ill-known town").found is not Found.VERBATIM
    assert Searched(article.model_copy(update={"name": "a.txt"})).locate("a well-known town").found is Found.ALTERED


@pytest.mark.parametrize("algorithm", ["AES-128", "AES-256", "AES-256-R5"])
def test_a_pdf_that_opens_without_a_password_is_read(tmp_path: Path, algorithm: str) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made.as_pdf()))
    writer.encrypt("", owner_password="owner", algorithm=algorithm)
    kept = io.BytesIO()
    writer.write(kept)
    (tmp_path / "a.pdf").write_bytes(kept.getvalue())
    assert readers.read(tmp_path / "a.pdf").title == made.TITLE
