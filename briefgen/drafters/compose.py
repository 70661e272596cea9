"""What was chosen → a draft: values in the order of a summary's file, comments on what was found and what is left to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from briefgen.drafters import disputes, items, named, reprints
from briefgen.drafters.actors import gazetteer
from briefgen.drafters.parts import Drafted, Read, Reading, Settings
from briefgen.drafters.selection import Chosen
from briefgen.model.parts import ADDRESS
from briefgen.model.text import to_write

MAKERS = {"developments": items.development, "risks": items.risk, "outlook": items.watch}
TITLE = "the claim of this brief, not its topic"
HEAD = (
    "A draft, made from the articles named under `sources` by picking sentences; nothing in it is anybody's judgement.",
    "Every quote is verbatim and stands at its `locator`. For each item: keep it, write its words anew, or delete it; then",
    "remove `review: open`. What is in [brackets] is yours to write. `briefgen check` lists what is left.",
)
_REST = 15  # lines of what found no room


def composed(readings: Sequence[Reading], chosen: Chosen, settings: Settings) -> Drafted:
    """Return the draft of some articles."""
    language = settings.language or _language(readings)
    names = [gazetteer(reading.language, settings.actors) for reading in readings]
    parts = {section: _items(section, chosen, readings, language) for section in MAKERS}
    disputed = disputes.disagreements(readings, language) if len(readings) > 1 else []
    values: dict[str, Any] = {
        "title": " ".join((settings.title or "").split()) or to_write(TITLE),
        "language": language if language != "und" else "en",
        "stage": "draft",
        "key_developments": parts["developments"],
        "stakeholders": named.stakeholders(readings, names, language),
        "risks": parts["risks"],
        "outlook": {"watch": parts["outlook"]} if parts["outlook"] else None,
        "disagreements": disputed,
        "sources": [source(number, reading, settings) for number, reading in enumerate(readings)],
    }
    comments = {**_comments(readings, chosen, values, language), **on_sources(readings)}
    kept = {key: value for key, value in values.items() if value}
    return Drafted(kept, comments, tuple(note for reading in readings for note in _notes(reading, readings)))


def _notes(reading: Reading, readings: Sequence[Reading]) -> list[str]:
    """Return what is told of an article on the terminal; each line names it."""
    told = list(reading.article.notes)
    if reading.reprint:
        told.append(reprints.comment(reading.reprint, readings[reading.reprint.original].article.name))
    return [*(f"{reading.article.name}: {note}" for note in told), *reading.notes]


def _language(readings: Sequence[Reading]) -> str:
    told = [reading.language for reading in readings]
    return max(dict.fromkeys(told), key=told.count, default="und")


def _items(section: str, chosen: Chosen, readings: Sequence[Reading], language: str) -> list[dict[str, Any]]:
    picks = [pick for pick in chosen.picks if pick.section == section]
    return [MAKERS[section](number, pick, readings, language) for number, pick in enumerate(picks, 1)]


def source(number: int, reading: Reading, settings: Settings) -> dict[str, Any]:
    """Return an article as an entry of `sources`."""
    article = reading.article
    made: dict[str, Any] = {"id": items.source_id(number), "title": article.title or article.name}
    made["published"] = article.published or "unknown"
    known = {
        "publisher": article.publisher,
        "author": article.author,
        "accessed": settings.accessed.get(article.sha256),
        "url": article.url if re.fullmatch(ADDRESS, article.url or "") else None,  # a page may call itself what it likes
    }
    made.update({key: value for key, value in known.items() if value})
    if file := settings.files.get(article.sha256):
        made["file"] = file
        made["file_sha256"] = article.sha256
    if reading.language != "und":
        made["language"] = reading.language
    made["genre"] = reading.genre.value
    return {**made, "reprint_of": items.source_id(reading.reprint.original)} if reading.reprint else made


def on_sources(readings: Sequence[Reading]) -> dict[str, list[str]]:
    """Return a comment above each source: where its fields came from, and which of them were not found."""
    told = {}
    for number, reading in enumerate(readings):
        article = reading.article
        fields = ("title", "author", "publisher", "published", "url")
        origins: dict[str, list[str]] = {}
        for name in fields:
            if name in article.origins and getattr(article, name):
                origins.setdefault(article.origins[name], []).append(name)
        found = [f"{', '.join(names)} from {origin}" for origin, names in origins.items()]
        held = [article.origins["file"]] if "file" in article.origins else []
        lines = ["; ".join([*held, *found, f"genre {reading.genre.value}: {reading.genre_from}"])]
        if missing := [name for name in fields if not getattr(article, name)]:
            lines.append(f"not found: {', '.join(missing)}")
        if reading.reprint:
            lines.append(reprints.comment(reading.reprint, items.source_id(reading.reprint.original)))
        told[f"/sources/{number}"] = [*lines, *article.notes, *reading.notes]
    return told


def _comments(readings: Sequence[Reading], chosen: Chosen, values: dict[str, Any], language: str) -> dict[str, list[str]]:
    headlines = [
        f"{items.source_id(number)}: {reading.article.title}" for number, reading in enumerate(readings) if reading.article.title
    ]
    told: dict[str, list[str]] = {
        "": list(HEAD),
        "/title": headlines if values["title"].startswith("[") else [],
        "/stage": [
            "as_of: 2025-03-04           # the day after which nothing was taken in: yours to set",
            "bottom_line: …              # two sentences at most: yours to write, when the items below are settled",
        ],
        "/key_developments": ["In every list the first item matters most: the order here is a machine's guess."],
        "/stakeholders": ["Names that the articles mention most. What their part in it is, the list can't know."],
        "/risks": ["For each: who is exposed, likelihood, impact (1 to 5), horizon and early signs are your judgement."],
        "/outlook": ["Scenarios are yours to write; these are coming events and the articles' own predictions."],
        "/disagreements": ["Perhaps the articles contradict each other here: read both sides."],
    }
    if language == "und":
        told["/language"] = ["The language was not recognised: correct it."]
    for key, what in (("key_developments", "development"), ("stakeholders", "name of a state or institution")):
        if not values[key]:
            told["/sources"] = [*told.get("/sources", []), f"{key}: no {what} was found"]
    if not values["risks"]:
        told["/sources"] = [
            *told.get("/sources", []),
            "risks: no sentence names both a harm and a way in which it reaches Europe",
        ]
    if not values["outlook"]:
        told["/sources"] = [*told.get("/sources", []), "outlook: no sentence names something to come"]
    told["/-"] = _rest(chosen, readings)
    return {pointer: lines for pointer, lines in told.items() if lines}


def _rest(chosen: Chosen, readings: Sequence[Reading]) -> list[str]:
    """Return a line for each of the next best sentences that found no room, those left out that an item quotes already."""
    quoted = [read for pick in chosen.picks for read in (pick.read, items.context(pick.read, readings), *pick.also)]
    places = {(read.sentence.article, read.sentence.start) for read in quoted if read}
    rest = [pick for pick in chosen.rest if (pick.read.sentence.article, pick.read.sentence.start) not in places]
    if not rest:
        return []
    lines = [_line(pick.section, pick.read) for pick in rest[:_REST]]
    more = len(rest) - len(lines)
    return ["Not taken in, the next best first:", *lines, *([f"… and {more} more"] if more else [])]


def _line(section: str, read: Read) -> str:
    sentence = read.sentence.text
    short = sentence if len(sentence) <= 110 else sentence[:109] + "…"
    return f"{section}, {items.source_id(read.sentence.article)} ¶{read.sentence.paragraph}: {short}"
