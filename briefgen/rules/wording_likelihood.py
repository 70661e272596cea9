"""Rules of likelihood in sentences: one yardstick, no weasel, no certainty, and only in what is our assessment.

Reported speech, conditions and quotations are never looked at, nor are texts in plain words save for a term that differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefgen.language.wordlists import FIRST, pattern
from briefgen.model.parts import Development, Judgement, Risk, Scenario
from briefgen.model.pointers import parent
from briefgen.model.terms import Status
from briefgen.model.text import TO_WRITE
from briefgen.model.yardstick import YARDSTICKS, Yardstick
from briefgen.rules.context import Context, Finding, at
from briefgen.rules.passages import OURS, Kind, Passage
from briefgen.rules.wording import first_each, of_kind, prints_speaker

_TOO_PLAIN = frozenset({"remote"})  # a word of one scheme that is too common to be a term in a sentence
_PERCENT = re.compile(r"\d\s?(?:%|per\s?cent\b|Prozent\b|pour cent\b)")
_RATING = re.compile(r"\b(?:this|that|which|it|both|each)\s(?:is|are|would\sbe|we\sjudge|we\srate)\s(?:an?\s)?")
_NEGATED = re.compile(r"(?:\bnot|n[’']t|\bless|\bmore|\bas|\bequally|\bhow|\bthan)\s\Z")


@lru_cache(maxsize=1)
def _terms() -> re.Pattern[str]:
    """Return what finds the terms of every yardstick, the longest first."""
    names = {name for scheme in YARDSTICKS.values() for band in scheme.bands for name in (band.term, *band.synonyms)}
    return pattern(names - _TOO_PLAIN)


def terms(text: str) -> Iterator[re.Match[str]]:
    """Yield the terms of any yardstick in a text, save compared or negated ones (“no more likely than before”)."""
    for match in _terms().finditer(text):
        if not _NEGATED.search(text[max(0, match.start() - 10) : match.start()]):
            yield match


def _english(context: Context) -> bool:
    return context.summary.language.startswith("en")


def differs(context: Context) -> Iterator[Finding]:
    """LIK-09: the sentence holds a term, and none of its terms is the field's."""
    for passage in of_kind(context, Kind.JUDGEMENT, Kind.RISK, Kind.SCENARIO):
        node = passage.node
        band = context.band(node.likelihood) if isinstance(node, Judgement | Risk | Scenario) else None
        if band is None or not _english(context):
            continue
        # A term of another yardstick is LIK-05's.
        found = [match for match in terms(passage.ours) if context.summary.scheme.find(match[0])]
        if found and all(context.summary.scheme.find(match[0]) is not band for match in found):
            message = f"the sentence says “{found[0][0]}”, the field says “{band.term}”"
            yield at(passage, found[0].span(), message, f"write “{band.term}” in the sentence, or change `likelihood:`")


def termless(context: Context) -> Iterator[Finding]:
    """LIK-11: a judgement holds no term of the yardstick; or a risk or a scenario has “chance” or “odds” in a term's place."""
    for passage in of_kind(context, Kind.JUDGEMENT, Kind.RISK, Kind.SCENARIO, plain=False):
        node = passage.node
        if not isinstance(node, Judgement | Risk | Scenario) or not (band := context.band(node.likelihood)):
            continue
        if passage.wording not in ("full", "short") or passage.text.startswith(TO_WRITE) or _holds_a_term(context, passage):
            continue
        # What happens in a risk or a scenario is told first, and its likelihood is printed beside it: only another scale is told.
        instead = next(passage.find("odds", exempt="odds_exempt"), None)
        if instead is None and (passage.kind is not Kind.JUDGEMENT or _told_otherwise(passage)):
            continue
        said = f"“{instead[0]}” is no term of {context.summary.scheme.key}" if instead else "nothing says how likely it is"
        place = instead.span() if instead else (0, len(passage.text))
        cure = f"write “{band.term}” into the sentence" if context.table.language == FIRST else "write its term into the sentence"
        yield at(passage, place, f"{said}, and the field says “{node.likelihood}”", cure)


def _holds_a_term(context: Context, passage: Passage) -> bool:
    """Return whether a text says how likely: a term of a yardstick, as it is printed, or a percentage; True without a list."""
    if _PERCENT.search(passage.unquoted):
        return True
    if _english(context):
        return _terms().search(passage.unquoted) is not None or "remote" in passage.unquoted
    return context.table.lacks("yardstick") or passage.has("yardstick")


