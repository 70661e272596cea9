"""Work shared out to processes: places, faults, ends; in processes of their own, since pytest has threads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FORKS = pytest.mark.skipif(sys.platform != "linux" or (os.cpu_count() or 1) < 2, reason="nothing is forked here")


def _python(*arguments: str | Path, processors: int | None = None) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        if processors:
            os.sched_setaffinity(0, list(os.sched_getaffinity(0))[:processors])

    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, preexec_fn=limited, capture_output=True, text=True, check=False, timeout=120)


def _told(body: str) -> Any:
    head = (
        "import json, os, sys, time\nfrom briefgen.batch import pool\nfrom briefgen.batch.pool import Local, Lost, Serial\n"
        "def each(items, do, who=Local(2)):\n    return [result for _, result in sorted(pool.each(items, do, who))]\n"
    )
    done = _python("-c", head + body)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_results_come_with_their_places() -> None:
    assert _told("print(each([3, 1, 2], lambda n: time.sleep(n / 50) or n * n))") == [9, 1, 4]


@FORKS
def test_workers_are_other_processes_and_need_nothing_pickled() -> None:
    assert _told("own = os.getpid()\nprint(int(own in each([1, 2], lambda _: os.getpid())))") == 0


def test_one_item_stays_here_where_it_may() -> None:
    assert _told("print(int(each([1], lambda _: os.getpid(), Local(inline=True)) == [os.getpid()]))") == 1
    assert _told("print(int(each([1, 2], lambda _: os.getpid(), Serial()) == 2 * [os.getpid()]))") == 1


def test_a_process_with_threads_does_not_fork() -> None:
    body = "import threading\nthreading.Thread(target=time.sleep, args=(0.5,)).start()\n"
    assert _told(body + "print(int(set(each([1, 2], lambda _: os.getpid(), Local(2, inline=True))) == {os.getpid()}))") == 1
    fresh = "made = each([-1, 2], abs, Local(2))\nprint(made)"
    assert _told("import threading\nthreading.Thread(target=time.sleep, args=(3,), daemon=True).start()\n" + fresh) == [1, 2]


def test_an_exception_of_the_work_is_raised() -> None:
    body = "try:\n    each([2, 0, 1], lambda n: 4 // n)\nexcept ZeroDivisionError:\n    print(1)\n"
    assert _told(body) == 1


@FORKS
def test_an_item_whose_worker_dies_is_lost_and_no_other() -> None:
    body = "print([not isinstance(row, Lost) for row in each(range(9), lambda n: os._exit(1) if n % 3 == 1 else n)])"
    assert _told(body.replace("print(", "print(json.dumps(") + ")") == [n % 3 != 1 for n in range(9)]


@FORKS
def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    word = tmp_path / "word"
    body = f"word = {str(word)!r}\ndef once(n):\n    if n == 1 and not os.path.exists(word):\n"
    body += "        open(word, 'w').close(); os._exit(1)\n"
    assert _told(body + "    return n\nprint(each(range(5), once))") == [0, 1, 2, 3, 4]


@FORKS
def test_whoever_stops_listening_ends_the_workers() -> None:
    body = "own = pool.each(range(4), lambda n: n if n == 0 else time.sleep(60), Local(2))\nnext(own)\nown.close()\n"
    assert _told(body + "import multiprocessing\nprint(len(multiprocessing.active_children()))") == 0


@FORKS
def test_work_that_never_ends_is_late(tmp_path: Path) -> None:
    body = f"from briefgen.batch.watch import Watch\nwatch = Watch(0.3, {str(tmp_path)!r}, 'x')\n"
    body += "rows = each(range(4), lambda n: n if n != 2 else time.sleep(60), Local(2, watch))\n"
    assert _told(body + "print(json.dumps([row.late if isinstance(row, Lost) else row for row in rows]))") == [0, 1, True, 3]


@FORKS
def test_work_that_holds_the_interpreter_is_ended_too(tmp_path: Path) -> None:
    body = f"import re\nfrom briefgen.batch import watch\nwatch.GRACE = 0.2\nwatch = watch.Watch(0.2, {str(tmp_path)!r}, 'x')\n"
    body += "never = lambda n: n if n != 1 else re.match('(a+)+b', 40 * 'a')\n"
    body += "rows = each(range(3), never, Local(2, watch))\n"
    assert _told(body + "print(json.dumps([isinstance(row, Lost) for row in rows]))") == [False, True, False]


@FORKS
@pytest.mark.slow
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
