"""Negations: whether a claim says no where its evidence says yes, or the other way round.

In: texts. Out: the words that were lost or added. It speaks only where both texts hold the
word that is negated in one of them; finer denials ("refuses", "hardly") count as denial in the other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from briefgen.language.memo import kept, sentences
from briefgen.language.tables import table
from briefgen.language.wordlists import bars, entries, every

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PREFIXES = entries("en", "denials", "prefixes")
SMALL = frozenset(every("denials", "small"))
"""Words that say nothing by themselves."""
SOFT = re.compile(rf"\b(?:{bars('denials', 'soft')})", re.IGNORECASE)
_UNDONE = re.compile(rf"\b(?:{bars('denials', 'undone')})\sto(?=\s)", re.IGNORECASE)
_ENDING = re.compile(r"(?:ing|ed|es|s|e|en)$")
REACH = 5  # words on each side of one in which it may be denied
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
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters, in order."""
    return tuple(_WORD.findall(text.replace("’", "'").casefold()))


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
        yield match[0].casefold(), tuple(stem(word) for word in after if word not in SMALL)[:SCOPE]


def _negated(words: Sequence[str], denying: AbstractSet[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for at, word in enumerate(words):
        if word in denying:
            after = [stem(w) for w in words[at + 1 : at + 8] if w not in SMALL and w not in denying]
            yield word, tuple(after[:SCOPE])


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without its ending: two forms of one word mostly have one stem."""
    if len(word) == 4 and word[-1] in "es":
        return word[:-1]  # side and sides, rows and row
    if len(word) > 4:
        word = _ENDING.sub("", word.removesuffix("'s"))
    return word.removesuffix("t") if len(word) > 4 else word  # after the other ending: visit, visited, besucht


@kept
def word_set(text: str) -> frozenset[str]:
    """Return the words of a text in small letters."""
    return frozenset(words_of(text))


@kept
def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a text."""
    return frozenset(map(stem, word_set(text)))


def lost(claim: str, quote: str, language: str = "en") -> str | None:
    """Return the words of a denial in the quote that the claim gives without any, None where there is none."""
    denials, turned = negated(quote, language), prefixed(quote)
    if not (denials or turned) or negations(claim, language) or SOFT.search(claim):
        return None
    there = stems(claim)
    for word, about in denials:
        if len(hit := [one for one in about if one in there]) >= min(2, len(about)) and hit:
            return f"{word} … {hit[0]}"
    mine = word_set(claim)
    return next((word for word, bare in turned if bare in mine and word not in mine), None)


def added(claim: str, ground: str, language: str = "en") -> str | None:
    """Return the denial that stands in the claim, and nothing like it in its ground; None where there is none."""
    denials, turned = negated(claim, language), prefixed(claim)
    if not (denials or turned) or negations(ground, language):
        return None
    theirs = word_set(ground)
    for word, bare in turned:
        if bare in theirs and word not in theirs:
            return word
    return next((word for word, about in denials if _plainly_said(about, ground, language)), None)


def _plainly_said(about: Sequence[str], ground: str, language: str) -> bool:
    """Return whether a text speaks of something, and in no such sentence with a word that may deny it: refused, closed."""
    meant = next((one for one in about if one in stems(ground)), None)
    rows = sentences(ground, language) if meant else ()
    return meant is not None and not any(SOFT.search(near) for row in rows for near in _around(meant, words_of(row.text)))


def _around(meant: str, words: Sequence[str]) -> Iterator[str]:
    """Yield the words around each that has a stem: what denies it stands near."""
    for at, word in enumerate(words):
        if stem(word) == meant:
            yield " ".join(words[max(0, at - REACH) : at + REACH + 1])


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
