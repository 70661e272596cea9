"""Whom a text names: states, EU bodies, organisations, by one dictionary of phrases that is looked up word by word.

Territory names come from Babel in the article's language; demonyms, capitals, institutions and their short names from
the gazetteer; a project adds its own. A capital counts where it stands for a government, not where something happens there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from briefgen.language.gazetteer import Named, called
from briefgen.language.gazetteer import kinds as gazetteer_kinds
from briefgen.language.segment import words
from briefgen.language.wordlists import every, languages

LONGEST = 6
PLACE = frozenset(every("drafts", "place"))
ARTICLES = frozenset(every("drafts", "articles"))
SHORT = frozenset(every("drafts", "part_of_a_name"))
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
    phrases, kinds, names, cities = dict[str, str](), dict[str, str](), dict[str, str](), set[str]()
    for code, name in _territories(language).items():
        phrases[_key(name)], kinds[code], names[code] = code, "state", name
    for tongue in dict.fromkeys((language, "en")):
        for code, row in called(tongue).items():
            if code.isupper() and any(each.drafted for each in (*row.people, *row.seats)):
                kinds.setdefault(code, "state")
                names.setdefault(code, code)
                for phrase in _drafted(row.people, row.seats):
                    phrases.setdefault(phrase, code)
                cities.update(_drafted(row.seats))
    for key, kind in gazetteer_kinds().items():
        rows = [called(tongue)[key] for tongue in languages() if key in called(tongue)]
        kinds[key], names[key] = kind, _name(key, language) or _name(key, "en")
        for row in rows:
            phrases.update(dict.fromkeys(_drafted(row.names, row.people, row.seats), key))
            cities.update(_drafted(row.seats))
    phrases.pop("", None)
    return Gazetteer(phrases, kinds, names, frozenset(cities))


def _drafted(*columns: Sequence[Named]) -> list[str]:
    return [_key(name.text) for column in columns for name in column if name.drafted]


def _name(key: str, language: str) -> str:
    """Return the first name of a body in a language, empty where there is none."""
    row = called(language).get(key)
    return row.names[0].text if row and row.names else ""


def _territories(language: str) -> dict[str, str]:
    """Return the names of states in a language, in English where Babel does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        named = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        named = Locale.parse("en").territories
    return {code: str(name) for code, name in named.items() if len(code) == 2 and code.isalpha() and code not in _NO_STATE}


_NO_STATE = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ", "JE"])
