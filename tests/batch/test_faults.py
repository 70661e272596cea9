"""What may befall a run, and that the next one ends in the same bytes: each in processes of its own (`faults.py`)."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.generate import project
from briefgen import files
from briefgen.batch import lock
from briefgen.batch.state import State
from briefgen.findings.diagnostics import BriefgenError
from tests.batch import faults
from tests.mini import Mini

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked here")
RUN = ("batch", "--executor", "serial", "--format", "json")


def told(name: str, folder: Path, *, before: Sequence[str] = ()) -> Any:
    """Return what one of the runs in `faults.py` says; `before` is the program that starts it, if one does."""
    if before and shutil.which(before[0]) is None:
        return {"refused": f"there is no {before[0]}"}
    command = [*before, sys.executable, "-m", "tests.batch.faults", name, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    if done.returncode and done.stderr.startswith("unshare:"):
        return {"refused": done.stderr.strip()}
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@LINUX
def test_killed_at_fifty_points_and_resumed(tmp_path: Path) -> None:
    found = told("kills", tmp_path)
    assert found["files"] == 49, "48 and the manifest"
    assert len(found["rows"]) == faults.POINTS
    assert {row["ended"] for row in found["rows"]} == {-9}, "each was killed"
    assert {row["resumed"] for row in found["rows"]} == {0}
    assert [row["point"] for row in found["rows"] if not row["same"]] == []
    assert [row["point"] for row in found["rows"] if row["again"]] == []
    assert any(row["strays"] for row in found["rows"]), "some kills left a temporary, which was removed"
    assert len({row["left"] for row in found["rows"]}) > 10, "the points lie all over the run"
    whole, part = found["steps"]
    assert part < whole, "half of the runs began with an older build"


@LINUX
def test_killed_while_two_workers_render(tmp_path: Path) -> None:
    assert told("real", tmp_path) == [{"ended": -9, "resumed": 0, "same": True}] * 2


@LINUX
def test_workers_that_die_and_hang_cost_their_documents_only(tmp_path: Path) -> None:
    found = told("deaths", tmp_path)
    assert (found["counts"]["built"], found["counts"]["failed"], found["code"]) == (15, 9, 1)
    assert [code for code, _ in found["said"]] == ["BAT-02"] * 8 + ["BAT-03"]
    named = sorted(message.partition(":")[0] for _, message in found["said"])
    died = [f"inputs/s{number:05d}.json for {who}" for number in (2, 5, 8, 11) for who in ("executive", "public")]
    assert named == sorted([*died, "inputs/s00004.json for public"])
    assert (found["again"]["built"], found["again"]["skipped"]) == (9, 15)


@LINUX
def test_a_full_disk(tmp_path: Path) -> None:
    found = told("disk_full", tmp_path)
    assert (found["counts"]["built"], found["counts"]["failed"], found["code"], found["strays"]) == (4, 4, 4, 0)
    assert (found["again"]["built"], found["same"]) == (4, True)


@LINUX
def test_a_small_disk_that_is_really_full(tmp_path: Path) -> None:
    """A tmpfs of 200 kB, in a mount namespace of its own: it goes with the process, however that ends."""
    found = told("small_disk", tmp_path, before=("unshare", *(() if os.geteuid() == 0 else ("-r",)), "-m"))
    if "refused" in found:
        pytest.skip(f"not checked: no small disk can be mounted here ({found['refused']})")
    assert found["code"] == 4
    assert found["counts"]["built"] > 0 < found["counts"]["failed"]
    assert found["counts"]["built"] + found["counts"]["failed"] == 16
    assert ("BAT-09", "No space left on device") in [tuple(row) for row in found["said"]]
    assert (found["half"], found["strays"]) == ([], []), "what stands is whole, and nothing else is left"
    assert (found["again"], found["same"]) == (0, True)


@LINUX
def test_two_batches_started_together(tmp_path: Path) -> None:
    found = told("together", tmp_path)
    assert found["ended"][0] == [3, 40], "one makes all three, the other leaves"
    assert found["ended"][1] == [0, 3], "with --wait, the second finds nothing left to do"
    assert "another batch writes to" in found["said"] and "process" in found["said"]


@LINUX
def test_the_output_folder_is_removed_meanwhile(tmp_path: Path) -> None:
    found = told("folder_removed", tmp_path)
    assert found["code"] == 4, "it is told"
    assert (found["again"]["built"], found["same"], found["third"]["built"]) == (3, True, 0)


@LINUX
def test_sigterm_ends_a_run_and_its_workers(tmp_path: Path) -> None:
    assert told("terminated", tmp_path) == {"ended": 130, "worker": False, "again": 0, "same": True}


# --- the state ------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(mini: Mini) -> Mini:
    project(mini.folder, 2, tiny=True, audiences=["executive"], formats=["html"])
    assert mini.cli(*RUN).code == 0
    return mini


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE songs (title TEXT)")
    base.close()


BREAK = {
    "truncated": _cut,
    "no database": lambda path: path.write_bytes(b"something else\n" * 500),
    "newer": _newer,
    "another program's": _foreign,
}


@pytest.mark.parametrize("how", BREAK)
def test_a_state_that_can_not_be_used_begins_anew(desk: Mini, how: str) -> None:
    path = desk.folder / "outputs/.briefgen/state.sqlite"
    whole = faults.state(desk.folder)
    BREAK[how](path)
    done = desk.cli(*RUN)
    row = json.loads(done.out)
    assert (done.code, row["built"], row["failed"]) == (0, 2, 0)
    assert [one["code"] for one in row["runs"][0]["diagnostics"] if one["code"].startswith("BAT")] == ["BAT-04"]
    assert (path.parent / "state.sqlite.unusable").is_file()
    assert faults.state(desk.folder) == whole
    assert json.loads(desk.cli(*RUN).out)["built"] == 0


def test_an_empty_state_file_begins_anew(desk: Mini) -> None:
    (desk.folder / "outputs/.briefgen/state.sqlite").write_bytes(b"")
    assert json.loads(desk.cli(*RUN).out)["built"] == 2
    assert json.loads(desk.cli(*RUN).out)["built"] == 0


def test_a_state_that_another_program_has_locked(desk: Mini) -> None:
    path = desk.folder / "outputs/.briefgen/state.sqlite"
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    try:
        done = desk.cli(*RUN)
    finally:
        other.close()
    assert (done.code, json.loads(done.out)["built"]) == (0, 2)
    assert "locked" in done.out
    assert json.loads(desk.cli(*RUN).out)["built"] == 0


def test_a_dry_run_leaves_a_broken_state_alone(desk: Mini) -> None:
    path = desk.folder / "outputs/.briefgen/state.sqlite"
    path.write_bytes(b"something else")
    assert desk.cli(*RUN, "--dry-run").code == 0
    assert path.read_bytes() == b"something else"


def test_a_clock_that_is_set_back(desk: Mini) -> None:
    """Files from the future: their stamps prove nothing, so they are read, and what has changed is seen."""
    future = time.time() + 3 * 86_400
    for path in [*desk.folder.glob("inputs/*"), *desk.folder.glob("outputs/*.html")]:
        os.utime(path, (future, future))
    assert json.loads(desk.cli(*RUN).out)["built"] == 0
    path = desk.folder / "inputs/s00000.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("round 0", "round 9"), encoding="utf-8")
    os.utime(path, (future, future))
    assert json.loads(desk.cli(*RUN).out)["built"] == 1
    runs = sorted(path.name for path in (desk.folder / "outputs/.briefgen/runs").glob("*.json"))
    assert [name[:6] for name in runs] == ["000001", "000002", "000003"]


def test_a_file_that_changes_without_a_new_time_is_seen(desk: Mini) -> None:
    path = desk.folder / "inputs/s00000.json"
    before = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("round 0", "round 7"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert json.loads(desk.cli(*RUN).out)["built"] == 1


def test_a_summary_that_can_not_be_read(desk: Mini) -> None:
    (desk.folder / "inputs/gone.json").symlink_to(desk.folder / "nowhere")
    unreadable = desk.folder / "inputs/s00001.json"
    unreadable.write_bytes(b"\xff\xfe\x00")
    (desk.folder / "inputs/s00001.json").replace(desk.folder / "inputs/bad.json")
    done = json.loads(desk.cli(*RUN).out)
    assert (done["failed"], done["skipped"], done["runs"][0]["unread"]) == (2, 1, ["inputs/bad.json", "inputs/gone.json"])


def test_what_was_made_from_a_file_that_is_away_today_is_not_pruned(desk: Mini) -> None:
    """A link to a disk that is not mounted."""
    path = desk.folder / "inputs/s00001.json"
    path.replace(desk.folder / "elsewhere.json")
    path.symlink_to(desk.folder / "elsewhere.json")
    assert json.loads(desk.cli(*RUN).out)["failed"] == 0
    (desk.folder / "elsewhere.json").replace(desk.folder / "away.json")
    done = json.loads(desk.cli(*RUN, "--prune").out)
    assert (done["failed"], done["removed"], done["runs"][0]["unread"]) == (1, 0, ["inputs/s00001.json"])
    assert (desk.folder / "outputs/s00001-executive.html").is_file()


# --- the lock -------------------------------------------------------------------------------------------------------


def _hold(folder: Path, ready: Any, go: Any) -> None:
    with lock.held(folder):
        ready.set()
        go.wait(30)


@pytest.fixture
def holder(desk: Mini) -> Any:
    context = multiprocessing.get_context("spawn")
    ready, go = context.Event(), context.Event()
    process = context.Process(target=_hold, args=(desk.folder / "outputs", ready, go))
    process.start()
    assert ready.wait(30)
    yield process, go
    go.set()
    process.join(30)
    process.close()


def test_a_second_batch_says_who_holds_the_folder_and_leaves(desk: Mini, holder: Any) -> None:
    done = desk.cli(*RUN)
    assert done.code == 4
    assert f"another batch writes to outputs: process {holder[0].pid} on" in done.err


def test_a_folder_that_is_held_keeps_none_of_the_others(desk: Mini, holder: Any) -> None:
    job = {"inputs": ["inputs/*.json"], "audiences": ["public"], "formats": ["html"]}
    desk.write("briefgen.yaml", json.dumps({"jobs": {"held": job, "free": {**job, "output": "elsewhere"}}}))
    done = desk.cli(*RUN)
    row = json.loads(done.out)
    assert (done.code, row["exit"], row["built"]) == (4, 4, 2)
    assert [one["jobs"] for one in row["runs"]] == [["free"]]
    assert f"another batch writes to outputs: process {holder[0].pid} on" in done.err


def test_a_lock_of_a_dead_process_holds_nobody_up(desk: Mini) -> None:
    dead = subprocess.run(["true"], check=True) and 2**22 - 3
    path = desk.folder / "outputs/.briefgen/lock"
    path.write_text(json.dumps({"pid": dead, "host": "elsewhere", "since": "2025-03-04"}), encoding="utf-8")
    assert desk.cli(*RUN).code == 0
    assert files.holder(path) == ""


def test_only_our_temporaries_are_removed(desk: Mini) -> None:
    kept = [".briefgen-notes.txt", "briefgen-abcd1234.pdf", ".hidden-abcd1234.pdf"]
    for name in [*kept, ".briefgen-abcd1234.pdf", "sub/.briefgen-_bcd123_.docx"]:
        desk.write(f"outputs/{name}", "x")
    assert lock.sweep(desk.folder / "outputs") == 2
    assert {f"outputs/{name}" for name in kept} < desk.files()


def test_the_temporaries_of_a_folder_with_a_lock_of_its_own_are_left_to_it(desk: Mini) -> None:
    """`outputs/weekly` of another job may be at work while `outputs` is swept."""
    desk.write("outputs/weekly/2025/.briefgen-abcd1234.pdf", "x")
    with lock.held(desk.folder / "outputs/weekly"):
        assert lock.sweep(desk.folder / "outputs") == 0
    assert lock.sweep(desk.folder / "outputs/weekly") == 1


def test_a_folder_that_can_not_be_made_is_told(desk: Mini) -> None:
    desk.write("file", "x")
    with pytest.raises(BriefgenError, match="can't lock"), lock.held(desk.folder / "file/outputs"):
        pass


def test_a_state_in_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    state = State(tmp_path / "none", read_only=True)
    assert (state.units, state.warning) == ({}, "")
    state.close()
    assert not (tmp_path / "none").exists()
