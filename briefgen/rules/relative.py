"""Rules of time in words: relative times that nothing resolves, and how old the newest source is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from briefgen.language.stems import words_of
from briefgen.language.tables import durations, units
from briefgen.model.text import Text
from briefgen.rules.context import Context, Finding, at, finding
from briefgen.rules.passages import Kind, Passage
from briefgen.rules.wording import DATED, first_each

_VERB = 30  # characters before a span in which its verb stands


@cache
def _units_of_time() -> frozenset[str]:
    return frozenset(word for word, unit in units().items() if unit in durations())


def unresolved(context: Context) -> Iterator[Finding]:
    """DAT-01: “soon”, “Monday”, “this week”: a reader next month can't know when. “The next three months” counts from `as_of`."""
    for passage in context.passages:
        ours = passage.kind is Kind.INTEREST and passage.table.pattern("inference").match(passage.text)
        if ours or passage.kind is Kind.QUESTION or passage.pointer.startswith(("/disagreements", "/lines_to_take")):
            continue
        found = chain(passage.find("relative", exempt="relative_exempt"), passage.find("weekdays", exempt="weekdays_exempt"))
        for _, match in first_each((passage, match) for match in found):
            if not (_dated(passage, match.start()) or _habit(passage, match) or _length(passage, match) or _full_says(passage)):
                message = f"“{match[0]}”: nothing says when that is"
                yield at(passage, match.span(), message, "give the date, or leave the word out; `as_of` is not printed beside it")


def _full_says(passage: Passage) -> bool:
    """Return whether a plainer wording stands beside a full one that says when: “soon” for “within a year”."""
    if passage.wording == "full":
        return False
    text = getattr(passage.node, passage.pointer[len(passage.item) + 1 :].partition("/")[0], None)
    full = text.full if isinstance(text, Text) else ""
    return bool(DATED.search(full)) or not _units_of_time().isdisjoint(words_of(full))


def _habit(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether a day of the week is every such day: “the Thursday sitting is reserved for votes”."""
    table = passage.table
    if table.lacks("habitual") or not passage.may_hold("habitual") or not table.pattern("weekdays").fullmatch(match[0]):
        return False
    piece = passage.sentence_at(match.start())
    near = max(piece.start, match.start() - 200), min(piece.end, match.end() + 200)
    return bool(table.pattern("habitual").search(passage.unquoted, *near))


def _length(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether a span tells how long a thing takes, not when it comes: “a form that is due within weeks”."""
    if match[0].lower() not in passage.table.words("spans"):
        return False
    first = max(passage.sentence_at(match.start()).start, match.start() - _VERB)
    return not passage.table.pattern("strong_modals+comes").search(passage.unquoted, first, match.start())


def _dated(passage: Passage, offset: int) -> bool:
    """Return whether the sentence has a date, or the item does."""
    day = getattr(passage.node, "date", None)
    if day is not None and day.first is not None:
        return True
    piece = passage.sentence_at(offset)
    near = passage.text[max(piece.start, offset - 200) : min(piece.end, offset + 200)]
    return bool(DATED.search(near))


def stale(context: Context) -> Iterator[Finding]:
    """DAT-03: the newest dated source is older than an audience or the project allows, from the cut-off (or `--today`)."""
    now = context.now
    days = [(s.published.last, i) for i, s in enumerate(context.summary.sources) if s.published and s.published.last]
    if not now or not days:
        return
    newest, index = max(days)
    age = (now - newest).days
    limit, who = _strictest(context, age)
    if age > limit:
        of = "the cut-off" if now == context.summary.as_of else "today"
        message = f"the newest source is {age} days old on {now}, {of}; {limit} are allowed{who}"
        yield finding(f"/sources/{index}/published", message, "add a newer source, or say why none is needed in a waiver")


def _strictest(context: Context, age: int) -> tuple[int, str]:
    """Return the limit that an age is past, the project's before an audience's, and for whom it holds."""
    limit = context.checks.newest_source_days
    # Of an audience only where it was asked for by name: a draft for four of them need not be as fresh as a minister's page.
    levels = [context.levels[name] for name in context.asked if name in context.levels]
    own = [(level.limits.newest_source_days, f" for {level.name}") for level in levels if level.limits.newest_source_days]
    return (limit, "") if age > limit or not own else min(own)
