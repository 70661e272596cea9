"""The three scales: likelihood, level of a risk, confidence. The values are those of the standards (brief.md §3, §6)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from briefgen.model.yardstick import ICD_203, IMPACTS, PHIA_2025, YARDSTICKS, Confidence, Level, Yardstick, as_percent, risk_level

PHIA = {
    "remote chance": (">0", "5"),
    "highly unlikely": ("10", "20"),
    "unlikely": ("25", "35"),
    "realistic possibility": ("40", "<50"),
    "likely": ("55", "75"),
    "highly likely": ("80", "90"),
    "almost certain": ("95", "<100"),
}
ICD = {
    "almost no chance": ("1", "5"),
    "very unlikely": ("5", "20"),
    "unlikely": ("20", "45"),
    "roughly even chance": ("45", "55"),
    "likely": ("55", "80"),
    "very likely": ("80", "95"),
    "almost certain": ("95", "99"),
}
MATRIX = {5: "M H H C C C C", 4: "L M M H H C C", 3: "L L M M H H H", 2: "L L L M M M M", 1: "L L L L L L L"}


@pytest.mark.parametrize(("scheme", "bands"), [(PHIA_2025, PHIA), (ICD_203, ICD)], ids=["phia-2025", "icd-203"])
def test_terms_and_bands_are_those_of_the_standard(scheme: Yardstick, bands: dict[str, tuple[str, str]]) -> None:
    made = {b.term: (">" * b.above + str(b.low), "<" * b.below + str(b.high)) for b in scheme.bands}
    assert made == bands
    assert list(made) == list(bands)


@pytest.mark.parametrize("scheme", YARDSTICKS.values(), ids=list(YARDSTICKS))
def test_bands_rise_and_do_not_overlap(scheme: Yardstick) -> None:
    assert all(band.low < band.high for band in scheme.bands)
    assert all(one.high <= other.low for one, other in pairwise(scheme.bands))
    assert [scheme.position(band) for band in scheme.bands] == list(range(7))


@pytest.mark.parametrize("scheme", YARDSTICKS.values(), ids=list(YARDSTICKS))
def test_every_term_and_synonym_finds_its_band(scheme: Yardstick) -> None:
    for band in scheme.bands:
        for name in (band.term, *band.synonyms):
            assert scheme.find(name) is scheme.find(f"  {name.upper()} ") is band


@pytest.mark.parametrize(
    ("percent", "term"),
    [
        ("0 %", None), ("0.5 %", "remote chance"), ("5%", "remote chance"), ("5,1 %", None), ("7 %", None),
        ("10 %", "highly unlikely"),
        ("20 per cent", "highly unlikely"), ("22 %", None), ("25 %", "unlikely"), ("35 percent", "unlikely"), ("38 %", None),
        ("40 %", "realistic possibility"), ("49.9 %", "realistic possibility"), ("50 %", None), ("55 %", "likely"),
        ("75 %", "likely"),
        ("78 %", None), ("80 %", "highly likely"), ("90 %", "highly likely"), ("95 %", "almost certain"),
        ("99 %", "almost certain"),
        ("100 %", None), ("150 %", None),
    ],
)  # fmt: skip
def test_a_percentage_finds_its_band_or_falls_into_a_gap(percent: str, term: str | None) -> None:
    found = PHIA_2025.find(percent)
    assert (found.term if found else None) == term


@pytest.mark.parametrize("word", ["undoubtedly", "may", "", "50", "%", "likely or not", "55-75 %"])
def test_other_words_find_nothing(word: str) -> None:
    assert PHIA_2025.find(word) is None


@pytest.mark.parametrize(
    ("written", "term"),
    [("likly", "likely"), ("highly unlikly", "highly unlikely"), ("almost certainly", "almost certain"),
    ("22 %", "highly unlikely"),
     ("24 %", "unlikely"), ("50 %", "realistic possibility"), ("100 %", "almost certain"), ("xyzzy", None)],
)  # fmt: skip
def test_the_nearest_band_of_a_refused_word(written: str, term: str | None) -> None:
    near = PHIA_2025.nearest(written)
    assert (near.term if near else None) == term


def test_a_number_is_read_as_a_percentage_only_with_its_sign() -> None:
    assert [as_percent(text) for text in ("60 %", "60%", "60 per cent", "60 PERCENT", "7,5 %", "60", "a 60 %")] == [
        60, 60, 60, 60, 7.5, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("impact", MATRIX)
def test_the_level_of_a_risk_is_looked_up(impact: int) -> None:
    assert " ".join(risk_level(impact, n).value[0].upper() for n in range(7)) == MATRIX[impact]


def test_more_impact_or_likelihood_never_lowers_a_level() -> None:
    ranks = {(impact, n): risk_level(impact, n).rank for impact in IMPACTS for n in range(7)}
    assert all(ranks[i, n] <= ranks[i, n + 1] for i in IMPACTS for n in range(6))
    assert all(ranks[i, n] <= ranks[i + 1, n] for i in (1, 2, 3, 4) for n in range(7))


def test_scales_have_an_order() -> None:
    assert [level.rank for level in Level] == [0, 1, 2, 3]
    assert sorted(Confidence, key=lambda level: level.rank) == [Confidence.LOW, Confidence.MODERATE, Confidence.HIGH]
