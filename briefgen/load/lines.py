"""One line of YAML as its author saw it: indentation, dashes, key, text, comment; and the same text in quotation marks."""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(
    r"""(?P<indent>\s*)(?P<dashes>(?:-[ ]+)*)
        (?P<key>(?:[^\s\#\-'"\[\]{},:&*!|>%@`?](?:[^:\#'"]|:(?=\S))*:(?=\s|$)\s*)?)
        (?P<value>.*?)(?P<comment>\s+\#(?:\s.*)?)?$""",
    re.VERBOSE,
)
_KEY_LIKE = re.compile(r"\s*(?:- +)*[a-z_0-9]+:(?:\s|$)")


class Line(NamedTuple):
    """The parts of one line; joined they are the line again."""

    indent: str
    dashes: str
    key: str
    value: str
    comment: str

    @property
    def head(self) -> str:
        """Return what stands before the text."""
        head = self.indent + self.dashes + self.key
        return head if head.endswith(" ") or not head.strip() else f"{head} "

    def with_value(self, value: str) -> str:
        """Return the line with another text."""
        return self.head + value + self.comment

    @property
    def quoted(self) -> str:
        """Return the line with its text in marks that hold it; marks that open and close it already are exchanged."""
        value = self.value
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        return self.with_value(quoted(value))

    @property
    def all_quoted(self) -> str:
        """Return the line with all that follows its dashes in quotation marks: what looks like a key is text."""
        return self.indent + self.dashes + quoted(unmarked(self.key + self.value)) + self.comment


def split(line: str) -> Line | None:
    """Return the parts of a line, None where it holds no text."""
    match = _LINE.match(line)
    if match is None or not match["value"]:
        return None
    return Line(match["indent"], match["dashes"], match["key"], match["value"], match["comment"] or "")


def has_key(line: str) -> bool:
    """Return whether a line looks as if it began with a key of ours."""
    return bool(_KEY_LIKE.match(line))


def quoted(text: str) -> str:
    """Return a text as a quoted YAML scalar on one line, in the marks that need the least escaping."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_MARKED = re.compile("[“„«]([^“”„«»]*)[”“»]")
_MARKED_VALUE = re.compile(r"(?<=[:,\[{\s-])(?<![^\s\[])[“„«]([^“”„«»\"\\]*)[”“»](?=\s*(?:[,}\]]|\s#|$))")


def unmarked(text: str) -> str:
    """Return a text without the typographic quotation marks round all of it: their author meant YAML's."""
    match = _MARKED.fullmatch(text.strip())
    return match[1].strip() if match else text


def straightened(line: str) -> str:
    """Return a line with YAML's quotation marks in the place of the typographic ones round a whole value."""
    return _MARKED_VALUE.sub(lambda match: f'"{match[1]}"', line)


def shorten(text: str, limit: int = 60) -> str:
    """Return a text for a message: one line, `limit` characters at most."""
    line = " ".join(text[: 4 * limit].split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
