"""Somebody else's Word file as the reference: its styles win, what it lacks is made, its text is left out."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt, RGBColor

from briefgen.findings.diagnostics import BriefgenError, Rejected, Severity
from briefgen.model.document import Document, Written
from briefgen.writers.docx import write
from briefgen.writers.docx.foreign.package import parse as parse_part
from briefgen.writers.docx.foreign.repair import in_order
from briefgen.writers.docx.package import SIGNATURE, signed
from tests import builders, judges
from tests.check_docx import check
from tests.mini import Mini
from tests.writers.docx_samples import EVERYTHING, NS, REFERENCE, TOKENS, Parts, parse, png, words_of_html, words_of_word
from tools.make_reference import reference

MINIMAL = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/doc/main.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
    'document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/doc/main.xml"/>'
    "</Relationships>",
    "doc/main.xml": f'<w:document xmlns:w="{NS["w"]}"><w:body><w:p><w:r><w:t>XYZZY</w:t></w:r></w:p></w:body></w:document>',
}


def zipped(parts: dict[str, str | bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def changed(source: Path, path: Path, **edits: Callable[[bytes], bytes]) -> Path:
    """Copy a Word file with some parts (by their last name, `.` as `_`) changed; None drops the part."""
    with zipfile.ZipFile(source) as archive:
        parts: dict[str, str | bytes] = {}
        for name in archive.namelist():
            edit = edits.get(name.rpartition("/")[2].replace(".", "_"))
            parts[name] = edit(archive.read(name)) if edit else archive.read(name)
    return zipped(parts, path)


def with_default(folder: Path) -> Path:
    docx.Document().save(str(folder / "default.docx"))
    return folder / "default.docx"


def with_minimal(folder: Path) -> Path:
    return zipped(dict(MINIMAL), folder / "minimal.docx")


def with_house(folder: Path) -> Path:
    """An organisation's file: own styles under Word's names in its own case, a logo in the header, text to throw away."""
    (folder / "logo.png").write_bytes(png(20, 20))
    document = docx.Document()
    document.add_paragraph("XYZZY boilerplate")
    document.add_picture(str(folder / "logo.png"))
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(3)
    section.different_first_page_header_footer = True
    logo = section.header.paragraphs[0].add_run("House of letters").add_picture(str(folder / "logo.png"), width=Cm(1))
    logo._inline.docPr.set("descr", "House of letters")
    heading = document.styles["Heading 1"]
    heading.font.color.rgb = RGBColor(0xAA, 0, 0x11)
    document.styles.add_style("KICKER", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(30)
    document.save(str(folder / "house.docx"))
    return folder / "house.docx"


def with_ours(folder: Path) -> Path:
    """The packaged reference as a program saves it again: without the signature."""
    content = REFERENCE.read_bytes()
    assert content.endswith(SIGNATURE)
    (folder / "ours.docx").write_bytes(content[: -len(SIGNATURE) - 2] + b"\0\0")
    return folder / "ours.docx"


REFERENCES = {"python-docx": with_default, "minimal": with_minimal, "house": with_house, "ours": with_ours}


@pytest.fixture(params=REFERENCES)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return REFERENCES[request.param](tmp_path)


def everything(reference: Path, folder: Path | None = None) -> Document:
    folder = folder or reference.parent
    (folder / "picture.png").write_bytes(png())
    return parse(EVERYTHING, reference=reference, roots=(folder,))


def test_every_reference_gives_a_sound_file(file: Path) -> None:
    document = everything(file)
    content = write(document).content
    assert check(content) == []
    found, wanted = words_of_word(content), words_of_html(document.tree)
    assert (found["body"], found["notes"]) == (wanted["body"], wanted["notes"])
    assert "XYZZY" not in " ".join(found["body"])


def test_the_same_bytes_again(file: Path) -> None:
    assert write(everything(file)).content == write(everything(file)).content


def test_what_is_made_is_said(file: Path) -> None:
    said = [d for d in write(everything(file)).diagnostics if d.code == "DOCX-05"]
    assert len(said) == (0 if file.name == "ours.docx" else 1)
    assert all(d.severity is Severity.INFO for d in said)


# --- the packaged reference ------------------------------------------------------------------------------------------


def test_the_packaged_reference_is_what_the_tool_makes() -> None:
    """Run `python -m tools.make_reference` after a change of tokens.yaml or of the writer."""
    made, kept = Parts(reference(TOKENS)), Parts(REFERENCE.read_bytes())
    assert made.names == kept.names
    assert [n for n in made.names if made.zip.read(n) != kept.zip.read(n)] == []
    assert reference(TOKENS) == reference(TOKENS)


def test_our_reference_opened_is_our_reference_made(tmp_path: Path) -> None:
    """Both ways to the same styles: read from the file, or made from the tokens."""
    small = EVERYTHING.replace(' class="large"', "")
    opened, made = (Parts(write(parse(small, reference=r)).content) for r in (with_ours(tmp_path), None))
    for part in ("word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/footer1.xml"):
        there = part.replace("1.xml", "-default.xml")
        assert opened.paragraphs(there) == made.paragraphs(part)
    for path in ("//w:style/@w:styleId", "//w:docDefaults//@*"):
        assert opened.find(path, "word/styles.xml") == made.find(path, "word/styles.xml")
    for path in ("//w:tblGrid//@w:w", "//w:pgMar/@*", "//w:spacing/@*", "//w:shd/@w:fill"):
        assert opened.find(path) == made.find(path)


def test_a_signed_reference_lets_the_brand_through(tmp_path: Path) -> None:
    brand = {**TOKENS, "colours": {**TOKENS["colours"], "accent": "#AA0011"}}
    signed_one, unsigned = (
        write(parse(EVERYTHING, reference=file, tokens=brand)).content for file in (REFERENCE, with_ours(tmp_path))
    )
    colour = "//w:style[@w:styleId='Heading1']//w:color/@w:val"
    assert Parts(signed_one).find(colour, "word/styles.xml") == ["AA0011"]
    assert Parts(unsigned).find(colour, "word/styles.xml") == ["1F4E79"]
    assert signed_one == write(parse(EVERYTHING, tokens=brand)).content


# --- what the reference gives ----------------------------------------------------------------------------------------


def test_styles_are_found_by_name_in_any_case(tmp_path: Path) -> None:
    parts = Parts(write(everything(with_house(tmp_path))).content)
    names = [name.lower() for name in parts.find("//w:style/w:name/@w:val", "word/styles.xml")]
    assert names.count("heading 1") == names.count("kicker") == 1
    assert parts.find("//w:style[w:name/@w:val='Heading 1']//w:color/@w:val", "word/styles.xml") in ([], ["AA0011"])
    assert parts.styled("KICKER") == ["Kicker words"]


def test_styles_are_found_by_id_where_the_name_is_translated(tmp_path: Path) -> None:
    def german(content: bytes) -> bytes:
        return content.replace(b'<w:name w:val="heading 1"/>', "<w:name w:val='Überschrift 1'/>".encode())

    file = changed(with_ours(tmp_path), tmp_path / "german.docx", styles_xml=german)
    parts = Parts(write(everything(file)).content)
    assert len(parts.find("//w:style[@w:styleId='Heading1']", "word/styles.xml")) == 1
    assert "Text and such" in parts.styled("Heading1")


def test_an_id_that_another_style_has_is_not_taken_twice(tmp_path: Path) -> None:
    def other(content: bytes) -> bytes:
        return content.replace(
            b'<w:style w:type="paragraph" w:customStyle="1" w:styleId="Ask">', b'<w:style w:type="character" w:styleId="Ask">'
        )

    file = changed(with_ours(tmp_path), tmp_path / "other.docx", styles_xml=other)
    parts = Parts(write(everything(file)).content)
    assert parts.styled("Ask2") == ["Decide now."]


def test_headers_with_a_logo_stay_and_ours_stand_below(tmp_path: Path) -> None:
    parts = Parts(write(everything(with_house(tmp_path))).content)
    kinds = parts.find("//w:sectPr/w:headerReference/@w:type")
    assert sorted(kinds) == ["default", "first"]
    texts = [[text for _, text in parts.paragraphs(n)] for n in parts.names if n.startswith("word/header")]
    assert any(t[0] == "House of letters" and t[1].startswith("European desk") for t in texts)
    assert all("TLP:GREEN" in t[-1] for t in texts), "a marking stands on the first page too"


def test_a_header_is_taken_over_from_an_earlier_section(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "House"
    document.add_section()
    document.save(str(tmp_path / "two.docx"))
    parts = Parts(write(everything(tmp_path / "two.docx")).content)
    assert parts.paragraphs("word/header1.xml")[0][1] == "House"
    assert parts.find("count(//w:headerReference)") == [1.0]


def test_one_header_for_two_kinds_of_pages(tmp_path: Path) -> None:
    def twice(content: bytes) -> bytes:
        reference = content[content.index(b"<w:headerReference") : content.index(b"/>", content.index(b"<w:headerReference")) + 2]
        return content.replace(reference, reference + reference.replace(b"default", b"even"))

    file = changed(with_house(tmp_path), tmp_path / "twice.docx", document_xml=twice)
    content = write(everything(file)).content
    assert check(content) == []
    assert sorted(Parts(content).find("//w:headerReference/@w:type")) == ["default", "even", "first"]


@pytest.mark.parametrize(("value", "kinds"), [("", ["default", "even"]), (' w:val="0"', ["default"])])
def test_even_pages_have_the_marking_too(tmp_path: Path, value: str, kinds: list[str]) -> None:
    def even(content: bytes) -> bytes:
        return content.replace(b"<w:characterSpacingControl", f"<w:evenAndOddHeaders{value}/><w:characterSpacingControl".encode())

    file = changed(with_ours(tmp_path), tmp_path / "even.docx", settings_xml=even)
    content = write(everything(file)).content
    assert check(content) == []
    assert sorted(Parts(content).find("//w:headerReference/@w:type")) == kinds


def test_a_new_header_does_not_touch_the_edge(tmp_path: Path) -> None:
    def flat(content: bytes) -> bytes:
        return re.sub(rb'w:(header|footer)="\d+"', rb'w:\1="0"', content)

    parts = Parts(write(everything(changed(with_ours(tmp_path), tmp_path / "flat.docx", document_xml=flat))).content)
    assert min(int(n) for n in parts.find("//w:pgMar/@w:header | //w:pgMar/@w:footer")) > 284


def test_run_properties_are_put_in_order() -> None:
    root = parse_part(f'<w:x xmlns:w="{NS["w"]}"><w:rPr><w:i/><w:sz w:val="9"/><w:b/><w:i/></w:rPr></w:x>'.encode())
    in_order(root)
    assert [child.tag.rpartition("}")[2] for child in root[0]] == ["b", "i", "sz"]


def test_an_organisations_look_goes_before_the_tokens(tmp_path: Path) -> None:
    """What the tokens colour directly, row headings and the desk's name, is left to the file's own styles."""
    foreign, own = (Parts(write(everything(r, tmp_path)).content) for r in (with_house(tmp_path), REFERENCE))
    title = "//w:r[w:t='EU' and w:rPr/w:b]/w:rPr/w:color/@w:val"
    assert (foreign.find(title), own.find(title)) == ([], ["12263F"])


def test_a_logo_without_words_is_said(tmp_path: Path) -> None:
    file = with_house(tmp_path)
    assert "DOCX-06" not in {d.code for d in write(everything(file)).diagnostics}
    mute = changed(file, tmp_path / "mute.docx", header1_xml=lambda c: c.replace(b'descr="House of letters"', b""))
    [said] = [d for d in write(everything(mute)).diagnostics if d.code == "DOCX-06"]
    assert said.severity is Severity.WARNING


def test_the_page_is_the_references(tmp_path: Path) -> None:
    parts = Parts(write(everything(with_house(tmp_path))).content)
    assert parts.find("//w:pgSz/@w:w") == ["12240"]
    width = 12240 - 2 * round(3 / 2.54 * 1440)
    assert abs(sum(map(int, parts.find("//w:tblGrid[1]")[-1].xpath("*/@*"))) - width) <= 2


def test_nothing_of_the_old_text_is_dragged_along(tmp_path: Path) -> None:
    parts = Parts(write(everything(with_house(tmp_path))).content)
    assert not [n for n in parts.names if "customXml" in n and "rels" not in n and n not in parts.names]
    images = [t for t in parts.find("//rel:Relationship/@Target", "word/_rels/document.xml.rels") if "media" in t]
    assert images == ["media/brief1.png"]
    assert "docProps/thumbnail.jpeg" not in parts.names


def test_settings_that_lead_elsewhere_are_dropped(tmp_path: Path) -> None:
    def attached(content: bytes) -> bytes:
        link = b'<w:attachedTemplate xmlns:r="%s" r:id="rId1"/>' % NS["r"].encode()
        return content.replace(b"<w:defaultTabStop", link + b"<w:defaultTabStop")

    file = changed(with_ours(tmp_path), tmp_path / "attached.docx", settings_xml=attached)
    parts = Parts(write(everything(file)).content)
    assert not parts.find("//w:attachedTemplate", "word/settings.xml")


def test_own_properties_stay_with_ours(tmp_path: Path) -> None:
    def more(content: bytes) -> bytes:
        return content.replace(b"</Properties>", b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" name="Unit">'
                               b"<vt:lpwstr>EAI</vt:lpwstr></property></Properties>")  # fmt: skip

    file = changed(with_ours(tmp_path), tmp_path / "more.docx", custom_xml=more)
    tree = Parts(write(everything(file)).content).tree("docProps/custom.xml")
    assert [(e.get("pid"), e.get("name")) for e in tree] == [
        ("2", "Unit"),
        ("3", "Identifier"),
        ("4", "Audience"),
        ("5", "Marking"),
    ]


def test_inherited_tab_stops_are_cleared(tmp_path: Path) -> None:
    parts = Parts(write(everything(with_house(tmp_path))).content)
    footers = [n for n in parts.names if n.startswith("word/footer")]
    assert set(parts.find("//w:tab[@w:val='clear']/@w:pos", footers[0])) == {"4680", "9360"}


def test_a_template_becomes_a_document(tmp_path: Path) -> None:
    def template(content: bytes) -> bytes:
        return content.replace(b"document.main+xml", b"template.main+xml")

    file = changed(with_ours(tmp_path), tmp_path / "house.dotx", **{"[Content_Types]_xml": template})
    types = Parts(write(everything(file)).content).zip.read("[Content_Types].xml")
    assert b"document.main+xml" in types
    assert b"template" not in types


# --- what is no reference --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"", b"no zip", b"PK\x03\x04cut off"],
    ids=["empty", "text", "cut"],
)
def test_no_word_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.docx").write_bytes(content)
    with pytest.raises(Rejected, match="DOCX-04"):
        write(everything(tmp_path / "x.docx"))


@pytest.mark.parametrize("drop", ["_rels/.rels", "doc/main.xml", "[Content_Types].xml"])
def test_a_part_is_missing(tmp_path: Path, drop: str) -> None:
    file = zipped({n: c for n, c in MINIMAL.items() if n != drop}, tmp_path / "x.docx")
    with pytest.raises(Rejected, match="no document in it"):
        write(everything(file))


def test_strict_open_xml(tmp_path: Path) -> None:
    strict = MINIMAL["doc/main.xml"].replace(NS["w"], "http://purl.oclc.org/ooxml/wordprocessingml/main")
    file = zipped({**MINIMAL, "doc/main.xml": strict}, tmp_path / "x.docx")
    with pytest.raises(Rejected, match="transitional") as fault:
        write(everything(file))
    assert "Strict" in fault.value.diagnostics[0].hints[0]


def test_a_reference_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BriefgenError, match="can't read"):
        write(everything(tmp_path / "missing.docx"))


def test_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.files.UNPACKED", 1000)
    with pytest.raises(Rejected, match="holds more than"):
        write(everything(with_default(tmp_path)))


def test_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    entity = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    bad = entity + MINIMAL["doc/main.xml"].replace("</w:body>", "<w:sectPr><w:pgSz w:w='&x;'/></w:sectPr></w:body>")
    file = zipped({**MINIMAL, "doc/main.xml": bad}, tmp_path / "x.docx")
    with pytest.raises(Rejected):
        write(everything(file))


def test_signing_twice_is_no_zip_of_ours() -> None:
    content = signed(reference(TOKENS)[: -len(SIGNATURE)])
    assert zipfile.ZipFile(io.BytesIO(content)).comment == SIGNATURE


# --- four files as they come: python-docx's, pandoc's, LibreOffice's, a bare one ---------------------------------------

PANDOC = ("Body Text", "First Paragraph", "Compact", "Author", "Date", "Abstract", "Block Text", "Image Caption", "Table")


def with_pandoc(folder: Path) -> Path:
    """Like pandoc's reference: its own style names, colours from the theme, and no size or margins of the page at all."""
    document = docx.Document()
    for name in set(PANDOC) - {style.name for style in document.styles}:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_heading("XYZZY", 1)
    document.save(str(folder / "plain.docx"))

    def no_page(content: bytes) -> bytes:
        return re.sub(rb"<w:(pgSz|pgMar|cols|docGrid)[^>]*/>", b"", content)

    return changed(folder / "plain.docx", folder / "pandoc.docx", document_xml=no_page)


