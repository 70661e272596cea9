"""What was found in a text is kept while a summary is checked: a dozen rules read the same words.

In: functions of texts. Out: the same functions, each answer worked out once. `forget` drops all answers: a process that stays
must not hold the articles of yesterday.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar

from briefgen.language import segment
from briefgen.language.segment import Piece

P = ParamSpec("P")
R = TypeVar("R")
MOST = 2048
"""Answers of one function that are kept: more than the texts of any brief."""
_KEPT: list[Any] = []


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function with its last answers kept by its arguments; its answers must never be changed by who gets them."""
    made = lru_cache(maxsize=MOST)(function)
    _KEPT.append(made)
    return made  # type: ignore[return-value]


def forget() -> None:
    """Drop every answer that is kept."""
    for function in _KEPT:
        function.cache_clear()


def sentences(words: str, language: str = "en") -> tuple[Piece, ...]:
    """Return the sentences of a text, found once while a summary is checked."""
    return _sentences(words, language.partition("-")[0])


_sentences = kept(segment.sentences)
