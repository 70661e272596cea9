"""Summaries as long as real ones, each another: the shipped example is the mould, its words are exchanged.

In: a number. Out: the data of a summary with the example's items, sources, references and likelihoods, and as many words in
each text. Short words, figures, and the words that the rules read (likelihoods, reporting verbs, denials) stay; any other word
becomes a made-up one, the same throughout a summary, so that a short wording goes on saying less than the full one. The
number decides the words, and whether they are shorter or longer than the example's. The same number gives the same summary.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

Data = dict[str, Any]
MOULD = Path(__file__).parents[1] / "inputs/us-russia-reset.yaml"
STEPS = (-1, -1, 0, 0, 1, 1, 2)
"""Letters by which the made-up words of a summary are longer than the example's, by its number."""
_LEFT_OUT = ("stage", "reviewer", "series", "number")
_KEYS = """
id language as_of date deadline until accessed published status likelihood confidence horizon leverage kind confirmed relation
source locator genre reliability email tlp production yardstick perspective unnamed cites term rests_on omit items exposed
handling
"""
_WORDS = """
says said saying reports reported reportedly report told tells calls called describes described writes adds added asserts expects
expected denies denying sees likely unlikely highly realistic possibility remote chance almost certain confidence because would
could should might without rather than although while unless between within three four five several other others estimates
estimate article articles column columnist analysis unsigned source sources sanctions reuters inference judgement judge europe
european unknown undated month months year years united states think percent
"""
_MACHINE = frozenset(_KEYS.split())
"""Keys whose values stay: a program reads them, or they are names that come again elsewhere."""
_KEPT = frozenset(_WORDS.split())
_WORD = re.compile(r"[A-Za-z]{5,}")
_ONSETS = ("b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "tr", "st", "pl")
_VOWELS, _ENDS = ("a", "e", "i", "o", "u", "ea", "ou"), "nrstld"


def summary(number: int) -> Data:
    """Return one summary as the data of its file: a draft."""
    made = {key: value for key, value in _mould().items() if key not in _LEFT_OUT}
    written: Data = _exchanged(made, _dictionary(number))
    written["sources"] = [{key: value for key, value in source.items() if key != "file"} for source in written["sources"]]
    return {**written, "id": f"long-{number}"}


@lru_cache(maxsize=1)
def _mould() -> Data:
    made: Data = json.loads(json.dumps(yaml.safe_load(MOULD.read_text(encoding="utf-8")), default=str))  # dates as JSON has them
    return made


def _exchanged(value: Any, exchange: Callable[[str], str]) -> Any:  # noqa: ANN401 - any data
    if isinstance(value, dict):
        return {key: each if key in _MACHINE else _exchanged(each, exchange) for key, each in value.items()}
    if isinstance(value, list):
        return [_exchanged(each, exchange) for each in value]
    return exchange(value) if isinstance(value, str) else value


def _dictionary(number: int) -> Callable[[str], str]:
    """Return what exchanges the words of a text, each for the same one always."""
    chance, known = Random(number), dict[str, str]()
    longer = STEPS[number % len(STEPS)]

    def exchanged(match: re.Match[str]) -> str:
        word, low = match[0], match[0].lower()
        if low in _KEPT or word.isupper():
            return word
        if low not in known:
            known[low] = _made_up(chance, max(4, len(low) + longer + chance.randint(-1, 1)))
        return known[low].capitalize() if word[0].isupper() else known[low]

    return lambda text: _WORD.sub(exchanged, text)


def _made_up(chance: Random, letters: int) -> str:
    made = ""
    while len(made) < letters - 1:
        made += chance.choice(_ONSETS) + chance.choice(_VOWELS)
    return made[: letters - 1] + chance.choice(_ENDS)
