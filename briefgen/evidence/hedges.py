"""What a shorter wording must not lose on the way: who says so, that it is only possible, that it is denied.

In: a wording and the fullest one. Out: `Difference` rows. Both texts are read clause by clause; a clause of the wording is
compared with the clause of `full` that shares most words with it, so that a claim that was left out is not missed. English has
the full tables, German and French shorter ones; texts in other languages are compared in negations of theirs only where they have
a table. Paraphrase without a shared word is not seen: nothing here guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from briefgen.evidence.hedge_words import EVERYBODY, MILD, NO_DENIAL, NOBODY, OPEN, OTHERWISE, PARTS, SAID, STANCE, SURE, TELLS
from briefgen.evidence.wordings import LIMIT, Difference, Differs, Known, Place
from briefgen.language import negation
from briefgen.language.memo import kept, sentences


@dataclass(frozen=True)
class Clause:
    """One clause of a text, with its place."""

    text: str
    start: int
    question: bool

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of what it is about."""
        return frozenset(negation.stem(word) for word in negation.words_of(self.text) if len(word) > 3)


_DROPPED = re.compile(r"\b(?:shelv|dropp|drops|scrap|abandon|withdr|cancel|gave up|given up)", re.IGNORECASE)
_LONG = re.compile(r"[^\W\d_]{4}")
DENIALS = 12
"""How many denials of one clause are looked at."""


@kept
def clauses(text: str, language: str) -> tuple[Clause, ...]:
    """Return the clauses of a text: its sentences, parted at semicolons and dashes."""
    found = []
    text = NO_DENIAL.sub(lambda match: " " * len(match[0]), text)
    for piece in sentences(text, language):
        at = 0
        for end, following in [*(match.span() for match in PARTS.finditer(piece.text)), (len(piece.text), 0)]:
            words = piece.text[at:end]
            found.append(Clause(words, piece.start + at, piece.text.endswith("?")))
            at = following
    return tuple(row for row in found if row.text.strip())[:LIMIT]


def _nearest(clause: Clause, there: Sequence[Clause]) -> int | None:
    """Return which clause of `full` says the same, None where none shares a third of the words and there is a choice."""
    scores = [len(clause.stems & other.stems) / max(1, len(clause.stems)) for other in there]
    best = max(range(len(there)), key=lambda n: scores[n], default=None)
    return best if best is not None and scores[best] >= 0.34 else None


def hedges(words: str, full: str, known: Known, language: str) -> Iterator[Difference]:
    """Yield what a wording lost: attribution, possibility; and what makes it surer than `full`."""
    base = language.partition("-")[0].lower()
    if base not in SAID:
        return
    if not known.hedged and (SAID[base].search(full) or OPEN[base].search(full)):
        yield from _each_lost(words, full, base)
    for match in SURE[base].finditer(words):
        if not SURE[base].search(full) and not SURE[base].search(known.item):
            yield Difference(Differs.HEDGE, match[0], "", match.span())


def _each_lost(words: str, full: str, base: str) -> Iterator[Difference]:
    """Yield what each clause of `full` says and none of the clauses that say the same does."""
    mine, there = clauses(words, base), clauses(full, base)
    if not there:
        return
    asked = [clause for clause in mine if clause.question]
    groups: dict[int, list[Clause]] = {}
    for clause in mine:
        at = _nearest(clause, there) if len(there) > 1 else 0
        if at is not None and not clause.question and _LONG.search(clause.text):
            groups.setdefault(at, []).append(clause)
    for at, rows in groups.items():
        yield from _lost(there[at], [*rows, *asked], base)


def _lost(theirs: Clause, rows: Sequence[Clause], base: str) -> Iterator[Difference]:
    text = "\n".join(row.text for row in rows)
    said = SAID[base].search(theirs.text)
    if said and not TELLS[base].search(text) and not (base == "en" and _stands_by(theirs.text[: said.start()], text)):
        yield Difference(Differs.HEDGE, "", said[0], None, _place(theirs, said))
    could = OPEN[base].search(theirs.text)
    if could and could[0].lower() == "would" and TELLS[base].search(theirs.text):
        could = None  # reported speech: "he said that it would close" is "it will close, he said"
    if could and could[0].lower() in ("if", "unless") and re.search(r"\b[Ww]ithout\b", text):
        could = None  # "without a vote" for "if there is no vote"
    if could and could[0].lower().startswith("plan") and _DROPPED.search(theirs.text):
        could = None  # a plan that is shelved leaves nothing open
    if could and not MILD[base].search(text):
        yield Difference(Differs.HEDGE, "", could[0], None, _place(theirs, could))


def _stands_by(speaker: str, text: str) -> bool:
    """Return whether a wording gives the speaker's own stance: “does not accept” for “said that it is unacceptable”."""
    who = negation.words_of(speaker[-60:])[-1:]
    stance = STANCE.search(text) if who else None
    return stance is not None and negation.stem(who[0]) in map(negation.stem, negation.words_of(text[: stance.start()])[-6:])


