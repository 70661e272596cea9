"""Web pages as sites write them: what is wrapped, hidden, raised, laid out or encoded in some way is read as it is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen import readers
from briefgen.drafters import segment
from briefgen.findings.diagnostics import Rejected
from briefgen.language.wordlists import cues
from briefgen.model.article import Article
from briefgen.readers.press import split
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


SAYS, VOTES = "“Fees must fall before the summer,” it says.", "The harbour council votes on it in May."
BLOCK = '<span style="display: block">{}</span>'


@pytest.mark.parametrize(
    "written",
    [
        "<blockquote>{}<cite>{}</cite></blockquote>",
        "<blockquote><div>{}</div><div>{}</div></blockquote>",
        "<blockquote><p>{}</p>{}</blockquote>",
        "<blockquote>{}<footer>{}</footer></blockquote>",
        "<blockquote><div>{}<blockquote>{}</blockquote></div></blockquote>",
        "<blockquote><section><div>{}</div></section>{}</blockquote>",
        f"<blockquote>{BLOCK}{BLOCK}</blockquote>",
        f"<p>{BLOCK}{BLOCK}</p>",
        f"<div>{BLOCK}{BLOCK}</div>",
        f"{BLOCK}{BLOCK}",
        "<p><b style=display:block>{}</b>{}</p>",
    ],
)
def test_blocks_in_blocks_are_neither_fused_nor_lost(tmp_path: Path, written: str) -> None:
    after = "<p>Nobody else spoke on that evening in the town.</p>"
    body = f"<article><h1>{made.TITLE}</h1>{TEXT}{written.format(SAYS, VOTES)}{after}</article>"
    assert texts(tmp_path, body)[4:6] == [SAYS, VOTES]


@pytest.mark.parametrize("element", ["time", "output", "label", "code", "data", "mark", "abbr", "q"])
def test_no_word_of_a_sentence_is_lost_for_what_marks_it(tmp_path: Path, element: str) -> None:
    sentence = f"<p>The council met <{element}>in the old hall</{element}> and will meet again.</p>"
    body = f"<article><h1>{made.TITLE}</h1>{TEXT}{sentence}<p>Nobody else spoke on that evening.</p></article>"
    words = "“in the old hall”" if element == "q" else "in the old hall"
    assert texts(tmp_path, body)[4] == f"The council met {words} and will meet again."


def test_a_formula_is_read_once(tmp_path: Path) -> None:
    formula = "<math><mi>x</mi><mo>=</mo><mn>5</mn><annotation>x = 5</annotation></math>"
    body = f"<article><h1>{made.TITLE}</h1>{TEXT}<p>The index was {formula} in May, and fell since.</p></article>"
    assert texts(tmp_path, body)[4] == "The index was x=5 in May, and fell since."


def test_a_day_of_which_the_story_tells_does_not_date_it(tmp_path: Path) -> None:
    told = "<p>The line closed on <time datetime=2019-05-03>3 May 2019</time>, the council said.</p>"
    page = f"<html lang=en><body><article><h1>{made.TITLE}</h1><p>By Ann Ek, <time datetime=2025-03-04>4 March</time></p>{TEXT}"
    assert read(tmp_path, f"{page}{told}</article>").published == "2025-03-04"
    assert read(tmp_path, f"<html lang=en><body><article><h1>{made.TITLE}</h1>{TEXT}{told}</article>").published is None


def test_paragraphs_of_a_text_as_it_was_typed(tmp_path: Path) -> None:
    typed = "\n\n".join(made.PARAGRAPHS)
    assert texts(tmp_path, f"<h1>{made.TITLE}</h1><pre>{typed}</pre>") == WHOLE


def test_words_set_apart_in_a_line_stay_in_it(tmp_path: Path) -> None:
    body = f"<article><h1>{made.TITLE}</h1>{TEXT}<p>An <span style='display:inline-block'>in</span>line word.</p></article>"
    assert texts(tmp_path, body)[4:] == ["An inline word."]


def test_a_heading_that_unfolds_its_text_is_read(tmp_path: Path) -> None:
    body = f"<h1>{made.TITLE}</h1>{TEXT}<h2><button>Who sets the fees?</button></h2><p>The board does, once a year.</p>"
    assert texts(tmp_path, body)[4:] == ["Who sets the fees?", "The board does, once a year."]


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
        ("a ship of 3<sup>1</sup>/<sub>2</sub> metres", "a ship of 3 1/2 metres"),
        ("a ticket of €3<sup>99</sup> each", "a ticket of €3⁹⁹ each"),
        ("<b>40</b> k<i>m</i><sup>2</sup> of <b>sea</b>, EUR <b>320</b><sup>1</sup> million", "40 km² of sea, EUR 320 million"),
        ("a fee of <del>EUR 5</del> EUR 6", "a fee of EUR 6"),
        ("the mayor said <q>too much</q> and left", "the mayor said “too much” and left"),
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


# ---- what a page says of its own story


def told(folder: Path, head: str, body: str = "", title: str = made.TITLE) -> Article:
    """Return the article of a page with this head, and this before its text."""
    story = f"<article><h1>{made.TITLE}</h1>{body}{TEXT}</article>"
    return read(folder, f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{story}</body></html>")


def linked(text: str) -> str:
    """Return JSON-LD as a page holds it."""
    return f"<script type='application/ld+json'>{text}</script>"


OWN = '{"@type":"NewsArticle","headline":"' + made.TITLE + '","datePublished":"2025-03-04","author":{"name":"Ann Holm"}}'
OTHER = '{"@type":"NewsArticle","headline":"Ferries of old","datePublished":"2019-01-01","author":{"name":"Jo Dam"}}'


@pytest.mark.parametrize(
    "head",
    [
        linked(f"[{OTHER},{OWN}]"),
        linked(OTHER) + linked(OWN),
        linked('{"@graph":[' + OTHER + ',{"@type":"WebPage","mainEntity":' + OWN + "}]}"),
        linked(OWN.replace('"author"', '"description":"two\nlines\tand a tab","author"')),
        linked(OWN.replace("}}", "},}")),
        linked(f"<!-- {OWN} -->"),
        linked(f"//<![CDATA[\n{OWN}\n//]]>"),
        linked(OWN.replace('"', "&quot;")),
        linked('{"@graph":[' + OWN.replace('{"name":"Ann Holm"}', '{"@id":"#a"}') + ',{"@id":"#a","name":"Ann Holm"}]}'),
        linked(OWN.replace("2025-03-04", "2025/3/4")) + linked("[" * 5000),
        "<meta name=author content='By Ann Holm'><meta name=citation_publication_date content=2025/03/04>",
        "<meta name=author content=https://social/ann><meta name=dc.creator content='Ann Holm'><meta name=date content=20250304>",
        "<meta name=author content='Ann Holm'><meta name=pubdate content='Tue, 04 Mar 2025 10:00:00 GMT'>",
    ],
)
def test_author_and_date_are_those_of_the_story(head: str, tmp_path: Path) -> None:
    article = told(tmp_path, head)
    assert (article.title, article.author, article.published) == (made.TITLE, "Ann Holm", "2025-03-04")


def test_another_story_says_nothing_of_this_one(tmp_path: Path) -> None:
    other = OTHER.replace('"headline"', '"url":"https://coast.example/old","headline"')
    article = told(tmp_path, linked(other) + "<link rel=canonical href=https://coast.example/new>")
    assert (article.title, article.author, article.published) == (made.TITLE, None, None)


@pytest.mark.parametrize(
    "marks",
    [
        "<time itemprop=datePublished datetime=2025-03-04T10:00>today</time><a rel=author href=/ann>Ann Holm</a>",
        "<time class=updated datetime=2026-01-01></time><time>4 March 2025</time><a rel='author me' href=/>By Ann Holm</a>",
        "<meta itemprop=datePublished content=2025-03-04><span itemprop=author itemscope>by <b itemprop=name>Ann Holm</b></span>",
        "<aside><time datetime=2019-01-01></time></aside><time datetime=2025-03-04></time><span itemprop=author>Ann Holm</span>",
    ],
)
def test_marks_in_the_text_say_author_and_date(marks: str, tmp_path: Path) -> None:
    article = told(tmp_path, "", marks)
    assert (article.author, article.published) == ("Ann Holm", "2025-03-04")


def test_times_of_other_stories_are_no_date(tmp_path: Path) -> None:
    cards = "".join(f"<li><time datetime=201{n}-01-01></time>Card {n}</li>" for n in range(3))
    assert read(tmp_path, f"<body><div><h1>{made.TITLE}</h1></div>{TEXT}<ul>{cards}</ul></body>").published is None


def test_entities_and_the_name_of_the_site(tmp_path: Path) -> None:
    article = told(
        tmp_path, linked(OWN.replace(made.TITLE, "Larvik&#39;s fees &amp;amp; ferries")), title=f"{made.TITLE} | The Coast"
    )
    assert (article.title, article.publisher) == ("Larvik's fees & ferries", "The Coast")


# ---- doubts


def test_a_page_with_hardly_any_text_says_so(tmp_path: Path) -> None:
    article = read(tmp_path, "<h1>Sign in</h1><p>Sign in to read this.</p>")
    assert any("almost no text" in note for note in article.notes)
    assert not told(tmp_path, "").notes


def test_signs_that_can_not_be_read_are_told_and_not_quoted(tmp_path: Path) -> None:
    last = "The mayor of Larvik said that the old fees of the harb\ufffdr will stay."
    article = told(tmp_path, "", f"<p>{last}</p>")
    assert any(note.startswith("1 signs") for note in article.notes)
    assert last in article.text
    said = [sentence.text for sentence in segment.split(article, 0, "en", cues("en"))]
    assert said
    assert not any("\ufffd" in text for text in said)


def test_a_page_is_one_article(tmp_path: Path) -> None:
    parts = "".join(
        f"<h2>Ferries stop in port {n}</h2><p>By Ann Holm</p><p>{n} March 2025</p>{TEXT.replace('<p>', f'<p>Port {n}: ')}"
        for n in (3, 4, 5)
    )
    path = tmp_path / "a.html"
    path.write_text(f"<article><h1>News of the coast</h1>{parts}</article>", "utf-8")
    assert len(readers.read_all(path)) == 1
    assert len(split(readers.read(path))) > 1
