"""What kind of text an article is, decided before anything else: it settles what an unattributed sentence is worth.

Signs of an opinion: a label, a line about the author, “I” and “we” outside quotations, questions, what should be done. Signs of
an analysis: unattributed judgement and hedges, few speakers. What is left is news, or an agency report where a dateline says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefgen.drafters.attribution import attribution, masked
from briefgen.drafters.parts import Sentence
from briefgen.drafters.segment import bio
from briefgen.language.wordlists import Table, plain
from briefgen.model.article import Article
from briefgen.model.terms import Genre

_DATELINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .'-]{2,30}(?:, [^()]{3,30})? ?\([A-Z][\w /.-]{1,20}\)")
SAMPLE = 200  # sentences: enough to tell a column from a report


def genre(article: Article, sentences: Sequence[Sentence], language: str, cues: Table) -> tuple[Genre, str]:
    """Return the genre of an article and what it was told from; a reader's own finding goes first."""
    if article.genre is not Genre.UNKNOWN:
        return article.genre, article.origins.get("genre", "the file")
    if not cues.known or not sentences:
        return Genre.UNKNOWN, "no cues for this language" if not cues.known else "no sentences"
    sample = [plain(each.text) for each in sentences[:SAMPLE]]
    if told := _opinion(article, sample, language, cues):
        return Genre.OPINION, told
    if any(_DATELINE.match(paragraph.text) for paragraph in article.paragraphs[:4]):
        return Genre.WIRE, "a dateline with an agency"
    return _report(article, sample, cues)


def _opinion(article: Article, sample: list[str], language: str, cues: Table) -> str:
    """Return the signs of an opinion, empty where they are too few."""
    outside = [masked(text) for text in sample]
    personal = sum(cues.has("first_person", text) for text in outside)
    asked = sum(text.rstrip().endswith("?") for text in outside)
    label = any(len(p.text.split()) < 4 and cues.has("opinion_label", p.text) for p in article.paragraphs[:4])
    about = bio(article, language, cues)
    share = personal / len(sample)
    score = 3 * label + 2 * bool(about) + min(4.0, 20 * share) + min(1.0, asked / 2)
    if score < 3:
        return ""
    signs = [f"first person in {personal} of {len(sample)} sentences"] if personal else []
    signs += ["a line about the author"] if about else []
    signs += ["a label"] if label else []
    return ", ".join(signs) or "questions"


def _report(article: Article, sample: list[str], cues: Table) -> tuple[Genre, str]:
    said = sum(attribution(text, cues) is not None for text in sample)
    own = sum(attribution(text, cues) is None and (cues.has("hedge", text) or cues.has("judgement", text)) for text in sample)
    titled = cues.pattern("analysis_title").match(plain(article.title or "")) is not None
    counted = f"{said} of {len(sample)} sentences name who says so, {own} judge without"
    return (Genre.ANALYSIS if own + 2 * titled > said else Genre.NEWS), counted
