"""Levels of one summary agree: no wording says more, or says it more firmly, than the fullest one and its item.

In: a context; for the rule on contrary items, its briefs. Out: findings, and for those who show both texts, `Pair` rows. Opens no
article: what `full` may say is for the rules of evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel

from briefgen.evidence.compare import Kind, Policy, Said, compare_wording
from briefgen.model import pointers
from briefgen.model.brief import Brief, View
from briefgen.model.parts import Ask, Background, Development, Evidence, Item, Risk, Scenario, Source, Stakeholder
from briefgen.model.summary import Outlook, Summary
from briefgen.model.terms import Horizon, Status
from briefgen.model.text import Text
from briefgen.model.when import When
from briefgen.rules.claims import every_article, quoted
from briefgen.rules.context import Context, Finding, finding

CODES = {
    Kind.FIGURE: "LVL-01",
    Kind.BOUND: "LVL-02",
    Kind.DATE: "LVL-03",
    Kind.DENIAL: "LVL-04",
    Kind.TERM: "LVL-05",
    Kind.NAME: "LVL-06",
    Kind.HEDGE: "STA-04",
    Kind.DIRECTION: "CMP-02",
    Kind.EXTENT: "QNT-02",
    Kind.ORDER: "SEQ-02",
    Kind.CAUSE: "CAU-02",
}
OF_LEVELS = {*CODES.values(), "LVL-07"}
HOLDERS = (Item, Background, Ask, Outlook, Summary)
LABELS = {(Development, "headline"), (Risk, "title"), (Scenario, "name")}
"""Labels that are printed beside the mark of a status or a likelihood, and so need no hedge of their own."""
_UNSAID = {
    "id",
    "review",
    "tlp",
    "keep",
    "omit",
    "locator",
    "source",
    "relation",
    "genre",
    "kind",
    "scenarios",
    "watch",
    "leverage",
}
_TOP = ("title", "dek", "bottom_line", "why_it_matters", "as_of")
_WITHIN = {
    Horizon.MONTHS_3: "within 3 months, three months",
    Horizon.MONTHS_12: "3 to 12 months, within a year, 1 year, twelve months, one year",
    Horizon.YEARS_3: "1 to 3 years, one to three years",
    Horizon.LATER: "more than 3 years, three years",
}


class Pair(NamedTuple):
    """One wording beside the fullest one: where both stand, and in what they differ."""

    pointer: str
    wording: str
    words: str
    full: str
    differences: tuple[Said, ...]

    @property
    def path(self) -> str:
        """Return the pointer of the wording."""
        return f"{self.pointer}/{self.wording}"


def pairs(context: Context) -> tuple[Pair, ...]:
    """Return every wording beside the `full` one of its text, in the order of the model; worked out once."""
    found = context.kept.get("pairs")
    if found is None:
        found = context.kept["pairs"] = tuple(_pairs(context))
    rows: tuple[Pair, ...] = found
    return rows


def _pairs(context: Context) -> Iterator[Pair]:
    summary = context.summary
    told: dict[str, str] = {}
    own = "\n".join(
        (
            summary.perspective,
            *(("EU",) if summary.perspective == "Europe" else ()),
            *(f"{t.term}\n{t.expansion or ''}\n{t.plain or ''}" for t in summary.glossary),
        )
    )
    every, articles = _every(context), every_article(context)
    for pointer, text in context.nodes:
        if not isinstance(text, Text) or len(text.variants) < 2:
            continue
        at, holder = _holder(context, pointer)
        if at not in told:
            told[at] = "\n".join(_said(context, holder))
        name = pointers.last(pointer)
        policy = Policy(summary.language, wording=True, own=f"{own}\n{every}", every=articles, years=_years(summary))
        likelihood, marked = getattr(holder, "likelihood", "") or "", _marked(holder, name)
        item = "\n".join(filter(None, (told[at], quoted(context, at))))
        for wording, words in text.variants.items():
            if wording != "full":
                found = compare_wording(words, text.full, item, policy, summary.scheme, likelihood=likelihood, marked=marked)
                yield Pair(pointer, wording, words, text.full, found)


def _every(context: Context) -> str:
    """Return all texts of the summary: the first name of a person may stand in any of them."""
    return "\n".join(node.full for _, node in context.nodes if isinstance(node, Text))


def _years(summary: Summary) -> tuple[int, ...]:
    return (summary.as_of.year,) if summary.as_of else ()


def _holder(context: Context, pointer: str) -> tuple[str, BaseModel]:
    """Return the item that a text belongs to, with its pointer: the nearest that holds it."""
    holders = context.kept.get("holders")
    if holders is None:
        holders = context.kept["holders"] = {at: node for at, node in context.nodes if isinstance(node, HOLDERS)}
    at = next(above for above in pointers.upwards(pointer) if above in holders)
    return at, holders[at]


def _marked(holder: BaseModel, name: str) -> bool:
    if not any(isinstance(holder, kind) and name == field for kind, field in LABELS):
        return False
    return getattr(holder, "status", None) is not Status.ESTABLISHED


def _said(context: Context, node: BaseModel) -> Iterator[str]:
    """Yield what an item says in its fields, its texts in their fullest wording; what ids stand for is named."""
    for name in type(node).model_fields:
        if name in _UNSAID or (isinstance(node, Summary) and name not in _TOP):
            continue
        yield from _value(context, getattr(node, name))
    if isinstance(node, Evidence) and (source := context.summary.source(node.source)):
        yield from filter(None, (source.title, source.author, source.publisher))


def _value(context: Context, value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a field holds
    if isinstance(value, Text):
        yield value.full
        yield from _named(context, value.full)
    elif isinstance(value, Horizon):
        yield _WITHIN[value]
    elif isinstance(value, (When, date)):
        yield str(value)
    elif isinstance(value, str):
        yield value
        yield from _named(context, value)
    elif isinstance(value, BaseModel):
        yield from _said(context, value)
    elif isinstance(value, tuple):
        for entry in value:
            yield from _value(context, entry)


def _named(context: Context, identifier: str) -> tuple[str, ...]:
    """Return what an id is printed as: the name of a stakeholder, an event, a headline; nothing for other words."""
    item = context.by_id.get(identifier, ("", None))[1]
    if isinstance(item, Stakeholder):
        return (item.name,)
    if item is None or isinstance(item, Source):
        return ()
    shown = getattr(item, "event", None) or getattr(item, "headline", None)
    return (shown.full,) if isinstance(shown, Text) else ()


# ---- the rules


def _told(context: Context, kind: Kind, what: str, cure: str) -> Iterator[Finding]:
    """Yield what wordings say otherwise of one kind; both texts are shown."""
    for pair in pairs(context):
        for row in pair.differences:
            if row.kind is kind:
                full = f"; `full` has “{row.instead}”" if row.instead else ""
                said = what.format(said=row.said) if row.said else _LOSES[kind]
                yield Finding(pair.path, f"`{pair.wording}` {said}{full}", (cure,), row.at, row.verdict)


_LOSES = {Kind.DENIAL: "loses a denial", Kind.HEDGE: "is firmer than `full`", Kind.EXTENT: "leaves out of how many it is true"}


def figure(context: Context) -> Iterator[Finding]:
    """LVL-01: a figure that stands in one wording only."""
    yield from _told(context, Kind.FIGURE, "says “{said}”, which its item does not", "correct the figure, or add it to `full`")


def bound(context: Context) -> Iterator[Finding]:
    """LVL-02: a bound (up to, at least, about) that a wording drops or changes."""
    yield from _told(context, Kind.BOUND, "says “{said}”", "write it as `full` does: a bound belongs to its figure")


def day(context: Context) -> Iterator[Finding]:
    """LVL-03: a date that stands in one wording only."""
    yield from _told(context, Kind.DATE, "says “{said}”, which its item does not", "correct the date, or add it to `full`")


def denial(context: Context) -> Iterator[Finding]:
    """LVL-04: a denial that a wording loses or adds."""
    yield from _told(context, Kind.DENIAL, "says “{said}”", "say yes or no as `full` does")


def term(context: Context) -> Iterator[Finding]:
    """LVL-05: another term of likelihood than `full` or the item has."""
    yield from _told(
        context, Kind.TERM, "says “{said}”, another likelihood", "write the term of `full`: a level never changes it"
    )


def name(context: Context) -> Iterator[Finding]:
    """LVL-06: a proper name that stands in one wording only."""
    yield from _told(
        context, Kind.NAME, "names {said}, which its item does not", "write the name that `full` has, or add it there"
    )


def direction(context: Context) -> Iterator[Finding]:
    """CMP-02: up for down, at a figure that both have."""
    yield from _told(context, Kind.DIRECTION, "says “{said}”", "say the direction that `full` gives")


def extent(context: Context) -> Iterator[Finding]:
    """QNT-02: all for some, or a “not all” that is lost."""
    yield from _told(context, Kind.EXTENT, "says “{said}”", "say of how many it is true, as `full` does")


def order(context: Context) -> Iterator[Finding]:
    """SEQ-02: before for after, at a time that both have."""
    yield from _told(context, Kind.ORDER, "says “{said}”", "say what came first as `full` does")


def cause(context: Context) -> Iterator[Finding]:
    """CAU-02: a cause that the item does not give."""
    yield from _told(context, Kind.CAUSE, "says “{said}”, and its item gives no such cause", "leave the cause out")


def hedge(context: Context) -> Iterator[Finding]:
    """STA-04: a wording that loses who says so, or that it is only possible, or that is surer than `full`."""
    cure = "keep who says so, and how sure it is: a level may shorten a claim, never upgrade it"
    yield from _told(context, Kind.HEDGE, "says “{said}”, surer than `full`", cure)


def one_sided(context: Context) -> Iterator[Finding]:
    """LVL-07: a version that shows one side of a disagreement and no line that the sources differ."""
    silent: dict[str, list[str]] = {}
    for brief in context.briefs or ():
        for pointer in _silent(context, brief):
            silent.setdefault(pointer, []).append(brief.audience.name)
    for pointer, audiences in silent.items():
        who = ", ".join(dict.fromkeys(audiences))
        shown = context.shown.get(pointer, "the disagreement")
        cure = "take the audience out of `omit`, or give it a section of disagreements, developments, judgements or watch items"
        yield finding(pointer, f"{who}: one side of {shown} can be shown without the line that the sources differ", cure)


def _silent(context: Context, brief: Brief) -> Iterator[str]:
    """Yield the disagreements of which a brief shows some items, not all, and no line."""
    told = {view.path for section in brief.sections for view in section.contrary}
    views = [view for section in brief.sections for view in section.items if isinstance(view, View)]
    told |= {view.path for view in views if view.path.startswith("/disagreements/")}
    shown = {view.id for view in views if "id" in view}
    for index, entry in enumerate(context.summary.disagreements):
        pointer = f"/disagreements/{index}"
        hidden = context.shown.get(pointer) in brief.head.omitted
        if pointer not in told and not hidden and shown & set(entry.items) and not set(entry.items) <= shown:
            yield pointer
