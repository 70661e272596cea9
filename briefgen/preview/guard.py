"""Who may ask, and what every answer says: the door of the preview's server.

A page of another site can make a browser ask any address of this machine. So a request must name this server as its host (a
foreign name could be turned to 127.0.0.1 by its owner's DNS), and must come from the preview's own page or from nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
BRIEF_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""For the brief as HTML: its own styles and pictures, and no script, wherever it is opened."""
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """Lets requests through to the app that are meant for it, and puts the safety headers on every answer."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        """Answer under two names of this machine, at one port."""
        self.app = app
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self.origins = {f"http://{host}" for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it: 400 for a foreign host, 403 for a foreign page."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            await send(message)

        answer = self.refusal(Headers(scope=scope)) or self.app
        await answer(scope, receive, guarded)

    def refusal(self, headers: Headers) -> PlainTextResponse | None:
        """Return the answer to a request that is not for us or not from us; None where it may pass."""
        if not _all_in(headers.getlist("host"), self.hosts) or not headers.getlist("host"):
            return PlainTextResponse("this is not the host that you asked for\n", 400)
        site = headers.get("sec-fetch-site", "none")
        if not _all_in(headers.getlist("origin"), self.origins) or site not in ("none", "same-origin"):
            return PlainTextResponse("only the preview's own page may ask\n", 403)
        return None


def _all_in(values: Iterable[str], allowed: set[str]) -> bool:
    return all(value.lower() in allowed for value in values)
