"""Which sentences become items: per article the best of each section, one for each event; over all articles at most so many.

Developments may be many, risks and outlook few. What is told again is kept as further evidence of the item that tells it first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from briefgen.drafters.events import Pick, same
from briefgen.drafters.parts import Read, Reading
from briefgen.drafters.ranking import similarity
from briefgen.drafters.reprints import COPY

LEAST = {"developments": 1.55, "risks": 1.9, "outlook": 1.9}
MOST = {"developments": 5, "risks": 3, "outlook": 3}
COMPARED = 600  # items of all articles that are compared with one another: the best ones
SPARE = 3  # of each section: what an article could still give, told in comments
LONGER = 12  # sentences beyond twenty that allow one item more
CANDIDATES = 40  # of each article and section: what is compared with one another
UNLIKE = 0.7  # how much a likeness to what is chosen already costs
SHARES = {"developments": 0.5, "risks": 0.25, "outlook": 0.25}


class Chosen(NamedTuple):
    """The items in the order of their weight, and what was left over for want of room."""

    picks: tuple[Pick, ...]
    rest: tuple[Pick, ...]


def choose(readings: Sequence[Reading], limit: int) -> Chosen:
    """Return the items of all articles together, at most `limit`, and the next best ones that found no room."""
    halves = [_of_one(reading) for reading in readings]
    picks = [pick for kept, _ in halves for pick in kept]
    picks.sort(key=_order)
    merged = _merged(picks[:COMPARED])
    kept: list[Pick] = []
    for section, share in SHARES.items():
        own = [pick for pick in merged if pick.section == section]
        kept += own[: max(1, round(limit * share))]
    spare = [pick for pick in merged if pick not in kept]
    room = max(0, limit - len(kept))
    kept, rest = [*kept, *spare[:room]][:limit], [*spare[room:]]
    rest += picks[COMPARED:]
    rest += [pick for _, spare_ones in halves for pick in spare_ones]
    return Chosen(tuple(sorted(kept, key=_order)), tuple(sorted(rest, key=_order)))


def _order(pick: Pick) -> tuple[float, int, int]:
    return (-pick.weight, pick.read.sentence.article, pick.read.sentence.start)


def _of_one(reading: Reading) -> tuple[list[Pick], list[Pick]]:
    """Return the items of one article and the next best ones; a sentence goes to the section that it fits best."""
    found: list[Pick] = []
    spare: list[Pick] = []
    for section in ("risks", "outlook", "developments"):
        own = [read for read in reading.sentences if COPY not in read.flags]
        able = [read for read in own if _best(read) == section and read.fit[section] >= LEAST[section]]
        able = sorted(able, key=lambda read: (-read.fit[section], read.sentence.start))[:CANDIDATES]
        most = min(2 * MOST[section], MOST[section] + max(0, len(reading.sentences) - 20) // LONGER)
        picks = _unlike(section, able, most + SPARE)
        found += picks[:most]
        spare += picks[most:]
    return found, spare


def _best(read: Read) -> str:
    return max(read.fit, key=lambda name: read.fit[name] / LEAST[name])


def _unlike(section: str, able: list[Read], most: int) -> list[Pick]:
    """Return the best of some sentences, each weighed down by its likeness to those before it (MMR); repeats become evidence."""
    picks: list[Pick] = []
    waiting = list(able)
    while waiting and len(picks) < most:
        best = max(waiting, key=lambda read: (_worth(section, read, picks), -read.sentence.start))
        waiting.remove(best)
        told = next((index for index, pick in enumerate(picks) if same(pick.read, best)), None)
        if told is not None:
            picks[told] = replace(picks[told], also=(*picks[told].also, best))
        elif _worth(section, best, picks) >= LEAST[section]:
            picks.append(Pick(section, best, best.fit[section]))
        else:
            break
    return picks


def _worth(section: str, read: Read, picks: list[Pick]) -> float:
    like = max((similarity(read.terms, pick.read.terms) for pick in picks), default=0.0)
    return read.fit[section] - UNLIKE * like


def _merged(picks: list[Pick]) -> list[Pick]:
    """Return the items of several articles, those that tell one event joined; what two articles tell weighs more."""
    made: list[Pick] = []
    for pick in picks:
        at = next((n for n, other in enumerate(made) if other.section == pick.section and same(other.read, pick.read)), None)
        if at is None:
            made.append(pick)
        else:
            articles = {read.sentence.article for read in (made[at].read, *made[at].also)}
            more = 0.4 * (pick.read.sentence.article not in articles)
            also = (*made[at].also, pick.read, *pick.also)
            made[at] = replace(made[at], also=also, weight=made[at].weight + more)
    return sorted(made, key=_order)
