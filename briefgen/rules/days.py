"""Days that don't fit each other: a day of the week beside a full date, the date of an item beside the one day that it names.

In: the texts of a summary. Out: findings. Quotations are left alone: their days are the source's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from briefgen.language.dates import Dated, dates
from briefgen.language.wordlists import base, entries
from briefgen.model.parts import Development, Watch
from briefgen.model.terms import Relation
from briefgen.rules.context import Context, Finding, at, finding
from briefgen.rules.dates import HAPPENED
from briefgen.rules.passages import Kind, Passage

_WEEK = 7


@cache
def _weekdays(language: str) -> tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]]:
    """Return the days of the week of a language, and what finds one right before a date and right behind it."""
    names = entries(language, "dates", "weekdays")[:_WEEK]  # what stands behind Sunday is a second name of some day
    either = "|".join(map(re.escape, names)) or "(?!)"
    before = re.compile(rf"(?<!\w)({either}),?\s(?:the\s|den\s|dem\s|le\s)?\Z", re.IGNORECASE)
    behind = re.compile(rf"\s?(?:\((?:an?\s|ein(?:em)?\s|un\s)?|,\s(?:an?\s|ein(?:em)?\s|un\s))({either})(?!\w)", re.IGNORECASE)
    return tuple(name.casefold() for name in names), before, behind


def weekday(context: Context) -> Iterator[Finding]:
    """DAT-16: a day of the week beside a full date that is another day."""
    names, before, behind = _weekdays(base(context.summary.language))
    for passage in context.passages if len(names) == _WEEK else ():
        for day in dates(passage.unquoted):
            if not (day.year and day.month and day.day):
                continue
            match = before.search(passage.unquoted[max(0, day.start - 24) : day.start]) or behind.match(passage.unquoted, day.end)
            true = names[date(day.year, day.month, day.day).weekday()]
            if match and match[1].casefold() != true:
                message = f"{day} is a {true.capitalize()}, not a {match[1]}"
                yield at(passage, (max(0, day.start - 24), day.end), message, "correct the day of the week, or the date")


def otherwise(context: Context) -> Iterator[Finding]:
    """DAT-17: the date of an item, and the one day that its text or its quote names, are two days."""
    own = {p.item: p for p in context.passages if p.wording == "full" and p.kind is Kind.CLAIM}
    for pointer, node in context.nodes:
        if not isinstance(node, Development | Watch) or not node.date or node.date.first != node.date.last:
            continue
        named = _watched(node) if isinstance(node, Watch) else _begun(node, own.get(pointer))
        if named and node.date.first and _slipped(named, node.date.first):
            message = f"the date is {node.date.first}, and the item itself says {named}"
            yield finding(f"{pointer}/date", message, "correct the date, or the text")


def _slipped(named: Dated, day: date) -> bool:
    """Return whether one of two days is likely to be a slip for the other: they share month or day, and not both."""
    return (named.month == day.month) is not (named.day == day.day)


def _watched(node: Watch) -> Dated | None:
    """Return the one day that an event to watch and its quotes name, None where they name none or several."""
    texts = [node.event.full, *(e.quote for e in node.evidence if e.quote and e.relation is Relation.SUPPORTS)]
    found = [day for text in texts for day in dates(text) if day.day]
    return found[0] if len({(day.month, day.day) for day in found}) == 1 else None


def _begun(node: Development, passage: Passage | None) -> Dated | None:
    """Return the day with which the text of something that happened begins: “On 4 May 2024 the board …”."""
    found = [day for day in dates(passage.text) if day.day] if passage and node.status in HAPPENED else []
    return found[0] if len(found) == 1 and found[0].year and found[0].start <= len("Am ") else None
