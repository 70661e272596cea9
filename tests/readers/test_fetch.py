"""Fetching: what is fetched, what is refused before a byte is sent, and where it stops."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

import pytest

from briefgen.findings.diagnostics import BriefgenError, UsageError
from briefgen.readers.fetch import Limits, fetch

PAGE = "<html><title>Häfen</title><p>Ferries stop.</p></html>".encode()
OPEN = Limits(private=True)


class Handler(BaseHTTPRequestHandler):
    """A small web server with every bad habit."""

    seen: list[tuple[str, str]]

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def answer(self, content: bytes, kind: str = "text/html; charset=UTF-8", status: int = 200, **more: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": kind, "Content_Length": str(len(content)), **more}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        self.server.seen.append((self.path, self.headers["Host"]))  # type: ignore[attr-defined]
        port = self.server.server_address[1]
        match self.path.partition("?")[0]:
            case "/page":
                self.answer(PAGE)
            case "/zipped":
                self.answer(gzip.compress(PAGE), Content_Encoding="gzip")
            case "/bomb":
                self.answer(gzip.compress(b"0" * 3_000_000), Content_Encoding="gzip")
            case "/large":
                self.answer(b"0" * 3_000_000)
            case "/moved":
                self.answer(b"", status=302, Location="/page?x=1")
            case "/circle":
                self.answer(b"", status=301, Location="/circle")
            case "/private":
                self.answer(b"", status=302, Location=f"http://private.test:{port}/page")
            case "/file":
                self.answer(b"", status=302, Location="file:///etc/passwd")
            case "/nowhere":
                self.answer(b"", status=302)
            case "/picture":
                self.answer(b"GIF", "image/gif")
            case "/report":
                self.answer(b"%PDF-", "application/pdf")
            case "/cut":
                self.answer(PAGE, Content_Length="999999")
            case _:
                self.answer(b"gone", status=404)


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = True
    made.seen = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def at(server: ThreadingHTTPServer) -> Callable[[str], str]:
    return lambda path: f"http://127.0.0.1:{server.server_address[1]}{path}"


def still() -> float:
    return 0.0


def test_a_page_comes_with_its_kind_and_charset(at: Callable[[str], str]) -> None:
    found = fetch(at("/page"), still, OPEN)
    assert (found.url, found.content, found.ending, found.charset) == (at("/page"), PAGE, ".html", "utf-8")


def test_what_is_packed_is_unpacked(at: Callable[[str], str]) -> None:
    assert fetch(at("/zipped"), still, OPEN).content == PAGE


def test_a_redirect_is_followed(at: Callable[[str], str]) -> None:
    assert fetch(at("/moved"), still, OPEN).url == at("/page?x=1")


def test_a_pdf_is_known_by_its_kind(at: Callable[[str], str]) -> None:
    assert fetch(at("/report"), still, OPEN).ending == ".pdf"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/bomb", "larger than 1 MB"),
        ("/large", "larger than 1 MB"),
        ("/circle", "more than 5 redirects"),
        ("/nowhere", "does not say where"),
        ("/picture", "is no text but image/gif"),
        ("/none", "the server answers 404"),
        ("/cut", "the answer broke off"),
    ],
)
def test_what_can_t_be_fetched_says_why(at: Callable[[str], str], path: str, told: str) -> None:
    with pytest.raises(BriefgenError, match=told) as fault:
        fetch(at(path), still, Limits(size=1_000_000, private=True))
    assert fault.value.hint


def test_time_is_counted_over_the_whole_fetch(at: Callable[[str], str]) -> None:
    ticks = count(step=15)
    with pytest.raises(BriefgenError, match="takes longer than 25 s"):
        fetch(at("/page"), lambda: float(next(ticks)), Limits(seconds=25, private=True))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.1.1", "0.0.0.0", "::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::808:808",
     "4000::1", "::", "2001:db8::1", "2a00::5efe:10.0.0.1", "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1",
     "100.64.0.1", "224.0.0.1", "2002:7f00:1::"],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused_before_anything_is_sent(server: ThreadingHTTPServer, address: str) -> None:
    with pytest.raises(UsageError, match="no public address"):
        fetch(f"http://harmless.test:{server.server_address[1]}/page", still, resolver=lambda *_: ["93.184.216.34", address])
    assert server.seen == []  # type: ignore[attr-defined]


def test_a_redirect_to_a_private_address_is_refused(server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefgen.readers import fetch as module

    monkeypatch.setattr(module, "_public", lambda address: str(address) == "127.0.0.1")
    names = {"outside.test": ["127.0.0.1"], "private.test": ["127.0.0.2"]}
    port = server.server_address[1]
    with pytest.raises(UsageError, match=r"127\.0\.0\.2, which is no public address \(redirected from http://outside\.test"):
        fetch(f"http://outside.test:{port}/private", still, resolver=lambda host, _: names[host])
    assert server.seen == [("/private", f"outside.test:{port}")]  # type: ignore[attr-defined]


def test_the_name_is_looked_up_once_and_sent_along(server: ThreadingHTTPServer) -> None:
    asked: list[str] = []

    def resolver(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    port = server.server_address[1]
    fetch(f"http://desk.test:{port}/page", still, OPEN, resolver)
    assert asked == ["desk.test"]
    assert server.seen == [("/page", f"desk.test:{port}")]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("file:///etc/passwd", "no web address"),
        ("ftp://example.eu/x", "no web address"),
        ("https:///x", "no web address"),
        ("http://[::1", "no web address"),
        ("http://example.eu:99999/", "no web address"),
        ("http://me:secret@example.eu/", "holds a user name or a password"),
    ],
)
def test_what_is_no_web_address_is_refused(url: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as fault:
        fetch(url, still, resolver=lambda *_: pytest.fail("looked up"))
    assert "secret" not in fault.value.message


def test_a_redirect_to_a_file_is_refused(at: Callable[[str], str]) -> None:
    with pytest.raises(UsageError, match="no web address"):
        fetch(at("/file"), still, OPEN)


def test_an_unknown_host_is_told() -> None:
    def resolver(*_: object) -> list[str]:
        raise OSError("unknown")

    with pytest.raises(BriefgenError, match=r"there is no host nowhere\.test"):
        fetch("http://nowhere.test/", still, resolver=resolver)


def test_a_port_that_nobody_listens_at_is_told() -> None:
    with pytest.raises(BriefgenError, match="no connection"):
        fetch("http://127.0.0.1:9/", still, OPEN)


def test_a_host_with_an_umlaut_is_sent_in_ascii(server: ThreadingHTTPServer) -> None:
    port = server.server_address[1]
    fetch(f"http://häfen.test:{port}/page", still, OPEN, lambda *_: ["127.0.0.1"])
    assert server.seen == [("/page", f"xn--hfen-loa.test:{port}")]  # type: ignore[attr-defined]


# ---- servers that never come to an end


EMPTY = zlib.compressobj(wbits=-zlib.MAX_WBITS)
NOTHING = EMPTY.flush(zlib.Z_FULL_FLUSH)
"""Deflate that unpacks to nothing, as often as it comes."""
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ENDLESS = {
    "heads that trickle in": (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a", True),
    "100 Continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", False),
    "trailers": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n", b"X: y\r\n", False),
    "deflate of nothing": (HEAD + b"Content-Encoding: deflate\r\n\r\n", NOTHING, False),
    "gzip of nothing": (HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10], NOTHING, False),
    "a body that trickles in": (HEAD + b"\r\n", b"a", True),
}


@pytest.fixture
def raw() -> Iterator[Callable[[bytes, bytes, bool], str]]:
    """Return what starts a server that answers with some bytes, then with others without an end, and tells its address."""
    ended = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def serve(first: bytes, more: bytes, slowly: bool) -> None:
        with suppress(OSError):
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(first)
                while more and not ended.wait(0.05 if slowly else 0):
                    connection.sendall(more)

    def started(first: bytes, more: bytes, slowly: bool) -> str:
        threads.append(threading.Thread(target=serve, args=(first, more, slowly)))
        threads[-1].start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}/"

    yield started
    ended.set()
    listening.close()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("name", ENDLESS)
def test_the_time_holds_whatever_a_server_does(raw: Callable[[bytes, bytes, bool], str], name: str) -> None:
    with pytest.raises(BriefgenError, match=r"takes longer than 0\.4 s|no answer in time"):
        fetch(raw(*ENDLESS[name]), still, Limits(seconds=0.4, private=True))


def test_a_name_that_is_looked_up_for_ever_is_given_up() -> None:
    found = threading.Event()
    with pytest.raises(BriefgenError, match="takes longer than"):
        fetch("http://slow.test/", still, Limits(seconds=0.1), lambda *_: ["93.184.216.34"] if found.wait(60) else [])
    found.set()


PACKED = gzip.compress(PAGE * 50)
BROKEN = {
    "a packing that ends in the middle": (HEAD + b"Content-Encoding: gzip\r\n\r\n" + PACKED[:-30], "broke off"),
    "a packing that is none": (HEAD + b"Content-Encoding: gzip\r\n\r\n" + b"x" * 100, "packing is damaged"),
    "a packing that nobody asked for": (HEAD + b"Content-Encoding: br\r\n\r\n" + b"x" * 100, "packed as 'br'"),
    "a chunk that is missing": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "can't fetch"),
    "a place that is no address": (b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n", "no address"),
    "no HTTP": (b"hello\r\n\r\n", "can't fetch"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_half_an_answer_is_none(raw: Callable[[bytes, bytes, bool], str], name: str) -> None:
    content, told = BROKEN[name]
    with pytest.raises(BriefgenError, match=told):
        fetch(raw(content, b"", False), still, OPEN)


def test_deflate_with_and_without_its_head(raw: Callable[[bytes, bytes, bool], str]) -> None:
    for content in (zlib.compress(PAGE), zlib.compress(PAGE, wbits=-15)):
        answer = HEAD + b"Content-Encoding: deflate\r\n\r\n" + content
        assert fetch(raw(answer, b"", False), still, OPEN).content == PAGE


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "::169.254.169.254", "fd00:ec2::254", "168.63.129.16"],
)
def test_where_a_cloud_keeps_its_keys_is_refused_even_if_private_is_allowed(address: str) -> None:
    with pytest.raises(UsageError, match="keeps the keys"):
        fetch("http://harmless.test/", still, OPEN, resolver=lambda *_: [address])
