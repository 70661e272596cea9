"""`briefgen check --fix` on style: the words that are wrong, where they stand, and not one character else."""

from __future__ import annotations

import json
from difflib import ndiff
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from briefgen.findings.diagnostics import Rejected
from briefgen.load import parse, validate
from briefgen.load.edit import Change, edited
from briefgen.model.project_file import Checks
from briefgen.rules import style
from briefgen.rules.context import Context
from tests.mini import Mini

HARD = "\u00a0"
HEAD = "id: x\nlanguage: en-GB\ntitle: T\nsources: [{id: S1, title: The 30% program, publisher: 'Center, 5 October 2019'}]\n"
SUMMARY = (
    HEAD
    + """\
# The 30% program: a comment stays.
bottom_line: >-   # folded
  The program rose 30 per
  cent by October 9, 2019, “the 30% program”
  says the color book.
why_it_matters: 'It''s 28,000 tons; see https://x.eu/program/30% or a@program.eu.'
background:
  text: "A \\"program\\" of the center\\u0020grew 30\\
    % in 3rd of May."
  evidence: [{source: S1, quote: "the program rose 30%"}]
key_developments:
  - id: D1
    headline: Programs rise   # plain
    text: {full: The program rose
        30 percent., short: 3 programs rose}
    status: reported
    attribution: the program office
    evidence: [{source: S1, locator: 30% program}]
outlook:
  summary: |
    The labor program
    costs 3 000 EUR.
"""
)
FIXED = {
    "/bottom_line": f"The programme rose 30{HARD}% by 9{HARD}October{HARD}2019, “the 30% program” says the colour book.",
    "/why_it_matters": f"It's 28{HARD}000 tons; see https://x.eu/program/30% or a@program.eu.",
    "/background/text": f'A "program" of the centre grew 30{HARD}% in 3{HARD}May.',
    "/key_developments/0/headline": "Programmes rise",
    "/key_developments/0/text/full": f"The programme rose 30{HARD}%.",
    "/key_developments/0/text/short": "Three programmes rose",
    "/outlook/summary": f"The labour programme\ncosts EUR{HARD}3{HARD}000.\n",
}


def texts(values: object, pointer: str = "") -> dict[str, object]:
    if isinstance(values, dict | list):
        rows = values.items() if isinstance(values, dict) else enumerate(values)
        return {at: text for key, inner in rows for at, text in texts(inner, f"{pointer}/{key}").items()}
    return {pointer: values}


def test_only_the_wrong_words_change_in_every_kind_of_scalar(mini: Mini) -> None:
    path = mini.write("x.yaml", SUMMARY)
    done = mini.cli("check", "x.yaml", "--fix", "--select", "STY")
    after = path.read_text(encoding="utf-8")
    before = texts(parse(SUMMARY, Path("x.yaml")).values)
    assert texts(parse(after, Path("x.yaml")).values) == before | FIXED
    assert SUMMARY.splitlines()[:6] == after.splitlines()[:6]
    for kept in ("bottom_line: >-   # folded\n", "headline: Programmes rise   # plain\n", "'It''s 28", '\\"program\\" of the'):
        assert kept in after
    assert "x.yaml:7:7: “program” → “programme”" in done.err
    assert "“30 per cent” → “30 %”" in done.err
    assert "STY-01" not in done.out + done.err.split("→")[-1]


def test_the_second_run_changes_nothing_and_says_nothing(mini: Mini) -> None:
    path = mini.write("x.yaml", SUMMARY)
    mini.cli("check", "x.yaml", "--fix")
    first = path.read_bytes()
    done = mini.cli("check", "x.yaml", "--fix")
    assert path.read_bytes() == first
    assert "→" not in done.err
    assert "hard space" not in done.err


