"""Which texts of a summary a word list can find anything in: most lists find nothing, in most texts, and need no search there.

In: the texts of a summary and a word table. Out: for the name of a list, the places of the texts that hold the first word of an
entry. A text that is named may cost a search in vain; one that is not named holds nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from functools import cached_property

from briefgen.language.spelling import us_first_words
from briefgen.language.wordlists import Table

_WORD = re.compile(r"\w+")


class Lexis:
    """The words of all texts, and where each stands; `texts` is filled before the first question."""

    def __init__(self, table: Table) -> None:
        """Begin with no text."""
        self.table = table
        self.texts: list[str] = []
        self._known: dict[str, Set[int]] = {}

    def holders(self, name: str) -> Set[int]:
        """Return the places in `texts` where an entry of a list (or of several, joined by `+`) may stand."""
        if name not in self._known:
            self._known[name] = self._beginning(self.table.first_words(name))
        return self._known[name]

    @cached_property
    def american(self) -> Set[int]:
        """Return the places of the texts in which a word in US spelling may stand."""
        return self._beginning(us_first_words())

    def _beginning(self, firsts: Iterable[tuple[str, bool]]) -> Set[int]:
        found: set[int] = set()
        for word, open_ended in firsts:
            if not open_ended:
                found |= self._places.get(word, _NOWHERE)
            elif word:
                for longer in self._longer(word):
                    found |= self._places[longer]
            else:
                return frozenset(range(len(self.texts)))
        return found

    def _longer(self, word: str) -> Iterator[str]:
        for at in range(bisect_left(self._sorted, word), len(self._sorted)):
            if not self._sorted[at].startswith(word):
                return
            yield self._sorted[at]

    @cached_property
    def _places(self) -> dict[str, set[int]]:
        places: dict[str, set[int]] = {}
        for at, text in enumerate(self.texts):
            for word in set(_WORD.findall(text.casefold())):
                places.setdefault(word, set()).add(at)
        return places

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._places)


_NOWHERE: frozenset[int] = frozenset()
