"""Who does the work, and what becomes of it where a worker dies: everything else is finished, and the culprit is named.

`each` gives items to the workers of a pool, a window at a time, and yields what they hand back. Where a worker ends (a crash, the
system for want of memory, its own timer), a process pool loses all that was under way: those that nobody had begun go into the
next window, the others are tried one by one, each alone, and one that fails then has failed.

Local workers are forked where that is safe: what is loaded already is there, nothing need be pickled, and the lock of the output
folder stays held until the last of them is gone. A process with threads, and any system but Linux, starts fresh ones instead.
"""

from __future__ import annotations

import ctypes
import gc
import mmap
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, as_completed
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from briefgen.batch.watch import Late, Watch, one_at_a_time
from briefgen.findings.diagnostics import BriefgenError
from briefgen.writers.libraries import shortcut

MOST = 8
"""Workers, where nobody says how many; each takes about 100 MB."""
WINDOW = 400
"""Items for which one pool of processes lives: a fresh one now and then is the insurance against memory that grows."""
COLLECT_AT = (500_000, 20, 100)
"""Thresholds of the collector, as the command line has them: a brief leaves next to nothing to collect."""
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)

Item = TypeVar("Item")
Result = TypeVar("Result")


class Lost(NamedTuple):
    """An item that no worker brought back: `late` where the timer ended it, and what the executor says."""

    late: bool
    reason: str


class Pool(Protocol):
    """Where work is done; `watch` is the timer of each item, None where none holds."""

    watch: Watch | None

    def window(self, left: int) -> int:
        """Return how many of the items that are left are given out at once."""

    def hire(self, items: Sequence[Any], do: Callable[[Any], Any], *, alone: bool) -> Shift:
        """Return workers for some items; one worker, for itself, where an item must be tried alone."""

    def close(self) -> None:
        """End what outlives a window."""


class Shift(Protocol):
    """Workers for one window."""

    def submit(self, index: int) -> Future[Any]:
        """Give the item of this place to a worker."""

    def begun(self, index: int) -> bool:
        """Return whether some worker had begun with an item, True where nobody knows."""

    def end(self, *, at_once: bool) -> None:
        """Let the workers go: when they are done, or at once."""


def each(items: Sequence[Item], do: Callable[[Item], Result], pool: Pool) -> Iterator[tuple[int, Result | Lost]]:
    """Yield what came of every item, with its place, in the order in which they are done.

    An exception of `do` is raised where it comes. Whoever stops listening ends the workers at once.
    """
    waiting, tries = list(range(len(items))), dict.fromkeys(range(len(items)), 0)
    while waiting:
        size = pool.window(len(waiting))
        window, waiting = waiting[:size], waiting[size:]
        torn: list[tuple[int, Lost, bool]] = []
        yield from _shift(window, items, do, pool, torn, alone=False)
        for index, lost, begun in torn:
            tries[index] += 1
            if not begun and tries[index] < 3:
                waiting.insert(0, index)
            elif lost.late:
                yield index, lost
            else:
                again: list[tuple[int, Lost, bool]] = []
                yield from _shift([index], items, do, pool, again, alone=True)
                yield from ((place, lost) for place, lost, _ in again)


def _shift(
    window: Sequence[int],
    items: Sequence[Item],
    do: Callable[[Item], Result],
    pool: Pool,
    torn: list[tuple[int, Lost, bool]],
    *,
    alone: bool,
) -> Iterator[tuple[int, Result]]:
    """Yield what one window brings; note in `torn` what it does not, and whether that was begun."""
    shift = pool.hire(items, do, alone=alone)
    done = False
    try:
        futures: dict[Future[Any], int] = {}
        for index in window:
            try:
                futures[shift.submit(index)] = index
            except Exception as fault:  # a pool that broke while it was filled takes no more
                torn.append((index, _lost(index, fault, pool), shift.begun(index)))
        for future in as_completed(futures):
            index = futures.pop(future)
            try:
                result = future.result()
            except (Exception, CancelledError) as fault:
                torn.append((index, _lost(index, fault, pool), shift.begun(index)))
                continue
            if isinstance(result, _Raised):
                raise result.fault
            yield index, result
        done = True
    finally:
        shift.end(at_once=not done)


def _lost(index: int, fault: BaseException, pool: Pool) -> Lost:
    return Lost(
        isinstance(fault, Late) or bool(pool.watch and pool.watch.ended(index)), f"{type(fault).__name__}: {fault}".rstrip(": ")
    )


def in_order(done: Iterator[tuple[int, Result | Lost]]) -> Iterator[Result]:
    """Yield what was done in the order of the items; raise BriefgenError where the system ends the worker of one, twice."""
    early: dict[int, Result] = {}
    following = 0
    for index, result in done:
        if isinstance(result, Lost):
            cure = "free some memory, or give it less to do at a time"
            raise BriefgenError("the system ended a process of ours, perhaps for want of memory", cure)
        early[index] = result
        while following in early:
            yield early.pop(following)
            following += 1


