"""Mails: their own text, what is attached, and what is left out and told."""

from __future__ import annotations

from base64 import encodebytes
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx
import pytest

from briefgen import readers
from briefgen.findings.diagnostics import Rejected
from briefgen.model.article import Role
from briefgen.readers.mail_html import pages

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


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("x-none", "utf-8"), ("unknown-8bit", "cp1252"), ("ansi", "utf-8"), ("", "cp1252"), ("us-ascii", "utf-8"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "cp1252"), ("utf8mb4", "utf-8"), ("x-mac-roman", "mac_roman"), ("utf-16", "utf-16"), ("utf-7", "utf-7"),
        ("rot13", "cp1252"), ("unicode_escape", "utf-8"),
    ],
)  # fmt: skip
def test_a_text_is_read_in_whatever_encoding_its_head_names(tmp_path: Path, label: str, codec: str) -> None:
    body = BODY.replace("Crews", "“Crews” of Malmö’s").encode(codec)
    head = f"Subject: Strike\nMIME-Version: 1.0\nContent-Type: text/plain; charset={label}\nContent-Transfer-Encoding: "
    [article] = readers.read_all(saved(tmp_path, head.encode() + b"base64\n\n" + encodebytes(body)))
    assert "“Crews” of Malmö’s on the northern lines" in article.text
    [article] = readers.read_all(saved(tmp_path, head.encode() + b"8bit\n\n" + body)) if codec != "utf-16" else [article]
    assert "“Crews” of Malmö’s on the northern lines" in article.text


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [("gb2312", "gbk", "渡輪停航"), ("iso-2022-jp", "iso2022_jp", "船が止まる"), ("ks_c_5601-1987", "cp949", "배가 멈췄다")],
)
def test_a_page_in_a_mail_is_read_in_the_wider_set(tmp_path: Path, label: str, codec: str, words: str) -> None:
    page = f"<html><body><p>{words}</p><p>{BODY}</p></body></html>".encode(codec)
    head = f"Subject: Strike\nMIME-Version: 1.0\nContent-Type: text/html; charset={label}\nContent-Transfer-Encoding: base64\n\n"
    [article] = readers.read_all(saved(tmp_path, head.encode() + encodebytes(page)))
    assert words in article.text


@pytest.mark.parametrize(
    "subject",
    ["can’t – ok".encode(), "can’t – ok".encode("cp1252"), b"=?iso-8859-1?q?can=92t_=96_ok?=", b"=?x-none?q?can=92t_=96?= ok"],
)
def test_a_subject_is_read_in_whatever_encoding_it_has(tmp_path: Path, subject: bytes) -> None:
    raw = mail(BODY.partition("\n\n")[2]).as_bytes().replace(b"Subject: Strike", b"Subject: " + subject)
    [article] = readers.read_all(saved(tmp_path, raw))
    assert article.title == "can’t – ok"


MIXED = "Subject: Strike\nMIME-Version: 1.0\nContent-Type: {}; boundary=x\n\n{}"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (
            "multipart/alternative",
            f"--x\nContent-Type: text/plain\n\n{BODY}\n--x\nContent-Type: text/html\n\n<p>&nbsp;</p>\n--x--\n",
        ),
        ("multipart/mixed", f"{BODY}\nno boundary of any kind\n"),
    ],
)
def test_a_text_beside_nothing_is_read(tmp_path: Path, kind: str, content: str) -> None:
    [article] = readers.read_all(saved(tmp_path, MIXED.format(kind, content).encode()))
    assert "Crews on the northern lines walked out" in article.text


def test_lines_that_go_on_within_a_word_are_joined(tmp_path: Path) -> None:
    head = "Subject: Strike\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed; delsp=yes\n\n"
    body = BODY.replace("northern", "north \nern").replace("officials said", "officials  \nsaid") + "\n-- \nAnn\n"
    [article] = readers.read_all(saved(tmp_path, (head + body).encode()))
    assert "Crews on the northern lines walked out on Saturday night, two officials said after" in article.text
    assert "Ann" not in article.text


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


# ---- what is attached in other ways


def test_attached_mails_are_read_to_a_depth(tmp_path: Path) -> None:
    inner = mail(BODY.replace("Ferries stop", "Islands wait"))
    middle = mail("Forwarded.")
    middle.add_attachment(inner)
    outer = mail("See the mail.")
    outer.add_attachment(middle)
    [article] = readers.read_all(saved(tmp_path, outer))
    assert (article.title, article.published) == ("Islands wait", "2025-03-03")
    for _ in range(8):
        outer, inner = mail(), outer
        outer.add_attachment(inner)
    deep = readers.read_all(saved(tmp_path, outer))
    assert any("mails within mails" in note for note in deep[0].notes)


def test_two_thousand_levels_are_refused(tmp_path: Path) -> None:
    level = b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n"
    for raw in (b"Content-Type: message/rfc822\n\n" * 2000 + BODY.encode(), b"".join(level % (at, at) for at in range(2000))):
        with pytest.raises(Rejected, match="no article"):
            readers.read_all(saved(tmp_path, raw))


def test_a_mail_in_a_file_of_no_kind_is_a_mail(tmp_path: Path) -> None:
    message = mail("See below.")
    message.add_attachment(mail().as_bytes(), maintype="application", subtype="octet-stream", filename="Strike.eml")
    assert [article.title for article in readers.read_all(saved(tmp_path, message))] == ["Ferries stop"]


