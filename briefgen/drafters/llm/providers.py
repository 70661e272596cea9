"""The model that a project names, as pydantic-ai knows it. Only this module loads a provider's library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.model.drafting import ModelSettings

if TYPE_CHECKING:
    from pydantic_ai.models import Model

NO_KEY = "none"
"""What a server of one's own is given: it asks for no key, but the protocol sends one."""


def build(chosen: ModelSettings, key: str | None) -> Model:
    """Return the model; raises ImportError where its library is missing."""
    if chosen.provider == "anthropic":
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        return AnthropicModel(chosen.name, provider=AnthropicProvider(api_key=key or NO_KEY, base_url=chosen.url))
    if chosen.provider == "mistral":
        from pydantic_ai.models.mistral import MistralModel
        from pydantic_ai.providers.mistral import MistralProvider

        return MistralModel(chosen.name, provider=MistralProvider(api_key=key or NO_KEY, base_url=chosen.url))
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    return OpenAIChatModel(chosen.name, provider=OpenAIProvider(api_key=key or NO_KEY, base_url=chosen.url))
