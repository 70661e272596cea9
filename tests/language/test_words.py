"""The files of words: what each language lacks against English is what LNG-01 says; a new language is a file and no Python."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import briefgen
from briefgen.language import gazetteer, wordlists
from briefgen.language.wordlists import CHECKED, FIRST, data, lacking, languages, lists, pattern, section, split
from briefgen.load import parse, validate
from briefgen.model.project_file import Checks, WordChange
from briefgen.rules import check
from tools import docs_words

PACKAGE = Path(briefgen.__file__).parent
FOLDER = PACKAGE / "language/data"
OTHERS = languages()[1:]
ALONE = {"sentences ordinals", "wordings hearsay", "wordings reported_mood", "checks yardstick"}  # what English has no use for
EXPRESSIONS = {
    "dates": ("relative", "two_weeks", "three_weeks", "two_months", "last_year", "next_year", "year_end"),
    "figures": (
        *("or_more", "or_less", "or_about", "least", "most", "out_of", "some_of", "half_a", "times", "part"),
        *("together", "apart", "limits"),
    ),
    "denials": ("everybody", "undone", "otherwise", "none"),
    "relations": ("all", "part", "not_all", "up", "down", "earlier", "later", "because", "causal"),
    "wordings": ("said", "tells", "open", "mild", "sure", "stance"),
    "speakers": ("before_verb",),
    "articles": ("author", "dated", "source", "no_name", "trade", "is", "teaches", "writes", "about", "page"),
}
WHOLE = ("numbers", "scales", "bounds", "decimal_comma")


def told(language: str) -> list[str]:
    source = parse(f"title: T\nlanguage: {language}\nsources: [{{id: S1, title: T}}]", Path("s.yaml"))
    return [row.message for row in check(validate(source), source) if row.code == "LNG-01"]


@pytest.mark.parametrize("language", OTHERS)
def test_lng_01_says_what_a_language_lacks(language: str) -> None:
    missing = {f"{name} {key}" for name, keys in lacking(language).items() for key in keys}
    english = {f"{name} {key}" for name in CHECKED for key in lists(FIRST, name)}
    assert missing == english - {f"{name} {key}" for name in CHECKED for key in data(language)[name]}
    name = data(language)["name"]
    assert told(language) == [f"checks that need {len(missing)} of {len(english)} word lists say nothing in {name}"]


def test_a_language_without_a_file_lacks_everything() -> None:
    assert told("mt") == ["checks that need all word lists say nothing in mt"]
    assert told("en-IE") == []


def test_the_documents_list_what_each_language_lacks() -> None:
    page = docs_words.language_words()
    assert set(docs_words.sections()) == set(docs_words.USE)
    for language in OTHERS:
        (line,) = (line for line in page.splitlines() if line.startswith(f"{data(language)['name']} lacks: "))
        rows = {name: keys for name, keys in lacking(language, docs_words.sections()).items() if name != "names"}
        assert re.findall(r"`(\w+)`", line) == [each for name, keys in rows.items() if keys for each in (name, *keys)]


class Strict(yaml.SafeLoader):
    """Refuses a key that stands twice: the second list would silently take the place of the first."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = sorted(key for key in keys if keys.count(key) > 1)
        assert not twice, f"twice in line {node.start_mark.line + 1}: {twice}"
        return super().construct_mapping(node, deep)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_list_stands_twice(path: Path) -> None:
    assert yaml.load(path.read_text(encoding="utf-8"), Strict)


def test_a_list_that_stands_twice_is_found() -> None:
    with pytest.raises(AssertionError, match="twice in line 1"):
        yaml.load("a: 1\nb: {c: x, d: y}\na: 2\n", Strict)


@pytest.mark.parametrize("language", languages())
def test_every_list_is_of_the_kind_that_english_has(language: str) -> None:
    for name in data(language):
        if name == "name":
            continue
        for key, value in section(language, name).items():
            if not isinstance(value, bool) and name != "names" and f"{name} {key}" not in ALONE:
                assert type(value) is type(section(FIRST, name).get(key)), (name, key)
            rows = value.values() if hasattr(value, "values") else (value,)
            assert f"{name} {key}" in ALONE or all(isinstance(row, bool) or split(row) for row in rows), (name, key)
    figures = section(language, "figures")
    assert not figures or set(WHOLE) <= set(figures)


