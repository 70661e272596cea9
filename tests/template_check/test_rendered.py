"""What samples show: each check is proven by a planted fault, and by the packaged templates, which have none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefgen import template_check
from briefgen.findings.diagnostics import Diagnostic, Severity, Span, warning
from briefgen.template_check import pages, unused_fields
from briefgen.template_check.budget import growing
from briefgen.template_check.samples import samples
from briefgen.writers import FORMATS
from briefgen.writers.pdf import available
from tests.mini import Mini

pytestmark = pytest.mark.slow

needs_engine = pytest.mark.skipif(available() is not None, reason="not checked: no PDF engine")
SAMPLES = {sample.name: sample for sample in samples()}
SMALL = {"sections": ["bottom_line", "judgements", "risks_table"]}


def tried(mini: Mini, sample: str = "every field", audience: str = "own") -> list[Diagnostic]:
    project = mini.project
    job = template_check.SampleJob(project.audience(audience), SAMPLES[sample], Span("own.yaml", 1))
    return [seen.finding for seen in template_check.run(job, project.template_set, FORMATS)]


def own(mini: Mini, body: str, **audience: Any) -> None:
    """Make `own` an audience whose only section is `own.html` with the judgements."""
    mini.template("sections/own.html", body)
    mini.write("templates/audiences/own.yaml", {"sections": [{"use": "own", "of": "judgements"}], **audience})


def css(mini: Mini, more: str) -> None:
    mini.template("style.css", (mini.project.roots[-1] / "default/style.css").read_text(encoding="utf-8") + more)


def told(rows: list[Diagnostic], code: str) -> list[tuple[str, int]]:
    return [(row.span.file, row.span.line) for row in rows if row.code == code and row.span]


@needs_engine
@pytest.mark.parametrize("audience", ["executive", "adviser", "public"])
@pytest.mark.parametrize("sample", [name for name in SAMPLES if name != "sixty items"])
def test_the_packaged_templates_are_clean(mini: Mini, sample: str, audience: str) -> None:
    assert tried(mini, sample, audience) == []


@needs_engine
@pytest.mark.parametrize("sample", ["minimal", "every field", "no items", "words that never break"])
def test_the_longest_level_is_clean(mini: Mini, sample: str) -> None:
    assert tried(mini, sample, "analyst") == []


def test_a_template_that_stops_is_told_at_its_line(mini: Mini) -> None:
    own(mini, "<section>\n{% for item in section.items %}<p>{{ item.horizon }}</p>{% endfor %}\n</section>\n")
    assert tried(mini, "every field") == []
    [row] = tried(mini, "no optional field")
    assert (row.code, row.span and row.span.line) == ("TPL-02", 2)


@needs_engine
def test_text_that_runs_out_of_its_cell(mini: Mini) -> None:
    table = '<table class="plain">{{ m.columns([5, 95]) }}{{ m.head(["risk", "when"]) }}<tbody>\n'
    own(mini, f"<section>\n{table}<tr><td>{{{{ section.items[0].text }}}}</td><td>x</td></tr></tbody></table></section>\n")
    assert told(tried(mini), "TPL-40") == []
    css(mini, "td { white-space: nowrap }\n")
    [row] = [row for row in tried(mini) if row.code == "TPL-40"]
    assert row.message == "<td>, which prints key_judgements.text, runs out of its cell"
    assert row.span == Span("templates/default/sections/own.html", 3)
    assert row.is_error
    assert "A second strike is likely" in row.hints[1]


@needs_engine
def test_text_that_runs_out_of_its_page(mini: Mini) -> None:
    own(mini, "<section>\n<p>{{ section.items[0].text }}</p></section>\n")
    css(mini, "p { margin-right: -300pt; margin-left: 300pt }\n")
    assert ("templates/default/sections/own.html", 2) in told(tried(mini), "TPL-40")


@needs_engine
def test_text_that_runs_out_of_a_box_of_given_height(mini: Mini) -> None:
    own(mini, "<section>\n{% for item in section.items %}<p>{{ item.text }}</p>{% endfor %}</section>\n")
    css(mini, "section { height: 20pt }\n")
    assert any("runs out of its box" in row.message for row in tried(mini))


@needs_engine
def test_a_heading_that_ends_a_page(mini: Mini) -> None:
    own(mini, "<section>\n<h2>Heading</h2>\n<p>{{ section.items[0].text }}</p></section>\n")
    assert tried(mini) == []
    css(mini, "h2 { break-after: page }\n")
    assert told(tried(mini), "TPL-41") == [("templates/default/sections/own.html", 2)]


@needs_engine
def test_a_page_without_content(mini: Mini) -> None:
    own(mini, "<section>\n<p>{{ section.items[0].text }}</p></section>\n")
    css(mini, "section { break-before: page } section::before { content: ''; display: block; break-after: page }\n")
    assert "TPL-43" in {row.code for row in tried(mini)}


@pytest.mark.parametrize(
    ("body", "line", "what"),
    [
        ("<section>\n<h2>A</h2></section>", 2, "nothing stands below its <h2>"),
        ("<section>\n<h2>A</h2>\n<h2>B</h2><p>x</p></section>", 2, "nothing stands below its <h2>"),
        ("\n<section></section>", 2, "an empty <section>"),
        ("<section>\n<p></p><p>x</p></section>", 2, "an empty <p>"),
        ('<section>\n<table><thead><tr><th scope="col">x</th></tr></thead><tbody></tbody></table></section>', 2, "without rows"),
    ],
)
def test_what_is_empty(mini: Mini, body: str, line: int, what: str) -> None:
    own(mini, body)
    rows = [row for row in tried(mini) if row.code == "TPL-42"]
    assert ("templates/default/sections/own.html", line) in told(rows, "TPL-42")
    assert any(what in row.message for row in rows)


def test_a_heading_above_a_deeper_one_is_not_empty(mini: Mini) -> None:
    own(mini, "<section><h2>A</h2><h3>B</h3><p>x</p></section>")
    assert "TPL-42" not in {row.code for row in tried(mini)}


@needs_engine
def test_a_budget_that_an_ordinary_summary_can_not_meet(mini: Mini) -> None:
    sections = ["bottom_line", "developments_table", "stakeholders_table", "risks_register", "disagreements"]
    audience = {"budget": {"pages": 1, "hard": True}, "sections": sections, "cut": [{"drop": "risks_register", "down_to": 2}]}
    mini.write("templates/audiences/own.yaml", audience)
    [row] = [row for row in tried(mini) if row.code == "AUD-10"]
    assert row.is_error
    assert row.span == Span("own.yaml", 1)
    assert "developments_table, stakeholders_table, disagreements" in row.hints[1]
    assert "`cut`" in row.hints[1]


@needs_engine
def test_a_budget_that_sixty_items_break_where_nothing_bounds_them(mini: Mini) -> None:
    audience = {"budget": {"pages": 1, "hard": True}, "sections": ["bottom_line", "judgements"]}
    mini.write("templates/audiences/own.yaml", audience)
    assert "AUD-10" not in {row.code for row in tried(mini)}
    [row] = [row for row in tried(mini, "sixty items") if row.code == "AUD-10"]
    assert row.severity is Severity.WARNING
    assert "nothing bounds judgements" in row.hints[1]
    mini.write("templates/audiences/own.yaml", {**audience, "cut": [{"drop": "judgements", "down_to": 2}]})
    assert "AUD-10" not in {row.code for row in tried(mini, "sixty items")}


def test_what_may_grow(mini: Mini) -> None:
    audience = mini.project.audience("adviser")
    assert growing(audience) == []
    assert growing(audience.model_copy(update={"cut": audience.cut[1:]})) == ["sources_list"]


def test_fields_that_a_level_never_shows(mini: Mini) -> None:
    mini.write("templates/audiences/board.yaml", SMALL | {"sourcing": "line"})
    board = mini.project.audience("board")
    found = unused_fields.unseen(board, SAMPLES["every field"], mini.project.template_set)
    assert {"risks.confidence", "risks.exposed", "risks.mitigation", "evidence.quote"} <= set(found.fields)
    assert not {
        "risks.title",
        "risks.mechanism",
        "risks.horizon",
        "risks.likelihood",
        "risks.impact",
        "judgements.confidence",
    } & {*found.fields}
    assert {"stakeholders", "watch"} <= set(found.parts)
    mini.write("templates/audiences/board.yaml", {"sections": ["bottom_line", "judgements", "risks_register"]})
    more = unused_fields.unseen(mini.project.audience("board"), SAMPLES["every field"], mini.project.template_set)
    assert not {"risks.confidence", "risks.exposed", "risks.mitigation"} & set(more.fields)


def test_the_same_finding_in_many_samples_is_told_once() -> None:
    row = warning("TPL-42", "an empty <p>", Span("own.html", 3), "cure")
    static = warning("TPL-10", "<x> is outside", Span("own.html", 4, 2))
    again = warning("TPL-10", "<x> is outside", Span("own.html", 4))
    seen = [pages.Seen(row, name, level) for level in ("a", "b") for name in ("one", "two")] + [pages.Seen(again, "one", "a")]
    assert template_check.gathered([static], seen) == [
        warning("TPL-42", "an empty <p>", Span("own.html", 3), "cure", "found with the samples one, two (a, b)"),
        static,
    ]
    [every] = template_check.gathered([], [pages.Seen(row, name, "a") for name in SAMPLES])
    assert every.hints[-1] == "found with every sample (a)"


# ---- the command


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try the small samples only, in this process."""
    whole = template_check.jobs
    few = ("minimal", "every field")
    monkeypatch.setattr(
        template_check, "jobs", lambda *given: [job for job in whole(*given) if job.sample is None or job.sample.name in few]
    )
    monkeypatch.setenv("BRIEFGEN_WORKERS", "1")


