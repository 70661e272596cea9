"""A project's own file, `briefgen.yaml`: what a desk repeats in every summary, where briefs go, and its named jobs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from briefgen.model.choices import one_of
from briefgen.model.cron import TextFault, cron_fault, zone_fault
from briefgen.model.drafting import DraftSettings

JOB_NAME = r"^[a-z0-9][a-z0-9_-]{0,39}$"


PLACEHOLDERS = ("summary", "audience", "language", "date")
_CRITICAL = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def _checked(kind: str, find: Callable[[str], TextFault | None]) -> AfterValidator:
    """Return a validator of a text that refuses it by the fault that `find` finds; `kind` chooses the code."""

    def check(value: str) -> str:
        if fault := find(value):
            raise PydanticCustomError(kind, "{message}", {**fault._asdict()})
        return value

    return AfterValidator(check)


def name_fault(pattern: str) -> TextFault | None:
    """Return what is wrong with a pattern for file names, None where nothing is."""
    known = ", ".join(f"`{{{word}}}`" for word in PLACEHOLDERS)
    bare = re.sub(r"\{[^{}]*\}", "", pattern)
    if strange := next((word for word in re.findall(r"\{([^{}]*)\}", pattern) if word not in PLACEHOLDERS), None):
        start = pattern.index(f"{{{strange}}}")
        return TextFault(f"a file name knows no `{{{strange}}}`", f"it knows {known}", start, len(strange) + 2)
    if "{" in bare or "}" in bare:
        return TextFault("a brace that stands alone in a file name", f"write one of {known}")
    if "{summary}" not in pattern:
        return TextFault("a file name without `{summary}`: the briefs of two summaries would have one name", "add `{summary}`")
    if found := _CRITICAL.search(bare):
        return TextFault(f"a file name with {found[0]!r}, which some systems do not allow", "write `-` in its place")
    if pattern.startswith("/") or pattern.endswith("/") or any(part[:1] in ("", ".") for part in pattern.split("/")):
        return TextFault(
            "a file name that leads out of the output folder, or is hidden in it",
            "begin with a name; no part of it is empty or begins with a dot",
        )
    return None


def _inside(path: str) -> TextFault | None:
    """Return what is wrong with an input: a project stays whole when it is moved, so that its inputs lie in its folder."""
    if _absolute(path) or ".." in re.split(r"[/\\]", path):
        return TextFault(f"an input outside the project: {path}", "copy or link the summaries into the project's folder")
    return None if path.strip() else TextFault("an empty path", "name a file or a glob, such as `inputs/*.yaml`")


def _output(path: str) -> TextFault | None:
    """Return what is wrong with an output folder: it lies in the project, or its whole path is told."""
    if not _absolute(path) and ".." in re.split(r"[/\\]", path):
        return TextFault(
            f"an output folder that climbs out of the project: {path}", "name a folder in it, or write the whole path"
        )
    return None if path.strip() else TextFault("an empty path", "name a folder, such as `outputs`")


def _absolute(path: str) -> bool:
    return PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute() or path.startswith("~")


def _dotted(name: str) -> TextFault | None:
    """Return what is wrong with the name of a part of one's own."""
    if re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*", name):
        return None
    return TextFault(f"`{name}` is no dotted name", "write package.module:name, such as `desk.rules:RULE`")


InputGlob = Annotated[str, _checked("input_path", _inside)]
OutputFolder = Annotated[str, _checked("output_path", _output)]
NamePattern = Annotated[str, _checked("name_pattern", name_fault)]
FormatName = Annotated[str, one_of("formats")]
DottedName = Annotated[str, _checked("dotted", _dotted)]


class Schedule(BaseModel):
    """When a job is due."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    cron: Annotated[str, _checked("cron", cron_fault)] = Field(
        description="Five fields: minute, hour, day of month, month, day of week.", examples=["30 6 * * mon-fri"]
    )
    zone: Annotated[str, _checked("zone", zone_fault)] = Field(
        description="The IANA time zone that the hours are meant in.", examples=["Europe/Brussels"]
    )


_ADD = "add `{audience}`, or name one audience only"


class JobSettings(BaseModel):
    """A named set of briefs: which summaries, for whom, in which formats, and when."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    inputs: tuple[InputGlob, ...] = Field(
        ("inputs/*.yaml",),
        min_length=1,
        description="The summaries: paths or globs (`**` takes folders in folders), relative to the project file.",
        examples=[["inputs/*.yaml", "inputs/archive/**/*.yaml"]],
    )
    audiences: tuple[str, ...] = Field((), description="For whom; left out: every audience.", examples=[["executive", "public"]])
    formats: tuple[FormatName, ...] = Field(
        (), min_length=1, description="In which formats; left out: as `briefgen render` without `-t`.", examples=[["pdf"]]
    )
    output: OutputFolder | None = Field(
        None, description="Its own output folder, relative to the project file.", examples=["outputs/daily"]
    )
    name: NamePattern | None = Field(
        None, description="Its own pattern for file names.", examples=["{date}/{summary}-{audience}"]
    )
    schedule: Schedule | None = Field(
        None,
        description="When `briefgen schedule` runs it; left out: only when asked.",
        examples=[{"cron": "30 6 * * mon-fri", "zone": "Europe/Brussels"}],
    )
    keep: Annotated[int, Field(ge=1, le=10_000)] = Field(
        30, description="How many reports of its runs are kept; older ones are removed.", examples=[30]
    )

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        """Refuse a pattern that gives the versions of one summary one name."""
        if self.name is not None and "{audience}" not in self.name and len(self.audiences) != 1:
            fault = TextFault("a file name without `{audience}`, and not one audience: its briefs would have one name", _ADD)
            raise PydanticCustomError("job_name", "{message}", {**fault._asdict()})
        return self


