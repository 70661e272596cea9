"""The service as a process: it really fires at the turn of a minute, and SIGTERM really reaches the run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.project.starter import files
from briefgen.schedule.machine import Child
from briefgen.schedule.service import batch_command
from tests.mini import ROOT

pytestmark = pytest.mark.slow

QUICK = "from pathlib import Path; Path('quick').touch(); print('{\"built\": 2}')"
SLOW = """
import signal, sys, time
from pathlib import Path
def end(*_):
    Path("slow-ended").touch()
    sys.exit(143)
signal.signal(signal.SIGTERM, end)
Path("slow").touch()
time.sleep(600)
"""
SERVICE = """
import sys
from pathlib import Path
from briefgen.schedule.log import Log
from briefgen.schedule.machine import Computer
from briefgen.schedule.service import Service
computer = Computer()
log = Log(computer.now, sys.stderr, Path("log.jsonl"))
print(Service(Path.cwd(), computer, log, lambda job: [sys.executable, f"{job}.py"], grace=20).run().signal)
"""


def _until(there: Callable[[], bool], process: subprocess.Popen[str], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


@pytest.mark.xdist_group("schedule-real-time")
def test_two_jobs_fire_at_the_turn_of_the_minute_and_sigterm_ends_the_run(tmp_path: Path) -> None:
    jobs = "".join(f"  {name}: {{schedule: {{cron: '* * * * *', zone: Europe/Brussels}}}}\n" for name in ("quick", "slow"))
    (tmp_path / "briefgen.yaml").write_text(f"jobs:\n{jobs}", encoding="utf-8")
    (tmp_path / "quick.py").write_text(QUICK, encoding="utf-8")
    (tmp_path / "slow.py").write_text(SLOW, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", SERVICE],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _until((tmp_path / "slow").exists, process, 69)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, out, err) == (0, "SIGTERM\n", "")
    assert (tmp_path / "quick").exists() and (tmp_path / "slow-ended").exists()
    rows = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    told = [(row["event"], row.get("job")) for row in rows]
    assert told == [
        ("started_service", None),
        *(("due", job) for job in ("quick", "slow")),
        ("started", "quick"),
        ("finished", "quick"),
        ("started", "slow"),
        ("interrupted", "slow"),
        ("stopped", None),
    ]
    assert (rows[4]["exit"], rows[4]["counts"]) == (0, {"built": 2})
    assert (rows[6]["exit"], rows[6]["killed"]) == (143, False)
    slot = rows[1]["slot"]
    assert slot.endswith(":00Z") and rows[1]["time"] >= slot == rows[2]["slot"]
    state = json.loads((tmp_path / ".briefgen/schedule.json").read_bytes())["jobs"]
    assert state["quick"]["done"] == slot
    assert state["slow"]["done"] < slot == state["slow"]["running"]


@pytest.mark.xdist_group("schedule-real-time")
def test_the_real_batch_runs_when_it_is_due(tmp_path: Path) -> None:
    for name, text in files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text.replace("formats: [pdf, docx]", "formats: [docx]"), encoding="utf-8")
    state = tmp_path / ".briefgen/schedule.json"
    state.parent.mkdir()
    job = {"cron": "30 6 * * mon-fri", "zone": "Europe/Brussels", "done": "2025-03-03T05:30:00Z", "exit": 0, "running": None}
    state.write_text(json.dumps({"version": 1, "jobs": {"morning": job}}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "briefgen", "schedule", "run", "--once", "--log", "log.jsonl"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    rows = {row["event"]: row for row in map(json.loads, (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines())}
    assert rows["started"]["command"] == batch_command("morning")
    told = rows["finished"]
    assert (told["exit"], told["counts"]["built"], told["counts"]["failed"]) == (0, 2, 0)
    made = {path.name for path in (tmp_path / "outputs").glob("*.docx")}
    assert made == {"first-executive.docx", "first-board.docx"}
    after = json.loads(state.read_bytes())["jobs"]["morning"]
    assert (after["exit"], after["running"], after["done"] > job["done"]) == (0, None, True)


def test_what_is_killed_goes_with_all_that_it_started(tmp_path: Path) -> None:
    program = (
        "import subprocess, sys, time; from pathlib import Path; "
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']); "
        "Path('pid.part').write_text(str(child.pid)); Path('pid.part').rename('pid'); print('said', flush=True); time.sleep(600)"
    )
    child = Child([sys.executable, "-c", program], tmp_path)
    try:
        end = time.monotonic() + 60
        while not (tmp_path / "pid").exists():
            assert child.poll() is None and time.monotonic() < end
            time.sleep(0.05)
    finally:
        child.kill()
    grandchild = int((tmp_path / "pid").read_text())
    assert (child.poll(), child.said()) == (-signal.SIGKILL, ("said\n", ""))
    while time.monotonic() < end and _lives(grandchild):
        time.sleep(0.05)
    assert not _lives(grandchild)


def _lives(pid: int) -> bool:
    """Return whether a process runs; one that has ended and that nobody has asked about does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
