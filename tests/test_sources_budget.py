"""Many sources and a hard page budget: idle sources are counted, the others told shortly, none that is printed from is lost."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from briefgen.load.source import read
from briefgen.pipeline.fit import Fitted, fit
from briefgen.render import render
from briefgen.tailor import Cuts, ladder, tailor
from briefgen.writers.pdf import available, layout
from tests.builders import Data, maximal, minimal, summary
from tests.mini import ROOT, Mini

pytestmark = pytest.mark.slow

needs_engine = pytest.mark.skipif(available() is not None, reason="not checked: no PDF engine")


def crowded(sources: int = 20, risks: int = 12, stakeholders: int = 15, *, cited: bool = False) -> Data:
    """Return the example with many of each, in its own length; `cited`: what stands first rests on all sources."""
    path = ROOT / "inputs/us-russia-reset.yaml"
    data: Data = deepcopy(read(path, path.name).values)
    first = {key: value for key, value in data["sources"][0].items() if key not in ("file", "file_sha256")}
    data["sources"] = [
        first | {"id": f"S{n}", "publisher": f"Outlet {n} of the Region", "published": f"2025-02-{n:02}"}
        for n in range(1, sources + 1)
    ]
    data["risks"] = _times(data["risks"], risks)
    data["stakeholders"] = _times(data["stakeholders"], stakeholders)
    pieces = [e for key in ("key_developments", "risks", "stakeholders") for row in data[key] for e in row.get("evidence", [])]
    for number, piece in enumerate(pieces):
        piece["source"] = f"S{number % sources + 1}"
    if cited:
        first_rows = [*data["key_developments"][:3], *data["risks"][:3]]
        for number, row in enumerate(first_rows):
            row["evidence"] = [{"source": f"S{n}"} for n in range(1, sources + 1) if n % len(first_rows) == number]
    return data | {"stage": "draft", "waivers": []}


def _times(rows: list[Data], wanted: int) -> list[Data]:
    made = [deepcopy(rows[n % len(rows)]) for n in range(wanted)]
    for number, row in enumerate(made[len(rows) :]):
        row["id"] += f"{number}x"
    return made


def _fit(mini: Mini, data: Data, audience: str) -> Fitted:
    return fit(summary(data), mini.project.audience(audience), mini.project.template_set, layout)


@needs_engine
@pytest.mark.parametrize("cited", [False, True], ids=["some idle", "all cited"])
@pytest.mark.parametrize("audience", ["executive", "adviser", "public"])
def test_twenty_sources_keep_the_budget(mini: Mini, audience: str, cited: bool) -> None:
    fitted = _fit(mini, crowded(cited=cited), audience)
    assert fitted.layout is not None
    assert fitted.layout.pages <= (1 if audience == "executive" else 2)
    told = {cut.section for cut in fitted.brief.cuts}
    assert all(finding.code == "CUT-01" for finding in fitted.diagnostics)
    assert all(section in fitted.diagnostics[0].message for section in told)


@needs_engine
@pytest.mark.parametrize("audience", ["adviser", "public"])
def test_twelve_sources_keep_the_budget_in_german(mini: Mini, audience: str) -> None:
    """Its labels and dates are longer; both levels were refused before the ladder knew sources."""
    fitted = _fit(mini, crowded(12) | {"language": "de"}, audience)
    assert fitted.layout is not None
    assert fitted.layout.pages == 2


@needs_engine
def test_every_note_finds_its_source(mini: Mini) -> None:
    fitted = _fit(mini, crowded(), "adviser")
    listed = {str(item.id) for section in fitted.brief.sections if section.part == "sources" for item in section.items}
    notes = {note.get("data-source") for note in fitted.document.tree.iter("span") if note.get("class") == "fn"}
    assert notes
    assert notes <= listed


# ---- what a rung takes


def _brief(data: Data, *, down_to: int = 0, audience: str = "adviser", short: bool = False, mini: Mini) -> Any:
    use = "sources_list" if audience == "adviser" else "sources_prose"
    cuts = Cuts(frozenset({use} if short else ()), {use: down_to})
    return tailor(summary(data), mini.project.audience(audience), cuts)


def _listed(brief: Any) -> list[str]:
    return [str(item.id) for section in brief.sections if section.part == "sources" for item in section.items]


def _idle(count: int) -> Data:
    data = maximal()
    more = [{"id": f"Z{n}", "title": f"Text {n}", "publisher": f"Paper {n}", "published": "2025-02"} for n in range(1, count + 1)]
    return data | {"sources": [more[0], *data["sources"], *more[1:]]}


def test_idle_sources_go_and_the_cited_ones_stay_in_their_order(mini: Mini) -> None:
    brief = _brief(_idle(3), mini=mini)
    assert _listed(brief) == ["S1", "S2"]
    assert [(cut.section, cut.ids) for cut in brief.cuts] == [("sources_list", ("Z1", "Z2", "Z3"))]


def test_what_a_reprint_was_first_stays_with_it(mini: Mini) -> None:
    data = _idle(3)
    data["sources"][1]["reprint_of"] = "Z2"
    assert _listed(_brief(data, mini=mini)) == ["S1", "S2", "Z2"]


def test_what_the_bottom_line_and_a_judgement_rest_on_stays(mini: Mini) -> None:
    data = _idle(4)
    data["rests_on"] = ["Z3"]
    data["key_judgements"][0]["rests_on"] = ["Z4"]
    assert _listed(_brief(data, mini=mini)) == ["S1", "S2", "Z3", "Z4"]
    assert _listed(_brief(data, mini=mini, audience="public")) == ["S1", "S2", "Z3"]  # no judgements there


def test_where_nothing_names_a_source_all_stay(mini: Mini) -> None:
    data = minimal(sources=[{"id": f"S{n}", "title": f"Text {n}"} for n in range(1, 9)])
    assert len(_listed(_brief(data, mini=mini))) == 8


def _printed(mini: Mini, brief: Any) -> str:
    root = render(brief, mini.project.template_set).tree
    section = next(element for element in root.iter("section") if str(element.get("id")).startswith("sources"))
    return " ".join("".join(section.itertext()).split())


@pytest.mark.parametrize(
    ("audience", "line"),
    [("adviser", "More sources, listed in the analyst brief: 3."), ("public", "More sources, not listed here: 3.")],
)
def test_one_line_counts_what_is_not_listed(mini: Mini, audience: str, line: str) -> None:
    assert line in _printed(mini, _brief(_idle(3), mini=mini, audience=audience))
    assert "More sources" not in _printed(mini, tailor(summary(_idle(3)), mini.project.audience(audience)))


def test_short_is_publisher_and_date(mini: Mini) -> None:
    printed = _printed(mini, _brief(_idle(1), down_to=9, short=True, mini=mini))
    assert "S1: Port Gazette, 2 March 2025; S2: Ferry Line, 1 March 2025" in printed.replace("\u00a0", " ")
    assert "Port report" not in printed


# ---- the ladder


def test_idle_sources_go_first_and_at_once(mini: Mini) -> None:
    audience = mini.project.audience("adviser")
    first, second, *_ = ladder(audience, tailor(summary(_idle(6) | {"outlook": maximal()["outlook"]}), audience))
    assert first.down_to == {"sources_list": 0}
    assert second.down_to != first.down_to or second.short
