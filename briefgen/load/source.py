"""A file's text → values, with a Span for every path.

In: the path of a YAML or JSON file. Out: a `Source`. It knows nothing of what the values mean (`load.validate` does) and opens
no other file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any

from briefgen.findings.diagnostics import BriefgenError, Diagnostic, Rejected, Span, UsageError, error, has_errors
from briefgen.findings.near import did_you_mean, nearest
from briefgen.load import characters
from briefgen.load.aligned import Aligned, aligned, on_lines
from briefgen.load.build import Built, Place
from briefgen.load.pages import Page
from briefgen.model import pointers

_KEY = re.compile(r"\s*(?:- +)*[a-z_]+:(?:\s|$)|\s*[{\[]")


@dataclass(frozen=True)
class Source:
    """One file as data: `values`, the place of each by JSON pointer, and `notes`: warnings that do not stop the reading."""

    path: Path
    name: str
    text: str
    values: dict[str, Any]
    places: Mapping[str, Place]
    notes: tuple[Diagnostic, ...] = ()
    _alignments: dict[tuple[str, int], Aligned | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return {place.page.name: place.page for place in self.places.values()} | {self.name: self.places[""].page}

    def span(self, pointer: str) -> Span:
        """Return where the value of `/risks/1/mechanism` stands; of one that is not written, its nearest ancestor's place."""
        place = self._nearest(pointer)
        if place.start == place.end and place.key_start >= 0:  # an empty value has no place of its own
            return place.page.span(place.key_start, place.key_end)
        return place.page.span(place.start, place.end)

    def words_span(self, pointer: str, start: int, end: int) -> Span:
        """Return where characters `start` to `end` of the text at `pointer` begin; of a text that is not written, its `span`.

        They may stand on any line of a folded text; what runs over a line's end is as long as its part of the first line.
        """
        return self.words_spans(pointer, start, end)[0]

    def words_spans(self, pointer: str, start: int, end: int) -> tuple[Span, ...]:
        """Return the place of some characters of a text on each line of the file that they stand on, outer blanks left out.

        Of a text that is not written, and where what writes it can't be made out, that is the one place of `span`.
        """
        place, written, words = self._nearest(pointer), self.aligned(pointer), self.words(pointer, start, end)
        if not written or not words.strip():
            return (self.span(pointer),)
        first, last = start + len(words) - len(words.lstrip()), start + len(words.rstrip()) - 1
        raw = place.page.text[place.start : place.end]
        lines = on_lines(raw, written.starts[first], written.ends[last])
        return tuple(place.page.span(place.start + begin, place.start + close) for begin, close in lines)

    def words(self, pointer: str, start: int, end: int) -> str:
        """Return characters `start` to `end` of the text at `pointer`; empty where none is written."""
        value = self.value(self._written(pointer))
        return value[start:end] if isinstance(value, str) else ""

    def key_span(self, pointer: str) -> Span:
        """Return where the key of a value stands; of an item of a list, where the item stands."""
        place = self._nearest(pointer)
        if place.key_start < 0:
            return place.page.span(place.start, place.end)
        return place.page.span(place.key_start, place.key_end)

    def raw(self, pointer: str) -> str:
        """Return a value as it is written, quotation marks included; empty where it is not written."""
        place = self.places.get(pointer)
        return place.page.text[place.start : place.end] if place else ""

    def value(self, pointer: str) -> Any:  # noqa: ANN401 - whatever a file holds
        """Return the value at a pointer as the file holds it, None where there is none."""
        return pointers.get(self.values, pointer)

    def line(self, number: int) -> str:
        """Return a line of the file, counted from 1, without its end."""
        return self.places[""].page.line(number)

    def line_of(self, file: str, number: int) -> str | None:
        """Return a line of the file or of one whose defaults fill it; None for any other file."""
        page = self._pages.get(file)
        return page.line(number) if page else None

    def overlay(self, defaults: Source, at: str = "") -> Source:
        """Return this source with what is missing filled from `defaults`, below the pointer `at`.

        Missing keys are filled, in nested mappings too; a list or a text replaces. A key that is written with nothing after it
        stays empty: so a default can be taken back. The place of a filled value is in the file of the defaults.
        """
        found = pointers.get(defaults.values, at)
        if not isinstance(found, dict):
            return self
        places = dict(self.places)
        values = _fill(self.values, found, "", at, defaults, places)
        return replace(self, values=values, places=places)

    def aligned(self, pointer: str) -> Aligned | None:
        """Return where each character of a text stands in what writes it, None where it is no text or does not match."""
        place = self._nearest(pointer)
        key = (place.page.name, place.start)
        if key not in self._alignments:
            value = pointers.get(self.values, self._written(pointer))
            raw = characters.read_as(place.page.text[place.start : place.end])
            self._alignments[key] = aligned(raw, value) if isinstance(value, str) else None
        return self._alignments[key]

    def _nearest(self, pointer: str) -> Place:
        return self.places[self._written(pointer)]

    def _written(self, pointer: str) -> str:
        """Return the pointer of a value, or of its nearest ancestor that is written."""
        while pointer not in self.places:
            pointer = pointers.parent(pointer)
        return pointer


