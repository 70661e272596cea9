"""A template set's own file, `template.yaml`, and the record of what a project has copied from packaged ones."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

SET_NAME = r"^[a-z0-9][a-z0-9_-]*$"
_RELATIVE = r"^[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$"  # no `..`, nothing that begins at the root


class TemplateFile(BaseModel):
    """What a template set says of itself, `templates/<set>/template.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    name: Annotated[str, Field(pattern=SET_NAME)] = Field(
        description="Its name: that of its folder, small letters, digits, `-` and `_`.", examples=["house"]
    )
    version: Annotated[int, Field(ge=1)] = Field(
        1, description="A number that you raise when what is printed changes.", examples=[1]
    )
    extends: Annotated[str, Field(pattern=SET_NAME)] | None = Field(
        None, description="The set that gives the files which it does not have.", examples=["default"]
    )


class Copied(BaseModel):
    """One packaged file that a project has copied to change it."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    origin: Annotated[str, Field(pattern=_RELATIVE)] = Field(
        alias="from", description="The packaged file, below the packaged templates.", examples=["default/style.css"]
    )
    briefgen: str = Field(description="The version of briefgen that it was copied from.", examples=["0.1.0"])
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="The SHA-256 of the packaged file at that time, in hexadecimal.", examples=["0" * 64]
    )


class CopiesFile(BaseModel):
    """What a project has copied, `templates/copies.yaml`: by the path of each copy below `templates/`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    copies: dict[Annotated[str, Field(pattern=_RELATIVE)], Copied] = Field(
        default_factory=dict, description="Each copy, and what it was made from."
    )