def with_libreoffice(folder: Path) -> Path:
    """A file that LibreOffice saved: its case of names, its order of properties, its margins."""
    if not shutil.which("soffice"):
        pytest.skip("not checked: LibreOffice is not installed")
    (folder / "out").mkdir()
    source = with_house(folder)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "out/house.docx"


FOUR = {"python-docx": with_default, "pandoc": with_pandoc, "libreoffice": with_libreoffice, "minimal": with_minimal}


@pytest.mark.slow
@pytest.mark.parametrize("name", FOUR)
def test_four_references_give_files_that_every_judge_accepts(name: str, tmp_path: Path) -> None:
    file = FOUR[name](tmp_path)
    written = write(everything(file, tmp_path))
    assert check(written.content) == []
    assert "XYZZY" not in " ".join(words_of_word(written.content)["body"])
    codes = {d.code for d in written.diagnostics}
    assert "DOCX-05" in codes, "none of them has all of our styles"
    assert ("DOCX-07" in codes) == (name != "minimal"), "a file without styles and page differs in nothing"
    path = tmp_path / f"{name}-brief.docx"
    path.write_bytes(written.content)
    size = Parts(written.content).find("//w:pgSz/@w:w")
    assert len(size) == len(Parts(written.content).find("//w:pgMar/@w:top")) == 1
    assert judges.ooxml([path]) == {path: []}


