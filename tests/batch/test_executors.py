"""Work done elsewhere: any executor by its name, and a real dask cluster on this machine, one of whose workers is killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bench.generate import project
from briefgen.batch.executors import Other, pool
from briefgen.batch.pool import each
from briefgen.batch.watch import Watch
from briefgen.findings.diagnostics import BriefgenError, UsageError
from tests.batch import faults
from tests.mini import Mini

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
COUNT = 8


def threads() -> Executor:
    """Return an executor of one thread, as somebody's own factory would."""
    return ThreadPoolExecutor(1)


def nothing() -> int:
    """Return no executor."""
    return 1


def broken() -> Executor:
    """Fail, as a factory does whose queue is away."""
    raise ConnectionError("no queue today")


@pytest.fixture
def desk(mini: Mini) -> Mini:
    project(mini.folder, COUNT, tiny=True, audiences=["executive", "public"], formats=["html", "docx"])
    return mini


def test_any_executor_does_by_its_name(desk: Mini) -> None:
    done = json.loads(desk.cli("batch", "--executor", f"{__name__}:threads", "--format", "json").out)
    assert (done["built"], done["failed"]) == (2 * COUNT, 0)
    whole = faults.state(desk.folder)
    assert json.loads(desk.cli("batch", "--executor", "serial", "--force", "--format", "json").out)["built"] == 2 * COUNT
    assert faults.state(desk.folder) == whole
    assert "no timeout holds" in desk.cli("batch", "--dry-run", "--executor", f"{__name__}:threads").out


def test_threads_of_one_process_take_turns() -> None:
    """The layout engine was not made for threads; two that load it at once even lost what is printed afterwards."""
    both = threading.Barrier(2)

    def met(_item: int) -> bool:
        try:
            both.wait(0.2)
        except threading.BrokenBarrierError:
            both.reset()
            return False
        return True

    done = each(range(4), met, Other(lambda: ThreadPoolExecutor(2)))
    assert [found for _, found in done] == [False] * 4


def test_what_makes_no_executor_is_told(desk: Mini) -> None:
    done = desk.cli("batch", "--executor", f"{__name__}:nothing")
    assert done.code == 2
    assert "gives no executor but int" in done.err


def test_a_factory_that_fails_is_told_as_what_it_is(desk: Mini) -> None:
    done = desk.cli("batch", "--executor", f"{__name__}:broken")
    assert done.code == 4
    assert "broken gives no executor: ConnectionError: no queue today" in done.err


def test_a_name_that_says_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no executor"):
        pool("celery", 0, None)


def test_no_scheduler_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("briefgen.batch.executors.PATIENCE", 0.5)
    with pytest.raises(BriefgenError, match="no dask scheduler answers"):
        pool(f"dask://127.0.0.1:{free_port()}", 0, Watch(1, "/nowhere", "x"))


def hang(item: int) -> int:
    """Never return of item 1."""
    if item == 1:
        threading.Event().wait()
    return item


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def until(true: Callable[[], Any], seconds: float = 60) -> Any:
    """Return what is asked for, as soon as it is something."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
    return found


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and two workers, each under a nanny, on loopback; yield the scheduler's address."""
    pytest.importorskip("distributed")
    place = f"127.0.0.1:{free_port()}"
    folder = tmp_path_factory.mktemp("cluster")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}
    start = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        place.partition(":")[2],
        "--no-dashboard",
    ]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", f"tcp://{place}", "--host", "127.0.0.1"]
    worker += ["--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
    started = []
    with (folder / "log").open("wb") as log:
        for command in (start, worker):
            started.append(subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log))
        yield place
        for process in reversed(started):  # one of the workers is dead already: a nanny that is asked politely waits for it
            process.kill()
            process.wait()


def _workers(place: str) -> list[int]:
    """Return the process ids of the cluster's workers, asked in a process of its own: dask leaves threads behind."""
    ask = (
        "import json, os, sys\nfrom distributed import Client\n"
        "with Client(sys.argv[1], timeout=30) as client:\n    client.wait_for_workers(2, timeout=60)\n"
        "    print(json.dumps(list(client.run(os.getpid).values())))\n"
    )
    done = subprocess.run([sys.executable, "-c", ask, f"tcp://{place}"], capture_output=True, text=True, check=True, timeout=120)
    found: list[int] = json.loads(done.stdout)
    return found


@pytest.mark.xdist_group("dask")
def test_a_dask_cluster_of_two_workers_one_of_which_is_killed(desk: Mini, cluster: str) -> None:
    assert desk.cli("batch", "--executor", "serial").code == 0
    whole = faults.state(desk.folder)
    faults._empty(desk.folder / "outputs")
    workers = _workers(cluster)
    assert len(set(workers)) == 2
    command = [sys.executable, "-m", "briefgen", "batch", "--executor", f"dask://{cluster}", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=desk.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        until(lambda: list((desk.folder / "outputs").glob("*.html")))
        os.kill(workers[0], signal.SIGKILL)
        assert run.poll() is None, "that was in the middle of the run"
        out, err = run.communicate(timeout=120)
    assert run.returncode == 0, err.decode()
    done = json.loads(out)
    assert (done["built"], done["failed"], done["untried"]) == (2 * COUNT, 0, 0)
    assert faults.state(desk.folder) == whole
    assert workers[1] in _workers(cluster), "the other one went on"
    assert _hung(cluster, desk.folder) == [0, "late", 2, 3]


def _hung(place: str, folder: Path) -> list[Any]:
    """Return what becomes of four items, one of which hangs: on the cluster, asked from a process of its own."""
    ask = (
        "import json, sys\nfrom briefgen.batch.pool import Lost, each\nfrom briefgen.batch.executors import pool\n"
        "from briefgen.batch.watch import Watch\nfrom tests.batch.test_executors import hang\n"
        "who = pool(sys.argv[1], 0, Watch(1.0, sys.argv[2], 'test'))\n"
        "rows = sorted(each(range(4), hang, who), key=lambda row: row[0])\nwho.close()\n"
        "print(json.dumps([('late' if row.late else 'lost') if isinstance(row, Lost) else row for _, row in rows]))\n"
    )
    command = [sys.executable, "-c", ask, f"dask://{place}", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found
