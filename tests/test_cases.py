"""Transcripts of the command line: `cases/*.md`, each command with what it reads, what it says and its exit code.

In a case file, a fenced block named `file NAME` writes a file, `stdin` is what the next command reads, and `console` holds
`$ briefgen …` with the exit code below it, if it is not 0; the blocks `stdout` and `stderr` after it are what was said. The
tail `| head -n N` shows the first lines only. `--update` writes these blocks anew; all else in the file is the author's.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefgen
from tests.mini import ROOT, Done, Expected, Mini

CASES = sorted((ROOT / "tests/cases").glob("*.md"))
BLOCK = re.compile(r"^```(?P<info>[^\n`]+)\n(?P<text>.*?)^```\n+", re.MULTILINE | re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_transcript_repeats(mini: Mini, expected: Expected, path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    made = "".join(_replay(mini, written if written.endswith("\n") else written + "\n"))
    assert "Traceback" not in made
    expected.same(path, made.rstrip("\n") + "\n")


def _replay(mini: Mini, text: str) -> Iterator[str]:
    """Yield the file again, piece by piece, with what the commands say now."""
    last, stdin = 0, ""
    for block in BLOCK.finditer(text):
        yield text[last : block.start()]
        last = block.end()
        kind, _, name = block["info"].partition(" ")
        if kind == "file":
            mini.write(name, block["text"])
        elif kind == "stdin":
            stdin = block["text"]
        elif kind == "console":
            yield _told(mini, block["text"].splitlines()[0], stdin)
            stdin = ""
        if kind not in ("console", "stdout", "stderr"):
            yield block[0]
    yield text[last:]


def _told(mini: Mini, line: str, stdin: str) -> str:
    command, _, pipe = line.removeprefix("$ briefgen").partition(" | head -n ")
    arguments = shlex.split(command)
    done = mini.process(*arguments, text=stdin) if stdin else mini.cli(*arguments)
    said = [f"```console\n{line}\n" + (f"exit {done.code}\n" if done.code else "") + "```\n\n"]
    for name, words in (("stdout", _normal(mini, done.out)), ("stderr", _normal(mini, done.err))):
        lines = words.splitlines()[: int(pipe) if pipe and name == "stdout" else None]
        said += [f"```{name}\n" + "\n".join(lines) + "\n```\n\n"] if lines else []
    return "".join(said)


def _normal(mini: Mini, words: str) -> str:
    """Return what was said without what differs between machines and versions."""
    for real, shown in ((str(mini.folder), "FOLDER"), (str(ROOT / "templates"), "TEMPLATES"), (briefgen.__version__, "VERSION")):
        words = words.replace(real, shown)
    return re.sub(r"[ \t]+$", "", words, flags=re.MULTILINE)


def test_every_command_has_a_transcript() -> None:
    from typer.main import get_command

    from briefgen.cli.app import app

    commands = list(_commands(get_command(app), ""))
    assert len(commands) >= 6
    told = "\n".join(path.read_text(encoding="utf-8") for path in CASES)
    assert [name for name in commands if f"$ briefgen{name} --help" not in told] == []


def _commands(group: object, name: str) -> Iterator[str]:
    below = getattr(group, "commands", {})
    yield name
    for key, command in below.items():
        yield from _commands(command, f"{name} {key}")


# ---- the replay itself


class _Echo(Mini):
    def cli(self, *arguments: str | Path) -> Done:
        return Done(3, " ".join(map(str, arguments)) + "\nsecond\n", str(self.folder))


def test_a_replay_writes_the_answers_anew_and_leaves_the_rest(mini: Mini) -> None:
    written = "# T\n\n```file a.yaml\nx: 1\n```\n\n```console\n$ briefgen check 'a b' | head -n 1\nexit 9\n```\n\n"
    text = written + "```stdout\nold\n```\n\nWords.\n"
    made = "".join(_replay(_Echo(mini.folder, mini.capture), text))
    assert made == (
        "# T\n\n```file a.yaml\nx: 1\n```\n\n```console\n$ briefgen check 'a b' | head -n 1\nexit 3\n```\n\n"
        "```stdout\ncheck a b\n```\n\n```stderr\nFOLDER\n```\n\nWords.\n"
    )
    assert (mini.folder / "a.yaml").read_text() == "x: 1\n"


def test_a_transcript_that_differs_fails_and_update_says_what_it_rewrote(tmp_path: Path) -> None:
    rewritten: list[tuple[str, str]] = []
    path = ROOT / "tests/cases/none.md"
    with pytest.raises(pytest.fail.Exception, match=r"cases/none\.md differs"):
        Expected(False, lambda *pair: rewritten.append(pair)).same(path, "new\n")
    assert (rewritten, path.exists()) == ([], False)
