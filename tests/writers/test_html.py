"""The HTML writer: one readable file without scripts, notes with ways back, nothing of the desk, the same bytes."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

import pytest
import tinyhtml5

from briefgen.model.document import VOCABULARY
from briefgen.writers import write
from briefgen.writers.html import write as write_html
from tests.writers import pdf_samples as samples

SLOTS = (
    '<div data-slot="header"><p class="left">Desk</p><p class="right"><span class="tlp">TLP:RED</span></p></div>'
    '<div data-slot="footer"><p class="left">Reset · 2025/07</p><p class="centre">As of 4 March</p>'
    '<p class="right">Page <span data-field="page"></span> of <span data-field="pages"></span> '
    '<span class="tlp">TLP:RED</span></p></div>'
)


def tree(content: bytes) -> Element:
    return tinyhtml5.parse(content.decode(), namespace_html_elements=False)


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def first(element: Element, tag: str, **attributes: str) -> Element:
    return next(found for found in element.iter(tag) if all(found.get(name) == value for name, value in attributes.items()))


@pytest.mark.parametrize("name", VOCABULARY)
def test_every_row_of_the_vocabulary_is_printed(name: str, tmp_path: Path) -> None:
    written = write(samples.row(name, tmp_path), "html")
    assert written.diagnostics == ()
    page = tree(written.content)
    assert f"q{name}q" in words(first(page, "body"))
    assert not any(attribute.startswith("data-") for element in page.iter() for attribute in element.attrib)


def test_what_is_written_is_what_a_parser_reads() -> None:
    """Nothing is repaired by the parser: no element is moved, closed or dropped."""
    content = write_html(samples.brief()).content.decode()
    again = "<!DOCTYPE html>\n" + tostring(tree(content.encode()), encoding="unicode", method="html")
    assert again.replace("\n</body>", "</body>") + "\n" == content


def test_the_file_needs_nothing_else_and_runs_nothing(tmp_path: Path) -> None:
    page = write_html(samples.row("img", tmp_path)).content.decode()
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">')
    assert 'src="data:image/png;base64,' in page
    assert not re.search(r"<script|<link|@font-face|https?://(?!example\.org)", page)


def test_a_browser_is_told_to_ask_nobody() -> None:
    said = first(tree(write_html(samples.brief()).content), "meta", **{"http-equiv": "Content-Security-Policy"})
    rules = dict(rule.split(" ", 1) for rule in (said.get("content") or "").split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert not any("http" in rule or "*" in rule or "self" in rule for rule in rules.values())


def test_the_style_sheet_of_the_screen_comes_last() -> None:
    style = first(tree(write_html(samples.page("<p>x</p>", css="p{}", screen_css="i{}")).content), "style")
    assert style.text == "p{}i{}"


def test_the_head_tells_what_the_document_is() -> None:
    head = first(tree(write_html(samples.brief()).content), "head")
    metas = {meta.get("name"): meta.get("content") for meta in head.iter("meta")}
    assert first(head, "title").text == "Washington weighs relief"
    assert metas["dcterms.created"] == "2025-03-04" and metas["keywords"] == "sanctions, Russia"
    assert [meta.get("content") for meta in head.iter("meta") if meta.get("name") == "author"] == ["Ada Example", "Jan Šíma"]
    assert metas["viewport"] and metas["generator"] == "briefgen"


def test_the_slots_become_one_line_without_page_numbers() -> None:
    body = first(tree(write_html(samples.page("<p>x</p>", slots=SLOTS)).content), "body")
    line = body[0]
    assert (line.tag, line.get("class")) == ("p", "meta slots")
    assert words(line) == "Desk · TLP:RED · Reset · 2025/07 · As of 4 March"
    assert first(line, "span", **{"class": "tlp"}).text == "TLP:RED", "the marking keeps its looks"


def test_a_marking_that_stands_beside_the_page_number_is_kept() -> None:
    slots = '<div data-slot="footer"><p>Page <span data-field="page"></span> <span class="tlp">TLP:RED</span> · Desk</p></div>'
    assert words(first(tree(write_html(samples.page("<p>x</p>", slots=slots)).content), "body")[0]) == "TLP:RED · Desk"


def test_without_slots_there_is_no_line() -> None:
    assert first(tree(write_html(samples.page("<p>x</p>")).content), "body")[0].tag == "header"


def test_notes_are_listed_with_ways_there_and_back() -> None:
    page = tree(write_html(samples.brief()).content)
    calls = [link for link in page.iter("a") if link.get("role") == "doc-noteref"]
    notes = list(first(page, "section", role="doc-endnotes")[0])
    assert [link.text for link in calls] == ["1", "2", "3", "4", "5"]
    for call, note in zip(calls, notes, strict=True):
        assert call.get("href") == f"#{note.get('id')}"
        assert note[-1].get("href") == f"#{call.get('id')}"
    assert words(notes[2]) == "Column (S2), ¶6: the columnist’s expectation. ↩"


def test_adjacent_notes_are_told_apart_and_text_behind_a_note_stays() -> None:
    fn = '<span class="fn">{}</span>'
    main = f"<p>one{fn.format('a')}{fn.format('<em>b</em> c')} two{fn.format('d')}</p>"
    page = tree(write_html(samples.page(main)).content)
    assert words(first(first(page, "main"), "p")) == "one1, 2 two3"
    assert [words(note) for note in first(page, "section", role="doc-endnotes")[0]] == ["a ↩", "b c ↩", "d ↩"]


def test_ids_of_notes_do_not_meet_those_of_sections() -> None:
    main = '<section id="note-1"><p>x<span class="fn">a</span></p></section>'
    page = tree(write_html(samples.page(main)).content)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 3


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("missing.png", "HTM-01"),
        ("broken.xyz", "HTM-01"),
        ("https://example.org/a.png", "HTM-05"),
        ("/etc/hostname", "HTM-05"),
        ("data:image/png;base64,AAAA", "HTM-05"),
    ],
)
def test_a_picture_that_is_not_read_is_an_error_and_its_words_stand(address: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "broken.xyz").write_text("")
    main = f'<figure><img src="{address}" alt="the words" data-path="/logo"><figcaption>x</figcaption></figure>'
    written = write_html(samples.page(main, roots=(tmp_path,)))
    (found,) = written.diagnostics
    assert (found.code, found.path, found.is_error) == (code, "/logo", True)
    assert words(first(tree(written.content), "figure")) == "the wordsx"


def test_words_are_escaped_and_the_style_cannot_end_early() -> None:
    main = "<p>&lt;script&gt;alert(1)&lt;/script&gt; a &amp; b</p>"
    content = write_html(samples.page(main, css='p::after { content: "</style><script>alert(1)</script>" }')).content
    page = tree(content)
    assert not list(page.iter("script")) and words(first(page, "main")) == "<script>alert(1)</script> a & b"


def test_the_tree_is_left_as_it_was_and_the_bytes_are_the_same() -> None:
    document = samples.brief()
    before = [(element.tag, dict(element.attrib), element.text, element.tail) for element in document.tree.iter()]
    assert write_html(document).content == write_html(document).content
    assert [(element.tag, dict(element.attrib), element.text, element.tail) for element in document.tree.iter()] == before
