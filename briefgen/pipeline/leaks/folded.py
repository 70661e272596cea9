"""Text as it is compared: letters and digits in a row, so that line ends, hyphens, runs of Word and escapes hide nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

SURE = 12
"""Letters from which on words are found inside others, too; shorter ones must begin and end where a word does."""
LEAST = 4
"""Letters and digits below which words are not looked for: they stand in every file by chance."""
RUN = 8
"""Words in a row of a longer text of which each is looked for: a text that is cut short, or broken by a page, is found."""
_WORD = re.compile(r"[^\W_]+")


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", unquote(text).casefold())
    return "".join(sign for sign in text if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")


def needles(text: str) -> tuple[str, ...]:
    """Return what to look for to find a text, or eight words in a row of it; nothing where it is too short to tell."""
    row = _WORD.findall(_plain(text))
    runs = ["".join(row[at : at + RUN]) for at in range(max(1, len(row) - RUN + 1))]
    return tuple(dict.fromkeys(run for run in runs if len(run) >= LEAST))


class Folded:
    """Some texts, each by itself, ready to be searched."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Keep the letters and digits of the texts, and where words begin and end."""
        pieces: list[str] = []
        self._starts, self._ends = set[int](), set[int]()
        at = 0
        for text in texts:
            for word in _WORD.findall(_plain(text)):
                self._starts.add(at)
                at += len(word)
                self._ends.add(at)
                pieces.append(word)
            pieces.append("\0")
            at += 1
        self._row = "".join(pieces)

    def holds(self, needle: str, *, raw: bool = False) -> bool:
        """Return whether a needle stands here; in `raw` bytes a short one may stand between other letters, too."""
        at = self._row.find(needle)
        while at >= 0:
            if raw or len(needle) >= SURE or (at in self._starts and at + len(needle) in self._ends):
                return True
            at = self._row.find(needle, at + 1)
        return False

    def tells(self, sought: Iterable[str], *, raw: bool = False) -> bool:
        """Return whether any of some needles stands here."""
        return any(self.holds(needle, raw=raw) for needle in sought)
