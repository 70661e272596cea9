"""The structured summary: what an analyst writes, one file in `inputs/`."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from briefgen.model.parts import (
    Ask,
    Backed,
    Background,
    Change,
    Development,
    Disagreement,
    Judgement,
    Risk,
    Scenario,
    Source,
    Stakeholder,
    Term,
    Waiver,
    Watch,
)
from briefgen.model.terms import TLP, Id, Line, Node, Tlp
from briefgen.model.text import Text
from briefgen.model.yardstick import YARDSTICKS, Yardstick


class Stage(StrEnum):
    """A draft says DRAFT on every page and gets warnings where a final brief gets errors."""

    DRAFT = "draft"
    FINAL = "final"


class Production(StrEnum):
    """How much of the text a machine wrote."""

    HUMAN = "human"
    AI_ASSISTED = "ai_assisted"
    AI_GENERATED = "ai_generated"


class Author(Node):
    """Who wrote the brief."""

    name: Line = Field(description="The name as printed.", examples=["A. Analyst"])
    role: Line | None = Field(None, description="Their post.", examples=["Policy analyst"])


class Reviewer(Node):
    """Who read it before release."""

    name: Line = Field(description="The name as printed.", examples=["R. Reviewer"])
    date: Annotated[date, Field(description="When they read it.", examples=["2025-03-04"])]


class Contact(Node):
    """Whom to ask."""

    name: Line = Field(description="The name as printed.", examples=["European Affairs Desk"])
    email: Annotated[str, Field(pattern=r"^[^@\s<>\"]+@[^@\s<>\"]+$")] | None = Field(
        None, description="An address.", examples=["desk@eai.example"]
    )


class Release(Node):
    """Who released a version at a lower marking than the summary's."""

    tlp: Tlp = Field(description="The marking of that version.", examples=["CLEAR"])
    by: Line = Field(description="Who released it.", examples=["R. Releaser"])
    date: Annotated[date, Field(description="When.", examples=["2025-03-04"])]


class Marking(Node):
    """Who may read it."""

    tlp: Tlp = Field(TLP.NONE, description="Traffic Light Protocol 2.0 label.", examples=["GREEN"])
    note: Line | None = Field(
        None, description="A handling note; never a class of secrecy.", examples=["Not for publication before 14 March"]
    )
    release: dict[str, Release] = Field(
        default_factory=dict,
        description="Lower markings by audience.",
        examples=[{"public": {"tlp": "CLEAR", "by": "R. Releaser", "date": "2025-03-04"}}],
    )


class Outlook(Node):
    """What could come next."""

    until: Annotated[date, Field(description="How far the outlook reaches.", examples=["2025-09-30"])] | None = None
    summary: Text | None = Field(None, description="Two or three sentences.", examples=["Narrow relief is likely …"])
    exhaustive: bool = Field(False, description="Whether the scenarios cover all that can happen.", examples=[False])
    gaps: tuple[Text, ...] = Field((), description="What we don’t know.", examples=[["Whether a legal text exists"]])
    alternatives: tuple[Text, ...] = Field(
        (), description="Other ways to read the evidence.", examples=[["The talks are a show"]]
    )
    scenarios: tuple[Scenario, ...] = Field((), description="Ways that things could go.", examples=[[]])
    watch: tuple[Watch, ...] = Field((), description="What to look out for.", examples=[[]])


