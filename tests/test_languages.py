"""Languages from end to end: dates, lists, tags of each format, narrow cells, and what is said of labels."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
import yaml

from briefgen.findings.diagnostics import Severity
from briefgen.model.when import When
from briefgen.project.languages import unreviewed
from briefgen.render.hyphens import SOFT, soften
from briefgen.render.labels import Labels
from briefgen.writers.docx.languages import word_tag
from tests import reading
from tests.builders import minimal
from tests.mini import ROOT, Mini

FIXTURES = ROOT / "tests/fixtures"
PACKAGED = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))["meta"] for path in (ROOT / "templates/labels").glob("*.yaml")
}
REGIONS = {
    "bg": "BG", "hr": "HR", "cs": "CZ", "da": "DK", "nl": "NL", "en": "GB", "et": "EE", "fi": "FI", "fr": "FR", "de": "DE",
    "el": "GR", "hu": "HU", "ga": "IE", "it": "IT", "lv": "LV", "lt": "LT", "mt": "MT", "pl": "PL", "pt": "PT", "ro": "RO",
    "sk": "SK", "sl": "SI", "es": "ES", "sv": "SE", "uk": "UA",
}  # fmt: skip
DATES = {  # a day · days of one month · of two months · of two years · month and day mixed
    "bg": "20 февруари 2025 г.|4–10 март 2025 г.|30 март – 2 април 2025 г.|30 декември 2024 г. – 2 януари 2025 г.",
    "hr": "20. veljače 2025.|4.–10. ožujka 2025.|30. ožujka – 2. travnja 2025.|30. prosinca 2024. – 2. siječnja 2025.",
    "cs": "20. února 2025|4.–10. března 2025|30. března – 2. dubna 2025|30. prosince 2024 – 2. ledna 2025",
    "de": "20. Februar 2025|4.–10. März 2025|30. März – 2. April 2025|30. Dezember 2024 – 2. Januar 2025",
    "es": "20 de febrero de 2025|4–10 de marzo de 2025"
    "|30 de marzo – 2 de abril de 2025|30 de diciembre de 2024 – 2 de enero de 2025",
    "fi": "20. helmikuuta 2025|4.–10. maaliskuuta 2025"
    "|30. maaliskuuta – 2. huhtikuuta 2025|30. joulukuuta 2024 – 2. tammikuuta 2025",
    "fr": "20 février 2025|4–10 mars 2025|30 mars – 2 avril 2025|30 décembre 2024 – 2 janvier 2025",
    "hu": "2025. február 20.|2025. március 4–10.|2025. március 30. – április 2.|2024. december 30. – 2025. január 2.",
    "it": "20 febbraio 2025|4–10 marzo 2025|30 marzo – 2 aprile 2025|30 dicembre 2024 – 2 gennaio 2025",
    "lt": "2025 m. vasario 20 d.|2025 m. kovo 4–10 d."
    "|2025 m. kovo 30 d. – balandžio 2 d.|2024 m. gruodžio 30 d. – 2025 m. sausio 2 d.",
    "lv": "2025. gada 20. februāris|2025. gada 4.–10. marts|2025. gada 30. marts – 2. aprīlis"
    "|2024. gada 30. decembris – 2025. gada 2. janvāris",
    "mt": "20 ta’ Frar 2025|4–10 ta’ Marzu 2025|30 ta’ Marzu – 2 ta’ April 2025|30 ta’ Diċembru 2024 – 2 ta’ Jannar 2025",
    "sk": "20. februára 2025|4.–10. marca 2025|30. marca – 2. apríla 2025|30. decembra 2024 – 2. januára 2025",
    "uk": "20 лютого 2025 р.|4–10 березня 2025 р.|30 березня – 2 квітня 2025 р.|30 грудня 2024 р. – 2 січня 2025 р.",
}
WRITTEN = ("2025-02-20", "2025-03-04/2025-03-10", "2025-03-30/2025-04-02", "2024-12-30/2025-01-02")


def _plain(text: str) -> str:
    return re.sub("[\u00a0\u2009\u202f]", " ", text)


@pytest.mark.parametrize("language", DATES)
def test_dates_and_ranges_as_the_language_writes_them(language: str) -> None:
    labels = Labels({}, language)
    assert [_plain(labels.when(When.parse(written))) for written in WRITTEN] == DATES[language].split("|")


@pytest.mark.parametrize(
    ("written", "english", "german", "ukrainian"),
    [
        ("2025-03-04/2025-05", "4 March 2025 – May 2025", "4. März 2025 – Mai 2025", "4 березня 2025 р. – травень 2025 р."),
        ("2024-12/2025", "December 2024 – 2025", "Dezember 2024 – 2025", "грудень 2024 р. – 2025"),
        ("2024/2025-03", "2024 – March 2025", "2024 – März 2025", "2024 – березень 2025 р."),
        (
            "2024-03-04/2025-03-04",
            "4 March 2024 – 4 March 2025",
            "4. März 2024 – 4. März 2025",
            "4 березня 2024 р. – 4 березня 2025 р.",
        ),
    ],
)
def test_a_range_with_unlike_ends_keeps_both(written: str, english: str, german: str, ukrainian: str) -> None:
    shown = [_plain(Labels({}, language).when(When.parse(written))) for language in ("en-GB", "de", "uk")]
    assert shown == [english, german, ukrainian]


def test_a_preposition_may_govern_the_month() -> None:
    labels = Labels({"dates.from": "з {genitive}"}, "uk")
    assert _plain(labels.when(When.parse("from 2025-04"))) == "з квітня 2025 р."
    assert _plain(labels.when(When.parse("from 2025-04-05"))) == "з 5 квітня 2025 р."


def test_a_date_that_ends_in_a_full_stop_does_not_get_a_second_one() -> None:
    labels = Labels({"x": "До {date}."}, "uk")
    assert _plain(labels("x", date=labels.when(When.parse("2025-04")))) == "До квітень 2025 р."


def test_the_word_for_europe_is_that_of_the_label_file(mini: Mini) -> None:
    text = " ".join(mini.document(minimal(language="uk", perspective="Europe"), "analyst").tree.itertext())
    assert "Europe" not in text
    labels = mini.project.template_set.labels("fr")
    assert labels("sections.risks", perspective="Europe") == "Risques pour l’Europe"
    assert labels("sections.risks", perspective="la Pologne") == "Risques pour la Pologne"


def test_percentages_keep_their_sign_on_the_line(mini: Mini) -> None:
    from briefgen.model.yardstick import YARDSTICKS

    band = YARDSTICKS["phia-2025"].bands[3]
    assert [str(mini.project.template_set.labels(name).band(band)) for name in ("de", "fr", "uk")] == ["40–&lt;50\u00a0%"] * 3


def test_french_signs_have_their_blank() -> None:
    assert [Labels({}, name).sign(":") for name in ("fr-BE", "de")] == ["\u00a0:", ":"]


# ---- tags


@pytest.mark.parametrize("language", REGIONS)
def test_word_gets_a_region(language: str) -> None:
    assert word_tag(language) == f"{language}-{REGIONS[language]}"
    assert word_tag("de-AT") == "de-AT"


@pytest.mark.parametrize("name", ["de", "uk"])
def test_each_format_says_its_language_and_holds_the_same_words(mini: Mini, name: str) -> None:
    mini.write(f"x/ferry-{name}.yaml", (FIXTURES / f"ferry-{name}.yaml").read_text(encoding="utf-8"))
    done = mini.cli(
        "render", mini.folder / f"x/ferry-{name}.yaml", "-a", "analyst", "-t", "pdf,docx,html", "-o", mini.folder / "out"
    )
    assert done.code == 0, done.err
    files = {path.suffix: path.read_bytes() for path in (mini.folder / "out").iterdir()}
    assert f'lang="{name}"' in files[".html"].decode()
    assert f'w:lang w:val="{word_tag(name)}"' in reading.parts(files[".docx"])["word/styles.xml"].decode()
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(files[".pdf"])) as pdf:
        assert str(pdf.Root.Lang) == name
    word = reading.of_docx(files[".docx"])
    assert any(SOFT in block for block in word.blocks), "the fixture has long words in narrow cells"
    assert reading.missing(word.pieces, reading.pdf_pages(files[".pdf"])) == []


def test_the_legend_says_that_its_terms_are_translated(mini: Mini) -> None:
    data = yaml.safe_load((FIXTURES / "ferry-de.yaml").read_text(encoding="utf-8"))
    assert "nichtamtliche Übersetzung" in " ".join(mini.document(data, "analyst").tree.itertext())
    data = yaml.safe_load((FIXTURES / "ferry-en.yaml").read_text(encoding="utf-8"))
    assert "our translation" not in " ".join(mini.document(data, "analyst").tree.itertext())


# ---- narrow cells


def _table(cell: str, width: int = 20) -> Element:
    return fromstring(
        f"<body><p>Infrastrukturinstandhaltung</p><table>"
        f'<colgroup><col class="w{width}"/><col class="w{100 - width}"/></colgroup>'
        f"<tbody><tr><td>{cell}</td><td>Infrastrukturinstandhaltung</td></tr></tbody></table></body>"
    )


@pytest.mark.parametrize(
    ("cell", "language", "shown"),
    [
        ("Wahrscheinlichkeit", "de", "Wahr-schein-lich-keit"),
        ("<em>Sehr</em> unwahrscheinlich", "de-AT", "Sehr unwahr-schein-lich"),
        ("Hafenbehörd", "de", "Hafenbehörd"),
        ("Wahrscheinlichkeit", "fi", "Wahrscheinlichkeit"),
        ("Wahrscheinlichkeit", "en-GB", "Wahrscheinlichkeit"),
        ("<code>Wahrscheinlichkeit</code>", "de", "Wahrscheinlichkeit"),
    ],
)
def test_long_words_of_narrow_cells_can_part(cell: str, language: str, shown: str) -> None:
    body = _table(cell)
    soften(body, language)
    first, second = list(body.iter("td"))
    assert "".join(first.itertext()).replace(SOFT, "-") == shown
    assert SOFT not in (second.text or "") + (body.findtext("p") or "")


def test_a_wide_column_stays_as_it_is() -> None:
    body = _table("Wahrscheinlichkeit", 26)
    soften(body, "de")
    assert SOFT not in "".join(body.itertext())


@pytest.mark.parametrize("language", sorted(set(REGIONS) - {"en"}))
def test_every_language_is_parted_or_left_alone(language: str) -> None:
    body = _table("Wahrscheinlichkeit")
    soften(body, language)
    assert "".join(body.itertext()).replace(SOFT, "") == "".join(_table("Wahrscheinlichkeit").itertext())


# ---- what is said of labels


def _codes(mini: Mini, language: str) -> dict[str, str]:
    found = mini.version(minimal(language=language), "public", formats=("html",)).findings
    return {row.code: row.message for row in found if row.code.startswith("LBL")}


def test_a_language_that_is_checked_and_complete_needs_no_word(mini: Mini) -> None:
    assert [_codes(mini, language) for language in ("en-GB", "de", "fr-BE", "uk")] == [{}] * 4


def test_a_language_that_nobody_has_checked_says_so(mini: Mini) -> None:
    meta = {"language": "Norwegian", "own_name": "norsk", "reviewed": False, "perspective": "Europa"}
    mini.write("templates/labels/nb.yaml", {"meta": meta, "sections": {"sources": "Kilder"}})
    said = _codes(mini, "nb")
    assert said["LBL-02"] == "nobody at home in Norwegian has checked its labels"
    assert said["LBL-03"].startswith("printed in English, because the labels for nb lack them: a_genre.analysis, ")
    assert re.search(r" and \d+ more$", said["LBL-03"])
    assert "Norwegian" in unreviewed(mini.project)


def test_a_project_corrects_single_labels_without_a_warning(mini: Mini) -> None:
    mini.write("templates/labels/de.yaml", {"sections": {"sources": "Fundstellen"}})
    assert _codes(mini, "de") == {}
    mini.write("templates/labels/en.yaml", {"sections": {"own": "Our own"}})
    assert _codes(mini, "de") == {"LBL-03": "printed in English, because the labels for de lack them: sections.own"}


def test_a_language_without_labels_is_told(mini: Mini) -> None:
    assert "LBL-01" in _codes(mini, "nb")


def test_doctor_lists_the_languages_that_nobody_has_checked(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mini.folder)
    done = mini.cli("doctor", "--format", "json")
    import json

    [row] = [row for row in json.loads(done.out) if row["name"] == "labels"]
    waiting = sorted(meta["language"] for meta in PACKAGED.values() if not meta["reviewed"])
    assert row["state"] == (f"not checked by a native reader: {', '.join(waiting)}" if waiting else "all checked")


# ---- translations


def _pair(mini: Mini, *changes: tuple[str, str], name: str = "de", stage: str = "") -> list[str]:
    """Return what `check` says of a translation of the fixture in which some words were changed."""
    for stem in ("ferry-en", f"ferry-{name}"):
        mini.write(f"pair/{stem}.yaml", (FIXTURES / f"{stem}.yaml").read_text(encoding="utf-8"))
    text = (FIXTURES / f"ferry-{name}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = mini.write(f"pair/ferry-{name}.yaml", text + stage)
    import json

    done = mini.cli("check", path, "--format", "json")
    found = [row for row in json.loads(done.out) if row["code"].startswith("TRN")]
    return [f"{row['code']} {row['severity']} {row['message']}" for row in found]


@pytest.mark.parametrize("name", ["de", "uk"])
def test_a_faithful_translation_is_silent(mini: Mini, name: str) -> None:
    assert _pair(mini, name=name) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("28 000", "82 000", "TRN-05 warning 28000 is in the original only; 82000 is in the translation only"),
        ("40 %", "vierzig Prozent", "TRN-05 warning 40 is in the original only"),
        ("impact: 3", "impact: 4", "TRN-03 warning `impact` is 4, in the original 3"),
        (
            "likelihood: highly unlikely",
            "likelihood: unlikely",
            'TRN-03 warning the likelihood is "unlikely", in the original "highly',
        ),
        ("as_of: 2025-02-20", "as_of: 2025-02-21", "TRN-04 warning `as_of` is 2025-02-21, in the original 2025-02-20"),
        ("date: 2025-02-12\n", "date: 2025-02\n", "TRN-04 warning `date` is 2025-02, in the original 2025-02-12"),
        ("status: reported", "status: established", "TRN-02 warning `status` is established, in the original reported"),
        ("    mitigation: Gespräche über ein Ersatzschiff\n", "", "TRN-02 warning the translation lacks `mitigation`"),
        ("rests_on: [D1, R1]", "rests_on: [D1]", "TRN-02 warning `rests_on` has 1 entry, in the original 2 entries"),
        ("series: Referat", "marking: {tlp: GREEN}\nseries: Referat", "TRN-02 warning `tlp` is GREEN, in the original none"),
        ("id: R2", "id: R9", "TRN-02 warning `risks` has the ids R1, R9, in the original R1, R2"),
    ],
)
def test_what_a_translation_changed_is_found(mini: Mini, old: str, new: str, said: str) -> None:
    [row] = _pair(mini, (old, new))
    assert row.startswith(said)
    assert re.search(r"\(.*pair/ferry-en\.yaml:\d+\)$", row), "the place in the original"


def test_a_finding_stands_at_its_place_in_the_translation(mini: Mini) -> None:
    _pair(mini, ("impact: 3", "impact: 4"))
    from briefgen.load.source import read
    from briefgen.pipeline import check as checking
    from briefgen.project.languages import translated

    source = read(mini.folder / "pair/ferry-de.yaml", "ferry-de.yaml")
    [row] = translated(checking.inspect(source, mini.project)[0], source, mini.project)
    assert row.span is not None and source.line(row.span.line).strip() == "impact: 4"
    assert row.hints == ("write 3",)


def test_a_final_translation_must_agree(mini: Mini) -> None:
    [row] = _pair(mini, ("impact: 3", "impact: 4"), stage="stage: final\n")
    assert row.startswith(f"TRN-03 {Severity.ERROR.value}")


def test_an_original_that_is_not_there_or_broken_is_told(mini: Mini) -> None:
    [row] = _pair(mini, ("translation_of: ferry-en", "translation_of: ferry-fr"))
    assert row.startswith("TRN-01 warning there is no summary with the id ferry-fr in ")
    mini.write("pair/ferry-fr.yaml", "title: [\n")
    [row] = _pair(mini, ("translation_of: ferry-en", "translation_of: ferry-fr"))
    assert row == "TRN-01 warning the original ferry-fr can’t be read, so nothing was compared"


@pytest.mark.parametrize(
    ("one", "other"),
    [("28,000", "28\u00a0000"), ("28.000", "28 000"), ("3.5", "3,5"), ("EUR 1,250.50", "1.250,50 EUR"), ("12 3", "3 12")],
)
def test_numbers_are_one_in_all_languages(one: str, other: str) -> None:
    from briefgen.rules.translation import numbers

    assert numbers(one) == numbers(other)


def test_the_files_of_the_fixtures_are_named_by_their_ids() -> None:
    for path in sorted(Path(FIXTURES).glob("ferry-*.yaml")):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["id"] == path.stem


def test_a_long_tag_in_a_narrow_cell_can_part_in_word(mini: Mini) -> None:
    data = yaml.safe_load((FIXTURES / "ferry-en.yaml").read_text(encoding="utf-8"))
    data["risks"] = [{**risk, "confidence": "low"} for risk in data["risks"]]
    from briefgen import writers

    for language, sign in (("en-GB", "\u00a0"), ("bg", " ")):
        word = reading.parts(writers.write(mini.document({**data, "language": language}, "analyst"), "docx").content)
        tags = re.findall(r">(\[[^<]*)", word["word/document.xml"].decode())
        assert any(sign in tag for tag in tags), language
