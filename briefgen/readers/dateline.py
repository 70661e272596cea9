"""A line with a date → the date, and what else it says: outlet, author, place.

In: one line, in the forms that newspapers and their archives write. Out: its parts. A weekday, a time, half a date are no parts.
"""

from __future__ import annotations

import re
from functools import cache

from briefgen.language.dates import dates
from briefgen.language.gazetteer import called
from briefgen.language.tables import all_months
from briefgen.language.wordlists import every, languages

_PARTS = re.compile(r"\s*(?:[|•·–—()]|, )\s*")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}.{0,12}")


def parted(text: str) -> tuple[list[str], str | None]:
    """Return the parts of a line but for its first date, and that date where it has a year."""
    found = next((row for row in dates(text) if row.year), None)
    rest = f"{text[: found.start]}|{text[found.end :]}" if found else text
    parts = [part.strip(" ,.;:") for part in _PARTS.split(rest)]
    return [part for part in parts if _says(part)], str(found) if found else None


def _says(part: str) -> bool:
    """Return whether a part of a line is more than a weekday, a month, a number or a time of day."""
    words = [word for word in re.findall(r"[^\W\d_]+", part.casefold()) if word not in all_months()]
    return bool(words) and part.casefold() not in _weekdays() and not _TIME.fullmatch(part)


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(day.casefold() for day in every("dates", "weekdays"))


@cache
def _places() -> frozenset[str]:
    states = (row for language in languages() for key, row in called(language).items() if len(key) == 2)
    return frozenset(name.text.casefold() for row in states for name in (*row.names, *row.seats))


def is_place(text: str) -> bool:
    """Return whether a text is the name of a state or a capital, which is where an article was written and no outlet."""
    return text.strip(" .").casefold() in _places()
