"""`briefgen render --review`: a review copy beside the final one, with the articles opened, and never in its place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from briefgen import api, readers
from briefgen.findings.diagnostics import Rejected
from briefgen.model.article import Article
from briefgen.registry import Format
from tests import builders, check_docx, judges, reading
from tests.mini import ROOT, Mini

pytestmark = pytest.mark.slow

FORMATS = ("pdf", "docx", "html")
CLAIM = """\
id: ferries
language: en-GB
title: Ferries stop
stage: {stage}
as_of: 2025-03-04
reviewer: {{name: R. Reviewer, date: 2025-03-04}}
bottom_line: Fees rise by 30 %.
key_developments:
  - id: D1
    headline: Fees rise
    text: The board said that fees rise by 30 %.
    status: reported
    {below}
sources:
  - {{id: S1, title: Port report, file: {file}, published: 2025-03-01}}
"""
EVIDENCE = "evidence: [{source: S1, quote: rise by 12 percent}]"


@pytest.fixture
def claim(mini: Mini) -> Mini:
    mini.write("port.txt", "Ferries\n\nThe board said that fees for ferries rise by 12 percent from spring on.\n")
    mini.write("x.yaml", CLAIM.format(stage="final", below=EVIDENCE, file="port.txt"))
    return mini


def made(mini: Mini) -> set[str]:
    return {name for name in mini.files() if name.startswith("outputs/")}


def test_the_review_copy_stands_beside_the_final_one(mini: Mini) -> None:
    mini.write("m.json", builders.maximal())
    assert mini.cli("render", "m.json", "-t", ",".join(FORMATS)).code == 0
    final = {name: (mini.folder / name).read_bytes() for name in made(mini)}
    assert mini.cli("render", "m.json", "--review", "-t", ",".join(FORMATS)).code == 0
    both = made(mini)
    review = both - set(final)
    assert review == {name.replace(".", "-REVIEW.") for name in final}
    assert all((mini.folder / name).read_bytes() == content for name, content in final.items())
    for name in review:
        assert b"REVIEW" in (mini.folder / name).read_bytes() or not name.endswith("html")
    for name in final:
        if name.endswith("pdf"):
            assert all("REVIEW" not in page for page in reading.pdf_pages(final[name]))
            pages = reading.pdf_pages((mini.folder / name.replace(".", "-REVIEW.")).read_bytes())
            assert all("REVIEW" in page for page in pages)


def test_alone_it_writes_no_final_copy_and_names_its_files(claim: Mini) -> None:
    done = claim.cli("render", "x.yaml", "--review", "-a", "executive", "--format", "json")
    assert done.code == 0
    [row] = json.loads(done.out)["briefs"]
    assert row["files"] == ["outputs/ferries-executive-REVIEW.pdf", "outputs/ferries-executive-REVIEW.docx"]
    assert row["pages"] == 1
    assert made(claim) == set(row["files"])


def test_what_the_articles_say_otherwise_stands_in_it_and_stops_nothing(claim: Mini) -> None:
    done = claim.cli("render", "x.yaml", "--review", "-a", "analyst", "-t", "html,docx")
    assert done.code == 0
    assert "error NUM-04" in done.err
    page = (claim.folder / "outputs/ferries-analyst-REVIEW.html").read_text(encoding="utf-8")
    notes = page[page.index("review-notes") :]
    assert "D1 · reported" in notes
    assert "error NUM-04: " in notes
    word = (claim.folder / "outputs/ferries-analyst-REVIEW.docx").read_bytes()
    assert check_docx.check(word) == []
    assert b"error NUM-04: " in reading.parts(word)["word/comments.xml"]


def test_an_article_without_text_is_told_in_it(claim: Mini) -> None:
    claim.write("port.txt", "")
    done = claim.cli("render", "x.yaml", "--review", "-a", "analyst", "-t", "html")
    assert done.code == 0
    assert "ART-04" in (claim.folder / "outputs/ferries-analyst-REVIEW.html").read_text(encoding="utf-8")


def test_a_plain_render_of_a_draft_opens_no_article_and_a_review_copy_does(claim: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    claim.write("x.yaml", CLAIM.format(stage="draft", below=EVIDENCE, file="port.txt"))
    opened: list[Path] = []
    real = readers.read

    def noted(path: Path, formats: Sequence[Format]) -> Article:
        opened.append(path)
        return real(path, formats)

    monkeypatch.setattr(readers, "read", noted)
    assert claim.cli("render", "x.yaml", "-a", "executive", "-t", "html").code == 0
    assert opened == []
    assert claim.cli("render", "x.yaml", "-a", "executive", "-t", "html", "--review").code == 0
    assert [path.name for path in opened] == ["port.txt"]


def test_what_would_break_a_print_stops_it(claim: Mini) -> None:
    claim.write("x.yaml", CLAIM.format(stage="final", below="evidence: [{source: S9}]", file="port.txt"))
    done = claim.cli("render", "x.yaml", "--review", "-a", "executive", "-t", "html")
    assert done.code == 1
    assert "REF-01" in done.err
    assert made(claim) == set()


def test_a_draft_has_a_review_copy(claim: Mini) -> None:
    claim.write("x.yaml", CLAIM.format(stage="draft", below=EVIDENCE, file="port.txt"))
    assert claim.cli("render", "x.yaml", "--review", "-a", "executive", "-t", "html").code == 0
    page = (claim.folder / "outputs/ferries-executive-REVIEW.html").read_text(encoding="utf-8")
    assert "warning NUM-04" in page


def test_warnings_and_errors_count_under_strict(claim: Mini) -> None:
    assert claim.cli("render", "x.yaml", "--review", "-a", "executive", "-t", "html", "--strict").code == 3


def test_it_goes_to_standard_output(claim: Mini) -> None:
    done = claim.cli("render", "x.yaml", "--review", "-a", "executive", "-t", "html", "-o", "-")
    assert done.code == 0
    assert "REVIEW COPY" in done.out
    assert made(claim) == set()


def test_it_takes_the_cuts_of_the_final_copy(mini: Mini) -> None:
    shutil.copytree(ROOT / "inputs", mini.folder / "inputs")
    options = ("inputs/us-russia-reset.yaml", "-a", "adviser", "-t", "pdf", "--format", "json")
    final, review = (json.loads(mini.cli("render", *options, *more).out)["briefs"][0] for more in ((), ("--review",)))
    assert review["cuts"] == final["cuts"] > 0
    assert review["pages"] == final["pages"]
    page = mini.cli("render", *options[:3], "-t", "html", "--review", "-o", "-").out
    assert "CUT-01" in page
    assert 'id="D5"' not in page


def test_what_is_over_the_budget_is_told_in_it(mini: Mini) -> None:
    data = builders.maximal()
    data["bottom_line"] = "Ports may close. " * 700
    mini.write("m.json", data)
    plain = mini.cli("render", "m.json", "-a", "executive", "-t", "html")
    assert plain.code == 1
    assert "BUD-01" in plain.err
    review = mini.cli("render", "m.json", "-a", "executive", "-t", "html", "--review")
    assert review.code == 0
    assert "error BUD-01" in (mini.folder / "outputs/maxi-executive-REVIEW.html").read_text(encoding="utf-8")


def test_the_library_makes_one(claim: Mini) -> None:
    written = api.render_brief(claim.folder / "x.yaml", "analyst", "html", project=claim.project, review=True)
    assert b"REVIEW COPY" in written.content
    assert "NUM-04" in {row.code for row in written.diagnostics}
    with pytest.raises(Rejected, match="NUM-04"):  # the copy shows what the final is refused for
        api.render_brief(claim.folder / "x.yaml", "analyst", "html", project=claim.project)
    claim.write("x.yaml", CLAIM.format(stage="draft", below=EVIDENCE, file="port.txt"))
    plain = api.render_brief(claim.folder / "x.yaml", "analyst", "html", project=claim.project)
    assert b"REVIEW COPY" not in plain.content
    claim.write("x.yaml", CLAIM.format(stage="final", below="evidence: [{source: S9}]", file="port.txt"))
    with pytest.raises(Rejected):
        api.render_brief(claim.folder / "x.yaml", "analyst", "html", project=claim.project, review=True)


@pytest.mark.judge
@pytest.mark.parametrize("path", ["inputs/us-russia-reset.yaml", "tests/fixtures/bad-editorial.yaml"])
def test_the_judges_accept_every_audience(mini: Mini, path: str) -> None:
    shutil.copytree(ROOT / "inputs", mini.folder / "inputs")
    shutil.copy(ROOT / path, mini.folder / "inputs/judged.yaml")
    assert mini.cli("render", "inputs/judged.yaml", "--review").code == 0
    files = sorted((mini.folder / "outputs").glob("*-REVIEW.*"))
    assert len(files) == 8
    for page in files[1::2]:
        assert judges.pdf_ua(page) == []
    words = files[::2]
    assert judges.ooxml(words) == {word: [] for word in words}
