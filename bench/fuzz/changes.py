"""How a file is damaged: bits flipped, pieces dropped, doubled, moved and repeated, and words put in that trip up its kind.

In: bytes, the name of a file, a generator of chance. Out: other bytes. In a zip one member is changed and packed anew, mostly.
"""

from __future__ import annotations

import copy
import re
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import yaml
from lxml import etree

WORDS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
NUMBERS = (b"0", b"-1", b"99999999999999999999", b"1e999", b"2147483648", b"0.0000001", b"nan", b"\xd9\xa3", b"9" * 5000)
STRANGE = (
    b"\xff",
    b"\0",
    b"\xe2\x80\xae",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
    b"\xc2\xa0",
    b"\xed\xa0\x80",
    b"\xcc\x81",
    b"\r",
    b"\xf0\x9f\x92\xa9",
    b"\x1b[2J",
)
LONGEST = 300_000
"""Bytes that a changed file may have: what is larger takes its time by right."""
_NUMBER = re.compile(rb"\d+")
_KINDS = {"docx": "xml", "odt": "xml", "reference": "xml", "txt": "mail", "md": "html"}


def changed(kind: str, content: bytes, chance: Random) -> bytes:
    """Return a file with some damage; a zip is now and then damaged from outside, else in one of its members."""
    if not content.startswith(b"PK\x03\x04") or chance.random() < 0.1:
        return _several(kind, content, chance)
    with ZipFile(BytesIO(content)) as archive:
        name = chance.choice([each for each in archive.namelist() if each.endswith((".xml", ".rels"))])
        return repacked(content, name, _several(kind, archive.read(name), chance))


def repacked(content: bytes, name: str, member: bytes) -> bytes:
    """Return a zip with another content of one member."""
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for each in old.infolist():
            new.writestr(each, member if each.filename == name else old.read(each))
    return kept.getvalue()


def member(content: bytes, name: str) -> bytes:
    """Return what one member of a zip holds."""
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def member_changed(before: bytes, after: bytes) -> str:
    """Return the name of the one member in which two zips differ; empty where they are no zips."""
    try:
        with ZipFile(BytesIO(before)) as old, ZipFile(BytesIO(after)) as new:
            return next((name for name in old.namelist() if old.read(name) != new.read(name)), "")
    except (BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError):
        return ""


def _several(kind: str, content: bytes, chance: Random) -> bytes:
    words = [word.encode() for word in WORDS[_KINDS.get(kind, kind)]]
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        xml = content.lstrip().startswith((b"<?xml", b"<svg", b"<w:", b"<office:")) and chance.random() < 0.7
        content = _still_xml(content, words, chance) if xml else _once(content, words, chance)
    return content[:LONGEST]


def _still_xml(content: bytes, words: list[bytes], chance: Random) -> bytes:
    """Return XML that stays well-formed, with an element doubled, dropped, put elsewhere or nested, or another attribute."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return content
    nodes = [node for node in root.iter(etree.Element) if node is not root] or [root]
    node, other = chance.choice(nodes), chance.choice(nodes)
    parent, change = node.getparent(), chance.randrange(6)
    if change < 3 and node.attrib:
        name = chance.choice(sorted(map(str, node.attrib)))
        value = chance.choice([*NUMBERS, *words, b"", *(str(each).encode() for each in other.attrib.values())])
        node.set(
            name, re.sub("[^ -~]", "", value.decode("ascii", "ignore")) if chance.random() < 0.9 else str(node.get(name)) * 99
        )
    elif parent is None:
        return content
    elif change == 3:
        parent.remove(node)
    elif change == 4:
        other.append(copy.deepcopy(node))
    else:
        outer = node
        for _ in range(chance.choice((1, 3, 40, 200))):
            outer.append(inner := etree.Element(node.tag, dict(node.attrib)))
            outer = inner
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _once(content: bytes, words: list[bytes], chance: Random) -> bytes:
    """Return the content with one change."""
    start = chance.randint(0, len(content))
    end = min(len(content), start + chance.choice((1, 1, 4, 20, 200)))
    before, piece, after = content[:start], content[start:end], content[end:]
    match chance.randrange(9):
        case 0:
            return before + bytes(byte ^ 1 << chance.randrange(8) for byte in piece[:2]) + content[start + 2 :]
        case 1:
            return before + after
        case 2:
            return before + piece * chance.choice((2, 3, 300)) + after
        case 3:
            return before + chance.choice(words) * chance.choice((1, 1, 1, 2, 50, 3000)) + content[start:]
        case 4:
            return before + chance.choice(STRANGE) + content[start:]
        case 5 if found := list(_NUMBER.finditer(content)):
            at = chance.choice(found)
            return content[: at.start()] + chance.choice(NUMBERS) + content[at.end() :]
        case 6:
            middle = chance.randint(0, len(before))
            return before[:middle] + piece + before[middle:] + after
        case 7 if chance.random() < 0.3:
            return before
        case _:
            return before + chance.choice(words) + after
