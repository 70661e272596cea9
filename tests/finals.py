"""A final brief with its article, as the tests of final checks need it, and what is done to both."""

from __future__ import annotations

from pathlib import Path

from tests.batch.desks import edit
from tests.mini import Done, Mini

SUMMARY = """\
id: ferries          # stays
language: en-GB
title: Ferries stop for a week
as_of: 2025-03-04
stage: final
reviewer: {name: R. Reviewer, date: 2025-03-04}
bottom_line: The crews of the ferries stopped work, the port board says.
key_developments:
  - id: D1
    headline: Crews stopped work
    text: Some 40 crews stopped work on 1 March 2025, the port board said.
    date: 2025-03-01
    status: reported
    attribution: the port board
    evidence:
      - source: S1   # the board
        quote: 40 crews stopped work on 1 March 2025
sources:
  - id: S1
    title: Report of the port
    publisher: Port board
    published: 2025-03-02
    url: https://example.eu/port
    genre: official
    file: articles/port.txt
"""
ARTICLE = """\
Report of the port

The port board said that 40 crews stopped work on 1 March 2025. They want more pay.

Ferries to the islands lie still until Friday.
"""
NAME, TEXT, STAMP = "ferries.yaml", "articles/port.txt", ".briefgen/checked/ferries.json"


def final(mini: Mini, name: str = NAME) -> Path:
    """Write a final brief on which nothing is wrong, and its article beside it."""
    path = mini.write(name, SUMMARY)
    mini.write(str(Path(name).parent / TEXT), ARTICLE)
    return path


def falsify(mini: Mini, name: str = NAME) -> None:
    """Turn a digit of the claim, so that its quote no longer bears it."""
    edit(mini.folder / name, "Some 40 crews", "Some 49 crews")


def rendered(mini: Mini, *arguments: str) -> Done:
    """Return what `render` does for the executive level, as HTML."""
    return mini.cli("render", NAME, "-a", "executive", "-t", "html", *arguments)
