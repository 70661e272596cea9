"""The labelled articles: a text and, for each sentence of its body, what a person said of it. `half` is dev or hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from briefgen import Article, readers

FOLDER = Path(__file__).parent
FLAGS = ("reported", "opinion", "hedged", "forecast", "cites", "unnamed", "estimate", "quote", "background")
SECTIONS = ("developments", "risks", "outlook")


@dataclass(frozen=True, slots=True)
class Label:
    """What a person said of one sentence; `start` and `end` are offsets in the file's text."""

    start: int
    end: int
    paragraph: int
    begins: str
    fit: Mapping[str, int] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article with its labels. `stakeholders` maps a name to must or optional."""

    path: Path
    topic: str
    genre: str
    article: Article
    sentences: tuple[Label, ...]
    stakeholders: Mapping[str, str]


def half(name: str) -> tuple[Labelled, ...]:
    """Return the articles of one half, by name."""
    return tuple(labelled(path) for path in sorted((FOLDER / name).glob("*.yaml")))


def labelled(path: Path) -> Labelled:
    """Return one article with its labels."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = tuple(
        Label(
            row["at"],
            row["at"] + row["length"],
            row["paragraph"],
            row["begins"],
            row.get("fit", {}),
            frozenset(row.get("flags", ())),
            row.get("event"),
        )
        for row in data["sentences"]
    )
    wanted = {row["name"]: row["wanted"] for row in data["stakeholders"]}
    return Labelled(path, data["topic"], data["genre"], readers.read(path.with_suffix(".txt")), rows, wanted)
