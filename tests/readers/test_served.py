"""Articles that never end, that break their reader, or that eat memory: a finding each, and the next one is read."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefgen import readers
from briefgen.findings.diagnostics import Rejected
from briefgen.readers import served
from briefgen.registry import Format, by_ending
from tests.readers import made

OPEN = "[" * 1_000_000
"""Markdown that opens brackets only: each looks for its end through all that follow."""


def refusal(path: Path) -> str:
    with pytest.raises(Rejected) as caught:
        readers.read_all(path)
    [finding] = caught.value.diagnostics
    assert finding.hints
    return f"{finding.code} {finding.message}"


def running() -> int | None:
    process = served._HELPER.process
    return process.pid if process is not None and process.poll() is None else None


def test_what_does_not_end_is_refused_and_the_next_one_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "SECONDS", 0.5)
    path = tmp_path / "a.md"
    path.write_text(OPEN, encoding="utf-8")
    assert refusal(path) == "ART-03 the article can't be read within 0.5 seconds"
    assert running() is None
    (tmp_path / "b.pdf").write_bytes(made.FORMS[".pdf"]())
    monkeypatch.undo()
    assert readers.read(tmp_path / "b.pdf").title == made.TITLE


@pytest.mark.parametrize(
    ("ending", "size", "seconds"),
    [(".pdf", 10_000, 15), (".pdf", 1_000_000, 25), (".docx", 9_000_000, 45), (".html", 4_000_000, 15)],
)
def test_a_large_file_has_more_time(monkeypatch: pytest.MonkeyPatch, ending: str, size: int, seconds: float) -> None:
    asked: list[float] = []
    monkeypatch.setattr(served._Helper, "ask", lambda self, name, path, content, formats, most: asked.append(most))
    served.parsed(by_ending(readers.FORMATS)[ending], Path(f"a{ending}"), b" " * size)
    assert asked == [pytest.approx(seconds, abs=0.2)]


def test_so_is_a_file_that_a_mail_brings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a project has readers of its own, the mail is read here, and what it carries still is not."""
    monkeypatch.setattr(served, "SECONDS", 0.5)
    mail = EmailMessage()
    mail.set_content("The ministry has sent its paper.")
    mail.add_attachment(OPEN, subtype="markdown", filename="paper.md")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(mail))
    own = Format("wire", lambda path, content: None, (".wire",), (), "wire", "a wire", own=True)
    with pytest.raises(Rejected, match=r"paper\.md left out: the article can't be read within"):
        readers.read_all(path, (*readers.FORMATS, own))


def test_one_process_serves_a_run_and_a_new_one_comes_where_it_died(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(made.FORMS[".docx"]())
    readers.read(path)
    first = running()
    assert first
    readers.read(path)
    assert running() == first
    assert served._HELPER.process is not None
    served._HELPER.process.kill()
    served._HELPER.process.wait()
    assert readers.read(path).title == made.TITLE
    assert running() not in (None, first)


def test_a_short_text_is_read_without_one(tmp_path: Path) -> None:
    served._HELPER.end()
    (tmp_path / "a.md").write_text("A first paragraph.\n", encoding="utf-8")
    readers.read(tmp_path / "a.md")
    assert running() is None


def test_a_word_file_with_other_content_types(tmp_path: Path) -> None:
    def renamed(name: str, content: bytes) -> bytes:
        return content.replace(b"wordprocessingml.document.main+xml", b"spreadsheetml.sheet+xml")

    assert refusal(packed(tmp_path / "a.docx", renamed)).startswith("ART-06 ")


def test_a_word_file_without_some_of_its_parts(tmp_path: Path) -> None:
    def emptied(name: str, content: bytes) -> bytes:
        return b"" if name == "word/_rels/document.xml.rels" else content

    assert refusal(packed(tmp_path / "a.docx", emptied)).startswith("ART-06 ")


def packed(path: Path, change: object) -> Path:
    assert callable(change)
    with zipfile.ZipFile(io.BytesIO(made.FORMS[".docx"]())) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return path


@pytest.mark.parametrize("kind", ["multipart", "message"])
def test_a_mail_of_two_thousand_levels(kind: str, tmp_path: Path) -> None:
    parts = [b"Subject: Ports\r\nMIME-Version: 1.0\r\n"]
    for level in range(2_000):
        if kind == "multipart":
            parts.append(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level))
        else:
            parts.append(b"Content-Type: message/rfc822\r\n\r\nSubject: Ports\r\n")
    path = tmp_path / "a.eml"
    path.write_bytes(b"".join((*parts, b"Content-Type: text/plain\r\n\r\nThe port is open.\r\n")))
    assert refusal(path).startswith(("ART-04 ", "ART-06 "))
