"""Reports: carets under the right signs, folded lists, and forms for machines."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from briefgen.findings import excerpt as excerpts
from briefgen.findings import groups, report
from briefgen.findings.codes import CODES, SHIPPED
from briefgen.findings.diagnostics import Diagnostic, Said, Severity, Span, Verdict, error, info, warning
from briefgen.findings.sarif import sarif
from briefgen.load import parse

LINE = "    likelihood: quite likely"


def lines(file: str, number: int) -> str | None:
    return {12: LINE}.get(number) if file == "x.yaml" else None


def shown(line: str, column: int, length: int) -> list[str]:
    found = error("LIK-01", "m", Span("f", 1, column, length))
    return report.text([found], lambda file, number: line).splitlines()[1:3]


def test_the_whole_block() -> None:
    found = error("LIK-01", '"quite likely" is no term', Span("x.yaml", 12, 17, 12), "did you mean “likely”?", "the seven: …")
    assert report.text([found], lines) == (
        'x.yaml:12:17: error LIK-01 "quite likely" is no term\n'
        "   12 |     likelihood: quite likely\n"
        "      |                 ^~~~~~~~~~~~\n"
        "      = did you mean “likely”?\n"
        "      = the seven: …\n"
        "\n"
        "1 error"
    )


def test_without_place_line_or_column() -> None:
    assert report.text([error("A-01", "m", None, "h")], lines) == "error A-01 m\n   = h\n\n1 error"
    assert report.text([error("A-01", "m", Span("y.yaml", 3, 1), "h")], lines) == "y.yaml:3:1: error A-01 m\n   = h\n\n1 error"
    assert report.text([error("A-01", "m", Span("x.yaml"))], lines) == "x.yaml: error A-01 m\n\n1 error"
    assert report.text([error("A-01", "m", Span("x.yaml", 12))], lines).splitlines()[1] == f"   12 | {LINE}"
    assert report.text([], lines) == ""


@pytest.mark.parametrize(
    ("line", "column", "length", "under"),
    [
        ("a: b", 4, 1, "   ^"),
        ("a: 😀😀 x", 7, 1, "        ^"),
        ("a: 😀😀 x", 4, 2, "   ^~~~"),
        ("а: 欧洲 x", 4, 2, "   ^~~~"),
        ("a: e\u0301e x", 6, 1, "    ^"),
        ("a: 👩\u200d👧 x", 4, 1, "   ^~"),
        ("\ta: x", 5, 1, "       ^"),
        ("a: x", 9, 1, "    ^"),
        ("", 1, 1, "^"),
    ],
)
def test_the_caret_stands_under_its_sign(line: str, column: int, length: int, under: str) -> None:
    excerpt = shown(line, column, length)
    assert excerpt[1] == f"      | {under}"


def test_a_long_line_is_shown_round_its_place() -> None:
    line = "words " * 200 + "HERE" + " more" * 200
    excerpt = shown(line, 1201, 4)
    assert excerpt[0].startswith("    1 | …")
    assert excerpt[0].endswith("…")
    at = excerpt[1].index("^")
    assert excerpt[0][at : at + 4] == "HERE"
    assert all(excerpts.width(row) <= excerpts.WIDTH + 10 for row in excerpt)


def test_a_long_place_is_cut() -> None:
    excerpt = shown("a: " + "x" * 1000, 4, 1000)
    assert all(excerpts.width(row) <= excerpts.WIDTH + 10 for row in excerpt)
    wide = shown("a: " + "欧" * 1000, 700, 300)
    assert all(excerpts.width(row) <= excerpts.WIDTH + 10 for row in wide)


def test_a_file_can_not_write_on_the_terminal() -> None:
    found = error("A-01", "bad \x1b[2J", Span("x\x07.yaml", 1, 1), "h\u202e")
    text = report.text([found], lambda file, number: "a\x1b[31mred\u2028[/nope] [bold]")
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "[/nope] [bold]" in text


def test_colour_is_asked_for() -> None:
    found = [warning("COR-03", "m", Span("x.yaml", 12, 5, 10))]
    assert "\x1b[33;1mwarning COR-03\x1b[0m" in report.text(found, lines, colour=True)
    assert "\x1b" not in report.text(found, lines)


# --- what is shown ----------------------------------------------------------------------------------------------


def many(code: str, count: int, severity: Severity = Severity.WARNING) -> list[Diagnostic]:
    return [Diagnostic(severity, code, f"m{n}") for n in range(count)]


def test_the_headline_counts_by_what_must_be_done() -> None:
    found = [*many("DAT-02", 3), *many("COR-03", 9)]
    assert groups.headline(found) == "3 to fix before final · 9 to improve"
    assert groups.headline([error("REF-01", "m"), info("CUT-01", "m"), info("DAT-02", "waived")]) == (
        "1 error · 1 for information · 1 waived"
    )
    assert groups.headline(many("A-01", 2, Severity.ERROR)) == "2 errors"
    assert groups.headline([]) == ""


def test_the_third_of_a_code_folds_the_rest() -> None:
    text = report.text(many("DAT-02", 9), lines)
    assert text.count("warning DAT-02") == 3
    assert "   = and 6 more DAT-02" in text
    assert text.endswith("9 to fix before final (all of them: check -v)")


def test_five_to_improve_are_shown_the_most_valuable_first() -> None:
    found = [*many("URL-01", 4), *many("COR-03", 1), *many("LIK-07", 2), *many("REF-04", 2)]
    text = report.text(found, lines)
    assert [text.count(f"warning {code}") for code in ("COR-03", "LIK-07", "REF-04", "URL-01")] == [1, 2, 2, 0]


def test_errors_are_shown_up_to_the_tenth() -> None:
    text = report.text(many("YML-02", 12, Severity.ERROR), lines)
    assert text.count("error YML-02") == 10
    assert "and 2 more" in text


def test_what_is_waived_is_counted_only() -> None:
    found = [info("DAT-02", "m (waived by A: B)"), info("CUT-01", "cut")]
    assert report.text(found, lines) == "info CUT-01 cut\n\n1 for information · 1 waived (all of them: check -v)"
    assert "waived by A" in report.text(found, lines, verbose=True)


def test_verbose_shows_everything_in_the_order_given() -> None:
    found = [*many("URL-01", 8), *many("DAT-02", 9)]
    text = report.text(found, lines, verbose=True)
    assert text.count("warning") == 17
    assert "more" not in text


# --- what a comparison says ---------------------------------------------------------------------------------------

TALKS = """\
title: Fees rise
key_developments:
  - id: D2
    text: >-
      The council of the EU agreed on 6 November that two
      thirds of all ferries pay 30 % more, and the board called this
      very soon
      forgotten.
