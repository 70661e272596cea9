"""A crontab: lines that every cron reads alike, and a clear no to what few know."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from briefgen.findings.diagnostics import UsageError
from briefgen.model.project_file import Schedule
from briefgen.schedule.crontab import export, fields
from briefgen.schedule.exports import ExportOrder
from briefgen.schedule.times import times_of

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
CRONS = {
    "30 6 * * mon-fri": "30 6 * * 1,2,3,4,5",
    "*/15 * * * *": "*/15 * * * *",
    "5/20 8-10 * jan,jul sun": "5,25,45 8,9,10 * 1,7 0",
    "0 9 */2 * mon": "0 9 */2 * 1",  # a star first: both day fields must match
    "0 9 1,15 * mon": "0 9 1,15 * 1",
    "0 9 *,1 * mon": "0 9 *,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31 * 1",
    "0 0 * * 5-7": "0 0 * * 5,6,7",
}


@pytest.mark.parametrize("cron", CRONS)
def test_the_fields_of_an_expression(cron: str) -> None:
    written = Schedule(cron=cron, zone="Europe/Brussels")
    made = " ".join(fields(written))
    assert made == CRONS[cron]
    again = Schedule(cron=made, zone="Europe/Brussels")
    assert list(islice(times_of(again, NOW), 50)) == list(islice(times_of(written, NOW), 50))


@pytest.mark.parametrize("cron", ["0 9 l * *", "0 9 lw * *", "0 9 * * fri#2", "0 9 * * 5l"])
def test_what_few_crons_know_is_refused(cron: str) -> None:
    with pytest.raises(UsageError, match="most crons do not know") as fault:
        fields(Schedule(cron=cron, zone="UTC"))
    assert "--systemd" in fault.value.hint


def _order(folder: Path, user: bool) -> ExportOrder:
    zones = {"a": "Europe/Brussels", "b": "Europe/Brussels", "c": "UTC"}
    jobs = {name: Schedule(cron="0 6 * * *", zone=zone) for name, zone in zones.items()}
    return ExportOrder(folder, "/bin/echo", jobs, "briefs", user)


def test_the_lines_of_a_file_for_cron_d() -> None:
    made = export(_order(Path("/srv/desk"), user=False), NOW)
    assert list(made.files) == ["briefgen-desk"], "cron passes over files with a dot in their name"
    lines = made.files["briefgen-desk"].splitlines()
    assert [line for line in lines if line.startswith("CRON_TZ")] == ["CRON_TZ=Europe/Brussels", "CRON_TZ=UTC"]
    command = "cd /srv/desk && mkdir -p .briefgen && /bin/echo -P -m briefgen batch a >> .briefgen/cron.log 2>&1"
    assert f"0 6 * * * briefs {command}" in lines
    assert "CRON_TZ" in made.notes[1]


def test_a_strange_folder_is_quoted_so_that_the_shell_of_cron_finds_it(tmp_path: Path) -> None:
    folder = tmp_path / "our 'desk' 100% $HOME"
    folder.mkdir()
    [text] = export(_order(folder, user=True), NOW).files.values()
    command = text.splitlines()[-1].removeprefix("0 6 * * * ")
    assert "100\\%" in command
    subprocess.run(["/bin/sh", "-c", command.replace("\\%", "%")], check=True, timeout=30)
    assert (folder / ".briefgen/cron.log").read_text(encoding="utf-8") == "-P -m briefgen batch c\n"


def test_a_folder_with_a_line_break_is_refused() -> None:
    with pytest.raises(UsageError, match="line break"):
        export(_order(Path("/srv/a\nb"), user=True), NOW)