class Summary(Node):
    """A structured summary: key developments, stakeholders, risks for Europe, outlook, and where each claim comes from."""

    FINAL: ClassVar[tuple[str, ...]] = ("as_of", "reviewer", "bottom_line")

    schema_version: Literal[1] = Field(1, alias="schema", description="The version of this format.", examples=[1])
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$")] = Field(
        "",
        validate_default=False,
        description="Names the output files; left out: the file’s own name.",
        examples=["us-russia-reset"],
    )
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$")] = Field(
        description="BCP 47 tag of the text.", examples=["en-GB"]
    )
    perspective: Line = Field("Europe", description="Whose brief this is: the word in “Risks for …”.", examples=["Europe"])
    title: Text = Field(
        description="A claim; it may not say more than the bottom line.",
        examples=["Washington is reported to be weighing relief for Russia"],
    )
    dek: Text | None = Field(
        None,
        description="One sentence under the title.",
        examples=["Talks without Europe could decide how well its sanctions hold."],
    )
    stage: Stage = Field(Stage.DRAFT, description="A final brief must pass every check.", examples=["final"])
    as_of: date | None = Field(None, description="The information cut-off.", examples=["2025-03-04"])
    series: Line | None = Field(None, description="The series it appears in.", examples=["European Affairs Desk"])
    number: Line | None = Field(None, description="Its number in the series.", examples=["2025/07"])
    previous: Line | None = Field(None, description="The file of the last edition.", examples=["us-russia-06.yaml"])
    translation_of: Line | None = Field(
        None, description="The id of the summary that this one translates.", examples=["us-russia-reset"]
    )
    authors: tuple[Author, ...] = Field((), description="Who wrote it.", examples=[[{"name": "A. Analyst"}]])
    reviewer: Reviewer | None = Field(
        None, description="Who read it before release.", examples=[{"name": "R. Reviewer", "date": "2025-03-04"}]
    )
    contact: Contact | None = Field(None, description="Whom to ask.", examples=[{"name": "European Affairs Desk"}])
    production: Production = Field(Production.HUMAN, description="How much a machine wrote.", examples=["ai_assisted"])
    yardstick: Literal["phia-2025", "icd-203"] = Field(
        "phia-2025", description="The scheme of likelihood terms.", examples=["phia-2025"]
    )
    marking: Marking = Field(default_factory=Marking, description="Who may read it.", examples=[{"tlp": "GREEN"}])
    bottom_line: Text | None = Field(
        None,
        description="What the reader must take away, in two sentences at most.",
        examples=["Easing is likely to weaken EU enforcement."],
    )
    rests_on: tuple[Id, ...] = Field((), description="Ids of what the bottom line rests on.", examples=[["D1", "R1"]])
    why_it_matters: Backed | None = Field(
        None,
        description="What is at stake for the perspective’s own side.",
        examples=["EU sanctions lean on US penalties."],
    )
    background: Background | None = Field(
        None, description="What a reader needs to know first.", examples=[{"text": "Since 2014 …"}]
    )
    ask: Ask | None = Field(
        None,
        description="The decision that the reader is asked to take.",
        examples=[{"decision": "whether to seek a common line"}],
    )
    lines_to_take: tuple[Backed, ...] = Field(
        (), description="What the reader can say in public.", examples=[["Europe decides on its own sanctions."]]
    )
    changes: tuple[Change, ...] = Field(
        (), description="What changed since `previous`.", examples=[[{"item": "R2", "text": "Raised"}]]
    )
    key_judgements: tuple[Judgement, ...] = Field((), description="What we assess.", examples=[[]])
    key_developments: tuple[Development, ...] = Field((), description="What happened.", examples=[[]])
    stakeholders: tuple[Stakeholder, ...] = Field((), description="Who has a part in it.", examples=[[]])
    risks: tuple[Risk, ...] = Field((), description="What could harm the perspective’s own side.", examples=[[]])
    outlook: Outlook = Field(
        default_factory=Outlook,
        description="What could come next.",
        examples=[{"gaps": ["Whether a legal text exists"]}],
    )
    disagreements: tuple[Disagreement, ...] = Field((), description="Where the sources contradict each other.", examples=[[]])
    glossary: tuple[Term, ...] = Field((), description="Words to explain.", examples=[[{"term": "NATO"}]])
    waivers: tuple[Waiver, ...] = Field((), description="Findings that a person accepts.", examples=[[]])
    sources: Annotated[tuple[Source, ...], Field(min_length=1)] = Field(
        description="The texts it was made from.", examples=[[{"id": "S1", "title": "…"}]]
    )

    @property
    def scheme(self) -> Yardstick:
        """Return the yardstick that its likelihood terms belong to."""
        return YARDSTICKS[self.yardstick]

    def source(self, identifier: str) -> Source | None:
        """Return the source with this id, None where there is none."""
        return next((source for source in self.sources if source.id == identifier), None)