@pytest.mark.parametrize("disposition", ["inline", "attachment", None])
@pytest.mark.parametrize("name", ["owners.docx", None])
def test_a_file_is_read_however_it_is_attached(tmp_path: Path, disposition: str | None, name: str | None) -> None:
    message = mail("See below.")
    content = word("Owners refuse", "They will not meet before the strike ends, a statement says.")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename="x")
    [_, part] = message.iter_parts()
    del part["Content-Disposition"]
    if disposition:
        part["Content-Disposition"] = disposition + (f'; filename="{name}"' if name else "")
    elif name:
        part.set_param("name", name)
    assert [article.title for article in readers.read_all(saved(tmp_path, message))] == ["Owners refuse"]


def test_a_second_text_is_read(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(BODY.replace("Ferries stop", "Islands wait"))
    [_, part] = message.iter_parts()
    del part["Content-Disposition"]
    assert [article.title for article in readers.read_all(saved(tmp_path, message))] == ["Ferries stop", "Islands wait"]


def test_what_is_not_read_is_named(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", disposition="inline")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="talks.ics")
    message.add_attachment(b"x" * 9, maintype="application", subtype="vnd.oasis.sheet", filename="costs.ods")
    message.add_attachment(b"{\\rtf1 x}", maintype="application", subtype="rtf", filename="minutes.rtf")
    message.add_attachment("A note of five words.", filename=None, disposition="inline")
    [article] = readers.read_all(saved(tmp_path, message))
    assert [note.partition(" left out")[0] for note in article.notes] == [
        "image/png", "talks.ics", "costs.ods", "minutes.rtf", "a text of 5 words",
    ]  # fmt: skip
    assert any(note.endswith(readers.CURES[".rtf"]) for note in article.notes)


# ---- replies, forwarded texts, signatures


OWN = (
    "I would use the second paragraph of it in the brief of tomorrow and leave the first one out, since the minister knows it "
    * 2
)
QUOTED = BODY.replace("\n", "\n> ").join(("> ", ""))


@pytest.mark.parametrize(
    "above",
    [
        "On Mon, 3 Mar 2025 at 10:00, Desk <desk@eai.example> wrote:\n" + QUOTED,
        "On Mon, 3 Mar 2025 at 10:00, Desk of the Harbour\nNews <desk@eai.example> wrote:\n\n" + QUOTED,
        "Am 3. März 2025 um 10:00 schrieb Desk:\n" + QUOTED,
        f"-----Original Message-----\nFrom: Desk <desk@eai.example>\nSent: Monday, March 3, 2025\nSubject: Strike\n\n{BODY}",
        f"---------- Forwarded message ---------\nFrom: Desk <desk@eai.example>\nDate: 3 Mar 2025\nTo: x@y.example\n\n{BODY}",
        f"*Von:* Desk <desk@eai.example>\n*Gesendet:* 3. März 2025\n*An:* Ich\n\n{BODY}",
    ],
)
def test_what_a_reply_quotes_stands_apart(tmp_path: Path, above: str) -> None:
    own, quoted = readers.read_all(saved(tmp_path, mail(f"{OWN}\n\n-- \nAnn Ek\nHead of Unit\n\n{above}")))
    assert [row.text for row in own.paragraphs[1:]] == [OWN.strip()]
    assert (quoted.title, quoted.published) == ("Ferries stop", "2025-03-03")
    assert [row.text for row in quoted.paragraphs[1:]] == [BODY.partition("\n\n")[2].strip()]
    assert quoted.origins["file"] == "quoted in review.eml"
    assert "Head of Unit" not in own.text + quoted.text or "a signature left out" in own.notes


def test_a_signature_is_left_out_and_told(tmp_path: Path) -> None:
    [article] = readers.read_all(saved(tmp_path, mail(f"{OWN}\n\n-- \nAnn Ek\nHead of Unit\n")))
    assert "Head of Unit" not in article.text
    assert "a signature left out" in article.notes


def test_lines_with_colons_are_no_head_of_a_mail(tmp_path: Path) -> None:
    text = f"{OWN}\n\nWhen: 3 March 2025\nWhere: Larvik\nWho: all crews\n\n{OWN}"
    [article] = readers.read_all(saved(tmp_path, mail(text)))
    assert "Where: Larvik" in article.text


def test_a_page_in_a_mail_gives_its_quotation_apart(tmp_path: Path) -> None:
    body = BODY.partition("\n\n")[2]
    quote = f"<blockquote><h1>Ferries stop</h1><p>{body}</p></blockquote>"
    html = (
        f"<html><head><meta charset=iso-8859-1></head><body><div>{OWN} – ok</div><div class=gmail_signature>Ann Ek</div>"
        f"<div class='gmail_quote'><div class=gmail_attr>On Monday, Desk wrote:</div>{quote}</div></body></html>"
    )
    own, quoted = readers.read_all(saved(tmp_path, mail(html=html)))
    assert [row.text for row in own.paragraphs[1:]] == [f"{OWN.strip()} – ok"]
    assert [row.text for row in quoted.paragraphs] == ["Ferries stop", body.strip()]
    assert "a signature left out" in own.notes


def test_tables_that_only_place_blocks_are_none(tmp_path: Path) -> None:
    body = BODY.partition("\n\n")[2]
    figures = "<table><tr><td>Year</td><td>Ferries</td></tr><tr><td>2024</td><td>12</td></tr></table>"
    html = (
        f"<html><body><table><tr><td>Morning news</td></tr><tr><td><table><tr><td><h2>First</h2><p>{body}</p></td>"
        f"<td><h2>Second</h2><p>{body.replace('northern', 'southern')}</p>{figures}</td></tr></table></td></tr></table>"
        "</body></html>"
    )
    [page] = pages(html).pages
    told = page.decode("utf-8-sig")
    assert "<p>Morning news</p><h2>First</h2><p>Crews" in told
    assert "</p><h2>Second</h2><p>Crews" in told and figures in told
    [article] = readers.read_all(saved(tmp_path, mail(html=html)))
    assert {"Year | Ferries", "2024 | 12"} < {row.text for row in article.paragraphs}
