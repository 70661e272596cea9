"""Probability yardsticks, the levels of a risk, confidence: the three scales that are never mixed.

Values: UK Professional Head of Intelligence Assessment yardstick (2025), US Intelligence Community Directive 203.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from briefgen.findings.near import nearest


class Confidence(StrEnum):
    """How firm the ground of a judgement is; always with its reason, never a likelihood."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Return 0 for low, 1 for moderate, 2 for high."""
        return list(Confidence).index(self)


class Level(StrEnum):
    """The level of a risk, looked up from impact and likelihood."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Return 0 for low … 3 for critical."""
        return list(Level).index(self)


class Band(NamedTuple):
    """One term and its band in per cent; `above`/`below` say that the end itself is not included."""

    key: str
    term: str
    low: int
    high: int
    above: bool = False
    below: bool = False
    synonyms: tuple[str, ...] = ()

    def holds(self, percent: float) -> bool:
        """Return whether a percentage lies in the band."""
        over = percent > self.low if self.above else percent >= self.low
        return over and (percent < self.high if self.below else percent <= self.high)


class Yardstick(NamedTuple):
    """One scheme of seven terms, from the least to the most likely."""

    key: str
    bands: tuple[Band, ...]

    def find(self, written: str) -> Band | None:
        """Return the band that a term, its printed synonym or a percentage inside a band names, else None."""
        percent = as_percent(written)
        if percent is not None:
            return next((band for band in self.bands if band.holds(percent)), None)
        wanted = " ".join(written.lower().split())
        return next((band for band in self.bands if wanted in (band.term, *band.synonyms)), None)

    def nearest(self, written: str) -> Band | None:
        """Return the band that a refused term or percentage most likely meant, None where nothing is near."""
        percent = as_percent(written)
        if percent is not None:
            return min(self.bands, key=lambda band: min(abs(percent - band.low), abs(percent - band.high)))
        terms = {name: band for band in self.bands for name in (band.term, *band.synonyms)}
        words = " ".join(written.lower().split())
        # "quite likely" is nearer to "likely" than to "unlikely", whatever the letters say; "not likely" is not.
        inside = [name for name in terms if re.search(rf"\b{name}\b", words) and not re.search(r"\b(not|never|less)\b", words)]
        close = max(inside, key=len, default=None) or nearest(words, terms, 0.5)
        return terms[close] if close else None

    def position(self, band: Band) -> int:
        """Return the place of a band, 0 for the least likely."""
        return self.bands.index(band)


_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|per\s?cent)", re.IGNORECASE)


def as_percent(written: str) -> float | None:
    """Return the number of `60 %` or `60 per cent`, else None."""
    match = _PERCENT.fullmatch(written.strip())
    return float(match[1].replace(",", ".")) if match else None


PHIA_2025 = Yardstick(
    "phia-2025",
    (
        Band("remote_chance", "remote chance", 0, 5, above=True),
        Band("highly_unlikely", "highly unlikely", 10, 20),
        Band("unlikely", "unlikely", 25, 35),
        Band("realistic_possibility", "realistic possibility", 40, 50, below=True),
        Band("likely", "likely", 55, 75, synonyms=("probable",)),
        Band("highly_likely", "highly likely", 80, 90, synonyms=("highly probable",)),
        Band("almost_certain", "almost certain", 95, 100, below=True),
    ),
)
ICD_203 = Yardstick(
    "icd-203",
    (
        Band("almost_no_chance", "almost no chance", 1, 5, synonyms=("remote",)),
        Band("very_unlikely", "very unlikely", 5, 20, synonyms=("highly improbable",)),
        Band("unlikely", "unlikely", 20, 45, synonyms=("improbable",)),
        Band("roughly_even_chance", "roughly even chance", 45, 55, synonyms=("roughly even odds",)),
        Band("likely", "likely", 55, 80, synonyms=("probable",)),
        Band("very_likely", "very likely", 80, 95, synonyms=("highly probable",)),
        Band("almost_certain", "almost certain", 95, 99, synonyms=("nearly certain",)),
    ),
)
YARDSTICKS = {scheme.key: scheme for scheme in (PHIA_2025, ICD_203)}

IMPACTS = (5, 4, 3, 2, 1)
_LEVELS = {"L": Level.LOW, "M": Level.MODERATE, "H": Level.HIGH, "C": Level.CRITICAL}
_MATRIX = {5: "MHHCCCC", 4: "LMMHHCC", 3: "LLMMHHH", 2: "LLLMMMM", 1: "LLLLLLL"}


def risk_level(impact: int, likelihood: int) -> Level:
    """Return the level for an impact of 1 to 5 and a yardstick position of 0 to 6, by lookup: ordinals don't multiply."""
    return _LEVELS[_MATRIX[impact][likelihood]]
