"""One page from the web, carefully: an address in, its bytes out. Only this reader reaches a network.

Each address is resolved once, judged, and connected to as judged, so that a name can't change between the two. Redirects are
judged like the first address. Private, loopback and other addresses that are not the public Internet's are refused unless asked
for (RFC 6890's registry, as `ipaddress` knows it).
"""

from __future__ import annotations

import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urljoin, urlsplit

from briefgen.findings.diagnostics import BriefgenError, UsageError
from briefgen.readers import FORMATS, words

if TYPE_CHECKING:
    from http.client import HTTPConnection

    from urllib3 import BaseHTTPResponse, HTTPConnectionPool

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], list[str]]

AGENT = "briefgen (article reader)"
KINDS = {kind: row for row in FORMATS for kind in row.media}
ACCEPT = ", ".join((*(kind if row.name == "html" else f"{kind};q=0.9" for kind, row in KINDS.items()), "*/*;q=0.1"))
"""Of one thing in several forms, a server is asked for the page: it says best who wrote it, and when (RFC 9110 §12.5.1)."""
_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 64 * 1024
_EITHER = 32 + zlib.MAX_WBITS  # zlib finds out whether it is gzip or deflate
_UNICAST = ip_network("2000::/3")
_CARRIERS = (ip_network("::/96"), ip_network("64:ff9b::/96"))
_METADATA = frozenset(
    map(
        ip_address,
        ("169.254.169.254", "169.254.170.2", "169.254.170.23", "168.63.129.16", "100.100.100.200", "192.0.0.192",
         "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254"),
    )
)  # fmt: skip
"""Where Amazon, Microsoft, Google, Alibaba and Oracle give a virtual machine its keys; refused with --allow-private, too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may take: bytes as unpacked, seconds in all, redirects; and whether private addresses are allowed."""

    size: int = 10_000_000
    seconds: float = 20.0
    redirects: int = 5
    private: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was at an address: where it was found in the end, its bytes, and the ending that a file of this kind has."""

    url: str
    content: bytes
    ending: str
    charset: str = ""


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the system's order of preference."""
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def fetch(url: str, clock: Callable[[], float], limits: Limits = Limits(), resolver: Resolver = resolve) -> Fetched:
    """Return what stands at an http or https address; `clock` tells seconds that never go back.

    Raises UsageError for an address that may not be fetched (its kind, a private one, itself or by a redirect), BriefgenError for
    one that can't be (no answer, an error of the server, too large, too slow, a kind that is no text).

    A thread does it and is left to itself when the time is over: a name that is looked up, heads and trailers that trickle
    in, and `100 Continue` without an end wait where no timeout of a socket counts them together.
    """
    answer: Queue[Fetched | BaseException] = Queue()
    held: list[HTTPConnection] = []

    def ask() -> None:
        try:
            answer.put(_fetched(url, clock, limits, resolver, held))
        except BaseException as fault:
            answer.put(fault)

    threading.Thread(target=ask, name="briefgen-fetch", daemon=True).start()
    try:
        found = answer.get(timeout=limits.seconds)
    except Empty as fault:
        raise BriefgenError(f"can't fetch {url}: it takes longer than {limits.seconds:g} s", _BY_HAND) from fault
    finally:
        for connection in held:  # a read that still waits comes to its end
            with suppress(OSError, AttributeError):
                connection.sock.shutdown(socket.SHUT_RDWR)
    if isinstance(found, BaseException):
        raise found
    return found


def _fetched(url: str, clock: Callable[[], float], limits: Limits, resolver: Resolver, held: list[HTTPConnection]) -> Fetched:
    deadline = clock() + limits.seconds
    first = url
    for _ in range(limits.redirects + 1):
        parts = _judged(url, first)
        with (
            _pool(parts, _address(parts, limits, resolver, first), held) as pool,
            _asked(url, parts, pool, deadline - clock()) as response,
        ):
            if response.status not in _MOVED:
                return _read(first, url, response, limits, lambda: deadline - clock())
            target = response.headers.get("Location")
        if not target:
            raise BriefgenError(f"can't fetch {first}: the server moved it and does not say where", _BY_HAND)
        try:
            url = urljoin(url, target)
        except ValueError as fault:  # `http://[::1`
            raise BriefgenError(f"can't fetch {first}: the server moved it to {target[:60]!r}, no address", _BY_HAND) from fault
    raise BriefgenError(f"can't fetch {first}: more than {limits.redirects} redirects", _BY_HAND)


