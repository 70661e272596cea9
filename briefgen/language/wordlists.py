"""The words of languages: one YAML file a language in `data`, read when the language is first met, never changed after.

In: a language, a section of its file, the name of a list; for the checks, what a project adds and removes. Out: entries, sets,
and patterns that find them in one pass. A list that a language lacks finds nothing, and `lacking` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from briefgen.model.project_file import Checks

FIRST = "en"
"""The language whose file is the measure of the others, and that is read where a language has none."""
NO_LANGUAGE = ("common", "gazetteer")
CHECKED = ("dates", "figures", "denials", "sentences", "naming", "checks", "wordings")
"""The sections that `check` reads, save the names of states and bodies."""
_SETTINGS = ("loaded_words", "loaded_exempt", "jargon", "acronyms", "outlets")
_SENSITIVE = frozenset({"outlets", "acronyms", "weekdays", "perspective"})  # lists of the checks whose entries are names
_START = re.compile(r"\w+")
_TYPOGRAPHIC = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})

# ---- files


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a file, English first."""
    names = (file.name.removesuffix(".yaml") for file in resources.files(__package__).joinpath("data").iterdir())
    return tuple(sorted((name for name in names if name not in NO_LANGUAGE), key=lambda name: (name != FIRST, name)))


def base(language: str | None) -> str:
    """Return the language of a tag without its region: `en` of `en-GB`."""
    return (language or FIRST).partition("-")[0].lower()


@cache
def data(name: str) -> Mapping[str, Any]:
    """Return what a file in `data` holds, empty where there is none; the same immutable mapping every time."""
    import yaml

    file = resources.files(__package__).joinpath("data", f"{name}.yaml")
    if not name.isalpha() or not file.is_file():
        return MappingProxyType({})
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    frozen: Mapping[str, Any] = _frozen(yaml.load(file.read_text(encoding="utf-8"), loader))
    return frozen


def _frozen(value: Any) -> Any:  # noqa: ANN401 - any value of YAML
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(each) for key, each in value.items()})
    return tuple(value) if isinstance(value, list) else value


def section(language: str, name: str) -> Mapping[str, Any]:
    """Return a section of a language's file as it is written, empty where the language lacks it."""
    found: Mapping[str, Any] = data(base(language)).get(name, {})
    return found


def split(written: Any) -> tuple[str, ...]:  # noqa: ANN401 - what a list is in YAML
    """Return the entries of a list as a file or a project writes it."""
    parts = written.split(",") if isinstance(written, str) else map(str, written)
    return tuple(entry for part in parts if (entry := part.strip()))


@cache
def entries(language: str, name: str, key: str) -> tuple[str, ...]:
    """Return the entries of a list of one language, empty where it lacks the list."""
    return split(section(language, name).get(key, ""))


@cache
def every(name: str, key: str) -> tuple[str, ...]:
    """Return the entries of a list of all languages together, those of English first."""
    return tuple(dict.fromkeys(entry for language in languages() for entry in entries(language, name, key)))


@cache
def either(name: str, key: str) -> str:
    """Return the entries of a list of all languages with bars between them, as a regular expression takes them in a group."""
    return "|".join(map(re.escape, every(name, key)))


@cache
def bars(name: str, key: str, language: str | None = None) -> str:
    """Return the regular expressions of a list as one, for a group: those of one language, or of all, English first."""
    texts = (section(each, name).get(key, "") for each in ((language,) if language else languages()))
    return "|".join(line.strip() for text in texts for line in text.splitlines())


def lacking(language: str, names: Iterable[str] = CHECKED) -> Mapping[str, tuple[str, ...]]:
    """Return by section which lists English has and a language lacks."""
    return {name: tuple(sorted(set(lists(FIRST, name)) - set(lists(language, name)))) for name in names}


def lists(language: str, name: str) -> tuple[str, ...]:
    """Return the names of the lists in a section of a language."""
    return tuple(str(key) for key, value in section(language, name).items() if not isinstance(value, bool))


# ---- patterns


def pattern(listed: Iterable[str], *, sensitive: bool | None = False) -> re.Pattern[str]:
    """Return what finds words and phrases as whole words, the longest first; `*` at an end stands for any ending.

    Case counts where it is `sensitive`; with None it counts in an entry that begins with a capital, or with `=`.
    """
    rows = sorted({str(entry) for entry in listed if str(entry).strip()}, key=lambda entry: (-len(entry), entry))
    if not rows:
        return re.compile(r"(?!)")
    # By their first letters: so a word that begins like none of them costs one look, not one for each entry.
    begun: dict[tuple[bool, str], list[str]] = {}
    for entry in rows:
        exact = sensitive if sensitive is not None else entry[0] == "=" or entry[0].isupper()
        word = entry.removeprefix("=") if sensitive is None else entry
        begun.setdefault((exact, word[0] if exact else word[0].lower()), []).append(word[1:])
    parts = [
        f"{_letter(first, exact)}(?{'' if exact else 'i'}:{'|'.join(map(_one, rest))})"
        for (exact, first), rest in sorted(begun.items(), key=lambda row: row[0][0])
    ]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)")


