"""The zip file of a Word document, byte by byte the same for the same parts.

Written by hand and not by `zipfile`, whose import costs more than the whole document and whose members can't be reused:
a part that never changes is deflated once per process (APPNOTE 6.3.10: §4.3.7 local header, §4.3.12 central directory).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from briefgen.writers.docx.names import DECLARATION, PACKAGE, escape

TYPES_NAME = "[Content_Types].xml"
RELS_NAME = "_rels/.rels"
SIGNATURE = b"briefgen: made from design tokens"
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION = 20  # 2.0: deflate. Its high byte in the central header is the system: 0, so that no machine's name gets in
_DATE = 0x21  # 1 January 1980, the first day that a zip file knows
_DEFLATED, _STORED = 8, 0


class Member(NamedTuple):
    """One finished member: its name, how it is kept, its checksum, its size as read, its bytes as kept."""

    name: str
    method: int
    crc: int
    size: int
    data: bytes


def member(name: str, content: str | bytes, *, packed: bool = False) -> Member:
    """Return a member; `packed` content (a PNG, a JPEG) is stored as it stands, everything else deflated."""
    raw = content.encode() if isinstance(content, str) else content
    if packed:
        return Member(name, _STORED, zlib.crc32(raw), len(raw), raw)
    deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name, _DEFLATED, zlib.crc32(raw), len(raw), deflater.compress(raw) + deflater.flush())


def assemble(members: Iterable[Member]) -> bytes:
    """Return the zip file: content types first (as Word does), then the package's relationships, then by name."""
    first = {TYPES_NAME: 0, RELS_NAME: 1}
    ordered = sorted(members, key=lambda m: (first.get(m.name, 2), m.name))
    pieces: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, method, crc, size, data in ordered:
        encoded = name.encode()
        flags = 0 if name.isascii() else 0x800  # §4.4.4, bit 11: the name is UTF-8
        shared = (flags, method, 0, _DATE, crc, len(data), size, len(encoded), 0)
        pieces += (_LOCAL.pack(b"PK\3\4", _VERSION, *shared), encoded, data)
        directory += (_CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, *shared, 0, 0, 0, 0, offset), encoded)
        offset += _LOCAL.size + len(encoded) + len(data)
    listing = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(ordered), len(ordered), len(listing), offset, 0)
    return b"".join((*pieces, listing, end))


def signed(content: bytes) -> bytes:
    """Return a zip file with our signature as its comment (§4.3.16); any program that saves the file drops it."""
    return content[:-2] + struct.pack("<H", len(SIGNATURE)) + SIGNATURE


class Relation(NamedTuple):
    """One relationship of a part: its id, its type, where it leads."""

    id: str
    type: str
    target: str
    external: bool = False


class Relations:
    """The relationships of one part, in the order in which they were asked for."""

    def __init__(self, given: Iterable[Relation] = ()) -> None:
        """Start from the relationships that the part has already."""
        self.rows = list(given)
        self._ids = {row.id for row in self.rows}
        self._known = {(row.type, row.target): row.id for row in self.rows}
        self._last = len(self.rows)

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """Return the id of the relationship to `target`, making it where it is not there yet."""
        known = self._known.get((kind, target))
        if known is not None:
            return known
        self._last += 1
        while f"rId{self._last}" in self._ids:
            self._last += 1
        name = f"rId{self._last}"
        self._ids.add(name)
        self._known[kind, target] = name
        self.rows.append(Relation(name, kind, target, external))
        return name

    def xml(self) -> str:
        """Return the part that holds them."""
        mode = {True: ' TargetMode="External"', False: ""}
        rows = "".join(
            f'<Relationship Id="{row.id}" Type="{row.type}" Target="{escape(row.target)}"{mode[row.external]}/>'
            for row in self.rows
        )
        return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def rels_name(part: str) -> str:
    """Return the name of the member that holds the relationships of `part`."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def content_types(defaults: dict[str, str], overrides: dict[str, str]) -> str:
    """Return the part that says what every other part is; `overrides` are by part name without a leading slash."""
    rows = [f'<Default Extension="{escape(k)}" ContentType="{escape(v)}"/>' for k, v in sorted(defaults.items())]
    rows += [f'<Override PartName="/{escape(k)}" ContentType="{escape(v)}"/>' for k, v in sorted(overrides.items())]
    return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{"".join(rows)}</Types>'
