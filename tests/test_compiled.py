"""Compiled templates are kept between runs: the same words with and without, and no harm where the folder is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

import briefgen
from tests.mini import ROOT


def brief(cache: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    project = briefgen.Project.find(ROOT)
    return briefgen.render_brief(ROOT / "inputs/minimal.yaml", "analyst", "html", project=project).content


def kept(cache: Path) -> list[Path]:
    return sorted((cache / "briefgen").glob("templates-*/*"))


def test_the_second_run_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = brief(tmp_path, monkeypatch)
    assert kept(tmp_path)
    times = {path: path.stat().st_mtime_ns for path in kept(tmp_path)}
    assert brief(tmp_path, monkeypatch) == first
    assert {path: path.stat().st_mtime_ns for path in kept(tmp_path)} == times


def test_a_broken_file_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = brief(tmp_path, monkeypatch)
    for path in kept(tmp_path):
        path.write_bytes(b"not a template")
    assert brief(tmp_path, monkeypatch) == first
    assert all(path.read_bytes() != b"not a template" for path in kept(tmp_path))


@pytest.mark.parametrize("where", ["a file", "nowhere"])
def test_without_a_folder_it_works_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    good = brief(tmp_path / "good", monkeypatch)
    bad = tmp_path / "bad" if where == "a file" else Path("/proc/nowhere")
    if where == "a file":
        bad.write_text("in the way", encoding="utf-8")
    assert brief(bad, monkeypatch) == good


def test_a_changed_template_is_not_the_kept_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "templates/default/sections/gaps.html"
    own.parent.mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for word in ("Before", "After"):
        own.write_text(f'<section id="gaps"><p>{word}</p></section>\n', encoding="utf-8")
        project = briefgen.Project.find(tmp_path)
        summary = tmp_path / "a.yaml"
        summary.write_text(
            "title: Ferries stop\nlanguage: en\nsources: [{id: S1, title: x}]\n"
            "key_developments: [{headline: h, text: t, status: reported}]\noutlook: {gaps: [Why]}\n",
            encoding="utf-8",
        )
        page = briefgen.render_brief(summary, "analyst", "html", project=project).content.decode()
        assert f"<p>{word}</p>" in page
