"""Characters in a name that can't be seen, or look like others: told by their names, since a person can't see what is wrong.

In: a name as it was typed. Out: what was meant by it, and the words that tell the difference. The letters of Cyrillic and Greek
are those that the table of confusables of Unicode (UTS 39) maps to one Latin letter in ordinary fonts.
"""

from __future__ import annotations

import unicodedata

_ALIKE = str.maketrans(
    "асԁеһіјӏоԛрѕухѵԝАВСЕНІЈКМОРЅТХҮαορινυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "acdehijloqpsyxvwABCEHIJKMOPSTXYaopivuABEZHIKMNOPTYX",
)
INVISIBLE = "\u00a0\u00ad\u034f\u061c\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff"
"""What can't be seen, or looks like a blank and is none: for a class of a regular expression."""


def plain(name: str) -> str:
    """Return a name as it looks: Latin letters for those that look alike, nothing for what can't be seen."""
    folded = unicodedata.normalize("NFKC", name.translate(_ALIKE))
    return "".join(sign for sign in folded if not _unseen(sign)).strip()


def told(name: str, *, meant: str = "") -> str:
    """Return a hint that names what can't be seen in a name, or looks like a letter of it; empty where there is no such thing."""
    meant = meant or plain(name)
    strange = [
        sign
        for sign in dict.fromkeys(name)
        if sign not in meant and (_unseen(sign) or plain(sign) != sign) and not sign.isascii()
    ]
    if not strange or plain(name) != meant:
        return ""
    return f"{called(strange[0])} stands in it{_why(strange[0])}: write `{meant}`"


def called(sign: str) -> str:
    """Return a character's name and number, as Unicode has them."""
    return f"{unicodedata.name(sign, 'a character without name')} (U+{ord(sign):04X})"


def _why(sign: str) -> str:
    if _unseen(sign):
        return ", which can't be seen"
    return f", which looks like {plain(sign)}"


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Zs", "Mn") and sign != " "
