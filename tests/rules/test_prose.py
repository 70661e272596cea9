"""The rules on prose: places of words, settings, languages, and texts that want them to run for ever."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from briefgen.findings.codes import CODES
from briefgen.findings.diagnostics import Severity
from briefgen.load import parse, validate
from briefgen.load.source import Source
from briefgen.model.project_file import Checks
from briefgen.readers import plain
from briefgen.rules import RULES, check
from briefgen.rules.context import Context
from briefgen.rules.run import covers, generator
from briefgen.rules.style import fixes, mended
from tests.builders import summary as made
from tests.rules.case_files import levels

OLDER = ["ids", "structure", "marking", "likelihood", "sourcing", "dates", "levels"]
PROSE = {rule.code for rule in RULES if rule.scope == "summary" and str(rule.run).partition(":")[0] not in OLDER}
BASE = "title: T\nlanguage: en-GB\nsources: [{id: S1, title: T}]\n"


def found(text: str, code: str, **options: object):
    source = parse(BASE + text if "language:" not in text else "title: T\nsources: [{id: S1, title: T}]\n" + text, Path("x.yaml"))
    return [row for row in check(validate(source), source, **options) if row.code == code]  # type: ignore[arg-type]


# ---- places


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("bottom_line: Ports could close.", "x.yaml:4:20"),
        ("bottom_line: 'Ports, ''if'' that, could close.'", "x.yaml:4:35"),
        ('bottom_line: "Ports \\u00e0 quai could close."', "x.yaml:4:33"),
        ("bottom_line:\n  Ports\n  could close.", "x.yaml:6:3"),
        ("bottom_line: >-\n  Ports and\n  ships could\n  close.", "x.yaml:6:9"),
        ("bottom_line: |\n  Ports\n\n  could close.", "x.yaml:7:3"),
        ("bottom_line: {full: Ports could close.}", "x.yaml:4:27"),
    ],
)
def test_a_finding_points_at_the_very_words(written: str, place: str) -> None:
    [row] = found(written, "LIK-02")
    assert str(row.span) == place
    assert row.span is not None
    assert row.span.length == len("could")


def test_words_of_a_default_point_into_the_file_of_the_defaults() -> None:
    source = parse(BASE, Path("x.yaml")).overlay(
        parse("defaults:\n  bottom_line: >-\n    Ports\n    could close.\n", Path("briefgen.yaml")), "/defaults"
    )
    [row] = [r for r in check(validate(source), source) if r.code == "LIK-02"]
    assert str(row.span) == "briefgen.yaml:4:5"


# ---- settings


def test_a_desk_adds_and_removes_words() -> None:
    text = "bottom_line: The hawk met a plutocrat.\n"
    assert [r.message for r in found(text, "ATT-04")] == ["“hawk” judges"]
    checks = Checks.model_validate({"loaded_words": {"add": ["plutocrat*"], "remove": ["hawk"]}})
    assert [r.message for r in found(text, "ATT-04", checks=checks)] == ["“plutocrat” judges"]


def test_a_desk_sets_limits_and_ignores_codes() -> None:
    text = "as_of: 2025-03-10\nbottom_line: One two three four five six seven.\n"
    assert found(text, "RDL-01", levels=levels()) == []
    assert len(found(text, "RDL-01", levels=levels(), checks=Checks(sentence_words=6))) == 1
    assert found(text, "RDL-01", levels=levels(), checks=Checks(sentence_words=6, ignore=("RDL",))) == []
    assert found("marking: {note: SECRET}\n", "MRK-03", checks=Checks(ignore=("MRK",))), "what would harm is never ignored"


def test_only_the_audience_that_was_asked_for_is_judged() -> None:
    text = "bottom_line: {full: F., plain: " + "word " * 22 + "end.}\n"
    assert len(found(text, "RDL-01", levels=levels())) == 1
    assert found(text, "RDL-01", levels=levels(), asked=("executive",)) == []


def test_names_of_codes_cover_themes_and_beginnings() -> None:
    assert covers(["STA"], "STA-02")
    assert covers(["LIK-0"], "LIK-09")
    assert not covers(["LIK-0"], "LIK-10")
    assert not covers(["ST"], "STA-02")


# ---- languages


def test_a_language_without_tables_says_so_once_and_is_silent_else() -> None:
    text = "language: pl\nbottom_line: Porty could zamknąć soon, the regime 30 percent.\n"
    assert len(found(text, "LNG-01")) == 1
    source = parse("title: T\nsources: [{id: S1, title: T}]\n" + text, Path("x.yaml"))
    assert {r.code for r in check(validate(source), source)} & (PROSE - {"LNG-01"}) == set()


# ---- style


def fixed(source: Source) -> list[tuple[str, str, str]]:
    return [(pointer, old, mended(old, rows)) for pointer, old, rows in fixes(Context(validate(source), source))]


def test_style_is_mended_and_nothing_else() -> None:
    text = "bottom_line: The program rose 30% by October 9, 2019; “30% program” stays at the Department of Defense.\n"
    source = parse(BASE + text, Path("x.yaml"))
    [(pointer, old, new)] = fixed(source)
    assert pointer == "/bottom_line/full"
    assert old in text
    assert new == ("The programme rose 30\u00a0% by 9\u00a0October\u00a02019; “30% program” stays at the Department of Defense.")
    again = parse(BASE + f"bottom_line: {new}\n", Path("x.yaml"))
    assert fixed(again) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3 options", "three options"),
        ("28,000 members", "28\u00a0000 members"),
        ("3 000 EUR", "EUR\u00a03\u00a0000"),
        ("3rd of May", "3\u00a0May"),
        ("05 May", "5\u00a0May"),
        ("30 per cent", "30\u00a0%"),
        ("€3.2bn", "EUR\u00a03.2 billion"),
        ("€40m, £1,500 and US$ 3 million", "EUR\u00a040 million, GBP\u00a01\u00a0500 and USD\u00a03 million"),
        ("maneuvers", "manoeuvres"),
        ("30 %", "30\u00a0%"),
        ("EUR 3 and 28 000", "EUR\u00a03 and 28\u00a0000"),
        ("1 234 567 in 2024 500", "1\u00a0234\u00a0567 in 2024 500"),
        ("USD 128 000 and 300 ships and 3%", "USD\u00a0128\u00a0000 and 300 ships and 3\u00a0%"),
    ],
)
def test_each_form_has_its_cure(old: str, new: str) -> None:
    law = BASE.replace("title: T}", "title: T, genre: legal}")
    source = parse(law + f"bottom_line: Of {old} there is talk.\n", Path("x.yaml"))
    assert fixed(source) == [("/bottom_line/full", f"Of {old} there is talk.", f"Of {new} there is talk.")]


def test_a_number_that_begins_a_sentence_begins_with_a_capital() -> None:
    source = parse(BASE + "bottom_line: {full: 3 options remain. 4 states agree., plain: It costs €3.}\n", Path("x.yaml"))
    assert fixed(source) == [
        ("/bottom_line/full", "3 options remain. 4 states agree.", "Three options remain. Four states agree.")
    ]


# ---- texts that want a rule to run for ever


HOSTILE = {
    "full stops": "." * 100 + "x ",
    "quotation marks": "“‘’a «",
    "conditions": "if unless ",
    "labels": "proxy Hungary including ",
    "figures": "up to 3 % of 1,000 billion ",
    "hedges": "reportedly according to ",
    "passives": "was cut were cut ",
    "terms": "very highly likely unlikely ",
    "capitals": "ABC D. E. (OFAC) ",
    "blanks": " \t going  to ",
    "one word": "a-b'c.",
    "times": "soon Monday this week ",
    "names": "Trump Putin meeting soon delayed. ",
    "inference": "may could certain people say ",
    "outlets": "up to 3 % was cut may soon Reuters regime ",
    "shares": "a third of one in three of doubled ",
    "denials": "failed to refused to not agree if ",
    "amounts": "€3.2bn on 12 March end of 2026 ",
}
TAIL = " he said, Reuters reported by 3 % in the end."
"""Whose it is stands at the very end, so that a rule that looks for it at every word is seen."""


EVIDENCE = {"source": "S1", "quote": "reportedly may"}


def steps(text: str) -> int:
    """Return how many lines of ours a check of one text runs through: the same count on every machine."""
    import json

    data = {
        "title": "T",
        "language": "en-GB",
        "as_of": "2025-03-04",
        "sources": [{"id": "S1", "title": "T"}],
        "bottom_line": text,
        "key_judgements": [{"text": {"full": text, "plain": text}, "likelihood": "likely"}],
        "key_developments": [{"headline": "H", "text": text, "status": "reported", "evidence": [EVIDENCE]}],
        "stakeholders": [{"name": "A", "role": "R", "position": text}],
    }
    source = parse(json.dumps(data, ensure_ascii=False), Path("x.json"))
    summary, count = validate(source), 0

    def trace(frame, event, _argument):  # type: ignore[no-untyped-def]
        nonlocal count
        if "briefgen" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        check(summary, source, levels=levels())
    finally:
        sys.settrace(before)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    unit = HOSTILE[name]
    small, large = (steps(unit * (size // len(unit)) + TAIL) for size in (3_000, 12_000))
    assert large < 6 * small  # four times the text and, at most, a finding more; a quadratic rule makes it sixteen


LIMIT = 5.0
"""Seconds of the processor that one rule may take for 200 KB in each text that it reads; a quadratic one takes minutes."""


def hostile(text: str) -> Context:
    """Return what rules of every kind read, with one text in all of it: claims in two wordings, their quotes, their article."""
    evidence = [{"source": "S1", "quote": text[:400]}, {"source": "S1", "quote": text[-200:]}]
    data = {
        "title": "T", "language": "en-GB", "as_of": "2025-03-04", "sources": [{"id": "S1", "title": "T"}], "bottom_line": text,
        "key_judgements": [{"text": text, "likelihood": "likely"}],
        "key_developments": [
            {"headline": "H", "text": {"full": text, "short": f"{text} x"}, "status": "reported", "evidence": evidence}
        ],
        "stakeholders": [{"name": "A", "role": "R", "position": text}],
    }  # fmt: skip
    article = plain.read(Path("S1.txt"), text.encode())
    return Context(made(data), parse(BASE, Path("x.yaml")), levels=levels(), articles={"S1": article}, briefs=())


def slow(runs: Iterable[Callable[[Context], Iterable[object]]], context: Context, limit: float = LIMIT) -> list[str]:
    """Return the rules that take longer, with their seconds."""
    found = []
    for run in runs:
        before = time.process_time()
        for _ in run(context):
            pass
        if (took := time.process_time() - before) > limit:
            found.append(f"{run}: {took:.1f} s")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_every_rule_reads_200_kb_to_their_end(name: str) -> None:
    text = HOSTILE[name] * (200_000 // len(HOSTILE[name])) + TAIL
    assert slow([generator(rule) for rule in RULES], hostile(text)) == []


@pytest.mark.slow
def test_a_rule_that_goes_back_for_every_word_is_seen() -> None:
    def quadratic(context: Context) -> list[object]:
        return re.findall(r"(?:\S+\s)+zzz", context.passages[1].text)

    assert slow([quadratic], hostile("a " * 10_000), limit=LIMIT / 100) != []


def test_rules_on_prose_weigh_as_the_list_says() -> None:
    assert all(CODES[code].severity is not Severity.ERROR for code in CODES if code[:3] in ("RDL", "STY", "ACR"))
