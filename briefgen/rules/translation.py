"""A translation beside its original: what no translator may change, and what they could not see was changed.

In: two valid summaries, each with who knows its places. Out: diagnostics on the translation, each with both places. Words
are not compared; numbers in them are, so that a lost million or a wrong year is seen in any language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

from pydantic import BaseModel

from briefgen.findings.codes import CODES
from briefgen.findings.diagnostics import Diagnostic, Severity
from briefgen.model.summary import Stage, Summary
from briefgen.model.text import Text
from briefgen.model.when import When
from briefgen.rules.context import Locator

FREE = frozenset({  # belongs to the one file or the other, not to what is said
    "schema_version", "id", "language", "perspective", "stage", "series", "number", "previous", "translation_of", "authors",
    "reviewer", "contact", "production", "note", "release", "waivers", "review", "keep", "omit", "url", "file", "file_sha256",
    "accessed", "locator", "quote", "cites", "unnamed", "translation", "glossary", "publisher", "author",
})  # fmt: skip
NAMED = frozenset({"rests_on", "source", "items", "reprint_of"})
SCALES = frozenset({"likelihood", "impact", "confidence"})
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[ \u00a0\u202f\u2009.,’']\d{3}(?!\d))*(?:[.,]\d+)?")


class Place(NamedTuple):
    """One of the two summaries: what it says, and who knows where."""

    summary: Summary
    locator: Locator


def compare(translation: Place, original: Place) -> list[Diagnostic]:
    """Return where a translation says something else than its original, in the order of the original's model."""
    return [row for field in _fields(translation.summary) for row in _Pair(translation, original).field("", field)]


class _Pair:
    """A walk through both summaries at once."""

    def __init__(self, translation: Place, original: Place) -> None:
        self.new, self.old = translation, original

    def field(self, pointer: str, name: str) -> Iterator[Diagnostic]:
        """Compare one field of the summaries themselves."""
        key = type(self.new.summary).model_fields[name].alias or name
        at = f"{pointer}/{key}"
        yield from self.values(name, getattr(self.new.summary, name), getattr(self.old.summary, name), at, at)

    def values(self, name: str, new: object, old: object, at: str, was: str) -> Iterator[Diagnostic]:
        """Compare two values of one field, whatever they are."""
        if name in FREE:
            return
        if isinstance(new, tuple) and isinstance(old, tuple):
            yield from self._lists(name, new, old, at, was)
        elif isinstance(new, Text) and isinstance(old, Text):
            yield from self._texts(new, old, at, was)
        elif isinstance(new, BaseModel) and isinstance(old, BaseModel):
            for inner in _fields(new):
                key = type(new).model_fields[inner].alias or inner
                yield from self.values(inner, getattr(new, inner), getattr(old, inner), f"{at}/{key}", f"{was}/{key}")
        elif (new is None) is not (old is None):
            side, other = ("only the translation has", "the original") if old is None else ("the translation lacks", "")
            shown = f"{side} {_words(name)}"
            yield self._say("TRN-02", at, was, shown, f"drop it, or add it to {other}" if other else "translate it")
        elif new is not None:
            yield from self._leaf(name, new, old, at, was)

    def _leaf(self, name: str, new: object, old: object, at: str, was: str) -> Iterator[Diagnostic]:
        if isinstance(new, date | When):
            if str(new) != str(old):
                yield self._say("TRN-04", at, was, f"{_words(name)} is {new}, in the original {old}", f"write {old}")
        elif name == "likelihood":
            bands = self.new.summary.scheme.find(str(new)), self.old.summary.scheme.find(str(old))
            if bands[0] != bands[1]:
                yield self._say("TRN-03", at, was, f'the likelihood is "{new}", in the original "{old}"', f"write {old}")
        elif isinstance(new, Enum | int) or name == "yardstick":
            if new != old:
                code = "TRN-03" if name in SCALES else "TRN-02"
                yield self._say(code, at, was, f"{_words(name)} is {new}, in the original {old}", f"write {old}")
        elif name in NAMED:
            if new != old:
                yield self._say("TRN-02", at, was, f"{_words(name)} names {new}, in the original {old}", f"write {old}")
        elif isinstance(new, str) and isinstance(old, str):
            yield from self._numbers(new, old, at, was)

    def _lists(self, name: str, new: tuple[object, ...], old: tuple[object, ...], at: str, was: str) -> Iterator[Diagnostic]:
        """Compare lists item by item; where their ids differ or their lengths do, that is said, and no more."""
        ids = [[getattr(item, "id", None) or (item if name in NAMED else None) for item in items] for items in (new, old)]
        if len(new) != len(old):
            yield self._say(
                "TRN-02", at, was, f"{_words(name)} has {_count(new)}, in the original {_count(old)}", "translate all of them"
            )
        elif ids[0] != ids[1]:
            shown = [", ".join(str(one or "–") for one in row) for row in ids]
            message = f"{_words(name)} has the ids {shown[0]}, in the original {shown[1]}"
            yield self._say("TRN-02", at, was, message, "same ids, same order: the order is importance")
        else:
            for index, (first, second) in enumerate(zip(new, old, strict=True)):
                yield from self.values(name, first, second, f"{at}/{index}", f"{was}/{index}")

    def _texts(self, new: Text, old: Text, at: str, was: str) -> Iterator[Diagnostic]:
        for variant in [name for name in old.variants if name in new.variants]:
            yield from self._numbers(new.variants[variant], old.variants[variant], f"{at}/{variant}", f"{was}/{variant}")

    def _numbers(self, new: str, old: str, at: str, was: str) -> Iterator[Diagnostic]:
        here, there = numbers(new), numbers(old)
        if here != there:
            added, lost = sorted((here - there).elements()), sorted((there - here).elements())
            said = [f"{', '.join(lost)} is in the original only"] if lost else []
            said += [f"{', '.join(added)} is in the translation only"] if added else []
            yield self._say("TRN-05", at, was, "; ".join(said), "correct the figure, or write both as digits or both as words")

    def _say(self, code: str, at: str, was: str, message: str, cure: str) -> Diagnostic:
        severity = CODES[code].severity
        if severity is Severity.ERROR and self.new.summary.stage is Stage.DRAFT:
            severity = Severity.WARNING
        span = self.old.locator.span(was)
        return Diagnostic(severity, code, f"{message} ({span.file}:{span.line})", self.new.locator.span(at), (cure,), at)


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a text, counted, in one form for all languages: `1 500`, `1.500` and `1,500` are one number."""
    return Counter(_plain(match[0]) for match in _NUMBER.finditer(text))


def _plain(number: str) -> str:
    whole = re.sub(r"[ \u00a0\u202f\u2009.,’'](?=\d{3}(?!\d))", "", number)
    return whole.replace(",", ".")


def _fields(model: BaseModel) -> list[str]:
    return list(type(model).model_fields)


def _count(items: tuple[object, ...]) -> str:
    return "1 entry" if len(items) == 1 else f"{len(items)} entries"


def _words(name: str) -> str:
    return f"`{name}`"
