"""A project's own file, `briefgen.yaml`: what a desk repeats in every summary."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class ProjectFile(BaseModel):
    """The settings of a desk's folder."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    defaults: dict[str, Any] = Field(
        default_factory=dict,
        description="Fields of a summary that every summary of this project has, unless it says otherwise.",
        examples=[{"language": "en-GB", "series": "European Affairs Desk"}],
    )
    templates: str = Field(
        "default",
        description="The template set, a folder of `templates/` with a `template.yaml`.",
        examples=["house"],
    )
