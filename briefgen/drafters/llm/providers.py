"""The model that a project names, as pydantic-ai knows it. Only this module loads a provider's library.

In: settings and a key. Out: a model, and the client that speaks to its server: to that address and no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.model.drafting import ModelSettings

if TYPE_CHECKING:
    from httpx2 import AsyncClient
    from pydantic_ai.models import Model

NO_KEY = "none"
"""What a server of one's own is given: it asks for no key, but the protocol sends one."""
SERVERS = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "mistral": "https://api.mistral.ai",
}


def address(chosen: ModelSettings) -> str:
    """Return where the articles go: never left to a variable of the environment, as the libraries do it."""
    return chosen.url or SERVERS[chosen.provider]


def client(chosen: ModelSettings) -> AsyncClient:
    """Return a client that follows no redirect: what is sent goes to the named server or nowhere. Raises ImportError."""
    from httpx2 import AsyncClient, Timeout

    # A proxy that the environment names is used, save for a server of this machine.
    return AsyncClient(
        timeout=Timeout(chosen.seconds, connect=min(10.0, chosen.seconds)), follow_redirects=False, trust_env=not chosen.local
    )


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
