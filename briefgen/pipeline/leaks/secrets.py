"""The words that must not be in a version: all texts of what its marking withholds, less what something shown says, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum

from pydantic import BaseModel

from briefgen.model.audience import Audience
from briefgen.model.ids import shown_ids
from briefgen.model.summary import Summary
from briefgen.pipeline.leaks.folded import Folded, needles
from briefgen.tailor import hidden_in

NO_WORDS = frozenset(
    {"id", "source", "rests_on", "reprint_of", "likelihood", "horizon", "language", "keep", "omit", "file_sha256"}
)
"""Fields of ids and of terms that every version may print; the rest of what a person wrote is words."""
OF_THE_DESK = frozenset({"waivers", "previous"})
"""Fields of a summary that are no part of a brief: that they say something makes it no less of a secret."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that a version withholds, with its field as a JSON pointer, and what to look for to find it or a part of it."""

    path: str
    words: str
    needles: tuple[str, ...]


def secrets(summary: Summary, audience: Audience) -> tuple[Secret, ...]:
    """Return the texts of all items that are marked above a version, and of the sources and glossary entries that only these use.

    What something else in the summary says, too, is none, nor is what has less than four letters, and dates are not words.
    """
    hidden = _hidden(summary, audience)
    told = [(path, words) for path, words in _texts(summary, "") if _part(path) not in OF_THE_DESK]
    shown = Folded(_visible([row for row in told if not _within(row[0], hidden)]))
    ids = {*shown_ids(summary).values()}
    rows = [row for row in told if _within(row[0], hidden)]
    rows += _explained(told, Folded([words for _, words in rows]))
    made = (Secret(path, words, _left(words, shown)) for path, words in rows if words not in ids)
    return tuple(one for one in made if one.needles)


def _hidden(summary: Summary, audience: Audience) -> frozenset[str]:
    """Return the pointers of the items and sources that a version withholds."""
    names = hidden_in(summary, audience)
    return frozenset(pointer for pointer, shown in shown_ids(summary).items() if shown in names)


def _left(words: str, shown: Folded) -> tuple[str, ...]:
    return tuple(needle for needle in needles(words) if not shown.holds(needle))


def _visible(told: list[tuple[str, str]]) -> list[str]:
    """Return the texts that may be printed: of the glossary only entries whose term stands in another of them."""
    texts = [words for path, words in told if _part(path) != "glossary"]
    return texts + [words for _, words in _explained(told, Folded(texts))]


def _explained(told: list[tuple[str, str]], texts: Folded) -> list[tuple[str, str]]:
    """Return the fields of the glossary entries whose term stands in some texts."""
    entries: dict[str, list[tuple[str, str]]] = {}
    for row in told:
        if _part(row[0]) == "glossary":
            entries.setdefault(row[0].split("/")[2], []).append(row)
    return [row for entry in entries.values() if texts.tells(needles(_term(entry))) for row in entry]


def _term(entry: list[tuple[str, str]]) -> str:
    return next((words for path, words in entry if path.endswith("/term")), "")


def _part(path: str) -> str:
    return path.split("/")[1]


def _within(path: str, hidden: AbstractSet[str]) -> bool:
    parts = path.split("/")
    return any("/".join(parts[:end]) in hidden for end in range(2, len(parts) + 1))


def _texts(node: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield the words below a node, each with its pointer."""
    if isinstance(node, str) and not isinstance(node, Enum):
        yield path, node
    for key, entry in _below(node):
        yield from _texts(entry, f"{path}/{key}")


def _below(node: object) -> Iterable[tuple[object, object]]:
    """Return what a node holds, by the names in its file."""
    if isinstance(node, BaseModel):
        fields = {
            info.alias or name: getattr(node, name) for name, info in type(node).model_fields.items() if name not in NO_WORDS
        }
        return (fields | (node.model_extra or {})).items()
    if isinstance(node, (tuple, list)):
        return enumerate(node)
    return node.items() if isinstance(node, dict) else ()
