"""Exports of archives come apart by their own marks, and what their heads say becomes fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.model.article import Article
from briefgen.model.terms import Genre
from briefgen.readers import plain
from briefgen.readers.press import split

TEXT = (
    "Crews on the northern lines walked out on Saturday night, two officials said, and the owners named no date for more talks."
)
MORE = "Copyright is no matter of ferries, a lawyer said."

NEXIS = f"""3 of 120 DOCUMENTS

Harbour News

March 3, 2025 Monday 6:00 PM GMT

Ferries to stand still

BYLINE: Ann Ek

SECTION: OPINION; Pg. 4

LENGTH: 41 words

DATELINE: LARVIK

{TEXT}

{MORE}

GRAPHIC: The quay of Larvik.

LOAD-DATE: March 3, 2025

LANGUAGE: ENGLISH

Copyright 2025 Harbour News Ltd
All Rights Reserved

4 of 120 DOCUMENTS

Island Post (Kiel)

March 4, 2025 Tuesday

Owners refuse

LENGTH: 40 words

{TEXT}
"""
UNI = f"""Ferries to stand still

Harbour News

March 3, 2025 Monday

Copyright 2025 Harbour News Ltd All Rights Reserved

Section: NEWS; Pg. 4

Length: 41 words

Byline: Ann Ek

Body

{TEXT}

{MORE}

Load-Date: March 3, 2025

End of Document

Owners refuse

Island Post (Kiel)

March 4, 2025 Tuesday

Length: 40 words

Body

{TEXT}

End of Document
"""
FACTIVA = f"""Opinion
Ferries to stand still
By Ann Ek
41 words
3 March 2025
18:00
Harbour News
HARBN
4
English
(c) 2025 Harbour News Ltd.

{TEXT}

{MORE}

Document HARBN00020250303el33000b5

Owners refuse
40 words
4 March 2025
Island Post (Kiel)
ISLP
English
Copyright 2025 Island Post

{TEXT}

Document ISLP000020250304el3400021

© 2025 Factiva, Inc. All rights reserved.
"""
EUROPRESSE = f"""Certificat émis le 5 mars 2025 à Harbour House

Harbour News
Tribune, lundi 3 mars 2025, p. 4

Ferries to stand still

{TEXT}

{MORE}

© 2025 Harbour News. Tous droits réservés.

news·20250303·HN·0123456

Island Post (Kiel)
mardi 4 mars 2025

Owners refuse

{TEXT}

news·20250304·IP·0123457
"""


def article(text: str) -> Article:
    return plain.read(Path("export.txt"), text.encode())


@pytest.mark.parametrize("text", [NEXIS, UNI, FACTIVA])
def test_an_export_comes_apart(text: str) -> None:
    first, second = split(article(text))
    assert (first.title, first.author, first.publisher, first.published) == (
        "Ferries to stand still", "Ann Ek", "Harbour News", "2025-03-03",
    )  # fmt: skip
    assert (second.title, second.author, second.publisher, second.published) == (
        "Owners refuse", None, "Island Post (Kiel)", "2025-03-04",
    )  # fmt: skip
    body = [row.text for row in first.paragraphs[1:]]
    assert TEXT in body and MORE in body
    assert not [row for row in body if "2025" in row or "words" in row or "ENGLISH" in row.upper()]
    assert [row.text for row in second.paragraphs[1:]] == [TEXT]
    assert first.origins["published"] == "head of the export"
    assert first.origins["file"] == "part 1 of export.txt"


def test_a_section_gives_the_genre_and_captions_stay() -> None:
    first, second = split(article(NEXIS))
    assert (first.genre, second.genre) == (Genre.OPINION, Genre.UNKNOWN)
    assert first.paragraphs[-1].text == "GRAPHIC: The quay of Larvik."
    assert split(article(FACTIVA))[0].genre is Genre.OPINION


def test_what_stands_before_the_first_is_told() -> None:
    first, _ = split(article("Search: ferries AND Larvik\n\n" + NEXIS))
    assert list(first.notes) == ["beside the articles: Search: ferries AND Larvik"]


@pytest.mark.parametrize(
    "text", [NEXIS.replace("LENGTH: 40 words", ""), FACTIVA.replace("40 words\n", ""), UNI.replace("Length", "X")]
)
def test_one_mark_is_none(text: str) -> None:
    assert not any(part.origins.get("published") == "head of the export" for part in split(article(text)))


def test_an_export_of_europresse_comes_apart() -> None:
    first, second = split(article(EUROPRESSE))
    assert (first.title, first.publisher, first.published) == ("Ferries to stand still", "Harbour News", "2025-03-03")
    assert (second.title, second.publisher, second.published) == ("Owners refuse", "Island Post (Kiel)", "2025-03-04")
    assert [row.text for row in first.paragraphs[1:]] == [TEXT, MORE]
    assert first.genre is Genre.OPINION
    assert list(first.notes) == ["beside the articles: Certificat émis le 5 mars 2025 à Harbour House"]
    other = split(article(EUROPRESSE.replace("20250304", "20250309")))  # the two marks do not agree
    assert not any(part.origins.get("published") == "head of the export" for part in other)
