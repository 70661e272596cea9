"""What a shorter wording must not lose on the way: who says so, that it is only possible; and that it is no surer than `full`.

In: a wording and the fullest one. Out: `Said` rows of the kind hedge. Both are read clause by clause; a clause of the wording is
compared with the clause of `full` that shares most words with it, so that a claim that was left out is not missed. Paraphrase
without a shared word is not seen: nothing here guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from briefgen.evidence.compare.clauses import Clause, clauses, nearest
from briefgen.evidence.compare.ground import Kind, Place, Said
from briefgen.findings.diagnostics import Verdict
from briefgen.language.stems import stem, words_of
from briefgen.language.wordlists import bars, section

_LOOK_BEHIND = re.compile(r"\(\?<![^)]*\)")
_DROPPED = re.compile(r"\b(?:shelv|dropp|drops|scrap|abandon|withdr|cancel|gave up|given up)", re.IGNORECASE)
_OWN_WILL = re.compile(r"[^.;]{0,40}?\b(?:that )?(?:it|they|he|she|we) (?:would|will|wants?|plans?|intends?)\b")
_NOBODY_S = re.compile(r" (?:some |various |unnamed )?estimates?\b")
_WITHOUT = re.compile(r"\b[Ww]ithout\b")
_LONG = re.compile(r"[^\W\d_]{4}")


@cache
def words(name: str, language: str) -> re.Pattern[str]:
    """Return a pattern of whole words from the phrases of a list of `wordings`; of said, tells, open, mild, sure, stance."""
    phrases = bars("wordings", name, language)
    if not phrases:
        return re.compile(r"(?!)")
    begun = _LOOK_BEHIND.sub("", phrases).split("|")
    sure = all(phrase[:1].isalpha() and phrase[1:2] not in ("?", "*", "{") for phrase in begun)
    begins = f"(?=[{''.join(sorted({phrase[0] for phrase in begun}))}])" if sure else ""  # most words begin otherwise
    return re.compile(rf"(?<![^\W_]){begins}(?:{phrases})(?![^\W_])", re.IGNORECASE)


def hedges(text: str, full: str, item: str, language: str, *, marked: bool = False) -> Iterator[Said]:
    """Yield what a wording lost: attribution, possibility; and what makes it surer than `full`.

    `marked` says that it is a label, printed beside the mark of its status or likelihood. Without words for a language: nothing.
    """
    if not section(language, "wordings"):
        return
    if not marked and (words("said", language).search(full) or words("open", language).search(full)):
        yield from _each_lost(text, full, language)
    sure = words("sure", language)
    for match in sure.finditer(text):
        if not sure.search(full) and not sure.search(item):
            yield Said(Kind.HEDGE, Verdict.CONTRADICTED, match[0], "", match.span(), None, full)


def _each_lost(text: str, full: str, language: str) -> Iterator[Said]:
    """Yield what each clause of `full` says and none of the clauses that say the same does."""
    mine, there = clauses(text, language), clauses(full, language)
    if not there:
        return
    asked = [clause for clause in mine if clause.question]
    groups: dict[int, list[Clause]] = {}
    for clause in mine:
        at = nearest(clause, there) if len(there) > 1 else 0
        if at is not None and not clause.question and _LONG.search(clause.text):
            groups.setdefault(at, []).append(clause)
    for at, rows in groups.items():
        for row in _lost(there[at], [*rows, *asked], language, full):
            if row.instead.casefold() not in text.casefold():
                yield row


def _lost(theirs: Clause, rows: Sequence[Clause], language: str, full: str) -> Iterator[Said]:
    text = "\n".join(row.text for row in rows)
    said = words("said", language).search(theirs.text)
    if said and not _keeps_speaker(theirs.text, said, text, language):
        yield _row(theirs, said, full)
    could = words("open", language).search(theirs.text)
    if could and not _closed(could[0].lower(), theirs.text, text, language) and not words("mild", language).search(text):
        yield _row(theirs, could, full)


def _keeps_speaker(theirs: str, said: re.Match[str], text: str, language: str) -> bool:
    """Return whether a wording keeps who says so: by a word for it, as a stance or an intention, as a guess of nobody's."""
    if words("tells", language).search(text) or _stands_by(theirs[: said.start()], text, language):
        return True
    if _OWN_WILL.match(theirs, said.end()) and words("stance", language).search(text):
        return True
    return bool(_NOBODY_S.match(theirs, said.end()) and words("mild", language).search(text))


def _closed(could: str, theirs: str, text: str, language: str) -> bool:
    """Return whether a word that may leave open leaves nothing open there."""
    if could == "would":
        return bool(
            words("tells", language).search(theirs)
        )  # reported: "he said that it would close" is "it will close, he said"
    if could in ("if", "unless"):
        return bool(_WITHOUT.search(text))  # "without a vote" for "if there is no vote"
    return could.startswith("plan") and bool(_DROPPED.search(theirs))  # a plan that is shelved leaves nothing open


def _stands_by(speaker: str, text: str, language: str) -> bool:
    """Return whether a wording gives the speaker's own stance: “does not accept” for “said that it is unacceptable”."""
    who = words_of(speaker[-60:])[-1:]
    stance = words("stance", language).search(text) if who else None
    return stance is not None and stem(who[0]) in map(stem, words_of(text[: stance.start()])[-6:])


def _row(clause: Clause, match: re.Match[str], full: str) -> Said:
    place: Place = (clause.start + match.start(), clause.start + match.end())
    return Said(Kind.HEDGE, Verdict.CONTRADICTED, "", match[0], None, place, full)
