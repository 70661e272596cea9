"""Files that their author writes, too: one writer at a time, nothing over what was not read, and the old text beside the new."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from briefgen import files
from briefgen.findings.diagnostics import BriefgenError
from briefgen.load import edit
from briefgen.load.source import read
from tests.mini import Mini

HOME = Path(__file__).parents[1]
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes, links and kills of POSIX")


def writer(path: Path, how: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.rewriting", str(path), how, str(count)],
        stderr=subprocess.PIPE,
        text=True,
        cwd=HOME,
        env={**os.environ, "PYTHONPATH": str(HOME)},
    )


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    path = tmp_path / "talks.yaml"
    path.write_bytes(b"title: old\n")
    return path


def names(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_what_stood_there_is_kept_beside_it_and_no_more_than_that(talks: Path) -> None:
    files.rewrite(talks, b"title: new\n", b"title: old\n")
    files.rewrite(talks, b"title: newer\n", b"title: new\n")
    assert names(talks) == ["talks.yaml", "talks.yaml~"], "no lock and no temporary is left"
    assert (talks.read_bytes(), talks.with_name("talks.yaml~").read_bytes()) == (b"title: newer\n", b"title: new\n")


def test_a_new_file_has_no_backup(tmp_path: Path) -> None:
    files.rewrite(tmp_path / "sub/new.yaml", b"x\n", None)
    assert names(tmp_path / "sub/new.yaml") == ["new.yaml"]


@pytest.mark.parametrize("before", [b"title: read\n", None])
def test_what_an_editor_saved_meanwhile_stays(talks: Path, before: bytes | None) -> None:
    with pytest.raises(BriefgenError) as fault:
        files.rewrite(talks, b"title: new\n", before)
    assert "talks.yaml" in fault.value.message and "nothing was written" in (fault.value.hint or "")
    assert (names(talks), talks.read_bytes()) == (["talks.yaml"], b"title: old\n")


def test_an_editor_that_saves_before_the_fix_is_written(mini: Mini) -> None:
    path = mini.write("talks.yaml", "title: T\n")
    source = read(path, "talks.yaml")
    other = path.read_bytes() + b"# by hand\n"
    path.write_bytes(other)
    with pytest.raises(BriefgenError, match="changed while it was checked"):
        edit.save(source, source.text + "# by us\n")
    assert path.read_bytes() == other


def test_line_ends_stay(talks: Path) -> None:
    talks.write_bytes(b"title: old\r\nid: x\r\n")
    files.rewrite(talks, b"title: new\nid: x\n", talks.read_bytes())
    assert talks.read_bytes() == b"title: new\r\nid: x\r\n"


@POSIX
def test_the_mode_stays(talks: Path) -> None:
    talks.chmod(0o640)
    files.rewrite(talks, b"title: new\n", b"title: old\n")
    assert {oct(file.stat().st_mode & 0o777) for file in talks.parent.iterdir()} == {"0o640"}


@POSIX
def test_a_link_is_replaced_and_never_followed(talks: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("a.yaml", "b.yaml"):
        (outside / name).write_bytes(b"outside\n")
    link = tmp_path / "link.yaml"
    link.symlink_to(outside / "a.yaml")
    link.with_name("link.yaml~").symlink_to(outside / "b.yaml")
    files.rewrite(link, b"ours\n", b"outside\n")
    assert (link.is_symlink(), link.read_bytes(), link.with_name("link.yaml~").read_bytes()) == (False, b"ours\n", b"outside\n")
    assert {file.read_bytes() for file in outside.iterdir()} == {b"outside\n"}


def test_several_writers_at_once_lose_nothing(talks: Path) -> None:
    writers = [writer(talks, "read", 20) for _ in range(3)]
    assert [(one.communicate()[1], one.returncode) for one in writers] == [("", 0)] * 3
    title, *lines = talks.read_text(encoding="utf-8").splitlines()
    assert (title, Counter(Counter(lines).values())) == ("title: old", {20: 3})
    assert talks.with_name("talks.yaml~").read_text(encoding="utf-8").splitlines() == [title, *lines[:-1]]
    assert names(talks) == ["talks.yaml", "talks.yaml~"]


@POSIX
def test_a_writer_that_is_killed_between_leaves_the_old_file_and_holds_nobody_up(talks: Path) -> None:
    dead = writer(talks, "kill", 1)
    assert (dead.communicate()[1], dead.returncode) == ("", -9)
    assert (talks.read_bytes(), talks.with_name("talks.yaml~").read_bytes()) == (b"title: old\n", b"title: old\n")
    assert names(talks) == [files.LOCK, "talks.yaml", "talks.yaml~"]
    files.rewrite(talks, b"title: new\n", b"title: old\n")
    assert names(talks) == ["talks.yaml", "talks.yaml~"], "the lock of the dead is gone, too"


def test_who_waits_too_long_is_told(talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PATIENCE", 0.0)
    busy = files.held(talks.parent / files.LOCK, lambda: BriefgenError("never", ""), ("", ""), remove=True)
    with busy, pytest.raises(BriefgenError, match="another program writes in"):
        files.rewrite(talks, b"title: new\n", b"title: old\n")
    assert talks.read_bytes() == b"title: old\n"


def test_the_fix_of_a_check_keeps_what_its_author_wrote(mini: Mini) -> None:
    text = "language: en\ntitle: T\nsources: [{id: S1, title: T, publisher: P}]\nbottom_line: It rose 30 per cent.\n"
    path = mini.write("talks.yaml", text)
    done = mini.cli("check", "talks.yaml", "--fix")
    assert "per cent" in done.err
    assert path.with_name("talks.yaml~").read_text(encoding="utf-8") == text != path.read_text(encoding="utf-8")
