"""systemd units of a project's jobs: a service and a timer each. In: an ExportOrder. Out: the files' texts.

A cron expression is the union of at most a few calendar expressions of systemd.time(7); what has none is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cronsim import CronSim

from briefgen.findings.diagnostics import UsageError
from briefgen.model.project_file import Schedule
from briefgen.schedule.exports import ALL_DAYS, LAST, LAST_WEEKDAY, Export, ExportOrder
from briefgen.schedule.times import in_words, skipped_hours

_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_HARDENING = """\
ProtectSystem=strict
ProtectHome=read-only
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_UNIX
RestrictRealtime=yes
LockPersonality=yes
SystemCallArchitectures=native
CacheDirectory=briefgen
Environment=XDG_CACHE_HOME=%C/briefgen
"""


def export(order: ExportOrder, now: datetime) -> Export:
    """Return a service and a timer for each job. Raises UsageError for an expression that systemd can't keep."""
    files, notes = {}, []
    for job, schedule in order.jobs.items():
        name = f"briefgen-{order.slug}-{job}"
        files[f"{name}.service"] = _service(order, job)
        gaps = skipped_hours(schedule, now)
        if gaps:
            when = f"{gaps[0]:%Y-%m-%d}"
            notes.append(f"{job}: systemd leaves out {when}, when the clock skips its hour; choose another hour, or the service")
        files[f"{name}.timer"] = _timer(job, schedule, gaps)
    home = "~/.config/systemd/user" if order.user else "/etc/systemd/system"
    how = "systemctl --user" if order.user else "systemctl"
    timers = " ".join(name for name in files if name.endswith(".timer"))
    notes.append(f"put the files into {home}, then: {how} daemon-reload && {how} enable --now {timers}")
    if order.user:
        notes.append("`loginctl enable-linger` lets them run while you are not logged in")
    return Export(files, notes)


def calendar(schedule: Schedule) -> list[str]:
    """Return the calendar expressions whose union are the times of a schedule; raise UsageError where there is none."""
    sim = CronSim(schedule.cron, datetime(2026, 1, 1, tzinfo=UTC))
    months = _numbers(sim.months, range(1, 13))
    clock = f"{_numbers(sim.hours, range(24))}:{_numbers(sim.minutes, range(60))}:00 {schedule.zone}"
    days = {day for day in sim.days if day > 0}
    rows: list[tuple[str, str]]
    if sim.day_and:
        rows = [*_together(days, sim.days, sim.weekdays, schedule)]
    else:  # with both day fields restricted, cron runs on either
        rows = [*_together(days, sim.days, set(range(8)), schedule), *_together(set(ALL_DAYS), ALL_DAYS, sim.weekdays, schedule)]
    return list(dict.fromkeys(f"{weekday} *-{months}{day} {clock}".strip() for weekday, day in rows))


def _together(
    days: set[int], written: Iterable[int], weekdays: Iterable[int | tuple[int, int]], schedule: Schedule
) -> Iterator[tuple[str, str]]:
    """Yield weekday and day of the calendar expressions for the dates that are in both fields."""
    plain = {day % 7 for day in weekdays if isinstance(day, int)}
    if LAST_WEEKDAY in written:
        raise _refused(schedule, "the last working day of a month (`LW`)")
    if plain:
        names = "" if len(plain) == 7 else ",".join(_DAYS[day] for day in sorted(plain))
        yield from ((names, f"-{_numbers(days, range(1, 32))}") for _ in days and [0])
        yield from ((names, "~01") for day in written if day == LAST)
    for day in weekdays:
        if isinstance(day, tuple):
            yield from _nth(day, days, LAST in written, schedule)


def _nth(day: tuple[int, int], days: set[int], last: bool, schedule: Schedule) -> Iterator[tuple[str, str]]:
    """Yield the expression of the n-th or last weekday of a month: the one that falls into its week."""
    weekday, number = day
    if number == LAST or last:
        if days != ALL_DAYS or last:
            raise _refused(schedule, "the last weekday or day of a month together with certain days of it")
        yield _DAYS[weekday % 7], "~07/1"
    elif week := days & set(range(7 * number - 6, 7 * number + 1)):
        yield _DAYS[weekday % 7], f"-{_numbers(week, range(1, 32))}"


def _refused(schedule: Schedule, what: str) -> UsageError:
    return UsageError(f"systemd has no calendar for `{schedule.cron}`: {what}", "run it by `briefgen schedule run`")


def _numbers(wanted: Iterable[int], every: range) -> str:
    """Return numbers as systemd lists them: `*` for all, runs of three and more as `a..b`."""
    numbers = sorted(number for number in wanted if number in every)
    if len(numbers) == len(every):
        return "*"
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(f"{r[0]:02}..{r[-1]:02}" if len(r) > 2 else ",".join(f"{n:02}" for n in r) for r in runs)


def _timer(job: str, schedule: Schedule, gaps: Sequence[datetime]) -> str:
    lines = "".join(f"OnCalendar={line}\n" for line in calendar(schedule))
    note = "".join(
        f"# The clock of {schedule.zone} skips this hour on {gap:%Y-%m-%d}, and so does systemd.\n" for gap in gaps[:3]
    )
    return (
        f"# {in_words(schedule)} ({schedule.zone}); in cron: {schedule.cron}\n{note}"
        f"[Unit]\nDescription=Times of the briefgen job {job}\n\n"
        f"[Timer]\n{lines}Persistent=true\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n"
    )


def _service(order: ExportOrder, job: str) -> str:
    writes = [order.folder, *((order.writes or {}).get(job, ()))]
    account = "" if order.user else f"User={order.account}\n"
    paths = "".join(f"ReadWritePaths={_quoted(f'{_mark(path, order.folder)}{path}', dollar='$')}\n" for path in writes)
    return (
        f"[Unit]\nDescription=briefgen batch {job} in {_percent(str(order.folder))}\n\n"
        f"[Service]\nType=oneshot\n{account}WorkingDirectory={_percent(str(order.folder))}\n"
        f"ExecStart={' '.join(map(_quoted, order.command(job)))}\nNoNewPrivileges=yes\nUMask=0022\n"
        + ("" if order.user else _private(writes) + _HARDENING + paths)
    )


def _mark(path: Path, folder: Path) -> str:
    return "" if path == folder else "-"  # a folder that is not there yet stops nothing


def _private(writes: Sequence[Path]) -> str:
    """Return that /tmp is its own, unless the project lies there: it would not be seen."""
    shared = any(path.is_relative_to(home) for path in writes for home in ("/tmp", "/var/tmp"))
    return "" if shared else "PrivateTmp=yes\n"


def _percent(text: str) -> str:
    return text.replace("%", "%%")


_ESCAPES: Mapping[str, str] = {"\\": "\\\\", '"': '\\"', "%": "%%"}


def _quoted(word: str, dollar: str = "$$") -> str:
    """Return a word of a command line, or a path with `dollar="$"`, in quotation marks where systemd would read it otherwise."""
    if re.fullmatch(r"[\w./=:@+,-]+", word, re.ASCII):
        return word
    escapes = {**_ESCAPES, "$": dollar}
    return '"' + "".join(escapes.get(letter, letter) for letter in word) + '"'
