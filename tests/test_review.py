"""The review copy: every claim carries its evidence and its findings, and nobody takes it for the final one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from briefgen import writers
from briefgen.findings.diagnostics import Diagnostic, Severity, info, warning
from briefgen.load.source import read
from briefgen.model.document import Document
from briefgen.model.summary import Summary
from briefgen.pipeline import check as checking
from briefgen.pipeline import review
from briefgen.pipeline.build import build
from briefgen.writers.pdf import Layout, available, layout
from tests import builders, check_docx, judges, reading
from tests.mini import ROOT, Mini

needs_engine = pytest.mark.skipif(available() is not None, reason="not checked: no PDF engine")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FINDINGS = (
    warning("DAT-01", "“soon” says no date", None, "name the date", path="/key_developments/0/text/full"),
    warning("COR-03", "there is one source only", None, path="/sources"),
    info("URL-01", "no address", None, path="/sources/1/url"),
)


@pytest.fixture
def data() -> builders.Data:
    return builders.maximal()


def copy_of(mini: Mini, data: builders.Data, audience: str = "analyst", findings: tuple[Diagnostic, ...] = FINDINGS) -> Document:
    document = mini.document(data, audience)
    return review.reviewed(document, Summary.model_validate(data), findings)


def said(document: Document, heading: str) -> tuple[str, ...]:
    [comment] = [row for row in document.comments if row.heading.startswith(heading)]
    return comment.lines


def test_a_claim_carries_its_evidence(mini: Mini, data: builders.Data) -> None:
    lines = said(copy_of(mini, data), "D1 · reported")
    assert lines[0] == "S1 ¶2 (news), citing Harbour News: “crews walked out” · unnamed: one harbour official"


def test_what_a_source_is_stands_once(mini: Mini, data: builders.Data) -> None:
    copy = copy_of(mini, data)
    rows = [f"{one['id']} · {one.get('genre', 'unknown')} · {one['title']}" for one in data["sources"]]
    assert list(said(copy, "Sources")) == rows
    others = " ".join(line for comment in copy.comments if comment.heading != "Sources" for line in comment.lines)
    assert not any(one["title"] in others for one in data["sources"])


def test_a_claim_carries_what_was_found(mini: Mini, data: builders.Data) -> None:
    assert said(copy_of(mini, data), "D1 · reported")[-1] == "warning DAT-01: “soon” says no date. Cure: name the date."


def test_what_contradicts_says_so(mini: Mini, data: builders.Data) -> None:
    assert any(line.endswith(" · contradicts") for line in said(copy_of(mini, data), "D3 · denied"))


def test_a_judgement_carries_what_it_rests_on(mini: Mini, data: builders.Data) -> None:
    lines = said(copy_of(mini, data), "J1")
    assert lines[0] == "Rests on D1 · reported: quoted there."
    assert lines[-1].startswith("The evidence allows low confidence at most: ")


def test_evidence_of_what_is_not_printed_is_quoted_where_it_is_first_rested_on(mini: Mini, data: builders.Data) -> None:
    comments = copy_of(mini, data, "executive").comments
    rows = [line for comment in comments for line in comment.lines if line.startswith("Rests on D1")]
    assert sum("“crews walked out”" in row for row in rows) == 1
    assert rows[0].startswith("Rests on D1 · reported: S1 ¶2 (news), citing Harbour News: “crews walked out”")
    assert all(row == "Rests on D1 · reported: quoted at Bottom line." for row in rows[1:])


def test_an_inference_is_called_one(mini: Mini, data: builders.Data) -> None:
    assert "No evidence is given: our inference." in said(copy_of(mini, data), "R2")


def test_what_is_not_shown_is_told_all_the_same(mini: Mini, data: builders.Data) -> None:
    made = copy_of(mini, data, "executive")
    [rest] = [row for row in made.comments if row.heading.startswith("Findings on what stands elsewhere")]
    assert "file: warning COR-03: there is one source only." in rest.lines
    found = [line for comment in made.comments for line in comment.lines]
    assert all(any(row.code in line for line in found) for row in FINDINGS)


@pytest.mark.parametrize("audience", builders.AUDIENCES)
def test_every_item_that_is_printed_has_a_comment(mini: Mini, data: builders.Data, audience: str) -> None:
    made = copy_of(mini, data, audience)
    text = " ".join("".join(root.itertext()) for root in made.tree.iterfind("body/main"))
    headings = [comment.heading.split(" ")[0] for comment in made.comments]
    for field in ("key_developments", "key_judgements", "risks"):
        for item in data[field]:
            wordings = builders_texts(item)
            if any(words in text for words in wordings):
                assert item["id"] in headings, item["id"]


def builders_texts(item: dict[str, Any]) -> list[str]:
    text = item.get("mechanism") or item["text"]
    return list(text.values()) if isinstance(text, dict) else [text]


@pytest.mark.slow
@pytest.mark.parametrize("audience", builders.AUDIENCES)
def test_it_says_review_on_every_page_and_in_its_name(mini: Mini, data: builders.Data, audience: str) -> None:
    made = review.with_notes(copy_of(mini, data, audience))
    assert made.name == f"maxi-{audience}-REVIEW"
    pages = reading.pdf_pages(writers.write(made, "pdf").content)
    assert review.LINE in " ".join(pages[0].split())
    assert all(page.count("REVIEW") >= 2 for page in pages)


def test_the_final_copy_is_left_as_it_was(mini: Mini, data: builders.Data) -> None:
    document = mini.document(data)
    before = [writers.write(document, fmt).content for fmt in ("docx", "html")]
    review.with_notes(review.reviewed(document, Summary.model_validate(data), FINDINGS))
    assert [writers.write(document, fmt).content for fmt in ("docx", "html")] == before
    assert b"comments.xml" not in before[0] and b"REVIEW" not in before[1]


def test_word_has_comments_by_briefgen_around_the_words(mini: Mini, data: builders.Data) -> None:
    made = copy_of(mini, data)
    content = writers.write(made, "docx").content
    assert check_docx.check(content) == []
    parts = reading.parts(content)
    comments = etree.fromstring(parts["word/comments.xml"])
    assert [row.get(f"{W}author") for row in comments] == ["briefgen"] * len(made.comments)
    assert [row.get(f"{W}date") for row in comments] == [None] * len(made.comments)
    text = etree.fromstring(parts["word/document.xml"])
    numbers = [str(number) for number in range(1, len(made.comments) + 1)]
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted((row.get(f"{W}id") for row in text.iter(f"{W}{tag}")), key=int) == numbers
    shown = ["".join(row.itertext(f"{W}t")) for row in comments]
    assert shown == [comment.heading + "".join(comment.lines) for comment in made.comments]


def test_the_notes_at_the_end_say_what_words_comments_say(mini: Mini, data: builders.Data) -> None:
    made = copy_of(mini, data)
    page = review.with_notes(made)
    section = page.tree.find("body/main/section[@id='review-notes']")
    assert section is not None
    terms = [row.text for row in section.iter("dt")]
    assert terms == [f"c{number} · {comment.heading}" for number, comment in enumerate(made.comments, 1)]
    lines = [row.text for row in section.iter("dd")]
    assert lines == [line for comment in made.comments for line in comment.lines or ("Nothing to say.",)]
    marks = re.findall(r'href="#review-(\d+)"', writers.write(page, "html").content.decode())
    assert marks == [str(number) for number in range(1, len(made.comments) + 1)]


def test_a_mark_stands_before_the_list_of_its_item() -> None:
    from xml.etree.ElementTree import fromstring, tostring

    item = fromstring("<li>One <ul><li>Two</li></ul></li>")
    review._append(item, review._mark("1"))
    assert tostring(item, encoding="unicode") == ('<li>One <sup><a href="#review-1">c1</a></sup><ul><li>Two</li></ul></li>')


def test_hostile_words_are_data(mini: Mini, data: builders.Data) -> None:
    data["key_developments"][0]["evidence"][0]["quote"] = "a <b>&amp;</b> \u202e turned"
    made = copy_of(mini, data)
    assert check_docx.check(writers.write(made, "docx").content) == []
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in writers.write(review.with_notes(made), "html").content.decode()


def test_the_same_input_gives_the_same_bytes(mini: Mini, data: builders.Data) -> None:
    both = [writers.write(copy_of(mini, data), "docx").content for _ in range(2)]
    assert both[0] == both[1]


@pytest.mark.judge
def test_the_judges_accept_it(mini: Mini, data: builders.Data, tmp_path: Path) -> None:
    made = copy_of(mini, data)
    word, page = tmp_path / "review.docx", tmp_path / "review.pdf"
    word.write_bytes(writers.write(made, "docx").content)
    page.write_bytes(writers.write(review.with_notes(made), "pdf").content)
    assert judges.pdf_ua(page) == []
    assert judges.ooxml([word]) == {word: []}


def test_errors_are_told_as_errors(mini: Mini, data: builders.Data) -> None:
    fault = Diagnostic(Severity.ERROR, "NUM-04", "30 stands in no evidence", None, (), "/risks/0/mechanism/full")
    assert said(copy_of(mini, data, findings=(fault,)), "R1")[-1] == "error NUM-04: 30 stands in no evidence."


@needs_engine
@pytest.mark.slow
def test_its_pages_are_those_of_the_final_copy(mini: Mini) -> None:
    """Marks take no room: a line or a row more would carry every block after it over to another page."""
    path = ROOT / "inputs/us-russia-reset.yaml"
    checked = checking.check(read(path, path.name), mini.project)
    audience = mini.project.audience("analyst")
    final = build(checked, audience, mini.project, ["pdf"])
    marked = layout(review.with_notes(build(checked, audience, mini.project, ["pdf"], review=True).version.document))
    assert final.pages is not None
    assert marked.pages > final.pages
    assert _sections(marked)[:-1] == _sections(layout(final.version.document))


def _sections(made: Layout) -> list[tuple[int, str | None]]:
    """Return the sections with their pages, those that break once for each page; all notes at the end count as one."""
    found = [(block.page, block.id) for block in made.blocks() if block.tag == "section"]
    return [row for number, row in enumerate(found) if row[1] != "review-notes" or number == 0 or found[number - 1][1] != row[1]]
