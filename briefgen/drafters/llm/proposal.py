"""What a model is asked for: a few flat types, and their values as a summary's file holds them.

In: what a model answers. Out: a `Proposal`, and plain values. The statuses leave out `established` and `assessment`: a model has
seen no primary record and has no judgement of ours to give.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from briefgen.model.terms import Kind


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a model answers
    """Return a text on one line without controls and marks that nobody sees; what is no text, as it is."""
    if not isinstance(value, str):
        return value
    return " ".join("".join(_sign(sign) for sign in value).split())


def _sign(sign: str) -> str:
    if sign.isprintable():
        return sign
    return "" if unicodedata.category(sign) == "Cf" else " "  # Cf: soft hyphens, marks that turn the direction of text


Words = Annotated[str, BeforeValidator(plain), Field(min_length=1, max_length=600)]
Short = Annotated[str, BeforeValidator(plain), Field(min_length=1, max_length=160)]
Status = Literal["reported", "claimed", "denied", "estimate", "opinion", "forecast"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Anchor(_Part):
    """Where a claim comes from."""

    source: Short = Field(description="the id of the article: S1, S2 …")
    quote: Words = Field(description="a verbatim fragment of that article, 40 words at most, copied character by character")
    cites: Short | None = Field(None, description="the outlet or person whom the article relays, if it does")
    unnamed: Short | None = Field(None, description="an unnamed source, with number and position, as the article gives them")


Evidence = Annotated[tuple[Anchor, ...], Field(min_length=1, max_length=4)]


class Development(_Part):
    """Something that happened, or is said to have happened."""

    headline: Short
    text: Words = Field(description="one or two sentences that say no more than the quotes, and who says so")
    status: Status
    attribution: Short | None = Field(None, description="who says so, as the article names them")
    evidence: Evidence


class Stakeholder(_Part):
    """Who has a part in it, as far as the articles say."""

    name: Short
    kind: Kind
    role: Words = Field(description="their part in it, as the articles tell it")
    position: Words | None = Field(None, description="what they say or do, only where an article reports it")
    evidence: Evidence


class Risk(_Part):
    """A harm to Europe that the articles point at."""

    title: Short
    mechanism: Words = Field(
        description="if …, then …, because …: the way in which it reaches Europe, in the articles' own terms"
    )
    evidence: Evidence


class Watch(_Part):
    """A coming event, or the articles' own prediction."""

    event: Words
    evidence: Evidence


class Proposal(_Part):
    """All that a model proposes."""

    title: Short | None = Field(None, description="a claim that all the articles bear out, not a topic")
    key_developments: Annotated[tuple[Development, ...], Field(max_length=12)] = ()
    stakeholders: Annotated[tuple[Stakeholder, ...], Field(max_length=12)] = ()
    risks: Annotated[tuple[Risk, ...], Field(max_length=6)] = ()
    watch: Annotated[tuple[Watch, ...], Field(max_length=8)] = ()


Item = Development | Stakeholder | Risk | Watch
LISTS = ("key_developments", "stakeholders", "risks", "watch")
_LETTERS = {"key_developments": "D", "stakeholders": "A", "risks": "R", "watch": "W"}


def items(proposal: Proposal) -> Iterator[tuple[str, Item]]:
    """Yield every item with the place that a message to the model names: `key_developments[2]`."""
    for name in LISTS:
        for number, item in enumerate(getattr(proposal, name)):
            yield f"{name}[{number}]", item


def named(item: Item) -> str:
    """Return an item as a message to the author names it."""
    match item:
        case Development():
            return f"development “{item.headline}”"
        case Stakeholder():
            return f"stakeholder “{item.name}”"
        case Risk():
            return f"risk “{item.title}”"
        case Watch():
            return f"to watch “{item.event}”"


def claims(item: Item) -> tuple[str, ...]:
    """Return the texts of an item that must rest on its evidence; a name that stands alone as part of a sentence."""
    match item:
        case Development():
            return (item.headline, item.text, *([within(item.attribution)] if item.attribution else []))
        case Stakeholder():
            return (within(item.name), item.role, *([item.position] if item.position else []))
        case Risk():
            return (item.title, item.mechanism)
        case Watch():
            return (item.event,)


def within(name: str) -> str:
    """Return a name within a sentence: at its beginning, where every word is capital, it would not count as one."""
    return f"so says {name}"


def values(proposal: Proposal, anchors: Mapping[Anchor, tuple[str, str]]) -> dict[str, Any]:
    """Return the lists of a proposal as a summary's file holds them: every item open for review.

    `anchors` gives each piece of evidence its words as the article has them, and its paragraph.
    """
    made: dict[str, Any] = {}
    for name in LISTS:
        rows = [_row(f"{_LETTERS[name]}{n}", item, anchors) for n, item in enumerate(getattr(proposal, name), 1)]
        if name == "watch":
            made["outlook"] = {"watch": rows} if rows else None
        else:
            made[name] = rows
    return made


def _row(identifier: str, item: Item, anchors: Mapping[Anchor, tuple[str, str]]) -> dict[str, Any]:
    held = {key: value for key, value in item.model_dump(mode="json", exclude={"evidence"}).items() if value is not None}
    if isinstance(item, Development | Watch):
        held["date"] = "unknown"
    if isinstance(item, Stakeholder) and item.position:
        held["status"] = "claimed"
    return {"id": identifier, **held, "review": "open", "evidence": _evidence(item.evidence, anchors)}


def _evidence(rows: Sequence[Anchor], anchors: Mapping[Anchor, tuple[str, str]]) -> list[dict[str, Any]]:
    made = []
    for row in rows:
        quote, locator = anchors[row]
        told = {"cites": row.cites, "unnamed": row.unnamed}
        held = {"source": row.source, "quote": quote, "locator": locator}
        made.append({**held, **{key: value for key, value in told.items() if value}})
    return made
