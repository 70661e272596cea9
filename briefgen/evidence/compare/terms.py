"""Terms of likelihood in a wording against those of `full` and of the item: a level never changes how likely a thing is.

In: two texts, the item's texts and its stated likelihood, the yardstick. Out: `Said` rows of the kind likelihood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.evidence.compare.ground import Kind, Place, Said
from briefgen.findings.diagnostics import Verdict
from briefgen.language.memo import kept
from briefgen.language.stems import word_set, words_of
from briefgen.model.yardstick import YARDSTICKS, Band, Yardstick, as_percent

_KEYS = {name: band.key for scheme in YARDSTICKS.values() for band in scheme.bands for name in (band.term, *band.synonyms)} | {
    "not likely": "unlikely",
    "not very likely": "unlikely",
    "improbable": "unlikely",
}
_TERM = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, _KEYS), key=len, reverse=True))})(?![\w-])", re.IGNORECASE)
_TERM_WORDS = frozenset(word for name in _KEYS for word in words_of(name))
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d{1,3})? ?(?:%|per ?cent)")


def terms(text: str, scheme: Yardstick) -> list[tuple[str, Place]]:
    """Return the likelihood terms of a text as keys of bands, with their places; `probable` and `likely` are one."""
    found = []
    for word, place in _terms(text):
        band = scheme.find(word) or scheme.find(word.replace("very", "highly"))
        found.append((band.key if band else _KEYS[word], place))
    return found


@kept
def _terms(text: str) -> tuple[tuple[str, Place], ...]:
    if word_set(text).isdisjoint(_TERM_WORDS):
        return ()
    rows = _TERM.finditer(text.replace("isn’t likely", "is not likely"))
    return tuple((" ".join(match[0].lower().split()), match.span()) for match in rows)


def likelihoods(words: str, full: str, item: str, likelihood: str, scheme: Yardstick) -> Iterator[Said]:
    """Yield the terms of a wording that neither `full` has, nor the field, nor, where both are silent, the item."""
    wanted = terms(words, scheme)
    if not wanted:
        return
    first = terms(full, scheme)
    allowed = {key for key, _ in first} | {band.key for text in _PERCENT.findall(full) if (band := _band(text, scheme))}
    stated = scheme.find(likelihood) if likelihood else None
    if stated:
        allowed.add(stated.key)
    elif not first:
        allowed |= {key for key, _ in terms(item, scheme)}
    for key, (start, end) in wanted:
        if key not in allowed:
            place = first[0][1] if first else None
            instead = full[slice(*place)] if place else ""
            yield Said(Kind.TERM, Verdict.CONTRADICTED, words[start:end], instead, (start, end), place, full if place else "")


def _band(written: str, scheme: Yardstick) -> Band | None:
    return scheme.find(written) if as_percent(written) is not None else None
