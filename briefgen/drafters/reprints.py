"""Reprints of one wire story: which of some articles are copies of which other, and which sentences were copied.

Two texts share a passage where five words in a row are the same. An article is a reprint where half of the shorter text stands in
the other. The original is the one published first, else the longest, else the first given. Words are looked up in an index of
the originals; no two texts are compared, so that the time grows with the length of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from briefgen.drafters.events import Pick
from briefgen.drafters.parts import MAX_CHARACTERS, Read, Reading, Reprint
from briefgen.language.segment import words
from briefgen.model.article import Article, Role

RUN = 5  # words
COPIED = 0.5  # of the shorter text
LEAST = 25  # runs of words: two texts of less may be the same notice
COMMON = 20  # originals: a run of words that so many hold is a formula, and tells nothing
_LAST = "9999"  # an article without date comes after those that have one

COPY = "copied"
"""The flag of a sentence that an article took over: it gives no item and no evidence."""
EDITED = 0.25  # of a sentence's runs: one changed word takes five of them

Run = int  # its hash: a tenth of the memory


def marked(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, the reprints among them marked, and each sentence that they took over."""
    found = reprints([reading.article for reading in readings])
    return [
        _marked(reading, found[number], readings[found[number].original].article) if number in found else reading
        for number, reading in enumerate(readings)
    ]


def _marked(reading: Reading, reprint: Reprint, original: Article) -> Reading:
    taken = copied([read.sentence.text for read in reading.sentences], original)
    sentences = tuple(
        replace(read, flags=read.flags | {COPY}) if copy else read for read, copy in zip(reading.sentences, taken, strict=True)
    )
    return replace(reading, sentences=sentences, reprint=reprint)


def comment(reprint: Reprint, source: str) -> str:
    """Return what is said of a reprint; `source` names its original."""
    return f"a reprint of {source}, it seems: {int(100 * reprint.share)} % of the shorter text stands in both, word for word"


def once(pick: Pick, readings: Sequence[Reading]) -> Pick:
    """Return an item without evidence from a second reprint of one story: it would look like a second witness."""
    kept: list[Read] = [pick.read]
    for read in pick.also:
        own = read.sentence.article
        if all(own == each.sentence.article or _root(own, readings) != _root(each.sentence.article, readings) for each in kept):
            kept.append(read)
    return replace(pick, also=tuple(kept[1:]))


def _root(number: int, readings: Sequence[Reading]) -> int:
    reprint = readings[number].reprint
    return reprint.original if reprint else number


def reprints(articles: Sequence[Article]) -> dict[int, Reprint]:
    """Return which articles are reprints, by their number, each with an original that is none."""
    runs = [frozenset(_runs(_body(article))) for article in articles]
    order = sorted(range(len(articles)), key=lambda n: (articles[n].published or _LAST, -len(runs[n]), n))
    holders: dict[Run, list[int]] = {}
    found: dict[int, Reprint] = {}
    for number in order:
        original = _original(number, runs, holders)
        if original:
            found[number] = original
            continue
        for run in runs[number]:
            if len(held := holders.setdefault(run, [])) < COMMON:
                held.append(number)
    return found


def _original(number: int, runs: Sequence[frozenset[Run]], holders: Mapping[Run, Sequence[int]]) -> Reprint | None:
    """Return the original that an article repeats most of, None where there is none."""
    shared = Counter(holder for run in runs[number] for holder in holders.get(run, ()))
    shares = [(count / min(len(runs[number]), len(runs[holder])), -holder) for holder, count in shared.items() if count >= LEAST]
    best, holder = max(shares, default=(0.0, 0))
    return Reprint(-holder, best) if best >= COPIED else None


def copied(sentences: Sequence[str], original: Article) -> list[bool]:
    """Return for each sentence of a reprint whether the original has it, a few words changed; one of less than a run is."""
    known = frozenset(_runs(_body(original)))
    told = []
    for sentence in sentences:
        runs = list(_runs(sentence))
        told.append(sum(run in known for run in runs) >= EDITED * len(runs))
    return told


def _body(article: Article) -> str:
    return " ".join(row.text for row in article.paragraphs if row.role is Role.BODY)[:MAX_CHARACTERS]


def _runs(text: str) -> Iterator[Run]:
    """Yield each five words in a row of a text, none where they are fewer."""
    found = [word.text.casefold() for word in words(text)]
    for start in range(len(found) - RUN + 1):
        yield int.from_bytes(blake2b(" ".join(found[start : start + RUN]).encode(), digest_size=8).digest(), "big")
