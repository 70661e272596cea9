"""Proper names: which a claim holds, and whether its evidence gives them, after the gazetteer’s names for one thing.

In: texts. Out: names. A name is a run of capitalised words, or letters such as NATO; a word that begins a sentence is one only
where it could be nothing else. In German, where every noun is capital, only abbreviations and names of the table count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from briefgen.language.gazetteer import one_things
from briefgen.language.memo import kept
from briefgen.language.tables import all_months, units
from briefgen.language.wordlists import either, entries, every, section

_JOINED = either("naming", "joining")
_RUN = re.compile(
    r"(?<![\w@])(?:[A-ZÀ-ÞŠŽĄ-Ż][\w.&’'-]{0,40})"
    r"(?:(?:(?<![a-zß-ÿ]\.)|(?<=\bSt\.)|(?<=\bMr\.)|(?<=\bDr\.))"  # a full stop after a small letter ends a sentence
    rf"(?:\s|\s(?:{_JOINED})\s(?:the\s)?)"
    r"[A-ZÀ-ÞŠŽĄ-Ż][\w.&’'-]{0,40}){0,5}"
)
_SHORT = re.compile(r"(?<![^\W_])[A-Z]{3,8}(?![^\W_])")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_PARTS = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_JOINING = re.compile(rf"^(?:{_JOINED})(?: the)? ")
_JOINTS = re.compile(r"[-'.]")
_TITLES = frozenset(every("naming", "titles"))
_CALENDAR = frozenset([*map(str.casefold, entries("en", "dates", "weekdays")), *every("naming", "seasons")])
_NO_NAMES = _CALENDAR | _TITLES | set(all_months()) | set(units())


def without_weight() -> frozenset[str]:
    """Return the words that make no name: titles, months, units, points of the compass."""
    return _NO_NAMES


class Name(NamedTuple):
    """A name in a text, and its place."""

    text: str
    start: int


def capital_nouns(language: str) -> bool:
    """Return whether a language writes every noun with a capital, so that a capital makes no name."""
    return bool(section(language, "naming").get("nouns_are_capital"))


@kept
def names(text: str, language: str = "en") -> tuple[Name, ...]:
    """Return the proper names in a text, in order; possessive endings are taken off."""
    found = []
    german = capital_nouns(language)
    for match in _RUN.finditer(text):
        start, words = match.start(), match[0].rstrip(".'’-&")
        words = _POSSESSIVE.sub("", words)
        if _begins(text, start) or german:
            words, start = _without_first(words, start, german)
        if words and not set(map(str.lower, _PARTS.findall(words))) <= _NO_NAMES:
            found.append(Name(words, start))
    return tuple(found)


def _begins(text: str, at: int) -> bool:
    before = text[max(0, at - 6) : at].rstrip(" \u00a0\"“‘'(«„\n")
    return not before or before[-1] in ".!?:;…"


def _without_first(words: str, start: int, german: bool) -> tuple[str, int]:
    """Return a run without the word that is capital because the sentence begins, unless it can only be a name."""
    first, _, rest = words.partition(" ")
    if german:
        kept = next((part for part in words.split() if _sure(part)), "")
        return kept, start + words.find(kept) if kept else start
    if _sure(first) or _key(words) in same():
        return words, start
    rest = _JOINING.sub("", rest)
    return rest, start + words.rfind(rest)


def _sure(word: str) -> bool:
    """Return whether a word is a name wherever it stands: capitals only, or in the table."""
    bare = _POSSESSIVE.sub("", word)
    return (len(bare) > 1 and bare.isupper() and bare.isalpha()) or _key(bare) in same()


def _key(name: str) -> str:
    name = name.casefold().replace("’", "'").strip()
    return name if name.isascii() else _bare(name)


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    """Return a name without the marks on its letters: Šefčovič is Sefcovic in another paper."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.translate(_LETTERS)) if not unicodedata.combining(c))


@cache
def same() -> dict[str, str]:
    """Return the thing of the gazetteer that each of its undoubted names means."""
    return {_key(name): thing for name, thing in one_things()}


@kept
def _things(text: str) -> frozenset[str]:
    """Return the things of the table that a text names."""
    return frozenset(same()[match[0]] for match in _known().finditer(_key(text)))


@cache
def _known() -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, same()), key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{listed})(?![^\W_])")


@kept
def _tokens(text: str) -> frozenset[str]:
    written = frozenset(_PARTS.findall(unicodedata.normalize("NFC", text.casefold().replace("’", "'"))))
    whole = frozenset(word if word.isascii() else _bare(word) for word in written)
    return whole.union(part for word in whole if not word.isalnum() for part in _JOINTS.split(word))


