"""Fields that a level never shows: looked for in what is really printed of the summary that has them all.

In: the sample with every field, an audience, the templates. Out: names of fields. A text is printed where its path stands on an
element (`data-path`). What is no text (a date, a status, a likelihood) leaves no path: it is changed, and what is printed must
change with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from briefgen.findings.diagnostics import Diagnostic, Rejected, Span, info
from briefgen.model import pointers
from briefgen.model.audience import Audience
from briefgen.model.brief import Brief, View
from briefgen.model.parts import Evidence
from briefgen.render import TemplateSet, render
from briefgen.tailor import tailor
from briefgen.tailor.known import MODELS
from briefgen.tailor.parts import PARTS
from briefgen.template_check.samples import Sample, sample

PLACES = {
    "judgements": "/key_judgements",
    "developments": "/key_developments",
    **{part: f"/outlook/{part}" for part in ("scenarios", "watch", "gaps", "alternatives")},
}
"""Where a part stands in the file, if not under its own name."""
HEAD = ("dek", "as_of", "series", "number", "perspective", "reviewer", "contact", "production")
_NEVER_MEANT = frozenset(("id", "review", "tlp", "keep", "omit", "evidence", "file", "file_sha256", "language", "sides"))
_OTHER: Mapping[str, tuple[Any, ...]] = {
    "status": ("assumption", "forecast"),
    "kind": ("person", "state"),
    "leverage": ("medium", "high", "low"),
    "likelihood": ("unlikely", "highly likely"),
    "impact": (5, 3),
    "horizon": ("3y+", "1-3y"),
    "confidence": ("high", "moderate", "low"),
    "confirmed": ("unknown", "yes", "no"),
    "genre": ("legal", "wire"),
    "reliability": ("F", "A"),
    "relation": ("contradicts", "context"),
    "production": ("ai_generated", "human"),
    "recommended": (2, 1),
    **dict.fromkeys(("date", "deadline", "published", "accessed", "as_of"), ("2024-01-17", "2024-02-18")),
    "reprint_of": (None,),
    "rests_on": ([], ["D2"]),
    "items": (["D1", "D4"], []),
}
"""Values to put in the place of one that is no text."""


class Unseen(NamedTuple):
    """What an audience never shows: fields of the parts that it has, and whole parts."""

    fields: tuple[str, ...]
    parts: tuple[str, ...]


def check(audience: Audience, every: Sample, templates: TemplateSet, span: Span | None) -> list[Diagnostic]:
    """Return one information on all that a level never shows; nothing where a template stops, which is told elsewhere."""
    try:
        found = unseen(audience, every, templates)
    except Rejected:
        return []
    if not (found.fields or found.parts):
        return []
    what = ", ".join(found.fields) or "nothing of what its sections hold"
    parts = (f"no section shows: {', '.join(found.parts)}",) if found.parts else ()
    return [info("AUD-11", f"never shown at level {audience.name}: {what}", span, *parts)]


def unseen(audience: Audience, every: Sample, templates: TemplateSet) -> Unseen:
    """Return what an audience never shows of a summary that has everything; raise Rejected for a template's fault."""
    brief = tailor(every.summary, audience)
    document = render(brief, templates)
    paths = {path for element in document.tree.iter() for path in (element.get("data-path") or "").split()}
    words = _words(document.tree)
    shown = {section.part for section in brief.sections}
    fields: list[str] = []
    for dotted, place in _fields(brief, shown):
        name = dotted.rpartition(".")[2]
        if any(_below(path, place, name) for path in paths):
            continue
        if name in _OTHER and _changes(every, place, name, audience, templates, words):
            continue
        fields.append(dotted)
    return Unseen(tuple(fields), tuple(part for part in PARTS if brief.parts.get(part) and part not in shown and _told(part)))


def _told(part: str) -> bool:
    """Return whether it is worth a word that a part is not shown: it holds what an author wrote."""
    return part not in ("cuts", "credits", "scope", "legend", "source_panel")


def _fields(brief: Brief, shown: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each field of what is shown: `risks.exposed`, and where it stands: `/risks`."""
    yield from ((name, "") for name in HEAD)
    for part, model in MODELS.items():
        if part in shown:
            views = [view for view in brief.parts[part] if isinstance(view, View)]
            for name, about in model.model_fields.items():
                if name not in _NEVER_MEANT and any(getattr(view, name) not in (None, ()) for view in views):
                    yield f"{part}.{about.alias or name}", PLACES.get(part, f"/{part}")
    for name in Evidence.model_fields:
        if name not in _NEVER_MEANT | {"source"}:
            yield f"evidence.{name}", "evidence"


def _below(path: str, place: str, name: str) -> bool:
    """Return whether a path is that of a field: `/risks/0/mechanism/full` of `mechanism` below `/risks`."""
    parts = pointers.parts(path)
    if place == "evidence":
        return "evidence" in parts and name in parts[parts.index("evidence") :]
    return path.startswith(f"{place}/") and name in pointers.parts(path.removeprefix(place))[:2]


def _words(tree: Element) -> Counter[str]:
    """Return what is printed, notes included, whatever its order: an order that follows a field does not show it."""
    return Counter(text.strip() for element in tree.iter() for text in (element.text, element.tail) if text and text.strip())


def _changes(every: Sample, place: str, name: str, audience: Audience, templates: TemplateSet, words: Counter[str]) -> bool:
    """Return whether another value of a field prints anything else."""
    base = deepcopy(dict(every.source.values))
    if name == "confidence":  # no more than the evidence allows is printed: it must allow some
        base = _strong(base)
        words = _words(_printed(every.name, base, audience, templates))
    for value in _OTHER[name]:
        data = deepcopy(base)
        for row in _rows(data, place):
            if name in row:
                row[name] = value
        if _words(_printed(every.name, data, audience, templates)) != words:
            return True
    return False


def _printed(name: str, data: dict[str, Any], audience: Audience, templates: TemplateSet) -> Element:
    return render(tailor(sample(name, data).summary, audience), templates).tree


def _strong(data: dict[str, Any]) -> dict[str, Any]:
    """Return the summary with evidence that allows more than low confidence."""
    for piece in _evidence(data):
        piece.update(relation="supports", source="S2")
        piece.pop("cites", None)
        piece.pop("unnamed", None)
    for source in data["sources"]:
        source.update(genre="official", reliability="A")
        source.pop("reprint_of", None)
    return data


def _rows(data: dict[str, Any], place: str) -> Iterator[dict[str, Any]]:
    """Yield the mappings of the file in which a field stands."""
    if place == "evidence":
        yield from _evidence(data)
        return
    node = pointers.get(data, place)
    yield from node if isinstance(node, list) else (node,)


def _evidence(node: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    if isinstance(node, dict):
        for key, value in node.items():
            yield from value if key == "evidence" else _evidence(value)
    elif isinstance(node, list):
        for value in node:
            yield from _evidence(value)
