"""Filters of the templates: what turns a field into what is printed, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from briefgen.model.brief import Phrase
from briefgen.render.marks import END, OPEN, SHUT

_FIRST = re.compile(f"((?:{OPEN}[^{SHUT}]*{SHUT}|<[^>]*>|\\s)*)(.)", re.DOTALL)
_CLOSING = "”’\"'»)"
_ENDS = ".!?…:"


def _like(words: str, text: str) -> str:
    """Return `words` as the kind of string that `text` is: a phrase keeps its path, markup stays markup."""
    if isinstance(text, Phrase):
        return Phrase(words, text.path)
    return Markup(words) if isinstance(text, Markup) else words


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, each with the path of the whole.

    Blank lines part them; where there are none, line ends do: YAML folds a blank line inside `>-` into one line end.
    """
    words = str(text)
    parts = words.split("\n\n" if "\n\n" in words else "\n")
    return [_like(part.strip(), text) for part in parts if part.strip()]


def sentence(text: str) -> str:
    """Return a text that ends like a sentence: with a full stop where it has no closing sign."""
    words = str(text).rstrip()
    seen = words.replace(END, "").rstrip(_CLOSING)
    return _like(words if not seen or seen[-1] in _ENDS else f"{words}.", text)


def capital(text: str) -> str:
    """Return a text that begins with a capital letter; the rest stays."""
    return _like(_FIRST.sub(lambda match: match[1] + match[2].upper(), str(text), count=1), text)


def trim(text: str) -> str:
    """Return a text without white space at its ends."""
    return _like(str(text).strip(), text)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "paragraphs": paragraphs,
    "sentence": sentence,
    "capital": capital,
    "trim": trim,
}
