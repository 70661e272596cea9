"""The items that a summary is made of: evidence, developments, stakeholders, risks, scenarios, sources."""

from typing import Annotated, ClassVar

from pydantic import Field

from briefgen.model.terms import (
    Audiences,
    Confirmed,
    Genre,
    Horizon,
    Id,
    Kind,
    Leverage,
    Likelihood,
    Line,
    Node,
    Relation,
    Reliability,
    Review,
    Status,
    Tlp,
)
from briefgen.model.text import Text
from briefgen.model.when import When
from briefgen.model.yardstick import Confidence


class Evidence(Node):
    """Where a claim comes from: a source, and the verbatim fragment in it."""

    source: Id = Field(description="The id of an entry in `sources`.", examples=["S1"])
    quote: Line | None = Field(
        None, description="A verbatim fragment of the source, 40 words at most.", examples=["begun preparations"]
    )
    cites: Line | None = Field(None, description="Whom the source relays; prints “as cited in”.", examples=["Reuters"])
    unnamed: Line | None = Field(
        None, description="An unnamed source, with number and position.", examples=["one State Department source"]
    )
    translation: Line | None = Field(
        None, description="The quote in the language of the brief.", examples=["preparations have begun"]
    )
    locator: Line | None = Field(None, description="The place in the source; ¶0 is its title.", examples=["¶3"])
    relation: Relation = Field(Relation.SUPPORTS, description="What it does to the claim.", examples=["contradicts"])


class Backed(Text):
    """A text that can say where it comes from: as Text, with `evidence` beside its wordings."""

    evidence: tuple[Evidence, ...] = Field((), description="Where it comes from.", examples=[[{"source": "S1"}]])


class Item(Node):
    """Anything that can be referred to, marked, kept or left out for an audience."""

    id: Id | None = None
    review: Review | None = Field(
        None, description="Whether a person has looked at it; `final` refuses `open`.", examples=["done"]
    )
    tlp: Tlp | None = None
    keep: Audiences = Field(
        (), description="Audiences that must show it: a budget never cuts it there.", examples=[["executive"]]
    )
    omit: Audiences = Field((), description="Audiences that must not show it.", examples=[["public"]])


class Background(Node):
    """What a reader needs to know before the news."""

    text: Text = Field(description="Two to five sentences of background.", examples=["Since 2014 the EU and the US have …"])
    evidence: tuple[Evidence, ...] = Field((), description="Where it comes from.", examples=[[{"source": "S1"}]])


class Option(Node):
    """One answer to the decision that is asked for."""

    text: Text = Field(description="What would be done.", examples=["Seek a common line before the renewal"])
    pro: Line | None = Field(None, alias="for", description="What speaks for it.", examples=["Keeps the Union together"])
    against: Line | None = Field(None, description="What speaks against it.", examples=["Costs time"])
    evidence: tuple[Evidence, ...] = Field((), description="Where it comes from.", examples=[[{"source": "S1"}]])


class Ask(Node):
    """The decision that the reader is asked to take."""

    decision: Text = Field(description="The decision, as a clause.", examples=["whether to seek a common EU line"])
    deadline: When | None = Field(None, description="By when.", examples=["2025-03-14"])
    options: tuple[Option, ...] = Field(
        (), description="The choices, with what speaks for and against each.", examples=[[{"text": "Wait"}]]
    )
    recommended: Annotated[int, Field(ge=1)] | None = Field(
        None, description="The number of the recommended option, from 1.", examples=[1]
    )


class Change(Item):
    """What is different since the previous edition."""

    item: Line = Field(description="The id of the item that changed, or a few words.", examples=["R2"])
    text: Text = Field(description="What changed.", examples=["Raised to highly likely after the first talks"])
    why: Text | None = Field(None, description="Why it changed.", examples=["The talks took place without Europe"])


class Judgement(Item):
    """A key judgement: our assessment, with its likelihood and confidence kept apart."""

    FINAL: ClassVar[tuple[str, ...]] = ("likelihood",)
    text: Text = Field(
        description="The judgement, with its yardstick term in the sentence.",
        examples=["A wide easing is likely before summer."],
    )
    likelihood: Likelihood | None = None
    confidence: Confidence | None = Field(
        None, description="How firm the ground is; left out, nothing is printed.", examples=["low"]
    )
    confidence_reason: Text | None = Field(None, description="Why no higher.", examples=["Two weak sources"])
    horizon: Horizon | None = Field(None, description="Within what time.", examples=["3-12m"])
    rests_on: tuple[Id, ...] = Field((), description="Ids of what it rests on.", examples=[["D1", "D2"]])