"""


def said(words: str, code: str, verdict: Verdict | None, message: str, *hints: str, level: str = "E") -> Diagnostic:
    source, path = parse(TALKS, Path("talks.yaml")), "/key_developments/0/text/full"
    start = source.words(path, 0, 1000).index(words)
    spans = source.words_spans(path, start, start + len(words))
    weight = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}[level]
    return Diagnostic(weight, code, message, spans[0], hints, path, verdict, "D2", Said(words, spans))


def told(found: list[Diagnostic], **options: Any) -> str:
    return report.text(found, parse(TALKS, Path("talks.yaml")).line_of, **options)


WAIVE = "waive it"
EU = said("EU", "NAM-02", Verdict.NOT_FOUND, "no quote names it", "quote it", WAIVE, level="W")
DAY = said("6 November", "DAT-15", Verdict.NOT_FOUND, "no quote has the day", "quote it", WAIVE, level="W")
SHARE = said("two thirds", "NUM-04", Verdict.CONTRADICTED, "¶3 of S1 has “a third”", "write “a third”", WAIVE)
PART = said("30 %", "NUM-04", Verdict.INVENTED, "no article has it")
SOON = said("soon", "DAT-01", None, "“soon” is no time", "write a date")
LONG = said("the board called this very soon forgotten", "RDL-01", None, "a long sentence", level="W")


def test_what_is_said_of_one_text_is_one_block_each_thing_with_its_own_line() -> None:
    assert (
        told([DAY, EU, SHARE])
        == """\
talks.yaml:5:26: error D2: 1 thing is contradicted: “two thirds”; 2 things are not in its quotes: “EU”, “6 November”
    5 |       The council of the EU agreed on 6 November that two
      |                          ^~
      | warning NAM-02 not found: no quote names it
    5 |       The council of the EU agreed on 6 November that two
      |                                       ^~~~~~~~~~
      | warning DAT-15 not found: no quote has the day
    5 |       The council of the EU agreed on 6 November that two
      |                                                       ^~~
    6 |       thirds of all ferries pay 30 % more, and the board called this
      |       ^~~~~~
      | error NUM-04 contradicted: ¶3 of S1 has “a third”
      |   = write “a third”
      = quote it
      = waive it

