"""What stands in a Word file is read once: notes, controls, boxes, tables within tables; raised digits are calls."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from briefgen import readers
from briefgen.model.article import Article, Role
from briefgen.readers.raised import raised

FIRST = "The town council of Larvik put off its vote on the new quay by one more week, its speaker said."


def written(folder: Path, document: Any) -> Article:
    kept = BytesIO()
    document.save(kept)
    path = folder / "a.docx"
    path.write_bytes(kept.getvalue())
    return readers.read(path)


def started() -> Any:
    document = docx.Document()
    document.add_paragraph("The quay waits", style="Title")
    document.add_paragraph(FIRST)
    return document


def added(document: Any, xml: str) -> None:
    spaces = nsdecls("w", "wp") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    document.element.body.insert(-1, parse_xml(xml.replace(" SPACES", f" {spaces}", 1)))


def texts(article: Article) -> list[str]:
    return [row.text for row in article.paragraphs][2:]


def para(text: str, mark: str = "") -> str:
    return f"<w:p><w:pPr>{mark}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def test_a_content_control_holds_paragraphs(tmp_path: Path) -> None:
    document = started()
    inner = f"<w:sdt><w:sdtContent>{para('Deep.')}</w:sdtContent></w:sdt>"
    added(document, f"<w:sdt SPACES><w:sdtPr/><w:sdtContent>{para('In a control.')}{inner}</w:sdtContent></w:sdt>")
    assert texts(written(tmp_path, document)) == ["In a control.", "Deep."]


def test_a_text_box_stands_after_its_paragraph_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{para('Boxed one.')}{para('Boxed two.')}</w:txbxContent>"
    for offered in (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
        f"<mc:AlternateContent><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
        f"<w:pict><v:textbox>{box}</v:textbox></w:pict>",
    ):
        document = started()
        added(document, f"<w:p SPACES><w:r>{offered}</w:r><w:r><w:t>The host.</w:t></w:r></w:p>")
        assert texts(written(tmp_path, document)) == ["The host.", "Boxed one.", "Boxed two."]


def test_a_table_in_a_cell_is_read_once(tmp_path: Path) -> None:
    document = started()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "left", "right"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "a", "b"
    layout = document.add_table(1, 1)
    layout.cell(0, 0).text = "A heading"
    layout.cell(0, 0).add_paragraph("Its text.")
    assert texts(written(tmp_path, document)) == ["left | right", "a | b", "A heading", "Its text."]


def test_a_deleted_mark_joins_and_a_deleted_row_is_gone(tmp_path: Path) -> None:
    document = started()
    added(document, para("One half, ", "<w:rPr><w:del w:id='1' w:author='x'/></w:rPr>").replace("<w:p>", "<w:p SPACES>"))
    added(document, para("the other half.").replace("<w:p>", "<w:p SPACES>"))
    row = f"<w:tr><w:trPr><w:del w:id='2' w:author='x'/></w:trPr><w:tc>{para('gone')}</w:tc><w:tc>{para('too')}</w:tc></w:tr>"
    added(document, f"<w:tbl SPACES>{row}<w:tr><w:tc>{para('kept')}</w:tc><w:tc>{para('row')}</w:tc></w:tr></w:tbl>")
    assert texts(written(tmp_path, document)) == ["One half, the other half.", "kept | row"]


def test_a_box_in_a_paragraph_that_goes_on_stands_after_it_and_no_table_is_joined(tmp_path: Path) -> None:
    document = started()
    mark = "<w:rPr><w:del w:id='1' w:author='x'/></w:rPr>"
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{para('Boxed.')}</w:txbxContent></v:textbox></w:pict></w:r>"
    added(document, para("One half, ", mark).replace("<w:p>", "<w:p SPACES>").replace("</w:p>", f"{box}</w:p>"))
    added(document, para("the other half.").replace("<w:p>", "<w:p SPACES>"))
    added(document, para("Alone.", mark).replace("<w:p>", "<w:p SPACES>"))
    added(document, f"<w:tbl SPACES><w:tr><w:tc>{para('a')}</w:tc><w:tc>{para('b')}</w:tc></w:tr></w:tbl>")
    assert texts(written(tmp_path, document)) == ["One half, the other half.", "Boxed.", "Alone.", "a | b"]


@pytest.mark.parametrize("damaged", [False, True])
def test_notes_are_paragraphs_of_their_own(tmp_path: Path, *, damaged: bool) -> None:
    document = started()
    call = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:footnoteReference w:id='4'/></w:r>"
    added(
        document, f"<w:p SPACES><w:r><w:t>Costs of 60</w:t></w:r>{call}<w:r><w:t xml:space='preserve'> million.</w:t></w:r></w:p>"
    )
    rows = "".join(f"<w:footnote w:id='{key}'>{para(text)}</w:footnote>" for key, text in ((4, "The port’s budget."), (5, "No.")))
    blob = f"<w:footnotes {nsdecls('w')}>{rows}</w:footnotes>"[: 40 if damaged else None].encode()
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    article = written(tmp_path, document)
    if damaged:
        assert texts(article) == ["Costs of 60 million."]
        assert list(article.notes) == ["not read: the footnotes: they are damaged"]
    else:
        assert texts(article) == ["Costs of 60 million.", "The port’s budget."]
        assert article.paragraphs[-1].role is Role.CAPTION


def test_calls_are_no_part_of_figures(tmp_path: Path) -> None:
    document = started()
    document.styles.add_style("Call", docx.enum.style.WD_STYLE_TYPE.CHARACTER).font.superscript = True
    line = document.add_paragraph("It costs NOK 60")
    line.add_run("7", style="Call")
    line.add_run(" million for 12 km")
    line.add_run("2").font.superscript = True
    line.add_run(", the 4")
    line.add_run("th").font.superscript = True
    line.add_run(" quay for CO")
    line.add_run("2").font.subscript = True
    line.add_run(" since 2019")
    line.add_run("8,").font.superscript = True
    line.add_run("9").font.superscript = True
    line.add_run(".")
    assert texts(written(tmp_path, document)) == ["It costs NOK 60 million for 12 km², the 4th quay for CO2 since 2019."]


@pytest.mark.parametrize(
    ("before", "up", "read"),
    [
        ("EUR 320", "1", ""),
        ("in 2024", "12", ""),
        ("the vote", "(3)", ""),
        ("the vote", "*", ""),
        ("of 40 km", "2", "²"),
        ("6 m", "3", "³"),
        ("EUR 320 m", "2", ""),
        ("€5.4m", "2", ""),
        ("5 × 10", "6", "⁶"),
        ("of 10", "-3", "⁻³"),
        ("a sum of 3,210", "4", ""),
        ("30 kg m", "-2", "⁻²"),
        ("the 21", "st", "st"),
        ("XIX", "e", "e"),
        ("the 3", "a", "a"),
        ("1,200", "a", ""),
        ("the ships", "2", ""),
        ("the margin", "2", ""),
        ("", "1", "1 "),
        ("Brand", "TM", "TM"),
    ],
)
def test_what_is_raised(before: str, up: str, read: str) -> None:
    assert raised(before, up) == read


def test_a_formula_is_text(tmp_path: Path) -> None:
    document = started()
    space = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    formula = f"<m:oMath {space}><m:r><m:t>a=b</m:t></m:r></m:oMath>"
    added(document, f"<w:p SPACES><w:r><w:t xml:space='preserve'>With </w:t></w:r>{formula}</w:p>")
    assert texts(written(tmp_path, document)) == ["With a=b"]


def test_a_file_in_the_strict_form_is_read(tmp_path: Path) -> None:
    document = started()
    document.add_paragraph("The council said on Tuesday that fees will rise.")
    stream, made = BytesIO(), BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            strict = re.sub(rb"http://schemas.openxmlformats.org/(officeDocument|\w+)/2006/(?=main|relationships/|math)",
                            rb"http://purl.oclc.org/ooxml/\1/", old.read(name))  # fmt: skip
            new.writestr(name, strict)
    (tmp_path / "a.docx").write_bytes(made.getvalue())
    assert b"purl.oclc.org" in made.getvalue()
    assert "The council said on Tuesday that fees will rise." in readers.read(tmp_path / "a.docx").text


@pytest.mark.parametrize(("code", "sign"), [("F0B0", "°"), ("F0B3", "≥"), ("2265", "≥"), ("F04A", ""), ("x", ""), ("D800", "")])
def test_signs_of_the_symbol_dialogue_are_read(tmp_path: Path, code: str, sign: str) -> None:
    document = started()
    runs = f"<w:r><w:t xml:space='preserve'>It is 30 </w:t><w:sym w:font='Symbol' w:char='{code}'/><w:t>C.</w:t></w:r>"
    added(document, f"<w:p SPACES>{runs}</w:p>")
    assert texts(written(tmp_path, document)) == [f"It is 30 {sign}C."]