def _place(clause: Clause, match: re.Match[str]) -> Place:
    return clause.start + match.start(), clause.start + match.end()


# ---- denials


def denials(words: str, full: str, known: Known, language: str) -> Iterator[Difference]:
    """Yield a denial of `full` that a wording gives without one, and one that it adds."""
    language = language.partition("-")[0].lower()
    if negation.negated(words, language) or negation.negated(full, language):
        yield from _each_denied(words, full, known, language)
    yield from _turned(words, full, known, language)


def _each_denied(words: str, full: str, known: Known, language: str) -> Iterator[Difference]:
    """Yield the denials of each clause that the clauses of the other text which speak of the same don't have."""
    mine, there = clauses(words, language), clauses(full, language)
    for theirs in there:
        for word, stems in islice(negation.negated(theirs.text, language), DENIALS):
            others = (one for one in there if one is not theirs)
            elsewhere = any(_speaks_of(one, stems) and not _denied(one, theirs.text, language) for one in others) or _again(
                theirs, stems
            )
            for row in () if elsewhere else mine:
                if (_speaks_of(row, stems) or _of_all(row, word, stems)) and not (
                    _denied(row, theirs.text, language) or _also(row, stems, language)
                ):
                    yield Difference(Differs.NEGATION, "", word, None, _found(theirs, word))
    for row in mine:
        for word, stems in islice(negation.negated(row.text, language), DENIALS):
            about = [one for one in (*there, *clauses(known.item, language)) if _speaks_of(one, stems)]
            denied = any(_denied(one, row.text, language) or _also(one, stems, language) for one in about)
            if not denied and any(one in about for one in there):
                yield Difference(Differs.NEGATION, word, "", _found(row, word))


def _speaks_of(row: Clause, stems: Sequence[str]) -> bool:
    """Return whether a clause holds the word that is negated."""
    return bool(stems) and stems[0] in negation.stems(row.text)


def _of_all(row: Clause, word: str, stems: Sequence[str]) -> bool:
    """Return whether a clause says of all what the other says of nobody: “neither minister came”, “both came”."""
    if word not in NOBODY or negation.stem("against") in stems:
        return False  # "nobody voted against it" is "all voted for it"
    return any(stem in negation.stems(row.text) for stem in stems[:2]) and bool(EVERYBODY.search(row.text))


def _again(clause: Clause, stems: Sequence[str]) -> bool:
    """Return whether the word that is denied stands there twice: “refused to sign in May, and signed in June”."""
    return sum(negation.stem(word) == stems[0] for word in negation.words_of(clause.text)) > 1 if stems else False


def _denied(row: Clause, other: str, language: str) -> bool:
    """Return whether a clause denies: with a word for it, or with one such as `refuse` that the other text does not have."""
    if negation.negations(row.text, language):
        return True
    there = other.casefold()
    return any(match[0].casefold() not in there for match in OTHERWISE.finditer(row.text))


def _also(row: Clause, stems: Sequence[str], language: str) -> bool:
    """Return whether a clause denies the same word as “refused to” does, or with a prefix."""
    return _said_otherwise(row.text, stems) or any(stems[:1] == theirs[:1] for _, theirs in negation.negated(row.text, language))


def _said_otherwise(text: str, stems: Sequence[str]) -> bool:
    """Return whether a text has one of the words with a prefix that denies: independent for not depend."""
    bare = [negation.stem(bare) for _, bare in negation.prefixed(text)]
    return any(one[:5] == stem[:5] for one in bare for stem in stems)


def _turned(words: str, full: str, known: Known, language: str) -> Iterator[Difference]:
    """Yield a word that stands with a prefix of denial in one text and without it in the other."""
    if not (negation.prefixed(full) or negation.prefixed(words)):
        return
    mine, theirs = set(negation.words_of(words)), set(negation.words_of(full))
    for word, bare in dict.fromkeys(negation.prefixed(full)) if not negation.negations(words, language) else ():
        if bare in mine and bare not in theirs and word not in mine and word != "unlikely":
            place = full.lower().find(word)
            at = words.lower().find(bare)
            yield Difference(Differs.NEGATION, bare, word, (at, at + len(bare)), (place, place + len(word)))
    for word, bare in dict.fromkeys(negation.prefixed(words)) if not negation.negations(full, language) else ():
        if bare in theirs and word not in {*theirs, *negation.words_of(known.item)} and word != "unlikely":
            at = words.lower().find(word)
            yield Difference(Differs.NEGATION, word, bare, (at, at + len(word)))


def _found(clause: Clause, word: str) -> Place | None:
    match = re.search(rf"(?<![^\W_]){re.escape(word)}", clause.text.replace("’", "'"), re.IGNORECASE) or re.search(
        re.escape(word), clause.text.replace("’", "'"), re.IGNORECASE
    )
    return _place(clause, match) if match else None
