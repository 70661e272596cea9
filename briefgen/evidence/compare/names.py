"""The proper names of a text against its ground: a name that stands nowhere, and a person with another first name.

In: a text and its grounds. Out: `Said` rows of the kind name. A claim may take a name from anywhere in its articles; only one
that no article has is told. A first name that is another one's is contradicted where the family name stands in the ground with
its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefgen.evidence.compare.ground import Kind, Policy, Said
from briefgen.findings.diagnostics import Verdict
from briefgen.language.memo import kept
from briefgen.language.names import Name, capital_nouns, names, same, stands, without_weight
from briefgen.language.stems import small

LIMIT = 60
"""Names of one text that are looked at: more stand in no wording of a claim."""
_OWNER = re.compile(r"['’]s?\s")
_TWO = re.compile(r"(?<![\w-])([A-ZÀ-Þ][\w’'-]{2,40}) ([A-ZÀ-Þ][\w’'-]{2,40})(?![\w-])")


def named(text: str, near: Sequence[str], far: Sequence[str], policy: Policy) -> Iterator[Said]:
    """Yield the names of a text that stand neither in the texts near nor in those that are farther off."""
    every = (*near, policy.own, *far)
    told: set[str] = set()
    german = capital_nouns(policy.language)
    for name in names(text, policy.language)[:LIMIT]:
        if (
            not stands(name.text, every, every)
            and not (german and _ends_a_word(name.text, every))
            and not _titled(name.text, every)
        ):
            told.add(name.text)
            yield _said(name, near[0] if near else "", policy)
    yield from _first_names(text, near[0] if near else "", every, told, policy.language)


def _titled(name: str, texts: Sequence[str]) -> bool:
    """Return whether a person stands there by title and family name: President Berg for Anna Berg."""
    first, _, last = name.partition(" ")
    if not last or " " in last or first.lower() in without_weight():
        return False
    titles = (match[1].lower() for text in texts for match in re.finditer(rf"([^\W\d_]+)\.?\s{re.escape(last)}(?!\w)", text))
    return any(title in without_weight() for title in titles)


def _ends_a_word(name: str, texts: Sequence[str]) -> bool:
    """Return whether a noun ends a compound: Rat for Sachverständigenrat."""
    return any(re.search(rf"\w{re.escape(name.lower())}(?!\w)", text) for text in texts)


def _said(name: Name, text: str, policy: Policy) -> Said:
    parts = {part for part in name.text.split() if len(part) > 3}
    other = next((one for one in names(text[:20_000], policy.language)[:LIMIT] if parts & set(one.text.split())), None)
    at = (name.start, name.start + len(name.text))
    there = (other.start, other.start + len(other.text)) if other else None
    first, last = (other.text.split()[0], other.text.split()[-1]) if other else ("", "")
    persons = len(name.text.split()) == 2 and last == name.text.split()[-1] and not _no_person(first, name.text)
    verdict = Verdict.CONTRADICTED if persons else Verdict.NOT_FOUND
    return Said(Kind.NAME, verdict, name.text, other.text if other else "", at, there, text if other else "")


def _no_person(first: str, other: str) -> bool:
    """Return whether a first word is a title, or one of the two an owner: Italy's Supreme Court."""
    return first.lower() in without_weight() or bool(_OWNER.search(f"{first} {other} "))


@kept
def _families(text: str) -> dict[str, tuple[str, tuple[int, int]]]:
    """Return the first name, and the place of both, by family name: of two words with capitals."""
    return {last: (first, match.span()) for match in _TWO.finditer(text) for first, last in [match.groups()]}


def _first_names(text: str, near: str, every: Sequence[str], told: set[str], language: str) -> Iterator[Said]:
    """Yield a person with another first name at the beginning of a sentence, where a capital alone makes no name."""
    mine = () if capital_nouns(language) else tuple(_TWO.finditer(text))
    first = _families(near) if mine else {}
    for match in mine:
        given, last = match.groups()
        other, place = first.get(last, ("", (0, 0)))
        weightless = {given.lower(), other.lower()} & (without_weight() | small()) or last.lower() in same()
        if (
            other
            and other != given
            and not weightless
            and not _no_person(other, given)
            and not any(given in one for one in every)
            and match[0] not in told
        ):
            yield Said(Kind.NAME, Verdict.CONTRADICTED, match[0], near[slice(*place)], match.span(), place, near)
