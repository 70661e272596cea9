"""What all rows share: a row, the time of a process, two sides in turn.

Every row alternates ours and the peer, so that a busy machine slows both: read the ratios, not the milliseconds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
SUMMARY = ROOT / "inputs/us-russia-reset.yaml"
BYTE_CODE = Path(tempfile.gettempdir(), "briefgen-bench")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: ours and the peer's in `unit`, and what was promised of their ratio (without peer: of ours)."""

    name: str
    ours: float
    peer: float | None
    unit: str
    goal: float | None = None
    stretch: float | None = None
    against: str = "WeasyPrint"

    @property
    def score(self) -> float:
        """Return the ratio, or ours where there is no peer; smaller is better."""
        return self.ours / self.peer if self.peer else self.ours

    @property
    def verdict(self) -> str:
        """Return what became of the promise: stretch, goal or MISSED; nothing was promised where it is empty."""
        if self.goal is None or self.stretch is None:
            return ""
        return "stretch" if self.score <= self.stretch else "goal" if self.score <= self.goal else "MISSED"

    def cells(self) -> tuple[str, ...]:
        """Return the row of the table: work, against, ratio, goal, stretch, met, and the medians themselves."""
        score = f"{self.score:.2f}" if self.peer else f"{self.score:+.1f} {self.unit}"
        against = f" / {self.peer:.1f}" if self.peer else ""
        promised = ["–" if number is None else f"{number:g}" for number in (self.goal, self.stretch)]
        return (self.name, self.against, score, *promised, self.verdict or "–", f"{self.ours:.1f}{against} {self.unit}")


def environment() -> dict[str, str]:
    """Return the environment of a measured process: byte code is kept apart, whatever the caller's settings."""
    made = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(BYTE_CODE)}
    for name in ("PYTHONDONTWRITEBYTECODE", "BRIEFGEN_DEBUG"):
        made.pop(name, None)
    return made


def wall(command: Sequence[str], program: str = sys.executable) -> float:
    """Return the milliseconds that a process takes, Python's if no other program is named; raise RuntimeError if it fails."""
    before = time.perf_counter()
    done = subprocess.run([program, *command], cwd=ROOT, env=environment(), capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return (time.perf_counter() - before) * 1000


def in_turn(commands: Sequence[Sequence[str]], rounds: int) -> list[float]:
    """Return the median milliseconds of each Python command; the first round, which compiles byte code, does not count."""
    times = [[wall(command) for command in commands] for _ in range(rounds + 1)][1:]
    return [median(column) for column in zip(*times, strict=True)]
