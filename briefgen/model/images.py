"""How large a picture is, from its first bytes: PNG and JPEG, the two that every format takes."""

from __future__ import annotations

import struct

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
_PNG_HEAD = 24  # the signature and IHDR as far as width and height
# JPEG start-of-frame markers (ITU-T T.81, table B.1): all of C0 to CF but the tables C4, C8 and CC.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def size(content: bytes) -> tuple[int, int]:
    """Return width and height in pixels; raise ValueError for what is neither PNG nor JPEG."""
    if content.startswith(PNG) and len(content) >= _PNG_HEAD:
        wide, high = struct.unpack_from(">II", content, 16)
        return wide, high
    if content.startswith(JPEG):
        return _jpeg(content)
    raise ValueError("it is neither PNG nor JPEG")


def _jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(content):
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at] != 0xFF:
            break
        if marker in _FRAMES:
            high, wide = struct.unpack_from(">HH", content, at + 5)
            return wide, high
        at += 2 + length
    raise ValueError("it is a JPEG without a size")
