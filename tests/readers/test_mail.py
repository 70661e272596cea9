"""Mails: their own text, what is attached, and what is left out and told."""

from __future__ import annotations

from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx
import pytest

from briefgen import readers
from briefgen.findings.diagnostics import Rejected
from briefgen.model.article import Role

BODY = "Ferries stop\n\n" + "Crews on the northern lines walked out on Saturday night, two officials said after the talks. " * 3


def mail(body: str | None = BODY, *, html: str | None = None) -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["Date"] = "Strike", "Desk <desk@eai.example>", "Mon, 03 Mar 2025 08:00:00 +0100"
    if body is not None:
        made.set_content(body)
    if html is not None:
        made.add_alternative(html, subtype="html")
    return made


def saved(folder: Path, message: EmailMessage | bytes) -> Path:
    path = folder / "review.eml"
    path.write_bytes(message if isinstance(message, bytes) else message.as_bytes())
    return path


def word(*texts: str) -> bytes:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_the_text_of_a_mail_is_an_article(tmp_path: Path) -> None:
    [article] = readers.read_all(saved(tmp_path, mail()))
    assert (article.title, article.published, article.author) == ("Ferries stop", "2025-03-03", None)
    assert article.origins["published"] == "date of the mail"
    assert article.paragraphs[1].text.startswith("Crews on the northern lines")


def test_attachments_are_articles_of_their_own(tmp_path: Path) -> None:
    message = mail("See below.")
    content = word("Owners refuse", "They will not meet before the strike ends, a statement says.")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename="owners.docx")
    message.add_attachment("Islands wait\n\nStores last nine days.", filename="islands.txt")
    made = readers.read_all(saved(tmp_path, message))
    assert [article.title for article in made] == ["Owners refuse", "Islands wait"]
    assert [article.name for article in made] == ["review-owners.txt", "review-islands.txt"]


def test_a_program_is_left_out_and_told(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"MZ\x90", maintype="application", subtype="x-msdownload", filename="invoice.exe")
    [article] = readers.read_all(saved(tmp_path, message))
    assert "invoice.exe left out: it is a program" in article.notes


def test_a_broken_part_stops_nothing(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"PK\x03\x04 broken", maintype="application", subtype="octet-stream", filename="broken.docx")
    [article] = readers.read_all(saved(tmp_path, message))
    assert [note for note in article.notes if note.startswith("broken.docx left out: ")]


def test_an_unknown_charset_is_told_or_read(tmp_path: Path) -> None:
    raw = mail().as_bytes().replace(b'charset="utf-8"', b'charset="x-none"')
    with pytest.raises(Rejected) as fault:
        readers.read_all(saved(tmp_path, raw))
    assert "it is damaged" in fault.value.diagnostics[0].message


def test_hidden_text_of_a_mail_is_no_text(tmp_path: Path) -> None:
    text = "Crews on the northern lines walked out on Saturday night, two union officials said after the talks. " * 3
    html = f"<html><body><p>{text}</p><p style='display:none'>SECRET</p><script>SECRET</script></body></html>"
    [article] = readers.read_all(saved(tmp_path, mail(html=html)))
    assert "SECRET" not in article.text
    assert "walked out" in article.text


@pytest.mark.parametrize("content", [b"not a mail at all", b"\xff\xfe\x00broken", b"Subject: x\n\n"])
def test_what_is_no_mail_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Rejected):
        readers.read_all(saved(tmp_path, content))


def test_a_part_saved_as_text_reads_as_it_is(tmp_path: Path) -> None:
    for article in readers.read_all(saved(tmp_path, mail())):
        path = tmp_path / article.name
        path.write_bytes(article.text.encode())
        again = readers.read(path)
        assert [(row.number, row.text) for row in again.paragraphs] == [(row.number, row.text) for row in article.paragraphs]
        assert again.sha256 == article.sha256


def test_a_press_review_in_a_mail_comes_apart(tmp_path: Path) -> None:
    parts = [
        f"{title}\n\nHarbour News, {day} March 2025\n\n"
        + "Crews walked out on Saturday night, two officials said after the talks. " * 4
        for title, day in (("Ferries stop", 3), ("Owners refuse", 4))
    ]
    made = readers.read_all(saved(tmp_path, mail("\n\n".join(parts))))
    assert [(article.title, article.published) for article in made] == [
        ("Ferries stop", "2025-03-03"),
        ("Owners refuse", "2025-03-04"),
    ]
    assert made[0].paragraphs[0].role is Role.TITLE


def test_a_file_of_one_article_is_read_as_before(tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    path.write_text("# Ferries stop\n\nCrews walked out.\n", encoding="utf-8")
    assert readers.read_all(path) == (readers.read(path),)
