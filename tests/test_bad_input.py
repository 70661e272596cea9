"""Bad input, through the command line: an exit code that says whose fault it is, one finding with its cure, nothing half-written.

Exit codes: 0 ok · 1 rejected content · 2 usage · 3 warnings under --strict · 4 environment · 70 a bug of ours.
"""

from __future__ import annotations

import errno
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefgen.files import TEMPORARY_PREFIX
from briefgen.render import tree
from tests import reading
from tests.builders import AUDIENCES, changed, developments, maximal, minimal
from tests.mini import Done, Mini

HEAD = "id: bad\nlanguage: en\ntitle: T\nsources: [{id: S1, title: T, published: unknown}]\n"
OUTSIDE = """id: bad
language: en
title: T
sources: [{{id: S1, title: T, published: unknown, file: {}}}]
key_developments: [{{headline: H, text: T, status: reported}}]
"""
GOOD = HEAD + "key_developments: [{headline: H, text: T, status: reported}]\n"


def _sound(done: Done) -> None:
    """What holds of every answer: told in sentences, and never by a bug of ours."""
    assert "Traceback" not in done.out + done.err
    assert "a bug of ours" not in done.err
    assert done.code in (0, 1, 2, 3, 4)
    assert done.code == 0 or done.err.strip()


def _clean(mini: Mini) -> None:
    """Nothing half-written and no temporary file anywhere."""
    assert [name for name in mini.files() if Path(name).name.startswith(TEMPORARY_PREFIX)] == []


