"""What a cron expression and a time zone may be: the fault of each in words, with its cure and its place in the text.

In: the text that a person wrote. Out: a `TextFault`, or None. Nothing here knows what time it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from briefgen.findings.near import did_you_mean, nearest

FIELDS = ("minute", "hour", "day of month", "month", "day of week")
_LIMITS = {"minute": "0 to 59", "hour": "0 to 23", "day of month": "1 to 31", "month": "1 to 12", "day of week": "0 to 7"}
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORTHANDS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}


class TextFault(NamedTuple):
    """What is wrong with a text: the fact, the cure, and where in the text (in characters, from 0)."""

    message: str
    hint: str
    start: int = 0
    length: int = 0


def cron_fault(text: str) -> TextFault | None:
    """Return what is wrong with a cron expression of five fields, None where nothing is."""
    words = [*re.finditer(r"\S+", text)]
    if text.strip().lower() in _SHORTHANDS:
        return TextFault(f"`{text.strip()}` is no cron expression here", f"write `{_SHORTHANDS[text.strip().lower()]}`")
    if len(words) != len(FIELDS):
        hint = f"it has five, {', '.join(FIELDS)}: `30 6 * * mon-fri` is half past six on working days"
        return TextFault(f"a cron expression of {len(words)} field{'s' * (len(words) != 1)}", hint)
    faults = [
        TextFault(f"the field {name} can't be `{word[0]}`", _cure(name, word[0]), word.start(), len(word[0]))
        for position, (name, word) in enumerate(zip(FIELDS, words, strict=True))
        if not _reads(["0", "0", "*", "*", "*"], position, word[0])
    ]
    if len(faults) > 1:  # one finding, since it is one value
        return TextFault("; ".join(fault.message for fault in faults), "; ".join(fault.hint for fault in faults))
    if faults:
        return faults[0]
    return None if _comes(text) else TextFault(f"`{text.strip()}` never comes", "no year has such a day: look at day and month")


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    from zoneinfo import available_timezones

    return frozenset(available_timezones())


def zone_fault(name: str) -> TextFault | None:
    """Return what is wrong with the name of a time zone, None where the time zone database knows it as it is written."""
    if name in _zones():
        return None
    small = {zone.lower(): zone for zone in sorted(_zones())}
    cities = {zone.rpartition("/")[2]: zone for zone in reversed(small)}
    wanted = name.strip().lower().replace(" ", "_")
    near = small.get(wanted) or small.get(cities.get(wanted, ""))
    near = near or small.get(nearest(wanted, small, 0.7) or cities.get(nearest(wanted, cities, 0.7) or "", ""))
    zones = "a zone is named by its region and a city, as in `Europe/Brussels`; or `UTC`"
    return TextFault(f"there is no time zone `{name}`", did_you_mean(near, zones, form="`{}`"))


def _reads(fields: list[str], position: int, word: str) -> bool:
    """Return whether a field can be read, where the others are harmless."""
    from datetime import UTC, datetime

    from cronsim import CronSim, CronSimError

    fields[position] = word
    try:
        CronSim(" ".join(fields), datetime(2026, 1, 1, tzinfo=UTC))
    except (CronSimError, ValueError, TypeError, AssertionError, RecursionError):
        return False
    return True


def _comes(text: str) -> bool:
    """Return whether an expression has a next time at all: 30 February has none."""
    from datetime import UTC, datetime

    from cronsim import CronSim, CronSimError

    try:
        next(CronSim(text, datetime(2026, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration):
        return False
    return True


def _cure(name: str, word: str) -> str:
    """Return what to write instead: a range that runs over the end of its field is written in two parts."""
    names = {"day of week": _DAYS, "month": _MONTHS}.get(name, ())
    limits = f"{name} is {_LIMITS[name]}" + (f", or {', '.join(names)}" if names else "")
    around = re.fullmatch(r"(\w+)-(\w+)", word.lower())
    if around and name == "day of week" and {around[1], around[2]} <= set(_DAYS):
        first, last = _DAYS.index(around[1]), _DAYS.index(around[2])
        return f"the week begins on Sunday here: write `{','.join((*_DAYS[first:], *_DAYS[: last + 1]))}`"
    near = nearest(word.lower()[:3], names) if word.isalpha() else None
    return did_you_mean(near, f"{limits}; with `*` for all, `a-b`, `a,b` and `*/n`", form="`{}`")
