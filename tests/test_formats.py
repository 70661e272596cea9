"""Every format stands once, in the two tables of FORMATS; nothing else in the package lists them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefgen
from briefgen import readers, writers
from briefgen.readers.fetch import ACCEPT, KINDS
from briefgen.registry import by_ending

HOME = Path(briefgen.__file__).parent
TABLES = {"readers/__init__.py", "writers/__init__.py"}
ROWS = (*readers.FORMATS, *writers.FORMATS)
NAMES = {name for row in ROWS for name in (row.name, *row.endings, *row.media, *(ending[1:] for ending in row.endings))}
WRITTEN_OUT = re.compile(r"(?<![\w/.-])\.?[a-z]+(?:/[a-z0-9.+-]+)?(?![\w/])")


def lists(source: str) -> Iterator[tuple[int, set[str]]]:
    """Yield the line and the formats of each literal that names two or more: a collection, or words in one text.

    Texts that explain (docstrings, sentences) write `PDF` and `Word`; a format's name and its endings are in small letters.
    """
    tree = ast.parse(source)
    explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            inside: list[ast.expr | None] = list(node.elts)
        elif isinstance(node, ast.Dict):
            inside = [*node.keys, *node.values]
        elif isinstance(node, ast.BoolOp):
            inside = [side for part in node.values if isinstance(part, ast.Compare) for side in part.comparators]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            named = NAMES & set(WRITTEN_OUT.findall(node.value))
            if len(named) > 1:
                yield node.lineno, named
            continue
        else:
            continue
        named = {each.value for each in inside if isinstance(each, ast.Constant) and isinstance(each.value, str)} & NAMES
        if len(named) > 1:
            yield node.lineno, named


def test_no_other_list_of_formats_is_kept() -> None:
    found = [
        f"{path.relative_to(HOME)}:{line}: {', '.join(sorted(named))}"
        for path in sorted(HOME.rglob("*.py"))
        if path.relative_to(HOME).as_posix() not in TABLES
        for line, named in lists(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        'ENDINGS = (".txt", ".md")',
        'KNOWN = {"pdf": 1, "docx": 2}',
        'KINDS = {"text/html": ".html"}',
        'formats: tuple[Literal["pdf", "html"], ...]',
        'if fmt == "pdf" or fmt == "docx": pass',
        're.compile(r"\\.(pdf|docx)")',
        'help = "Articles (.txt .md), mails"',
        'f"takes pdf, docx or {other}"',
    ],
)
def test_a_list_kept_by_hand_is_found(planted: str) -> None:
    assert list(lists(planted))


@pytest.mark.parametrize("harmless", ['"""Returns pdf or docx."""', 'NAMES = ("pdf", "png")', '"save it as PDF or Word (.docx)"'])
def test_one_format_and_words_that_explain_are_no_list(harmless: str) -> None:
    assert list(lists(harmless)) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.run}")
def test_a_row_says_all(row: readers.Format) -> None:
    assert callable(row.function())
    assert row.title and row.words
    assert row.media and all("/" in kind for kind in row.media)
    assert row.endings and all(re.fullmatch(r"\.[a-z0-9]+", ending) for ending in row.endings)


def test_no_ending_and_no_media_type_has_two_readers() -> None:
    assert len(by_ending(readers.FORMATS)) == sum(len(row.endings) for row in readers.FORMATS)
    assert len(KINDS) == sum(len(row.media) for row in readers.FORMATS)
    assert all(row.limit for row in readers.FORMATS)


def test_the_name_of_a_writer_is_the_ending_of_its_files() -> None:
    assert [row.endings for row in writers.FORMATS] == [(f".{row.name}",) for row in writers.FORMATS]
    assert set(writers.usual()) < set(writers.names())


def test_a_server_is_asked_for_everything_that_can_be_read_and_for_the_page_first() -> None:
    weights = dict(part.partition(";q=")[::2] for part in ACCEPT.split(", "))
    assert set(weights) == {*KINDS, "*/*"}
    assert {kind for kind, weight in weights.items() if not weight} == {"text/html", "application/xhtml+xml"}
