"""Every reader keeps one contract; what can't be used is refused with one finding and a cure, never a traceback."""

from __future__ import annotations

import io
import logging
import sys
import zipfile
from pathlib import Path
from threading import Event

import pypdf
import pytest

from briefgen import readers
from briefgen.findings.diagnostics import BriefgenError, Rejected
from briefgen.model.article import Article, Role
from briefgen.model.terms import Genre
from briefgen.readers import served
from tests.readers import made


def read(folder: Path, name: str, content: bytes | str) -> Article:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return readers.read(path)


def refusal(folder: Path, name: str, content: bytes | str) -> str:
    with pytest.raises(Rejected) as caught:
        read(folder, name, content)
    [finding] = caught.value.diagnostics
    assert finding.hints
    assert finding.message[-1] != "."
    return finding.code


# ---- the contract


@pytest.mark.parametrize("ending", readers.by_ending(readers.FORMATS, several=False))
def test_every_reader_gives_the_same_article(ending: str, tmp_path: Path) -> None:
    article = read(tmp_path, f"a{ending}", made.FORMS[ending]())
    assert article.title == made.TITLE
    assert [p.number for p in article.paragraphs] == [0, 1, 2, 3]
    assert [p.text for p in article.paragraphs] == [made.TITLE, *made.PARAGRAPHS]
    assert article.paragraphs[0].role is Role.TITLE
    assert all(article.text[p.start : p.start + len(p.text)] == p.text for p in article.paragraphs)
    assert set(article.origins) <= set(Article.model_fields)
    assert all(getattr(article, name) for name in article.origins)
    assert article.name == f"a{ending}"
    assert len(article.sha256) == 64


@pytest.mark.parametrize("ending", readers.by_ending(readers.FORMATS, several=False))
@pytest.mark.parametrize("content", [b"", b" \n", b"\x00" * 300, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4])
def test_every_reader_refuses_what_holds_nothing(ending: str, content: bytes, tmp_path: Path) -> None:
    assert refusal(tmp_path, f"a{ending}", content) in ("ART-04", "ART-06")


def test_every_reader_is_made_somewhere() -> None:
    assert set(made.FORMS) == set(readers.by_ending(readers.FORMATS, several=False))


