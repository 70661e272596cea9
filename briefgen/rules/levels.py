"""Levels of one summary agree: no wording says more, or says it more firmly, than the fullest one and its item.

In: a context; for the rule on contrary items, its briefs. Out: findings, and for those who show both texts, `Pair` rows. Opens no
article: what `full` may say is for the rules of evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel

from briefgen.evidence.hedges import denials, hedges
from briefgen.evidence.wordings import Difference, Differs, Known, compared
from briefgen.model import pointers
from briefgen.model.brief import Brief, View
from briefgen.model.parts import Ask, Background, Development, Evidence, Item, Risk, Scenario, Source, Stakeholder
from briefgen.model.summary import Outlook, Summary
from briefgen.model.terms import Horizon, Status
from briefgen.model.text import Text
from briefgen.model.when import When
from briefgen.rules.context import Context, Finding, finding

CODES = {
    Differs.FIGURE: "LVL-01",
    Differs.BOUND: "LVL-02",
    Differs.DATE: "LVL-03",
    Differs.NEGATION: "LVL-04",
    Differs.TERM: "LVL-05",
    Differs.NAME: "LVL-06",
    Differs.HEDGE: "STA-04",
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
    differences: tuple[Difference, ...]

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
    every = _every(context)
    for pointer, text in context.nodes:
        if not isinstance(text, Text) or len(text.variants) < 2:
            continue
        at, holder = _holder(context, pointer)
        if at not in told:
            told[at] = "\n".join(_said(context, holder))
        name = pointers.last(pointer)
        known = Known(told[at], own, every, _years(summary), getattr(holder, "likelihood", "") or "", _marked(holder, name))
        for wording, words in text.variants.items():
            if wording != "full":
                found = (
                    *compared(words, text.full, known, summary.language, summary.scheme),
                    *denials(words, text.full, known, summary.language),
                    *hedges(words, text.full, known, summary.language),
                )
                yield Pair(pointer, wording, words, text.full, tuple(dict.fromkeys(found)))


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


def _differing(context: Context, kind: Differs) -> Iterator[tuple[Pair, Difference]]:
    for pair in pairs(context):
        for row in pair.differences:
            if row.kind is kind:
                yield pair, row


def _here(pair: Pair, what: str, row: Difference, cure: str) -> Finding:
    full = f"; `full` has “{row.instead}”" if row.instead else ""
    return finding(pair.path, f"`{pair.wording}` {what}{full}", cure)


def figure(context: Context) -> Iterator[Finding]:
    """LVL-01: a figure that stands in one wording only."""
    for pair, row in _differing(context, Differs.FIGURE):
        yield _here(pair, f"says “{row.said}”, which its item does not", row, "correct the figure, or add it to `full`")


def bound(context: Context) -> Iterator[Finding]:
    """LVL-02: a bound (up to, at least, about) that a wording drops or changes."""
    for pair, row in _differing(context, Differs.BOUND):
        yield _here(pair, f"says “{row.said}”", row, f"write “{row.instead}”: a bound belongs to its figure")


def day(context: Context) -> Iterator[Finding]:
    """LVL-03: a date that stands in one wording only."""
    for pair, row in _differing(context, Differs.DATE):
        yield _here(pair, f"says “{row.said}”, which its item does not", row, "correct the date, or add it to `full`")


def denial(context: Context) -> Iterator[Finding]:
    """LVL-04: a denial that a wording loses or adds."""
    for pair, row in _differing(context, Differs.NEGATION):
        what = f"says “{row.said}”, and `full` does not" if row.said and not row.instead else "loses a denial"
        yield _here(pair, what, row, "say yes or no as `full` does")


def term(context: Context) -> Iterator[Finding]:
    """LVL-05: another term of likelihood than `full` or the item has."""
    for pair, row in _differing(context, Differs.TERM):
        yield _here(pair, f"says “{row.said}”, another likelihood", row, "write the term of `full`: a level never changes it")


def name(context: Context) -> Iterator[Finding]:
    """LVL-06: a proper name that stands in one wording only."""
    for pair, row in _differing(context, Differs.NAME):
        yield _here(pair, f"names {row.said}, which its item does not", row, "write the name that `full` has, or add it there")


def hedge(context: Context) -> Iterator[Finding]:
    """STA-04: a wording that loses who says so, or that it is only possible, or that is surer than `full`."""
    for pair, row in _differing(context, Differs.HEDGE):
        what = f"says “{row.said}”, surer than `full`" if row.said else "is firmer than `full`"
        yield _here(pair, what, row, "keep who says so, and how sure it is: a level may shorten a claim, never upgrade it")


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