def read(path: Path, name: str | None = None) -> Source:
    """Return the source of a file, called `name` (its path as given) in every message.

    Raises UsageError where there is no such file, BriefgenError where it can't be read, Rejected for what it holds.
    """
    name = name or str(path)
    return parse(_bytes(path, name), path, name)


def read_again(path: Path, name: str) -> Source:
    """Return what `read` does; a file whose bytes are still those of an earlier time is not parsed again.

    For the few files of a house (audiences, project) that every summary needs. Raises as `read` does.
    """
    return _parsed(_bytes(path, name), path, name)


@lru_cache(maxsize=64)
def _parsed(data: bytes, path: Path, name: str) -> Source:
    return parse(data, path, name)


def _bytes(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(characters.MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as fault:
        raise UsageError(f"there is no file {name}", _near(path)) from fault
    except IsADirectoryError as fault:
        raise UsageError(f"{name} is a folder", "name a file in it") from fault
    except OSError as fault:
        raise BriefgenError(f"can't read {name}: {fault.strerror or fault}", "make the file readable for you") from fault


def line_of(file: str, number: int) -> str | None:
    """Return a line of a file by the name that a Span gives it, for reports; None where it can't be read."""
    try:
        stamp = Path(file).stat()
        if not S_ISREG(stamp.st_mode):  # a pipe gives its text once only
            return None
        page = _page(file, stamp.st_mtime_ns, stamp.st_size)
    except (OSError, ValueError, Rejected):
        return None
    return page.line(number)


@lru_cache(maxsize=16)
def _page(file: str, _changed: int, _size: int) -> Page:
    with Path(file).open("rb") as stream:
        return Page(file, characters.decode(stream.read(characters.MAX_BYTES), file))


def parse(text: str | bytes, path: Path, name: str | None = None) -> Source:
    """Return the source of a text that stands, or will stand, in `path`; a name in `.json` makes it JSON, else it is YAML."""
    from briefgen.load import parsers

    name = name or str(path)
    text = characters.decode(text, name) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    page = Page(name, text)
    readable, found = characters.clean(page)
    if not text.strip():
        hint = "`briefgen new FILE` writes a summary to begin with"
        raise Rejected([*found, error("FIL-01", "the file is empty", Span(name), hint)])
    try:
        built = (parsers.read_json if path.suffix.lower() == ".json" else parsers.read_yaml)(page, readable)
    except Rejected as rejected:
        syntax = all(finding.code.startswith("YML") for finding in rejected.diagnostics)
        raise Rejected([*found, *((_prose(page) if syntax else ()) or rejected.diagnostics)]) from rejected
    found = [*found, *built.found]
    if not isinstance(built.value, dict):
        found += _prose(built.page) or [_no_mapping(built)]
    if has_errors(found):
        raise Rejected(sorted(found, key=lambda item: item.span or Span(name)))
    return Source(path, name, text, built.value, built.places, tuple(found))


def _prose(page: Page) -> list[Diagnostic]:
    """Return one error for a text that is prose throughout: its faults as YAML would help nobody."""
    words = [page.line(number).split() for number in range(1, page.lines + 1)]
    if any(_KEY.match(page.line(number)) for number in range(1, page.lines + 1)) or max(map(len, words)) < 12:
        return []
    hint = "`briefgen new FILE` writes a summary to begin with; an article belongs into `sources[].file`"
    return [error("FIL-09", "this reads like an article, not like a summary", page.at(1, 1, len(page.line(1)) or 1), hint)]


def _no_mapping(built: Built) -> Diagnostic:
    if built.value is None:
        hint = "`briefgen new FILE` writes a summary to begin with"
        return error("FIL-01", "the file holds comments only", Span(built.page.name), hint)
    what = "a list" if isinstance(built.value, list) else "a text"
    place = built.places[""]
    hint = "it begins with a key, a colon and a value: `title: …`"
    return error("FIL-09", f"the file is {what}, not keys with values", place.page.span(place.start, place.end), hint)


def _near(path: Path) -> str:
    try:
        there = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except (OSError, ValueError):
        return f"there is no folder {path.parent} either" if not path.parent.is_dir() else ""
    near = nearest(path.name, there)
    return did_you_mean(str(path.parent / near) if near else None, "look at the name and at the folder you are in", form="{}")


def _fill(
    values: dict[str, Any], other: dict[str, Any], here: str, there: str, defaults: Source, places: dict[str, Place]
) -> dict[str, Any]:
    """Return `values` with the keys that only `other` has, and note their places."""
    made = dict(values)
    for key, value in other.items():
        mine, theirs = here + pointers.joined([key]), there + pointers.joined([key])
        if key not in made:
            made[key] = value
            places.update(_moved(defaults, theirs, mine))
        elif isinstance(made[key], dict) and isinstance(value, dict):
            made[key] = _fill(made[key], value, mine, theirs, defaults, places)
    return made


def _moved(defaults: Source, old: str, new: str) -> dict[str, Place]:
    return {
        new + pointer[len(old) :]: place
        for pointer, place in defaults.places.items()
        if pointer == old or pointer.startswith(old + "/")
    }
