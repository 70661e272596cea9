"""The service on a clock that goes only when it waits: nights, downtime, overlap, signals, a broken edit, a damaged state."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefgen.findings.diagnostics import BriefgenError, Rejected, UsageError
from briefgen.schedule.service import batch_command, counts
from tests.schedule.clockwork import PROJECT, Clock, moment

pytestmark = pytest.mark.slow

STATE = ".briefgen/schedule.json"


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    (tmp_path / "briefgen.yaml").write_text(PROJECT, encoding="utf-8")
    return Clock(tmp_path, "2026-05-04T03:00")  # a Monday; Brussels is two hours ahead


def edit(clock: Clock, text: str) -> None:
    (clock.folder / "briefgen.yaml").write_text(text, encoding="utf-8")


def past(clock: Clock, job: str) -> dict[str, object]:
    found = json.loads((clock.folder / STATE).read_bytes())["jobs"][job]
    assert isinstance(found, dict)
    return found


def test_two_jobs_run_on_time_day_after_day(clock: Clock) -> None:
    ended = clock.serve("2026-05-06T03:00")
    assert clock.ran == ["morning 05-04 04:30", "noon 05-04 10:00", "morning 05-05 04:30", "noon 05-05 10:00"]
    assert all(run.began.second == 0 for run in clock.runs)
    assert (ended.signal, ended.failed) == ("SIGTERM", False)
    assert past(clock, "noon") == {
        "cron": "0 12 * * mon-fri",
        "zone": "Europe/Brussels",
        "done": "2026-05-05T10:00:00Z",
        "exit": 0,
        "running": None,
    }
    [first, *_] = clock.rows("finished")
    assert first["counts"] == {"built": 3, "failed": 0}
    assert (first["exit"], first["seconds"], first["job"]) == (0, 60.0, "morning")
    assert [event for event, *_ in clock.events()][:4] == ["started_service", "due", "started", "finished"]
    assert clock.events()[-1][0] == "stopped"


@pytest.mark.parametrize(
    ("begin", "end", "zone", "ran"),
    [
        ("2026-03-28T12:00", "2026-03-30T12:00", "Europe/Brussels", ["03-29 01:00", "03-30 00:30"]),  # spring: not skipped
        ("2026-10-24T12:00", "2026-10-26T12:00", "Europe/Brussels", ["10-25 00:30", "10-26 01:30"]),  # autumn: once
        ("2026-10-03T00:00", "2026-10-05T00:00", "Australia/Sydney", ["10-03 16:00", "10-04 15:30"]),
        ("2026-10-24T12:00", "2026-10-26T12:00", "Atlantic/Azores", ["10-25 03:30", "10-26 03:30"]),
        ("2026-10-24T12:00", "2026-10-26T12:00", "UTC", ["10-25 02:30", "10-26 02:30"]),
    ],
)
def test_the_nights_on_which_the_clock_changes(clock: Clock, begin: str, end: str, zone: str, ran: list[str]) -> None:
    edit(clock, f"jobs: {{night: {{schedule: {{cron: 30 2 * * *, zone: {zone}}}}}}}\n")
    clock.set(begin)
    clock.serve(end)
    assert [run.removeprefix("night ") for run in clock.ran] == ran


def test_after_downtime_each_job_runs_once(clock: Clock) -> None:
    clock.serve("2026-05-04T05:00")
    clock.set("2026-05-07T11:00")  # three mornings and three noons later
    clock.serve("2026-05-07T12:00")
    assert clock.ran == ["morning 05-04 04:30", "morning 05-07 11:00", "noon 05-07 11:01"]
    late = [(row["job"], row["slot"], row["caught_up"]) for row in clock.rows("due")][1:]
    assert late == [("morning", "2026-05-07T04:30:00Z", True), ("noon", "2026-05-07T10:00:00Z", True)]
    clock.set("2026-05-07T12:30")
    clock.serve("2026-05-07T13:00")
    assert len(clock.ran) == 3, "a restart repeats nothing"


def test_once_runs_what_is_due_and_leaves(clock: Clock) -> None:
    assert clock.serve(once=True).failed is False
    assert clock.ran == [], "a new job counts from now on"
    clock.set("2026-05-04T05:00")
    clock.next["morning"] = {"exit": 1}
    assert clock.serve(once=True) == ("", True)
    assert clock.ran == ["morning 05-04 05:00"]
    [finished] = clock.rows("finished")
    assert (finished["exit"], finished["message"], finished["counts"]["failed"]) == (1, "one\ntwo", 1)
    assert clock.serve(once=True).failed is False
    assert len(clock.ran) == 1, "a run that failed is done; the next due time is the next try"


def test_a_job_never_overlaps_itself(clock: Clock) -> None:
    edit(clock, "jobs: {often: {schedule: {cron: '*/10 * * * *', zone: UTC}}}\n")
    clock.next["often"] = {"seconds": 25 * 60}
    clock.serve("2026-05-04T04:05")
    assert clock.ran == ["often 05-04 03:10", "often 05-04 03:40"]
    slots = [slot for _, _, slot in clock.events("skipped")]
    assert slots == [f"2026-05-04T{time}:00Z" for time in ("03:20", "03:30", "03:50", "04:00")]
    assert clock.rows("skipped")[0]["reason"] == "an earlier run is running"


def test_jobs_of_one_time_run_one_after_the_other(clock: Clock) -> None:
    rows = "".join(f"  {name}: {{schedule: {{cron: 0 4 * * *, zone: UTC}}}}\n" for name in "abc")
    edit(clock, f"jobs:\n{rows}")
    clock.next = {name: {"seconds": 600} for name in "abc"}
    clock.serve("2026-05-04T05:00")
    assert clock.ran == ["a 05-04 04:00", "b 05-04 04:10", "c 05-04 04:20"]
    assert clock.events("skipped") == []


def test_sigterm_reaches_the_run_and_its_time_is_taken_again(clock: Clock) -> None:
    clock.next["morning"] = {"seconds": 600}
    ended = clock.serve("2026-05-04T04:35")
    assert (ended.signal, clock.runs[0].told) == ("SIGTERM", ["SIGTERM"])
    [row] = clock.rows("interrupted")
    assert (row["job"], row["slot"], row["exit"], row["killed"]) == ("morning", "2026-05-04T04:30:00Z", -15, False)
    assert past(clock, "morning")["running"] == "2026-05-04T04:30:00Z"
    clock.serve("2026-05-04T05:00")
    assert clock.ran == ["morning 05-04 04:30", "morning 05-04 04:35"]
    assert clock.rows("interrupted_before")[0]["slot"] == "2026-05-04T04:30:00Z"
    assert past(clock, "morning")["done"] == "2026-05-04T04:30:00Z"


def test_a_run_that_does_not_listen_is_killed_after_the_grace(clock: Clock) -> None:
    clock.next["morning"] = {"seconds": 6000, "deaf": True}
    clock.serve("2026-05-04T04:35", grace=20)
    assert clock.runs[0].told == ["SIGTERM", "SIGKILL"]
    assert moment("2026-05-04T04:35:19") < clock.time < moment("2026-05-04T04:35:22")
    assert clock.rows("interrupted")[0]["killed"] is True


def test_a_second_signal_ends_the_grace(clock: Clock) -> None:
    clock.next["morning"] = {"seconds": 6000, "deaf": True}
    clock.on("2026-05-04T04:35:05", clock.stop)
    clock.serve("2026-05-04T04:35", grace=600)
    assert clock.time < moment("2026-05-04T04:35:06")
    assert clock.runs[0].told == ["SIGTERM", "SIGKILL"]


def test_a_run_that_ends_well_in_the_grace_is_done(clock: Clock) -> None:
    clock.next["morning"] = {"seconds": 60, "deaf": True}
    clock.serve("2026-05-04T04:30:50")
    assert [row["exit"] for row in clock.rows("finished")] == [0]
    assert past(clock, "morning")["done"] == "2026-05-04T04:30:00Z"


def test_the_project_file_is_read_again_and_a_broken_edit_changes_nothing(clock: Clock) -> None:
    good = "jobs: {late: {schedule: {cron: 0 9 * * *, zone: UTC}}}\n"
    clock.on("2026-05-04T03:10", lambda: edit(clock, "jobs: {late: {schedule: {cron: 0 99 * * *, zone: UTC}}}\n"))
    clock.on("2026-05-04T08:00", lambda: edit(clock, good))
    clock.serve("2026-05-04T11:00")
    assert clock.ran == ["morning 05-04 04:30", "late 05-04 09:00"], "noon is no job any more"
    [failed] = clock.rows("reload_failed")
    assert failed["kept"] == ["morning", "noon"]
    assert (failed["diagnostics"][0]["code"], "hour" in failed["diagnostics"][0]["message"]) == ("PRJ-11", True)
    assert [row["jobs"] for row in clock.rows("reloaded")] == [["late"]]


def test_a_project_file_that_goes_and_comes_back(clock: Clock) -> None:
    clock.on("2026-05-04T03:10", (clock.folder / "briefgen.yaml").unlink)
    clock.on("2026-05-04T05:00", lambda: edit(clock, PROJECT))
    clock.serve("2026-05-04T06:00")
    assert clock.ran == ["morning 05-04 04:30"]
    assert "there is no briefgen.yaml" in clock.rows("reload_failed")[0]["message"]


def test_a_changed_schedule_counts_from_the_change_on(clock: Clock) -> None:
    clock.serve("2026-05-04T11:00")
    edit(clock, PROJECT.replace("30 6 *", "0 8 *"))  # 06:00 UTC: past already today
    clock.serve("2026-05-04T20:00")
    assert clock.ran == ["morning 05-04 04:30", "noon 05-04 10:00"]


def test_a_clock_that_is_set_back_repeats_nothing(clock: Clock) -> None:
    clock.on("2026-05-04T05:00", lambda: clock.set("2026-05-04T04:00"))
    clock.serve("2026-05-05T05:00")
    assert clock.ran == ["morning 05-04 04:30", "noon 05-04 10:00", "morning 05-05 04:30"]


def test_a_clock_that_is_set_forward_runs_each_job_once(clock: Clock) -> None:
    clock.on("2026-05-04T03:30", lambda: clock.set("2026-05-06T11:00"))
    clock.serve("2026-05-06T12:00")
    assert clock.ran == ["morning 05-06 11:00", "noon 05-06 11:01"]


def test_a_clock_that_was_years_ahead_stops_no_job(clock: Clock) -> None:
    clock.set("2036-01-01T00:00")
    clock.serve("2036-01-02T00:00")
    count = len(clock.ran)
    clock.set("2026-05-04T03:00")
    clock.serve("2026-05-04T05:00")
    assert clock.ran[count:] == ["morning 05-04 04:30"]
    assert {row["job"] for row in clock.rows("clock_set_back")} == {"morning", "noon"}


GOOD = {"cron": "30 6 * * *", "zone": "Europe/Brussels", "done": "2026-05-01T00:00:00Z", "exit": 0, "running": None}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"version": 1, "jobs": {"morn', "is damaged"),
        (b"", "is damaged"),
        (b"\xff\xfe\x00", "is damaged"),
        (b"[]", "is damaged"),
        (b'{"version": 1, "jobs": {"morning": {"done": "yesterday"}}}', "is damaged"),
        (json.dumps({"version": 1, "jobs": {"morning": {**GOOD, "done": "2026-05-01T00:00"}}}).encode(), "is damaged"),
        (json.dumps({"version": 2, "jobs": {"morning": GOOD}}).encode(), "is of version 2"),
    ],
)
def test_a_state_file_that_can_not_be_used_is_begun_anew(clock: Clock, content: bytes, told: str) -> None:
    (clock.folder / STATE).parent.mkdir()
    (clock.folder / STATE).write_bytes(content)
    clock.serve("2026-05-04T05:00")
    assert told in clock.rows("state_rebuilt")[0]["message"]
    assert clock.ran == ["morning 05-04 04:30"]
    assert (clock.folder / f"{STATE}.old").read_bytes() == content
    assert past(clock, "morning")["done"] == "2026-05-04T04:30:00Z"


def test_a_state_that_can_not_be_read_or_written_is_told_and_stops_nothing(clock: Clock) -> None:
    (clock.folder / STATE).mkdir(parents=True)  # a folder in the file's place
    clock.serve("2026-05-04T05:00")
    assert clock.ran == ["morning 05-04 04:30"]
    assert "can't be read" in clock.rows("state_rebuilt")[0]["message"]
    assert clock.rows("state_not_written")[0]["message"].startswith("can't write")


def test_a_program_that_can_not_be_started_is_told(clock: Clock) -> None:
    clock.broken = True
    assert clock.serve("2026-05-04T05:00").failed
    assert "No such file" in clock.rows("not_started")[0]["message"]
    assert len(clock.rows("not_started")) == 1, "it is not tried over and over"


def test_two_services_of_one_project(clock: Clock) -> None:
    other = Clock(clock.folder, "2026-05-04T03:30")

    def start_another() -> None:
        with pytest.raises(BriefgenError, match=r"another service runs this project: process \d+ on .*, since 2026-05-04T03:00"):
            other.serve("2026-05-04T03:40")

    clock.on("2026-05-04T03:30", start_another)
    clock.serve("2026-05-04T05:00")
    assert clock.at == {}, "the other one was tried"
    assert (clock.ran, other.ran) == (["morning 05-04 04:30"], [])
    other.set("2026-05-04T05:00")
    other.serve("2026-05-04T05:10")  # the lock is free again


def test_a_project_that_can_not_be_used_is_refused_at_the_start(clock: Clock) -> None:
    edit(clock, "jobs: {morning: {}}\n")
    with pytest.raises(UsageError, match=r"no job of briefgen\.yaml has a schedule"):
        clock.serve()
    edit(clock, "jobs: {morning: {schedule: {cron: 0 0 * * *, zone: Mars/Base}}}\n")
    with pytest.raises(Rejected, match="PRJ-12 there is no time zone `Mars/Base`"):
        clock.serve()


def test_the_numbers_of_a_report_are_found() -> None:
    assert counts('{"built": 0, "exit": 0}') == {"built": 0}
    assert counts('{"counts": {"built": 2, "failed": 1}, "rows": [1]}') == {"built": 2, "failed": 1}
    assert counts("") == counts("[1]") == counts("nonsense") == counts('{"built": true}') == {}


def test_the_command_is_a_batch_of_the_job() -> None:
    assert batch_command("morning")[1:] == ["-P", "-m", "briefgen", "batch", "morning", "--wait", "--format", "json"]
