"""A quote is found verbatim after folding, altered, or missing; its offsets lead back into the article."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from briefgen.evidence.quote import Found, Searched, differences, fold, folded
from briefgen.findings.diagnostics import BriefgenError
from briefgen.model.article import Article, Role, paragraphs

TEXTS = (
    "The fees of the harbour",
    "The board said on Tuesday that fees will rise by up to 12\u00a0percent, which “nobody” likes — or so it seems.",
    "The ef\u00adfect on ﬁrms is not known... yet, and the cafe\u0301 owner's son – a driver – waits.",
    "Порт закрыт до весны, говорит совет. 港口将关闭到春天为止。",
    "A last word is said here.",
)


def article(texts: tuple[str, ...] = TEXTS) -> Searched:
    rows = [(Role.TITLE if not at else Role.BODY, text) for at, text in enumerate(texts)]
    return Searched(Article(name="a", sha256="0" * 64, paragraphs=paragraphs(rows)))


FOUND = {
    "fees will rise by up to 12 percent": 1,
    'which "nobody" likes - or so': 1,
    "which 'nobody' likes": 1,
    "effect on firms": 2,
    "not known... yet": 2,
    "not known… yet": 2,
    "café owner’s son - a driver": 2,
    "The board said … will rise by up to 12 percent": 1,
    "The board […] likes": 1,
    "… on Tuesday …": 1,
    "fees will rise … is not known": 1,
    "порт закрыт".capitalize(): 3,
    "关闭到春天": 3,
    "A": 4,
    "The fees of the harbour.": 0,
    "said\non  Tuesday,": 1,
}


@pytest.mark.parametrize("quote", FOUND)
def test_verbatim(quote: str) -> None:
    ready = article()
    found = ready.locate(quote)
    assert found.found is Found.VERBATIM
    assert found.paragraph == FOUND[quote]
    assert found.passage == ready.text[found.start : found.end]


MISSING = [
    "b",
    "zz",
    "The board … zz",
    "yet … The board",
    "The board said … A last word",
    "…",
    "...",
    "“”",
    "ard said on",
    "закрыта",
]


@pytest.mark.parametrize("quote", MISSING)
def test_missing(quote: str) -> None:
    assert article().locate(quote).found is Found.MISSING


def test_altered_shows_the_passage_and_what_weighs() -> None:
    found = article().locate("fees will rise by up to 13 percent")
    assert found.found is Found.ALTERED
    assert found.paragraph == 1
    assert found.passage.startswith("fees will rise by up to 12\u00a0percent")
    assert found.differing == ("number: 13 in the quote, 12 in the source",)
    assert article().locate("on firms is now known yet, and the").differing == ("a negation differs",)
    assert article().locate("The Board said on tuesday that").found is Found.ALTERED


def test_a_like_quote_is_never_found() -> None:
    for changed in (
        "fees will rise by up to 1 percent",
        "fees will raise by up to 12 percent",
        "fees will rise by up to 12"[:-1],
    ):
        assert article().locate(changed).found is not Found.VERBATIM


def test_two_thousand_words() -> None:
    long = " ".join(f"word{n}" for n in range(2_000))
    ready = article(("T", long, "End."))
    assert ready.locate(long).found is Found.VERBATIM
    assert ready.locate(long.replace("word999 ", "")).found is Found.MISSING


def test_without_the_library_nothing_is_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    assert article().locate("fees will rise by up to 13 percent").found is Found.MISSING
    assert article().locate("fees will rise").found is Found.VERBATIM


def test_a_library_that_does_not_load_is_no_missing_quote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "rapidfuzz"]:
        monkeypatch.delitem(sys.modules, name)
    (tmp_path / "rapidfuzz.py").write_text("import a_part_of_it\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(BriefgenError, match="a_part_of_it is not installed, and comparing a quote needs it"):
        article().locate("fees will rise by up to 13 percent")


def test_folding_keeps_a_map() -> None:
    text = "a\u00ad\u00a0 b ﬁ “c” e\u0301"
    alike, places = fold(text)
    assert alike == "a b fi 'c' é"
    assert len(places) == len(alike)
    assert places == sorted(places)
    assert differences("5 and not", "5 and not") == ()


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a", "a ", "“", "…", "\u0301", "\u00ad", "-", "ab ", "¹", "10⁶ "])
def test_hostile_text_and_quotes_end(piece: str) -> None:
    text = (piece * 200_000)[:200_000]
    ready = article(("T", text, "End."))
    for quote in (piece, piece * 3, piece * 400, f"{piece}…{piece}…zz", "some words that are not there at all"):
        assert isinstance(ready.locate(quote).found, Found)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("EUR 320¹ million in 2024², said¹,² all", "EUR 320 million in 2024, said all"),
        ("40 km² of land, 5 m³ and x²", "40 km2 of land, 5 m3 and x2"),
        ("10⁶ ships at 10⁻³ s⁻¹", "10^6 ships at 10^-3 s-1"),
        ("ions of Ca²⁺", "ions of Ca2+"),
        ("USD 5m² in aid", "USD 5m in aid"),
    ],
)
def test_calls_to_notes_are_folded_away_and_powers_kept(written: str, said: str) -> None:
    text, places = fold(written)
    assert text == folded(written) == said
    assert len(places) == len(text)
    assert places == sorted(places)
    assert all(written[place] == sign for sign, place in zip(text, places, strict=True) if sign.isalpha())


def test_a_figure_with_a_call_is_found_and_a_power_is_no_figure() -> None:
    rows = paragraphs([(Role.BODY, "The rules will cost EUR 320¹ million in 2024², and 10⁶ ships pay them.")])
    searched = Searched(Article(name="a.txt", sha256="0", paragraphs=rows))
    assert searched.locate("The rules will cost EUR 320 million in 2024").found is Found.VERBATIM
    assert searched.locate("The rules will cost EUR 320¹ million").passage == "The rules will cost EUR 320¹ million"
    for wrong in ("The rules will cost EUR 3201 million in 20242", "106 ships pay them"):
        assert searched.locate(wrong).found is not Found.VERBATIM
