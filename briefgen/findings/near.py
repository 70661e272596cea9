"""What somebody probably meant who wrote a name that there is not, and the cure that says so."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(asked: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known name that is most like the one asked for, None where none is; `cutoff` is how alike, from 0 to 1."""
    return next(iter(get_close_matches(asked, list(known), n=1, cutoff=cutoff)), None)


def several(asked: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Return up to some names that are like the one asked for, the nearest first."""
    return tuple(get_close_matches(asked, list(known), n=count))


def did_you_mean(near: str | None, otherwise: str = "", *, form: str = "{!r}") -> str:
    """Return the question for a name, shown in a form of `str.format`; what is said otherwise where there is none."""
    return f"did you mean {form.format(near)}?" if near else otherwise
