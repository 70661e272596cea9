"""Rules of support: what a claim says, its evidence says, too: figures, bounds, dates, names, denials.

A finding tells what was compared: the quotes with their paragraphs, or the quotes alone where no article is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.evidence.ground import Kind
from briefgen.rules.context import Context, Finding, finding
from briefgen.rules.evidence_pairs import Gapped, gaps

_WAIVE = "where it is right all the same, add a waiver with the reason"


def _with(row: Gapped) -> str:
    if not row.whole:
        return f"the quotes from {row.place}, without their articles"
    return f"the quoted paragraphs of {row.place}" if row.quoted else f"the text of {row.place}"


def figure(context: Context) -> Iterator[Finding]:
    """NUM-04: a figure that the evidence does not give."""
    for row in gaps(context, Kind.FIGURE):
        instead = f"; there stands {row.gap.instead}" if row.gap.instead else ""
        message = f"{row.gap.said} does not stand in {_with(row)}{instead}"
        yield finding(row.pointer, message, "correct the figure, or add the evidence that gives it", _WAIVE)


def bound(context: Context) -> Iterator[Finding]:
    """NUM-02: a bound (up to, at least, about) that was dropped or changed."""
    for row in gaps(context, Kind.BOUND):
        message = f"“{row.gap.said}”, where the evidence has “{row.gap.instead}”"
        yield finding(row.pointer, message, f"write {row.gap.instead}", _WAIVE)


def day(context: Context) -> Iterator[Finding]:
    """DAT-14: a date that the evidence does not give."""
    for row in gaps(context, Kind.DATE):
        instead = f"; there stands {row.gap.instead}" if row.gap.instead else ""
        message = f"the date {row.gap.said} does not stand in {_with(row)}{instead}"
        yield finding(row.pointer, message, "correct the date, or add the evidence that gives it", _WAIVE)


def name(context: Context) -> Iterator[Finding]:
    """NAM-01: a proper name that the evidence does not give."""
    for row in gaps(context, Kind.NAME):
        instead = f"; the article has {row.gap.instead}" if row.gap.instead else ""
        message = f"the name {row.gap.said} does not stand in {_with(row)}{instead}"
        yield finding(row.pointer, message, "correct the name, or add the evidence that gives it", _WAIVE)


def denial(context: Context) -> Iterator[Finding]:
    """NEG-01: a denial that was lost on the way from the evidence to the claim, or added."""
    for row in gaps(context, Kind.NEGATION):
        lost = f"the quote denies (“{row.gap.instead}”), and the claim does not"
        added = f"the claim denies (“{row.gap.said}”), and nothing in {_with(row)} does"
        yield finding(row.pointer, added if row.gap.said else lost, "say what the source says", _WAIVE)
