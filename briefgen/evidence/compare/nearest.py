"""The sentence of an article that is nearest to a claim: for a finding to show, and for a cure to name.

In: a claim, the words in question, an article. Out: a `Nearest`. Words that are rare in the article weigh more (inverse document
frequency); a sentence that holds the very words in question, or stands in the quoted paragraph, comes first.
"""

from __future__ import annotations

from collections import Counter
from math import log
from typing import NamedTuple

from briefgen.language.memo import kept, sentences
from briefgen.language.stems import shared, stems
from briefgen.model.article import Article

HOLDS, QUOTED, LONG = 4.0, 1.0, 0.3
"""What the words in question, and the quoted paragraph, are worth; how much length costs."""


class Nearest(NamedTuple):
    """A sentence, the number of its paragraph, and how near it is."""

    score: float
    paragraph: int
    sentence: str


class _Sentence(NamedTuple):
    paragraph: int
    text: str
    stems: frozenset[str]


def nearest(claim: str, words: str, article: Article, quoted: int) -> Nearest | None:
    """Return the sentence of an article that is nearest to a claim; `quoted` numbers the quoted paragraph, -1 for none."""
    rows, rarity = _read(article)
    mine = stems(claim)
    best: Nearest | None = None
    for row in rows:
        common = shared(row.stems, mine)
        holds = bool(words) and words.casefold() in row.text.casefold()
        score = sum(rarity[stem] for stem in common) + HOLDS * holds
        if score:
            score = score / (4 + len(row.stems)) ** LONG + QUOTED * (row.paragraph == quoted)
            if best is None or score > best.score:
                best = Nearest(score, row.paragraph, row.text)
    return best


@kept
def _split(text: str, language: str) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((piece.text, stems(piece.text)) for piece in sentences(text, language))


def _read(article: Article) -> tuple[list[_Sentence], dict[str, float]]:
    language = article.language or "en"
    rows = [
        _Sentence(paragraph.number, text, found)
        for paragraph in article.paragraphs
        for text, found in _split(paragraph.text, language)
    ]
    counts = Counter(stem for row in rows for stem in row.stems)
    return rows, {stem: log(1 + len(rows) / count) for stem, count in counts.items()}
