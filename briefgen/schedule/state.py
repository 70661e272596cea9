"""What the service remembers between runs: for each job, the last due time that was dealt with. One JSON file.

In: a path. Out: a State. A file that can't be read, is damaged, or was written by a newer version is put aside and begun
anew, and the caller is told why; it is never a fault.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefgen.files import write_atomic

VERSION = 1
ASIDE = ".old"


@dataclass(slots=True)
class Past:
    """What is known of a job: the schedule it had, the last due time done, and how its last run ended."""

    cron: str
    zone: str
    done: datetime
    exit: int | None = None
    running: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as values of JSON."""
        return {
            "cron": self.cron,
            "zone": self.zone,
            "done": stamp(self.done),
            "exit": self.exit,
            "running": stamp(self.running) if self.running else None,
        }


@dataclass(slots=True)
class State:
    """The jobs by name, and why the file had to be begun anew, if it had to."""

    jobs: dict[str, Past] = field(default_factory=dict)
    lost: str = ""


def stamp(moment: datetime) -> str:
    """Return a moment in UTC, to the second, as `2026-03-29T01:00:00Z`."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def load(path: Path) -> State:
    """Return what a state file holds; empty where there is none, empty with `lost` told where it can't be used."""
    try:
        return State(_jobs(json.loads(path.read_bytes())))
    except FileNotFoundError:
        return State()
    except OSError as fault:
        return State(lost=f"can't be read: {fault.strerror or fault}")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        with suppress(OSError):
            path.replace(path.with_name(path.name + ASIDE))
        return State(lost=str(fault) if isinstance(fault, _Newer) else "is damaged")


def save(path: Path, state: State) -> None:
    """Write the state file in one step; raise BriefgenError where it can't be written."""
    made = {"version": VERSION, "jobs": {name: past.as_json() for name, past in sorted(state.jobs.items())}}
    write_atomic(path, (json.dumps(made, indent=1) + "\n").encode(), durable=True)


class _Newer(ValueError):
    """A file of a later version: what it means is not known here."""


def _jobs(values: Any) -> dict[str, Past]:  # noqa: ANN401 - any JSON
    if values["version"] != VERSION:
        raise _Newer(f"is of version {values['version']!r}, and this program knows {VERSION}")
    return {str(name): _past(row) for name, row in values["jobs"].items()}


def _past(row: Mapping[str, Any]) -> Past:
    running = row["running"]
    code = row["exit"]
    if not (code is None or isinstance(code, int)):
        raise ValueError("an exit code that is no number")
    return Past(str(row["cron"]), str(row["zone"]), _moment(row["done"]), code, _moment(running) if running else None)


def _moment(text: str) -> datetime:
    made = datetime.fromisoformat(text)
    if made.tzinfo is None:
        raise ValueError(f"a time without zone: {text}")
    return made.astimezone(UTC)
