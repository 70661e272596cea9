"""Answers the browser: the page, its state, pictures and files, and a stream that says when something changed.

In: a `Versions`. Out: HTTP on the loopback, until Ctrl-C. No path of a request reaches the file system: names are looked up among
what is shown. Versions are made in one thread beside the event loop, so that it never waits.
"""

from __future__ import annotations

import asyncio
import errno
import json
import os
import queue
import socket
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from types import FrameType
from typing import Any, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from briefgen.findings.diagnostics import BriefgenError, Rejected, UsageError
from briefgen.preview import watch
from briefgen.preview.guard import BRIEF_POLICY, Guard
from briefgen.preview.versions import Unknown, Versions
from briefgen.registry import Format

HOST = "127.0.0.1"
BEAT = 15.0
"""Seconds between two signs of life on a stream on which nothing happens."""
ASSETS = {
    "/": ("preview.html", "text/html"),
    "/preview.css": ("preview.css", "text/css"),
    "/preview.js": ("preview.js", "text/javascript"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}

Result = TypeVar("Result")


class Worker:
    """One thread that does things in the order in which they are asked for; it never keeps the process from ending."""

    def __init__(self) -> None:
        """Start it."""
        self._waiting: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="preview", daemon=True).start()

    async def do(self, action: Callable[[], Result]) -> Result:
        """Return what an action returns, or raise what it raises."""
        future: Future[Result] = Future()
        self._waiting.put((future, action))
        return await asyncio.wrap_future(future)

    def _run(self) -> None:
        while True:
            future, action = self._waiting.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(action())
            except BaseException as fault:
                future.set_exception(fault)


class Bell:
    """Tells any number of streams that there is news, or that all is over."""

    def __init__(self) -> None:
        """Begin in silence."""
        self.next = asyncio.Event()
        self.over = False

    def ring(self) -> None:
        """Wake all who wait."""
        rung, self.next = self.next, asyncio.Event()
        rung.set()

    def close(self) -> None:
        """End all streams."""
        self.over = True
        self.ring()


