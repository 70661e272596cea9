"""The parts that a section can show, each as rows of (view, item), in the order in which they matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from briefgen.evidence import cap
from briefgen.evidence.houses import house, relayed
from briefgen.evidence.origins import Panel, claims_in, panel
from briefgen.model import pointers
from briefgen.model.brief import View
from briefgen.model.parts import Backed, Development, Evidence, Item, Stakeholder
from briefgen.model.summary import Production
from briefgen.model.terms import Kind, Status
from briefgen.model.text import Text
from briefgen.tailor.views import Projection

Row = tuple[View, Item | None]
WordingOrder = tuple[str, ...]
Builder = Callable[[Projection, WordingOrder], list[Row]]


def rows_of(name: str, views: Projection, order: WordingOrder) -> list[Row]:
    """Return all rows of a part; none where there is no such part."""
    return PARTS[name](views, order) if name in PARTS else []


def part_of(use: str) -> str | None:
    """Return the part that a section template shows: the longest name in `PARTS` that its own name begins with."""
    names = [name for name in PARTS if use == name or use.startswith(f"{name}_")]
    return max(names, key=len, default=None)


def basis(views: Projection) -> View:
    """Return what the brief stands on: sources by genre, whom they relay, what is undated, the overall confidence."""
    summary = views.shown
    cited = {e.cites for e in all_evidence(views) if e.cites}
    genres: dict[str, int] = {}
    for source in summary.sources:
        genres[source.genre.value] = genres.get(source.genre.value, 0) + 1
    limit = views.cap(summary.rests_on) if summary.rests_on else cap(summary, tuple(all_evidence(views)))
    return View(
        "/sources",
        {
            "total": len(summary.sources),
            "genres": genres,
            "cited": tuple(sorted(cited)),
            "undated": sum(1 for source in summary.sources if not (source.published and source.published.known)),
            "primary": any(source.genre in ("official", "legal", "data") for source in summary.sources),
            "confidence": limit.confidence,
        },
    )


def all_evidence(views: Projection) -> Iterator[Evidence]:
    """Yield every piece of evidence of what this version may show."""
    for pointer, shown in views.ids.items():
        item = views.at(pointer)
        if shown not in views.hidden:
            yield from getattr(item, "evidence", ())
            for side in getattr(item, "sides", ()):
                yield from side.evidence
    for claim in claims_in(first_page(views)):
        yield from claim


def first_page(views: Projection) -> tuple[object, ...]:
    """Return what stands before the items, and can have evidence of its own."""
    summary = views.summary
    return (summary.background, summary.why_it_matters, summary.ask, summary.lines_to_take)


def _one(name: str) -> Builder:
    """Return a builder for a part that is a single text or node."""

    def build(views: Projection, order: WordingOrder) -> list[Row]:
        value = getattr(views.summary, name)
        if value is None:
            return []
        projected = views.project(value, f"/{name}", order)
        return [(projected if isinstance(projected, View) else _said(views, value, f"/{name}", order), None)]

    return build


def _texts(*path: str) -> Builder:
    """Return a builder for a list of texts."""

    def build(views: Projection, order: WordingOrder) -> list[Row]:
        pointer = pointers.joined(path)
        return [(_said(views, text, f"{pointer}/{n}", order), None) for n, text in enumerate(views.at(pointer))]

    return build


def _said(views: Projection, text: Text, path: str, order: WordingOrder) -> View:
    """Return the view of a text alone, with its evidence where it is one that can have some."""
    backed = {"evidence": views.project(text.evidence, f"{path}/evidence", order)} if isinstance(text, Backed) else {}
    return View(path, {"text": views.project(text, path, order), **backed})


def _items(*path: str) -> Builder:
    """Return a builder for a list of items, in the order of the file."""

    def build(views: Projection, order: WordingOrder) -> list[Row]:
        pointer = pointers.joined(path)
        rows = views.at(pointer)
        made = views.project(rows, pointer, order)
        return [(view, node if isinstance(node, Item) else None) for view, node in zip(made, rows, strict=True)]

    return build


def _stakeholders(views: Projection, order: WordingOrder) -> list[Row]:
    rows = _items("stakeholders")(views, order)
    return sorted(rows, key=lambda row: not _own_side(row[1], views.summary.perspective))


def _own_side(item: Item | None, perspective: str) -> bool:
    if not isinstance(item, Stakeholder):
        return False
    european = perspective.casefold() in {"europe", "the eu", "eu", "european union"}
    if european and (item.kind is Kind.EU_BODY or item.name.startswith(("EU ", "European "))):
        return True
    return perspective.casefold() in item.name.casefold()


def _risks(views: Projection, order: WordingOrder) -> list[Row]:
    rows = _items("risks")(views, order)
    return sorted(rows, key=lambda row: -(row[0].level.rank if row[0].level else -1))


def _disagreements(views: Projection, order: WordingOrder) -> list[Row]:
    rows = []
    for view, item in _items("disagreements")(views, order):
        ids = tuple(str(name) for name in view.items)
        headlines = views.named(view.items, "headline", order)
        rows.append((view.with_(item_ids=ids, headlines=headlines), item))
    return rows


def _sources(views: Projection, order: WordingOrder) -> list[Row]:
    return [row for row in _items("sources")(views, order) if str(row[0].id) not in views.withheld]


def _legend(views: Projection, order: WordingOrder) -> list[Row]:
    scheme = views.summary.scheme
    items = [views.at(pointer) for pointer, name in views.ids.items() if name not in views.hidden]
    used = {item.status for item in items if isinstance(item, (Development, Stakeholder)) and item.status}
    grades = {s.reliability for s in views.shown.sources if s.reliability}
    fields = {
        "scheme": scheme.key,
        "bands": scheme.bands,
        "statuses": tuple(status for status in Status if status in used),
        "grades": tuple(sorted(grades)),
    }
    has_assessment = views.summary.risks or views.summary.key_judgements or views.summary.outlook.scenarios
    return [(View("/yardstick", fields), None)] if has_assessment or used else []


def _always(_views: Projection, _order: WordingOrder) -> list[Row]:
    return [(View("", {}), None)]


def _credits(views: Projection, _order: WordingOrder) -> list[Row]:
    s = views.summary
    return [(View("", {}), None)] if s.reviewer or s.contact or s.production is not Production.HUMAN else []


def _outlook(views: Projection, order: WordingOrder) -> list[Row]:
    summary = views.summary.outlook.summary
    return [(View("/outlook", {"text": views.project(summary, "/outlook/summary", order)}), None)] if summary else []


def _scope(views: Projection, _order: WordingOrder) -> list[Row]:
    return [(basis(views), None)]


def origin_names(made: Panel) -> tuple[str, ...]:
    """Return the independent origins as a reader knows them: ids of sources first, then outlets as the summary writes them."""
    written = {house(name): relayed(name) for weight in made.weights for name in weight.relays}
    ids = {weight.source.id: place for place, weight in enumerate(made.weights)}
    names = [written.get(origin, origin) for origin in made.origins]
    return tuple(sorted(names, key=lambda name: (ids.get(name, len(ids)), name)))


def _source_panel(views: Projection, order: WordingOrder) -> list[Row]:
    summary = views.shown
    shown = [views.at(pointer) for pointer, name in views.ids.items() if name not in views.hidden]
    claims = [*claims_in(first_page(views)), *(claim for item in shown for claim in claims_in(item))]
    made = panel(summary, claims, views.evidence_of(summary.rests_on))
    rows = [
        views.source(one.source.id, order).with_(claims=one.claims, alone=one.alone, relays=one.relays) for one in made.weights
    ]
    fields = {
        "rows": tuple(rows),
        "claims": made.claims,
        "single": made.single,
        "origins": len(made.origins),
        "origin_names": origin_names(made),
        "oldest": views.source(made.oldest.id, order) if made.oldest else None,
        "newest": views.source(made.newest.id, order) if made.newest else None,
        "confidence": made.cap.confidence,
        "reason": made.cap.reason,
    }
    return [(View("/sources", fields), None)] if made.claims else []


PARTS: Mapping[str, Builder] = {
    "bottom_line": _one("bottom_line"),
    "why_it_matters": _one("why_it_matters"),
    "background": _one("background"),
    "ask": _one("ask"),
    "lines_to_take": _texts("lines_to_take"),
    "changes": _items("changes"),
    "judgements": _items("key_judgements"),
    "developments": _items("key_developments"),
    "stakeholders": _stakeholders,
    "risks": _risks,
    "outlook": _outlook,
    "scenarios": _items("outlook", "scenarios"),
    "watch": _items("outlook", "watch"),
    "gaps": _texts("outlook", "gaps"),
    "alternatives": _texts("outlook", "alternatives"),
    "disagreements": _disagreements,
    "glossary": _items("glossary"),
    "scope": _scope,
    "legend": _legend,
    "sources": _sources,
    "source_panel": _source_panel,
    "credits": _credits,
    "cuts": _always,
}