def _letter(first: str, exact: bool) -> str:
    if first == "*":
        return r"\w*"
    return re.escape(first) if exact or first.lower() == first.upper() else f"[{first.lower()}{first.upper()}]"


def _one(entry: str) -> str:
    made = re.escape(entry.replace("’", "'")).replace("'", "['’]")
    return made.replace(r"\*", r"[\w’'-]*+").replace(r"\ ", r"\s{1,3}").replace(r"\\d", r"\d")


def first_words(listed: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """Return the first word of each entry in small letters, and whether any ending may follow; for a look before a search.

    An entry that begins with no word gives an empty one with any ending, which every text holds.
    """
    rows = [(_START.match(entry), entry) for entry in map(str.casefold, map(str, listed)) if entry.strip()]
    return tuple(dict.fromkeys((m[0], entry[m.end() : m.end() + 1] == "*") if m else ("", True) for m, entry in rows))


def plain(text: str) -> str:
    """Return a text of the same length with straight apostrophes, as the lists have them."""
    return text.translate(_TYPOGRAPHIC)


# ---- tables


class Table:
    """The lists of one language for one use; `known` is False where the language has none.

    What is worked out is kept: two threads may do it twice, with one result.
    """

    def __init__(self, language: str, listed: Mapping[str, Any], *, written: bool = False) -> None:
        """Take the lists; with `written`, case counts in an entry that begins with a capital or with `=`."""
        self.language, self.known = language, bool(listed)
        self._listed, self._written = listed, written
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._first: dict[str, tuple[tuple[str, bool], ...]] = {}

    def entries(self, name: str) -> tuple[str, ...]:
        """Return the entries of a list, or of several whose names are joined by `+`; empty where the language lacks it."""
        return tuple(entry for part in name.split("+") for entry in split(self._listed.get(part, "")))

    def lacks(self, name: str) -> bool:
        """Return whether the language has no such list."""
        return name not in self._listed

    def words(self, name: str) -> frozenset[str]:
        """Return the entries of a list, in small letters."""
        if name not in self._words:
            self._words[name] = frozenset(entry.casefold() for entry in self.entries(name))
        return self._words[name]

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return what finds the entries of a list, or of several whose names are joined by `+`."""
        if name not in self._patterns:
            sensitive = None if self._written else _SENSITIVE.issuperset(name.split("+"))
            self._patterns[name] = pattern(self.entries(name), sensitive=sensitive)
        return self._patterns[name]

    def count(self, name: str, text: str) -> int:
        """Return how often entries of a list stand in a plain text (see `plain`)."""
        return sum(1 for _ in self.pattern(name).finditer(text))

    def has(self, name: str, text: str) -> bool:
        """Return whether an entry of a list stands in a plain text."""
        return self.pattern(name).search(text) is not None

    def first_words(self, name: str) -> tuple[tuple[str, bool], ...]:
        """Return the first words of the entries of a list, or of several joined by `+`, as `first_words` does."""
        if name not in self._first:
            self._first[name] = first_words(self.entries(name))
        return self._first[name]

    def groups(self, name: str) -> Mapping[str, re.Pattern[str]]:
        """Return the patterns of a list of lists by their names: the kinds of events."""
        return {key: self._group(key, words) for key, words in self._listed.get(name, {}).items()}

    def _group(self, key: str, words: str) -> re.Pattern[str]:
        return self._patterns.setdefault(f"={key}", pattern(split(words)))


@cache
def cues(language: str) -> Table:
    """Return the lists that the drafter reads in articles of a language (`en-GB` takes those of `en`)."""
    listed = dict(section(language, "drafts"))
    if listed:
        months = (row.partition("/")[0] for row in entries(language, "dates", "months"))
        listed["dated"] = (*months, *entries(language, "dates", "weekdays"), *split(listed.get("dated", "")))
    return Table(base(language), listed, written=True)


def table(language: str, checks: Checks) -> Table:
    """Return the lists of the checks for a language (`en-GB` takes English), with what a project adds and removes."""
    changes = tuple((name, getattr(checks, name)) for name in _SETTINGS)
    changed = tuple((name, change.add, change.remove) for name, change in changes if change.add or change.remove)
    return _table(base(language), changed)


@lru_cache(maxsize=16)
def _table(short: str, changed: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]) -> Table:
    made = dict(section(short, "checks"))
    if weekdays := entries(short, "dates", "weekdays"):
        made["weekdays"] = weekdays
    for name, add, remove in changed:
        made[name] = (*(entry for entry in split(made.get(name, "")) if entry not in remove), *add)
    return Table(short, made)
