"""Rules of support: what a claim says, its evidence says, too: figures, bounds, dates, names.

A finding shows both texts: the words of the claim, and what stands there, with the nearest sentence of the source and its
paragraph. Its cure is worked out. What was compared are the quotes with their paragraphs, or the quotes alone where no article is
given.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.evidence.compare import Kind
from briefgen.evidence.compare.nearest import nearest
from briefgen.findings.diagnostics import Verdict
from briefgen.rules.claims import Compared, compared
from briefgen.rules.context import Context, Finding

SHOWN = 240
"""Characters of a sentence that a finding shows."""


def _with(row: Compared) -> str:
    if not row.whole:
        return f"the quotes from {row.place}, without their articles"
    return f"the quoted paragraphs of {row.place}" if row.quoted else f"the text of {row.place}"


def _finding(row: Compared, item: str) -> Finding:
    said = row.said
    instead = f"“{said.instead}”" if said.instead else ""
    if said.kind is Kind.DENIAL:
        lost = f"the evidence denies it ({instead}), and this does not"
        message = f"“{said.said}” denies it, and the evidence does not" if said.said else lost
    elif said.verdict is Verdict.CONTRADICTED:
        message = (
            f"“{said.said}”, where the evidence has {instead}" if instead else f"“{said.said}” is not what the evidence says"
        )
    elif said.verdict is Verdict.INVENTED:
        near = f"; nearest is {instead}" if instead else ""
        message = f"“{said.said}” stands in no article of this summary, and follows from none{near}"
    else:
        near = f"; there stands {instead}" if instead else ""
        message = f"“{said.said}” does not stand in {_with(row)}{near}"
    return Finding(row.pointer, message, tuple(_cures(row, item)), said.at, said.verdict)


def _cures(row: Compared, item: str) -> Iterator[str]:
    said = row.said
    source, paragraph, sentence = _nearest(row)
    if sentence:
        yield f"{source} ¶{paragraph}: “{_short(sentence)}”"
    if said.kind is Kind.DENIAL:
        yield "say yes or no as the source does"
    elif said.verdict is Verdict.NOT_FOUND and sentence and said.said.casefold() in sentence.casefold():
        yield f"quote that sentence: it says “{said.said}”"
    elif said.instead and said.verdict is not Verdict.NOT_FOUND:
        yield f"write “{said.instead}”, or quote the sentence that says “{said.said}”"
    else:
        yield f"quote the sentence that says it, or leave “{said.said}” out"
    yield f"right all the same: `check --waive CODE@{item} --by NAME --reason WORDS`"


def _nearest(row: Compared) -> tuple[str, int, str]:
    """Return source, paragraph and text of the sentence nearest to the claim: where its words stand, else of the quotes."""
    best = (-1.0, "", 0, "")
    for piece in row.pieces:
        if piece.searched is None:
            continue
        here = piece.searched.paragraph(piece.located.start).number if piece.located and piece.located.start >= 0 else -1
        found = nearest(row.text, row.said.said, piece.searched.article, here)
        if found and found.score > best[0]:
            best = (found.score, piece.evidence.source, found.paragraph, found.sentence)
    return best[1:]


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"


def _of(context: Context, kind: Kind) -> Iterator[Finding]:
    return (_finding(row, context.item_of(row.pointer)) for row in compared(context, kind))


def figure(context: Context) -> Iterator[Finding]:
    """NUM-04: a figure that the evidence gives otherwise, that no article gives, or that the quoted paragraphs don't give."""
    yield from _of(context, Kind.FIGURE)


def bound(context: Context) -> Iterator[Finding]:
    """NUM-02: a bound (up to, at least, about) that was dropped or changed."""
    yield from _of(context, Kind.BOUND)


def day(context: Context) -> Iterator[Finding]:
    """DAT-15: a date that the evidence gives otherwise, that no article gives, or that the quoted paragraphs don't give."""
    yield from _of(context, Kind.DATE)


def name(context: Context) -> Iterator[Finding]:
    """NAM-02: a proper name that no article gives, or a person with another first name."""
    yield from _of(context, Kind.NAME)


def direction(context: Context) -> Iterator[Finding]:
    """CMP-01: up for down, at a figure that the evidence has."""
    yield from _of(context, Kind.DIRECTION)


def order(context: Context) -> Iterator[Finding]:
    """SEQ-01: before for after, at a time that the evidence has."""
    yield from _of(context, Kind.ORDER)


def extent(context: Context) -> Iterator[Finding]:
    """QNT-01: all for some."""
    yield from _of(context, Kind.EXTENT)


def cause(context: Context) -> Iterator[Finding]:
    """CAU-01: a cause that the evidence does not give."""
    yield from _of(context, Kind.CAUSE)


def denial(context: Context) -> Iterator[Finding]:
    """NEG-02: a denial that was lost on the way from the evidence to the claim, or added."""
    yield from _of(context, Kind.DENIAL)


def actor(context: Context) -> Iterator[Finding]:
    """ACT-01: an office or a place in the stead of another one of its kind."""
    yield from _of(context, Kind.ACTOR)