@pytest.mark.parametrize(("ending", "module"), [(".html", "trafilatura"), (".pdf", "pypdf")])
def test_a_missing_extra_is_told_with_its_cure(ending: str, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setattr(served, "_inside", Event())
    served._inside.set()
    with pytest.raises(BriefgenError) as caught:
        read(tmp_path, f"a{ending}", made.FORMS[ending]())
    assert module in caught.value.message
    assert "briefgen[articles]" in caught.value.hint


# ---- files that can't be used


def test_a_missing_article(tmp_path: Path) -> None:
    for name in ("none.txt", "a.txt/b.txt", "\0.txt"):
        with pytest.raises(Rejected) as caught:
            readers.read(tmp_path / name)
        assert caught.value.diagnostics[0].code == "ART-01"
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(Rejected, match="no file"):
        readers.read(tmp_path / "folder.md")


@pytest.mark.parametrize("name", ["a.ods", "a", "a.txt.gz", *(f"a{ending}" for ending in readers.CURES)])
def test_an_unknown_form_is_told_with_its_own_cure(name: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, name, "text") == "ART-02"


@pytest.mark.parametrize("ending", [".txt", ".md", ".html"])
def test_twenty_megabytes_are_refused(ending: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, f"a{ending}", b"Words of an endless text. " * 800_000) == "ART-03"


def test_a_password(tmp_path: Path) -> None:
    for password, expected in (("secret", "ART-05"), ("", None)):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(made.as_pdf()))
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
        kept = io.BytesIO()
        writer.write(kept)
        if expected:
            assert refusal(tmp_path, "a.pdf", kept.getvalue()) == expected
        else:
            assert read(tmp_path, "a.pdf", kept.getvalue()).title == made.TITLE
    assert refusal(tmp_path, "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900) == "ART-05"


def test_damaged_files(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    whole = {"a.pdf": made.as_pdf(), "a.docx": made.as_docx()}
    for name, content in whole.items():
        for cut in range(40, len(content), max(1, len(content) // 25)):
            try:
                read(tmp_path, name, content[:cut] + b"\0\xff" * 20 + content[cut + 40 :])
            except Rejected as fault:
                assert [finding.code for finding in fault.diagnostics] in (["ART-06"], ["ART-04"])
    assert refusal(tmp_path, "a.pdf", b"%PDF-1.7\nnonsense") == "ART-06"
    assert not caplog.records


def test_a_pdf_of_pictures(tmp_path: Path) -> None:
    assert refusal(tmp_path, "a.pdf", made.pdf([[], []])) == "ART-04"


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    assert refusal(tmp_path, "a.docx", kept.getvalue()) == "ART-06"


# ---- text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    text = "Zölle auf Fähren\n\nDie Gebühren steigen um 5 € — sagt der Rat."
    article = read(tmp_path, "a.txt", text.encode(encoding))
    assert article.paragraphs[1].text == "Die Gebühren steigen um 5 € — sagt der Rat."
    assert bool(article.notes) is (encoding in ("cp1252", "utf-16-le", "utf-16-be"))


def test_wrapped_lines_are_one_paragraph_and_long_ones_are_many(tmp_path: Path) -> None:
    wrapped = "A title\n\nThe first line of a text\r\nthat goes on here.\n\nAnother one."
    assert [p.text for p in read(tmp_path, "a.txt", wrapped).paragraphs] == [
        "A title", "The first line of a text that goes on here.", "Another one.",
    ]  # fmt: skip
    long = "A title\n" + "\n".join(made.PARAGRAPHS)
    assert [p.number for p in read(tmp_path, "a.txt", long).paragraphs] == [0, 1, 2, 3]
    assert read(tmp_path, "a.txt", "A whole sentence stands here. And then one more.").paragraphs[0].number == 1


def test_what_the_text_says_of_itself(tmp_path: Path) -> None:
    text = "\n\n".join(("Opinion", "Ferries matter", "By Ann Holm and Jo van Dam", "12 March 2025", *made.PARAGRAPHS))
    article = read(tmp_path, "a.txt", text)
    assert article.genre is Genre.OPINION
    assert article.author == "Ann Holm and Jo van Dam"
    assert article.published == "2025-03-12"
    assert article.origins["author"] == "byline"
    signed = "\n\n".join((made.TITLE, *made.PARAGRAPHS, "Ann Holm is a reporter of the coast."))
    article = read(tmp_path, "a.txt", signed)
    assert article.author == "Ann Holm"
    assert article.paragraphs[-1].role is Role.BIO


@pytest.mark.parametrize(
    ("last", "author"),
    [
        ("Ann Holm is the host of a podcast on harbours.", "Ann Holm"),
        ("Jo van der Dam writes about ferries.", "Jo van der Dam"),
        ("J. M. Ó Briain was an editor of the Larvik Post.", "J. M. Ó Briain"),
        ("Ann Holm covers the coast. She lives in Larvik.", "Ann Holm"),
        ("Ute Holm ist Wirtschaftsredakteurin in Kiel.", "Ute Holm"),
        ("Anne de la Tour est chercheuse à Brest.", "Anne de la Tour"),
        ("The summit in March is a turning point.", None),
        ("The Harbour Board is its own editor.", None),
        ("Ann Holm is the mayor of Larvik.", None),
        ("Ann Holm was not amused.", None),
        ("Larvik Post writes that fees rise.", None),
        ("Fees in March is what the columnist meant.", None),
        ("In Larvik Harbour is a reporter.", None),
    ],
)
def test_a_line_about_the_author_names_a_person_and_a_trade(tmp_path: Path, last: str, author: str | None) -> None:
    article = read(tmp_path, "a.txt", "\n\n".join((made.TITLE, *made.PARAGRAPHS, last)))
    assert article.author == author
    assert article.paragraphs[-1].role is (Role.BIO if author else Role.BODY)


def test_the_log_of_pypdf_is_as_it_was(tmp_path: Path) -> None:
    log = logging.getLogger("pypdf")
    log.setLevel(logging.INFO)
    try:
        read(tmp_path, "a.pdf", made.as_pdf())
        assert refusal(tmp_path, "b.pdf", b"%PDF-1.7\nnonsense") == "ART-06"
        assert log.level == logging.INFO
    finally:
        log.setLevel(logging.NOTSET)


def test_front_matter_is_no_yaml(tmp_path: Path) -> None:
    text = "---\ntitle: 'Ferries matter'\nauthor: Ann Holm\ndate: 2025-03-12\ngenre: wire\nx: &a [*a]\n---\n\nText *of* it.\n"
    article = read(tmp_path, "a.md", text)
    assert (article.title, article.author, article.published) == ("Ferries matter", "Ann Holm", "2025-03-12")
    assert article.genre is Genre.WIRE
    assert [p.text for p in article.paragraphs] == ["Ferries matter", "Text of it."]


def test_markdown_blocks(tmp_path: Path) -> None:
    text = "# T\n\nOne\ntwo ![x](y)[link](z).\n\n- a\n- b\n\n| h | i |\n|---|---|\n| 1 | 2 |\n\n<hr>\n\n## Sub\n\n> q\n"
    article = read(tmp_path, "a.md", text)
    assert [p.text for p in article.paragraphs] == ["T", "One two link.", "a", "b", "h | i", "1 | 2", "Sub", "q"]


# ---- pages


def test_what_a_page_hides_is_no_text(tmp_path: Path) -> None:
    hidden = (
        "<script>var x='planted one';</script><p style='display: none'>planted two</p><p hidden>planted three</p>"
        "<div class='cookie-banner'><p>planted four, we use cookies to make this page better for you.</p></div>"
        "<p aria-hidden=true>planted five</p><!-- planted six --><template><p>planted seven</p></template>"
    )
    article = read(tmp_path, "a.html", made.as_html(hidden))
    assert "planted" not in article.text
    assert [p.text for p in article.paragraphs] == [made.TITLE, *made.PARAGRAPHS]


def test_what_a_page_says_of_itself(tmp_path: Path) -> None:
    linked = (
        '{"@graph":[{"@type":["OpinionNewsArticle"],"headline":"' + made.TITLE + '","author":[{"name":"Ann Holm"}],'
        '"datePublished":"2025-03-12T08:00:00Z","publisher":{"name":"The Coast"}}]}'
    )
    head = f"<script type='application/ld+json'>{linked}</script><script type='application/ld+json'>[[[</script>"
    article = read(tmp_path, "a.html", made.as_html(head=head))
    assert (article.author, article.published, article.publisher) == ("Ann Holm", "2025-03-12", "The Coast")
    assert (article.genre, article.language) == (Genre.OPINION, "en")
    assert article.origins["published"] == "JSON-LD datePublished"
    meta = "<meta property='article:published_time' content='2025-02-30'><meta name=author content='Jo Dam'>"
    article = read(tmp_path, "a.html", made.as_html(head=meta))
    assert (article.author, article.published) == ("Jo Dam", None)


def test_a_short_notice_is_read_too(tmp_path: Path) -> None:
    article = read(tmp_path, "a.html", "<nav>Home</nav><h1>Closed</h1><p>The office is closed on 3 May.</p>")
    assert "The office is closed on 3 May." in article.text


# ---- Word and PDF


def test_word_without_what_is_deleted_or_hidden(tmp_path: Path) -> None:
    import docx
    from docx.oxml import OxmlElement

    document = docx.Document()
    document.core_properties.author = "Ann Holm"
    document.add_paragraph("Ferries", style="Title")
    shown = document.add_paragraph("Kept ")
    inserted = OxmlElement("w:ins")
    inserted.append(shown.add_run("and inserted")._r)
    shown._p.append(inserted)
    gone = OxmlElement("w:del")
    gone.append(shown.add_run(" deleted")._r)
    shown._p.append(gone)
    shown.add_run(" hidden").font.hidden = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "a", "b"
    document.add_paragraph("Last")
    kept = io.BytesIO()
    document.save(kept)
    article = read(tmp_path, "a.docx", kept.getvalue())
    assert [p.text for p in article.paragraphs] == ["Ferries", "Kept and inserted", "a | b", "Last"]
    assert article.author == "Ann Holm"


def test_pdf_pages_are_one_text(tmp_path: Path) -> None:
    first = ["The Coast", "Ferries matter", "", "The board of the har-", "bour spoke with a well-"]
    second = ["known guest on page {}, and the text", "goes"]
    pages = [[*first, *(line.format(n) for line in second), f"Page {n} of 4"] for n in range(1, 5)]
    article = read(tmp_path, "a.pdf", made.pdf(pages))
    assert "Page 2 of 4" not in article.text
    assert "The Coast" not in article.text
    assert "harbour" in article.text


@pytest.mark.parametrize(("ending", "form"), [(".txt", "{}"), (".md", "{}"), (".html", "<p>{}</p>")])
def test_words_that_a_text_turns_round_are_told(tmp_path: Path, ending: str, form: str) -> None:
    words = made.PARAGRAPHS[0]
    for sign, told in (("\u202e", 1), ("\u2067", 0)):
        path = tmp_path / f"a{ending}"
        path.write_text(form.format(f"{sign}{words}"), encoding="utf-8")
        article = readers.read(path)
        assert words in article.text
        assert len([note for note in article.notes if "turn the direction" in note]) == told