class Development(Item):
    """Something that happened, or is said to have happened."""

    headline: Text = Field(description="A few words.", examples=["Sanctions list under preparation"])
    text: Text = Field(
        description="What happened, and who says so.",
        examples=["Officials were told to list sanctions, Reuters reports."],
    )
    date: When | None = Field(None, description="When; unknown prints “date not given”.", examples=["2025-02"])
    status: Status = Field(description="What the claim is.", examples=["reported"])
    attribution: Line | None = Field(
        None, description="Who says so, where `cites` does not tell.", examples=["Russia’s foreign minister"]
    )
    evidence: tuple[Evidence, ...] = Field((), description="Where it comes from.", examples=[[{"source": "S1"}]])


class Stakeholder(Item):
    """Who has a part in it: what they want, say and can do."""

    name: Line = Field(description="The name as printed.", examples=["EU Member States"])
    kind: Kind | None = Field(None, description="What they are.", examples=["state"])
    role: Text = Field(description="Their part in it.", examples=["Keep their own sanctions in force"])
    position: Text | None = Field(
        None,
        description="What they say; left out: “not reported in our sources”.",
        examples=["Objects to talks without it"],
    )
    status: Status | None = Field(None, description="What the position is.", examples=["claimed"])
    interest: Text | None = Field(None, description="What they want.", examples=["Our inference: a seat at the table"])
    leverage: Leverage | None = Field(None, description="How much they can move.", examples=["medium"])
    leverage_reason: Line | None = Field(None, description="Why.", examples=["own renewals"])
    evidence: tuple[Evidence, ...] = Field((), description="Where it comes from.", examples=[[{"source": "S1"}]])


class Risk(Item):
    """A harm to the side whose brief this is: always our assessment."""

    FINAL: ClassVar[tuple[str, ...]] = ("exposed", "likelihood", "impact", "horizon", "early_signs")
    title: Text = Field(description="A few words.", examples=["Enforcement unravels"])
    mechanism: Text = Field(
        description="If … then … because …",
        examples=["If US secondary sanctions ease, then firms trade again because …"],
    )
    exposed: tuple[Line, ...] = Field(
        (), description="Who is exposed: a text or a stakeholder’s id.", examples=[["European banks"]]
    )
    likelihood: Likelihood | None = None
    impact: Annotated[int, Field(ge=1, le=5)] | None = Field(None, description="From 1 (minor) to 5 (severe).", examples=[4])
    impact_reason: Text | None = Field(None, description="Why this impact.", examples=["Enforcement leans on US law"])
    horizon: Horizon | None = Field(None, description="Within what time.", examples=["3-12m"])
    confidence: Confidence | None = Field(
        None, description="How firm the ground is; left out, nothing is printed.", examples=["low"]
    )
    confidence_reason: Text | None = Field(None, description="Why no higher.", examples=["Two weak sources"])
    early_signs: tuple[Line, ...] = Field((), description="What would show it: a text or a watch item’s id.", examples=[["W1"]])
    mitigation: Text | None = Field(None, description="What can be done.", examples=["Guidance to banks"])
    evidence: tuple[Evidence, ...] = Field((), description="Where it comes from.", examples=[[{"source": "S1"}]])


class Scenario(Item):
    """One way that things could go."""

    FINAL: ClassVar[tuple[str, ...]] = ("likelihood", "indicators")
    name: Text = Field(description="A few words.", examples=["Narrow relief"])
    narrative: Text = Field(description="What happens.", examples=["Individuals come off the list, sectors stay."])
    likelihood: Likelihood | None = None
    indicators: tuple[Line, ...] = Field((), description="What would show it: a text or a watch item’s id.", examples=[["W1"]])
    implications: Text | None = Field(None, description="What it means for us.", examples=["Time to settle a common line"])


