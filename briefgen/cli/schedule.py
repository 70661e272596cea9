"""`briefgen schedule`: the next times of the jobs, the service that runs them, and files for systemd and cron."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from briefgen.cli import terminal
from briefgen.cli.app import Exit
from briefgen.files import shown_path, write_atomic
from briefgen.findings.diagnostics import BriefgenError, UsageError
from briefgen.model.project_file import Schedule
from briefgen.project.project import Project
from briefgen.registry import resolve
from briefgen.schedule import EXPORTS
from briefgen.schedule.plan import scheduled
from briefgen.schedule.state import stamp
from briefgen.schedule.times import in_words, times_of


def run_next(names: Sequence[str], count: int, form: str) -> Exit:
    """Print the next times of the jobs."""
    jobs = scheduled(Project.find(Path.cwd()), tuple(names))
    now = datetime.now(UTC)
    found = {name: list(islice(times_of(schedule, now), count)) for name, schedule in jobs.items()}
    if form == "json":
        rows = {name: _as_json(jobs[name], times) for name, times in found.items()}
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return Exit.OK
    for name, schedule in jobs.items():
        sys.stderr.write(f"{name}: {in_words(schedule)} ({schedule.zone})\n")
    cells = [
        (name, f"{time.astimezone(ZoneInfo(jobs[name].zone)):%a %Y-%m-%d %H:%M %Z}", jobs[name].zone, f"{time:%Y-%m-%d %H:%M}Z")
        for name, times in found.items()
        for time in times
    ]
    terminal.table("Next", ("job", "time", "zone", "UTC"), cells)
    return Exit.OK


def _as_json(schedule: Schedule, times: Sequence[datetime]) -> dict[str, Any]:
    zone = ZoneInfo(schedule.zone)
    rows = [{"local": time.astimezone(zone).isoformat(), "utc": stamp(time)} for time in times]
    return {"cron": schedule.cron, "zone": schedule.zone, "words": in_words(schedule), "next": rows}


def run_service(log: str, *, once: bool) -> Exit | int:
    """Run the service until a signal comes, or once; return 130 after Ctrl-C, 1 where a run of `--once` failed."""
    from briefgen.schedule import service
    from briefgen.schedule.log import Log
    from briefgen.schedule.machine import Computer

    project = Project.find(Path.cwd())
    scheduled(project)
    path = None if log == "-" else Path(log).absolute()
    if path and not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}", "make it, or log elsewhere")
    if path and path.is_dir():
        raise UsageError(f"{path} is a folder", "name a file in it")
    machine = Computer()
    try:
        log_to = Log(machine.now, sys.stderr, path)
        ended = service.Service(project.folder, machine, log_to, service.batch_command).run(once=once)
    finally:
        machine.close()
    if ended.signal == "SIGINT":
        return 130
    return Exit.REJECTED if once and ended.failed else Exit.OK


def run_export(names: Sequence[str], output: Path | None, *, systemd: bool, cron: bool, user: bool) -> Exit:
    """Print the files of another scheduler, or write them to a folder."""
    from briefgen.schedule.exports import ExportOrder

    if systemd == cron:
        raise UsageError("name one scheduler", "--systemd or --cron")
    project = Project.find(Path.cwd())
    jobs = scheduled(project, tuple(names))
    order = ExportOrder(project.folder, _python(), jobs, _account(user), user, _outside(project))
    made = resolve(EXPORTS["systemd" if systemd else "cron"])(order, datetime.now(UTC))
    for name, text in made.files.items():
        if output is not None:
            write_atomic(output / name, text.encode())
            sys.stdout.write(f"{shown_path(output / name)}\n")
        else:
            sys.stdout.write((f"# --- {name}\n" if len(made.files) > 1 else "") + text + ("\n" if len(made.files) > 1 else ""))
    if output is None:
        sys.stderr.write(f"nothing was written to disk; -o DIR writes {', '.join(made.files)} there\n")
    sys.stderr.write("".join(f"{note}\n" for note in made.notes))
    return Exit.OK


def _python() -> str:
    """Return the Python that runs us: of a virtual environment its own, not the one that it links to."""
    if not sys.executable:
        raise BriefgenError("the path of Python is not known", "run briefgen as `python -m briefgen`")
    return os.path.abspath(sys.executable)  # noqa: PTH100 - Path.resolve would follow the link out of the environment


def _account(user: bool) -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as fault:
        if user:
            return ""
        raise BriefgenError("the name of your account is not known", "use --user") from fault


def _outside(project: Project) -> dict[str, list[Path]]:
    """Return the output folders of the jobs that lie outside the project."""
    made = {name: project.folder / (job.output or project.settings.output) for name, job in project.settings.jobs.items()}
    return {name: [path] for name, path in made.items() if not path.is_relative_to(project.folder)}