class Preview:
    """The answers, one method for each address."""

    def __init__(self, desk: Versions) -> None:
        """Serve what is on a desk."""
        self.desk, self.worker, self.bell = desk, Worker(), Bell()

    def app(self, port: int) -> Starlette:
        """Return the application, behind the guard of this port."""
        routes = [
            *(Route(path, self.asset) for path in ASSETS),
            Route("/state", self.state),
            Route("/events", self.events),
            Route("/pages/{key}.png", self.picture),
            Route("/brief.html", self.html),
            Route("/download/{fmt}", self.download),
        ]
        return Starlette(routes=routes, middleware=[Middleware(Guard, port=port)], lifespan=self.life)

    @asynccontextmanager
    async def life(self, _app: Starlette) -> AsyncIterator[None]:
        """Follow the files while the server runs, and make the first version while the browser opens."""
        ready = asyncio.Event()
        following = asyncio.create_task(watch.follow(lambda: self.worker.do(self.desk.watched), self.touch, ready))
        await asyncio.wait({following, asyncio.create_task(ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
        first = asyncio.create_task(self.worker.do(self.desk.state))
        yield
        first.cancel()
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following

    def touch(self, project: bool) -> None:
        """Note that files changed, and tell every page that is open."""
        self.desk.touch(project=project)
        self.bell.ring()

    # --- answers ------------------------------------------------------------------------------------------------

    async def asset(self, request: Request) -> Response:
        """Return one of the files of the page itself."""
        name, kind = ASSETS[request.url.path]
        text = (files("briefgen.preview") / "assets" / name).read_text(encoding="utf-8")
        return Response(text.replace("<!-- formats -->", _downloads(self.desk.formats)), media_type=kind)

    async def state(self, request: Request) -> Response:
        """Return the newest state of the version that is asked for; 404 for one that there can't be."""
        summary, audience = _asked(request)
        try:
            state = await self.worker.do(lambda: self.desk.state(summary, audience))
        except Unknown:
            return PlainTextResponse("there is no such summary here\n", 404)
        return Response(json.dumps(state, ensure_ascii=False), media_type="application/json")

    async def events(self, _request: Request) -> Response:
        """Return a stream of server-sent events (HTML Standard §9.2): the number of the newest state, whenever it grows."""
        return StreamingResponse(self._news(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    async def _news(self) -> AsyncIterator[str]:
        yield "retry: 500\n\n"
        while not self.bell.over:
            waiting = self.bell.next  # taken before the number is read: no ring goes unheard
            yield f"data: {self.desk.generation}\n\n"
            while not waiting.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(waiting.wait(), BEAT)
                if not waiting.is_set():
                    yield ": nothing new\n\n"

    async def picture(self, request: Request) -> Response:
        """Return a page that is shown, by its key."""
        picture = self.desk.picture(request.path_params["key"])
        if picture is None:
            return PlainTextResponse("this page is no longer shown\n", 404)
        return Response(picture.png, media_type="image/png", headers={"ETag": f'"{picture.key}"'})

    async def html(self, request: Request) -> Response:
        """Return the brief as HTML, to be shown in a frame: no script runs in it."""
        return await self._file(request, "html", {"Content-Security-Policy": BRIEF_POLICY})

    async def download(self, request: Request) -> Response:
        """Return the brief as a file to keep."""
        fmt = request.path_params["fmt"]
        known = any(row.name == fmt for row in self.desk.formats)
        return await self._file(request, fmt, {}) if known else PlainTextResponse("there is no such format\n", 404)

    async def _file(self, request: Request, fmt: str, headers: dict[str, str]) -> Response:
        summary, audience = _asked(request)
        try:
            name, content = await self.worker.do(lambda: self.desk.file(summary, audience, fmt))
        except Unknown:
            return PlainTextResponse("there is no such brief yet\n", 404)
        except BriefgenError as fault:
            return PlainTextResponse(f"{fault.message}\n{fault.hint}\n", 500)
        except Rejected as fault:  # a writer of the project's own
            return PlainTextResponse(f"{fault}\n", 500)
        kept = headers or {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": BRIEF_POLICY}
        kind = next(row.media_type for row in self.desk.formats if row.name == fmt)
        return Response(content, media_type=kind, headers=kept)


def _downloads(formats: Sequence[Format]) -> str:
    """Return a link for each format, as items of a list."""
    link = '<li><a id="{0.name}" href="/download/{0.name}" aria-label="Download as {0.words}" download>{0.title}</a></li>'
    return "\n      ".join(link.format(row) for row in formats)


def _asked(request: Request) -> tuple[str, str]:
    return request.query_params.get("summary", ""), request.query_params.get("audience", "")


# --- the server -------------------------------------------------------------------------------------------------


class _Server(uvicorn.Server):
    """A server that ends its streams when it is told to stop: it would wait for them for ever."""

    def __init__(self, config: uvicorn.Config, bell: Bell, started: Callable[[], None]) -> None:
        super().__init__(config)
        self.bell, self.tell = bell, started
        self.loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self.tell()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.bell.close)


def bind(port: int) -> socket.socket:
    """Return a socket that listens on the loopback, at a free port for 0; raise UsageError where the port can't be had."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # elsewhere it would let two programs listen at one port
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((HOST, port))
    except (OSError, OverflowError) as fault:
        made.close()
        used = isinstance(fault, OSError) and fault.errno == errno.EADDRINUSE
        why = "is in use" if used else "can't be had"
        raise UsageError(f"port {port} {why}", "name another one with --port; 0 takes a free one") from fault
    return made


def serve(desk: Versions, port: int, started: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; `started` is given the address once it answers. Raises UsageError for a port that can't be had."""
    listening = bind(port)
    port = listening.getsockname()[1]
    preview = Preview(desk)
    config = uvicorn.Config(
        preview.app(port),
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="on",
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=1,
    )
    try:
        _Server(config, preview.bell, lambda: started(f"http://{HOST}:{port}/")).run([listening])
    finally:
        listening.close()
