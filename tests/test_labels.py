"""Labels, dates and lists in the language of the brief; and no word that stands in a template instead."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from markupsafe import Markup

from briefgen.model.brief import Phrase
from briefgen.model.when import Partial, When
from briefgen.model.yardstick import YARDSTICKS
from briefgen.render.labels import LabelMissing, Labels, flatten
from tests.builders import maximal, minimal
from tests.mini import ROOT, Mini

NBSP = "\u00a0"
CATALOGUE = flatten(
    {
        "plain": "words",
        "greet": "Hello {who}",
        "toned": {"default": "Risks", "plain": "Dangers"},
        "count": {"one": "{n} item", "other": "{n} items"},
        "likelihood": {"band": "{low}–{high} %"},
        "dates": {"unknown": "no date", "from": "from {date}"},
    }
)
EN, PL = Labels(CATALOGUE, "en-GB"), Labels(CATALOGUE, "pl")


def test_nested_labels_have_dotted_names() -> None:
    assert set(CATALOGUE) == {"plain", "greet", "toned", "count", "likelihood.band", "dates.unknown", "dates.from"}


def test_a_label_is_filled_and_escaped() -> None:
    assert EN("greet", who="<b>") == "Hello &lt;b&gt;"
    assert EN("greet", who=Markup("<b>")) == "Hello <b>"
    assert EN("greet") == "Hello {who}"


def test_a_phrase_in_a_label_keeps_its_mark() -> None:
    assert "/title" in EN("greet", who=Phrase("Ann", "/title"))


def test_a_value_is_not_filled_in_twice() -> None:
    assert EN("greet", who="{who}{plain}") == "Hello {who}{plain}"


def test_the_tone_chooses_a_variant() -> None:
    assert [Labels(CATALOGUE, "en", tone)("toned") for tone in ("", "plain", "other")] == ["Risks", "Dangers", "Risks"]


@pytest.mark.parametrize(("n", "text"), [(0, "0 items"), (1, "1 item"), (2, "2 items"), (21, "21 items")])
def test_plurals_in_english(n: int, text: str) -> None:
    assert EN("count", n=n) == text


@pytest.mark.parametrize(("n", "text"), [(1, "1 plik"), (2, "2 pliki"), (5, "5 plików"), (22, "22 pliki")])
def test_plurals_follow_the_language(n: int, text: str) -> None:
    forms = {"one": "{n} plik", "few": "{n} pliki", "many": "{n} plików", "other": "{n} pliku"}
    assert Labels({"count": forms}, "pl")("count", n=n) == text


def test_a_form_that_is_not_written_falls_back() -> None:
    assert PL("count", n=5) == "5 items"


def test_an_unknown_label_names_its_neighbours() -> None:
    with pytest.raises(LabelMissing) as caught:
        EN("grete")
    assert (caught.value.key, caught.value.near) == ("grete", ("greet",))


# ---- dates


@pytest.mark.parametrize(
    ("written", "english", "german"),
    [
        ("2025-03-04", f"4{NBSP}March 2025", f"4.{NBSP}März 2025"),
        ("2025-03", "March 2025", "März 2025"),
        ("2025", "2025", "2025"),
        ("2025-03-04/2025-03-10", "4–10 March 2025", "4.–10. März 2025"),
        ("2025-03-04/2025-03-04", f"4{NBSP}March 2025", f"4.{NBSP}März 2025"),
        ("2025-03-30/2025-04-02", "30 March – 2 April 2025", "30. März – 2. April 2025"),
        ("2024-12-30/2025-01-02", "30 December 2024 – 2 January 2025", "30. Dezember 2024 – 2. Januar 2025"),
        ("2025-03/2025-05", "March – May 2025", "März–Mai 2025"),
        ("2024/2025", "2024–2025", "2024–2025"),
        ("from 2025-04", "from April 2025", "from April 2025"),
        ("unknown", "no date", "no date"),
    ],
)
def test_dates_in_words(written: str, english: str, german: str) -> None:
    for labels, words in ((EN, english), (Labels(CATALOGUE, "de"), german)):
        shown = labels.when(When.parse(written)).replace("\u2009", " ")
        assert shown.replace(NBSP, " ") == words.replace(NBSP, " ")


def test_a_day_does_not_part_from_its_month() -> None:
    assert EN.day(date(2025, 3, 4)) == f"4{NBSP}March 2025"
    assert EN.day(Partial(2025, 3, 4)) == f"4{NBSP}March 2025"


def test_a_date_that_is_not_written_is_said_to_be_unknown() -> None:
    assert EN.when(None) == "no date"


@pytest.mark.parametrize("language", ["en", "en-GB", "de-AT", "fr", "el", "uk", "sr-Latn-RS", "xx"])
def test_every_language_has_dates_and_lists(language: str) -> None:
    labels = Labels(CATALOGUE, language)
    assert "2025" in labels.day(date(2025, 3, 4))
    assert labels.listing(["a", "b"])


def test_lists_in_running_text_and_joined() -> None:
    assert EN.listing(["a", "b", "<c>"]) == "a, b and &lt;c&gt;"
    assert EN.listing(["a", "b"], "; ") == "a; b"
    assert Labels(CATALOGUE, "de").listing(["a", "b"]) == "a und b"
    assert EN.listing([]) == ""


def test_bands_show_their_open_ends() -> None:
    shown = [str(EN.band(band)) for band in YARDSTICKS["phia-2025"].bands]
    assert shown[0] == "&gt;0–5 %" and shown[3] == "40–&lt;50 %" and shown[4] == "55–75 %"


# ---- languages over each other


def test_a_regional_catalogue_lies_over_its_language_over_english(mini: Mini) -> None:
    mini.write("templates/labels/nb.yaml", {"sections": {"sources": "Quellen", "gaps": "Lücken"}})
    mini.write("templates/labels/nb-NO.yaml", {"sections": {"gaps": "Offenes"}})
    labels = mini.project.template_set.labels("nb-NO")
    assert [str(labels(f"sections.{key}")) for key in ("sources", "gaps", "credits")] == [
        "Quellen",
        "Offenes",
        "About this brief",
    ]


def test_a_project_changes_a_label_and_keeps_the_rest(mini: Mini) -> None:
    mini.write("templates/labels/en.yaml", {"sections": {"sources": "Where from"}})
    text = " ".join(mini.document(maximal(), "analyst").tree.itertext())
    assert "Where from" in text and "Risk register" in text


# ---- the English catalogue and the templates

TEMPLATES = sorted((ROOT / "templates/default").rglob("*.html"))
ENGLISH = flatten(yaml.safe_load((ROOT / "templates/labels/en.yaml").read_text(encoding="utf-8")))
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!DOCTYPE[^>]*>|&nbsp;|<[^>]*>| class=\"[^\"]*\"", re.DOTALL)
CALL = re.compile(r"""label(?:\.has)?\(\s*(["'])(?P<key>[\w.+-]+)\1\s*(?P<more>~)?""")
FAMILIES = {  # labels that a template calls by a name it puts together: prefix → every end it can have
    "audiences.": {"executive", "adviser", "analyst", "public"},
    "sections.": None,  # a section template's name or its part; both are checked below
    "status.": {"established", "reported", "claimed", "denied", "estimate", "opinion", "forecast", "assessment", "assumption"},
    "status_meaning.": {"established", "reported", "claimed", "denied", "estimate", "opinion", "forecast", "assessment",
    "assumption"},
    "genre.": {"official", "legal", "data", "wire", "news", "analysis", "opinion", "interview", "unknown"},
    "genres.": {"official", "legal", "data", "wire", "news", "analysis", "opinion", "interview", "unknown"},
    "a_genre.": {"official", "legal", "data", "wire", "news", "analysis", "opinion", "interview", "unknown"},
    "leverage.": {"low", "medium", "high"},
    "impact.": {"1", "2", "3", "4", "5"},
    "levels.": {"low", "moderate", "high", "critical"},
    "confidence.": {"low", "moderate", "high"},
    "horizon.": {"0-3m", "3-12m", "1-3y", "3y+"},
    "reliability.": set("ABCDEF"),
    "watch.confirmed.": {"yes", "no", "unknown"},
    "credits.": {"human", "ai_assisted", "ai_generated"},
    "likelihood.plain.": {band.key for scheme in YARDSTICKS.values() for band in scheme.bands},
    "likelihood.": {f"{scheme.key}.{end}" for scheme in YARDSTICKS.values() for end in ("name",
    *(band.key for band in scheme.bands))},
    "table.": None,
    "cap.": {
        "no_evidence", "contradicted", "only_opinion", "only_unnamed", "only_opinion_or_unnamed", "only_second_hand", "only_weak",
        "several_strong", "one_strong", "one_strong_among_several", "several_fair", "one_fair",
    },
}  # fmt: skip
BY_CODE = {"head.reading_seconds", "head.reading_minutes", "likelihood.band", "dates.unknown", "dates.from"}  # called from Python


def _source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_stands_in_a_template(path: Path) -> None:
    bare = CODE.sub(" ", path.read_text(encoding="utf-8"))
    assert re.findall(r"[^\W\d_]{2,}", bare) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_stands_in_a_string_that_a_template_prints(path: Path) -> None:
    """A literal with a blank inside letters is a sentence; markup for a placeholder is none."""
    code = re.findall(r"\{\{(.*?)\}\}", path.read_text(encoding="utf-8"), re.DOTALL)
    literals = [text for piece in code for _, text in re.findall(r"""(["'])(.*?)\1""", piece)]
    assert [text for text in literals if re.search(r"[a-z] [a-z]", CODE.sub("", text))] == []


def test_every_label_that_a_template_names_exists() -> None:
    named = {match["key"] for match in CALL.finditer(_source()) if not match["more"]}
    assert len(named) > 40
    assert named - set(ENGLISH) == set()


def test_every_label_that_a_template_puts_together_exists() -> None:
    begun = {match["key"] for match in CALL.finditer(_source()) if match["more"]}
    assert begun <= set(FAMILIES)
    wanted = {prefix + end for prefix, ends in FAMILIES.items() for end in ends or ()}
    assert wanted - set(ENGLISH) == set()


def test_every_column_has_its_heading() -> None:
    heads = re.findall(r"m\.head\((.*?)\) \}\}", _source())
    columns = re.findall(r'\("\w+", "(\w+)", \d+\)', _source())
    named = {key for call in heads for key in re.findall(r'"(\w+)"', call)} | set(columns)
    assert len(named) > 15
    assert {f"table.{key}" for key in named - {"role"}} - set(ENGLISH) == set()


def test_every_label_is_used() -> None:
    source = _source()
    named = {match["key"] for match in CALL.finditer(source)} | BY_CODE
    dynamic = {prefix + end for prefix, ends in FAMILIES.items() for end in ends or ()}
    spoken = set(re.findall(r'"(\w+(?:\.\w+)*)"', source))  # names handed to a macro, or one of two in an `if`
    sections = (
        {path.stem for path in TEMPLATES} | {use.split("_")[0] for use in (path.stem for path in TEMPLATES)} | {"why_it_matters"}
    )
    unused = [
        key
        for key in ENGLISH
        if not key.startswith("meta.")
        and key not in named | dynamic | spoken
        and not (key.startswith("table.") and key.removeprefix("table.") in spoken)
        and not (key.startswith("sections.") and key.removeprefix("sections.") in sections)
    ]
    assert unused == []


def test_plain_tone_has_a_heading_for_every_section_of_the_public_level(mini: Mini) -> None:
    text = " ".join(mini.document(maximal(), "public").tree.itertext())
    assert all(heading in text for heading in ("In short", "What happened?", "Who is involved?", "Where this comes from"))


@pytest.mark.parametrize("scheme", YARDSTICKS)
def test_the_catalogue_says_the_terms_of_the_standard(scheme: str) -> None:
    terms = {band.key: band.term for band in YARDSTICKS[scheme].bands}
    assert {key: ENGLISH[f"likelihood.{scheme}.{key}"] for key in terms} == terms


def test_an_unknown_label_in_a_template_names_file_and_line(mini: Mini) -> None:
    from briefgen.findings.diagnostics import Rejected

    mini.section("<section>\n<p>{{ label('sections.surces') }}</p></section>")
    with pytest.raises(Rejected) as caught:
        mini.document(minimal(bottom_line="x"), "own")
    [fault] = caught.value.diagnostics
    assert fault.code == "TPL-06"
    assert fault.span is not None and fault.span.file.endswith("sections/own.html") and fault.span.line == 2
    assert "sections.sources" in fault.hints[0]
