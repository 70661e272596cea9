"""The page on every section: nothing is left out of it, and each example on it is rendered and judged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefgen.project.project import Project
from briefgen.tailor import known
from briefgen.tailor.parts import PARTS, rows_of
from briefgen.tailor.views import Projection
from briefgen.writers import write
from tests import builders, judges, reading
from tests.check_docx import check
from tests.mini import ROOT, Mini
from tools import docs_sections

PAGE = (ROOT / "docs/sections.md").read_text(encoding="utf-8")
ENTRY = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
WHOLE = builders.maximal()


def test_every_part_has_an_entry() -> None:
    assert list(ENTRY) == list(PARTS)


def test_every_packaged_template_stands_with_its_part() -> None:
    for use in Project(ROOT).template_set.sections():
        part = docs_sections.part_of(use)
        assert part is not None
        assert f"\n| `{use}` |" in ENTRY[part], use


@pytest.mark.parametrize("part", PARTS)
def test_every_field_of_what_a_template_really_gets_is_listed_with_words(part: str) -> None:
    summary = builders.summary(WHOLE)
    rows = rows_of(part, Projection(summary, summary.marking.tlp), ("full",))
    there = {name for view, _ in rows for name in view}
    rows_on_page = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]*\|$", ENTRY[part], re.MULTILINE))
    assert there <= set(rows_on_page), part
    assert set(known.fields_of(part)) == set(rows_on_page)
    assert all(words.strip() for words in rows_on_page.values())


def test_a_field_without_words_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs_sections, "ADDED", {**known.ADDED, "risks": ("surprise",)})
    monkeypatch.setattr(docs_sections, "fields_of", lambda part: (*known.fields_of(part), "surprise"))
    with pytest.raises(KeyError, match="surprise"):
        docs_sections.every_section()


def test_a_part_without_an_example_is_not_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(docs_sections, "EXAMPLES", tmp_path)
    with pytest.raises(FileNotFoundError):
        docs_sections.every_section()


def test_who_prints_what_is_read_from_the_templates() -> None:
    assert re.search(r"^\| `mitigation` \|.*\| `risks_register`, `risks_table` \|$", ENTRY["risks"], re.MULTILINE)
    assert re.search(r"^\| `why` \|.*\| `watch_list`, `watch_table` \|$", ENTRY["watch"], re.MULTILINE)
    assert re.search(r"^\| `keep` \|.*\|  \|$", ENTRY["risks"], re.MULTILINE)


# ---- the examples


def shown(part: str) -> str:
    """Return the template on the page, which is what is tested."""
    found = re.search(r"```html\n\{# (\S+) #\}\n(.*?)```", ENTRY[part], re.DOTALL)
    assert found is not None
    assert found[1] == f"templates/default/sections/my_{part}.html"
    return found[2]


def line(part: str) -> str:
    """Return the line on the page that names the template."""
    found = re.search(r"```text\n(  - .*)\n```", ENTRY[part])
    assert found is not None
    return found[1]


def desk(mini: Mini, *parts: str) -> None:
    """Make `own` an audience of the examples of these parts, as a person would from the page."""
    for part in parts:
        mini.template(f"sections/my_{part}.html", shown(part))
    lines = "\n".join(line(part) for part in parts)
    mini.write("templates/audiences/own.yaml", f"extends: analyst\nlabel: Our own\nsections:\n{lines}\ncut: []\n")


@pytest.mark.parametrize("part", PARTS)
def test_an_example_prints_its_part_and_its_title(mini: Mini, part: str) -> None:
    desk(mini, *(PARTS if part == "glossary" else [part]))  # a glossary explains the terms that other sections use
    document = mini.document(WHOLE, "own")
    title = docs_sections.TITLES[part]
    [section] = [found for found in document.tree.iterfind("body/main/section") if found.findtext("h2") == title]
    assert len(" ".join(section.itertext()).split()) > len(title.split()) + 2
    word = write(document, "docx")
    assert check(word.content) == []


def test_all_examples_together_are_judged_as_the_packaged_ones_are(mini: Mini, tmp_path: Path) -> None:
    desk(mini, *PARTS)
    document = mini.document(WHOLE, "own")
    files = {form: tmp_path / f"own.{form}" for form in ("pdf", "docx")}
    for form, file in files.items():
        file.write_bytes(write(document, form).content)
    text = reading.squeeze("".join(reading.pdf_pages(files["pdf"].read_bytes())))
    word = reading.squeeze(" ".join(reading.of_docx(files["docx"].read_bytes()).plain))
    for title in docs_sections.TITLES.values():
        assert reading.squeeze(title) in text
        assert reading.squeeze(title) in word
    assert judges.pdf_ua(files["pdf"]) == []
    assert judges.ooxml([files["docx"]]) == {files["docx"]: []}
