"""A crontab of a project's jobs. In: an ExportOrder. Out: one file's text.

What cron programs understand differently is written out.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from typing import Any

from cronsim import CronSim

from briefgen.findings.diagnostics import UsageError
from briefgen.model.project_file import Schedule
from briefgen.project.project import STATE_FOLDER
from briefgen.schedule.exports import Export, ExportOrder
from briefgen.schedule.times import in_words

_HEAD = """\
# Jobs of briefgen in {folder}
# CRON_TZ is the zone of the lines below it. cronie and other newer programs know it (`man 5 crontab`); Debian's own cron
# does not, and takes the hours as those of the machine's zone. Nothing is caught up after the machine was off.
SHELL=/bin/sh
"""


def export(order: ExportOrder, now: datetime) -> Export:
    """Return the lines for one's own crontab, or with the account's name for a file in /etc/cron.d."""
    del now  # the times are worked out by cron
    if re.search(r"[\n\r]", str(order.folder) + order.python):
        raise UsageError("a path with a line break can't stand in a crontab", "give the folder another name")
    lines = [_HEAD.format(folder=order.folder)]
    zone = None
    for job, schedule in order.jobs.items():
        lines.append(f"\n# {job}: {in_words(schedule)} ({schedule.zone})\n")
        if schedule.zone != zone:
            zone = schedule.zone
            lines.append(f"CRON_TZ={zone}\n")
        who = "" if order.user else f"{order.account} "
        lines.append(f"{' '.join(fields(schedule))} {who}{_command(order, job)}\n")
    name = f"briefgen-{order.slug}"
    note = (
        f"add the lines to your crontab: (crontab -l; cat {name}.crontab) | crontab -"
        if order.user
        else f"put the file into /etc/cron.d, as {name}, owned by root"
    )
    zones = sorted({schedule.zone for schedule in order.jobs.values()})
    notes = [note, f"the hours are those of {', '.join(zones)}: make sure that your cron knows CRON_TZ"]
    return Export({f"{name}.crontab" if order.user else name: "".join(lines)}, notes)


def fields(schedule: Schedule) -> list[str]:
    """Return the five fields as every cron reads them alike; raise UsageError for `L`, `LW` and `#`, which few know.

    A field that begins with a star stays as it is, since that star decides whether both day fields must match.
    """
    sim = CronSim(schedule.cron, datetime(2026, 1, 1, tzinfo=UTC))
    made: list[str] = []
    sets: tuple[AbstractSet[Any], ...] = (sim.minutes, sim.hours, sim.days, sim.months, sim.weekdays)
    for text, numbers in zip(sim.parts[1:], sets, strict=True):
        made.append(text if re.fullmatch(r"\*(/\d+)?", text) else _numbers(text, numbers, schedule))
    return made


def _numbers(text: str, numbers: AbstractSet[int | tuple[int, int]], schedule: Schedule) -> str:
    plain = [number for number in numbers if isinstance(number, int) and number >= 0]
    if len(plain) != len(numbers):
        cure = "export it with --systemd, or run it by `briefgen schedule run`"
        raise UsageError(f"most crons do not know `{text.lower()}`, in `{schedule.cron}`", cure)
    star = "*," if text.startswith("*") else ""
    return star + ",".join(map(str, sorted(plain)))


def _command(order: ExportOrder, job: str) -> str:
    """Return the command; cron takes a bare % for a line break."""
    log = f"{STATE_FOLDER}/cron.log"
    command = f"cd {shlex.quote(str(order.folder))} && mkdir -p {STATE_FOLDER} && {shlex.join(order.command(job))} >> {log} 2>&1"
    return command.replace("%", "\\%")
