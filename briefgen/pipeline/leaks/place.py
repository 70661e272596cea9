"""A place of a file and what stands there."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

_DATA = re.compile(r"data:[^,\"'()<>\s]*?(;base64)?,([^\"'()<>\s]+)", re.IGNORECASE)
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")


class Place(NamedTuple):
    """Where something stands, in words, and its text."""

    where: str
    text: str
    raw: bool = False  # bytes of no text: where a word begins and ends is not to be told
    spare: bool = False  # what other places hold, too, as it lies in the file: told only of words that no other has


def of_bytes(where: str, content: bytes, *, raw: bool = False, spare: bool = False) -> Iterator[Place]:
    """Yield what bytes of no known form could say: as each of the usual encodings reads them."""
    for encoding in _ENCODINGS:
        text = content.decode(encoding, "ignore")
        yield from (Place(where, read, raw, spare) for read in dict.fromkeys((text, unescape(text))))
    if b"\0" in content:  # UTF-16 that begins at an odd byte
        yield from (Place(where, content[1:].decode(encoding, "ignore"), raw, spare) for encoding in ("utf-16-le", "utf-16-be"))


def inline(where: str, text: str) -> Iterator[Place]:
    """Yield what the `data:` addresses in a text hold."""
    for packed, body in _DATA.findall(text):
        found = unquote_to_bytes(body)
        try:
            found = b64decode(found + b"=" * (-len(found) % 4)) if packed else found
        except Error:
            continue  # no base64: it stands in the text itself, which is searched as it is
        yield from of_bytes(f"{where}, in a data: address", found, raw=bool(packed))
