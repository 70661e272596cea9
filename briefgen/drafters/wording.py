"""The words of an item, all the article's own: a headline cut from the sentence, the sentence in quotation marks."""

from __future__ import annotations

import re

from briefgen.language.segment import words
from briefgen.language.wordlists import FIRST, Table, either, section

QUOTE_WORDS, HEADLINE_WORDS, CLAUSE_WORDS = 40, 11, 6
_BREAK = re.compile(r"[,;:]|\s[–—-]\s|—")
_INNER = str.maketrans("", "", '“”„«»"')


def fragment(sentence: str) -> str:
    """Return the sentence, or of a long one its beginning up to the last break within QUOTE_WORDS words: verbatim either way."""
    found = words(sentence)
    if len(found) <= QUOTE_WORDS:
        return sentence
    end = found[QUOTE_WORDS - 1].end
    breaks = [match.start() for match in _BREAK.finditer(sentence, 0, end) if match.start() > end // 2]
    return sentence[: breaks[-1] if breaks else end].rstrip()


def quoted(text: str, language: str) -> str:
    """Return a text in the quotation marks of a language, marks inside it turned into inner ones; hyphens end what was cut."""
    opening, closing, inner_open, inner_close = (
        section(language, "drafts").get("quotation_marks") or section(FIRST, "drafts")["quotation_marks"]
    )
    inside = re.sub(r"[“„«]\s?", inner_open, re.sub(r"\s?[”»]", inner_close, text))
    inside = re.sub(r'"([^"]*)"', rf"{inner_open}\1{inner_close}", inside)
    return f"{opening}{inside}{closing}"


def headline(sentence: str, cues: Table) -> str:
    """Return a few words of the sentence, without what joins it to the one before; they end in … where more follows.

    They end at a break between clauses where one is near, never at a word such as “of”.
    """
    bare = sentence.translate(_INNER)
    joined = re.match(rf"(?:{either('speakers', 'joining')})\b,?\s+", bare)
    bare = bare[joined.end() :] if joined else bare
    first = re.match(rf"(?:{either('speakers', 'according_to')})\b[^,]{{3,80}},\s+", bare)
    bare = bare[first.end() :] if first else bare
    found = words(bare)
    if len(found) <= HEADLINE_WORDS:
        return _capital(bare.rstrip(" .!…"))
    end = found[HEADLINE_WORDS - 1].end
    breaks = [match.start() for match in _BREAK.finditer(bare, 0, end + 1) if match.start() >= found[CLAUSE_WORDS - 1].end]
    if breaks:
        return _capital(bare[: breaks[-1]].rstrip()) + " …"
    kept = list(found[:HEADLINE_WORDS])
    while len(kept) > 4 and kept[-1].text.casefold() in cues.words("stop"):
        kept.pop()
    return _capital(bare[: kept[-1].end].rstrip(" ,;:")) + " …"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
