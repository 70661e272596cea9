"""What `briefgen draft` reads: addresses, mails, press reviews, reprints; and all that an inbox holds besides."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml

from briefgen.evidence import all_evidence
from briefgen.load.source import read
from briefgen.load.validate import validate
from briefgen.pipeline import articles as gathered
from briefgen.readers import fetch as fetching
from briefgen.readers import read as read_article
from tests.drafters.made import TEXTS
from tests.drafters.test_reprints import LONGER, OTHER, SHORTER, WIRE
from tests.mini import Mini
from tests.readers.test_fetch import Handler

ARTICLE = "Ferry line closes its route\n\n" + "\n\n".join(TEXTS) + "\n"
REVIEW = (
    ("Ferry line closes its route", "Harbour News, 3 March 2025", TEXTS),
    ("Tanker shuts four ports", "The Baltic Gazette, 4 March 2025", OTHER),
)


def _values(mini: Mini, name: str = "x.yaml") -> Any:
    return yaml.safe_load((mini.folder / name).read_text(encoding="utf-8"))


def _verbatim(mini: Mini, name: str = "x.yaml") -> int:
    """Return how many quotes a draft has, each found in its article's file at its paragraph; checksums are compared, too."""
    path = mini.folder / name
    summary = validate(read(path, str(path)))
    files = {row.id: read_article(path.parent / str(row.file)) for row in summary.sources}
    assert [files[row.id].sha256 for row in summary.sources] == [row.file_sha256 for row in summary.sources]
    quotes = [row for row in all_evidence(summary) if row.quote]
    for row in quotes:
        assert row.quote in next(p.text for p in files[row.source].paragraphs if f"¶{p.number}" == row.locator)
    return len(quotes)


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph("Press review", style="Title")
    for title, line, texts in REVIEW:
        for text in (title, line, *texts):
            document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _mail(body: str = ARTICLE) -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["Date"] = "Ferries", "Desk <desk@eai.example>", "Mon, 03 Mar 2025 08:00:00 +0100"
    made.set_content(body)
    return made


# ---- mails and press reviews


@pytest.mark.parametrize("name", ["review.docx", "review.txt", "review.md"])
def test_a_press_review_comes_apart_and_each_article_is_kept(mini: Mini, name: str) -> None:
    blocks = [(title, line, *texts) for title, line, texts in REVIEW]
    content: Any = {
        "review.docx": _word(),
        "review.txt": "\n\n".join(text for row in blocks for text in row) + "\n",
        "review.md": "\n\n".join(text for row in blocks for text in (f"## {row[0]}", *row[1:])) + "\n",
    }[name]
    mini.write(name, content)
    done = mini.cli("draft", name, "-o", "inputs/x.yaml")
    assert done.code == 0
    assert f"note: {name} holds 2 articles; each is saved on its own" in done.err
    sources = _values(mini, "inputs/x.yaml")["sources"]
    assert [row["title"] for row in sources] == ["Ferry line closes its route", "Tanker shuts four ports"]
    assert [str(row["published"]) for row in sources] == ["2025-03-03", "2025-03-04"]
    assert [row["file"] for row in sources] == ["articles/review-1.txt", "articles/review-2.txt"]
    assert f"# part 1 of {name}; title from" in (mini.folder / "inputs/x.yaml").read_text(encoding="utf-8")
    assert _verbatim(mini, "inputs/x.yaml") > 8
    assert mini.cli("check", "inputs/x.yaml").code == 0


def test_a_second_draft_finds_its_articles_again(mini: Mini) -> None:
    mini.write("articles/review.docx", _word())
    mini.cli("draft", "articles", "-o", "x.yaml")
    first = (mini.folder / "x.yaml").read_bytes()
    held = mini.files()
    assert mini.cli("draft", "articles", "-o", "x.yaml", "--force").code == 0
    assert (mini.folder / "x.yaml").read_bytes() == first
    assert mini.files() == {*held, "x.yaml~"}, "the backup of what was written over"


def test_a_mail_in_a_folder_tells_what_it_left_out(mini: Mini) -> None:
    message = _mail()
    message.add_attachment(b"MZ\x90", maintype="application", subtype="x-msdownload", filename="invoice.exe")
    message.add_attachment(b"PK\x03\x04", maintype="application", subtype="octet-stream", filename="broken.docx")
    message.add_attachment("Tanker shuts ports\n\n" + "\n\n".join(OTHER), filename="../../tanker news.txt")
    mini.write("inbox/monday.eml", message.as_bytes())
    done = mini.cli("draft", "inbox", "-o", "x.yaml")
    assert done.code == 0
    assert "note: monday.txt: invoice.exe left out: it is a program" in done.err
    assert "note: monday.txt: broken.docx left out: " in done.err
    assert mini.files() == {
        "inbox/monday.eml",
        "x.yaml",
        "summary.schema.json",
        "articles/monday.txt",
        "articles/monday-tanker-news.txt",
    }
    text = (mini.folder / "x.yaml").read_text(encoding="utf-8")
    assert "# invoice.exe left out: it is a program" in text
    assert "# tanker news.txt, attached to monday.eml; title from" in text
    assert _verbatim(mini) > 8


