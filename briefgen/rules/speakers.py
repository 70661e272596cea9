"""ATT-07: who speaks where a quote stands, against whom the claim names as its speaker.

In: claims that name a speaker in full, and quotes that are somebody's word. Out: findings. The speaker of a quote is the last one
that the article names before it, in its paragraph or one of those above. English; a name is two words with capitals at least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefgen.evidence.quote import fold
from briefgen.language.wordlists import FIRST, bars, base, entries
from briefgen.model.parts import Development, Evidence, Stakeholder
from briefgen.model.terms import Relation
from briefgen.rules.claims import Piece, piece
from briefgen.rules.context import Context, Finding, at
from briefgen.rules.passages import Kind, Passage
from briefgen.rules.spoken import sentence_of, word_of
from briefgen.rules.wording import of_kind

BACK, NEAR = 5, 2000  # paragraphs above a quote in which its speaker is looked for, and characters of each
HEAD = 60  # characters at the beginning of a claim: a name there that a comma follows is its speaker
_NAME = r"(?-i:[A-ZÀ-Þ][\w’'-]+(?:\s(?:[A-ZÀ-Þ]\.|de|da|von|van|der|al|bin|[A-ZÀ-Þ][\w’'-]+)){0,2}\s[A-ZÀ-Þ][\w’'-]+)"
_TITLES = frozenset(entries(FIRST, "naming", "titles"))


@cache
def _speaking() -> re.Pattern[str]:
    """Return what finds a full name beside a verb of saying: before it, behind it, or behind “according to”."""
    verbs = bars("wordings", "vouched", FIRST)
    return re.compile(
        rf"(?<!\w)(?:(?P<one>{_NAME})(?:,[^,.;]{{1,60}})?,?\s(?:{verbs})(?!\w)|(?:{verbs})(?:\s\w+){{0,2}}?\s(?P<two>{_NAME}))",
        re.IGNORECASE,
    )


def misattributed(context: Context) -> Iterator[Finding]:
    """ATT-07: a claim names one speaker, and where its quote stands another one speaks."""
    if base(context.summary.language) != FIRST:
        return
    for passage in of_kind(context, Kind.CLAIM, Kind.POSITION):
        node = passage.node
        if not isinstance(node, Development | Stakeholder) or passage.wording != "full":
            continue
        claimed = _claimed(passage, node)
        rows = [(f"{passage.item}/evidence/{n}", e) for n, e in enumerate(node.evidence)] if claimed else []
        for pointer, evidence in rows:
            other = _other(context, pointer, evidence, claimed)
            if other:
                said = next(iter(claimed))
                message = f"{said} is named as the speaker, and where the quote stands {other} speaks"
                start = max(0, passage.text.find(said))
                yield at(passage, (start, start + len(said)), message, "name who says it in the source, or quote the other one")
                break


def _claimed(passage: Passage, node: Development | Stakeholder) -> dict[str, str]:
    """Return the family names of those whom a claim names as speakers, by their full names."""
    found = [name for match in _speaking().finditer(passage.unquoted) if (name := match["one"] or match["two"])]
    first = re.search(rf"(?<!\w)({_NAME})(?=,\s)", passage.unquoted[:HEAD])
    found += [first[1]] if first else []
    attribution = getattr(node, "attribution", None) or ""
    found += [match[0] for match in re.finditer(_NAME, attribution)]
    return {name: name.split()[-1] for name in found if not _TITLES.issuperset(name.lower().split())}


def _other(context: Context, pointer: str, evidence: Evidence, claimed: dict[str, str]) -> str:
    """Return who speaks in the place of those whom a claim names; empty where one of them does, or nobody is sure to."""
    row = piece(context, pointer, evidence)
    sentence = sentence_of(context, row) if evidence.relation is Relation.SUPPORTS and not evidence.unnamed else None
    if sentence is None or sentence.language != FIRST or not word_of(sentence):
        return ""
    speakers = next((names for text in _above(row) if (names := _heard(text, claimed))), [])
    article = fold(row.searched.text)[0] if speakers and row.searched else ""
    there = any(fold(name)[0] in article for name in claimed)  # a name that the article does not have is told by itself
    return speakers[-1] if there and not claimed.keys() & set(speakers) else ""


def _heard(text: str, claimed: dict[str, str]) -> list[str]:
    """Return who speaks in a text; those whom a claim names where any of them stands in it."""
    if any(re.search(rf"(?<!\w){re.escape(family)}(?!\w)", text) for family in claimed.values()):
        return list(claimed)
    return [match["one"] or match["two"] for match in _speaking().finditer(text)]


def _above(row: Piece) -> Iterator[str]:
    """Yield the paragraph of a quote, and those above it, the nearest first."""
    if row.searched and row.located:
        paragraph = row.searched.paragraph(row.located.start)
        every = [one for one in row.searched.article.paragraphs if one.start <= paragraph.start]
        at = row.located.start - paragraph.start
        yield paragraph.text[max(0, at - NEAR) : at + NEAR]
        yield from (one.text[-NEAR:] for one in reversed(every[-BACK:-1]))
