"""The word tables of the checks: one YAML file a language, read once; a desk's settings add and remove entries.

In: a language and the settings of a project. Out: a `Table`, whose lists are found in a text in one pass each. A list that a
language lacks finds nothing, and `Table.lacks` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

from briefgen.model.project_file import Checks

NAMES = {"en": "English", "de": "German", "fr": "French"}
_SETTINGS = ("loaded_words", "loaded_exempt", "jargon", "acronyms", "outlets")
_START = re.compile(r"\w+")
_SENSITIVE = frozenset({"outlets", "acronyms", "weekdays"})  # lists whose entries are names: case counts


@lru_cache(maxsize=8)
def lists(name: str) -> Mapping[str, Any]:
    """Return the lists of a file in `data`, empty where there is none."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    file = resources.files(__package__).joinpath("data", f"{name}.yaml")
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8") as stream:
        loaded: Mapping[str, Any] = yaml.load(stream, loader)
    return loaded


def pattern(entries: Iterable[str], *, sensitive: bool = False) -> re.Pattern[str]:
    """Return what finds words and phrases as whole words, the longest first; `*` at an end stands for any ending."""
    listed = sorted({str(entry) for entry in entries if str(entry).strip()}, key=lambda entry: (-len(entry), entry))
    if not listed:
        return re.compile(r"(?!)")
    # By their first letters: so a word that begins like none of them costs one look, not one for each entry.
    begun: dict[str, list[str]] = {}
    for entry in listed:
        begun.setdefault(entry[0] if sensitive else entry[0].lower(), []).append(entry[1:])
    mode = "" if sensitive else "i"
    parts = [f"{_letter(first, sensitive)}(?{mode}:{'|'.join(map(_one, rest))})" for first, rest in begun.items()]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)")


def _letter(first: str, sensitive: bool) -> str:
    return re.escape(first) if sensitive or first.lower() == first.upper() else f"[{first.lower()}{first.upper()}]"


def _one(entry: str) -> str:
    made = re.escape(entry.replace("’", "'")).replace("'", "['’]")
    return made.replace(r"\*", r"[\w’'-]*+").replace(r"\ ", r"\s{1,3}")


def first_words(entries: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """Return the first word of each entry in small letters, and whether any ending may follow; for a look before a search.

    An entry that begins with no word gives an empty one with any ending, which every text holds.
    """
    rows = [(_START.match(entry), entry) for entry in map(str.casefold, map(str, entries)) if entry.strip()]
    return tuple(dict.fromkeys((m[0], entry[m.end() : m.end() + 1] == "*") if m else ("", True) for m, entry in rows))


@dataclass(frozen=True)
class Table:
    """The lists of one language, as a desk has changed them."""

    language: str
    listed: Mapping[str, Any] = field(repr=False)

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {}

    def entries(self, name: str) -> tuple[str, ...]:
        """Return the entries of a list, empty where the language lacks it."""
        return tuple(map(str, self.listed.get(name, ())))

    def lacks(self, name: str) -> bool:
        """Return whether the language has no such list."""
        return name not in self.listed

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return what finds the entries of a list, or of several whose names are joined by `+`."""
        if name not in self._patterns:
            parts = name.split("+")
            entries = [entry for part in parts for entry in self.entries(part)]
            self._patterns[name] = pattern(entries, sensitive=_SENSITIVE.issuperset(parts))
        return self._patterns[name]

    def first_words(self, name: str) -> tuple[tuple[str, bool], ...]:
        """Return the first words of the entries of a list, or of several joined by `+`, as `first_words` does."""
        if name not in self._first:
            self._first[name] = first_words(entry for part in name.split("+") for entry in self.entries(part))
        return self._first[name]

    @cached_property
    def _first(self) -> dict[str, tuple[tuple[str, bool], ...]]:
        return {}

    def groups(self, name: str) -> Mapping[str, re.Pattern[str]]:
        """Return the patterns of a list of lists by their names: the kinds of events."""
        return {key: self.pattern_of(key, tuple(words)) for key, words in dict(self.listed.get(name, {})).items()}

    def pattern_of(self, key: str, words: tuple[str, ...]) -> re.Pattern[str]:
        """Return what finds some words, kept under a key."""
        return self._patterns.setdefault(f"={key}", pattern(words))


def table(language: str, checks: Checks) -> Table:
    """Return the table of a language (`en-GB` takes English), with what a project adds and removes."""
    short = language.partition("-")[0].lower()
    changes = tuple((name, getattr(checks, name)) for name in _SETTINGS)
    changed = tuple((name, change.add, change.remove) for name, change in changes if change.add or change.remove)
    return _table(short, changed)


@lru_cache(maxsize=16)
def _table(short: str, changed: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]) -> Table:
    made = dict(lists(short))
    for name, add, remove in changed:
        made[name] = [entry for entry in map(str, made.get(name, ())) if entry not in remove] + list(add)
    return Table(short, made)


@lru_cache(maxsize=1)
def us_spellings() -> re.Pattern[str]:
    """Return what finds words in US spelling."""
    return pattern(lists("spelling")["us"])


def british(word: str) -> str:
    """Return a word of US spelling in British spelling, its first capital and its ending kept."""
    rules: Mapping[str, str] = lists("spelling")["us"]
    low = word.lower()
    for us, gb in sorted(rules.items(), key=lambda row: -len(row[0])):
        stem = us.removesuffix("*")
        if low == us or (us.endswith("*") and low.startswith(stem)):
            made = gb.removesuffix("*") + low[len(stem) :]
            made = made.replace("manoeuvreed", "manoeuvred").replace("manoeuvreing", "manoeuvring")
            return made[:1].upper() + made[1:] if word[:1].isupper() else made
    return word


class Actor:
    """A state, body or person: what a message calls it, its group, its place there, and what finds it in a text."""

    def __init__(self, group: str, place: int, names: list[str]) -> None:
        """Keep the row of the table."""
        self.group, self.place, self.name, self.names = group, place, names[0], names
        self._begins = tuple(match[0] if (match := _START.match(name)) else "" for name in names)

    @cached_property
    def sign(self) -> re.Pattern[str]:
        """Return what finds its names."""
        return pattern(self.names, sensitive=True)

    def stands_in(self, text: str) -> bool:
        """Return whether a text names it."""
        return any(word in text for word in self._begins) and bool(self.sign.search(text))


@lru_cache(maxsize=1)
def actors() -> tuple[Actor, ...]:
    """Return all states, bodies and persons that the tables know."""
    groups = ("members", "candidates", "others", "bodies", "persons")
    rows = lists("actors")
    return tuple(Actor(group, place, names) for group in groups for place, names in enumerate(rows[group]))
