"""Which language a text is written in, among those whose small words are known."""

from __future__ import annotations

import re

from briefgen.language.wordlists import cues, languages

CLEAR = 0.3  # the share of small words from which a language is taken as recognised


def detect(text: str) -> str | None:
    """Return the language whose small words a text is full of, None where none stands out."""
    sample = [word.casefold() for word in re.findall(r"[^\W\d_]+", text[:20_000])]
    if not sample:
        return None
    shares = sorted((sum(word in cues(each).words("stop") for word in sample) / len(sample), each) for each in languages())
    share, best = shares[-1]
    return best if share > CLEAR else None
