"""The extractive drafter: articles → a draft of verbatim sentences. No model, no network; the same articles give the same draft.

Read each article (features), choose over all of them (selection), write the items down (compose). Time and memory grow with the
articles' length, up to the part of each that is read (parts.MAX_CHARACTERS).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefgen.drafters import ranking, reprints
from briefgen.drafters.actors import gazetteer
from briefgen.drafters.compose import composed
from briefgen.drafters.features import read
from briefgen.drafters.parts import Drafted, Reading, Settings
from briefgen.drafters.selection import choose
from briefgen.language.detect import detect
from briefgen.language.wordlists import cues
from briefgen.model.article import Article


def draft(articles: Sequence[Article], settings: Settings) -> Drafted:
    """Return a draft of some articles; without any it is empty of items, and says so."""
    readings = understood(articles, settings)
    if len(readings) > 1:
        readings = reprints.marked(_together(readings))
    chosen = choose(readings, settings.items)
    picks = tuple(reprints.once(pick, readings) for pick in chosen.picks)
    return composed(readings, chosen._replace(picks=picks), settings)


def understood(articles: Sequence[Article], settings: Settings) -> list[Reading]:
    """Return each article read by itself: its language, its genre, its sentences with their flags."""
    readings = []
    for number, article in enumerate(articles):
        language = article.language or detect(article.text[:20_000]) or settings.language or "und"
        readings.append(read(article, number, gazetteer(language, settings.actors), language))
    return readings


def _together(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with their terms weighed over all articles: what all of them say makes no two sentences alike."""
    stems = [ranking.stems(each.sentence.text, cues(reading.language)) for reading in readings for each in reading.sentences]
    terms = iter(ranking.weigh(stems))
    return [replace(one, sentences=tuple(replace(each, terms=next(terms)) for each in one.sentences)) for one in readings]
