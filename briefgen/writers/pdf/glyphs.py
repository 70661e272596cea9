"""Characters that no font of the stack has: where they stand, and which package would bring them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from briefgen.findings.diagnostics import Diagnostic, error
from briefgen.writers.pdf.fonts import Fonts

_CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH")
_SCRIPT = re.compile(r"([A-Z -]+?) (?:CAPITAL |SMALL |FINAL )?(?:LETTER|SIGN|SYLLABLE|VOWEL|CONSONANT|DIGIT|NUMBER)\b")
_EMOJI = range(0x1F000, 0x1FB00)
_SHOWN = 3  # characters named in one message; the rest are counted


def missing(characters: Iterable[str], tree: Element, fonts: Fonts) -> Iterator[Diagnostic]:
    """Yield an error for each field that holds some of these characters and for each font that would bring them.

    A character that stands in no field (the style sheet printed it) gets an error without a path.
    """
    places: dict[tuple[str, str | None], None] = {}
    wanted = set(characters)
    for text, path in _texts(tree):
        places |= dict.fromkeys((character, path) for character in text if character in wanted)
    nowhere = wanted - {character for character, _ in places}
    places |= dict.fromkeys((character, None) for character in sorted(nowhere))
    groups: dict[tuple[str | None, str], list[str]] = {}
    for character, path in places:
        groups.setdefault((path, cure(character, fonts)), []).append(character)
    for (path, hint), found in groups.items():
        yield error("PDF-02", f"no font has {_list(found)}", None, hint, path=path)


def describe(character: str) -> str:
    """Return the character with its code point and its name: `“☃” (U+2603 SNOWMAN)`."""
    shown = f"“{character}”" if character.isprintable() else "the character"
    return f"{shown} (U+{ord(character):04X} {unicodedata.name(character, 'without a name')})"


def _list(characters: list[str]) -> str:
    named = ", ".join(describe(character) for character in characters[:_SHOWN])
    more = len(characters) - _SHOWN
    return f"{named} and {more} more of this text" if more > 0 else named


def cure(character: str, fonts: Fonts) -> str:
    """Return the package that would bring the character, and the way out without it."""
    source = source_of(character)
    if source is None or source[0] in fonts.installed:
        return "write it otherwise"
    family, package = source
    named = "" if family in fonts.stack else f" and name {family} under fonts.fallback"
    return f"apt-get install {package}{named}, or write it otherwise"


def source_of(character: str) -> tuple[str, str] | None:
    """Return the family that most likely has the character and the Debian package that brings it; None where none does."""
    name, category = unicodedata.name(character, ""), unicodedata.category(character)
    if category in ("Co", "Cn", "Cc"):
        return None
    if name.startswith(_CJK):
        return "Noto Sans CJK SC", "fonts-noto-cjk"
    if ord(character) in _EMOJI:
        return "Symbola", "fonts-symbola"
    if category in ("So", "Sk"):
        return "Noto Sans Symbols2", "fonts-noto-core"
    script = _SCRIPT.match(name) if category[0] in "LMN" else None
    if script is None or script[1] in ("LATIN", "GREEK", "CYRILLIC"):
        return "Noto Sans Math" if category == "Sm" else "Noto Sans", "fonts-noto-core"
    return f"Noto Sans {script[1].title()}", "fonts-noto-core"


def with_paths(element: Element, above: str | None = None) -> Iterator[tuple[Element, str | None]]:
    """Yield every element with the path of the field it prints: the first of its own `data-path`, or of the nearest above."""
    path = _path(element, above)
    yield element, path
    for child in element:
        yield from with_paths(child, path)


def _texts(element: Element, above: str | None = None) -> Iterator[tuple[str, str | None]]:
    """Yield each piece of text in its order with the path of its field."""
    path = _path(element, above)
    if element.tag != "head":
        yield element.text or "", path
        for child in element:
            yield from _texts(child, path)
            yield child.tail or "", path


def _path(element: Element, above: str | None) -> str | None:
    return next(iter(element.get("data-path", "").split()), above)
