"""What is watched, what a change concerns, and that changes are heard, new folders and other editors included."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

pytest.importorskip("watchfiles", reason="not checked: the extra `preview` is not installed")

from briefgen.preview import watch
from briefgen.preview.watch import Folders, concerns, folders, follow
from tests import builders
from tests.mini import Mini


@pytest.fixture
def where(mini: Mini) -> Folders:
    mini.write("briefgen.yaml", "defaults: {series: Harbour}\n")
    mini.write("assets/logo.png", b"")
    mini.write("templates/brand.yaml", "logo: {file: ../assets/logo.png, alt: A}\n")
    return folders(mini.project, mini.write("inputs/mini.json", builders.minimal()))


def test_templates_are_watched_whole_and_other_folders_alone(mini: Mini, where: Folders) -> None:
    home = mini.folder.resolve()
    assert home / "templates" in where.deep
    assert where.flat == {home, home / "inputs", home / "assets"}


def test_the_articles_of_a_final_are_watched_in_their_folders(mini: Mini) -> None:
    summary, article = mini.write("inputs/mini.json", builders.minimal()), mini.write("inputs/articles/a.txt", "words")
    home = mini.folder.resolve()
    where = folders(mini.project, summary, [article, mini.folder / "nowhere/b.txt"])
    assert home / "inputs/articles" in where.flat
    assert concerns([home / "inputs/articles/a.txt"], where) == "summary"
    assert concerns([home / "inputs/articles/b.txt"], where) == ""


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("inputs/mini.json", "summary"),
        ("inputs/another.yaml", "summary"),
        ("inputs/map.png", "project"),
        ("inputs/notes.txt", ""),
        ("inputs/.briefgen-x.yaml", ""),
        ("briefgen.yaml", "project"),
        ("screenshot.png", ""),
        ("templates", "project"),
        ("templates/brand.yaml", "project"),
        ("templates/audiences/board.yaml", "project"),
        ("templates/default/style.css", "project"),
        ("templates/default/reference.docx", "project"),
        ("assets/logo.png", "project"),
        ("assets/other.png", ""),
    ],
)
def test_what_a_change_concerns(mini: Mini, where: Folders, name: str, what: str) -> None:
    assert concerns([mini.folder.resolve() / name], where) == what


def test_of_several_changes_the_weightiest_counts(mini: Mini, where: Folders) -> None:
    home = mini.folder.resolve()
    assert concerns([home / "inputs/mini.json", home / "briefgen.yaml", home / "x"], where) == "project"


def heard(mini: Mini, summary: Path, acts: list[Callable[[], object]], **polling: bool) -> list[bool]:
    """Return what is told of some acts, each done once the one before was heard of."""

    async def run() -> list[bool]:
        told: asyncio.Queue[bool] = asyncio.Queue()
        ready = asyncio.Event()

        async def watched() -> Folders:
            return folders(mini.project, summary)

        following = asyncio.create_task(follow(watched, told.put_nowait, ready))
        seen = []
        try:
            await asyncio.wait_for(ready.wait(), 60)
            for act in acts:
                while not told.empty():  # the echo of the act before: a system may tell one change twice
                    told.get_nowait()
                act()
                seen.append(await _first(told.get))
        finally:
            following.cancel()
        return seen

    return asyncio.run(run())


async def _first(get: Callable[[], Awaitable[bool]]) -> bool:
    return await asyncio.wait_for(get(), 60)


def test_a_save_is_heard_however_an_editor_saves(mini: Mini) -> None:
    path = mini.write("mini.json", builders.minimal())

    def replaced() -> None:
        other = mini.write("other.tmp", "{}")
        other.replace(path)

    assert (
        heard(mini, path, [lambda: path.write_text("{ }"), replaced, lambda: path.write_text("{  }"), path.unlink]) == [False] * 4
    )


def test_a_new_template_folder_is_followed(mini: Mini) -> None:
    path = mini.write("mini.json", builders.minimal())
    acts: list[Callable[[], object]] = [
        lambda: mini.write("templates/audiences/board.yaml", "extends: executive\n"),
        lambda: mini.write("templates/audiences/board.yaml", "extends: analyst\n"),
        lambda: mini.write("templates/default/sections/own.html", "<p>x</p>"),
    ]
    assert heard(mini, path, acts) == [True] * 3


def test_where_the_system_gives_no_watches_files_are_looked_at(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    import watchfiles

    original = watchfiles.awatch

    def awatch(*paths: Path, force_polling: bool | None = None, **options: object) -> object:
        if not force_polling:
            raise OSError(28, "no watches left")
        return original(*paths, force_polling=True, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(watchfiles, "awatch", awatch)
    monkeypatch.setattr(watch, "POLL", 20)
    path = mini.write("mini.json", builders.minimal())
    assert heard(mini, path, [lambda: os.utime(path, (4e9, 4e9))]) == [False]  # it looks for a later second


def test_a_folder_that_was_gone_is_heard_again(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    import watchfiles

    original, tries = watchfiles.awatch, []

    def awatch(*paths: Path, **options: object) -> object:
        tries.append(paths)
        if len(tries) < 6:
            raise FileNotFoundError(2, "no such folder")
        return original(*paths, **{**options, "force_polling": False})  # type: ignore[arg-type]

    monkeypatch.setattr(watchfiles, "awatch", awatch)
    monkeypatch.setattr(watch, "AGAIN", 0.0)
    path = mini.write("mini.json", builders.minimal())

    async def run() -> str:
        where = folders(mini.project, path)
        async with watch._heard(where) as queue:
            while len(tries) < 7:  # five that failed, and one for each kind of folder
                await asyncio.sleep(0.001)
            path.write_text("{ }")
            return concerns(await asyncio.wait_for(queue.get(), 60), where)

    assert asyncio.run(run()) == "summary"