class Watch(Item):
    """A coming event or sign to look out for."""

    date: When | None = Field(None, description="When; unknown prints “date not given”.", examples=["from 2025-04"])
    event: Text = Field(description="What to look out for.", examples=["Second round of talks"])
    why: Text | None = Field(None, description="What it would tell.", examples=["Shows whether Europe is invited"])
    confirmed: Confirmed | None = Field(None, description="Whether the date is confirmed.", examples=["no"])
    attribution: Line | None = Field(None, description="Who says so.", examples=["an unsigned analysis"])
    evidence: tuple[Evidence, ...] = Field((), description="Where it comes from.", examples=[[{"source": "S1"}]])


class Side(Node):
    """What one side of a disagreement says."""

    text: Text = Field(description="What it says.", examples=["A meeting is being prepared"])
    evidence: tuple[Evidence, ...] = Field((), description="Where it comes from.", examples=[[{"source": "S1"}]])


class Disagreement(Item):
    """Where the sources contradict each other, and how the brief handles it."""

    about: Text = Field(description="What they disagree about.", examples=["How soon the presidents meet"])
    sides: tuple[Side, ...] = Field((), description="What each side says.", examples=[[{"text": "soon"}, {"text": "not soon"}]])
    items: tuple[Id, ...] = Field((), description="Ids of the items that contradict each other.", examples=[["D2", "D3"]])
    handling: Text = Field(description="How the brief handles it.", examples=["Both are shown"])


class Term(Node):
    """A word to explain."""

    term: Line = Field(description="The word as printed.", examples=["NATO"])
    expansion: Line | None = Field(
        None, description="What an acronym stands for.", examples=["North Atlantic Treaty Organization"]
    )
    plain: Line | None = Field(None, description="What it means, in plain words.", examples=["a defence alliance"])


class Waiver(Node):
    """A finding that a person has looked at and accepts."""

    code: Line = Field(description="The code of the check.", examples=["COR-03"])
    item: Id = Field(description="The id of the item, or a field of the file itself.", examples=["sources"])
    field: Line | None = Field(None, description="The field, where only one is meant.", examples=["text"])
    words: Line | None = Field(
        None,
        description="The words that are accepted, where only they are: once they change, it is told again.",
        examples=["49 crews"],
    )
    reason: Line = Field(description="Why it is accepted.", examples=["No other text is public"])
    by: Line = Field(description="Who accepts it.", examples=["A. Reviewer"])
    until: When | None = Field(None, description="Until when.", examples=["2025-06-30"])


ADDRESS = r"^https?://[^\s<>\"\\/?#@\x00-\x1f\x7f-\x9f]+([/?#][^\s<>\"\\\x00-\x1f\x7f-\x9f]*)?$"
"""A web address whose host is what a reader takes for it: no user name before it, and no backslash, a slash to browsers."""


class Source(Node):
    """A text that the summary was made from."""

    FINAL: ClassVar[tuple[str, ...]] = ("published",)
    id: Id
    title: Line = Field(description="Its title.", examples=["White paper on European defence"])
    published: When | None = Field(None, description="When; `unknown` is honest and passes.", examples=["2025-03-19"])
    publisher: Line | None = Field(None, description="Who published it.", examples=["European Commission"])
    author: Line | None = Field(None, description="Who wrote it.", examples=["A. Author"])
    accessed: When | None = Field(None, description="When it was read.", examples=["2025-03-20"])
    url: Annotated[str, Field(pattern=ADDRESS)] | None = Field(
        None, description="Its address.", examples=["https://example.eu/paper"]
    )
    file: Line | None = Field(None, description="Its text, beside the summary.", examples=["articles/paper.md"])
    language: Line | None = Field(None, description="Its language (BCP 47).", examples=["en"])
    file_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, description="The SHA-256 of `file`, in hexadecimal.", examples=["0" * 64]
    )
    genre: Genre = Field(Genre.UNKNOWN, description="What kind of text it is.", examples=["wire"])
    reprint_of: Id | None = Field(None, description="The id of the source that it reprints.", examples=["S1"])
    reliability: Reliability | None = Field(
        None, description="Admiralty reliability, A to F (F: can’t be judged).", examples=["B"]
    )
    descriptor: Line | None = Field(
        None, description="One line: why trust or doubt it.", examples=["Unsigned article that relays Reuters"]
    )
