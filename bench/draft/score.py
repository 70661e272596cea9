"""Scores of a draft against labels: what was picked, what was told apart, whom it names; each beside the lead baseline.

Precision: share of picks whose label gives the section 1 or 2. Event recall: share of the events with a 2 somewhere that a
fitting pick (or its further evidence) tells. Redundancy: share of picks that tell an event which an earlier pick told. The lead
baseline takes as many sentences for each section: the first for developments, the last for the outlook, before them for risks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bench.draft.labels import FLAGS, SECTIONS, Label, Labelled
from briefgen.drafters.actors import gazetteer
from briefgen.drafters.features import read
from briefgen.drafters.named import stakeholders
from briefgen.drafters.parts import MAX_ITEMS, Reading
from briefgen.drafters.selection import choose


class Scored(NamedTuple):
    """Counts of one article, to be added up: hits and totals by name."""

    hits: Counter[str]
    totals: Counter[str]


Taken = Sequence[tuple[str, Sequence[Label]]]  # section, and the labels of its evidence, the chosen sentence first


def scored(labelled: Labelled) -> Scored:
    """Return the counts of one article: ours, the baseline's (names that begin with `lead`), flags, stakeholders, genre."""
    made = Scored(Counter(), Counter())
    names = gazetteer("en")
    reading = read(labelled.article, 0, names)
    taken = _taken(labelled, reading)
    _selection(made, "", labelled, taken)
    _selection(made, "lead ", labelled, lead(labelled, Counter(section for section, _ in taken)))
    _flags(made, labelled, reading)
    _named(made, labelled, [row["name"] for row in stakeholders([reading], [names], "en")])
    made.totals["genre"] += 1
    told = "news" if reading.genre == "wire" else reading.genre
    made.hits["genre"] += told == labelled.genre
    for read_one in reading.sentences:
        made.totals["verbatim"] += 1
        made.hits["verbatim"] += read_one.sentence.text == labelled.article.text[read_one.sentence.start : read_one.sentence.end]
    return made


def _taken(labelled: Labelled, reading: Reading) -> Taken:
    picks = choose([reading], MAX_ITEMS).picks
    rows = [(pick.section, [_label(labelled, each.sentence.start) for each in (pick.read, *pick.also)]) for pick in picks]
    return [(section, [label for label in labels if label]) for section, labels in rows]


def _label(labelled: Labelled, start: int) -> Label | None:
    return next((label for label in labelled.sentences if label.start <= start < label.end), None)


def lead(labelled: Labelled, wanted: Counter[str]) -> Taken:
    """Return what the lead baseline picks: as many for each section as `wanted` says."""
    rows = labelled.sentences
    first, last = wanted["developments"], wanted["outlook"]
    risks = rows[max(0, len(rows) - last - wanted["risks"]) : len(rows) - last]
    made = [("developments", rows[:first]), ("risks", risks), ("outlook", rows[len(rows) - last :])]
    return [(section, [label]) for section, labels in made for label in labels]


def _selection(made: Scored, name: str, labelled: Labelled, taken: Taken) -> None:
    must = {label.event for label in labelled.sentences if label.event and 2 in label.fit.values()}
    told: set[str] = set()
    made.totals[f"{name}precision"] += len(taken)
    made.totals[f"{name}redundancy"] += len(taken)
    for section, labels in taken:
        fits = bool(labels) and labels[0].fit.get(section, 0) > 0
        made.hits[f"{name}precision"] += fits
        made.totals[f"{name}{section}"] += 1
        made.hits[f"{name}{section}"] += fits
        made.hits[f"{name}redundancy"] += bool(labels) and labels[0].event in told
        told |= {event for label in labels if (event := label.event) and any(label.fit.values()) and fits}
    made.totals[f"{name}event recall"] += len(must)
    made.hits[f"{name}event recall"] += len(must & told)


def _flags(made: Scored, labelled: Labelled, reading: Reading) -> None:
    for label in labelled.sentences:
        flags = {flag for each in reading.sentences if label.start <= each.sentence.start < label.end for flag in each.flags}
        for flag in FLAGS:
            made.totals[f"{flag} recall"] += flag in label.flags
            made.hits[f"{flag} recall"] += flag in label.flags & flags
            made.totals[f"{flag} precision"] += flag in flags
            made.hits[f"{flag} precision"] += flag in label.flags & flags


def _named(made: Scored, labelled: Labelled, names: Sequence[str]) -> None:
    known = {_short(name): wanted for name, wanted in labelled.stakeholders.items()}
    found = {_short(name) for name in names}
    must = {name for name, wanted in known.items() if wanted == "must"}
    made.totals["stakeholders recall"] += len(must)
    made.hits["stakeholders recall"] += len(must & found)
    made.totals["stakeholders precision"] += len(found)
    made.hits["stakeholders precision"] += len(found & set(known))


def _short(name: str) -> str:
    """Return a name as the drafter prints it: the labels write a few of them shorter, or as they were before."""
    long = {"Turkey": "Türkiye", "Council": "Council of the European Union", "Court of Auditors": "European Court of Auditors"}
    return {**long, "Court of Justice": "Court of Justice of the European Union"}.get(name, name)


def total(every: Iterable[Scored]) -> Scored:
    """Return the sum of the counts of several articles."""
    made = Scored(Counter(), Counter())
    for each in every:
        made.hits.update(each.hits)
        made.totals.update(each.totals)
    return made


def table(made: Scored) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the table: what, ours, the baseline's."""
    for name in ("precision", "event recall", "redundancy", *SECTIONS):
        yield (f"{name} (precision)" if name in SECTIONS else name, share(made, name), share(made, f"lead {name}"))
    for flag in FLAGS:
        yield f"{flag}: precision, recall", f"{share(made, f'{flag} precision')}, {share(made, f'{flag} recall')}", "–"
    yield "stakeholders: precision, recall", f"{share(made, 'stakeholders precision')}, {share(made, 'stakeholders recall')}", "–"
    yield "genre", share(made, "genre"), "–"
    yield "verbatim, at its offset", share(made, "verbatim"), "–"


def share(made: Scored, name: str) -> str:
    """Return a share with its count: `0.80 (12/15)`; a dash where there is nothing to count."""
    whole = made.totals[name]
    return f"{made.hits[name] / whole:.2f} ({made.hits[name]}/{whole})" if whole else "–"
