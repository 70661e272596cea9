"""Reports: carets under the right signs, folded lists, and forms for machines."""

from __future__ import annotations

import json

import pytest

from briefgen.findings import report
from briefgen.findings.codes import CODES, SHIPPED
from briefgen.findings.diagnostics import Diagnostic, Severity, Span, error, info, warning

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
    assert all(report.width(row) <= report.WIDTH + 10 for row in excerpt)


def test_a_long_place_is_cut() -> None:
    excerpt = shown("a: " + "x" * 1000, 4, 1000)
    assert all(report.width(row) <= report.WIDTH + 10 for row in excerpt)
    wide = shown("a: " + "欧" * 1000, 700, 300)
    assert all(report.width(row) <= report.WIDTH + 10 for row in wide)


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
    assert report.headline(found) == "3 to fix before final · 9 to improve"
    assert report.headline([error("REF-01", "m"), info("CUT-01", "m"), info("DAT-02", "waived")]) == (
        "1 error · 1 for information · 1 waived"
    )
    assert report.headline(many("A-01", 2, Severity.ERROR)) == "2 errors"
    assert report.headline([]) == ""


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


# --- for machines -----------------------------------------------------------------------------------------------


def test_json() -> None:
    found = [error("A-01", "m", Span("x.yaml", 3, 4, 5), "h", path="/a"), warning("B-01", "n"), info("C-01", "o", Span("y"))]
    rows = json.loads(json.dumps(report.as_json(found)))
    keys = ["severity", "code", "message", "file", "line", "column", "length", "path", "hints"]
    assert [list(row) for row in rows] == [keys] * 3
    assert [list(row.values()) for row in rows] == [
        ["error", "A-01", "m", "x.yaml", 3, 4, 5, "/a", ["h"]],
        ["warning", "B-01", "n", None, None, None, None, None, []],
        ["info", "C-01", "o", "y", None, None, None, None, []],
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