@pytest.mark.parametrize("language", languages())
def test_regular_expressions_are_some(language: str) -> None:
    for name, keys in EXPRESSIONS.items():
        for key in keys:
            re.compile(f"(?:{wordlists.bars(name, key, language)})")


def test_what_is_loaded_is_never_changed() -> None:
    with pytest.raises(TypeError):
        data("en")["checks"]["hedges"] = ""  # type: ignore[index]
    assert data("en") is data("en")


def test_a_project_adds_and_removes_entries() -> None:
    checks = Checks(loaded_words=WordChange(add=("plutocrat*", "Huawei"), remove=("regime",)), acronyms=WordChange(add=("WFP",)))
    changed, packaged = (wordlists.table("en-GB", each) for each in (checks, Checks()))
    assert changed.has("loaded_words", "Plutocrats of HUAWEI")
    assert not packaged.has("loaded_words", "Plutocrats of HUAWEI")
    assert packaged.has("loaded_words", "the regime fell")
    assert not changed.has("loaded_words", "the regime fell")
    assert changed.has("acronyms", "WFP")
    assert not changed.has("acronyms", "wfp")


@pytest.mark.parametrize(
    ("entries", "text", "found"),
    [
        (["may", "=May"], "May may", ["May", "may"]),
        (["=may"], "May may", ["may"]),
        (["May"], "May may", ["May"]),
        (["risk*"], "riskier risk-averse", ["riskier", "risk-averse"]),
        (["*ministerium"], "Innenministerium", ["Innenministerium"]),
        (["since 20\\d\\d"], "since 2019", ["since 2019"]),
        (["that's"], "that’s that", ["that’s"]),
        (["a", "a b"], "a b a", ["a b", "a"]),
    ],
)
def test_entries_find_whole_words(entries: list[str], text: str, found: list[str]) -> None:
    assert [match[0] for match in pattern(entries, sensitive=None).finditer(text)] == found


def test_the_gazetteer_names_all_that_it_groups() -> None:
    english = gazetteer.called(FIRST)
    assert {key for keys in data("gazetteer")["groups"].values() for key in split(keys)} <= set(english)
    assert set(gazetteer.kinds()) <= {key for language in languages() for key in gazetteer.called(language)}
    members = [actor for actor in gazetteer.actors() if actor.group == "members"]
    assert [members[at].name for at in (0, 4, 26)] == ["Belgium", "Germany", "Sweden"]
    assert len(members) == 27


def test_marks_say_who_takes_a_name() -> None:
    row = gazetteer.called(FIRST)["GB"]
    names = {name.text: name for column in row for name in column}
    assert names["London"] == ("London", True, True, True)
    assert names["Whitehall"] == ("Whitehall", False, False, True)
    assert names["U.K."] == ("U.K.", True, False, False)


def test_a_new_language_is_a_file_and_no_python(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "briefgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parent / "templates", tmp_path / "templates")
    words = "name: Italian\ndates: {weekdays: 'lunedì, martedì'}\nchecks:\n  relative: ieri, domani\n  weasel: forse\n"
    (tmp_path / "briefgen/language/data/it.yaml").write_text(words, encoding="utf-8")
    text = "language: it\ntitle: T\nstage: draft\nbottom_line: Forse il governo decide domani.\nsources: [{id: S1, title: T}]\n"
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "briefgen", "check", "s.yaml"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    said = ran.stdout + ran.stderr
    assert "word lists say nothing in Italian" in said
    assert "English, German, French, Italian" in said
    assert "“domani”" in said
    assert "“Forse”" in said


def tabled(source: str) -> Iterator[int]:
    """Yield the lines at which a mapping by language stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if len(keys & set(languages())) > 1:
                yield node.lineno


def test_no_table_by_language_stands_in_python() -> None:
    regions = PACKAGE / "writers/docx/languages.py"  # which country a language is written for in Word: no words
    found = [path for path in PACKAGE.rglob("*.py") if path != regions and any(tabled(path.read_text(encoding="utf-8")))]
    assert found == []
    assert list(tabled("x = 1\nWORDS = {'en': 'no', 'de': 'nein'}")) == [2]
