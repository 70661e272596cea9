"""Web pages as sites write them: what is wrapped, hidden, raised, laid out or encoded in some way is read as it is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen import readers
from briefgen.findings.diagnostics import Rejected
from briefgen.model.article import Article
from tests.readers import made

TEXT = "".join(f"<p>{text}</p>" for text in made.PARAGRAPHS)
WHOLE = [made.TITLE, *made.PARAGRAPHS]


def read(folder: Path, content: bytes | str) -> Article:
    path = folder / "a.html"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return readers.read(path)


def texts(folder: Path, body: str) -> list[str]:
    """Return the paragraphs of a page with this body."""
    page = f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{made.TITLE}</title></head><body>{body}</body></html>"
    return [paragraph.text for paragraph in read(folder, page).paragraphs]


# ---- wrappers


@pytest.mark.parametrize(
    "wrapper",
    [
        "<form id=aspnetForm method=post><div>{}</div></form>",
        "<form id=aspnetForm><div>{}</div></form><p>Follow the harbour on all channels, every day and in each language.</p>",
        "<div class='entry paywall'>{}</div>",
        "<div aria-hidden=true><main>{}</main></div><div role=dialog class=modal><p>We and partners keep cookies here.</p></div>",
        "<div class='site no-cookie'>{}</div>",
        "<div class='post tag-newsletter category-cookies'>{}</div>",
        "<div class='has-consent gdpr'><div class='post tag-advert'>{}</div></div>",
        "<div style='visibility: hidden' class=app>{}</div>",
        "<div style='opacity:0;display:none'>{}</div>",
        "<fieldset><div>{}</div></fieldset>",
        "<table><tr><td><a href=/>Home</a></td><td>{}</td></tr></table>",
        "<table><tbody><tr><td><table><tr><td>{}</td></tr></table></td></tr></tbody></table>",
    ],
)
def test_what_holds_most_of_the_words_is_the_article(wrapper: str, tmp_path: Path) -> None:
    found = texts(
        tmp_path, f"<nav><a href=/>Home</a></nav>{wrapper.format(f'<h1>{made.TITLE}</h1>{TEXT}')}<footer>Imprint</footer>"
    )
    assert [text for text in found if "every day" not in text] == WHOLE


def test_a_consent_window_longer_than_the_article_is_left_out(tmp_path: Path) -> None:
    notice = "<p>This page keeps cookies on your device to measure its readers, and partners do so, too.</p>" * 4
    found = texts(tmp_path, f"<div role=dialog id=consent-box>{notice}</div><article><h1>{made.TITLE}</h1>{TEXT}</article>")
    assert found == WHOLE


def test_hidden_text_that_is_kept_is_told(tmp_path: Path) -> None:
    page = f"<h1>{made.TITLE}</h1><div style='display:none'>{TEXT}</div>"
    article = read(tmp_path, page)
    assert made.PARAGRAPHS[2] in article.text
    assert any("hides" in note for note in article.notes)


# ---- blocks


def test_quotations_headings_and_lines_are_each_read_once(tmp_path: Path) -> None:
    quoted = (
        "<blockquote><p>“Fees must fall before the summer.”</p><p>“We will not wait for May, nor for the board.”</p></blockquote>"
    )
    last = "The council meets in the old town hall on 3 May at noon."
    body = f"<article><h1>{made.TITLE}</h1>{TEXT}{quoted}<h2>What next</h2>{last}</article>"
    found = texts(tmp_path, body)
    assert found[:4] == WHOLE
    assert found[4:6] == ["“Fees must fall before the summer.”", "“We will not wait for May, nor for the board.”"]
    assert found[6:] == ["What next", last]


def test_paragraphs_between_line_breaks(tmp_path: Path) -> None:
    body = f"<div class=story><h1>{made.TITLE}</h1>{'<br><br>'.join(made.PARAGRAPHS)}</div>"
    assert texts(tmp_path, body) == WHOLE


def test_cells_and_neighbours_do_not_fuse(tmp_path: Path) -> None:
    rows = "<table><tr><th>Fee</th><th>2024</th></tr><tr><td>Car<br>van</td><td><p>12</p><p>14</p></td></tr></table>"
    points = "<ul><li>first point<ul><li>inner point</li></ul></li><li>last point</li></ul>"
    body = f"<article><h1>{made.TITLE}</h1>{TEXT}{points}{rows}</article>"
    found = texts(tmp_path, body)
    assert found[4:] == ["first point", "inner point", "last point", "Fee | 2024", "Car van | 12 14"]


def test_the_same_text_for_two_screens_is_read_once(tmp_path: Path) -> None:
    story = f"<h1>{made.TITLE}</h1>{TEXT}<p>Yes.</p>"
    assert texts(tmp_path, f"<div class=mobile-only>{story}</div><div class=desktop-only>{story}</div>") == [*WHOLE, "Yes."]


# ---- raised digits


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("EUR 320<sup>1</sup> million in 2024<sup>2</sup> already", "EUR 320 million in 2024 already"),
        ("EUR 320<sup><a href='#f1'>1</a></sup> million", "EUR 320 million"),
        ("EUR 320<a href='#f1'>1</a> million", "EUR 320 million"),
        ("EUR 320<a href='#f1'><sup>[1]</sup></a> million", "EUR 320 million"),
        ("EUR 320<span style='vertical-align: super'>1</span> million", "EUR 320 million"),
        ("USD 5m<sup>2</sup> in aid", "USD 5m in aid"),
        ("ports<sup>3, 4</sup> and ships<sup>*</sup> pay", "ports and ships pay"),
        ("a cost of 10<sup>6</sup> euros and 40 km<sup>2</sup>", "a cost of 10⁶ euros and 40 km²"),
        ("10<sup>−3</sup> s<sup>-1</sup>", "10⁻³ s⁻¹"),
        ("the 19<sup>th</sup> ship, the 2<sup>nd</sup> port", "the 19th ship, the 2nd port"),
        ("the Board<sup>®</sup> pays", "the Board® pays"),
    ],
)
def test_calls_to_notes_are_no_part_of_figures(written: str, expected: str, tmp_path: Path) -> None:
    said = f"<p>The board said of this: {written}, and that was all that it said on Tuesday.</p>"
    body = f"<article><h1>{made.TITLE}</h1>{TEXT}{said}</article>"
    assert f"The board said of this: {expected}, and that was all" in texts(tmp_path, body)[-1]


# ---- encodings


@pytest.mark.parametrize(
    ("label", "encoding", "words"),
    [
        ("iso-8859-1", "cp1252", "“It’s 5 €” – said the board of Zürich"),
        ("iso-8859-2", "iso8859-2", "Rada oświadczyła, że opłaty wzrosną"),
        ("windows-1251", "cp1251", "Совет заявил, что сборы вырастут"),
        ("gb2312", "gb18030", "港口委员会周二表示，费用将上涨镕"),
        ("shift_jis", "cp932", "港湾委員会は火曜日に料金が上がると述べた①"),
        ("euc-kr", "cp949", "항만위원회는 요금이 오를 것이라고 말했다 똠"),
        ("utf-7", "cp1252", "Zölle auf Fähren"),
    ],
)
@pytest.mark.parametrize("late", [0, 9000])
def test_encodings_as_browsers_read_them(label: str, encoding: str, words: str, late: int, tmp_path: Path) -> None:
    before = f"<script charset=utf-8 src=a.js></script><!-- <meta charset=koi8-r> --><style>{'a{}' * late}</style>"
    head = f"{before}<meta content='text/html; charset={label}' http-equiv=Content-Type><title>T</title>"
    page = f"<html><head>{head}</head><body><article><h1>T</h1><p>{words}, {words}.</p>{TEXT}</article></body></html>"
    article = read(tmp_path, page.encode(encoding))
    assert f"{words}, {words}." in article.text
    assert bool(article.notes) is (label == "utf-7")


def test_old_references_are_the_signs_that_browsers_show(tmp_path: Path) -> None:
    assert "harbour’s fees – now" in " ".join(
        texts(tmp_path, f"<article>{TEXT}<p>The harbour&#146;s fees &#x96; now at last</p></article>")
    )


def test_what_is_no_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="no web page"):
        read(tmp_path, b"<p>" + bytes(range(32)) * 20)
