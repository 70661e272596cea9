"""A gate that no mutation trips is no gate: each fault that `check_docx` looks for is planted and found."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path

import pytest

from briefgen.writers.docx import write
from tests.check_docx import check
from tests.writers.docx_samples import EVERYTHING, parse, png

DOCUMENT, NOTES, STYLES = "word/document.xml", "word/footnotes.xml", "word/styles.xml"
MUTATIONS = {
    "undefined paragraph style": (
        DOCUMENT,
        '<w:pStyle w:val="Quote"/>',
        '<w:pStyle w:val="Quotes"/>',
        "no paragraph style Quotes",
    ),
    "undefined run style": (DOCUMENT, '<w:rStyle w:val="Tag"/>', '<w:rStyle w:val="Tags"/>', "no character style Tags"),
    "a style of another kind": (DOCUMENT, '<w:rStyle w:val="Tag"/>', '<w:rStyle w:val="Quote"/>', "no character style Quote"),
    "undefined table style": (
        DOCUMENT,
        '<w:tblStyle w:val="BriefPlain"/>',
        '<w:tblStyle w:val="Plain"/>',
        "no table style Plain",
    ),
    "style based on nothing": (STYLES, '<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="Abnormal"/>', "basedOn Abnormal"),
    "a style twice": (STYLES, 'w:styleId="Note"', 'w:styleId="Lead"', "Lead is there 2 times"),
    "undefined list": (DOCUMENT, '<w:numId w:val="3"/>', '<w:numId w:val="99"/>', "no list 99"),
    "list without definition": (
        "word/numbering.xml",
        '<w:abstractNumId w:val="1"/>',
        '<w:abstractNumId w:val="7"/>',
        "no list definition 7",
    ),
    "cell without end": (DOCUMENT, "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "a cell does not end in a paragraph"),
    "tables that touch": (DOCUMENT, "</w:tbl>", "</w:tbl><w:tbl></w:tbl>", "two tables touch"),
    "a table at the end": (DOCUMENT, "<w:sectPr>", "<w:tbl></w:tbl><w:sectPr>", "a table is the last"),
    "open bookmark": (DOCUMENT, '<w:bookmarkEnd w:id="0"/>', "", "bookmarks do not pair"),
    "bookmark twice": (DOCUMENT, 'w:name="b_inner"', 'w:name="b_tables"', "bookmark b_tables is there 2 times"),
    "link to nowhere": (DOCUMENT, 'w:anchor="b_tables"', 'w:anchor="b_table"', "no bookmark b_table"),
    "picture without words": (
        DOCUMENT,
        '<wp:docPr id="1" name="Picture 1" descr="A blue square"/>',
        '<wp:docPr id="1"/>',
        "nothing",
    ),
    "dangling relationship": (DOCUMENT, 'r:embed="', 'r:embed="x', "no relationship xrId"),
    "note that is not there": (
        DOCUMENT,
        '<w:footnoteReference w:id="1"/>',
        '<w:footnoteReference w:id="77"/>',
        "note 77 is not there",
    ),
    "note twice": (NOTES, '<w:footnote w:id="2">', '<w:footnote w:id="1">', "note 1 is there 2 times"),
    "unnamed separators": ("word/settings.xml", "w:footnotePr>", "w:endnotePr>", "separators"),
    "part that is not there": ("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="style.xml"', "word/style.xml"),
    "type of nothing": ("[Content_Types].xml", "/word/styles.xml", "/word/style.xml", "content types: word/style.xml"),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "picture.png").write_bytes(png())
    return write(parse(EVERYTHING, roots=(folder,))).content


def mutated(content: bytes, part: str, old: str, new: str) -> bytes:
    """Return the file with the first `old` of a part replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text, f"{part} has no {old}"
                count = -1 if old in ("w:footnotePr>",) else 1
                text = text.replace(old.encode(), new.encode(), count)
            made.writestr(name, text)
    return target.getvalue()


def test_a_sound_file_passes(sound: bytes) -> None:
    assert check(sound) == []


@pytest.mark.parametrize("fault", MUTATIONS)
def test_fault_is_found(fault: str, sound: bytes) -> None:
    part, old, new, said = MUTATIONS[fault]
    problems = check(mutated(sound, part, old, new))
    assert any(said in problem for problem in problems), problems


def test_pictures_of_one_number(sound: bytes) -> None:
    twice = '<wp:docPr id="1" name="Picture 1" descr="A blue square"/>'
    assert "picture 1 is there 2 times" in check(mutated(sound, DOCUMENT, twice, twice * 2))


def test_one_name_twice_in_the_zip(sound: bytes) -> None:
    target = io.BytesIO(sound)
    with warnings.catch_warnings(), zipfile.ZipFile(target, "a") as made:
        warnings.simplefilter("ignore")
        made.writestr(STYLES, zipfile.ZipFile(io.BytesIO(sound)).read(STYLES))
    assert any("zip: word/styles.xml" in problem for problem in check(target.getvalue()))


def test_a_file_that_is_no_zip(tmp_path: Path) -> None:
    with pytest.raises(zipfile.BadZipFile):
        check(b"no zip")
