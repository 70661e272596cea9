"""Model → views: every text in one wording with the path it was written at, and what follows from each item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

from pydantic import BaseModel

from briefgen.evidence import Cap, cap, evidence_of
from briefgen.model import pointers
from briefgen.model.brief import Phrase, Section, View
from briefgen.model.ids import shown_ids
from briefgen.model.parts import Disagreement, Evidence, Item, Judgement, Risk, Scenario
from briefgen.model.summary import Summary
from briefgen.model.terms import TLP
from briefgen.model.text import Text
from briefgen.model.yardstick import Level, risk_level
from briefgen.tailor.withheld import only_withheld


class Projection:
    """One summary on its way to templates. `hidden` are the ids of items marked above the version: no name of them is printed.

    `shown` is the summary without the sources that only these use; numbers and paths of sources are those of the file.
    """

    def __init__(self, summary: Summary, marking: TLP) -> None:
        """Keep the summary, the shown ids of its items, and which of them this marking hides."""
        self.summary = summary
        self.ids = shown_ids(summary)
        self.by_id = {shown: pointer for pointer, shown in self.ids.items()}
        self.hidden = frozenset(shown for shown, pointer in self.by_id.items() if self._above(pointer, marking))
        self.withheld, self.shown = frozenset[str](), summary
        if self.hidden:
            self.withheld = only_withheld(summary, [self.at(self.by_id[name]) for name in self.hidden])
            kept = tuple(source for source in summary.sources if source.id not in self.withheld)
            self.shown = summary.model_copy(update={"sources": kept})

    def _above(self, pointer: str, marking: TLP) -> bool:
        item = self.at(pointer)
        return isinstance(item, Item) and item.tlp is not None and item.tlp.rank > marking.rank

    def project(self, value: Any, path: str, order: Iterable[str]) -> Any:  # noqa: ANN401
        """Return `value` as templates see it: texts in the first wording of `order`, nodes as views."""
        if isinstance(value, Text):
            name, words = value.choose(order)
            return Phrase(words, f"{path}/{name}")
        if isinstance(value, BaseModel):
            return self.enrich(value, self.view(value, path, order), order)
        if isinstance(value, (tuple, list)):
            return tuple(self.project(entry, f"{path}/{n}", order) for n, entry in enumerate(value))
        if isinstance(value, str) and not isinstance(value, Enum):
            return Phrase(value, path)
        return value

    def view(self, node: BaseModel, path: str, order: Iterable[str]) -> View:
        """Return the fields of a node, by their names in the model, with paths by their names in the file."""
        fields = {
            name: self.project(getattr(node, name), f"{path}/{info.alias or name}", order)
            for name, info in type(node).model_fields.items()
        }
        if path in self.ids:
            fields["id"] = self.ids[path]
        return View(path, fields)

    def enrich(self, node: BaseModel, view: View, order: Iterable[str]) -> View:
        """Return the view with what follows from the node: level, band, confidence, names behind ids."""
        if isinstance(node, Evidence):
            return view.with_(source=self.source(node.source, order))
        extra: dict[str, Any] = {}
        if isinstance(node, (Risk, Judgement, Scenario)):
            extra["band"] = self.summary.scheme.find(node.likelihood) if node.likelihood else None
        if isinstance(node, (Risk, Judgement)):
            extra["confidence"] = self.confidence(node, view)
        if isinstance(node, Risk):
            extra["level"] = self.level(node)
            extra["exposed"] = self.named(view.exposed, "name", order)
            extra["early_signs"] = self.named(view.early_signs, "event", order)
        if isinstance(node, Scenario):
            extra["indicators"] = self.named(view.indicators, "event", order)
        return view.with_(**extra) if extra else view

    def level(self, risk: Risk) -> Level | None:
        """Return the level of a risk, None where its likelihood or its impact is not given."""
        band = self.summary.scheme.find(risk.likelihood) if risk.likelihood else None
        return risk_level(risk.impact, self.summary.scheme.position(band)) if band and risk.impact else None

    def source(self, identifier: str, order: Iterable[str]) -> View:
        """Return the source with this id; rules have refused the brief where there is none."""
        number = next((n for n, source in enumerate(self.summary.sources) if source.id == identifier), None)
        if number is None:
            return View("", {"id": identifier, "title": identifier})
        return self.view(self.summary.sources[number], f"/sources/{number}", order)

    def confidence(self, node: Risk | Judgement, view: View) -> View | None:
        """Return the level that a person wrote, with its reason and the key of what the evidence allows; None without one.

        One above what this version shows of the evidence is left out: nobody wrote a lower one.
        """
        limit = self.cap(node.rests_on) if isinstance(node, Judgement) else cap(self.summary, node.evidence)
        if node.confidence is None or node.confidence.rank > limit.confidence.rank:
            return None
        reason = view.confidence_reason
        return View(view.path, {"level": node.confidence, "reason": reason, "cap": limit.reason, "values": limit.values})

    def evidence_of(self, ids: Iterable[str]) -> tuple[Evidence, ...]:
        """Return the evidence of the items with these ids, without that of hidden ones."""
        return evidence_of(self.summary, ids, self.hidden | self.withheld)

    def cap(self, ids: Iterable[str]) -> Cap:
        """Return the confidence that what this version shows of some items allows, and no more than all of them allow."""
        limit = cap(self.shown, self.evidence_of(ids))
        whole = cap(self.summary, evidence_of(self.summary, ids)) if self.hidden else limit
        return min(limit, whole, key=lambda one: one.confidence.rank)

    def named(self, phrases: tuple[Phrase, ...], name: str, order: Iterable[str]) -> tuple[Phrase, ...]:
        """Return the texts, with ids replaced by the name of the stakeholder or the event that they stand for."""
        return tuple(self.resolve(phrase, name, order) for phrase in phrases if str(phrase) not in self.hidden)

    def resolve(self, phrase: Phrase, name: str, order: Iterable[str]) -> Phrase:
        """Return what an id stands for, else the text as it is."""
        node = self.at(self.by_id.get(str(phrase), ""))
        value = getattr(node, name, None)
        if value is None:
            return phrase
        projected: Phrase = self.project(value, f"{self.by_id[str(phrase)]}/{name}", order)
        return projected

    def at(self, pointer: str) -> Any:  # noqa: ANN401
        """Return the node of the summary at a pointer, None where there is none."""
        return pointers.get(self.summary, pointer) if pointer else None


class Outline(Projection):
    """A projection of what is shown and in which order, and of nothing that is printed: many times as fast.

    Its views hold the id of an item, what it is sorted by, and the items that a disagreement names.
    """

    def view(self, node: BaseModel, path: str, order: Iterable[str]) -> View:
        """Return a view with the id of a node, and the ids that it names."""
        fields: dict[str, Any] = {"id": self.ids[path]} if path in self.ids else {}
        if isinstance(node, Disagreement):
            fields["items"] = node.items
        return View(path, fields)

    def enrich(self, node: BaseModel, view: View, order: Iterable[str]) -> View:
        """Return the view, that of a risk with its level."""
        return view.with_(level=self.level(node)) if isinstance(node, Risk) else view

    def named(self, phrases: tuple[Phrase, ...], name: str, order: Iterable[str]) -> tuple[Phrase, ...]:
        """Return nothing: an outline names nobody."""
        return ()


def phrases(value: Any) -> Iterator[Phrase]:  # noqa: ANN401
    """Yield every phrase in a view, a section, or a tuple of them."""
    if isinstance(value, Phrase):
        yield value
    elif isinstance(value, View):
        for name in value:
            yield from phrases(getattr(value, name))
    elif isinstance(value, Section):
        yield from phrases(value.items)
    elif isinstance(value, tuple):
        for entry in value:
            yield from phrases(entry)