def test_a_file_with_other_findings_only_is_not_touched(mini: Mini) -> None:
    path = mini.write("x.yaml", HEAD + "bottom_line: The regime met its proxies soon.\n")
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    done = mini.cli("check", "x.yaml", "--fix")
    assert "ATT-04" in done.err
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends_and_the_byte_order_mark_stay(mini: Mini, line_end: str) -> None:
    text = SUMMARY.replace("\n", line_end)
    path = mini.write("x.yaml", b"\xef\xbb\xbf" + text.encode())
    mini.cli("check", "x.yaml", "--fix")
    after = path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\r\n") == (after.count(b"\n") if line_end == "\r\n" else 0)
    assert FIXED["/outlook/summary"] == parse(after, Path("x.yaml")).values["outlook"]["summary"]


def test_a_summary_in_json(mini: Mini) -> None:
    sources = [{"id": "S1", "title": "T"}]
    data = {
        "id": "x",
        "language": "en-GB",
        "title": "T",
        "sources": sources,
        "bottom_line": "A “x” \u2014 the program\trose 30%.",
    }
    path = mini.write("x.json", json.dumps(data, indent=1))
    mini.cli("check", "x.json", "--fix")
    assert json.loads(path.read_text(encoding="utf-8")) == data | {"bottom_line": f"A “x” \u2014 the programme\trose 30{HARD}%."}
    assert "\\u2014" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("more", "options"),
    [
        ("waivers: [{code: STY-02, item: bottom_line, reason: A name, by: R. R.}]\n", ()),
        ("", ("--ignore", "STY-02")),
        ("", ("--select", "ATT")),
    ],
)
def test_what_is_waived_or_left_out_is_not_mended(mini: Mini, more: str, options: tuple[str, ...]) -> None:
    text = HEAD + "bottom_line: The program rose.\n" + more
    path = mini.write("x.yaml", text)
    mini.cli("check", "x.yaml", "--fix", *options)
    assert path.read_text(encoding="utf-8") == text


def test_what_the_project_ignores_is_not_mended(mini: Mini) -> None:
    text = HEAD + "bottom_line: The program rose 30%.\n"
    path = mini.write("x.yaml", text)
    mini.write("briefgen.yaml", "checks: {ignore: [STY]}\n")
    mini.cli("check", "x.yaml", "--fix")
    assert path.read_text(encoding="utf-8") == text


def test_another_language_is_left_alone(mini: Mini) -> None:
    text = "id: x\nlanguage: de\ntitle: Das Program 30%\nbottom_line: Das program 30% am 3 Mai.\n"
    path = mini.write("x.yaml", text)
    mini.cli("check", "x.yaml", "--fix")
    assert path.read_text(encoding="utf-8") == text


PIECES = st.lists(
    st.sampled_from(
        ["program", "the", "30%", "30 per cent", "3 ships", "28,000", "October 9, 2019", "05 May", "3 000 EUR", "EUR 3", "color",
         "“a 30% program”", "“", "”", "it's", '"x"', "a: b", "#", "\\", "{", "é", "https://x.eu/color", "3rd of May 2019", "%"]
    ),
    min_size=1, max_size=12,
)  # fmt: skip


def written(text: str, kind: str) -> str:
    if kind == "double":
        return json.dumps(text, ensure_ascii=False)
    if kind == "escaped":
        return json.dumps(text)  # \u00e9 and \u201c
    if kind == "single":
        return "'" + text.replace("'", "''") + "'"
    if kind == "plain":
        return text
    return {"folded": ">-\n  ", "literal": "|-\n  "}[kind] + text.replace(" ", "\n  ", 3 if kind == "folded" else 0)


HOMES = {
    "/bottom_line": "bottom_line: {}\n",
    "/lines_to_take/1": "lines_to_take:\n  - One.\n  - {}\n",
    "/outlook/gaps/0": "outlook: {{gaps: [{}, Two]}}\n",
    "/background/text/plain": "background: {{text: {{full: One, plain: {}}}}}\n",
    "/risks/0/mechanism": "risks:\n  - mechanism: {}\n    title: One\n",
}


