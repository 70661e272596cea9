"""Languages as Word writes them: with a region, and in the attribute for their script (ECMA-376, 17.3.2.20)."""

from __future__ import annotations

import re
from functools import cache

# The region that Word itself offers first for a language given without one.
_REGIONS = {
    **{"ar": "SA", "az": "AZ", "be": "BY", "bg": "BG", "bs": "BA", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE"},
    **{"el": "GR", "en": "GB", "es": "ES", "et": "EE", "eu": "ES", "fa": "IR", "fi": "FI", "fr": "FR", "ga": "IE"},
    **{"gl": "ES", "he": "IL", "hr": "HR", "hu": "HU", "hy": "AM", "is": "IS", "it": "IT", "ja": "JP", "ka": "GE"},
    **{"kk": "KZ", "ko": "KR", "lb": "LU", "lt": "LT", "lv": "LV", "mk": "MK", "mt": "MT", "nb": "NO", "nl": "NL"},
    **{"nn": "NO", "no": "NO", "pl": "PL", "pt": "PT", "ro": "RO", "ru": "RU", "sk": "SK", "sl": "SI", "sq": "AL"},
    **{"sr": "RS", "sv": "SE", "tr": "TR", "uk": "UA", "ur": "PK", "uz": "UZ", "zh": "CN"},
}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_EAST_ASIAN = frozenset({"ja", "ko", "zh"})

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_HAS_RTL = re.compile(f"[{_RTL}]")
_STRONG_LTR = "A-Za-z\u00c0-\u058f\u1e00-\u1fff"
# A stretch of one direction keeps the neutral signs between its letters, not those at its edges (UAX #9, N1).
_RTL_STRETCH = re.compile(f"[{_RTL}](?:[^{_STRONG_LTR}]*[{_RTL}])?")
_LTR_STRETCH = re.compile(f"[{_STRONG_LTR}](?:[^{_RTL}]*[{_STRONG_LTR}0-9])?")


@cache
def word_tag(tag: str) -> str:
    """Return the tag with a region: `el` becomes el-GR; a tag that has one, or that we don't know, stays."""
    language = tag.strip()
    region = _REGIONS.get(language.lower())
    return f"{language.lower()}-{region}" if region else language


@cache
def is_rtl(tag: str) -> bool:
    """Return whether a language is written from right to left."""
    return tag.partition("-")[0].lower() in _RIGHT_TO_LEFT


@cache
def lang_xml(tag: str) -> str:
    """Return the `w:lang` of a run in a language that is not the document's."""
    name = word_tag(tag)
    base = name.partition("-")[0].lower()
    if base in _RIGHT_TO_LEFT:
        return f'<w:lang w:bidi="{name}"/>'
    if base in _EAST_ASIAN:
        return f'<w:lang w:val="{name}" w:eastAsia="{name}"/>'
    return f'<w:lang w:val="{name}"/>'


def default_lang_xml(tag: str) -> str:
    """Return the `w:lang` of the document's defaults: every script gets a language, as Word writes it."""
    name = word_tag(tag)
    base = name.partition("-")[0].lower()
    east = name if base in _EAST_ASIAN else "en-US"
    bidi = name if base in _RIGHT_TO_LEFT else "ar-SA"
    return f'<w:lang w:val="{name}" w:eastAsia="{east}" w:bidi="{bidi}"/>'


def stretches(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """Return `text` cut where its direction changes, each piece with whether it runs from right to left."""
    if rtl:
        return _cut(text, _LTR_STRETCH, inside=False)
    if text.isascii() or not _HAS_RTL.search(text):
        return [(text, False)]
    return _cut(text, _RTL_STRETCH, inside=True)


def _cut(text: str, pattern: re.Pattern[str], *, inside: bool) -> list[tuple[str, bool]]:
    pieces, end = [], 0
    for match in pattern.finditer(text):
        if match.start() > end:
            pieces.append((text[end : match.start()], not inside))
        pieces.append((match.group(), inside))
        end = match.end()
    if end < len(text):
        pieces.append((text[end:], not inside))
    return pieces
