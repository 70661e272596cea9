"""The example briefs, as they are handed over: three formats that say the same, in the pages promised, sound to every judge."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefgen.load.source import read
from briefgen.pipeline import check as checking
from briefgen.pipeline import compile as compiling
from briefgen.project.project import Project
from tests import check_docx, judges, reading
from tests.builders import AUDIENCES, maximal
from tests.mini import ROOT, Mini

INPUTS = sorted([*ROOT.glob("inputs/*.yaml"), *ROOT.glob("inputs/*.json")])
INPUTS = [path for path in INPUTS if not path.name.endswith(".schema.json")]
PAGES = {"executive": 1, "adviser": 2, "public": 2}
MAY_ADD = {"title", "subtitle"}  # styles of headings beside `heading 1` and `heading 2`

pytestmark = [pytest.mark.xdist_group("parity"), pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Made:
    """One brief in every format."""

    version: compiling.Version
    pdf: bytes
    docx: bytes
    html: bytes
    folder: Path

    @property
    def truth(self) -> reading.Read:
        return reading.of_tree(self.version.document.tree)

    def file(self, fmt: str) -> Path:
        path = self.folder / f"{self.version.brief.name}.{fmt}"
        if not path.exists():
            path.write_bytes(getattr(self, fmt))
        return path


@pytest.fixture(scope="module")
def briefs(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Made]:
    """Return every example for every audience, each compiled once."""
    project = Project.find(ROOT)
    folder = tmp_path_factory.mktemp("briefs")
    made = {}
    for path in INPUTS:
        checked = checking.check(project.with_defaults(read(path, path.name)), project)
        for audience in project.audiences():
            version = compiling.compile_brief(checked, audience, project, formats=("pdf", "docx", "html"))
            made[path.stem, audience.name] = Made(
                version, *(version.write(fmt).content for fmt in ("pdf", "docx", "html")), folder
            )
    return made


@pytest.fixture(params=[(path.stem, audience) for path in INPUTS for audience in AUDIENCES], ids="-".join)
def made(request: pytest.FixtureRequest, briefs: dict[tuple[str, str], Made]) -> Made:
    return briefs[request.param]


def test_there_are_examples() -> None:
    assert {path.stem for path in INPUTS} >= {"minimal", "us-russia-reset"}


# ---- the same words


def test_html_and_docx_say_the_same_blocks_and_notes_in_the_same_order(made: Made) -> None:
    word = reading.of_docx(made.docx)
    assert list(word.plain) == made.truth.plain
    assert list(word.notes) == list(made.truth.notes)


def test_notes_are_called_at_the_same_places(made: Made) -> None:
    called = [block.split(reading.NOTE)[0].rstrip() for block in made.truth.blocks if reading.NOTE in block]
    assert [
        block.split(reading.NOTE)[0].rstrip() for block in reading.of_docx(made.docx).blocks if reading.NOTE in block
    ] == called


def test_the_pdf_shows_every_block_and_note(made: Made) -> None:
    assert reading.missing(made.truth.pieces, reading.pdf_pages(made.pdf)) == []


def test_the_pdf_shows_the_blocks_in_their_order(made: Made) -> None:
    """Tables read row by row, so that what stands in them keeps its order, too; each block is sought after the one before."""
    text, at, early = reading.squeeze("".join(reading.pdf_pages(made.pdf))), 0, []
    for block in made.truth.pieces[: len(made.truth.blocks)]:
        found = text.find(reading.squeeze(block), at)
        if found >= 0 and len(block) > 30:
            at = found
        elif len(block) > 30 and reading.squeeze(block) in text:
            early.append(block)
    assert early == []


def test_poppler_reads_the_same_words_in_the_pdf(made: Made) -> None:
    said = reading.words(judges.pdf_text(made.file("pdf")))
    assert made.truth.words - said == Counter()
    extra = said - made.truth.words
    furniture = reading.words(reading.furniture(made.version.document.tree))
    notes = Counter(str(n) for n in range(1, len(made.truth.notes) + 1))
    heads = reading.words(
        " ".join("".join(th.itertext()) for thead in made.version.document.tree.iter("thead") for th in thead.iter("th"))
    )
    left = {word for word in extra if word not in furniture and word not in heads and word not in notes}
    assert {word for word in left if not re.fullmatch(r"\d+|[A-Z]", word)} == set()  # page and item numbers


def test_numbers_are_the_same_in_html_and_docx(made: Made) -> None:
    word = reading.of_docx(made.docx)
    numbers = [Counter(re.findall(r"\d+", " ".join(read.pieces))) for read in (made.truth, word)]
    assert numbers[0] == numbers[1]
    assert numbers[0]


def test_links_lead_to_the_same_addresses(made: Made) -> None:
    links = reading.hrefs(made.version.document.tree)
    assert reading.docx_links(made.docx) == links
    assert reading.pdf_links(made.pdf) == links


def test_the_html_file_says_the_same(made: Made) -> None:
    from briefgen.render import tree

    said = " ".join(tree.parse(made.html.decode()).itertext())
    assert made.truth.words - reading.words(said) == Counter()
    assert not re.search(r"(?:src|href)=\"(?!#|https?://|mailto:|data:)", made.html.decode())


def test_headings_tables_and_notes_are_counted_the_same(made: Made) -> None:
    root = made.version.document.tree
    styles = reading.docx_styles(made.docx)
    assert [styles["title"], styles["heading 1"], styles["heading 2"]] == [
        len(list(root.iter(tag))) for tag in ("h1", "h2", "h3")
    ]
    tags = reading.pdf_tags(made.pdf)
    assert [tags["H1"], tags["H2"], tags["H3"]] == [len(list(root.iter(tag))) for tag in ("h1", "h2", "h3")]
    tables = len(list(root.iter("table")))
    body = reading.parts(made.docx)["word/document.xml"].decode()
    assert body.count("<w:tbl>") == tables + len(list(root.iter("aside")))
    assert tables <= tags["Table"] <= tables + (made.version.fitted.layout.pages if made.version.fitted.layout else 0)
    assert body.count("<w:footnoteReference ") == len(made.truth.notes)


def test_the_bookmarks_are_the_headings(made: Made) -> None:
    headings = [" ".join("".join(e.itertext()).split()) for e in made.version.document.tree.iter() if e.tag in ("h1", "h2", "h3")]
    assert reading.pdf_bookmarks(made.pdf) == headings


# ---- the pages promised


def test_the_page_budget_holds_in_pdf(made: Made) -> None:
    wanted = PAGES.get(made.version.brief.audience.name, 99)
    assert len(reading.pdf_pages(made.pdf)) <= wanted
    assert made.version.fitted.layout is not None
    assert made.version.fitted.layout.pages == len(reading.pdf_pages(made.pdf))
    assert made.version.fitted.layouts <= 7


@pytest.mark.judge
def test_the_page_budget_holds_in_libreoffice(briefs: dict[tuple[str, str], Made], tmp_path: Path) -> None:
    files = {made.file("docx"): audience for (_, audience), made in briefs.items()}
    laid_out = judges.libreoffice_pdf(list(files), tmp_path)
    counts = {path.stem: judges.page_count(laid_out[path]) for path in files}
    assert {
        name: n for (path, audience), (name, n) in zip(files.items(), counts.items(), strict=True) if n > PAGES.get(audience, 99)
    } == {}
    for path, made in zip(files, briefs.values(), strict=True):
        assert reading.missing(made.truth.pieces, judges.pdf_text(laid_out[path]).split("\f")) == []


# ---- sound to the judges


@pytest.mark.judge
def test_each_pdf_is_accessible(made: Made) -> None:
    assert judges.pdf_ua(made.file("pdf")) == []


@pytest.mark.judge
def test_each_word_file_is_open_xml(briefs: dict[tuple[str, str], Made]) -> None:
    assert {
        path.name: found for path, found in judges.ooxml([made.file("docx") for made in briefs.values()]).items() if found
    } == {}


def test_each_word_file_passes_our_own_checks(made: Made) -> None:
    assert check_docx.check(made.docx) == []


def test_nothing_was_said_by_the_writers(made: Made) -> None:
    said = [d for fmt in ("pdf", "docx", "html") for d in made.version.write(fmt).diagnostics]
    assert said == []


# ---- the same bytes


def _bytes(mini: Mini, folder: str, **environment: str) -> dict[str, bytes]:
    done = mini.process("render", "maxi.json", "-a", "adviser", "-t", "pdf,docx,html", "-o", folder, **environment)
    assert done.code == 0, done.err
    return {path.suffix: path.read_bytes() for path in (mini.folder / folder).iterdir()}


def test_two_runs_give_the_same_bytes(mini: Mini) -> None:
    mini.write("maxi.json", maximal())
    one = _bytes(mini, "one", PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C")
    two = _bytes(mini, "two", PYTHONHASHSEED="2", TZ="America/Los_Angeles", LC_ALL="C.UTF-8", SOURCE_DATE_EPOCH="1")
    assert set(one) == {".pdf", ".docx", ".html"}
    assert {suffix: one[suffix] == two[suffix] for suffix in one} == {".pdf": True, ".docx": True, ".html": True}


def test_writing_again_gives_the_same_bytes(made: Made) -> None:
    assert [made.version.write(fmt).content == getattr(made, fmt) for fmt in ("pdf", "docx", "html")] == [True, True, True]


HOLDS = """
from functools import cache
from pathlib import Path
from briefgen.load.source import read
from briefgen.pipeline.check import check
from briefgen.pipeline.compile import compile_brief
from briefgen.project.project import Project


