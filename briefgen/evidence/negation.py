"""Negations: whether a claim says no where its evidence says yes, or the other way round.

In: texts. Out: the words that were lost or added. It speaks only where both texts hold the
word that is negated in one of them; finer denials ("refuses", "hardly") count as denial in the other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.evidence.words import table

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PREFIXES = ("un", "dis", "non", "in")
_SMALL = frozenset(
    re.findall(
        r"\S+",
        "a an the any been be is are was were has have had do does did to of in on at by for with and or that this it its yet "
        "more longer only just even also so as than who which der die das ein eine einen den dem des zu im am le la les un une "
        "de du des à",
    )
)
SOFT = re.compile(
    r"\b(?:refus|reject|den(?:y|ie)|declin|fail|lack|absen|avoid|rule[sd]? out|stop|halt|prevent|oppos|object|doubt|"
    r"exclud|ban|block|"
    r"unlikely|hardly|barely|little|few|rather|instead|only|un\w{4}|dis\w{4}|in\w{5}|weiger|lehn|verneint|kaum|refuse|rejet|nie)",
    re.IGNORECASE,
)
SCOPE = 3  # words after a negation that it may be about


def negations(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the words of a text that deny, in order."""
    return tuple(word for word in _words(text) if _denies(word, language))


def _words(text: str) -> list[str]:
    return [word.replace("’", "'").casefold() for word in _WORD.findall(text)]


def _denies(word: str, language: str) -> bool:
    known = table(language).negations
    return word in known or ("n't" in known and word.endswith("n't")) or ("n'" in known and word.startswith("n'"))


def _negated(text: str, language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each negation with the stems of the words that it may be about."""
    words = _words(text)
    for at, word in enumerate(words):
        if _denies(word, language):
            after = [_stem(w) for w in words[at + 1 : at + 8] if w not in _SMALL and not _denies(w, language)]
            yield word, after[:SCOPE]


def _stem(word: str) -> str:
    """Return a word without its ending: two forms of one word mostly have one stem."""
    return re.sub(r"(?:ing|ed|es|s|e|en|t)$", "", word.removesuffix("'s")) if len(word) > 4 else word


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in _words(text)}


def lost(claim: str, quote: str, language: str = "en") -> str | None:
    """Return the words of a denial in the quote that the claim gives without any, None where there is none."""
    if negations(claim, language) or SOFT.search(claim):
        return None
    there = _stems(claim)
    for word, about in _negated(quote, language):
        if len(hit := [stem for stem in about if stem in there]) >= min(2, len(about)) and hit:
            return f"{word} … {hit[0]}"
    mine = set(_words(claim))
    return next((word for word, bare in _prefixed(quote) if bare in mine and word not in mine), None)


def added(claim: str, ground: str, language: str = "en") -> str | None:
    """Return the denial that stands in the claim, and nothing like it in its ground; None where there is none."""
    theirs = set(_words(ground))
    for word, bare in _prefixed(claim):
        if bare in theirs and word not in theirs and not negations(ground, language):
            return word
    if negations(ground, language) or SOFT.search(ground):
        return None
    return next((word for word, about in _negated(claim, language) if any(stem in _stems(ground) for stem in about)), None)


def _prefixed(text: str) -> Iterator[tuple[str, str]]:
    for word in _words(text):
        for prefix in _PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) >= 5:
                yield word, word[len(prefix) :]
