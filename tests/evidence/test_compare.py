"""The gate on honest claims and on wrong ones; figures and dates in all their forms; what hostile text costs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.evidence.compare import Ground, Kind, Policy, Said, compare
from briefgen.findings.diagnostics import Verdict
from briefgen.language import negation
from briefgen.language.dates import dates, ends
from briefgen.language.memo import sentences
from briefgen.language.names import names
from briefgen.language.quantities import quantities, years

FIXTURES = Path(__file__).parents[1] / "fixtures"
HONEST: list[dict[str, str]] = yaml.safe_load((FIXTURES / "honest-claims.yaml").read_text(encoding="utf-8"))
FALSE: list[dict[str, str]] = yaml.safe_load((FIXTURES / "false-claims.yaml").read_text(encoding="utf-8"))


def said(row: dict[str, str]) -> tuple[Said, ...]:
    """Return what is said of a claim beside what it rests on."""
    language = row.get("language", "en")
    article = row.get("article", row["paragraph"])
    ground = Ground(row["quote"], row["paragraph"], article, language=row.get("source", language), published="2025-03-12")
    return compare(row["claim"], [ground], Policy(language, own="Europe", every=article, years=(2025,)))


def blocks(row: Said) -> bool:
    """Return whether a finding on it stops a final brief."""
    return row.verdict is not Verdict.NOT_FOUND and row.kind not in (Kind.DENIAL, Kind.ACTOR)


def test_honest_claims_raise_at_most_one_false_error() -> None:
    assert len(HONEST) >= 30
    found = {row["claim"]: told for row in HONEST if (told := said(row))}
    errors = [claim for claim, told in found.items() if any(map(blocks, told))]
    assert len(errors) <= 1, found
    assert len(found) <= 1, found


@pytest.mark.parametrize("row", FALSE, ids=lambda row: row["claim"])
def test_a_wrong_claim_is_seen(row: dict[str, str]) -> None:
    assert row["kind"] in {one.kind.value for one in said(row)}


def test_the_other_value_is_shown() -> None:
    [row] = said(FALSE[0])
    assert (row.kind, row.verdict, row.said, row.instead) == (Kind.FIGURE, Verdict.CONTRADICTED, "45 million euros", "€40m")
    assert row.at and FALSE[0]["claim"][slice(*row.at)] == row.said
    assert row.there and row.sentence[slice(*row.there)] == row.instead


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Ten states and more than 200 regions agreed.", ["", "over"]),
        ("3 committees and over 20 members met.", ["", "over"]),
        ("It lasts 20 days and up to 30 nights.", ["", "up to"]),
        ("Delays of four hours or more count.", ["at least"]),
        ("Tariffs go up to 50 %.", [""]),
        ("A loan of up to 50 million euros.", ["up to"]),
    ],
)
def test_a_bound_belongs_to_its_own_figure(text: str, bounds: list[str]) -> None:
    assert [figure.bound for figure in quantities(text)] == bounds


@pytest.mark.parametrize(
    ("claim", "paragraph", "seen"),
    [
        ("They met on 10 March 2025.", "They met on Monday.", False),
        ("They met on 11 March 2025.", "They met on Monday.", True),
        ("The talks end by 31 December 2025.", "The talks are to end by the end of the year.", False),
        ("The talks end by 30 November 2025.", "The talks are to end by the end of the year.", True),
        ("It was 9 % in 2024.", "It was 9 % last year.", False),
        ("It was 9 % in 2023.", "It was 9 % last year.", True),
        ("It falls due on 30 April 2025.", "It falls due at the end of April 2025.", False),
        ("The summit is in May 2025.", "The summit is in May.", False),
        ("The summit is in June 2025.", "The summit is in May.", True),
    ],
)
def test_words_of_time_mean_days_beside_the_publication(claim: str, paragraph: str, seen: bool) -> None:
    assert bool(said({"claim": claim, "quote": paragraph, "paragraph": paragraph})) == seen


def test_without_an_article_only_the_quote_is_compared() -> None:
    ground = Ground("up to 30 percent of GDP")
    assert compare("Moscow spends up to 30 % of GDP, Igor said in 2024", [ground], Policy())[0].kind is Kind.DATE
    assert {row.kind for row in compare("It is 30 %", [ground], Policy())} == {Kind.BOUND}
    assert compare("Anything at all, 5 %", [], Policy()) == ()


def test_any_of_several_grounds_supports() -> None:
    grounds = [Ground("5 tanks", "5 tanks came", "x"), Ground("7 jets", "7 jets came", "x")]
    assert compare("5 tanks and 7 jets came", grounds, Policy()) == ()


def test_a_translation_stands_for_a_foreign_quote() -> None:
    quote = "der Rat von Bergen zahlt 5 Mio. Euro nicht"
    ground = Ground(quote, quote, quote, translation="the council of Bergen will not pay 5 million euros", language="de")
    assert compare("The council of Bergen will not pay €5 million", [ground], Policy()) == ()
    told = compare("The council of Bergen will pay €6 million", [ground], Policy())
    assert {row.kind for row in told} == {Kind.FIGURE, Kind.DENIAL}


FIGURES: list[tuple[str, str, list[tuple[str, str, str]]]] = [
    ("en", "€3.2bn", [("3200000000", "EUR", "")]),
    ("en", "EUR 3.2 billion", [("3200000000", "EUR", "")]),
    ("de", "3,2 Mrd. €", [("3200000000", "EUR", "")]),
    ("fr", "3,2 milliards d’euros", [("3200000000", "EUR", "")]),
    ("en", "€2 to 3 billion", [("2000000000", "EUR", ""), ("3000000000", "EUR", "")]),
    ("en", "by 8 % to 2.3 million", [("8", "%", ""), ("2300000", "", "")]),
    ("en", "10-15 percent", [("10", "%", ""), ("15", "%", "")]),
    ("en", "28 000 or 28,000", [("28000", "", ""), ("28000", "", "")]),
    ("de", "28.000 und 0,5", [("28000", "", ""), ("0.5", "", "")]),
    ("en", "1,234,567.89", [("1234567.89", "", "")]),
    ("en", "no more than 5", [("5", "", "up to")]),
    ("de", "mindestens zwölf", [("12", "", "at least")]),
    ("fr", "jusqu’à 12 %", [("12", "%", "up to")]),
    ("en", "30 or more", [("30", "", "at least")]),
    ("en", "the season 2024-25, 2024/25", []),
    ("en", "37 GW and 3 miles", [("37e9", "W", ""), ("3", "mi", "")]),
    ("en", "G7, F-16, Covid-19, 2nd, 5G, in 2024, 12 March 2025, 2025-03-12", []),
    ("en", "twenty-five", [("25", "", "")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), FIGURES, ids=[row[1] for row in FIGURES])
def test_figures(language: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(figure.value, figure.unit, figure.bound) for figure in quantities(text, language)]
    assert found == [(float(value), unit, bound) for value, unit, bound in expected]


SHOWN = ["more than three", "no more than €5m", "at least 40", "500 or more", "12 ships at most", "jusqu'à 12 %", "über 30"]


@pytest.mark.parametrize("words", SHOWN)
def test_a_figure_is_shown_with_the_words_of_its_bound(words: str) -> None:
    language = "fr" if "jusqu" in words else "de" if "über" in words else "en"
    text = f"There are {words}."
    assert [figure.shown(text) for figure in quantities(text, language)] == [words]


DATES = {
    "12 March 2025": "2025-03-12", "March 12, 2025": "2025-03-12", "12th of March 2025": "2025-03-12",
    "2025-03-12": "2025-03-12",
    "12.03.2025": "2025-03-12", "12. März 2025": "2025-03-12", "12 mars 2025": "2025-03-12", "March 2025": "2025-03",
    "1er avril 2025": "2025-04-01", "12 March": "--03-12", "31 February 2025": "", "may 12": "--05-12", "he may go": "",
}  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_dates(text: str) -> None:
    assert [str(day) for day in dates(f"It was {text}.")] == [DATES[text]] * bool(DATES[text])


def test_names() -> None:
    told = [name.text for name in names("The talks in Saudi Arabia began. Officials of the State Department met Lavrov’s aide.")]
    assert told == ["Saudi Arabia", "State Department", "Lavrov"]
    assert [name.text for name in names("Der Bund der NATO tagt im Haus.", "de")] == ["NATO"]
    assert names("Die Bank tagt.", "de") == ()


@pytest.mark.parametrize(("elsewhere", "told"), [("Ivan Lavrov stayed at home.", False), ("Nobody else was there.", True)])
def test_a_first_name_that_the_article_has_elsewhere_is_no_other_one(elsewhere: str, told: bool) -> None:
    paragraph = "Sergei Lavrov came to the talks."
    ground = Ground(paragraph, paragraph, f"{paragraph}\n\n{elsewhere}")
    rows = compare("Ivan Lavrov came to the talks.", [ground], Policy())
    assert [row.kind for row in rows if row.verdict is Verdict.CONTRADICTED] == [Kind.NAME] * told


HOSTILE = {
    "digits": "1", "groups": "1,", "spaces": " ", "spaced": "1 000 ", "capitals": "Aa ", "dashes": "-", "quotes": "“",
    "ands": "A of ",
    "months": "may ", "not": "not ", "un": "un", "dots": ".", "currency": "€", "combining": "e\u0301", "years": "2025-",
    "shares": "a third of one in three of doubled ", "ends": "end of the year 2026 ", "undone": "refused to failed to ",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends(name: str) -> None:
    text = (HOSTILE[name] * 200_000)[:200_000]
    found: list[Any] = [quantities(text), quantities(text, loose=True), dates(text), ends(text), names(text)]
    found.append(negation.negated(text, "en"))
    found.append(compare(text[:2_000], [Ground(text[:50], text, text)], Policy(every=text)))
    assert all(isinstance(row, tuple) for row in found)


def test_a_name_ends_with_its_sentence() -> None:
    assert [name.text for name in names("It names Hungary. Paradoxes abound in St. Petersburg.")] == ["Hungary", "St. Petersburg"]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("EUR 320¹ million in all", "EUR 320 million in all"),
        ("up to 12³ per cent", "up to 12 per cent"),
        ("a cost of 10⁶ euros", "a cost of 1 million euros"),
    ],
)
def test_raised_digits_are_calls_or_powers(written: str, plain: str) -> None:
    [one], [other] = quantities(written), quantities(plain)
    assert (one.value, one.unit, one.bound) == (other.value, other.unit, other.bound)


def test_a_year_with_a_call_is_a_year() -> None:
    assert [year for year, *_ in years("in 2024², and not in 20242")] == [2024]


ARTICLES = sorted((Path(__file__).parents[2] / "inputs").rglob("articles/*.txt")) + sorted(FIXTURES.glob("*.txt"))


def test_a_sentence_is_supported_by_its_own_paragraph() -> None:
    texts = [row["paragraph"] for row in (*HONEST, *FALSE) if row.get("source", row.get("language", "en")) == "en"]
    texts += [path.read_text(encoding="utf-8") for path in ARTICLES]
    paragraphs = [part for text in texts for part in text.split("\n\n") if part.strip()]
    rows = [(piece.text, part) for part in paragraphs for piece in sentences(part, "en")]
    assert len(rows) > 60
    told = {text: found for text, part in rows if (found := compare(text, [Ground(text[:60], part, part)], Policy(every=part)))}
    assert told == {}


ODD = [
    "",
    "Yes",
    "word " * 2_000,
    "It won 3–2, scored 5 of 12, and lies at −4.5 °C; see Section 4(2), Article IV, p. 12, note 3.",
    "Call +32 2 123 45 67 or 0032-2-123-45-67 before 12:30 on the 21st, in the XXth century.",
    " ".join(f"{n} ships and {n}.5 %, 1/{n + 1} of them," for n in range(20)),
    "½ of it, ¾ of the rest, 1 1/2 years, 10⁶ euros, €–5, $1,2,3, 1.000.000,00",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_compared_without_a_fault_and_support_themselves(text: str) -> None:
    assert compare(text, [Ground("", text, text)], Policy(every=text)) == ()
    for language in ("de", "fr", "fi"):
        compare(text, [Ground("", "Something else.", "Something else.", language=language)], Policy(language, every="x"))


PAIRS = [  # text, ground, the verdict that a claim gets of its source and a wording of `full`
    ("More than half of the crews struck.", "57 % of the crews struck.", None),
    ("Over 900 boats sailed.", "At least 940 boats sailed.", None),
    ("About a quarter of the quays is shut.", "24 % of the quays are shut.", None),
    ("Almost half of the crews struck.", "48 % of the crews struck.", None),
    ("Fees trebled to EUR 60.", "Fees went from EUR 20 to EUR 60.", None),
    ("Two harbours closed.", "Four harbours closed.", Verdict.CONTRADICTED),
    ("Up to 900 boats sailed.", "At least 900 boats sailed.", Verdict.CONTRADICTED),
    ("It cost EUR 5 billion.", "It cost EUR 5 million.", Verdict.CONTRADICTED),
    ("It grew by 4 %.", "It grew by 4 percentage points.", Verdict.CONTRADICTED),
    ("Fees fell by 9 %.", "Fees rose by 9 %.", Verdict.CONTRADICTED),
]


@pytest.mark.parametrize(("text", "ground", "verdict"), PAIRS, ids=[row[0] for row in PAIRS])
def test_a_claim_and_a_wording_get_one_answer(text: str, ground: str, verdict: Verdict | None) -> None:
    rows = [Ground(paragraph=ground, article=ground)]
    for wording in (False, True):
        found = {row.verdict for row in compare(text, rows, Policy(wording=wording, every=ground))}
        assert found == ({verdict} if verdict else set())
