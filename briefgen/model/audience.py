"""An audience: who reads, what they are shown, in which order and wording, on how many pages. One YAML file, no Python."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

ByLanguage = str | dict[str, str]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class LikelihoodForm(StrEnum):
    """How a likelihood is shown: a word; word and band at first use; word, band and reasons; a word explained in words."""

    WORD = "word"
    BAND = "band"
    FULL = "full"
    PLAIN = "plain"


class Sourcing(StrEnum):
    """How sources are shown: one line; numbered notes; notes with locator and grade; in the text, with a list."""

    LINE = "line"
    NOTES = "notes"
    FULL = "full"
    PROSE = "prose"


class Step(_Part):
    """One rung of the ladder that a page budget climbs down."""

    short: str | None = Field(None, description="The section to print in its short wording.", examples=["judgements"])
    drop: str | None = Field(None, description="The section to shorten from its end, or to leave out.", examples=["watch"])
    down_to: int = Field(0, ge=0, description="How many items must stay; 0 leaves the section out.", examples=[2])

    @model_validator(mode="after")
    def _one_of(self) -> Step:
        if (self.short is None) == (self.drop is None):
            raise ValueError("a step says either `short: SECTION` or `drop: SECTION`")
        return self

    @property
    def section(self) -> str:
        """Return the section that it is about."""
        return self.short or self.drop or ""


class Budget(_Part):
    """How long the brief may be."""

    pages: int = Field(ge=1, le=50, description="Pages at the most.", examples=[1])
    hard: bool = Field(False, description="Whether more pages are an error, once the ladder is used up.", examples=[True])
    words: Annotated[tuple[int, int], Field(description="Words, from and to.", examples=[[300, 380]])] | None = None


def _as_tuple(value: Any) -> Any:  # noqa: ANN401
    return (value,) if isinstance(value, str) else value


class SectionSpec(_Part):
    """One section: which template shows it, with what limits. A bare name is short for `{use: name}`."""

    use: Annotated[tuple[str, ...], BeforeValidator(_as_tuple), Field(min_length=1)] = Field(
        description="Template of `sections/` that shows it; a list puts several under one heading.", examples=["risks_table"]
    )
    of: str | None = Field(
        None, description="What it shows, where the template's name does not begin with it.", examples=["risks"]
    )
    title: ByLanguage | None = Field(
        None, description="Its heading, a text or one text a language; left out: the label.", examples=["Top risks"]
    )
    heading: bool = Field(True, description="Whether it has a heading of its own.", examples=[False])
    limit: int | None = Field(None, ge=1, description="How many items at the most.", examples=[3])
    show: tuple[str, ...] | None = Field(
        None, description="Which fields; left out: all that the template knows.", examples=[["title", "likelihood"]]
    )
    text: tuple[str, ...] | None = Field(
        None, description="Which wording first, for this section only.", examples=[["short", "full"]]
    )

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:  # noqa: ANN401
        return {"use": value} if isinstance(value, str) else value

    @property
    def name(self) -> str:
        """Return the name by which the ladder and the report speak of it: its first template."""
        return self.use[0]


class Limits(_Part):
    """What the prose checks of this audience use."""

    sentence_words: int = Field(25, ge=5, description="Words in a sentence at the most.", examples=[25])
    reading_grade: float = Field(14, ge=1, description="Flesch–Kincaid grade at the most (English).", examples=[8])
    newest_source_days: int | None = Field(
        None, ge=1, description="Days from the newest source to the cut-off at the most; left out: the project's.", examples=[3]
    )


class Audience(_Part):
    """A level at which a summary is told."""

    name: str = Field("", description="Its name; left out: the file's.", examples=["board"])
    extends: str | None = Field(
        None, description="The audience that it changes; lists replace, the rest merges.", examples=["executive"]
    )
    label: ByLanguage | None = Field(None, description="What the title block calls it.", examples=["Board brief"])
    prepared_for: ByLanguage | None = Field(None, description="For whom.", examples=["Members of the Management Board"])
    tone: str = Field("", description="Labels with a variant of this name use it.", examples=["plain"])
    text: tuple[str, ...] = Field(("full",), description="Which wording first.", examples=[["board", "short", "full"]])
    likelihood: LikelihoodForm = Field(LikelihoodForm.WORD, description="How a likelihood is shown.", examples=["band"])
    sourcing: Sourcing = Field(Sourcing.NOTES, description="How sources are shown.", examples=["line"])
    codes: bool = Field(False, description="Whether ids such as D1 are printed.", examples=[True])
    public: bool = Field(False, description="Whether it is published: then it needs marking CLEAR or none.", examples=[True])
    size: str = Field(
        "normal",
        pattern="^(normal|large|grow)$",
        description="Type size; `grow` takes the larger where the pages have room.",
        examples=["large"],
    )
    budget: Budget | None = Field(None, description="How long it may be.", examples=[{"pages": 1, "hard": True}])
    sections: tuple[SectionSpec, ...] = Field(
        min_length=1, description="The whole order; what is not named is not shown.", examples=[["bottom_line", "sources"]]
    )
    cut: tuple[Step, ...] = Field(
        (), description="What to cut when over budget, from the top.", examples=[[{"short": "judgements"}]]
    )
    texts: tuple[str, ...] = Field(
        (), description="Texts of the house style to print at the end, by name.", examples=[["disclaimer"]]
    )
    limits: Limits = Field(default_factory=Limits, description="What the prose checks use.", examples=[{"sentence_words": 20}])