def test_where_pdf_and_word_differ_is_said_once(tmp_path: Path) -> None:
    file = with_house(tmp_path)
    [said] = [d for d in write(everything(file)).diagnostics if d.code == "DOCX-07"]
    for words in (
        "text Cambria, in the PDF Calibri",
        "text 11 pt, in the PDF 10.5 pt",
        "title 26 pt, in the PDF 21 pt",
        "headings #AA0011, in the PDF #1F4E79",
        "paper 216 × 279 mm, in the PDF 210 × 297 mm",
        "margins 25/30/25/30 mm, in the PDF 23/25/22/25 mm",
    ):
        assert words in said.message
    small = write(parse(EVERYTHING.replace(' class="large"', ""), reference=file, roots=(tmp_path,))).diagnostics
    assert said in small, "the same words for every audience, so that a run says them once"


def test_the_packaged_reference_saved_again_differs_in_nothing(tmp_path: Path) -> None:
    assert "DOCX-07" not in {d.code for d in write(everything(with_ours(tmp_path))).diagnostics}


# --- files that mean harm --------------------------------------------------------------------------------------------

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FETCHED = f'<Relationship Id="rIdX" Type="{REL}/image" Target="http://x.example/spy.png" TargetMode="External"/>'
CLICKED = f'<Relationship Id="rIdY" Type="{REL}/hyperlink" Target="https://eai.example/" TargetMode="External"/>'
SPY = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="rIdX"/></v:shape></w:pict></w:r>'
    '<w:hyperlink r:id="rIdY"><w:r><w:t>eai.example</w:t></w:r></w:hyperlink></w:p></w:hdr>'
)


