"""US spelling and British spelling, and names that are written in more than one way: the lists of `data/en.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from briefgen.language.wordlists import entries, first_words, pattern, section


def _american() -> Mapping[str, str]:
    rules: Mapping[str, str] = section("en", "checks")["american"]
    return rules


@cache
def us_spellings() -> re.Pattern[str]:
    """Return what finds words in US spelling."""
    return pattern(_american())


@cache
def us_first_words() -> tuple[tuple[str, bool], ...]:
    """Return the first words of the US spellings, as `first_words` does."""
    return first_words(_american())


def british(word: str) -> str:
    """Return a word of US spelling in British spelling, its first capital and its ending kept."""
    low = word.lower()
    for us, gb in sorted(_american().items(), key=lambda row: -len(row[0])):
        stem = us.removesuffix("*")
        if low == us or (us.endswith("*") and low.startswith(stem)):
            made = gb.removesuffix("*") + low[len(stem) :]
            made = made.replace("manoeuvreed", "manoeuvred").replace("manoeuvreing", "manoeuvring")
            return made[:1].upper() + made[1:] if word[:1].isupper() else made
    return word


@cache
def one_names() -> tuple[tuple[str, ...], ...]:
    """Return the ways in which each name is written, the way of EU texts first."""
    return tuple(tuple(row.split("/")) for row in entries("en", "checks", "one_name"))