def stands(name: str, near: Sequence[str], far: Sequence[str]) -> bool:
    """Return whether a name stands in the texts near the quote; its first parts may stand in the whole article.

    `Sergei Lavrov` stands where the paragraph has `Lavrov` and the article `Sergei`. `Russian` and `Russia` are one name, and so
    are the names of the table.
    """
    if any(_verbatim(name, text) for text in near):
        return True  # most names: a text need not be taken apart for them
    key = _key(name)
    parts = [_POSSESSIVE.sub("", part) for part in _PARTS.findall(key) if part not in _TITLES]
    if not parts or _in_parts(parts, near, far):
        return True
    if key in same() and any(same()[key] in _things(text) for text in near):
        return True
    return _abbreviated(name, near) or (len(parts) == 1 and any(_derived(parts[0], text) for text in near))


def _in_parts(parts: list[str], near: Sequence[str], far: Sequence[str]) -> bool:
    # An initial before a family name is no name of its own: Anna M. Berg.
    parts = [part for part in parts[:-1] if max(map(len, part.split("."))) > 1] + parts[-1:]
    close = _holds(near, parts[-1]) or (len(parts) > 1 and all(_holds(near, part) for part in parts[:-1]))
    return close and all(_holds(near, part) or _holds(far, part) for part in parts)


def _derived(name: str, text: str) -> bool:
    """Return whether a text has an adjective that is made of a name: congressional for Congress, and no Nigeria for Niger."""
    if len(name) <= LONG_NAME:
        return False
    made = rf"(?<![^\W_])(?:{re.escape(name)}[^\W\d_]{{1,6}}|{re.escape(name.capitalize())}(?:(?:i?on)?al|ial|ary))(?![^\W_])"
    return re.search(made, text) is not None


LONG_NAME = 4
"""Letters of a name from which words may be made."""


def _abbreviated(name: str, texts: Sequence[str]) -> bool:
    """Return whether one of the texts writes a short form out, or has the short form of a name that is written out."""
    if name.isupper() and name.isalpha():
        return any(_shortens(name, written) for text in texts for written in _short_forms(text)) or _spelled_out(name, texts)
    written = _initials(name)
    return len(written) > 2 and any(_shortens(short, written) for text in texts for short in _short(text))


def _spelled_out(short: str, texts: Sequence[str]) -> bool:
    """Return whether small words one after the other begin with the letters: gross domestic product for GDP."""
    letters = r"\s(?:of\s|and\s|for\s)?".join(rf"{letter}[^\W\d_]{{2,20}}" for letter in short.lower())
    return 3 <= len(short) <= 6 and any(re.search(rf"(?<![^\W_]){letters}", text, re.I) for text in texts)


def _shortens(short: str, initials: str) -> bool:
    """Return whether a short form is made of initials, one of which it may skip: ECDC skips the P of Prevention."""
    if short == initials:
        return True
    skipped = (initials[:at] + initials[at + 1 :] for at in range(1, len(initials) - 1))
    return len(short) > 2 and len(short) + 1 == len(initials) and short in skipped


@kept
def _short(text: str) -> frozenset[str]:
    return frozenset(_SHORT.findall(text))


@kept
def _short_forms(text: str) -> frozenset[str]:
    """Return the first letters of the names in a text: EMA for European Medicines Agency."""
    runs = [_initials(match[0]) for match in _RUN.finditer(text)]
    return frozenset(short for run in runs for short in (run, run[1:]) if len(short) > 1)


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())


def _verbatim(name: str, text: str) -> bool:
    """Return whether a text has a name as it is written, and not as the beginning of a longer word: no Niger in Nigeria."""
    at = text.find(name)
    while at >= 0:
        if not (text[at - 1 : at].isalnum() or text[at + len(name) : at + len(name) + 1].isalnum()):
            return True
        at = text.find(name, at + 1)
    return False


def _holds(texts: Sequence[str], part: str) -> bool:
    """Return whether one of the texts has a word, or some have all that hyphens join in it."""
    return any(_has(part, text) for text in texts) or (
        "-" in part and all(_holds(texts, piece) for piece in part.split("-") if piece)
    )


@kept
def _has(part: str, text: str) -> bool:
    tokens = _tokens(text)
    if part in tokens or (
        part in same() and (same()[part] in _things(text) or any(same().get(t) == same()[part] for t in tokens))
    ):
        return True
    return (
        "-" not in part
        and len(part) >= 5
        and any(len(token) >= 4 and token[:4] == part[:4] and _one_stem(part, token) for token in tokens)
        and (part not in same() or any(token not in same() and _one_stem(part, token) for token in tokens))
    )


def _one_stem(one: str, other: str) -> bool:
    """Return whether two words differ in an ending of at most three letters: Ukraine, Ukrainian, Ukrainians."""
    short, long = sorted((one.rstrip("s"), other.rstrip("s")), key=len)
    return len(long) - len(short) <= 3 and long[: max(4, len(short) - 1)] == short[: max(4, len(short) - 1)]
