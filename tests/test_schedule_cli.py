"""`briefgen schedule` on the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import pytest

from briefgen.schedule import service
from tests.mini import Mini

PROJECT = """\
jobs:
  morning: {schedule: {cron: 30 6 * * mon-fri, zone: Europe/Brussels}}
  weekly: {output: /srv/briefs, schedule: {cron: 0 17 * * fri, zone: UTC}}
  asked: {}
"""


def test_the_next_times_are_told_in_both_clocks_and_in_words(mini: Mini) -> None:
    mini.write("briefgen.yaml", PROJECT)
    done = mini.cli("schedule", "next", "weekly", "-n", "3")
    head, *rows = done.out.splitlines()
    assert (head, len(rows)) == ("job\ttime\tzone\tUTC", 3)
    assert all(row.startswith("weekly\tFri 20") and row.endswith(" 17:00Z") for row in rows)
    assert done.err == "weekly: At 17:00 on Friday (UTC)\n"
    assert len(mini.cli("schedule", "next").out.splitlines()) == 11


@pytest.mark.parametrize(
    ("job", "told"), [("morningg", "there is no job 'morningg'"), ("asked", "the job 'asked' has no schedule")]
)
def test_a_job_that_can_not_be_due(mini: Mini, job: str, told: str) -> None:
    mini.write("briefgen.yaml", PROJECT)
    done = mini.cli("schedule", "next", job)
    assert (done.code, told in done.err) == (2, True)


def test_without_a_project_there_is_no_schedule(mini: Mini) -> None:
    done = mini.cli("schedule", "run", "--once")
    assert (done.code, "`briefgen init` makes a project" in done.err) == (2, True)


def test_the_exports_are_printed_or_written(mini: Mini) -> None:
    mini.write("briefgen.yaml", PROJECT)
    done = mini.cli("schedule", "export", "--systemd", "weekly")
    assert "# --- briefgen-" in done.out and "ReadWritePaths=-/srv/briefs\n" in done.out
    assert f"ExecStart={sys.executable} -P -m briefgen batch weekly\n" in done.out
    assert "systemctl daemon-reload" in done.err
    assert mini.cli("schedule", "export", "--systemd", "--user", "-o", "units").code == 0
    assert len([name for name in mini.files() if name.startswith("units/")]) == 4
    printed = mini.cli("schedule", "export", "--cron", "--user")
    assert "30 6 * * 1,2,3,4,5 cd " in printed.out
    assert "nothing was written to disk; -o DIR writes" in printed.err
    assert "nothing was written" not in mini.cli("schedule", "export", "--cron", "--user", "-o", "lines").err
    for wrong in ([], ["--cron", "--systemd"]):
        assert mini.cli("schedule", "export", *wrong).code == 2


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what puts a Python program in the place of the batch."""

    def put(program: str) -> None:
        monkeypatch.setattr(service, "batch_command", lambda job: [sys.executable, "-c", program, job])

    return put


def test_once_takes_up_what_was_missed(mini: Mini, stand_in: Callable[[str], None]) -> None:
    mini.write("briefgen.yaml", PROJECT)
    stand_in("import sys; open(sys.argv[1] + '.done', 'a').write('x'); print('{\"built\": 4}')")
    assert mini.cli("schedule", "run", "--once").code == 0
    assert mini.files() >= {".briefgen/schedule.json"} and "morning.done" not in mini.files()
    state = json.loads((mini.folder / ".briefgen/schedule.json").read_bytes())
    state["jobs"]["morning"]["done"] = "2020-01-01T00:00:00Z"
    mini.write(".briefgen/schedule.json", state)
    assert mini.cli("schedule", "run", "--once", "--log", "log.jsonl").code == 0
    assert (mini.folder / "morning.done").read_text(encoding="utf-8") == "x"
    rows = [json.loads(line) for line in (mini.folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["event"] for row in rows] == ["started_service", "due", "started", "finished", "stopped"]
    assert (rows[1]["caught_up"], rows[3]["counts"]) == (True, {"built": 4})
    mini.write(".briefgen/schedule.json", state)
    stand_in("raise SystemExit(1)")
    assert mini.cli("schedule", "run", "--once").code == 1


def test_a_log_that_can_not_be_written(mini: Mini) -> None:
    mini.write("briefgen.yaml", PROJECT)
    assert "there is no folder" in mini.cli("schedule", "run", "--once", "--log", "no/log").err
    assert "is a folder" in mini.cli("schedule", "run", "--once", "--log", ".").err
