"""Edits change the value, or add one line or one entry, and nothing else; what is unsafe is refused or left alone."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path

import pytest

from briefgen.findings.diagnostics import BriefgenError
from briefgen.load.edit import Change, edited, save
from briefgen.load.source import parse, read

BLOCK = """# a head
sources:
  - id: S1      # mine
    title: "T"   # a comment that stays
    file: 'a.txt'  # the text

  - {id: S2, title: T, file: b.txt}   # flow
  - file: >-
      c.txt
    id: S3
last: x
"""
AFTER = ("file",)


def new(text: str, *changes: Change, name: str = "a.yaml") -> str:
    return edited(parse(text, Path(name)), changes)[0]


def lines(before: str, after: str) -> list[str]:
    return [row for row in ndiff(before.splitlines(True), after.splitlines(True)) if row[0] in "+-"]


def test_a_new_key_in_a_block_is_one_new_line() -> None:
    after = new(BLOCK, Change("/sources/0/file_sha256", "ab" * 32, AFTER))
    assert lines(BLOCK, after) == [f"+     file_sha256: {'ab' * 32}\n"]
    assert after.index("file_sha256") > after.index("# the text")
    after = new(BLOCK, Change("/sources/2/locator", "¶3", AFTER))
    assert lines(BLOCK, after) == ["+     locator: ¶3\n"]


def test_a_new_key_in_braces_is_one_new_entry() -> None:
    after = new(BLOCK, Change("/sources/1/locator", "¶3", AFTER))
    assert lines(BLOCK, after)[1] == "+   - {id: S2, title: T, file: b.txt, locator: ¶3}   # flow\n"


def test_a_value_is_replaced_in_its_own_quotation_marks() -> None:
    changes = [Change("/sources/0/title", "New: one"), Change("/sources/0/file", "d.txt"), Change("/last", "yes")]
    after = new(BLOCK, *changes)
    assert '    title: "New: one"   # a comment that stays\n' in after
    assert "    file: 'd.txt'  # the text\n" in after
    assert 'last: "yes"\n' in after


@pytest.mark.parametrize(
    "value", ["x: y", "- a", "# no", "1", "null", " a", "é ¶", "it's", 'a "b"', "1" * 64, "12e" + "3" * 61, "a\\b", "*a"]
)
def test_any_text_can_be_set(value: str) -> None:
    for pointer in ("/sources/0/file", "/sources/1/title", "/last"):
        source = parse(new(BLOCK, Change(pointer, value)), Path("a.yaml"))
        node = source.values
        for key in pointer.split("/")[1:]:
            node = node[int(key)] if isinstance(node, list) else node[key]
        assert node == value


def test_several_changes_at_once_and_none() -> None:
    rows = [Change(f"/sources/{at}/locator", f"¶{at}", AFTER) for at in range(3)]
    text, made = edited(parse(BLOCK, Path("a.yaml")), rows)
    assert made == rows
    assert parse(text, Path("a.yaml")).values["sources"][2]["locator"] == "¶2"
    assert edited(parse(BLOCK, Path("a.yaml")), []) == (BLOCK, [])


def test_what_can_not_be_placed_is_left_alone() -> None:
    for change in (
        Change("/sources/0/locator", "x", ("quote",)),
        Change("/sources/2/file", "x"),
        Change("/nowhere/a", "x", AFTER),
    ):
        assert edited(parse(BLOCK, Path("a.yaml")), [change]) == (BLOCK, [])


@pytest.mark.parametrize("indent", [None, 2])
def test_json(indent: int | None) -> None:
    import json

    text = json.dumps({"sources": [{"id": "S1", "file": "a.txt"}]}, indent=indent)
    after = new(text, Change("/sources/0/locator", "¶3", AFTER), name="a.json")
    assert json.loads(after) == {"sources": [{"id": "S1", "file": "a.txt", "locator": "¶3"}]}
    assert after == json.dumps(json.loads(after), indent=indent, ensure_ascii=False)


def test_line_ends_and_marks_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + BLOCK.replace("\n", "\r\n").encode())
    source = read(path)
    text, made = edited(source, [Change("/sources/0/locator", "¶1", AFTER)])
    assert made
    save(source, text)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf#")
    assert content.count(b"\n") == content.count(b"\r\n") == BLOCK.count("\n") + 1


def test_a_file_that_changed_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(BLOCK, encoding="utf-8")
    source = read(path)
    path.write_text(BLOCK + "more: 1\n", encoding="utf-8")
    with pytest.raises(BriefgenError, match="changed"):
        save(source, new(BLOCK, Change("/last", "z")))
    assert path.read_text(encoding="utf-8").endswith("more: 1\n")
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]
