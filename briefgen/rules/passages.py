"""The texts of a summary as the rules on prose read them: what each is, its sentences, its quotations, what is ours in it.

In: the parts of a summary. Out: `Passage` rows. In a passage's other readings what does not count is blanked out, character for
character, so that a place in one is the place in all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import chain

from pydantic import BaseModel

from briefgen.language.memo import sentences
from briefgen.language.segment import Piece, quotations, words
from briefgen.language.wordlists import Table, entries
from briefgen.model.parts import (
    Backed,
    Background,
    Development,
    Evidence,
    Item,
    Judgement,
    Option,
    Risk,
    Scenario,
    Side,
    Stakeholder,
    Watch,
)
from briefgen.model.summary import Outlook, Summary
from briefgen.model.text import Text
from briefgen.rules.references import LIKE_ID
from briefgen.rules.word_index import Lexis

HIDDEN = "\x00"  # no letter, no blank: nothing is found in it or across it


class Kind(StrEnum):
    """What a text is in the brief."""

    CLAIM = "claim"
    HEADLINE = "headline"
    TITLE = "title"
    BACKGROUND = "background"
    POSITION = "position"
    INTEREST = "interest"
    JUDGEMENT = "judgement"
    RISK = "risk"
    SCENARIO = "scenario"
    BOTTOM_LINE = "bottom line"
    OUTLOOK = "outlook"
    QUESTION = "question"
    OTHER = "other"


OURS = frozenset({Kind.JUDGEMENT, Kind.RISK, Kind.SCENARIO, Kind.BOTTOM_LINE, Kind.OUTLOOK})
_KINDS: dict[tuple[type[BaseModel], str], Kind] = {
    (Development, "text"): Kind.CLAIM,
    (Development, "headline"): Kind.HEADLINE,
    (Summary, "title"): Kind.TITLE,
    (Summary, "bottom_line"): Kind.BOTTOM_LINE,
    (Background, "text"): Kind.BACKGROUND,
    (Stakeholder, "position"): Kind.POSITION,
    (Stakeholder, "interest"): Kind.INTEREST,
    (Judgement, "text"): Kind.JUDGEMENT,
    (Risk, "mechanism"): Kind.RISK,
    (Scenario, "narrative"): Kind.SCENARIO,
    (Outlook, "summary"): Kind.OUTLOOK,
    (Outlook, "gaps"): Kind.QUESTION,
    (Outlook, "alternatives"): Kind.QUESTION,
}
_LINES: tuple[tuple[type[BaseModel], tuple[str, ...]], ...] = (
    (Option, ("for", "against")),
    (Risk, ("exposed", "early_signs")),
    (Scenario, ("indicators",)),
    (Stakeholder, ("leverage_reason",)),
)
_HEARERS = frozenset(entries("en", "checks", "hearers"))
_PASSIVE = re.compile(rf"\b(?:{'|'.join(entries('en', 'checks', 'be'))})\s(?:\w+ly\s)?\Z")
_ADJECTIVE = re.compile(r"\b(?:an?|the|its|their|this|total|annual|of)\s\Z", re.IGNORECASE)
_NO_SPEAKER = frozenset(entries("en", "checks", "no_speaker"))
_ADDRESS = re.compile(r"://|@|(?<!\S)\W?www\.")
_CLAUSE_END = re.compile(r"[,;:–—]\s|\s(?:then|because)\s|$")


@dataclass(frozen=True)
class Passage:
    """One wording of one text: where it stands, what it is, and whose it is."""

    pointer: str
    text: str
    wording: str
    kind: Kind
    node: BaseModel
    item: str  # the pointer of what it belongs to
    language: str
    table: Table
    lexis: Lexis
    place: int  # among the texts of the lexis
    given: tuple[Evidence, ...] = ()  # of the text itself

    @cached_property
    def sentences(self) -> tuple[Piece, ...]:
        """Return its sentences."""
        return sentences(self.text, self.language)

    @cached_property
    def words(self) -> tuple[Piece, ...]:
        """Return its words."""
        return words(self.text)

    @cached_property
    def unquoted(self) -> str:
        """Return the text with all that stands in quotation marks hidden."""
        return hide(self.text, quotations(self.text))

    @cached_property
    def spelled(self) -> str:
        """Return the text without quotations and addresses: neither is ours to spell."""
        if not _ADDRESS.search(self.text):
            return self.unquoted
        rows = (match for match in re.finditer(r"\S+", self.text) if _ADDRESS.search(match[0]))
        return hide(self.unquoted, [Piece(*match.span(), "") for match in rows])

    @cached_property
    def unattributed(self) -> str:
        """Return the text without quotations and without the sentences that say whose they are."""
        return hide(self.unquoted, (piece for piece in self.sentences if self.attributed(piece)))

    @cached_property
    def ours(self) -> str:
        """Return what the desk itself says: no quotation, no reported speech, no condition."""
        return hide(self.unattributed, self._conditions())

    def attributed(self, piece: Piece) -> bool:
        """Return whether a sentence says whose it is: a verb of saying, `according to`, `in the column's view`."""
        place = (piece.start, piece.end)
        if place not in self._owned:  # a sentence is read once, however many of its words are looked at
            self._owned[place] = self._speaks(self.unquoted[piece.start : piece.end])
        return self._owned[place]

    @cached_property
    def _owned(self) -> dict[tuple[int, int], bool]:
        return {}

    @property
    def spoken(self) -> bool:
        """Return whether any sentence says whose it is."""
        return self._speaks(self.unquoted)

    def _speaks(self, part: str) -> bool:
        for match in self.table.pattern("speech+speech_frames").finditer(part):
            # "Officials were told to list": who was told is no speaker.
            verb, before = match[0].lower(), part[max(0, match.start() - 24) : match.start()]
            passive = verb in _HEARERS and _PASSIVE.search(before)
            if (not passive or part.startswith(" by ", match.end())) and not (verb in _NO_SPEAKER and _ADJECTIVE.search(before)):
                return True
        return False

    def sentence_at(self, offset: int) -> Piece:
        """Return the sentence that holds a place."""
        index = bisect_right(self._starts, offset) - 1
        return self.sentences[max(0, index)] if self.sentences else Piece(0, len(self.text), self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.sentences]

    def find(self, name: str, reading: str | None = None, *, exempt: str = "") -> Iterator[re.Match[str]]:
        """Yield where entries of a list stand, save inside a phrase of `exempt`; in `unquoted`, or in another reading."""
        if not self.may_hold(name):
            return
        searched = self.unquoted if reading is None else reading
        sign = self.table.pattern(name)
        rows = sign.finditer(searched)
        if exempt and not self.table.lacks(exempt) and (first := next(rows, None)):
            hidden = hide(searched, (Piece(*m.span(), "") for m in self.table.pattern(exempt).finditer(searched)))
            rows = chain([first], rows) if hidden is searched else sign.finditer(hidden)
        yield from rows

    def may_hold(self, name: str) -> bool:
        """Return whether an entry of a list can stand in it at all: a look before a search."""
        return self.place in self.lexis.holders(name)

    def has(self, name: str) -> bool:
        """Return whether an entry of a list stands outside quotations."""
        return next(self.find(name), None) is not None

    @property
    def evidence(self) -> Sequence[Evidence]:
        """Return the evidence of what it belongs to."""
        return self.given or tuple(getattr(self.node, "evidence", ()))

    def _conditions(self) -> Iterator[Piece]:
        last = 0  # a clause is looked through once, however many conditions stand in it
        for match in self.table.pattern("conditions").finditer(self.text):
            first = self.sentence_at(match.start())
            inverted = match[0].lower() in ("should", "were")
            if match.start() < last or (inverted and match.start() != first.start):
                continue
            end = _CLAUSE_END.search(self.text, match.end(), first.end)
            last = end.start() if end else first.end
            yield Piece(match.start(), last, "")


def hide(text: str, pieces: Iterable[Piece]) -> str:
    """Return a text of the same length with some pieces hidden."""
    ordered = sorted(pieces)
    if not ordered:
        return text
    parts, at = [], 0
    for piece in ordered:
        if piece.end > at:
            begin = max(at, piece.start)
            parts += [text[at:begin], HIDDEN * (piece.end - begin)]
            at = piece.end
    return "".join([*parts, text[at:]])


def passages(nodes: Iterable[tuple[str, BaseModel]], language: str, table: Table) -> Iterator[Passage]:
    """Yield every text that a person reads in a brief, in every wording; titles of sources and quotations are none."""
    lexis = Lexis(table)
    for pointer, text, wording, kind, node, item, given in _passages(nodes):
        yield Passage(pointer, text, wording, kind, node, item, language, table, lexis, len(lexis.texts), given)
        lexis.texts.append(text)


def _passages(
    nodes: Iterable[tuple[str, BaseModel]],
) -> Iterator[tuple[str, str, str, Kind, BaseModel, str, tuple[Evidence, ...]]]:
    for pointer, node in nodes:
        for name, key, kind, printed in _fields(type(node)):
            value = getattr(node, name)
            for place, text in _texts(f"{pointer}/{key}", value) if isinstance(value, (Text, tuple)) else ():
                given = text.evidence if isinstance(text, Backed) else ()
                for wording, written in text.variants.items():
                    yield f"{place}/{wording}", written, wording, kind, node, pointer, given
            for place, line in _strings(f"{pointer}/{key}", value) if printed else ():
                yield place, line, "full", Kind.OTHER, node, pointer, ()


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, Kind, bool], ...]:
    """Return the fields of a model: name, the key that a file writes, what a text there is, whether a bare string is printed."""
    rows = ((name, info.alias or name) for name, info in model.model_fields.items())
    return tuple((name, key, _KINDS.get((model, name), Kind.OTHER), _printed(model, key)) for name, key in rows)


def _texts(pointer: str, value: object) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield pointer, value
    elif isinstance(value, tuple):
        yield from ((f"{pointer}/{index}", inner) for index, inner in enumerate(value) if isinstance(inner, Text))


def _strings(pointer: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, tuple):
        yield from ((f"{pointer}/{i}", line) for i, line in enumerate(value) if not LIKE_ID.fullmatch(str(line)))


def _printed(model: type[BaseModel], key: str) -> bool:
    return any(issubclass(model, one) and key in keys for one, keys in _LINES)


def is_item(node: BaseModel) -> bool:
    """Return whether a part is one that a list of the brief shows: a development, a risk, a sign to watch."""
    return isinstance(node, Item) and not isinstance(node, Side | Watch)
