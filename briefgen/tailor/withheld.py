"""The sources that only withheld items use: they are withheld with them.

In: a summary, and its items that are marked above the version. Out: ids of sources. A source that nothing uses is no secret,
unless it is a reprint of one that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

from pydantic import BaseModel

from briefgen.model.parts import Evidence, Source
from briefgen.model.summary import Summary

_NAMES = frozenset({"rests_on", "items", "item", "indicators", "early_signs", "exposed"})
"""Fields that may name a source without quoting it."""


def only_withheld(summary: Summary, hidden: Sequence[object]) -> frozenset[str]:
    """Return the ids of the sources that the hidden items use, and nothing else does: directly, or as what theirs reprint."""
    known = {source.id: source for source in summary.sources}
    inside = _originals(chain.from_iterable(_names(item, frozenset()) for item in hidden), known)
    outside = _originals(_names(summary, {id(item) for item in hidden}), known)
    secret = inside - outside
    return frozenset(secret | {name for name in known.keys() - outside if secret & _originals([name], known)})


def _originals(names: Iterator[str] | list[str], known: dict[str, Source]) -> set[str]:
    """Return the sources among some names, and all that they are reprints of."""
    found: set[str] = set()
    for name in names:
        at: str | None = name
        while at in known and at not in found:
            found.add(at)
            at = known[at].reprint_of
    return found


def _names(node: object, without: AbstractSet[int]) -> Iterator[str]:
    """Yield what may be ids of sources in a part of a summary; `without` are the parts that do not count, by identity."""
    if isinstance(node, tuple):
        for entry in node:
            yield from _names(entry, without)
    elif isinstance(node, Evidence):
        yield node.source
    elif isinstance(node, BaseModel) and not isinstance(node, Source) and id(node) not in without:
        for name in type(node).model_fields:
            value = getattr(node, name)
            if name in _NAMES:
                yield from (word for word in (value if isinstance(value, tuple) else (value,)) if isinstance(word, str))
            yield from _names(value, without)
