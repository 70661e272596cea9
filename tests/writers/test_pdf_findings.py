"""What goes wrong while a PDF is made comes back as findings with their fields: images, characters, the style sheet."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.model.document import Document
from briefgen.writers import pdf
from briefgen.writers.pdf import fonts, glyphs
from tests import judges
from tests.writers import pdf_samples as samples

ALL = fonts.Fonts(Path("x"), tuple(fonts.KNOWN), frozenset({"Carlito", "Liberation Sans"}), ())


def picture(address: str, folder: Path) -> Document:
    return samples.page(f'<figure data-path="/logo"><img src="{address}" alt="a picture"></figure>', roots=(folder,))


def only(document: Document) -> Diagnostic:
    (found,) = pdf.write(document).diagnostics
    return found


def test_a_picture_is_found_in_any_of_the_roots(tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    samples.png(tmp_path / "second" / "a picture.png")
    document = samples.page('<figure><img src="a%20picture.png" alt="x"></figure>', roots=(tmp_path, tmp_path / "second"))
    written = pdf.write(document)
    assert written.diagnostics == () and len(samples.read(written.content).pages[0].images) == 1


def test_a_drawing_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    assert pdf.write(picture("a.svg", tmp_path)).diagnostics == ()


def test_a_missing_picture_is_an_error_at_its_field(tmp_path: Path) -> None:
    found = only(picture("logo.png", tmp_path))
    assert (found.code, found.severity, found.path) == ("PDF-01", Severity.ERROR, "/logo")
    assert found.message == "the image logo.png does not exist"


def test_a_broken_picture_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"no picture")
    assert only(picture("logo.png", tmp_path)).message == "the image logo.png can't be read"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.png",
        "https://example.org/a.png",
        "//example.org/a.png",
        "ftp://example.org/a.png",
        "data:image/png;base64,AAAA",
        "file:///etc/hostname",
        "/etc/hostname",
        "../secret.png",
        "%2e%2e/secret.png",
        "link.png",
    ],
)
def test_what_is_not_in_the_roots_is_never_read(address: str, tmp_path: Path) -> None:
    secret = samples.png(tmp_path / "secret.png")
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "link.png").symlink_to(secret)
    written = pdf.write(picture(address, folder))
    (found,) = written.diagnostics
    assert found.code in ("PDF-05", "PDF-01") and found.is_error
    assert not samples.read(written.content).pages[0].images


def test_a_refusal_says_why(tmp_path: Path) -> None:
    assert only(picture("http://example.org/a.png", tmp_path)).message == (
        "the image http://example.org/a.png is not read: http addresses are not read"
    )
    assert only(picture("/etc/hostname", tmp_path)).message.endswith("it is outside the project's folders")


def test_a_style_sheet_fetches_nothing() -> None:
    css = '@import url("https://example.org/a.css"); p { background: url(https://example.org/b.png) }' + samples.CSS
    found = pdf.write(samples.page("<p>x</p>", css=css)).diagnostics
    assert [item.code for item in found] == ["PDF-05", "PDF-05"]
    assert found[0].message.startswith("the style sheet https://example.org/a.css is not read")


def test_a_character_that_no_font_has_is_an_error_at_its_field(tmp_path: Path) -> None:
    tokens = {"fonts": {"body": "Carlito"}}
    written = pdf.write(samples.page('<p data-path="/a">plain</p><p data-path="/b /c">a <em>漢</em>字 ☃</p>', tokens=tokens))
    assert [(item.code, item.path, item.severity) for item in written.diagnostics] == [("PDF-02", "/b", "error")] * 2
    chinese, snowman = written.diagnostics
    assert chinese.message == "no font has “漢” (U+6F22 CJK UNIFIED IDEOGRAPH-6F22), “字” (U+5B57 CJK UNIFIED IDEOGRAPH-5B57)"
    assert chinese.hints == (
        "apt-get install fonts-noto-cjk and name Noto Sans CJK SC under fonts.fallback, or write it otherwise",
    )
    assert "U+2603 SNOWMAN" in snowman.message
    path = tmp_path / "out.pdf"
    path.write_bytes(written.content)
    assert any("NOTDEF" in problem for problem in judges.pdf_ua(path))


def test_many_characters_of_a_field_are_counted() -> None:
    found = only(samples.page('<p data-path="/a">漢字仮名</p>', tokens={"fonts": {"body": "Carlito"}}))
    assert found.message.endswith("“仮” (U+4EEE CJK UNIFIED IDEOGRAPH-4EEE) and 1 more of this text")


def test_a_character_of_the_style_sheet_has_no_field() -> None:
    css = samples.CSS + 'p::before { content: "☃" }'
    found = only(samples.page('<p data-path="/a">x</p>', css=css, tokens={"fonts": {"body": "Carlito"}}))
    assert (found.code, found.path) == ("PDF-02", None)


@pytest.mark.parametrize(
    ("character", "cure"),
    [
        ("س", "apt-get install fonts-noto-core, or write it otherwise"),
        ("한", "apt-get install fonts-noto-cjk, or write it otherwise"),
        ("の", "apt-get install fonts-noto-cjk, or write it otherwise"),
        ("🚀", "apt-get install fonts-symbola, or write it otherwise"),
        ("✓", "apt-get install fonts-noto-core, or write it otherwise"),
        ("₽", "apt-get install fonts-noto-core, or write it otherwise"),
        ("∮", "apt-get install fonts-noto-core, or write it otherwise"),
        ("ა", "apt-get install fonts-noto-core and name Noto Sans Georgian under fonts.fallback, or write it otherwise"),
        ("𐎠", "apt-get install fonts-noto-core and name Noto Sans Old Persian under fonts.fallback, or write it otherwise"),
        ("\ue000", "write it otherwise"),
    ],
)
def test_each_script_has_its_cure(character: str, cure: str) -> None:
    assert glyphs.cure(character, ALL) == cure


def test_an_installed_font_is_not_recommended_again() -> None:
    symbola = fonts.Fonts(Path("x"), ("Carlito", "Symbola"), frozenset({"Carlito", "Symbola"}), ())
    assert glyphs.cure("🫠", symbola) == "write it otherwise"


def test_greek_cyrillic_hebrew_and_arrows_are_printed(tmp_path: Path) -> None:
    written = pdf.write(samples.page("<p>Ελλάδα Україна България → ▲ ■ ≤ “x” € שלום</p>"))
    path = tmp_path / "out.pdf"
    path.write_bytes(written.content)
    assert written.diagnostics == () and judges.pdf_ua(path) == []


def test_a_fault_of_the_style_sheet_is_a_warning_every_time() -> None:
    css = samples.CSS + "p { colour: red }"
    for _ in range(2):
        found = only(samples.page("<p>x</p>", css=css))
        assert (found.code, found.severity) == ("PDF-04", Severity.WARNING)
        assert found.message.startswith("in the style sheet: ignored `colour: red")


def test_a_link_to_nowhere_is_an_error() -> None:
    found = only(samples.page('<p><a href="#nowhere">x</a></p>'))
    assert (found.code, found.severity) == ("PDF-06", Severity.ERROR) and "nowhere" in found.message


def test_nothing_reaches_the_log_or_the_terminal(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    handlers = logging.getLogger("weasyprint").handlers[:]
    pdf.write(samples.page("<p>☃</p>", css="p { colour: red }"))
    assert not caplog.records and capfd.readouterr() == ("", "")
    assert logging.getLogger("weasyprint").handlers == handlers and logging.getLogger("weasyprint").propagate
