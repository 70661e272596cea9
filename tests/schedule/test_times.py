"""When a job is due: once for each day of its zone, over the nights when the clock changes too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.model.project_file import Schedule
from briefgen.schedule.times import in_words, last_due, next_run, skipped_hours, times_of


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def following(cron: str, zone: str, after: str, count: int) -> list[str]:
    found = islice(times_of(Schedule(cron=cron, zone=zone), utc(after)), count)
    return [f"{time.astimezone(ZoneInfo(zone)):%m-%d %H:%M %z}" for time in found]


NIGHTS = {
    # Brussels: 2026-03-29 02:00 → 03:00, 2026-10-25 03:00 → 02:00
    ("30 2 * * *", "Europe/Brussels", "2026-03-28T12:00"): ["03-29 03:00 +0200", "03-30 02:30 +0200", "03-31 02:30 +0200"],
    ("30 2 * * *", "Europe/Brussels", "2026-10-24T12:00"): ["10-25 02:30 +0200", "10-26 02:30 +0100", "10-27 02:30 +0100"],
    ("15,45 2 * * *", "Europe/Brussels", "2026-03-28T12:00"): ["03-29 03:00 +0200", "03-30 02:15 +0200", "03-30 02:45 +0200"],
    ("*/30 * * * *", "Europe/Brussels", "2026-10-25T00:15"): ["10-25 02:30 +0200", "10-25 02:00 +0100", "10-25 02:30 +0100"],
    # the Azores change at 00:00 and 01:00 of their own clock: midnight itself is skipped, or comes twice
    ("0 0 * * *", "Atlantic/Azores", "2026-03-28T12:00"): ["03-29 01:00 +0000", "03-30 00:00 +0000", "03-31 00:00 +0000"],
    ("30 0 * * *", "Atlantic/Azores", "2026-10-24T12:00"): ["10-25 00:30 +0000", "10-26 00:30 -0100", "10-27 00:30 -0100"],
    # in the south spring is in October; Lord Howe shifts by half an hour
    ("30 2 * * *", "Australia/Sydney", "2026-10-03T00:00"): ["10-04 03:00 +1100", "10-05 02:30 +1100", "10-06 02:30 +1100"],
    ("30 2 * * *", "Australia/Sydney", "2026-04-04T00:00"): ["04-05 02:30 +1100", "04-06 02:30 +1000", "04-07 02:30 +1000"],
    ("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00"): ["10-04 02:30 +1100", "10-05 02:15 +1100", "10-06 02:15 +1100"],
    ("30 2 * * *", "UTC", "2026-03-28T12:00"): ["03-29 02:30 +0000", "03-30 02:30 +0000", "03-31 02:30 +0000"],
}


@pytest.mark.parametrize("case", NIGHTS, ids=lambda case: f"{case[0]} {case[1]} {case[2][:7]}")
def test_a_night_on_which_the_clock_changes(case: tuple[str, str, str]) -> None:
    assert following(*case, 3) == NIGHTS[case]


def test_in_the_hour_that_comes_twice_the_first_pass_is_not_told_again() -> None:
    schedule = Schedule(cron="30 2 * * *", zone="Europe/Brussels")
    second_pass = utc("2026-10-25T01:15")  # 02:15 for the second time; 02:30 was due an hour less a quarter ago
    assert next_run(schedule, second_pass) == utc("2026-10-26T01:30")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["30 2 * * *", "*/20 * * * *", "5 1-3 * * *", "0 0 1,15 * mon", "0 0 * * *", "59 23 31 * *"]),
    st.sampled_from(["Europe/Brussels", "Atlantic/Azores", "UTC", "America/Santiago", "Asia/Kathmandu"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
)
def test_a_next_time_is_later_and_the_last_one_due_agrees_with_it(cron: str, zone: str, moment: datetime) -> None:
    schedule = Schedule(cron=cron, zone=zone)
    found = next_run(schedule, moment)
    assert found is not None and found > moment
    assert last_due(schedule, moment, found - timedelta(seconds=1)) is None
    assert last_due(schedule, moment, found) == found
    later = next_run(schedule, found)
    assert later is not None and later > found
    assert last_due(schedule, moment, later) == later


def test_what_slept_for_years_is_found_without_counting_them_through() -> None:
    each = Schedule(cron="* * * * *", zone="Europe/Brussels")
    assert last_due(each, utc("1990-01-01T00:00"), utc("2026-05-05T05:05")) == utc("2026-05-05T05:05")
    leap = Schedule(cron="0 12 29 2 *", zone="UTC")
    assert last_due(leap, utc("2020-03-01T00:00"), utc("2027-01-01T00:00")) == utc("2024-02-29T12:00")


def test_an_expression_is_told_in_words() -> None:
    assert in_words(Schedule(cron="30 6 * * mon-fri", zone="UTC")) == "At 06:30 on Monday through Friday"


def test_an_hour_that_spring_skips_is_known_beforehand() -> None:
    found = skipped_hours(Schedule(cron="30 2 * * *", zone="Europe/Brussels"), utc("2026-01-01T00:00"))
    assert [f"{time:%Y-%m-%d %H:%M}" for time in found] == ["2026-03-29 03:00", "2027-03-28 03:00"]
    assert skipped_hours(Schedule(cron="30 6 * * *", zone="Europe/Brussels"), utc("2026-01-01T00:00")) == []
