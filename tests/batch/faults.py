"""Runs that are killed, in processes of their own: `python -m tests.batch.faults NAME FOLDER`. Out: one JSON object.

Each fault has a child of its own, which is forked here.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.generate import project
from briefgen.batch.filestat import stamp_of
from briefgen.batch.job import Made, Outcome, jobs_of
from briefgen.batch.run import Options, run
from briefgen.batch.work import WorkOrder, make
from briefgen.files import write_atomic
from briefgen.project.project import Project
from tests.batch.hooks import Hooks

POINTS, ENDS = 50, 8


def toy(order: WorkOrder) -> Outcome:
    """Make a unit without a renderer: its files hold what it was made from, 20 kB each."""
    text = Path(order.folder, order.unit.summary).read_text(encoding="utf-8") + order.unit.audience
    files = []
    for name in order.unit.files:
        content = (name + text).encode() * 20
        write_atomic(Path(order.output, name), content)
        stamp = stamp_of(Path(order.output, name).stat())
        files.append(Made(name, hashlib.sha256(content).hexdigest(), stamp))
    return Outcome(order.unit, "made", tuple(files))


def go(folder: Path, do: Callable[[WorkOrder], Outcome] = toy, **options: Any) -> Any:
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
    """Kill runs at seeded points, and resume each: half of them from nothing, half where an older build stands."""
    project(folder, 12, tiny=True, audiences=["executive", "public"], formats=["html", "docx"])
    inputs = {path: path.read_text(encoding="utf-8") for path in sorted((folder / "inputs").iterdir())}
    for path, text in list(inputs.items())[::2]:
        path.write_text(text.replace("in round", "before round"), encoding="utf-8")
    go(folder)  # what is loaded here need not be loaded by all that are forked
    (folder / "outputs").rename(folder / "older")
    for path, text in inputs.items():
        path.write_text(text, encoding="utf-8")
    go(folder)
    whole, rows, steps = state(folder), [], []
    for begin in (_empty, _older):
        begin(folder / "outputs")
        forked(partial(_counted, folder))
        steps.append(int((folder / "count").read_text(encoding="ascii")))
        for point in _points(steps[-1]):
            begin(folder / "outputs")
            rows.append({"point": point, **_resumed(folder, whole, lambda point=point: forked(partial(_killed, folder, point)))})
    return {"steps": steps, "rows": rows, "files": len(whole)}


def _points(steps: int) -> list[int]:
    """Return where to kill: all over the run, and closely at its end, where the manifest and the report are written."""
    end = range(steps - 2 * ENDS + 1, steps + 1, 2)
    return [*sorted(random.Random(4).sample(range(1, end[0]), POINTS // 2 - ENDS)), *end]


def _counted(folder: Path) -> None:
    """Run to the end, and write down of how many steps that was."""
    hooks = Hooks(-1)
    hooks.plant()
    go(folder)
    (folder / "count").write_text(str(hooks.count), encoding="ascii")


def _killed(folder: Path, point: int) -> None:
    Hooks(point).plant()
    go(folder)


def _older(outputs: Path) -> None:
    """Put the older build where the outputs are."""
    import shutil

    _empty(outputs)
    shutil.copytree(outputs.parent / "older", outputs)


def real(folder: Path) -> Any:
    """Kill the first process of a run with two workers that render, from inside a worker; resume."""
    project(folder, 6, tiny=True, audiences=["executive"], formats=["html", "docx"])
    go(folder, make, executor="local", workers=2)
    whole = state(folder)
    rows = []
    for fatal in ("s00001", "s00004"):
        _empty(folder / "outputs")

        def deadly(order: WorkOrder, fatal: str = fatal) -> Outcome:
            if order.unit.summary.endswith(f"{fatal}.json"):
                os.kill(os.getppid(), signal.SIGKILL)
            return make(order)

        ended = forked(partial(go, folder, deadly, executor="local", workers=2))
        resumed = forked(partial(go, folder, make, executor="local", workers=2))
        rows.append({"ended": ended, "resumed": resumed, "same": state(folder) == whole})
    return rows


def deaths(folder: Path) -> Any:
    """Let a worker die on every third document, another hang, a third raise: the rest is made, and each is named."""
    project(folder, 12, tiny=True, audiences=["executive", "public"], formats=["html"])

    def deadly(order: WorkOrder) -> Outcome:
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
    """Let every write from the tenth on fail as on a full disk, then none: the stand-in where no small disk can be mounted."""
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

    def caught(order: WorkOrder) -> Outcome:
        from briefgen.batch.work import failed
        from briefgen.findings.diagnostics import BriefgenError, error

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


def small_disk(folder: Path) -> Any:
    """Render onto a disk that is too small, then onto the same one made larger. Call it in a mount namespace of its own."""
    project(folder, 8, tiny=True, audiences=["executive", "public"], formats=["pdf", "docx"])
    go(folder, make, executor="local", workers=2)
    whole = state(folder)
    _empty(folder / "outputs")
    (folder / "outputs").mkdir()
    _mount("size=200k", folder / "outputs")
    made = go(folder, make, executor="local", workers=2)
    after = state(folder)
    said = sorted({(finding.code, finding.message.rpartition(": ")[2]) for finding in made.said if finding.is_error})
    half = [name for name, digest in after.items() if name in whole and "manifest" not in name and whole[name] != digest]
    _mount("remount,size=20m", folder / "outputs")
    again = go(folder, make, executor="local", workers=2)
    strays = [name for name in after if name not in whole]
    row = {"counts": made.counts(), "code": made.code, "said": said, "half": half, "strays": strays}
    return {**row, "again": again.code, "same": state(folder) == whole}


def _mount(options: str, place: Path) -> None:
    import subprocess

    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(json.dumps({"refused": done.stderr.strip()}))
        sys.exit(0)


def together(folder: Path) -> Any:
    """Start two runs at once, twice: one leaves while the other works, and where both may wait, one works after the other."""
    from briefgen.findings.diagnostics import BriefgenError

    project(folder, 3, tiny=True, audiences=["executive"], formats=["html"])
    inside, left = folder / "inside", folder / "left"

    def alone(order: WorkOrder, *, held: bool) -> Outcome:
        os.close(os.open(inside, os.O_CREAT | os.O_EXCL))  # fails where somebody else is at work
        while held and not left.exists():
            time.sleep(0.01)
        inside.unlink()
        return toy(order)

    def one(start: int, *, wait: bool) -> None:
        os.read(start, 1)
        try:
            made = go(folder, partial(alone, held=not wait), wait=wait)
            os._exit(made.counts()["built"] if made.code == 0 else 98)
        except BriefgenError as fault:
            left.write_text(fault.message, encoding="utf-8")
            os._exit(40)

    ended = []
    for wait in (False, True):
        _empty(folder / "outputs")
        start, go_on = os.pipe()
        children = [os.fork() or one(start, wait=wait) for _ in range(2)]
        os.write(go_on, b"xx")
        ended.append(sorted(os.waitstatus_to_exitcode(os.waitpid(child or 0, 0)[1]) for child in children))
    return {"ended": ended, "said": left.read_text(encoding="utf-8")}


def folder_removed(folder: Path) -> Any:
    """Remove the output folder in the middle of a run."""
    project(folder, 6, tiny=True, audiences=["executive"], formats=["html"])
    go(folder)
    whole = state(folder)
    _empty(folder / "outputs")

    def removing(order: WorkOrder) -> Outcome:
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
    go(folder, make)
    whole = state(folder)
    _empty(folder / "outputs")
    first = os.getpid()

    def killing(order: WorkOrder) -> Outcome:
        if order.unit.stem.startswith("s00002"):
            (folder / "worker").write_text(str(os.getpid()), encoding="ascii")
            os.kill(os.getppid(), signal.SIGTERM)
            signal.pause()
        return make(order)

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
        "again": go(folder, make).code,
        "same": state(folder) == whole,
    }


def _empty(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](Path(sys.argv[2]))))
