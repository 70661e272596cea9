"""Runs that are killed, in processes of their own: `python -m tests.batch.faults NAME FOLDER`. Out: one JSON object.

The hooks are planted here, in a child that is forked for each fault: the program itself knows nothing of them.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import pathlib
import random
import signal
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.generate import project
from briefgen.batch.job import Made, Outcome, jobs_of
from briefgen.batch.run import Options, run
from briefgen.batch.stamps import stamp_of
from briefgen.batch.work import Order, build
from briefgen.files import write_atomic
from briefgen.project import Project

POINTS = 50


def toy(order: Order) -> Outcome:
    """Make a unit without a renderer: its files hold what it was made from, 20 kB each."""
    text = Path(order.folder, order.unit.summary).read_text(encoding="utf-8") + order.unit.audience
    files = []
    for name in order.unit.files:
        content = (name + text).encode() * 20
        write_atomic(Path(order.output, name), content)
        stamp = stamp_of(Path(order.output, name).stat())
        files.append(Made(name, hashlib.sha256(content).hexdigest(), stamp))
    return Outcome(order.unit, "made", tuple(files))


def go(folder: Path, do: Callable[[Order], Outcome] = toy, **options: Any) -> Any:
    """Run the only job of a project."""
    home = Project.find(folder)
    return run(home, jobs_of(home), Options(**{"executor": "serial", **options}), do=do)


def state(folder: Path) -> dict[str, str]:
    """Return every file below the output folder that must be the same in the end, by its hash; and strays, which must not be."""
    found = {}
    for path in sorted((folder / "outputs").rglob("*")):
        name = path.relative_to(folder / "outputs").as_posix()
        if path.is_file() and (not name.startswith(".briefgen/") or name == ".briefgen/manifest.json"):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def forked(action: Callable[[], Any]) -> int:
    """Do something in a child; return how it ended: its exit code, or minus the signal."""
    child = os.fork()
    if child == 0:
        try:
            action()
        except BaseException as fault:
            sys.stderr.write(f"{type(fault).__name__}: {fault}\n")
            os._exit(99)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Hooks:
    """Counts the steps of a run (before a write, in the middle of it, before and after a rename, before and after a commit)."""

    def __init__(self, die_at: int) -> None:
        self.count, self.die_at = 0, die_at

    def step(self) -> None:
        self.count += 1
        if self.count == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def plant(self) -> None:
        fdopen, rename, connect = os.fdopen, pathlib.Path.replace, sqlite3.connect
        hooks = self

        class Connection(sqlite3.Connection):
            def __exit__(self, *arguments: Any) -> Any:
                hooks.step()
                done = super().__exit__(*arguments)
                hooks.step()
                return done

        def opened(*arguments: Any, **options: Any) -> Any:
            file = fdopen(*arguments, **options)
            write = file.write

            class Slow:
                def __enter__(self) -> Any:
                    return self

                def __exit__(self, *_: Any) -> None:
                    file.close()

                def write(self, content: bytes) -> None:
                    hooks.step()
                    write(content[: len(content) // 2])
                    file.flush()
                    hooks.step()
                    write(content[len(content) // 2 :])

                def __getattr__(self, name: str) -> Any:
                    return getattr(file, name)

            return Slow()

        def renamed(path: Path, target: Any) -> Any:
            hooks.step()
            done = rename(path, target)
            hooks.step()
            return done

        os.fdopen = opened  # type: ignore[assignment]
        pathlib.Path.replace = renamed  # type: ignore[assignment,method-assign]
        sqlite3.connect = partial(connect, factory=Connection)


def _resumed(folder: Path, whole: dict[str, str], kill: Callable[[], int]) -> dict[str, Any]:
    """Kill a run, resume it, and say whether all is as it would have been."""
    ended = kill()
    partial_files = state(folder)
    code = forked(partial(go, folder))
    again = go(folder).counts()
    return {
        "ended": ended,
        "left": len(partial_files),
        "strays": sum(".briefgen-" in name for name in partial_files),
        "resumed": code,
        "same": state(folder) == whole,
        "again": again["built"],
    }


def kills(folder: Path) -> Any:
    """Kill runs at seeded points, and resume each."""
    project(folder, 12, tiny=True, audiences=["executive", "public"], formats=["html", "docx"])
    hooks = Hooks(-1)
    hooks_of = folder / "count"

    def counted() -> None:
        hooks.plant()
        go(folder)
        hooks_of.write_text(str(hooks.count), encoding="ascii")

    go(folder)  # what is loaded here need not be loaded by all that are forked
    _empty(folder / "outputs")
    forked(counted)
    whole, steps = state(folder), int(hooks_of.read_text(encoding="ascii"))
    rows = []
    for point in sorted(random.Random(4).sample(range(1, steps + 1), POINTS)):
        _empty(folder / "outputs")

        def killed(point: int = point) -> None:
            Hooks(point).plant()
            go(folder)

        rows.append({"point": point, **_resumed(folder, whole, lambda killed=killed: forked(killed))})
    return {"steps": steps, "rows": rows, "files": len(whole)}


def real(folder: Path) -> Any:
    """Kill the first process of a run with two workers that render, from inside a worker; resume."""
    project(folder, 6, tiny=True, audiences=["executive"], formats=["html", "docx"])
    go(folder, build, executor="local", workers=2)
    whole = state(folder)
    rows = []
    for fatal in ("s00001", "s00004"):
        _empty(folder / "outputs")

        def deadly(order: Order, fatal: str = fatal) -> Outcome:
            if order.unit.summary.endswith(f"{fatal}.json"):
                os.kill(os.getppid(), signal.SIGKILL)
            return build(order)

        ended = forked(partial(go, folder, deadly, executor="local", workers=2))
        resumed = forked(partial(go, folder, build, executor="local", workers=2))
        rows.append({"ended": ended, "resumed": resumed, "same": state(folder) == whole})
    return rows


def deaths(folder: Path) -> Any:
    """Let a worker die on every third document, another hang, a third raise: the rest is made, and each is named."""
    project(folder, 12, tiny=True, audiences=["executive", "public"], formats=["html"])

    def deadly(order: Order) -> Outcome:
        number = int(order.unit.summary[-10:-5])
        if number % 3 == 2:
            os._exit(3)
        if order.unit.stem == "s00004-public":
            signal.pause()
        return toy(order)

    made = go(folder, deadly, executor="local", workers=2, timeout=1.5)
    said = sorted((finding.code, finding.message) for finding in made.said)
    again = go(folder).counts()
    return {"counts": made.counts(), "code": made.code, "said": said, "again": again}


def disk_full(folder: Path) -> Any:
    """Let the disk be full from the tenth write on, then not."""
    project(folder, 8, tiny=True, audiences=["executive"], formats=["html", "docx"])
    go(folder)
    whole = state(folder)
    _empty(folder / "outputs")
    fdopen, count = os.fdopen, 0

    def full(*arguments: Any, **options: Any) -> Any:
        nonlocal count
        count += 1
        if count > 9:
            os.close(arguments[0])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return fdopen(*arguments, **options)

    def caught(order: Order) -> Outcome:
        from briefgen.batch.work import failed
        from briefgen.diagnostics import BriefgenError, error

        try:
            return toy(order)
        except BriefgenError as fault:
            return failed(order.unit, [error("BAT-09", fault.message, None, fault.hint)], 4)

    os.fdopen = full  # type: ignore[assignment]
    made = go(folder, caught)
    os.fdopen = fdopen
    strays = sum(".briefgen-" in name for name in state(folder))
    again = go(folder)
    return {"counts": made.counts(), "code": made.code, "strays": strays, "again": again.counts(), "same": state(folder) == whole}


def folder_removed(folder: Path) -> Any:
    """Remove the output folder in the middle of a run."""
    project(folder, 6, tiny=True, audiences=["executive"], formats=["html"])
    go(folder)
    whole = state(folder)
    _empty(folder / "outputs")

    def removing(order: Order) -> Outcome:
        if order.unit.stem.startswith("s00003"):
            _empty(folder / "outputs")
        return toy(order)

    made = go(folder, removing)
    after = go(folder)
    return {"code": made.code, "again": after.counts(), "same": state(folder) == whole, "third": go(folder).counts()}


def terminated(folder: Path) -> Any:
    """Send SIGTERM to a run of the command in the middle: it ends soon, its workers with it, and the next one picks up."""
    from briefgen.cli.app import call

    project(folder, 6, tiny=True, audiences=["executive"], formats=["html"])
    go(folder, build)
    whole = state(folder)
    _empty(folder / "outputs")
    first = os.getpid()

    def killing(order: Order) -> Outcome:
        if order.unit.stem.startswith("s00002"):
            (folder / "worker").write_text(str(os.getpid()), encoding="ascii")
            os.kill(os.getppid(), signal.SIGTERM)
            signal.pause()
        return build(order)

    def child() -> None:
        import briefgen.cli.batch as command

        command.run = partial(run, do=killing)  # type: ignore[assignment]
        os.chdir(folder)
        os._exit(call(["batch", "-j", "2"]))

    ended = forked(child)
    worker = int((folder / "worker").read_text(encoding="ascii"))
    assert worker != first
    return {
        "ended": ended,
        "worker": Path("/proc", str(worker)).exists(),
        "again": go(folder, build).code,
        "same": state(folder) == whole,
    }


def _empty(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](Path(sys.argv[2]))))