@cache
def version():
    project = Project.find(Path("."))
    checked = check(read(Path("maxi.json")), project)
    return compile_brief(checked, project.audience("executive"), project)


print(len(version().write("pdf").content) > 1000)
"""


def test_a_program_may_hold_a_layout_until_it_ends(mini: Mini) -> None:
    mini.write("maxi.json", maximal())
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", HOLDS], cwd=mini.folder, env=env, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")


# ---- what each level may show


CODE = re.compile(r"\b(?:(?:SC|[SDRJAWX])\d{1,2}|PHIA|ICD|¶\d+)\b")


def test_no_code_reaches_the_top_or_the_public(made: Made) -> None:
    codes = CODE.findall(" ".join(made.truth.pieces))
    assert bool(codes) == (made.version.brief.audience.name in ("adviser", "analyst"))


def test_every_page_of_a_draft_says_so_and_no_page_of_a_final_brief(made: Made) -> None:
    pages = [judges.pdf_text(made.file("pdf"), page=n + 1) for n in range(len(reading.pdf_pages(made.pdf)))]
    draft = made.version.brief.head.draft
    assert ["DRAFT" in page for page in pages] == [draft] * len(pages)
    assert ["DRAFT" in text for text in reading.docx_furniture(made.docx) if text] == [draft] * 2


def test_the_marking_stands_on_every_page(made: Made) -> None:
    marking = made.version.brief.head.marking
    pages = reading.pdf_pages(made.pdf)
    assert ["TLP:" in page for page in pages] == [bool(marking)] * len(pages)
    assert any("TLP:" in text for text in reading.docx_furniture(made.docx)) == bool(marking)


@pytest.mark.parametrize("audience", ["adviser", "analyst", "public"])
def test_each_development_shown_prints_its_status(briefs: dict[tuple[str, str], Made], audience: str) -> None:
    made = briefs["us-russia-reset", audience]
    [section] = [section for section in made.version.brief.sections if section.part == "developments"]
    statuses = Counter(item.status.value.capitalize() for item in section.items)
    [element] = [e for e in made.version.document.tree.iter("section") if e.get("id") == section.id]
    assert Counter("".join(span.itertext()) for span in element.iter("span") if span.get("class") == "status") == statuses
    said = reading.words(" ".join(reading.of_docx(made.docx).plain))
    assert all(said[word] >= count for word, count in statuses.items())


def test_the_sources_of_a_relayed_report_are_named_at_every_level(briefs: dict[tuple[str, str], Made]) -> None:
    for (name, _), made in briefs.items():
        if name == "us-russia-reset":
            assert "Reuters" in " ".join(made.truth.plain)


def test_the_analyst_is_shown_everything(briefs: dict[tuple[str, str], Made]) -> None:
    brief = briefs["us-russia-reset", "analyst"].version.brief
    assert brief.cuts == ()
    for section in brief.sections:
        assert section.dropped == ()


@pytest.fixture(autouse=True)
def _calm() -> Iterator[None]:
    """Leave the environment as it was: the layout engine sets FONTCONFIG_FILE while it starts."""
    before = dict(os.environ)
    yield
    assert dict(os.environ) | {"PYTEST_CURRENT_TEST": ""} == before | {"PYTEST_CURRENT_TEST": ""}