# --- workers of this machine ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Local:
    """Processes of this machine: as many as `workers`; none for fewer than two items where `inline`."""

    workers: int = 0
    watch: Watch | None = None
    inline: bool = False

    def window(self, left: int) -> int:
        """Return few where workers are not forked: of a pool that broke, nobody knows then which items were begun."""
        return 1 if self._here(left) else WINDOW if forks() else WINDOW // 10

    def _here(self, count: int) -> bool:
        return self.inline and (min(count, self.workers or processors()) < 2 or not forks())

    def hire(self, items: Sequence[Any], do: Callable[[Any], Any], *, alone: bool) -> Shift:
        """Return a pool of processes."""
        if self._here(len(items)):
            return Here(items, do)
        return _Processes(items, do, 1 if alone else min(len(items), self.workers or processors()), self.watch)

    def close(self) -> None:
        """Nothing outlives a window."""


@dataclass(slots=True)
class Serial:
    """This process itself, one after the other; no timer holds, and a crash is its own."""

    watch: Watch | None = None

    def window(self, left: int) -> int:
        """Return one: so each is told as it is made."""
        return 1

    def hire(self, items: Sequence[Any], do: Callable[[Any], Any], *, alone: bool) -> Shift:
        """Return this process."""
        return Here(items, do)

    def close(self) -> None:
        """Nothing outlives a window."""


@dataclass(slots=True)
class Here(Generic[Item, Result]):
    """Work that is done where it is submitted."""

    items: Sequence[Item]
    do: Callable[[Item], Result]

    def submit(self, index: int) -> Future[Any]:
        """Do it now."""
        future: Future[Any] = Future()
        future.set_result(watched(self.do, self.items[index], None, index))
        return future

    def begun(self, index: int) -> bool:
        """Return True: it was."""
        return True

    def end(self, *, at_once: bool) -> None:
        """Nobody is to be let go."""


@dataclass(slots=True)
class _Processes:
    """A pool of processes, and a board in shared memory on which each notes what it has begun."""

    items: Sequence[Any]
    do: Callable[[Any], Any]
    workers: int
    watch: Watch | None
    forked: bool = field(default_factory=lambda: forks())
    board: mmap.mmap | None = None
    executor: Any = field(init=False)
    before: frozenset[Any] = field(init=False)

    def __post_init__(self) -> None:
        """Start it; forked workers inherit what they need, others are sent it."""
        import multiprocessing  # a command that renders one brief does without
        from concurrent.futures import ProcessPoolExecutor

        self.before = frozenset(multiprocessing.active_children())
        if self.forked:
            self.board = mmap.mmap(-1, max(1, len(self.items)))
            given = (os.getpid(), self.items, self.do, self.board, self.watch)
            self.executor = ProcessPoolExecutor(self.workers, multiprocessing.get_context("fork"), _inherit, given)
        else:
            method = "forkserver" if sys.platform == "linux" else "spawn"
            self.executor = ProcessPoolExecutor(self.workers, multiprocessing.get_context(method), _alone)

    def submit(self, index: int) -> Future[Any]:
        """Give the item of this place to a worker."""
        given = (_nth, index) if self.forked else (watched, self.do, self.items[index], self.watch, index)
        future: Future[Any] = self.executor.submit(*given)
        return future

    def begun(self, index: int) -> bool:
        """Return whether some worker had begun with an item."""
        return self.board is None or self.board[index] != 0

    def end(self, *, at_once: bool) -> None:
        """Let the workers go; `at_once` kills them: what they write stands or does not, never half."""
        if at_once:
            import multiprocessing

            for child in set(multiprocessing.active_children()) - self.before:
                child.kill()
        self.executor.shutdown(wait=True, cancel_futures=True)


def forks() -> bool:
    """Return whether workers can be forked: on Linux, where this process has no threads."""
    return sys.platform == "linux" and threading.active_count() == 1


def processors() -> int:
    """Return how many workers this machine is for: its processors, as far as this process may use them."""
    count = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(1, min(count, MOST))


class _Inherited:
    """What a worker is given when it is forked."""

    items: Sequence[Any] = ()
    do: Callable[[Any], Any]
    board: mmap.mmap
    watch: Watch | None = None


def _inherit(parent: int, items: Sequence[Any], do: Callable[[Any], Any], board: mmap.mmap, watch: Watch | None) -> None:
    _alone()
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)  # a pool's workers wait for ever where the first one is killed
    if os.getppid() != parent:
        os._exit(1)
    _Inherited.items, _Inherited.do, _Inherited.board, _Inherited.watch = items, staticmethod(do), board, watch


def _alone() -> None:
    """Leave Ctrl-C, which goes to all of a terminal's processes, to the first one; end without more ado when that one says so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()  # a process of ours: what is loaded stays until its end
    gc.set_threshold(*COLLECT_AT)
    shortcut()


def _nth(index: int) -> Any:  # noqa: ANN401
    _Inherited.board[index] = 1
    return watched(_Inherited.do, _Inherited.items[index], _Inherited.watch, index)


class _Raised(NamedTuple):
    """An exception of the work itself, which is not to be taken for one of the executor."""

    fault: Exception


def watched(do: Callable[[Item], Result], item: Item, watch: Watch | None, index: int) -> Result | _Raised:
    """Return what `do` makes of an item, or raises; one at a time in a process, which ends itself where that takes too long."""
    with watch.over(index) if watch else one_at_a_time:
        try:
            return do(item)
        except Exception as fault:
            return _Raised(fault)
