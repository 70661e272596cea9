"""Whom a text names: states, EU bodies, organisations, by one dictionary of phrases that is looked up word by word.

Territory names come from Babel in the article's language; demonyms, capitals, institutions and their short names from
`actors.yaml`; a project adds its own. A capital counts where it stands for a government, not where something happens there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.drafters.lexicon import load
from briefgen.language.segment import words

LONGEST = 6
PLACE = frozenset(
    [
        "in",
        "at",
        "from",
        "near",
        "outside",
        "to",
        "via",
        "around",
        "off",
        "across",
        "into",
        "through",
        "between",
        "for",
        "in",
        "bei",
        "nach",
        "aus",
        "vor",
        "von",
        "à",
        "dans",
        "en",
        "vers",
        "près",
        "depuis",
        "au",
        "aux",
    ]
)

ARTICLES = frozenset(["the", "a", "an", "der", "die", "das", "den", "dem", "des", "le", "la", "les", "l'", "un", "une"])
SHORT = frozenset(["union", "council", "commission", "alliance", "kommission", "conseil", "parliament", "court"])
"""Short names that are part of another name where a capital stands before them: the Soviet Union."""


class Hit(NamedTuple):
    """One mention: whose, where, and how much it says that they act (a place alone says little)."""

    key: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Phrases in small letters → who is meant; `kinds` and `names` by key; `cities` are phrases that may be a mere place."""

    phrases: Mapping[str, str]
    kinds: Mapping[str, str]
    names: Mapping[str, str]
    cities: frozenset[str]

    def find(self, text: str) -> Iterator[Hit]:
        """Yield every mention in a text, the longest phrase first where several begin at one word."""
        found = words(text)
        bare = [_bare(word.text) for word in found]
        index = 0
        while index < len(found):
            length = self._longest(text, found, bare, index)
            if not length:
                index += 1
                continue
            phrase = " ".join(bare[index : index + length]).casefold()
            start, end = found[index].start, found[index + length - 1].end
            yield Hit(self.phrases[phrase], start, end, self._weight(phrase, bare, index, found[index + length - 1].text))
            index += length

    def _longest(self, text: str, found: Any, bare: list[str], index: int) -> int:  # noqa: ANN401 - words of a text
        if not bare[index][:1].isupper():
            return 0
        after_name = index > 0 and bare[index - 1][:1].isupper() and bare[index - 1].casefold() not in ARTICLES
        for length in range(min(LONGEST, len(found) - index), 0, -1):
            phrase = " ".join(bare[index : index + length]).casefold()
            if phrase in self.phrases and not (after_name and phrase in SHORT):
                return length
        return 0

    def _weight(self, phrase: str, bare: list[str], index: int, last: str) -> float:
        before = bare[index - 1].casefold() if index else ""
        if before in PLACE:
            return 0.0 if phrase in self.cities else 0.5
        return 1.5 if last != _bare(last) or not index else 1.0


def _bare(word: str) -> str:
    for ending in ("’s", "'s", "’", "'"):
        if word.endswith(ending):
            return word[: -len(ending)]
    for opening in ("l’", "l'", "d’", "d'", "L’", "L'", "D’", "D'", "qu’", "qu'"):
        if word.startswith(opening) and len(word) > len(opening) + 1:
            return word[len(opening) :]
    return word


def gazetteer(language: str, own: Mapping[str, Any] | None = None) -> Gazetteer:
    """Return the gazetteer of a language; `own` maps a display name to its kind and other names, and goes before ours."""
    base = language.partition("-")[0].lower()
    made = _packaged(base)
    if not own:
        return made
    phrases, kinds, names = dict(made.phrases), dict(made.kinds), dict(made.names)
    for name, row in own.items():
        kinds[name], names[name] = str(row.get("kind", "group")), name
        phrases.update({_key(each): name for each in (name, *row.get("names", ()))})
    return Gazetteer(phrases, kinds, names, made.cities)


def _key(phrase: str) -> str:
    return " ".join(_bare(word.text) for word in words(phrase)).casefold()


@cache
def _packaged(language: str) -> Gazetteer:
    data = load(Path(__file__).with_name("actors.yaml"))
    phrases, kinds, names, cities = dict[str, str](), dict[str, str](), dict[str, str](), set[str]()
    for code, name in _territories(language).items():
        phrases[_key(name)], kinds[code], names[code] = code, "state", name
    for tongue in dict.fromkeys((language, "en")):
        for code, row in data["states"].get(tongue, {}).items():
            people, _, capitals = row.partition("|")
            kinds.setdefault(code, "state")
            names.setdefault(code, code)
            for phrase in people.split(","):
                phrases.setdefault(_key(phrase), code)
            for phrase in capitals.split(","):
                phrases.setdefault(_key(phrase), code)
                cities.add(_key(phrase))
    for key, row in data["bodies"].items():
        kinds[key] = row["kind"]
        names[key] = row["names"].get(language) or row["names"]["en"]
        every = [*row["names"].values(), *(alias for listed in row.get("also", {}).values() for alias in listed)]
        phrases.update({_key(each): key for each in every})
        cities.update(_key(each) for each in row.get("places", ()))
        phrases.update({_key(each): key for each in row.get("places", ())})
    phrases.pop("", None)
    return Gazetteer(phrases, kinds, names, frozenset(cities))


def _territories(language: str) -> dict[str, str]:
    """Return the names of states in a language, in English where Babel does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        named = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        named = Locale.parse("en").territories
    return {code: str(name) for code, name in named.items() if len(code) == 2 and code.isalpha() and code not in _NO_STATE}


_NO_STATE = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ", "JE"])
