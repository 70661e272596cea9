"""The model that a project names, as pydantic-ai knows it. Only this module loads a provider's library.

In: settings and a key. Out: a model, and the client that speaks to its server: to that address and no other, and hears of it no
more than an answer can have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefgen.model.drafting import ModelSettings

if TYPE_CHECKING:
    from httpx2 import AsyncClient, Response
    from pydantic_ai.models import Model

NO_KEY = "none"
"""What a server of one's own is given: it asks for no key, but the protocol sends one."""
SERVERS = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "mistral": "https://api.mistral.ai",
}


MAX_ANSWER = 4_000_000
"""Bytes of an answer, unpacked: 16,000 tokens are some 100,000, and a server may send its model's thoughts along."""
_PACKED = ("", "identity", "gzip", "deflate")
"""How an answer may be packed: once, and in a way of which a piece as it comes in can't become gigabytes."""

_SHIPPING = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class TooLarge(Exception):
    """An answer with more than MAX_ANSWER bytes, or packed so that nobody knows before it is unpacked."""


def address(chosen: ModelSettings) -> str:
    """Return where the articles go: never left to a variable of the environment, as the libraries do it."""
    return chosen.url or SERVERS[chosen.provider]


def client(chosen: ModelSettings) -> AsyncClient:
    """Return a client that follows no redirect: what is sent goes to the named server or nowhere. Raises ImportError.

    Its `send` raises TooLarge for an answer over MAX_ANSWER, and from then on for every other, asking nobody: the libraries try
    again after any fault.
    """
    from httpx2 import AsyncClient, Request, Response, Timeout

    class Bounded(AsyncClient):
        over = False

        async def send(self, request: Request, **more: Any) -> Response:  # noqa: ANN401 - as httpx has it
            if self.over:
                raise TooLarge
            request.headers["Accept-Encoding"] = "identity"
            response = await super().send(request, **{**more, "stream": True})
            try:
                content = await _whole(response)
            except TooLarge:
                self.over = True
                raise
            finally:
                await response.aclose()
            # Its content is unpacked and its length known: what said otherwise goes.
            heads = [(name, value) for name, value in response.headers.multi_items() if name.lower() not in _SHIPPING]
            return Response(response.status_code, headers=heads, content=content, request=request, extensions=response.extensions)

    # A proxy that the environment names is used, save for a server of this machine.
    return Bounded(
        timeout=Timeout(chosen.seconds, connect=min(10.0, chosen.seconds)), follow_redirects=False, trust_env=not chosen.local
    )


async def _whole(response: Response) -> bytes:
    if response.headers.get("Content-Encoding", "").strip().lower() not in _PACKED:
        raise TooLarge
    found = bytearray()
    async for piece in response.aiter_bytes():
        found += piece
        if len(found) > MAX_ANSWER:
            raise TooLarge
    return bytes(found)


def build(chosen: ModelSettings, key: str | None, http: AsyncClient) -> Model:
    """Return the model; raises ImportError where its library is missing."""
    secret, url = key or NO_KEY, address(chosen)
    if chosen.provider == "anthropic":
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        return AnthropicModel(chosen.name, provider=AnthropicProvider(api_key=secret, base_url=url, http_client=http))
    if chosen.provider == "mistral":
        from pydantic_ai.models.mistral import MistralModel
        from pydantic_ai.providers.mistral import MistralProvider

        return MistralModel(chosen.name, provider=MistralProvider(api_key=secret, base_url=url, http_client=http))
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    return OpenAIChatModel(chosen.name, provider=OpenAIProvider(api_key=secret, base_url=url, http_client=http))