def _told_otherwise(passage: Passage) -> bool:
    """Return whether LIK-06 or LIK-10 tells the same: `certain` or “might” in the place of a term."""
    return passage.has("certainty") or passage.has("weasel")


def borrowed(context: Context) -> Iterator[Finding]:
    """LIK-03: a claim uses a likelihood term as if it were ours; a source's own “likely” stands in its speaker's sentence."""
    for passage in of_kind(context, Kind.CLAIM, Kind.BACKGROUND):
        node = passage.node
        if not _english(context) or (isinstance(node, Development) and _own(node)):
            continue
        found = list(terms(passage.unattributed)) or passage.find("borrowed", passage.unattributed)
        for _, match in first_each((passage, match) for match in found):
            message = f"“{match[0]}” reads as our assessment, and this is a claim of the sources"
            cure = "quote it with its speaker (“likely”, X says), or write a judgement with its `likelihood:`"
            yield at(passage, match.span(), message, cure)


def _own(node: Development) -> bool:
    return node.status is Status.ASSESSMENT or prints_speaker(node)


def mixed(context: Context) -> Iterator[Finding]:
    """LIK-05: a term that the summary's yardstick does not have, and another one has."""
    scheme: Yardstick = context.summary.scheme
    if not _english(context):
        return
    rows = ((passage, match) for passage in _ours(context) for match in terms(passage.ours))
    for passage, match in first_each(rows):
        if scheme.find(match[0]) is None:
            near = scheme.nearest(match[0])
            cure = f"write “{near.term}”" if near else f"use a term of {scheme.key}"
            yield at(passage, match.span(), f"“{match[0]}” is a term of another yardstick than {scheme.key}", cure)


def certain(context: Context) -> Iterator[Finding]:
    """LIK-06: our assessment sounds certain."""
    held = (p for p in _ours(context) if p.may_hold("certainty"))
    rows = ((p, match) for p in held for match in p.find("certainty", p.ours, exempt="certainty_exempt"))
    for passage, match in first_each(rows):
        cure = f"use a term of the yardstick: {', '.join(band.term for band in context.summary.scheme.bands)}"
        yield at(passage, match.span(), f"“{match[0]}” claims certainty; an assessment has none", cure)


def weasel_judgement(context: Context) -> Iterator[Finding]:
    """LIK-10: a key judgement that says “may” instead of how likely."""
    return _weasel(context, frozenset({Kind.JUDGEMENT}))


def weasel(context: Context) -> Iterator[Finding]:
    """LIK-02: the assessment of a risk, a scenario or the bottom line says “may” instead of how likely."""
    return _weasel(context, OURS - {Kind.JUDGEMENT})


def _weasel(context: Context, kinds: frozenset[Kind]) -> Iterator[Finding]:
    passages = (p for p in _ours(context) if p.kind in kinds and p.may_hold("weasel"))
    rows = ((p, m) for p in passages for m in p.find("weasel", p.ours, exempt="weasel_exempt"))
    for passage, match in first_each(rows):
        if match[0] in ("May", "MAY") or _month(passage, match) or _rated(passage, match):
            continue
        yield at(
            passage, match.span(), f"“{match[0]}” says that it can happen, not how likely it is", "use a term of the yardstick"
        )


def _rated(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether the sentence goes on to say how likely that is: “imports could stop; this is likely”."""
    end = passage.sentence_at(match.start()).end
    return any(_terms().match(passage.ours, rated.end()) for rated in _RATING.finditer(passage.ours, match.end(), end))


def _month(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether “May” is the month: a capital that begins no sentence."""
    return match[0][:1].isupper() and match.start() != passage.sentence_at(match.start()).start


def _ours(context: Context) -> Iterator[Passage]:
    return of_kind(context, *OURS, plain=False)


def with_confidence(context: Context) -> Iterator[Finding]:
    """LIK-04: one sentence says how likely it is and how sure we are."""
    for passage in context.passages:
        if not _english(context) or parent(passage.pointer).endswith("/confidence_reason"):
            continue
        told = -1
        for match in passage.find("confidence"):
            piece = passage.sentence_at(match.start())
            if piece.start != told and next(terms(passage.unquoted[piece.start : piece.end]), None):
                told = piece.start
                message = f"likelihood and “{match[0]}” stand in one sentence: readers take them for one scale"
                yield at(passage, match.span(), message, "leave the confidence to its field: `confidence:`")
