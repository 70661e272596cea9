"""Denials: a no of the ground that a text gives as a yes, and a no that it adds.

In: a text, its ground, what else the item says. Out: `Said` rows of the kind denial. Both are read clause by clause, and it
speaks only where both hold the word that is denied in one of them; finer denials (“refuses”, “hardly”) count as denial in the
other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from briefgen.evidence.compare.clauses import Clause, clauses
from briefgen.evidence.compare.ground import Kind, Place, Said
from briefgen.evidence.compare.saying import words
from briefgen.findings.diagnostics import Verdict
from briefgen.language import negation
from briefgen.language.stems import shared, stem, stems, words_of
from briefgen.language.wordlists import bars, entries, every

EVERYBODY = re.compile(rf"\b(?:{bars('denials', 'everybody')})\b", re.IGNORECASE)
NOBODY = frozenset(entries("en", "denials", "nobody"))
_OF_VERBS = frozenset(every("denials", "verbs"))
OTHERWISE = re.compile(rf"\b(?:{bars('denials', 'otherwise')})", re.IGNORECASE)
"""What denies without a word of denial."""
_IF = re.compile(r"\b(?:[Ii]f|[Uu]nless|[Ww]enn|[Ff]alls|[Ss]i)\b")
_NOT_YET = re.compile(r"\b(?:not yet|noch nicht|pas encore)\b", re.IGNORECASE)
DENIALS = 12
"""How many denials of one clause are looked at."""


def denials(text: str, full: str, item: str, language: str, *, alike: int = 0) -> Iterator[Said]:
    """Yield a denial of `full` that a text gives without one, and one that it adds.

    `alike` is how many stems two clauses must share to be compared: 0 for a wording, which has its full text beside it. Where
    some must be shared, a denied noun takes more: “who has no party” may stand beside any party.
    """
    if negation.negated(text, language) or negation.negated(full, language):
        yield from _lost(text, full, language, alike)
        yield from _added(text, full, item, language, alike)
    yield from _turned(text, full, item, language, "" if alike else "unlikely")


def _said(word: str, instead: str, at: Place | None, there: Place | None, full: str) -> Said:
    return Said(Kind.DENIAL, Verdict.CONTRADICTED, word, instead, at, there, full)


def _lost(text: str, full: str, language: str, alike: int) -> Iterator[Said]:
    mine, there = clauses(text, language), clauses(full, language)
    for theirs in there:
        for word, about in islice(negation.negated(theirs.text, language), DENIALS):
            others = (one for one in there if one is not theirs)
            yes = any(_speaks_of(one, about) and not _denied(one, theirs.text, language) for one in others)
            for row in () if yes or _again(theirs, about) else mine:
                meant = (_speaks_of(row, about) or _of_all(row, word, about, theirs.text)) and _alike(row, theirs, alike, word)
                if meant and not (_denied(row, theirs.text, language) or _kept(row, theirs, about, language)):
                    yield _said("", word, None, _found(theirs, word), full)


def _kept(row: Clause, theirs: Clause, about: Sequence[str], language: str) -> bool:
    """Return whether a clause keeps a denial in other words: refused to, independent; a draft for what is not yet law."""
    if _also(row, about, language):
        return True
    return bool(_NOT_YET.search(theirs.text) and words("mild", language).search(row.text))


def _added(text: str, full: str, item: str, language: str, alike: int) -> Iterator[Said]:
    there = clauses(full, language)
    for row in clauses(text, language):
        for word, about in islice(negation.negated(row.text, language), DENIALS):
            least = alike or (0 if _of_verb(word) else 1)  # “no drug is more dangerous” denies nothing of the drugs
            same = [one for one in (*there, *clauses(item, language)) if _speaks_of(one, about) and _alike(row, one, least, word)]
            denied = any(_denied(one, row.text, language) or _also(one, about, language) for one in same)
            if not denied and not _aside(word, row, there) and any(one in same for one in there):
                yield _said(word, "", _found(row, word), None, full)


def _aside(word: str, row: Clause, there: Sequence[Clause]) -> bool:
    """Return whether a denial corrects (“ozone, not heat, did it”), or is the condition of what the ground says otherwise."""
    if re.search(rf",\s(?:and |und |et )?{re.escape(word)}\b", row.text):
        return True
    return bool(_IF.search(row.text)) and any(OTHERWISE.search(one.text) for one in there)


def _of_verb(word: str) -> bool:
    """Return whether a denial is one of a verb: not, never, refused to; no `no` and no `without` of a noun."""
    return word in _OF_VERBS or word.endswith("n't") or " " in word


def _speaks_of(row: Clause, about: Sequence[str]) -> bool:
    """Return whether a clause holds the word that is negated."""
    return bool(about) and about[0] in stems(row.text)


def _alike(row: Clause, other: Clause, least: int, word: str) -> bool:
    """Return whether two clauses share enough to be compared; where a noun is denied, all words of the first but one."""
    if not least:
        return True
    size, needed = len(row.stems), max(2, min(least, len(row.stems) - 1))
    return len(shared(row.stems, other.stems)) >= (needed if _of_verb(word) else max(2, size - 1))


def _of_all(row: Clause, word: str, about: Sequence[str], whole: str) -> bool:
    """Return whether a clause says of all what the other says of nobody: “neither minister came”, “both came”."""
    if word not in NOBODY or "against" in words_of(whole):
        return False  # "nobody voted against it" is "all voted for it"
    return any(one in stems(row.text) for one in about[:2]) and bool(EVERYBODY.search(row.text))


def _again(clause: Clause, about: Sequence[str]) -> bool:
    """Return whether the word that is denied stands there twice: “refused to sign in May, and signed in June”."""
    return sum(stem(word) == about[0] for word in words_of(clause.text)) > 1 if about else False


def _denied(row: Clause, other: str, language: str) -> bool:
    """Return whether a clause denies: with a word for it, or with one such as `refuse` that the other text does not have."""
    if negation.negations(row.text, language):
        return True
    there = other.casefold()
    return any(match[0].casefold() not in there for match in OTHERWISE.finditer(row.text))


def _also(row: Clause, about: Sequence[str], language: str) -> bool:
    """Return whether a clause denies the same word as “refused to” does, or with a prefix: independent for not depend."""
    bare = [stem(rest) for _, rest in negation.prefixed(row.text)]
    if any(one[:5] == other[:5] for one in bare for other in about):
        return True
    return any(about[:1] == theirs[:1] for _, theirs in negation.negated(row.text, language))


def _turned(text: str, full: str, item: str, language: str, other: str) -> Iterator[Said]:
    """Yield a word that stands with a prefix of denial in one text and without it in the other, save one for another rule."""
    if not (negation.prefixed(full) or negation.prefixed(text)):
        return
    mine, theirs = set(words_of(text)), set(words_of(full))
    for word, bare in dict.fromkeys(negation.prefixed(full)) if not negation.negations(text, language) else ():
        if bare in mine and bare not in theirs and word not in mine and word != other:
            yield _said(bare, word, _place(text, bare), _place(full, word), full)
    for word, bare in dict.fromkeys(negation.prefixed(text)) if not negation.negations(full, language) else ():
        if bare in theirs and word not in {*theirs, *words_of(item)} and word != other:
            yield _said(word, bare, _place(text, word), _place(full, bare), full)


def _place(text: str, word: str) -> Place | None:
    at = text.casefold().replace("’", "'").find(word)
    return (at, at + len(word)) if at >= 0 else None


def _found(clause: Clause, word: str) -> Place | None:
    plain = clause.text.replace("’", "'")
    match = re.search(rf"(?<![^\W_]){re.escape(word)}", plain, re.IGNORECASE) or re.search(re.escape(word), plain, re.IGNORECASE)
    return (clause.start + match.start(), clause.start + match.end()) if match else None
