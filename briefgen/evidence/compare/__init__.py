"""The comparer: whether a text says what its ground says. One answer for one pair of texts, whoever asks.

In: a text, its grounds, a policy. Out: `Said` rows, each a thing that the text says and its ground does not, with a verdict. A
claim against its source and a wording against `full` differ by policy only. What a text does not say is no fault, save in a
wording that loses who says so or a denial. Opens no file; nothing here guesses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefgen.evidence.compare import relations
from briefgen.evidence.compare.actors import actors
from briefgen.evidence.compare.days import days
from briefgen.evidence.compare.denials import denials
from briefgen.evidence.compare.figures import Near, figures, matches
from briefgen.evidence.compare.ground import Ground, Kind, Place, Policy, Said
from briefgen.evidence.compare.names import named
from briefgen.evidence.compare.saying import hedges
from briefgen.evidence.compare.terms import likelihoods
from briefgen.model.yardstick import Yardstick

__all__ = ["Ground", "Kind", "Place", "Policy", "Said", "compare", "compare_wording"]

ALIKE = 3
"""Stems that a clause of a claim and one of its ground must share for a denial to be compared."""


def compare(text: str, grounds: Sequence[Ground], policy: Policy) -> tuple[Said, ...]:
    """Return what a text says and none of its grounds does; nothing where there is no ground."""
    if not grounds:
        return ()
    grounds = tuple(grounds)
    own = (Near(row.near, row.language) for row in grounds if row.near)
    near = tuple(dict.fromkeys((*own, *(Near(row.translation, policy.language) for row in grounds if row.translation))))
    articles = dict.fromkeys(Near(row.article, row.language) for row in grounds if row.article)
    all_of_them = policy.every if policy.every not in [one.text for one in articles] else ""  # of one source it is the same
    far = (*articles, *([Near(all_of_them, grounds[0].language)] if all_of_them else []))
    found: list[Said] = [*figures(text, near, far, policy), *days(text, grounds, policy)]
    if not policy.ours and far:
        about = [row.about for row in grounds if row.about]
        found += named(text, [one.text for one in near], [*about, *(one.text for one in far)], policy)
        found += _related(text, near, policy)
        found += _acted(text, grounds, near, policy)
    return tuple(dict.fromkeys(found))


def _acted(text: str, grounds: Sequence[Ground], near: Sequence[Near], policy: Policy) -> Iterator[Said]:
    if not policy.wording:
        quoted = [sentence for row in grounds for sentence in row.sentences]
        yield from actors(text, quoted, [one.text for one in near], policy.language)


def _related(text: str, near: tuple[Near, ...], policy: Policy) -> Iterator[Said]:
    """Yield relations that are otherwise in the ground; only between texts of one language that has the words."""
    language = policy.language
    alike = tuple(one for one in near if one.language[:2] == language[:2])
    if not alike or not relations.known(language):
        return
    yield from relations.anchored(text, tuple(matches(text, alike, language)), language)
    ground = "\n\n".join(one.text for one in alike)
    if policy.wording or relations.says_all(text, language):
        yield from relations.extents(text, ground, language, wording=policy.wording)
    if not policy.context:
        yield from relations.causes(text, ground, language, wording=policy.wording)
    if not policy.wording:
        yield from denials(text, ground, "", language, alike=ALIKE)


def compare_wording(
    text: str, full: str, item: str, policy: Policy, scheme: Yardstick, *, likelihood: str = "", marked: bool = False
) -> tuple[Said, ...]:
    """Return what a wording says otherwise than `full`; what `full` does not mention is looked for in the rest of the item.

    `likelihood` is what the item's field states; `marked` says that the text is a label beside the mark of its status.
    """
    grounds = (Ground(paragraph=full, article=item, language=policy.language),)
    return tuple(dict.fromkeys(_in_wording(text, full, item, grounds, policy, scheme, likelihood, marked)))


def _in_wording(
    text: str,
    full: str,
    item: str,
    grounds: tuple[Ground, ...],
    policy: Policy,
    scheme: Yardstick,
    likelihood: str,
    marked: bool,
) -> Iterator[Said]:
    yield from compare(text, grounds, policy._replace(day=f"{policy.day}\n{item}"))
    yield from likelihoods(text, full, item, likelihood, scheme)
    yield from denials(text, full, item, policy.language)
    yield from hedges(text, full, item, policy.language, marked=marked)
