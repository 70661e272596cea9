"""Content is data: printed word for word, never compiled, never markup; and each element knows which fields it prints."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pytest

from briefgen import writers
from briefgen.model.brief import Phrase
from briefgen.model.document import classes
from briefgen.render import filters, tree
from briefgen.render.marks import END, OPEN, SHUT, marked, split
from briefgen.tailor import phrases
from tests import reading
from tests.builders import AUDIENCES, Data, changed, developments, maximal, minimal
from tests.mini import Mini

HOSTILE = (
    "{{ 7*7 }}", "{% include 'brief.html' %}", "{# gone #}", "{{ brief }}", "<script>alert(1)</script>", "<b>bold</b>",
    "&amp;", "&#x41;", "</p>",
    "<!-- note -->", "]]>", "<?xml?>", "%s %d {0} {who}", "\\n \\x41", "“q” ‘q’ \"q\" 'q'", "$x$ `y` *z*", "<w:p>",
    "a < b > c & d",
)  # fmt: skip
"""What would betray that a content was compiled, parsed or formatted."""


# ---- never compiled


def _planted(data: Data, words: str) -> Data:
    """Return some data in which every prose field also holds `words`."""
    return changed(data, lambda path, text: text if path.endswith(("/url", "/note")) else f"{text.rstrip('.')} {words} end")


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("audience", AUDIENCES)
def test_hostile_text_in_every_field_is_printed_as_it_is(mini: Mini, audience: str, words: str) -> None:
    brief = mini.brief(_planted(maximal(), words), audience)
    read = reading.of_tree(mini.document(_planted(maximal(), words), audience).tree)
    text = " ".join(" ".join((*read.plain, *read.notes)).split())
    shown = " ".join(words.split())
    assert text.count(shown) >= 20
    plain = reading.of_tree(mini.document(_planted(maximal(), "harmless"), audience).tree)
    assert len(read.blocks) == len(plain.blocks)  # no element came of it
    assert len(read.notes) == len(plain.notes)
    assert brief.title.endswith(f"{words} end")


@pytest.mark.parametrize("fmt", ["docx", "html", "pdf"])
def test_hostile_text_is_printed_as_it_is_in_every_format(mini: Mini, fmt: str) -> None:
    words = " ".join(HOSTILE)
    document = mini.document(_planted(maximal(), words), "adviser")
    content = writers.write(document, fmt).content
    if fmt == "html":
        read = reading.of_tree(tree.parse(content.decode()))
        text = reading.squeeze(" ".join((*read.plain, *read.notes)))
    elif fmt == "docx":
        read = reading.of_docx(content)
        text = reading.squeeze(" ".join((*read.plain, *read.notes)))
    else:
        text = reading.squeeze(" ".join(reading.pdf_pages(content)))
    wanted = reading.of_tree(document.tree)
    count = reading.squeeze(" ".join((*wanted.plain, *wanted.notes))).count(reading.squeeze(words))
    assert count >= 20
    assert text.count(reading.squeeze(words)) >= (count if fmt != "pdf" else count - 5)  # a page may end in the middle of one


def test_an_address_is_escaped_too(mini: Mini) -> None:
    data = minimal(
        sources=[{"id": "S1", "title": "T", "published": "unknown", "url": "https://example.eu/?a=1&b={{7*7}}%3Cb%3E"}]
    )
    links = [a.get("href") for a in mini.document(data, "analyst").tree.iter("a")]
    assert links == ["https://example.eu/?a=1&b={{7*7}}%3Cb%3E"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_word_of_a_withheld_item_is_printed(mini: Mini, audience: str) -> None:
    """An item marked above its version leaves no trace: not as a name behind an id, not as the reporter it relays."""
    data = maximal(marking={"tlp": "CLEAR"})
    for part in (
        data["key_judgements"],
        data["key_developments"],
        data["stakeholders"],
        data["risks"],
        data["outlook"]["scenarios"],
        data["outlook"]["watch"],
    ):
        part[0] = changed(part[0], lambda path, text: text if path.endswith("/source") else f"zebra {text}")
        part[0]["tlp"] = "RED"
    data["risks"][1] |= {"exposed": [data["stakeholders"][0]["id"]], "early_signs": [data["outlook"]["watch"][0]["id"]]}
    data["outlook"]["scenarios"][1]["indicators"] = [data["outlook"]["watch"][0]["id"]]
    document = mini.document(data, audience)
    assert [" ".join(e.itertext()) for e in document.tree.iter() if "zebra" in (e.text or "") + (e.tail or "")] == []


# ---- each element knows its fields


def _printed(root: Element) -> set[str]:
    return {path for element in root.iter() for path in (element.get("data-path") or "").split()}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_an_element_that_prints_a_field_names_it(mini: Mini, audience: str) -> None:
    data = maximal()
    tokens: dict[str, str] = {}

    def token(path: str, text: str) -> str:
        tokens[f"Tok{len(tokens)}n"] = path
        return f"Tok{len(tokens) - 1}n {text}" if not path.endswith("/url") else text

    root = mini.document(changed(data, token), audience).tree
    body = root.find("body")
    assert body is not None
    seen = set()
    for element in body.iter():
        texts = [element.text or "", *(child.tail or "" for child in element)]
        for name in {word.strip(".,;:()[]“”") for text in texts for word in text.split() if word.startswith("Tok")}:
            if name in tokens and not tokens[name].endswith("/cites"):  # the basis names whom all the evidence relays
                seen.add(name)
                named = (element.get("data-path") or "").split()
                assert any(path == tokens[name] or path.removesuffix("/full") == tokens[name] for path in named), (
                    name,
                    tokens[name],
                    element.attrib,
                )
    assert len(seen) > 15


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_path_is_that_of_a_field_of_the_brief(mini: Mini, audience: str) -> None:
    data = maximal()
    brief = mini.brief(data, audience)
    told = tuple(section.contrary for section in brief.sections)
    known = {phrase.path for phrase in (*phrases(brief.sections), *phrases(brief.head), *phrases(told))}
    assert _printed(mini.document(data, audience).tree) <= known


def test_no_mark_is_left_in_the_document(mini: Mini) -> None:
    for audience in AUDIENCES:
        root = mini.document(maximal(), audience).tree
        texts = [*root.itertext(), *(value for element in root.iter() for value in element.attrib.values())]
        assert not [text for text in texts if any(mark in text for mark in (OPEN, SHUT, END))]


def test_marks_are_put_on_and_taken_off() -> None:
    assert split(f"a {marked(Phrase('b', '/x'))} c {marked(Phrase('d', '/y'))}") == ("a b c d", ["/x", "/y"])
    assert marked("plain") == "plain"


def test_every_element_of_the_body_knows_its_place_in_a_template(mini: Mini) -> None:
    body = mini.document(maximal(), "analyst").tree.find("body")
    assert body is not None
    bare = {element.tag for element in body.iter() if not element.get("data-at")}
    assert bare == {"span"}  # the page numbers, which stand in a string


# ---- white space


def _own(mini: Mini, body: str, **data: Any) -> Element:
    mini.section(body)
    section = mini.document(minimal(**{"bottom_line": "x", **data}), "own").tree.find("body/main/section")
    assert section is not None
    return section


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>  a \n\t b  </p>", "a b"),
        ("<p>a<strong> b </strong> c</p>", "a b c"),
        ("<p>a <strong> b</strong></p>", "a b"),
        ("<p><strong>a </strong><em> b</em></p>", "a b"),
        ("<p>a <br> b</p>", "ab"),
        ("<p>a\u00a0 b</p>", "a\u00a0 b"),
        ("<p>a <!-- x --> b</p>", "a b"),
        ("<p>a<!-- x -->b</p>", "ab"),
        ('<p>a <span class="fn">n</span> b</p>', "an b"),
    ],
)
def test_white_space_is_what_a_reader_sees(mini: Mini, body: str, text: str) -> None:
    [paragraph] = _own(mini, f"<section>\n {body} \n</section>")
    assert "".join(paragraph.itertext()) == text
    assert paragraph.tail is None


def test_a_note_hugs_the_word_before_it(mini: Mini) -> None:
    [paragraph] = _own(mini, '<section><p>word <span class="fn"> a  note </span> more</p></section>')
    assert (paragraph.text, paragraph[0].text, paragraph[0].tail) == ("word", "a note", " more")


def test_the_white_space_of_a_nested_list_is_its_own(mini: Mini) -> None:
    [outer] = _own(mini, "<section><ul> <li> a <ul> <li> b </li> </ul> </li> </ul></section>")
    assert [(li.text, li.tail) for li in outer.iter("li")] == [("a", None), ("b", None)]


@pytest.mark.parametrize("written", ["a  b", "a\nb", "a\tb", " a b "])
def test_white_space_of_content_does_not_reach_the_page(mini: Mini, written: str) -> None:
    [paragraph] = _own(mini, "<section><p>{{ section.item.text }}</p></section>", bottom_line=written)
    assert paragraph.text == "a b"


# ---- filters


@pytest.mark.parametrize(
    ("text", "made"),
    [("words", "words."), ("words.", "words."), ("words?", "words?"), ("“words.”", "“words.”"), ("(words)", "(words)."),
    ("a…", "a…"), ("so:", "so:"), ("  x ", "  x."), ("", "")],
)  # fmt: skip
def test_a_sentence_ends_once(text: str, made: str) -> None:
    assert filters.sentence(text) == made


@pytest.mark.parametrize(
    ("text", "made"), [("words", "Words"), ("éa", "Éa"), ("7a", "7a"), ("<b>x</b>", "<b>X</b>"), ("ǆ", "Ǆ"), ("", "")]
)
def test_a_capital_is_put_at_the_beginning_only(text: str, made: str) -> None:
    assert filters.capital(text) == made


def test_a_capital_is_not_put_into_a_mark() -> None:
    assert split(filters.capital(marked(Phrase("words", "/x"))))[0] == "Words"


def test_paragraphs_are_parted_by_blank_lines_and_keep_their_path() -> None:
    made = filters.paragraphs(Phrase("a\nb\n\n\n c ", "/x"))
    assert made == ["a\nb", "c"]
    assert [part.path for part in made if isinstance(part, Phrase)] == ["/x", "/x"]


def test_paragraphs_of_a_text_are_paragraphs_of_the_page(mini: Mini) -> None:
    read = reading.of_tree(mini.document(minimal(background={"text": "One.\n\nTwo."}), "analyst").tree)
    assert {"One.", "Two."} <= set(read.plain)


# ---- what each level says of a claim


@pytest.mark.parametrize(
    "status", ["established", "reported", "claimed", "denied", "estimate", "opinion", "forecast", "assessment", "assumption"]
)
@pytest.mark.parametrize("audience", ["adviser", "analyst", "public"])
def test_the_status_of_each_development_is_printed(mini: Mini, audience: str, status: str) -> None:
    data = minimal(key_developments=developments(3, status=status, text={"full": "Full.", "short": "Short.", "plain": "Plain."}))
    marks = [
        "".join(span.itertext()) for span in mini.document(data, audience).tree.iter("span") if span.get("class") == "status"
    ]
    legend = 1 if audience == "analyst" else 0
    assert marks == [status.capitalize()] * (3 + legend)


@pytest.mark.parametrize("audience", ["executive", "public"])
def test_no_code_is_printed_that_a_reader_can_not_resolve(mini: Mini, audience: str) -> None:
    """Ids, the names of standards and grades stay with the desk; what is told to the desk does not reach the page."""
    read = reading.of_tree(mini.document(maximal(), audience).tree)
    codes = {
        "S1",
        "S2",
        "D1",
        "D2",
        "D3",
        "A1",
        "A2",
        "R1",
        "R2",
        "J1",
        "J2",
        "SC1",
        "SC2",
        "W1",
        "W2",
        "X1",
        "PHIA",
        "ICD",
        "¶1",
        "¶2",
    }
    assert not codes & set(" ".join((*read.plain, *read.notes)).replace(",", " ").replace(":", " ").replace(".", " ").split())


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(("stage", "count"), [("draft", 3), ("final", 0)])
def test_only_a_draft_says_draft(mini: Mini, audience: str, stage: str, count: int) -> None:
    said = " ".join(mini.document(maximal(stage=stage), audience).tree.itertext())
    assert said.upper().count("DRAFT") == count


@pytest.mark.parametrize("audience", ["executive", "adviser", "analyst"])
def test_a_marking_stands_in_header_footer_and_title_block(mini: Mini, audience: str) -> None:
    root = mini.document(maximal(marking={"tlp": "AMBER"}), audience).tree
    slots = {slot.get("data-slot"): " ".join(slot.itertext()) for slot in root.iter("div")}
    assert all("TLP:AMBER" in text for text in slots.values())
    assert len([span for span in root.iter("span") if "tlp" in classes(span)]) == 2
    assert "TLP:AMBER" in reading.of_tree(root).plain[0]


def test_without_a_marking_nothing_is_printed(mini: Mini) -> None:
    for audience in AUDIENCES:
        assert "TLP" not in " ".join(mini.document(minimal(), audience).tree.itertext())


def test_a_clear_public_version_has_one_plain_footer_line(mini: Mini) -> None:
    root = mini.document(maximal(marking={"tlp": "CLEAR"}), "public").tree
    assert [span for span in root.iter("span") if "tlp" in classes(span)] == []
    footer = next(slot for slot in root.iter("div") if slot.get("data-slot") == "footer")
    assert " ".join(footer.itertext()).count("TLP:CLEAR") == 1
