"""Joining summaries: each thing once, ids that don't clash, references and comments kept, differences listed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefgen.findings.diagnostics import Rejected
from briefgen.load import splice
from briefgen.load.source import Source, parse
from briefgen.load.validate import validate
from briefgen.merge import Merged, merge, reading, same
from tests import builders
from tests.mini import Mini


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("EUR 320¹ million", "EUR 320 million", True),
        ("EUR 320¹ million", "EUR 3201 million", False),
        ("10⁶ tonnes", "106 tonnes", False),
        ("10⁶ tonnes", "10^6 tonnes", True),
        ("It fell by −3 %", "It fell by 3 %", False),
        ("It fell by −3 %.", "It fell by -3%", True),
        ("A well-known plan – 2024–25", "a well known plan, 2024-25", True),
    ],
)
def test_texts_are_alike_but_for_print_and_calls_to_notes(one: str, other: str, alike: bool) -> None:
    assert (same.folded(one) == same.folded(other)) is alike


FIRST = """\
# yaml-language-server: $schema=summary.schema.json
# About ferries
title: Ferries stop   # the claim
language: en-GB
stage: final
reviewer: {name: R, date: 2025-03-04}
as_of: 2025-03-04

# ---- what happened
key_developments:
  # the first
  - id: D1
    headline: Strike
    text: Crews struck, a report says.
    status: reported   # not more
    evidence:
      - {source: S1, quote: crews walked out, locator: ¶2}

  - {id: D2, headline: Owners refuse, text: Owners refuse talks., status: claimed, evidence: [{source: S1}]}

# ---- who
stakeholders:
  - name: Ferry owners
    role: They run the ships
sources:
  - {id: S1, title: Port report, published: unknown}
"""
SECOND = """\
title: Ferries stop
language: en-GB
sources:
# where it comes from
- id: S1
  title: Harbour paper
  published: 2025-03-01
- id: S2
  title: Port report
  published: unknown
key_developments:
- id: D1
  headline: Buses
  # buses are scarce
  text: >-
    Buses are full,
    the paper says.
  status: reported
  evidence: [{source: S1, quote: buses are full}]
- id: D2
  headline: Strike
  text: Crews struck, a report says.
  status: established  # really?
  date: 2025-03-01
  evidence:
  - {source: S2, quote: Crews walked out}
  - {source: S1}
key_judgements:
- {text: A long strike is likely., likelihood: likely, rests_on: [D1, D2]}
stakeholders:
- {name: ferry  owners, role: They run the ships, interest: Low wages, leverage: high}
- name: Passengers
  role: They wait
outlook:
  watch:
  - {event: Vote, date: 2025-04-01, evidence: [{source: S1}]}
