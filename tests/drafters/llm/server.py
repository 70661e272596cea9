"""A server on loopback that speaks the protocol of OpenAI, and misbehaves as it is told to, one way after the other."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Data = dict[str, Any]
Way = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request: the next way of the server, the last one for ever."""

    server: Server  # type: ignore[assignment]
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}, json.loads(body)))
        ways = self.server.ways
        ways[min(len(self.server.asked), len(ways)) - 1](self)

    def send(self, status: int, body: bytes, **headers: str) -> None:
        """Send an answer and close the connection, so that no thread waits for another request."""
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """The server, what it was asked, and an event that lets those who wait go."""

    daemon_threads = True

    def __init__(self, *ways: Way) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.ways = ways
        self.asked: list[tuple[str, dict[str, str], Data]] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: that a client goes away is what some tests are about."""


@contextmanager
def serving(*ways: Way) -> Iterator[Server]:
    with Server(*ways) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join(10)


def completion(message: Data, **more: Any) -> Data:
    usage = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}
    choice = {"index": 0, "message": {"role": "assistant", "content": None, **message}, "finish_reason": "stop"}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage, **more}


def calls(arguments: str, name: str = "final_result") -> Way:
    """Return a way that answers with these arguments for the form of an answer."""
    call = {"id": "c1", "type": "function", "function": {"name": name, "arguments": arguments}}
    return says(completion({"tool_calls": [call]}))


def drafts(answer: Data) -> Way:
    return calls(json.dumps(answer))


def says(body: Data | str, status: int = 200, **headers: str) -> Way:
    text = body if isinstance(body, str) else json.dumps(body)
    return lambda handler: handler.send(status, text.encode(), **headers)


def hangs(handler: Handler) -> None:
    """Answer nothing until the test is over."""
    handler.server.over.wait(30)
    handler.close_connection = True


def trickles(handler: Handler) -> None:
    """Send a blank at a time, for ever: each comes before any time-out of a read."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def pours(handler: Handler) -> None:
    """Send blanks for ever, as fast as they are taken."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while not handler.server.over.is_set():
        handler.wfile.write(b" " * 65_536)
    handler.close_connection = True


def packed(body: bytes, coding: str) -> Way:
    """Return a way that answers with what is packed already."""
    return lambda handler: handler.send(200, body, Content_Encoding=coding)


def breaks(handler: Handler) -> None:
    """Close in the middle of an answer."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"id": "1", "choices": [')
    handler.wfile.flush()
    handler.close_connection = True
