"""Where each character of a text stands in the file that writes it: plain, quoted and folded YAML, and JSON.

In: the scalar as written (quotation marks, `>-` and indentation included) and its value. Out: offsets. The two are walked side by
side once; white space is folded by YAML, so any of it in the value may be any of it in the file.
"""

from __future__ import annotations

_LENGTHS = {"x": 4, "u": 6, "U": 10}  # of \x41, \u0041 and \U00000041


def offsets(raw: str, value: str) -> list[int] | None:
    """Return, for each character of `value` and for its end, the offset in `raw`; None where the two do not match."""
    style = raw[:1] if raw[:1] in ("'", '"', ">", "|") and raw != value else ""
    at = 0 if not style else raw.find("\n") + 1 if style in ">|" else 1
    found: list[int] = []
    for character in value:
        space, escaped = character.isspace(), False
        if not space or not _space(raw, at):
            joined = _joined(raw, at, style)
            escaped = space and style == '"' and raw[joined : joined + 1] == "\\"
            at = joined if escaped or not space else at
        if not space:
            at = _skip(raw, at, style)
        step = 1 if space and not escaped else _step(raw, at, character, style)
        if step == 0:
            return None
        found.append(min(at, len(raw)))
        at += step if not space or escaped or _space(raw, at) else 0
    return [*found, min(at, len(raw))]


def _space(raw: str, at: int) -> bool:
    return raw[at : at + 1].isspace()


def _joined(raw: str, at: int, style: str) -> int:
    """Return the offset after a backslash that joins two lines, and their indentation; the same where there is none."""
    while style == '"' and raw[at : at + 1] == "\\" and raw[at + 1 : at + 2] in ("\n", "\r"):
        at += 1
        while _space(raw, at):
            at += 1
    return at


def _skip(raw: str, at: int, style: str) -> int:
    """Return the offset of the next character that is no white space."""
    while _space(raw, at) or (joined := _joined(raw, at, style)) != at:
        at = at + 1 if _space(raw, at) else joined
    return at


def _step(raw: str, at: int, character: str, style: str) -> int:
    """Return how many characters of the file write this one; 0 where they write another."""
    written = raw[at : at + 1]
    if style == '"' and written == "\\":
        length = _LENGTHS.get(raw[at + 1 : at + 2], 2)
        pair = ord(character) > 0xFFFF and raw[at + length : at + length + 2] == "\\u"  # JSON: two halves
        return 2 * length if pair else length
    if style == "'" and raw.startswith("''", at):
        return 2
    return int(written == character)
