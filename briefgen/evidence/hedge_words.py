"""Words that attribute, that leave open, that make sure: patterns by language for comparing wordings.

In: the lists of `language/data`. Out: compiled patterns. Each looks at one clause, matches whole words and can't
backtrack without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from briefgen.language.wordlists import bars, either, entries, languages, section

_LOOK_BEHIND = re.compile(r"\(\?<![^)]*\)")


@cache
def _any(name: str, language: str) -> re.Pattern[str]:
    """Return a pattern of whole words from the phrases of a list."""
    phrases = bars("wordings", name, language)
    begun = _LOOK_BEHIND.sub("", phrases).split("|")
    sure = all(phrase[:1].isalpha() and phrase[1:2] not in ("?", "*", "{") for phrase in begun)
    begins = f"(?=[{''.join(sorted({phrase[0] for phrase in begun}))}])" if sure else ""  # most words begin otherwise
    return re.compile(rf"(?<![^\W_]){begins}(?:{phrases})(?![^\W_])", re.IGNORECASE)


class _ByLanguage(Mapping[str, re.Pattern[str]]):
    """The patterns of one list by language, each compiled when it is asked for."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getitem__(self, language: str) -> re.Pattern[str]:
        if self.name not in section(language, "wordings"):
            raise KeyError(language)
        return _any(self.name, language)

    def __iter__(self) -> Iterator[str]:
        return (language for language in languages() if self.name in section(language, "wordings"))

    def __len__(self) -> int:
        return sum(1 for _ in self)


SAID = _ByLanguage("said")
"""What surely attributes: what a shorter wording must not lose."""
TELLS = _ByLanguage("tells")
"""What may attribute: enough in a shorter wording."""
OPEN = _ByLanguage("open")
"""What leaves open."""
MILD = _ByLanguage("mild")
"""What may leave open: enough in a shorter wording."""
SURE = _ByLanguage("sure")
"""What makes sure."""
STANCE = _any("stance", "en")
"""What somebody thinks of a thing: “said that it is unacceptable” is “does not accept it”, of the same somebody."""
EVERYBODY = re.compile(rf"\b(?:{bars('denials', 'everybody')})\b", re.IGNORECASE)
NOBODY = frozenset(entries("en", "denials", "nobody"))
OTHERWISE = re.compile(rf"\b(?:{bars('denials', 'otherwise')})", re.IGNORECASE)
"""What denies without a word of denial."""
PARTS = re.compile(rf";\s|\s[–—]\s|,\s(?=(?:{either('wordings', 'conjunctions')})\b)")
"""Where a sentence falls into clauses."""
NO_DENIAL = re.compile(rf"\b(?:{bars('denials', 'none')})\b", re.IGNORECASE)
"""What looks like a denial, and is none: bounds, "not only"."""