@pytest.mark.parametrize("name", ["..", "a/../../b", "x\x00y", ".profile", "n" * 300, "CON: \u202ereversed", " "])
def test_the_name_of_an_attachment_leads_nowhere(mini: Mini, name: str) -> None:
    made = gathered._plain(name)
    assert 0 < len(made) <= gathered.NAME
    assert not set(made) & set("/\\:\0\u202e ")
    assert not made.startswith(".")


def test_reprints_in_a_folder_are_marked_and_check(mini: Mini) -> None:
    for name, texts in (("a", SHORTER), ("b", LONGER), ("c", WIRE), ("d", OTHER)):
        mini.write(f"press/{name}.txt", f"Storm over {name.upper()}\n\n" + "\n\n".join(texts) + "\n")
    done = mini.cli("draft", "press", "-o", "x.yaml")
    assert done.code == 0
    assert "2 marked as reprint" in done.out
    assert [row.get("reprint_of") for row in _values(mini)["sources"]] == ["S2", None, "S2", None]
    assert "# a reprint of S2, it seems: " in (mini.folder / "x.yaml").read_text(encoding="utf-8")
    assert mini.cli("check", "x.yaml").code == 0


# ---- what is no article


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("a.txt", "Ferries", 0, "key developments\t0"),
        ("a.txt", "1 2 3\n4 5 6\n", 0, "key developments\t0"),
        ("a.md", "| port | ships |\n| --- | --- |\n| Gdynia | 12 |\n| Visby | 9 |\n", 0, "key developments\t0"),
        ("a.txt", "port, ships, closed\n\nfuel; bread; water\n", 0, "key developments\t0"),
        ("a.eml", "From: a@b.example\n\n", 1, "ART-04"),
        ("a.eml", b"\xff\xfe\x00\x01" * 50, 1, "ART-04"),
        (
            "a.txt",
            "Satama\n\nHallitus sanoi maanantaina, että satama suljetaan viikoksi ja laivat ohjataan muualle.\n",
            0,
            "no cues",
        ),
    ],
)
def test_what_holds_no_sentence_is_drafted_empty_or_refused(
    mini: Mini, name: str, content: str | bytes, code: int, told: str
) -> None:
    mini.write(name, content)
    done = mini.cli("draft", name, "-o", "x.yaml", "--language", "fi")
    assert (done.code, told in done.out + done.err) == (code, True)
    assert ("x.yaml" in mini.files()) is not code
    if not code:
        _verbatim(mini)
        assert mini.cli("check", "x.yaml").code in (0, 1)


@pytest.mark.slow
def test_a_mail_of_five_megabytes_is_drafted(mini: Mini) -> None:
    mini.write(
        "a.eml", _mail("A long text\n\n" + "Poland closed 12 ports on Monday, the coast guard said.\n\n" * 85_000).as_bytes()
    )
    done = mini.cli("draft", "a.eml", "-o", "x.yaml")
    assert done.code == 0
    assert "only the first" in done.err


# ---- addresses


class Papers(Handler):
    """A paper's web server; `/away` sends one to an address that is not public."""

    def do_GET(self) -> None:
        port = self.server.server_address[1]
        text = "<p>" + "</p><p>".join(TEXTS) + "</p><p>Die Fähre hält in Klaipėda, the company said on Tuesday.</p>"
        page = f"<html><head><title>Ferry line closes</title></head><body><article>{text}</article></body></html>"
        match self.path:
            case "/news/ferry.html":
                self.answer(page.encode())
            case "/short":
                self.answer(b"", status=302, Location="/news/ferry.html#top")
            case "/baltic":
                self.answer(page.encode("iso-8859-13"), "text/html; charset=ISO-8859-13")
            case "/western":
                self.answer(page.replace("Die", "“Die").encode("cp1252", "replace"), "text/html; charset=ISO-8859-1")
            case "/review":
                self.answer(_word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
            case "/away":
                self.answer(b"", status=302, Location=f"http://127.0.0.2:{port}/news/ferry.html")
            case _:
                self.answer(b"gone", status=404)


@pytest.fixture
def at() -> Iterator[Callable[[str], str]]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Papers)
    made.daemon_threads = True
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield lambda path: f"http://127.0.0.1:{made.server_address[1]}{path}"
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> str:
    class Fixed:
        @staticmethod
        def today() -> Any:
            from datetime import date

            return date(2025, 3, 7)

    monkeypatch.setattr(gathered, "date", Fixed)
    return "2025-03-07"


