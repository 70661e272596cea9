"""Raised digits: a call to a note is no part of a figure, a power and a unit's exponent are.

In: a text with superscripts, or a piece of text that was raised and what stands before it. Out: plain text: calls gone, powers
as Unicode superscripts. In doubt a raised number is a call: “320¹ million” must never become 3201.
"""

from __future__ import annotations

import re

_UP = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_DOWN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RUN = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[⁾)⁺⁻]|(?:[,;] ?|[⁻–-])[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
_ONE = re.compile(r"[-−–+]?\d{1,3}")
_ION = re.compile(r"\d?[-−–+]")
_CALLS = re.compile(r"[\[(]?\d{1,3}[\])]?(?:\s?[,;–-]?\s?[\[(]?\d{1,3}[\])]?)*|[*†‡§¶]+")
_LINKED = re.compile(r"[\[(]?(?:[a-z]|[ivx]{1,5}|\d{1,4}[a-z]?|[*†‡§¶#]+)[\])]?", re.IGNORECASE)
_TEN = re.compile(r"(?<![\d.,])10$")
_UNIT = re.compile(r"(?<![^\W\d_’'])(?:[kcmdhnµμ]?m|ft|yd|mi|miles?|metres?|meters?|sec|kg|[a-zA-Zα-ωΑ-Ω])$")
_MONEY = re.compile(r"(?:[€$£¥]|\b(?:EUR|USD|GBP|CHF))\s?[\d.,]+\s?m$")
_PRICE = re.compile(r"[€$£]\s?\d{1,4}$")
BEFORE = 40  # characters before a raised number that say what it is


def power(before: str, digits: str) -> bool:
    """Return whether raised digits after a text are a power: 10⁶, km², s⁻¹, not a call to a note."""
    if _TEN.search(before):
        return True
    if _MONEY.search(before) or not _UNIT.search(before):
        return bool(_ION.fullmatch(digits)) and before[-1:].isalpha()
    return digits in ("2", "3") or digits[:1] in "-−–" or bool(_ION.fullmatch(digits))


def plain(before: str, text: str, linked: bool = False) -> str:
    """Return what a raised piece of text comes to: nothing for a call to a note, superscripts for a power, else as it is.

    `before` is what stands before it in its paragraph, `linked` whether it leads somewhere: then it is a call.
    """
    piece = text.strip()
    if not before.strip():
        return f"{text} "  # the number of the note itself
    if not linked and len(piece) == 2 and piece.isdecimal() and _PRICE.search(before[-BEFORE:]):
        return piece.translate(_UP)  # €3⁹⁹ may be a price: the digits stay, and apart
    if not linked and (_ONE.fullmatch(piece) or _ION.fullmatch(piece)) and power(before[-BEFORE:], piece):
        return piece.translate(_UP)
    if _CALLS.fullmatch(piece) or (linked and _LINKED.fullmatch(piece)):
        return ""
    return text


def calls(text: str) -> list[tuple[int, int]]:
    """Return the places of the calls to notes that a text writes in superscripts, in order."""
    if text.isascii():
        return []
    return [match.span() for match in _RUN.finditer(text) if not _is_power(text, match)]


def powers(text: str) -> list[int]:
    """Return where the superscripts of a number begin that is one of the powers of ten: 10⁶ is not 106."""
    return [] if text.isascii() else [match.start() for match in _RUN.finditer(text) if _TEN.search(_before(text, match))]


def compared(text: str) -> str:
    """Return a text without calls to notes, and powers of ten written with a caret: what two texts are compared by."""

    def written(match: re.Match[str]) -> str:
        if not _is_power(text, match):
            return ""
        return f"^{match[0]}" if _TEN.search(_before(text, match)) else match[0]

    return _RUN.sub(written, text)


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - BEFORE) : match.start()]


def _is_power(text: str, match: re.Match[str]) -> bool:
    digits = match[0][:BEFORE].translate(_DOWN)
    return bool(_ONE.fullmatch(digits) or _ION.fullmatch(digits)) and power(_before(text, match), digits)