_BY_HAND = "open it in a browser, save the page, and give the file"


def _judged(url: str, first: str) -> SplitResult:
    """Return the parts of an address that may be asked; a user name in it is refused, since it would be printed with it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise UsageError(f"{url!r} is no web address: {fault}", "write it as in a browser: https://…") from fault
    through = "" if url == first else f" (redirected from {first})"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url!r} is no web address{through}", "only http:// and https:// addresses are fetched")
    if parts.username or parts.password:
        raise UsageError(f"the address of {parts.hostname} holds a user name or a password{through}", _BY_HAND)
    if port == 0:
        raise UsageError(f"{url!r} has no port that can be asked{through}", "leave the port out")
    return parts


def _address(parts: SplitResult, limits: Limits, resolver: Resolver, first: str) -> str:
    """Return the address to connect to; one private address among several refuses the host."""
    host = parts.hostname or ""
    try:
        found = resolver(host, _port(parts))
    except (OSError, UnicodeError) as fault:
        raise BriefgenError(f"can't fetch {first}: there is no host {host}", "check the address, and the network") from fault
    addresses = {text: _unpacked(ip_address(text.partition("%")[0])) for text in found}
    if any(address in _METADATA for address in addresses.values()):
        raise UsageError(f"{host} is where a cloud keeps the keys of this machine, and never fetched", _BY_HAND)
    private = [text for text, address in addresses.items() if not _public(address)]
    if private and not limits.private:
        raise UsageError(
            f"{host} is at {private[0]}, which is no public address" + ("" if host in first else f" (redirected from {first})"),
            "allow it with --allow-private if it is your own server",
        )
    if not found:
        raise BriefgenError(f"can't fetch {first}: there is no host {host}", "check the address, and the network")
    return found[0]


def _unpacked(address: Address) -> Address:
    """Return the IPv4 address that one of IPv6 stands for, else itself.

    RFC 4291 §2.5.5 (compatible and mapped ones), RFC 6052 §2.1 (NAT64), RFC 3056 §2 (6to4), RFC 5214 §6.1 (ISATAP).
    """
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour or address
    last = int(address) & 0xFFFF_FFFF
    isatap = (int(address) >> 32) & 0xFDFF_FFFF == 0x5EFE
    if isatap or (any(address in network for network in _CARRIERS) and last > 1):  # :: and ::1 are themselves
        return IPv4Address(last)
    return address


def _public(address: Address) -> bool:
    """Return whether an address, unpacked, is the public Internet's: of IPv6 only 2000::/3 is (IANA's registry)."""
    if isinstance(address, IPv6Address) and address not in _UNICAST:
        return False
    return address.is_global and not address.is_multicast


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _asked(url: str, parts: SplitResult, pool: HTTPConnectionPool, seconds: float) -> BaseHTTPResponse:
    """Return the answer of a server, its body not read yet."""
    from http.client import HTTPException

    from urllib3 import Timeout
    from urllib3.exceptions import HTTPError

    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = {"Host": _ascii(parts.netloc), "User-Agent": AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip"}
    timeout = Timeout(connect=max(seconds, 0.001), read=max(seconds, 0.001))
    try:
        return pool.urlopen(
            "GET",
            path,
            headers=head,
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=timeout,
            assert_same_host=False,
            enforce_content_length=False,
        )
    except (HTTPError, HTTPException, ValueError) as fault:
        raise BriefgenError(f"can't fetch {url}: {_words(fault)}", _BY_HAND) from fault


def _pool(parts: SplitResult, address: str, held: list[HTTPConnection]) -> HTTPConnectionPool:
    """Return connections to the address that was judged, put into `held`; a certificate is checked against the host's name."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool

    name = _ascii(parts.hostname or "")
    checked: Any = {"server_hostname": name, "assert_hostname": name, "cert_reqs": "CERT_REQUIRED"}
    https = parts.scheme == "https"
    pool = HTTPSConnectionPool(address, _port(parts), **checked) if https else HTTPConnectionPool(address, _port(parts))
    plain: Any = pool.ConnectionCls

    def made(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - as the class takes them
        held.append(plain(*values, **named))
        return held[-1]

    pool.ConnectionCls = made  # type: ignore[assignment]
    return pool


def _ascii(host: str) -> str:
    """Return a host as it goes over the wire (IDNA); it was looked up already, so that it has such a form."""
    return host.encode("idna").decode("ascii") if not host.isascii() else host


def _words(fault: Exception) -> str:
    kind = type(fault).__name__
    return {
        "ConnectTimeoutError": "no answer in time",
        "ReadTimeoutError": "no answer in time",
        "NewConnectionError": "no connection",
        "SSLError": "its certificate can't be trusted",
    }.get(kind, kind)


def _read(first: str, url: str, response: BaseHTTPResponse, limits: Limits, left: Callable[[], float]) -> Fetched:
    if response.status != 200:
        raise BriefgenError(f"can't fetch {first}: the server answers {response.status}", _BY_HAND)
    kind, _, options = response.headers.get("Content-Type", "text/html").partition(";")
    row = KINDS.get(kind.strip().lower())
    if row is None:
        raise BriefgenError(f"{first} is no text but {kind.strip()}", f"give an address of {words()}")
    content = b"".join(_pieces(first, response, limits, left))
    charset = next((each.partition("=")[2] for each in options.split(";") if each.strip().lower().startswith("charset=")), "")
    return Fetched(url, content, row.endings[0], charset.strip().strip("\"'").lower())


def _pieces(first: str, response: BaseHTTPResponse, limits: Limits, left: Callable[[], float]) -> Iterator[bytes]:
    from urllib3.exceptions import HTTPError

    size = 0
    unpack = _Unpacker(first, response.headers.get("Content-Encoding", ""))
    try:
        while packed := response.read1(_CHUNK, decode_content=False):
            if left() <= 0:
                raise BriefgenError(f"can't fetch {first}: it takes longer than {limits.seconds:g} s", _BY_HAND)
            piece = unpack(packed, limits.size - size + 1)
            size += len(piece)
            if size > limits.size:
                raise BriefgenError(f"can't fetch {first}: it is larger than {limits.size / 1e6:g} MB", _BY_HAND)
            yield piece
    except HTTPError as fault:
        raise BriefgenError(f"can't fetch {first}: {_words(fault)}", _BY_HAND) from fault
    announced = response.headers.get("Content-Length", "")
    if (announced.isdigit() and response.tell() < int(announced)) or not unpack.whole:
        raise BriefgenError(f"can't fetch {first}: the answer broke off", _BY_HAND)


class _Unpacker:
    """Takes an answer out of its packing (RFC 9110 §8.4.1), never more of it than asked for."""

    def __init__(self, first: str, encoding: str) -> None:
        """Begin; raise BriefgenError for a packing that was not asked for."""
        self.first, self.packing = first, encoding.strip().lower()
        if self.packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise BriefgenError(f"can't fetch {first}: it is packed as {self.packing[:40]!r}", _BY_HAND)
        self.packed = self.packing not in ("", "identity")
        self.stream = zlib.decompressobj(_EITHER)
        self.begun = False

    @property
    def whole(self) -> bool:
        """Return whether the packing came to its end; what is not packed, or empty, has none."""
        return not self.packed or not self.begun or self.stream.eof

    def __call__(self, packed: bytes, most: int) -> bytes:
        """Return what a piece holds, `most` bytes at the most; what follows the end is passed over."""
        if not self.packed:
            return packed
        try:
            return self._unpacked(packed, most)
        except zlib.error as fault:
            raise BriefgenError(f"can't fetch {self.first}: its packing is damaged", _BY_HAND) from fault

    def _unpacked(self, packed: bytes, most: int) -> bytes:
        begun, self.begun = self.begun, True
        try:
            return self.stream.decompress(packed, most) if not self.stream.eof else b""
        except zlib.error:
            if begun or self.packing != "deflate":
                raise
            self.stream = zlib.decompressobj(-zlib.MAX_WBITS)  # without the head that RFC 1950 asks for, as some servers send it
            return self.stream.decompress(packed, most)
