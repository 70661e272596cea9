"""Mistakes in plain words: each at its place, with its cure, all in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.findings.codes import CODES
from briefgen.findings.diagnostics import Diagnostic, Rejected
from briefgen.load import check_model, parse, validate
from briefgen.load.validate import identifier
from briefgen.model.audience import Audience

X = Path("x.yaml")
BASE = "title: T\nlanguage: en\nsources: [{id: S1, title: T}]\n"


def faults(text: str) -> list[Diagnostic]:
    with pytest.raises(Rejected) as caught:
        validate(parse(text, X))
    return list(caught.value.diagnostics)


def only(text: str) -> Diagnostic:
    found = faults(BASE + text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "code", "place", "message"),
    [
        ("likelyhood: x", "MOD-01", "4:1", "unknown key `likelyhood`"),
        ("likelyhood:", "MOD-01", "4:1", "unknown key `likelyhood`"),
        ("ask:\n  decision: whether\n  reason:", "MOD-01", "6:3", "unknown key `reason`"),
        ("dek:\n  full: They pay\n  so it seems:", "MOD-03", "6:3", "expected a text, got nothing"),
        ("tittle: x", "MOD-01", "4:1", "unknown key `tittle`: did you mean `title`?"),
        ("watch: []", "MOD-01", "4:1", "unknown key `watch`"),
        (
            "risks: [{title: R, mechanism: M, likelyhood: x}]",
            "MOD-01",
            "4:34",
            "unknown key `likelyhood`: did you mean `likelihood`?",
        ),
        ("risks: [{title: R, mechansim: M}]", "MOD-01", "4:20", "unknown key `mechansim`: did you mean `mechanism`?"),
        ("stakeholders:\n  - name: A", "MOD-02", "5:5", "needed in `stakeholders`, but missing: `role`"),
        ("stakeholders:\n  - name: A\n    role:", "MOD-02", "6:5", "`role` is needed, but empty"),
        ("dek: {short: x}", "MOD-02", "4:6", "needed in `dek`, but missing: `full`"),
        ("dek: [a]", "MOD-03", "4:1", "expected a text, or wordings by name (full, short, plain), got a list"),
        ("dek: true", "MOD-03", "4:6", "expected a text, or wordings by name (full, short, plain), got true or false"),
        ("series: [a]", "MOD-03", "4:1", "expected a text, got a list"),
        ("series: {a: b}", "MOD-03", "4:1", "expected a text, got keys with values"),
        ("rests_on: D1", "MOD-03", "4:11", "expected a list, got a text"),
        ("risks: {title: R}", "MOD-03", "4:1", "expected a list, got keys with values"),
        ("ask: what", "MOD-03", "4:6", "expected keys with values, got a text"),
        ("lines_to_take: [a, ~]", "MOD-03", "4:20", "expected a text, or wordings by name (full, short, plain), got nothing"),
        ("outlook: {exhaustive: maybe}", "MOD-03", "4:23", "expected true or false, got a text"),
        ("risks: [{title: R, mechanism: M, impact: big}]", "MOD-03", "4:42", "expected a whole number, got a text"),
        ("stage: finl", "MOD-04", "4:8", "`stage` is draft or final, not `finl`"),
        ("yardstick: phia", "MOD-04", "4:12", "`yardstick` is phia-2025 or icd-203, not `phia`"),
        ("risks: [{title: R, mechanism: M, impact: 7}]", "MOD-05", "4:42", "`impact` is at most 5, not 7"),
        ("risks: [{title: '', mechanism: M}]", "MOD-05", "4:17", "`title` is an empty text"),
        ("risks: [{id: a b, title: R, mechanism: M}]", "MOD-05", "4:14", "`a b` can't be an id"),
        ("contact: {name: N, email: x}", "MOD-05", "4:27", "`x` can't be `email`"),
        ("as_of: 2025-13-40", "DAT-06", "4:8", "`2025-13-40` is no date: month value is outside expected range of 1-12"),
        ("as_of: yesterday", "DAT-06", "4:8", "`yesterday` is no date"),
        ("as_of: 2025", "DAT-06", "4:8", "`2025` is no date"),
        ("outlook: {watch: [{event: E, date: 2025-02-30}]}", "DAT-06", "4:36", "`2025-02-30` is no date"),
        ("outlook: {watch: [{event: E, date: soon}]}", "DAT-06", "4:36", "`soon` is no date"),
        ("marking: {tlp: WHITE}", "MRK-01", "4:16", "TLP:WHITE is version 1 of the protocol; version 2 says CLEAR"),
        ("marking: {tlp: green}", "MRK-01", "4:16", "a TLP label is written in capitals: GREEN"),
    ],
)
def test_one_mistake(text: str, code: str, place: str, message: str) -> None:
    found = only(text)
    assert (found.code, str(found.span), found.message) == (code, f"x.yaml:{place}", message)
    assert all(found.hints)
    assert found.code in CODES


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("watch: []", "`watch` stands inside `outlook`"),
        ("rests_on: D1", "write it as a list: `rests_on: [D1]`"),
        ("stage: finl", "did you mean `final`?"),
        ("risks: [{title: R, mechanism: M, impact: 7}]", "From 1 (minor) to 5 (severe): `impact: 4`"),
        ("stakeholders: [{name: A}]", "Their part in it: `role: Keep their own sanctions in force`"),
        ("risks: [{title: R, mechanism: M, likelihood: [a]}]", "`likelihood: likely`"),
        ("series: true", 'put it in quotation marks: `"true"`'),
        ("\u00a0series: a", "NO-BREAK SPACE (U+00A0) stands in it, which can't be seen: write `series`"),
        ("\u200bseries: a", "ZERO WIDTH SPACE (U+200B) stands in it, which can't be seen: write `series`"),
        ("ser\u00adies: a", "SOFT HYPHEN (U+00AD) stands in it, which can't be seen: write `series`"),
        ("s\u0435ries: a", "CYRILLIC SMALL LETTER IE (U+0435) stands in it, which looks like e: write `series`"),
        ("rests_on: [D\u200b1]", "ZERO WIDTH SPACE (U+200B) stands in it, which can't be seen: write `D1`"),
        ("rests_on: [\u04101]", "CYRILLIC CAPITAL LETTER A (U+0410) stands in it, which looks like A: write `A1`"),
        ("n\u03bfte: a", "known here: schema"),
        ("st\u0430ge: final", "CYRILLIC SMALL LETTER A (U+0430) stands in it, which looks like a: write `stage`"),
        ("stage: fin\u0430l", "CYRILLIC SMALL LETTER A (U+0430) stands in it, which looks like a: write `final`"),
        ("as_of: 2025-03\u200b-04", "ZERO WIDTH SPACE (U+200B) stands in it, which can't be seen: write `2025-03-04`"),
        ("outlook: {watch: [{event: E, date: 2025-03\u200b-04}]}", "ZERO WIDTH SPACE (U+200B) stands in it"),
        ("\uff53tage: final", "FULLWIDTH LATIN SMALL LETTER S (U+FF53) stands in it, which looks like s: write `stage`"),
        ("lines_to_take:\n  - “As he told us: no”", 'write: - "As he told us: no"'),
        (
            "risks: [{title: R, and they said: no, mechanism: M}]",
            'or, if it belongs to the text before it, write: risks: [{title: "R, and they said: no", mechanism: M}]',
        ),
        ("lines_to_take:\n  - As he told us: no", 'write: - "As he told us: no"'),
        ("outlook: {watch: [{event: E, date: soon}]}", "from 2025-04, or unknown"),
        ("risks: {title: R}", "put a dash and a space before the first key"),
    ],
)
def test_the_cure(text: str, hint: str) -> None:
    assert any(hint in told for told in only(text).hints)


def test_every_mistake_comes_at_once_in_the_order_of_the_file() -> None:
    found = faults("titel: T\nstage: finl\nrisks: [{mechanism: 5, impact: 9}]\nsources: []\n")
    assert [(f.code, f.span.line) for f in found if f.span] == [
        ("MOD-02", 1),
        ("MOD-01", 1),
        ("MOD-04", 2),
        ("MOD-02", 3),
        ("MOD-05", 3),
        ("MOD-05", 4),
    ]


def test_notes_of_the_reading_come_with_the_mistakes() -> None:
    assert [f.code for f in faults(BASE + "series: Plan #2\nstage: finl\n")] == ["MOD-04", "YML-09"]


def test_numbers_are_taken_as_they_are_written_where_a_text_is_meant() -> None:
    text = BASE + "number: 007\nseries: 3.10\nperspective: 0x1F\ndek: 2025\nlines_to_take: [1, {full: 2.0}]\n"
    summary = validate(parse(text, X))
    assert (summary.number, summary.series, summary.perspective) == ("007", "3.10", "0x1F")
    assert summary.dek and summary.dek.full == "2025"
    assert [line.full for line in summary.lines_to_take] == ["1", "2.0"]


def test_numbers_of_a_file_with_other_mistakes_are_no_mistakes() -> None:
    assert [f.code for f in faults(BASE + "number: 7\nstage: finl\n")] == ["MOD-04"]


def test_a_key_with_nothing_after_it_is_not_written() -> None:
    summary = validate(parse(BASE + "dek:\nrisks:\nstage: ~\noutlook:\n  watch:\n", X))
    assert summary.dek is None
    assert summary.risks == ()
    assert summary.stage == "draft"


def test_dates_and_times_and_norway() -> None:
    summary = validate(parse(BASE + "as_of: 2025-03-04\nseries: NO\nnumber: 12:30\n", X))
    assert str(summary.as_of) == "2025-03-04"
    assert (summary.series, summary.number) == ("NO", "12:30")


@pytest.mark.parametrize(
    ("stem", "made"),
    [
        ("us-russia-reset", "us-russia-reset"),
        ("Élysée 2025 (draft)", "Elysee-2025-draft"),
        ("  .hidden", "hidden"),
        ("x" * 200, "x" * 80),
        ("доклад", "summary-4e83dc1f"),
    ],
)
def test_the_id_is_the_name_of_the_file(stem: str, made: str) -> None:
    assert identifier(stem) == made
    assert validate(parse(BASE, Path(f"inputs/{stem}.yaml"))).id == made


def test_a_written_id_wins() -> None:
    assert validate(parse(BASE + "id: own\n", X)).id == "own"


def test_the_same_words_for_other_models() -> None:
    text = "label: 5\nsections: [bottom_line, {use: x, title: [a]}, 7]\nsize: big\ncut: [{short: a, drop: b}]\nbudgt: 1\n"
    with pytest.raises(Rejected) as caught:
        check_model(Audience, parse(text, Path("board.yaml")))
    assert [(f.code, f.span.line, f.message) for f in caught.value.diagnostics if f.span] == [
        ("MOD-03", 1, "expected a text or keys with values, got a number"),
        ("MOD-03", 2, "expected a text or keys with values, got a list"),
        ("MOD-03", 2, "expected keys with values, got a number"),
        ("MOD-05", 3, "`big` can't be `size`"),
        ("MOD-06", 4, "a step says either `short: SECTION` or `drop: SECTION`"),
        ("MOD-01", 5, "unknown key `budgt`: did you mean `budget`?"),
    ]


def test_a_mistake_in_a_default_is_placed_in_its_file() -> None:
    defaults = parse("defaults:\n  language: english\n", Path("briefgen.yaml"))
    with pytest.raises(Rejected) as caught:
        validate(parse("title: T\nsources: [{id: S1, title: T}]\n", X).overlay(defaults, "/defaults"))
    assert [str(f.span) for f in caught.value.diagnostics] == ["briefgen.yaml:2:13"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("20 Feb 2025", "2025-02-20"), ("20 February 2025", "2025-02-20"), ("17.02.2025", "2025-02-17"), ("2025/2/7", "2025-02-07")],
)
def test_a_day_in_another_form_is_told_as_it_is_to_be_written(written: str, meant: str) -> None:
    assert only(f"as_of: {written}").hints[0] == f"did you mean {meant}?"
    source = faults(f"title: T\nlanguage: en\nsources: [{{id: S1, title: T, published: {written}}}]")[0]
    assert source.hints[0] == f"did you mean {meant}?"


def test_day_and_month_are_not_guessed_at() -> None:
    assert only("as_of: 03/04/2025").hints == ("a day is written as `as_of: 2025-03-04`",)


def test_a_language_in_letters_that_look_alike_is_named() -> None:
    [found] = faults("title: T\nlanguage: \u0435n\nsources: [{id: S1, title: T}]\n")
    assert "CYRILLIC SMALL LETTER IE (U+0435)" in found.hints[0]
