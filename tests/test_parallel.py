"""Versions made at once: in order, the same files, faults in their place; in processes of their own, since pytest has threads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
FORKS = pytest.mark.skipif(sys.platform != "linux" or (os.cpu_count() or 1) < 2, reason="nothing is forked here")


def _python(*arguments: str | Path, processors: int | None = None) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        if processors:
            os.sched_setaffinity(0, list(os.sched_getaffinity(0))[:processors])

    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, preexec_fn=limited, capture_output=True, text=True, check=False, timeout=120)


def _told(body: str) -> Any:
    head = (
        "import os, sys, time\nfrom briefgen.cli.parallel import each\nfrom briefgen.diagnostics import BriefgenError, Rejected\n"
    )
    done = _python("-c", head + body)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_results_come_in_the_order_of_the_items() -> None:
    assert _told("print(list(each([3, 1, 2], lambda n: time.sleep(n / 50) or n * n)))") == [9, 1, 4]


@FORKS
def test_workers_are_other_processes_and_need_nothing_pickled() -> None:
    assert _told("own = os.getpid()\nprint(int(own in set(each([1, 2], lambda _: os.getpid()))))") == 0


def test_one_item_stays_here() -> None:
    assert _told("print(int(list(each([1], lambda _: os.getpid())) == [os.getpid()]))") == 1


def test_a_process_with_threads_does_not_fork() -> None:
    body = "import threading\nthreading.Thread(target=time.sleep, args=(0.5,)).start()\n"
    assert _told(body + "print(int(set(each([1, 2], lambda _: os.getpid())) == {os.getpid()}))") == 1


def test_an_exception_comes_where_the_result_would() -> None:
    body = "done = each([2, 0, 1], lambda n: 4 // n)\ntry:\n    seen = [next(done)]; next(done)\n"
    assert _told(body + "except ZeroDivisionError:\n    print(seen)") == [2]


@FORKS
def test_a_worker_that_the_system_ends_is_told_in_a_sentence() -> None:
    body = "try:\n    list(each([1, 2, 3], lambda n: os.kill(os.getpid(), 9)))\nexcept BriefgenError as fault:\n"
    assert "ended a process" in _told(body + "    print('\"' + fault.message + '\"')")


@FORKS
def test_the_files_and_the_report_do_not_depend_on_the_processors(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: bad\ntitle: Nothing else\n", encoding="utf-8")
    made = {}
    for processors in (1, 2):
        folder = tmp_path / "out"
        command = (
            "-m",
            "briefgen",
            "render",
            ROOT / "inputs/minimal.yaml",
            bad,
            "-t",
            "html,docx",
            "--format",
            "json",
            "-o",
            folder,
        )
        done = _python(*command, processors=processors)
        assert done.returncode == 1, done.stderr
        made[processors] = (json.loads(done.stdout), {file.name: file.read_bytes() for file in folder.iterdir()})
        for file in folder.iterdir():
            file.unlink()
    assert made[1] == made[2]
    assert len(made[1][1]) == 8
