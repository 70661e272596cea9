"""Words and their stems, and the small words that say nothing by themselves.

In: texts. Out: words in small letters, stems, and the words that carry a meaning. A stem is a word without its ending, no more:
two forms of one word mostly share it, or its first five letters (`alike`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache

from briefgen.language.memo import kept
from briefgen.language.wordlists import every

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENDING = re.compile(r"(?:ing|ed|es|s|e|en)$")
BEGINS = 5
"""Letters at the beginning of two stems that make them one."""


@cache
def small() -> frozenset[str]:
    """Return the words of all languages that say nothing by themselves."""
    return frozenset(every("grammar", "small"))


@kept
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters, in order."""
    return tuple(_WORD.findall(text.replace("’", "'").casefold()))


@kept
def word_set(text: str) -> frozenset[str]:
    """Return the words of a text in small letters."""
    return frozenset(words_of(text))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without its ending: two forms of one word mostly have one stem."""
    if len(word) == 4 and word[-1] in "es":
        return word[:-1]  # side and sides, rows and row
    if len(word) > 4:
        word = _ENDING.sub("", word.removesuffix("'s"))
    word = word.removesuffix("t") if len(word) > 4 else word  # after the other ending: visit, visited, besucht
    return f"{word[:-1]}i" if len(word) > 4 and word[-1] == "y" else word  # dairy, dairies


@kept
def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that say something."""
    return frozenset(stem(word) for word in word_set(text) if len(word) > 2 and word not in small())


def shared(one: Iterable[str], other: Collection[str]) -> frozenset[str]:
    """Return the stems of `one` that `other` has, too."""
    begun = {stem[:BEGINS] for stem in other if len(stem) >= BEGINS}
    return frozenset(stem for stem in one if stem in other or (len(stem) >= BEGINS and stem[:BEGINS] in begun))
