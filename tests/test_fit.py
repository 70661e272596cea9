"""The page budget: the ladder in its order, one item at a time, told to the desk; few layouts; never another way out.

The layout engine is a stand-in here: its pages follow from the list items that a document holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from briefgen.findings.diagnostics import Rejected, Severity
from briefgen.model.audience import Audience
from briefgen.model.document import Document, Written
from briefgen.pipeline import refill
from briefgen.pipeline.fit import HELD_BACK, Fitted, fit
from briefgen.tailor import Cuts, ladder, tailor
from tests.builders import Data, developments, minimal, summary
from tests.mini import Mini

LINE = 14.0


@dataclass
class Fake:
    """A layout: one page holds `room` list items of `LINE` points each; larger type needs half as much again."""

    document: Document
    room: int
    calls: list[int] = field(default_factory=list)

    @property
    def height(self) -> float:
        large = any(body.get("class") == "large" for body in self.document.tree.iter("body"))
        return sum(1.5 if large else 1.0 for _ in self.document.tree.iter("li"))

    @property
    def pages(self) -> int:
        return max(1, math.ceil(self.height / self.room))

    @property
    def free(self) -> float:
        return (self.pages * self.room - self.height) * LINE

    def heights(self) -> dict[str, float]:
        return {str(s.get("id")): LINE * len(list(s.iter("li"))) for s in self.document.tree.iter("section")}

    def last(self) -> set[str]:
        return set()

    def write(self) -> Written:
        return Written(b"", pages=self.pages)


def _fit(mini: Mini, data: Data, room: int, **audience: Any) -> Fitted:
    made = Audience.model_validate({"name": "board", "sections": ["developments_list", "gaps"], **audience})
    return fit(summary(data), made, mini.project.template_set, _engine(room))


def _engine(room: int) -> Callable[[Document], Fake]:
    return lambda document: Fake(document, room)


def _data(count: int = 8, gaps: int = 4) -> Data:
    return minimal(key_developments=developments(count), outlook={"gaps": [f"Gap number {n}." for n in range(1, gaps + 1)]})


def _shown(fitted: Fitted) -> dict[str, int]:
    return {section.use: len(section.items) for section in fitted.brief.sections}


HARD = {"pages": 1, "hard": True}
CUT = [{"drop": "gaps", "down_to": 2}, {"drop": "developments_list", "down_to": 5}, {"drop": "gaps"}]


def test_what_fits_is_not_cut(mini: Mini) -> None:
    fitted = _fit(mini, _data(), 12 + int(HELD_BACK), budget=HARD, cut=CUT)
    assert (_shown(fitted), fitted.layouts, fitted.diagnostics) == ({"developments_list": 8, "gaps": 4}, 1, ())


@pytest.mark.parametrize(
    ("room", "developments_left", "gaps_left"),
    [(13, 8, 3), (12, 8, 2), (11, 7, 2), (10, 6, 2), (9, 5, 2), (8, 5, 1), (7, 5, 0)],
)
def test_the_ladder_is_climbed_down_one_item_at_a_time(mini: Mini, room: int, developments_left: int, gaps_left: int) -> None:
    """The room includes the two lines held back."""
    shown = _shown(_fit(mini, _data(), room, budget=HARD, cut=CUT))
    assert shown == {k: n for k, n in {"developments_list": developments_left, "gaps": gaps_left}.items() if n}


def test_two_lines_are_held_back_where_the_budget_is_hard(mini: Mini) -> None:
    assert HELD_BACK == 2
    assert _fit(mini, _data(), 13, budget=HARD, cut=CUT).brief.cuts
    assert not _fit(mini, _data(), 12, budget={"pages": 1}, cut=CUT).brief.cuts


def test_a_page_to_spare_needs_no_lines_held_back(mini: Mini) -> None:
    assert not _fit(mini, _data(), 12, budget={"pages": 2, "hard": True}, cut=CUT).brief.cuts


def test_each_cut_is_told_to_the_desk(mini: Mini) -> None:
    fitted = _fit(mini, _data(), 10, budget=HARD, cut=CUT)
    [told] = fitted.diagnostics
    assert (told.severity, told.code) == (Severity.INFO, "CUT-01")
    assert "developments_list" in told.message and "D7" in told.message and "D8" in told.message
    assert "gaps" in told.message
    assert {cut.section: cut.count for cut in fitted.brief.cuts} == {"developments_list": 2, "gaps": 2}


def test_what_the_author_keeps_is_cut_by_no_rung(mini: Mini) -> None:
    data = _data()
    data["key_developments"][7]["keep"] = ["board"]
    fitted = _fit(mini, data, 10, budget=HARD, cut=CUT)
    [section] = [s for s in fitted.brief.sections if s.use == "developments_list"]
    assert [str(item.id) for item in section.items] == ["D1", "D2", "D3", "D4", "D5", "D8"]


def test_where_the_ladder_ends_a_hard_budget_fails_with_the_largest_sections(mini: Mini) -> None:
    with pytest.raises(Rejected) as caught:
        _fit(mini, _data(), 3, budget=HARD, cut=CUT)
    [fault] = caught.value.diagnostics
    assert (fault.severity, fault.code) == (Severity.ERROR, "BUD-01")
    assert fault.message == "the board brief has 2 pages after every step of its ladder and may have 1"
    assert "developments_list (" in fault.hints[0]


def test_a_brief_that_fits_without_its_held_back_lines_says_so(mini: Mini) -> None:
    with pytest.raises(Rejected) as caught:
        _fit(mini, _data(4, 0), 4, budget=HARD)
    assert "2 lines must stay free" in caught.value.diagnostics[0].message


def test_a_soft_budget_that_can_not_be_kept_is_a_warning_and_cuts_nothing(mini: Mini) -> None:
    fitted = _fit(mini, _data(), 3, budget={"pages": 1}, cut=CUT)
    assert _shown(fitted) == {"developments_list": 8, "gaps": 4}
    assert [(d.severity, d.code) for d in fitted.diagnostics] == [(Severity.WARNING, "BUD-01")]


def test_an_audience_without_budget_is_laid_out_once(mini: Mini) -> None:
    assert _fit(mini, _data(), 1).layouts == 1


@pytest.mark.parametrize("room", [5, 8, 12, 17, 25, 31, 36, 40])
def test_a_long_ladder_takes_few_layouts(mini: Mini, room: int) -> None:
    cut = [{"drop": "gaps", "down_to": 1}, {"drop": "developments_list", "down_to": 1}]
    fitted = _fit(mini, _data(30, 8), room, budget=HARD, cut=cut)
    assert fitted.layouts <= 7  # the first one, and a search that halves 36 rungs
    assert sum(_shown(fitted).values()) == min(38, room - 2)


def test_the_last_layout_is_that_of_the_brief_and_its_document(mini: Mini) -> None:
    fitted = _fit(mini, _data(), 10, budget=HARD, cut=CUT)
    assert isinstance(fitted.layout, Fake)
    assert fitted.layout.document is fitted.document
    assert len(list(fitted.document.tree.iter("li"))) == sum(_shown(fitted).values())


def test_short_wordings_are_a_rung(mini: Mini) -> None:
    data = minimal(key_developments=[{**row, "text": {"full": "Long.", "short": "S."}} for row in developments(3)])
    made = Audience.model_validate(
        {"name": "board", "sections": ["developments_list"], "budget": HARD, "cut": [{"short": "developments_list"}]}
    )
    fitted = fit(summary(data), made, mini.project.template_set, _by_words)
    assert {str(item.text) for item in fitted.brief.sections[0].items} == {"S."}
    assert "developments_list in short wording" in fitted.diagnostics[0].message


class _ByWords(Fake):
    @property
    def height(self) -> float:
        return 2.0 if "Long." in "".join(self.document.tree.itertext()) else 0.0


def _by_words(document: Document) -> _ByWords:
    return _ByWords(document, 3)


# ---- what goes back


class _Uneven(Fake):
    """A gap takes three lines, a development one."""

    @property
    def height(self) -> float:
        return sum(3.0 if s.get("id") == "gaps" else 1.0 for s in self.document.tree.iter("section") for _ in s.iter("li"))

    def heights(self) -> dict[str, float]:
        lines = {"gaps": 3, "developments-list": 1}
        return {
            str(s.get("id")): LINE * lines[str(s.get("id"))] * len(list(s.iter("li"))) for s in self.document.tree.iter("section")
        }


BACK = [{"drop": "developments_list", "down_to": 5}, {"drop": "gaps", "down_to": 2}]


def _uneven(mini: Mini, room: int, data: Data | None = None) -> Fitted:
    made = Audience.model_validate({"name": "board", "sections": ["developments_list", "gaps"], "budget": HARD, "cut": BACK})
    return fit(summary(data or _data()), made, mini.project.template_set, lambda document: _Uneven(document, room))


@pytest.mark.parametrize(
    ("room", "developments_left", "gaps_left"),
    [(22, 8, 4), (19, 5, 4), (18, 7, 3), (17, 6, 3), (16, 5, 3), (15, 7, 2), (13, 5, 2)],
)
def test_what_the_last_cut_leaves_room_for_goes_back(mini: Mini, room: int, developments_left: int, gaps_left: int) -> None:
    """Uncut there are 20 lines, and two are held back. At 18 and 15 a gap went, and two of the three developments come back."""
    fitted = _uneven(mini, room)
    assert _shown(fitted) == {"developments_list": developments_left, "gaps": gaps_left}
    assert isinstance(fitted.layout, _Uneven)
    assert fitted.layout.height + HELD_BACK <= room
    assert fitted.layout.document is fitted.document


def test_what_went_back_is_not_told_as_a_cut(mini: Mini) -> None:
    fitted = _uneven(mini, 18)
    assert {cut.section: cut.ids or cut.count for cut in fitted.brief.cuts} == {"developments_list": ("D8",), "gaps": 1}
    assert "D7" not in fitted.diagnostics[0].message


def test_the_result_is_the_same_each_time_and_costs_few_layouts(mini: Mini) -> None:
    made = [_uneven(mini, room) for room in range(13, 22) for _ in range(2)]
    assert all(_shown(one) == _shown(two) for one, two in zip(made[::2], made[1::2], strict=True))
    assert max(one.layouts for one in made) <= 4 + refill.TRIES


def test_nothing_is_laid_out_for_what_is_too_high(mini: Mini) -> None:
    assert _fit(mini, _data(), 10, budget=HARD, cut=CUT).layouts == 4  # six rungs, no room for one line


def test_a_wording_goes_back_too() -> None:
    rungs = [
        Cuts(frozenset({"gaps"})),
        Cuts(frozenset({"gaps"}), {"risks": 3}),
        Cuts(frozenset({"gaps"}), {"risks": 3, "watch": 0}),
    ]
    saved = refill.saved(rungs, {"gaps": 50.0, "risks": 90.0, "watch": 9.0}, {"gaps": 30.0, "risks": 70.0})
    assert saved == {("gaps", True): 20.0, ("risks", False): 20.0, ("watch", False): 9.0}
    tried: list[Cuts] = []

    def fits(cuts: Cuts) -> float | None:
        tried.append(cuts)
        return None if len(tried) == 1 else 0.0

    refill.fuller(rungs, saved, 25.0, fits, ())
    assert tried == [Cuts(frozenset({"gaps"}), {"watch": 0}), Cuts(frozenset(), {"risks": 3, "watch": 0})]


def test_what_goes_onto_the_last_page_is_tried_first() -> None:
    rungs = [Cuts(down_to={"watch": 3}), Cuts(down_to={"watch": 3, "gaps": 2}), Cuts(down_to={"watch": 3, "gaps": 2, "risks": 1})]
    tried: list[Cuts] = []

    def fits(cuts: Cuts) -> float | None:
        tried.append(cuts)
        return 10.0

    refill.fuller(rungs, {("watch", False): 9.0, ("gaps", False): 9.0}, 10.0, fits, {"watch"})
    assert tried == [Cuts(down_to={"gaps": 2, "risks": 1}), Cuts(down_to={"risks": 1})]


# ---- larger type


def test_type_grows_where_the_page_has_room(mini: Mini) -> None:
    fitted = _fit(mini, _data(4, 2), 20, budget=HARD, size="grow")
    assert (fitted.brief.large, fitted.layouts) == (True, 2)


@pytest.mark.parametrize(("room", "count"), [(9, 6), (8, 6)])
def test_type_does_not_grow_past_the_budget(mini: Mini, room: int, count: int) -> None:
    fitted = _fit(mini, _data(4, 2), room, budget=HARD, size="grow")
    assert (fitted.brief.large, _shown(fitted)) == (False, {"developments_list": 4, "gaps": 2})


def test_type_does_not_grow_where_something_was_cut(mini: Mini) -> None:
    assert not _fit(mini, _data(), 11, budget=HARD, cut=CUT, size="grow").brief.large


def test_large_type_is_never_made_smaller_to_fit(mini: Mini) -> None:
    fitted = _fit(mini, _data(), 10, budget=HARD, cut=[*CUT, {"drop": "developments_list", "down_to": 1}], size="large")
    assert fitted.brief.large
    assert sum(_shown(fitted).values()) == 5


# ---- without an engine


def test_without_an_engine_nothing_is_cut_and_that_is_said(mini: Mini) -> None:
    made = Audience.model_validate({"name": "board", "sections": ["developments_list"], "budget": HARD, "cut": []})
    fitted = fit(summary(_data()), made, mini.project.template_set, None)
    assert fitted.layout is None
    assert [(d.severity, d.code) for d in fitted.diagnostics] == [(Severity.WARNING, "BUD-02")]


def test_without_an_engine_and_without_budget_there_is_nothing_to_say(mini: Mini) -> None:
    made = Audience.model_validate({"name": "board", "sections": ["developments_list"]})
    assert fit(summary(_data()), made, mini.project.template_set, None).diagnostics == ()


# ---- the ladder itself


def test_every_rung_cuts_more_than_the_one_before() -> None:
    made = Audience.model_validate({"name": "board", "sections": ["developments_list", "gaps"], "cut": [{"short": "gaps"}, *CUT]})
    rungs = list(ladder(made, tailor(summary(_data()), made)))
    left = [sum(len(s.items) for s in tailor(summary(_data()), made, rung).sections) for rung in rungs]
    assert left == [12, 11, 10, 9, 8, 7, 6, 5]
    assert all("gaps" in rung.short for rung in rungs)


def test_a_rung_for_a_section_that_is_not_shown_cuts_nothing() -> None:
    made = Audience.model_validate({"name": "board", "sections": ["developments_list", "gaps"], "cut": [{"drop": "gaps"}]})
    assert list(ladder(made, tailor(summary(_data(3, 0)), made))) == []