FILES: dict[str, tuple[bytes | str, str, int, str]] = {
    "an empty file": (b"", "FIL-01", 1, "the file is empty"),
    "blanks only": (" \n\n\t\n", "FIL-01", 1, "the file is empty"),
    "comments only": ("# nothing\n", "FIL-01", 1, "comments only"),
    "an image": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "FIL-02", 1, "an image"),
    "a Word file": (b"PK\x03\x04" + bytes(100), "FIL-02", 1, "a Word file"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "FIL-02", 1, "a PDF"),
    "binary rubbish": (bytes(range(256)) * 20, "FIL-02", 1, "no text"),
    "Windows-1252": (GOOD.replace("H,", "Größe,").encode("cp1252"), "FIL-03", 1, "Windows-1252, the line says"),
    "an article": ("The talks went on for a long time and nobody could say when they would end.\n" * 4, "FIL-09", 1,
    "like an article"),
    "a list": ("- a\n- b\n", "FIL-09", 1, "a list"),
    "a text": ("hello\n", "FIL-09", 1, "a text"),
    "a tab that indents": (HEAD + "risks:\n\t- title: t\n", "YML-03", 1, "tab"),
    "a key that stands twice": (GOOD + "title: Again\n", "YML-04", 1, "stands twice"),
    "a quotation mark that is not closed": (HEAD + 'dek: "no end\n', "YML-05", 1, ""),
    "an alias bomb": ("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n" + GOOD, "YML-07", 1, ""),
    "a tag that builds an object": ("x: !!python/object/apply:os.system ['true']\n" + GOOD, "YML-07", 1, ""),
    "a second document": (GOOD + "---\n" + GOOD, "YML-10", 1, ""),
    "JSON that ends in the middle": ('{"title": "T", ', "JSN-01", 1, ""),
    "a colon in a headline": (HEAD + "dek: Washington: a turn\n", "YML-", 1, '"Washington: a turn"'),
    "a per cent after a dash": (HEAD + "lines_to_take:\n  - %30 of GDP\n", "YML-", 1, ""),
    "10 MB": (GOOD + "# " + "x" * 10_000_000, "FIL-04", 1, "larger than 2 MB"),
    "10 MB in one value": (HEAD + "dek: " + "x" * 10_000_000, "FIL-04", 1, "larger than 2 MB"),
    "5,000 levels": (GOOD + "x: " + "[" * 5000 + "]" * 5000, "FIL-05", 1, "levels"),
    "5,000 levels of keys": (GOOD + "x: " + "{a: " * 5000 + "1" + "}" * 5000, "FIL-05", 1, "levels"),
    "60,000 values": (GOOD + "x: [" + "1," * 60_000 + "]", "FIL-06", 1, "values"),
    "a control character": (GOOD.replace("title: T\n", 'title: "a\\x07b"\n'), "FIL-07", 1, "U+0007"),
    "a bare control character": (GOOD.replace("title: T\n", "title: a\x0cb\n"), "FIL-07", 1, "U+000C"),
    "a private-use character": (GOOD.replace("title: T\n", "title: a\ue000b\n"), "FIL-08", 1, "U+E000"),
    "half a pair of surrogates": ('{"title": "\\ud800", "language": "en", "sources": []}', "FIL-07", 1, "U+D800"),
    "an unknown key": (GOOD + "risk: []\n", "MOD-01", 1, "risks"),
    "an unknown audience's wording": (GOOD.replace("title: T\n", "title: {full: T, exectuive: U}\n"), "TXT-01", 0, "executive"),
    "a key that is missing": ("title: T\n", "MOD-02", 1, "language"),
    "a text where a list is expected": (GOOD + "risks: many\n", "MOD-03", 1, ""),
    "a list where a text is expected": (GOOD + "dek: [a, b]\n", "MOD-0", 1, ""),
    "a word that is none of those allowed": (GOOD.replace("reported", "rumoured"), "MOD-04", 1, "reported"),
    "a date that can't be": (GOOD + "as_of: 2025-02-30\n", "DAT-06", 1, ""),
    "a marking of version 1": (GOOD + "marking: {tlp: WHITE}\n", "MRK-01", 1, "CLEAR"),
    "a likelihood outside the yardstick": (GOOD + "risks: [{title: t, mechanism: m, likelihood: undoubtedly}]\n", "LIK-01",
    1, "almost certain"),
    "a reference to nobody": (GOOD + "rests_on: [D9]\n", "REF-01", 1, "D9"),
    "a source's file outside the folder": (OUTSIDE.format("../../etc/passwd"), "SRC-01", 1, ""),
    "a source's file at the root": (OUTSIDE.format("/etc/passwd"), "SRC-01", 1, ""),
    "empty lists": (GOOD + "risks: []\nstakeholders: []\nkey_judgements: []\noutlook: {}\nglossary: []\n", "", 0, ""),
    "no sources": (GOOD.replace("[{id: S1, title: T, published: unknown}]", "[]"), "MOD-05", 1, ""),
    "keys without values": (GOOD + "dek:\nrisks:\nmarking:\n", "", 0, ""),
    "Windows line ends and a mark of byte order": (b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), "", 0, ""),
    "UTF-16": (GOOD.encode("utf-16"), "", 0, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_told_with_its_code_and_cure(mini: Mini, name: str) -> None:
    content, code, exit_code, told = FILES[name]
    file = "bad.json" if name.startswith(("JSON", "half")) else "bad.yaml"
    mini.write(file, content)
    done = mini.cli("check", "-v", file)
    _sound(done)
    assert (done.code != 0) == bool(exit_code), done.err
    assert not exit_code or done.code == exit_code
    assert code in done.err
    assert told in done.err
    assert not code or f"{file}:" in done.err  # each at its place


@pytest.mark.parametrize("name", [name for name, row in FILES.items() if row[2]])
def test_a_bad_file_is_not_rendered_and_leaves_nothing(mini: Mini, name: str) -> None:
    content, code, _, _ = FILES[name]
    file = "bad.json" if name.startswith(("JSON", "half")) else "bad.yaml"
    mini.write(file, content)
    done = mini.cli("render", file, "-t", "html")
    _sound(done)
    assert (done.code, mini.files()) == (1, {file})
    assert code in done.err


def test_many_mistakes_are_told_at_once(mini: Mini) -> None:
    mini.write(
        "bad.yaml", "titel: T\nlanguage: english\nrisks: many\nkey_developments: [{headline: h, status: rumoured}]\nsources: []\n"
    )
    done = mini.cli("check", "bad.yaml")
    assert done.code == 1
    assert [line for line in range(1, 6) if f"bad.yaml:{line}:" not in done.err] == []
    assert "title" in done.err


def test_a_file_that_changed_since_is_shown_as_it_is_now(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library or a preview lives long: neither another text in the file nor another folder may show an old line."""
    for folder, word in (("a", "one"), ("b", "two")):
        mini.write(f"{folder}/bad.yaml", GOOD.replace("reported", f"status_{word}"))
        monkeypatch.chdir(mini.folder / folder)
        assert f"status: status_{word}" in mini.cli("check", "bad.yaml").err.replace(f"not `status_{word}`", "")
    mini.write("b/bad.yaml", GOOD.replace("reported", "status_six"))
    assert "status: status_six" in mini.cli("check", "bad.yaml").err


# ---- paths


@pytest.mark.parametrize("command", ["check", "render"])
@pytest.mark.parametrize(
    ("path", "told"),
    [("nowhere.yaml", "there is no file nowhere.yaml"), ("folder", "folder is a folder"),
    ("nowhere/deep.yaml", "there is no folder nowhere"),
     ("good.yml", "did you mean good.yaml?"), ("good.yaml/below", "there is no file")],
)  # fmt: skip
def test_a_path_that_is_no_file_is_a_fault_of_usage(mini: Mini, command: str, path: str, told: str) -> None:
    mini.write("good.yaml", GOOD)
    (mini.folder / "folder").mkdir()
    done = mini.cli(command, path)
    _sound(done)
    assert (done.code, told in done.err) == (2, True), done.err
    assert mini.files() == {"good.yaml"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_can_not_be_read_is_the_machine_s_fault(mini: Mini) -> None:
    mini.write("good.yaml", GOOD).chmod(0)
    assert mini.cli("check", "good.yaml").code == 4


def test_a_file_that_fails_while_it_is_read_is_the_machine_s_fault(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    path = mini.write("good.yaml", GOOD)
    original = Path.open

    def fail(self: Path, *arguments: Any, **options: Any) -> Any:
        if self.name == path.name:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return original(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", fail)
    done = mini.cli("render", "good.yaml", "-t", "html")
    _sound(done)
    assert (done.code, "can't read good.yaml" in done.err) == (4, True)


def test_a_bad_summary_does_not_stop_the_good_ones(mini: Mini) -> None:
    mini.write("a.yaml", minimal(id="a"))
    mini.write("b.yaml", "titel: T\n")
    mini.write("c.yaml", minimal(id="c"))
    done = mini.cli("render", "a.yaml", "b.yaml", "nowhere.yaml", "c.yaml", "-a", "executive", "-t", "docx")
    _sound(done)
    assert done.code == 2  # of several causes: a path that is not there before rejected content
    assert {name for name in mini.files() if name.startswith("outputs/")} == {
        "outputs/a-executive.docx",
        "outputs/c-executive.docx",
    }
    assert "b.yaml" in done.err and "nowhere.yaml" in done.err


@pytest.mark.parametrize("other", ["two.yaml", "sub/one.yaml"])
def test_two_summaries_with_one_id_are_refused_before_anything_is_overwritten(mini: Mini, other: str) -> None:
    mini.write("one.yaml", minimal(id=None))
    mini.write(other, minimal(id="ONE"))
    done = mini.cli("render", "one.yaml", other, "-a", "executive", "-t", "docx")
    _sound(done)
    assert done.code == 1
    assert done.err.count("PRJ-01") == 2 and "has the same id" in done.err  # told at both
    assert [name for name in mini.files() if name.startswith("outputs/")] == []


def test_one_file_named_twice_is_rendered_once(mini: Mini) -> None:
    mini.write("one.yaml", minimal())
    done = mini.cli("render", "one.yaml", "one.yaml", "-a", "executive", "-t", "docx")
    assert done.code == 0
    assert done.out.count("outputs/mini-executive.docx") == 1


@pytest.mark.parametrize("identifier", ["../up", "a/b", "/etc/x", "..", ".hidden", "a\\b", "con:", "x" * 81])
def test_an_id_is_never_a_path(mini: Mini, identifier: str) -> None:
    mini.write("one.yaml", minimal(id=identifier))
    done = mini.cli("render", "one.yaml", "-a", "executive", "-t", "docx")
    _sound(done)
    assert (done.code, mini.files()) == (1, {"one.yaml"})


@pytest.mark.parametrize("name", ["ümläut file.yaml", "ε.yaml", "a b.yaml", "-dash.yaml", "....yaml"])
def test_a_file_s_odd_name_becomes_an_id(mini: Mini, name: str) -> None:
    mini.write(name, minimal(id=None))
    done = mini.cli("render", "-a", "executive", "-t", "docx", "--", name)
    _sound(done)
    assert done.code == 0
    [made] = [made for made in mini.files() if made.startswith("outputs/")]
    assert made.endswith("-executive.docx")


# ---- where it is written to


def _render(mini: Mini, output: str = "outputs") -> Done:
    mini.write("one.yaml", minimal())
    done = mini.cli("render", "one.yaml", "-a", "executive", "-t", "docx,html", "-o", output)
    _sound(done)
    _clean(mini)
    return done


def test_an_output_folder_that_is_a_file(mini: Mini) -> None:
    mini.write("outputs", "mine")
    done = _render(mini)
    assert (done.code, "is a file, not a folder" in done.err) == (4, True)
    assert (mini.folder / "outputs").read_text() == "mine"


def test_an_output_folder_below_a_file(mini: Mini) -> None:
    mini.write("taken", "mine")
    assert _render(mini, "taken/deeper").code == 4


def test_an_output_folder_where_nobody_may_write(mini: Mini) -> None:
    assert _render(mini, "/proc/briefgen").code == 4


def test_an_output_file_that_is_a_folder(mini: Mini) -> None:
    (mini.folder / "outputs/mini-executive.docx").mkdir(parents=True)
    done = _render(mini)
    assert (done.code, "is a folder" in done.err) == (4, True)


def test_a_read_only_output_folder(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("briefgen.files._new", refuse)
    done = _render(mini)
    assert (done.code, "make outputs writable" in done.err) == (4, True)


class _Full(io.BytesIO):
    """A file on a disk that is full after a hundred bytes."""

    def __init__(self, handle: int) -> None:
        super().__init__()
        self.handle = handle

    def write(self, content: Any) -> int:
        os.write(self.handle, bytes(content[:100]))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self) -> None:
        if not self.closed:
            os.close(self.handle)
        super().close()


def test_a_full_disk_leaves_the_old_file_as_it_was(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    mini.write("outputs/mini-executive.docx", "the old one")
    monkeypatch.setattr("briefgen.files.os.fdopen", lambda handle, *_: _Full(handle))
    done = _render(mini)
    assert (done.code, "free some space" in done.err) == (4, True)
    assert (mini.folder / "outputs/mini-executive.docx").read_text() == "the old one"
    assert mini.files() == {"one.yaml", "outputs/mini-executive.docx"}


def test_a_program_that_stops_in_the_middle_leaves_no_half_file(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> Any:
        raise KeyboardInterrupt

    mini.write("outputs/mini-executive.docx", "the old one")
    mini.write("one.yaml", minimal())
    monkeypatch.setattr(Path, "replace", stop)
    done = mini.cli("render", "one.yaml", "-a", "executive", "-t", "docx")
    assert (done.code, "Traceback" in done.err) == (130, False)
    assert (mini.folder / "outputs/mini-executive.docx").read_text() == "the old one"
    _clean(mini)


def test_where_one_format_fails_none_is_written(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefgen.findings.diagnostics import BriefgenError

    def fail(_: Any) -> Any:
        raise BriefgenError("the writer can't", "no cure")

    monkeypatch.setattr("briefgen.writers.docx.write", fail)
    done = _render(mini)
    assert (done.code, "the writer can't" in done.err) == (4, True)
    assert mini.files() == {"one.yaml"}


def test_an_unforeseen_fault_is_called_our_bug(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Any) -> Any:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("briefgen.writers.docx.write", fail)
    mini.write("one.yaml", minimal())
    done = mini.cli("render", "one.yaml", "-a", "executive", "-t", "docx")
    assert done.code == 70
    assert "a bug of ours: ZeroDivisionError: oh" in done.err
    assert "Traceback" not in done.err
    _clean(mini)


# ---- usage


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["render", "one.yaml", "-a", "exectuive"], "did you mean 'executive'?"),
        (["check", "one.yaml", "-a", "exectuive"], "did you mean 'executive'?"),
        (["render", "one.yaml", "-t", "odt"], "-t takes pdf, docx, html"),
        (["render", "one.yaml", "-t", ","], "-t takes pdf, docx, html"),
        (["render", "one.yaml", "-o", "-"], "writes one document"),
        (["render", "one.yaml", "--templates", "nowhere"], "there is no template folder nowhere"),
        (["render"], "Missing argument"),
        (["render", "one.yaml", "--surprise"], "--surprise"),
        (["rendre", "one.yaml"], "rendre"),
        (["check", "one.yaml", "--format", "xml"], "xml"),
        (["render", "one.yaml", "--format", "xml"], "xml"),
        (["doctor", "--format", "xml"], "xml"),
        (["audience", "list", "--format", "xml"], "xml"),
        (["new", "one.yaml"], "one.yaml exists"),
        (["new", "one.txt"], "a YAML file"),
    ],
)
def test_a_fault_of_usage_names_its_cure(mini: Mini, arguments: list[str], told: str) -> None:
    mini.write("one.yaml", minimal())
    done = mini.cli(*arguments)
    _sound(done)
    assert (done.code, told in done.err) == (2, True), done.err
    assert mini.files() == {"one.yaml"}


@pytest.mark.parametrize(("fmt", "code"), [("text", 3), ("json", 3)])
def test_warnings_count_under_strict_only(mini: Mini, fmt: str, code: int) -> None:
    mini.write(
        "one.yaml", minimal(glossary=[{"term": "x"}], waivers=[{"code": "NUM-04", "item": "S1", "reason": "r", "by": "b"}])
    )
    assert mini.cli("check", "one.yaml", "--format", fmt).code == 0
    assert mini.cli("check", "one.yaml", "--format", fmt, "--strict").code == code
    assert mini.cli("render", "one.yaml", "-a", "executive", "-t", "docx", "--strict", "--format", fmt).code == code


def test_the_json_report_of_render_is_json(mini: Mini) -> None:
    mini.write("one.yaml", minimal())
    done = mini.cli("render", "one.yaml", "-a", "executive", "-t", "docx", "--format", "json")
    report = json.loads(done.out)
    assert (report["exit"], report["briefs"][0]["files"], report["briefs"][0]["pages"]) == (0, ["outputs/mini-executive.docx"], 1)


def test_a_document_on_standard_output_is_the_file(mini: Mini) -> None:
    mini.write("one.yaml", minimal())
    done = mini.cli("render", "one.yaml", "-a", "executive", "-t", "docx", "-o", "-")
    assert done.code == 0
    assert zipfile.is_zipfile(io.BytesIO(done.raw))
    assert mini.files() == {"one.yaml"}


# ---- markings


def test_the_public_version_above_clear_is_refused_by_name_and_passed_over_in_a_row(mini: Mini) -> None:
    mini.write("one.yaml", minimal(marking={"tlp": "GREEN"}))
    asked = mini.cli("render", "one.yaml", "-a", "public", "-t", "docx")
    assert (asked.code, "MRK-02" in asked.err, mini.files()) == (1, True, {"one.yaml"})
    row = mini.cli("render", "one.yaml", "-t", "docx")
    assert (row.code, "not rendered: public, TLP:GREEN, no release" in row.err) == (0, True)
    assert {name for name in mini.files() if name.startswith("outputs/")} == {
        f"outputs/mini-{name}.docx" for name in AUDIENCES if name != "public"
    }


# ---- large and odd texts


@pytest.mark.slow
def test_two_hundred_developments(mini: Mini) -> None:
    mini.write("one.json", minimal(key_developments=developments(200)))
    done = mini.cli("render", "one.json", "-t", "docx")
    _sound(done)
    assert done.code == 0
    read = reading.of_docx((mini.folder / "outputs/mini-analyst.docx").read_bytes())
    assert sum("Development number" in block for block in read.plain) == 200
    assert (
        sum(
            "Development number" in block
            for block in reading.of_docx((mini.folder / "outputs/mini-adviser.docx").read_bytes()).plain
        )
        == 5
    )


def test_words_of_three_hundred_characters(mini: Mini) -> None:
    word = "x" * 300
    mini.write("one.json", changed(minimal(), lambda path, text: f"{text} {word}"))
    done = mini.cli("render", "one.json", "-a", "analyst", "-t", "pdf,docx")
    _sound(done)
    assert done.code == 0
    assert "TXT-04" in done.err
    pages = reading.pdf_pages((mini.folder / "outputs/mini-analyst.pdf").read_bytes())
    assert reading.squeeze("".join(pages)).count(word) >= 4


SCRIPTS = {
    "Greek": "Η Ευρώπη αποφασίζει μόνη της",
    "Polytonic Greek": "ἐν ἀρχῇ ἦν ὁ λόγος",
    "Cyrillic": "Європа вирішує сама; Россия, Ђорђе",
    "Latin": "Łódź, Þórshöfn, Đà Nẵng, İstanbul, ß",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_scripts_of_europe_are_rendered(mini: Mini, script: str) -> None:
    words = SCRIPTS[script]
    mini.write("one.json", changed(minimal(), lambda path, text: words))
    done = mini.cli("render", "one.json", "-a", "analyst", "-t", "pdf,docx")
    _sound(done)
    assert done.code == 0, done.err
    pages = reading.pdf_pages((mini.folder / "outputs/mini-analyst.pdf").read_bytes())
    assert reading.squeeze("".join(pages)).count(reading.squeeze(words)) >= 4
    assert " ".join(reading.of_docx((mini.folder / "outputs/mini-analyst.docx").read_bytes()).plain).count(words) >= 4


FAR = {
    "Hebrew": "שלום עולם",
    "Arabic": "سلام",
    "Chinese": "欧洲自己决定",
    "Japanese": "ヨーロッパ",
    "emoji": "🚢",
    "Thai": "สวัสดี",
    "cuneiform": "𒀀",
}


@pytest.mark.parametrize("script", FAR)
def test_other_scripts_are_rendered_or_refused_with_line_and_package(mini: Mini, script: str) -> None:
    words = FAR[script]
    mini.write("one.yaml", minimal(dek=f"We write {words} here"))
    done = mini.cli("render", "one.yaml", "-a", "analyst", "-t", "pdf")
    _sound(done)
    if done.code == 0:
        pages = reading.pdf_pages((mini.folder / "outputs/mini-analyst.pdf").read_bytes())
        text = reading.squeeze("".join(pages))
        for word in map(reading.squeeze, words.split()):  # what runs from right to left comes back in either order
            assert word in text or word[::-1] in text
        return
    assert done.code == 1, done.err
    [line] = [
        n
        for n, text in enumerate((mini.folder / "one.yaml").read_text(encoding="utf-8").splitlines(), 1)
        if text.startswith("dek:")
    ]
    assert f"one.yaml:{line}:" in done.err
    assert "fonts-" in done.err  # the package that cures it
    assert mini.files() == {"one.yaml"}


def test_markup_in_every_field_is_words_in_every_file(mini: Mini) -> None:
    hostile = "{{ 7*7 }} {% include 'x' %} <script>alert(1)</script> <b>b</b> &amp;"
    data = changed(
        maximal(waivers=None, previous=None, changes=None),
        lambda path, text: text if path.endswith(("/url", "/note")) else f"{hostile} {text}",
    )
    mini.write("one.json", data)
    done = mini.cli("render", "one.json", "-a", "analyst", "-t", "pdf,docx,html")
    _sound(done)
    assert done.code == 0, done.err
    html = tree.parse((mini.folder / "outputs/maxi-analyst.html").read_text(encoding="utf-8"))
    assert not {element.tag for element in html.iter()} & {"script", "b"}
    assert "".join(html.itertext()).count(hostile) >= 20
    word = " ".join(reading.of_docx((mini.folder / "outputs/maxi-analyst.docx").read_bytes()).plain)
    assert word.count(hostile) >= 20 and "49" not in word


@pytest.fixture(autouse=True)
def _nothing_is_left(mini: Mini) -> Iterator[None]:
    yield
    _clean(mini)
