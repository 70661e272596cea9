"""Bytes of a web page or of a mail's text → text, in the encoding in which browsers read it (WHATWG, Encoding), and a note
where that was a guess.

A mark at the start counts first, then what is valid UTF-8, then what came with the bytes, then a `<meta>` wherever it stands,
then the language of the page.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,1000}>", re.IGNORECASE)
_LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_NO_TEXT = re.compile(rb"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_LANGUAGE = re.compile(rb"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?([A-Za-z]{2})", re.IGNORECASE)
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
LOOKED = 1_000_000  # bytes in which a <meta> is looked for
# What browsers read for the name that a page gives: the wider set of the same family.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",
}  # fmt: skip
_NAMES = {  # labels that Python does not know
    "x-sjis": "cp932", "windows-31j": "cp932", "ks_c_5601-1987": "cp949", "windows-949": "cp949", "korean": "cp949",
    "x-gbk": "gb18030", "chinese": "gb18030", "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252",
    "x-mac-cyrillic": "mac_cyrillic", "x-mac-roman": "mac_roman", "windows-874": "cp874", "iso-8859-8-i": "iso8859-8",
    "x-x-big5": "big5hkscs", "unicode": "utf-8",
}  # fmt: skip
_READ = {
    "utf-8", "cp866", "cp874", "cp932", "cp949", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "koi8-r", "koi8-u",
    "mac-roman", "mac-cyrillic", *(f"cp125{n}" for n in range(9)), *(f"iso8859-{n}" for n in range(2, 17)),
}  # fmt: skip
_LOCAL = {
    "ru": "cp1251", "uk": "cp1251", "bg": "cp1251", "sr": "cp1251", "mk": "cp1251", "be": "cp1251", "pl": "cp1250",
    "cs": "cp1250", "sk": "cp1250", "hu": "cp1250", "sl": "cp1250", "hr": "cp1250", "ro": "cp1250", "el": "cp1253",
    "tr": "cp1254", "he": "cp1255", "ar": "cp1256", "fa": "cp1256", "lt": "cp1257", "lv": "cp1257", "et": "cp1257",
    "vi": "cp1258", "ja": "cp932", "ko": "cp949", "zh": "gb18030", "th": "cp874",
}  # fmt: skip
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Written in bytes of ASCII, or with their zeros: what came with the text must say so. Browsers read none of them but the first.
_AT_A_WORD = {"iso2022_jp", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"}
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or "\ufffd" for code in range(0x80, 0xA0)}
_REFERENCE = re.compile(r"&#(?:0*(1[2-5]\d)|[xX]0*([89][0-9a-fA-F]));?")


def decode(content: bytes, label: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text of a page, and a note where nothing said how it is written. What can't be read becomes U+FFFD.

    `label` is what a mail's head or a server's answer names as the encoding; it may be any text.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace"), ()
    encoding, notes = _encoding(content, label.strip().strip("\"'").lower())
    return _REFERENCE.sub(_windows, content.decode(encoding, "replace").translate(_C1)), notes


def _encoding(content: bytes, label: str) -> tuple[str, tuple[str, ...]]:
    given = _looked_up(label)
    if given in _AT_A_WORD:
        return given, ()
    try:
        content.decode()
    except UnicodeDecodeError:
        pass
    else:
        if b"\x1b$" not in content:  # what ISO-2022-JP begins its signs with; all its bytes are ASCII
            return "utf-8", ()
    told = known(label) or next(_told(_NO_TEXT.sub(b"", content[:LOOKED])), None)
    if told and (told != "utf-8" or _mostly(content)):
        return told, ()
    if _mostly(content):
        return "utf-8", ()
    found = _LANGUAGE.search(content[:LOOKED])
    local = _LOCAL.get(found[1].decode().lower(), "cp1252") if found else "cp1252"
    return local, (f"read as {local.replace('cp', 'Windows-', 1)}: nothing says how it is written",)


def _told(content: bytes) -> Iterator[str]:
    for tag in _META.finditer(content):
        label = _LABEL.search(tag[0])
        name = known(label[1].decode("ascii").lower()) if label else None
        if name:
            yield name


def known(label: str) -> str | None:
    """Return Python's name of an encoding that browsers read, by a label; None for any other: utf-7 is one."""
    name = _looked_up(label)
    name = _WIDER.get(name, name)
    return name if name in _READ else None


def _looked_up(label: str) -> str:
    try:
        return codecs.lookup(_NAMES.get(label, label)).name
    except (LookupError, ValueError):  # a zero byte is a ValueError
        return ""


def _mostly(content: bytes) -> bool:
    """Return whether more bytes beyond ASCII form UTF-8 than do not."""
    formed = sum(map(len, _SEQUENCE.findall(content)))
    return 2 * formed > sum(byte > 0x7F for byte in content)


def _windows(match: re.Match[str]) -> str:
    """Return what browsers show for &#146;: the character that Windows-1252 has there."""
    code = int(match[1]) if match[1] else int(match[2], 16)
    return _C1.get(code, match[0])
