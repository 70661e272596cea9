"""The times of a schedule: pure functions of an expression, a zone and a moment. Moments come and go in UTC.

A job at fixed hours and minutes runs once for each day of its zone, as Debian's cron has it: a time that spring skips comes
as soon as the gap ends, a time that autumn repeats counts the first time. With a `*` in the hour or the minute a job runs
by elapsed time, so that `*/30 * * * *` comes every half hour of such a night too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from briefgen.model.project_file import Schedule

_WINDOWS = tuple(timedelta(hours=hours) for hours in (2, 48, 24 * 35, 24 * 370, 24 * 366 * 9))


def next_run(schedule: Schedule, after: datetime) -> datetime | None:
    """Return the first due time later than `after`, in UTC; None where none comes within fifty years."""
    after = after.astimezone(UTC)
    times = CronSim(schedule.cron, after.astimezone(ZoneInfo(schedule.zone)))
    for time in times:
        # Of an hour that autumn repeats, cronsim tells the first pass, which may lie before `after`.
        if (made := time.astimezone(UTC)) > after:
            return made
    return None


def times_of(schedule: Schedule, after: datetime, until: datetime | None = None) -> Iterator[datetime]:
    """Yield the due times later than `after`, up to `until` and with it, in UTC."""
    found = next_run(schedule, after)
    while found is not None and (until is None or found <= until):
        yield found
        found = next_run(schedule, found)


def last_due(schedule: Schedule, after: datetime, now: datetime) -> datetime | None:
    """Return the latest due time later than `after` that is not later than `now`; None where there is none."""
    for window in _WINDOWS:  # the nearest first: a job of every minute that slept a year is not counted through
        start = max(after, now - window)
        found = None
        for time in times_of(schedule, start, now):
            found = time
        if found is not None or start == after:
            return found
    return None


def in_words(schedule: Schedule) -> str:
    """Return the expression as an English sentence, without full stop."""
    return CronSim(schedule.cron, datetime(2026, 1, 1, tzinfo=UTC)).explain()


def skipped_hours(schedule: Schedule, now: datetime, days: int = 740) -> list[datetime]:
    """Return the due times of the next days that stand for a time which spring skips: they come when the gap ends."""
    zone, sim = ZoneInfo(schedule.zone), CronSim(schedule.cron, datetime(2026, 1, 1, tzinfo=UTC))
    if len(sim.hours) * len(sim.minutes) > 24 * 6:
        return []
    local = (time.astimezone(zone) for time in times_of(schedule, now, now + timedelta(days=days)))
    return [time for time in local if time.hour not in sim.hours or time.minute not in sim.minutes]
