"""Every packaged label file against English: keys, fields, plural forms, signs of the font, and no English left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.render.labels import flatten, locale_of
from tests.mini import ROOT

FILES = sorted((ROOT / "templates/labels").glob("*.yaml"))
OTHERS = [path for path in FILES if path.stem != "en"]
FORMS = {"zero", "one", "two", "few", "many", "other"}
FORBIDDEN = "\u2010\u2011\u2713\u25a0\u00ad\ufffd"
META = {"language", "own_name", "reviewed", "perspective"}
MAY_BE_ENGLISH = {  # words that many languages share, and patterns without words
    "a_genre.interview", "ask.pro", "audiences.analyst", "confidence.moderate", "credits.contact", "disagreements.handling",
    "genre.analysis", "genre.data", "genre.interview", "genre.opinion", "genres.analysis.one", "genres.analysis.other",
    "genres.interview.one", "glossary.both", "head.page", "horizon.3-12m", "impact.1", "impact.3", "impact.4",
    "legend.line_entry", "levels.critical", "levels.moderate", "likelihood.band", "likelihood.icd-203.name",
    "likelihood.phia-2025.name", "likelihood.with_band", "notes.context", "notes.quote", "sections.ask",
    "sections.disagreements", "sections.glossary", "sections.legend", "sections.scenarios", "sections.sources",
    "status.opinion", "status.reported", "table.actor", "table.date", "table.horizon", "table.impact", "table.implications",
    "table.indicators", "table.position", "table.risk", "table.scenario", "table.source", "table.status", "table.term",
    "tags.confidence",
}  # fmt: skip


def _load(path: Path) -> dict[str, Any]:
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(values, dict)
    return values


def _labels(path: Path) -> dict[str, Any]:
    return {key: value for key, value in flatten(_load(path)).items() if not key.startswith("meta.")}


ENGLISH = _labels(ROOT / "templates/labels/en.yaml")


def _texts(labels: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in labels.items():
        for form, text in value.items() if isinstance(value, Mapping) else [("", value)]:
            yield f"{key}.{form}".rstrip("."), text


def _fields(text: str) -> list[str]:
    return sorted(field.replace("genitive", "date") for field in re.findall(r"\{(\w+)\}", text))


def _forms(language: str) -> set[str]:
    rule = locale_of(language).plural_form
    return {str(rule(n)) for n in range(201)} | {"other"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_file_says_what_it_is(path: Path) -> None:
    meta = _load(path)["meta"]
    assert set(meta) - {"yardstick_note"} == META
    assert isinstance(meta["reviewed"], bool)
    assert all(isinstance(meta[key], str) and meta[key].strip() for key in META - {"reviewed"})
    assert meta["language"] == locale_of(path.stem).get_language_name("en")
    assert meta["own_name"].casefold() == str(locale_of(path.stem).get_language_name(path.stem)).casefold()


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_it_has_the_keys_of_english(path: Path) -> None:
    labels = _labels(path)
    assert sorted(set(ENGLISH) - set(labels)) == []
    assert sorted(set(labels) - set(ENGLISH)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_value_is_a_text(path: Path) -> None:
    """YAML reads a bare yes as true and a bare 3 as a number."""
    assert [key for key, text in _texts(_labels(path)) if not isinstance(text, str) or text != text.strip() or not text] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_has_the_tones_and_the_plural_forms_that_it_needs(path: Path) -> None:
    wrong = {}
    for key, value in _labels(path).items():
        model = ENGLISH.get(key)
        wanted = (_forms(path.stem) if "other" in model else set(model)) if isinstance(model, Mapping) else set()
        found = set(value) if isinstance(value, Mapping) else set()
        if found != wanted:
            wrong[key] = f"{sorted(found)}, not {sorted(wanted)}"
    assert wrong == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_has_the_fields_of_english(path: Path) -> None:
    """A form for one number only may leave the number out: "deux textes"."""
    wrong = {}
    for key, text in _texts(_labels(path)):
        label, _, form = key.rpartition(".")
        model = ENGLISH.get(key) or ENGLISH.get(label, "")
        model = model if isinstance(model, str) else model.get(form, model.get("other", ""))
        if _fields(text) != _fields(model) and not (form in FORMS and sorted([*_fields(text), "n"]) == _fields(model)):
            wrong[key] = text
    assert wrong == {}


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_nothing_is_left_in_english(path: Path) -> None:
    english = dict(_texts(ENGLISH))
    texts = _texts(_labels(path))
    left = [key for key, text in texts if text == english.get(key) and key.removesuffix(".default") not in MAY_BE_ENGLISH]
    assert left == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_has_no_sign_that_the_font_lacks(path: Path) -> None:
    used = {sign for _, text in _texts(_labels(path)) for sign in text.replace("\u00a0", " ")}  # every engine draws it as a blank
    assert used & set(FORBIDDEN) == set()
    fonts = sorted(Path("/usr/share/fonts").rglob("Carlito-*.ttf"))
    if not fonts:
        pytest.skip("Carlito is not installed")
    from fontTools.ttLib import TTFont

    for font in fonts:
        with TTFont(font) as opened:
            assert {sign for sign in used if ord(sign) not in opened.getBestCmap()} == set(), font.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_headings_have_no_full_stop(path: Path) -> None:
    headings = [(key, text) for key, text in _texts(_labels(path)) if key.startswith(("sections.", "table.", "captions."))]
    assert [key for key, text in headings if text.endswith(".")] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_terms_of_a_scheme_are_told_apart(path: Path) -> None:
    """Seven terms, seven wordings; so are the levels, and what plain readers are told may join two schemes' terms only."""
    labels = _labels(path)
    for prefix in ("likelihood.phia-2025.", "likelihood.icd-203.", "levels.", "confidence.", "impact.", "leverage.", "status."):
        words = [text.casefold() for key, text in labels.items() if key.startswith(prefix)]
        assert len(set(words)) == len(words), prefix


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_yardstick_terms_begin_as_in_running_text(path: Path) -> None:
    terms = [t for k, t in _texts(_labels(path)) if re.match(r"likelihood\.(phia|icd|plain)", k) and not k.endswith(".name")]
    assert [term for term in terms if term[0].isupper()] == []


def test_names_of_schemes_are_kept() -> None:
    for path in FILES:
        labels = _labels(path)
        assert "PHIA" in labels["likelihood.phia-2025.name"] and "ICD 203" in labels["likelihood.icd-203.name"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_number_and_its_per_cent_sign_stay_together(path: Path) -> None:
    assert [key for key, text in _texts(_labels(path)) if re.search(r"[ \t]%", text)] == []