"""


def source(text: str, name: str = "a.yaml", home: Path = Path()) -> Source:
    return parse(text, home / name, name)


def joined(*texts: str, home: Path = Path()) -> tuple[Merged, dict[str, Any]]:
    names = ("a.yaml", "b.yaml", "c.yaml")
    made = merge([source(text, name, home) for text, name in zip(texts, names, strict=False)], home)
    result = source(made.text, "joined.yaml")
    validate(result)
    return made, result.values


def test_each_thing_stands_once() -> None:
    made, values = joined(FIRST, SECOND)
    assert [row["title"] for row in values["sources"]] == ["Port report", "Harbour paper"]
    assert [row["headline"] for row in values["key_developments"]] == ["Strike", "Owners refuse", "Buses"]
    assert [row["name"] for row in values["stakeholders"]] == ["Ferry owners", "Passengers"]
    assert (made.added, made.united) == (5, 3)


def test_ids_are_given_anew_where_they_clash_and_references_follow() -> None:
    _, values = joined(FIRST, SECOND)
    paper = values["sources"][1]["id"]
    assert paper not in ("S1", "S2")
    buses = values["key_developments"][2]
    assert buses["id"] == "D3"
    assert buses["evidence"] == [{"source": paper, "quote": "buses are full"}]
    assert values["key_judgements"][0]["rests_on"] == ["D3", "D1"]
    assert values["outlook"]["watch"][0]["evidence"] == [{"source": paper}]


def test_the_same_event_gets_both_evidences_and_what_only_one_says() -> None:
    made, values = joined(FIRST, SECOND)
    strike = values["key_developments"][0]
    assert strike["evidence"] == [
        {"source": "S1", "quote": "crews walked out", "locator": "¶2"},
        {"source": values["sources"][1]["id"]},
    ]
    assert strike["date"] == "2025-03-01"
    assert values["stakeholders"][0]["leverage"] == "high"
    [told] = [row for row in made.findings if row.code == "MRG-02"]
    assert told.message == "D1 status: reported in a.yaml, established here"
    assert (told.span and (told.span.file, told.span.line)) == ("b.yaml", 23)


def test_a_claim_is_never_upgraded() -> None:
    _, values = joined(FIRST, SECOND)
    assert values["key_developments"][0]["status"] == "reported"


def test_what_is_to_settle_stands_at_the_top() -> None:
    made, _ = joined(FIRST, SECOND)
    assert made.text.splitlines()[:4] == [
        "# yaml-language-server: $schema=summary.schema.json",
        "# Joined by `briefgen merge` from a.yaml and b.yaml; a draft until somebody has read it whole.",
        "# To settle:",
        "#   - D1 status: reported (kept) or, in b.yaml:23, established",
    ]


def test_it_is_a_draft_that_nobody_has_signed() -> None:
    _, values = joined(FIRST, SECOND)
    assert values["stage"] == "draft"
    assert "reviewer" not in values
    assert "id" not in joined(FIRST.replace("language:", "id: ferries\nlanguage:"), SECOND)[1]


def test_every_line_of_the_first_stays_as_it_is() -> None:
    lines = joined(FIRST, SECOND)[0].text.splitlines()
    gone = {"stage: final", "reviewer: {name: R, date: 2025-03-04}"}
    kept = [line for line in FIRST.splitlines() if line not in gone]
    rest = iter(lines)
    assert all(line in rest for line in kept), "in the same order"


def test_no_comment_is_lost() -> None:
    text = joined(FIRST, SECOND)[0].text
    assert "    # buses are scarce\n    text: >-\n      Buses are full,\n" in text
    assert "  # where it comes from\n  - id: " in text
    assert text.endswith("\n# Comments of b.yaml whose place is gone:\n#   really?\n")


def test_joining_again_adds_nothing() -> None:
    once, _ = joined(FIRST, SECOND)
    again, values = joined(once.text, SECOND)
    assert again.added == 0
    assert values == source(once.text).values


def test_a_summary_with_itself_is_itself() -> None:
    data = builders.maximal()
    text = splice.dump(data)
    made, values = joined(text, text)
    assert (made.added, made.findings) == (0, ())
    assert {key: value for key, value in values.items() if key not in ("stage",)} == {
        key: value for key, value in source(text).values.items() if key not in ("stage", "id", "reviewer")
    }


def test_three_are_joined_in_their_order() -> None:
    third = FIRST[FIRST.index("title") : FIRST.index("stage")] + (
        "sources: [{id: S1, title: Third, published: unknown}]\nglossary: [{term: RoRo, plain: a ship}]\n"
    )
    _, values = joined(FIRST, SECOND, third)
    assert [row["title"] for row in values["sources"]] == ["Port report", "Harbour paper", "Third"]
    assert len({row["id"] for row in values["sources"]}) == 3
    assert values["glossary"] == [{"term": "RoRo", "plain": "a ship"}]


def test_flow_style_everywhere_is_joined_too() -> None:
    flat = (
        "{title: Ferries stop, language: en-GB, sources: [{id: S1, title: Port report, published: unknown}], "
        "lines_to_take: [Talks first.]}"
    )
    block = FIRST.replace("sources:\n  - {id", "lines_to_take: [Wait.]\nsources:\n  - {id")
    _, values = joined(block, flat)
    assert values["lines_to_take"] == ["Wait.", "Talks first."]
    assert len(values["sources"]) == 1


@pytest.mark.parametrize("written", ["", " []", " ~"])
def test_an_empty_list_is_filled(written: str) -> None:
    first = FIRST[: FIRST.index("stakeholders:")] + f"stakeholders:{written}\n" + FIRST[FIRST.index("sources:") :]
    _, values = joined(first, SECOND)
    assert [row["name"] for row in values["stakeholders"]] == ["ferry  owners", "Passengers"]


def test_line_ends_of_windows_are_no_matter() -> None:
    assert joined(FIRST.replace("\n", "\r\n"), SECOND)[1] == joined(FIRST, SECOND)[1]


def test_json_is_joined(tmp_path: Path) -> None:
    values = source(SECOND).values
    other = parse(json.dumps(values), Path("b.json"), "b.json")
    made = merge([source(FIRST), other], Path())
    assert source(made.text, "c.yaml").values == joined(FIRST, SECOND)[1]


@pytest.mark.parametrize(
    ("old", "new", "field"), [("en-GB", "de", "language"), ("as_of", "perspective: Poland\nas_of", "perspective")]
)
def test_what_can_t_be_one_is_refused(old: str, new: str, field: str) -> None:
    with pytest.raises(Rejected) as fault:
        merge([source(FIRST), source(FIRST.replace(old, new, 1), "b.yaml")], Path())
    [told] = fault.value.diagnostics
    assert told.code == "MRG-01"
    assert told.message.startswith(field)
    assert told.span and told.span.file == "b.yaml"


def test_the_more_closed_marking_wins() -> None:
    marked = FIRST.replace("as_of:", "marking: {tlp: GREEN}\nas_of:")
    assert joined(FIRST, marked)[1]["marking"] == {"tlp": "GREEN"}
    higher = marked.replace("GREEN", "AMBER+STRICT")
    assert joined(marked, higher)[1]["marking"] == {"tlp": "AMBER+STRICT"}
    made, values = joined(higher, marked)
    assert values["marking"] == {"tlp": "AMBER+STRICT"}
    assert [row.message.split(":")[0] for row in made.findings] == ["marking"]


def test_articles_are_named_from_the_new_folder(tmp_path: Path) -> None:
    (tmp_path / "week" / "articles").mkdir(parents=True)
    (tmp_path / "week" / "articles" / "a.md").write_text("# A\n", encoding="utf-8")
    text = FIRST.replace("published: unknown}", "published: unknown, file: articles/a.md}")
    first = parse(text, tmp_path / "week" / "a.yaml", "a.yaml")
    inside = merge([first, source(SECOND, "b.yaml", tmp_path / "week")], tmp_path)
    assert source(inside.text).values["sources"][0]["file"] == "week/articles/a.md"
    outside = merge([first, source(SECOND, "b.yaml", tmp_path / "week")], tmp_path / "other")
    assert [row.code for row in outside.findings if row.code == "MRG-03"] == ["MRG-03"]


# ---- the command


def test_the_command_writes_a_draft_that_checks(mini: Mini) -> None:
    mini.write("a.yaml", FIRST)
    mini.write("b.yaml", SECOND)
    done = mini.cli("merge", "a.yaml", "b.yaml", "-o", "c.yaml")
    assert done.code == 0
    assert done.out == "c.yaml: 5 added, 3 found in both, 1 to settle\n"
    assert mini.cli("check", "c.yaml").code == 0


def test_it_overwrites_nothing_unasked(mini: Mini) -> None:
    mini.write("a.yaml", FIRST)
    mini.write("b.yaml", SECOND)
    assert mini.cli("merge", "a.yaml", "b.yaml", "-o", "a.yaml").code == 2
    assert (mini.folder / "a.yaml").read_text(encoding="utf-8") == FIRST
    assert mini.cli("merge", "a.yaml", "-o", "c.yaml").code == 2
    assert mini.cli("merge", "a.yaml", "b.yaml", "-o", "c.json").code == 2


def test_every_mistake_of_an_input_is_told(mini: Mini) -> None:
    mini.write("a.yaml", FIRST)
    mini.write("b.yaml", SECOND.replace("status: reported", "status: sure"))
    done = mini.cli("merge", "a.yaml", "b.yaml", "-o", "c.yaml")
    assert done.code == 1
    assert "b.yaml:18" in done.err
    assert not (mini.folder / "c.yaml").exists()


def test_long_values_are_shown_from_where_they_differ() -> None:
    start = "The fibre cable between two ports lost service, its operator says, on "
    assert reading.apart(f"{start}16 February", f"{start}17 February") == (
        "…its operator says, on 16 February",
        "…its operator says, on 17 February",
    )
    assert reading.apart("high", "low") == ("high", "low")
    assert reading.apart({"full": f"{start}Monday"}, start.strip())[1].endswith("says, on")
    assert reading.apart("x" * 80, "y" * 80)[0] == "x" * 59 + "…"


PORT = """\
title: Tolls rise
language: en-GB
sources: [{id: S1, title: Port report, published: 2025-03-01}]
key_developments:
  - {id: D1, headline: Tolls, text: "The port raises tolls, it says.", status: reported,
     evidence: [{source: S1, quote: raise the tolls}]}
