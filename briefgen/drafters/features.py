"""An article → its sentences as read: who says each, what flags it bears, whom it names, how well it fits each section.

The flags are `reported`, `cites`, `unnamed`, `hedged`, `denied`, `negated`, `opinion`, `forecast`, `estimate`, `quote`,
`background`, `question`, `scene`, `dangling`. The genre comes first: in a column all that nobody else says is the author's view.
"""

from __future__ import annotations

import re

from briefgen.drafters import genre as genres
from briefgen.drafters import ranking, sections, segment
from briefgen.drafters.actors import Gazetteer
from briefgen.drafters.attribution import attribution, masked, quotes
from briefgen.drafters.parts import Attribution, Read, Reading, Sentence
from briefgen.language.detect import detect
from briefgen.language.wordlists import Table, cues, plain
from briefgen.model.article import Article
from briefgen.model.terms import Genre

NUMBER = re.compile(r"(?<![\w.])\d[\d.,\u00a0\u202f ]*\d|(?<!\w)\d")
_PAST = re.compile(r"\b\w{3,}ed\b")


def read(article: Article, number: int, gazetteer: Gazetteer, language: str | None = None) -> Reading:
    """Return an article as the drafter understands it."""
    text = article.text[:20_000]
    tongue = language or article.language or detect(text) or "und"
    own = cues(tongue)
    found = segment.split(article, number, tongue, own)
    kind, told = genres.genre(article, found, tongue, own)
    flagged = [(each, *_flags(each, kind, own)) for each in found]
    stems = [ranking.stems(each.text, own) for each in found]
    vectors = ranking.weigh(stems)
    near = ranking.centrality(vectors)
    title = set(ranking.stems(article.title or "", own))
    reads = []
    for (sentence, who, flags), vector, terms, central in zip(flagged, vectors, stems, near, strict=True):
        named = tuple(dict.fromkeys(hit.key for hit in gazetteer.find(sentence.text) if hit.weight > 0))
        signs = sections.Signs(sentence, flags, kind, central, ranking.overlap(title, terms), named, plain(sentence.text))
        reads.append(Read(sentence, who, flags, named, sections.fit(signs, own), vector))
    notes = tuple(filter(None, (segment.cut(article), _unknown(article, tongue, own))))
    return Reading(article, tongue, kind, told, tuple(reads), notes)


def _unknown(article: Article, language: str, own: Table) -> str | None:
    if own.known:
        return None
    named = "its language was not recognised" if language == "und" else f"there are no cues for its language ({language})"
    return f"{article.name}: {named}; sentences were chosen by position and centrality, and nobody's words were told apart"


def _flags(sentence: Sentence, genre: Genre, own: Table) -> tuple[Attribution | None, frozenset[str]]:
    text = plain(sentence.text)
    outside = masked(text)
    who = attribution(sentence.text, own) if own.known else None
    flags = {name for name, there in _signs(text, outside, own).items() if there}
    if "coming" in flags or (own.has("modal", outside) and not own.has("perfect", outside)):
        flags.add("forecast")
    if any(len(each.split()) > 2 for each in quotes(text)):
        flags.add("quote")
    if who:
        flags |= {"reported"} | ({"cites"} if who.cites else set()) | ({"unnamed"} if who.unnamed else set())
        flags |= {"denied"} if who.how == "denied" else set()
    if NUMBER.search(text) and own.has("rough", outside):
        flags.add("estimate")
    if not who and _is_opinion(text, outside, flags, genre, own):
        flags.add("opinion")
    return who, frozenset(flags)


def _signs(text: str, outside: str, own: Table) -> dict[str, bool]:
    opening = own.pattern("dangling").match(text.lstrip('“"«„'))
    return {
        "hedged": own.has("hedge", outside),
        "coming": own.has("future", outside) or (own.has("appointment", outside) and own.has("dated", outside)),
        "negated": own.has("negation", outside),
        "background": own.has("background", outside),
        "scene": own.has("scene", outside),
        "question": text.rstrip().endswith("?"),
        "personal": own.has("first_person", outside),
        "dangling": opening is not None,
    }


def _is_opinion(text: str, outside: str, flags: set[str], genre: Genre, own: Table) -> bool:
    """Return whether a sentence that nobody else says is its author's judgement."""
    if genre is Genre.OPINION:
        return True
    if flags & {"personal", "question"}:
        return True
    weighed = own.count("judgement", outside)
    if genre is Genre.ANALYSIS:
        fact = bool(NUMBER.search(text)) + bool(_PAST.search(text)) + own.has("event", outside) + own.has("dated", text)
        fact += 2 * ("background" in flags)
        return bool(weighed or "hedged" in flags or not fact)
    return weighed > 2
