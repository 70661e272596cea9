"""What the tests of a batch ask for: a run as JSON, why each document is to be made, a project file, an edit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.mini import Mini

RUN = ("batch", "--executor", "serial")


def told(mini: Mini, *arguments: str) -> Any:
    done = mini.cli(*RUN, "--format", "json", *arguments)
    assert done.code in (0, 1), done.err
    return json.loads(done.out)


def whys(mini: Mini, *arguments: str) -> dict[str, list[str]]:
    rows = told(mini, "--dry-run", *arguments)["runs"][0]["to_build"]
    return {f"{row['summary']} {row['audience']}": row["why"] for row in rows}


def settings(mini: Mini, **jobs: Any) -> None:
    mini.write("briefgen.yaml", json.dumps({"jobs": jobs}))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def run_from(mini: Mini, home: Path, *arguments: str) -> Any:
    """Return what a batch tells that is run by the package in another folder, as a process of its own."""
    done = mini.process(*RUN, "--format", "json", *arguments, PYTHONPATH=str(home))
    assert done.code == 0, done.err
    return json.loads(done.out)