"""


@pytest.mark.parametrize(
    ("item", "united"),
    [
        ('headline: Tolls, text: "Tolls go up.", evidence: [{source: S1, quote: raise the tolls}]', True),
        ('headline: Fees, text: "The port raises tolls, it says.", evidence: [{source: S1}]', True),
        ('headline: Tolls, text: "The port raises tolls, it says."', True),
        ('headline: Fees, text: "Owners object.", evidence: [{source: S1, quote: raise the tolls}]', False),
        ('headline: Tolls, text: "Owners object.", evidence: [{source: S1, quote: owners object}]', False),
        ('headline: Tolls, text: "Tolls go up.", attribution: Owners, evidence: [{source: S1, quote: raise the tolls}]', False),
        ('headline: Tolls, text: "The port raises tolls, it says.", attribution: Owners, evidence: [{source: S1}]', False),
    ],
)
def test_two_claims_are_one_by_two_signs_and_one_speaker(item: str, united: bool) -> None:
    other = PORT.split("key_developments")[0] + f"key_developments:\n  - {{id: D1, {item}, status: reported}}\n"
    _, values = joined(PORT, other)
    assert len(values["key_developments"]) == (1 if united else 2)
    assert all("attribution" not in row for row in values["key_developments"][:1])


def test_places_are_those_of_the_file_as_it_was_written() -> None:
    other = """\
title: Tolls rise
language: en-GB
sources: [{id: S7, title: Port report, published: 2025-03-02}, {id: S9, title: Paper}]
key_developments:
  - {id: D1, headline: Tolls, text: "The port raises tolls, it says.", status: claimed, evidence: [{source: S7}]}
stage: draft
"""
    made, _ = joined(PORT, other)
    assert [str(row.span) for row in made.findings] == ["b.yaml:3:51", "b.yaml:5:80"]
    as_json = parse(json.dumps(parse(other, Path("b.yaml")).values, indent=1), Path("b.json"), "b.json")
    made = merge([source(PORT), as_json], Path())
    assert [
        "2025-03-02" in as_json.line(row.span.line) or "claimed" in as_json.line(row.span.line)
        for row in made.findings
        if row.span
    ] == [True, True]
