"""What the rules on words share, and which of them have no table in a summary's language.

In: a context. Out: findings, and pairs of passage and match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefgen.language.tables import whole_months
from briefgen.language.wordlists import CHECKED, FIRST, base, data, lacking, languages, lists
from briefgen.model.parts import Development, Stakeholder
from briefgen.model.terms import Status
from briefgen.rules.context import Context, Finding, finding
from briefgen.rules.passages import Kind, Passage

SPOKEN = frozenset(
    {Status.REPORTED, Status.CLAIMED, Status.DENIED, Status.ESTIMATE, Status.OPINION, Status.FORECAST, Status.ASSUMPTION}
)
_MONTH = whole_months()
DATED = re.compile(rf"\b(?:19|20)\d\d\b|\b\d{{1,2}}(?:er|\.)?\s(?:{_MONTH})\b|\b(?:in|im|en|by|until)\s(?:{_MONTH})\b")
"""What resolves a relative time: a year, a day and its month, a month."""


def of_kind(context: Context, *kinds: Kind, plain: bool = True) -> Iterator[Passage]:
    """Yield the passages of some kinds; without `plain`, no wording in plain words."""
    wanted = frozenset(kinds)
    for passage in context.passages:
        if passage.kind in wanted and (plain or passage.wording != "plain"):
            yield passage


def prints_speaker(node: Development | Stakeholder) -> bool:
    """Return whether the brief prints with an item who says it: its attribution, whom its source relays, an unnamed source."""
    said = bool(getattr(node, "attribution", None)) or any(e.cites or e.unnamed for e in node.evidence)
    return said and node.status in SPOKEN


def shown(words: str, limit: int = 60) -> str:
    """Return some words for a message: on one line, cut where they are long."""
    line = " ".join(words[: 4 * limit].split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def first_each(rows: Iterable[tuple[Passage, re.Match[str]]]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield one match for each passage and word: a word that stands there three times is told once."""
    seen: set[tuple[str, str]] = set()
    for passage, match in rows:
        key = (passage.pointer, match[0].lower())
        if key not in seen:
            seen.add(key)
            yield passage, match


def untabled(context: Context) -> Iterator[Finding]:
    """LNG-01: a language for which some checks have no words."""
    short = base(context.summary.language)
    missing = sum(map(len, lacking(short).values()))
    every = sum(len(lists(FIRST, name)) for name in CHECKED)
    if not missing:
        return
    known = ", ".join(data(each)["name"] for each in languages())
    what = f"{missing} of {every} word lists" if missing < every else "all word lists"
    message = f"checks that need {what} say nothing in {data(short).get('name', short)}"
    yield finding("/language", message, f"there are lists for {known}; a person has to look at the rest")
