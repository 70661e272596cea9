"""States, bodies and persons, and what texts call them: one table for the rules, the comparison of names and the drafter.

In: `data/gazetteer.yaml` (groups and kinds) and the section `names` of each language's file. Out: things with their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from briefgen.language.wordlists import FIRST, data, languages, pattern, section, split

_MARKED = re.compile(r"([=+-]*)(.+)")
_START = re.compile(r"\w+")


class Named(NamedTuple):
    """One name of a thing, and who takes it: the comparison for one thing with the others, the rules, the drafter."""

    text: str
    one: bool
    ruled: bool
    drafted: bool


class Names(NamedTuple):
    """What a thing is called in one language: its names, those of its people and others, the seats that stand for it."""

    names: tuple[Named, ...]
    people: tuple[Named, ...] = ()
    seats: tuple[Named, ...] = ()


@cache
def called(language: str) -> Mapping[str, Names]:
    """Return the names of things in a language by their keys, empty for a language without a file."""
    return {key: Names(*map(_row, written.split("|"))) for key, written in section(language, "names").items()}


def _row(column: str) -> tuple[Named, ...]:
    rows = (_MARKED.fullmatch(entry) for entry in split(column))
    return tuple(Named(m[2], "=" in m[1], "+" not in m[1], "-" not in m[1]) for m in rows if m)


def kinds() -> Mapping[str, str]:
    """Return the kind of each body, in the order in which the drafter takes them."""
    found: Mapping[str, str] = data("gazetteer")["kinds"]
    return found


def one_things() -> Iterator[tuple[str, str]]:
    """Yield each name that may stand for another one of the same thing, with the thing's key."""
    for language in languages():
        for key, row in called(language).items():
            yield from ((name.text, key) for column in row for name in column if name.one)


class Actor:
    """A state, body or person: what a message calls it, its group, its place there, and what finds it in an English text."""

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


@cache
def actors() -> tuple[Actor, ...]:
    """Return all that the rules look for, group by group; the Member States stand in protocol order."""
    groups: Mapping[str, str] = data("gazetteer")["groups"]
    return tuple(Actor(group, at, _ruled(key)) for group, keys in groups.items() for at, key in enumerate(split(keys)))


def _ruled(key: str) -> list[str]:
    return [name.text for column in called(FIRST)[key] for name in column if name.ruled]
