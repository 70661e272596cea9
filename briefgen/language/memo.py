"""What was found in a text is kept while a summary is checked: a dozen rules read the same words.

In: functions of texts. Out: the same functions, each answer worked out once. Answers are dropped when the next summary is
checked: a process that stays must not hold the articles of yesterday. Threads share them, for they depend on nothing but the
texts; while one thread checks, no other takes its answers away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from briefgen.language import segment
from briefgen.language.segment import Piece

P = ParamSpec("P")
R = TypeVar("R")
MOST = 2048
"""Answers of one function that are kept: more than the texts of any brief."""
_KEPT: list[Any] = []
_UNDER_WAY: set[object] = set()
_LOCK = Lock()


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function with its last answers kept by its arguments; its answers must never be changed by who gets them."""
    made = lru_cache(maxsize=MOST)(function)
    _KEPT.append(made)
    return made  # type: ignore[return-value]


@contextmanager
def one_summary() -> Iterator[None]:
    """Check a summary: drop what was kept for others, unless one of them is being checked in another thread."""
    mine = object()
    with _LOCK:
        if not _UNDER_WAY:
            forget()
        _UNDER_WAY.add(mine)
    try:
        yield
    finally:
        with _LOCK:
            _UNDER_WAY.remove(mine)


def forget() -> None:
    """Drop every answer that is kept."""
    for function in tuple(_KEPT):
        function.cache_clear()


def sentences(words: str, language: str = "en") -> tuple[Piece, ...]:
    """Return the sentences of a text, found once while a summary is checked."""
    return _sentences(words, language.partition("-")[0])


_sentences = kept(segment.sentences)