@example(["3 000 EUR"] * 5, "double", "/bottom_line")
@example(["30 per cent"], "plain", "/outlook/gaps/0")
@given(PIECES, st.sampled_from(["double", "escaped", "single", "folded", "literal", "plain"]), st.sampled_from(sorted(HOMES)))
def test_any_text_parses_to_the_fixed_one_and_is_then_at_rest(pieces: list[str], kind: str, at: str) -> None:
    """Only the named words change, the file reads back as before, and what is mended stays."""
    value = "Of " + " ".join(pieces)
    enclosed = "{{" in HOMES[at]
    assume(not enclosed or kind not in ("folded", "literal"))
    assume(kind in ("folded", "literal") or "\n" not in value or kind in ("double", "escaped"))
    form = written(value, kind).replace("\n", "\n    ") if kind in ("folded", "literal") else written(value, kind)
    text = f"{HEAD}{HOMES[at].format(form)}# the end\n"
    try:
        assume(str(parse(text, Path("x.yaml")).value(at)).strip() == value)
    except Rejected:
        assume(False)
    for _ in range(5):
        source = parse(text, Path("x.yaml"))
        rows = style.fixes(Context(validate(source), source, checks=Checks()))
        if not rows:
            break
        [(_, old, found)] = [row for row in rows if row[0].startswith(at)]
        expected = style.mended(old, found)
        change = Change(at, expected, words=tuple((row.start, row.end, row.right) for row in found))
        text, made = edited(source, [change])
        assert made == [change]
        again = parse(text, Path("x.yaml"))
        assert again.value(at) == expected
        assert texts(again.values) == texts(source.values) | {at: expected}
        assert text.startswith(HEAD)
        assert text.endswith("# the end\n")
    else:
        raise AssertionError(list(ndiff([value], [text])))


INSERTED = st.sampled_from(
    [": ", " #", ", ", "not ", " ", HARD, "“", "'", '"', "\\", "]", "}", "{", "- ", "é", "%", ",000", "\n", "\t", "😀",
     "&a ", "*a", "!x ",
     "|", ">", "@", "`", "''", "\u2028", "\u0085", "~", "1"]
)  # fmt: skip
KINDS = st.sampled_from(["double", "escaped", "single", "folded", "literal", "plain"])


@example(["30 per cent"], "plain", "/outlook/gaps/0", [(1.0, ", so")])
@example(["EUR 3"], "single", "/bottom_line", [(0.0, "\u2028"), (1.0, "\n")])
@example(["EUR 3", "EUR 3"], "literal", "/bottom_line", [(0.5, "\n")])
@given(PIECES, KINDS, st.sampled_from(sorted(HOMES)), st.lists(st.tuples(st.floats(0, 1), INSERTED), min_size=1, max_size=3))
def test_what_is_put_into_any_text_reads_back_or_is_left_out(
    pieces: list[str], kind: str, at: str, inserted: list[tuple[float, str]]
) -> None:
    """Words may be put in anywhere; nothing else of the file changes, and a block of text that could not hold them stays."""
    value = " ".join(pieces)
    block = kind in ("folded", "literal")
    assume("{{" not in HOMES[at] or not block)
    form = written(value, kind).replace("\n", "\n    ") if block else written(value, kind)
    text = f"{HEAD}{HOMES[at].format(form)}# the end\n"
    try:
        source = parse(text, Path("x.yaml"))
    except Rejected:
        assume(False)
    old = source.value(at)
    assume(isinstance(old, str) and old == value)
    rows = sorted({round(share * len(value)): words for share, words in inserted}.items())
    expected = value
    for start, words in reversed(rows):
        expected = expected[:start] + words + expected[start:]
    change = Change(at, expected, words=tuple((start, start, words) for start, words in rows))
    after, made = edited(source, [change])
    if not made:
        assert (block, after) == (True, text)
        return
    assert texts(parse(after, Path("x.yaml")).values) == texts(source.values) | {at: expected}
    assert after.startswith(HEAD)
    assert after.endswith("# the end\n")


