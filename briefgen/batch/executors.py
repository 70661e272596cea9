"""Which executor a name stands for: `local`, `serial`, `package.module:factory` for any, `dask://HOST:PORT` for a cluster.

In: the name, how many workers, the timer. Out: a `Pool`. What is sent to the workers of another machine are texts, so it must
have briefgen in the same version, and the project's folder under the same path (a shared file system).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from briefgen.batch.pool import Local, Pool, Serial, Shift, watched
from briefgen.batch.watch import Watch
from briefgen.findings.diagnostics import BriefgenError, UsageError
from briefgen.registry import lacking, resolve

FEW = 48
"""Items under way at once where others do the work: enough to keep some dozen workers busy, few enough to lose little."""
PATIENCE = 10.0
"""Seconds in which a scheduler must answer."""


def pool(name: str, workers: int, watch: Watch | None) -> Pool:
    """Return who does the work; raise UsageError for a name that says nothing, BriefgenError where a cluster does not answer."""
    known(name)
    if name == "local":
        return Local(workers, watch)
    if name == "serial":
        return Serial()
    if name.startswith("dask://"):
        return _dask(name, watch)
    return Other(_made_by(name), None)


def known(name: str) -> None:
    """Raise UsageError or BriefgenError for a name that no pool can come of, as far as that is seen without asking a cluster."""
    if name.startswith("dask://"):
        _place(name)
        if find_spec("distributed") is None:
            raise BriefgenError("distributed is not installed, and dask://HOST:PORT needs it", "pip install 'briefgen[dask]'")
    elif ":" in name and "/" not in name:
        _factory(name)
    elif name not in ("local", "serial"):
        raise UsageError(f"there is no executor {name!r}", "there are local, serial, package.module:factory and dask://HOST:PORT")


def timed(name: str) -> bool:
    """Return whether a timer holds with this executor: its workers must be processes that may end."""
    return name == "local" or name.startswith("dask://")


@dataclass(slots=True)
class Other:
    """Workers of any `concurrent.futures.Executor`; `make` makes one, again where the last one broke."""

    make: Callable[[], Executor]
    watch: Watch | None = None
    leave: Callable[[], None] | None = None
    executor: Executor | None = None

    def window(self, left: int) -> int:
        """Return a few dozen."""
        return FEW

    def hire(self, items: Sequence[Any], do: Callable[[Any], Any], *, alone: bool) -> Shift:
        """Return the executor's workers."""
        if self.executor is None:
            self.executor = self.make()
        return _Sent(self, self.executor, items, do, self.watch)

    def close(self) -> None:
        """Let the executor go, and leave the cluster; its workers stay."""
        self.drop()
        if self.leave:
            self.leave()

    def drop(self) -> None:
        """Let the executor go; the next window gets another."""
        if self.executor is not None:
            self.executor.shutdown(wait=False)
            self.executor = None


@dataclass(slots=True)
class _Sent:
    """Items of one window, sent to an executor."""

    home: Other
    executor: Executor
    items: Sequence[Any]
    do: Callable[[Any], Any]
    watch: Watch | None
    sent: list[Future[Any]] = field(default_factory=list)

    def submit(self, index: int) -> Future[Any]:
        """Send one item."""
        self.sent.append(self.executor.submit(watched, self.do, self.items[index], self.watch, index))
        return self.sent[-1]

    def begun(self, index: int) -> bool:
        """Return True: nobody knows."""
        return True

    def end(self, *, at_once: bool) -> None:
        """Keep the executor for the next window, unless it broke or the work is called off."""
        broken = any(future.done() and not future.cancelled() and _broke(future) for future in self.sent)
        if at_once or broken:
            for future in self.sent:
                future.cancel()
            self.home.drop()


def _broke(future: Future[Any]) -> bool:
    from concurrent.futures import BrokenExecutor

    return isinstance(future.exception(), BrokenExecutor)


def _made_by(name: str) -> Callable[[], Executor]:
    factory = _factory(name)

    def make() -> Executor:
        try:
            made = factory()
        except Exception as fault:
            message = f"{name} gives no executor: {type(fault).__name__}: {fault}"
            raise BriefgenError(message, "see that what it stands for is there, or name another one") from fault
        if not hasattr(made, "submit"):
            raise UsageError(f"{name} gives no executor but {type(made).__name__}", "it returns a concurrent.futures.Executor")
        executor: Executor = made
        return executor

    return make


def _factory(name: str) -> Callable[[], Any]:
    """Return what a dotted name names; raise UsageError where it names nothing, or nothing that can be called."""
    try:
        factory: Any = resolve(name)
    except ImportError as fault:
        raise UsageError(f"{name} can't be imported: {fault}", "install what it needs, where briefgen is installed") from fault
    except UsageError:
        raise
    except BriefgenError as fault:
        cure = "an executor is named as package.module:factory; PYTHONPATH says where modules lie"
        raise UsageError(fault.message, cure) from fault
    if not callable(factory):
        raise UsageError(f"{name} is no function but {type(factory).__name__}", "it returns a concurrent.futures.Executor")
    made: Callable[[], Any] = factory
    return made


def _place(name: str) -> str:
    """Return the address of a scheduler as dask has it; raise UsageError for one without host or port."""
    try:
        parts = urlsplit(name)
        whole = bool(parts.hostname and parts.port)
    except ValueError:
        whole = False
    if not whole:
        raise UsageError(f"no scheduler is named by {name}", "dask://HOST:PORT, as in dask://127.0.0.1:8786")
    return f"tcp://{parts.netloc}"


def _dask(name: str, watch: Watch | None) -> Other:
    """Return the workers of a dask scheduler: each item is one task, which dask tries again where its worker dies."""
    place = _place(name)
    try:
        client: Any = import_module("distributed").Client(place, timeout=PATIENCE, set_as_default=False)
    except ImportError as fault:
        raise lacking(fault, "dask://HOST:PORT", "dask") from fault
    except (OSError, ValueError, TimeoutError) as fault:
        cure = "start one with `dask scheduler`, and workers with `dask worker`; docs/scale.md says how"
        raise BriefgenError(f"no dask scheduler answers at {place}", cure) from fault
    return Other(lambda: client.get_executor(pure=False), watch, client.close)  # pure: an item tried again were not done again
