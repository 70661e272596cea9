"""What the first page says, against the items under it: figures, days and names stand in some item, no word is firmer.

In: a summary. Out: findings. Read are title, dek, bottom line, why it matters, options, lines to take; the ground is all else
that the summary says, its quotes and dates included. Opens no article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from briefgen.evidence.compare import Kind as Thing
from briefgen.evidence.compare import Policy
from briefgen.evidence.compare.figures import Near, figures
from briefgen.language.dates import dates
from briefgen.language.names import names, same, stands
from briefgen.language.quantities import quantities
from briefgen.language.segment import Piece
from briefgen.language.stems import stem, words_of
from briefgen.language.wordlists import FIRST, base
from briefgen.model.ids import items
from briefgen.model.parts import Evidence, Judgement, Risk, Scenario, Source
from briefgen.model.when import When
from briefgen.rules.context import Context, Finding, at
from briefgen.rules.passages import Kind, Passage
from briefgen.rules.quoted import is_title
from briefgen.rules.status import strong_words
from briefgen.rules.wording import of_kind
from briefgen.rules.wording_likelihood import terms

FIRST_PAGE = ("/title/", "/dek/", "/bottom_line/", "/why_it_matters/", "/ask/options/", "/lines_to_take/")
_DIGIT = re.compile(r"\d")
COUNTED = 13
"""The least bare number that is looked for."""
SHARED, ALIKE = 3, 0.5  # stems, and the part of the shorter text, that two sentences on one thing have in common
_CONDITION = re.compile(r"\b(?:unless|until|if|provided)\b", re.IGNORECASE)


class Ground:
    """All that the items of a summary say."""

    def __init__(self, context: Context) -> None:
        """Keep the context; each part is worked out when it is first needed."""
        self.context = context

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the texts under the first page: of items, quotes, sources, terms."""
        rows = [p.text for p in self.context.passages if not p.pointer.startswith(FIRST_PAGE)]
        for _, node in self.context.nodes:
            if isinstance(node, Evidence):
                rows += filter(None, (node.quote, node.translation, node.cites, node.unnamed))
            elif isinstance(node, Source):
                rows += filter(None, (node.title, node.publisher, node.author))
            else:
                rows += [
                    value
                    for key in ("name", "attribution", "expansion", "likelihood")
                    if isinstance(value := getattr(node, key, None), str)
                ]
        bands = (self.context.band(getattr(node, "likelihood", None)) for _, node in self.context.nodes)
        rows += [f"{percent} %" for band in {*bands} if band for percent in range(band.low, band.high + 1)]
        return (*rows, self.context.summary.perspective)

    @cached_property
    def all(self) -> str:
        """Return their texts as one."""
        return "\n".join(self.texts)

    @cached_property
    def days(self) -> frozenset[tuple[int, int]]:
        """Return the days that they name, month and day, and those of the fields that hold a date."""
        found = {(day.month or 0, day.day) for text in self.texts for day in dates(text) if day.day}
        for _, node in self.context.nodes:
            for name in type(node).model_fields:
                value = getattr(node, name)
                ends = (value.first, value.last) if isinstance(value, When) else (value,) if isinstance(value, date) else ()
                found |= {(end.month, end.day) for end in ends if end}
        return frozenset(found)


def unsaid(context: Context) -> Iterator[Finding]:
    """PAG-01: a figure, a day or a name on the first page that no item of the summary gives."""
    ground = Ground(context)
    if not items_of(context):
        return
    for passage in context.passages:
        if not passage.pointer.startswith(FIRST_PAGE):
            continue
        own = tuple(part for e in passage.evidence for part in (e.quote, e.translation) if part)
        for start, end in _missing(passage, ground, own):
            message = f"no item of this summary says “{passage.text[start:end].strip()}”"
            cure = "say it in an item with its evidence, or correct it here"
            yield at(passage, (start, end), message, cure)


def items_of(context: Context) -> bool:
    """Return whether a summary has items that the first page can rest on."""
    return any(not isinstance(item, Source) for _, _, item in items(context.summary))


def _missing(passage: Passage, ground: Ground, own: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    yield from _uncounted(passage, ground, own)
    known = ground.days.union((day.month or 0, day.day) for quote in own for day in dates(quote) if day.day)
    yield from ((day.start, day.end) for day in dates(passage.unquoted) if day.day and (day.month, day.day) not in known)
    if base(passage.language) == FIRST:
        yield from _unnamed(passage, (ground.all, *own))


def _uncounted(passage: Passage, ground: Ground, own: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield the places of the figures in digits that nothing gives, and that follow from none."""
    near = tuple(Near(text, passage.language) for text in (ground.all, *own))
    rows = quantities(passage.unquoted, passage.language)
    few = {(one.first, one.last) for one in rows if not one.unit and one.value < COUNTED}
    for row in figures(passage.unquoted, near, (), Policy(passage.language, wording=True)):
        if row.kind is Thing.FIGURE and row.at and row.at not in few and _DIGIT.search(row.said):
            yield row.at


def _unnamed(passage: Passage, known: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield the places of the names that no text has, each once; states and bodies of the table need none."""
    if is_title(passage.text):
        return  # A Headline In Capitals Has No Names To Tell
    first = {name.text: name.start for name in reversed(names(passage.unquoted, passage.language))}
    for text, start in first.items():
        if text.casefold() not in same() and not stands(text, known, known):
            yield start, start + len(text)


def firmer(context: Context) -> Iterator[Finding]:
    """LIK-12: the bottom line says that a thing will come of which an item that it rests on says how likely it is."""
    if base(context.summary.language) != FIRST:
        return
    under = list(_assessed(context))
    for passage in of_kind(context, Kind.BOTTOM_LINE):
        strong = strong_words(passage, passage.unattributed)
        piece = passage.sentence_at(strong.start()) if strong else None
        if strong is None or piece is None or _kept_open(passage, piece):
            continue
        softer = next((row for row in under if _on_one_thing(piece.text, row[2])), None)
        if softer:
            message = f"“{strong[0]}” is firmer than {softer[0]}, on which it rests: that is “{softer[1]}”"
            yield at(passage, strong.span(), message, f"write “{softer[1]}” here, too")


def _kept_open(passage: Passage, piece: Piece) -> bool:
    """Return whether a sentence says how likely, or leaves open; a mere condition (“unless …”) does not."""
    if next(terms(passage.unquoted[piece.start : piece.end]), None):
        return True
    return bool(passage.table.pattern("keeps_possible+rumoured").search(_CONDITION.sub("", piece.text)))


def _on_one_thing(one: str, other: str) -> bool:
    mine, theirs = _stems(one), _stems(other)
    return len(mine & theirs) >= max(SHARED, ALIKE * min(len(mine), len(theirs)))


def _assessed(context: Context) -> Iterator[tuple[str, str, str]]:
    """Yield name, term and text of the assessments that the bottom line rests on; of all where it names none."""
    named = set(context.summary.rests_on)
    for pointer, node in context.items:
        band = context.band(node.likelihood) if isinstance(node, Judgement | Risk | Scenario) else None
        name = context.shown.get(pointer, "")
        if band is None or (named and name not in named) or band.low >= 95:
            continue
        text = node.text if isinstance(node, Judgement) else node.mechanism if isinstance(node, Risk) else None
        if text is None and isinstance(node, Scenario):
            text = node.narrative
        if text is not None:
            yield name, band.term, text.full


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(text) if len(word) > 3)
