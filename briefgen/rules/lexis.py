"""Which word lists can find anything in a summary at all: most find nothing, and need not be looked for in each of its texts.

In: the texts of a summary and a word table. Out: for the name of a list, yes or no. A yes may be wrong and cost a search, a no
is never wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from briefgen.rules.words import Table, first_words, lists

_WORD = re.compile(r"\w+")


class Lexis:
    """The words of all texts together; `texts` is filled before the first question."""

    def __init__(self, table: Table) -> None:
        """Begin with no text."""
        self.table = table
        self.texts: list[str] = []
        self._known: dict[str, bool] = {}

    def may_hold(self, name: str) -> bool:
        """Return whether the first word of an entry of a list (or of several, joined by `+`) stands in some text."""
        if name not in self._known:
            self._known[name] = self.may_begin(self.table.first_words(name))
        return self._known[name]

    @cached_property
    def american(self) -> bool:
        """Return whether a word in US spelling may stand in some text."""
        return self.may_begin(first_words(lists("spelling")["us"]))

    def may_begin(self, firsts: Iterable[tuple[str, bool]]) -> bool:
        """Return whether one of some first words stands in a text."""
        return any(map(self._holds, firsts))

    def _holds(self, first: tuple[str, bool]) -> bool:
        word, open_ended = first
        if not open_ended:
            return word in self._words
        at = bisect_left(self._sorted, word)
        return at < len(self._sorted) and self._sorted[at].startswith(word)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_WORD.findall("\n".join(self.texts).casefold()))

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._words)
