"""Summary × Audience → Brief: wording, order, limits, what is kept, left out and never hidden."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from briefgen.model.audience import Audience
from briefgen.model.brief import Brief, Phrase, Section, View
from briefgen.tailor import Cuts, marking_of, phrases, releasable, tailor
from tests.builders import AUDIENCES, Data, developments, maximal, minimal, summary
from tests.mini import Mini


def _audience(*sections: Any, **fields: Any) -> Audience:
    return Audience.model_validate({"name": "board", "sections": sections, **fields})


def _brief(data: Data, *sections: Any, cuts: Cuts | None = None, **fields: Any) -> Brief:
    return tailor(summary(data), _audience(*sections, **fields), cuts)


def _ids(section: Section) -> list[str]:
    return [str(item.id) for item in section.items]


# ---- wording


@pytest.mark.parametrize(
    ("order", "words"),
    [(["full"], "told in full"), (["short", "full"], "in short"), (["board", "short"], "for the board"),
    (["nobody", "plain"], "in plain words"), (["nobody"], "told in full")],
)  # fmt: skip
def test_an_audience_says_in_which_order_it_looks_for_a_wording(order: list[str], words: str) -> None:
    text = {"full": "told in full", "short": "in short", "plain": "in plain words", "board": "for the board"}
    [section] = _brief(minimal(bottom_line=text), "bottom_line", text=order).sections
    assert section.item.text == words


def test_a_section_may_have_an_order_of_its_own() -> None:
    brief = _brief(maximal(), "bottom_line", {"use": "why_it_matters", "text": ["short"]})
    assert [section.item.text.path for section in brief.sections] == ["/bottom_line/full", "/why_it_matters/short"]


def test_every_text_knows_the_field_it_was_written_in() -> None:
    data = maximal()
    brief = _brief(
        data, "developments_table", "risks_table", "watch_table", "stakeholders_table", "disagreements", text=["short", "full"]
    )
    seen = list(phrases(brief.sections))
    assert len(seen) > 50
    for phrase in seen:
        node: Any = data
        for key in phrase.path.split("/")[1:]:
            if isinstance(node, str):
                assert key == "full"  # a bare string is the full wording
                break
            node = node[int(key)] if isinstance(node, list) else node[key]
        assert node == phrase, phrase.path


# ---- order and limits


def test_sections_stand_in_the_audience_s_order_and_no_other_is_shown() -> None:
    brief = _brief(maximal(), "sources", "risks_table", "bottom_line")
    assert [section.use for section in brief.sections] == ["sources", "risks_table", "bottom_line"]


def test_a_section_with_nothing_to_show_is_left_out() -> None:
    brief = _brief(minimal(), "bottom_line", "risks_table", "judgements", "developments_list", "watch_table", "glossary")
    assert [section.use for section in brief.sections] == ["developments_list"]


def test_a_limit_keeps_the_first_items() -> None:
    [section] = _brief(minimal(key_developments=developments(5)), {"use": "developments_list", "limit": 3}).sections
    assert _ids(section) == ["D1", "D2", "D3"]
    assert [view.id for view in section.dropped] == ["D4", "D5"]
    assert section.total == 5


def test_what_the_author_keeps_is_shown_before_what_matters_more() -> None:
    rows = developments(5)
    rows[4]["keep"] = ["board"]
    [section] = _brief(minimal(key_developments=rows), {"use": "developments_list", "limit": 3}).sections
    assert _ids(section) == ["D1", "D2", "D5"]


def test_more_items_kept_than_the_limit_allows_are_all_shown() -> None:
    rows = developments(4, keep=["board", "public"])
    [section] = _brief(minimal(key_developments=rows), {"use": "developments_list", "limit": 2}).sections
    assert _ids(section) == ["D1", "D2", "D3", "D4"]


def test_keep_for_another_audience_changes_nothing() -> None:
    rows = developments(3, keep=["public"])
    [section] = _brief(minimal(key_developments=rows), {"use": "developments_list", "limit": 1}).sections
    assert _ids(section) == ["D1"]


def test_what_the_author_omits_is_not_shown_and_does_not_count_for_the_limit() -> None:
    rows = developments(4)
    rows[0]["omit"] = ["board"]
    [section] = _brief(minimal(key_developments=rows), {"use": "developments_list", "limit": 2}).sections
    assert _ids(section) == ["D2", "D3"]
    [section] = _brief(minimal(key_developments=rows), "developments_list", name="public").sections
    assert _ids(section) == ["D1", "D2", "D3", "D4"]


def _risks(*rows: tuple[str, str | None, int | None]) -> Data:
    return minimal(
        risks=[{"id": i, "title": i, "mechanism": "m", "likelihood": term, "impact": impact} for i, term, impact in rows]
    )


def test_risks_stand_by_level_then_by_the_author_s_order() -> None:
    data = _risks(
        ("Low", "unlikely", 1), ("None", None, 5), ("Critical", "likely", 5), ("High1", "likely", 4),
        ("High2", "realistic possibility", 4)
    )  # fmt: skip
    [section] = _brief(data, "risks_table").sections
    assert _ids(section) == ["Critical", "High1", "High2", "Low", "None"]


def test_a_limit_on_risks_cuts_the_lowest_level_first() -> None:
    data = _risks(("Low", "unlikely", 1), ("High", "likely", 4))
    [section] = _brief(data, {"use": "risks_table", "limit": 1}).sections
    assert _ids(section) == ["High"]


@pytest.mark.parametrize(
    ("perspective", "first"),
    [
        ("Europe", "European Commission"),
        ("the EU", "European Commission"),
        ("Norway", "Government of Norway"),
        ("Mars", "Ferry owners"),
    ],
)
def test_the_perspective_s_own_side_stands_first(perspective: str, first: str) -> None:
    rows = [{"name": name, "role": "r"} for name in ("Ferry owners", "European Commission", "Government of Norway", "Crews")]
    [section] = _brief(minimal(stakeholders=rows, perspective=perspective), "stakeholders_table").sections
    names = [str(item.name) for item in section.items]
    assert names[0] == first
    assert names[1:] == [row["name"] for row in rows if row["name"] != first]


def test_an_eu_body_is_the_own_side_of_europe_whatever_its_name() -> None:
    rows = [{"name": "Crews", "role": "r"}, {"name": "Frontex", "kind": "eu_body", "role": "r"}]
    [section] = _brief(minimal(stakeholders=rows), "stakeholders_table").sections
    assert [str(item.name) for item in section.items] == ["Frontex", "Crews"]


# ---- marking


def test_an_item_marked_above_its_version_is_left_out_and_told_to_the_desk() -> None:
    rows = developments(3)
    rows[1]["tlp"] = "RED"
    brief = _brief(minimal(key_developments=rows, marking={"tlp": "GREEN"}), "developments_list")
    assert _ids(brief.sections[0]) == ["D1", "D3"]
    assert brief.head.omitted == ("D2",)
    assert "D2" not in {str(p) for p in phrases(brief.sections)}


def test_an_item_at_the_marking_of_its_version_is_shown() -> None:
    brief = _brief(minimal(key_developments=developments(1, tlp="GREEN"), marking={"tlp": "GREEN"}), "developments_list")
    assert brief.head.omitted == ()
    assert brief.head.marking == "TLP:GREEN"


RELEASE = {"tlp": "CLEAR", "by": "R. Releaser", "date": "2025-03-04"}


def test_a_released_version_wears_the_lower_marking_and_loses_what_is_above_it() -> None:
    data = minimal(key_developments=developments(2), marking={"tlp": "AMBER", "release": {"board": RELEASE}})
    data["key_developments"][1]["tlp"] = "GREEN"
    brief = _brief(data, "developments_list", public=True)
    assert (brief.head.marking, _ids(brief.sections[0])) == ("TLP:CLEAR", ["D1"])


def test_a_release_never_raises_a_marking() -> None:
    made = summary(minimal(marking={"tlp": "GREEN", "release": {"board": {**RELEASE, "tlp": "RED"}}}))
    assert marking_of(made, _audience("sources")).value == "GREEN"


@pytest.mark.parametrize(
    ("marking", "public", "released", "can"),
    [("none", True, False, True), ("CLEAR", True, False, True), ("GREEN", True, False, False), ("RED", True, True, True),
    ("RED", False, False, True)],
)  # fmt: skip
def test_what_is_published_must_be_clear(marking: str, public: bool, released: bool, can: bool) -> None:
    made = summary(minimal(marking={"tlp": marking, "release": {"board": RELEASE} if released else {}}))
    assert releasable(made, _audience("sources", public=public)) is can


# ---- what a level must not hide

DISPUTE = {"about": "Timing", "items": ["D1", "D2"], "handling": "Both are shown"}


def _disputed(count: int = 2, **fields: Any) -> Data:
    return minimal(key_developments=developments(count), disagreements=[{**DISPUTE, **fields}])


def test_a_dropped_contrary_item_leaves_one_line() -> None:
    [section] = _brief(_disputed(), {"use": "developments_list", "limit": 1}).sections
    assert [str(view.about) for view in section.contrary] == ["Timing"]


def test_where_both_sides_stand_no_line_is_needed() -> None:
    [section] = _brief(_disputed(), "developments_list").sections
    assert section.contrary == ()


def test_a_section_of_disagreements_says_it_itself() -> None:
    brief = _brief(_disputed(), {"use": "developments_list", "limit": 1}, "disagreements")
    assert [section.contrary for section in brief.sections] == [(), ()]


def test_the_line_stands_where_one_of_the_items_does() -> None:
    data = _disputed(items=["W1", "W2"])
    data["outlook"] = {"watch": [{"id": "W1", "event": "e"}, {"id": "W2", "event": "f"}]}
    brief = _brief(data, "developments_list", {"use": "watch_list", "limit": 1})
    assert {s.use: len(s.contrary) for s in brief.sections} == {"developments_list": 0, "watch_list": 1}


def test_where_no_item_is_shown_the_first_section_that_can_says_it() -> None:
    brief = _brief(_disputed(items=["X7", "X8"]), "sources", "developments_list")
    assert {s.use: len(s.contrary) for s in brief.sections} == {"sources": 0, "developments_list": 1}


def test_a_dispute_that_names_no_items_leaves_its_line_at_levels_without_the_section() -> None:
    [section] = _brief(_disputed(items=[], sides=[{"text": "a"}, {"text": "b"}]), "developments_list").sections
    assert len(section.contrary) == 1


def test_a_dispute_left_out_by_its_author_leaves_no_line() -> None:
    [section] = _brief(_disputed(omit=["board"]), {"use": "developments_list", "limit": 1}).sections
    assert section.contrary == ()


# ---- cuts


def test_cuts_shorten_a_section_and_are_told() -> None:
    data = minimal(key_developments=developments(4))
    brief = _brief(data, {"use": "developments_list", "limit": 3}, cuts=Cuts(down_to={"developments_list": 1}))
    assert _ids(brief.sections[0]) == ["D1"]
    [cut] = brief.cuts
    assert (cut.section, cut.ids, cut.count, cut.short) == ("developments_list", ("D2", "D3"), 2, False)


def test_a_cut_never_takes_what_the_author_keeps() -> None:
    data = minimal(key_developments=developments(3))
    data["key_developments"][2]["keep"] = ["board"]
    brief = _brief(data, "developments_list", cuts=Cuts(down_to={"developments_list": 0}))
    assert _ids(brief.sections[0]) == ["D3"]
    assert brief.cuts[0].ids == ("D1", "D2")


def test_a_section_cut_to_nothing_goes_and_is_told() -> None:
    data = minimal(glossary=[{"term": "a", "plain": "b"}])
    brief = _brief(data, "glossary", "sources", cuts=Cuts(down_to={"glossary": 0}))
    assert [section.use for section in brief.sections] == ["sources"]
    assert [(cut.section, cut.count) for cut in brief.cuts] == [("glossary", 1)]


def test_short_wording_as_a_cut() -> None:
    data = maximal()
    brief = _brief(data, "bottom_line", cuts=Cuts(short=frozenset({"bottom_line"})))
    assert brief.sections[0].item.text.path == "/bottom_line/short"
    assert [(cut.section, cut.short) for cut in brief.cuts] == [("bottom_line", True)]


def test_without_cuts_nothing_is_told() -> None:
    assert _brief(maximal(), {"use": "developments_list", "limit": 1}).cuts == ()


# ---- what follows from the items


def _items(data: Data, use: str) -> dict[str, View]:
    [section] = _brief(data, use).sections
    return {str(item.id): item for item in section.items}


def test_a_risk_knows_its_band_and_level() -> None:
    risks = _items(maximal(), "risks_table")
    assert (risks["R1"].band.key, risks["R1"].level) == ("likely", "high")
    assert (risks["R2"].band.key, risks["R2"].level) == ("unlikely", "low")


def test_a_percentage_and_a_synonym_are_shown_as_their_term() -> None:
    data = _risks(("A", "60 %", 3), ("B", "probable", 3))
    assert {item.band.term for item in _items(data, "risks_table").values()} == {"likely"}


def test_a_risk_without_likelihood_has_no_level() -> None:
    risk = _items(_risks(("A", None, 3)), "risks_table")["A"]
    assert (risk.band, risk.level) == (None, None)


def test_ids_of_actors_and_signs_are_printed_as_their_names() -> None:
    risk = _items(maximal(), "risks_table")["R1"]
    assert [str(name) for name in risk.exposed] == ["European Commission", "island shops"]
    assert [str(sign) for sign in risk.early_signs] == ["Ballot of the crews, told in full.", "queues at shops"]
    scenario = _items(maximal(), "scenarios_table")["SC1"]
    assert str(scenario.indicators[0]) == "Ballot of the crews, told in full."


def test_a_confidence_is_the_one_that_a_person_wrote() -> None:
    data = maximal()
    judgements = _items(data, "judgements")
    assert (judgements["J1"].confidence.level, str(judgements["J1"].confidence.reason)) == ("low", "One report only")
    assert judgements["J2"].confidence is None
    for written, level in (("moderate", "moderate"), ("high", None)):  # a higher one than the evidence allows is none of ours
        data["key_judgements"][1]["confidence"] = written
        shown = _items(data, "judgements")["J2"].confidence
        assert (shown and (shown.level, shown.cap)) == (level and (level, "one_strong"))


def test_evidence_holds_its_source() -> None:
    evidence = _items(maximal(), "developments_table")["D1"].evidence
    assert (str(evidence[0].source.id), str(evidence[0].source.title)) == ("S1", "Port report")


def test_the_basis_counts_genres_and_names_whom_they_relay() -> None:
    basis = _brief(maximal(), "scope").head.basis
    assert (basis.total, basis.genres, basis.cited, basis.undated, basis.primary) == (
        2,
        {"news": 1, "official": 1},
        ("Harbour News",),
        0,
        True,
    )


# ---- all levels


@pytest.mark.parametrize("name", AUDIENCES)
def test_no_level_says_what_the_summary_does_not(mini: Mini, name: str) -> None:
    data = maximal()
    written = set(_strings(data))
    brief = mini.brief(data, name)
    said = {str(phrase) for phrase in phrases(brief.sections) if not phrase.path.endswith("/id")}
    assert said
    assert said <= written


@pytest.mark.parametrize("name", AUDIENCES)
def test_a_level_never_upgrades_a_status(mini: Mini, name: str) -> None:
    """A claim that is reported, claimed or denied stays so, whatever the wording."""
    written = {row["id"]: row["status"] for row in maximal()["key_developments"]}
    shown = [s for s in mini.brief(maximal(), name).sections if s.part == "developments"]
    for section in shown:
        assert {str(item.id): item.status.value for item in section.items} == {
            str(i.id): written[str(i.id)] for i in section.items
        }
    assert bool(shown) == (name != "executive")


def _strings(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [words for value in data.values() for words in _strings(value)]
    if isinstance(data, list):
        return [words for value in data for words in _strings(value)]
    return [str(data)]


def test_a_brief_survives_the_way_to_another_process(mini: Mini) -> None:
    brief = mini.brief(maximal(), "analyst")
    again = pickle.loads(pickle.dumps(brief))
    assert [p.path for p in phrases(again.sections)] == [p.path for p in phrases(brief.sections)]
    assert repr(again.sections) == repr(brief.sections)


def test_views_and_phrases_do_not_change() -> None:
    view = View("/x", {"a": Phrase("words", "/x/a")})
    with pytest.raises(AttributeError, match="can't be changed"):
        view.a = "other"
    assert (view.with_(b=1).b, "b" in view) == (1, False)
