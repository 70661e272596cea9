"""OpenDocument texts: paragraphs, lists, tables, boxes and notes once each; deleted and hidden text is none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from briefgen import readers
from briefgen.findings.diagnostics import Rejected
from briefgen.model.article import Article, Role
from tests.readers import made

STYLES = (
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
    '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="T2" style:parent-style-name="T1"/>'
    '<style:style style:name="T3"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T4"><style:text-properties style:text-position="sub 58%"/></style:style>'
)


def read(folder: Path, body: str, **parts: str) -> Article:
    path = folder / "a.odt"
    path.write_bytes(made.odt(body, STYLES, **parts))
    return readers.read(path)


def texts(article: Article) -> list[str]:
    return [row.text for row in article.paragraphs]


def test_all_that_stands_there_is_read_once(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes>"
        '<text:p text:style-name="P1">Fees rise</text:p>'
        "<text:section><text:p>One<text:s/>two<text:line-break/>three.</text:p></text:section>"
        "<text:list><text:list-item><text:p>An item.</text:p></text:list-item></text:list><text:h>A heading</text:h>"
        "<text:p><draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box><svg:desc>Drawn.</svg:desc></draw:frame>"
        "<draw:custom-shape><text:p>In a shape.</text:p></draw:custom-shape>The host, <text:span "
        'text:style-name="T3">hidden </text:span>shown.<office:annotation><text:p>A remark.</text:p></office:annotation></text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>in a cell</text:p></table:table-cell></table:table-row>"
        "</table:table></table:table-cell></table:table-row></table:table>"
    )
    article = read(tmp_path, body)
    assert texts(article) == [
        "Fees rise", "One two three.", "An item.", "A heading", "The host, shown.", "Boxed.", "In a shape.", "a | b", "in a cell",
    ]  # fmt: skip
    assert article.paragraphs[3].role is Role.HEADING


def test_calls_are_no_part_of_figures_and_notes_stand_at_the_end(tmp_path: Path) -> None:
    told = "<text:note-body><text:p>The budget.</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{told}</text:note>"
    body = (
        f'<text:p>It costs NOK 60{note} million<text:span text:style-name="T2">2</text:span> for 12 km<text:span '
        'text:style-name="T1">2</text:span> and CO<text:span text:style-name="T4">2</text:span>.</text:p><text:p>More.</text:p>'
    )
    article = read(tmp_path, f"<text:p>Fees rise</text:p>{body}")
    assert texts(article) == ["Fees rise", "It costs NOK 60 million for 12 km² and CO2.", "More.", "The budget."]
    assert article.paragraphs[-1].role is Role.CAPTION


def test_what_the_file_says_of_itself(tmp_path: Path) -> None:
    meta = (
        "<office:document-meta SPACES><office:meta><dc:title>Fees</dc:title><meta:initial-creator>Ann Holm</meta:initial-creator>"
        "<dc:language>en-GB</dc:language></office:meta></office:document-meta>"
    )
    article = read(tmp_path, "<text:p>Fees rise in all harbours.</text:p>", meta=meta)
    assert (article.title, article.author, article.language) == ("Fees", "Ann Holm", "en-GB")


@pytest.mark.parametrize(
    ("body", "parts", "code"),
    [
        ("<text:p>a</text:p>", {"META-INF__manifest": "<m><encryption-data/></m>"}, "ART-05"),
        ("<text:p>a", {}, "ART-06"),
        ("<text:list>" * 400 + "<text:p>a</text:p>" + "</text:list>" * 400, {}, "ART-06"),
        ("<text:p>a</text:p>", {"meta": "<broken"}, "ART-06"),
        ("<text:p>a</text:p>", {"huge": " " * 60_000_000}, "ART-06"),
        ("", {}, "ART-04"),
    ],
)
def test_what_can_not_be_used_is_refused(tmp_path: Path, body: str, parts: dict[str, str], code: str) -> None:
    path = tmp_path / "a.odt"
    content = made.odt(body, **parts)
    if "huge" in parts:
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("content.xml", parts["huge"])
        content = kept.getvalue()
    path.write_bytes(content)
    with pytest.raises(Rejected) as caught:
        readers.read(path)
    assert [finding.code for finding in caught.value.diagnostics] == [code]


def test_no_entity_is_resolved(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET", encoding="utf-8")
    path = tmp_path / "a.odt"
    plain = made.odt("<text:p>Fees &x; rise</text:p><text:p>More words.</text:p>")
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(kept, "w") as archive:
        text = source.read("content.xml").decode()
        entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        archive.writestr("content.xml", entity + text)
    path.write_bytes(kept.getvalue())
    assert "SECRET" not in readers.read(path).text
