"""Whatever a valid summary says: it renders in every format for every audience, and all formats say the same words."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from briefgen import rules, writers
from briefgen.findings.diagnostics import Diagnostic, Rejected, Severity
from briefgen.load.source import Source, parse
from briefgen.load.validate import validate
from briefgen.model.document import Document
from briefgen.model.summary import Summary
from briefgen.pipeline.fit import fit
from briefgen.project.project import Project
from briefgen.registry import resolve
from briefgen.render import render, tree
from briefgen.render.vocabulary import check
from briefgen.tailor import phrases, tailor
from tests import check_docx, judges, reading
from tests.builders import AUDIENCES, Data
from tests.mini import ROOT
from tests.strategies import summaries

pytestmark = pytest.mark.slow

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture, HealthCheck.large_base_example]
audiences = st.sampled_from(AUDIENCES)


def examples(count: int, *, shrink: bool = True) -> settings:
    """Return settings under which every run tries the same examples, so that a failure is one for everybody.

    Where an example takes long, it is not made smaller: that would take minutes.
    """
    phases = (Phase.explicit, Phase.generate, *((Phase.shrink,) if shrink else ()))
    return settings(max_examples=count, deadline=None, derandomize=True, database=None, suppress_health_check=SLOW, phases=phases)


@cache
def project() -> Project:
    return Project.find(ROOT)


def _source(data: Data) -> Source:
    return parse(json.dumps(data, ensure_ascii=False), Path("made.json"), "made.json")


def _document(summary: Summary, audience: str) -> Document:
    return render(tailor(summary, project().audience(audience)), project().template_set)


@examples(60)
@given(summaries())
def test_every_summary_is_read_checked_and_rendered_for_every_audience(data: Data) -> None:
    source = _source(data)
    summary = validate(source)
    findings = rules.check(summary, source, asked=(), audiences=AUDIENCES, public=())
    assert all(finding.span and finding.span.line for finding in findings)
    for audience in AUDIENCES:
        root = _document(summary, audience).tree
        assert check(root) == []
        assert tree.words(root) > 0


@examples(60, shrink=False)
@given(summaries(), audiences)
def test_word_says_what_the_document_says(data: Data, audience: str) -> None:
    document = _document(Summary.model_validate(data), audience)
    truth = reading.of_tree(document.tree)
    written = writers.write(document, "docx")
    word = reading.of_docx(written.content)
    assert list(word.plain) == truth.plain
    assert list(word.notes) == list(truth.notes)
    assert check_docx.check(written.content) == []
    assert reading.docx_links(written.content) == reading.hrefs(document.tree)


@examples(60)
@given(summaries(), audiences)
def test_the_html_file_says_what_the_document_says(data: Data, audience: str) -> None:
    document = _document(Summary.model_validate(data), audience)
    truth = reading.of_tree(document.tree)
    root = tree.parse(writers.write(document, "html").content.decode())
    body = root.find("body")
    assert body is not None
    said = " ".join(" ".join(body.itertext()).split())
    assert truth.words - reading.words(said) == {}
    assert not {element.tag for element in root.iter()} & {"script", "iframe", "object", "link", "b"}


@examples(15, shrink=False)
@given(summaries(), audiences)
def test_the_pdf_says_what_the_document_says(data: Data, audience: str) -> None:
    """A budget that can't be kept is an answer, too: what it takes is in `test_fit`."""
    try:
        fitted = fit(
            Summary.model_validate(data),
            project().audience(audience),
            project().template_set,
            resolve("briefgen.writers.pdf:layout"),
        )
    except Rejected as fault:
        assert [finding.code for finding in fault.diagnostics] == ["BUD-01"]
        return
    assert fitted.layout is not None
    written = fitted.layout.write()
    assert _faults(written.diagnostics) == []
    truth = reading.of_tree(fitted.document.tree)
    assert reading.missing(truth.pieces, reading.pdf_pages(written.content)) == []
    assert reading.pdf_tags(written.content)["H1"] == 1


def _faults(said: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [finding for finding in said if finding.severity is Severity.ERROR]


@pytest.mark.judge
@examples(4, shrink=False)
@given(data=summaries())
def test_every_pdf_is_accessible(data: Data, tmp_path: Path) -> None:
    document = _document(Summary.model_validate(data), "analyst")
    (tmp_path / "made.pdf").write_bytes(writers.write(document, "pdf").content)
    assert judges.pdf_ua(tmp_path / "made.pdf") == []


@examples(40)
@given(summaries(), audiences)
def test_every_phrase_leads_back_to_its_place_in_the_file(data: Data, audience: str) -> None:
    source = _source(data)
    brief = tailor(validate(source), project().audience(audience))
    for phrase in phrases(brief.sections):
        raw = source.raw(phrase.path) or source.raw(phrase.path.removesuffix("/full"))
        assert json.loads(raw) == str(phrase) if raw else phrase.path.endswith("/id")


@examples(40)
@given(summaries(), audiences)
def test_the_same_summary_gives_the_same_bytes(data: Data, audience: str) -> None:
    made = [writers.write(_document(Summary.model_validate(data), audience), "docx").content for _ in range(2)]
    assert made[0] == made[1]


@examples(40)
@given(summaries())
def test_a_summary_survives_being_written_as_json(data: Data) -> None:
    summary = Summary.model_validate(data)
    assert Summary.model_validate_json(summary.model_dump_json(by_alias=True, exclude_unset=True)) == summary
