"""Words that deny, what they are about, and words that begin as a denial does.

In: texts. Out: the words of a denial with the stems that it may be about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from briefgen.language.memo import kept
from briefgen.language.stems import small, stem, word_set, words_of
from briefgen.language.tables import table
from briefgen.language.wordlists import bars, entries

_PREFIXES = entries("en", "denials", "prefixes")
_UNDONE = re.compile(rf"\b(?:{bars('denials', 'undone')})\sto(?=\s)", re.IGNORECASE)
SCOPE = 3  # words after a negation that it may be about


@kept
def negations(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the words of a text that deny, in order."""
    known = table(language).negations
    if known.isdisjoint(word_set(text)) and "'" not in text and "’" not in text:
        return ()
    ends, begins = "n't" in known, "n'" in known
    return tuple(
        word for word in words_of(text) if word in known or (ends and word.endswith("n't")) or (begins and word.startswith("n'"))
    )


@kept
def negated(text: str, language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each negation with the stems of the words that it may be about."""
    denying = frozenset(negations(text, language))
    rows = tuple(_negated(words_of(text), denying)) if denying else ()
    return rows + tuple(_left_undone(text)) if _UNDONE.search(text) else rows


def _left_undone(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what somebody refused, failed or ceased to do: a denial without a word of denial."""
    for match in _UNDONE.finditer(text):
        after = words_of(text[match.end() : match.end() + 60])
        yield match[0].casefold(), tuple(stem(word) for word in after if word not in small())[:SCOPE]


def _negated(words: Sequence[str], denying: AbstractSet[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for at, word in enumerate(words):
        if word in denying:
            after = [stem(w) for w in words[at + 1 : at + 8] if w not in small() and w not in denying]
            yield word, tuple(after[:SCOPE])


@kept
def prefixed(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words that begin as a denial does (un-, in-), each with the rest of it."""
    return tuple(
        (word, word.removeprefix(prefix))
        for word in words_of(text)
        if len(word) >= 7 and word.startswith(_PREFIXES)
        for prefix in _PREFIXES
        if word.startswith(prefix) and len(word) - len(prefix) >= 5
    )
