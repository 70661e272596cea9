"""Relations between the things that a text says, where the words are those of its ground: all or some, up or down, before or
after.

In: a text, the sentences of its ground that speak of the same, quantities that stand in both. Out: `Said` rows of the kinds
extent, direction, order and cause. A relation is compared only where something holds both texts together: a quantity that both
have, or the thing that is quantified. What is said in quite other words is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from briefgen.evidence.compare.figures import Match
from briefgen.evidence.compare.ground import Kind, Place, Said
from briefgen.findings.diagnostics import Verdict
from briefgen.language.memo import sentences
from briefgen.language.quantities import quantities
from briefgen.language.quantity import Quantity
from briefgen.language.stems import shared, small, stem, stems, words_of
from briefgen.language.wordlists import bars, base, section

HEADS = 4
"""Words after a quantifier that may be what it quantifies."""
AROUND = 45
"""Characters before a quantity in which the verb of its change can stand; half as many after it."""
_END = re.compile(r"[.;:()–—]|,\s")
_AS = re.compile(r"\b(?:as|since|so|da|denn|car|puisque)\b", re.IGNORECASE)
_OF_ALL = re.compile(r"\b(?:of|von|de|des)\s\Z")
_CLAUSE = re.compile(r"[.;:–—]\s")
_CAUSE_END = re.compile(r"[.;]|,\s(?:says?|said|the|according|which|who|whose|where)\b|$")


@cache
def _sign(name: str, language: str) -> re.Pattern[str]:
    words = bars("relations", name, base(language))
    return re.compile(rf"(?<![\w-])(?:{words or '(?!)'})(?![\w-])", re.IGNORECASE)


def says_all(text: str, language: str) -> bool:
    """Return whether a text speaks of a whole: all, every, none."""
    return _sign("all", language).search(text) is not None


def known(language: str) -> bool:
    """Return whether a language has words of relation."""
    return bool(section(language, "relations"))


# ---- all or some


def extents(text: str, ground: str, language: str, *, wording: bool) -> Iterator[Said]:
    """Yield a whole where the ground has a part of the same things; in a wording also a part that is lost on the way."""
    parts = [*_quantified(ground, "not_all", language), *_quantified(ground, "part", language), *_counted_parts(ground, language)]
    if not parts:
        return
    wholes = [heads for _, heads in _quantified(ground, "all", language)]
    for match, heads in _wholes(text, wholes, language):
        part = next((place for place, other in parts if shared(heads[:2], other[:3]) or shared(other[:1], heads)), None)
        if part:
            instead = ground[slice(*part)]
            sure = _sign("not_all", language).fullmatch(instead) is not None
            verdict = Verdict.CONTRADICTED if sure else Verdict.NOT_FOUND
            yield Said(Kind.EXTENT, verdict, text[slice(*match)], instead, match, part, ground)
            return
    if wording and not any(_sign(name, language).search(text) for name in ("all", "part", "not_all")):
        for place, heads in _quantified(ground, "not_all", language):
            if shared(heads[:1], stems(text)):
                yield Said(Kind.EXTENT, Verdict.CONTRADICTED, "", ground[slice(*place)], None, place, ground)
                return


def _wholes(text: str, there: Sequence[list[str]], language: str) -> Iterator[tuple[Place, list[str]]]:
    """Yield the wholes of a text that are none of its ground; half of all methane is a part."""
    for match, heads in _quantified(text, "all", language):
        told = any(shared(heads[:1], other) for other in there)
        if heads and not told and not _OF_ALL.search(text, 0, match[0]):
            yield match, heads


def _counted_parts(text: str, language: str) -> Iterator[tuple[Place, list[str]]]:
    """Yield the shares of less than all with what they are of: 60 % of the courts."""
    for one in quantities(text, language, loose=True):  # as it was read for the comparison of figures
        if one.unit == "%" and one.value < 99 and one.counted:
            yield (one.first, one.last), list(one.counted)


def _quantified(text: str, name: str, language: str) -> Iterator[tuple[Place, list[str]]]:
    for match in _sign(name, language).finditer(text):
        if name != "not_all" and _within(text, match.span(), "not_all", language):
            continue
        stop = _END.search(text, match.end(), match.end() + 80)
        after = text[match.end() : stop.start() if stop else match.end() + 80]
        yield match.span(), [stem(word) for word in words_of(after) if len(word) > 2 and word not in small()][:HEADS]


def _within(text: str, place: Place, name: str, language: str) -> bool:
    rows = _sign(name, language).finditer(text, max(0, place[0] - 20), min(len(text), place[1] + 20))
    return any(row.start() <= place[0] and place[1] <= row.end() for row in rows)


# ---- up or down, before or after: held together by a quantity


def anchored(text: str, matches: Sequence[Match], language: str) -> Iterator[Said]:
    """Yield what a text says otherwise around a quantity than its ground does wherever it has that: direction and order."""
    for one in matches:
        for kind, read in ((Kind.DIRECTION, _change), (Kind.ORDER, _order)):
            mine = read(text, one.claimed, language)
            theirs = [(read(where, given, language), where) for given, where in one.given] if mine else []
            first = theirs[0][0] if theirs else None
            if mine and first and all(row and row[0] != mine[0] for row, _ in theirs):
                yield Said(kind, Verdict.CONTRADICTED, mine[1], first[1], mine[2], first[2], theirs[0][1])
                break


def _change(text: str, row: Quantity, language: str) -> tuple[bool, str, Place] | None:
    """Return whether a quantity goes up, and the words for it; None where nothing or both is said of it."""
    before = _CLAUSE.split(text[max(0, row.first - AROUND) : row.first])[-1]
    after = _END.split(text[row.end : row.end + AROUND // 2])[0]
    found = [
        (up, m[0], (at + m.start(), at + m.end()))
        for part, at in ((before, row.first - len(before)), (after, row.end))
        for up, name in ((True, "up"), (False, "down"))
        for m in _sign(name, language).finditer(part)
    ]
    return found[-1] if found and len({up for up, *_ in found}) == 1 else None


def _order(text: str, row: Quantity, language: str) -> tuple[bool, str, Place] | None:
    """Return whether the time that a quantity is comes before something, or after it: four hours after the vote."""
    for later, name in ((True, "later"), (False, "earlier")):
        if match := _sign(name, language).match(text, row.end + 1):
            return later, text[row.start : match.end()], (row.start, match.end())
    return None


# ---- causes


def causes(text: str, ground: str, language: str, *, wording: bool) -> Iterator[Said]:
    """Yield a cause that the ground does not give: no sentence there speaks of it and links it to anything.

    A wording may give the cause that `full` has in other words: there any cause will do.
    """
    if wording and (_sign("because", language).search(ground) or _AS.search(ground)):
        return
    for match in _sign("because", language).finditer(text):
        stop = _CAUSE_END.search(text, match.end())
        end = stop.start() if stop else len(text)
        cause = text[match.end() : end]
        about = stems(cause)
        held = wording and not _values(cause, language).isdisjoint(_values(ground, language))
        if about and not held and not _linked(about, ground, language):
            yield Said(Kind.CAUSE, Verdict.NOT_FOUND, text[match.start() : end], "", match.span())


def _values(text: str, language: str) -> frozenset[tuple[float, str]]:
    return frozenset((one.value, one.unit) for one in quantities(text, language, loose=True) if not one.bare)


def _linked(about: frozenset[str], ground: str, language: str) -> bool:
    """Return whether a sentence that speaks of something links it to anything as cause and effect."""
    sign = _sign("causal", language)
    rows = (piece.text for piece in sentences(ground, language))
    return any(2 * len(shared(about, stems(row))) >= len(about) and sign.search(row) for row in rows)
