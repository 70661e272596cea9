"""The usual YAML traps: each is placed, named, and cured by a line that works when it is pasted."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.findings.diagnostics import Diagnostic, Rejected, Severity
from briefgen.load import parse

X = Path("x.yaml")


def faults(text: str) -> list[Diagnostic]:
    with pytest.raises(Rejected) as caught:
        parse(text, X)
    return list(caught.value.diagnostics)


@pytest.mark.parametrize(
    ("line", "code", "cure", "meant"),
    [
        ("title: Sanctions: a list", "YML-02", 'title: "Sanctions: a list"', "Sanctions: a list"),
        ("title: Sanctions: a list # note", "YML-02", 'title: "Sanctions: a list" # note', "Sanctions: a list"),
        ("title: Sanctions:", "YML-02", 'title: "Sanctions:"', "Sanctions:"),
        ("title: “Reset: a list”", "YML-02", 'title: "Reset: a list"', "Reset: a list"),
        (
            "title: {full: „Reset: a list“, short: x}",
            "YML-02",
            'title: {full: "Reset: a list", short: x}',
            {"full": "Reset: a list", "short": "x"},
        ),
        ("title: “Reset”: a list", "YML-02", 'title: "“Reset”: a list"', "“Reset”: a list"),
        ("title: % of GDP", "YML-02", 'title: "% of GDP"', "% of GDP"),
        ('title: "He said "no" today"', "YML-02", "title: 'He said \"no\" today'", 'He said "no" today'),
        ("title: 'it's true'", "YML-02", 'title: "it\'s true"', "it's true"),
        ('title: "it\'s "so""', "YML-02", 'title: "it\'s \\"so\\""', 'it\'s "so"'),
        ('title: "Reset" begins', "YML-02", "title: '\"Reset\" begins'", '"Reset" begins'),
        ('title: "Reset": a list', "YML-02", "title: '\"Reset\": a list'", '"Reset": a list'),
        ("title: @ministers", "YML-02", 'title: "@ministers"', "@ministers"),
        ("title: `code`", "YML-02", 'title: "`code`"', "`code`"),
        ("title: [sic] a word", "YML-02", 'title: "[sic] a word"', "[sic] a word"),
        ("title: {{ summary.title }} x", "YML-02", 'title: "{{ summary.title }} x"', "{{ summary.title }} x"),
        ("title: **bold** text", "YML-02", 'title: "**bold** text"', "**bold** text"),
        ("title: * a point", "YML-02", 'title: "* a point"', "* a point"),
        ("title: & more", "YML-02", 'title: "& more"', "& more"),
        ("title: > 30 % of GDP", "YML-02", 'title: "> 30 % of GDP"', "> 30 % of GDP"),
        ("title: | or", "YML-02", 'title: "| or"', "| or"),
        ("title: , then", "YML-02", 'title: ", then"', ", then"),
        ("title: - a dash", "YML-02", 'title: "- a dash"', "- a dash"),
        ("title: ? why", "YML-02", 'title: "? why"', "? why"),
        ('title: "C:\\path"', "YML-02", "title: 'C:\\path'", "C:\\path"),
        ('title: "never closed', "YML-05", 'title: "never closed"', "never closed"),
        ("title: 'never closed", "YML-05", "title: 'never closed'", "never closed"),
        ("title: [a, b", "YML-05", "title: [a, b]", ["a", "b"]),
        ("title: {full: a", "YML-05", "title: {full: a}", {"full": "a"}),
        ("title:No blank", "YML-06", "title: No blank", "No blank"),
        ("title", "YML-06", "title:", None),
        ("title: *alias", "YML-07", 'title: "*alias"', "*alias"),
        ("title: &anchor text", "YML-07", 'title: "&anchor text"', "&anchor text"),
        ("title: !important text", "YML-07", 'title: "!important text"', "!important text"),
        ("title: !!str 12", "YML-07", 'title: "!!str 12"', "!!str 12"),
        ("title: {{ x }}", "YML-11", 'title: "{{ x }}"', "{{ x }}"),
        ("title: [[x]] y", "YML-02", 'title: "[[x]] y"', "[[x]] y"),
    ],
)
@pytest.mark.parametrize("after", ["", "language: en\nstage: draft\n"])
def test_the_cure_is_a_line_to_paste(line: str, code: str, cure: str, meant: object, after: str) -> None:
    before = "# a comment\nid: x\n"
    found = faults(f"{before}{line}\n{after}")
    assert [(f.code, f.span.line if f.span else 0) for f in found] == [(code, 3)]
    assert f"write: {cure}" in found[0].hints
    assert parse(f"{before}{cure}\n{after}", X).values["title"] == meant


def test_a_cure_keeps_the_dash_and_works_in_a_list() -> None:
    found = faults("risks:\n  - title: Sanctions: a list\n    impact: 3\n")
    assert found[0].hints == ('write: - title: "Sanctions: a list"',)
    assert str(found[0].span) == "x.yaml:2:12"
    found = faults("lines_to_take:\n  - % of GDP\n  - fine\n")
    assert found[0].hints == ('write: - "% of GDP"',)


def test_thirty_per_cent_after_a_dash_is_a_text() -> None:
    assert parse("a:\n  - 30 % of GDP\n", X).values == {"a": ["30 % of GDP"]}


def test_every_trap_of_a_file_is_found_in_one_run() -> None:
    text = (
        "title: Sanctions: a list\nrisks:\n  - title: 'it's so'\n    mechanism: % of GDP\n  - title: @ministers\n"
        "outlook:\n\tgaps: [a, b]\nwhy:never\nbackground: {text: x\nstage: draft\n"
    )
    found = faults(text)
    assert [(f.code, f.span.line) for f in found if f.span] == [
        ("YML-02", 1),
        ("YML-02", 3),
        ("YML-02", 4),
        ("YML-02", 5),
        ("YML-03", 7),
        ("YML-06", 8),
        ("YML-05", 9),
    ]


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a: 1\n b: 2\n", 2, "indent it by 0 blanks, as line 1"),
        ("a:\n  b: 1\n   c: 2\n", 3, "indent it by 2 blanks, as line 2"),
        ("a:\n    b: 1\n  c: 2\n", 3, "indent it by 0 blanks, as line 1"),
        ("a:\n  - b\n - c\n", 3, "indent it by 2 blanks, as line 2"),
        ("a:\n  - b: 1\n   c: 2\n", 3, "indent it by 4 blanks, as line 2"),
        ("text: foo\nbar baz\nz: 1\n", 2, "indent it by 2 blanks, or write `text: >-` and the whole text indented below"),
    ],
)
def test_indentation(text: str, line: int, hint: str) -> None:
    found = faults(text)
    assert [(f.code, f.span.line, f.hints) for f in found if f.span] == [("YML-08", line, (hint,))]


def test_a_colon_in_a_text_of_several_lines() -> None:
    found = faults("text: He spoke\n  and said this: no\n  and this: yes\nz: 1\n")
    assert [(f.code, f.span.line) for f in found if f.span] == [("YML-02", 2), ("YML-02", 3)]
    assert found[0].hints == ("write `text: >-`, and the whole text indented on the lines below it",)
    assert parse("text: >-\n  He spoke\n  and said this: no\nz: 1\n", X).values["text"] == "He spoke and said this: no"


def test_no_break_spaces_from_a_web_page() -> None:
    found = faults("title:\u00a0Plan\nstage: draft\n")
    assert [(f.code, f.span.line, f.hints) for f in found if f.span] == [("YML-06", 1, ("write: title: Plan",))]
    assert parse("dek: 3\u00a0000 men :\u00a0x\n", X).values["dek"] == "3\u00a0000 men :\u00a0x"


def test_tabs_are_told_once() -> None:
    found = faults("a:\n\tb: 1\n\tc:\n\t\td: 2\ne:\n\tf: 1\n")
    assert [(f.code, f.span.line, f.span.column) for f in found if f.span] == [("YML-03", 2, 2)]
    assert "2 a step" in found[0].hints[0]


def test_tabs_inside_texts_are_harmless() -> None:
    assert parse('a: "x\ty"\nb: >-\n  c\td\n', X).values == {"a": "x\ty", "b": "c\td"}


def test_a_double_key_names_the_first_one() -> None:
    found = faults("title: A\nrisks:\n  - {title: R, title: Q}\ntitle: B\n")
    assert [(f.code, str(f.span), f.hints) for f in found] == [
        ("YML-04", "x.yaml:3:16", ("it stands in line 3 already: keep one of the two",)),
        ("YML-04", "x.yaml:4:1", ("it stands in line 1 already: keep one of the two",)),
    ]


def test_a_second_document() -> None:
    assert [(f.code, str(f.span)) for f in faults("a: 1\n---\nb: 2\n")] == [("YML-10", "x.yaml:2:1")]
    assert parse("---\na: 1\n...\n", X).values == {"a": 1}


def test_mappings_as_keys() -> None:
    found = faults("a: {{ x }}\n? [b]\n: c\nd: 1\n")
    assert [(f.code, f.span.line) for f in found if f.span] == [("YML-11", 1), ("YML-11", 2)]


def test_aliases_are_found_with_all_else() -> None:
    found = faults("a: &x [1]\nb: [*x, *x]\na: 2\n")
    assert sorted(f.code for f in found) == ["YML-04", "YML-07", "YML-07", "YML-07"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("title: Plan #2", 'if they belong to the text, write `"Plan #2"`; a comment has a space after #'),
        ("title: #2", 'if they belong to the text, write `"#2"`; a comment has a space after #'),
    ],
)
def test_words_cut_by_a_hash_are_noted(line: str, told: str) -> None:
    source = parse(f"{line}\n", X)
    assert [(n.code, n.span.line if n.span else 0, n.hints) for n in source.notes] == [("YML-09", 1, (told,))]


@pytest.mark.parametrize("line", ["title: Plan # a comment", "title: Plan", 'title: "Plan #2"', "title: C#", "title: Plan #"])
def test_comments_are_not_noted(line: str) -> None:
    assert parse(f"{line}\n", X).notes == ()


@pytest.mark.parametrize("text", ["- a\nb: 1\n", "b: 1\n- a\n", "a: 'x\n\n'b\n\n'c'd\n", "%YAML 3.0\n---\na: 1\n"])
def test_what_has_no_cure_is_placed_and_explained(text: str) -> None:
    found = faults(text)
    assert found[-1].hints
    assert found[-1].span


def test_many_faults_end_after_ten() -> None:
    assert len(faults("".join(f"k{n}: a: b\n" for n in range(50)))) == 10


def test_prose_is_called_prose() -> None:
    text = "The talks in Riyadh\n\nThe two sides met on Tuesday, and, as one of them said: nothing was agreed, nothing lost.\n"
    assert [(f.code, f.message) for f in faults(text)] == [("FIL-09", "this reads like an article, not like a summary")]
    plain = "The two sides met on Tuesday, and as one of them said, nothing was agreed and nothing lost.\n"
    assert [f.code for f in faults(plain)] == ["FIL-09"]


def test_a_line_put_elsewhere_is_told_once_and_back_where_it_fits_best() -> None:
    text = "risks:\n  - title: R\n    mechanism: M\n impact: 3\n    horizon: 3-12m\n    exposed: [A]\n"
    assert [(f.code, f.span.line, f.hints) for f in faults(text) if f.span] == [
        ("YML-08", 4, ("indent it by 4 blanks, as line 3",)),
    ]


def test_a_dash_that_is_missing_is_told_once() -> None:
    text = "disagreements:\n  about: A\n    sides:\n      - text: B\n    items: [D1]\n    handling: H\n"
    assert [(f.code, f.span.line) for f in faults(text) if f.span] == [("YML-08", 3)]


def test_a_cure_that_leads_nowhere_is_not_proposed() -> None:
    found = faults("risks:\n  - title: R\n|   impact: 3\n    horizon: x\n")
    assert [(f.code, f.span.line) for f in found if f.span] == [("YML-01", 3)]


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("yaml.CSafeLoader")
    source = parse("а: 😀 x\nrisks: [{title: NO}, 3]\nb: Plan #2\n", X)
    assert source.values == {"а": "😀 x", "risks": [{"title": "NO"}, 3], "b": "Plan"}
    assert [str(source.span(p)) for p in ("/а", "/risks/0/title", "/risks/1")] == ["x.yaml:1:4", "x.yaml:2:17", "x.yaml:2:22"]
    assert [f.code for f in faults("a: b: c\nd: 'e\n")] == ["YML-02", "YML-05"]
    assert [f.code for f in faults("a: " + "[" * 5000)] == ["FIL-05"]
    assert [f.code for f in faults("a: *b\nc: &d e\n")] == ["YML-07", "YML-07"]


@pytest.mark.parametrize(
    ("line", "column", "words", "cure", "meant"),
    [
        (
            "title: {full: Tolls rise, says the port, short: Tolls}",
            25,
            "says the port",
            'write: title: {full: "Tolls rise, says the port", short: Tolls}',
            {"full": "Tolls rise, says the port", "short": "Tolls"},
        ),
        (
            "title: {quote: It costs 3,500,000 a year}",
            26,
            "500,000 a year",
            'write: title: {quote: "It costs 3,500,000 a year"}',
            {"quote": "It costs 3,500,000 a year"},
        ),
        (
            "title: {quote: “no, and never”, by: x}",
            19,
            "and never”",
            'write: title: {quote: "no, and never", by: x}',
            {"quote": "no, and never", "by": "x"},
        ),
        ("title: {quote: 'no', never}", 20, "never", 'write: title: {quote: "no, never"}', {"quote": "no, never"}),
        (
            "title: [They move 14,000 boxes, b]",
            21,
            "000 boxes",
            'write: title: ["They move 14,000 boxes", b]',
            ["They move 14,000 boxes", "b"],
        ),
        (
            "title: [What the tolls cost, and who pays, Why now]",
            28,
            "and who pays",
            'write: title: ["What the tolls cost, and who pays", Why now]',
            ["What the tolls cost, and who pays", "Why now"],
        ),
        (
            "title: ['It is late', aber niemand wartet, weil es regnet]",
            21,
            "aber niemand wartet, weil es regnet",
            'write: title: ["It is late, aber niemand wartet, weil es regnet"]',
            ["It is late, aber niemand wartet, weil es regnet"],
        ),
        (
            "title: [It said “no, never” twice, b]",
            20,
            "never” twice",
            'write: title: ["It said “no, never” twice", b]',
            ["It said “no, never” twice", "b"],
        ),
        (
            "title: [Ports (Rostock, Riga), b]",
            23,
            "Riga)",
            'write: title: ["Ports (Rostock, Riga)", b]',
            ["Ports (Rostock, Riga)", "b"],
        ),
        ("title: [Only 14,000]", 16, "000", 'write: title: ["Only 14,000"]', ["Only 14,000"]),
    ],
)
def test_what_a_comma_cuts_off_is_told_at_the_comma(line: str, column: int, words: str, cure: str, meant: object) -> None:
    found = faults(f"id: x\n{line}\n")
    assert [(f.code, str(f.span), f.hints[0]) for f in found] == [("YML-12", f"x.yaml:2:{column}", cure)]
    assert len(found[0].hints) == 1 + words.startswith(("and who", "aber"))
    assert found[0].message == f"this comma ends the text: “{words}” is cut off"
    assert parse(cure.removeprefix("write: "), X).values["title"] == meant


def test_one_line_to_paste_mends_all_that_is_cut_on_it() -> None:
    line = "a: [{b: One, two, c: d}, {b: Three, four, and five, c: 4,500 t}]"
    found = faults(line)
    assert [str(f.span) for f in found] == ["x.yaml:1:12", "x.yaml:1:35", "x.yaml:1:57"]
    assert {f.hints for f in found} == {('write: a: [{b: "One, two", c: d}, {b: "Three, four, and five", c: "4,500 t"}]',)}


def test_a_text_that_is_cut_over_two_lines_is_shown_whole() -> None:
    found = faults("a: {b: One,\n  two, c: d}")
    assert [(str(f.span), f.hints) for f in found] == [("x.yaml:1:11", ('put the whole text in quotation marks: "One, two"',))]


def test_an_entry_in_small_letters_after_a_sentence_is_told_and_stays() -> None:
    source = parse("a: [What it costs now, what is left, Why]\n", X)
    assert source.values["a"] == ["What it costs now", "what is left", "Why"]
    [note] = source.notes
    assert (note.code, note.severity, str(note.span)) == ("YML-13", Severity.INFO, "x.yaml:1:22")
    assert 'write: a: ["What it costs now, what is left", Why]' in note.hints[0]


@pytest.mark.parametrize("line", ["a: [{Ports, tolls}]", "a: {Ports, b: c}"])
def test_words_in_braces_without_a_value_are_no_key(line: str) -> None:
    found = faults(line)
    assert {f.code for f in found} == {"YML-12"}
    assert found[0].message == "“Ports” is no key with a value"


@pytest.mark.parametrize(
    "line",
    [
        "a: {b: , c: d}",
        "a: {b: }",
        "a: [100,400]",
        "a: [20,250.5]",
        "a: [D1,D2]",
        "a: {}",
        "a: [1, 000 boxes]",
        "a: {b: [c], d: e}",
        "a: [Greek islands, ferry owners]",
        "a: [en, or, fr]",
        "a: [and so on, Or else, And more]",
        "a: [What it costs, Who pays]",
        "a: [one thing, another thing]",
        'a: [What it costs, "and who pays"]',
    ],
)
def test_what_is_written_on_purpose_is_no_trap(line: str) -> None:
    assert parse(line, X).notes == ()
