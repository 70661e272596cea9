"""How `briefgen draft` makes a draft: the keys below `draft:` of a project's file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class ModelSettings(BaseModel):
    """Which model to ask, and where. The key is never written in a file: `key` names a variable of the environment."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    provider: Literal["openai", "anthropic", "mistral"] = Field(
        "openai",
        description="Whose protocol: `openai` is also that of Ollama, vLLM and llama.cpp, with their `url`.",
        examples=["openai"],
    )
    name: str = Field(description="The name of the model, as the server calls it.", examples=["mistral-small"])
    url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+$")] | None = Field(
        None, description="The server; left out: the provider's own.", examples=["http://127.0.0.1:11434/v1"]
    )
    key: str | None = Field(None, description="The variable of the environment that holds the key.", examples=["MISTRAL_API_KEY"])
    retries: Annotated[int, Field(ge=0, le=10)] = Field(
        3, description="How often what the evidence gate refuses goes back before it is dropped.", examples=[3]
    )
    seconds: Annotated[float, Field(gt=0, le=3600)] = Field(120.0, description="How long one answer may take.", examples=[120])
    price_in: Annotated[float, Field(ge=0)] | None = Field(
        None, description="The price of a million tokens sent, for the report.", examples=[0.1]
    )
    price_out: Annotated[float, Field(ge=0)] | None = Field(
        None, description="The price of a million tokens answered.", examples=[0.3]
    )


class DraftSettings(BaseModel):
    """Which drafter, and what it needs."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    drafter: Literal["extractive", "llm"] = Field(
        "extractive", description="The drafter that `briefgen draft` takes unless told otherwise.", examples=["llm"]
    )
    model: ModelSettings | None = Field(
        None, description="The model of the drafter `llm`.", examples=[{"provider": "openai", "name": "mistral-small"}]
    )
