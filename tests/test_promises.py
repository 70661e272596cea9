"""Numbers that the documents promise are the program's: a changed limit is a changed sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2.sandbox import MAX_RANGE

from briefgen import files
from briefgen.drafters import parts as drafts
from briefgen.findings import groups
from briefgen.load import build
from briefgen.load.characters import MAX_BYTES as MAX_FILE
from briefgen.load.starter import starter
from briefgen.model.project_file import Checks
from briefgen.pipeline import fit, refill, waive
from briefgen.project.project import Project
from briefgen.readers import MAX_BYTES, MAX_TEXT, fetch, mail, pdf, press
from briefgen.render import hyphens, limits, logo
from briefgen.rules import quotes, reading_level
from briefgen.template_check.samples import MANY

ROOT = Path(__file__).parents[1]
WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "twelve": 12, "twenty": 20, "thirty": 30, "sixty": 60, "third": 3}


def number(text: str) -> float:
    """Return a number in digits or in words: `2,500,000`, `200 000`, `a quarter`."""
    plain = text.replace(",", "").replace(" ", "").replace("\u202f", "")
    return WORDS[text] if text in WORDS else float(plain)


PROMISES: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    ("security", r"(\d+) MB a file, (\d+) levels, ([\d,]+) values", (MAX_FILE / 1e6, build.MAX_DEPTH, build.MAX_NODES)),
    ("security", r"\| ([\d,]+) steps \|", (limits.MAX_STEPS,)),
    ("security", r"\| ([\d,]+) characters \| printed", (limits.MAX_OUTPUT,)),
    ("security", r"\| ([\d,]+) characters and entries \| read", (limits.MAX_WORK,)),
    ("security", r"\| ([\d,]+) numbers \| of one `range`", (MAX_RANGE,)),
    ("security", r"\| (\d+) bits \|", (limits.MAX_WHOLE.bit_length() - 1,)),
    ("security", r"\| ([\d,]+) characters \| of one template file", (limits.MAX_SOURCE,)),
    ("security", r"after (\w+) it ends", (fetch.Limits().redirects,)),
    ("security", r"(\d+) MB once unpacked and (\d+) seconds", (fetch.Limits().size / 1e6, fetch.Limits().seconds)),
    ("security", r"(\d+) MB unpacked, of ([\d,]+) parts, and of (\d+) times", (files.UNPACKED / 1e6, files.MEMBERS, files.RATIO)),
    ("security", r"most (\d+) MB and (\d+) megapixels", (logo.MAX_BYTES / 1e6, logo.MAX_PIXELS / 1e6)),
    ("evidence", r"may have (\d+) MB, a Word file or a PDF (\d+) MB and ([\d,]+) pages",
     (MAX_TEXT / 1e6, MAX_BYTES / 1e6, pdf.MAX_PAGES)),
    ("draft", r"at least (\w+) words must follow", (press.LEAST_WORDS,)),
    ("draft", r"own text \((\w+) words at least", (mail.LEAST_WORDS,)),
    ("draft", r"has (\d+) words at most", (quotes.QUOTED,)),
    ("draft", r"the first ([\d ]+) characters are read", (drafts.MAX_CHARACTERS,)),
    ("languages", r"words from (\w+) letters on", (hyphens.LONG,)),
    ("checks", r"The (\w+) most valuable things come first", (groups.SHOWN_TO_IMPROVE,)),
    ("checks", r"The (\w+)\s+finding of one code folds the rest", (groups.SHOWN_OF_A_CODE["improve"],)),
    ("checks", r"its first (\d+) characters", (waive.LONGEST,)),
    ("checks", r"A paragraph has (\d+) words at the most", (Checks().paragraph_words,)),
    ("checks", r"the passive, the reader asks who acts\. \| English, from (\w+) sentences on", (reading_level.ENOUGH,)),
    ("templates", r"none, one and\s+(\w+) items", (MANY,)),
    ("audiences", r"at most (\w+) more layouts", (refill.TRIES,)),
    ("audiences", r"(\w+) lines of body type stay free", (fit.HELD_BACK,)),
    ("audiences", r"(\w+) are packaged", (len(Project(ROOT).audience_files),)),
)  # fmt: skip


@pytest.mark.parametrize(("page", "sentence", "true"), PROMISES, ids=[f"{row[0]}: {row[1]}" for row in PROMISES])
def test_a_number_in_the_documents_is_the_programs(page: str, sentence: str, true: tuple[float, ...]) -> None:
    match = re.search(sentence, (ROOT / f"docs/{page}.md").read_text(encoding="utf-8"))
    assert match, f"docs/{page}.md no longer says it: take the row out, or mend it"
    assert tuple(number(said.lower()) for said in match.groups()) == true


def test_the_smallest_summary_to_begin_with_is_as_short_as_it_is_said() -> None:
    said = re.search(r"writes one of fewer than (\w+) lines", (ROOT / "docs/summary.md").read_text(encoding="utf-8"))
    assert said
    assert starter().count("\n") < {"forty": 40}[said[1]]