1 error (1 contradicted) · 2 not found"""
    )


def test_one_thing_alone_names_its_item_and_its_verdict() -> None:
    assert (
        told([PART])
        == """\
talks.yaml:6:33: error NUM-04 D2, invented: no article has it
    6 |       thirds of all ferries pay 30 % more, and the board called this
      |                                 ^~~~

1 error (1 invented)"""
    )


def test_others_with_words_in_a_compared_text_stand_in_its_block_and_style_and_waived_ones_apart() -> None:
    text = told([LONG, PART, SOON, replace(DAY, severity=Severity.INFO)], verbose=True)
    first, waived, style, head = text.split("\n\n")
    assert first.startswith("talks.yaml:6:33: error D2: 1 thing is in no article: “30 %”; 1 thing to mend: “soon”\n")
    assert waived.startswith("talks.yaml:5:39: info DAT-15 D2, not found")
    assert style.startswith("talks.yaml:6:48: warning RDL-01 a long sentence")
    assert style.endswith("      | …")
    assert head == "2 errors (1 invented, 1 other) · 1 waived · style: 1 thing"
    assert "D2: " not in told([SOON, LONG]), "without a verdict each stands alone"


def test_the_head_begins_with_what_blocks_and_says_what_a_thing_was_compared_with() -> None:
    wording = replace(DAY, code="LVL-03")
    head = told([EU, wording, SOON]).splitlines()[0]
    assert head == (
        "talks.yaml:5:26: error D2: 1 thing to mend: “soon”; 1 thing is not in its quotes: “EU”; "
        "1 thing is not in what it rests on: “6 November”"
    )


def test_things_that_have_no_words_share_one_excerpt() -> None:
    found = [replace(row, said=None, span=Span("x.yaml", 12, 17, 12)) for row in (SHARE, PART)]
    head, *rest = report.text(found, lines).splitlines()
    assert head == "x.yaml:12:17: error D2: 1 thing is contradicted; 1 thing is in no article"
    assert [line for line in rest if "likely" in line] == [f"   12 | {LINE}"]


def test_a_head_names_a_few_things_and_their_beginnings() -> None:
    many = [replace(PART, said=Said(f"word {n} " * 12, (Span("x.yaml", n, 1),)), span=Span("x.yaml", n, 1)) for n in range(1, 10)]
    head = report.text(many, lines).splitlines()[0]
    assert head.count("…”") == 6
    assert head.endswith(", 3 more")


def test_house_style_is_last_and_counted_only_unless_asked_for() -> None:
    style, content = said("EU", "STY-01", None, "style", level="W"), many("COR-03", 1)
    assert told([style, *content], style=False).endswith("1 to improve · style: 1 thing (check --style shows them)")
    shown = told([style, style, *content])
    assert shown.index("COR-03") < shown.index("STY-01")
    assert shown.endswith("1 to improve · style: 2 things")
    assert told([style], style=False, whole="--format json") == "style: 1 thing (--format json shows them)"
    hidden = told([style, *many("COR-03", 4)], style=False)
    assert hidden.endswith("4 to improve (all of them: check -v) · style: 1 thing (check --style shows them)")
    both = told([style, *many("COR-03", 4)], style=False, whole="last.txt")
    assert both.endswith("4 to improve · style: 1 thing (all of them: last.txt)")
    assert "error STY-01" in told([replace(style, severity=Severity.ERROR)], style=False), "what blocks is never hidden"


def test_what_was_not_found_is_no_thing_to_fix_before_final() -> None:
    assert "NUM-04" in SHIPPED.before_final
    found = [replace(SHARE, severity=Severity.WARNING), replace(DAY, code="NUM-04"), *many("DAT-02", 2)]
    assert groups.headline(found) == "3 to fix before final (1 contradicted, 2 other) · 1 not found"


def test_of_what_was_not_found_five_of_a_code_are_shown() -> None:
    found = [replace(EU, path=f"/key_developments/{n}/text", item=f"D{n}") for n in range(8)]
    text = told(found)
    assert text.count("warning NAM-02 D") == 5
    assert "and 3 more NAM-02" in text
    assert text.endswith("8 not found (all of them: check -v)")


def test_what_one_code_says_of_one_place_stands_over_one_excerpt() -> None:
    span = Span("x.yaml", 12, 5, 10)
    first, other = warning("FIN-01", "no `a`", span, "add a", "why"), warning("FIN-01", "no `b`", span, "add b", "why")
    assert report.text([first, other, warning("COR-03", "m", span)], lines) == (
        "x.yaml:12:5: warning FIN-01 no `a`\n"
        "x.yaml:12:5: warning FIN-01 no `b`\n"
        "   12 |     likelihood: quite likely\n"
        "      |     ^~~~~~~~~~\n"
        "      = add a\n"
        "      = why\n"
        "      = add b\n"
        "\n"
        "x.yaml:12:5: warning COR-03 m\n"
        "   12 |     likelihood: quite likely\n"
        "      |     ^~~~~~~~~~\n"
        "\n"
        "2 to fix before final · 1 to improve"
    )


def test_several_files_have_a_headline_each() -> None:
    found = [SHARE, PART, replace(many("COR-03", 1)[0], span=Span("b.yaml", 1, 1)), error("USE-01", "no such file")]
    heads = told(found, files=3).split("\n\n")[-1].splitlines()
    assert heads == [
        "talks.yaml: 2 errors (1 contradicted, 1 invented)",
        "b.yaml: 1 to improve",
        "all 3: 3 errors (1 contradicted, 1 invented, 1 other) · 1 to improve",
    ]
    assert told([], files=3) == ""


# --- for machines -----------------------------------------------------------------------------------------------


def test_json() -> None:
    found = [error("A-01", "m", Span("x.yaml", 3, 4, 5), "h", path="/a"), warning("B-01", "n"), info("C-01", "o", Span("y"))]
    rows = json.loads(json.dumps(report.as_json(found)))
    keys = ["severity", "code", "message", "file", "line", "column", "length", "path", "hints", "verdict"]
    assert [list(row) for row in rows] == [keys] * 3
    assert [list(row.values()) for row in rows] == [
        ["error", "A-01", "m", "x.yaml", 3, 4, 5, "/a", ["h"], None],
        ["warning", "B-01", "n", None, None, None, None, None, [], None],
        ["info", "C-01", "o", "y", None, None, None, None, [], None],
    ]


def test_github() -> None:
    found = [
        error("A-01", "50 % of\nit", Span("a,b:c.yaml", 3, 4, 5), "cure: this, now"),
        warning("B-01", "n"),
        info("C-01", "::error::o", Span("y")),
    ]
    assert report.github(found).splitlines() == [
        "::error file=a%2Cb%3Ac.yaml,line=3,col=4,endColumn=9,title=A-01::50 %25 of%0Ait%0Acure: this, now",
        "::warning title=B-01::n",
        "::notice file=y,title=C-01::::error::o",
    ]
    assert report.github([]) == ""


def test_a_verdict_is_told_to_machines() -> None:
    assert [row["verdict"] for row in report.as_json([SHARE, EU, SOON])] == ["contradicted", "not found", None]
    assert "title=NUM-04 contradicted::" in report.github([SHARE])
    results = sarif([SHARE, EU, SOON])["runs"][0]["results"]
    assert [row.get("properties") for row in results] == [{"verdict": "contradicted"}, {"verdict": "not found"}, None]
    assert all(row["verdict"] in (*Verdict, None) for row in report.as_json([SHARE, EU]))
    page = (Path(__file__).parents[1] / "docs/errors.md").read_text(encoding="utf-8")
    [shown] = [
        json.loads(row) for row in re.findall(r"^```json\n(.*?)```", page, re.DOTALL | re.MULTILINE) if '"severity"' in row
    ]
    assert list(shown) == list(report.as_json([SHARE])[0]), "docs/errors.md shows every key"


def test_codes_have_one_form_and_say_something() -> None:
    for code, row in CODES.items():
        theme, _, number = code.partition("-")
        assert theme.isupper()
        assert len(number) == 2
        assert row.about[0].islower() or row.about[0].isupper()
        assert not row.about.endswith(".")
    assert "REF-01" in SHIPPED.before_final
    assert "COR-03" not in SHIPPED.before_final
    assert "TPL-01" not in SHIPPED.before_final
