"""What templates can ask beyond their fields: the grid of a risk matrix, the terms in use, what is not shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from briefgen.model.brief import Brief, View
from briefgen.model.yardstick import IMPACTS, Band, Level, Yardstick, risk_level

MATRIX_RISKS, MATRIX_CELLS = 4, 3
Grid = list[tuple[int, list[tuple[Level, tuple[str, ...]]]]]


def matrix(risks: Iterable[View], scheme: Yardstick) -> Grid:
    """Return rows of (impact, cells of (level, ids)), impact 5 first; empty where too few risks or cells would be filled."""
    places: dict[tuple[int, str], list[str]] = {}
    for risk in risks:
        if risk.band and risk.impact:
            places.setdefault((risk.impact, risk.band.key), []).append(risk.id)
    if sum(len(ids) for ids in places.values()) < MATRIX_RISKS or len(places) < MATRIX_CELLS:
        return []
    return [
        (
            impact,
            [(risk_level(impact, n), tuple(places.get((impact, band.key), ()))) for n, band in enumerate(scheme.bands)],
        )
        for impact in IMPACTS
    ]


def grouped(evidence: Iterable[View]) -> list[View]:
    """Return evidence with one row for each source, relay, unnamed source and relation: its places and its quotes together."""
    rows: dict[tuple[str, ...], list[View]] = {}
    for piece in evidence:
        key = (piece.source.id, str(piece.cites or ""), str(piece.unnamed or ""), piece.relation)
        rows.setdefault(key, []).append(piece)
    return [
        pieces[0].with_(
            locators=tuple(dict.fromkeys(p.locator for p in pieces if p.locator)),
            quotes=tuple(dict.fromkeys(p.quote for p in pieces if p.quote)),
            translations=tuple(p.translation for p in pieces if p.translation),
        )
        for pieces in rows.values()
    ]


def bands(items: Iterable[Any], scheme: Yardstick) -> list[Band]:
    """Return the bands that items use, from the least likely."""
    used = {item.band.key for item in items if isinstance(item, View) and "band" in item and item.band}
    return [band for band in scheme.bands if band.key in used]


def shown_items(brief: Brief) -> list[View]:
    """Return every item that the brief shows."""
    return [item for section in brief.sections for item in section.items if isinstance(item, View)]


def not_shown(brief: Brief) -> list[str]:
    """Return the ids of the items that this level does not show, in the order of the file."""
    shown = {str(item.id) for item in shown_items(brief) if "id" in item and item.id}
    counted = ("developments", "judgements", "stakeholders", "risks", "scenarios", "watch")
    rows = [view for part in counted for view in brief.parts.get(part, ())]
    withheld = set(brief.head.omitted)
    return [str(view.id) for view in rows if str(view.id) not in shown and str(view.id) not in withheld]