@pytest.mark.usefixtures("few")
def test_a_clean_set_says_so_in_one_line(mini: Mini) -> None:
    done = mini.cli("template", "check", "--audience", "executive", "--strict")
    assert done.code == 0
    assert done.err.splitlines()[-1] == "template set default: 39 templates, samples for executive: nothing to mend"
    assert done.out == ""
    assert "never shown" not in done.err  # of a packaged audience that is nothing to mend


@pytest.mark.usefixtures("few")
def test_the_exit_code_goes_by_the_weight(mini: Mini) -> None:
    mini.template("sections/own.html", "<section>\n<p></p></section>\n")
    mini.write("templates/audiences/own.yaml", {"sections": ["own"]})
    assert mini.cli("template", "check", "-a", "own").code == 0
    assert mini.cli("template", "check", "-a", "own", "--strict").code == 3
    mini.template("sections/own.html", "<section>\n<blink>x</blink></section>\n")
    done = mini.cli("template", "check", "-a", "own", "--format", "json")
    rows = [row for row in json.loads(done.out) if row["severity"] == "error"]
    assert done.code == 1
    assert [(row["code"], Path(row["file"]).name, row["line"], row["column"]) for row in rows] == [("TPL-10", "own.html", 2, 1)]
    assert "::error file=templates/default/sections/own.html,line=2" in mini.cli("template", "check", "--format", "github").out


def test_what_can_not_be_asked_for(mini: Mini) -> None:
    assert mini.cli("template", "check", "-a", "bord").code == 2
    assert mini.cli("template", "check", "--format", "xml").code == 2
    mini.write("briefgen.yaml", {"templates": "nothing"})
    done = mini.cli("template", "check")
    assert done.code == 1
    assert "SET-01" in done.err
