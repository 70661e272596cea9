"""What the exports share: what is asked for, what comes back, and the commands that others are to run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cronsim import CronSim

from briefgen.model.project_file import Schedule

ALL_DAYS = frozenset(range(1, 32))
LAST, LAST_WEEKDAY = CronSim.LAST, CronSim.LAST_WEEKDAY


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """The jobs of a project for another scheduler.

    `folder` and `python` are absolute; `writes` are the folders outside `folder` that a job writes to; `account` is the user
    that the jobs run as, where the machine's scheduler runs them; with `user` one's own does.
    """

    folder: Path
    python: str
    jobs: Mapping[str, Schedule]
    account: str
    user: bool = False
    writes: Mapping[str, Sequence[Path]] | None = None

    @property
    def slug(self) -> str:
        """Return the folder's name as a part of file names."""
        return re.sub(r"[^A-Za-z0-9_-]+", "-", self.folder.name).strip("-") or "project"

    def command(self, job: str) -> list[str]:
        """Return the command of a job. `-P` keeps a folder `briefgen` in the project from being taken for the program."""
        return [self.python, "-P", "-m", "briefgen", "batch", job]


class Export(NamedTuple):
    """Files by name, and what their reader must know."""

    files: Mapping[str, str]
    notes: Sequence[str] = ()
