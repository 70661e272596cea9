"""How `briefgen draft` makes a draft: the keys below `draft:` of a project's file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Annotated, Any, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from briefgen.model.choices import one_of

VARIABLE = re.compile(r"(?=.*_|.{1,15}$)[A-Z_][A-Z0-9_]{0,79}")
"""A variable as everybody writes it. A long word without `_` is rather a key."""
_SECRET_NAME = re.compile(r"key|token|secret|passw|auth|bearer", re.IGNORECASE)
_SECRET = re.compile(r"\b(?:sk|pk|gsk|hf|xai|key|api|bearer)[-_ ][\w-]{8,}|\b(?=[a-z]*\d)\w{20,}", re.IGNORECASE)
_INTRANET = (".localhost", ".local", ".lan", ".internal", ".home.arpa")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft: values as a summary's file holds them, comments by JSON pointer, and notes for the author.

    A comment stands above the value that its pointer names; one whose pointer ends in `/-` stands at the end of that list or
    mapping. Notes are told on the terminal.
    """

    values: Mapping[str, Any]
    comments: Mapping[str, Sequence[str]]
    notes: Sequence[str] = ()


class ModelSettings(BaseModel):
    """Which model to ask, and where. The key is never written in a file: `key` names a variable of the environment."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, hide_input_in_errors=True)

    provider: Literal["openai", "anthropic", "mistral"] = Field(
        "openai",
        description="Whose protocol: `openai` is also that of Ollama, vLLM and llama.cpp, with their `url`.",
        examples=["openai"],
    )
    name: Annotated[str, Field(min_length=1, max_length=200)] = Field(
        description="The name of the model, as the server calls it.", examples=["mistral-small"]
    )
    url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"/@]+[^\s<>\"@]*$")] | None = Field(
        None,
        description="The server; left out: the provider's own. `http://` only for this machine and a network of one's own.",
        examples=["http://127.0.0.1:11434/v1"],
    )
    key: str | None = Field(None, description="The variable of the environment that holds the key.", examples=["MISTRAL_API_KEY"])
    retries: Annotated[int, Field(ge=0, le=10)] = Field(
        3, description="How often what the evidence gate refuses goes back before it is dropped.", examples=[3]
    )
    seconds: Annotated[float, Field(ge=0.1, le=3600)] = Field(120.0, description="How long one answer may take.", examples=[120])
    price_in: Annotated[float, Field(ge=0)] | None = Field(
        None, description="The price of a million tokens sent, for the report.", examples=[0.1]
    )
    price_out: Annotated[float, Field(ge=0)] | None = Field(
        None, description="The price of a million tokens answered.", examples=[0.3]
    )

    @model_validator(mode="before")
    @classmethod
    def _no_secret(cls, values: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        """Refuse a key in the file, under whatever name, before anything that could print it."""
        if isinstance(values, Mapping) and any(_secret(str(key), value) for key, value in values.items()):
            raise PydanticCustomError("secret", "a key")
        return values

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        """Refuse to send articles and a key in the open over a network that is not one's own."""
        if self.url and self.url.startswith("http:") and not _own(_host(self.url)):
            raise PydanticCustomError("unencrypted", "http")
        return self

    @property
    def local(self) -> bool:
        """Return whether the server is this machine."""
        host = _host(self.url or "")
        return host == "localhost" or host.endswith(".localhost") or (_is_address(host) and ip_address(host).is_loopback)


DRAFTERS = ("extractive", "llm")
"""briefgen's own drafters; those of a project come with the check of its file."""
DrafterName = Annotated[str, one_of("drafters", *DRAFTERS)]


class DraftSettings(BaseModel):
    """Which drafter, and what it needs."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    drafter: DrafterName = Field(
        "extractive", description="The drafter that `briefgen draft` takes unless told otherwise.", examples=["llm"]
    )
    model: ModelSettings | None = Field(
        None,
        description="The model of the drafter `llm`.",
        examples=[{"name": "mistral-small3.2", "url": "http://127.0.0.1:11434/v1"}],
    )


def _secret(key: str, value: Any) -> bool:  # noqa: ANN401
    """Return whether an entry is, or looks like, a key itself rather than the name of a variable."""
    if not isinstance(value, str) or key in ("provider", "name"):
        return False
    if key == "url":
        parts = _split(value)
        return parts is not None and ("@" in parts.netloc or bool(parts.query or parts.fragment))
    if key == "key":
        return not VARIABLE.fullmatch(value)
    return bool(_SECRET_NAME.search(key) or _SECRET.search(value))


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _host(url: str) -> str:
    parts = _split(url)
    return (parts.hostname or "").rstrip(".") if parts else ""


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _own(host: str) -> bool:
    """Return whether a host is this machine or of a network of one's own, as far as its name or address tells."""
    if _is_address(host):
        return ip_address(host).is_private
    return bool(host) and ("." not in host or host.endswith(_INTRANET))
