"""A gate that no mutation trips is no gate: each judge must accept a sound file and reject a broken one."""

from __future__ import annotations

from pathlib import Path

import docx
import pikepdf
import pytest
from docx.shared import Pt

from tests import judges

pytestmark = pytest.mark.judge

PAGE = """<!doctype html><html lang="en"><head><title>Judged</title><meta name="description" content="A test"></head>
<body><h1>First things</h1><p>Second things.</p><p style="break-before: page">Third things.</p></body></html>"""


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _pdf(tmp_path_factory.mktemp("tagged"), "pdf/ua-1")


@pytest.fixture(scope="module")
def untagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _pdf(tmp_path_factory.mktemp("untagged"), None)


def _pdf(folder: Path, variant: str | None) -> Path:
    from weasyprint import HTML

    HTML(string=PAGE).write_pdf(folder / "page.pdf", pdf_variant=variant)
    return folder / "page.pdf"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_heading("First things", 1)
    document.add_paragraph("Second things.").paragraph_format.left_indent = Pt(12)
    document.save(tmp_path / "sound.docx")
    return tmp_path / "sound.docx"


@pytest.fixture
def disordered(sound: Path) -> Path:
    document = docx.Document(sound)
    paragraph = document.paragraphs[1]._p
    paragraph.append(paragraph.pPr)  # ISO 29500-1, 17.3.1.22: properties come before all runs
    document.save(sound.with_name("disordered.docx"))
    return sound.with_name("disordered.docx")


def _torn(path: Path) -> Path:
    """Return a copy of the file that ends in the middle."""
    torn = path.with_stem("torn")
    torn.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return torn


def test_ooxml_names_the_broken_files_of_several(sound: Path, disordered: Path) -> None:
    found = judges.ooxml([sound, disordered, _torn(sound)])
    assert found[sound] == []
    assert "unexpected child element" in found[disordered][0]
    assert "/word/document.xml/w:document[1]/w:body[1]/w:p[2]" in found[disordered][0]
    assert "[Exception]" in found[_torn(sound)][0]


def test_pdf_ua_accepts_a_tagged_file(tagged: Path) -> None:
    assert judges.pdf_ua(tagged) == []


def test_pdf_ua_rejects_a_file_without_tags(untagged: Path) -> None:
    assert judges.pdf_ua(untagged)


@pytest.mark.parametrize("entry", ["/StructTreeRoot", "/Lang", "/MarkInfo", "/Metadata"])
def test_pdf_ua_rejects_a_file_that_lost(entry: str, tagged: Path, tmp_path: Path) -> None:
    with pikepdf.open(tagged) as pdf:
        del pdf.Root[entry]
        pdf.save(tmp_path / "mutilated.pdf", fix_metadata_version=False)
    assert judges.pdf_ua(tmp_path / "mutilated.pdf")


def test_pdf_ua_rejects_a_torn_file(tagged: Path) -> None:
    assert judges.pdf_ua(_torn(tagged))[0].startswith("unreadable")


def test_libreoffice_lays_out_every_document_it_is_given(sound: Path, disordered: Path, tmp_path: Path) -> None:
    made = judges.libreoffice_pdf([sound, disordered], tmp_path / "out")
    assert "Second things." in judges.pdf_text(made[sound])
    assert judges.page_count(made[disordered]) == 1


def test_libreoffice_refuses_a_torn_document(sound: Path, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"made no PDF of torn\.docx"):
        judges.libreoffice_pdf([sound, _torn(sound)], tmp_path / "out")


def test_poppler_counts_and_reads_pages(tagged: Path) -> None:
    assert judges.page_count(tagged) == 2
    assert judges.pdf_text(tagged).split() == ["First", "things", "Second", "things.", "Third", "things."]
    assert judges.pdf_text(tagged, page=2).split() == ["Third", "things."]


def test_poppler_refuses_a_torn_file(tagged: Path) -> None:
    with pytest.raises(AssertionError, match="pdfinfo exited with 1"):
        judges.page_count(_torn(tagged))


def test_the_structure_is_read_from_tags_alone(tagged: Path, untagged: Path) -> None:
    lines = [line.strip() for line in judges.pdf_struct_text(tagged).splitlines()]
    assert lines.index("H1 (block)") < lines.index('"First things"') < lines.index("P (block)")
    assert judges.pdf_struct_text(untagged) == ""


@pytest.mark.parametrize("name", judges.PRESENT)
def test_an_absent_judge_skips_and_does_not_pass(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(judges.PRESENT, name, lambda: None)
    with pytest.raises(pytest.skip.Exception, match=f"not checked: the judge {name}"):
        judges.require(name)
