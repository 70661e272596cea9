"""Several things at once, on as many processors as there are; one after the other where that is not safe.

Workers are forked: what is loaded already is there, and what they are given needs no pickling; only results travel. No other
system forks as safely as Linux, and no process should that has threads.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from briefgen import settings
from briefgen.diagnostics import BriefgenError

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

MOST = 8  # workers; each takes about 100 MB

Item = TypeVar("Item")
Result = TypeVar("Result")


def each(items: Sequence[Item], do: Callable[[Item], Result]) -> Iterator[Result]:
    """Start `do` on every item and return the results in the order of the items; an exception comes where its result would.

    Raises BriefgenError where the system ends a worker.
    """
    workers = min(len(items), settings.workers() or min(_processors(), MOST))
    if workers < 2 or threading.active_count() > 1:
        return map(do, items)
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(workers, get_context("fork"), _inherit, (items, do))
    return _gathered(executor, [executor.submit(_at, index) for index in range(len(items))])


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _gathered(executor: ProcessPoolExecutor, futures: Sequence[Future[Any]]) -> Iterator[Any]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        for future in futures:
            yield future.result()
    except BrokenProcessPool as fault:
        cure = "free some memory, or render fewer summaries at a time"
        raise BriefgenError("the system ended a process of ours, perhaps for want of memory", cure) from fault
    finally:
        executor.shutdown(cancel_futures=True)


class _Inherited:
    """What a worker is given when it is forked."""

    items: Sequence[Any] = ()
    do: Callable[[Any], Any]


def _inherit(items: Sequence[Any], do: Callable[[Any], Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all of a terminal's processes; the first one answers
    _Inherited.items, _Inherited.do = items, staticmethod(do)


def _at(index: int) -> Any:  # noqa: ANN401
    return _Inherited.do(_Inherited.items[index])