def _with_audience(pattern: str) -> TextFault | None:
    return (
        None if "{audience}" in pattern else TextFault("a file name without `{audience}`: its briefs would have one name", _ADD)
    )


class WordChange(BaseModel):
    """What a desk adds to a word list, and what it takes out."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    add: tuple[str, ...] = Field((), description="Words or phrases to add; `*` stands for any ending.", examples=[["crony*"]])
    remove: tuple[str, ...] = Field((), description="Entries of the packaged list to take out.", examples=[["hawk*"]])


class Checks(BaseModel):
    """How strict the editorial checks are, and with which words they work."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    ignore: tuple[Annotated[str, Field(pattern=r"^[A-Z0-9]{2,4}(-\d{0,2})?$")], ...] = Field(
        (), description="Codes or themes that say nothing in this project.", examples=[["STY-02", "RDL"]]
    )
    newest_source_days: Annotated[int, Field(ge=1)] = Field(
        14, description="How old the newest source may be at `as_of`, in days.", examples=[14]
    )
    sentence_words: Annotated[int, Field(ge=5)] | None = Field(
        None, description="Words in a sentence at the most, for every audience; left out: each audience's own.", examples=[25]
    )
    paragraph_words: Annotated[int, Field(ge=20)] = Field(120, description="Words in a paragraph at the most.", examples=[120])
    bottom_line_words: Annotated[int, Field(ge=10)] = Field(
        60, description="Words in the bottom line at the most.", examples=[60]
    )
    loaded_words: WordChange = Field(default_factory=WordChange, description="Judging words.", examples=[{"add": ["crony*"]}])
    loaded_exempt: WordChange = Field(
        default_factory=WordChange, description="Phrases in which a judging word is none.", examples=[{"add": ["waste regime"]}]
    )
    jargon: WordChange = Field(
        default_factory=WordChange, description="Words that plain texts explain.", examples=[{"add": ["passporting"]}]
    )
    acronyms: WordChange = Field(
        default_factory=WordChange, description="Acronyms that every reader knows.", examples=[{"add": ["WFP"]}]
    )
    outlets: WordChange = Field(default_factory=WordChange, description="Names of media.", examples=[{"add": ["Harbour News"]}])


class Parts(BaseModel):
    """What a desk adds of its own, each by its dotted name: `package.module:name`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    rules: tuple[DottedName, ...] = Field(
        (), description="Rules that every check applies beside briefgen's.", examples=[["desk.rules:NO_PROMISES"]]
    )
    readers: dict[str, DottedName] = Field(
        default_factory=dict,
        description="Readers of articles, by the ending of the files.",
        examples=[{".wire": "desk.wire:read"}],
    )
    writers: dict[str, DottedName] = Field(
        default_factory=dict,
        description="Formats, by the name that `-t` and jobs take; it is the files' ending, too.",
        examples=[{"md": "desk.markdown:write"}],
    )
    drafters: dict[str, DottedName] = Field(
        default_factory=dict,
        description="Drafters, by the name that `--drafter` takes.",
        examples=[{"leads": "desk.leads:draft"}],
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
    output: OutputFolder = Field(
        "outputs", description="The folder that briefs go to, relative to this file.", examples=["outputs"]
    )
    name: Annotated[NamePattern, _checked("name_pattern", _with_audience)] = Field(
        "{summary}-{audience}",
        description="The pattern for file names, without ending: `{summary}`, `{audience}`, `{language}`, `{date}` (of `as_of`).",
        examples=["{date}/{summary}-{audience}"],
    )
    jobs: dict[Annotated[str, Field(pattern=JOB_NAME)], JobSettings] = Field(
        default_factory=dict,
        description="Named jobs for `briefgen batch` and `briefgen schedule`.",
        examples=[{"morning": {"inputs": ["inputs/*.yaml"]}}],
    )
    checks: Checks = Field(
        default_factory=Checks,
        description="How strict the editorial checks are, and with which words they work.",
        examples=[{"newest_source_days": 7}],
    )
    final_checks: Literal["refuse", "report"] = Field(
        "refuse",
        description="What a rule of evidence that finds an error does to a final brief: `refuse` stops it, `report` warns.",
        examples=["report"],
    )
    refused_files: Literal["set_aside", "keep"] = Field(
        "set_aside",
        description="Older files of a final that a batch refuses now: `set_aside` moves them into `.superseded/` beside them.",
        examples=["keep"],
    )
    draft: DraftSettings = Field(
        default_factory=DraftSettings, description="How `briefgen draft` makes a draft.", examples=[{"drafter": "llm"}]
    )
    parts: Parts = Field(
        default_factory=Parts,
        description="Rules, readers, writers and drafters of your own ([own parts](own-parts.md)).",
        examples=[{"rules": ["desk.rules:NO_PROMISES"]}],
    )