def test_what_can_t_be_written_stops_no_other_change() -> None:
    text = "a: |-\n  one\nb: two three\nc: four\n"
    source = parse(text, Path("x.yaml"))
    rows = [
        Change("/a", " one", words=((0, 0, " "),)),
        Change("/b", "two, three", words=((3, 3, ","),)),
        Change("/c", "not: four", words=((0, 0, "not: "),)),
    ]
    assert edited(source, rows) == ('a: |-\n  one\nb: two, three\nc: "not: four"\n', rows[1:])


@pytest.mark.parametrize(
    ("line", "words", "after"),
    [
        ("a: one two", ((3, 3, ": so"),), 'a: "one: so two"'),
        ("a: one two", ((4, 4, "#"),), 'a: "one #two"'),
        ("a: one two", ((7, 7, " "),), 'a: "one two "'),
        ("a: one two", ((3, 3, "\n"),), 'a: "one\\n two"'),
        ("a: one two", ((0, 4, ""),), "a: two"),
        ("a: x two", ((0, 5, "2"),), 'a: "2"'),
        ("a: [one two, b]", ((3, 3, ","),), 'a: ["one, two", b]'),
        ("a: {b: one two}", ((3, 4, "} "),), 'a: {b: "one} two"}'),
        ("a: 'one two'", ((3, 3, ": so"),), "a: 'one: so two'"),
    ],
)
def test_words_that_break_a_plain_text_put_it_into_quotation_marks(
    line: str, words: tuple[tuple[int, int, str], ...], after: str
) -> None:
    source = parse(line, Path("x.yaml"))
    [(at, old)] = [row for row in texts(source.values).items() if "o" in str(row[1])]
    start, end, right = words[0]
    text, _ = edited(source, [Change(at, f"{str(old)[:start]}{right}{str(old)[end:]}", words=words)])
    assert text == after


@pytest.mark.parametrize(
    "text",
    [
        "Nord Stream 2 remains closed.",
        "Windows 7 users wait, and iPhone 5 owners.",
        "Solvency 2 binds insurers. Ariane 6 launches slip.",
    ],
)
def test_a_number_that_is_part_of_a_name_stays(mini: Mini, text: str) -> None:
    path = mini.write("x.yaml", f"{HEAD}bottom_line: {text}\nlines_to_take: [{{full: The 3 ports closed.}}]\n")
    mini.cli("check", "x.yaml", "--fix")
    after = path.read_text(encoding="utf-8")
    assert text in after
    assert "The three ports closed." in after


def test_a_list_of_texts_is_mended(mini: Mini) -> None:
    path = mini.write(
        "x.yaml", HEAD + "lines_to_take:\n  - It rose 30 per cent.\n  - It fell.\noutlook: {gaps: [Why 3 ports closed]}\n"
    )
    mini.cli("check", "x.yaml", "--fix")
    after = parse(path.read_bytes(), Path("x.yaml")).values
    assert after["lines_to_take"] == [f"It rose 30{HARD}%.", "It fell."]
    assert after["outlook"] == {"gaps": ["Why three ports closed"]}


@pytest.mark.parametrize("other", ["plain: It costs €4bn.", "short: It costs €4–5bn."])
def test_a_brief_keeps_one_form_of_a_currency(mini: Mini, other: str) -> None:
    path = mini.write("x.yaml", f"{HEAD}bottom_line:\n  full: It costs €3bn.\n  {other}\n")
    before = path.read_text(encoding="utf-8")
    mini.cli("check", "x.yaml", "--fix")
    assert path.read_text(encoding="utf-8") == before


def test_a_line_that_a_comma_cuts_is_never_written_into(mini: Mini) -> None:
    path = mini.write(
        "x.yaml", f"{HEAD}background: {{text: It rose 30 per cent, as they say}}\nwhy_it_matters: The program rose.\n"
    )
    before = path.read_text(encoding="utf-8")
    done = mini.cli("check", "x.yaml", "--fix")
    assert "YML-12" in done.err
    assert path.read_text(encoding="utf-8") == before
