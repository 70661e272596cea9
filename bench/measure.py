"""What all rows share: what a process or a piece of work took, two sides in turn, and what came of a row.

Every row alternates ours and the peer (A B A B …), so that a busy machine slows both: read the ratios, not the milliseconds. A
ratio is the median of the ratios of the pairs, and stands with their quartiles.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from bench.rows import Row

ROOT = Path(__file__).parents[1]
SUMMARY = ROOT / "inputs/us-russia-reset.yaml"
BYTE_CODE = Path(tempfile.gettempdir(), "briefgen-bench")
TIMED = [sys.executable, "-S", "-I", str(ROOT / "bench/timed.py")]


class Spent(NamedTuple):
    """What one piece of work took, in milliseconds: of all processors together, where that was counted, and by the clock."""

    processor: float | None
    wall: float | None

    def __truediv__(self, count: float) -> Spent:
        """Return the share of one of so many."""
        return Spent(*(None if each is None else each / count for each in self))


class Spread(NamedTuple):
    """The median of some numbers, and their quartiles."""

    median: float
    low: float
    high: float


Pair = tuple[Spent, Spent]


@dataclass(frozen=True, slots=True)
class Measured:
    """A row and what came of it: pairs of ours and the peer's, or one number where nothing was timed."""

    row: Row
    pairs: tuple[Pair, ...] = ()
    count: float | None = None

    def ratio(self, by: str) -> Spread | None:
        """Return the ratio of the pairs by `processor` or `wall`; None where a side was not timed so."""
        sides = [(getattr(ours, by), getattr(peer, by)) for ours, peer in self.pairs]
        return spread(a / b for a, b in sides if a is not None and b) if all(None not in side for side in sides) else None

    def plain(self) -> dict[str, Any]:
        """Return all that is kept of it, as data."""
        if self.count is not None:
            return {"count": round(self.count, 1)}
        made: dict[str, Any] = {"pairs": len(self.pairs)}
        for by in ("processor", "wall"):
            if ratio := self.ratio(by):
                sides = [round(median(getattr(pair[side], by) for pair in self.pairs), 1) for side in (0, 1)]
                made[by] = {"ratio": [round(each, 3) for each in ratio], "ours": sides[0], "peer": sides[1]}
        return made


def spread(numbers: Iterable[float]) -> Spread | None:
    """Return median and quartiles; None of no number, and three times the same of one."""
    kept = sorted(numbers)
    if len(kept) < 2:
        return Spread(kept[0], kept[0], kept[0]) if kept else None
    low, middle, high = quantiles(kept, n=4, method="inclusive")
    return Spread(middle, low, high)


def verdict(row: Row, plain: Mapping[str, Any]) -> str:
    """Return what became of the promise: stretch, goal, edge or MISSED; nothing was promised where it is empty.

    `edge`: the goal lies between the quartiles of the ratios, so that another run may end on the other side.
    """
    if row.goal is None or row.stretch is None:
        return ""
    middle, low, high = plain[row.by]["ratio"] if "count" not in plain else [plain["count"]] * 3
    if high <= row.goal:
        return "stretch" if middle <= row.stretch else "goal"
    return "edge" if low <= row.goal else "MISSED"


def environment() -> dict[str, str]:
    """Return the environment of a measured process: byte code is kept apart, whatever the caller's settings."""
    made = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(BYTE_CODE)}
    for name in ("PYTHONDONTWRITEBYTECODE", "BRIEFGEN_DEBUG"):
        made.pop(name, None)
    return made


def process(command: Sequence[str], program: str = sys.executable, cwd: Path = ROOT) -> Spent:
    """Return what a process and its descendants take, Python's if no other program is named; raise RuntimeError if it fails."""
    whole = [*TIMED, program, *command]
    done = subprocess.run(whole, cwd=cwd, env=environment(), capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    told = json.loads(done.stdout)
    return Spent(told["processor"], told["wall"])


def work(action: Callable[[], object], *, collect: bool = True) -> Spent:
    """Return what some work in this process takes; the collector has run before it, or runs when it likes."""
    if collect:
        gc.collect()
    clock, used = time.perf_counter(), time.process_time()
    action()
    return Spent(1000 * (time.process_time() - used), 1000 * (time.perf_counter() - clock))


def pairs(ours: Callable[[], Spent], peer: Callable[[], Spent], rounds: int) -> tuple[Pair, ...]:
    """Return both sides in turn; the first round, which compiles byte code and loads what is lazy, does not count."""
    return tuple((ours(), peer()) for _ in range(rounds + 1))[1:]


def in_turn(ours: Sequence[str], peer: Sequence[str], rounds: int) -> tuple[Pair, ...]:
    """Return the pairs of two Python commands."""
    return pairs(lambda: process(ours), lambda: process(peer), rounds)
