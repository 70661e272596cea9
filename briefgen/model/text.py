"""Text: one claim in several wordings. An audience says in which order it looks for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

BUILT_IN = ("full", "short", "plain")
TO_WRITE = "[to be written"
"""How a text begins that a drafter leaves to a person; a check reports it, and a final brief is refused."""


def to_write(what: str) -> str:
    """Return the stand-in for a text that a person must write, with what belongs there."""
    return f"{TO_WRITE}: {what}]"


class Text(BaseModel):
    """A string, or `{full, short, plain, <audience name>}`: the same claim, never a stronger one."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    __pydantic_extra__: dict[str, str]

    full: str = Field(
        min_length=1, description="The whole claim.", examples=["US officials are reported to be listing sanctions."]
    )
    short: str | None = Field(None, min_length=1, description="The claim in few words, for readers between meetings.")
    plain: str | None = Field(None, min_length=1, description="The claim in plain words, for the public.")

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:  # noqa: ANN401
        return {"full": value} if isinstance(value, str) else value

    @property
    def variants(self) -> dict[str, str]:
        """Return the wordings that are written, by name."""
        named = {"full": self.full, "short": self.short, "plain": self.plain, **(self.model_extra or {})}
        return {name: words for name, words in named.items() if words}

    def choose(self, order: Iterable[str]) -> tuple[str, str]:
        """Return the name and the words of the first wording in `order` that exists, else of `full`."""
        variants = self.variants
        name = next((name for name in order if name in variants), "full")
        return name, variants[name]

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the object form beside the bare string."""
        form = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [{"type": "string", "minLength": 1}, form], "description": form.pop("description", "")}
