"""The terms of the field: statuses, genres, markings, horizons, and the small types that items are made of."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Node(BaseModel):
    """Any part of a summary: unknown keys are refused, values never change. `FINAL` names what a final brief needs."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    FINAL: ClassVar[tuple[str, ...]] = ()


def _likelihood(value: Any) -> Any:  # noqa: ANN401
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return f"{value:g} %" if number else value


Line = Annotated[str, Field(min_length=1)]
Id = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,39}$",
        description="A name for references, unique in the file; left out where nothing refers to the item.",
        examples=["D1"],
    ),
]
Likelihood = Annotated[
    str,
    BeforeValidator(_likelihood),
    Field(
        min_length=1,
        description="A term of the yardstick, its printed synonym, or a percentage inside a band.",
        examples=["likely", "60 %"],
    ),
]
Audiences = tuple[Line, ...]


class TLP(StrEnum):
    """Traffic Light Protocol 2.0 (FIRST), from the most open to the most closed; `none` prints nothing."""

    NONE = "none"
    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"

    @property
    def rank(self) -> int:
        """Return how closed it is: `none` and CLEAR are open to all (0), RED is 4."""
        return max(0, list(TLP).index(self) - 1)

    @property
    def label(self) -> str:
        """Return the form that is printed: `TLP:AMBER+STRICT`; empty for `none`."""
        return "" if self is TLP.NONE else f"TLP:{self.value}"


def _tlp(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str) and not isinstance(value, TLP):
        bare = value.removeprefix("TLP:")
        if bare == "WHITE":
            raise ValueError("TLP:WHITE is version 1 of the protocol; version 2 says CLEAR")
        if bare.upper() in {*TLP} and bare not in {*TLP}:
            raise ValueError(f"a TLP label is written in capitals: {bare.upper()}")
        if bare not in {*TLP}:
            raise ValueError(
                f"a marking is one of {', '.join(TLP)}; other markings stand in `marking.note`, without classes of secrecy"
            )
        return bare
    return value


Tlp = Annotated[TLP, BeforeValidator(_tlp), Field(description="Traffic Light Protocol 2.0 label.", examples=["GREEN"])]


class Status(StrEnum):
    """What a claim is: it can only weaken along the pipeline, never harden."""

    ESTABLISHED = "established"
    REPORTED = "reported"
    CLAIMED = "claimed"
    DENIED = "denied"
    ESTIMATE = "estimate"
    OPINION = "opinion"
    FORECAST = "forecast"
    ASSESSMENT = "assessment"
    ASSUMPTION = "assumption"


class Genre(StrEnum):
    """What kind of text a source is."""

    OFFICIAL = "official"
    LEGAL = "legal"
    DATA = "data"
    WIRE = "wire"
    NEWS = "news"
    ANALYSIS = "analysis"
    OPINION = "opinion"
    INTERVIEW = "interview"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What a stakeholder is."""

    STATE = "state"
    EU_BODY = "eu_body"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    COMPANY = "company"
    PERSON = "person"
    GROUP = "group"


class Leverage(StrEnum):
    """How much a stakeholder can move the outcome."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Horizon(StrEnum):
    """Within what time, counted from `as_of`."""

    MONTHS_3 = "0-3m"
    MONTHS_12 = "3-12m"
    YEARS_3 = "1-3y"
    LATER = "3y+"


class Relation(StrEnum):
    """What a piece of evidence does to the claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"


class Review(StrEnum):
    """Whether a person has looked at an item."""

    OPEN = "open"
    DONE = "done"


class Confirmed(StrEnum):
    """Whether the date of an event is confirmed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Reliability(StrEnum):
    """Admiralty source reliability; F means that it can't be judged, not that it is the worst."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