def test_what_would_be_fetched_is_left_out_and_told(tmp_path: Path) -> None:
    def related(content: bytes) -> bytes:
        return content.replace(b"</Relationships>", f"{FETCHED}{CLICKED}</Relationships>".encode())

    def shown(content: bytes) -> bytes:
        return content.replace(b"</w:hdr>", SPY.encode())

    file = changed(with_house(tmp_path), tmp_path / "spy.docx", header1_xml=shown, header1_xml_rels=related)
    written = write(everything(file, tmp_path))
    with zipfile.ZipFile(io.BytesIO(written.content)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"x.example" not in whole
    assert b"rIdX" not in whole
    assert b"https://eai.example/" in whole, "what a reader clicks stays"
    assert check(written.content) == []
    [said] = [d for d in written.diagnostics if d.code == "DOCX-08"]
    assert (said.severity, "http://x.example/spy.png" in said.message) == (Severity.WARNING, True)


def test_macros_are_left_out_and_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(with_house(tmp_path)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macros"
    rels = parts["word/_rels/document.xml.rels"]
    assert isinstance(rels, bytes)
    kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    row = b'<Relationship Id="rIdV" Type="%s" Target="vbaProject.bin"/>' % kind
    parts["word/_rels/document.xml.rels"] = rels.replace(b"</Relationships>", row + b"</Relationships>")
    types = parts["[Content_Types].xml"]
    assert isinstance(types, bytes)
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts["[Content_Types].xml"] = types.replace(main, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    written = write(everything(zipped(parts, tmp_path / "house.docm"), tmp_path))
    assert not [name for name in Parts(written.content).names if "vba" in name]
    assert b"macroEnabled" not in Parts(written.content).zip.read("[Content_Types].xml")
    assert check(written.content) == []
    [said] = [d for d in written.diagnostics if d.code == "DOCX-08"]
    assert "its macros" in said.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ this is a program", "is no Word document"),
        ({"a.xml": b"\0" * 20_000_000}, "unpacks to more than 200 times"),
        ({"a.xml": b"\0" * 60_000_000, "b.xml": b"\0" * 60_000_000}, "more than 100 MB"),
        ({f"{n}.xml": "x" for n in range(2001)}, "2,001 parts"),
        ({"a.txt": "no document"}, "has no document"),
    ],
)
def test_a_bad_reference_is_refused_at_its_place_in_the_brand(content: object, words: str, mini: Mini) -> None:
    path = mini.write("templates/house.docx", content if isinstance(content, bytes) else b"")
    if isinstance(content, dict):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in content.items():
                archive.writestr(name, text)
    mini.write("templates/brand.yaml", "organisation: {name: X}\nreference: house.docx\n")
    with pytest.raises(Rejected, match=words) as caught:
        write(mini.document(builders.maximal()))
    [said] = caught.value.diagnostics
    assert (said.code, str(said.span).rpartition("/")[2]) == ("DOCX-04", "brand.yaml:2:12")


def test_the_brands_reference_wins_and_its_logo_is_not_doubled(mini: Mini, tmp_path: Path) -> None:
    mini.write("templates/house.docx", with_house(tmp_path).read_bytes())
    mini.write("templates/logo.png", png(40, 20))
    logo = {"file": "logo.png", "alt": "Ours"}
    mini.write("templates/brand.yaml", {"reference": "house.docx", "logo": logo, "colours": {"accent": "#123456"}})
    written = write(mini.document(builders.maximal()))
    parts = Parts(written.content)
    assert parts.find("//w:style[w:name/@w:val='heading 1']//w:color/@w:val", "word/styles.xml") == ["AA0011"]
    assert "123456" in parts.find("//w:style[w:name/@w:val='Tag']//w:color/@w:val", "word/styles.xml"), "what it lacks"
    alts = [alt for name in parts.names if name.startswith("word/header") for alt in parts.find("//wp:docPr/@descr", name)]
    assert sorted(alts) == ["House of letters", "Ours"], "on the first page, which has no header of its own, ours"
    assert check(written.content) == []


def test_a_footer_without_a_size_of_its_own_keeps_to_one_line(tmp_path: Path) -> None:
    """At the size of the text, its three parts would not fit; a marking keeps the size that FIRST asks for."""
    parts = Parts(write(everything(with_default(tmp_path))).content)
    [footer] = [name for name in parts.names if name.startswith("word/footer")]
    runs = "//w:r[w:t and not(w:tab) and not(w:rPr/w:shd)]"
    assert parts.find(f"count({runs})", footer) == parts.find(f"count({runs}[w:rPr/w:sz/@w:val='17'])", footer)
    assert parts.find("//w:r[w:rPr/w:shd]/w:rPr/w:sz", footer) == []
    ours = Parts(write(everything(with_ours(tmp_path))).content)
    assert ours.find("//w:sz", next(name for name in ours.names if name.startswith("word/footer"))) == []


# --- fields, and values that no program writes ------------------------------------------------------------------------


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def complex_field(code: str, shown: str, *, split: int = 0) -> str:
    """A field as Word writes it; its instruction in two runs, if `split` says where."""
    parts = (code[:split], code[split:]) if split else (code,)
    codes = "".join(run(f'<w:instrText xml:space="preserve">{part}</w:instrText>') for part in parts)
    begin, between, end = (run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end"))
    return f"{begin}{codes}{between}{run(f'<w:t>{shown}</w:t>')}{end}"


def with_fields(folder: Path, fields: str) -> Path:
    """Return a reference whose header holds some fields."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "House of letters"
    document.save(str(folder / "plain.docx"))
    return changed(
        folder / "plain.docx", folder / "fields.docx", header1_xml=lambda b: b.replace(b"</w:p>", f"{fields}</w:p>".encode(), 1)
    )


def headers_of(written: Written) -> str:
    with zipfile.ZipFile(io.BytesIO(written.content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if "header" in name and name.endswith(".xml"))


KEPT_FIELDS = {
    "PAGE": complex_field(" PAGE ", "3"),
    "NUMPAGES": complex_field(r" numpages \\* MERGEFORMAT ", "8"),
    "SECTIONPAGES": f'<w:fldSimple w:instr=" SECTIONPAGES ">{run("<w:t>8</w:t>")}</w:fldSimple>',
    "STYLEREF": complex_field(' STYLEREF "Heading 1" ', "Ports"),
    "marking": complex_field(" DOCPROPERTY marking ", "GREEN"),
}
GONE_FIELDS = {
    "INCLUDEPICTURE": complex_field(' INCLUDEPICTURE "http://x.example/a.png" \\\\d ', "old words"),
    "INCLUDETEXT": f'<w:fldSimple w:instr=" INCLUDETEXT /etc/passwd ">{run("<w:t>old words</w:t>")}</w:fldSimple>',
    "DDEAUTO": complex_field(" DDEAUTO c:/cmd.exe /k ", "old words", split=4),
    "DATE": complex_field(" DATE ", "old words"),
    "DOCPROPERTY": complex_field(' DOCPROPERTY "Client" ', "old words"),
    "IF": run('<w:fldChar w:fldCharType="begin"/>') + run("<w:instrText> IF </w:instrText>") + complex_field("PAGE", "old words")
    + run('<w:fldChar w:fldCharType="separate"/>') + run("<w:t>old words</w:t>") + run('<w:fldChar w:fldCharType="end"/>'),
    "STYLEREF": run('<w:fldChar w:fldCharType="begin"/>') + run("<w:instrText> STYLEREF </w:instrText>")
    + complex_field(" INCLUDETEXT x ", "old words") + run('<w:fldChar w:fldCharType="end"/>'),
    "FILENAME": run('<w:fldChar w:fldCharType="begin"/><w:instrText> FILENAME </w:instrText>') + run("<w:t>old words</w:t>"),
}  # fmt: skip


@pytest.mark.parametrize("name", KEPT_FIELDS)
def test_fields_that_count_pages_or_repeat_the_brief_stay(tmp_path: Path, name: str) -> None:
    written = write(everything(with_fields(tmp_path, KEPT_FIELDS[name]), tmp_path))
    assert name in headers_of(written).upper() or name in headers_of(written)
    assert [d for d in written.diagnostics if d.code == "DOCX-08"] == []


@pytest.mark.parametrize("name", GONE_FIELDS)
def test_every_other_field_is_left_out_with_what_it_showed_and_told(tmp_path: Path, name: str) -> None:
    written = write(everything(with_fields(tmp_path, GONE_FIELDS[name]), tmp_path))
    header = headers_of(written)
    assert "House of letters" in header
    assert "old words" not in header
    assert not re.search("INCLUDE|DDE|passwd|x.example|DATE|Client|FILENAME|cmd", header)
    [said] = [d for d in written.diagnostics if d.code == "DOCX-08"]
    assert name in said.message
    assert check(written.content) == []


def test_of_a_link_that_is_a_field_the_words_stay(tmp_path: Path) -> None:
    fields = complex_field(' HYPERLINK "https://house.example" ', "house.example")
    written = write(everything(with_fields(tmp_path, fields), tmp_path))
    assert "house.example</w:t>" in headers_of(written)
    assert "HYPERLINK" not in headers_of(written)


UNUSED = b'<w:style w:type="character" w:styleId="q"><w:name w:val="q"/><w:rPr><w:sz w:val="abc"/></w:rPr></w:style></w:styles>'
ILL = {
    **{
        f"{part} is no XML": (part, lambda b: b[:-20])
        for part in ("styles", "settings", "numbering", "theme1", "document.xml_rels")
    },
    "a size that is no number": ("styles", lambda b: b.replace(b'<w:sz w:val="', b'<w:sz w:val="x')),
    "a space that is no number": ("styles", lambda b: b.replace(b'w:after="', b'w:after="x')),
    "a list without a number": ("numbering", lambda b: b.replace(b"w:numId=", b"w:other=")),
    "a page that is no number": ("document", lambda b: b.replace(b'<w:pgSz w:w="', b'<w:pgSz w:w="x')),
    "a size in a style that nobody uses": ("styles", lambda b: b.replace(b"</w:styles>", UNUSED)),
    "an endless page": ("document", lambda b: b.replace(b'<w:pgSz w:w="', b'<w:pgSz w:w="1e999')),
}


@pytest.mark.parametrize("name", ILL)
def test_what_no_program_writes_is_refused(tmp_path: Path, name: str) -> None:
    part, edit = ILL[name]
    key = part.replace(".", "_") if "rels" in part else f"{part}_xml"
    reference = changed(with_default(tmp_path), tmp_path / "ill.docx", **{key: edit})
    with pytest.raises(Rejected, match="DOCX-04"):
        write(everything(reference, tmp_path))
