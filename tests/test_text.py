"""Sentences, words, quotations and reading bands of running text."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import briefgen
from briefgen.language.segment import Reading, measured, paragraphs, quotations, reading, sentences, words


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ["U.S. forces left.", "They went home."]),
        ("en", ["The case reached the U.S.", "The court sat."]),
        ("en", ["See No. 10 of the list.", "It is long."]),
        ("en", ["He said 'no.'", "The end came."]),
        ("en", ["He said “no.”", "Then he left."]),
        ("en", ["The answer is no.", "The question stays."]),
        ("en", ["He waited… and left."]),
        ("en", ["He waited...", "Then he left."]),
        ("en", ["J. R. R. Tolkien and A. Smith met Dr. Who."]),
        ("en", ["On 3 Jan. 2025 it began.", "It ended."]),
        ("en", ["Prices rose 3.5 % in 2024.", "They fell."]),
        ("en", ["Why?", "Because!", "Yes."]),
        ("en", ["Firms such as Acme Inc. and others left.", "It cost EUR 3.2 billion."]),
        ("de", ["Am 3. März kam er.", "Er blieb."]),
        ("de", ["Es war die 2. Runde der Gespräche.", "Sie endete."]),
        ("de", ["Es gilt Artikel 3.", "Danach folgt nichts."]),
        ("de", ["Das ist z.B. ein Schiff.", "Es fährt."]),
        ("fr", ["M. Macron part.", "Il revient."]),
        ("fr", ["L’art. 5 tient.", "Il reste."]),
    ],
)
def test_sentences(language: str, parts: list[str]) -> None:
    text = " ".join(parts)
    found = sentences(text, language)
    assert [piece.text for piece in found] == parts
    assert all(text[piece.start : piece.end] == piece.text for piece in found)


def test_an_empty_line_ends_a_sentence_and_a_paragraph() -> None:
    assert [piece.text for piece in sentences("one\n\ntwo")] == ["one", "two"]
    assert [piece.text for piece in paragraphs("one\nstill\n \ntwo")] == ["one\nstill", "two"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a “b” c", ["“b”"]),
        ("Europe’s ‘soft power’ isn’t Europe’s", ["‘soft power’"]),
        ("„nein“ und «oui» and 'no' and \"yes\"", ["„nein“", "«oui»", "'no'", '"yes"']),
        ("Le mot « oui », l’« être » et «\u202fnon\u202f»", ["« oui »", "« être »", "«\u202fnon\u202f»"]),
        ("it's the ships' 5' rule", []),
        ("“open\n\nnever” closed", []),
        ("“one ‘two’ three”", ["“one ‘two’ three”"]),
    ],
)
def test_quotations(text: str, found: list[str]) -> None:
    assert [piece.text for piece in quotations(text)] == found


def test_words_are_not_parted_at_hyphens_and_apostrophes() -> None:
    assert [word.text for word in words("the U.S.-led, well-known ship’s 3.5 knots")] == [
        "the", "U.S", "led", "well-known", "ship’s", "3.5", "knots"
    ]  # fmt: skip


def test_no_group_is_possessive() -> None:
    """Before Python 3.11.5 one that fails half-way keeps what it had by then (gh-106052); Debian 12 has 3.11.2."""
    group = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+")
    assert group.search(r"a(?:b++)*+")
    sources = [path for path in Path(briefgen.__file__).parent.rglob("*") if path.suffix in (".py", ".yaml")]
    texts = [
        (path.name, node.value)
        for path in sources
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    texts += [(path.name, path.read_text(encoding="utf-8")) for path in sources if path.suffix == ".yaml"]
    assert [(name, found[0]) for name, text in texts if "(?" in text and (found := group.search(text))] == []


def _read(text: str, language: str) -> Reading | None:
    return reading([measured(text, language)], language)


def test_reading_is_a_band_and_needs_sixty_words() -> None:
    easy, hard = "The cat sat on the mat. " * 15, "Institutional interdependencies necessitate reconsideration. " * 20
    assert _read("The cat sat.", "en") is None
    low, high = _read(easy, "en-GB"), _read(hard, "en")
    assert low is not None
    assert high is not None
    assert low.high < high.low
    assert low.formula == "Flesch–Kincaid"
    swedish = _read("Fartyget seglar imorgon bitti. " * 20, "sv")
    assert swedish is not None
    assert str(swedish).startswith("LIX ")
