"""The search for leaks: nothing that is withheld is found in any format, and what is planted is found wherever it stands."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.annotations import Link, Text
from pypdf.generic import ArrayObject, ByteStringObject, DecodedStreamObject, NameObject, TextStringObject

from briefgen import find_leaks, render_brief, rules, writers
from briefgen.findings.diagnostics import BriefgenError, Diagnostic, error
from briefgen.load import validate
from briefgen.model.summary import Summary
from briefgen.pipeline import review
from briefgen.pipeline.leaks import Secret, leaks, secrets
from briefgen.pipeline.leaks.folded import needles
from briefgen.tailor import hidden_in
from tests import builders
from tests.builders import AUDIENCES, Data
from tests.test_properties import _document, _source, examples, project
from tests.test_withheld import CANARY, bear, withholding

WORD = "Qzplantedx"
SOUGHT = [Secret("/risks/0/title", WORD, needles(WORD))]


@cache
def finished(fmt: str) -> bytes:
    return writers.write(_document(Summary.model_validate(builders.minimal()), "analyst"), fmt).content


def found(content: bytes, fmt: str) -> str:
    return "; ".join(leak.place for leak in leaks(content, fmt, SOUGHT))


# ---- what must not be in a file


def hiding() -> Data:
    item = {"id": "D9", "headline": "Secret talks in Oslo", "status": "reported", "tlp": "RED"}
    piece = {"source": "S2", "quote": "they met at night by the fjord"}
    item |= {"text": "Envoys of both sides have met twice in a hotel near Oslo since the first of May.", "evidence": [piece]}
    sources = [
        {"id": "S1", "title": "Port report", "publisher": "Harbour News"},
        {"id": "S2", "title": "The envoys of Oslo", "publisher": "Harbour News", "url": "https://oslo.example/envoys-by-night"},
    ]
    data: Data = builders.minimal(marking={"tlp": "GREEN"}, sources=sources)
    data["key_developments"].append(item)
    return data


def test_what_is_sought_is_all_that_the_item_and_its_source_say_and_nothing_else_does() -> None:
    rows = secrets(Summary.model_validate(hiding()), project().audience("analyst"))
    assert [row.path for row in rows] == [
        "/key_developments/1/headline/full",
        "/key_developments/1/text/full",
        "/key_developments/1/evidence/0/quote",
        "/sources/1/title",
        "/sources/1/url",
    ]


def test_what_something_shown_says_too_is_no_secret() -> None:
    data = hiding()
    data["bottom_line"] = "Secret talks in Oslo will not help."
    data["glossary"] = [{"term": "Oslo envoys", "expansion": "The envoys of Oslo"}]  # of which nothing shown speaks
    paths = [row.path for row in secrets(Summary.model_validate(data), project().audience("analyst"))]
    assert "/key_developments/1/headline/full" not in paths
    assert "/sources/1/title" in paths
    data["key_developments"][1].pop("tlp")
    assert secrets(Summary.model_validate(data), project().audience("analyst")) == ()


def test_an_entry_of_the_glossary_goes_with_what_it_explains() -> None:
    data = hiding()
    data["glossary"] = [
        {"term": "envoys", "expansion": "Persons whom a state sends by night"},
        {"term": "Harbour News", "expansion": "A paper of the northern coast"},
    ]
    level = project().audience("analyst")
    rows = secrets(Summary.model_validate(data), level)
    assert [row.path for row in rows if row.path.startswith("/glossary")] == ["/glossary/0/term", "/glossary/0/expansion"]
    said = [
        error("TXT-01", "“Persons whom a state sends by night” is long"),
        error("TXT-01", "“A paper of the northern coast” is"),
    ]
    assert review.discreet(said, rows) == said[1:]
    assert review.discreet(said, ()) == said


def test_eight_words_in_a_row_of_a_text_are_enough() -> None:
    rows = secrets(Summary.model_validate(hiding()), project().audience("analyst"))
    page = "<p>Both sides have met twice in a hotel <i>near</i> Os\u00adlo, one hears.</p>"
    assert [leak.path for leak in leaks(page.encode(), "html", rows)] == ["/key_developments/1/text/full"]
    assert leaks(b"<p>Both sides have met twice, one hears, in Oslo.</p>", "html", rows) == []


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("rice", True),
        ("Rice", True),
        ("prices", False),
        ("ri-\nce", True),
        ("r\u00adice", True),
        ("price", False),
        ("ŕiçe", True),
    ],
)
def test_a_short_word_is_found_by_itself_only(page: str, told: bool) -> None:
    assert bool(leaks(f"<p>{page}".encode(), "html", [Secret("/x", "Rice", needles("Rice"))])) is told


def test_what_is_too_short_is_not_sought() -> None:
    assert needles("EU") == needles("– 5 %") == ()


# ---- the property


def told(data: Data, audience: str, fmt: str) -> list[str]:
    summary = Summary.model_validate(data)
    content = writers.write(_document(summary, audience), fmt).content
    sought = [Secret("/canary", CANARY, needles(CANARY)), *secrets(summary, project().audience(audience))]
    return [f"{leak.path} {leak.place}" for leak in leaks(content, fmt, sought)]


@pytest.mark.slow
@examples(40, shrink=False)
@given(withholding(), st.sampled_from(AUDIENCES))
def test_no_canary_is_in_a_word_file_or_a_page(made: tuple[Data, int], audience: str) -> None:
    for fmt in ("docx", "html"):
        assert told(made[0], audience, fmt) == []


@pytest.mark.slow
@examples(4, shrink=False)
@given(withholding(), st.sampled_from(AUDIENCES))
def test_no_canary_is_in_a_pdf(made: tuple[Data, int], audience: str) -> None:
    assert told(made[0], audience, "pdf") == []


@pytest.mark.slow
@examples(40, shrink=False)
@given(withholding(), st.sampled_from(AUDIENCES))
def test_no_canary_is_in_a_review_copy(made: tuple[Data, int], audience: str) -> None:
    """Its comments say what the checks found: on every field, whatever they say of it, and what the rules really say."""
    source = _source(made[0])
    summary, level = validate(source), project().audience(audience)
    found = list(rules.check(summary, source, asked=(), audiences=AUDIENCES, public=()))
    hidden = hidden_in(summary, level)
    sought = secrets(summary, level)
    said = review.discreet([*found, *_quoting(source.values)], sought)
    copy = review.reviewed(_document(summary, audience), summary, said, hidden)
    sought += (Secret("/canary", CANARY, needles(CANARY)),)
    for fmt, document in (("docx", copy), ("html", review.with_notes(copy))):
        content = writers.write(document, fmt).content
        assert [f"{leak.path} {leak.place}" for leak in leaks(content, fmt, sought)] == []


def _quoting(node: object, pointer: str = "") -> Iterator[Diagnostic]:
    """Yield a finding on each text, which quotes it."""
    if isinstance(node, dict | list):
        for key, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _quoting(inner, f"{pointer}/{key}")
    else:
        yield error("TXT-01", f"this is said: {node}", None, path=pointer)


@pytest.mark.slow
@examples(40, shrink=False)
@given(withholding(), st.sampled_from(AUDIENCES))
def test_no_secret_that_bears_a_canary_is_missed(made: tuple[Data, int], audience: str) -> None:
    """What is computed names every canary of a withheld item and of its source."""
    summary = Summary.model_validate(made[0])
    sought = secrets(summary, project().audience(audience))
    hidden = [item for item in (*summary.key_developments, *summary.risks) if item.tlp and item.tlp.rank > 1]
    assert len([row for row in sought if CANARY.casefold() in row.words.casefold()]) >= 2 * len(hidden)


@pytest.mark.slow
@pytest.mark.parametrize("fmt", ["pdf", "docx", "html"])
def test_what_is_printed_is_found_in_every_format(fmt: str) -> None:
    """The guard is guarded: the same item, not withheld."""
    item = bear(1, "risks", {"title": "T", "mechanism": "M"})
    data = builders.minimal(risks=[item], sources=[{"id": "S1", "title": "T"}, {"id": "Z1", "title": CANARY}])
    assert told(data, "analyst", fmt)


# ---- planted in a page

PAGES: dict[str, tuple[str, str]] = {
    "text": ("<p>WORD</p>", "text"),
    "text in pieces": ("<p><b>Qzpla</b>ntedx</p>", "text"),
    "text by entities": ("<p>&#81;zplantedx</p>", "text"),
    "alt text": ('<img alt="a WORD">', "attribute alt of <img>"),
    "link target": ('<a href="https://a.example/%51zplantedx">x</a>', "attribute href of <a>"),
    "attribute of data": ('<p data-path="WORD">x</p>', "attribute data-path of <p>"),
    "name of an attribute": ("<p data-WORD>x</p>", "name of an attribute of <p>"),
    "name of an element": ("<WORD>x</WORD>", "name of an element"),
    "comment": ("<!-- WORD -->", "comment"),
    "title": ("<head><title>WORD</title></head>", "<title>"),
    "meta": ('<head><meta name="author" content="WORD"></head>', "attribute content of <meta>"),
    "style": ("<style>p::after { content: 'WORD' }</style>", "<style>"),
    "style by escapes": ("<style>p::after { content: '\\51zplantedx' }</style>", "<style>"),
    "script": ("<script>let x = '\\u0051zplantedx'</script>", "<script>"),
    "data": (f'<img src="data:image/svg+xml;base64,{b64encode(WORD.encode()).decode()}">', "in a data: address"),
    "data in a style": (f"<style>a {{ src: url(data:x/y;base64,{b64encode(WORD.encode()).decode()}) }}</style>", "in a data:"),
    "a tag that never ends": ('<p title="WORD', ""),
    "a comment that never ends": ("<!-- WORD", ""),
    "declaration": ("<!DOCTYPE WORD>", "declaration"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_word_planted_in_a_page_is_found(name: str) -> None:
    part, place = PAGES[name]
    told = found(finished("html") + part.replace("WORD", WORD).encode(), "html")
    assert told
    assert place in told


def test_a_page_in_another_encoding_is_read() -> None:
    word = "Тайная встреча"
    [leak] = leaks(f"<p>{word}</p>".encode("utf-16"), "html", [Secret("/x", word, needles(word))])
    assert leak.place == "bytes of the file"


def test_what_lies_in_the_bytes_is_told_once() -> None:
    assert found(f"<p>{WORD}</p>".encode(), "html") == "text"


# ---- planted in a Word file

Parts = dict[str, bytes]


def planted(change: Callable[[Parts], None], comment: bytes = b"") -> bytes:
    with zipfile.ZipFile(io.BytesIO(finished("docx"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(parts, comment)


def zipped(parts: Parts, comment: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _within(part: str, before: str, words: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        assert before.encode() in parts[part]
        parts[part] = parts[part].replace(before.encode(), words.replace("WORD", WORD).encode() + before.encode(), 1)

    return change


def _new(part: str, content: str | bytes) -> Callable[[Parts], None]:
    raw = content.replace("WORD", WORD).encode() if isinstance(content, str) else content
    return lambda parts: parts.update({part.replace("WORD", WORD): raw})


BODY = "word/document.xml"
WORDS: dict[str, tuple[Callable[[Parts], None], str]] = {
    "text": (_within(BODY, "</w:body>", "<w:p><w:r><w:t>WORD</w:t></w:r></w:p>"), f"{BODY}: text"),
    "runs": (_within(BODY, "</w:body>", "<w:p><w:r><w:t>Qzpla</w:t></w:r><w:r><w:t>ntedx</w:t></w:r></w:p>"), f"{BODY}: text"),
    "deleted": (_within(BODY, "</w:body>", "<w:p><w:del><w:r><w:delText>WORD</w:delText></w:r></w:del></w:p>"), f"{BODY}: text"),
    "field": (_within(BODY, "</w:body>", "<w:p><w:r><w:instrText>REF WORD</w:instrText></w:r></w:p>"), f"{BODY}: text"),
    "alt": (_within(BODY, "</w:body>", '<w:p><wp:docPr xmlns:wp="urn:x" descr="WORD"/></w:p>'), f"{BODY}: alt text"),
    "bookmark": (_within(BODY, "</w:body>", '<w:bookmarkStart w:id="99" w:name="WORD"/>'), f"{BODY}: attribute name"),
    "comment of XML": (_within(BODY, "</w:body>", "<!-- WORD -->"), f"{BODY}: comment"),
    "link": (
        _within("word/_rels/document.xml.rels", "</Relationships>", '<Relationship Id="x" Target="https://%51zplantedx.example/"/>'),
        "document.xml.rels: link target",
    ),
    "properties": (_within("docProps/core.xml", "</cp:coreProperties>", "<cp:category>WORD</cp:category>"), "core.xml: text"),
    "comments": (_new("word/comments.xml", "<c><t author='WORD'>x</t></c>"), "word/comments.xml: author"),
    "custom part": (_new("customXml/item7.xml", "<a>WORD</a>"), "customXml/item7.xml: text"),
    "custom part, UTF-16": (_new("customXml/item7.xml", f"<a>{WORD}</a>".encode("utf-16")), "customXml/item7.xml"),
    "file name": (_new("word/media/WORD.png", b"x"), "file name"),
    "bytes of a picture": (_new("word/media/a.png", b"\x89PNG\r\n\x1a\ntEXt" + WORD.encode() + b"\0"), "a.png: bytes"),
    "workbook": (
        _new("word/embeddings/a.xlsx", zipped({"xl/sharedStrings.xml": f"<sst><si><t>{WORD}</t></si></sst>".encode()})),
        "word/embeddings/a.xlsx › xl/sharedStrings.xml: text",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_a_word_planted_in_a_word_file_is_found(name: str) -> None:
    change, place = WORDS[name]
    assert found(finished("docx"), "docx") == ""
    assert place in found(planted(change), "docx")


def test_a_word_planted_around_the_parts_of_a_word_file_is_found() -> None:
    assert "comment of the zip" in found(planted(lambda parts: None, WORD.encode()), "docx")
    assert "outside of the parts" in found(finished("docx") + WORD.encode(), "docx")
    assert "outside of the parts" in found(WORD.encode() + finished("docx"), "docx")


# ---- planted in a PDF


def _alt(writer: pypdf.PdfWriter) -> None:
    writer.root_object["/StructTreeRoot"].get_object()[NameObject("/Alt")] = TextStringObject(WORD)


def _xmp(writer: pypdf.PdfWriter) -> None:
    made = DecodedStreamObject()
    made.set_data(f"<x:xmpmeta><dc:creator>&#81;{WORD[1:]}</dc:creator></x:xmpmeta>".encode())
    made[NameObject("/Type")] = NameObject("/Metadata")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(made)


def _line(writer: pypdf.PdfWriter) -> None:
    """Draw a word in two pieces, as a line is drawn with kerning."""
    made = DecodedStreamObject()
    made.set_data(b"BT /F0 9 Tf [(Qzpla) -20 (ntedx)] TJ ET")
    page = writer.pages[0]
    page[NameObject("/Contents")] = ArrayObject([page["/Contents"].indirect_reference, writer._add_object(made)])


PDFS: dict[str, tuple[Callable[[pypdf.PdfWriter], object], str]] = {
    "Info": (lambda writer: writer.add_metadata({"/Keywords": WORD}), "metadata: Keywords"),
    "Info, own key": (lambda writer: writer.add_metadata({f"/{WORD}": "x"}), f"metadata: {WORD}"),
    "XMP": (_xmp, "metadata (XMP)"),
    "bookmark": (lambda writer: writer.add_outline_item(title=f"A {WORD}", page_number=0), "bookmark"),
    "alt text": (_alt, "alt text"),
    "note": (lambda writer: writer.add_annotation(0, Text(text=WORD, rect=(0, 0, 9, 9))), "annotation"),
    "link": (lambda writer: writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url=f"https://{WORD}.example/")), "link target"),
    "attachment": (lambda writer: writer.add_attachment("a.txt", WORD.encode()), "attachment"),
    "attachment, UTF-16": (lambda writer: writer.add_attachment("a.txt", WORD.encode("utf-16")), "attachment"),
    "workbook": (lambda writer: writer.add_attachment("a.xlsx", zipped({"xl/a.xml": WORD.encode()})), "› xl/a.xml: bytes"),
    "name of an attachment": (lambda writer: writer.add_attachment(f"{WORD}.txt", b"x"), "attachment or file name"),
    "name of a place": (lambda writer: writer.add_named_destination(WORD, 0), "name"),
    "text": (_line, "stream"),
    "object that nothing leads to": (lambda writer: writer._add_object(ByteStringObject(WORD.encode("utf-16"))), "object"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", PDFS)
def test_a_word_planted_in_a_pdf_is_found(name: str) -> None:
    change, place = PDFS[name]
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(finished("pdf")))
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    assert place in found(made.getvalue(), "pdf")


@pytest.mark.slow
def test_what_no_list_of_a_pdf_names_is_found_too() -> None:
    assert found(finished("pdf"), "pdf") == ""
    assert "bytes of the file" in found(finished("pdf") + f"\n% {WORD}".encode(), "pdf")
    packed = (
        b"\n9999 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + zlib.compress(f"({WORD})".encode()) + b"\nendstream\nendobj\n"
    )
    head, mark, tail = finished("pdf").rpartition(b"startxref")
    assert "a stream of the file" in found(head + packed + mark + tail, "pdf")


# ---- what can't be looked into


@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_what_cant_be_opened_is_never_said_to_be_free_of_leaks(fmt: str) -> None:
    with pytest.raises(BriefgenError, match="can't be searched for leaks"):
        leaks(b"nonsense", fmt, SOUGHT)
    with pytest.raises(BriefgenError, match="can't be searched for leaks"):
        leaks(finished(fmt)[:2000], fmt, SOUGHT)


@pytest.mark.slow
def test_an_encrypted_pdf_is_not_searched() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(finished("pdf")))
    writer.encrypt("secret", algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    with pytest.raises(BriefgenError, match="it is encrypted"):
        leaks(made.getvalue(), "pdf", SOUGHT)


def test_a_format_of_ones_own_is_not_searched() -> None:
    with pytest.raises(BriefgenError, match="of the format odt can't be searched"):
        leaks(b"", "odt", SOUGHT)


def test_files_within_files_end() -> None:
    content = zipped({"a": b"x"})
    for _ in range(9):
        content = zipped({"a.zip": content})
    with pytest.raises(BriefgenError, match="without end"):
        leaks(content, "docx", SOUGHT)


# ---- as a library


def test_a_library_asks_for_the_leaks_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.json"
    path.write_text(json.dumps(hiding()), encoding="utf-8")
    brief = render_brief(path, "analyst", to="html", project=project())
    assert find_leaks(brief.content, path, "analyst", to="html", project=project()) == []
    edited = brief.content.replace(b"</body>", b"<p hidden>They met at night, by the fjord</p></body>")
    [leak] = find_leaks(edited, path, "analyst", to="html", project=project())
    assert (leak.path, leak.words, leak.place) == (
        "/key_developments/1/evidence/0/quote",
        "they met at night by the fjord",
        "text",
    )
