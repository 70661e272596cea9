"""systemd units: the same times as cron's, units that systemd accepts, and a clear no to what it can't keep."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from briefgen.findings.diagnostics import UsageError
from briefgen.model.project_file import Schedule
from briefgen.schedule.exports import ExportOrder
from briefgen.schedule.systemd import calendar, export
from briefgen.schedule.times import times_of

ANALYZE = shutil.which("systemd-analyze")
NOW = datetime(2026, 1, 10, 12, 0, 30, tzinfo=UTC)
CRONS = {
    "30 6 * * mon-fri": ["Mon,Tue,Wed,Thu,Fri *-*-* 06:30:00"],
    "*/15 * * * *": ["*-*-* *:00,15,30,45:00"],
    "0 8-18/2 * jan-jun,dec 1-5": ["Mon,Tue,Wed,Thu,Fri *-01..06,12-* 08,10,12,14,16,18:00:00"],
    "0 9 1,15 * mon": ["*-*-01,15 09:00:00", "Mon *-*-* 09:00:00"],  # either day field: cron's rule
    "0 9 */2 * mon": ["Mon *-*-01,03,05,07,09,11,13,15,17,19,21,23,25,27,29,31 09:00:00"],  # both, because of the star
    "0 9 l * *": ["*-*~01 09:00:00"],
    "0 9 1,l * *": ["*-*-01 09:00:00", "*-*~01 09:00:00"],
    "0 9 * * 5l": ["Fri *-*~07/1 09:00:00"],
    "0 9 * * tue#2,0": ["Sun *-*-* 09:00:00", "Tue *-*-08..14 09:00:00"],
    "0 9 29 2 *": ["*-02-29 09:00:00"],
    "5/20 0 * * 7": ["Sun *-*-* 00:05,25,45:00"],
    "0 12 13 * fri": ["*-*-13 12:00:00", "Fri *-*-* 12:00:00"],
}


@pytest.mark.parametrize("cron", CRONS)
def test_the_calendar_of_an_expression(cron: str) -> None:
    assert calendar(Schedule(cron=cron, zone="UTC")) == [f"{line} UTC" for line in CRONS[cron]]


def _elapses(line: str, base: datetime, count: int) -> set[datetime]:
    """Return the next times of a calendar expression, as systemd itself works them out."""
    command = [str(ANALYZE), "calendar", f"--iterations={count}", f"--base-time={base:%Y-%m-%d %H:%M:%S} UTC", line]
    said = subprocess.run(
        command, capture_output=True, text=True, timeout=30, env={"TZ": "UTC", "LC_ALL": "C"}, check=True
    ).stdout
    found = re.findall(r"(?:Next elapse|Iter\. #\d+|\(in UTC\)): \w+ ([\d-]+ [\d:]+) UTC", said)
    return {datetime.fromisoformat(text).replace(tzinfo=UTC) for text in found}


@pytest.mark.parametrize("zone", ["UTC", "Europe/Brussels", "Australia/Sydney"])
@pytest.mark.parametrize("cron", CRONS)
def test_the_next_fifty_times_are_those_of_cron(cron: str, zone: str) -> None:
    if ANALYZE is None:
        pytest.skip("not checked: there is no systemd-analyze here")
    schedule = Schedule(cron=cron, zone=zone)
    ours = list(islice(times_of(schedule, NOW), 50))
    theirs = set().union(*(_elapses(line, NOW, 60) for line in calendar(schedule)))
    ours = [time for time in ours if time.year < 2200]  # systemd looks no further
    assert len(ours) > 40
    assert sorted(theirs)[: len(ours)] == ours


def test_systemd_leaves_out_the_hour_that_spring_skips_and_we_say_so() -> None:
    schedule = Schedule(cron="30 2 * * *", zone="Europe/Brussels")
    made = export(ExportOrder(Path("/srv/desk"), "/usr/bin/python3", {"night": schedule}, "briefs"), NOW)
    assert "night: systemd leaves out 2026-03-29" in made.notes[0]
    assert "# The clock of Europe/Brussels skips this hour on 2026-03-29" in made.files["briefgen-desk-night.timer"]
    if ANALYZE is not None:  # what we say is true
        base = datetime(2026, 3, 28, 12, tzinfo=UTC)
        times = _elapses(calendar(schedule)[0], base, 2)
        assert {f"{time:%m-%d %H:%M}" for time in times} == {"03-30 00:30", "03-31 00:30"}
        ours = {f"{time:%m-%d %H:%M}" for time in islice(times_of(schedule, base), 2)}
        assert ours == {"03-29 01:00", "03-30 00:30"}


@pytest.mark.parametrize("cron", ["0 9 lw * *", "0 9 */2 * 5l", "0 9 *,l * 5l"])
def test_what_systemd_has_no_calendar_for_is_refused(cron: str) -> None:
    with pytest.raises(UsageError, match="systemd has no calendar for") as fault:
        calendar(Schedule(cron=cron, zone="UTC"))
    assert "briefgen schedule run" in fault.value.hint


def _order(folder: Path, user: bool) -> ExportOrder:
    python = Path("/usr/bin/env")
    jobs = {
        "morning": Schedule(cron="30 6 1,15 * mon-fri", zone="Europe/Brussels"),
        "weekly": Schedule(cron="0 17 * * fri", zone="UTC"),
    }
    return ExportOrder(folder, str(python), jobs, "root", user, {"weekly": [folder.parent / "far away"]})


@pytest.mark.parametrize("user", [False, True])
def test_the_units_are_accepted_by_systemd(tmp_path: Path, user: bool) -> None:
    folder = tmp_path / "our desk 100% $HOME"
    folder.mkdir()
    made = export(_order(folder, user), NOW)
    assert len(made.files) == 4
    if ANALYZE is None:
        pytest.skip("not checked: there is no systemd-analyze here")
    for name, text in made.files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    names = [str(tmp_path / name) for name in made.files]
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    env = {"XDG_RUNTIME_DIR": str(runtime), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    mode = "--user" if user else "--system"
    done = subprocess.run(
        [ANALYZE, "verify", mode, "--man=no", *names], capture_output=True, text=True, timeout=60, env=env, check=False
    )
    if "Failed to initialize manager" in done.stderr:
        pytest.skip("not checked: systemd-analyze verify does not work here")
    assert [line for line in done.stderr.splitlines() if "briefgen" in line] == []
    assert done.returncode == 0, done.stderr


def test_a_unit_names_paths_that_systemd_reads_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "our desk 100% $HOME"
    made = export(_order(folder, user=False), NOW).files
    service = made["briefgen-our-desk-100-HOME-weekly.service"]
    double = str(folder).replace("%", "%%")
    assert f"\nWorkingDirectory={double}\n" in service
    assert f'\nReadWritePaths="{double.replace("$", "$$")}"\n' not in service  # `$` is escaped in commands alone
    assert f'\nReadWritePaths="{double}"\n' in service
    assert f'\nReadWritePaths="-{tmp_path}/far away"\n' in service
    assert "\nExecStart=/usr/bin/env -P -m briefgen batch weekly\n" in service
    assert "\nUser=root\n" in service and "\nNoNewPrivileges=yes\n" in service
    timer = made["briefgen-our-desk-100-HOME-morning.timer"]
    assert timer.count("\nOnCalendar=") == 2 and "\nPersistent=true\n" in timer
    own = export(_order(folder, user=True), NOW)
    assert "User=" not in own.files["briefgen-our-desk-100-HOME-weekly.service"]
    assert "systemctl --user enable --now" in own.notes[0]


def test_the_hour_is_kept_over_a_year(tmp_path: Path) -> None:
    """A timer of Brussels follows the summer time: the same two offsets as ours, on the same days."""
    if ANALYZE is None:
        pytest.skip("not checked: there is no systemd-analyze here")
    schedule = Schedule(cron="30 6 * * 1", zone="Europe/Brussels")
    ours = set(times_of(schedule, NOW, NOW + timedelta(days=365)))
    assert _elapses(calendar(schedule)[0], NOW, len(ours)) == ours
    assert {time.hour for time in ours} == {4, 5}