def test_a_page_is_fetched_kept_and_cited_at_its_last_address(mini: Mini, at: Callable[[str], str], day: str) -> None:
    done = mini.cli("draft", at("/short"), "--allow-private", "-o", "inputs/x.yaml")
    assert done.code == 0
    [source] = _values(mini, "inputs/x.yaml")["sources"]
    assert (source["url"], str(source["accessed"])) == (at("/news/ferry.html"), day)
    assert source["file"] == "articles/127.0.0.1-news-ferry.html"
    assert _verbatim(mini, "inputs/x.yaml") > 5
    assert mini.cli("check", "inputs/x.yaml").code == 0


@pytest.mark.usefixtures("day")
def test_a_charset_that_only_the_server_tells_is_kept(mini: Mini, at: Callable[[str], str]) -> None:
    assert mini.cli("draft", at("/baltic"), "--allow-private", "-o", "x.yaml").code == 0
    saved = (mini.folder / "articles/127.0.0.1-baltic.html").read_text(encoding="utf-8-sig")
    assert "Die Fähre hält in Klaipėda" in saved


@pytest.mark.usefixtures("day")
def test_a_charset_of_a_server_is_read_as_browsers_do(mini: Mini, at: Callable[[str], str]) -> None:
    assert mini.cli("draft", at("/western"), "--allow-private", "-o", "x.yaml").code == 0
    assert "“Die Fähre" in (mini.folder / "articles/127.0.0.1-western.html").read_text(encoding="utf-8-sig")
    assert mini.cli("check", "x.yaml").code == 0


@pytest.mark.parametrize("name", [b"M\xe4rz.txt", b"L\xe4nder/a.txt", b"M\xe4rz.eml"])
def test_a_name_that_is_not_utf_8_is_copied_under_one_that_is(mini: Mini, name: bytes) -> None:
    path = mini.folder / os.fsdecode(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(ARTICLE if name.endswith(b"txt") else f"Subject: Ferries\n\n{ARTICLE}", encoding="utf-8")
    assert mini.cli("draft", path, "-o", mini.folder / "x.yaml").code == 0
    [source] = _values(mini)["sources"]
    assert source["file"] in ("articles/M-rz.txt", "articles/a.txt")
    assert _verbatim(mini) > 5
    assert mini.cli("check", "x.yaml").code == 0


def test_a_title_that_is_not_utf_8_is_refused(mini: Mini) -> None:
    mini.write("a.txt", ARTICLE)
    assert mini.cli("draft", "a.txt", "--title", os.fsdecode(b"M\xe4rz"), "-o", "x.yaml").code == 2


def test_a_fetched_press_review_comes_apart(mini: Mini, at: Callable[[str], str], day: str) -> None:
    assert mini.cli("draft", at("/review"), "--allow-private", "-o", "x.yaml").code == 0
    sources = _values(mini)["sources"]
    assert [(row["url"], str(row["accessed"])) for row in sources] == [(at("/review"), day)] * 2
    assert _verbatim(mini) > 8


def test_an_address_that_fails_stops_no_other(mini: Mini, at: Callable[[str], str]) -> None:
    mini.write("a.txt", ARTICLE)
    done = mini.cli("draft", at("/none"), "ftp://example.eu/x", "a.txt", "--allow-private", "-o", "x.yaml")
    assert done.code == 1
    assert f"{at('/none')}: error ART-07 the server answers 404" in done.err
    assert "save the page, and give the file" in done.err
    assert "ftp://example.eu/x: error ART-07" in done.err
    assert len(_values(mini)["sources"]) == 1


def test_a_private_address_needs_leave(mini: Mini, at: Callable[[str], str]) -> None:
    done = mini.cli("draft", at("/news/ferry.html"), "-o", "x.yaml")
    assert done.code == 1
    assert "which is no public address" in done.err
    assert "--allow-private" in done.err
    assert mini.files() == set()


def test_a_redirect_to_a_private_address_is_refused(
    mini: Mini, at: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_public", lambda address: str(address) == "127.0.0.1")
    done = mini.cli("draft", at("/away"), "-o", "x.yaml")
    assert done.code == 1
    assert f"127.0.0.2, which is no public address (redirected from {at('/away')})" in done.err
    assert mini.files() == set()


def test_a_password_in_an_address_is_not_printed(mini: Mini) -> None:
    done = mini.cli("draft", "https://me:secret@example.eu/x", "-o", "x.yaml")
    assert done.code == 1
    assert "https://example.eu/x: error ART-07" in done.err
    assert "secret" not in done.err + done.out


def test_a_folder_of_another_draft_is_never_written_over(mini: Mini, tmp_path: Path) -> None:
    mini.write("inputs/articles/review-1.txt", "mine\n")
    mini.write("review.docx", _word())
    mini.cli("draft", "review.docx", "-o", "inputs/x.yaml")
    assert (mini.folder / "inputs/articles/review-1.txt").read_text() == "mine\n"
    assert [row["file"] for row in _values(mini, "inputs/x.yaml")["sources"]] == [
        "articles/review-1-2.txt",
        "articles/review-2.txt",
    ]
