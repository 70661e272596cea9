"""Hears of files that changed, and says what that concerns.

In: the folders of a project and of a summary. Out: calls of `touch`, some hundredths of a second after the last of a burst of
changes. Template folders are watched with all that is in them; the project's folder and the summary's (which may be a home
folder) without the folders below.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.files import TEMPORARY_PREFIX
from briefgen.findings.diagnostics import Rejected
from briefgen.preview.family import SUFFIXES
from briefgen.project import own_code
from briefgen.project.project import PROJECT_FILE, Project

STEP, LONGEST = 15, 60
"""Milliseconds: how long it must be quiet after a change, and how long a burst may go on before it is told all the same."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
POLL = 300
AGAIN = 1.0
"""Seconds after which a folder that can't be watched is tried again."""


class Folders(NamedTuple):
    """What is watched: folders with all below, folders alone, the summary's own, files that are named somewhere, and articles."""

    deep: frozenset[Path]
    flat: frozenset[Path]
    home: Path
    files: frozenset[Path]
    articles: frozenset[Path] = frozenset()


def folders(project: Project, summary: Path, articles: Iterable[Path] = ()) -> Folders:
    """Return where a change may matter, links followed. `files` are those that the house style names, and own code.

    `articles` are those with which finals are compared.
    """
    deep = frozenset(root.resolve() for root in project.roots if root.is_dir())
    named = frozenset((*_named(project), *_own(project)))
    home = summary.resolve().parent
    texts = frozenset(
        path.parent.resolve() / path.name for path in articles if path.parent.is_dir()
    )  # the file itself may still be to come
    beside = (path.parent for path in (*named, *texts))
    flat = {home, summary.absolute().parent.resolve(), project.folder.resolve(), *beside}
    alone = frozenset(path for path in flat if not any(path.is_relative_to(root) for root in deep))
    return Folders(deep, alone, home, named, texts)


def _named(project: Project) -> Iterator[Path]:
    """Yield the files that brand.yaml names; while it can't be read, none."""
    try:
        brand = project.brand
    except Exception:  # it is told where a version is made
        return
    for value in _leaves(brand.values) if brand else ():
        path = (brand.path.parent / value).resolve() if brand else Path()
        if path.parent.is_dir():  # the file itself may still be to come
            yield path


def _own(project: Project) -> Iterator[Path]:
    """Yield the files of the project's own rules, readers and formats: of those in its folder."""
    try:
        parts = project.parts
    except Rejected:  # it is told where a version is made
        return
    for part in (*parts.rules, *parts.readers.values(), *parts.writers.values()):
        yield from (path for path in own_code.files(part.dotted, project.folder) if path.is_relative_to(project.folder))


def _leaves(value: Any) -> Iterator[str]:  # noqa: ANN401 - plain data
    if isinstance(value, str) and 0 < len(value) < 250 and "\0" not in value:
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)


def concerns(changed: Iterable[Path], where: Folders) -> str:
    """Return what changed files concern: `project`, `summary`, or nothing (an empty text)."""
    found = {_concern(path, where) for path in changed}
    return next((what for what in ("project", "summary") if what in found), "")


def _concern(path: Path, where: Folders) -> str:
    if path.name.startswith(TEMPORARY_PREFIX):
        return ""
    if path in where.files or path.name in (PROJECT_FILE, "templates") or any(path.is_relative_to(root) for root in where.deep):
        return "project"
    suffix = path.suffix.lower()
    if path.parent == where.home and suffix in PICTURES:
        return "project"  # a template may show it
    known = path in where.articles or (path.parent in where.flat and suffix in SUFFIXES)
    return "summary" if known else ""


async def follow(watched: Callable[[], Awaitable[Folders]], touch: Callable[[bool], None], ready: asyncio.Event) -> None:
    """Call `touch` for each burst of changes that matters, with whether it concerns the project; run until cancelled.

    `watched` is asked again after each: the folders of the project, or of a summary's articles, may be others now. `ready` is set
    once changes are heard.
    """
    while True:
        where = await watched()
        async with _heard(where) as queue:
            if ready.is_set():
                touch(True)  # what happened while nobody listened
            ready.set()
            while True:
                what = concerns(await queue.get(), where)
                if what:
                    touch(what == "project")
                if what and await watched() != where:
                    break


@asynccontextmanager
async def _heard(where: Folders) -> AsyncIterator[asyncio.Queue[set[Path]]]:
    """Yield a queue into which the changed paths of all watched folders are put."""
    stop = asyncio.Event()
    queue: asyncio.Queue[set[Path]] = asyncio.Queue()
    watches = ((where.deep, True), (where.flat, False))
    tasks = [asyncio.create_task(_hear(paths, deep, stop, queue)) for paths, deep in watches if paths]
    await asyncio.sleep(0)  # lets each task get as far as listening
    try:
        yield queue
    finally:
        stop.set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _hear(paths: frozenset[Path], deep: bool, stop: asyncio.Event, queue: asyncio.Queue[set[Path]]) -> None:
    """Put changes into a queue; where the system has no watches left to give, look every POLL milliseconds.

    A folder that is gone can't be watched at all: it is tried again until it is back.
    """
    from watchfiles import awatch

    options: dict[str, Any] = {"recursive": deep, "step": STEP, "debounce": LONGEST, "rust_timeout": 1000}
    for polling in cycle((None, True)):
        with suppress(OSError):
            async for changes in awatch(
                *paths,
                stop_event=stop,
                force_polling=polling,
                poll_delay_ms=POLL,
                ignore_permission_denied=True,
                **options,
            ):
                queue.put_nowait({Path(path) for _, path in changes})
            return
        if polling:
            await asyncio.sleep(AGAIN)
