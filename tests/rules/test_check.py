"""How findings are placed, weighed, ordered and waived."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.load import Source, parse, validate
from briefgen.rules import check
from tests.rules.case_files import levels

BASE = "title: T\nlanguage: en\n"
RISK = "risks:\n  - {id: R1, title: R, mechanism: M, likelihood: 52 %, confidence: high}\n"
SOURCES = "sources:\n  - {id: S1, title: T, published: unknown}\n  - {id: S2, title: T, published: unknown}\n"


def run(text: str, source: Source | None = None, **options: tuple[str, ...]) -> list[Diagnostic]:
    source = source or parse(BASE + text + SOURCES, Path("x.yaml"))
    return check(validate(source), source, **options)


def only(code: str, found: list[Diagnostic]) -> list[Diagnostic]:
    return [finding for finding in found if finding.code == code]


def test_findings_come_in_the_order_of_the_file() -> None:
    found = run(RISK + "rests_on: [D9, D8]\n")
    lines = [(finding.span.line, finding.span.column) for finding in found if finding.span]
    assert lines == sorted(lines)
    assert len(lines) == len(found)


def test_a_generated_id_is_cured_by_the_line_to_add() -> None:
    found = only("REF-01", run("key_developments:\n  - headline: H\n    text: T\n    status: reported\nrests_on: [D1]\n"))
    assert found[0].hints == ("add `id: D1` to the item at x.yaml:4",)
    assert found[0].path == "/rests_on/0"


def test_a_near_id_is_proposed() -> None:
    text = "key_developments: [{id: sanctions, headline: H, text: T, status: reported}]\nrests_on: [sanction]\n"
    assert only("REF-01", run(text))[0].hints[0].startswith("did you mean sanctions?")


def test_an_unknown_source_lists_the_known_ones() -> None:
    found = only("REF-01", run("background: {text: B, evidence: [{source: S3}]}\n"))
    assert "the sources are S1, S2" in found[0].hints[0]


def test_a_refused_term_lists_the_seven_and_the_nearest() -> None:
    found = only("LIK-01", run("risks: [{title: R, mechanism: M, likelihood: very likly}]\n"))
    assert found[0].hints[0] == 'did you mean "likely" (55–75 %)?'
    assert found[0].hints[1].count("%") == 7
    other = only("LIK-01", run("risks: [{title: R, mechanism: M, likelihood: roughly even chance}]\n"))
    assert other[0].message == '"roughly even chance" is no term of phia-2025, but of icd-203'


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("quite likely", "likely"),
        ("Very likely", "likely"),
        ("highly unlikely indeed", "highly unlikely"),
        ("not likely", "unlikely"),
        ("a realistic posibility", "realistic possibility"),
        ("100 %", "almost certain"),
    ],
)
def test_the_nearest_term_is_never_the_opposite(written: str, near: str) -> None:
    found = only("LIK-01", run(f"risks: [{{title: R, mechanism: M, likelihood: {written}}}]\n"))
    assert found[0].hints[0].startswith(f'did you mean "{near}" (')


def test_a_percentage_beyond_the_ends() -> None:
    found = only("LIK-01", run("yardstick: icd-203\nrisks: [{title: R, mechanism: M, likelihood: 99.5 %}]\n"))
    assert found[0].message == "99.5 % lies beyond the ends of icd-203"


def test_a_gap_names_its_neighbours() -> None:
    found = only("LIK-07", run(RISK))
    assert found[0].hints == ('the neighbours are "realistic possibility (40–<50 %)" or "likely (55–75 %)"',)


def test_a_waived_finding_is_listed_as_information_with_who_and_why() -> None:
    waiver = "waivers: [{code: CNF-01, item: R1, field: confidence, reason: Own knowledge, by: A. Analyst}]\n"
    found = run(RISK + waiver)
    assert [(f.severity, f.message[-37:]) for f in only("CNF-01", found)] == [
        (Severity.INFO, "(waived by A. Analyst: Own knowledge)")
    ]
    assert only("LIK-07", found)[0].severity is Severity.WARNING
    assert not only("WVR-02", found)


def test_a_waiver_for_another_field_does_not_cover() -> None:
    found = run(RISK + "waivers: [{code: CNF-01, item: R1, field: likelihood, reason: R, by: B}]\n")
    assert only("CNF-01", found)[0].severity is Severity.WARNING
    assert only("WVR-02", found)


def test_a_waiver_reaches_items_by_generated_id_and_top_level_parts_by_name() -> None:
    risk = "risks: [{title: R, mechanism: M, likelihood: 52 %}]\nas_of: 2025-03-04\nask: {decision: D, deadline: 2025-03-01}\n"
    waivers = "waivers: [{code: DAT-10, item: ask, reason: R, by: B}]\n"
    found = run(risk + waivers)
    assert only("DAT-10", found)[0].severity is Severity.INFO
    assert not only("REF-01", found)
    found = run(risk + "waivers: [{code: LIK-07, item: R1, reason: R, by: B}]\n")
    assert only("REF-01", found)[0].hints == ("add `id: R1` to the item at x.yaml:3",)
    assert only("LIK-07", found)[0].severity is Severity.INFO


def test_a_waiver_that_ran_out_does_not_cover_and_says_so() -> None:
    text = "as_of: 2025-03-04\nwaivers: [{code: LIK-07, item: R1, reason: R, by: B, until: 2025-03-03}]\n"
    found = run(RISK + text)
    assert only("LIK-07", found)[0].severity is Severity.WARNING
    assert only("WVR-01", found)[0].path == "/waivers/0/until"


def test_what_would_harm_can_not_be_waived() -> None:
    text = "marking: {note: SECRET}\nwaivers: [{code: MRK-03, item: marking, reason: R, by: B}]\n"
    assert only("MRK-03", run(text))[0].severity is Severity.ERROR


def test_public_is_refused_only_when_asked_for_by_name() -> None:
    text = "marking: {tlp: GREEN}\n"
    assert only("MRK-02", run(text)) == []
    assert only("MRK-02", run(text, asked=("executive",))) == []
    assert only("MRK-02", run(text, asked=("public",)))[0].severity is Severity.ERROR
    assert only("MRK-02", run(text, asked=("web",), public=("web",)))[0].message.startswith("web is published")


def test_without_a_cut_off_no_date_is_past() -> None:
    text = "outlook: {until: 1999-01-01, watch: [{event: E, date: 1999}]}\nask: {decision: D, deadline: 1999}\n"
    assert {f.code for f in run(text)} & {"DAT-04", "DAT-10", "DAT-11"} == set()


def test_a_finding_in_a_default_points_into_the_file_of_the_defaults() -> None:
    defaults = parse("defaults:\n  marking:\n    note: TOP SECRET\n", Path("briefgen.yaml"))
    source = parse(BASE + SOURCES, Path("x.yaml")).overlay(defaults, "/defaults")
    assert str(only("MRK-03", run("", source))[0].span) == "briefgen.yaml:3:11"


def test_audiences_that_are_not_known_are_not_judged() -> None:
    text = "bottom_line: {full: F, bord: B}\nrisks: [{title: R, mechanism: M, keep: [execs]}]\n"
    assert not {f.code for f in run(text)} & {"TXT-01", "MRK-05"}
    found = run(text, audiences=("board", "executive"))
    assert only("TXT-01", found)[0].hints == ("did you mean `board`?",)
    assert only("MRK-05", found)[0].hints == ("did you mean executive?",)


def test_two_hundred_developments_are_checked_quickly() -> None:
    rows = "".join(
        f"  - {{id: D{n}, headline: H, text: T, status: reported, evidence: [{{source: S1, cites: Reuters}}]}}\n"
        for n in range(200)
    )
    judged = "".join(f"  - {{text: J, likelihood: likely, confidence: low, rests_on: [D{n}]}}\n" for n in range(200))
    found = run("key_developments:\n" + rows + "key_judgements:\n" + judged)
    assert not [f for f in found if f.is_error]


@pytest.mark.parametrize(("asked", "day", "expected"), [((), 1, 0), (("executive",), 10, 1), (("executive",), 11, 0)])
def test_an_audience_that_is_asked_for_may_want_newer_sources(asked: tuple[str, ...], day: int, expected: int) -> None:
    text = f"title: T\nlanguage: en\nas_of: 2025-03-14\nsources: [{{id: S1, title: T, published: 2025-03-{day:02}}}]\n"
    source = parse(text, Path("x.yaml"))
    found = [row.message for row in check(validate(source), source, asked=asked, levels=levels()) if row.code == "DAT-03"]
    assert found == ["the newest source is 4 days old on 2025-03-14, the cut-off; 3 are allowed for executive"] * expected
