"""A project's own file, `briefgen.yaml`: what a desk repeats in every summary, where briefs go, and its named jobs."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from briefgen.model.drafting import DraftSettings

JOB_NAME = r"^[a-z0-9][a-z0-9_-]{0,39}$"


class Schedule(BaseModel):
    """When a job is due."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    cron: str = Field(description="Five fields: minute, hour, day of month, month, day of week.", examples=["30 6 * * mon-fri"])
    zone: str = Field(description="The IANA time zone that the hours are meant in.", examples=["Europe/Brussels"])


class Job(BaseModel):
    """A named set of briefs: which summaries, for whom, in which formats, and when."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    inputs: tuple[str, ...] = Field(
        ("inputs/*.yaml",),
        min_length=1,
        description="The summaries: paths or globs (`**` takes folders in folders), relative to the project file.",
        examples=[["inputs/*.yaml", "inputs/archive/**/*.yaml"]],
    )
    audiences: tuple[str, ...] = Field((), description="For whom; left out: every audience.", examples=[["executive", "public"]])
    formats: tuple[str, ...] = Field(("pdf", "docx"), min_length=1, description="In which formats.", examples=[["pdf", "docx"]])
    output: str | None = Field(
        None, description="Its own output folder, relative to the project file.", examples=["outputs/daily"]
    )
    name: str | None = Field(None, description="Its own pattern for file names.", examples=["{date}/{summary}-{audience}"])
    schedule: Schedule | None = Field(
        None,
        description="When `briefgen schedule` runs it; left out: only when asked.",
        examples=[{"cron": "30 6 * * mon-fri", "zone": "Europe/Brussels"}],
    )
    keep: Annotated[int, Field(ge=1, le=10_000)] = Field(
        30, description="How many reports of its runs are kept; older ones are removed.", examples=[30]
    )


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
    output: str = Field("outputs", description="The folder that briefs go to, relative to this file.", examples=["outputs"])
    name: str = Field(
        "{summary}-{audience}",
        description="The pattern for file names, without ending: `{summary}`, `{audience}`, `{language}`, `{date}` (of `as_of`).",
        examples=["{date}/{summary}-{audience}"],
    )
    jobs: dict[Annotated[str, Field(pattern=JOB_NAME)], Job] = Field(
        default_factory=dict,
        description="Named jobs for `briefgen batch` and `briefgen schedule`.",
        examples=[{"morning": {"inputs": ["inputs/*.yaml"]}}],
    )
    draft: DraftSettings | None = Field(None, description="How `briefgen draft` makes a draft.", examples=[{"drafter": "llm"}])
