"""Raised characters: a call to a note is no part of the text, a power or a unit becomes Unicode, an ordinal stays as it is.

In: what stands before, and what is raised. Out: what to read in its place.
"""

from __future__ import annotations

import re

_CALL = re.compile(r"[(\[]?(?:\d{1,3}|[*†‡§¶]{1,3}|[a-df-np-z])(?:\s?[,;–-]\s?(?:\d{1,3}|[a-z]|[*†‡]))*[)\]]?,?")
_POWER = re.compile(r"[-−–+]?\d{1,3}")
_TEN = re.compile(r"(?:[×·x*⋅]\s?|(?<![\d.,])(?<!\d[ \u00a0\u202f]))10")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdmµμnh]?m|ft|in|mi|yd|s)")
_MONEY = re.compile(r"(?:[A-Z]{3}|[^\w\s.,;:()-])[ \u00a0\u202f]?\d[\d.,]*[ \u00a0\u202f]?m")  # a million of it, no metre
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}$")  # 2a, of the south
TAIL = 40  # characters before raised ones that tell what they are
_RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")


def raised(before: str, text: str) -> str:
    """Return what is read for raised characters after `before`: superscripts, nothing for a call, else the text itself."""
    bare, tail = text.strip(), before[-TAIL:]
    if not (_CALL.fullmatch(bare) or _POWER.fullmatch(bare)):
        return text
    if not tail.strip():
        return f"{bare} "  # it opens the note that it belongs to
    if _POWER.fullmatch(bare) and _is_power(tail, bare):
        return bare.translate(_RAISED)
    if bare[0] in "+-−–" or (bare == "a" and _ORDINAL.search(tail)):
        return text
    return " " if text[-1].isspace() and not tail[-1].isspace() else ""


def _is_power(before: str, figure: str) -> bool:
    ten = re.search(rf"(?:{_TEN.pattern})$", before)
    if ten:
        return figure != "1"
    unit = re.search(rf"(?:{_UNIT.pattern})$", before)
    if not unit or figure.strip("-−–") not in ("1", "2", "3") or figure == "1":
        return False
    if before.endswith(("in", "s")) and figure[0] not in "-−–":
        return False  # a word far more often than an inch or a second
    return not re.search(rf"(?:{_MONEY.pattern})$", before)


class Line:
    """A text that is put together from pieces, raised ones among them; those that follow each other are one."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._made: list[str] = []
        self._up: list[str] = []
        self._tail = ""

    def add(self, text: str, *, high: bool = False) -> None:
        """Add a piece."""
        if high:
            self._up.append(text)
            return
        if self._up:
            self._keep(raised(self._tail, "".join(self._up)))
            self._up = []
        self._keep(text)

    def _keep(self, text: str) -> None:
        self._made.append(text)
        self._tail = (self._tail + text[-TAIL:])[-TAIL:]

    def text(self) -> str:
        """Return what is read of all pieces so far."""
        return "".join(self._made) + (raised(self._tail, "".join(self._up)) if self._up else "")
