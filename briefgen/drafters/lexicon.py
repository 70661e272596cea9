"""Cues of a language, from `cues/<language>.yaml`: lists of words and phrases, each compiled to one pattern.

A language without a file has no cues: every pattern of it matches nothing, and drafting goes by position and centrality.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("cues")
_ENTRY = re.compile(r'"([^"]+)"|(\S+)')
_NOTHING = re.compile(r"(?!)")
CLEAR = 0.3  # the share of small words from which a language is taken as recognised
_TYPOGRAPHIC = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


class Cues:
    """The cue lists of one language. `known` is False where there are none."""

    def __init__(self, language: str, lists: Mapping[str, str]) -> None:
        """Take the lists as the file holds them: entries parted by blanks, phrases in quotation marks."""
        self.language = language
        self.known = bool(lists)
        self._lists = {name: tuple(first or second for first, second in _ENTRY.findall(text)) for name, text in lists.items()}
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._words: dict[str, frozenset[str]] = {}

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return the pattern that finds any entry of a list as whole words, and nothing where there is no such list."""
        if name not in self._patterns:
            self._patterns[name] = _compiled(self._lists.get(name, ()))
        return self._patterns[name]

    def words(self, name: str) -> frozenset[str]:
        """Return the entries of a list, in small letters."""
        if name not in self._words:
            self._words[name] = frozenset(entry.casefold() for entry in self._lists.get(name, ()))
        return self._words[name]

    def count(self, name: str, text: str) -> int:
        """Return how often entries of a list stand in a plain text (see `plain`)."""
        return sum(1 for _ in self.pattern(name).finditer(text))

    def has(self, name: str, text: str) -> bool:
        """Return whether an entry of a list stands in a plain text."""
        return self.pattern(name).search(text) is not None


def plain(text: str) -> str:
    """Return a text of the same length with straight apostrophes, as the lists have them."""
    return text.translate(_TYPOGRAPHIC)


def _compiled(entries: tuple[str, ...]) -> re.Pattern[str]:
    if not entries:
        return _NOTHING
    loose: list[str] = []
    exact: list[str] = []
    for entry in sorted(set(entries), key=lambda each: (-len(each), each)):
        word = re.escape(entry.lstrip("=")).replace(r"\*", r"\w*").replace(r"\\d", r"\d").replace(r"\ ", r"\s+")
        (exact if entry[0] == "=" or entry[0].isupper() else loose).append(word)
    parts = [f"(?i:{'|'.join(loose)})"] if loose else []
    parts += [f"(?:{'|'.join(exact)})"] if exact else []
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)")


@cache
def cues(language: str) -> Cues:
    """Return the cues of a language (`en-GB` takes those of `en`)."""
    base = language.partition("-")[0].lower()
    path = _FOLDER / f"{base}.yaml"
    return Cues(base, load(path) if base.isalpha() and path.is_file() else {})


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have cues."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def load(path: Path) -> Any:  # noqa: ANN401 - any value of YAML
    """Return what a data file of the package holds."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), loader)


def detect(text: str) -> str | None:
    """Return the language among those with cues whose small words a text is full of, None where none stands out."""
    sample = [word.casefold() for word in re.findall(r"[^\W\d_]+", text[:20_000])]
    if not sample:
        return None
    shares = sorted((sum(word in cues(each).words("stop") for word in sample) / len(sample), each) for each in languages())
    share, best = shares[-1]
    return best if share > CLEAR else None
